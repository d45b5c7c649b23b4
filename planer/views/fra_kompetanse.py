"""A tiltak that begins in the competence work: choose the plan it belongs in, then the usual form, filled in.

Each kind of origin is one function in OPPHAV that looks up the thing, checks that the person may see it, and says what
the form begins with.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from felles.norsk import sorteringsnokkel
from kompetanse.models import Gaprad, Modenhetssvar, Refleksjonsnotat, Refleksjonsoekt
from kompetanse.queries.gapsvar import ledede_enheter, rett_til
from kompetanse.services.modenhet import merk_tiltak
from organisasjon.enums import Handling
from organisasjon.models import Enhet
from organisasjon.queries import forfedre, kontakter_for_tilgang
from organisasjon.sider import Skjemaside, lagre, vis_skjema
from organisasjon.tilgang import krev_for_enhet, krever
from planer.enums import Varselslag
from planer.forms_tiltak import TiltakSkjema, startverdier
from planer.gaptiltak import mulige_omraader, rad_for, startverdier_fra_rad
from planer.models import Plan, Tiltak
from planer.queries import omfang_ider, plan_for
from planer.services.tiltak import lagre_tiltak
from planer.services.varsler import varsle
from planer.tiltaksfolk import mulige_ansvarlige
from planer.tiltaksliste import les_id, levende_planer
from planer.views.tiltak import finn_omraade
from planer.visning.tiltak import retter_for


@dataclass(frozen=True)
class Opphav:
    """What a tiltak is made from.

    `sted` names the units it is about, `enheter` are their ids, `stamme` the line of the delplan it belongs to when it
    has one. `smuler` is the way to it: where it lies second, where the person comes back to last. `start` gives the
    fields the form begins with in a plan. `verdier` are saved with the tiltak beyond what the form has. `laget` is told
    the new tiltak, inside the same transaction.
    """

    navn: str
    sted: str
    enheter: frozenset[int]
    smuler: tuple[tuple[str, str], ...]
    start: Callable[[Plan], dict[str, Any]]
    stamme: UUID | None = None
    verdier: dict[str, Any] = field(default_factory=dict)
    laget: Callable[[Tiltak], None] = lambda tiltak: None

    @property
    def kilde(self) -> str:
        """Where it lies."""
        return self.smuler[1][1]

    @property
    def tilbake(self) -> str:
        """Where the person came from."""
        return self.smuler[-1][1]


def fra_modenhet(request: HttpRequest, pk: int) -> Opphav:
    """A point of the checklist that is not in place. Raises Http404 and PermissionDenied."""
    svar = get_object_or_404(
        Modenhetssvar.objects.filter(vurdering__eksempel="").select_related("punkt", "vurdering__enhet"), pk=pk
    )
    vurdering, punkt = svar.vurdering, svar.punkt
    krev_for_enhet(request, Handling.SE_MODENHET, vurdering.enhet_id)
    return Opphav(
        navn=_("punktet «%(punkt)s» i %(enhet)s") % {"punkt": punkt.navn, "enhet": vurdering.enhet},
        sted=str(vurdering.enhet),
        enheter=frozenset({vurdering.enhet_id}),
        smuler=(
            (_("Modenhet"), reverse("kompetanse:modenhet")),
            (str(vurdering.enhet), reverse("kompetanse:vurdering", args=[vurdering.pk])),
        ),
        start=lambda plan: {
            "tittel": punkt.tiltakstittel,
            "hva": punkt.neste_steg,
            "vei": punkt.vei,
            "kriterie_resultat": _("«%(punkt)s» er «Ja» neste gang vi vurderer.") % {"punkt": punkt.navn},
            "omraade": _omraade(plan, punkt.omraade),
        },
        laget=lambda tiltak: merk_tiltak(kilde=svar, ident=tiltak.ident),
    )


def fra_refleksjon(request: HttpRequest, pk: int) -> Opphav:
    """A note from a group's session. Raises Http404."""
    synlige = Refleksjonsoekt.objects.synlig_for(request.tilgang)
    notat = get_object_or_404(Refleksjonsnotat.objects.filter(oekt__in=synlige).select_related("oekt__enhet"), pk=pk)
    return Opphav(
        navn=_("kortet «%(kort)s»") % {"kort": notat.sporsmaal},
        sted=str(notat.oekt.enhet),
        enheter=frozenset({notat.oekt.enhet_id}),
        smuler=(
            (_("Refleksjon"), reverse("kompetanse:refleksjon")),
            (str(notat.oekt), reverse("kompetanse:oppsummering", args=[notat.oekt_id])),
        ),
        start=lambda plan: {"hva": notat.notat},
        laget=lambda tiltak: merk_tiltak(kilde=notat, ident=tiltak.ident),
    )


