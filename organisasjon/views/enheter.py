"""Units: the tree as a list with search, one unit with its history, and everything that changes them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organisasjon import services
from organisasjon.enhetsbekreftelser import adresse, flyttebekreftelse, nedleggelse, sammenslaaing, smuler
from organisasjon.enums import Enhetstype, Handling
from organisasjon.forms import EnhetSkjema, FlyttSkjema, LeggNedSkjema, NyEnhetSkjema, SlaaSammenSkjema
from organisasjon.lister import Enhetsfilter, enhetsrader
from organisasjon.logg import enhetens_historie
from organisasjon.models import Enhet
from organisasjon.services.enheter import brukt_i, kan_slaas_sammen
from organisasjon.sider import Bekreftelse, Skjemaside, bekreft, lagre, legg_paa_feil, side_av, utfoer, vis_skjema
from organisasjon.tilgang import krev_for_enhet, krever
from organisasjon.tre import brett_tre, les_trevalg


@krever(Handling.SE_ORGANISASJON)
@require_GET
def enheter(request: HttpRequest) -> HttpResponse:
    """The units the person sees: a tree that folds, or a flat list in pages when something is searched or sorted."""
    filter_, sortering = _filter(request), request.GET.get("sortering", "")
    flat = bool(filter_.sok or filter_.type or sortering or filter_.status == "nedlagte")
    rader = enhetsrader(request.tilgang, timezone.localdate(), filter_, sortering or ("navn" if flat else ""))
    kontekst = {
        "filter": filter_,
        "flat": flat,
        "typer": Enhetstype.choices,
        "kan_endre": request.tilgang.kan(Handling.FORVALTE_ORGANISASJON),
        "ser_tall": request.tilgang.kan(Handling.SE_UPRIKKET),
        "sortering": sortering or ("navn" if flat else ""),
    }
    if flat:
        kontekst["side"] = kontekst["rader"] = side_av(request, rader)
    else:
        valg = les_trevalg(request.GET.get("aapne", ""), request.GET.get("vend", ""), _fast(filter_))
        kontekst |= {"rader": brett_tre(rader, valg), "valg": valg, "antall": len(rader)}
    return render(request, "organisasjon/enheter.html", kontekst)


@krever(Handling.SE_ORGANISASJON)
@require_GET
def enhet(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit: where it lies, who leads it, what it was called before."""
    en = _hent(request, pk, Handling.SE_ORGANISASJON)
    filter_ = Enhetsfilter(status="alle", under=pk)
    rader = enhetsrader(request.tilgang, timezone.localdate(), filter_)
    kan_endre = request.tilgang.kan(Handling.FORVALTE_ORGANISASJON, pk)
    kontekst = {
        "enhet": en,
        "rad": rader[0],
        "under": [r for r in rader if r.forelder_id == pk],
        "forelder": en.parent if en.parent_id and request.tilgang.ser(en.parent_id) else None,
        "erstatter": Enhet.objects.filter(erstattet_av=en, pk__in=request.tilgang.omfang(Handling.SE_ORGANISASJON)),
        "tjenester": en.tjenester.all(),
        "historie": enhetens_historie(en) if kan_endre else [],
        "kan_endre": kan_endre,
        "er_kommune": en.type == Enhetstype.KOMMUNE,
    }
    return render(request, "organisasjon/enhet.html", kontekst)


@krever(Handling.FORVALTE_ORGANISASJON)
@require_http_methods(["GET", "POST"])
def ny(request: HttpRequest) -> HttpResponse:
    """Make a unit by hand."""
    skjema = NyEnhetSkjema(request.POST or None, tilgang=request.tilgang, dag=timezone.localdate())
    if skjema.is_valid() and lagre(skjema, lambda: services.opprett_enhet(**skjema.cleaned_data)):
        messages.success(request, _("Enheten %(navn)s er opprettet.") % {"navn": skjema.cleaned_data["navn"]})
        return redirect("organisasjon:enheter")
    ingress = _("De fleste enheter kommer med innlesingen. Her legger du inn en enhet som ikke står i filen ennå.")
    side = Skjemaside(_("Ny enhet"), ingress, _("Opprett enhet"), reverse("organisasjon:enheter"), smuler())
    return vis_skjema(request, skjema, side)


