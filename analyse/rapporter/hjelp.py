"""What the reports share: rows for units, findings in words, charts of bars, explanations from formulas."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar

import pandas as pd
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lat

from analyse.rapporter.base import Grunnlag, Rapport
from analyse.rapporter.resultat import Diagram, Forklaring, Kolonne, Resultat, Tabell, er_skjult
from felles import tall
from felles.diagram import Grense, Soyle, soyler

FLEST_SOYLER = 15
SUMRAD = -1
_TALLTYPER = frozenset({int, float})
Rad = dict[str, Any]


@dataclass(frozen=True)
class Formel:
    """How a column is computed: in words, and the row keys its parts are read from."""

    tekst: str
    deler: tuple[str, ...] = ()


def er_tall(verdi: Any) -> bool:
    """A number, not a hidden cell, not missing."""
    # Asked of every cell when rows are sorted: the exact type first.
    return type(verdi) in _TALLTYPER or (isinstance(verdi, (int, float)) and not isinstance(verdi, bool))


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
    # One array for the whole frame: pandas' work per column is a fifth of the time of a small municipality's reports.
    tall_ = ramme.to_numpy(dtype="float64").T
    kolonner = [(r if n in unntatt else r.astype("int64")).tolist() for n, r in zip(ramme, tall_, strict=True)]
    navn = ("nokkel", *ramme)
    return [dict(zip(navn, verdier, strict=True)) for verdier in zip(ramme.index, *kolonner, strict=True)]


def rader_av(ramme: pd.DataFrame) -> list[Rad]:
    """The frame's rows as dicts, as `to_dict("records")` but at half the time for the short frames of reports."""
    navn = list(ramme)
    return [dict(zip(navn, rad, strict=True)) for rad in zip(*(ramme[n].tolist() for n in navn), strict=True)]


def enhetsnavn(grunnlag: Grunnlag) -> Callable[[int], Rad]:
    """Unit id → the keys that name it in a row: enhet, kode, sektor, enhet_id, enhetskode."""
    kart = grunnlag.enhetskart

    def navngi(pk: int) -> Rad:
        kode, navn, sektor = kart[int(pk)]
        return {"enhet": navn, "kode": kode, "sektor": sektor or None, "enhet_id": int(pk), "enhetskode": kode}

    return navngi


def sektornavn(grunnlag: Grunnlag) -> Callable[[int], Rad]:
    """Sector id → sektor, enhet_id, enhetskode; 0 is «no sector»: null."""
    kart = grunnlag.enhetskart

    def navngi(pk: int) -> Rad:
        kode, navn, _sektor = kart.get(int(pk), (None, None, None))
        return {"sektor": navn, "enhet_id": int(pk) or None, "enhetskode": kode}

    return navngi


def tallord_stor(antall: int) -> str:
    """«Sju», at the start of a sentence."""
    return stor(tall.tallord(antall))


@dataclass(frozen=True)
class Hva:
    """What the rows of a table are, as it stands in a sentence: «enheten», «enheter», «enhetene»."""

    den: str
    flere: str
    alle_de: str


# By the key of the table's first column.
HVA = {
    "enhet": Hva(_lat("enheten"), _lat("enheter"), _lat("enhetene")),
    "avdeling": Hva(_lat("avdelingen"), _lat("avdelinger"), _lat("avdelingene")),
    "sektor": Hva(_lat("sektoren"), _lat("sektorer"), _lat("sektorene")),
    "stillingsgruppe": Hva(_lat("stillingsgruppen"), _lat("stillingsgrupper"), _lat("stillingsgruppene")),
    "gruppe": Hva(_lat("gruppen"), _lat("grupper"), _lat("gruppene")),
    "utdanning": Hva(_lat("nivået"), _lat("nivåer"), _lat("nivåene")),
    "stilling": Hva(_lat("funksjonen"), _lat("funksjoner"), _lat("funksjonene")),
}


