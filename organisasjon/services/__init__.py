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
from organisasjon.services.hendelser import skriv_hendelse
from organisasjon.services.personer import FELTER_PERSON, endre_person, nullstill_tofaktor, sett_konto_aktiv
from organisasjon.services.profil import lagre_kommuneprofil
from organisasjon.services.roller import (
    FELTER_ROLLE,
    endre_rolle,
    fjern_rolle,
    gi_rolle,
    opprett_bruker,
)
from organisasjon.services.tjenester import FELTER_TJENESTE, lagre_tjeneste, slett_tjeneste

__all__ = [
    "FELTER_ENHET",
    "FELTER_PERSON",
    "FELTER_ROLLE",
    "FELTER_TJENESTE",
    "endre_enhet",
    "endre_person",
    "endre_rolle",
    "fjern_rolle",
    "flytt_enhet",
    "gi_rolle",
    "lagre_kommuneprofil",
    "lagre_tjeneste",
    "legg_ned_enhet",
    "nullstill_tofaktor",
    "opprett_bruker",
    "opprett_enhet",
    "opprett_kommune",
    "sett_konto_aktiv",
    "skriv_hendelse",
    "slaa_sammen_enheter",
    "slett_enhet",
    "slett_tjeneste",
    "tilbakestill_enhet",
]
