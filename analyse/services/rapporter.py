"""Computed reports, kept: once per extract, report, unit and protection, for the default period.

A kept result is used as long as what it was computed with (norms, categories, positions of that time) is unchanged,
or when the person rows are gone and it is all there is.
"""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

import orjson
import pandas as pd
from django.db import connection, transaction
from django.utils import timezone

from analyse.beregninger.aldersrisiko import avgangsrater
from analyse.beregninger.personer import aar_foer
from analyse.models import Rapportresultat, Uttrekk
from analyse.queries import hent_grunnlag
from analyse.rapporter import RAPPORTER
from analyse.rapporter.resultat import Resultat
from analyse.regneoppsett import Oppsett, hent_oppsett
from organisasjon.models import Enhet
from organisasjon.queries import kommune

_FELTER = ("rapport", "tittel", "uttrekk", "enhet", "forutsetninger", "rader", "sum", "tillegg", "prikket")
_BEHOLD_SQL = """
INSERT INTO analyse_rapportresultat (uttrekk_id, slug, enhet_id, fra, til, prikket, oppsett, beregnet, data)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (uttrekk_id, slug, enhet_id, fra, til, prikket)
DO UPDATE SET oppsett = excluded.oppsett, beregnet = excluded.beregnet, data = excluded.data
"""


class UgyldigPeriode(ValueError):  # noqa: N818 norsk navn
    """The period cannot be computed; the message says why in Norwegian."""


def standardperiode(uttrekk: Uttrekk) -> tuple[date, date]:
    """The twelve months up to the extract date."""
    return aar_foer(uttrekk.dato, 1), uttrekk.dato


def periode_for(uttrekk: Uttrekk, fra: date | None = None, til: date | None = None) -> tuple[date, date]:
    """The period asked for, completed with the default. Raises UgyldigPeriode."""
    til = til or uttrekk.dato
    fra = fra or aar_foer(til, 1)
    if til < fra:
        raise UgyldigPeriode(f"Perioden slutter ({til:%d.%m.%Y}) før den begynner ({fra:%d.%m.%Y}).")
    if til > uttrekk.dato:
        raise UgyldigPeriode(f"Perioden kan ikke slutte etter uttrekksdatoen {uttrekk.dato:%d.%m.%Y}.")
    if fra.year < 1900:
        raise UgyldigPeriode("Perioden kan ikke begynne før år 1900.")
    return fra, til


def beregn_alle(*, uttrekk: Uttrekk, ansettelser: pd.DataFrame | None = None) -> dict[str, Resultat]:
    """Compute and keep every report for the municipality, default period, from one load of the rows, or from the rows
    at hand (`services.rapportramme`).
    """
    fra, til = standardperiode(uttrekk)
    oppsett = hent_oppsett()
    grunnlag = hent_grunnlag(uttrekk, ansettelser=ansettelser, oppsett=oppsett)
    resultater = {slug: rapport.beregn(grunnlag, fra, til) for slug, rapport in RAPPORTER.items()}
    behold(resultater.values(), oppsett.merke())
    return resultater


def hent_resultat(
    *,
    uttrekk: Uttrekk,
    slug: str,
    enhet: Enhet | None = None,
    fra: date | None = None,
    til: date | None = None,
    prikket: bool = False,
) -> Resultat:
    """One report: kept if it still holds, else computed (and kept when the period is the default).

    Raises KeyError for an unknown slug, UgyldigPeriode, and the errors of `hent_grunnlag`.
    """
    return hent_resultater(uttrekk=uttrekk, sluger=[slug], enhet=enhet, fra=fra, til=til, prikket=prikket)[slug]


def hent_resultater(
    *,
    uttrekk: Uttrekk,
    sluger: Iterable[str],
    enhet: Enhet | None = None,
    fra: date | None = None,
    til: date | None = None,
    prikket: bool = False,
) -> dict[str, Resultat]:
    """Several reports of one extract and unit, in two queries when all are kept. See `hent_resultat`."""
    sluger = list(sluger)
    for slug in sluger:
        RAPPORTER[slug]
    periode = periode_for(uttrekk, fra, til)
    standard = periode == standardperiode(uttrekk)
    if prikket and not standard:
        raise UgyldigPeriode("Når små tall er skjult, kan perioden ikke endres.")
    enhet, oppsett = enhet or kommune(), hent_oppsett()
    ut = _beholdte(uttrekk, sluger, enhet, prikket, oppsett) if standard else {}
    mangler = [slug for slug in sluger if slug not in ut]
    if mangler and prikket:
        ut |= vern.beskyttede(uttrekk, mangler, enhet, oppsett)
    elif mangler:
        nye = _beregn(uttrekk, mangler, enhet, periode, oppsett)
        if standard:
            behold(nye.values(), oppsett.merke())
        ut |= nye
    return {slug: ut[slug] for slug in sluger}