def av(antall: int, alle: int, slag: str, skjulte: bool = False) -> str:
    """«Sju av åtte enheter», «Alle åtte enhetene», «Ingen av de åtte enhetene», or «Minst sju av åtte enheter» when
    hidden figures might add to it. Empty when there is nothing to say: no rows, one row, or all that counts is hidden.
    """
    hva = HVA[slag]
    deler = {"antall": tallord_stor(antall), "alle": tall.tallord(alle), "flere": hva.flere, "alle_de": hva.alle_de}
    if alle < 2 or (skjulte and not antall):
        return ""
    if skjulte:
        return _("Minst %(antall)s av %(alle)s %(flere)s") % {**deler, "antall": tall.tallord(antall)}
    if not antall:
        return _("Ingen av de %(alle)s %(alle_de)s") % deler
    if antall == alle:
        return _("Begge %(alle_de)s") % deler if alle == 2 else _("Alle %(alle)s %(alle_de)s") % deler
    return _("%(antall)s av %(alle)s %(flere)s") % deler


def stor(tekst: str) -> str:
    """With a capital first letter."""
    return tekst[:1].upper() + tekst[1:]


def med_tall(mal: str, **deler: Any) -> str:
    """The sentence with its parts, empty when one of them is hidden or missing: «skjult av ansatte» says nothing."""
    if any(v is None or er_skjult(v) for v in deler.values()):
        return ""
    return mal % {n: som_tekst(v, "prosent" if n.startswith("prosent") else "heltall") for n, v in deler.items()}


def har_skjulte(rader: Iterable[Rad], nokkel: str) -> bool:
    """Is any value of the column hidden?"""
    return any(er_skjult(r.get(nokkel)) for r in rader)


def ikke_vist(antall: int, slag: str) -> str:
    """«Fem enheter er ikke vist av hensyn til små tall.», empty for none."""
    if not antall:
        return ""
    if antall == 1:
        return stor(_("én av %s er ikke vist av hensyn til små tall.") % HVA[slag].alle_de)
    return _("%(antall)s %(flere)s er ikke vist av hensyn til små tall.") % {
        "antall": tallord_stor(antall),
        "flere": HVA[slag].flere,
    }


def soylediagram(
    tittel: str,
    undertittel: str,
    tabell: Tabell,
    *,
    navn: str,
    maal: str,
    format_: str = "heltall",
    grense: Grense | None = None,
    over: bool = False,
    behold_rekkefolge: bool = False,
) -> Diagram | None:
    """Bars of one measure, biggest first unless the order has meaning; of more than 15 the largest are drawn, and it
    says so. Hidden figures get no bar, and the sub-line says how many. None when there is nothing but zeros to draw.

    The bar is dark when there is no limit or the value reaches it; with `over`, when it is beyond it.
    """
    rader = tabell.rader if behold_rekkefolge else sorter(tabell.rader, maal, navn)
    vises = [r for r in rader if er_tall(r[maal])]
    if not any(r[maal] for r in vises):
        return None
    setninger = [undertittel]
    if len(vises) > FLEST_SOYLER:
        setninger.append(_("De %(vist)d største av %(alle)d; alle radene står i tabellen.") % {
            "vist": FLEST_SOYLER, "alle": len(vises)
        })  # fmt: skip
    setninger.append(ikke_vist(sum(er_skjult(r[maal]) for r in rader), navn))
    undertittel = " ".join(s for s in setninger if s)
    liste = [
        Soyle(str(r[navn] or _("Uten sektor")), r[maal], som_tekst(r[maal], format_), _fremhevet(r[maal], grense, over))
        for r in vises[:FLEST_SOYLER]
    ]
    svg = [
        soyler(tittel=tittel, beskrivelse=undertittel, rader=liste, grense=grense, smal=smal) for smal in (False, True)
    ]
    kolonner = tuple(k for k in tabell.kolonner if k.nokkel in {navn, maal})
    return Diagram(tittel, undertittel, *svg, Tabell(tabell.nokkel, tabell.tittel, kolonner, rader))


