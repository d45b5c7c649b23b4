"""Who has which role where: list, give, change dates, take away."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from organisasjon import services
from organisasjon.enums import Handling, Rolle
from organisasjon.forms import NyRolleSkjema, RolledatoSkjema
from organisasjon.lister import rolleliste
from organisasjon.models import Rolletildeling
from organisasjon.passordlenke import send_passordlenke
from organisasjon.rules import kan_forvalte_rolle
from organisasjon.sider import Bekreftelse, Skjemaside, bekreft, lagre, side_av, utfoer, vis_skjema
from organisasjon.tilgang import krev_for_enhet, krever
from organisasjon.views.personer import personadresse, smuler


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
        personadresse(tildeling.bruker),
        smuler(tildeling.bruker),
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
        personadresse(bruker),
        smuler(bruker),
        True,
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
