"""Writes to a person's account: name and e-mail, open or closed, and a second factor that is lost. All are logged."""

from datetime import date

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from felles.laas import krev_uendret
from organisasjon.models import Bruker
from organisasjon.queries import tilgang_for
from organisasjon.rules import kan_forvalte_person
from organisasjon.services.hendelser import skriv_hendelse
from organisasjon.services.roller import krev_at_noen_er_igjen

FELTER_PERSON = ("navn", "email")


@transaction.atomic
def endre_person(
    *, bruker: Bruker, navn: str, email: str, utfoert_av: Bruker, dag: date, forventet: str | None = None
) -> Bruker:
    """Correct a name or an e-mail. Raises Foreldet, PermissionDenied and ValidationError.

    A user name that is the old address follows the new one. Side effects: a line in the log, and a letter to both
    addresses when the address changes, since a new password can be asked for through it.
    """
    bruker = krev_uendret(bruker, FELTER_PERSON, forventet)
    krev_rett_til_person(bruker, utfoert_av, dag)
    gammelt_navn, gammel = bruker.navn, bruker.email
    bruker.navn, bruker.email = navn.strip(), email.strip().lower()
    if Bruker.objects.exclude(pk=bruker.pk).filter(email__iexact=bruker.email).exists():
        raise ValidationError({"email": _("Det finnes allerede en konto med denne e-postadressen.")})
    if bruker.username == gammel and bruker.email != gammel:
        bruker.username = bruker.email
    bruker.full_clean()
    bruker.save(update_fields=["navn", "email", "username"])
    endringer = [
        (felt, foer or "–", etter or "–")
        for felt, foer, etter in ((_("Navn"), gammelt_navn, bruker.navn), (_("E-post"), gammel, bruker.email))
        if foer != etter
    ]
    if endringer:
        skriv_hendelse(slag="person", hva=bruker, hendelse=_("Endret"), utfoert_av=utfoert_av, endringer=endringer)
    if bruker.email != gammel:
        EmailAddress.objects.filter(user=bruker).delete()  # allauth's copy would keep the old address open for login
        _send(bruker, "adresse_endret", [gammel, bruker.email], {"gammel": gammel})
    return bruker


@transaction.atomic
def sett_konto_aktiv(*, bruker: Bruker, aktiv: bool, utfoert_av: Bruker, dag: date) -> Bruker:
    """Open or close an account. A closed account cannot log in; roles are kept. Raises like `fjern_rolle`."""
    if bruker.pk == utfoert_av.pk:
        raise ValidationError(_("Du kan ikke stenge din egen konto."))
    krev_rett_til_person(bruker, utfoert_av, dag)
    for tildeling in bruker.roller.all() if not aktiv else ():
        krev_at_noen_er_igjen(tildeling, dag)
    bruker.is_active = aktiv
    bruker.save(update_fields=["is_active"])
    hendelse = _("Kontoen er åpnet") if aktiv else _("Kontoen er stengt")
    skriv_hendelse(slag="person", hva=bruker, hendelse=hendelse, utfoert_av=utfoert_av)
    return bruker


@transaction.atomic
def nullstill_tofaktor(*, bruker: Bruker, utfoert_av: Bruker, dag: date) -> Bruker:
    """Take away a lost second factor and its recovery codes. Raises PermissionDenied and ValidationError.

    Nobody does it for themselves. Side effects: a line in the log and a letter to the person.
    """
    if bruker.pk == utfoert_av.pk:
        raise ValidationError(_("Du kan ikke nullstille din egen totrinnsinnlogging. Be en annen om det."))
    krev_rett_til_person(bruker, utfoert_av, dag)
    slettet, _per_modell = Authenticator.objects.filter(user=bruker).delete()
    if not slettet:
        raise ValidationError(_("Personen har ikke slått på totrinnsinnlogging."))
    skriv_hendelse(slag="person", hva=bruker, hendelse=_("Totrinnsinnlogging nullstilt"), utfoert_av=utfoert_av)
    _send(bruker, "tofaktor_nullstilt", [bruker.email], {"utfoert_av": utfoert_av})
    return bruker


def krev_rett_til_person(bruker: Bruker, utfoert_av: Bruker, dag: date) -> None:
    """Raises PermissionDenied unless all the person's roles are the actor's to manage. One's own account is."""
    if bruker.pk == utfoert_av.pk:
        return
    if not kan_forvalte_person(tilgang_for(utfoert_av, dag), bruker.roller.values_list("rolle", "enhet_id")):
        raise PermissionDenied(_("Endre kontoen til denne personen"))


def _send(bruker: Bruker, mal: str, adresser: list[str], kontekst: dict) -> None:
    """Mail when the transaction holds. `mal` names a template: subject on the first line, then the letter."""
    til = [adresse for adresse in dict.fromkeys(adresser) if adresse]
    emne, _skille, tekst = render_to_string(f"organisasjon/epost/{mal}.txt", {"person": bruker, **kontekst}).partition(
        "\n"
    )
    for adresse in til:
        transaction.on_commit(lambda a=adresse: send_mail(emne.strip(), tekst, settings.DEFAULT_FROM_EMAIL, [a]))