def fra_gap(request: HttpRequest, pk: int) -> Opphav:
    """A row of a gap analysis. Those who answer come back to the row, others to the analysis; the units' own leader is
    put down as responsible. Raises Http404.
    """
    rad = rad_for(request, pk)
    analyse = rad.analyse
    lest = reverse("kompetanse:gapanalyse", args=[analyse.pk])
    svarer = rett_til(analyse, request.tilgang).svare
    raden = reverse("kompetanse:gaprad", args=[rad.pk]) if svarer else f"{lest}#rad-{rad.pk}"
    enheter = frozenset(e.pk for e in analyse.enheter.all())
    ansvarlig = request.user.pk if enheter <= ledede_enheter(request.tilgang) else None
    return Opphav(
        navn=_("raden «%(rad)s» i gapanalysen for %(analyse)s") % {"rad": rad.navn, "analyse": analyse},
        sted=analyse.navn,
        enheter=enheter,
        smuler=((_("Gapanalyser"), reverse("kompetanse:gapanalyser")), (str(analyse), lest), (rad.navn, raden)),
        start=lambda plan: {"ansvarlig": ansvarlig} | _start_fra_rad(rad, plan),
        stamme=analyse.plan,
        verdier={"gaprad": rad},
    )


def _start_fra_rad(rad: Gaprad, plan: Plan) -> dict[str, Any]:
    brukt = Tiltak.objects.filter(gaprad=rad, plan=plan).values_list("vei", flat=True)
    start = startverdier_fra_rad(rad, plan, brukt)
    return start | {"omraade": _omraade(plan, *mulige_omraader(start.get("vei")))}


def _omraade(plan: Plan, *nokler: str) -> int | None:
    """The first of these innsatsområder that the plan has."""
    funnet = (finn_omraade(plan, nokkel) for nokkel in nokler)
    return next((omraade.pk for omraade in funnet if omraade), None)


OPPHAV: dict[str, Callable[[HttpRequest, int], Opphav]] = {
    "modenhet": fra_modenhet,
    "refleksjon": fra_refleksjon,
    "gap": fra_gap,
}


def _opphav(request: HttpRequest, slag: str, pk: int) -> Opphav:
    if slag not in OPPHAV:
        raise Http404("Ukjent opphav")
    return OPPHAV[slag](request, pk)


@krever(Handling.SE_PLANER)
@require_http_methods(["GET", "HEAD", "POST"])
def tiltak_fra(request: HttpRequest, slag: str, pk: int) -> HttpResponse:
    """Choose the plan (?plan=), then fill in the tiltak."""
    opphav = _opphav(request, slag, pk)
    plan_id = les_id(request.GET.get("plan", ""))
    if plan_id:
        return _skjema(request, opphav, plan_id)
    planer = mulige_planer(request, opphav)
    if len(planer.dekker) == 1 and not planer.andre:
        return redirect(f"{request.path}?plan={planer.dekker[0].pk}")
    kontekst = {"opphav": opphav, "planer": planer, "slag": slag, "pk": pk, "smuler": opphav.smuler}
    return render(request, "planer/tiltak/velg_plan.html", kontekst | {"spurt": request.GET.get("spurt") == "1"})


