"""Cases that must be anchored higher up: the register, HR's editing, and the training."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from felles.norsk import brett
from kompetanse.forms.saker import OvingSkjema, SakSkjema
from kompetanse.matrise import svar as svarregler
from kompetanse.matrise.enums import Matriserolle
from kompetanse.models import Forankringssak, Matriserad
from kompetanse.queries.matrise import Matriselinje, gjeldende, les_bilde, matriser, saker_i_bruk
from kompetanse.services.saker import lagre_sak
from kompetanse.services.saker import slett_sak as slett
from organisasjon.enums import Handling
from organisasjon.sider import Bekreftelse, Skjemaside, bekreft, rediger, utfoer
from organisasjon.tilgang import krever


@krever(Handling.SE_MATRISE)
@require_GET
def saker(request: HttpRequest) -> HttpResponse:
    """All cases with the rows they belong to."""
    alle = Forankringssak.objects.prefetch_related("oppgaver")
    kan_endre = request.tilgang.kan(Handling.FORVALTE_MATRISE)
    navn = _radnavn()
    rader = [(s, [navn[o.pk] for o in s.oppgaver.all() if o.pk in navn]) for s in alle if kan_endre or s.i_bruk]
    return render(request, "kompetanse/saker/liste.html", {"rader": rader, "kan_endre": kan_endre})


@krever(Handling.SE_MATRISE)
@require_http_methods(["GET", "POST"])
def oving(request: HttpRequest, pk: int) -> HttpResponse:
    """One case to train on: read, answer, then see the line and why. Nothing is stored."""
    sak = get_object_or_404(Forankringssak.objects.prefetch_related("oppgaver"), pk=pk, i_bruk=True)
    skjema = OvingSkjema(request.POST if request.method == "POST" else None)
    skjema.avbryt_adresse = reverse("kompetanse:saker")
    kontekst = {"sak": sak, "skjema": skjema, **_plass(sak), "smuler": _smuler()}
    if skjema.is_valid():
        kontekst |= _fasit(sak, skjema.cleaned_data["svar"])
    status = 422 if skjema.is_bound and skjema.errors else 200
    return render(request, "kompetanse/saker/oving.html", kontekst, status=status)


def _plass(sak: Forankringssak) -> dict[str, object]:
    alle = saker_i_bruk()
    her = next((i for i, s in enumerate(alle) if s.pk == sak.pk), 0)
    return {"nr": her + 1, "antall": len(alle), "neste": alle[her + 1] if her + 1 < len(alle) else None}


def _fasit(sak: Forankringssak, svar: list[str]) -> dict[str, object]:
    riktige = sak.forankres_hos
    valgte = [r for r in Matriserolle if r.value in svar]
    linjer = [(linje, omraade, svarregler.svar(linje.ansvar, omraade)) for linje, omraade in _linjer(sak)]
    return {
        "riktig": riktige == valgte,
        "truffet": [r for r in valgte if r in riktige],
        "glemt": [r for r in riktige if r not in valgte],
        "unoedvendig": [r for r in valgte if r not in riktige],
        "linjer": linjer,
        "svart": True,
    }


def _linjer(sak: Forankringssak) -> list[tuple[Matriselinje, str]]:
    """The rows of the case in the editions that hold now, each with the case's area when the row has it."""
    ider = {o.pk for o in sak.oppgaver.all()}
    alle = matriser()
    ut = []
    for matrise_id, versjon in gjeldende(timezone.localdate(), alle).items():
        if matrise_id in {o.matrise_id for o in sak.oppgaver.all()}:
            ut += [linje for linje in les_bilde(versjon).linjer if linje.rad.oppgave_id in ider]
    return [(linje, _omraade(linje, sak.omraade)) for linje in ut]


def _omraade(linje: Matriselinje, omraade: str) -> str:
    return next((o for o in svarregler.omraader(linje.ansvar) if brett(o) == brett(omraade)), "")


@krever(Handling.FORVALTE_MATRISE)
@require_http_methods(["GET", "POST"])
def ny_sak(request: HttpRequest) -> HttpResponse:
    """Enter a case."""
    return _rediger(request, None)


@krever(Handling.FORVALTE_MATRISE)
@require_http_methods(["GET", "POST"])
def endre_sak(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a case."""
    return _rediger(request, get_object_or_404(Forankringssak.objects.prefetch_related("oppgaver"), pk=pk))


@krever(Handling.FORVALTE_MATRISE)
@require_http_methods(["GET", "POST"])
def slett_sak(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a case out of the register."""
    sak = get_object_or_404(Forankringssak, pk=pk)
    liste = reverse("kompetanse:saker")
    if request.method == "POST":
        return utfoer(request, lambda: slett(sak=sak, av=request.user), _("Saken er slettet."), liste)
    konsekvenser = (
        _("Saken forsvinner fra registeret og fra øvingen."),
        _("Skal den bare ikke brukes nå? Da er det nok å ta bort krysset for øving."),
    )
    tittel = _("Slett saken «%(sak)s»?") % {"sak": sak.tittel}
    return bekreft(request, Bekreftelse(tittel, konsekvenser, _("Slett saken"), liste, _smuler(), True))


def _rediger(request: HttpRequest, sak: Forankringssak | None) -> HttpResponse:
    rader = [(str(pk), navn) for pk, navn in _radnavn().items()]
    skjema = SakSkjema(request.POST or None, sak=sak, rader=rader)
    side = Skjemaside(
        tittel=_("Endre sak") if sak else _("Ny sak"),
        ingress=_("En sak lederne kan øve på. Bruk aldri navn eller hendelser som kan kjennes igjen."),
        knapp=_("Lagre saken"),
        tilbake=reverse("kompetanse:saker"),
        brodsmuler=_smuler(),
    )

    def skriv() -> Forankringssak:
        felt = {"verdier": skjema.verdier, "oppgaver": skjema.valgte, "av": request.user}
        return lagre_sak(sak=sak, **felt, forventet=skjema.forventet if sak else None)

    mal = "kompetanse/saker/endre.html"
    return rediger(request, skjema, side, skriv, melding=_("Saken er lagret."), mal=mal, sak=sak)


def _radnavn() -> dict[int, str]:
    """Task id → its name in the edition that holds now, with the matrix when it is not the municipality's."""
    alle = matriser()
    i_kraft = gjeldende(timezone.localdate(), alle)
    navn = {m.pk: "" if nr == 0 else f"{m.navn}: " for nr, m in enumerate(alle)}
    rader = Matriserad.objects.filter(versjon__in=i_kraft.values()).select_related("versjon")
    ordnet = sorted(rader, key=lambda r: (navn[r.versjon.matrise_id], r.rekkefolge, r.pk))
    return {r.oppgave_id: navn[r.versjon.matrise_id] + r.navn for r in ordnet}


def _smuler() -> tuple[tuple[str, str], ...]:
    return ((_("Saker som må forankres"), reverse("kompetanse:saker")),)
