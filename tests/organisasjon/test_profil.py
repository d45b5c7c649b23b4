"""The coat of arms: a real PNG within the limits, nothing else."""

import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from organisasjon import services
from organisasjon.models import Kommuneprofil
from organisasjon.services.profil import LOGO_GRENSE_BYTE, PNG_SIGNATUR, krev_png


def bit(navn: bytes, innhold: bytes) -> bytes:
    sjekk = zlib.crc32(navn + innhold)
    return struct.pack(">I", len(innhold)) + navn + innhold + struct.pack(">I", sjekk)


def png(bredde: int = 2, hoyde: int = 2, ekstra: bytes = b"") -> bytes:
    hode = struct.pack(">IIBBBBB", bredde, hoyde, 8, 0, 0, 0, 0)
    rader = zlib.compress(b"\0" + b"\0" * 2 + b"\0" + b"\0" * 2)
    return PNG_SIGNATUR + bit(b"IHDR", hode) + ekstra + bit(b"IDAT", rader) + bit(b"IEND", b"")


def test_real_png_is_read():
    assert krev_png(png()) == (2, 2)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\xff\xd8\xff\xe0 jpeg",
        PNG_SIGNATUR,
        png()[:-6],
        png()[:30] + b"x" + png()[31:],
        png(bredde=0),
        png(bredde=100_000),
        png(ekstra=bit(b"tEXt", b"x" * LOGO_GRENSE_BYTE)),
    ],
    ids=["tom", "svg", "jpeg", "bare signatur", "kuttet", "endret", "null bred", "for bred", "for stor"],
)
def test_everything_else_is_refused(data):
    with pytest.raises(ValidationError):
        krev_png(data)


def test_name_and_logo_are_set_and_removed_in_the_browser(som, kommunetre):
    hr, adresse = som("hr"), reverse("analyse:kommuneprofil")
    laas = hr.get(adresse).context["skjema"]["laas"].value()
    fil = SimpleUploadedFile("v.png", png(), "image/png")
    assert hr.post(adresse, {"navn": "Nye Fjordvik", "logo": fil, "laas": laas}).status_code == 302
    profil = Kommuneprofil.objects.select_related("enhet").get()
    assert (profil.enhet.navn, bytes(profil.logo)) == ("Nye Fjordvik", png())
    side = hr.get(adresse)
    assert "data:image/png;base64," in side.content.decode()
    laas = side.context["skjema"]["laas"].value()
    hr.post(adresse, {"navn": "Nye Fjordvik", "fjern_logo": "on", "laas": laas})
    assert Kommuneprofil.objects.get().logo is None


def test_bad_picture_is_answered_on_the_form_and_nothing_is_stored(som, kommunetre):
    hr, adresse = som("hr"), reverse("analyse:kommuneprofil")
    laas = hr.get(adresse).context["skjema"]["laas"].value()
    fil = SimpleUploadedFile("v.png", b"<svg/>", "image/png")
    svar = hr.post(adresse, {"navn": "Nye Fjordvik", "logo": fil, "laas": laas})
    assert svar.status_code == 422 and "ikke en PNG-fil" in svar.content.decode()
    kommunetre.kommune.refresh_from_db()
    assert kommunetre.kommune.navn == "Fjordvik kommune"
    assert not Kommuneprofil.objects.exists()


def test_stale_name_is_stopped(kommunetre):
    from felles.laas import Foreldet

    with pytest.raises(Foreldet):
        services.lagre_kommuneprofil(kommune=kommunetre.kommune, navn="X", forventet="gammelt")
