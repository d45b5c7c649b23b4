"""What is expected of one person now: their plans and what these lack, their tiltak, what is new."""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from organisasjon.enums import Handling
from organisasjon.rules import Tilgang
from planer.enums import AAPNE, GJELDENDE, Planslag, Planstatus
from planer.kapitler import kapitler_for
from planer.kontroll import Mangel, beholdte_mangler
from planer.models import Plan, Tiltak, Varsel
from planer.queries import planrett
from planer.querysets import SNART
from planer.rules import DROFTENDE, Planrett
from planer.stempel import behold, hvem_og_naar, les_deler
from planer.tiltaksliste import levende_planer
from planer.varsling import varsler_for
from planer.visning.plan import STATUSMERKER
from planer.visning.tiltak import Merke, Tiltaksrad, tiltaksrader

MEST_PAA_FORSIDEN = 3
MEST_NYTT = 5
MEST_PLANER = 8
MEST_TILTAK = 20


@dataclass(frozen=True)
class Kapittelmangel:
    """What one chapter lacks: the first thing in words, how many there are, and the way there."""

    navn: str
    adresse: str
    foerste: str
    antall: int


@dataclass
class Minplan:
    """A plan of mine: where it stands, what I am asked to do now, what is missing chapter by chapter."""

    plan: Plan
    rolle: str
    status: Merke
    venter: str
    kapitler: list[Kapittelmangel] = field(default_factory=list)
    antall_mangler: int = 0


@dataclass(frozen=True)
class Minetiltak:
    """My tiltak: late, due soon, the rest; and how many there are in all."""

    forfalt: list[Tiltaksrad]
    snart: list[Tiltaksrad]
    resten: list[Tiltaksrad]
    antall: int
    antall_forfalt: int


def planmerke(status: str) -> Merke:
    """The plan's state as icon and word."""
    ikon, farge = STATUSMERKER[Planstatus(status)]
    return Merke(ikon, str(Planstatus(status).label), farge)


def mine_planer(tilgang: Tilgang, bruker_id: int, dag: date) -> list[Minplan]:
    """Plans the person is named in, those whose whole scope they write for as a leader, and those that wait for their
    decision; the latter first, then open ones. Three queries, and four when one of the plans has been changed.
    """
    ledet = _ledet(tilgang)
    mulige = Plan.objects.filter(deltakere__bruker=bruker_id).order_by().values("pk")
    vilkaar = Q(pk__in=mulige)
    if ledet:
        vilkaar |= Q(pk__in=Plan.objects.filter(omfang__enhet__in=ledet).order_by().values("pk"))
    vedtar = tilgang.kan(Handling.VEDTA_PLAN)
    if vedtar:
        vilkaar |= Q(status=Planstatus.BESLUTNING)
    planer = levende_planer(tilgang, bruker_id).filter(vilkaar)
    egne = []
    for plan in planer.select_related("temaplan").prefetch_related("omfang", "deltakere"):
        roller = [d for d in plan.deltakere.all() if d.bruker_id == bruker_id]
        enheter = {o.enhet_id for o in plan.omfang.all()}
        venter = vedtar and plan.status == Planstatus.BESLUTNING
        if roller or venter or (enheter and enheter <= ledet):
            egne.append((plan, roller, venter))
    egne.sort(key=lambda p: (not p[2], p[0].status not in AAPNE, p[0].slag == Planslag.TEMAPLAN, p[0].tittel, p[0].pk))
    mine = [(plan, roller, planrett(plan, tilgang, bruker_id)) for plan, roller, _venter in egne[:MEST_PLANER]]
    funnet = beholdte_mangler([plan for plan, _roller, rett in mine if rett.redigere], dag)
    return [_minplan(plan, roller, rett, funnet.get(plan.pk, [])) for plan, roller, rett in mine]


def _ledet(tilgang: Tilgang) -> frozenset[int]:
    """Units the person writes plans for as a leader; nothing for those who write for the whole municipality."""
    omfang = tilgang.omfang(Handling.REDIGERE_DELPLAN)
    return frozenset() if tilgang.kommune_id in omfang else omfang


def _minplan(plan: Plan, roller: list[Any], rett: Planrett, mangel: list[Mangel]) -> Minplan:
    rolle = ", ".join(str(d.get_rolle_display()) for d in roller)
    stopper = [m for m in mangel if m.stopper]
    return Minplan(
        plan, rolle, planmerke(plan.status), venter_paa(plan, roller, rett, len(stopper)), _kapitler(plan, stopper),
        len(stopper),
    )  # fmt: skip


