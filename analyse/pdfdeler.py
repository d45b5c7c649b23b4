"""Reports made ready for print: every cell as text with a class, every column with a width. No HTML in here."""

import re
from dataclasses import dataclass, field
from typing import Any

from analyse.rapporter.base import Rapport
from analyse.rapporter.resultat import Diagram, Kolonne, Nokkeltall, Resultat, Tabell
from felles import tall

# The mark a status text begins with → class of the printed icon. The words carry the meaning, the icon helps the eye.
MERKER = {"▲": "varsel", "✓": "bra", "✕": "feil", "○": "uten", "–": "ingen"}
MANGE_KOLONNER, TETT, KORT = 10, 12, 15
SUMORD = ("SUM ", "Sum ")
# «Kohortmål (kohort_prosent)»: the row key is for those who read the JSON.
_MASKINNAVN = re.compile(r" \([a-z_0-9]+\)$")
# Characters that fit across a standing page, and across a lying one with the smaller type of tight tables.
PLASS_STAAENDE, PLASS_TETT, PLASS_LIGGENDE = 98, 112, 168
# The document for bystyret shows the first rows of very long tables; a single report shows them all up to a limit.
FLEST_I_DOKUMENT, FLEST_I_RAPPORT = 60, 400


@dataclass(frozen=True)
class Celle:
    """A printed cell: text, class («t» for numbers), and class of a status icon."""

    tekst: str
    klasse: str = ""
    merke: str = ""


@dataclass(frozen=True)
class Trykktabell:
    """A table ready for print: rows of cells, each with whether it is a sum. `liggende`: too many columns for a
    standing page. `kort`: small enough to be kept on one page. `utelatt`: rows beyond the limit.
    """

    id: str
    tittel: str
    hoder: list[tuple[str, str, int]]
    rader: list[tuple[bool, list[Celle]]]
    liggende: bool
    tett: bool
    kort: bool
    utelatt: int = 0


@dataclass(frozen=True)
class Kapittel:
    """One report as a chapter."""

    nr: int
    id: str
    tittel: str
    ingress: str
    nokkeltall: list[Nokkeltall]
    diagrammer: list[Diagram]
    tabeller: list[Trykktabell]
    lesehjelp: str
    metode: str
    forutsetninger: list[tuple[str, str]] = field(default_factory=list)

    @property
    def funn(self) -> str:
        """The chapter's first computed finding, empty when it has no chart."""
        return self.diagrammer[0].tittel if self.diagrammer else ""


def celle(verdi: Any, kolonne: Kolonne) -> Celle:
    """One value as it is printed. Text (a protected «<5») passes through unchanged, aligned as its column."""
    klasse = "t" if kolonne.er_tall else ""
    if verdi is None or verdi == "":
        return Celle("–", klasse)
    if kolonne.format == "status":
        return _status(str(verdi))
    if kolonne.format == "enhet_ansatte" and isinstance(verdi, dict):
        return Celle(f"{_tall(verdi.get('ansatte'), 'heltall')} · {verdi.get('enhet')}")
    return Celle(_tall(verdi, kolonne.format), klasse)


def _tall(verdi: Any, format_: str) -> str:
    if isinstance(verdi, bool):
        return "Ja" if verdi else "Nei"
    if not isinstance(verdi, (int, float)):
        return str(verdi)
    desimaler = {"desimal1": 1, "prosent": 1, "desimal2": 2}.get(format_, 0)
    return tall.desimal(verdi, desimaler)


def _status(tekst: str) -> Celle:
    merke = MERKER.get(tekst[0], "")
    return Celle(tekst[1:].strip() or tekst if merke else tekst, "status", merke)


def trykktabell(tabell: Tabell, ident: str, flest: int = FLEST_I_RAPPORT) -> Trykktabell:
    """The table with printed cells and widths. Rows where every number is zero say nothing and are left out."""
    med = [rad for rad in tabell.rader if not _tom(rad, tabell.kolonner)]
    rader = [[celle(rad.get(k.nokkel), k) for k in tabell.kolonner] for rad in med[:flest]]
    summer = [celle(tabell.sum.get(k.nokkel), k) for k in tabell.kolonner] if tabell.sum else []
    alle = [*rader, summer] if summer else rader
    liggende = len(tabell.kolonner) > MANGE_KOLONNER
    plass = PLASS_LIGGENDE if liggende else PLASS_STAAENDE
    bredder, trangt = _bredder(tabell.kolonner, alle, plass)
    return Trykktabell(
        id=ident,
        tittel=tabell.tittel,
        hoder=[(k.tittel, "t" if k.er_tall else "", b) for k, b in zip(tabell.kolonner, bredder, strict=True)],
        rader=[(rad is summer or rad[0].tekst.startswith(SUMORD), rad) for rad in alle],
        liggende=liggende,
        tett=trangt or len(tabell.kolonner) > TETT,
        kort=len(alle) <= KORT,
        utelatt=max(0, len(med) - flest),
    )


