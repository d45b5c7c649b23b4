"""What if somebody leaves, who can a thing, and what HR registers that key persons can."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from felles.norsk import midt_i_setning, treffer
from kompetanse.forms.lederkompetanse import LederkompetanseSkjema
from kompetanse.models import Lederpost
from kompetanse.queries import gaphvaom as les
from kompetanse.queries.gapsok import har_skjulte
from kompetanse.queries.gapsok import sok as finn
from kompetanse.queries.ledere import Enhetskart
from kompetanse.services.lederkompetanse import sett_kompetanser
from kompetanse.visning.gaphvaom import linjer, virkningsfunn, virkningslinjer
from organisasjon.enums import Handling
from organisasjon.sider import Skjemaside, rediger
from organisasjon.tilgang import krever


@krever(Handling.SE_UPRIKKET)
@require_safe
def hva_om(request: HttpRequest) -> HttpResponse:
    """Pick a unit; then see what is on few hands there, and think one person away."""
    omfang = request.tilgang.omfang(Handling.SE_UPRIKKET) & request.tilgang.omfang(Handling.SE_GAP)
    mine = [s for s in les.nyeste_svar(None, Enhetskart.les()) if s.enheter <= omfang]
    valgt = next((s for s in mine if str(s.pk) == request.GET.get("analyse", "")), None)
    if valgt is not None:
        return _enhet(request, valgt)
    sok = request.GET.get("sok", "").replace("\x00", "").strip()[:100]
    kontekst = {
        "rader": [r for r in les.saarbarhet(mine) if treffer(sok, r.svar.navn)],
        "sok": sok,
        "noen": bool(mine),
    }
    return render(request, "kompetanse/gapresultat/hva_om.html", kontekst)


def _enhet(request: HttpRequest, svar: les.Svar) -> HttpResponse:
    bilde = les.les_enhet(svar, timezone.localdate(), request.tilgang.omfang(Handling.SE_LEDERKRAV))
    nokkel = request.GET.get("uten", "")
    virkninger = les.hva_om(bilde, nokkel) if nokkel else None
    personer = bilde.personer()
    kontekst = {
        "svar": svar,
        "faa": linjer(les.paa_faa_hender(bilde)),
        "grupper": bilde.grupper,
        "personer": personer,
        "nokkel": nokkel,
        "navngitt": nokkel.startswith("leder-"),
        "hvem": _hvem(bilde.grupper, personer, nokkel),
        "virkninger": None if virkninger is None else virkningslinjer(virkninger),
        "funn": "" if virkninger is None else virkningsfunn(virkninger),
        "smuler": ((_("Hva om noen slutter?"), reverse("kompetanse:hva_om")),),
    }
    return render(request, "kompetanse/gapresultat/hva_om_enhet.html", kontekst)


def _hvem(grupper: list[les.Person], personer: list[les.Person], nokkel: str) -> str:
    """The name, or the group as it is said in a sentence."""
    navn = {p.nokkel: p.navn for p in personer} | {p.nokkel: midt_i_setning(p.navn) for p in grupper}
    return navn.get(nokkel, "")


@krever(Handling.SE_GAP)
@require_safe
def hvem_kan(request: HttpRequest) -> HttpResponse:
    """Search a competence in the whole municipality."""
    sok = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    treff = finn(sok, request.tilgang, timezone.localdate())
    kontekst = {
        "sok": sok,
        "treff": treff,
        "skjulte": har_skjulte(treff),
        "ser_egne": request.tilgang.kan(Handling.SE_UPRIKKET),
    }
    return render(request, "kompetanse/gapresultat/hvem_kan.html", kontekst)


@krever(Handling.FORVALTE_LEDERKRAV)
@require_http_methods(["GET", "HEAD", "POST"])
def lederkompetanse(request: HttpRequest, pk: int) -> HttpResponse:
    """Which competences a leader or key person holds."""
    omfang = request.tilgang.omfang(Handling.FORVALTE_LEDERKRAV)
    leder = get_object_or_404(Lederpost.objects.filter(enhet__in=omfang), pk=pk)
    tilbake = reverse("kompetanse:leder", args=[pk])
    skjema = LederkompetanseSkjema(request.POST if request.method == "POST" else None, leder=leder)
    side = Skjemaside(
        tittel=_("Hva kan %(navn)s?") % {"navn": leder.navn},
        ingress=_(
            "Brukes bare til å se hva som forsvinner hvis personen slutter, og til å finne noen som kan hjelpe andre."
        ),
        knapp=_("Lagre"),
        tilbake=tilbake,
        brodsmuler=((_("Ledere og krav"), reverse("kompetanse:ledere")), (leder.navn, tilbake)),
    )

    def skriv() -> None:
        sett_kompetanser(leder=leder, kompetanser=skjema.cleaned_data["kompetanser"], av=request.user)

    return rediger(request, skjema, side, skriv, melding=_("Lagret."))