def _fremhevet(verdi: float, grense: Grense | None, over: bool) -> bool:
    return grense is None or verdi > grense.verdi or (not over and verdi == grense.verdi)


def grensetekst(verdi: float, navn: str, kilde: str, enhet: str = "") -> str:
    """The text of a limit line: «43 = median i kommunal sektor (NORCE 2019)»."""
    return f"{som_tekst(verdi)}{enhet} = {navn} ({kilde})"


def tegnede(*diagrammer: Diagram | None) -> list[Diagram]:
    """The charts that there was something to draw in."""
    return [d for d in diagrammer if d is not None]


class Tabellrapport(Rapport):
    """A report whose tables and explanations are declared: `formler` by column key, `tabellmaler` in order."""

    formler: ClassVar[dict[str, Formel]] = {}
    # How the default subject is counted, the first line of the assumptions.
    teller: ClassVar[str] = _lat(
        "Faste og midlertidige ansatte (F, M og MT) med et ansettelsesforhold som gjelder på uttrekksdatoen. "
        "En person er ett ansattnummer og telles én gang i hver enhet, hver sektor og for kommunen."
    )

    def lag(self, grunnlag: Grunnlag, fra: date, til: date, **deler: Any) -> Resultat:
        """A result with the common frame and assumptions around the report's own parts."""
        forutsetninger = {
            _("Hvem som telles"): self.teller,
            **deler.pop("forutsetninger", {}),
            "Metode": self.metode,
        }
        return Resultat(
            rapport=self.slug,
            tittel=str(self.tittel),
            uttrekk=grunnlag.uttrekk,
            enhet=grunnlag.enhet,
            fra=fra,
            til=til,
            forutsetninger={str(n): str(v) for n, v in forutsetninger.items()},
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
            formel=str(formel.tekst),
            deler=tuple(deler),
            kilde=kilde(resultat),
        )

    def forklar_nokkeltall(self, resultat: Resultat, nr: int) -> Forklaring:
        """How key figure number `nr` came about: as its cell in the main table, else by the report's method.

        Raises KeyError if there is no such key figure.
        """
        alle = self.nokkeltall(resultat)
        if not 0 <= nr < len(alle):
            raise KeyError(nr)
        figur, hoved = alle[nr], self.tabeller(resultat)[0]
        if figur.maal and (hoved.sum or hoved.rader):
            rad = SUMRAD if hoved.sum else len(hoved.rader) - 1
            return replace(self.forklar(resultat, hoved.nokkel, rad, figur.maal), navn=str(figur.navn))
        deler = ((_("Utfyllende"), str(figur.undertekst)),) if figur.undertekst else ()
        return Forklaring(str(figur.tall), str(figur.navn), str(self.metode), deler, kilde(resultat))

    def eksporttabeller(self, resultat: Resultat) -> list[Tabell]:
        """The tables as they go into files, where width is no concern."""
        return self.tabeller(resultat)

    def formel(self, nokkel: str, resultat: Resultat) -> Formel:
        """The formula of a column."""
        return self.formler.get(nokkel, Formel(self.teller))

    def _delnavn(self, kolonner: dict[str, Kolonne], nokkel: str) -> str:
        return str(kolonner[nokkel].tittel if nokkel in kolonner else DELNAVN.get(nokkel, nokkel))

    def _deltekst(self, kolonner: dict[str, Kolonne], verdier: Rad, nokkel: str) -> str:
        format_ = kolonner[nokkel].format if nokkel in kolonner else "desimal1" if nokkel in DESIMALER else "heltall"
        return som_tekst(verdier.get(nokkel), format_)


DELNAVN = {
    "enhetssum": _lat("Sum av enhetenes antall ansatte"),
    "prosentsum": _lat("Sum av stillingsprosent"),
    "aarsum": _lat("Sum av år"),
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
