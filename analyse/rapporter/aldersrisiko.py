"""Age risk per unit and position group: seniors, who reaches which age when, expected leavers, risk level."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
from django.utils.translation import gettext as _

from analyse.beregninger import aldersrisiko as beregning
from analyse.beregninger import turnover
from analyse.beregninger.avrunding import avrund, prosent
from analyse.rapporter.base import Grunnlag
from analyse.rapporter.hjelp import (
    Formel,
    Rad,
    Tabellrapport,
    av,
    enhetsnavn,
    har_skjulte,
    heltall,
    normliste,
    som_tekst,
    sorter,
    soylediagram,
)
from analyse.rapporter.resultat import Diagram, Kolonne, Nokkeltall, Resultat, Tabell
from felles import tall

# The product's own rule; a Norm row with the same key overrides the value.
GRENSER = {
    "aldersrisiko_hoy_60": 20.0,
    "aldersrisiko_middels_60": 12.0,
    "aldersrisiko_hoy_67": 12.0,
    "aldersrisiko_middels_67": 8.0,
}
HOY, MIDDELS, LAV = "▲ Høy", "○ Middels", "✓ Lav"
FYLLER = [beregning.maalnavn(m, a) for m in beregning.FYLLER for a in beregning.AAR]
AVGANG = [f"avgang_{a}aar" for a in beregning.AAR]
KOLONNER = (
    Kolonne("ansatte", "Ansatte"),
    Kolonne("55+", "55 år og mer"),
    Kolonne("60+", "60 år og mer"),
    Kolonne("andel60", "Andel 60 år og mer", "prosent"),
    *(
        Kolonne(beregning.maalnavn(m, a), f"Fyller {m} innen {a} år")
        for m in beregning.FYLLER
        for a in beregning.AAR
    ),
    Kolonne("avgang_5aar", "Ventet avgang innen 5 år", "desimal1"),
    Kolonne("avgang_10aar", "Ventet avgang innen 10 år", "desimal1"),
    Kolonne("risiko", "Risiko", "status"),
)  # fmt: skip


class Aldersrisiko(Tabellrapport):
    """Where many will reach retirement age, and how many may be expected to leave."""

    slug = "aldersrisiko"
    tittel = "Aldersrisiko"
    ingress = "Hvor mange som nærmer seg pensjonsalder, og hvor mange som ventes å slutte."
    lesehjelp = (
        "Andel 60 år og mer viser hvor stor del av de ansatte som kan gå av med pensjon i løpet av få år. Ventet "
        "avgang regner med alle som slutter, uansett grunn. Hold risikoen sammen med hvor kritisk kompetansen er."
    )
    metode = (
        "Alder er hele år på uttrekksdatoen. «Fyller 67 innen 5 år»: ikke fylt 67 nå, men fyller 67 senest samme dato "
        "om fem år; den som alt har fylt 67, er ikke med. Ventet avgang: hver ansatt blir ett år eldre for hvert år og "
        "møter kommunens sluttrate for aldersgruppen hun da er i. Nyansatte regnes ikke inn."
    )

    def beregn(self, grunnlag: Grunnlag, fra: date, til: date) -> Resultat:
        """Rows per unit, sum for the scope, tillegg per_stillingsgruppe and avgangsrater."""
        telte = grunnlag.telte
        rater = grunnlag.rater
        if rater is None:
            rater = beregning.avgangsrater(turnover.etter_alder(grunnlag.bevegelse(fra, til)), fra, til)
        normer = {k: grunnlag.normer.get(k, (v, "Produktets egen regel")) for k, v in GRENSER.items()}
        grenser = {k: verdi for k, (verdi, _kilde) in normer.items()}
        enheter = beregning.tell(telte, telte.enhet, telte.per_enhet, rater)
        grupper = beregning.tell(telte, telte.stillingsgruppe, telte.per_gruppe, rater)
        ett = type(telte.enhet)(telte.per_kommune.rad, pd.Index(["Sum"]).to_numpy())
        alle = beregning.tell(telte, ett, telte.per_kommune, rater)
        return self.lag(
            grunnlag,
            fra,
            til,
            rader=_rader(enheter, enhetsnavn(grunnlag), "enhet", grenser),
            sum=_rader(alle, lambda n: {"enhet": n, "kode": None}, "enhet", grenser)[0],
            tillegg={
                "per_stillingsgruppe": _rader(
                    grupper, lambda g: {"stillingsgruppe": g}, "stillingsgruppe", grenser
                ),
                "avgangsrater": [{"gruppe": g, "prosent_per_aar": avrund(100 * r)} for g, r in rater.items()],
                "aldersbaand": [
                    *_baand(beregning.baand(telte, telte.enhet, telte.per_enhet), "enhet_id", int),
                    *_baand(beregning.baand(telte, telte.stillingsgruppe, telte.per_gruppe), "stillingsgruppe", str),
                    *_baand(beregning.baand(telte, ett, telte.per_kommune), "enhet_id", lambda _: grunnlag.enhet["id"]),
                ],
                "normer": normliste(normer, ("aldersrisiko",)),
            },
            forutsetninger={
                "Sluttrater": "; ".join(f"{g} år: {tall.prosent(avrund(100 * r))}" for g, r in rater.items()),
                "Grunnlag for sluttratene": (
                    f"Kommunens egne tall {tall.dato_lang(fra)} til {tall.dato_lang(til)}: sluttet delt på ansatte "
                    "første dag, etter alder, per år"
                ),
                "Risikoregel": regel(grenser),
            },
        )  # fmt: skip

    def formel(self, nokkel: str, resultat: Resultat) -> Formel:
        """Formulas; the risk rule with the limits the result was computed with."""
        if nokkel == "risiko":
            grenser = {n["nokkel"]: n["verdi"] for n in resultat.tillegg["normer"]}
            return Formel(regel(grenser), ("ansatte", "60+", "67_5aar", "andel60"))
        if nokkel in FYLLER:
            alder, aar = nokkel.removesuffix("aar").split("_")
            return Formel(f"Ansatte som ikke har fylt {alder} år nå, men fyller {alder} innen {aar} år.", ("ansatte",))
        if nokkel in AVGANG:
            return Formel(
                "Summen over de ansatte av sjansen for å ha sluttet, etter alder år for år. "
                + resultat.forutsetninger["Sluttrater"],
                ("ansatte",),
            )
        faste = {
            "55+": Formel("Ansatte som har fylt 55 år på uttrekksdatoen.", ("ansatte",)),
            "60+": Formel("Ansatte som har fylt 60 år på uttrekksdatoen.", ("ansatte",)),
            "andel60": Formel("60 år og mer / ansatte × 100.", ("60+", "ansatte")),
        }
        return faste.get(nokkel, Formel(self.teller))

    def tabeller(self, resultat: Resultat) -> list[Tabell]:
        """Per unit with sum, then per position group."""
        return [
            Tabell(
                "rader",
                "Aldersrisiko per enhet",
                (Kolonne("enhet", "Enhet", "tekst"), *KOLONNER),
                resultat.rader,
                resultat.sum,
            ),
            Tabell(
                "per_stillingsgruppe",
                "Aldersrisiko per stillingsgruppe",
                (Kolonne("stillingsgruppe", "Stillingsgruppe", "tekst"), *KOLONNER),
                resultat.tillegg["per_stillingsgruppe"],
            ),
        ]

    def diagrammer(self, resultat: Resultat) -> list[Diagram]:
        """Share of seniors per unit, and per position group."""
        enheter, grupper = self.tabeller(resultat)
        ut = []
        for tabell, hva in ((enheter, _("enheter")), (grupper, _("stillingsgrupper"))):
            if not tabell.rader:
                continue
            hoye = sum(r["risiko"] == HOY for r in tabell.rader)
            tittel = _("Ansatte på 60 år og mer")
            if antall := av(hoye, len(tabell.rader), har_skjulte(tabell.rader, "risiko")):
                tittel = _("%(av)s %(hva)s har høy aldersrisiko") % {"av": antall, "hva": hva}
            under = _("Andel ansatte på 60 år og mer, prosent.")
            ut.append(
                soylediagram(tittel, under, tabell, navn=tabell.kolonner[0].nokkel, maal="andel60", format_="prosent")
            )
        return ut

    def nokkeltall(self, resultat: Resultat) -> list[Nokkeltall]:
        """Seniors, those who reach 67, expected leavers."""
        s = resultat.sum
        return [
            Nokkeltall(_("60 år og mer"), som_tekst(s["60+"]), _("%s av ansatte") % som_tekst(s["andel60"], "prosent")),
            Nokkeltall(_("Fyller 67 innen 5 år"), som_tekst(s["67_5aar"]), _("av dem som ikke har fylt 67")),
            Nokkeltall(_("Fyller 67 innen 10 år"), som_tekst(s["67_10aar"]), _("av dem som ikke har fylt 67")),
            Nokkeltall(
                _("Ventet avgang innen 5 år"),
                som_tekst(s["avgang_5aar"]),
                _("av %s ansatte, uansett grunn") % som_tekst(s["ansatte"]),
            ),
        ]  # fmt: skip


def regel(grenser: dict[str, float]) -> str:
    """The risk rule in words, with its limits."""
    g = {k: som_tekst(v) if v == int(v) else som_tekst(v, "desimal1") for k, v in grenser.items()}
    return (
        f"Produktets egen regel. Høy: andel 60 år og mer er minst {g['aldersrisiko_hoy_60']} prosent, eller minst "
        f"{g['aldersrisiko_hoy_67']} prosent fyller 67 innen 5 år. Middels: minst {g['aldersrisiko_middels_60']} "
        f"eller {g['aldersrisiko_middels_67']} prosent. Ellers lav."
    )


def risiko(rad: Rad, grenser: dict[str, float]) -> str:
    """The level of a row by the rule."""
    andel60, andel67 = (100 * rad[n] / rad["ansatte"] if rad["ansatte"] else 0 for n in ("60+", "67_5aar"))
    for nivaa, navn in (("hoy", HOY), ("middels", MIDDELS)):
        if andel60 >= grenser[f"aldersrisiko_{nivaa}_60"] or andel67 >= grenser[f"aldersrisiko_{nivaa}_67"]:
            return navn
    return LAV


def _rader(tall_: pd.DataFrame, navngi, navn: str, grenser: dict[str, float]) -> list[Rad]:
    ut = []
    for r in heltall(tall_, unntatt=tuple(AVGANG)):
        hode = navngi(r.pop("nokkel"))
        ut.append(
            {
                **hode,
                **{n: r[n] for n in ("ansatte", "55+", "60+")},
                "andel60": prosent(r["60+"], r["ansatte"]),
                **{n: r[n] for n in FYLLER},
                **{n: avrund(r[n]) for n in AVGANG},
                "risiko": risiko(r, grenser),
            }
        )
    return sorter(ut, "andel60", navn)


def _baand(ramme: pd.DataFrame, navn: str, som: Callable[[Any], Any]) -> list[Rad]:
    """Persons per age band, kept for the protection of small numbers; not shown."""
    return [
        {navn: som(nokkel), "antall": verdier.tolist()}
        for nokkel, verdier in zip(ramme.index, ramme.to_numpy(), strict=True)
    ]
