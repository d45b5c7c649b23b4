"""Writes to what HR decides: categories, positions, norms, published figures, import profiles, and what readers see.

Reports keep a fingerprint of categories, positions and norms (services.rapporter.Oppsett). After a change they are
computed anew the next time they are shown, for extracts whose person rows still exist.
"""

import logging
from datetime import datetime
from decimal import Decimal
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from analyse.kilder import bestill_etterarbeid
from analyse.models import Ansattkategori, Importprofil, Norm, PublisertTall, Stilling, Uttrekk
from felles.laas import krev_uendret
from felles.norsk import brett
from organisasjon.models import Bruker
from organisasjon.services import skriv_hendelse

T = TypeVar("T", bound=models.Model)
logg = logging.getLogger("revisjon")
FELTER_KATEGORI = ("navn", "telling", "verdier")
FELTER_STILLING = ("funksjon", "gruppe", "kode")
FELTER_NORM = ("verdi", "kilde", "forklaring")
FELTER_TALL = ("verdi", "kilde")
FELTER_PROFIL = ("navn",)


@transaction.atomic
def opprett_kategori(*, kode: str, navn: str, telling: str, verdier: str) -> Ansattkategori:
    """A new category. Raises ValidationError when a spelling belongs to another."""
    kategori = Ansattkategori(kode=kode.strip(), navn=navn.strip(), telling=telling, verdier=_linjer(verdier))
    return _lagre_kategori(kategori)


@transaction.atomic
def endre_kategori(
    *, kategori: Ansattkategori, navn: str, telling: str, verdier: str, forventet: str | None = None
) -> Ansattkategori:
    """Change how a category counts, or which spellings it has. Raises Foreldet and ValidationError."""
    kategori = krev_uendret(kategori, FELTER_KATEGORI, forventet)
    kategori.navn, kategori.telling, kategori.verdier = navn.strip(), telling, _linjer(verdier)
    return _lagre_kategori(kategori)


@transaction.atomic
def endre_stilling(
    *, stilling: Stilling, funksjon: str, gruppe: str, kode: str = "", forventet: str | None = None
) -> Stilling:
    """Decide whether a position is a leader function, and its group. It is then no longer waiting for a decision."""
    stilling = krev_uendret(stilling, FELTER_STILLING, forventet)
    stilling.funksjon, stilling.gruppe, stilling.kode = funksjon, gruppe.strip(), kode.strip()
    stilling.ledervurdert = True
    bestill_etterarbeid()
    return _lagre(stilling)


@transaction.atomic
def endre_norm(*, norm: Norm, verdi: Decimal, kilde: str, forklaring: str, forventet: str | None = None) -> Norm:
    """Set a limit and its source. Raises Foreldet and ValidationError."""
    norm = krev_uendret(norm, FELTER_NORM, forventet)
    norm.verdi, norm.kilde, norm.forklaring = verdi, kilde.strip(), forklaring.strip()
    if verdi <= 0:
        raise ValidationError({"verdi": _("Normen må være større enn null.")})
    return _lagre(norm)


@transaction.atomic
def opprett_publisert_tall(
    *, uttrekk: Uttrekk, rapport: str, rad: str, maal: str, verdi: Decimal, kilde: str
) -> PublisertTall:
    """Enter a figure as it stands printed. Raises ValidationError."""
    tall = PublisertTall(uttrekk=uttrekk, rapport=rapport, rad=rad, maal=maal, verdi=verdi, kilde=kilde.strip())
    return _lagre(tall)


@transaction.atomic
def endre_publisert_tall(
    *, tall: PublisertTall, verdi: Decimal, kilde: str, forventet: str | None = None
) -> PublisertTall:
    """Correct a printed figure or its source. Raises Foreldet and ValidationError."""
    tall = krev_uendret(tall, FELTER_TALL, forventet)
    tall.verdi, tall.kilde = verdi, kilde.strip()
    return _lagre(tall)


def slett_publisert_tall(*, tall: PublisertTall) -> None:
    """Remove a printed figure; the computed one stays."""
    tall.delete()


@transaction.atomic
def endre_profilnavn(*, profil: Importprofil, navn: str, forventet: str | None = None) -> Importprofil:
    """Rename an import profile. Raises Foreldet and ValidationError."""
    profil = krev_uendret(profil, FELTER_PROFIL, forventet)
    profil.navn = navn.strip()
    profil.full_clean(exclude=["oppsett"])  # an empty setup is a valid one, but blank to the field
    profil.save()
    return profil


def slett_profil(*, profil: Importprofil) -> None:
    """Delete an import profile. Extracts keep the name of the profile they were read with."""
    profil.delete()


@transaction.atomic
def slett_kategori(*, kategori: Ansattkategori) -> None:
    """Delete a category no extract has used. Raises ValidationError."""
    kategori = Ansattkategori.objects.select_for_update().get(pk=kategori.pk)
    try:
        kategori.delete()
    except ProtectedError as feil:
        raise ValidationError(_("Kategorien er brukt i et uttrekk og kan ikke slettes.")) from feil


@transaction.atomic
def publiser_uttrekk(*, uttrekk: Uttrekk, publisert: bool, utfoert_av: Bruker, naa: datetime) -> Uttrekk:
    """Open an extract's figures to readers, or close them. Leaves a line in the log, and a job that protects the
    figures, so that the first reader need not wait for it.
    """
    from analyse.tasks import regn_ut_for_lesere  # the tasks import the services

    uttrekk = Uttrekk.objects.select_for_update().get(pk=uttrekk.pk)
    foer, etter = (_("Ikke synlig for lesere"), _("Publisert")) if publisert else (_("Publisert"), _("Trukket tilbake"))
    if publisert != bool(uttrekk.publisert):
        hendelse = _("Publisert for lesere") if publisert else _("Trukket tilbake fra lesere")
        endring = (_("Status"), foer, etter)
        skriv_hendelse(slag="uttrekk", hva=uttrekk, hendelse=hendelse, utfoert_av=utfoert_av, endringer=[endring])
    uttrekk.publisert = naa if publisert else None
    uttrekk.save(update_fields=["publisert"])
    logg.info("uttrekk %s %s av bruker %s", uttrekk.pk, "publisert" if publisert else "trukket", utfoert_av.pk)
    transaction.on_commit(lambda: regn_ut_for_lesere.enqueue())
    bestill_etterarbeid()
    return uttrekk


def _linjer(verdier: str) -> str:
    """Spellings, one a line, without blanks and repetitions."""
    rene = {brett(v): v.strip() for v in reversed(verdier.splitlines()) if v.strip()}
    return "\n".join(reversed(rene.values()))


def _lagre_kategori(kategori: Ansattkategori) -> Ansattkategori:
    mine = {brett(v) for v in kategori.verdier.splitlines()}
    for annen in Ansattkategori.objects.exclude(pk=kategori.pk):
        delt = [v for v in annen.verdier.splitlines() if brett(v) in mine]
        if delt:
            grunn = _("«%(verdi)s» hører allerede til kategorien %(kategori)s.")
            raise ValidationError({"verdier": grunn % {"verdi": delt[0], "kategori": annen.navn}})
    bestill_etterarbeid()
    return _lagre(kategori)


def _lagre(objekt: T) -> T:
    objekt.full_clean()
    objekt.save()
    return objekt
