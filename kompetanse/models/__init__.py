"""The models of competence: requirements, the catalogue, leaders; one module for each room."""

from kompetanse.models.delegering import Delegering
from kompetanse.models.krav import Krav
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
    "Forankringssak",
    "Godkjentfunn",
    "Krav",
    "Matrise",
    "Matrisecelle",
    "Matriseendring",
    "Matriseoppgave",
    "Matriserad",
    "Matriseversjon",
]
