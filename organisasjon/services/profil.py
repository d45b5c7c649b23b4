"""The municipality's name and coat of arms for documents."""

import struct
import zlib

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from felles.laas import krev_uendret
from organisasjon.models import Enhet, Kommuneprofil

LOGO_GRENSE_BYTE = 500 * 1024
LOGO_GRENSE_PIKSLER = 4000
PNG_SIGNATUR = b"\x89PNG\r\n\x1a\n"


@transaction.atomic
def lagre_kommuneprofil(
    *, kommune: Enhet, navn: str, logo: bytes | None = None, fjern_logo: bool = False, forventet: str | None = None
) -> Kommuneprofil:
    """Set the name, and the logo when one is given. Raises Foreldet and ValidationError."""
    kommune = krev_uendret(kommune, ("navn",), forventet)
    if kommune.navn != navn.strip():
        kommune.navn = navn.strip()
        kommune.full_clean()
        kommune.save()
    profil, _ny = Kommuneprofil.objects.get_or_create(enhet=kommune)
    if fjern_logo:
        profil.logo, profil.logo_type = None, ""
    if logo:
        krev_png(logo)
        profil.logo, profil.logo_type = logo, "image/png"
    profil.full_clean()
    profil.save()
    return profil


def krev_png(data: bytes) -> tuple[int, int]:
    """Read the whole picture as PNG: signature, every chunk's checksum, header and end. Returns width and height.

    Raises ValidationError. No picture library is let loose on bytes from outside.
    """
    if len(data) > LOGO_GRENSE_BYTE:
        raise ValidationError(_("Bildet er større enn 500 kB. Lagre det i mindre størrelse."))
    if not data.startswith(PNG_SIGNATUR):
        raise ValidationError(_("Bildet er ikke en PNG-fil. Lagre det som PNG og prøv på nytt."))
    try:
        biter = list(_png_biter(data))
    except (struct.error, ValueError) as feil:
        raise ValidationError(_("PNG-filen er skadet. Lagre bildet på nytt.")) from feil
    navn = [bit for bit, _innhold in biter]
    if not biter or navn[0] != b"IHDR" or navn[-1] != b"IEND" or b"IDAT" not in navn or len(biter[0][1]) != 13:
        raise ValidationError(_("PNG-filen er skadet. Lagre bildet på nytt."))
    bredde, hoyde = struct.unpack(">II", biter[0][1][:8])
    if not (0 < bredde <= LOGO_GRENSE_PIKSLER and 0 < hoyde <= LOGO_GRENSE_PIKSLER):
        raise ValidationError(_("Bildet må være mellom 1 og 4000 piksler i bredde og høyde."))
    return bredde, hoyde


def _png_biter(data: bytes):
    posisjon = len(PNG_SIGNATUR)
    while posisjon < len(data):
        (lengde,) = struct.unpack_from(">I", data, posisjon)
        navn = data[posisjon + 4 : posisjon + 8]
        innhold = data[posisjon + 8 : posisjon + 8 + lengde]
        (sjekksum,) = struct.unpack_from(">I", data, posisjon + 8 + lengde)
        if zlib.crc32(navn + innhold) != sjekksum:
            raise ValueError("checksum")
        yield navn, innhold
        posisjon += 12 + lengde
