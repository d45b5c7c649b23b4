"""One tiltak: its page, its form, the catalogue it can start from, the log."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from felles.norsk import treffer
from kompetanse.enums import Vei
from kompetanse.queries.gapsvar import leselige
from organisasjon.enums import Handling
from organisasjon.sider import Bekreftelse, Skjemaside, bekreft_laast, lagre, videre, vis_skjema
from organisasjon.tilgang import krever
from planer.enums import Planstatus
from planer.forms_tiltak import VEIORD, OppfolgingSkjema, TiltakSkjema, startverdier
from planer.kontroll.delplan import KAPITTEL_GREP
from planer.models import Innsatsomraade, Plan, Tiltak, Tiltaksmal
from planer.queries import plan_for
from planer.rules import Planrett, kan_folge_opp
from planer.services.tiltak import FELTER_SLETT, folg_opp, kopier_tiltak, lagre_tiltak, slett_tiltak
from planer.tiltaksfolk import mulige_ansvarlige
from planer.tiltakshistorie import historie
from planer.tiltaksliste import les_id
from planer.visning.tiltak import fristmerke, oppfolginger, statusmerke, utvikling, vis_tall


def hent(request: HttpRequest, pk: int) -> tuple[Tiltak, Planrett]:
    """The tiltak, if its plan exists for the person, and what they may do. Raises Http404."""
    tiltak = (
        Tiltak.objects.select_related("omraade", "ansvarlig", "fra_mal", "gaprad__analyse__runde").filter(pk=pk).first()
    )
    if tiltak is None:
        raise Http404("Tiltaket finnes ikke")
    plan, rett = plan_for(request, tiltak.plan_id)
    tiltak.plan = plan
    return tiltak, rett


def smuler(plan: Plan, *flere: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """Plans › the plan › its tiltak › …"""
    return (
        (_("Planer"), reverse("planer:liste")),
        (plan.tittel, reverse("planer:plan", args=[plan.pk])),
        (_("Tiltak"), reverse("planer:tiltak", args=[plan.pk])),
        *flere,
    )


@krever(Handling.SE_PLANER)
@require_http_methods(["GET", "HEAD", "POST"])
def tiltak_en(request: HttpRequest, pk: int) -> HttpResponse:
    """The tiltak with its log; POST writes in the log."""
    tiltak, rett = hent(request, pk)
    dag = timezone.localdate()
    kan_logge = kan_folge_opp(tiltak, rett, request.user.pk) and tiltak.plan.status != Planstatus.ERSTATTET
    skjema = OppfolgingSkjema(request.POST or None, tiltak=tiltak, dag=dag)
    if request.method == "POST":
        if not kan_logge:
            raise PermissionDenied(_("Følge opp tiltaket"))
        if skjema.is_valid() and lagre(skjema, lambda: _logg(request, tiltak, skjema.cleaned_data)):
            messages.success(request, _("Oppfølgingen er lagret."))
            return redirect("planer:tiltak_en", tiltak.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "planer/tiltak/en.html", _side(request, tiltak, rett, skjema, kan_logge), status=status)


def _logg(request: HttpRequest, tiltak: Tiltak, data: dict[str, Any]) -> None:
    felter = {f: data.get(f) for f in ("dato", "tekst", "status", "verdi")}
    folg_opp(tiltak=tiltak, **felter, av=request.user, naa=timezone.localtime())


def _side(
    request: HttpRequest, tiltak: Tiltak, rett: Planrett, skjema: OppfolgingSkjema, kan_logge: bool
) -> dict[str, Any]:
    logg = oppfolginger(tiltak) if rett.arbeid or kan_logge else []
    return {
        "tiltak": tiltak,
        "plan": tiltak.plan,
        "rett": rett,
        "status": statusmerke(tiltak.status),
        "frist": fristmerke(tiltak, timezone.localdate()),
        "logg": logg,
        "utvikling": utvikling(tiltak, logg),
        "nullpunkt": vis_tall(tiltak.nullpunkt),
        "maaltall": vis_tall(tiltak.maaltall),
        "historie": historie(tiltak) if rett.arbeid else [],
        "skjema": skjema if kan_logge else None,
        "andre_folger_opp": _andre_folger_opp(request, tiltak, rett, kan_logge),
        "smuler": smuler(tiltak.plan),
        "kan_se_gap": _kan_se_gap(request, tiltak),
    }


def _kan_se_gap(request: HttpRequest, tiltak: Tiltak) -> bool:
    """May the person read the gap analysis that the tiltak is from?"""
    if tiltak.gaprad is None or not request.tilgang.kan(Handling.SE_GAP):
        return False
    return leselige(request.tilgang, request.user.pk).filter(pk=tiltak.gaprad.analyse_id).exists()


def _andre_folger_opp(request: HttpRequest, tiltak: Tiltak, rett: Planrett, kan_logge: bool) -> bool:
    """Is this a leader who would expect to follow up, but may not?"""
    leder = rett.arbeid and request.tilgang.kan(Handling.REDIGERE_DELPLAN)
    return leder and not kan_logge and tiltak.plan.status != Planstatus.ERSTATTET


@krever(Handling.SE_PLANER)
@require_http_methods(["GET", "HEAD", "POST"])
def tiltak_ny(request: HttpRequest, pk: int) -> HttpResponse:
    """A new tiltak in the plan, empty or from the catalogue (?mal=), for an innsatsområde (?omraade= key or id)."""
    plan, rett = plan_for(request, pk)
    _krev(rett)
    mal = Tiltaksmal.objects.filter(pk=les_id(request.GET.get("mal", ""))).first()
    omraade = finn_omraade(plan, request.GET.get("omraade") or (mal.omraade if mal else ""))
    folk = mulige_ansvarlige([plan], timezone.localdate())
    start = startverdier(mal, omraade)
    skjema = TiltakSkjema(request.POST or None, plan=plan, tiltak=None, folk=folk, initial=start)
    if request.method == "POST" and skjema.is_valid():
        verdier = skjema.cleaned_data | {"fra_mal": mal}
        if lagre(skjema, lambda: _lagre(request, plan, None, verdier, None)):
            messages.success(request, _("Tiltaket «%(tittel)s» er lagt til.") % {"tittel": verdier["tittel"]})
            return redirect(_fortsett(plan, omraade if request.GET.get("omraade") else None))
    katalog = reverse("planer:tiltakskatalog", args=[plan.pk])
    valgt = f"?omraade={omraade.nokkel}" if omraade else ""
    return render(
        request,
        "planer/tiltak/ny.html",
        {"skjema": _pynt(skjema, plan), "plan": plan, "mal": mal, "katalog": katalog + valgt, "smuler": smuler(plan)},
        status=422 if skjema.is_bound else 200,
    )


def _fortsett(plan: Plan, omraade: Innsatsomraade | None) -> str:
    """Back to the innsatsområde in the delplan that the person came from, or to the list."""
    if omraade is None or plan.er_temaplan:
        return reverse("planer:tiltak", args=[plan.pk])
    return reverse("planer:kapittel", args=[plan.pk, KAPITTEL_GREP]) + f"#grep-{omraade.nokkel}"


def finn_omraade(plan: Plan, valg: str) -> Innsatsomraade | None:
    """The innsatsområde of the plan's temaplan with this key or id."""
    if not valg:
        return None
    egne = Innsatsomraade.objects.filter(plan=plan if plan.er_temaplan else plan.temaplan)
    return egne.filter(nokkel=valg.replace("\x00", "")).first() or egne.filter(pk=les_id(valg)).first()


