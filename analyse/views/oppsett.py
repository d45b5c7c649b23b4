"""What HR decides: categories, positions, norms, published figures, import profiles, and what readers see."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from analyse import lister_oppsett as lister
from analyse.forms_oppsett import (
    KategoriSkjema,
    NormSkjema,
    NyttTallSkjema,
    ProfilSkjema,
    PublisertTallSkjema,
    StillingSkjema,
    VelgRapportSkjema,
)
from analyse.models import Ansattkategori, Importprofil, Norm, PublisertTall, Stilling, Uttrekk
from analyse.queries import PersonraderSlettet
from analyse.rapporter import RAPPORTER
from analyse.services import oppsett as tjeneste
from analyse.services.rapporter import hent_resultat
from organisasjon.enums import Handling
from organisasjon.sider import Bekreftelse, Skjemaside, bekreft, lagre, side_av, utfoer, vis_skjema
from organisasjon.tilgang import krever


@krever(Handling.FORVALTE_OPPSETT)
@require_GET
def oppsett(request: HttpRequest) -> HttpResponse:
    """The front page of the setup."""
    return render(request, "analyse/oppsett/oppsett.html", {"antall": lister.oppsettsammendrag()})


@krever(Handling.FORVALTE_OPPSETT)
@require_GET
def kategorier(request: HttpRequest) -> HttpResponse:
    """How each employment category counts."""
    rader = lister.kategorier(request.GET.get("sortering", ""))
    return render(request, "analyse/oppsett/kategorier.html", {"side": side_av(request, rader)})


@krever(Handling.FORVALTE_OPPSETT)
@require_http_methods(["GET", "POST"])
def ny_kategori(request: HttpRequest) -> HttpResponse:
    """A category the files have and we do not."""
    skjema = KategoriSkjema(request.POST or None, objekt=None)
    felter = ("kode", "navn", "telling", "verdier")
    if skjema.is_valid() and lagre(skjema, lambda: tjeneste.opprett_kategori(**_data(skjema, felter))):
        messages.success(request, _("Kategorien er lagret."))
        return redirect("analyse:kategorier")
    ingress = _("Bestem hvordan rader med denne kategorien telles. Gjelder uttrekk som leses inn etter dette.")
    return vis_skjema(request, skjema, _side(_("Ny kategori"), ingress, "kategorier", _("Kategorier")))


@krever(Handling.FORVALTE_OPPSETT)
@require_http_methods(["GET", "POST"])
def endre_kategori(request: HttpRequest, pk: int) -> HttpResponse:
    """Change how a category counts."""
    kategori = get_object_or_404(Ansattkategori, pk=pk)
    skjema = KategoriSkjema(request.POST or None, objekt=kategori)
    side = _side(_("Endre %(navn)s") % {"navn": kategori.navn}, kategori.kode, "kategorier", _("Kategorier"), True)
    return _rediger(request, skjema, side, lambda data: tjeneste.endre_kategori(kategori=kategori, **data))


@krever(Handling.FORVALTE_OPPSETT)
@require_http_methods(["GET", "POST"])
def slett_kategori(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a category no extract has used."""
    kategori = get_object_or_404(Ansattkategori, pk=pk)
    linjer = (
        _("Neste fil som har denne kategorien, stopper og spør hva den er."),
        _("Er kategorien brukt i et uttrekk, blir den ikke slettet."),
    )
    tittel = _("Slett kategorien %(navn)s?") % {"navn": kategori.navn}
    return _slett(request, tittel, linjer, "kategorier", lambda: tjeneste.slett_kategori(kategori=kategori))


@krever(Handling.FORVALTE_OPPSETT)
@require_GET
def stillinger(request: HttpRequest) -> HttpResponse:
    """Positions with leader function and group; those waiting for a decision can be shown alone."""
    sok, vis = request.GET.get("sok", ""), request.GET.get("vis", "")
    rader = lister.stillinger(sok, vis, request.GET.get("sortering", ""))
    kontekst = {"side": side_av(request, rader), "sok": sok, "vis": vis}
    return render(request, "analyse/oppsett/stillinger.html", kontekst)


