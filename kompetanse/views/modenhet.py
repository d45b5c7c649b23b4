"""Modenhet: the checklist side by side and over time, what differs, the explanation of the points, the files."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from felles.norsk import sorteringsnokkel
from kompetanse.dagvalg import les_dag
from kompetanse.models import Modenhetsvurdering
from kompetanse.modenhetstrykk import dokumenttittel, metode, modenhetsdokument, modenhetstabeller
from kompetanse.queries.modenhet import Omraadebilde, Sjekkliste, les, omraadebilde, omraadevalg, sjekkliste, vurderbare
from kompetanse.views.filer import pdfsvar, xlsxsvar
from kompetanse.visning.modenhet import funn, matrise, skiller, utviklingsbilde
from organisasjon.enums import Handling
from organisasjon.lister import enhetsvalg, finn_enhet
from organisasjon.models import Enhet
from organisasjon.tilgang import krever


@krever(Handling.SE_MODENHET)
@require_GET
def modenhet(request: HttpRequest) -> HttpResponse:
    """The newest assessments of an area side by side, and how they have developed."""
    dag, idag = les_dag(request)
    omraader, liste = omraadevalg(request.tilgang, dag), sjekkliste()
    valgt = _valgt(request, omraader)
    bilde = omraadebilde(request.tilgang, valgt, dag, liste) if valgt else None
    kontekst: dict[str, Any] = {
        "valg": {"dag": dag, "idag": idag, "er_idag": dag == idag},
        "omraader": omraader,
        "bilde": bilde,
        "kan_vurdere": request.tilgang.kan(Handling.VURDERE_MODENHET),
        "kan_eksempel": request.tilgang.kan(Handling.FORVALTE_REFLEKSJON),
        "eksempel": Modenhetsvurdering.objects.eksempler().exists(),
        "noen": bool(bilde and bilde.kolonner),
    }
    if bilde and bilde.kolonner:
        kontekst |= {
            "funn": funn(bilde.kolonner, liste),
            "grupper": matrise(bilde.kolonner, liste),
            "utvikling": utviklingsbilde(bilde.over_tid, liste),
            "sporring": request.GET.urlencode(),
        }
    return render(request, "kompetanse/modenhet/oversikt.html", kontekst)


def _valgt(request: HttpRequest, omraader: list[Enhet]) -> Enhet | None:
    """The area asked for, else the first: where the person's access begins."""
    raa = request.GET.get("omraade", "")
    return next((e for e in omraader if str(e.pk) == raa), omraader[0] if omraader else None)


@krever(Handling.SE_MODENHET)
@require_GET
def sjekklisten(request: HttpRequest) -> HttpResponse:
    """What each point means, what counts as yes and partly, and what usually comes next."""
    kontekst = {"grupper": matrise([], sjekkliste()), "smuler": smuler()}
    return render(request, "kompetanse/modenhet/sjekkliste.html", kontekst)


@krever(Handling.SE_MODENHET)
@require_GET
def hva_skiller(request: HttpRequest) -> HttpResponse:
    """Two assessments held against each other: units, or dates of one unit."""
    liste = sjekkliste()
    alle = Modenhetsvurdering.objects.synlig_for(request.tilgang).select_related("enhet")
    valg = sorted(alle, key=lambda v: (sorteringsnokkel(v.enhet.navn), -v.dato.toordinal(), v.pk))
    a, b = (_valgt_vurdering(request.GET.get(navn, ""), valg) for navn in ("a", "b"))
    kontekst: dict[str, Any] = {"valg": valg, "a": a, "b": b, "smuler": smuler()}
    if a and b and a != b:
        par = {v.v.pk: v for v in les(Modenhetsvurdering.objects.filter(pk__in=[a.pk, b.pk]), liste)}
        va, vb = par[a.pk], par[b.pk]
        ulike, bare_ene = skiller(va, vb, liste)
        kontekst |= {"va": va, "vb": vb, "ulike": ulike, "bare_ene": bare_ene}
        kontekst["kan_tiltak"] = request.tilgang.omfang(Handling.REDIGERE_DELPLAN)
    return render(request, "kompetanse/modenhet/skiller.html", kontekst)


def _valgt_vurdering(raa: str, valg: list[Modenhetsvurdering]) -> Modenhetsvurdering | None:
    return next((v for v in valg if str(v.pk) == raa), None)


@krever(Handling.VURDERE_MODENHET)
@require_GET
def velg_enhet(request: HttpRequest) -> HttpResponse:
    """Which unit to assess: the sectors and units to choose among, and a search that finds the departments too."""
    enheter = enhetsvalg(request.tilgang, Handling.VURDERE_MODENHET, timezone.localdate())
    sok = request.GET.get("enhet", "")
    if valgt := enheter[0][0] if len(enheter) == 1 else finn_enhet(sok, enheter):
        return redirect("kompetanse:ny_vurdering", valgt)
    kontekst = {
        "enheter": enheter,
        "snarveier": vurderbare(request.tilgang, timezone.localdate()),
        "sok": sok,
        "smuler": smuler(),
    }
    return render(request, "kompetanse/modenhet/velg.html", kontekst)


@krever(Handling.SE_MODENHET)
@require_GET
def modenhet_pdf(request: HttpRequest) -> HttpResponse:
    """The page as a PDF; the same area and day."""
    return pdfsvar(modenhetsdokument(*_til_fil(request)))


@krever(Handling.SE_MODENHET)
@require_GET
def modenhet_xlsx(request: HttpRequest) -> HttpResponse:
    """The page as a workbook, with every answer there has been."""
    bilde, liste, dag = _til_fil(request)
    return xlsxsvar(dokumenttittel(bilde), modenhetstabeller(bilde, liste), metode(bilde, dag))


def _til_fil(request: HttpRequest) -> tuple[Omraadebilde, Sjekkliste, date]:
    dag, _idag = les_dag(request)
    liste, valgt = sjekkliste(), _valgt(request, omraadevalg(request.tilgang, dag))
    if valgt is None:
        raise Http404("Ingen enheter den dagen")
    return omraadebilde(request.tilgang, valgt, dag, liste), liste, dag


def smuler(*flere: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return ((_("Modenhet"), reverse("kompetanse:modenhet")), *flere)
