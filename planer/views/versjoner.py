"""History of a section, and versions of a plan compared."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from felles.laas import Foreldet
from felles.riktekst import rens
from felles.tekstdiff import sammendrag, sammenlikn
from organisasjon.enums import Handling
from organisasjon.sider import Bekreftelse, bekreft, side_av, utfoer
from organisasjon.tilgang import krever
from planer.innhold import les_innhold
from planer.models import Plan, Seksjon, Seksjonsversjon
from planer.queries import plan_for
from planer.rules import Planrett
from planer.services import seksjoner as tjeneste
from planer.tall import vis_html
from planer.tiltaksliste import les_id
from planer.views.seksjon import kapittelside, krev, seksjon_for, smuler
from planer.visning.sammenlikning import sammenlikn_planer


@krever(Handling.SE_PLANER)
@require_safe
def historikk(request: HttpRequest, pk: int) -> HttpResponse:
    """Who wrote what when, and what one of the versions changed."""
    seksjon, plan, rett = seksjon_for(request, pk)
    krev(rett.arbeid, _("Se historikken til planen"))
    alle = seksjon.versjoner.select_related("av").defer("html").order_by("-lopenummer", "-pk")
    side = side_av(request, alle, 25)
    valgt = _valgt(request, seksjon, side.object_list)
    forrige = _forrige(seksjon, valgt)
    kontekst = {
        "seksjon": seksjon,
        "plan": plan,
        "rett": rett,
        "side": side,
        "valgt": valgt,
        "forrige": forrige,
        "endringer": _endringer(plan, forrige, valgt) if forrige else [],
        "tekst": vis_html(plan, rens(valgt.html), uprikket=rett.uprikket) if valgt and not forrige else "",
        "er_naa": valgt is not None and valgt.html == seksjon.html,
        "smuler": smuler(plan, seksjon.kapittel),
        "tilbake": kapittelside(seksjon),
    }
    return render(request, "planer/tekst/historikk.html", kontekst)


def _valgt(request: HttpRequest, seksjon: Seksjon, rader) -> Seksjonsversjon | None:
    """The version in the address, else the newest of the page."""
    raa = request.GET.get("versjon", "")
    if raa:
        pk = int(raa) if raa.isascii() and raa.isdigit() and len(raa) < 15 else 0
        return get_object_or_404(seksjon.versjoner.select_related("av"), pk=pk)
    foerste = next(iter(rader), None)
    return seksjon.versjoner.select_related("av").get(pk=foerste.pk) if foerste else None


def _forrige(seksjon: Seksjon, valgt: Seksjonsversjon | None) -> Seksjonsversjon | None:
    if valgt is None:
        return None
    return seksjon.versjoner.filter(lopenummer__lt=valgt.lopenummer).order_by("-lopenummer", "-pk").first()


def _endringer(plan: Plan, forrige: Seksjonsversjon, valgt: Seksjonsversjon) -> list:
    tall = dict(plan.tall.values_list("nokkel", "tekst"))
    return sammendrag(sammenlikn(forrige.html, valgt.html, tall))


@krever(Handling.SE_PLANER)
@require_http_methods(["GET", "HEAD", "POST"])
def gjenopprett(request: HttpRequest, pk: int, versjon: int) -> HttpResponse:
    """Bring an old text back, after a page that says what follows."""
    seksjon, plan, rett = seksjon_for(request, pk)
    krev(rett.redigere, _("Skrive i planen"))
    rad = get_object_or_404(seksjon.versjoner, pk=versjon)
    rad.seksjon = seksjon
    tid = date_format(timezone.localtime(rad.tid), "j. F Y H.i")
    if request.method == "POST":
        return utfoer(
            request,
            lambda: tjeneste.gjenopprett(versjon=rad, av=request.user, naa=timezone.now()),
            _("Teksten fra %(tid)s er hentet tilbake.") % {"tid": tid},
            kapittelside(seksjon),
        )
    linjer = (
        _("Seksjonen «%(navn)s» får teksten den hadde %(tid)s.") % {"navn": seksjon.overskrift, "tid": tid},
        _("Teksten som står der nå, blir liggende i historikken og kan hentes tilbake på samme måte."),
    )
    side = Bekreftelse(
        _("Hente tilbake teksten fra %(tid)s?") % {"tid": tid},
        linjer,
        _("Hent tilbake"),
        kapittelside(seksjon),
        smuler(plan, seksjon.kapittel),
    )
    return bekreft(request, side)


@krever(Handling.SE_PLANER)
@require_POST
def godta_kopi(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a copied text holds here as it stands."""
    seksjon, _plan, rett = seksjon_for(request, pk)
    krev(rett.redigere, _("Skrive i planen"))
    forventet = les_id(request.POST.get("forventet", "")) or 0
    try:
        tjeneste.godta_kopi(seksjon=seksjon, forventet=forventet, av=request.user, naa=timezone.now())
    except Foreldet:
        messages.info(request, _("Noen andre har skrevet i «%(navn)s» i mellomtiden.") % {"navn": seksjon.overskrift})
    except ValidationError as feil:
        messages.error(request, " ".join(feil.messages))
    else:
        messages.success(request, _("Teksten i «%(navn)s» er godtatt som den er.") % {"navn": seksjon.overskrift})
    return redirect(kapittelside(seksjon))


