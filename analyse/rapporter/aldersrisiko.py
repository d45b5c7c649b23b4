"""Age risk per unit and position group: seniors, who reaches which age when, expected leavers, risk level."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lat

from analyse.beregninger import aldersrisiko as beregning
from analyse.beregninger import turnover
from analyse.beregninger.avrunding import avrund, prosent
from analyse.rapporter.base import Grunnlag
from analyse.rapporter.hjelp import (
    HVA,
    Formel,
    Rad,
    Tabellrapport,
    av,
    enhetsnavn,
    er_tall,
    grensetekst,
    har_skjulte,
    heltall,
    med_tall,
    normliste,
    normverdi,
    som_tekst,
    sorter,
    soylediagram,
    stor,
    tegnede,
)
from analyse.rapporter.resultat import Diagram, Kolonne, Nokkeltall, Resultat, Tabell
from felles import tall
from felles.diagram import Grense

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
# The ages shown in the main table; the rest stand in a table of their own.
HOVEDALDER = ("67_5aar", "67_10aar")


def _fyllerkolonne(nokkel: str) -> Kolonne:
    alder, aar = nokkel.removesuffix("aar").split("_")
    return Kolonne(nokkel, _("Fyller %(alder)s innen %(aar)s år") % {"alder": alder, "aar": aar})


def kolonner(fyller: Iterable[str]) -> tuple[Kolonne, ...]:
    """The main table's columns after the name, with these ages."""
    return (
        Kolonne("ansatte", _("Ansatte")),
        Kolonne("55+", _("55 år og mer")),
        Kolonne("60+", _("60 år og mer")),
        Kolonne("andel60", _("Andel 60 år og mer"), "prosent"),
        *(_fyllerkolonne(n) for n in fyller),
        Kolonne("avgang_5aar", _("Ventet avgang innen 5 år"), "desimal1"),
        Kolonne("avgang_10aar", _("Ventet avgang innen 10 år"), "desimal1"),
        Kolonne("risiko", _("Risiko"), "status"),
    )


