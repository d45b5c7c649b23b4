"""Tiltak out as a file, and statuses back in."""

import tempfile
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from analyse.innlesing.problem import Innlesingsfeil
from felles.eksport import som_csv, som_xlsx
from felles.filsvar import som_fil
from felles.skjema import Skjema
from organisasjon.enums import Handling
from organisasjon.tilgang import krever
from planer.models import Plan, Tiltak
from planer.rules import kan_folge_opp
from planer.sektorer import les_sektorer
from planer.services.tiltaksimport import lagre_statuser, pakk, pakk_ut
from planer.tiltaksfil import RADGRENSE, Forslag, foreslaa, les_statusfil, som_tabell
from planer.tiltaksliste import filtrer, les_filter, levende_planer, ordnet
from planer.views.tiltaksliste import velg_planer
from planer.visning.tiltak import retter_for

FORMATER = ("xlsx", "csv")
FILGRENSE = 5 * 1024 * 1024
VIST_AV_GANGEN = 200
SLAG = {
    "endres": gettext_lazy("Endres"),
    "ukjent_id": gettext_lazy("Id-en finnes ikke blant tiltakene du ser"),
    "ukjent_status": gettext_lazy("Ukjent status. Bruk Planlagt, I gang, Gjennomført, Utsatt eller Avbrutt"),
    "mangler_grunn": gettext_lazy("Utsatt og avbrutt må ha en begrunnelse i kolonnen Statusgrunn"),
    "ikke_min": gettext_lazy("Du følger ikke opp dette tiltaket"),
    "dobbel": gettext_lazy("Id-en står flere ganger i filen; bare den første raden leses"),
    "uendret": gettext_lazy("Har denne statusen fra før"),
}


class Statusfil(Skjema):
    """The file with statuses."""

    lagre_tekst = gettext_lazy("Vis hva som endres")
    fil = forms.FileField(
        label=gettext_lazy("Fil med status"),
        help_text=gettext_lazy("Excel (xlsx) eller CSV med kolonnene Id og Status, slik som i filen du laster ned."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        error_messages={"required": gettext_lazy("Velg en fil først.")},
        allow_empty_file=True,
    )

    def clean_fil(self) -> Any:
        fil = self.cleaned_data["fil"]
        if fil.size > FILGRENSE:
            raise forms.ValidationError(_("Filen er større enn 5 MB. Ta bort kolonnene som ikke trengs."))
        return fil


@krever(Handling.SE_PLANER)
@require_safe
def eksport(request: HttpRequest, format: str) -> HttpResponse:
    """The tiltak of the list, with its filter and order, as a file."""
    if format not in FORMATER:
        raise Http404("Ukjent format")
    filter = les_filter(request.GET)
    planer = levende_planer(request.tilgang, request.user.pk)
    if filter.plan:
        # One plan's list may be of an older version.
        planer = Plan.objects.synlig_for(request.tilgang, request.user.pk)
    planer = velg_planer(planer, filter, les_sektorer() if filter.sektor else None)
    alle = Tiltak.objects.filter(plan__in=planer)
    ider = ordnet(filtrer(alle, filter, timezone.localdate()), request.GET.get("sortering", ""))
    hentet = Tiltak.objects.select_related("plan", "omraade", "ansvarlig").prefetch_related("plan__omfang__enhet")
    rader = {t.pk: t for t in hentet.filter(plan__in=planer)}
    tabell = som_tabell([rader[pk] for pk in ider if pk in rader])
    innhold = som_csv([tabell]) if format == "csv" else som_xlsx([tabell])
    return som_fil(innhold, f"tiltak-{timezone.localdate().isoformat()}.{format}")


def _mulige(request: HttpRequest) -> tuple[dict[str, Tiltak], set[int]]:
    """Ident → the tiltak the person sees, and the ids of those they may follow up. Three queries."""
    planer = levende_planer(request.tilgang, request.user.pk).prefetch_related("omfang", "deltakere")
    kart = {p.pk: p for p in planer}
    retter = retter_for(kart.values(), request.tilgang, request.user.pk)
    tiltak = {t.ident: t for t in Tiltak.objects.filter(plan__in=list(kart)).order_by("-pk")}
    mine = {t.pk for t in tiltak.values() if kan_folge_opp(t, retter[t.plan_id], request.user.pk)}
    return tiltak, mine


@krever(Handling.SE_PLANER)
@require_http_methods(["GET", "HEAD", "POST"])
def les_inn(request: HttpRequest) -> HttpResponse:
    """The file with statuses; POST shows what it would change. Nothing is stored yet."""
    skjema = Statusfil(request.POST or None, request.FILES or None)
    if request.method == "POST" and skjema.is_valid():
        fil = skjema.cleaned_data["fil"]
        navn = Path(fil.name or "").name[-100:]
        try:
            rader = _les(fil, navn)
        except Innlesingsfeil as feil:
            skjema.add_error("fil", [str(p) for p in feil.problemer[:5]])
        else:
            return _vis(request, foreslaa(rader, *_mulige(request)), navn)
    kontekst = {"skjema": skjema, "radgrense": RADGRENSE}
    return render(request, "planer/tiltak/les_inn.html", kontekst, status=422 if skjema.is_bound else 200)


def _les(fil: Any, navn: str) -> list:
    with tempfile.TemporaryDirectory() as mappe:
        sti = Path(mappe) / "fil"
        with sti.open("wb") as ut:
            for bit in fil.chunks():
                ut.write(bit)
        return les_statusfil(sti, navn)


def _vis(request: HttpRequest, forslag: list[Forslag], navn: str) -> HttpResponse:
    grupper = []
    for slag, tittel in SLAG.items():
        egne = [f for f in forslag if f.slag == slag]
        if egne:
            grupper.append({"slag": slag, "tittel": tittel, "antall": len(egne), "rader": egne[:VIST_AV_GANGEN]})
    endres = sum(f.slag == "endres" for f in forslag)
    merke = pakk(forslag, bruker=request.user, filnavn=navn) if endres else ""
    kontekst = {"grupper": grupper, "endres": endres, "merke": merke, "filnavn": navn}
    return render(request, "planer/tiltak/les_inn_vis.html", kontekst)


@krever(Handling.SE_PLANER)
@require_POST
def bekreft_innlesing(request: HttpRequest) -> HttpResponse:
    """Store what the preview showed."""
    try:
        filnavn, endringer = pakk_ut(request.POST.get("merke", ""), bruker=request.user)
        _tiltak, mine = _mulige(request)
        antall = lagre_statuser(
            endringer=endringer, filnavn=filnavn, mine=mine, av=request.user, naa=timezone.localtime()
        )
    except ValidationError as feil:
        messages.error(request, " ".join(feil.messages))
        return redirect("planer:tiltak_les_inn")
    tekst = ngettext("%(n)s tiltak har fått ny status.", "%(n)s tiltak har fått ny status.", antall)
    messages.success(request, tekst % {"n": antall})
    return redirect("planer:alle_tiltak")