def _krev(rett: Planrett) -> None:
    if not rett.tiltak:
        raise PermissionDenied(_("Legge til og endre tiltak i planen"))


def _pynt(skjema: TiltakSkjema, plan: Plan) -> TiltakSkjema:
    skjema.avbryt_adresse = reverse("planer:tiltak", args=[plan.pk])
    return skjema


def _lagre(
    request: HttpRequest, plan: Plan, tiltak: Tiltak | None, verdier: dict[str, Any], forventet: str | None
) -> Tiltak:
    return lagre_tiltak(
        tiltak=tiltak, plan=plan, verdier=verdier, forventet=forventet, av=request.user, naa=timezone.now()
    )


@krever(Handling.SE_PLANER)
@require_http_methods(["GET", "HEAD", "POST"])
def tiltak_endre(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a tiltak of an open plan."""
    tiltak, rett = hent(request, pk)
    _krev(rett)
    folk = mulige_ansvarlige([tiltak.plan], timezone.localdate())
    skjema = TiltakSkjema(request.POST or None, plan=tiltak.plan, tiltak=tiltak, folk=folk)
    side = reverse("planer:tiltak_en", args=[tiltak.pk])
    if (
        request.method == "POST"
        and skjema.is_valid()
        and lagre(skjema, lambda: _lagre(request, tiltak.plan, tiltak, skjema.cleaned_data, skjema.forventet))
    ):
        messages.success(request, _("Tiltaket er lagret."))
        return redirect(side)
    ord_ = Skjemaside(
        tittel=_("Endre %(tittel)s") % {"tittel": tiltak.tittel},
        ingress=_("%(ident)s i %(plan)s.") % {"ident": tiltak.ident, "plan": tiltak.plan},
        knapp=str(TiltakSkjema.lagre_tekst),
        tilbake=side,
        brodsmuler=smuler(tiltak.plan, (tiltak.tittel, side)),
    )
    return vis_skjema(request, skjema, ord_)


@krever(Handling.SE_PLANER)
@require_http_methods(["GET", "HEAD", "POST"])
def tiltak_slett(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a tiltak out of an open plan."""
    tiltak, rett = hent(request, pk)
    _krev(rett)
    side = reverse("planer:tiltak_en", args=[tiltak.pk])
    konsekvenser = (
        _("Tiltaket tas ut av planen, og oppfølgingen av det slettes."),
        _("Tidligere vedtatte versjoner av planen beholder sitt."),
        _("Id-en %(ident)s brukes ikke på nytt.") % {"ident": tiltak.ident},
        _("Skal tiltaket bare stanses, gi det status «Avbrutt» i stedet. Da blir det stående med begrunnelse."),
    )
    tittel = _("Slett tiltaket «%(tittel)s»?") % {"tittel": tiltak.tittel}
    ord_ = Bekreftelse(
        tittel, konsekvenser, _("Slett tiltaket"), side, smuler(tiltak.plan, (tiltak.tittel, side)), True
    )
    slettet = _("Tiltaket «%(tittel)s» er slettet.") % {"tittel": tiltak.tittel}
    liste = reverse("planer:tiltak", args=[tiltak.plan_id])
    return bekreft_laast(
        request,
        ord_,
        objekt=tiltak,
        felter=FELTER_SLETT,
        skriv=lambda laas: slett_tiltak(tiltak=tiltak, forventet=laas, av=request.user, naa=timezone.now()),
        svar=lambda _gjort: videre(request, slettet, liste),
    )


@krever(Handling.SE_PLANER)
@require_POST
def tiltak_kopier(request: HttpRequest, pk: int) -> HttpResponse:
    """A copy in the same plan, opened for change."""
    tiltak, rett = hent(request, pk)
    _krev(rett)
    ny = kopier_tiltak(tiltak=tiltak, av=request.user, naa=timezone.now())
    messages.success(request, _("Kopien er laget. Rett det som skal være annerledes."))
    return redirect("planer:tiltak_endre", ny.pk)


@krever(Handling.SE_PLANER)
@require_safe
def tiltakskatalog(request: HttpRequest, pk: int) -> HttpResponse:
    """Measures others have good experience with, to start from."""
    plan, rett = plan_for(request, pk)
    _krev(rett)
    sok, vei = request.GET.get("sok", "")[:200], request.GET.get("vei", "")
    maler = [m for m in Tiltaksmal.objects.all() if treffer(sok, m.tittel, m.hva, m.kilde) and vei in ("", m.vei)]
    grupper = [(v.label, VEIORD[v], egne) for v in Vei if (egne := [m for m in maler if m.vei == v])]
    omraade = finn_omraade(plan, request.GET.get("omraade", ""))
    kontekst = {"plan": plan, "grupper": grupper, "smalnet": bool(sok or vei), "omraade": omraade}
    valg = {"sok": sok, "vei": vei, "veier": Vei.choices}
    return render(request, "planer/tiltak/katalog.html", kontekst | valg | {"smuler": smuler(plan)})
