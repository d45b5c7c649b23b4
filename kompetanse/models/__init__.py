"""The models of competence: requirements, the catalogue, leaders; one module for each room."""

from kompetanse.models.delegering import Delegering
from kompetanse.models.katalog import Kompetanse
from kompetanse.models.krav import Krav
from kompetanse.models.ledere import Dokument, Lederpost, Unntak
from kompetanse.models.matrise import (
    Forankringssak,
    Godkjentfunn,
    Matrise,
    Matrisecelle,
    Matriseendring,
    Matriseoppgave,
    Matriserad,
    Matriseversjon,
)

__all__ = [
    "Delegering",
    "Dokument",
    "Forankringssak",
    "Godkjentfunn",
    "Kompetanse",
    "Krav",
    "Lederpost",
    "Matrise",
    "Matrisecelle",
    "Matriseendring",
    "Matriseoppgave",
    "Matriserad",
    "Matriseversjon",
    "Unntak",
]
