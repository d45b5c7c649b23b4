"""Leaders by position size and age (domain § 5.4.2)."""

from datetime import date

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lat

from analyse.beregninger import ledere as beregning
from analyse.rapporter.base import Grunnlag
from analyse.rapporter.hjelp import Formel, Tabellrapport, er_tall, tallord_stor, tegnede
from analyse.rapporter.ledere import FUNKSJONER, funksjonsrader, med_summer, stabel
from analyse.rapporter.resultat import SKJULT, Diagram, Kolonne, Nokkeltall, Resultat, Tabell
from felles import tall

STORRELSER = list(beregning.STORRELSER)
ALDER = ["under_54", "54-59", "60-65", "66+"]
SENIOR = ["54-59", "60-65", "66+"]


class StillingsstoerrelseAlder(Tabellrapport):
    """Leaders in part-time and full-time positions, and how many are seniors."""

    slug = "stillingsstoerrelse-alder"
    tittel = _lat("Ledere etter stillingsstørrelse og alder")
    ingress = _lat("Hvor store stillinger lederne har, og hvor mange som nærmer seg pensjonsalder.")
    lesehjelp = _lat(
        "Søylene viser ledere på 54 år og mer, delt i tre aldersgrupper. Ledere på 60 år og mer kan gå av i løpet av "
        "få år, og da må etterfølgere være klare."
    )
    metode = _lat(
        "Stillingsstørrelse er summen av personens tellende stillinger i funksjonen: under 50 prosent, 50–99 prosent "
        "og 100 prosent. Alder er hele år på uttrekksdatoen."
    )
    formler = {
        **{n: Formel(_lat("Ledere i funksjonen med en samlet stillingsstørrelse i gruppen.")) for n in STORRELSER},
        **{n: Formel(_lat("Ledere i funksjonen med en alder i gruppen på uttrekksdatoen.")) for n in ALDER},
        "totalt": Formel(_lat("Summen av de tre stillingsstørrelsene."), tuple(STORRELSER)),
    }

    def beregn(self, grunnlag: Grunnlag, fra: date, til: date) -> Resultat:
        """Rows per function with the size groups and the age groups, `sum` with the two sum rows."""
        liste = grunnlag.ledere
        antall = len(FUNKSJONER)
        rader, summer = funksjonsrader(beregning.etter_storrelse(liste, antall), STORRELSER)
        alder = np.asarray(beregning.etter_alder(liste, antall))
        arader, asummer = funksjonsrader(alder, ALDER)
        rader = [{**r, **{n: a[n] for n in ALDER}} for r, a in zip(rader, arader, strict=True)]
        summer = {k: {**r, **{n: asummer[k][n] for n in ALDER}} for k, r in summer.items()}
        return self.lag(grunnlag, fra, til, rader=rader, sum=summer)

    def tabeller(self, resultat: Resultat) -> list[Tabell]:
        """One table, sizes first, then the age groups from the youngest."""
        kolonner = (
            Kolonne("stilling", _("Stilling"), "tekst"),
            Kolonne("1-49", _("1–49 %")),
            Kolonne("50-99", _("50–99 %")),
            Kolonne("100", _("100 %")),
            Kolonne("under_54", _("Under 54 år")),
            Kolonne("54-59", _("54–59 år")),
            Kolonne("60-65", _("60–65 år")),
            Kolonne("66+", _("66 år og mer")),
            Kolonne("totalt", _("Totalt")),
        )
        return [Tabell("rader", str(self.tittel), kolonner, med_summer(resultat))]

    def diagrammer(self, resultat: Resultat) -> list[Diagram]:
        """Senior leaders per function, stacked by age group."""
        navn = {"54-59": _("54–59 år"), "60-65": _("60–65 år"), "66+": _("66 år og mer")}
        under = _("Antall ledere på 54 år og mer etter funksjon og aldersgruppe.")
        return tegnede(stabel(self._funn(resultat), under, resultat.rader, navn, self.tabeller(resultat)[0]))

    def _funn(self, resultat: Resultat) -> str:
        over60, skjult = _sum(resultat, ["60-65", "66+"])
        if skjult:
            return _("Ledere på 54 år og mer")
        if over60 < 2:
            return _("Én leder har fylt 60 år") if over60 else _("Ingen ledere har fylt 60 år")
        return _("%s ledere har fylt 60 år") % tallord_stor(over60)

    def nokkeltall(self, resultat: Resultat) -> list[Nokkeltall]:
        """Full-time leaders, part-time leaders, 60 years and more."""
        ut = []
        for navn, nokler, under in (
            (_("Ledere i full stilling"), ["100"], _("100 prosent")),
            (_("Ledere i deltid"), ["1-49", "50-99"], _("under 100 prosent")),
            (_("Ledere på 60 år og mer"), ["60-65", "66+"], _("på uttrekksdatoen")),
        ):
            antall, skjult = _sum(resultat, nokler)
            ut.append(Nokkeltall(navn, SKJULT if skjult else tall.tusen(antall), under))
        return ut


def _sum(resultat: Resultat, nokler: list[str]) -> tuple[int, bool]:
    """Sum over both sum rows, and whether any part is hidden."""
    verdier = [rad[n] for rad in resultat.sum.values() for n in nokler]
    return sum(v for v in verdier if er_tall(v)), not all(er_tall(v) for v in verdier)