def venter_paa(plan: Plan, roller: list[Any], rett: Planrett, antall: int) -> str:
    """What this person is asked to do with the plan now, in one sentence."""
    representant = bool({d.rolle for d in roller} & DROFTENDE)
    if plan.status == Planstatus.DROFTING and (representant or rett.drofte):
        return _("Planen er til drøfting. Før synet ditt når dere har drøftet.")
    if plan.status == Planstatus.HORING and not rett.redigere:
        return _("Planen er på høring. Du kan svare på planens side.")
    if plan.status == Planstatus.BESLUTNING:
        return _("Planen venter på vedtaket ditt.") if rett.vedta else _("Planen venter på kommunedirektøren.")
    if plan.status in GJELDENDE:
        return _("Planen er vedtatt. Nå gjelder det å gjøre tiltakene og følge dem opp.")
    if rett.redigere and antall:
        return _("Skriv det som mangler under. Planen kan ikke sendes til beslutning før det er på plass.")
    if rett.redigere:
        return _("Alt som må være med, er skrevet. Neste steg står på planens side.")
    return _("Andre skriver på planen nå. Du kan lese og kommentere.")


def _kapitler(plan: Plan, mangel: list[Mangel]) -> list[Kapittelmangel]:
    navn = {k.nummer: str(k) for k in kapitler_for(plan.slag)}
    ut = []
    for nummer, gruppe in groupby(mangel, key=lambda m: m.kapittel):
        liste = list(gruppe)
        adresse = reverse("planer:kapittel", args=[plan.pk, nummer])
        anker = f"#{liste[0].anker}" if liste[0].anker else ""
        ut.append(Kapittelmangel(navn.get(nummer, str(nummer)), adresse + anker, liste[0].tekst, len(liste)))
    return ut


def mine_tiltak(tilgang: Tilgang, bruker_id: int, dag: date) -> Minetiltak:
    """The tiltak the person is responsible for and not finished with, by urgency. One query."""
    planer = levende_planer(tilgang, bruker_id)
    rader = Tiltak.objects.i_arbeid().filter(ansvarlig=bruker_id, plan__in=planer)
    alle = tiltaksrader(
        sorted(
            rader.select_related("plan", "omraade", "ansvarlig").order_by("pk"),
            key=lambda t: (t.frist is None, t.frist or date.max, t.pk),
        ),
        dag=dag,
        bruker_id=bruker_id,
    )
    forfalt = [r for r in alle if r.frist and r.frist.farge == "danger"]
    snart = [r for r in alle if r.frist and r.frist.farge != "danger"]
    resten = [r for r in alle if not r.frist]
    return Minetiltak(forfalt[:MEST_TILTAK], snart[:MEST_TILTAK], resten[:MEST_TILTAK], len(alle), len(forfalt))


def mine_varsler(request: HttpRequest, antall: int = MEST_NYTT) -> list[Varsel]:
    """The unread notices of what the person may still see, newest first. One query."""
    return list(varsler_for(request.user, request.tilgang).filter(lest__isnull=True)[:antall])


def forsidekort(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """The card on the overview page: what is new for me, and my tiltak that are late or due soon; None for those
    outside. One query, and one more when there is something unread: the numbers are kept until a plan or a tiltak
    changes.
    """
    if not request.tilgang.kan(Handling.SE_PLANARBEID):
        return None
    nokkel = ("forsidekort", hvem_og_naar(request), les_deler("planer", "tiltak", "folk"))
    tall = behold(nokkel, lambda: tell_mine(request.tilgang, request.user.pk, timezone.localdate()))
    uleste = getattr(request.user, "uleste_varsler", True)
    if varsler := mine_varsler(request, MEST_PAA_FORSIDEN) if uleste else []:
        return "planer/mine/_forsidekort.html", {**tall, "varsler": varsler}
    return "planer/mine/_bevart.html", {"html": _korthtml(*tall.items())}


def tell_mine(tilgang: Tilgang, bruker_id: int, dag: date) -> dict[str, int]:
    """How many tiltak the person is responsible for and not finished with: late, due soon, all. One query."""
    mine = Tiltak.objects.i_arbeid().filter(ansvarlig=bruker_id, plan__in=levende_planer(tilgang, bruker_id))
    return mine.aggregate(
        forfalt=Count("pk", filter=Q(frist__lt=dag)),
        snart=Count("pk", filter=Q(frist__gte=dag, frist__lte=dag + SNART)),
        alle=Count("pk"),
    )


@lru_cache(maxsize=200)
def _korthtml(*tall: tuple[str, int]) -> SafeString:
    return render_to_string("planer/mine/_forsidekort.html", {"kort": dict(tall)})
