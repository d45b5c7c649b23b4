"""Writes to the structured parts of the chapters: roles, sub-goals, links, follow-up, effects, forankring."""

import re
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models, transaction
from django.utils.translation import gettext as _

from felles.filsvar import FILTYPER
from felles.laas import krev_uendret, laas_rad
from organisasjon.models import Bruker
from planer.models import Forankring, Maal, Plan, Planlenke
from planer.services.planer import krev_aapen, merk_endret

# A part is ordered among those that have these fields in common with it.
SOSKEN: dict[type[models.Model], tuple[str, ...]] = {Maal: ("overordnet_id",), Planlenke: ("kapittel",)}
MAKS_DELER = 200
MAKS_VEDLEGG = 10 * 1024 * 1024
EGEN_SIDE = re.compile(r"/(?![/\\])[^\s\\]*")
_BILDER_OG_PDF = ((b"%PDF-", "pdf"), (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"))
_KONTORFILER = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}


@transaction.atomic
def lagre_del(
    *,
    plan: Plan,
    objekt: models.Model,
    verdier: Mapping[str, Any],
    felter: tuple[str, ...],
    forventet: str | None = None,
    av: Bruker | None,
    naa: datetime,
) -> models.Model:
    """Store a part of the plan; `objekt` without a key is a new one, placed last. `felter` are those the lock guards.

    Raises Foreldet and ValidationError.
    """
    plan = _laas(plan)
    if objekt.pk:
        objekt = krev_uendret(objekt, felter, forventet)
    objekt.plan = plan
    for felt, verdi in verdier.items():
        setattr(objekt, felt, verdi)
    if not objekt.pk and hasattr(objekt, "rekkefolge"):
        _sett_sist(objekt)
    if isinstance(objekt, Planlenke):
        krev_trygg_adresse(objekt.adresse)
    objekt.full_clean(exclude=["vedlegg"])
    objekt._history_user = av
    objekt.save()
    merk_endret(plan, naa, av)
    return objekt


@transaction.atomic
def slett_del(
    *,
    objekt: models.Model,
    felter: tuple[str, ...] = (),
    forventet: str | None = None,
    av: Bruker | None,
    naa: datetime,
) -> None:
    """Remove a part. Raises Foreldet when the `felter` are not as the person saw them, and ValidationError: the overall
    goals stay.
    """
    plan = _laas(objekt.plan)
    objekt = krev_uendret(objekt, felter, forventet)
    if isinstance(objekt, Maal) and objekt.overordnet_id is None:
        raise ValidationError(_("De tre hovedmålene hører til planen og kan ikke fjernes."))
    objekt._history_user = av
    objekt.delete()
    merk_endret(plan, naa, av)


@transaction.atomic
def flytt_del(*, objekt: models.Model, opp: bool, av: Bruker | None, naa: datetime) -> bool:
    """Swap with the one above or below among its own. False when it is already first or last."""
    plan = _laas(objekt.plan)
    alle = list(_sosken(objekt))
    fra = next(i for i, rad in enumerate(alle) if rad.pk == objekt.pk)
    til = fra + (-1 if opp else 1)
    if not 0 <= til < len(alle):
        return False
    alle[fra], alle[til] = alle[til], alle[fra]
    for nr, rad in enumerate(alle, 1):
        if rad.rekkefolge != nr:
            type(rad).objects.filter(pk=rad.pk).update(rekkefolge=nr)
    merk_endret(plan, naa, av)
    return True


def sett_vedlegg(forankring: Forankring, navn: str, data: bytes | None) -> None:
    """Put an attachment on the (unsaved) entry, or take it off with None. Raises ValidationError on what it is not."""
    if data is None:
        forankring.vedlegg, forankring.vedlegg_navn, forankring.vedlegg_type = None, "", ""
        return
    filtype = krev_vedlegg(navn, data)
    forankring.vedlegg, forankring.vedlegg_type = data, FILTYPER[filtype]
    forankring.vedlegg_navn = trygt_filnavn(navn, filtype)


def krev_vedlegg(navn: str, data: bytes) -> str:
    """What kind of file it is, by its content; the name must say the same. Raises ValidationError."""
    if len(data) > MAKS_VEDLEGG:
        raise ValidationError(_("Filen er større enn 10 MB. Last opp en mindre fil."))
    filtype = _filtype(data)
    endelse = navn.rpartition(".")[2].lower().replace("jpeg", "jpg")
    if filtype is None or filtype != endelse:
        raise ValidationError(
            _("Last opp en PDF, et Word- eller Excel-dokument (docx, xlsx) eller et bilde (PNG, JPG).")
        )
    return filtype


def trygt_filnavn(navn: str, filtype: str) -> str:
    """The name without folders and control characters, with the ending of what the file is."""
    rot = re.split(r"[/\\]", navn)[-1].rpartition(".")[0]
    rot = re.sub(r"[^\w .,()+-]", "", rot).strip(" .") or "vedlegg"
    return f"{rot[:120]}.{filtype}"


def krev_trygg_adresse(adresse: str) -> None:
    """An own page («/analyse/…») or one outside by https; anything else can run something. Raises ValidationError."""
    if EGEN_SIDE.fullmatch(adresse):
        return
    try:
        URLValidator(schemes=["https"])(adresse)
    except ValidationError as feil:
        raise ValidationError({"adresse": _("Skriv en nettadresse som begynner med https://.")}) from feil


def _laas(plan: Plan) -> Plan:
    plan = laas_rad(plan)
    krev_aapen(plan)
    return plan


def _sosken(objekt: models.Model) -> models.QuerySet:
    felles = {felt: getattr(objekt, felt) for felt in SOSKEN.get(type(objekt), ())}
    return type(objekt).objects.filter(plan=objekt.plan, **felles).order_by("rekkefolge", "pk")


def _sett_sist(objekt: models.Model) -> None:
    antall = _sosken(objekt).count()
    if antall >= MAKS_DELER:
        raise ValidationError(
            _("Listen har allerede %(maks)d linjer, og har ikke plass til flere.") % {"maks": MAKS_DELER}
        )
    objekt.rekkefolge = antall + 1


def _filtype(data: bytes) -> str | None:
    for signatur, filtype in _BILDER_OG_PDF:
        if data.startswith(signatur):
            return filtype
    if not data.startswith(b"PK\x03\x04"):
        return None
    try:
        navn = set(ZipFile(BytesIO(data)).namelist())
    except (BadZipFile, ValueError, OSError):
        return None
    return next((t for fil, t in _KONTORFILER.items() if fil in navn and "[Content_Types].xml" in navn), None)
