"""Who a document is from: the municipality's name and mark, for its cover."""

from base64 import b64encode
from typing import Any

from django.utils.translation import gettext as _

from felles.pdf import statisk_fil
from organisasjon.models import Enhet

LOGOTYPER = {"image/png", "image/jpeg", "image/svg+xml"}


def avsender(enhet: Enhet | None) -> dict[str, Any]:
    """The municipality's name and coat of arms as a data address, or our calm mark when it has none."""
    profil = getattr(enhet, "profil", None)
    eget = bool(profil and profil.logo and profil.logo_type in LOGOTYPER)
    innhold, type_ = (bytes(profil.logo), profil.logo_type) if eget else _merke()
    return {
        "avsender": enhet.navn if enhet else _("Kommunen"),
        "logo": f"data:{type_};base64,{b64encode(innhold).decode()}",
        "eget_merke": eget,
    }


def _merke() -> tuple[bytes, str]:
    return statisk_fil("pdf/merke.svg").read_bytes(), "image/svg+xml"
