"""Tiltak as a file, and a file's statuses back. Column names are stable: other systems are set up after them."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from analyse.innlesing.lesing import Raatabell, les_fil
from analyse.innlesing.problem import Innlesingsfeil
from analyse.rapporter.resultat import Kolonne, Tabell
from felles.eksport import FARLIG_START
from felles.norsk import brett
from planer.enums import KREVER_GRUNN, Tiltakstatus
from planer.models import Tiltak

RADGRENSE = 2_000
OVERSKRIFT_INNEN = 20
MAKS_TEKST = 500


KOLONNER = (
    Kolonne("id", "Id", "tekst"),
    Kolonne("tiltak", "Tiltak", "tekst"),
    Kolonne("plan", "Plan", "tekst"),
    Kolonne("enheter", "Enhet", "tekst"),
    Kolonne("maal", "Mål", "tekst"),
    Kolonne("omraade", "Innsatsområde", "tekst"),
    Kolonne("type", "Type", "tekst"),
    Kolonne("ansvarlig", "Ansvarlig", "tekst"),
    Kolonne("start", "Start", "dato"),
    Kolonne("frist", "Frist", "dato"),
    Kolonne("status", "Status", "tekst"),
    Kolonne("statusgrunn", "Statusgrunn", "tekst"),
    Kolonne("kostnad", "Kostnad", "heltall"),
    Kolonne("finansiering", "Finansiering", "tekst"),
    Kolonne("soknadsfrist", "Søknadsfrist", "dato"),
    Kolonne("beskrivelse", "Beskrivelse", "tekst"),
    Kolonne("deltakere", "Deltakere", "tekst"),
    Kolonne("resultat", "Resultatkriterium", "tekst"),
    Kolonne("prosess", "Prosesskriterium", "tekst"),
    Kolonne("maalenhet", "Måleenhet", "tekst"),
    Kolonne("nullpunkt", "Nullpunkt", "desimal2"),
    Kolonne("maaltall", "Måltall", "desimal2"),
    Kolonne("planstatus", "Planstatus", "tekst"),
    Kolonne("periode", "Planperiode", "tekst"),
    Kolonne("versjon", "Planversjon", "heltall"),
)


def som_tabell(tiltak: Iterable[Tiltak]) -> Tabell:
    """The file's rows. Reads plan with its units, omraade and ansvarlig; fetch them with the tiltak."""
    return Tabell("tiltak", "Tiltak", KOLONNER, [_rad(t) for t in tiltak])


def _rad(t: Tiltak) -> dict[str, Any]:
    return {
        "id": t.ident,
        "tiltak": t.tittel,
        "plan": t.plan.tittel,
        "enheter": ", ".join(o.enhet.navn for o in t.plan.omfang.all()),
        "maal": f"{t.hovedmaal} {t.get_hovedmaal_display()}",
        "omraade": f"{t.omraade.nummer} {t.omraade.tittel}",
        "type": t.get_vei_display(),
        "ansvarlig": str(t.ansvarlig) if t.ansvarlig else "",
        "start": t.start,
        "frist": t.frist,
        "status": t.get_status_display(),
        "statusgrunn": t.statusgrunn,
        "kostnad": None if t.kostnad is None else int(t.kostnad),
        "finansiering": t.finansiering,
        "soknadsfrist": t.soknadsfrist,
        "beskrivelse": t.hva,
        "deltakere": t.deltakere,
        "resultat": t.kriterie_resultat,
        "prosess": t.kriterie_prosess,
        "maalenhet": t.maalenhet,
        "nullpunkt": _tall(t.nullpunkt),
        "maaltall": _tall(t.maaltall),
        "planstatus": t.plan.get_status_display(),
        "periode": t.plan.periode,
        "versjon": t.plan.versjon,
    }


def _tall(verdi: Decimal | None) -> float | int | None:
    if verdi is None:
        return None
    return int(verdi) if verdi == int(verdi) else float(verdi)


# Back: a file with id and status.


@dataclass(frozen=True)
class Filrad:
    """A row of the file: its number as the spreadsheet shows it, and its cells as text."""

    nummer: int
    ident: str
    status: str
    grunn: str


