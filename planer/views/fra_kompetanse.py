"""A tiltak that begins in the competence work: choose the plan it belongs in, then the usual form, filled in.

Each kind of origin is one function in OPPHAV that looks up the thing, checks that the person may see it, and says what
the form begins with.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from felles.norsk import sorteringsnokkel
from kompetanse.models import Modenhetssvar, Refleksjonsnotat, Refleksjonsoekt
from kompetanse.services.modenhet import merk_tiltak
from organisasjon.enums import Handling
from organisasjon.models import Enhet
from organisasjon.queries import forfedre
from organisasjon.sider import Skjemaside, lagre, vis_skjema
from organisasjon.tilgang import krev_for_enhet, krever
from planer.forms_tiltak import TiltakSkjema, startverdier
from planer.models import Plan, Tiltak
from planer.queries import omfang_ider, plan_for
from planer.services.tiltak import lagre_tiltak
from planer.tiltaksfolk import mulige_ansvarlige
from planer.tiltaksliste import les_id
from planer.views.tiltak import finn_omraade
from planer.visning.tiltak import retter_for


@dataclass(frozen=True)
class Opphav:
    """What a tiltak is made from.

    `smuler` is the way to it, the last of which the person comes back to. `start` are the fields the form begins with,
    `omraade` the key of the innsatsområde. `verdier` are saved with the tiltak beyond what the form has. `laget` is
    told the new tiltak, inside the same transaction.
    """

    navn: str
    enhet_id: int
    smuler: tuple[tuple[str, str], ...]
    start: dict[str, Any]
    omraade: str = ""
    verdier: dict[str, Any] = field(default_factory=dict)
    laget: Callable[[Tiltak], None] = lambda tiltak: None

    @property
    def tilbake(self) -> str:
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
        enhet_id=vurdering.enhet_id,
        smuler=(
            (_("Modenhet"), reverse("kompetanse:modenhet")),
            (str(vurdering.enhet), reverse("kompetanse:vurdering", args=[vurdering.pk])),
        ),
        start={
            "tittel": punkt.tiltakstittel,
            "hva": punkt.neste_steg,
            "vei": punkt.vei,
            "kriterie_resultat": _("«%(punkt)s» er «Ja» neste gang vi vurderer.") % {"punkt": punkt.navn},
        },
        omraade=punkt.omraade,
        laget=lambda tiltak: merk_tiltak(kilde=svar, ident=tiltak.ident),
    )


def fra_refleksjon(request: HttpRequest, pk: int) -> Opphav:
    """A note from a group's session. Raises Http404."""
    synlige = Refleksjonsoekt.objects.synlig_for(request.tilgang)
    notat = get_object_or_404(Refleksjonsnotat.objects.filter(oekt__in=synlige).select_related("oekt__enhet"), pk=pk)
    return Opphav(
        navn=_("kortet «%(kort)s»") % {"kort": notat.sporsmaal},
        enhet_id=notat.oekt.enhet_id,
        smuler=(
            (_("Refleksjon"), reverse("kompetanse:refleksjon")),
            (str(notat.oekt), reverse("kompetanse:oppsummering", args=[notat.oekt_id])),
        ),
        start={"hva": notat.notat},
        laget=lambda tiltak: merk_tiltak(kilde=notat, ident=tiltak.ident),
    )


OPPHAV: dict[str, Callable[[HttpRequest, int], Opphav]] = {"modenhet": fra_modenhet, "refleksjon": fra_refleksjon}


@krever(Handling.SE_PLANER)
@require_http_methods(["GET", "HEAD", "POST"])
def tiltak_fra(request: HttpRequest, slag: str, pk: int) -> HttpResponse:
    """Choose the plan (?plan=), then fill in the tiltak."""
    if slag not in OPPHAV:
        raise Http404("Ukjent opphav")
    opphav = OPPHAV[slag](request, pk)
    plan_id = les_id(request.GET.get("plan", ""))
    return _skjema(request, opphav, plan_id) if plan_id else _velg_plan(request, opphav)


def _velg_plan(request: HttpRequest, opphav: Opphav) -> HttpResponse:
    """The open plans the person may write tiltak in; straight on when there is only one."""
    dekker, andre = mulige_planer(request, opphav.enhet_id)
    if len(dekker) + len(andre) == 1:
        return redirect(f"{request.path}?plan={(dekker or andre)[0].pk}")
    kontekst = {"opphav": opphav, "dekker": dekker, "andre": andre, "smuler": opphav.smuler}
    kontekst["enhet"] = Enhet.objects.get(pk=opphav.enhet_id)
    return render(request, "planer/tiltak/velg_plan.html", kontekst)


def mulige_planer(request: HttpRequest, enhet_id: int) -> tuple[list[Plan], list[Plan]]:
    """Open plans where the person may add tiltak: those whose scope covers the unit, and the others. Four queries."""
    planer = Plan.objects.synlig_for(request.tilgang, request.user.pk).aapne().exclude(slag="mal")
    alle = list(planer.prefetch_related("omfang", "deltakere").order_by("pk"))
    retter = retter_for(alle, request.tilgang, request.user.pk)
    kan = sorted((p for p in alle if retter[p.pk].tiltak), key=lambda p: (sorteringsnokkel(p.tittel), p.pk))
    over = dict(Enhet.objects.order_by().values_list("pk", "parent_id"))
    linje = forfedre(over, enhet_id) | {enhet_id}
    dekker = [p for p in kan if not p.er_temaplan and linje & set(omfang_ider(p))]
    return dekker, [p for p in kan if p not in dekker]


def _skjema(request: HttpRequest, opphav: Opphav, plan_id: int) -> HttpResponse:
    plan, rett = plan_for(request, plan_id)
    if not rett.tiltak:
        raise PermissionDenied(_("Legge til og endre tiltak i planen"))
    start = startverdier(None, finn_omraade(plan, opphav.omraade)) | opphav.start
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
        _("Fra %(opphav)s. Legges i %(plan)s.") % {"opphav": opphav.navn, "plan": plan.tittel},
        str(TiltakSkjema.lagre_tekst),
        opphav.tilbake,
        opphav.smuler,
    )
    return vis_skjema(request, skjema, side)


@transaction.atomic
def _lagre(request: HttpRequest, plan: Plan, opphav: Opphav, verdier: dict[str, Any]) -> None:
    tiltak = lagre_tiltak(tiltak=None, plan=plan, verdier=verdier | opphav.verdier, av=request.user, naa=timezone.now())
    opphav.laget(tiltak)
