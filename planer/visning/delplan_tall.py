"""The figures of a delplan's scope, from its extract: per unit, in all where the person may see that, and over time.

A person who may not see small numbers of the whole scope gets each unit's protected figures, and no sums over several
units: new sums could give a hidden figure away.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lat

from analyse.models import Uttrekk
from analyse.omfang import serie_til, synlig_uttrekk
from analyse.rapporter import RAPPORTER
from analyse.rapporter.hjelp import SUMRAD, er_tall
from analyse.rapporter.lederspenn import avdelingsstatus
from analyse.rapporter.resultat import SKJULT, Kolonne, Resultat
from analyse.rapporter.utdanning import UTEN_HOYERE
from analyse.services.samleoppslag import Resultater
from analyse.services.serier import hent_for_omfang
from analyse.utvalg import valgbare
from analyse.visning.celler import Celle, celle, tekst
from felles import tall
from organisasjon.enums import Enhetstype
from organisasjon.models import Enhet
from planer.models import Plan
from planer.rules import Planrett

SLUGER = ("lederspenn", "aldersrisiko", "turnover", "heltid", "kjoenn", "utdanning")
Deler = tuple[float, float]


def prosent_av(teller: float, nevner: float) -> float | None:
    """Percent with one decimal, None of nothing."""
    return round(100 * teller / nevner, 1) if nevner else None


@dataclass(frozen=True)
class Maal:
    """A measure of a unit, read from its report's sum. `deler` gives numerator and denominator (or the number
    itself and 0), from which the measure of several units is put together. `kolonne` is where it is explained, empty
    when it is the report's first key figure.
    """

    nokkel: str
    navn: Any
    slug: str
    kolonne: str
    format: str
    deler: Callable[[Resultat], Deler]


def _sum(nokkel: str) -> Callable[[Resultat], Deler]:
    return lambda r: (r.sum[nokkel], 0)


def _andel(teller: str, nevner: str = "ansatte") -> Callable[[Resultat], Deler]:
    return lambda r: (r.sum[teller], r.sum[nevner])


def _turnover(r: Resultat) -> Deler:
    return 2 * r.sum["sluttet"], r.sum["ib"] + r.sum["ub"]


def _hoyere(r: Resultat) -> Deler:
    nivaaer = r.tillegg["per_nivaa"]
    return sum(n["antall"] for n in nivaaer if n["utdanning"] not in UTEN_HOYERE), r.sum["ansatte"]


MAAL = (
    Maal("ansatte", _lat("Ansatte"), "lederspenn", "ansatte", "heltall", _sum("ansatte")),
    Maal("andel60", _lat("60 år og mer"), "aldersrisiko", "andel60", "prosent", _andel("60+")),
    Maal("67_5aar", _lat("Fyller 67 innen 5 år"), "aldersrisiko", "67_5aar", "heltall", _sum("67_5aar")),
    Maal("turnover", _lat("Turnover siste år"), "turnover", "prosent", "prosent", _turnover),
    Maal("heltid", _lat("I full stilling"), "heltid", "andel_heltid", "prosent", _andel("heltid")),
    Maal("kvinner", _lat("Kvinner"), "kjoenn", "andel_kvinner", "prosent", _andel("kvinner")),
    Maal("hoyere", _lat("Utdanning over videregående nivå"), "utdanning", "", "prosent", _hoyere),
)
AV_NOKKEL = {m.nokkel: m for m in MAAL}


@dataclass(frozen=True)
class Omfangstall:
    """The figures. `alt` says whether sums over several units may be shown; `egne` are ids of the units whose reports
    the person may open.
    """

    uttrekk: Uttrekk
    serie: tuple[Uttrekk, ...]
    enheter: tuple[Enhet, ...]
    resultater: Resultater = field(repr=False)
    prikket: bool
    egne: frozenset[int]

    @property
    def en(self) -> bool:
        return len(self.enheter) == 1

    @property
    def alt(self) -> bool:
        return self.en or not self.prikket

    def resultat(self, enhet: Enhet, slug: str, uttrekk: Uttrekk | None = None) -> Resultat | None:
        """The report of one unit in the extract (default the plan's), None when it could not be had."""
        return self.resultater.get(((uttrekk or self.uttrekk).pk, enhet.pk, slug))

    def finnes(self) -> bool:
        """Is there any figure at all?"""
        return any(u == self.uttrekk.pk for u, _e, _s in self.resultater)

    def verdi(self, maal: Maal, enhet: Enhet, uttrekk: Uttrekk | None = None) -> Any:
        """The unit's figure: a number, a hidden mark, or None."""
        r = self.resultat(enhet, maal.slug, uttrekk)
        if r is None or not r.sum:
            return None
        if maal.kolonne and r.sum.get(maal.kolonne) is not None:
            return r.sum[maal.kolonne]
        try:
            return sammenlagt([maal.deler(r)])
        except TypeError:  # a hidden part
            return SKJULT if r.prikket else None

    def samlet(self, maal: Maal, uttrekk: Uttrekk | None = None) -> Any:
        """The figure of the whole scope, None where it may not be shown or is not complete."""
        if self.en:
            return self.verdi(maal, self.enheter[0], uttrekk)
        if self.prikket:
            return None
        resultater = [self.resultat(e, maal.slug, uttrekk) for e in self.enheter]
        if not all(r is not None and r.sum for r in resultater):
            return None
        return sammenlagt(maal.deler(r) for r in resultater)

    def lenke(self, maal: Maal, enhet: Enhet) -> str:
        """The address of «slik er tallet regnet», empty when the person cannot open the unit's reports."""
        r = self.resultat(enhet, maal.slug)
        if r is None or enhet.pk not in self.egne:
            return ""
        if maal.kolonne:
            # The turnover of all is the last row of its table; the others have a row for the sum.
            rad = len(r.rader) - 1 if maal.slug == "turnover" else SUMRAD
            hvor = {"tabell": "rader", "rad": rad, "kolonne": maal.kolonne}
        else:
            hvor = {"tabell": "nokkeltall", "rad": 0, "kolonne": ""}
        return f"{reverse('analyse:forklaring', args=[maal.slug])}?{urlencode({**hvor, **self._valg(enhet)})}"

    def rapportlenke(self, slug: str) -> str:
        """The address of the report, for the only unit of the scope or for what the person sees."""
        valg = {"uttrekk": self.uttrekk.dato.isoformat()}
        if self.en and self.enheter[0].pk in self.egne:
            valg = self._valg(self.enheter[0])
        return f"{reverse('analyse:rapport', args=[slug])}?{urlencode(valg)}"

    def _valg(self, enhet: Enhet) -> dict[str, str]:
        return {"enhet": enhet.kode, "uttrekk": self.uttrekk.dato.isoformat()}


def sammenlagt(deler: Iterable[Deler]) -> float | None:
    """Units put together: sums of numbers, or sum of numerators over sum of denominators in percent."""
    par = list(deler)
    teller, nevner = sum(t for t, _n in par), sum(n for _t, n in par)
    return prosent_av(teller, nevner) if any(n for _t, n in par) else teller


def omfangstall(
    request: HttpRequest, plan: Plan, rett: Planrett, sluger: Iterable[str] = SLUGER, med_serie: bool = False
) -> Omfangstall | None:
    """The figures of the plan's scope for this person. None without scope, or without an extract they may see."""
    enheter = tuple(o.enhet for o in plan.omfang.all())
    prikket = not rett.uprikket
    uttrekk = synlig_uttrekk(plan.uttrekk, prikket)
    if not enheter or uttrekk is None:
        return None
    serie = serie_til(uttrekk, prikket) if med_serie else [uttrekk]
    resultater = hent_for_omfang(serie=serie, sluger=sluger, enheter=enheter, prikket=prikket)
    return Omfangstall(uttrekk, tuple(serie), enheter, resultater, prikket, valgbare(request.tilgang))


@dataclass(frozen=True)
class Kort:
    """A key figure, as `analyse/_tallkort.html` takes it."""

    navn: str
    tall: str
    undertekst: str
    lenke: str = ""
    endring: str = ""
    slug: str = ""


def tallkort(t: Omfangstall, nokler: Iterable[str]) -> list[Kort]:
    """Key figures of the scope; of several units they are put together from the units' figures."""
    return [k for n in nokler if (k := _kort(t, AV_NOKKEL[n]))]


def _kort(t: Omfangstall, maal: Maal) -> Kort | None:
    verdi = t.samlet(maal)
    if verdi is None:
        return None
    lenke = t.lenke(maal, t.enheter[0]) if t.en else t.rapportlenke(maal.slug)
    return Kort(str(maal.navn), vist(verdi, maal), _under(t, maal), lenke, _endring(t, maal, verdi))


def vist(verdi: Any, maal: Maal) -> str:
    """With its percent sign."""
    return tall.prosent(verdi) if maal.format == "prosent" and er_tall(verdi) else tekst(verdi, maal.format)


def _under(t: Omfangstall, maal: Maal) -> str:
    if maal.nokkel == "turnover":
        return _("til %s") % tall.dato_lang(t.uttrekk.dato)
    if maal.format == "prosent":
        return _("av de ansatte")
    if maal.nokkel == "ansatte":
        return _("faste og midlertidige") if t.en else _("sum av %s enheter") % tall.tallord(len(t.enheter))
    return _("av dem som ikke har fylt 67")


def _endring(t: Omfangstall, maal: Maal, verdi: Any) -> str:
    """«+3 siden 1. juli 2024», empty without an earlier figure."""
    if len(t.serie) < 2 or not er_tall(verdi):
        return ""
    foer = t.samlet(maal, t.serie[-2])
    if not er_tall(foer):
        return ""
    desimaler = 1 if maal.format == "prosent" else 0
    enhet = _(" prosentpoeng") if maal.format == "prosent" else ""
    forskjell = round(verdi - foer, desimaler)
    dag = tall.dato_lang(t.serie[-2].dato)
    if not forskjell:
        return _("uendret siden %s") % dag
    deler = {"endring": tall.endring(forskjell, desimaler), "enhet": enhet, "dag": dag}
    return _("%(endring)s%(enhet)s siden %(dag)s") % deler


@dataclass(frozen=True)
class Enhetsrad:
    """One unit's line: its name and the cells after it."""

    navn: str
    celler: tuple[Celle, ...]

    @property
    def tall(self) -> tuple[Celle, ...]:
        """The figures alone."""
        return (self.celler[0], *self.celler[2:-1])

    @property
    def merker(self) -> tuple[Celle, Celle]:
        """Against the norms, and the age risk."""
        return self.celler[1], self.celler[-1]


def enhetstabell(t: Omfangstall) -> tuple[list[tuple[str, bool]], list[Enhetsrad]]:
    """Headings (text, is it a number) and a row per unit, each figure linked to how it was computed."""
    hoder = [(_("Enhet"), False), (_("Ansatte"), True), (_("Mot normene"), False)]
    andre = [m for m in MAAL if m.nokkel != "ansatte"]
    hoder += [(f"{m.navn}, %" if m.format == "prosent" else str(m.navn), True) for m in andre]
    hoder.append((_("Aldersrisiko"), False))
    return hoder, [_rad(t, e, andre) for e in t.enheter]


def _rad(t: Omfangstall, enhet: Enhet, andre: list[Maal]) -> Enhetsrad:
    norm, risiko = statusceller(t, enhet)
    midten = (_tallcelle(t, m, enhet) for m in andre)
    return Enhetsrad(enhet.navn, (_tallcelle(t, AV_NOKKEL["ansatte"], enhet), norm, *midten, risiko))


def statusceller(t: Omfangstall, enhet: Enhet) -> tuple[Celle, Celle]:
    """The unit against the norms, and its age risk."""
    risiko = t.resultat(enhet, "aldersrisiko")
    return _statuscelle(normstatus(t, enhet)), _statuscelle(risiko.sum.get("risiko") if risiko else None)


def _tallcelle(t: Omfangstall, maal: Maal, enhet: Enhet) -> Celle:
    return Celle(tekst(t.verdi(maal, enhet), maal.format), er_tall=True, lenke=t.lenke(maal, enhet))


def _statuscelle(verdi: Any) -> Celle:
    return celle(verdi, Kolonne("status", "", "status"))


def normstatus(t: Omfangstall, enhet: Enhet) -> Any:
    """The unit against the norms of its level; a sector or the municipality by how many units are above."""
    r = t.resultat(enhet, "lederspenn")
    if r is None:
        return None
    if enhet.type == Enhetstype.AVDELING and er_tall(r.sum.get("ansatte")):
        return avdelingsstatus({n["nokkel"]: n["verdi"] for n in r.tillegg["normer"]}, r.sum["ansatte"])
    rader = [rad for rad in r.tillegg["per_enhet"] if rad.get("enhet_id") == enhet.pk]
    return rader[0].get("mot_norm") if rader else r.sum.get("mot_norm")


def rapporttitler() -> list[tuple[str, str]]:
    """Slug and title of the reports the figures are from."""
    return [(slug, str(RAPPORTER[slug].tittel)) for slug in SLUGER]
