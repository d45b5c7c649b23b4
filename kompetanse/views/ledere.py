"""Leaders and key positions against the requirements: HR keeps it, leaders see their own scope, everybody own row."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kompetanse.enums import Ledernivaa
from kompetanse.lederfilter import UTFALLSVALG, Valg, les_valg
from kompetanse.models import Krav, Lederpost
from kompetanse.queries.ledere import Lederresultat, lederresultater
from kompetanse.regler import Utfall
from kompetanse.views.filer import csvsvar, xlsxsvar
from kompetanse.visning.lederkrav import UTFALL, eksporttabeller, kravkort, merke, oversikt
from kompetanse.visning.lederliste import lederbilde, lederrad
from kompetanse.visning.steg import neste_steg
from organisasjon.enums import Handling
from organisasjon.sider import side_av
from organisasjon.tilgang import krever

PER_SIDE = 25


@krever(Handling.SE_LEDERKRAV)
@require_GET
def ledere(request: HttpRequest) -> HttpResponse:
    """The leaders in own scope, as of a day, those who fall short first."""
    valg = les_valg(request)
    alle = _alle(request, valg)
    bilde = lederbilde(alle)
    side = side_av(request, valg.ordnet(alle), PER_SIDE)
    kontekst = {
        "side": side,
        "rader": [lederrad(r) for r in side],
        "valg": valg,
        "bilde": bilde,
        "valgt_steg": next((s for s in bilde.steg if s.nokkel == valg.steg), None),
        "valgt_krav": valg.krav and _krav_i(alle, valg.krav),
        "utfall": UTFALLSVALG,
        "nivaaer": Ledernivaa.choices,
        "kan_endre": request.tilgang.kan(Handling.FORVALTE_LEDERKRAV),
        "antall": side.paginator.count,
        "noen": bool(alle) or Lederpost.objects.exists(),
        "sporring": request.GET.urlencode(),
    }
    return render(request, "kompetanse/ledere.html", kontekst)


@krever(Handling.SE_KRAV)
@require_GET
def lederoversikt(request: HttpRequest) -> HttpResponse:
    """Counts by level, sector and requirement; names only for those with the right to see leaders."""
    ser = request.tilgang.kan(Handling.SE_LEDERKRAV)
    valg = les_valg(request) if ser else Valg(timezone.localdate(), timezone.localdate())
    omfang = request.tilgang.omfang(Handling.SE_LEDERKRAV if ser else Handling.SE_KRAV)
    resultater = lederresultater(Lederpost.objects.innehar(valg.dag).filter(enhet__in=omfang), valg.dag)
    krav = {str(k.krav.pk): str(k.krav) for r in resultater for k in r.krav}
    kontekst = {
        "valg": valg,
        "ser": ser,
        "antall": len(resultater),
        "utfall": [merke(u) for u in UTFALL],
        "min": Lederpost.objects.innehar(valg.idag).filter(bruker=request.user).first(),
        **oversikt(resultater, krav, ser),
    }
    return render(request, "kompetanse/lederoversikt.html", kontekst)


@krever(Handling.SE_KRAV)
@require_GET
def leder(request: HttpRequest, pk: int) -> HttpResponse:
    """One leader: requirement by requirement, condition by condition; documentation, commitments and exceptions."""
    rad = get_object_or_404(
        Lederpost.objects.synlig_for(request.tilgang, request.user.pk).select_related("enhet"), pk=pk
    )
    valg = les_valg(request)
    (resultat,) = lederresultater([rad], valg.dag)
    kontekst = {
        "leder": rad,
        "resultat": resultat,
        "merke": merke(resultat.utfall, resultat.frist if resultat.utfall == Utfall.PAA_VEI else None),
        "krav": [kravkort(k) for k in resultat.krav],
        "kommende": [kravkort(k) for k in resultat.kommende],
        "steg": neste_steg(resultat, valg.dag),
        "dokumenter": rad.dokumenter.all(),
        "unntak": rad.unntak.select_related("krav"),
        "kompetanser": rad.kompetanser.select_related("kompetanse"),
        "valg": valg,
        "kan_endre": request.tilgang.kan(Handling.FORVALTE_LEDERKRAV, rad.enhet_id),
        "ser_liste": request.tilgang.kan(Handling.SE_LEDERKRAV),
    }
    return render(request, "kompetanse/leder.html", kontekst)


@krever(Handling.SE_LEDERKRAV)
@require_GET
def eksport(request: HttpRequest, format_: str) -> HttpResponse:
    """The list as a file, with the explanations; the same scope and choices as on the page."""
    valg = les_valg(request)
    tittel = f"{_('Ledere og krav')} {valg.dag}"
    tabeller = eksporttabeller(valg.ordnet(_alle(request, valg)), valg.dag)
    if format_ == "csv":
        return csvsvar(tittel, tabeller)
    metode = [
        (_("Gjelder"), f"{valg.dag:%d.%m.%Y}"),
        (_("Kilde"), _("Kravregisteret og dokumentasjonen HR har ført.")),
        (_("Formål"), _("Følge opp at ledere og nøkkelstillinger oppfyller kravene. Skal ikke brukes til annet.")),
    ]
    return xlsxsvar(tittel, tabeller, metode)


def _alle(request: HttpRequest, valg: Valg) -> list[Lederresultat]:
    """Every leader the person sees, as of the day."""
    synlige = Lederpost.objects.synlig_for(request.tilgang, request.user.pk).innehar(valg.dag)
    return lederresultater(synlige, valg.dag)


def _krav_i(resultater: list[Lederresultat], pk: str) -> Krav | None:
    """The requirement with the id, when it applies to any of them."""
    krav = (k.krav for r in resultater for k in (*r.krav, *r.kommende))
    return next((k for k in krav if str(k.pk) == pk), None)
