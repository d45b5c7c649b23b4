"""Live figures: the list to pick from, putting one in, and all figures of a plan."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lat
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from analyse.models import Uttrekk
from analyse.rapporter import RAPPORTER
from felles.riktekst import tallnokler
from felles.skjema import Skjema
from felles.tall import dato_lang
from organisasjon.enums import Handling
from organisasjon.models import Enhet
from organisasjon.sider import Skjemaside, lagre, utfoer, vis_skjema
from organisasjon.tilgang import krever
from planer.models import Plan
from planer.queries import plan_for
from planer.rules import Planrett
from planer.services import tall as tjeneste
from planer.tall import finn_tall, tall_i_plan
from planer.tall.utvalg import hent_valg
from planer.tall.verdier import enheter_for
from planer.views.seksjon import krev, smuler

STEDFELTER = ("rapport", "tabell", "rad", "kolonne")


@krever(Handling.SE_PLANER)
@require_safe
def finn(request: HttpRequest, pk: int) -> HttpResponse:
    """Figures that fit the search, as a piece of page for the editor's dialog."""
    plan, rett = plan_for(request, pk)
    krev(rett.redigere, _("Skrive i planen"))
    enheter = enheter_for(plan)
    enhet = _enhet(request.GET.get("enhet", ""), enheter, plan)
    rapport = request.GET.get("rapport", "")
    treff, antall = [], 0
    if enhet:
        sok = request.GET.get("sok", "").replace("\x00", "")[:100]
        treff, antall = finn_tall(plan, enhet, uprikket=rett.uprikket, sok=sok, rapport=rapport)
    kontekst = {
        "plan": plan,
        "treff": treff,
        "antall": antall,
        "enhet": enhet,
        "enheter": enheter,
        "rapport": rapport,
        "rapporter": RAPPORTER.values(),
    }
    mal = "planer/tekst/_tallvalg.html" if "sok" in request.GET else "planer/tekst/_tallvindu.html"
    return render(request, mal, kontekst)


def _enhet(valg: str, enheter: list[Enhet], plan: Plan) -> Enhet | None:
    """The unit asked for, else the first of the plan's own, else the municipality."""
    if valg:
        return next((e for e in enheter if str(e.pk) == valg), None)
    egne = {o.enhet_id for o in plan.omfang.all()}
    foerst = (e for e in enheter if (e.pk in egne if egne else e.type == "kommune"))
    return next(foerst, next(iter(enheter), None))


@krever(Handling.SE_PLANER)
@require_POST
def sett_inn(request: HttpRequest, pk: int) -> HttpResponse:
    """A reference to the chosen figure. JSON: key, value and source."""
    plan, rett = plan_for(request, pk)
    krev(rett.redigere, _("Skrive i planen"))
    enhet = _enhet(request.POST.get("enhet", "-"), enheter_for(plan), plan)
    noekler = {f: request.POST.get(f, "") for f in STEDFELTER}
    valg = hent_valg(plan, enhet, uprikket=rett.uprikket, noekler=noekler) if enhet else None
    if valg is None:
        return JsonResponse({"melding": _("Tallet finnes ikke lenger. Søk på nytt.")}, status=422)
    try:
        tall = tjeneste.ta_med_tall(plan=plan, valg=valg)
    except ValidationError as feil:
        return JsonResponse({"melding": " ".join(feil.messages)}, status=422)
    kilde = f"{valg.navn}, {valg.sted}"
    return JsonResponse({"nokkel": tall.nokkel, "verdi": valg.verdi, "kilde": kilde})


@krever(Handling.SE_PLANER)
@require_safe
def tall(request: HttpRequest, pk: int) -> HttpResponse:
    """All figures of the plan: what, where, value, newer value, problem."""
    plan, rett = plan_for(request, pk)
    krev(rett.arbeid, _("Se tallene i planen"))
    steder = _steder(plan)
    rader = [{"v": v, "steder": steder.get(v.tall.nokkel, [])} for v in tall_i_plan(plan, rett.uprikket)]
    kjente = {r["v"].tall.nokkel for r in rader}
    ukjente = [s for n, ss in steder.items() if n not in kjente for s in ss]
    kontekst = {
        "plan": plan,
        "rett": rett,
        "rader": rader,
        "ukjente": ukjente,
        "problemer": sum(1 for r in rader if not r["v"].finnes) + len(ukjente),
        "nyere": sum(1 for r in rader if r["v"].nyere),
        "smuler": smuler(plan),
    }
    return render(request, "planer/tekst/tall.html", kontekst)