@krever(Handling.SE_PLANER)
@require_POST
def spor_om_plan(request: HttpRequest, slag: str, pk: int) -> HttpResponse:
    """Ask HR for a delplan, or a revision, that the tiltak can go in."""
    opphav = _opphav(request, slag, pk)
    tekst = _("%(hvem)s trenger en plan som kan ta imot tiltak for %(sted)s.")
    varsle(
        til=kontakter_for_tilgang(timezone.localdate()),
        slag=Varselslag.PLAN_VENTER,
        nokkel=f"planonske-{request.user.pk}-{opphav.kilde}",
        tekst=tekst % {"hvem": request.user, "sted": opphav.sted},
        adresse=opphav.kilde,
        naa=timezone.now(),
        unntatt=request.user,
    )
    return redirect(f"{reverse('planer:tiltak_fra', args=[slag, pk])}?spurt=1")


@dataclass(frozen=True)
class Planvalg:
    """Open plans where the person may add tiltak: those whose scope covers the units, and the others. `lukkede` are the
    delplaner that cover them, and that the person may not add to now.
    """

    dekker: list[Plan]
    andre: list[Plan]
    lukkede: list[Plan]


def mulige_planer(request: HttpRequest, opphav: Opphav) -> Planvalg:
    """The plans a tiltak can go in; of those that cover the units its own first, then the nearest. Four queries."""
    planer = levende_planer(request.tilgang, request.user.pk).prefetch_related("omfang", "deltakere")
    alle = sorted(planer, key=lambda p: (sorteringsnokkel(p.tittel), p.pk))
    retter = retter_for(alle, request.tilgang, request.user.pk)
    over = dict(Enhet.objects.order_by().values_list("pk", "parent_id"))
    linje = frozenset().union(*(forfedre(over, pk) for pk in opphav.enheter), opphav.enheter)
    dekker = [p for p in alle if not p.er_temaplan and linje & set(omfang_ider(p))]
    dekker.sort(key=lambda p: (p.stamme != opphav.stamme, not opphav.enheter & set(omfang_ider(p))))
    return Planvalg(
        [p for p in dekker if retter[p.pk].tiltak],
        [p for p in alle if retter[p.pk].tiltak and p not in dekker],
        [p for p in dekker if not retter[p.pk].tiltak],
    )


def _skjema(request: HttpRequest, opphav: Opphav, plan_id: int) -> HttpResponse:
    plan, rett = plan_for(request, plan_id)
    if not rett.tiltak:
        raise PermissionDenied(_("Legge til og endre tiltak i planen"))
    start = startverdier(None, None) | opphav.start(plan)
    folk = mulige_ansvarlige([plan], timezone.localdate())
    skjema = TiltakSkjema(request.POST or None, plan=plan, tiltak=None, folk=folk, initial=start)
    if (
        request.method == "POST"
        and skjema.is_valid()
        and lagre(skjema, lambda: _lagre(request, plan, opphav, skjema.cleaned_data))
    ):
        ord_ = {"tittel": skjema.cleaned_data["tittel"], "plan": plan.tittel}
        messages.success(request, _("Tiltaket «%(tittel)s» er lagt i %(plan)s.") % ord_)
        return redirect(opphav.tilbake)
    side = Skjemaside(
        _("Nytt tiltak"),
        _("Fylt ut fra %(opphav)s. Legges i %(plan)s. Rett det som skal være annerledes.")
        % {"opphav": opphav.navn, "plan": plan.tittel},
        str(TiltakSkjema.lagre_tekst),
        opphav.tilbake,
        opphav.smuler,
    )
    return vis_skjema(request, skjema, side)


@transaction.atomic
def _lagre(request: HttpRequest, plan: Plan, opphav: Opphav, verdier: dict[str, Any]) -> None:
    tiltak = lagre_tiltak(tiltak=None, plan=plan, verdier=verdier | opphav.verdier, av=request.user, naa=timezone.now())
    opphav.laget(tiltak)
