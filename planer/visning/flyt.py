"""What the pages show of where a plan stands, and of the comments on it."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from felles.tall import dato_lang
from planer.enums import AAPNE, GJELDENDE, Kommentarstatus, Planslag, Planstatus
from planer.flytparter import parter_i
from planer.flytregler import DROFTING, PARTSNAVN, REVISJON, STASJONER, Part
from planer.models import Kommentar, Plan, Statusskifte, Vedtak
from planer.rules import Planrett
from planer.services.flyt import Mulighet, overganger


@dataclass(frozen=True)
class Stasjon:
    """A station on the way: `tilstand` is ferdig, naa, hoppet or kommer."""

    navn: str
    tilstand: str
    tid: datetime | None


@dataclass(frozen=True)
class Neste:
    """What this person can do now that is no move of the plan: why, the words of the button, and where it leads."""

    hvorfor: str
    knapp: str
    adresse: str


@dataclass(frozen=True)
class Statuspanel:
    """Everything `planer/flyt/_status.html` shows."""

    plan: Plan
    stasjoner: list[Stasjon]
    muligheter: list[Mulighet]
    logg: list[Statusskifte]
    vedtak: Vedtak | None
    revisjon: Plan | None
    kan_revidere: bool
    kan_forkaste: bool
    ser_arbeid: bool
    neste: Neste | None = None

    @property
    def mine(self) -> list[Mulighet]:
        """What the person can do now."""
        return [m for m in self.muligheter if m.kan]


def statuspanel(request: HttpRequest, plan: Plan, rett: Planrett) -> Statuspanel | None:
    """Where the plan stands, the ways on, and what has happened. None for a template, which goes nowhere."""
    if plan.slag == Planslag.MAL:
        return None
    logg = list(plan.statusskifter.select_related("av")) if rett.arbeid else []
    dag = timezone.localdate()
    parter = parter_i(plan, request.tilgang, request.user.pk)
    kan_revidere = bool(REVISJON[plan.slag] & parter)
    muligheter = overganger(plan, request.tilgang, request.user, dag, beholdt=True) if rett.arbeid else []
    return Statuspanel(
        plan=plan,
        stasjoner=_stasjoner(plan, logg),
        muligheter=muligheter,
        logg=logg,
        vedtak=None if plan.er_aapen else Vedtak.objects.filter(plan=plan).defer(*_TUNGT).select_related("av").first(),
        revisjon=_aapen_revisjon(request, plan),
        kan_revidere=kan_revidere and plan.status == Planstatus.VEDTATT,
        kan_forkaste=kan_revidere and plan.er_aapen and plan.revisjon_av_id is not None,
        ser_arbeid=rett.arbeid,
        neste=_neste(plan, request.user.pk, bool(DROFTING[plan.slag] & parter), dag) if rett.arbeid else None,
    )


def _neste(plan: Plan, bruker_id: int, kan_kalle_inn: bool, dag: date) -> Neste | None:
    """The call to a drøfting, the person's own view, or the hearing. The moves have read what is asked for here."""
    if plan.status == Planstatus.DROFTING:
        droftinger = list(plan.droftinger.all())
        for d in droftinger:
            if not d.avsluttet and any(s.bruker_id == bruker_id and not s.syn for s in d.syn.all()):
                hvorfor = _("Du er kalt inn til drøftingen %(dato)s.") % {"dato": dato_lang(d.dato)}
                return Neste(hvorfor, _("Før synet ditt"), reverse("planer:drofting", args=[d.pk]))
        if not droftinger and kan_kalle_inn:
            hvorfor = _("Planen må drøftes med de tillitsvalgte før den kan sendes til beslutning.")
            return Neste(hvorfor, _("Kall inn til drøfting"), reverse("planer:ny_drofting", args=[plan.pk]))
    if plan.status == Planstatus.HORING and (horing := next((h for h in plan.horinger.all() if h.frist >= dag), None)):
        hvorfor = _("Planen er på høring til og med %(dato)s.") % {"dato": dato_lang(horing.frist)}
        return Neste(hvorfor, _("Les og svar på høringen"), reverse("planer:horing", args=[horing.pk]))
    return None


_TUNGT = ("innhold", "innhold_prikket", "pdf")


def _aapen_revisjon(request: HttpRequest, plan: Plan) -> Plan | None:
    if plan.status != Planstatus.REVISJON:
        return None
    synlige = Plan.objects.synlig_for(request.tilgang, request.user.pk)
    return synlige.filter(revisjon_av=plan, status__in=AAPNE).first()


def _stasjoner(plan: Plan, logg: list[Statusskifte]) -> list[Stasjon]:
    """The way from draft to adopted. A station on the way to where the plan is, that it never came to, was skipped."""
    naa = Planstatus.VEDTATT if plan.status in (*GJELDENDE, Planstatus.ERSTATTET) else Planstatus(plan.status)
    tider = {s.til: s.tid for s in reversed(logg)} | {Planstatus.UTKAST: plan.opprettet}
    sted = STASJONER.index(naa)
    return [Stasjon(str(s.label), _tilstand(i, sted, s, tider), tider.get(s)) for i, s in enumerate(STASJONER)]


def _tilstand(nr: int, sted: int, status: Planstatus, tider: dict) -> str:
    if nr == sted:
        return "naa" if status != Planstatus.VEDTATT else "ferdig"
    if nr > sted:
        return "kommer"
    return "ferdig" if status in tider or len(tider) == 1 else "hoppet"


def partsnavn(parter: frozenset[Part]) -> str:
    """«kommunalsjefen eller kommunedirektøren», in the order of the table."""
    navn = [str(navn) for p in Part if p in parter for navn in PARTSNAVN[p]]
    return _(" eller ").join([", ".join(navn[:-1]), navn[-1]] if len(navn) > 1 else navn)


@dataclass
class Traad:
    """A comment with its answers, and what this person may do with it."""

    kommentar: Kommentar
    svar: list[Kommentar] = field(default_factory=list)

    @property
    def aapen(self) -> bool:
        return self.kommentar.status == Kommentarstatus.AAPEN


def kommentarer_for(plan: Plan) -> dict[int | None, list[Traad]]:
    """Threads by section id (None: on the plan as a whole), oldest first. One query."""
    alle = plan.kommentarer.select_related("av", "avsluttet_av", "seksjon").order_by("tid", "pk")
    alle = list(alle.defer("seksjon__html", "seksjon__sok"))
    traader = {k.pk: Traad(k) for k in alle if k.svar_paa_id is None}
    for k in alle:
        if k.svar_paa_id in traader:
            traader[k.svar_paa_id].svar.append(k)
    per_seksjon: dict[int | None, list[Traad]] = {}
    for traad in traader.values():
        per_seksjon.setdefault(traad.kommentar.seksjon_id, []).append(traad)
    return per_seksjon
