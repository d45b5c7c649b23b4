"""The left menu: tasks, not models. One list; each entry shows only to those who may open it.

Routes are named, so the menu points downwards to no other app. A route that is not there is left out.
"""

from dataclasses import dataclass, field
from functools import cache

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from organisasjon.enums import Handling


@dataclass(frozen=True)
class Punkt:
    """An entry: text, route name, route arguments, and the right it needs."""

    navn: str
    rute: str
    handling: Handling
    arg: tuple[str, ...] = ()


@dataclass
class Gruppe:
    """A heading and its entries, ready for the template. A group without a heading is never folded."""

    navn: str
    punkter: list[dict] = field(default_factory=list)
    aapen: bool = True


def _rapport(navn: str, slug: str) -> Punkt:
    return Punkt(navn, "analyse:rapport", Handling.SE_RAPPORTER, (slug,))


MENY: tuple[tuple[str, tuple[Punkt, ...]], ...] = (
    ("", (Punkt(_("Oversikt"), "analyse:oversikt", Handling.SE_RAPPORTER),)),
    (
        _("Analyse"),
        (
            _rapport(_("Lederspenn"), "lederspenn"),
            _rapport(_("Ledere"), "ledere"),
            _rapport(_("Ledere: stilling og alder"), "stillingsstoerrelse-alder"),
            _rapport(_("Turnover"), "turnover"),
            _rapport(_("Aldersrisiko"), "aldersrisiko"),
            _rapport(_("Heltid og deltid"), "heltid"),
            _rapport(_("Kjønn"), "kjoenn"),
            _rapport(_("Utdanning"), "utdanning"),
            _rapport(_("Ansiennitet"), "ansiennitet"),
            Punkt(_("Rapport til bystyret"), "analyse:bystyrerapport", Handling.LAGE_BYSTYRERAPPORT),
        ),
    ),
    (
        _("Planer"),
        (
            Punkt(_("Min side"), "planer:mine", Handling.SE_PLANARBEID),
            Punkt(_("Alle planer"), "planer:liste", Handling.SE_PLANER),
            Punkt(_("Planoversikt"), "planer:planoversikt", Handling.SE_PLANER),
            Punkt(_("Tiltak"), "planer:alle_tiltak", Handling.SE_PLANER),
            Punkt(_("Søk i planene"), "planer:sok", Handling.SE_PLANER),
            Punkt(_("Dekning"), "planer:dekning", Handling.SE_PLANARBEID),
            Punkt(_("Maler"), "planer:maler", Handling.OPPRETTE_PLAN),
            Punkt(_("Planer til bystyret"), "planer:samling", Handling.LAGE_PLANDOKUMENT),
        ),
    ),
    (
        _("Gapanalyse"),
        (
            Punkt(_("Gapanalyser"), "kompetanse:gapanalyser", Handling.SE_GAP),
            Punkt(_("Runder og resultater"), "kompetanse:gaprunder", Handling.SE_GAP),
            Punkt(_("Hva om noen slutter?"), "kompetanse:hva_om", Handling.SE_UPRIKKET),
            Punkt(_("Hvem kan?"), "kompetanse:hvem_kan", Handling.SE_GAP),
            Punkt(_("Kompetansetall"), "kompetanse:kompetansetall", Handling.SE_GAP),
        ),
    ),
    (
        _("Krav og ansvar"),
        (
            Punkt(_("Krav til stillinger"), "kompetanse:krav", Handling.SE_KRAV),
            Punkt(_("Ledere og krav"), "kompetanse:ledere", Handling.SE_LEDERKRAV),
            Punkt(_("Kravoversikt"), "kompetanse:lederoversikt", Handling.SE_KRAV),
            Punkt(_("Kompetansekatalog"), "kompetanse:katalog", Handling.SE_KRAV),
            Punkt(_("Hvem avgjør?"), "kompetanse:hvem_avgjoer", Handling.SE_MATRISE),
            Punkt(_("Rollematrise"), "kompetanse:matrise", Handling.SE_MATRISE),
            Punkt(_("Saker som må forankres"), "kompetanse:saker", Handling.SE_MATRISE),
            Punkt(_("Delegert myndighet"), "kompetanse:delegering", Handling.SE_DELEGERING),
        ),
    ),
    (
        _("Kompetansearbeidet"),
        (
            Punkt(_("Modenhet"), "kompetanse:modenhet", Handling.SE_MODENHET),
            Punkt(_("Refleksjon"), "kompetanse:refleksjon", Handling.BRUKE_REFLEKSJON),
            Punkt(_("Risiko"), "kompetanse:risiko", Handling.SE_RISIKO),
            Punkt(_("Utviklingssamtale"), "kompetanse:samtalemal", Handling.SE_SAMTALEMAL),
        ),
    ),
    (
        _("Administrasjon"),
        (
            Punkt(_("Les inn uttrekk"), "analyse:innlesing_ny", Handling.IMPORTERE),
            Punkt(_("Uttrekk"), "analyse:uttrekk_liste", Handling.IMPORTERE),
            Punkt(_("Les inn kompetansetall"), "kompetanse:tallfil", Handling.FORVALTE_GAP),
            Punkt(_("Enheter"), "organisasjon:enheter", Handling.SE_ORGANISASJON),
            Punkt(_("Tjenester"), "organisasjon:tjenester", Handling.SE_ORGANISASJON),
            Punkt(_("Roller"), "organisasjon:roller", Handling.FORVALTE_ROLLER),
            Punkt(_("Ledere uten bruker"), "analyse:ledere_uten_bruker", Handling.FORVALTE_ROLLER),
            Punkt(_("Oppsett"), "analyse:oppsett", Handling.FORVALTE_OPPSETT),
            Punkt(_("Logg"), "organisasjon:logg", Handling.SE_LOGG),
            Punkt(_("Hvem ser hva"), "organisasjon:tilgangsmatrise", Handling.SE_LOGG),
        ),
    ),
)


