"""Reads for a scope of several units: which extracts its figures come from, and the positions found there.

The figures themselves: `services.samleoppslag`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd
from django.db.models import Count, Q, Value

from analyse.ansettelsesrader import ansettelsesramme
from analyse.enums import Telling
from analyse.models import Ansettelse, Stilling, Uttrekk, UttrekkEnhet
from analyse.queries import forgjengere
from organisasjon.models import Enhet

# The id of no extract and of no unit. A row without a department has 0 there.
INGEN = -1


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
    return ansettelsesramme(uttrekk, telling, sorted(_i_uttrekket(enheter, forelder)) or [INGEN])


def omfang_i_uttrekk(
    flere: Mapping[date, Mapping[int, Iterable[int]]],
) -> dict[date, tuple[Uttrekk, dict[int, set[int]]]]:
    """For each day with scopes (key → units): the extract of the day that still has its person rows, with no more than
    its date, and the units of it that each scope covers, as in `ansettelser_i`. Days without one are left out. One
    query.
    """
    forelder, arvinger = _kart_for(flere)
    ut = {}
    for (pk, dato), kart in forelder.items():
        omfang = {nokkel: _i_uttrekket(enheter, kart, arvinger) for nokkel, enheter in flere[dato].items()}
        ut[dato] = Uttrekk(pk=pk, dato=dato), omfang
    return ut


def _kart_for(datoer: Iterable[date]) -> tuple[dict[tuple[int, date], dict[int, int | None]], dict[int, int]]:
    """(Extract, day) → its units with their parents, and as `les_arvinger`."""
    rader = UttrekkEnhet.objects.filter(uttrekk__dato__in=list(datoer), uttrekk__rader_slettet=None).order_by()
    arvet = Enhet.objects.filter(erstattet_av__isnull=False).order_by()
    felt = rader.values_list("uttrekk_id", "uttrekk__dato", "enhet_id", "forelder_id")
    like = arvet.values_list(Value(INGEN), "gyldig_fra", "pk", "erstattet_av_id")
    forelder: dict[tuple[int, date], dict[int, int | None]] = defaultdict(dict)
    arvinger: dict[int, int] = {}
    for uttrekk, dato, enhet, over in felt.union(like, all=True):
        if uttrekk == INGEN:
            arvinger[enhet] = over
        else:
            forelder[uttrekk, dato][enhet] = over
    return dict(forelder), arvinger


def _i_uttrekket(
    enheter: Iterable[int], forelder: dict[int, int | None], arvinger: dict[int, int] | None = None
) -> set[int]:
    """The units and everything beneath them as they were; a later unit is those it took over from."""
    roetter: set[int] = set()
    for enhet in enheter:
        roetter.update([enhet] if enhet in forelder else forgjengere(forelder, enhet, arvinger))
    return _med_alt_under(roetter, forelder) & forelder.keys()


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
