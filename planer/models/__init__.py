"""Plans: the plan and its people, its text, its structured parts, its tiltak, and the work together on it."""

from planer.models.deler import Effekt, Forankring, Maal, Oppfolgingspunkt, Planlenke, Rollelinje
from planer.models.dokument import Plandokument, Vedtak
from planer.models.omraader import Grepvalg, Innsatsomraade
from planer.models.plan import Plan, Plandeltaker, Planomfang, Statusskifte
from planer.models.samarbeid import Drofting, Droftingssyn, Horing, Horingssvar, Kommentar, Varsel, Varselvalg
from planer.models.tekst import Redigering, Seksjon, Seksjonsversjon, Tallreferanse
from planer.models.tiltak import Tiltak, Tiltaksmal, Tiltaksoppfolging

__all__ = [
    "Drofting",
    "Droftingssyn",
    "Effekt",
    "Forankring",
    "Grepvalg",
    "Horing",
    "Horingssvar",
    "Innsatsomraade",
    "Kommentar",
    "Maal",
    "Oppfolgingspunkt",
    "Plan",
    "Plandeltaker",
    "Plandokument",
    "Planlenke",
    "Planomfang",
    "Redigering",
    "Rollelinje",
    "Seksjon",
    "Seksjonsversjon",
    "Statusskifte",
    "Tallreferanse",
    "Tiltak",
    "Tiltaksmal",
    "Tiltaksoppfolging",
    "Varsel",
    "Varselvalg",
    "Vedtak",
]
