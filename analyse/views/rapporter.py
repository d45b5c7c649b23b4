"""Report pages: one report for one choice of extract, unit and period; how a figure was computed; files."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from analyse.bystyrerapport import rapport_pdf
from analyse.models import PublisertTall
from analyse.queries import PersonraderSlettet
from analyse.rapporter import RAPPORTER
from analyse.rapporter.base import Rapport
from analyse.rapporter.resultat import Forklaring, Resultat
from analyse.services.rapporter import Oppsett, hent_oppsett, hent_resultat
from analyse.utvalg import MED_PERIODE, Utvalg, velg
from analyse.visning.bevart import bevart, hent, legg
from analyse.visning.publisert import Publisert, Trykt, publiserte
from analyse.visning.sammendrag import Tallkort, oppsettnokkel, sammendrag, tallkort, utvikling
from analyse.visning.stempel import sidenokkel
from analyse.visning.tabeller import Lenker, Visning, sidetabell
from felles.eksport import metodeark, som_csv, som_json, som_xlsx
from felles.filsvar import som_fil
from felles.pdf import PdfFeil
from organisasjon.enums import Handling
from organisasjon.tilgang import krever

# The «table» of the key figures, in the address of an explanation.
NOKKELTALL = "nokkeltall"
FORMATER = ("xlsx", "csv", "json", "pdf")


@krever(Handling.SE_RAPPORTER)
@require_safe
def rapport(request: HttpRequest, slug: str) -> HttpResponse:
    """The report: key figures, charts, tables, trend, sources. The finished page is kept in memory."""
    denne, nokkel = _rapport(slug), sidenokkel(request, "rapportside", slug)
    if innhold := hent(nokkel):
        return render(request, "analyse/rapport.html", {"rapport": denne, "innhold": innhold})
    utvalg = velg(request, slug)
    kontekst = {"rapport": denne, "utvalg": utvalg, "visning": Visning.fra(request.GET)}
    if utvalg is None or utvalg.enhet is None:
        kontekst["kan_lese_inn"] = request.tilgang.kan(Handling.IMPORTERE)
        return render(request, "analyse/rapport_tom.html", kontekst)
    try:
        kontekst["innhold"] = legg(nokkel, _innhold(denne, utvalg, kontekst["visning"]))
    except PersonraderSlettet as feil:
        return render(request, "analyse/rapport_tom.html", kontekst | {"feil": str(feil)})
    return render(request, "analyse/rapport.html", kontekst)


@krever(Handling.SE_RAPPORTER)
@require_safe
def forklaring(request: HttpRequest, slug: str) -> HttpResponse:
    """How one figure was computed: in the dialog when htmx asks, else as a page of its own. Without a figure
    the report is shown."""
    denne, utvalg = _rapport(slug), _utvalg_med_enhet(request, slug)
    if "tabell" not in request.GET:
        return redirect("analyse:rapport", slug)
    rad = request.GET.get("rad", "")
    if not rad.removeprefix("-").isdecimal() or len(rad) > 6:
        raise Http404("Ingen slik rad")
    try:
        svar = _forklaring(denne, _resultat(utvalg, slug), request.GET["tabell"], int(rad), request.GET.get("kolonne"))
    except KeyError as feil:
        raise Http404("Ingen slikt tall") from feil
    except PersonraderSlettet:
        return _til_rapporten(utvalg, slug)
    kontekst = {"rapport": denne, "forklaring": svar, "utvalg": utvalg, "sporring": utvalg.sporring()}
    mal = "analyse/_forklaring.html" if request.htmx else "analyse/forklaring.html"
    return render(request, mal, kontekst)


def _forklaring(denne: Rapport, resultat: Resultat, tabell: str, rad: int, kolonne: str | None) -> Forklaring:
    if tabell == NOKKELTALL:
        return denne.forklar_nokkeltall(resultat, rad)
    return denne.forklar(resultat, tabell, rad, kolonne)


@krever(Handling.SE_RAPPORTER)
@require_safe
def eksport(request: HttpRequest, slug: str, format: str) -> HttpResponse:
    """The report as a file, with exactly the figures of the page."""
    denne, utvalg = _rapport(slug), _utvalg_med_enhet(request, slug)
    if format not in FORMATER:
        raise Http404("Ukjent format")
    try:
        innhold = _fil(denne, _resultat(utvalg, slug), format)
    except PersonraderSlettet:
        return _til_rapporten(utvalg, slug)
    except PdfFeil as feil:
        messages.error(request, str(feil))
        return _til_rapporten(utvalg, slug)
    navn = f"{slug}-{utvalg.enhet.kode}-{utvalg.uttrekk.dato.isoformat()}.{format}"
    trygt = "".join(t if t.isascii() and (t.isalnum() or t in "-.") else "_" for t in navn)
    return som_fil(innhold, trygt)


def _til_rapporten(utvalg: Utvalg, slug: str) -> HttpResponse:
    """Back to the page, which says why there are no figures."""
    return redirect(f"{reverse('analyse:rapport', args=[slug])}?{utvalg.sporring()}")


def _fil(denne: Rapport, resultat: Resultat, format_: str) -> bytes:
    if format_ == "json":
        return som_json(resultat.som_json())
    if format_ == "pdf":
        return rapport_pdf(resultat)
    tabeller = denne.eksporttabeller(resultat)
    return som_csv(tabeller) if format_ == "csv" else som_xlsx(tabeller, metodeark(resultat))


def _rapport(slug: str) -> Rapport:
    try:
        return RAPPORTER[slug]
    except KeyError as feil:
        raise Http404("Ingen slik rapport") from feil


def _utvalg_med_enhet(request: HttpRequest, slug: str) -> Utvalg:
    utvalg = velg(request, slug)
    if utvalg is None or utvalg.enhet is None:
        raise Http404("Ingen tall å vise")
    return utvalg


def _resultat(utvalg: Utvalg, slug: str) -> Resultat:
    """The result of the choice. Raises PersonraderSlettet."""
    return hent_resultat(
        uttrekk=utvalg.uttrekk,
        slug=slug,
        enhet=utvalg.som_enhet,
        fra=utvalg.fra,
        til=utvalg.til,
        prikket=utvalg.prikket,
    )


def _innhold(denne: Rapport, utvalg: Utvalg, visning: Visning) -> str:
    """The figures' part of the page as HTML, kept in memory under everything it depends on."""
    oppsett = hent_oppsett()
    rader = PublisertTall.objects.filter(uttrekk=utvalg.uttrekk, rapport=denne.slug)
    trykte = [Trykt(*rad) for rad in rader.values_list("rad", "maal", "verdi", "kilde")]
    nokkel = ("rapport", denne.slug, utvalg.nokkel, visning, oppsettnokkel(utvalg, oppsett), trykte)
    return bevart(nokkel, "analyse/_rapport.html", lambda: _deler(denne, utvalg, visning, oppsett, trykte))


