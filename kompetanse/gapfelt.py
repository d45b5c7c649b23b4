"""The answers of a gap analysis as the text of their fields: what the form shows, sends, compares and keeps.

A row's competence is one field, `hvilken`, whether it is in the catalogue or in own words.
"""

from decimal import Decimal
from typing import Any

from django.db import models

from felles.tall import desimal
from kompetanse.gap.regning import AVGANGSAAR, HORISONTER
from kompetanse.models import Gapoppgave, Gaprad, Gapsvar, Gapswot

TRENGER = tuple(f"trenger_{aar}" for aar in HORISONTER)
TRENGER_AARSVERK = tuple(f"trenger_aarsverk_{aar}" for aar in HORISONTER)
UTDANNING = tuple(f"utdanning_{aar}" for aar in HORISONTER if aar)
AVGANG = tuple(f"avgang_{aar}" for aar in AVGANGSAAR)
RADFELT = (
    *("spesiell", "hvilken", "kritisk", "har", "har_aarsverk"),
    *(*UTDANNING, *AVGANG, *TRENGER, *TRENGER_AARSVERK),
    *("veier", "notat"),
)
OPPGAVEFELT = ("oppgave", "utfoeres_av", "kan_utfoeres_av", "timer_per_uke", "andel", "forutsetning")
FELT: dict[type[models.Model], tuple[str, ...]] = {
    Gaprad: RADFELT,
    Gapoppgave: OPPGAVEFELT,
    Gapswot: ("tekst",),
    Gapsvar: ("tekst",),
}
# Carried over from last year's answer to the same row. The need is put on the right year, see `gap.forslag`.
FRA_I_FJOR = ("spesiell", "hvilken", "kritisk", "veier", "notat")


def som_tekst(objekt: models.Model) -> dict[str, str]:
    """Field → the text it is sent as."""
    return {felt: tekst_av(_verdi(objekt, felt)) for felt in FELT[type(objekt)]}


def tekst_av(verdi: Any) -> str:
    """A value as a form field sends it: «ja», «34,4», nothing for no answer."""
    if verdi is None:
        return ""
    if isinstance(verdi, bool):
        return "ja" if verdi else "nei"
    if isinstance(verdi, Decimal):
        desimaler = max(-verdi.normalize().as_tuple().exponent, 0)
        return desimal(verdi, desimaler).replace("\u00a0", "")
    return str(verdi).replace("\r\n", "\n").strip()


def sett(objekt: models.Model, felt: str, verdi: Any) -> None:
    """Put a cleaned value on the object. `hvilken` is a Kompetanse, or own words."""
    if felt != "hvilken":
        setattr(objekt, felt, verdi)
        return
    i_katalogen = not isinstance(verdi, str)
    objekt.kompetanse = verdi if i_katalogen else None
    objekt.kompetansetekst = "" if i_katalogen else verdi


def _verdi(objekt: models.Model, felt: str) -> Any:
    if felt != "hvilken":
        return getattr(objekt, felt)
    return objekt.kompetanse.navn if objekt.kompetanse_id else objekt.kompetansetekst
