"""What a plan covers, and who is in it."""

from collections import defaultdict

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from felles.laas import Foreldet
from felles.norsk import brett, sorteringsnokkel
from organisasjon.enums import Handling
from organisasjon.models import Bruker, Enhet
from organisasjon.tilgang import krever
from planer.enhetsvalg import enhetsvalg
from planer.enums import Deltakerrolle, Planslag
from planer.forslag import foreslaatte_deltakere
from planer.models import Plan
from planer.queries import plan_for
from planer.services import planer as tjenester
from planer.views.plan import krev_forvalte, smuler


@krever(Handling.SE_PLANER)
@require_http_methods(["GET", "POST"])
def omfang(request: HttpRequest, pk: int) -> HttpResponse:
    """The units that the plan covers."""
    plan, rett = plan_for(request, pk)
    krev_forvalte(rett, plan)
    if plan.slag != Planslag.DELPLAN:
        raise Http404
    valg = enhetsvalg(request, [o.enhet_id for o in plan.omfang.all()])
    feil = ""
    if request.method == "POST":
        feil = _skriv_omfang(request, plan, valg)
        if not feil:
            messages.success(request, _("Omfanget er lagret."))
            return redirect("planer:plan", pk)
    kontekst = {
        "plan": plan,
        "valg": valg,
        "feil": feil,
        "nedlagte": _nedlagte(request, plan, valg),
        "avtrykk": tjenester.omfangsavtrykk(plan),
        "lagret": sorted((o.enhet.navn for o in plan.omfang.select_related("enhet")), key=sorteringsnokkel),
        "smuler": smuler(plan),
    }
    return render(request, "planer/plan/omfang.html", kontekst, status=422 if feil else 200)


@krever(Handling.SE_PLANER)
@require_http_methods(["GET", "POST"])
def deltakere(request: HttpRequest, pk: int) -> HttpResponse:
    """The people of the plan: those in it, those the roles point to, and anybody else."""
    plan, rett = plan_for(request, pk)
    if not rett.forvalte:
        raise PermissionDenied
    feil = ""
    if request.method == "POST":
        feil = _skriv_deltakere(request, plan)
        if not feil:
            messages.success(request, _("Deltakerne er lagret."))
            return redirect("planer:plan", pk)
    kontekst = {
        "plan": plan,
        "grupper": _grupper(request, plan),
        "roller": Deltakerrolle.choices,
        "personer": _personer(),
        "feil": feil,
        "ny_person": request.POST.get("ny_person", ""),
        "ny_rolle": request.POST.get("ny_rolle", ""),
        "avtrykk": tjenester.deltakeravtrykk(plan),
        "smuler": smuler(plan),
    }
    return render(request, "planer/plan/deltakere.html", kontekst, status=422 if feil else 200)


def _skriv_omfang(request: HttpRequest, plan: Plan, valg) -> str:
    """Save; the message when it was refused. Closed units that the plan has are kept only when they were ticked."""
    enheter = valg.enheter()
    nedlagte = {o.enhet_id: o.enhet for o in plan.omfang.all()}
    enheter += [e for pk, e in nedlagte.items() if pk in valg.enhet_ider and e not in enheter]
    try:
        tjenester.sett_omfang(
            plan=plan,
            enheter=enheter,
            forventet=request.POST.get("avtrykk", ""),
            av=request.user,
            naa=timezone.now(),
        )
    except Foreldet:
        return _("Noen andre har endret omfanget mens du hadde siden åpen. Se hva som er lagret nå, og lagre på nytt.")
    except ValidationError as feil:
        return " ".join(feil.messages)
    return ""


def _nedlagte(request: HttpRequest, plan: Plan, valg) -> list[tuple[Enhet, bool]]:
    """Units of the scope that are closed and so not in the tree, and whether they are ticked."""
    i_treet = {rad.pk for rad in valg.rader}
    omfang = plan.omfang.select_related("enhet__erstattet_av")
    return [(o.enhet, o.enhet_id in valg.enhet_ider) for o in omfang if o.enhet_id not in i_treet]


def _skriv_deltakere(request: HttpRequest, plan: Plan) -> str:
    par = _valgte(request)
    ny = request.POST.get("ny_person", "").strip()
    if ny:
        bruker = next((b for b, tekst in _personer() if brett(tekst) == brett(ny)), None)
        if bruker is None:
            return _("Fant ingen som heter «%(navn)s». Velg fra listen.") % {"navn": ny[:100]}
        if request.POST.get("ny_rolle") not in Deltakerrolle.values:
            return _("Velg hvilken rolle %(navn)s har i planen.") % {"navn": bruker}
        par.append((bruker, request.POST["ny_rolle"]))
    try:
        tjenester.sett_deltakere(
            plan=plan,
            deltakere=par,
            forventet=request.POST.get("avtrykk", ""),
            av=request.user,
            naa=timezone.now(),
        )
    except Foreldet:
        return _("Noen andre har endret hvem som er med, mens du hadde siden åpen. Se over og lagre på nytt.")
    except ValidationError as feil:
        return " ".join(feil.messages)
    return ""


def _valgte(request: HttpRequest) -> list[tuple[Bruker, str]]:
    """The ticked pairs «person:rolle»; anything else is passed over."""
    par = [v.split(":", 1) for v in request.POST.getlist("deltaker") if ":" in v]
    par = [(int(pk), rolle) for pk, rolle in par if pk.isdecimal() and len(pk) < 15 and rolle in Deltakerrolle.values]
    brukere = Bruker.objects.in_bulk({pk for pk, _rolle in par})
    return [(brukere[pk], rolle) for pk, rolle in par if pk in brukere]


def _grupper(request: HttpRequest, plan: Plan) -> list[tuple[str, list[dict]]]:
    """Per part: (name, people as dicts of verdi, navn, valgt, foreslaatt)."""
    i_planen = {(d.bruker, d.rolle) for d in plan.deltakere.select_related("bruker")}
    foreslaatt = set(foreslaatte_deltakere([o.enhet for o in plan.omfang.all()], timezone.localdate()))
    valgt = set(_valgte(request)) if request.method == "POST" else i_planen
    per = defaultdict(list)
    for bruker, rolle in sorted(i_planen | foreslaatt | valgt, key=lambda p: (sorteringsnokkel(str(p[0])), p[0].pk)):
        per[str(rolle)].append(
            {
                "verdi": f"{bruker.pk}:{rolle}",
                "navn": str(bruker),
                "valgt": (bruker, rolle) in valgt,
                "foreslaatt": (bruker, rolle) not in i_planen,
            }
        )
    return [(str(rolle.label), per[rolle.value]) for rolle in Deltakerrolle if per[rolle.value]]


def _personer() -> list[tuple[Bruker, str]]:
    """Everybody with an open account, as «Navn (brukernavn)»."""
    aktive = Bruker.objects.filter(is_active=True, roller__isnull=False).distinct()
    par = [(b, f"{b} ({b.username})") for b in aktive]
    return sorted(par, key=lambda p: (sorteringsnokkel(p[1]), p[0].pk))
