"""Reading in counts of competence: upload, columns, preview, confirm; the readings, and undo. Only HR."""

import uuid

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from analyse.enums import Importslag, Innlesingsstatus
from analyse.innlesing.problem import Innlesingsfeil, Samtidig
from analyse.innlesing.profil import SKILLETEGN
from analyse.models import Innlesing
from analyse.services.innlesing import avbryt, hent_visning
from felles.tall import dato_lang, tusen
from kompetanse.forms.tallinnlesing import Tallbekreftskjema, Tallfilskjema, Tallkolonneskjema, Tallsvarskjema
from kompetanse.models import Kompetanseinnlesing
from kompetanse.services import tallopplasting as tjeneste
from kompetanse.services.kompetansetall import angre, kan_angres
from kompetanse.tallinnlesing.profil import Kompetanseprofil, fra_dict
from organisasjon.enums import Handling
from organisasjon.queries import kommune
from organisasjon.sider import Bekreftelse, bekreft, side_av
from organisasjon.tilgang import krev_for_enhet, krever


def _krev_kommunen(request: HttpRequest) -> None:
    """A reading is about the whole municipality, so the right must be for all of it."""
    if enhet := kommune():
        krev_for_enhet(request, Handling.FORVALTE_GAP, enhet.pk)


def _mine(request: HttpRequest) -> QuerySet[Innlesing]:
    """The person's own uploads of counts."""
    return Innlesing.objects.filter(bruker=request.user, slag=Importslag.KOMPETANSE)


def _hent(request: HttpRequest, innlesing_id: uuid.UUID) -> Innlesing:
    _krev_kommunen(request)
    innlesing = get_object_or_404(_mine(request), pk=innlesing_id)
    if innlesing.innhold is None:
        raise Http404("Opplastingen er slettet")
    return innlesing


@krever(Handling.FORVALTE_GAP)
@require_GET
def tallinnlesinger(request: HttpRequest) -> HttpResponse:
    """All readings, newest first; the last of each source can be undone."""
    _krev_kommunen(request)
    innlesinger = Kompetanseinnlesing.objects.select_related("opprettet_av").order_by("-pk")
    siste: dict[str, int] = {}
    for pk, kilde in innlesinger.values_list("pk", "kilde"):
        siste.setdefault(kilde, pk)
    kontekst = {
        "side": side_av(request, innlesinger),
        "siste": set(siste.values()),
        "paabegynt": _mine(request).filter(innhold__isnull=False).defer("innhold"),
        "smuler": _smuler(),
    }
    return render(request, "kompetanse/kompetansetall/innlesinger.html", kontekst)


@krever(Handling.FORVALTE_GAP)
@require_http_methods(["GET", "HEAD", "POST"])
def tallfil(request: HttpRequest) -> HttpResponse:
    """Step 1: the file."""
    _krev_kommunen(request)
    skjema = Tallfilskjema(request.POST or None, request.FILES or None)
    if request.method == "POST" and skjema.is_valid():
        try:
            innlesing, foer = tjeneste.motta_fil(
                bruker=request.user, fil=skjema.cleaned_data["fil"], profil=_profil(skjema.cleaned_data)
            )
        except Innlesingsfeil as feil:
            skjema.add_error("fil", [str(p) for p in feil.problemer[:20]])
        else:
            if foer:
                melding = _("Denne filen er lest inn fra før: %(kilde)s, %(dato)s. Ingenting er endret.")
                messages.info(request, melding % {"kilde": foer.kilde, "dato": dato_lang(foer.dato)})
                return redirect("kompetanse:tallinnlesinger")
            return redirect("kompetanse:tallkolonner", innlesing.pk)
    kontekst = {"skjema": skjema, "steg": 1, "smuler": _smuler(True)}
    return render(request, "kompetanse/kompetansetall/fil.html", kontekst)


def _profil(data: dict) -> Kompetanseprofil:
    lagret = data.get("profil")
    profil = fra_dict(lagret.oppsett, navn=lagret.navn) if lagret else Kompetanseprofil()
    profil.skilletegn = SKILLETEGN.get(data["skilletegn"], data["skilletegn"]) or profil.skilletegn
    profil.tegnkoding = data["tegnkoding"] or profil.tegnkoding
    profil.ark = data["ark"] or profil.ark
    profil.overskriftsrad = data["overskriftsrad"] or profil.overskriftsrad
    return profil


@krever(Handling.FORVALTE_GAP)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tallkolonner(request: HttpRequest, innlesing_id: uuid.UUID) -> HttpResponse:
    """Step 2: what a row is, and our fields against the file's columns."""
    innlesing = _hent(request, innlesing_id)
    g = tjeneste.gjennomgaa(innlesing, bare_kolonner=True)
    kilder = list(Kompetanseinnlesing.objects.order_by("kilde").values_list("kilde", flat=True).distinct())
    skjema = Tallkolonneskjema(request.POST or None, gjennomgang=g, kilder=kilder)
    if request.method == "POST" and skjema.is_valid():
        data = skjema.cleaned_data
        tjeneste.lagre_valg(
            innlesing=innlesing, profil=skjema.som_profil(), dato=data["dato"], lagre_som=data["lagre_som"]
        )
        return redirect("kompetanse:tallforhaandsvisning", innlesing.pk)
    kontekst = {"skjema": skjema, "innlesing": innlesing, "meldinger": g.meldinger, "steg": 2, "smuler": _smuler(True)}
    return render(request, "kompetanse/kompetansetall/kolonner.html", kontekst)


