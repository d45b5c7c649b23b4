"""Two versions of a plan compared: what is new, gone and changed, in the order of the newer one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from felles.tall import dato_kort, tusen
from felles.tekstdiff import Endring, er_endret, sammendrag, sammenlikn

# Fields of a tiltak that are read by people, and what they are called.
TILTAKSFELTER = (
    ("tittel", _("Tittel")), ("hva", _("Hva skal gjøres")), ("omraade_tittel", _("Innsatsområde")),
    ("hovedmaal_navn", _("Mål")), ("vei_navn", _("Vei")), ("ansvarlig", _("Ansvarlig")),
    ("ansvarlig_rolle", _("Ansvarlig rolle")), ("deltakere", _("Hvem er med")), ("start", _("Start")),
    ("frist", _("Frist")), ("status_navn", _("Status")), ("statusgrunn", _("Grunn")),
    ("kostnad", _("Kostnad i kroner")),
    ("finansiering", _("Finansieres av")), ("soknadsfrist", _("Søknadsfrist")),
    ("kriterie_resultat", _("Slik ser vi at det virket")), ("kriterie_prosess", _("Slik ser vi at det ble gjort godt")),
    ("maalenhet", _("Måles i")), ("nullpunkt", _("Nullpunkt")), ("maaltall", _("Mål å nå")),
)  # fmt: skip
TOMME = (None, "")
STATUS = {"ny": _("Ny"), "fjernet": _("Fjernet"), "endret": _("Endret")}


@dataclass(frozen=True)
class Felt:
    """A field that changed."""

    navn: str
    foer: str
    etter: str


@dataclass(frozen=True)
class Post:
    """A section, table or tiltak that differs: text changes, or fields."""

    tittel: str
    slag: str
    endringer: tuple[Endring | int, ...] = ()
    felter: tuple[Felt, ...] = ()

    @property
    def status(self) -> str:
        return STATUS[self.slag]


@dataclass(frozen=True)
class Planavsnitt:
    """A chapter, or the tiltak, with what differs in it."""

    tittel: str
    poster: tuple[Post, ...]


def sammenlikn_planer(foer: dict[str, Any], etter: dict[str, Any]) -> list[Planavsnitt]:
    """What differs between two contents (`planer.innhold.les_innhold`), older first. Empty = nothing."""
    avsnitt = [
        *_kapitler(foer, etter),
        Planavsnitt(_g("Innsatsområder"), tuple(_tekster(foer, etter, "omraader"))),
        Planavsnitt(_g("Oppfølging av grepene"), tuple(_tekster(foer, etter, "grep"))),
        Planavsnitt(_g("Tiltak"), tuple(_tiltak(foer.get("tiltak", []), etter.get("tiltak", [])))),
    ]
    return [a for a in avsnitt if a.poster]


def _kapitler(foer: dict[str, Any], etter: dict[str, Any]) -> Iterator[Planavsnitt]:
    gamle, nye = ({k["nummer"]: k for k in innhold.get("kapitler", [])} for innhold in (foer, etter))
    for nummer in sorted(gamle.keys() | nye.keys()):
        a, b = gamle.get(nummer, {}), nye.get(nummer, {})
        poster = [*_seksjoner(a, b), *_tabeller(a, b)]
        yield Planavsnitt(f"{nummer}. {b.get('navn') or a.get('navn', '')}", tuple(poster))


def _par(gamle: list[dict], nye: list[dict], nokkel: str) -> Iterator[tuple[dict | None, dict | None]]:
    """Old and new with the same key, in the new order; what is gone comes last."""
    a, b = ({d[nokkel]: d for d in liste} for liste in (gamle, nye))
    for n, ny in b.items():
        yield a.get(n), ny
    yield from ((gammel, None) for n, gammel in a.items() if n not in b)


def _seksjoner(a: dict, b: dict) -> Iterator[Post]:
    for gammel, ny in _par(a.get("seksjoner", []), b.get("seksjoner", []), "nokkel"):
        tittel = (ny or gammel or {}).get("overskrift", "")
        if post := _tekstpost(tittel, gammel and gammel["html"], ny and ny["html"]):
            yield post


def _tekstpost(tittel: str, foer: str | None, etter: str | None) -> Post | None:
    endringer = sammenlikn(foer or "", etter or "")
    if not er_endret(endringer) and (foer is None) == (etter is None):
        return None
    slag = "ny" if not foer else "fjernet" if not etter else "endret"
    return Post(tittel, slag, tuple(sammendrag(endringer)))


def _tabeller(a: dict, b: dict) -> Iterator[Post]:
    """Tables of structured parts, a row for each line."""
    for gammel, ny in _par(a.get("tabeller", []), b.get("tabeller", []), "nokkel"):
        tittel = (ny or gammel or {}).get("tittel", "")
        if post := _tekstpost(tittel, _radtekst(gammel), _radtekst(ny)):
            yield post


def _radtekst(tabell: dict | None) -> str | None:
    if tabell is None:
        return None
    rader = (" | ".join(_vis(c) for c in rad) for rad in tabell.get("rader", []))
    return "".join(f"<p>{_escape(rad)}</p>" for rad in rader)


def _escape(tekst: str) -> str:
    return tekst.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _tekster(foer: dict[str, Any], etter: dict[str, Any], del_: str) -> Iterator[Post]:
    """Innsatsområder and grep: their texts, and their plain fields."""
    for gammel, ny in _par(foer.get(del_, []), etter.get(del_, []), "nokkel"):
        vist = ny or gammel or {}
        tittel = str(vist.get("tittel") or vist.get("nokkel"))
        html = [_html_av(x) for x in (gammel, ny)]
        post = _tekstpost(tittel, *html)
        felter = tuple(_enkle(gammel, ny)) if gammel and ny else ()
        if felter:
            yield Post(tittel, "endret", post.endringer if post else (), felter)
        elif post:
            yield post


def _html_av(rad: dict | None) -> str | None:
    """The texts of a row joined: every value that is rich text."""
    return None if rad is None else "".join(v for v in rad.values() if isinstance(v, str) and v.startswith("<"))


def _enkle(gammel: dict, ny: dict) -> Iterator[Felt]:
    navn = {"tittel": _("Tittel"), "grep_navn": _("Slag"), "valgt": _("Valgt"), "nummer": _("Nummer")}
    for felt, tittel in navn.items():
        if gammel.get(felt) != ny.get(felt):
            yield Felt(tittel, _vis(gammel.get(felt)), _vis(ny.get(felt)))


def _tiltak(gamle: list[dict], nye: list[dict]) -> Iterator[Post]:
    for gammel, ny in _par(gamle, nye, "ident"):
        vist = ny or gammel or {}
        tittel = f"{vist['ident']} {vist.get('tittel', '')}"
        if gammel is None or ny is None:
            yield Post(tittel, "ny" if gammel is None else "fjernet", (), tuple(_fylte(vist)) if ny else ())
            continue
        felter = tuple(
            Felt(navn, _vis(gammel.get(f)), _vis(ny.get(f))) for f, navn in TILTAKSFELTER if gammel.get(f) != ny.get(f)
        )
        if felter:
            yield Post(tittel, "endret", (), felter)


def _fylte(rad: dict) -> Iterator[Felt]:
    for felt, navn in TILTAKSFELTER:
        if felt != "tittel" and rad.get(felt) not in TOMME:
            yield Felt(navn, "", _vis_felt(felt, rad))


def _vis_felt(felt: str, rad: dict) -> str:
    """Dates and money as they are read."""
    verdi = rad.get(felt)
    if verdi and felt in {"start", "frist", "soknadsfrist"}:
        return dato_kort(verdi)
    return tusen(verdi) if felt == "kostnad" and verdi is not None else _vis(verdi)


def _vis(verdi: Any) -> str:
    if verdi is None or verdi == "":
        return "–"
    if isinstance(verdi, bool):
        return _g("Ja") if verdi else _g("Nei")
    return str(verdi)
