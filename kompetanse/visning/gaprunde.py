"""What the pages of a round show: marks, how far it has come, what to do next with each analysis."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lat
from django.utils.translation import ngettext

from felles import tall
from felles.diagram import Serie, stablede_soyler, svg
from kompetanse.enums import Gapstatus, Rundestatus
from kompetanse.gapflyt import STASJONER, Part, parter_i
from kompetanse.models import Gaprunde
from kompetanse.queries.gaprunde import Analyserad
from kompetanse.visning.gapmerke import Merke, statusmerke
from organisasjon.rules import Tilgang

# The parts of a bar: what is done first, and what is with the leader together. The further along, the darker.
DELER = (
    (_lat("Godkjent"), (Gapstatus.GODKJENT,), svg.TONER[2]),
    (_lat("Sendt til godkjenning"), (Gapstatus.LEVERT,), svg.TONER[0]),
    (_lat("I arbeid eller sendt tilbake"), (Gapstatus.I_ARBEID, Gapstatus.RETURNERT), svg.TONER[1]),
    (_lat("Ikke begynt"), (Gapstatus.IKKE_BEGYNT,), svg.RUTENETT),
)
RUNDEMERKER = {
    Rundestatus.UTKAST: ("○", ""),
    Rundestatus.AAPEN: ("◐", "info"),
    Rundestatus.STENGT: ("✓", "success"),
}


def rundemerke(status: str) -> Merke:
    """The mark of a round's state."""
    ikon, farge = RUNDEMERKER[Rundestatus(status)]
    return Merke(ikon, str(Rundestatus(status).label), farge)


@dataclass(frozen=True)
class Stasjon:
    """A station on the way of an analysis: `tilstand` is ferdig, naa or kommer."""

    navn: str
    tilstand: str


def stasjoner(status: str) -> list[Stasjon]:
    """The way from not begun to approved. One that was sent back is worked on again."""
    naa = STASJONER.index(Gapstatus.I_ARBEID if status == Gapstatus.RETURNERT else Gapstatus(status))

    def tilstand(nr: int) -> str:
        if nr == naa:
            return "ferdig" if status == Gapstatus.GODKJENT else "naa"
        return "ferdig" if nr < naa else "kommer"

    return [Stasjon(str(s.label), tilstand(nr)) for nr, s in enumerate(STASJONER)]


def framdrift(rader: Sequence[Analyserad]) -> str:
    """«14 av 31 har levert», the finding of the overview."""
    levert = sum(r.er_levert for r in rader)
    if not rader:
        return _("Ingen enheter er med i runden")
    if levert == len(rader):
        return _("Alle %(alle)s har levert") % {"alle": tall.tusen(levert)}
    return _("%(n)s av %(alle)s har levert") % {"n": tall.tusen(levert), "alle": tall.tusen(len(rader))}


def fristtekst(runde: Gaprunde, dag: date) -> str:
    """When the answers are due, seen from the day."""
    frist = tall.dato_lang(runde.frist)
    if runde.status == Rundestatus.STENGT:
        return _stengttekst(runde)
    dager = (runde.frist - dag).days
    if dager < 0:
        tekst = ngettext(
            "Fristen var %(frist)s, for én dag siden.", "Fristen var %(frist)s, for %(n)s dager siden.", -dager
        )
        return tekst % {"frist": frist, "n": tall.tusen(-dager)}
    if dager == 0:
        return _("Fristen er i dag.")
    tekst = ngettext("Fristen er %(frist)s, om én dag.", "Fristen er %(frist)s, om %(n)s dager.", dager)
    return tekst % {"frist": frist, "n": tall.tusen(dager)}


def _stengttekst(runde: Gaprunde) -> str:
    """When it was closed; the deadline only when it had come by then."""
    if runde.stengt is None:
        return _("Runden er stengt.")
    stengt = timezone.localdate(runde.stengt)
    ord_ = {"stengt": tall.dato_lang(stengt), "frist": tall.dato_lang(runde.frist)}
    if runde.frist >= stengt:
        return _("Runden ble stengt %(stengt)s.") % ord_
    return _("Runden ble stengt %(stengt)s. Fristen var %(frist)s.") % ord_


@dataclass(frozen=True)
class Statusbilde:
    """How many stand where: the chart, and the same numbers as a table (sector, numbers by state, sum)."""

    svg: str
    svg_smal: str
    statuser: list[str]
    tabell: list[tuple[str, list[int], int]]


