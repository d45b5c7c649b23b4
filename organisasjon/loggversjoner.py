"""The versions behind the lines of the log: of all tables in one query, whatever their columns are."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.db import models
from django.db.models import CharField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast

from organisasjon.kilder import Loggkilde

# What every version has, and then the columns of its kind as text.
FASTE = ("id", "history_id", "history_type", "history_date", "history_user_id", "history_change_reason")
_JA_NEI = {"true": True, "false": False, "1": True, "0": False}


def les_versjoner(kilder: Mapping[str, Loggkilde], ider: Mapping[str, Collection[int]]) -> dict[tuple[str, int], tuple]:
    """(kind, history id) → (version, the one before it or None), for the history ids of each kind."""
    deler = [(kilder[slag], onskede) for slag, onskede in ider.items() if onskede]
    if not deler:
        return {}
    bredde = max(len(_kolonner(kilde)) for kilde, _ider in deler)
    sporringer = [_del(kilde, onskede, bredde) for kilde, onskede in deler]
    rader = sporringer[0].union(*sporringer[1:], all=True) if len(deler) > 1 else sporringer[0]
    rekker = defaultdict(list)
    for slag, *verdier in rader.order_by("v_history_date", "v_history_id"):
        versjon = _versjon(kilder[slag], verdier)
        rekker[slag, versjon.id].append(versjon)
    return {nokkel: par for nokkel, par in _par(rekker) if nokkel[1] in ider[nokkel[0]]}


def _par(rekker: Mapping[tuple[str, int], list]) -> Iterator[tuple[tuple[str, int], tuple]]:
    for (slag, _id), rekke in rekker.items():
        for versjon, forrige in zip(rekke, [None, *rekke[:-1]], strict=True):
            yield (slag, versjon.history_id), (versjon, forrige)


def _kolonner(kilde: Loggkilde) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*kilde.felter, kilde.tekst, *kilde.leser)))


def _del(kilde: Loggkilde, ider: Collection[int], bredde: int) -> QuerySet:
    """All versions of the things that the ids are about."""
    modell = kilde.modell.historie.model
    objekter = modell.objects.filter(history_id__in=list(ider)).order_by().values("id")
    kolonner = _kolonner(kilde)
    tekster = {f"v{nr}": Cast(felt, TextField()) for nr, felt in enumerate(kolonner)}
    tomme = {f"v{nr}": Value("", TextField()) for nr in range(len(kolonner), bredde)}
    alt = {"v_slag": Value(kilde.slag, CharField()), **{f"v_{felt}": F(felt) for felt in FASTE}, **tekster, **tomme}
    return modell.objects.filter(id__in=objekter).order_by().annotate(**alt).values_list(*alt)


def _versjon(kilde: Loggkilde, verdier: list[Any]) -> models.Model:
    """The row of the history table, with the columns the log reads."""
    modell = kilde.modell.historie.model
    faste, tekster = verdier[: len(FASTE)], verdier[len(FASTE) :]
    egne = {felt: _lest(modell._meta.get_field(felt), tekst) for felt, tekst in zip(_kolonner(kilde), tekster)}  # noqa: B905 - the rest is padding
    return modell(**dict(zip(FASTE, faste, strict=True)), **egne)


def _lest(felt: models.Field, tekst: str | None) -> Any:
    """The value as the field holds it, from the database's text of it."""
    if tekst is not None and isinstance(felt, models.BooleanField):
        return _JA_NEI[tekst]
    return felt.to_python(tekst)
