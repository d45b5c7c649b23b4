"""How the answers of a gap analysis are shown: a row's numbers by year, and where each of them came from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from felles import tall
from felles.norsk import sorteringsnokkel
from kompetanse.enums import Gapradslag
from kompetanse.forms.gapsvar import RadSkjema
from kompetanse.gap.regning import AVGANGSAAR, HORISONTER
from kompetanse.gap.vern import VistLedd, aapne, vern_rad, vern_sum
from kompetanse.gapfelt import RADFELT, TRENGER_AARSVERK, som_tekst, tekst_av
from kompetanse.models import Gapanalyse, Gaprad
from kompetanse.queries.gapvern import Radvern


def naar_kort(analyse: Gapanalyse, om_aar: int) -> str:
    """«I dag», or the year."""
    return _("I dag") if om_aar == 0 else str(analyse.runde.aar + om_aar)


def aarstall(analyse: Gapanalyse) -> tuple[str, ...]:
    """The headings of the horizons: «I dag», «2027», …"""
    return tuple(naar_kort(analyse, om) for om in HORISONTER)


@dataclass(frozen=True)
class Talllinje:
    """A line of the table: its name, a number for each horizon with its sign. `slag` names it for style and script."""

    slag: str
    navn: str
    verdier: tuple[str, ...]


def talllinjer(vist: Sequence[VistLedd]) -> list[Talllinje]:
    """The parts and what comes of them, as they may be shown. Too many only when there are too many."""
    linjer = [
        Talllinje("har", _("Dere har"), tuple(vis(h.har) for h in vist)),
        Talllinje("utdanning", _("Ferdig utdannet"), tuple(vis(h.utdanning, "+") for h in vist)),
        Talllinje("avgang", _("Ventes å slutte"), tuple(vis(h.avgang, tall.MINUS) for h in vist)),
        Talllinje("ventet", _("Da har dere"), tuple(vis(h.ventet) for h in vist)),
        Talllinje("trenger", _("Dere trenger"), tuple(vis(h.trenger) for h in vist)),
        Talllinje("gap", _("Dere mangler"), tuple(vis(h.gap) for h in vist)),
    ]
    if any(isinstance(h.overskudd, int) and h.overskudd for h in vist):
        linjer.append(Talllinje("overskudd", _("Flere enn dere trenger"), tuple(vis(h.overskudd) for h in vist)))
    return linjer


def vis(verdi: int | str | None, tegn: str = "") -> str:
    """A number with its sign when it is not zero, a mark as it is, «–» when not answered."""
    if verdi is None:
        return "–"
    if isinstance(verdi, str):
        return verdi
    return f"{tegn if verdi else ''}{tall.tusen(verdi)}"


def vist_rad(rad: Gaprad, vern: Radvern | None) -> tuple[VistLedd, ...]:
    """The row's numbers as this reader may see them. Without `vern` everything."""
    return aapne(rad.ledd) if vern is None else vern_rad(rad.ledd, vern.skjuler_rad(rad))


def i_rekkefolge(rader: Sequence[Gaprad], vern: Radvern | None) -> list[Gaprad]:
    """The rows in their order. They begin with the largest group, which would tell a protected reader how many a hidden
    one has, so to them hidden ones come last, by name.
    """
    if vern is None:
        return list(rader)
    gjemt = {r.pk for r in rader if vern.skjuler_rad(r)}
    synlige = [r for r in rader if r.pk not in gjemt]
    return synlige + sorted((r for r in rader if r.pk in gjemt), key=lambda r: (sorteringsnokkel(r.navn), r.pk))


@dataclass(frozen=True)
class Rettet:
    """A field we filled in that is another now. `verdi` is what we filled in, as people read it."""

    felt: str
    navn: str
    verdi: str
    fra_i_fjor: bool


def rettet(rad: Gaprad, skjema: RadSkjema) -> list[Rettet]:
    """What was filled in and has been changed since, field by field, so that one can go back to it."""
    naa, i_fjor = som_tekst(rad), rad.forslag.get("i_fjor", {}).get("verdier", {})
    ut = []
    for felt in RADFELT:
        forslag = forslagstekst(rad, felt)
        if forslag and forslag != naa[felt]:
            ut.append(Rettet(felt, skjema.navn(felt), skjema.lesbar(felt, forslag), felt in i_fjor))
    return ut


def _som_i_feltet(felt: str, verdi: Any) -> str:
    if verdi is None:
        return ""
    modellfelt = Gaprad._meta.get_field(felt)
    return tekst_av(modellfelt.to_python(verdi))


def forslagstekst(rad: Gaprad, felt: str) -> str | None:
    """What was filled in for the field, as its text; None when nothing was."""
    forslag = rad.forslag
    if (tekst := forslag.get("i_fjor", {}).get("verdier", {}).get(felt)) is not None:
        return tekst
    if felt.startswith("avgang_"):
        verdi = forslag.get("avgang", {}).get(felt.removeprefix("avgang_"))
    else:
        verdi = forslag.get({"har": "har", "har_aarsverk": "aarsverk"}.get(felt, ""))
    return _som_i_feltet(felt, verdi) if verdi is not None else None