def _tom(rad: dict[str, Any], kolonner: tuple[Kolonne, ...]) -> bool:
    verdier = [rad.get(k.nokkel) for k in kolonner if k.er_tall]
    return bool(verdier) and all(v in (None, 0) for v in verdier)


def _bredder(kolonner: tuple[Kolonne, ...], rader: list[list[Celle]], plass: int) -> tuple[list[int], bool]:
    """Widths in whole percent, at most 100 together: no number is broken, then words, then room for whole texts.
    Also whether it is so tight that smaller type is called for.
    """
    minst, helst = zip(*(_behov(k, [rad[i].tekst for rad in rader]) for i, k in enumerate(kolonner)), strict=True)
    trangt = sum(helst) > 1.2 * plass
    rest = (PLASS_TETT if trangt and plass == PLASS_STAAENDE else plass) - sum(minst)
    onsker = [h - m for m, h in zip(minst, helst, strict=True)]
    andel = rest / sum(onsker) if rest > 0 and sum(onsker) else 0
    bredder = [m + o * min(andel, 1) for m, o in zip(minst, onsker, strict=True)]
    return [min(60, max(3, int(100 * b / sum(bredder)))) for b in bredder], trangt


def _behov(kolonne: Kolonne, tekster: list[str]) -> tuple[float, float]:
    """How many characters wide a column must be, and would like to be."""
    hodeord = max(map(len, kolonne.tittel.replace("-", "- ").split()), default=1) * 1.15
    lengste = max(map(len, tekster), default=1)
    if kolonne.er_tall:
        behov = max(lengste, min(hodeord, 11), 4.5) + 2.5
        return behov, behov
    lengste_ord = max((len(o) for t in tekster for o in t.replace("-", "- ").split()), default=1)
    rom = 5.5 if kolonne.format == "status" else 2.5
    minst = max(min(lengste if rom > 5 else lengste_ord, 18), min(hodeord, 14), 5) + rom
    return minst, max(minst, min(lengste, 36) * 1.02 + rom)


def kapittel(rapport: Rapport, resultat: Resultat, nr: int, flest: int = FLEST_I_RAPPORT) -> Kapittel:
    """The report as a chapter. Chart first, then tables that have rows, each with at most `flest` of them."""
    return Kapittel(
        nr=nr,
        id=f"kapittel-{resultat.rapport}",
        tittel=str(rapport.tittel),
        ingress=str(rapport.ingress),
        nokkeltall=rapport.nokkeltall(resultat),
        diagrammer=rapport.diagrammer(resultat),
        tabeller=[
            trykktabell(t, f"tabell-{resultat.rapport}-{i}", flest)
            for i, t in enumerate(rapport.tabeller(resultat), 1)
            if t.rader
        ],
        lesehjelp=str(rapport.lesehjelp),
        metode=str(rapport.metode),
        forutsetninger=forutsetninger(resultat),
    )


def forutsetninger(resultat: Resultat) -> list[tuple[str, str]]:
    """What was counted and how, as pairs of name and text. Keys in lower case are for machines; the method and the
    norms have their own places in the document.
    """
    egne = {"Metode", "Normer"}
    tekster = [(n, v) for n, v in resultat.forutsetninger.items() if n[:1].isupper() and n not in egne and v]
    return [(_MASKINNAVN.sub("", navn), _verdi(verdi)) for navn, verdi in tekster]


def _verdi(verdi: Any) -> str:
    if isinstance(verdi, dict):
        return "; ".join(f"{n}: {_verdi(v)}" for n, v in verdi.items())
    if isinstance(verdi, (list, tuple)):
        return ", ".join(map(_verdi, verdi))
    return _tall(verdi, "desimal2" if isinstance(verdi, float) and verdi % 1 else "heltall")
