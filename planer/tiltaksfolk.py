"""Who can be responsible for a tiltak: people with a role where the plan holds, and those named in the plan."""

from collections.abc import Iterable
from datetime import date

from felles.norsk import sorteringsnokkel
from organisasjon.enums import Rolle
from organisasjon.models import Bruker, Rolletildeling
from organisasjon.queries import barnekart, undertre
from planer.models import Plan
from planer.queries import omfang_ider

KAN_IKKE = (Rolle.LESER, Rolle.SYSTEMANSVARLIG)


def mulige_ansvarlige(planer: Iterable[Plan], dag: date) -> list[tuple[Bruker, str]]:
    """(person, «Navn (Enhetsleder, Hjemmetjenesten)») by name, for those who can be responsible in all the plans: a
    role for, above or beneath one of each plan's units, or a part in the plan. Two queries, and three per plan that
    is not prefetched.
    """
    kart = barnekart()
    over = {barn: forelder for forelder, flere in kart.items() for barn in flere}
    roller = list(
        Rolletildeling.objects.gyldige(dag)
        .filter(bruker__is_active=True)
        .exclude(rolle__in=KAN_IKKE)
        .select_related("bruker", "enhet")
        .order_by("pk")
    )
    navn: dict[int, tuple[Bruker, str]] = {}
    felles: set[int] | None = None
    for plan in planer:
        enheter: set[int] = set()
        for enhet in omfang_ider(plan):
            enheter |= undertre(kart, enhet) | _over(over, enhet)
        mulige = {r.bruker_id for r in roller if r.enhet_id in enheter}
        for deltaker in plan.deltakere.all():
            mulige.add(deltaker.bruker_id)
            navn.setdefault(
                deltaker.bruker_id, (deltaker.bruker, f"{deltaker.bruker} ({deltaker.get_rolle_display()})")
            )
        felles = mulige if felles is None else felles & mulige
    for r in reversed(roller):
        navn[r.bruker_id] = (r.bruker, f"{r.bruker} ({r.get_rolle_display()}, {r.enhet.navn})")
    valgte = [navn[pk] for pk in felles or () if navn[pk][0].is_active]
    return sorted(valgte, key=lambda v: (sorteringsnokkel(v[1]), v[0].pk))


def _over(over: dict[int, int | None], enhet: int | None) -> set[int]:
    funnet: set[int] = set()
    while (enhet := over.get(enhet)) is not None and enhet not in funnet:
        funnet.add(enhet)
    return funnet
