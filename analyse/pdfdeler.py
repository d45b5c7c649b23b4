"""Reports made ready for print: every cell as text with a class, every column with a width. No HTML in here."""

from dataclasses import dataclass, field
from typing import Any

from analyse.rapporter.base import Rapport
from analyse.rapporter.resultat import Diagram, Kolonne, Nokkeltall, Resultat, Tabell
from felles import tall

# The mark a status text begins with → class of the printed icon. The words carry the meaning, the icon helps the eye.
MERKER = {"▲": "varsel", "✓": "bra", "✕": "feil", "○": "uten", "–": "ingen"}
MANGE_KOLONNER, TETT = 10, 12
FLEST_RADER = 150
# Print widths come in steps of two percent (static/pdf/pdf.css).
TRINN, BREDEST = 2, 50


@dataclass(frozen=True)
class Celle:
    """A printed cell: text, class («t» for numbers), and class of a status icon."""

    tekst: str
    klasse: str = ""
    merke: str = ""


@dataclass(frozen=True)
class Trykktabell:
    """A table ready for print. `liggende`: too many columns for a standing page. `utelatt`: rows beyond the limit."""

    id: str
    tittel: str
    hoder: list[tuple[str, str, int]]
    rader: list[list[Celle]]
    sum: list[Celle]
    noter: list[tuple[str, str]]
    liggende: bool
    tett: bool
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


def trykktabell(tabell: Tabell, ident: str) -> Trykktabell:
    """The table with printed cells, widths and the notes its columns need."""
    rader = [[celle(rad.get(k.nokkel), k) for k in tabell.kolonner] for rad in tabell.rader[:FLEST_RADER]]
    summer = [celle(tabell.sum.get(k.nokkel), k) for k in tabell.kolonner] if tabell.sum else []
    bredder = _bredder(tabell.kolonner, [*rader, summer] if summer else rader)
    return Trykktabell(
        id=ident,
        tittel=tabell.tittel,
        hoder=[(k.tittel, "t" if k.er_tall else "", b) for k, b in zip(tabell.kolonner, bredder, strict=True)],
        rader=rader,
        sum=summer,
        noter=[(k.tittel, k.hjelp) for k in tabell.kolonner if k.hjelp],
        liggende=len(tabell.kolonner) > MANGE_KOLONNER,
        tett=len(tabell.kolonner) > TETT,
        utelatt=max(0, len(tabell.rader) - FLEST_RADER),
    )


def _bredder(kolonner: tuple[Kolonne, ...], rader: list[list[Celle]]) -> list[int]:
    """Widths in percent, in steps of two, that sum to at most 100: wide where the words are long."""
    behov = [_behov(k, [rad[i].tekst for rad in rader]) for i, k in enumerate(kolonner)]
    total = sum(behov) or 1
    return [min(BREDEST, max(4, int(100 * b / total) // TRINN * TRINN)) for b in behov]


def _behov(kolonne: Kolonne, tekster: list[str]) -> float:
    """How many characters wide a column wants to be: numbers in full, prose up to two lines, headings by word."""
    hode = max((len(o) for o in kolonne.tittel.replace("-", " ").split()), default=1) * 1.15
    lengste = max(map(len, tekster), default=1)
    if kolonne.er_tall:
        return max(lengste, hode, 5.0) + 2
    return max(min(lengste, 30), hode, 8.0) + 2


def kapittel(rapport: Rapport, resultat: Resultat, nr: int) -> Kapittel:
    """The report as a chapter. Chart first, then tables that have rows."""
    return Kapittel(
        nr=nr,
        id=f"kapittel-{resultat.rapport}",
        tittel=str(rapport.tittel),
        ingress=str(rapport.ingress),
        nokkeltall=rapport.nokkeltall(resultat),
        diagrammer=rapport.diagrammer(resultat),
        tabeller=[
            trykktabell(t, f"tabell-{resultat.rapport}-{i}")
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
    return [(n, _verdi(v)) for n, v in resultat.forutsetninger.items() if n[:1].isupper() and n not in egne and v]


def _verdi(verdi: Any) -> str:
    if isinstance(verdi, dict):
        return "; ".join(f"{n}: {_verdi(v)}" for n, v in verdi.items())
    if isinstance(verdi, (list, tuple)):
        return ", ".join(map(_verdi, verdi))
    return _tall(verdi, "desimal2" if isinstance(verdi, float) and verdi % 1 else "heltall")
