"""Reads for a scope of several units: kept reports of all of them at once, and the positions found there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd
from django.db.models import Count, Q

from analyse.enums import Telling
from analyse.models import Ansettelse, Rapportresultat, Stilling, Uttrekk, UttrekkEnhet
from analyse.queries import PersonraderSlettet, UkjentEnhet, ansettelsesramme, forgjengere
from analyse.rapporter.resultat import Resultat
from analyse.services.rapporter import Oppsett, fra_rad, hent_oppsett, hent_resultater
from analyse.services.serier import gjelder_naa, hent_serie
from organisasjon.models import Enhet

# (extract id, unit id, slug) → result
Omfangsserie = dict[tuple[int, int, str], Resultat]


@dataclass(frozen=True)
class Stillingstall:
    """A position in a scope: how many persons hold it, and the names of the units it is found in."""

    stilling: Stilling
    antall: int
    enheter: tuple[str, ...]


def synlig_uttrekk(valgt: Uttrekk | None, prikket: bool) -> Uttrekk | None:
    """The extract to show: the chosen one, but to protected readers only a published one, else the newest of those."""
    if valgt is None or not prikket or valgt.publisert:
        return valgt
    return Uttrekk.objects.filter(publisert__isnull=False, dato__lte=valgt.dato).order_by("-dato").first()


def serie_til(uttrekk: Uttrekk, prikket: bool, flest: int = 5) -> list[Uttrekk]:
    """The extract and those before it that the person may see, oldest first. One query."""
    alle = Uttrekk.objects.defer("tellinger").filter(dato__lte=uttrekk.dato).order_by("-dato")
    if prikket:
        alle = alle.filter(publisert__isnull=False)
    return list(alle[:flest])[::-1]


def hent_for_omfang(
    *, serie: Sequence[Uttrekk], sluger: Iterable[str], enheter: Sequence[Enhet], prikket: bool
) -> Omfangsserie:
    """Reports for the default period, for each of the units in each of the extracts. Four queries when all are kept;
    the rest are computed and kept. What cannot be had (the unit was not there, the rows are gone) is left out.

    A unit that has taken over another goes through `hent_serie`, so that a merger is no jump.
    """
    sluger, oppsett = list(sluger), hent_oppsett()
    sammenslaatte = _har_overtatt(enheter) if len(serie) > 1 else set()
    vanlige = [e for e in enheter if e.pk not in sammenslaatte]
    ut = _beholdte(serie, sluger, vanlige, prikket, oppsett)
    for enhet in enheter:
        if enhet.pk in sammenslaatte:
            funnet = hent_serie(serie=serie, sluger=sluger, enhet=enhet, prikket=prikket, oppsett=oppsett)
            ut |= {(uttrekk, enhet.pk, slug): r for (uttrekk, slug), r in funnet.items()}
            continue
        for uttrekk in serie:
            mangler = [slug for slug in sluger if (uttrekk.pk, enhet.pk, slug) not in ut]
            ut |= _regn(uttrekk, mangler, enhet, prikket) if mangler else {}
    return ut


def _har_overtatt(enheter: Sequence[Enhet]) -> set[int]:
    """Ids of those that another unit has been merged into."""
    return set(Enhet.objects.filter(erstattet_av__in=enheter).order_by().values_list("erstattet_av_id", flat=True))


def _beholdte(
    serie: Sequence[Uttrekk], sluger: list[str], enheter: Sequence[Enhet], prikket: bool, oppsett: Oppsett
) -> Omfangsserie:
    av_id = {u.pk: u for u in serie}
    rader = Rapportresultat.objects.select_related("uttrekk").filter(
        uttrekk__in=serie, slug__in=sluger, enhet__in=enheter, prikket=prikket
    )
    return {
        (r.uttrekk_id, r.enhet_id, r.slug): fra_rad(r) for r in rader if gjelder_naa(r, av_id[r.uttrekk_id], oppsett)
    }


def _regn(uttrekk: Uttrekk, sluger: list[str], enhet: Enhet, prikket: bool) -> Omfangsserie:
    try:
        nye = hent_resultater(uttrekk=uttrekk, sluger=sluger, enhet=enhet, prikket=prikket)
    except (UkjentEnhet, PersonraderSlettet):
        return {}
    return {(uttrekk.pk, enhet.pk, slug): resultat for slug, resultat in nye.items()}


def stillinger_i(uttrekk: Uttrekk, enheter: Iterable[int]) -> list[Stillingstall]:
    """The positions held on the extract date in the units and everything beneath them, by name. Empty when the person
    rows are deleted. Four queries.
    """
    if uttrekk.rader_slettet:
        return []
    navn, forelder = _enhetskart(uttrekk)
    omfang = _med_alt_under(set(enheter), forelder)
    rader = Ansettelse.objects.filter(
        Q(enhet_id__in=omfang) | Q(avdeling_id__in=omfang),
        Q(start__isnull=True) | Q(start__lte=uttrekk.dato),
        Q(slutt__isnull=True) | Q(slutt__gte=uttrekk.dato),
        uttrekk=uttrekk,
        kategori__telling=Telling.TELLES,
    ).order_by()
    antall = dict(
        rader.values("stilling_id").annotate(n=Count("person", distinct=True)).values_list("stilling_id", "n")
    )
    steder: dict[int, set[int]] = {}
    for stilling, enhet, avdeling in rader.values_list("stilling_id", "enhet_id", "avdeling_id").distinct():
        steder.setdefault(stilling, set()).update({enhet, avdeling} - {None})
    return [
        Stillingstall(s, antall[s.pk], tuple(sorted(navn[e] for e in steder[s.pk] if e in navn)))
        for s in Stilling.objects.filter(pk__in=antall).order_by("navn", "pk")
    ]


def ansettelser_i(uttrekk: Uttrekk, enheter: Iterable[int], telling: dict[int, str]) -> pd.DataFrame:
    """The rows that may count (`Oppsett.tellinger`) in the units and everything beneath them, as
    `Grunnlag.ansettelser`; none when the person rows are deleted. A unit that came later is the units it took over
    from. Two queries, one more per later unit.
    """
    _navn, forelder = _enhetskart(uttrekk)
    roetter: set[int] = set()
    for enhet in enheter:
        roetter.update([enhet] if enhet in forelder else forgjengere(forelder, enhet))
    omfang = sorted(_med_alt_under(roetter, forelder) & forelder.keys())
    return ansettelsesramme(uttrekk, telling, omfang or [0])


def _enhetskart(uttrekk: Uttrekk) -> tuple[dict[int, str], dict[int, int | None]]:
    """Names and parents of the units as they were in the extract."""
    rader = list(UttrekkEnhet.objects.filter(uttrekk=uttrekk).order_by().values_list("enhet_id", "navn", "forelder_id"))
    return {pk: navn for pk, navn, _f in rader}, {pk: f for pk, _n, f in rader}


def _med_alt_under(roetter: set[int], forelder: dict[int, int | None]) -> set[int]:
    barn: dict[int | None, list[int]] = {}
    for pk, over in forelder.items():
        barn.setdefault(over, []).append(pk)
    funnet, rest = set(), list(roetter)
    while rest:
        node = rest.pop()
        if node not in funnet:
            funnet.add(node)
            rest.extend(barn.get(node, ()))
    return funnet
