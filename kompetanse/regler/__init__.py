"""Checkable requirements: conditions joined by AND and OR. Pure Python, no Django models, tested without a database.

A rule is built (`betingelser`), read and written as JSON (`lagring`), checked for what can never hold (`kontroll`), put
into words (`setning`) and held against what a person has documented (`vurdering`).
"""

from kompetanse.regler.betingelser import (
    Bekreftet,
    Erfaring,
    Fagretning,
    Gruppe,
    Kurs,
    Lederutdanning,
    Nivaa,
    Regel,
    Studiepoeng,
    Utdanning,
)
from kompetanse.regler.dokumentasjon import Bevis, Bevisslag, Dokumentasjon
from kompetanse.regler.feil import Feil, RegelFeil
from kompetanse.regler.kontroll import kontroller, motsier
from kompetanse.regler.lagring import fra_json, til_json
from kompetanse.regler.setning import i_faa_ord, som_setning
from kompetanse.regler.utfall import Utfall, Vurdering
from kompetanse.regler.vurdering import Proeving, felles_deler, vurder

__all__ = [
    "Bekreftet",
    "Bevis",
    "Bevisslag",
    "Dokumentasjon",
    "Erfaring",
    "Fagretning",
    "Feil",
    "Gruppe",
    "Kurs",
    "Lederutdanning",
    "Nivaa",
    "Proeving",
    "Regel",
    "RegelFeil",
    "Studiepoeng",
    "Utdanning",
    "Utfall",
    "Vurdering",
    "felles_deler",
    "fra_json",
    "i_faa_ord",
    "kontroller",
    "motsier",
    "som_setning",
    "til_json",
    "vurder",
]
