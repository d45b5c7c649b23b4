"""The municipality's name and coat of arms, and leaders of the extract who have no role yet."""

import base64

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from analyse.lister_oppsett import Lederforslag, ledere_uten_bruker
from organisasjon import services
from organisasjon.enums import Handling
from organisasjon.forms import KommuneprofilSkjema
from organisasjon.models import Bruker, Enhet
from organisasjon.queries import kommune
from organisasjon.sider import Skjemaside, lagre, side_av, utfoer
from organisasjon.tilgang import krever


@krever(Handling.FORVALTE_OPPSETT)
@require_http_methods(["GET", "POST"])
def kommuneprofil(request: HttpRequest) -> HttpResponse:
    """Name and coat of arms for the covers of documents."""
    topp = kommune()
    if topp is None:
        messages.info(request, _("Kommunen lages når det første uttrekket leses inn."))
        return redirect("analyse:oppsett")
    profil = getattr(topp, "profil", None)
    logo = bytes(profil.logo) if profil and profil.logo else None
    skjema = KommuneprofilSkjema(request.POST or None, request.FILES or None, kommune=topp, har_logo=bool(logo))
    if skjema.is_valid():
        data = {"navn": skjema.cleaned_data["navn"], "logo": skjema.cleaned_data["logo"]}
        data |= {"fjern_logo": skjema.cleaned_data.get("fjern_logo", False), "forventet": skjema.forventet}
        if lagre(skjema, lambda: services.lagre_kommuneprofil(kommune=topp, **data)):
            messages.success(request, _("Lagret. Nye dokumenter får dette navnet og bildet."))
            return redirect("analyse:kommuneprofil")
    smuler = ((_("Oppsett"), reverse("analyse:oppsett")),)
    ingress = _("Navnet og kommunevåpenet står på forsiden av rapporter til bystyret.")
    side = Skjemaside(_("Kommunen"), ingress, _("Lagre"), smuler[0][1], smuler)
    skjema.lagre_tekst, skjema.avbryt_adresse = side.knapp, side.tilbake
    bilde = f"data:image/png;base64,{base64.b64encode(logo).decode()}" if logo else ""
    kontekst = {"skjema": skjema, "side": side, "bilde": bilde, "kommunenavn": topp.navn}
    status = 422 if skjema.is_bound and skjema.errors else 200
    return render(request, "analyse/oppsett/kommuneprofil.html", kontekst, status=status)


@krever(Handling.FORVALTE_ROLLER)
@require_GET
def ledere(request: HttpRequest) -> HttpResponse:
    """Leaders of the latest extract without a role, with the role we propose."""
    sok = request.GET.get("sok", "")
    forslag = ledere_uten_bruker(timezone.localdate(), sok, request.GET.get("sortering", ""))
    return render(request, "analyse/oppsett/ledere.html", {"side": side_av(request, forslag), "sok": sok})


@krever(Handling.FORVALTE_ROLLER)
@require_POST
def knytt_leder(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the account with the leader's name the role proposed on the list."""
    dag = timezone.localdate()
    forslag = next((f for f in ledere_uten_bruker(dag) if f.pk == pk), None)
    if forslag is None or forslag.bruker_id is None:
        raise Http404
    melding = _("%(person)s har fått rollen %(rolle)s.") % {"person": forslag.navn, "rolle": forslag.rollenavn}
    return utfoer(request, lambda: _gi(request, forslag), melding, reverse("analyse:ledere_uten_bruker"))


def _gi(request: HttpRequest, forslag: Lederforslag) -> None:
    dag = timezone.localdate()
    services.gi_rolle(
        bruker=Bruker.objects.get(pk=forslag.bruker_id),
        rolle=forslag.rolle,
        enhet=Enhet.objects.get(pk=forslag.enhet_id),
        gyldig_fra=dag,
        utfoert_av=request.user,
        dag=dag,
    )
