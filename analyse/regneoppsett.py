"""What figures are computed with besides the rows: norms, categories and positions, read in one query."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd
from django.db import connection

from analyse.enums import Telling

# Raised by hand when a report's rows change, in shape or in value: it is part of every mark, so results kept by older
# code are computed anew.
VERSJON = "5"
# The rows that make the mark, unordered.
MERKE_SQL = """
SELECT 'n', id, nokkel, CAST(verdi AS varchar(20)), kilde, '' FROM analyse_norm
UNION ALL SELECT 'k', id, telling, '', '', '' FROM analyse_ansattkategori
UNION ALL SELECT 's', id, funksjon, gruppe, navn, kode FROM analyse_stilling
"""
_PUBLISERTE = "UNION ALL SELECT 'u', id, '', '', '', '' FROM analyse_uttrekk WHERE publisert IS NOT NULL"


@dataclass(frozen=True)
class Oppsett:
    """A later import adds positions; they do not age old results, so a mark names the newest position it covers.

    rader: ("n", id, key, value, source), ("k", id, telling), ("s", id, leader function, group, title, code) and
    ("u", id) of the published extracts, each filled up with '' to six.
    """

    rader: tuple[tuple[Any, ...], ...]

    def merke(self, siste_stilling: int | None = None) -> str:
        """«newest position : hash», of this moment or as it would be with positions up to the given one."""
        if siste_stilling is None:
            siste_stilling = max((r[1] for r in self.rader if r[0] == "s"), default=0)
        # Without the position's code, which no figure is computed with.
        med = [r[:5] for r in self.rader if r[0] in "nk" or (r[0] == "s" and r[1] <= siste_stilling)]
        avtrykk = hashlib.sha256(repr((VERSJON, med)).encode()).hexdigest()[:20]
        return f"{siste_stilling}:{avtrykk}"

    def stemmer(self, merke: str) -> bool:
        """Is a kept result's mark still true?"""
        stilling, _, _ = merke.partition(":")
        return stilling.isdigit() and merke == self.merke(int(stilling))

    @cached_property
    def normer(self) -> dict[str, tuple[float, str]]:
        """All norms: key → (value, source)."""
        return {nokkel: (float(verdi), kilde) for slag, _pk, nokkel, verdi, kilde, _ in self.rader if slag == "n"}

    @cached_property
    def tellinger(self) -> dict[int, str]:
        """Category id → how it counts, those that may count."""
        return {pk: telling for slag, pk, telling, *_ in self.rader if slag == "k" and telling != Telling.UTENFOR}

    @cached_property
    def stillinger(self) -> pd.DataFrame:
        """Positions: id, funksjon, gruppe, navn, kode."""
        rader = [r[1:] for r in self.rader if r[0] == "s"]
        return pd.DataFrame(rader, columns=["id", "funksjon", "gruppe", "navn", "kode"])


def hent_oppsett() -> Oppsett:
    """As it is now. One query."""
    with connection.cursor() as peker:
        peker.execute(f"{MERKE_SQL} {_PUBLISERTE} ORDER BY 1, 2")
        return Oppsett(tuple(tuple(r) for r in peker.fetchall()))
