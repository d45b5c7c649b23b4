"""Writes to roles, and new accounts. Every change is kept in the history with who made it."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from felles.laas import krev_uendret
from organisasjon.enums import Rolle
from organisasjon.models import Bruker, Enhet, Rolletildeling
from organisasjon.queries import tilgang_for
from organisasjon.rules import GJELDER_KOMMUNEN, MAA_FINNES, kan_forvalte_rolle

FELTER_ROLLE = ("gyldig_fra", "gyldig_til")


@transaction.atomic
def opprett_bruker(*, epost: str, navn: str, brukernavn: str = "", passord: str | None = None) -> Bruker:
    """A new account; without a password it can only be opened through a set-password link. Raises ValidationError."""
    epost = epost.strip().lower()
    if epost and Bruker.objects.filter(email__iexact=epost).exists():
        raise ValidationError(_("Det finnes allerede en konto med denne e-postadressen."))
    bruker = Bruker(email=epost, username=brukernavn.strip() or epost, navn=navn.strip())
    bruker.set_password(passord)  # None gives an unusable password
    bruker.full_clean()
    bruker.save()
    return bruker


@transaction.atomic
def gi_rolle(
    *,
    bruker: Bruker,
    rolle: str,
    enhet: Enhet,
    gyldig_fra: date,
    gyldig_til: date | None = None,
    utfoert_av: Bruker | None,
    dag: date,
) -> Rolletildeling:
    """Give a role from a date. `utfoert_av` None is the command line. Raises PermissionDenied and ValidationError."""
    _krev_rett(utfoert_av, bruker, Rolle(rolle), enhet.pk, dag)
    if rolle in GJELDER_KOMMUNEN and enhet.parent_id is not None:
        raise ValidationError({"enhet": _("Denne rollen gjelder alltid hele kommunen. Velg kommunen som område.")})
    tildeling = Rolletildeling(bruker=bruker, rolle=rolle, enhet=enhet, gyldig_fra=gyldig_fra, gyldig_til=gyldig_til)
    return _lagre(tildeling, utfoert_av)


@transaction.atomic
def endre_rolle(
    *,
    tildeling: Rolletildeling,
    gyldig_fra: date,
    gyldig_til: date | None,
    utfoert_av: Bruker | None,
    dag: date,
    forventet: str | None = None,
) -> Rolletildeling:
    """Change the dates of a role. Raises Foreldet, PermissionDenied and ValidationError."""
    tildeling = krev_uendret(tildeling, FELTER_ROLLE, forventet)
    _krev_rett(utfoert_av, tildeling.bruker, Rolle(tildeling.rolle), tildeling.enhet_id, dag)
    tildeling.gyldig_fra, tildeling.gyldig_til = gyldig_fra, gyldig_til
    if gyldig_til is not None or gyldig_fra > dag:
        krev_at_noen_er_igjen(tildeling, dag)
    return _lagre(tildeling, utfoert_av)


@transaction.atomic
def fjern_rolle(*, tildeling: Rolletildeling, utfoert_av: Bruker | None, dag: date) -> None:
    """Take a role away; the history keeps it. People may lay down their own role, unless they are the last one.

    Raises PermissionDenied and ValidationError.
    """
    if utfoert_av is None or utfoert_av.pk != tildeling.bruker_id:
        _krev_rett(utfoert_av, tildeling.bruker, Rolle(tildeling.rolle), tildeling.enhet_id, dag)
    krev_at_noen_er_igjen(tildeling, dag)
    tildeling._history_user = utfoert_av
    tildeling.delete()


def _krev_rett(utfoert_av: Bruker | None, bruker: Bruker, rolle: Rolle, enhet_id: int, dag: date) -> None:
    if utfoert_av is None:
        return
    if utfoert_av.pk == bruker.pk:
        raise ValidationError(_("Du kan ikke gi eller forlenge dine egne roller. Be en annen med samme rett om det."))
    if not kan_forvalte_rolle(tilgang_for(utfoert_av, dag), rolle, enhet_id):
        raise PermissionDenied(_("Gi og ta denne rollen"))


def krev_at_noen_er_igjen(tildeling: Rolletildeling, dag: date) -> None:
    """Raises ValidationError when nobody would be left today, or without end, with a role that must exist."""
    if tildeling.rolle not in MAA_FINNES:
        return
    varige = Rolletildeling.objects.gyldige(dag).filter(
        rolle=tildeling.rolle, gyldig_til__isnull=True, bruker__is_active=True
    )
    if not varige.filter(pk=tildeling.pk).exists():
        return
    andre = varige.exclude(pk=tildeling.pk)
    if not andre.exclude(bruker_id=tildeling.bruker_id).exists():
        raise ValidationError(
            _("Dette er den siste med rollen %(rolle)s. Gi rollen til en annen først.")
            % {"rolle": tildeling.get_rolle_display()}
        )


def _lagre(tildeling: Rolletildeling, utfoert_av: Bruker | None) -> Rolletildeling:
    tildeling.full_clean()
    tildeling._history_user = utfoert_av
    tildeling.save()
    return tildeling
