"""Dull factories of leaders and what they have documented."""

from datetime import date

from kompetanse.models import Dokument, Lederpost
from organisasjon.models import Enhet

KARTLAGT = date(2025, 12, 1)


def lag_leder(enhet: Enhet, navn: str = "Kari Leder", **felt) -> Lederpost:
    standard = {"funksjon": "enhetsleder", "stilling": "Enhetsleder", "kartlagt": KARTLAGT}
    return Lederpost.objects.create(enhet=enhet, navn=navn, **(standard | felt))


def lag_dokument(leder: Lederpost, slag: str, tekst: str = "", **felt) -> Dokument:
    return Dokument.objects.create(leder=leder, slag=slag, tekst=tekst, **felt)


def oppfyll_enhetsleder(leder: Lederpost) -> None:
    """All an enhetsleder needs under the seeded requirements, outside special units."""
    lag_dokument(leder, "utdanning", "Faget", nivaa=4, relevant=True)
    lag_dokument(leder, "lederutdanning", "Lederskole")
    tekst = "kan lede drift, og kjenner lov- og avtaleverk og fagfelt"
    lag_dokument(leder, "bekreftelse", tekst, relevant=True)
