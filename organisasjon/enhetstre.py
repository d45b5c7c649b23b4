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
    """The units depth first in Norwegian order, each with `innrykket`: its name, indented by depth."""
    kart = {e.pk: e for e in enheter}
    ordnet = dybde_foerst((e.pk, e.navn, e.parent_id) for e in kart.values())
    for pk, dybde in ordnet:
        kart[pk].innrykket = innrykket(kart[pk].navn, dybde)
    return [kart[pk] for pk, _dybde in ordnet]


def dybde_foerst(enheter: Iterable[tuple[int, str, int | None]]) -> list[tuple[int, int]]:
    """(id, name, parent) of units → (id, depth), depth first in Norwegian order. A unit whose parent is not among them
    stands at the top.
    """
    alle = sorted(enheter, key=lambda e: (sorteringsnokkel(e[1]), e[0]))
    finnes = {pk for pk, _navn, _over in alle}
    barn: dict[int | None, list[int]] = defaultdict(list)
    for pk, _navn, over in alle:
        barn[over if over in finnes else None].append(pk)
    return _gren(barn, None, 0)


def _gren(barn: dict[int | None, list[int]], over: int | None, dybde: int) -> list[tuple[int, int]]:
    return [par for pk in barn.get(over, ()) for par in ((pk, dybde), *_gren(barn, pk, dybde + 1))]


def innrykket(navn: str, dybde: int) -> str:
    """The name for a list of choices, indented by depth."""
    return "\u2003" * dybde + navn
