"""Lists of tiltak: one plan's, and all the person sees."""

from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from felles.norsk import sorteringsnokkel
from kompetanse.enums import Vei
from organisasjon.enums import Handling
from organisasjon.models import Bruker
from organisasjon.tilgang import krever
from planer.enums import Hovedmaal, Tiltakstatus
from planer.models import Innsatsomraade, Plan, Tiltak
from planer.queries import plan_for
from planer.sektorer import Sektorer, les_sektorer
from planer.tiltaksliste import VIS, Tiltaksfilter, filtrer, les_filter, levende_planer, ordnet
from planer.visning.tiltak import Tiltaksrad, bare_anskaffe, retter_for, tiltaksrader

PER_SIDE = 25
SORTERINGER = (
    ("frist", gettext_lazy("Frist")),
    ("tittel", gettext_lazy("Tiltak")),
    ("ident", gettext_lazy("Id")),
    ("plan", gettext_lazy("Plan")),
    ("omraade", gettext_lazy("Innsatsområde")),
    ("maal", gettext_lazy("Mål")),
    ("vei", gettext_lazy("Vei")),
    ("ansvarlig", gettext_lazy("Ansvarlig")),
    ("status", gettext_lazy("Status")),
    ("kostnad", gettext_lazy("Kostnad")),
    ("-ident", gettext_lazy("Id, nyeste først")),
    ("-frist", gettext_lazy("Frist, seneste først")),
    ("-kostnad", gettext_lazy("Kostnad, høyeste først")),
)


@krever(Handling.SE_PLANER)
@require_safe
def alle_tiltak(request: HttpRequest) -> HttpResponse:
    """Tiltak of all plans the person sees."""
    sektorer = les_sektorer()
    planer = levende_planer(request.tilgang, request.user.pk)
    kontekst = liste(request, planer, sektorer)
    planvalg = planer.order_by().values_list("pk", "tittel")
    kontekst["planvalg"] = sorted(planvalg, key=lambda p: (sorteringsnokkel(p[1]), p[0]))
    return render(request, "planer/tiltak/alle.html", kontekst)


@krever(Handling.SE_PLANER)
@require_safe
def tiltak(request: HttpRequest, pk: int) -> HttpResponse:
    """The tiltak of one plan."""
    plan, rett = plan_for(request, pk)
    kontekst = liste(request, Plan.objects.filter(pk=plan.pk), None)
    kontekst |= {
        "plan": plan,
        "rett": rett,
        "sporring": f"plan={plan.pk}&{kontekst['sporring']}",
        "bare_anskaffe": bare_anskaffe(plan),
        "finnes": kontekst["antall"] or (kontekst["filter"].aktivt and plan.tiltak.exists()),
    }
    return render(request, "planer/tiltak/plan.html", kontekst)


def liste(request: HttpRequest, planer: QuerySet[Plan], sektorer: Sektorer | None) -> dict[str, Any]:
    """What the list template needs: the filter and its choices, the page of rows, the address of the file."""
    dag = timezone.localdate()
    filter = les_filter(request.GET)
    valgte = velg_planer(planer, filter, sektorer)
    alle = Tiltak.objects.filter(plan__in=valgte)
    ider = ordnet(filtrer(alle, filter, dag), request.GET.get("sortering", ""))
    side = Paginator(ider, PER_SIDE).get_page(request.GET.get("side"))
    rader = rader_paa(request, side, dag)
    uten_side = request.GET.copy()
    uten_side.pop("side", None)
    return {
        "filter": filter,
        "valg": filtervalg(Tiltak.objects.filter(plan__in=planer), sektorer),
        "side": side,
        "antall": len(ider),
        "rader": rader,
        "kan_velge": any(r.kan_folge_opp for r in rader),
        "sporring": uten_side.urlencode(),
        "sortering": request.GET.get("sortering", "frist"),
        "sorteringer": SORTERINGER,
    }


def velg_planer(planer: QuerySet[Plan], filter: Tiltaksfilter, sektorer: Sektorer | None) -> QuerySet[Plan]:
    """The plans that pass the filter's plan and sector."""
    if filter.plan:
        planer = planer.filter(pk=filter.plan)
    if filter.sektor and sektorer:
        planer = planer.filter(omfang__enhet__in=sektorer.enheter(filter.sektor)).distinct()
    return planer


def rader_paa(request: HttpRequest, side: Page, dag: date) -> list[Tiltaksrad]:
    """The rows of the page in its order. Three queries."""
    hentet = Tiltak.objects.select_related("plan", "omraade", "ansvarlig").prefetch_related(
        "plan__omfang", "plan__deltakere"
    )
    funnet = hentet.in_bulk(list(side))
    tiltak = [funnet[pk] for pk in side if pk in funnet]
    retter = retter_for({t.plan_id: t.plan for t in tiltak}.values(), request.tilgang, request.user.pk)
    return tiltaksrader(tiltak, dag=dag, bruker_id=request.user.pk, retter=retter)


def filtervalg(tiltak: QuerySet[Tiltak], sektorer: Sektorer | None) -> dict[str, Any]:
    """The choices of the filter, only what occurs. Two queries."""
    folk = Bruker.objects.filter(pk__in=tiltak.order_by().values("ansvarlig"))
    omraader = Innsatsomraade.objects.filter(pk__in=tiltak.order_by().values("omraade"))
    par = {o.nokkel: f"{o.nummer} {o.tittel}" for o in omraader.order_by("rekkefolge", "pk")}
    return {
        "folk": sorted(((b.pk, str(b)) for b in folk), key=lambda v: (sorteringsnokkel(v[1]), v[0])),
        "omraader": list(par.items()),
        "sektorer": sektorer.valg() if sektorer else [],
        "maal": Hovedmaal.nummererte(),
        "veier": Vei.choices,
        "statuser": Tiltakstatus.choices,
        "vis": VIS,
    }