def _steder(plan: Plan) -> dict[str, list[dict[str, str]]]:
    """Key of a figure → the sections it stands in."""
    ut: dict[str, list[dict[str, str]]] = {}
    for s in plan.seksjoner.filter(html__contains="data-tall").only(
        "plan_id", "kapittel", "nokkel", "overskrift", "html"
    ):
        adresse = reverse("planer:kapittel", args=[plan.pk, s.kapittel]) + f"#seksjon-{s.nokkel}"
        for nokkel in tallnokler(s.html):
            ut.setdefault(nokkel, []).append({"navn": s.overskrift, "adresse": adresse})
    return ut


class UttrekkSkjema(Skjema):
    """Which extract the plan's figures are taken from."""

    uttrekk = forms.ChoiceField(label=_lat("Uttrekk"), help_text=_lat("Alle tallene i planen hentes herfra."))

    def __init__(self, *args: Any, valg: list[Uttrekk], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["uttrekk"].choices = [(str(u.pk), _uttrekksnavn(u)) for u in valg]


def _uttrekksnavn(uttrekk: Uttrekk) -> str:
    publisert = "" if uttrekk.publisert else _(" (ikke publisert for lesere)")
    return dato_lang(uttrekk.dato) + publisert


@krever(Handling.SE_PLANER)
@require_http_methods(["GET", "HEAD", "POST"])
def bytt_uttrekk(request: HttpRequest, pk: int) -> HttpResponse:
    """Take all the plan's figures from another extract."""
    plan, rett = plan_for(request, pk)
    krev(rett.redigere, _("Bytte uttrekk for planen"))
    valg = _uttrekk(rett)
    start = {"uttrekk": str(valg[0].pk)} if valg else {}
    skjema = UttrekkSkjema(request.POST or None, valg=valg, initial=start)
    tilbake = reverse("planer:tall", args=[plan.pk])
    if skjema.is_valid():
        nytt = next(u for u in valg if str(u.pk) == skjema.cleaned_data["uttrekk"])
        naa = timezone.now()
        if lagre(skjema, lambda: tjeneste.bytt_uttrekk(plan=plan, uttrekk=nytt, av=request.user, naa=naa)):
            tekst = _("Tallene hentes nå fra uttrekket %(dag)s.") % {"dag": dato_lang(nytt.dato)}
            return utfoer(request, lambda: None, tekst, tilbake)
    naa_dato = dato_lang(plan.uttrekk.dato) if plan.uttrekk else _("ingen")
    ingress = _("Nå hentes tallene fra: %(dag)s. Les gjennom teksten etterpå: ordene rundt tallene endres ikke.")
    side = Skjemaside(
        _("Oppdater tallene i planen"), ingress % {"dag": naa_dato}, _("Oppdater tallene"), tilbake, smuler(plan)
    )
    return vis_skjema(request, skjema, side)


def _uttrekk(rett: Planrett) -> list[Uttrekk]:
    """Those who do not see small numbers choose among the published ones."""
    alle = Uttrekk.objects.order_by("-dato").only("pk", "dato", "publisert")
    return list(alle if rett.uprikket else alle.filter(publisert__isnull=False))


@krever(Handling.SE_PLANER)
@require_POST
def slett(request: HttpRequest, pk: int, tall_id: int) -> HttpResponse:
    """Forget a figure that stands in no text."""
    plan, rett = plan_for(request, pk)
    krev(rett.redigere, _("Skrive i planen"))
    rad = get_object_or_404(plan.tall, pk=tall_id)
    tekst, tilbake = _("Tallet er tatt bort."), reverse("planer:tall", args=[plan.pk])
    return utfoer(request, lambda: tjeneste.slett_tall(plan=plan, tall=rad), tekst, tilbake)
