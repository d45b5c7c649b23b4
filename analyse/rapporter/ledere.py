"""Leaders by function and gender, with the two sums (domain § 5.4.1)."""

from datetime import date

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lat

from analyse.beregninger import ledere as beregning
from analyse.beregninger.avrunding import prosent
from analyse.enums import Lederfunksjon
from analyse.rapporter.base import Grunnlag
from analyse.rapporter.hjelp import Formel, Rad, Tabellrapport, er_tall, ikke_vist, med_tall, som_tekst, tegnede
from analyse.rapporter.resultat import SKJULT, Diagram, Kolonne, Nokkeltall, Resultat, Tabell
from felles import tall
from felles.diagram import Serie, stablede_soyler

FUNKSJONER = list(Lederfunksjon)
# The first six are arbeidsgiverfunksjoner, the rest lederfunksjoner.
ARBEIDSGIVERE = 6
GRUPPER = {"arbeidsgiverfunksjoner": slice(0, ARBEIDSGIVERE), "lederfunksjoner": slice(ARBEIDSGIVERE, None)}


def funksjonsrader(matrise: np.ndarray, kolonner: list[str]) -> tuple[list[Rad], dict[str, Rad]]:
    """Rows per leader function and the two sum rows, from a matrix function × columns. `totalt` is the row's sum."""

    def rad(stilling: str, funksjon: str, verdier: np.ndarray) -> Rad:
        tall_ = dict(zip(kolonner, (int(v) for v in verdier), strict=True))
        return {"stilling": stilling, "funksjon": funksjon, **tall_, "totalt": int(verdier.sum())}

    rader = [
        rad(str(f.label), "arbeidsgiverfunksjoner" if i < ARBEIDSGIVERE else "lederfunksjoner", matrise[i])
        for i, f in enumerate(FUNKSJONER)
    ]
    summer = {navn: rad(f"SUM {navn}", navn, matrise[del_].sum(axis=0)) for navn, del_ in GRUPPER.items()}
    return rader, summer


def med_summer(resultat: Resultat) -> list[Rad]:
    """The rows as the plan prints them: each sum right after its functions, flagged `er_sum`."""
    ut = []
    for navn in GRUPPER:
        ut += [r for r in resultat.rader if r["funksjon"] == navn]
        ut.append({**resultat.sum[navn], "er_sum": True})
    return ut


def stabel(tittel: str, undertittel: str, rader: list[Rad], serier: dict[str, str], tabell: Tabell) -> Diagram | None:
    """Stacked bars per leader function, one part per series (row key → name). A function with a hidden part gets no
    bar, and the sub-line says so. None when there is nothing to draw.
    """
    brukte = [r for r in rader if r["totalt"] != 0]
    hele = [r for r in brukte if all(er_tall(r[n]) for n in serier)]
    if not hele:
        return None
    undertittel = " ".join(s for s in (undertittel, ikke_vist(len(brukte) - len(hele), "stilling")) if s)
    deler = [Serie(navn, [r[n] for r in hele], [som_tekst(r[n]) for r in hele]) for n, navn in serier.items()]
    kategorier = [r["stilling"] for r in hele]
    svg = [
        stablede_soyler(tittel=tittel, beskrivelse=undertittel, kategorier=kategorier, serier=deler, smal=smal)
        for smal in (False, True)
    ]
    return Diagram(tittel, undertittel, *svg, tabell)


class Ledere(Tabellrapport):
    """Who leads: men and women by function."""

    slug = "ledere"
    tittel = _lat("Ledere etter funksjon og kjønn")
    ingress = _lat("Menn og kvinner i arbeidsgiver- og lederfunksjoner.")
    lesehjelp = _lat(
        "Hver søyle er en lederfunksjon, delt i kvinner og menn. Arbeidsgiverfunksjonene er de som representerer "
        "kommunen som arbeidsgiver; lederfunksjonene har ansvar for fag eller en avdeling under dem."
    )
    metode = _lat(
        "Funksjonen følger av stillingen, slik HR har bestemt under Oppsett. En person telles én gang per funksjon. "
        "Summene er radene over lagt sammen."
    )
    formler = {
        "menn": Formel(_lat("Ulike menn med en tellende stilling i funksjonen.")),
        "kvinner": Formel(_lat("Ulike kvinner med en tellende stilling i funksjonen.")),
        "ikke_oppgitt": Formel(_lat("Personer i funksjonen uten oppgitt kjønn.")),
        "totalt": Formel(_lat("Menn + kvinner + personer uten oppgitt kjønn."), ("menn", "kvinner", "ikke_oppgitt")),
    }

    def beregn(self, grunnlag: Grunnlag, fra: date, til: date) -> Resultat:
        """Rows per function, `sum` with the two sum rows."""
        liste = grunnlag.ledere
        matrise = beregning.etter_kjonn(liste, len(FUNKSJONER))
        rader, summer = funksjonsrader(matrise, ["menn", "kvinner", "ikke_oppgitt"])
        return self.lag(grunnlag, fra, til, rader=rader, sum=summer)

    def tabeller(self, resultat: Resultat) -> list[Tabell]:
        """One table with the sum rows in place. «Ikke oppgitt» only when somebody is."""
        rader = med_summer(resultat)
        kolonner = [
            Kolonne("stilling", _("Stilling"), "tekst"),
            Kolonne("menn", _("Menn")),
            Kolonne("kvinner", _("Kvinner")),
            Kolonne("totalt", _("Totalt")),
        ]
        if any(r["ikke_oppgitt"] for r in rader if er_tall(r["ikke_oppgitt"])):
            kolonner.insert(3, Kolonne("ikke_oppgitt", _("Ikke oppgitt")))
        return [Tabell("rader", _("Ledere etter funksjon og kjønn"), tuple(kolonner), rader)]

    def diagrammer(self, resultat: Resultat) -> list[Diagram]:
        """Stacked bars per function."""
        serier = {"kvinner": _("Kvinner"), "menn": _("Menn")}
        under = _("Antall ledere etter funksjon, kvinner og menn.")
        return tegnede(stabel(self._funn(resultat), under, resultat.rader, serier, self.tabeller(resultat)[0]))

    def _funn(self, resultat: Resultat) -> str:
        andel = _andel_kvinner(list(resultat.sum.values()))
        if andel is None:
            return _("Ledere etter funksjon og kjønn")
        return _("%s av lederne er kvinner") % tall.prosent(andel)

    def nokkeltall(self, resultat: Resultat) -> list[Nokkeltall]:
        """The two sums and the share of women in each."""
        ut = []
        for navn, tittel in (("arbeidsgiverfunksjoner", _("Arbeidsgiverfunksjoner")),
                             ("lederfunksjoner", _("Lederfunksjoner"))):  # fmt: skip
            rad = resultat.sum[navn]
            under = med_tall(_("%(k)s kvinner og %(m)s menn"), k=rad["kvinner"], m=rad["menn"])
            ut.append(Nokkeltall(tittel, som_tekst(rad["totalt"]), under))
        andel = _andel_kvinner(list(resultat.sum.values()))
        vist = SKJULT if andel is None and resultat.prikket else tall.prosent(andel)
        ut.append(Nokkeltall(_("Andel kvinner"), vist, _("av alle ledere")))
        return ut


def _andel_kvinner(rader: list[Rad]) -> float | None:
    if not all(er_tall(r[n]) for r in rader for n in ("kvinner", "totalt")):
        return None
    return prosent(sum(r["kvinner"] for r in rader), sum(r["totalt"] for r in rader))
