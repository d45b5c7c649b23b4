"""Who has which role where: list, give, change dates, take away; one person's account."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organisasjon import services
from organisasjon.enums import Handling, Rolle
from organisasjon.forms import NyRolleSkjema, RolledatoSkjema
from organisasjon.lister import rolleliste
from organisasjon.models import Bruker, Rolletildeling
from organisasjon.passordlenke import send_passordlenke
from organisasjon.rules import kan_forvalte_rolle
from organisasjon.sider import Bekreftelse, Skjemaside, bekreft, lagre, side_av, utfoer, vis_skjema
from organisasjon.tilgang import krev_for_enhet, krever


@krever(Handling.FORVALTE_ROLLER)
@require_GET
def roller(request: HttpRequest) -> HttpResponse:
    """Roles by person, or by unit (`vis=enhet`)."""
    vis = "enhet" if request.GET.get("vis") == "enhet" else "person"
    valg = {n: request.GET.get(n, "") for n in ("sok", "rolle", "sortering")}
    valg["status"] = request.GET.get("status", "gjeldende")
    valg["sortering"] = valg["sortering"] or vis
    rader = rolleliste(request.tilgang, timezone.localdate(), **valg)
    side = side_av(request, rader)
    for rad in side:
        rad.kan_endres = rad.bruker_id != request.user.pk and kan_forvalte_rolle(
            request.tilgang, Rolle(rad.rolle), rad.enhet_id
        )
    kontekst = {"side": side, "vis": vis, "valg": valg, "rollevalg": Rolle.choices, "antall": len(rader)}
    return render(request, "organisasjon/roller.html", kontekst)


@krever(Handling.FORVALTE_ROLLER)
@require_http_methods(["GET", "POST"])
def ny_rolle(request: HttpRequest) -> HttpResponse:
    """Give somebody a role; a person without an account gets one, and a link to set the password."""
    dag = timezone.localdate()
    forslag = {felt: request.GET[felt] for felt in ("person", "navn", "rolle", "enhet") if felt in request.GET}
    skjema = NyRolleSkjema(request.POST or None, tilgang=request.tilgang, dag=dag, initial=forslag)
    if skjema.is_valid():
        ny_konto = skjema.cleaned_data["bruker"] is None
        if lagre(skjema, lambda: _gi_rolle(request, skjema.cleaned_data)):
            bruker = skjema.cleaned_data["bruker"]
            if ny_konto:
                send_passordlenke(request, bruker)
                messages.info(
                    request, _("En lenke for å lage passord er sendt til %(epost)s.") % {"epost": bruker.email}
                )
            messages.success(request, _("%(person)s har fått rollen.") % {"person": bruker})
            return redirect("organisasjon:roller")
    side = Skjemaside(
        _("Gi en rolle"),
        _("Rollen bestemmer hva personen får se og gjøre, og hvor."),
        _("Gi rollen"),
        reverse("organisasjon:roller"),
        ((_("Roller"), reverse("organisasjon:roller")),),
    )
    return vis_skjema(request, skjema, side)


@krever(Handling.FORVALTE_ROLLER)
@require_http_methods(["GET", "POST"])
def endre_rolle(request: HttpRequest, pk: int) -> HttpResponse:
    """Change from when to when a role holds."""
    tildeling = _hent(request, pk)
    skjema = RolledatoSkjema(request.POST or None, tildeling=tildeling)
    if skjema.is_valid():
        datoer = {f: skjema.cleaned_data[f] for f in ("gyldig_fra", "gyldig_til")}
        if lagre(
            skjema,
            lambda: services.endre_rolle(
                tildeling=tildeling,
                utfoert_av=request.user,
                dag=timezone.localdate(),
                forventet=skjema.forventet,
                **datoer,
            ),
        ):
            messages.success(request, _("Datoene er lagret."))
            return redirect("organisasjon:person", tildeling.bruker_id)
    side = Skjemaside(
        _("Endre datoer for %(person)s") % {"person": tildeling.bruker},
        str(tildeling),
        _("Lagre"),
        _personadresse(tildeling.bruker),
        _smuler(tildeling.bruker),
    )
    return vis_skjema(request, skjema, side)


@krever(Handling.FORVALTE_ROLLER)
@require_http_methods(["GET", "POST"])
def fjern_rolle(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a role away, after a page that says what follows."""
    tildeling = _hent(request, pk)
    bruker = tildeling.bruker
    if request.method == "POST":
        melding = _("%(person)s har ikke lenger rollen.") % {"person": bruker}
        return utfoer(
            request,
            lambda: services.fjern_rolle(tildeling=tildeling, utfoert_av=request.user, dag=timezone.localdate()),
            melding,
            reverse("organisasjon:roller"),
        )
    andre = bruker.roller.exclude(pk=pk).count()
    konsekvenser = [
        _("%(person)s mister det rollen «%(rolle)s» gir, fra neste klikk.") % {"person": bruker, "rolle": tildeling},
        _("Det personen har gjort, står igjen i loggen."),
    ]
    if not andre:
        konsekvenser.append(_("Personen har ingen andre roller og kan da bare se en side om hvem de kan spørre."))
    side = Bekreftelse(
        _("Ta rollen fra %(person)s?") % {"person": bruker},
        tuple(konsekvenser),
        _("Ta bort rollen"),
        _personadresse(bruker),
        _smuler(bruker),
        True,
    )
    return bekreft(request, side)


