"""The models of competence: requirements, the catalogue, leaders, gap analyses; one module for each room."""

from kompetanse.models.delegering import Delegering
from kompetanse.models.gap import (
    Gapanalyse,
    Gapoppgave,
    Gaprad,
    Gaprunde,
    Gapsentsvar,
    Gapsporsmaal,
    Gapsvar,
    Gapswot,
)
from kompetanse.models.katalog import Kompetanse
from kompetanse.models.kompetansetall import Kompetansehaver, Kompetanseinnlesing, Kompetansetall
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
    "Gapanalyse",
    "Gapoppgave",
    "Gaprad",
    "Gaprunde",
    "Gapsentsvar",
    "Gapsporsmaal",
    "Gapsvar",
    "Gapswot",
    "Godkjentfunn",
    "Kompetanse",
    "Kompetansehaver",
    "Kompetanseinnlesing",
    "Kompetansetall",
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