class Aldersrisiko(Tabellrapport):
    """Where many will reach retirement age, and how many may be expected to leave."""

    slug = "aldersrisiko"
    ekstra_tabeller = ("per_stillingsgruppe", "avgangsrater", "aldersbaand", "normer")
    tittel = _lat("Aldersrisiko")
    ingress = _lat("Hvor mange som nærmer seg pensjonsalder, og hvor mange som ventes å slutte.")
    lesehjelp = _lat(
        "Andel 60 år og mer viser hvor stor del av de ansatte som kan gå av med pensjon i løpet av få år. Ventet "
        "avgang regner med alle som slutter, uansett grunn. Hold risikoen sammen med hvor kritisk kompetansen er."
    )
    metode = _lat(
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
        normer = {k: grunnlag.normer.get(k, (v, _("Produktets egen regel"))) for k, v in GRENSER.items()}
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
                _("Grunnlag for sluttratene"): _(
                    "Kommunens egne tall %(fra)s til %(til)s: sluttet delt på ansatte første dag, etter alder, per år"
                )
                % {"fra": tall.dato_lang(fra), "til": tall.dato_lang(til)},
                _("Risikoregel"): regel(grenser),
            },
        )  # fmt: skip

    def formel(self, nokkel: str, resultat: Resultat) -> Formel:
        """Formulas; the risk rule with the limits the result was computed with."""
        if nokkel == "risiko":
            grenser = GRENSER | {n["nokkel"]: n["verdi"] for n in resultat.tillegg["normer"]}
            return Formel(regel(grenser), ("ansatte", "60+", "67_5aar", "andel60"))
        if nokkel in FYLLER:
            alder, aar = nokkel.removesuffix("aar").split("_")
            tekst = _("Ansatte som ikke har fylt %(alder)s år nå, men fyller %(alder)s innen %(aar)s år.")
            return Formel(tekst % {"alder": alder, "aar": aar}, ("ansatte",))
        if nokkel in AVGANG:
            return Formel(
                _("Summen over de ansatte av sjansen for å ha sluttet, etter alder år for år. ")
                + str(resultat.forutsetninger.get("Sluttrater", "")),
                ("ansatte",),
            )
        faste = {
            "55+": Formel(_("Ansatte som har fylt 55 år på uttrekksdatoen."), ("ansatte",)),
            "60+": Formel(_("Ansatte som har fylt 60 år på uttrekksdatoen."), ("ansatte",)),
            "andel60": Formel(_("60 år og mer / ansatte × 100."), ("60+", "ansatte")),
        }
        return faste.get(nokkel, Formel(self.teller))

    def tabeller(self, resultat: Resultat) -> list[Tabell]:
        """Per unit with sum, per position group, then the other ages of both. A protected reader does not get those
        below the municipality, so the two last tables are left out.
        """
        enhet, gruppe = Kolonne("enhet", _("Enhet"), "tekst"), Kolonne("stillingsgruppe", _("Stillingsgruppe"), "tekst")
        grupper, hoved = resultat.tillegg["per_stillingsgruppe"], kolonner(HOVEDALDER)
        ut = [
            Tabell("rader", _("Aldersrisiko per enhet"), (enhet, *hoved), resultat.rader, resultat.sum),
            Tabell("per_stillingsgruppe", _("Aldersrisiko per stillingsgruppe"), (gruppe, *hoved), grupper),
        ]
        if resultat.prikket:
            return ut
        andre = (Kolonne("ansatte", _("Ansatte")), *(_fyllerkolonne(n) for n in FYLLER if n not in HOVEDALDER))
        tittel = _("Når fyller ansatte 62, 70 og 72 år?")
        return [
            *ut,
            Tabell("rader_fyller", tittel, (enhet, *andre), resultat.rader, resultat.sum),
            Tabell("grupper_fyller", _("Det samme per stillingsgruppe"), (gruppe, *andre), grupper),
        ]

    def eksporttabeller(self, resultat: Resultat) -> list[Tabell]:
        """Two tables with all the ages."""
        return [replace(t, kolonner=(t.kolonner[0], *kolonner(FYLLER))) for t in self.tabeller(resultat)[:2]]

    def diagrammer(self, resultat: Resultat) -> list[Diagram]:
        """Share of seniors per unit, and per position group, against the limit for high risk."""
        norm, kilde = normverdi(resultat, "aldersrisiko_hoy_60")
        grense = Grense(norm, grensetekst(norm, _("høy andel på 60 år og mer"), kilde[:1].lower() + kilde[1:], " %"))
        ut = []
        for tabell in self.tabeller(resultat)[:2]:
            slag = tabell.kolonner[0].nokkel
            under = _("Andel ansatte på 60 år og mer, prosent. Mørk søyle: %s prosent eller mer.") % som_tekst(norm)
            ut.append(
                soylediagram(
                    self._funn(tabell, slag, norm),
                    under,
                    tabell,
                    navn=slag,
                    maal="andel60",
                    format_="prosent",
                    grense=grense if norm else None,
                )
            )
        return tegnede(*ut)

    def _funn(self, tabell: Tabell, slag: str, norm: float) -> str:
        """What the picture says; for one row its own level."""
        nivaaer = {HOY: _("høy"), MIDDELS: _("middels"), LAV: _("lav")}
        if len(tabell.rader) == 1 and (nivaa := nivaaer.get(tabell.rader[0]["risiko"])):
            return stor(_("%(den)s har %(nivaa)s aldersrisiko") % {"den": HVA[slag].den, "nivaa": nivaa})
        over = sum(er_tall(r["andel60"]) and r["andel60"] >= norm for r in tabell.rader)
        antall = av(over, len(tabell.rader), slag, har_skjulte(tabell.rader, "andel60"))
        if antall:
            deler = {"av": antall, "norm": som_tekst(norm)}
            return _("%(av)s har %(norm)s prosent eller flere på 60 år og mer") % deler
        return _("Ansatte på 60 år og mer per %s") % tabell.kolonner[0].tittel.lower()

    def nokkeltall(self, resultat: Resultat) -> list[Nokkeltall]:
        """Seniors, those who reach 67, expected leavers."""
        s = resultat.sum
        andel = med_tall(_("%(prosent)s av ansatte"), prosent=s["andel60"])
        ikke_fylt = _("av dem som ikke har fylt 67")
        return [
            Nokkeltall(_("60 år og mer"), som_tekst(s["60+"]), andel, "60+"),
            Nokkeltall(_("Fyller 67 innen 5 år"), som_tekst(s["67_5aar"]), ikke_fylt, "67_5aar"),
            Nokkeltall(_("Fyller 67 innen 10 år"), som_tekst(s["67_10aar"]), ikke_fylt, "67_10aar"),
            Nokkeltall(
                _("Ventet avgang innen 5 år"),
                som_tekst(s["avgang_5aar"]),
                med_tall(_("av %(alle)s ansatte, uansett grunn"), alle=s["ansatte"]),
                "avgang_5aar",
            ),
        ]  # fmt: skip


def regel(grenser: dict[str, float]) -> str:
    """The risk rule in words, with its limits."""
    g = {k: som_tekst(v) if v == int(v) else som_tekst(v, "desimal1") for k, v in grenser.items()}
    return (
        _(
            "Produktets egen regel. Høy: andel 60 år og mer er minst %(aldersrisiko_hoy_60)s prosent, eller minst "
            "%(aldersrisiko_hoy_67)s prosent fyller 67 innen 5 år. Middels: minst %(aldersrisiko_middels_60)s eller "
            "%(aldersrisiko_middels_67)s prosent. Ellers lav."
        )
        % g
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
