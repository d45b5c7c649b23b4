"""What the reports share: rows for units, findings in words, charts of bars, explanations from formulas."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

import pandas as pd
from django.utils.translation import gettext as _

from analyse.rapporter.base import Grunnlag, Rapport
from analyse.rapporter.resultat import Diagram, Forklaring, Kolonne, Resultat, Tabell, er_skjult
from felles import tall
from felles.diagram import Grense, Soyle, soyler

FLEST_SOYLER = 25
SUMRAD = -1
Rad = dict[str, Any]


@dataclass(frozen=True)
class Formel:
    """How a column is computed: in words, and the row keys its parts are read from."""

    tekst: str
    deler: tuple[str, ...] = ()


def er_tall(verdi: Any) -> bool:
    """A number, not a hidden cell, not missing."""
    return isinstance(verdi, int | float) and not isinstance(verdi, bool)


def som_tekst(verdi: Any, format_: str = "heltall") -> str:
    """A value as it is read: Norwegian number, or the text it already is."""
    if verdi is None:
        return "–"
    if isinstance(verdi, dict):
        return f"{verdi.get('enhet')}: {som_tekst(verdi.get('ansatte'))}"
    if not er_tall(verdi):
        return str(verdi)
    if format_ == "prosent":
        return tall.prosent(verdi)
    return tall.desimal(verdi, {"desimal1": 1, "desimal2": 2}.get(format_, 0))


def sorter(rader: Iterable[Rad], maal: str, navn: str) -> list[Rad]:
    """Largest first. Hidden and missing values are equal and come last, so that the order tells nothing of them."""
    return sorted(rader, key=lambda r: (-r[maal] if er_tall(r[maal]) else 1, str(r[navn] or "")))


def heltall(ramme: pd.DataFrame, unntatt: tuple[str, ...] = ()) -> list[Rad]:
    """The frame's rows as dicts with Python ints (floats for the columns excepted); the index is under «nokkel»."""
    kolonner = {n: ramme[n].to_list() if n in unntatt else ramme[n].astype("int64").to_list() for n in ramme}
    return [
        {"nokkel": nokkel, **dict(zip(kolonner, verdier, strict=True))}
        for nokkel, *verdier in zip(ramme.index, *kolonner.values(), strict=True)
    ]


def enhetsnavn(grunnlag: Grunnlag) -> Callable[[int], Rad]:
    """Unit id → the keys that name it in a row: enhet, kode, sektor, enhet_id, enhetskode."""
    e = grunnlag.enheter
    kart = {
        int(pk): {"enhet": navn, "kode": kode, "sektor": sektor or None, "enhet_id": int(pk), "enhetskode": kode}
        for pk, kode, navn, sektor in zip(e["id"], e["kode"], e["navn"], e["sektornavn"], strict=True)
    }
    return lambda pk: dict(kart[int(pk)])


def sektornavn(grunnlag: Grunnlag) -> Callable[[int], Rad]:
    """Sector id → sektor, enhet_id, enhetskode; 0 is «no sector»: null."""
    e = grunnlag.enheter
    kart = {int(pk): (kode, navn) for pk, kode, navn in zip(e["id"], e["kode"], e["navn"], strict=True)}

    def navngi(pk: int) -> Rad:
        kode, navn = kart.get(int(pk), (None, None))
        return {"sektor": navn, "enhet_id": int(pk) or None, "enhetskode": kode}

    return navngi


def tallord_stor(antall: int) -> str:
    """«Sju», at the start of a sentence."""
    ord_ = tall.tallord(antall)
    return ord_[:1].upper() + ord_[1:]


def av(antall: int, alle: int, skjulte: bool = False) -> str:
    """«Sju av åtte», or «Minst sju av åtte» when hidden figures might add to it; empty when there is nothing to say."""
    if alle < 2 or (skjulte and not antall):
        return ""
    start = tallord_stor(antall) if antall else _("Ingen")
    if skjulte:
        start = _("Minst %s") % tall.tallord(antall)
    return _("%(antall)s av %(alle)s") % {"antall": start, "alle": tall.tallord(alle)}


def har_skjulte(rader: Iterable[Rad], nokkel: str) -> bool:
    """Is any value of the column hidden?"""
    return any(er_skjult(r.get(nokkel)) for r in rader)


def soylediagram(
    tittel: str,
    undertittel: str,
    tabell: Tabell,
    *,
    navn: str,
    maal: str,
    format_: str = "heltall",
    grense: Grense | None = None,
    behold_rekkefolge: bool = False,
) -> Diagram:
    """Bars of one measure, biggest first unless the order has meaning; beyond 25 the largest are shown, and it says so.

    The bar is dark when there is no limit or the value reaches it.
    """
    rader = tabell.rader if behold_rekkefolge else sorter(tabell.rader, maal, navn)
    if len(rader) > FLEST_SOYLER:
        undertittel += " " + _("De %(vist)d største av %(alle)d vises.") % {"vist": FLEST_SOYLER, "alle": len(rader)}
    liste = [
        Soyle(
            str(r[navn] or _("Uten sektor")),
            r[maal] if er_tall(r[maal]) else None,
            som_tekst(r[maal], format_),
            grense is None or (er_tall(r[maal]) and r[maal] >= grense.verdi),
        )
        for r in rader[:FLEST_SOYLER]
    ]
    svg = [
        soyler(tittel=tittel, beskrivelse=undertittel, rader=liste, grense=grense, smal=smal) for smal in (False, True)
    ]
    kolonner = tuple(k for k in tabell.kolonner if k.nokkel in {navn, maal})
    return Diagram(tittel, undertittel, *svg, Tabell(tabell.nokkel, tabell.tittel, kolonner, rader))