@krever(Handling.FORVALTE_GAP)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tallforhaandsvisning(request: HttpRequest, innlesing_id: uuid.UUID) -> HttpResponse:
    """Step 3: what will be stored, what must be decided, what is wrong; POST answers or confirms."""
    innlesing = _hent(request, innlesing_id)
    visning = hent_visning(innlesing)
    if visning is None:
        return redirect("kompetanse:tallkolonner", innlesing.pk)
    if request.method == "POST" and "glem" in request.POST:
        tjeneste.glem_svar(innlesing=innlesing)
        return redirect("kompetanse:tallforhaandsvisning", innlesing.pk)
    svarer = request.method == "POST" and "svar" in request.POST
    sporsmaal = bekreftelse = None
    if visning["avgjorelser"]:
        register = tjeneste.gjennomgaa(innlesing, bare_kolonner=True).register
        sporsmaal = Tallsvarskjema(
            request.POST if svarer else None, avgjorelser=visning["avgjorelser"], register=register
        )
        if svarer and sporsmaal.is_valid():
            tjeneste.lagre_svar(innlesing=innlesing, **sporsmaal.svar())
            return redirect("kompetanse:tallforhaandsvisning", innlesing.pk)
    elif innlesing.status == Innlesingsstatus.KLAR:
        bekreftelse = Tallbekreftskjema(request.POST if request.method == "POST" else None, visning=visning)
        if bekreftelse.is_valid():
            return _bekreft(request, innlesing, bekreftelse.cleaned_data.get("godta_bortfall", False))
    kontekst = {
        "innlesing": innlesing,
        "visning": visning,
        "sporsmaal": sporsmaal,
        "bekreftelse": bekreftelse,
        "steg": 3,
        "smuler": _smuler(True),
    }
    status = 422 if bekreftelse and bekreftelse.is_bound else 200
    return render(request, "kompetanse/kompetansetall/forhaandsvisning.html", kontekst, status=status)


def _bekreft(request: HttpRequest, innlesing: Innlesing, godta_bortfall: bool) -> HttpResponse:
    try:
        svar = tjeneste.bekreft(innlesing=innlesing, bruker=request.user, godta_bortfall=godta_bortfall)
    except Samtidig as feil:
        messages.warning(request, str(feil))
        return redirect("kompetanse:tallforhaandsvisning", innlesing.pk)
    except Innlesingsfeil as feil:
        messages.error(request, str(feil))
        return redirect("kompetanse:tallforhaandsvisning", innlesing.pk)
    if svar.uendret:
        messages.info(request, svar.svar["meldinger"][0])
    else:
        melding = _("%(n)s tall fra %(kilde)s er lest inn.")
        messages.success(request, melding % {"n": tusen(svar.svar["tall"]), "kilde": svar.innlesing.kilde})
    return redirect("kompetanse:kompetansetall")


@krever(Handling.FORVALTE_GAP)
@require_POST
def tallavbryt(request: HttpRequest, innlesing_id: uuid.UUID) -> HttpResponse:
    """Drop the upload."""
    avbryt(innlesing=_hent(request, innlesing_id))
    messages.success(request, _("Opplastingen er slettet. Ingenting er lest inn."))
    return redirect("kompetanse:tallinnlesinger")


@krever(Handling.FORVALTE_GAP)
@require_http_methods(["GET", "HEAD", "POST"])
def tallangre(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what undoing will do; POST does it."""
    _krev_kommunen(request)
    innlesing = get_object_or_404(Kompetanseinnlesing, pk=pk)
    tilbake = reverse("kompetanse:tallinnlesinger")
    if request.method == "POST" or not kan_angres(innlesing):
        try:
            if request.method == "POST":
                angre(innlesing=innlesing, bruker=request.user)
                messages.success(request, _("%s er angret.") % innlesing)
            else:
                messages.info(request, _("Innlesingen kan ikke angres, for en nyere er lest inn fra samme kilde."))
        except Innlesingsfeil as feil:
            messages.error(request, str(feil))
        return redirect(tilbake)
    konsekvenser = (
        _("Tallene forsvinner. Er det lest inn eldre tall fra samme kilde, vises de igjen."),
        _("Kompetanser som ble lagt til i katalogen, blir stående."),
    )
    tittel = _("Angre %(hva)s?") % {"hva": innlesing}
    return bekreft(request, Bekreftelse(tittel, konsekvenser, _("Angre innlesingen"), tilbake, _smuler(True), True))


def _smuler(under: bool = False) -> tuple[tuple[str, str], ...]:
    alle = (
        (_("Kompetansetall"), reverse("kompetanse:kompetansetall")),
        (_("Innlesinger"), reverse("kompetanse:tallinnlesinger")),
    )
    return alle if under else alle[:1]
