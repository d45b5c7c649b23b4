"""One person: roles, name and e-mail, account, second factor."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organisasjon import services
from organisasjon.enums import Handling, Rolle
from organisasjon.forms import PersonSkjema
from organisasjon.models import Bruker
from organisasjon.passordlenke import send_passordlenke
from organisasjon.rules import kan_forvalte_rolle
from organisasjon.services.personer import krev_rett_til_person
from organisasjon.sider import Bekreftelse, Skjemaside, bekreft, lagre, utfoer, vis_skjema
from organisasjon.tilgang import krever


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
        "kan_rettes": pk == request.user.pk or all(r.kan_endres for r in tildelinger),
        "kan_nullstille": pk != request.user.pk and all(r.kan_endres for r in tildelinger),
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
            personadresse(bruker),
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
        personadresse(bruker),
        smuler(bruker),
        not aktiv,
        {"aktiv": "1" if aktiv else "0"},
    )
    return bekreft(request, side)


@krever(Handling.FORVALTE_ROLLER)
@require_http_methods(["GET", "POST"])
def endre_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a name or an e-mail."""
    bruker, dag = _hent_person(request, pk), timezone.localdate()
    krev_rett_til_person(bruker, request.user, dag)
    skjema = PersonSkjema(request.POST or None, bruker=bruker)
    if skjema.is_valid():
        data = {felt: skjema.cleaned_data[felt] for felt in services.FELTER_PERSON}
        data |= {"utfoert_av": request.user, "dag": dag, "forventet": skjema.forventet}
        if lagre(skjema, lambda: services.endre_person(bruker=bruker, **data)):
            messages.success(request, _("Endringen er lagret."))
            return redirect("organisasjon:person", pk)
    ingress = _("Personen logger inn med e-postadressen. Endres den, får både gammel og ny adresse beskjed.")
    side = Skjemaside(
        _("Endre navn og e-post for %(person)s") % {"person": bruker},
        ingress,
        _("Lagre"),
        personadresse(bruker),
        smuler(bruker),
    )
    return vis_skjema(request, skjema, side)


@krever(Handling.FORVALTE_ROLLER)
@require_http_methods(["GET", "POST"])
def nullstill_tofaktor(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away a second factor the person has lost, after a page that says what follows."""
    bruker, dag = _hent_person(request, pk), timezone.localdate()
    krev_rett_til_person(bruker, request.user, dag)
    if request.method == "POST":
        return utfoer(
            request,
            lambda: services.nullstill_tofaktor(bruker=bruker, utfoert_av=request.user, dag=dag),
            _("Totrinnsinnloggingen er nullstilt."),
            personadresse(bruker),
        )
    konsekvenser = (
        _("Kodeappen og reservekodene til %(person)s virker ikke lenger.") % {"person": bruker},
        _("Til personen slår det på igjen, holder det med passordet. Rollene HR og systemansvarlig må slå det på."),
        _("Vær sikker på hvem som spør: ring personen på et nummer du kjenner."),
        _("Det står i loggen, og personen får e-post om det."),
    )
    tittel = _("Nullstille totrinnsinnlogging for %(person)s?") % {"person": bruker}
    adresse = personadresse(bruker)
    return bekreft(request, Bekreftelse(tittel, konsekvenser, _("Nullstill"), adresse, smuler(bruker), True))


def _hent_person(request: HttpRequest, pk: int) -> Bruker:
    """A person with a role in a unit the actor manages; others do not exist for them."""
    bruker = get_object_or_404(Bruker, pk=pk)
    omfang = request.tilgang.omfang(Handling.FORVALTE_ROLLER)
    if bruker != request.user and bruker.roller.exists() and not bruker.roller.filter(enhet_id__in=omfang).exists():
        raise Http404
    return bruker


def personadresse(bruker: Bruker) -> str:
    return reverse("organisasjon:person", args=[bruker.pk])


def smuler(bruker: Bruker) -> tuple[tuple[str, str], ...]:
    return ((_("Roller"), reverse("organisasjon:roller")), (str(bruker), personadresse(bruker)))
