"""Leaders and key positions against the requirements: HR keeps it, leaders see their own scope, everybody own row."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from felles.eksport import som_csv, som_xlsx
from felles.norsk import treffer
from kompetanse.dagvalg import les_dag
from kompetanse.enums import Ledernivaa
from kompetanse.models import Lederpost
from kompetanse.queries.ledere import Lederresultat, lederresultater, neste_steg
from kompetanse.regler import Utfall
from kompetanse.visning.lederkrav import UTFALL, eksporttabeller, kravkort, lederrad, merke, oversikt
from organisasjon.enums import Handling
from organisasjon.sider import side_av
from organisasjon.tilgang import krever

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Valg:
    """What the list was asked for."""

    dag: date
    idag: date
    sok: str = ""
    utfall: str = ""
    nivaa: str = ""
    krav: str = ""

    @property
    def er_idag(self) -> bool:
        """Is it as of today?"""
        return self.dag == self.idag

    def slipper(self, r: Lederresultat) -> bool:
        """Does the leader fit?"""
        return (
            treffer(self.sok, r.leder.navn, r.leder.stilling, r.enhet, r.sektor)
            and self.utfall in ("", r.utfall.value)
            and self.nivaa in ("", r.leder.nivaa.value)
            and (not self.krav or any(str(k.krav.pk) == self.krav for k in (*r.krav, *r.kommende)))
        )


@krever(Handling.SE_LEDERKRAV)
@require_GET
def ledere(request: HttpRequest) -> HttpResponse:
    """The leaders in own scope, as of a day, those who fall short first."""
    valg = _valg(request)
    resultater = _utvalg(request, valg)
    side = side_av(request, resultater)
    kontekst = {
        "side": side,
        "rader": [lederrad(r, valg.dag) for r in side],
        "valg": valg,
        "utfall": [(u.value, navn) for u, (navn, _ikon, _farge) in UTFALL.items()],
        "nivaaer": Ledernivaa.choices,
        "kan_endre": request.tilgang.kan(Handling.FORVALTE_LEDERKRAV),
        "antall": len(resultater),
        "noen": bool(resultater) or Lederpost.objects.exists(),
        "sporring": request.GET.urlencode(),
    }
    return render(request, "kompetanse/ledere.html", kontekst)


@krever(Handling.SE_KRAV)
@require_GET
def lederoversikt(request: HttpRequest) -> HttpResponse:
    """Counts by level, sector and requirement; names only for those with the right to see leaders."""
    ser = request.tilgang.kan(Handling.SE_LEDERKRAV)
    valg = _valg(request) if ser else Valg(timezone.localdate(), timezone.localdate())
    omfang = request.tilgang.omfang(Handling.SE_LEDERKRAV if ser else Handling.SE_KRAV)
    resultater = lederresultater(Lederpost.objects.innehar(valg.dag).filter(enhet__in=omfang), valg.dag)
    krav = {str(k.krav.pk): str(k.krav) for r in resultater for k in r.krav}
    kontekst = {
        "valg": valg,
        "ser": ser,
        "antall": len(resultater),
        "utfall": [merke(u) for u in UTFALL],
        "min": Lederpost.objects.innehar(valg.idag).filter(bruker=request.user).first(),
        **oversikt(resultater, krav, ser),
    }
    return render(request, "kompetanse/lederoversikt.html", kontekst)


@krever(Handling.SE_KRAV)
@require_GET
def leder(request: HttpRequest, pk: int) -> HttpResponse:
    """One leader: requirement by requirement, condition by condition; documentation, commitments and exceptions."""
    rad = get_object_or_404(
        Lederpost.objects.synlig_for(request.tilgang, request.user.pk).select_related("enhet"), pk=pk
    )
    valg = _valg(request)
    (resultat,) = lederresultater([rad], valg.dag)
    kontekst = {
        "leder": rad,
        "resultat": resultat,
        "merke": merke(resultat.utfall, resultat.frist if resultat.utfall == Utfall.PAA_VEI else None),
        "krav": [kravkort(k) for k in resultat.krav],
        "kommende": [kravkort(k) for k in resultat.kommende],
        "steg": neste_steg(resultat, valg.dag),
        "dokumenter": rad.dokumenter.all(),
        "unntak": rad.unntak.select_related("krav"),
        "valg": valg,
        "kan_endre": request.tilgang.kan(Handling.FORVALTE_LEDERKRAV, rad.enhet_id),
        "ser_liste": request.tilgang.kan(Handling.SE_LEDERKRAV),
    }
    return render(request, "kompetanse/leder.html", kontekst)


@krever(Handling.SE_LEDERKRAV)
@require_GET
def eksport(request: HttpRequest, format_: str) -> HttpResponse:
    """The list as a file, with the explanations; the same scope and choices as on the page."""
    valg = _valg(request)
    tabeller = eksporttabeller(_utvalg(request, valg), valg.dag)
    if format_ == "csv":
        svar = HttpResponse(som_csv(tabeller), content_type="text/csv; charset=utf-8")
    else:
        metode = [
            (_("Gjelder"), f"{valg.dag:%d.%m.%Y}"),
            (_("Kilde"), _("Kravregisteret og dokumentasjonen HR har ført.")),
            (_("Formål"), _("Følge opp at ledere og nøkkelstillinger oppfyller kravene. Skal ikke brukes til annet.")),
        ]
        svar = HttpResponse(som_xlsx(tabeller, metode), content_type=XLSX)
    svar["Content-Disposition"] = f'attachment; filename="ledere-og-krav-{valg.dag.isoformat()}.{format_}"'
    return svar


def _utvalg(request: HttpRequest, valg: Valg) -> list[Lederresultat]:
    synlige = Lederpost.objects.synlig_for(request.tilgang, request.user.pk).innehar(valg.dag)
    resultater = [r for r in lederresultater(synlige, valg.dag) if valg.slipper(r)]
    orden = [Utfall.IKKE_OPPFYLT, Utfall.PAA_VEI, Utfall.IKKE_VURDERT, Utfall.UNNTAK, Utfall.OPPFYLT]
    return sorted(resultater, key=lambda r: (orden.index(r.utfall), not r.svikter, r.leder.navn, r.leder.pk))


def _valg(request: HttpRequest) -> Valg:
    ord_: dict[str, Any] = {n: request.GET.get(n, "").strip() for n in ("sok", "utfall", "nivaa", "krav")}
    return Valg(*les_dag(request), **ord_)