class Tabellrapport(Rapport):
    """A report whose tables and explanations are declared: `formler` by column key, `tabellmaler` in order."""

    formler: ClassVar[dict[str, Formel]] = {}
    # How the default subject is counted, the first line of the assumptions.
    teller: ClassVar[str] = (
        "Faste og midlertidige ansatte (F, M og MT) med et ansettelsesforhold som gjelder på uttrekksdatoen. "
        "En person er ett ansattnummer og telles én gang i hver enhet, hver sektor og for kommunen."
    )

    def lag(self, grunnlag: Grunnlag, fra: date, til: date, **deler: Any) -> Resultat:
        """A result with the common frame and assumptions around the report's own parts."""
        forutsetninger = {"Hvem som telles": self.teller, **deler.pop("forutsetninger", {}), "Metode": self.metode}
        return Resultat(
            rapport=self.slug,
            tittel=self.tittel,
            uttrekk=grunnlag.uttrekk,
            enhet=grunnlag.enhet,
            fra=fra,
            til=til,
            forutsetninger=forutsetninger,
            **deler,
        )

    def forklar(self, resultat: Resultat, tabell: str, rad: int, nokkel: str) -> Forklaring:
        """See Rapport.forklar; row −1 is the sum row. KeyError when the table, row or column is not there."""
        funnet = next((t for t in self.tabeller(resultat) if t.nokkel == tabell), None)
        if funnet is None:
            raise KeyError(tabell)
        kolonner = {k.nokkel: k for k in funnet.kolonner}
        if nokkel not in kolonner or not SUMRAD <= rad < len(funnet.rader) or (rad == SUMRAD and not funnet.sum):
            raise KeyError((rad, nokkel))
        verdier = funnet.sum if rad == SUMRAD else funnet.rader[rad]
        formel = self.formel(nokkel, resultat)
        deler = [(self._delnavn(kolonner, d), self._deltekst(kolonner, verdier, d)) for d in formel.deler]
        return Forklaring(
            tall=som_tekst(verdier.get(nokkel), kolonner[nokkel].format),
            navn=f"{kolonner[nokkel].tittel}, {verdier.get(funnet.kolonner[0].nokkel) or _('uten sektor')}",
            formel=formel.tekst,
            deler=tuple(deler),
            kilde=kilde(resultat),
        )

    def formel(self, nokkel: str, resultat: Resultat) -> Formel:
        """The formula of a column."""
        return self.formler.get(nokkel, Formel(self.teller))

    def _delnavn(self, kolonner: dict[str, Kolonne], nokkel: str) -> str:
        return kolonner[nokkel].tittel if nokkel in kolonner else DELNAVN.get(nokkel, nokkel)

    def _deltekst(self, kolonner: dict[str, Kolonne], verdier: Rad, nokkel: str) -> str:
        format_ = kolonner[nokkel].format if nokkel in kolonner else "desimal1" if nokkel in DESIMALER else "heltall"
        return som_tekst(verdier.get(nokkel), format_)


DELNAVN = {
    "enhetssum": "Sum av enhetenes antall ansatte",
    "prosentsum": "Sum av stillingsprosent",
    "aarsum": "Sum av år",
}
DESIMALER = {"prosentsum", "aarsum"}


def kilde(resultat: Resultat) -> str:
    """Where the figures are from, one line."""
    return _("Uttrekk %(dato)s (%(kilde)s), %(enhet)s") % {
        "dato": tall.dato_lang(resultat.uttrekk["dato"]),
        "kilde": resultat.uttrekk.get("kilde", ""),
        "enhet": resultat.enhet["navn"],
    }


def normliste(normer: dict[str, tuple[float, str]], start: tuple[str, ...]) -> list[Rad]:
    """The norms whose key begins so, as rows kept with the result: nokkel, verdi, kilde."""
    return [{"nokkel": k, "verdi": v, "kilde": kilde} for k, (v, kilde) in normer.items() if k.startswith(start)]


def normtekst(normer: dict[str, tuple[float, str]], start: tuple[str, ...]) -> str:
    """The same norms as one line for the assumptions."""
    return "; ".join(f"{som_tekst(n['verdi'])} ({n['kilde']})" for n in normliste(normer, start))


def normverdi(resultat: Resultat, nokkel: str) -> tuple[float, str]:
    """Value and source of a norm as it was when the result was computed."""
    return next(((n["verdi"], n["kilde"]) for n in resultat.tillegg["normer"] if n["nokkel"] == nokkel), (0.0, ""))