@dataclass(frozen=True)
class Forslag:
    """What one row would do. `slag`: endres, uendret, ukjent_id, ukjent_status, ikke_min, mangler_grunn, dobbel."""

    rad: Filrad
    slag: str
    tiltak: Tiltak | None = None
    til: str = ""

    @property
    def til_navn(self) -> str:
        return str(Tiltakstatus(self.til).label) if self.til else ""


def les_statusfil(sti: Path, filnavn: str) -> list[Filrad]:
    """The rows of an xlsx or CSV file with the columns Id and Status, read in a limited child process.

    Raises Innlesingsfeil with one clear message.
    """
    tabell = les_fil(sti, filnavn=filnavn, kjente={"id", "status", "statusgrunn"})
    hode, kolonner = _finn_hode(tabell)
    if tabell.rader - hode - 1 > RADGRENSE:
        raise Innlesingsfeil(_("Filen har flere enn %(n)s rader. Del den i flere.") % {"n": RADGRENSE})
    rader = []
    for indeks in range(hode + 1, tabell.rader):
        celle = {navn: rens_celle(tabell.celle(indeks, nr)) for navn, nr in kolonner.items()}
        if celle["id"] or celle["status"]:
            rader.append(Filrad(int(tabell.radnr[indeks]), celle["id"], celle["status"], celle.get("statusgrunn", "")))
    if not rader:
        raise Innlesingsfeil(_("Filen har ingen rader under overskriften."))
    return rader


def _finn_hode(tabell: Raatabell) -> tuple[int, dict[str, int]]:
    for indeks in range(min(tabell.rader, OVERSKRIFT_INNEN)):
        titler = [brett(str(c)) for c in tabell.radverdier(indeks)]
        kolonner = {navn: titler.index(navn) for navn in ("id", "status", "statusgrunn") if navn in titler}
        if {"id", "status"} <= kolonner.keys():
            return indeks, kolonner
    raise Innlesingsfeil(_("Fant ikke kolonnene «Id» og «Status». Bruk overskriftene fra filen du lastet ned."))


def rens_celle(verdi: Any) -> str:
    """The cell as text, without the apostrophe that our CSV puts before what could be a formula."""
    tekst = str(verdi).replace("\x00", "").strip()
    if tekst.startswith("'") and tekst[1:].lstrip().startswith(FARLIG_START):
        tekst = tekst[1:]
    return tekst[:MAKS_TEKST]


def les_status(tekst: str) -> str:
    """The status a word stands for, in any case; '' when unknown."""
    ord_ = brett(tekst)
    for status in Tiltakstatus:
        if ord_ in (brett(str(status.label)), status.value):
            return status.value
    return ""


def foreslaa(rader: Iterable[Filrad], tiltak: dict[str, Tiltak], mine: set[int]) -> list[Forslag]:
    """What each row would do. `tiltak`: ident → the row the person sees; `mine`: ids of those they may follow up."""
    sett: set[str] = set()
    ut = []
    for rad in rader:
        ident = rad.ident.upper()
        if ident in sett:
            ut.append(Forslag(rad, "dobbel", tiltak.get(ident)))
            continue
        sett.add(ident)
        ut.append(_forslag(rad, tiltak.get(ident), mine))
    return ut


def _forslag(rad: Filrad, tiltak: Tiltak | None, mine: set[int]) -> Forslag:
    if tiltak is None:
        return Forslag(rad, "ukjent_id")
    til = les_status(rad.status)
    if not til:
        return Forslag(rad, "ukjent_status", tiltak)
    if til == tiltak.status and (til not in KREVER_GRUNN or rad.grunn in ("", tiltak.statusgrunn)):
        return Forslag(rad, "uendret", tiltak, til)
    if tiltak.pk not in mine:
        return Forslag(rad, "ikke_min", tiltak, til)
    if til in KREVER_GRUNN and not rad.grunn:
        return Forslag(rad, "mangler_grunn", tiltak, til)
    return Forslag(rad, "endres", tiltak, til)