@krever(Handling.FORVALTE_ORGANISASJON)
@require_http_methods(["GET", "POST"])
def endre(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename, recode, change level."""
    en = _hent(request, pk)
    skjema = EnhetSkjema(request.POST or None, enhet=en)
    if skjema.is_valid():
        data = {f: skjema.cleaned_data[f] for f in ("navn", "kode", "type", "gyldig_fra")}
        if lagre(skjema, lambda: services.endre_enhet(enhet=en, forventet=skjema.forventet, **data)):
            messages.success(request, _("Endringen er lagret. Du kan angre den fra historikken."))
            return redirect("organisasjon:enhet", pk)
    side = Skjemaside(
        _("Endre %(navn)s") % {"navn": en.navn},
        _("Tidligere uttrekk beholder navnet, koden og nivået enheten hadde da de ble lest inn."),
        _("Lagre"),
        adresse(en),
        smuler(en),
        _("Endrer du koden, må lønnssystemet bruke den samme. Ellers ser innlesingen på enheten som ny."),
    )
    return vis_skjema(request, skjema, side)


@krever(Handling.FORVALTE_ORGANISASJON)
@require_http_methods(["GET", "POST"])
def flytt(request: HttpRequest, pk: int) -> HttpResponse:
    """Move the unit with everything beneath it, after a page that says what follows."""
    en = _hent(request, pk)
    skjema = FlyttSkjema(request.POST or None, tilgang=request.tilgang, dag=timezone.localdate())
    if skjema.is_valid():
        maal = skjema.cleaned_data["ny_forelder"]
        if "bekreft" not in request.POST:
            return bekreft(request, flyttebekreftelse(en, maal, request.POST["ny_forelder"]))
        if lagre(skjema, lambda: services.flytt_enhet(enhet=en, ny_forelder=maal)):
            messages.success(request, _("%(navn)s ligger nå under %(maal)s.") % {"navn": en.navn, "maal": maal.navn})
            return redirect("organisasjon:enhet", pk)
    ingress = _("Alt som ligger under enheten, følger med. Du får se hva som skjer før noe lagres.")
    side = Skjemaside(_("Flytt %(navn)s") % {"navn": en.navn}, ingress, _("Se hva som skjer"), adresse(en), smuler(en))
    return vis_skjema(request, skjema, side)


@krever(Handling.FORVALTE_ORGANISASJON)
@require_http_methods(["GET", "POST"])
def slaa_sammen(request: HttpRequest, pk: int) -> HttpResponse:
    """Let another unit take over, after a page that says what follows."""
    en = _hent(request, pk)
    skjema = SlaaSammenSkjema(request.POST or None, tilgang=request.tilgang, dag=timezone.localdate())
    if skjema.is_valid():
        til, dato = skjema.cleaned_data["til"], skjema.cleaned_data["dato"]
        valg = {"fra": en, **skjema.cleaned_data, "utfoert_av": request.user, "dag": timezone.localdate()}
        try:
            kan_slaas_sammen(en, til)
        except ValidationError as feil:
            legg_paa_feil(skjema, feil)
        else:
            if "bekreft" not in request.POST:
                return bekreft(request, sammenslaaing(en, til, dato, request.POST, request.user))
            if lagre(skjema, lambda: services.slaa_sammen_enheter(**valg)):
                messages.success(request, _("%(navn)s er slått sammen med %(til)s.") % {"navn": en.navn, "til": til})
                return redirect("organisasjon:enhet", pk)
    side = Skjemaside(
        _("Slå sammen %(navn)s med en annen enhet") % {"navn": en.navn},
        _("Denne enheten legges ned, og en annen tar over. Du får se hva som skjer før noe lagres."),
        _("Se hva som skjer"),
        adresse(en),
        smuler(en),
    )
    return vis_skjema(request, skjema, side)


@krever(Handling.FORVALTE_ORGANISASJON)
@require_http_methods(["GET", "POST"])
def legg_ned(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the unit and everything beneath it, after a page that says what follows."""
    en = _hent(request, pk)
    skjema = LeggNedSkjema(request.POST or None, tilgang=request.tilgang, dag=timezone.localdate())
    if skjema.is_valid():
        dag = skjema.cleaned_data["siste_dag"]
        if "bekreft" not in request.POST:
            return bekreft(request, nedleggelse(en, dag))
        if lagre(skjema, lambda: services.legg_ned_enhet(enhet=en, siste_dag=dag)):
            messages.success(request, _("%(navn)s er lagt ned. Du kan angre fra historikken.") % {"navn": en.navn})
            return redirect("organisasjon:enhet", pk)
    side = Skjemaside(
        _("Legg ned %(navn)s") % {"navn": en.navn},
        _("Enheten tas ut av bruk, men gamle tall står. Tar en annen enhet over, bør du slå dem sammen i stedet."),
        _("Se hva som skjer"),
        adresse(en),
        smuler(en),
    )
    return vis_skjema(request, skjema, side)


@krever(Handling.FORVALTE_ORGANISASJON)
@require_http_methods(["GET", "POST"])
def slett(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a unit made by mistake."""
    en = _hent(request, pk)
    if request.method == "POST":
        melding = _("%(navn)s er slettet.") % {"navn": en.navn}
        return utfoer(request, lambda: services.slett_enhet(enhet=en), melding, reverse("organisasjon:enheter"))
    bruk = brukt_i(en)
    if bruk or en.type == Enhetstype.KOMMUNE:
        grunn = _("Enheten kan ikke slettes, for den er i bruk: %(bruk)s. Legg den ned i stedet.")
        messages.error(request, grunn % {"bruk": ", ".join(bruk)})
        return redirect("organisasjon:enhet", pk)
    konsekvenser = (_("Enheten fjernes fra treet."), _("Ingen tall, roller eller uttrekk peker på den."))
    side = Bekreftelse(
        _("Slett %(navn)s?") % {"navn": en.navn}, konsekvenser, _("Slett enheten"), adresse(en), smuler(en), True
    )
    return bekreft(request, side)


@krever(Handling.FORVALTE_ORGANISASJON)
@require_POST
def tilbakestill(request: HttpRequest, pk: int, historie_id: int) -> HttpResponse:
    """Give the unit back an earlier version from its history."""
    en = _hent(request, pk)
    if not en.historie.filter(history_id=historie_id).exists():
        raise Http404
    return utfoer(
        request,
        lambda: services.tilbakestill_enhet(enhet=en, historie_id=historie_id),
        _("Enheten er satt tilbake slik den var."),
        adresse(en),
    )


def _filter(request: HttpRequest) -> Enhetsfilter:
    under = request.GET.get("under", "")
    return Enhetsfilter(
        sok=request.GET.get("sok", "").strip(),
        type=request.GET.get("type", ""),
        status=request.GET.get("status", "gyldige"),
        under=int(under) if under.isdecimal() and len(under) < 10 else None,
    )


def _fast(filter_: Enhetsfilter) -> tuple[tuple[str, str], ...]:
    """What the tree is narrowed to, for the addresses of its rows."""
    under = (("under", str(filter_.under)),) if filter_.under else ()
    return (*under, *((("status", filter_.status),) if filter_.status != "gyldige" else ()))


def _hent(request: HttpRequest, pk: int, handling: Handling = Handling.FORVALTE_ORGANISASJON) -> Enhet:
    krev_for_enhet(request, handling, pk)
    return get_object_or_404(Enhet.objects.select_related("parent", "erstattet_av"), pk=pk)
