"""Units as a tree: rows to tick off (`organisasjon/_enhetstre.html`), those ticked, and a list to choose from."""

from collections import defaultdict
from collections.abc import Iterable

from django.http import HttpRequest
from django.utils import timezone

from felles.norsk import sorteringsnokkel
from organisasjon.enums import Enhetstype
from organisasjon.lister import Enhetsfilter, Enhetsrad, enhetsrader
from organisasjon.models import Enhet


def rader_til_valg(request: HttpRequest) -> list[Enhetsrad]:
    """The open units the person sees, in tree order. The municipality itself is no choice."""
    rader = enhetsrader(request.tilgang, timezone.localdate(), Enhetsfilter())
    return [rad for rad in rader if rad.type != Enhetstype.KOMMUNE]


def ider_i(request: HttpRequest, navn: str) -> frozenset[int]:
    """Ids that were sent under the name. What is no number is passed over."""
    return frozenset(int(v) for v in request.POST.getlist(navn) if v.isdecimal() and len(v) < 15)


def i_tre(enheter: Iterable[Enhet]) -> list[Enhet]:
    """The units depth first in Norwegian order, each with `innrykket`: its name, indented by depth. No query."""
    finnes = {e.pk: e for e in enheter}
    barn: dict[int | None, list[Enhet]] = defaultdict(list)
    for enhet in sorted(finnes.values(), key=lambda e: (sorteringsnokkel(e.navn), e.pk)):
        barn[enhet.parent_id if enhet.parent_id in finnes else None].append(enhet)
    return _gren(barn, None, 0)


def _gren(barn: dict[int | None, list[Enhet]], over: int | None, dybde: int) -> list[Enhet]:
    ut = []
    for enhet in barn[over]:
        enhet.innrykket = "\u2003" * dybde + enhet.navn
        ut += [enhet, *_gren(barn, enhet.pk, dybde + 1)]
    return ut