@krever(Handling.FORVALTE_ROLLER)
@require_GET
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: roles, account, second factor."""
    bruker = _hent_person(request, pk)
    tildelinger = list(bruker.roller.select_related("enhet").order_by("gyldig_fra", "pk"))
    for rad in tildelinger:
        rad.kan_endres = pk != request.user.pk and kan_forvalte_rolle(request.tilgang, Rolle(rad.rolle), rad.enhet_id)
    kontekst = {
        "person": bruker,
        "roller": tildelinger,
        "har_tofaktor": bruker.authenticator_set.filter(type="totp").exists(),
        "kan_styre_konto": bool(tildelinger) and all(r.kan_endres for r in tildelinger),
        "dag": timezone.localdate(),
    }
    return render(request, "organisasjon/person.html", kontekst)


@krever(Handling.FORVALTE_ROLLER)
@require_POST
def send_lenke(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the person a link to set a new password."""
    bruker = _hent_person(request, pk)
    if not (bruker.email and bruker.is_active):
        messages.error(request, _("Kontoen er stengt eller mangler e-postadresse."))
    else:
        send_passordlenke(request, bruker)
        messages.success(request, _("Lenken er sendt til %(epost)s.") % {"epost": bruker.email})
    return redirect("organisasjon:person", pk)


@krever(Handling.FORVALTE_ROLLER)
@require_http_methods(["GET", "POST"])
def konto_aktiv(request: HttpRequest, pk: int) -> HttpResponse:
    """Close or open an account."""
    bruker = _hent_person(request, pk)
    aktiv = not bruker.is_active
    if request.method == "POST":
        melding = _("Kontoen er åpnet.") if aktiv else _("Kontoen er stengt. Personen kan ikke logge inn.")
        return utfoer(
            request,
            lambda: services.sett_konto_aktiv(
                bruker=bruker, aktiv=request.POST.get("aktiv") == "1", utfoert_av=request.user, dag=timezone.localdate()
            ),
            melding,
            _personadresse(bruker),
        )
    if aktiv:
        tittel, knapp = _("Åpne kontoen til %(person)s?"), _("Åpne kontoen")
        konsekvenser = (_("Personen kan logge inn igjen, med rollene som står."),)
    else:
        tittel, knapp = _("Stenge kontoen til %(person)s?"), _("Steng kontoen")
        konsekvenser = (_("Personen kan ikke logge inn."), _("Rollene står, og du kan åpne kontoen igjen."))
    side = Bekreftelse(
        tittel % {"person": bruker},
        konsekvenser,
        knapp,
        _personadresse(bruker),
        _smuler(bruker),
        not aktiv,
        {"aktiv": "1" if aktiv else "0"},
    )
    return bekreft(request, side)


def _gi_rolle(request: HttpRequest, data: dict) -> None:
    """Account and role in one transaction; the new account is put into `data`."""
    with transaction.atomic():
        bruker = data["bruker"] or services.opprett_bruker(epost=data["person"], navn=data["navn"])
        services.gi_rolle(
            bruker=bruker,
            rolle=data["rolle"],
            enhet=data["enhet"],
            gyldig_fra=data["gyldig_fra"],
            gyldig_til=data["gyldig_til"],
            utfoert_av=request.user,
            dag=timezone.localdate(),
        )
    data["bruker"] = bruker


def _hent(request: HttpRequest, pk: int) -> Rolletildeling:
    tildeling = get_object_or_404(Rolletildeling.objects.select_related("bruker", "enhet"), pk=pk)
    krev_for_enhet(request, Handling.FORVALTE_ROLLER, tildeling.enhet_id)
    egen = tildeling.bruker_id == request.user.pk
    if not egen and not kan_forvalte_rolle(request.tilgang, Rolle(tildeling.rolle), tildeling.enhet_id):
        raise PermissionDenied(_("Gi og ta rollen systemansvarlig"))
    return tildeling


def _hent_person(request: HttpRequest, pk: int) -> Bruker:
    """A person with a role in a unit the actor manages; others do not exist for them."""
    bruker = get_object_or_404(Bruker, pk=pk)
    omfang = request.tilgang.omfang(Handling.FORVALTE_ROLLER)
    if bruker != request.user and bruker.roller.exists() and not bruker.roller.filter(enhet_id__in=omfang).exists():
        raise Http404
    return bruker


def _personadresse(bruker: Bruker) -> str:
    return reverse("organisasjon:person", args=[bruker.pk])


def _smuler(bruker: Bruker) -> tuple[tuple[str, str], ...]:
    return ((_("Roller"), reverse("organisasjon:roller")), (str(bruker), _personadresse(bruker)))
