"""Turnover by age group, sector, unit and position group, by two named measures (domain § 5.4.3)."""

from datetime import date
from typing import Any

import pandas as pd
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lat

from analyse.beregninger import turnover as beregning
from analyse.beregninger.avrunding import prosent
from analyse.rapporter.base import Grunnlag
from analyse.rapporter.hjelp import (
    Formel,
    Rad,
    Tabellrapport,
    av,
    enhetsnavn,
    er_tall,
    har_skjulte,
    heltall,
    sektornavn,
    som_tekst,
    sorter,
    soylediagram,
    tegnede,
)
from analyse.rapporter.resultat import Diagram, Kolonne, Nokkeltall, Resultat, Tabell
from felles import tall
from felles.diagram import Grense

SNITTMAAL = _lat("sluttet / ((ansatte første dag + ansatte siste dag) / 2) × 100")
KOHORTMAAL = _lat("sluttet / ansatte første dag × 100")


def maalkolonner() -> tuple[Kolonne, ...]:
    """The columns after the name, before the inner moves."""
    return (
        Kolonne("sluttet", _("Sluttet")),
        Kolonne("begynt", _("Begynt")),
        Kolonne("ib", _("Ansatte første dag")),
        Kolonne("ub", _("Ansatte siste dag")),
        Kolonne("prosent", _("Turnover, snittmål"), "prosent", str(SNITTMAAL)),
        Kolonne("kohort_prosent", _("Turnover, kohortmål"), "prosent", str(KOHORTMAAL)),
    )


def internkolonner() -> tuple[Kolonne, ...]:
    """Moves within the municipality."""
    return (Kolonne("intern_inn", _("Intern flytting inn")), Kolonne("intern_ut", _("Intern flytting ut")))


