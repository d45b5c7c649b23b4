"""Reading notices: the bell's count, the list, what goes in a digest, and the signed link out of it."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import groupby

from django.core import signing
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from organisasjon.models import Bruker
from organisasjon.queries import tilgang_for
from organisasjon.rules import Tilgang
from planer.models import Plan, Varsel, Varselvalg

SALT = "planer.varsler.avmelding"
# What is older is read on the page, not sent: nobody wants a pile after a stop.
FOR_GAMMELT = timedelta(days=14)


def antall_uleste_av() -> Coalesce:
    """How many notices a person has not read, as an expression on people: for the bell it comes with the query that
    fetches who is logged in.
    """
    uleste = Varsel.objects.filter(bruker=OuterRef("pk"), lest=None).order_by().values("bruker")
    return Coalesce(Subquery(uleste.annotate(antall=Count("pk")).values("antall")), 0)


def varsler_for(bruker: Bruker, tilgang: Tilgang) -> QuerySet[Varsel]:
    """The person's notices, newest first, of what they may still see."""
    return synlige(Varsel.objects.filter(bruker=bruker), tilgang, bruker.pk)


def synlige(varsler: QuerySet[Varsel], tilgang: Tilgang, bruker_id: int) -> QuerySet[Varsel]:
    """Those whose plan exists for the person."""
    planer = Plan.objects.synlig_for(tilgang, bruker_id).values("pk")
    return varsler.filter(Q(plan=None) | Q(plan__in=planer))


def usendte(naa: datetime) -> list[tuple[Bruker, list[int]]]:
    """People with an address who want the digest, and the ids of notices neither read nor sent. One query."""
    rader = (
        Varsel.objects.filter(lest=None, sendt=None, opprettet__gte=naa - FOR_GAMMELT, bruker__is_active=True)
        .exclude(bruker__email="")
        .exclude(bruker__in=Varselvalg.objects.filter(epost=False).values("bruker"))
        .select_related("bruker")
        .order_by("bruker_id", "opprettet", "pk")
    )
    grupper = groupby(rader, key=lambda v: v.bruker_id)
    samlet = [list(gruppe) for _pk, gruppe in grupper]
    return [(liste[0].bruker, [v.pk for v in liste]) for liste in samlet]


def synlige_av(bruker: Bruker, ider: Iterable[int], dag: date) -> list[Varsel]:
    """Those of the notices that the person may see on the day."""
    varsler = Varsel.objects.filter(pk__in=list(ider)).order_by("opprettet", "pk")
    return list(synlige(varsler, tilgang_for(bruker, dag), bruker.pk))


def vil_ha_epost(bruker: Bruker) -> bool:
    """Does the person want the digest?"""
    return not Varselvalg.objects.filter(bruker=bruker, epost=False).exists()


def avmeldingsnokkel(bruker: Bruker) -> str:
    """A signed key that turns the digest off for this person, and does nothing else."""
    return signing.dumps(bruker.pk, salt=SALT)


def bruker_av_nokkel(nokkel: str) -> Bruker | None:
    """The person the key was made for, or None when it is not ours."""
    try:
        pk = signing.loads(nokkel, salt=SALT)
    except signing.BadSignature:
        return None
    return Bruker.objects.filter(pk=pk).first()