def kildetekst(rad: Gaprad) -> str:
    """«Vi har fylt inn det uttrekket 1. juli 2025 sier.»"""
    forslag = rad.forslag
    dag = tall.dato_lang(forslag["dato"]) if forslag.get("dato") else ""
    if forslag.get("kilde") == "uttrekk" and dag:
        return _("Vi har fylt inn det uttrekket %(dag)s sier. Rett det som ikke stemmer.") % {"dag": dag}
    if forslag.get("kilde") == "kompetansesystem":
        ord_ = {"kilde": forslag.get("kildenavn", ""), "dag": dag}
        return _("Hvor mange dere har, er hentet fra %(kilde)s, %(dag)s. Rett det som ikke stemmer.") % ord_
    if "i_fjor" in forslag:
        return _("Tallene er fra svarene i %(aar)s. Rett det som ikke stemmer.") % {"aar": forslag["i_fjor"]["aar"]}
    return _("Vi vet ikke hvor mange som har dette hos dere. Skriv det du vet.")


def radkilde(forslag: Mapping[str, Any], har: int | None) -> str:
    """Where the number of those a row has comes from, with its date: «Uttrekket 1. juli 2025, rettet av lederen».
    Without `har` nothing is told of whether it was corrected: for readers who are not shown the number.
    """
    dag = tall.dato_lang(forslag["dato"]) if forslag.get("dato") else "–"
    if forslag.get("kilde") == "uttrekk":
        kilde = _("Uttrekket %(dag)s") % {"dag": dag}
    elif forslag.get("kilde") == "kompetansesystem":
        kilde = _("%(kilde)s, %(dag)s") % {"kilde": forslag.get("kildenavn", ""), "dag": dag}
    else:
        return _("Lederens eget tall")
    return kilde if har in (None, forslag.get("har")) else _("%(kilde)s, rettet av lederen") % {"kilde": kilde}


def fra_i_fjor(rad: Gaprad) -> dict[str, bool]:
    """Field → is it still as it was carried over from last year? Only the fields that were."""
    verdier = rad.forslag.get("i_fjor", {}).get("verdier", {})
    naa = som_tekst(rad)
    return {felt: naa.get(felt) == tekst for felt, tekst in verdier.items()}


def tallfelt(skjema: RadSkjema, foran: str) -> list[Any]:
    """The bound fields of the horizons, in order; None where there is none (nobody is in training «nå»)."""
    return [skjema[f"{foran}_{om}"] if f"{foran}_{om}" in skjema.fields else None for om in HORISONTER]


def aarsverklinjer(rad: Gaprad, skjema: RadSkjema) -> list[dict[str, Any]]:
    """The horizons in årsverk: what is expected, the field to state another need in, what is lacking."""
    return [
        {
            "om": h.om_aar,
            "ventet": tall.desimal(h.ventet, 1),
            "felt": skjema[felt],
            "regnet": tall.desimal(h.trenger, 1),
            "gap": tall.desimal(h.gap, 1),
        }
        for h, felt in zip(rad.ledd_aarsverk, TRENGER_AARSVERK, strict=True)
    ]


@dataclass(frozen=True)
class Hvorfor:
    """What the expected leavers of a row were put together of."""

    aldre: list[tuple[str, int, list[str], str]]
    sum: list[str]
    avrundet: list[str]
    fyller: list[tuple[str, list[str]]]
    aarene: list[str]
    takt: bool = False


def hvorfor(rad: Gaprad) -> Hvorfor | None:
    """None when nothing was computed for the row."""
    forslag = rad.forslag
    if "ventet" not in forslag:
        return None
    aarene = [str(aar) for aar in AVGANGSAAR]
    return Hvorfor(
        aldre=[
            (gruppe, antall, [tall.desimal(ventet.get(a), 1) for a in aarene], _sjanse(ventet, antall))
            for gruppe, antall, ventet in forslag.get("aldre", [])
        ],
        sum=[tall.desimal(forslag["ventet"].get(a), 1) for a in aarene],
        avrundet=[tall.tusen(forslag["avgang"].get(a, 0)) for a in aarene],
        fyller=[(alder, [tall.tusen(n.get(a, 0)) for a in aarene]) for alder, n in forslag.get("fyller", {}).items()],
        aarene=[str(rad.analyse.runde.aar + aar) for aar in AVGANGSAAR],
    )


def _sjanse(ventet: dict[str, float], antall: int) -> str:
    """How many of a hundred in the age group leave within five years."""
    return tall.tusen(100 * ventet.get("5", 0) / antall) if antall else "–"


def sum_mangler(rader: Iterable[Gaprad], vern: Radvern | None = None) -> list[tuple[int, str]]:
    """(years ahead, lacking in all) over the position groups, so that nobody is counted twice, as it may be shown. A
    year that some group has not answered has no sum.
    """
    grupper = [vist_rad(r, vern) for r in rader if r.slag == Gapradslag.STILLING]
    summer = [
        None if any(h.gap is None for h in horisont) else vern_sum(h.gap for h in horisont)
        for horisont in zip(*grupper, strict=True)
    ]
    return [(om, vis(n)) for om, n in zip(HORISONTER, summer, strict=False)]


def fristtekst(frist: date, dag: date) -> str:
    """«Svar innen 15. desember 2026», and when it is near or over, that it is."""
    if frist < dag:
        return _("Fristen var %(dag)s") % {"dag": tall.dato_lang(frist)}
    return _("Svar innen %(dag)s") % {"dag": tall.dato_lang(frist)}