# A menu with more entries than this is folded, all but the group one is in.
LANG_MENY = 16


@cache
def adresse(rute: str, arg: tuple[str, ...] = ()) -> str:
    """The address of a route, or '' when there is none."""
    try:
        return reverse(rute, args=arg)
    except NoReverseMatch:
        return ""


def meny_for(request: HttpRequest) -> list[Gruppe]:
    """The entries the person may open, grouped, with the one that the current page lies under marked."""
    synlige = [
        (gruppe, [(p, adresse(p.rute, p.arg)) for p in punkter if request.tilgang.kan(p.handling)])
        for gruppe, punkter in MENY
    ]
    aktiv = _aktiv(request.path, [a for _navn, punkter in synlige for _p, a in punkter if a])
    grupper = [
        Gruppe(navn, [{"navn": p.navn, "adresse": a, "aktiv": a == aktiv} for p, a in punkter if a])
        for navn, punkter in synlige
    ]
    synlig = [g for g in grupper if g.punkter]
    if sum(len(g.punkter) for g in synlig) > LANG_MENY:
        _fold(synlig)
    return synlig


def _fold(grupper: list[Gruppe]) -> None:
    """Leave open the group with the current page; the first with a heading when one is on none of their pages."""
    med_navn = [g for g in grupper if g.navn]
    her = next((g for g in med_navn if any(p["aktiv"] for p in g.punkter)), med_navn[0])
    for gruppe in med_navn:
        gruppe.aapen = gruppe is her


def _aktiv(sti: str, adresser: list[str]) -> str:
    """The longest address that the path is, or lies beneath. The overview is only itself: all reports lie beneath."""
    oversikt = adresse("analyse:oversikt")
    treff = [a for a in adresser if sti == a or (a != oversikt and sti.startswith(a))]
    return max(treff, key=len, default="")
