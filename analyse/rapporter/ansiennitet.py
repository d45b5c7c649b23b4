"""Seniority: years since the earliest start in force, for the scope, per unit and position group."""

import pandas as pd
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lat

from analyse.beregninger import fordelinger
from analyse.beregninger.avrunding import EN, broek, prosent
from analyse.beregninger.fordelinger import ANSIENNITET
from analyse.beregninger.personer import Inndeling, Par, Telte
from analyse.rapporter.fordeling import Fordeling
from analyse.rapporter.hjelp import Formel, Rad, er_tall, som_tekst, soylediagram, tegnede
from analyse.rapporter.resultat import Diagram, Kolonne, Nokkeltall, Resultat, Tabell
from felles import tall

GRUPPER = (*ANSIENNITET, "uten_start")


class Ansiennitet(Fordeling):
    """How long the employees have been there."""

    slug = "ansiennitet"
    ekstra_tabeller = ("per_stillingsgruppe", "per_gruppe")
    tittel = _lat("Ansiennitet")
    ingress = _lat("Hvor lenge de ansatte har vært i stillingene de har nå.")
    lesehjelp = _lat(
        "Mange med kort ansiennitet betyr at mange er nye; mange med lang betyr mye erfaring, som forsvinner "
        "når de slutter."
    )
    metode = _lat(
        "Hele år fra den tidligste startdatoen blant personens tellende ansettelsesforhold i enheten (for kommunen: i "
        "kommunen) til uttrekksdatoen. Tidligere ansettelser som er avsluttet, er ikke med."
    )
    desimale = ("aarsum",)

    def tell(self, telte: Telte, inndeling: Inndeling, par: Par):
        return fordelinger.ansiennitet(telte, inndeling, par, telte.dag)

    def rad(self, tall: Rad) -> Rad:
        kjente = tall["ansatte"] - tall["uten_start"]
        return {
            "ansatte": tall["ansatte"],
            **{n: tall[n] for n in GRUPPER},
            "snitt_aar": broek(round(tall["aarsum"], 4), kjente, EN),
            "aarsum": round(tall["aarsum"], 1),
        }

    def ekstra(self, alle: pd.DataFrame) -> dict[str, list[Rad]]:
        """The groups with number and share: the main picture."""
        antall = alle.iloc[0]
        if not antall["ansatte"]:
            return {"per_gruppe": []}
        navn = {"uten_start": "Uten startdato"}
        return {
            "per_gruppe": [
                {
                    "gruppe": navn.get(n, n),
                    "antall": int(antall[n]),
                    "andel": prosent(int(antall[n]), int(antall["ansatte"])),
                }
                for n in GRUPPER
                if n != "uten_start" or antall[n]
            ]
        }

    def formel(self, nokkel: str, resultat: Resultat) -> Formel:
        faste = {
            "ansatte": Formel(self.teller),
            "snitt_aar": Formel(_("Sum av år / ansatte med kjent startdato."), ("aarsum", "ansatte")),
            "andel": Formel(_("Antall i gruppen / alle ansatte × 100."), ("antall",)),
        }
        return faste.get(nokkel, Formel(_("Ulike personer med ansiennitet i gruppen på uttrekksdatoen."), ("ansatte",)))

    def kolonner(self, resultat: Resultat) -> tuple[Kolonne, ...]:
        uten = resultat.sum["uten_start"] != 0
        return (
            Kolonne("ansatte", _("Ansatte")),
            *(Kolonne(n, n) for n in ANSIENNITET),
            *((Kolonne("uten_start", _("Uten startdato")),) if uten else ()),
            Kolonne("snitt_aar", _("Snitt, år"), "desimal1"),
        )

    def tabeller(self, resultat: Resultat) -> list[Tabell]:
        """Per unit, per position group, and the groups."""
        kolonner = (
            Kolonne("gruppe", _("Ansiennitet"), "tekst"),
            Kolonne("antall", _("Ansatte")),
            Kolonne("andel", _("Andel"), "prosent"),
        )
        grupper = Tabell("per_gruppe", _("Ansiennitet i grupper"), kolonner, resultat.tillegg["per_gruppe"])
        return [*super().tabeller(resultat), grupper]

    def diagrammer(self, resultat: Resultat) -> list[Diagram]:
        """Groups from the newest to the longest, then mean years per unit."""
        enheter, _grupper, fordeling = self.tabeller(resultat)
        korte = next((r["andel"] for r in fordeling.rader), None)
        tittel = _("Ansatte etter ansiennitet")
        if er_tall(korte):
            tittel = _("%s av de ansatte har vært her under to år") % tall.prosent(korte)
        ut = [
            soylediagram(
                tittel,
                _("Antall ansatte etter ansiennitet."),
                fordeling,
                navn="gruppe",
                maal="antall",
                behold_rekkefolge=True,
            )
        ]
        if len(enheter.rader) > 1:
            ut.append(
                soylediagram(
                    _("Gjennomsnittlig ansiennitet varierer mellom enhetene"),
                    _("Snitt i år per enhet."),
                    enheter,
                    navn="enhet",
                    maal="snitt_aar",
                    format_="desimal1",
                )
            )
        return tegnede(*ut)

    def nokkeltall(self, resultat: Resultat) -> list[Nokkeltall]:
        """Mean, the newest, the longest."""
        s = resultat.sum
        return [
            Nokkeltall(_("Snitt"), som_tekst(s["snitt_aar"], "desimal1"), _("år"), "snitt_aar"),
            Nokkeltall(_("Under 2 år"), som_tekst(s[ANSIENNITET[0]]), _("ansatte"), ANSIENNITET[0]),
            Nokkeltall(_("20 år og mer"), som_tekst(s[ANSIENNITET[-1]]), _("ansatte"), ANSIENNITET[-1]),
        ]