def statusbilde(rader: Sequence[Analyserad]) -> Statusbilde:
    """One bar for each sector, its parts by state."""
    per_sektor: dict[str, Counter] = {}
    for rad in rader:
        per_sektor.setdefault(rad.sektor, Counter())[rad.status] += 1
    serier = []
    for navn, statuser, farge in DELER:
        verdier = [sum(c[s] for s in statuser) for c in per_sektor.values()]
        serier.append(Serie(str(navn), verdier, [str(n or "") for n in verdier], farge))
    felles = {
        "tittel": framdrift(rader),
        "beskrivelse": _("Antall analyser etter status i hver sektor. De samme tallene står i tabellen under."),
        "kategorier": list(per_sektor),
        "serier": serier,
    }
    tabell = [(navn, [c[s] for s in Gapstatus], c.total()) for navn, c in per_sektor.items()]
    statuser = [str(s.label) for s in Gapstatus]
    return Statusbilde(stablede_soyler(**felles), stablede_soyler(**felles, smal=True), statuser, tabell)


@dataclass(frozen=True)
class Linje:
    """An analysis ready for the table: mark, share answered, late or not, and what to do next (words, address)."""

    rad: Analyserad
    merke: Merke
    ledere: str
    andel: str
    over_fristen: bool
    neste: str
    adresse: str = ""


def linjer(rader: Iterable[Analyserad], runde: Gaprunde, tilgang: Tilgang, bruker_id: int, dag: date) -> list[Linje]:
    """The rows of the table, as this person sees them."""
    ut = []
    for rad in rader:
        neste, adresse = neste_steg(rad, runde, parter_i(rad.enheter, tilgang), bruker_id, dag)
        ut.append(
            Linje(
                rad,
                statusmerke(rad.status),
                ", ".join(str(leder) for leder in rad.ledere),
                _("%(n)s av %(alle)s") % {"n": rad.besvart, "alle": rad.rader} if rad.rader else "–",
                rad.venter_paa_leder and runde.er_aapen and runde.frist < dag,
                neste,
                adresse,
            )
        )
    return ut


def neste_steg(rad: Analyserad, runde: Gaprunde, parter: frozenset[Part], bruker_id: int, dag: date) -> tuple[str, str]:
    """What to do next with the analysis, in a sentence, and where (empty when it is somebody else's turn)."""
    if rad.status == Gapstatus.GODKJENT:
        return _("Ferdig"), ""
    if rad.status == Gapstatus.LEVERT:
        return _neste_levert(rad, parter, bruker_id)
    if runde.status == Rundestatus.STENGT:
        return _("Kom ikke inn før runden ble stengt"), ""
    if not rad.ledere:
        ord_ = _("Ingen leder har rollen. Gi noen rollen enhetsleder")
        return (ord_, reverse("organisasjon:roller")) if Part.HR in parter else (ord_, "")
    if runde.status == Rundestatus.UTKAST:
        return _("Lederen får beskjed når runden åpnes"), ""
    if rad.status == Gapstatus.RETURNERT:
        return _("Lederen ser på kommentaren"), ""
    if runde.frist < dag:
        return _("Fristen er ute. Avtal når svaret kommer"), ""
    return (_("Lederen svarer nå") if rad.status == Gapstatus.I_ARBEID else _("Lederen har ikke begynt")), ""


def _neste_levert(rad: Analyserad, parter: frozenset[Part], bruker_id: int) -> tuple[str, str]:
    if parter & {Part.KOMMUNALSJEF, Part.TOPPEN}:
        if rad.levert_av == bruker_id:
            return _("Du sendte den selv, så en annen må godkjenne"), ""
        er_min = Part.KOMMUNALSJEF in parter or any(g.pk == bruker_id for g in rad.godkjennere)
        if er_min:
            return _("Les og avgjør"), reverse("kompetanse:gapgodkjenning", args=[rad.pk])
    navn = ", ".join(str(g) for g in rad.godkjennere)
    return (_("Venter på %(navn)s") % {"navn": navn}) if navn else _("Ingen har rolle til å godkjenne"), ""


def antall_som_venter(rader: Iterable[Analyserad]) -> int:
    """How many people a reminder goes to."""
    return len({leder.pk for r in rader if r.venter_paa_leder for leder in r.ledere})