def _beholdte(
    uttrekk: Uttrekk, sluger: list[str], enhet: Enhet | None, prikket: bool, oppsett: Oppsett
) -> dict[str, Resultat]:
    fra, til = standardperiode(uttrekk)
    rader = Rapportresultat.objects.select_related("uttrekk").filter(
        uttrekk=uttrekk, slug__in=sluger, enhet=enhet, fra=fra, til=til, prikket=prikket
    )
    if prikket:
        return {rad.slug: fra_rad(rad) for rad in rader.filter(oppsett=vern.vernmerke(oppsett, uttrekk))}
    return {rad.slug: fra_rad(rad) for rad in rader if uttrekk.rader_slettet or oppsett.stemmer(rad.oppsett)}


def gjelder_naa(rad: Rapportresultat, uttrekk: Uttrekk, oppsett: Oppsett) -> bool:
    """Is the kept row for the default period, and computed with what is true now?"""
    if (rad.fra, rad.til) != standardperiode(uttrekk):
        return False
    if rad.prikket:
        return rad.oppsett == vern.vernmerke(oppsett, uttrekk)
    return bool(uttrekk.rader_slettet) or oppsett.stemmer(rad.oppsett)


def _beregn(
    uttrekk: Uttrekk, sluger: list[str], enhet: Enhet | None, periode: tuple[date, date], oppsett: Oppsett
) -> dict[str, Resultat]:
    rot = kommune()
    snevret = enhet is not None and rot is not None and enhet.pk != rot.pk
    rater = kommunens_rater(uttrekk, periode) if snevret and "aldersrisiko" in sluger else None
    grunnlag = hent_grunnlag(uttrekk, enhet if snevret else None, rater, oppsett=oppsett)
    return {slug: RAPPORTER[slug].beregn(grunnlag, *periode) for slug in sluger}


def beregn_med_forgjengere(*, uttrekk: Uttrekk, sluger: Iterable[str], enhet: Enhet) -> dict[str, Resultat]:
    """The unit together with those it has taken over since, default period. Not kept. Raises PersonraderSlettet."""
    sluger, periode = list(sluger), standardperiode(uttrekk)
    rater = kommunens_rater(uttrekk, periode) if "aldersrisiko" in sluger else None
    grunnlag = hent_grunnlag(uttrekk, enhet, rater, med_forgjengere=True)
    return {slug: RAPPORTER[slug].beregn(grunnlag, *periode) for slug in sluger}


def kommunens_rater(uttrekk: Uttrekk, periode: tuple[date, date]) -> dict[str, float]:
    """The municipality's leaving rates by age group, from its turnover report."""
    return rater_av(hent_resultat(uttrekk=uttrekk, slug="turnover", fra=periode[0], til=periode[1]), periode)


def rater_av(turnover: Resultat, periode: tuple[date, date]) -> dict[str, float]:
    """Leaving rates by age group, from the turnover report of the period."""
    return avgangsrater(pd.DataFrame(turnover.rader).set_index("gruppe"), *periode)


def _som_tekst(verdi: Any) -> str:
    """Compact JSON, unescaped: the database reads every character once more."""
    return orjson.dumps(verdi).decode()


def behold(resultater: Iterable[Resultat], merke: str) -> None:
    """Store results under the mark of what they were computed with, replacing older ones."""
    naa = connection.ops.adapt_datetimefield_value(timezone.now())
    rader = [
        (
            r.uttrekk["id"], r.rapport, r.enhet["id"], r.fra, r.til, r.prikket, merke, naa,
            _som_tekst({"resultat": _som_tekst({felt: getattr(r, felt) for felt in _FELTER})}),
        )
        for r in resultater
    ]  # fmt: skip
    # The driver sends all rows in one go; nine rows one by one take as long as computing them at 2 500 employees.
    with transaction.atomic(), connection.cursor() as peker:
        peker.executemany(_BEHOLD_SQL, rader)


class _Rad(dict):
    """A kept row: a measure that did not exist when it was computed is missing (None), not an error."""

    def __missing__(self, nokkel: str) -> None:
        return None


def fra_rad(rad: Rapportresultat) -> Resultat:
    """The kept row back as the result it was. It is kept as text: PostgreSQL's jsonb forgets the order of keys.

    When the person rows are gone, results of older code are all there is; what they lack is empty.
    """
    gammel = rad.uttrekk.rader_slettet is not None
    data = json.loads(rad.data["resultat"], object_hook=_Rad if gammel else None)
    tillegg = {n: [] for n in RAPPORTER[rad.slug].ekstra_tabeller} | dict(data.pop("tillegg", None) or {})
    if gammel:
        data = {felt: data[felt] for felt in _FELTER if felt in data}
    return Resultat(fra=rad.fra, til=rad.til, tillegg=tillegg, **data)


# Last: the two modules need each other, and vern looks names up when it is called.
from analyse.services import vern  # noqa: E402
