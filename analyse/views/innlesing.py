"""Reading in an extract: upload, columns, preview, confirm, done; the list of extracts, and undo."""

import uuid
from datetime import date

from django.contrib import messages
from django.db.models import Max, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from analyse.enums import Importslag, Innlesingsstatus
from analyse.innlesing.felt import FELT
from analyse.innlesing.problem import Innlesingsfeil
from analyse.innlesing.profil import SKILLETEGN, Profil, fra_dict
from analyse.innlesing.skjema import Avgjorelsesskjema, Bekreftskjema, Filskjema, Kolonneskjema
from analyse.models import Ansattkategori, Innlesing, Uttrekk
from analyse.services import innlesing as tjeneste
from analyse.services.uttrekk import angre_uttrekk
from felles.tall import dato_lang
from organisasjon.enums import Handling
from organisasjon.queries import kommune
from organisasjon.tilgang import krev_for_enhet, krever


def _krev_kommunen(request: HttpRequest) -> None:
    """An extract is about the whole municipality, so the right must be for all of it."""
    if enhet := kommune():
        krev_for_enhet(request, Handling.IMPORTERE, enhet.pk)


@krever(Handling.IMPORTERE)
@require_GET
def uttrekk_liste(request: HttpRequest) -> HttpResponse:
    """All extracts, newest first; the last one read in can be undone."""
    _krev_kommunen(request)
    sist = Uttrekk.objects.aggregate(pk=Max("pk"))["pk"]
    uttrekk = Uttrekk.objects.select_related("opprettet_av")
    paabegynt = _mine(request).filter(innhold__isnull=False).defer("innhold")
    return render(request, "analyse/innlesing/liste.html", {"uttrekk": uttrekk, "sist": sist, "paabegynt": paabegynt})


@krever(Handling.IMPORTERE)
@require_http_methods(["GET", "HEAD", "POST"])
def innlesing_ny(request: HttpRequest) -> HttpResponse:
    """Step 1: the file."""
    _krev_kommunen(request)
    skjema = Filskjema(request.POST or None, request.FILES or None)
    if request.method == "POST" and skjema.is_valid():
        try:
            innlesing = tjeneste.motta_fil(
                bruker=request.user, fil=skjema.cleaned_data["fil"], profil=_profil(skjema.cleaned_data)
            )
        except Innlesingsfeil as feil:
            skjema.add_error("fil", [str(p) for p in feil.problemer[:20]])
        else:
            ferdig = innlesing.status == Innlesingsstatus.UENDRET
            return redirect("analyse:innlesing_status" if ferdig else "analyse:innlesing_kolonner", innlesing.pk)
    return render(request, "analyse/innlesing/ny.html", {"skjema": skjema, "steg": 1} | _feltnavn())


def _feltnavn() -> dict[str, str]:
    """What a file must have, and what is useful, as text."""
    maa = [str(f.navn) for f in FELT if f.paakrevd]
    aar = {"fodselsdato", "fodselsaar"}
    kan = [str(f.navn) for f in FELT if not f.paakrevd and f.nokkel not in aar]
    maa.insert(1, _("fødselsdato eller fødselsår"))
    return {"paakrevde": ", ".join(maa).capitalize() + ".", "valgfrie": ", ".join(kan).capitalize() + "."}


def _profil(data: dict) -> Profil:
    lagret = data.get("profil")
    profil = fra_dict(lagret.oppsett, navn=lagret.navn) if lagret else Profil()
    tegn = data["skilletegn"]
    profil.skilletegn = SKILLETEGN.get(tegn, tegn) or profil.skilletegn
    profil.tegnkoding = data["tegnkoding"] or profil.tegnkoding
    profil.ark = data["ark"] or profil.ark
    return profil


def _mine(request: HttpRequest) -> QuerySet[Innlesing]:
    """The person's own uploads of staffing lists."""
    return Innlesing.objects.filter(bruker=request.user, slag=Importslag.ANSATTE)


def _hent(request: HttpRequest, innlesing_id: uuid.UUID, *, med_innhold: bool = True) -> Innlesing:
    """The person's own upload. Others' do not exist."""
    _krev_kommunen(request)
    innlesing = get_object_or_404(_mine(request).select_related("uttrekk"), pk=innlesing_id)
    if med_innhold and innlesing.innhold is None:
        raise Http404("Opplastingen er slettet eller lest inn")
    return innlesing


