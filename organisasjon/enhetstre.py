"""The tree of units to tick off (`organisasjon/_enhetstre.html`): its rows, and what was ticked."""

from django.http import HttpRequest
from django.utils import timezone

from organisasjon.enums import Enhetstype
from organisasjon.lister import Enhetsfilter, Enhetsrad, enhetsrader


def rader_til_valg(request: HttpRequest) -> list[Enhetsrad]:
    """The open units the person sees, in tree order. The municipality itself is no choice."""
    rader = enhetsrader(request.tilgang, timezone.localdate(), Enhetsfilter())
    return [rad for rad in rader if rad.type != Enhetstype.KOMMUNE]


def ider_i(request: HttpRequest, navn: str) -> frozenset[int]:
    """Ids that were sent under the name. What is no number is passed over."""
    return frozenset(int(v) for v in request.POST.getlist(navn) if v.isdecimal() and len(v) < 15)
