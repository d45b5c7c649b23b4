"""Reads that span models of the organisation."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from felles.norsk import sorteringsnokkel
from organisasjon.enums import Enhetstype, Rolle
from organisasjon.models import Bruker, Enhet, Rolletildeling
from organisasjon.rules import Tilgang


def barnekart() -> dict[int | None, list[int]]:
    """Parent id → child ids, for the whole tree, in one query."""
    return _barn_av(Enhet.objects.order_by().values_list("pk", "parent_id"))


def _barn_av(par: Iterable[tuple[int, int | None]]) -> dict[int | None, list[int]]:
    kart: dict[int | None, list[int]] = defaultdict(list)
    for pk, forelder in par:
        kart[forelder].append(pk)
    return kart


def undertre(kart: dict[int | None, list[int]], rot: int) -> frozenset[int]:
    """Ids of the unit and everything beneath it."""
    funnet, rest = set(), [rot]
    while rest:
        node = rest.pop()
        if node not in funnet:
            funnet.add(node)
            rest.extend(kart.get(node, ()))
    return frozenset(funnet)


def tilgang_for(bruker: Bruker, dag: date) -> Tilgang:
    """The person's access on the day, two queries: own roles, and the tree."""
    roller = list(
        Rolletildeling.objects.gyldige(dag).filter(bruker=bruker).order_by("pk").values_list("rolle", "enhet_id")
    )
    return next(_tilganger([roller])) if roller else Tilgang()


def tilganger(dag: date) -> list[Tilgang]:
    """The different accesses that people with an open account have on the day, each once. Two queries."""
    rader = Rolletildeling.objects.gyldige(dag).filter(bruker__is_active=True).order_by("pk")
    per_bruker: dict[int, list[tuple[str, int]]] = {}
    for bruker, rolle, enhet in rader.values_list("bruker_id", "rolle", "enhet_id"):
        per_bruker.setdefault(bruker, []).append((rolle, enhet))
    return list(_tilganger({frozenset(roller): roller for roller in per_bruker.values()}.values()))


def _tilganger(flere: Iterable[list[tuple[str, int]]]) -> Iterator[Tilgang]:
    """One for each list of (role, unit). One query, for the tree."""
    enheter = tuple(Enhet.objects.order_by().values_list("pk", "navn", "parent_id", "type"))
    kart = _barn_av((pk, forelder) for pk, _navn, forelder, _type in enheter)
    rot = kart.get(None, [None])[0]
    over = {barn: forelder for forelder, flere_barn in kart.items() for barn in flere_barn}
    for roller in flere:
        yield Tilgang(
            roller=tuple((Rolle(rolle), enhet, undertre(kart, enhet)) for rolle, enhet in roller),
            kommune_id=rot,
            forfedre=tuple((enhet, forfedre(over, enhet)) for _rolle, enhet in roller),
            enheter=enheter,
        )


def forfedre(over: dict[int, int | None], enhet: int) -> frozenset[int]:
    """Ids of the units above, from a map of child id → parent id."""
    funnet: set[int] = set()
    while (enhet := over.get(enhet)) is not None and enhet not in funnet:
        funnet.add(enhet)
    return frozenset(funnet)


def kommune() -> Enhet | None:
    """The municipality, the root of the tree, or None before the first import."""
    return Enhet.objects.filter(type=Enhetstype.KOMMUNE).select_related("profil").first()


def kontakter_for_tilgang(dag: date) -> list[Bruker]:
    """Who can give access: HR first, then systemansvarlige, with an open account. One query."""
    roller = (
        Rolletildeling.objects.gyldige(dag)
        .filter(rolle__in=[Rolle.HR, Rolle.SYSTEMANSVARLIG], bruker__is_active=True)
        .select_related("bruker")
    )
    sortert = sorted(roller, key=lambda r: (r.rolle != Rolle.HR, sorteringsnokkel(str(r.bruker)), r.pk))
    return list(dict.fromkeys(r.bruker for r in sortert))