class Turnover(Tabellrapport):
    """How many left and joined in the period."""

    slug = "turnover"
    ekstra_tabeller = ("per_sektor", "per_enhet", "per_stillingsgruppe")
    tittel = _lat("Turnover")
    ingress = _lat("Hvor mange som sluttet og begynte i perioden, etter alder, enhet og stillingsgruppe.")
    teller = _lat(
        "Faste, midlertidige og timelønte (F, M, MT og T), og rader merket Sluttet i tiden mellom start- og sluttdato. "
        "Honorar, oppdragstakere, politikere og stønadsmottakere telles aldri."
    )
    lesehjelp = _lat(
        "Prosenten sier hvor stor del av de ansatte som forlot kommunen i perioden. Den som flytter til en annen enhet "
        "i kommunen, har ikke sluttet; det vises som intern flytting."
    )
    metode = format_lazy(
        "{start} {snitt}: {snittmaal}. {kohort}: {kohortmaal}.",
        start=_lat("Sluttet: ansatt første dag i perioden, ikke siste. Begynt: omvendt. Alder er hele år på periodens "
                   "siste dag."),
        snitt=_lat("Snittmålet"), snittmaal=SNITTMAAL, kohort=_lat("Kohortmålet"), kohortmaal=KOHORTMAAL,
    )  # fmt: skip
    formler = {
        "sluttet": Formel(_lat("Ansatt i kommunen første dag i perioden, ikke siste dag.")),
        "begynt": Formel(_lat("Ansatt i kommunen siste dag i perioden, ikke første dag.")),
        "ib": Formel(_lat("Ulike personer ansatt første dag i perioden.")),
        "ub": Formel(
            _lat("Ansatte første dag + begynt + intern flytting inn − sluttet − intern flytting ut."),
            ("ib", "begynt", "intern_inn", "sluttet", "intern_ut"),
        ),
        "prosent": Formel(SNITTMAAL, ("sluttet", "ib", "ub")),
        "kohort_prosent": Formel(KOHORTMAAL, ("sluttet", "ib")),
        "intern_inn": Formel(_lat("Ansatt her siste dag; var ansatt et annet sted i kommunen første dag.")),
        "intern_ut": Formel(_lat("Ansatt her første dag; er ansatt et annet sted i kommunen siste dag.")),
    }

    def beregn(self, grunnlag: Grunnlag, fra: date, til: date) -> Resultat:
        """Rows per age group and «Alle»; tillegg per_sektor, per_enhet, per_stillingsgruppe."""
        flyt = grunnlag.bevegelse(fra, til)
        rader = [_rad({"gruppe": r.pop("nokkel")}, r) for r in heltall(beregning.etter_alder(flyt))]
        alle = heltall(beregning.alle(flyt))[0]
        summen = _rad({"gruppe": alle.pop("nokkel")}, alle)
        enhet, sektor = enhetsnavn(grunnlag), sektornavn(grunnlag)
        return self.lag(
            grunnlag,
            fra,
            til,
            rader=[*rader, summen],
            sum=dict(summen),
            tillegg={
                "per_sektor": _rader(beregning.etter_sektor(flyt, grunnlag.enheter), sektor, "sektor"),
                "per_enhet": _rader(beregning.etter_enhet(flyt), enhet, "enhet"),
                "per_stillingsgruppe": _rader(
                    beregning.etter_stillingsgruppe(flyt, grunnlag.stillinger),
                    lambda g: {"stillingsgruppe": g},
                    "stillingsgruppe",
                ),
            },
            forutsetninger={
                _("Periode"): _("%(fra)s til %(til)s") % {"fra": tall.dato_lang(fra), "til": tall.dato_lang(til)},
                _("Snittmål (prosent)"): SNITTMAAL,
                _("Kohortmål (kohort_prosent)"): KOHORTMAAL,
            },
        )

    def tabeller(self, resultat: Resultat) -> list[Tabell]:
        """By age group, sector, unit, position group."""
        intern = internkolonner()
        flyttet = any(r["intern_inn"] != 0 or r["intern_ut"] != 0 for r in resultat.rader)
        t = resultat.tillegg

        def tabell(nokkel: str, tittel: str, hode: str, flytting: tuple[Kolonne, ...] = intern) -> Tabell:
            rader = resultat.rader if nokkel == "rader" else t[nokkel]
            kolonne = Kolonne("gruppe" if nokkel == "rader" else nokkel.removeprefix("per_"), hode, "tekst")
            return Tabell(nokkel, tittel, (kolonne, *maalkolonner(), *flytting), rader)

        ut = [tabell("rader", _("Turnover etter alder"), _("Aldersgruppe"), intern if flyttet else ())]
        if any(r["sektor"] for r in t["per_sektor"]):
            ut.append(tabell("per_sektor", _("Turnover per sektor"), _("Sektor")))
        ut.append(tabell("per_enhet", _("Turnover per enhet"), _("Enhet")))
        return [*ut, tabell("per_stillingsgruppe", _("Turnover per stillingsgruppe"), _("Stillingsgruppe"))]

    def diagrammer(self, resultat: Resultat) -> list[Diagram]:
        """By age group in order of age, then by unit, against the figure for all."""
        tabeller = {t.nokkel: t for t in self.tabeller(resultat)}
        alder, enheter = tabeller["rader"], tabeller["per_enhet"]
        grupper = Tabell(alder.nokkel, alder.tittel, alder.kolonner, resultat.rader[:-1])
        alle, grense = resultat.sum["prosent"], None
        if er_tall(alle):
            grense = Grense(alle, _("%(prosent)s = turnover samlet") % {"prosent": tall.prosent(alle)})
        felles: Any = {"maal": "prosent", "format_": "prosent", "grense": grense, "over": True}
        etter_alder = soylediagram(
            self._funn(resultat.rader[:-1]),
            _("Turnover i prosent etter aldersgruppe, snittmålet. Mørk søyle: over turnover samlet."),
            grupper,
            navn="gruppe",
            behold_rekkefolge=True,
            **felles,
        )
        per_enhet = soylediagram(
            self._enhetsfunn(enheter.rader, resultat.sum),
            _("Turnover i prosent per enhet, snittmålet. Intern flytting er ikke med. Mørk søyle: over samlet."),
            enheter,
            navn="enhet",
            **felles,
        )
        return tegnede(etter_alder, per_enhet if len(enheter.rader) > 1 else None)

    def _funn(self, rader: list[Rad]) -> str:
        hoyest = max((r for r in rader if er_tall(r["prosent"])), key=lambda r: r["prosent"], default=None)
        if hoyest is None or har_skjulte(rader, "prosent"):
            return _("Turnover etter aldersgruppe")
        return _("Høyest turnover blant ansatte %(gruppe)s år: %(prosent)s") % {
            "gruppe": _aldersord(hoyest["gruppe"]),
            "prosent": tall.prosent(hoyest["prosent"]),
        }

    def _enhetsfunn(self, rader: list[Rad], summen: Rad) -> str:
        antall = ""
        if er_tall(summen["prosent"]):
            over = sum(er_tall(r["prosent"]) and r["prosent"] > summen["prosent"] for r in rader)
            antall = av(over, len(rader), "enhet", not all(er_tall(r["prosent"]) for r in rader))
        if not antall:
            return _("Turnover per enhet")
        return _("%(av)s ligger over %(prosent)s, som er tallet samlet") % {
            "av": antall,
            "prosent": tall.prosent(summen["prosent"]),
        }

    def nokkeltall(self, resultat: Resultat) -> list[Nokkeltall]:
        """Turnover by both measures, leavers and joiners."""
        s = resultat.sum
        return [
            Nokkeltall(
                _("Turnover, snittmål"),
                som_tekst(s["prosent"], "prosent"),
                _("av gjennomsnittlig bemanning"),
                "prosent",
            ),
            Nokkeltall(
                _("Turnover, kohortmål"),
                som_tekst(s["kohort_prosent"], "prosent"),
                _("av dem som var ansatt første dag"),
                "kohort_prosent",
            ),
            Nokkeltall(_("Sluttet"), som_tekst(s["sluttet"]), _("i perioden"), "sluttet"),
            Nokkeltall(_("Begynt"), som_tekst(s["begynt"]), _("i perioden"), "begynt"),
        ]


def _aldersord(gruppe: str) -> str:
    """«<25» → «under 25», «>64» → «over 64», as it is read in a sentence."""
    if gruppe.startswith("<"):
        return _("under %s") % gruppe[1:]
    return _("over %s") % gruppe[1:] if gruppe.startswith(">") else gruppe


def _rad(hode: Rad, stromme: Rad) -> Rad:
    """A row with the two measures. Cohort keys repeat the parts under their own names."""
    s = stromme
    return {
        **hode,
        **{n: s[n] for n in ("sluttet", "begynt", "ib", "ub")},
        "prosent": prosent(2 * s["sluttet"], s["ib"] + s["ub"]),
        "kohort_start": s["ib"],
        "kohort_sluttet": s["sluttet"],
        "kohort_prosent": prosent(s["sluttet"], s["ib"]),
        "intern_inn": s["intern_inn"],
        "intern_ut": s["intern_ut"],
    }


def _rader(strommer: pd.DataFrame, navngi, navn: str) -> list[Rad]:
    """Rows of a grouping, largest turnover base first."""
    return sorter((_rad(navngi(r.pop("nokkel")), r) for r in heltall(strommer)), "ib", navn)
