"""Turnover by age group, sector, unit and position group, by two named measures (domain § 5.4.3)."""

from datetime import date

import pandas as pd
from django.utils.translation import gettext as _

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
)
from analyse.rapporter.resultat import Diagram, Kolonne, Nokkeltall, Resultat, Tabell
from felles import tall

SNITTMAAL = "sluttet / ((ansatte første dag + ansatte siste dag) / 2) × 100"
KOHORTMAAL = "sluttet / ansatte første dag × 100"
MAALKOLONNER = (
    Kolonne("sluttet", "Sluttet"),
    Kolonne("begynt", "Begynt"),
    Kolonne("ib", "Ansatte første dag"),
    Kolonne("ub", "Ansatte siste dag"),
    Kolonne("prosent", "Turnover, snittmål", "prosent", SNITTMAAL),
    Kolonne("kohort_prosent", "Turnover, kohortmål", "prosent", KOHORTMAAL),
)
INTERN = (Kolonne("intern_inn", "Intern flytting inn"), Kolonne("intern_ut", "Intern flytting ut"))


class Turnover(Tabellrapport):
    """How many left and joined in the period."""

    slug = "turnover"
    tittel = "Turnover"
    ingress = "Hvor mange som sluttet og begynte i perioden, etter alder, enhet og stillingsgruppe."
    teller = (
        "Faste, midlertidige og timelønte (F, M, MT og T), og rader merket Sluttet i tiden mellom start- og sluttdato. "
        "Honorar, oppdragstakere, politikere og stønadsmottakere telles aldri."
    )
    lesehjelp = (
        "Prosenten sier hvor stor del av de ansatte som forlot kommunen i perioden. Den som flytter til en annen enhet "
        "i kommunen, har ikke sluttet; det vises som intern flytting."
    )
    metode = (
        "Sluttet: ansatt første dag i perioden, ikke siste. Begynt: omvendt. Alder er hele år på periodens siste dag. "
        f"Snittmålet: {SNITTMAAL}. Kohortmålet: {KOHORTMAAL}."
    )
    formler = {
        "sluttet": Formel("Ansatt i kommunen første dag i perioden, ikke siste dag."),
        "begynt": Formel("Ansatt i kommunen siste dag i perioden, ikke første dag."),
        "ib": Formel("Ulike personer ansatt første dag i perioden."),
        "ub": Formel(
            "Ansatte første dag + begynt + intern flytting inn − sluttet − intern flytting ut.",
            ("ib", "begynt", "intern_inn", "sluttet", "intern_ut"),
        ),
        "prosent": Formel(SNITTMAAL, ("sluttet", "ib", "ub")),
        "kohort_prosent": Formel(KOHORTMAAL, ("sluttet", "ib")),
        "intern_inn": Formel("Ansatt her siste dag; var ansatt et annet sted i kommunen første dag."),
        "intern_ut": Formel("Ansatt her første dag; er ansatt et annet sted i kommunen siste dag."),
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
                "Periode": f"{tall.dato_lang(fra)} til {tall.dato_lang(til)}",
                "Snittmål (prosent)": SNITTMAAL,
                "Kohortmål (kohort_prosent)": KOHORTMAAL,
            },
        )

    def tabeller(self, resultat: Resultat) -> list[Tabell]:
        """By age group, sector, unit, position group."""
        intern = INTERN if any(r["intern_inn"] != 0 or r["intern_ut"] != 0 for r in resultat.rader) else ()
        t = resultat.tillegg

        def tabell(nokkel: str, tittel: str, hode: Kolonne, flytting: tuple[Kolonne, ...] = INTERN) -> Tabell:
            rader = resultat.rader if nokkel == "rader" else t[nokkel]
            return Tabell(nokkel, tittel, (hode, *MAALKOLONNER, *flytting), rader)

        ut = [tabell("rader", "Turnover etter alder", Kolonne("gruppe", "Aldersgruppe", "tekst"), intern)]
        if any(r["sektor"] for r in t["per_sektor"]):
            ut.append(tabell("per_sektor", "Turnover per sektor", Kolonne("sektor", "Sektor", "tekst")))
        ut.append(tabell("per_enhet", "Turnover per enhet", Kolonne("enhet", "Enhet", "tekst")))
        gruppe = Kolonne("stillingsgruppe", "Stillingsgruppe", "tekst")
        return [*ut, tabell("per_stillingsgruppe", "Turnover per stillingsgruppe", gruppe)]

    def diagrammer(self, resultat: Resultat) -> list[Diagram]:
        """By age group in order of age, then by unit."""
        tabeller = {t.nokkel: t for t in self.tabeller(resultat)}
        alder = tabeller["rader"]
        grupper = Tabell(alder.nokkel, alder.tittel, alder.kolonner, resultat.rader[:-1])
        ut = [
            soylediagram(
                self._funn(resultat.rader[:-1]),
                _("Turnover i prosent etter aldersgruppe, snittmålet."),
                grupper,
                navn="gruppe",
                maal="prosent",
                format_="prosent",
                behold_rekkefolge=True,
            )
        ]
        enheter = tabeller["per_enhet"]
        if len(enheter.rader) > 1:
            ut.append(
                soylediagram(
                    self._enhetsfunn(enheter.rader, resultat.sum),
                    _("Turnover i prosent per enhet, snittmålet. Intern flytting er ikke med."),
                    enheter,
                    navn="enhet",
                    maal="prosent",
                    format_="prosent",
                )
            )
        return ut

    def _funn(self, rader: list[Rad]) -> str:
        hoyest = max((r for r in rader if er_tall(r["prosent"])), key=lambda r: r["prosent"], default=None)
        if hoyest is None or har_skjulte(rader, "prosent"):
            return _("Turnover etter aldersgruppe")
        return _("Høyest turnover i gruppen %(gruppe)s år: %(prosent)s") % {
            "gruppe": hoyest["gruppe"],
            "prosent": tall.prosent(hoyest["prosent"]),
        }

    def _enhetsfunn(self, rader: list[Rad], summen: Rad) -> str:
        if not er_tall(summen["prosent"]) or any(not er_tall(r["prosent"]) for r in rader):
            return _("Turnover varierer mellom enhetene")
        over = sum(r["prosent"] > summen["prosent"] for r in rader)
        return _("%(av)s enheter ligger over %(prosent)s, som er tallet samlet") % {
            "av": av(over, len(rader)),
            "prosent": tall.prosent(summen["prosent"]),
        }

    def nokkeltall(self, resultat: Resultat) -> list[Nokkeltall]:
        """Turnover by both measures, leavers and joiners."""
        s = resultat.sum
        return [
            Nokkeltall(_("Turnover, snittmål"), som_tekst(s["prosent"], "prosent"), _("av gjennomsnittlig bemanning")),
            Nokkeltall(
                _("Turnover, kohortmål"),
                som_tekst(s["kohort_prosent"], "prosent"),
                _("av dem som var ansatt første dag"),
            ),
            Nokkeltall(_("Sluttet"), som_tekst(s["sluttet"]), _("i perioden")),
            Nokkeltall(_("Begynt"), som_tekst(s["begynt"]), _("i perioden")),
        ]


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
