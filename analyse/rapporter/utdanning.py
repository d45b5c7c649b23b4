"""Education: highest level per employee, for the scope, per unit and position group."""

import pandas as pd
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lat

from analyse.beregninger import fordelinger
from analyse.beregninger.avrunding import prosent
from analyse.beregninger.personer import Inndeling, Par, Telte
from analyse.rapporter.fordeling import Fordeling
from analyse.rapporter.hjelp import Formel, Rad, er_tall, som_tekst, soylediagram, tegnede
from analyse.rapporter.resultat import SKJULT, Diagram, Kolonne, Nokkeltall, Resultat, Tabell
from felles import tall

UTEN_HOYERE = ("Grunnskole", "Videregående", "Fagbrev", fordelinger.UOPPGITT)


class Utdanning(Fordeling):
    """The level of education of the employees."""

    slug = "utdanning"
    ekstra_tabeller = ("per_stillingsgruppe", "per_nivaa")
    tittel = _lat("Utdanningsnivå")
    ingress = _lat("Hvilken utdanning de ansatte har.")
    lesehjelp = _lat(
        "Søylene går fra lavest til høyest utdanning. «Ikke oppgitt» er ansatte uten registrert utdanning."
    )
    metode = _lat("Utdanning er slik den står i personalsystemet. Har en person flere, telles den høyeste.")

    def tell(self, telte: Telte, inndeling: Inndeling, par: Par):
        return fordelinger.utdanning(telte, inndeling, par, fordelinger.utdanningsnivaaer(telte))

    def rad(self, tall: Rad) -> Rad:
        return dict(tall)

    def ekstra(self, alle: pd.DataFrame) -> dict[str, list[Rad]]:
        """The levels with number and share: the main picture."""
        antall = alle.iloc[0]
        if not antall["ansatte"]:
            return {"per_nivaa": []}
        return {
            "per_nivaa": [
                {"utdanning": n, "antall": int(antall[n]), "andel": prosent(int(antall[n]), int(antall["ansatte"]))}
                for n in antall.index[1:]
            ]
        }

    def formel(self, nokkel: str, resultat: Resultat) -> Formel:
        if nokkel == "andel":
            return Formel(_("Antall med nivået / alle ansatte × 100."), ("antall",))
        if nokkel == "ansatte":
            return Formel(self.teller)
        return Formel(_("Ulike personer med dette som høyeste utdanning."), ("ansatte",))

    def kolonner(self, resultat: Resultat) -> tuple[Kolonne, ...]:
        nivaaer = [Kolonne(r["utdanning"], r["utdanning"]) for r in resultat.tillegg["per_nivaa"]]
        return (Kolonne("ansatte", _("Ansatte")), *nivaaer)

    def tabeller(self, resultat: Resultat) -> list[Tabell]:
        """Per unit, per position group, and the levels."""
        kolonner = (
            Kolonne("utdanning", _("Utdanning"), "tekst"),
            Kolonne("antall", _("Ansatte")),
            Kolonne("andel", _("Andel"), "prosent"),
        )
        nivaaer = Tabell("per_nivaa", _("Utdanningsnivå"), kolonner, resultat.tillegg["per_nivaa"])
        return [*super().tabeller(resultat), nivaaer]

    def diagrammer(self, resultat: Resultat) -> list[Diagram]:
        """Levels from the lowest to the highest."""
        tittel = self._funn(resultat)
        under = _("Antall ansatte etter høyeste utdanning.")
        return tegnede(
            soylediagram(
                tittel,
                under,
                self.tabeller(resultat)[2],
                navn="utdanning",
                maal="antall",
                behold_rekkefolge=True,
            )
        )

    def _funn(self, resultat: Resultat) -> str:
        andel = hoyere(resultat)
        if andel is None:
            return _("Ansatte etter utdanningsnivå")
        return _("%s av de ansatte har utdanning over videregående nivå") % tall.prosent(andel)

    def nokkeltall(self, resultat: Resultat) -> list[Nokkeltall]:
        """Share above upper secondary, the largest level, not stated."""
        nivaaer = [r for r in resultat.tillegg["per_nivaa"] if er_tall(r["antall"])]
        ut = [
            Nokkeltall(_("Over videregående nivå"), _andel(resultat), _("av de ansatte")),
        ]
        if len(nivaaer) == len(resultat.tillegg["per_nivaa"]) > 0:
            storst = max(nivaaer, key=lambda r: r["antall"])
            ut.append(Nokkeltall(_("Vanligst: %s") % storst["utdanning"], som_tekst(storst["antall"]), _("ansatte")))
        uoppgitt = next((r for r in nivaaer if r["utdanning"] == fordelinger.UOPPGITT), None)
        if uoppgitt and uoppgitt["antall"]:
            ut.append(Nokkeltall(_("Ikke oppgitt"), som_tekst(uoppgitt["antall"]), _("ansatte")))
        return ut


def _andel(resultat: Resultat) -> str:
    andel = hoyere(resultat)
    return SKJULT if andel is None and resultat.prikket else som_tekst(andel, "prosent")


def hoyere(resultat: Resultat) -> float | None:
    """Share with education above upper secondary, None when a part is hidden or the scope is empty."""
    nivaaer = resultat.tillegg["per_nivaa"]
    if not all(er_tall(r["antall"]) for r in nivaaer) or not er_tall(resultat.sum.get("ansatte")):
        return None
    over = sum(r["antall"] for r in nivaaer if r["utdanning"] not in UTEN_HOYERE)
    return prosent(over, resultat.sum["ansatte"])