def _deler(denne: Rapport, utvalg: Utvalg, visning: Visning, oppsett: Oppsett, trykte: list[Trykt]) -> dict[str, Any]:
    resultat = _resultat(utvalg, denne.slug)
    tabeller = denne.tabeller(resultat)
    mot = publiserte(trykte, tabeller)
    lenker = _lenker(denne.slug, utvalg, visning)
    serie = () if utvalg.egen_periode else utvalg.tidligere
    kjente = {(utvalg.uttrekk.pk, denne.slug): resultat}
    alle = sammendrag([denne.slug], utvalg, oppsett, kjente) if serie else {}
    kort = tallkort(denne.slug, serie, alle) if serie else []
    kort = kort or [Tallkort(n.navn, n.tall, n.undertekst) for n in denne.nokkeltall(resultat)]
    return {
        "rapport": denne,
        "resultat": resultat,
        "utvalg": utvalg,
        "visning": visning,
        "kort": [replace(k, lenke=lenker.forklar(NOKKELTALL, i, "tall")) for i, k in enumerate(kort)],
        "diagrammer": denne.diagrammer(resultat),
        "tabeller": [sidetabell(t, visning, lenker, _under(mot)) for t in tabeller if t.rader],
        "publiserte": mot,
        "utvikling": utvikling(denne.slug, serie, alle) if serie else None,
        "forutsetninger": [(n, v) for n, v in resultat.forutsetninger.items() if v],
        "har_enheter": visning.finn or any("enhet_id" in rad for t in tabeller for rad in t.rader[:1]),
        "med_periode": denne.slug in MED_PERIODE,
        "sporring": utvalg.sporring(),
        "formater": ("xlsx", "csv", "json"),
    }


def _under(mot: list[Publisert]) -> dict[tuple[str, str], str]:
    return {(p.rad, p.nokkel): _("publisert %s") % p.publisert for p in mot}


def _lenker(slug: str, utvalg: Utvalg, visning: Visning) -> Lenker:
    side, grunn = reverse("analyse:rapport", args=[slug]), reverse("analyse:forklaring", args=[slug])
    sporring, valgbare = utvalg.sporring(), {e.id: e.kode for e in utvalg.enheter}
    skille = "&" if sporring else ""

    def forklar(tabell: str, rad: int, kolonne: str) -> str:
        return f"{grunn}?{sporring}{skille}{urlencode({'tabell': tabell, 'rad': rad, 'kolonne': kolonne})}"

    def enhet(rad: Mapping[str, Any]) -> str:
        kode = valgbare.get(rad.get("enhet_id"))
        if kode is None or rad["enhet_id"] == utvalg.enhet.id:
            return ""
        return f"{side}?{utvalg.sporring(enhet=kode)}"

    def sorter(kolonne: str) -> str:
        sporring = utvalg.sporring(finn=visning.finn, alle=visning.alle, sorter=kolonne)
        return f"{side}?{sporring}#{kolonne.partition(':')[0]}"

    def alle(tabell: str) -> str:
        return f"{side}?{utvalg.sporring(finn=visning.finn, sorter=visning.sorter, alle=tabell)}#{tabell}"

    return Lenker(forklar, enhet, sorter, alle)
