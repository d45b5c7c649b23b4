"""Key figures and findings of a report, extract by extract: what the overview and the trends are drawn from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.core.cache import cache
from django.utils.translation import gettext as _

from analyse.models import Uttrekk
from analyse.rapporter import RAPPORTER
from analyse.rapporter.resultat import Nokkeltall, Resultat
from analyse.services.rapporter import Oppsett
from analyse.services.serier import Serie as Resultatserie
from analyse.services.serier import hent_serie
from analyse.utvalg import Utvalg
from analyse.visning.bevart import DOEGN
from felles import tall
from felles.diagram import Serie, gnist, linjer


@dataclass(frozen=True)
class Sammendrag:
    """A report in short: its key figures and what its charts found."""

    nokkeltall: tuple[Nokkeltall, ...]
    funn: tuple[str, ...]


Alle = dict[tuple[int, str], Sammendrag]


@dataclass(frozen=True)
class Tallkort:
    """A key figure with its change since the extract before, its trend, and where it is explained (`lenke`)."""

    navn: str
    tall: str
    undertekst: str
    endring: str = ""
    gnist: str = ""
    slug: str = ""
    lenke: str = ""


@dataclass(frozen=True)
class Utvikling:
    """Key figures over the extracts as a table, and a chart of those that share a unit."""

    datoer: list[date]
    rader: list[tuple[str, list[str]]]
    svg: str
    svg_smal: str
    tittel: str
    undertittel: str


# The key figures, by number, that are drawn as lines: those with the same unit, most important first.
TEGNES = {"turnover": (0, 1), "lederspenn": (2,), "heltid": (0,), "ledere": (2,)}


def oppsettnokkel(utvalg: Utvalg, oppsett: Oppsett) -> str:
    """What kept figures hang on: the set-up, and for protected ones also which extracts are published."""
    return f"{oppsett.merke()}:{'.'.join(str(u.pk) for u in utvalg.alle_uttrekk) if utvalg.prikket else ''}"


def sammendrag(slugger: Sequence[str], utvalg: Utvalg, oppsett: Oppsett, kjente: Resultatserie | None = None) -> Alle:
    """(extract id, slug) → Sammendrag for the chosen unit in the extracts up to the chosen one; a unit that was not
    there then is left out. `kjente` are results at hand. Kept in memory per process, under a key with the set-up.
    """
    serie, fast = utvalg.tidligere, f"{utvalg.enhet.id}:{utvalg.prikket}:{oppsettnokkel(utvalg, oppsett)}"
    nokler = {(u.pk, s): "kort:" + sha256(f"{u.pk}:{s}:{fast}".encode()).hexdigest() for u in serie for s in slugger}
    lagret = cache.get_many(nokler.values())
    ut = {par: lagret[n] for par, n in nokler.items() if n in lagret}
    nye = {par: r for par, r in (kjente or {}).items() if par in nokler and par not in ut}
    mangler = [u for u in serie if any((u.pk, s) not in ut and (u.pk, s) not in nye for s in slugger)]
    if mangler:
        nye |= hent_serie(
            serie=mangler, sluger=slugger, enhet=utvalg.som_enhet, prikket=utvalg.prikket, oppsett=oppsett
        )
    kort = {par: av_resultat(r) for par, r in nye.items()}
    cache.set_many({nokler[par]: k for par, k in kort.items()}, DOEGN)
    return ut | kort


def av_resultat(resultat: Resultat) -> Sammendrag:
    """The report in short."""
    rapport = RAPPORTER[resultat.rapport]
    funn = tuple(d.tittel for d in rapport.diagrammer(resultat))
    return Sammendrag(tuple(rapport.nokkeltall(resultat)), funn)


def verdi(tekst: str) -> float | None:
    """The number in a printed key figure, None when it is hidden or no plain number."""
    try:
        return float(tall.les_tall(tekst))
    except ValueError:
        return None


def tallkort(slug: str, serie: Sequence[Uttrekk], alle: Alle, antall: int = 4) -> list[Tallkort]:
    """The key figures of the last extract of the series, with change and trend."""
    naa = alle.get((serie[-1].pk, slug))
    if naa is None:
        return []
    rekker = [alle.get((u.pk, slug)) for u in serie]
    return [_kort(slug, n, [_verdi_av(r, n.navn) for r in rekker], serie) for n in naa.nokkeltall[:antall]]


def _verdi_av(kort: Sammendrag | None, navn: str) -> float | None:
    treff = next((n for n in kort.nokkeltall if n.navn == navn), None) if kort else None
    return verdi(treff.tall) if treff else None


def _kort(slug: str, n: Nokkeltall, verdier: list[float | None], serie: Sequence[Uttrekk]) -> Tallkort:
    return Tallkort(n.navn, n.tall, n.undertekst, _endring(n.tall, verdier, serie), gnist(verdier), slug)


def _endring(trykt: str, verdier: list[float | None], serie: Sequence[Uttrekk]) -> str:
    """«+14 siden 1. januar 2025», in the decimals of the figure; percent changes are in percentage points."""
    if len(verdier) < 2 or verdier[-1] is None or verdier[-2] is None:
        return ""
    desimaler = len(trykt.rstrip("\u00a0%").partition(",")[2])
    forskjell = round(verdier[-1] - verdier[-2], desimaler)
    dag = tall.dato_lang(serie[-2].dato)
    if not forskjell:
        return _("uendret siden %s") % dag
    enhet = _(" prosentpoeng") if trykt.endswith("%") else ""
    return _("%(endring)s%(enhet)s siden %(dag)s") % {
        "endring": tall.endring(forskjell, desimaler),
        "enhet": enhet,
        "dag": dag,
    }


def utvikling(slug: str, serie: Sequence[Uttrekk], alle: Alle) -> Utvikling | None:
    """The report's key figures over the extracts, or None when there is only one."""
    deler = [(u, alle[u.pk, slug]) for u in serie if (u.pk, slug) in alle]
    if len(deler) < 2:
        return None
    navn = [n.navn for n in deler[-1][1].nokkeltall]
    rader = [(n, [_trykt(s, n) for _u, s in deler]) for n in navn]
    tegnes = [navn[i] for i in TEGNES.get(slug, (0,)) if i < len(navn)]
    serier = [Serie(n, [_verdi_av(s, n) for _u, s in deler], [_trykt(s, n) for _u, s in deler]) for n in tegnes]
    serier = [s for s in serier if sum(v is not None for v in s.verdier) > 1]
    tittel = _utviklingsfunn(serier[0], deler[0][0].dato) if serier else _("Utvikling over uttrekkene")
    under = _("%s ved hvert uttrekk.") % _(" og ").join(s.navn for s in serier) if serier else ""
    x = [tall.dato_kort(u.dato) for u, _s in deler]
    svg = (
        [linjer(tittel=tittel, beskrivelse=under, x=x, serier=serier, smal=s) for s in (False, True)] if serier else []
    )
    return Utvikling([u.dato for u, _s in deler], rader, *(svg or ["", ""]), tittel, under)


def _utviklingsfunn(serie: Serie, fra: date) -> str:
    ekte = [(v, t) for v, t in zip(serie.verdier, serie.tekster, strict=True) if v is not None]
    (forst, t0), (sist, t1) = ekte[0], ekte[-1]
    retning = (
        _("uendret på") if forst == sist else _("opp fra %s til") % t0 if sist > forst else _("ned fra %s til") % t0
    )
    return _("%(navn)s: %(retning)s %(naa)s siden %(dag)s") % {
        "navn": serie.navn,
        "retning": retning,
        "naa": t1,
        "dag": tall.dato_lang(fra),
    }


def _trykt(kort: Sammendrag, navn: str) -> str:
    return next((n.tall for n in kort.nokkeltall if n.navn == navn), "–")


def funn(slugger: Iterable[str], uttrekk: Uttrekk, alle: Alle) -> list[tuple[str, str, str]]:
    """(slug, report title, finding) for the first finding of each report."""
    return [
        (s, RAPPORTER[s].tittel, alle[uttrekk.pk, s].funn[0])
        for s in slugger
        if (uttrekk.pk, s) in alle and alle[uttrekk.pk, s].funn
    ]
