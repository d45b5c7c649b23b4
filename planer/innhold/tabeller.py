"""The structured parts of a chapter as tables of text, in the plan's own order."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _

from planer.enums import Forankringsslag, Hovedmaal, Planslag
from planer.innhold import omfang
from planer.innhold.samarbeid import datoer
from planer.models import Forankring, Plan, Planlenke
from planer.visning.delplan_gap import gaprader

Tabell = dict[str, Any]
Rader = list[list[str]]


def tabeller_i(plan: Plan, kapittel: int, lenker: Iterable[Planlenke], *, uprikket: bool) -> list[Tabell]:
    """The chapter's tables that have rows. `lenker` is all links of the plan."""
    slag = Planslag.TEMAPLAN if plan.er_temaplan else Planslag.DELPLAN
    laget = [bygg(plan, uprikket) for bygg in BYGGERE.get((slag, kapittel), ())]
    return [t for t in [*laget, _lenker(lenker, kapittel)] if t["rader"]]


def _tabell(nokkel: str, tittel: str, kolonner: list[str], rader: Rader) -> Tabell:
    """Columns where no row says anything are left out."""
    med = [i for i in range(len(kolonner)) if not rader or any(rad[i] for rad in rader)]
    return {
        "nokkel": nokkel,
        "tittel": tittel,
        "kolonner": [kolonner[i] for i in med],
        "rader": [[rad[i] for i in med] for rad in rader],
    }


def _roller(plan: Plan, uprikket: bool) -> Tabell:
    rader = [[r.gruppe, r.hvem, r.oppgave] for r in plan.rollelinjer.all()]
    return _tabell("roller", _("Roller i arbeidet"), [_("Gruppe"), _("Hvem"), _("Oppgave")], rader)


def _forankring(plan: Plan, uprikket: bool) -> Tabell:
    rader = [
        [
            datoer(f.dato, f.til_dato),
            _organ(f),
            f.tema,
            stegtekst(f.steg),
            f.deltakere if uprikket else "",
            f.utfall if uprikket or f.slag != Forankringsslag.DROFTING else "",
        ]
        for f in plan.forankringer.defer("vedlegg")
    ]
    kolonner = [_("Dato"), _("Organ"), _("Tema"), _("Steg"), _("Deltakere"), _("Utfall")]
    return _tabell("forankring", _("Møter, drøftinger og høringer"), kolonner, rader)


def _organ(f: Forankring) -> str:
    """The body, with the kind when it is more than a meeting and the name does not say it."""
    slag = str(f.get_slag_display())
    sier_det = f.slag == Forankringsslag.MOTE or slag.casefold() in f.organ.casefold()
    return f.organ if sier_det else f"{f.organ} ({slag.lower()})"


def stegtekst(steg: str) -> str:
    """«1,2,3,5» as «1–3, 5»."""
    numre = sorted({int(n) for n in steg.replace(" ", "").split(",") if n.isdecimal()})
    grupper: list[list[int]] = []
    for n in numre:
        if grupper and n == grupper[-1][-1] + 1:
            grupper[-1].append(n)
        else:
            grupper.append([n])
    return ", ".join(str(g[0]) if len(g) == 1 else f"{g[0]}–{g[-1]}" for g in grupper)


def _maal(plan: Plan, uprikket: bool) -> Tabell:
    """A row per goal and sub-goal; every row names its goal, so that it can be read alone."""
    alle = list(plan.maal.all())
    rader: Rader = []
    for hoved in (m for m in alle if m.overordnet_id is None):
        under = [m for m in alle if m.overordnet_id == hoved.pk]
        navn = f"{hoved.hovedmaal}. {hoved.tittel}"
        rader += [[navn, hoved.beskrivelse]] if hoved.beskrivelse or not under else []
        rader += [[navn, ": ".join(filter(None, [m.tittel, m.beskrivelse]))] for m in under]
    return _tabell("maal", _("Mål og delmål"), [_("Mål"), _("Hva vi skal nå")], rader)


def _lenker(lenker: Iterable[Planlenke], kapittel: int) -> Tabell:
    """Links to pages outside; addresses in the product itself are only named."""
    rader = [
        [lenke.tittel, lenke.adresse if lenke.adresse.startswith("https://") else "", lenke.merknad]
        for lenke in lenker
        if lenke.kapittel == kapittel
    ]
    return _tabell("lenker", _("Mer om dette"), [_("Tittel"), _("Adresse"), _("Merknad")], rader)


def _oppfolging(plan: Plan, uprikket: bool) -> Tabell:
    rader = [[o.hva, o.ansvarlig, str(o.get_rytme_display()), o.arena] for o in plan.oppfolging.all()]
    kolonner = [_("Hva følges opp"), _("Ansvarlig"), _("Hvor ofte"), _("Hvor")]
    return _tabell("oppfolging", _("Oppfølging"), kolonner, rader)


def _effekter(plan: Plan, uprikket: bool) -> Tabell:
    rader = [[e.tittel, e.indikator, e.nullpunkt, e.maal, e.kilde] for e in plan.effekter.all()]
    kolonner = [_("Effekt"), _("Indikator"), _("Nullpunkt"), _("Mål"), _("Kilde")]
    return _tabell("effekter", _("Effekter og indikatorer"), kolonner, rader)


def _nokkeltall(plan: Plan, uprikket: bool) -> Tabell:
    tittel, hoder, rader = omfang.nokkeltall(plan, uprikket)
    return _tabell("nokkeltall", tittel, hoder, rader)


def _gap(plan: Plan, uprikket: bool) -> Tabell:
    """The largest gaps of the scope; small numbers hidden in the open edition."""
    tittel, rader = gaprader(plan, uprikket)
    kolonner = [_("Hva"), _("Kritisk"), _("Trenger"), _("Mangler"), _("Vei"), _("Tiltak")]
    return _tabell("gap", tittel, kolonner, rader)


def _krav(plan: Plan, uprikket: bool) -> Tabell:
    kolonner = [_("Krav"), _("Hjemmel"), _("Stillinger")]
    return _tabell("krav", _("Krav til stillingene"), kolonner, omfang.krav(plan, uprikket))


def _hovedmaal(plan: Plan, uprikket: bool) -> Tabell:
    """How many tiltak serve each of the three goals."""
    tiltak = list(plan.tiltak.values_list("hovedmaal", flat=True))
    rader = [[f"{m.value}. {m.label}", str(tiltak.count(m.value))] for m in Hovedmaal] if tiltak else []
    return _tabell("tiltak-maal", _("Tiltak etter mål"), [_("Mål"), _("Tiltak")], rader)


Bygger = Callable[[Plan, bool], Tabell]
BYGGERE: dict[tuple[str, int], tuple[Bygger, ...]] = {
    (Planslag.TEMAPLAN, 1): (_roller,),
    (Planslag.TEMAPLAN, 2): (_forankring,),
    (Planslag.TEMAPLAN, 3): (_maal,),
    (Planslag.TEMAPLAN, 7): (_oppfolging,),
    (Planslag.TEMAPLAN, 8): (_effekter,),
    (Planslag.DELPLAN, 1): (_roller, _forankring),
    (Planslag.DELPLAN, 2): (_krav,),
    (Planslag.DELPLAN, 3): (_nokkeltall, _gap),
    (Planslag.DELPLAN, 4): (_hovedmaal,),
    (Planslag.DELPLAN, 5): (_oppfolging, _effekter),
}
