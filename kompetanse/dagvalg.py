"""The day a page is shown as of, from the address."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from felles.skjema import Datofelt

FOERSTE_AAR, SISTE_AAR = 2000, 2100


def les_dag(request: HttpRequest) -> tuple[date, date]:
    """The day asked for with ?dag=, and today. An odd date becomes today, said once."""
    raa, idag = request.GET.get("dag", "").replace("\x00", "").strip(), timezone.localdate()
    try:
        dag = Datofelt(required=False).clean(raa) or idag
    except ValidationError:
        dag = None
    if dag is None or not FOERSTE_AAR <= dag.year <= SISTE_AAR:
        messages.info(request, _("Vi forstod ikke datoen, så siden viser i dag. Skriv den slik: 01.01.2031."))
        dag = idag
    return dag, idag