@krever(Handling.FORVALTE_OPPSETT)
@require_http_methods(["GET", "POST"])
def endre_stilling(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide on a position."""
    stilling = get_object_or_404(Stilling, pk=pk)
    skjema = StillingSkjema(request.POST or None, objekt=stilling)
    ingress = _("Er dette en leder, og hvilken gruppe hører stillingen til i rapportene?")
    side = _side(stilling.navn, ingress, "stillinger", _("Stillinger"), True)
    return _rediger(request, skjema, side, lambda data: tjeneste.endre_stilling(stilling=stilling, **data))


@krever(Handling.FORVALTE_OPPSETT)
@require_GET
def normer(request: HttpRequest) -> HttpResponse:
    """The limits figures are held against, with their source."""
    return render(request, "analyse/oppsett/normer.html", {"normer": Norm.objects.order_by("pk")})


@krever(Handling.FORVALTE_OPPSETT)
@require_http_methods(["GET", "POST"])
def endre_norm(request: HttpRequest, pk: int) -> HttpResponse:
    """Set a limit and its source."""
    norm = get_object_or_404(Norm, pk=pk)
    skjema = NormSkjema(request.POST or None, objekt=norm)
    ingress = _("Normen og kilden vises ved tallene den brukes på.")
    side = _side(norm.navn, ingress, "normer", _("Normer"), True)
    return _rediger(request, skjema, side, lambda data: tjeneste.endre_norm(norm=norm, **data))


@krever(Handling.FORVALTE_OPPSETT)
@require_GET
def publiserte_tall(request: HttpRequest) -> HttpResponse:
    """Figures as they stand printed, and which computed ones they are shown beside."""
    side = side_av(request, lister.publiserte_tall(request.GET.get("sortering", "")))
    for tall in side:
        tall.rapporttittel = RAPPORTER[tall.rapport].tittel if tall.rapport in RAPPORTER else tall.rapport
    return render(request, "analyse/oppsett/publiserte_tall.html", {"side": side})


@krever(Handling.FORVALTE_OPPSETT)
@require_GET
def nytt_tall(request: HttpRequest) -> HttpResponse:
    """Step one of a printed figure: which report it belongs to."""
    skjema = VelgRapportSkjema()
    skjema.lagre_tekst = _("Velg tall")
    skjema.helper.form_method = "get"
    skjema.helper.form_action = reverse("analyse:nytt_tall_i_rapport")
    ingress = _("Steg 1 av 2. Velg rapporten som har det beregnede tallet.")
    return vis_skjema(
        request, skjema, _side(_("Nytt publisert tall"), ingress, "publiserte_tall", _("Publiserte tall"))
    )


@krever(Handling.FORVALTE_OPPSETT)
@require_http_methods(["GET", "POST"])
def nytt_tall_i_rapport(request: HttpRequest) -> HttpResponse:
    """Step two: which figure, and what is printed."""
    valg = VelgRapportSkjema(request.GET)
    if not valg.is_valid():
        return redirect("analyse:nytt_tall")
    uttrekk, slug = valg.cleaned_data["uttrekk"], valg.cleaned_data["rapport"]
    try:
        rader, maal = lister.tall_som_kan_publiseres(hent_resultat(uttrekk=uttrekk, slug=slug))
    except PersonraderSlettet as feil:
        messages.error(request, str(feil))
        return redirect("analyse:nytt_tall")
    skjema = NyttTallSkjema(request.POST or None, rader=rader, maal=maal)
    if skjema.is_valid() and lagre(
        skjema,
        lambda: tjeneste.opprett_publisert_tall(uttrekk=uttrekk, rapport=slug, **skjema.cleaned_data),
    ):
        messages.success(request, _("Tallet er lagret og vises ved siden av det beregnede."))
        return redirect("analyse:publiserte_tall")
    tittel = _("Publisert tall i %(rapport)s") % {"rapport": RAPPORTER[slug].tittel}
    ingress = _("Steg 2 av 2. Uttrekk %(dag)s.") % {"dag": date_format(uttrekk.dato, "j. F Y")}
    return vis_skjema(request, skjema, _side(tittel, ingress, "publiserte_tall", _("Publiserte tall")))


@krever(Handling.FORVALTE_OPPSETT)
@require_http_methods(["GET", "POST"])
def endre_tall(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a printed figure."""
    tall = get_object_or_404(PublisertTall.objects.select_related("uttrekk"), pk=pk)
    skjema = PublisertTallSkjema(request.POST or None, objekt=tall)
    side = _side(_("Endre publisert tall"), tall.rad, "publiserte_tall", _("Publiserte tall"))
    return _rediger(request, skjema, side, lambda data: tjeneste.endre_publisert_tall(tall=tall, **data))


@krever(Handling.FORVALTE_OPPSETT)
@require_http_methods(["GET", "POST"])
def slett_tall(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a printed figure."""
    tall = get_object_or_404(PublisertTall, pk=pk)
    linjer = (_("Det publiserte tallet og differansen vises ikke lenger."), _("Det beregnede tallet står."))
    tittel = _("Slett det publiserte tallet for %(rad)s?") % {"rad": tall.rad}
    return _slett(request, tittel, linjer, "publiserte_tall", lambda: tjeneste.slett_publisert_tall(tall=tall))


@krever(Handling.FORVALTE_OPPSETT)
@require_GET
def profiler(request: HttpRequest) -> HttpResponse:
    """Named ways of reading files."""
    rader = lister.profiler(request.GET.get("sortering", ""))
    return render(request, "analyse/oppsett/profiler.html", {"side": side_av(request, rader)})


@krever(Handling.FORVALTE_OPPSETT)
@require_http_methods(["GET", "POST"])
def endre_profil(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a profile."""
    profil = get_object_or_404(Importprofil, pk=pk)
    skjema = ProfilSkjema(request.POST or None, objekt=profil)
    ingress = _("Nattlige jobber som bruker det gamle navnet, må rettes.")
    side = _side(_("Nytt navn på %(navn)s") % {"navn": profil.navn}, ingress, "profiler", _("Importprofiler"))
    return _rediger(request, skjema, side, lambda data: tjeneste.endre_profilnavn(profil=profil, **data))


@krever(Handling.FORVALTE_OPPSETT)
@require_http_methods(["GET", "POST"])
def slett_profil(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a profile."""
    profil = get_object_or_404(Importprofil, pk=pk)
    linjer = (
        _("Neste fil fra dette systemet må kobles på nytt."),
        _("Uttrekk som er lest inn, endres ikke."),
        _("Nattlige jobber som bruker profilen, stopper."),
    )
    tittel = _("Slett importprofilen %(navn)s?") % {"navn": profil.navn}
    return _slett(request, tittel, linjer, "profiler", lambda: tjeneste.slett_profil(profil=profil))


@krever(Handling.PUBLISERE)
@require_GET
def publisering(request: HttpRequest) -> HttpResponse:
    """Which extracts readers see."""
    rader = lister.uttrekksliste(request.GET.get("sortering", ""))
    return render(request, "analyse/oppsett/publisering.html", {"side": side_av(request, rader)})


@krever(Handling.PUBLISERE)
@require_http_methods(["GET", "POST"])
def publiser(request: HttpRequest, pk: int) -> HttpResponse:
    """Open an extract to readers or close it, after a page that says what follows."""
    uttrekk = get_object_or_404(Uttrekk, pk=pk)
    if request.method == "POST":
        ja = request.POST.get("publisert") == "1"
        return utfoer(
            request,
            lambda: tjeneste.publiser_uttrekk(
                uttrekk=uttrekk, publisert=ja, utfoert_av=request.user, naa=timezone.now()
            ),
            _("Uttrekket er publisert for lesere.") if ja else _("Lesere ser ikke lenger uttrekket."),
            reverse("analyse:publisering"),
        )
    return bekreft(request, _publiseringsside(uttrekk))


def _publiseringsside(uttrekk: Uttrekk) -> Bekreftelse:
    dag = date_format(uttrekk.dato, "j. F Y")
    liste = reverse("analyse:publisering")
    smuler = (*_smuler(), (_("Publisering"), liste))
    if uttrekk.publisert:
        linjer = (
            _("Lesere mister tallene fra dette uttrekket."),
            _("HR og ledere ser dem som før. Rapporter som er lastet ned, kan ikke hentes tilbake."),
        )
        tittel = _("Trekke tilbake uttrekket %(dag)s?") % {"dag": dag}
        return Bekreftelse(tittel, linjer, _("Trekk tilbake"), liste, smuler, True, {"publisert": "0"})
    linjer = (
        _("Alle med rollen leser får se rapportene fra dette uttrekket for sitt område."),
        _("Tall under fem vises som «<5», og så mange større tall merkes «skjult» at ingen kan regnes ut."),
        _("Navn, alder eller stilling på enkeltpersoner vises aldri."),
        _("Du kan trekke uttrekket tilbake."),
    )
    tittel = _("Publisere uttrekket %(dag)s for lesere?") % {"dag": dag}
    return Bekreftelse(tittel, linjer, _("Publiser"), liste, smuler, skjult={"publisert": "1"})


def _rediger(
    request: HttpRequest, skjema: forms.Form, side: Skjemaside, skriv: Callable[[dict], object]
) -> HttpResponse:
    """The edit page: save with the fingerprint, say what follows, go back to the list."""
    if skjema.is_valid():
        data = {**_data(skjema, skjema.laas_felter), "forventet": skjema.forventet}
        if lagre(skjema, lambda: skriv(data)):
            tekst = _("Lagret.")
            if side.advarsel:
                tekst += " " + _("Rapportene regnes på nytt neste gang de vises.")
            messages.success(request, tekst)
            return redirect(side.tilbake)
    return vis_skjema(request, skjema, side)


def _slett(
    request: HttpRequest, tittel: str, linjer: tuple[str, ...], liste: str, skriv: Callable[[], object]
) -> HttpResponse:
    adresse = reverse(f"analyse:{liste}")
    if request.method == "POST":
        return utfoer(request, skriv, _("Slettet."), adresse)
    return bekreft(request, Bekreftelse(tittel, linjer, _("Slett"), adresse, _smuler(), True))


def _data(skjema: forms.Form, felter: tuple[str, ...]) -> dict:
    return {felt: skjema.cleaned_data[felt] for felt in felter}


def _side(
    tittel: str, ingress: str, liste: str, listenavn: str, endrer_tall: bool = False, knapp: str = ""
) -> Skjemaside:
    """`endrer_tall`: the change makes kept reports be computed anew, and the page says so."""
    adresse = reverse(f"analyse:{liste}")
    advarsel = ""
    if endrer_tall:
        advarsel = _(
            "Endringen virker på tallene. Rapporter regnes på nytt neste gang de vises, for uttrekk som har "
            "personradene igjen. Er de slettet, står tallene som de var."
        )
    return Skjemaside(tittel, ingress, knapp or _("Lagre"), adresse, (*_smuler(), (listenavn, adresse)), advarsel)


def _smuler() -> tuple[tuple[str, str], ...]:
    return ((_("Oppsett"), reverse("analyse:oppsett")),)
