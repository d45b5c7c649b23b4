"""The digest by e-mail: what waits for a person, in one letter, sent once."""

import logging
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from organisasjon.models import Bruker
from planer.models import Varsel
from planer.varsling import avmeldingsnokkel, synlige_av, usendte

logg = logging.getLogger(__name__)


def send_sammendrag(*, naa: datetime, proev: bool = False) -> tuple[int, int]:
    """Send everybody what waits for them. How many letters were sent, and how many could not be.

    A notice is marked as sent before the letter leaves, so that two runs at once never send it twice; when the letter
    could not leave, it is put back for the next run. `proev`: count only.
    """
    sendt = feilet = 0
    for bruker, ider in usendte(naa):
        if proev:
            sendt += bool(synlige_av(bruker, ider, timezone.localdate(naa)))
            continue
        varsler = _ta(bruker, ider, naa)
        if not varsler:
            continue
        try:
            lag_brev(bruker, varsler).send()
        except Exception as feil:
            # One bad address or a server that says no must not keep the letter from the others. The message of the
            # error may hold the address, so only its kind is logged.
            logg.error("Sammendraget til bruker %s ble ikke sendt: %s", bruker.pk, type(feil).__name__)
            Varsel.objects.filter(pk__in=[v.pk for v in varsler]).update(sendt=None)
            feilet += 1
        else:
            sendt += 1
    return sendt, feilet


@transaction.atomic
def _ta(bruker: Bruker, ider: list[int], naa: datetime) -> list[Varsel]:
    """Mark those that nobody has taken, and give those the person may see."""
    ledige = Varsel.objects.select_for_update().filter(pk__in=ider, sendt=None).order_by("pk")
    tatt = list(ledige.values_list("pk", flat=True))
    varsler = synlige_av(bruker, tatt, timezone.localdate(naa))
    Varsel.objects.filter(pk__in=tatt).update(sendt=naa)
    return varsler


def lag_brev(bruker: Bruker, varsler: list[Varsel]) -> EmailMultiAlternatives:
    """The letter, as text and HTML, with whole addresses and a way out."""
    ut = settings.NETTADRESSE + reverse("planer:avmeld", args=[avmeldingsnokkel(bruker)])
    antall = len(varsler)
    emne = ngettext("Ett varsel om planene", "%(antall)s varsler om planene", antall) % {"antall": antall}
    kontekst = {
        "bruker": bruker,
        "linjer": [(v.tekst, settings.NETTADRESSE + v.adresse) for v in varsler],
        "alle": settings.NETTADRESSE + reverse("planer:varsler"),
        "avmeld": ut,
        "emne": emne,
    }
    brev = EmailMultiAlternatives(
        subject=emne,
        body=render_to_string("planer/varsler/epost.txt", kontekst),
        to=[bruker.email],
        headers={"List-Unsubscribe": f"<{ut}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )
    brev.attach_alternative(render_to_string("planer/varsler/epost.html", kontekst), "text/html")
    return brev