@krever(Handling.SE_PLANER)
@require_safe
def versjoner(request: HttpRequest, pk: int) -> HttpResponse:
    """All versions of the plan that the person may see."""
    plan, rett = plan_for(request, pk)
    kontekst = {"plan": plan, "rett": rett, "versjoner": _versjoner(request, plan), "smuler": smuler(plan)}
    return render(request, "planer/tekst/versjoner.html", kontekst)


def _versjoner(request: HttpRequest, plan: Plan) -> list[Plan]:
    synlige = Plan.objects.synlig_for(request.tilgang, request.user.pk).filter(stamme=plan.stamme)
    utsatt = ("vedtak__innhold", "vedtak__innhold_prikket", "vedtak__pdf")
    return list(synlige.select_related("vedtak", "vedtak__av").defer(*utsatt).order_by("-versjon"))


@krever(Handling.SE_PLANER)
@require_safe
def sammenlikn_versjoner(request: HttpRequest, pk: int) -> HttpResponse:
    """Two versions of the plan, section by section and tiltak by tiltak. Without a choice: this and the one before."""
    plan, rett = plan_for(request, pk)
    alle = _versjoner(request, plan)
    foer, etter = _to(request, alle, plan)
    deler = _sammenlikn(request, foer, etter) if foer and etter else None
    kontekst = {
        "plan": plan,
        "rett": rett,
        "versjoner": alle,
        "foer": foer,
        "etter": etter,
        "deler": deler,
        "smuler": smuler(plan),
    }
    return render(request, "planer/tekst/sammenlikn.html", kontekst)


def _to(request: HttpRequest, alle: list[Plan], plan: Plan) -> tuple[Plan | None, Plan | None]:
    """Older and newer, by version number in the address."""
    kart = {str(p.versjon): p for p in alle}
    etter = kart.get(request.GET.get("til", str(plan.versjon)))
    eldre = [p for p in alle if etter and p.versjon < etter.versjon]
    fra = request.GET.get("fra", "")
    foer = kart.get(fra) if fra else next(iter(eldre), None)
    if (fra and foer is None) or etter is None:
        raise Http404("Versjonen finnes ikke")
    return foer, etter


def _sammenlikn(request: HttpRequest, foer: Plan, etter: Plan) -> list:
    """Both with small numbers, or both without: a figure hidden in one of them is not a change."""
    retter = [_rett(request, p) for p in (foer, etter)]
    uprikket = all(r.uprikket for r in retter)
    return sammenlikn_planer(*(les_innhold(p, uprikket=uprikket) for p in (foer, etter)))


def _rett(request: HttpRequest, plan: Plan) -> Planrett:
    return plan_for(request, plan.pk)[1]
