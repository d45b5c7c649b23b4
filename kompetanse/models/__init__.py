"""The models of competence, one module for each room."""

from kompetanse.models.delegering import Delegering
from kompetanse.models.gap import Gapanalyse, Gaprad, Gaprunde, Gapsporsmaal
from kompetanse.models.gapdeler import Gapoppgave, Gapsentsvar, Gapsvar, Gapswot
from kompetanse.models.gapdokument import Gapdokument
from kompetanse.models.gapside import Gapside
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
from kompetanse.models.modenhet import Modenhetspunkt, Modenhetssvar, Modenhetsvurdering
from kompetanse.models.refleksjon import Refleksjonskort, Refleksjonsnotat, Refleksjonsoekt
from kompetanse.models.risiko import Risiko
from kompetanse.models.samtale import Samtalemal

__all__ = [
    "Delegering",
    "Dokument",
    "Forankringssak",
    "Gapanalyse",
    "Gapdokument",
    "Gapoppgave",
    "Gaprad",
    "Gaprunde",
    "Gapsentsvar",
    "Gapside",
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
    "Modenhetspunkt",
    "Modenhetssvar",
    "Modenhetsvurdering",
    "Refleksjonskort",
    "Refleksjonsnotat",
    "Refleksjonsoekt",
    "Risiko",
    "Samtalemal",
    "Unntak",
]