@krever(Handling.IMPORTERE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def innlesing_kolonner(request: HttpRequest, innlesing_id: uuid.UUID) -> HttpResponse:
    """Step 2: our fields against the file's columns."""
    innlesing = _hent(request, innlesing_id)
    g = tjeneste.gjennomgaa(innlesing, bare_kolonner=True)
    profilnavn = innlesing.oppsett.get("profilnavn", "")
    skjema = Kolonneskjema(request.POST or None, gjennomgang=g, profilnavn=profilnavn)
    if request.method == "POST":
        if (rad := skjema.ny_overskriftsrad()) is not None:
            g.profil.overskriftsrad, g.profil.kolonner = rad, {}
            tjeneste.lagre_valg(innlesing=innlesing, profil=g.profil)
            return redirect("analyse:innlesing_kolonner", innlesing.pk)
        if skjema.is_valid():
            data = skjema.cleaned_data
            tjeneste.lagre_valg(
                innlesing=innlesing,
                profil=skjema.som_profil(),
                lagre_som=data["lagre_som"],
                uttrekksdato=data["uttrekksdato"].isoformat(),
                kommune=data.get("kommune"),
            )
            return redirect("analyse:innlesing_forhaandsvisning", innlesing.pk)
    return render(
        request,
        "analyse/innlesing/kolonner.html",
        {"skjema": skjema, "innlesing": innlesing, "g": g, "steg": 2, "meldinger": g.meldinger},
    )


@krever(Handling.IMPORTERE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def innlesing_forhaandsvisning(request: HttpRequest, innlesing_id: uuid.UUID) -> HttpResponse:
    """Step 3: what will be stored, what must be decided, what is wrong; POST answers or confirms."""
    innlesing = _hent(request, innlesing_id)
    visning = tjeneste.hent_visning(innlesing)
    if visning is None:
        return redirect("analyse:innlesing_kolonner", innlesing.pk)
    svar = request.method == "POST" and "svar" in request.POST
    sporsmaal = bekreftelse = None
    if visning["avgjorelser"]:
        sporsmaal = Avgjorelsesskjema(request.POST if svar else None, avgjorelser=visning["avgjorelser"])
        if svar and sporsmaal.is_valid():
            tjeneste.lagre_avgjorelser(innlesing=innlesing, **sporsmaal.svar())
            return redirect("analyse:innlesing_forhaandsvisning", innlesing.pk)
    elif innlesing.status != Innlesingsstatus.KARTLEGGES:
        bekreftelse = _bekreft(request, innlesing, visning)
        if isinstance(bekreftelse, HttpResponse):
            return bekreftelse
    visning["kategorirader"] = _kategorirader(visning.get("kategorier", {}))
    visning["dato"] = date.fromisoformat(visning["uttrekk"]["dato"]) if visning["uttrekk"]["dato"] else None
    sammenheng = {"innlesing": innlesing, "visning": visning, "sporsmaal": sporsmaal, "bekreftelse": bekreftelse}
    return render(request, "analyse/innlesing/forhaandsvisning.html", sammenheng | {"steg": 3})


def _kategorirader(antall: dict[str, int]) -> list[tuple[str, str, int]]:
    """(name, how it counts, rows) per category, the counted ones first."""
    kategorier = Ansattkategori.objects.filter(kode__in=antall)
    rader = [(k.navn, k.get_telling_display(), antall[k.kode]) for k in kategorier]
    ukjent = antall.get("", 0)
    return rader + ([(_("Ukjent eller mangler"), "–", ukjent)] if ukjent else [])


def _bekreft(request: HttpRequest, innlesing: Innlesing, visning: dict) -> Bekreftskjema | HttpResponse:
    """The confirmation form, or the way on when it has been sent."""
    sendt = request.method == "POST"
    forste = not Uttrekk.objects.exists()
    skjema = Bekreftskjema(request.POST if sendt else None, visning=visning, forste=forste)
    if sendt and skjema.is_valid():
        tjeneste.bekreft(
            innlesing=innlesing,
            godta_nye_enheter=skjema.cleaned_data.get("godta_nye_enheter", False),
            godta_nedgang=skjema.cleaned_data.get("godta_nedgang", False),
        )
        return redirect("analyse:innlesing_status", innlesing.pk)
    return skjema


@krever(Handling.IMPORTERE)
@never_cache
@require_GET
def innlesing_status(request: HttpRequest, innlesing_id: uuid.UUID) -> HttpResponse:
    """How far the storing has come. Asked again every second by htmx."""
    innlesing = _hent(request, innlesing_id, med_innhold=False)
    if innlesing.status in tjeneste.UBEKREFTET:
        return redirect("analyse:innlesing_forhaandsvisning", innlesing.pk)
    lever = innlesing.status in tjeneste.I_GANG and not tjeneste.har_stoppet(innlesing)
    mal = "_framdrift.html" if request.htmx else "status.html"
    return render(request, f"analyse/innlesing/{mal}", {"innlesing": innlesing, "lever": lever, "steg": 4})


@krever(Handling.IMPORTERE)
@require_POST
def innlesing_avbryt(request: HttpRequest, innlesing_id: uuid.UUID) -> HttpResponse:
    """Drop the upload."""
    tjeneste.avbryt(innlesing=_hent(request, innlesing_id, med_innhold=False))
    messages.success(request, _("Opplastingen er slettet. Ingenting er lest inn."))
    return redirect("analyse:uttrekk_liste")


@krever(Handling.IMPORTERE)
@require_http_methods(["GET", "HEAD", "POST"])
def uttrekk_angre(request: HttpRequest, uttrekk_id: int) -> HttpResponse:
    """Say what undoing will do; POST does it."""
    _krev_kommunen(request)
    uttrekk = get_object_or_404(Uttrekk, pk=uttrekk_id)
    if request.method == "POST":
        try:
            angre_uttrekk(uttrekk=uttrekk, bruker=request.user)
        except Innlesingsfeil as feil:
            messages.error(request, str(feil))
        else:
            messages.success(request, _("Uttrekket %s er angret.") % dato_lang(uttrekk.dato))
        return redirect("analyse:uttrekk_liste")
    senere = Uttrekk.objects.filter(pk__gt=uttrekk.pk).exists()
    return render(request, "analyse/innlesing/angre.html", {"uttrekk": uttrekk, "senere": senere})
