"""Every write to the organisation. Callers import from here."""

from organisasjon.services.enheter import (
    FELTER_ENHET,
    endre_enhet,
    flytt_enhet,
    legg_ned_enhet,
    opprett_enhet,
    opprett_kommune,
    slaa_sammen_enheter,
    slett_enhet,
    tilbakestill_enhet,
)
from organisasjon.services.profil import lagre_kommuneprofil
from organisasjon.services.roller import (
    FELTER_ROLLE,
    endre_rolle,
    fjern_rolle,
    gi_rolle,
    opprett_bruker,
    sett_konto_aktiv,
)
from organisasjon.services.tjenester import FELTER_TJENESTE, lagre_tjeneste, slett_tjeneste

__all__ = [
    "FELTER_ENHET",
    "FELTER_ROLLE",
    "FELTER_TJENESTE",
    "endre_enhet",
    "endre_rolle",
    "fjern_rolle",
    "flytt_enhet",
    "gi_rolle",
    "lagre_kommuneprofil",
    "lagre_tjeneste",
    "legg_ned_enhet",
    "opprett_bruker",
    "opprett_enhet",
    "opprett_kommune",
    "sett_konto_aktiv",
    "slaa_sammen_enheter",
    "slett_enhet",
    "slett_tjeneste",
    "tilbakestill_enhet",
]
