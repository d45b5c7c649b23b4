"""«Bemannings- og lederrapport», the document for bystyret, and the PDF of a single report.

Made by HR or the top leaders, it has two editions: all figures, as the plan itself prints them, or with small numbers
hidden, for open publishing. The cover says which.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lat

from analyse import pdfdeler
from analyse.avsender import avsender
from analyse.models import Norm, PublisertTall, Uttrekk
from analyse.rapporter import RAPPORTER
from analyse.rapporter.resultat import Kolonne, Resultat, Tabell
from analyse.services.rapporter import hent_resultater
from felles import tall
from felles.pdf import lag_pdf
from organisasjon.queries import kommune

TITTEL = _lat("Bemannings- og lederrapport")
BESKRIVELSE = _lat("Lederspenn, ledere, turnover og aldersrisiko i kommunen, regnet av kommunens eget uttrekk.")


@dataclass(frozen=True)
class Hovedtall:
    """A key figure of the whole municipality: where it is found (report, key in the sum row) and how it is printed."""

    navn: str
    slug: str
    nokkel: str
    under: str
    desimaler: int = 0
    enhet: str = ""


HOVEDTALL = (
    Hovedtall(_lat("Ansatte"), "lederspenn", "ansatte", _lat("faste og midlertidige")),
    Hovedtall(_lat("Snitt per enhet"), "lederspenn", "snitt", _lat("ansatte per enhet"), 1),
    Hovedtall(_lat("Enheter over normen"), "lederspenn", "over_norm", _lat("har så mange som medianen eller flere")),
    Hovedtall(_lat("Turnover"), "turnover", "prosent", _lat("på tolv måneder, timelønte er med"), 1, "%"),
    Hovedtall(_lat("60 år og eldre"), "aldersrisiko", "andel60", _lat("av de ansatte"), 1, "%"),
    Hovedtall(_lat("Ventet avgang på ti år"), "aldersrisiko", "avgang_10aar", _lat("ansatte, i samme takt som nå")),
)


def lag_bystyrerapport(*, uttrekk: Uttrekk, prikket: bool = False) -> bytes:
    """The document as PDF bytes, with small numbers hidden when `prikket`. Raises felles.pdf.PdfFeil."""
    return lag_pdf(bystyrerapport_html(uttrekk, prikket=prikket), tittel=str(TITTEL))


def bystyrerapport_html(uttrekk: Uttrekk, *, prikket: bool = False) -> str:
    """The whole document as HTML for print, equal for equal figures."""
    resultater = _resultater(uttrekk, prikket)
    kapitler = [
        pdfdeler.kapittel(RAPPORTER[slug], resultat, nr, pdfdeler.FLEST_I_DOKUMENT)
        for nr, (slug, resultat) in enumerate(resultater.items(), 2)
    ]
    forrige = Uttrekk.objects.filter(dato__lt=uttrekk.dato).order_by("-dato").first()
    publiserte = _publiserte(uttrekk, resultater)
    slutt = [("publiserte", _("Publiserte tall mot beregnede"))] if publiserte else []
    slutt += [("forutsetninger", _("Forutsetninger")), ("kilder", _("Kilder")), ("ord", _("Ord og begreper"))]
    bak = {ident: (nr, ident, navn) for nr, (ident, navn) in enumerate(slutt, len(kapitler) + 2)}
    innhold = [(1, "hovedbildet", _("Hovedbildet")), *((k.nr, k.id, k.tittel) for k in kapitler), *bak.values()]
    foerste = next(iter(resultater.values()))
    return render_to_string(
        "analyse/pdf/bystyrerapport.html",
        {
            **avsender(kommune()),
            "tittel": str(TITTEL),
            "beskrivelse": str(BESKRIVELSE),
            "dato": uttrekk.dato,
            "fra": foerste.fra,
            "til": foerste.til,
            "status": _status(uttrekk),
            "forrige_dato": forrige.dato if forrige else None,
            "hovedtall": _hovedtall(resultater, _resultater(forrige, prikket) if forrige else {}),
            "kapitler": kapitler,
            "innhold": innhold,
            "bak": {ident: nr for ident, (nr, _ident, _navn) in bak.items()},
            "publiserte": publiserte,
            "forutsetninger": _felles_forutsetninger(kapitler),
            "kilder": _kilder(uttrekk),
            "normer": _normer(),
            "prikket": prikket,
        },
    )


def rapport_pdf(resultat: Resultat) -> bytes:
    """One report as PDF bytes, protected or not as the result is. Raises felles.pdf.PdfFeil."""
    kapittel = pdfdeler.kapittel(RAPPORTER[resultat.rapport], resultat, 1)
    tittel = f"{kapittel.tittel} – {resultat.enhet['navn']}"
    html = render_to_string(
        "analyse/pdf/rapport.html",
        {
            **avsender(kommune()),
            "tittel": tittel,
            "beskrivelse": kapittel.ingress,
            "dato": date.fromisoformat(resultat.uttrekk["dato"]),
            "fra": resultat.fra,
            "til": resultat.til,
            "enhet": resultat.enhet["navn"],
            "kilde": resultat.uttrekk.get("kilde", ""),
            "kapittel": kapittel,
            "prikket": resultat.prikket,
        },
    )
    return lag_pdf(html, tittel=tittel)


def _resultater(uttrekk: Uttrekk, prikket: bool) -> dict[str, Resultat]:
    """Every report of the extract for the whole municipality, in the order they are registered."""
    return hent_resultater(uttrekk=uttrekk, sluger=RAPPORTER, prikket=prikket)


def _hovedtall(naa: dict[str, Resultat], foer: dict[str, Resultat]) -> list[dict[str, str]]:
    """Key figures as text, with the change since the previous extract. A hidden or missing figure is left out."""
    ut = []
    for h in HOVEDTALL:
        verdi = naa[h.slug].sum.get(h.nokkel) if h.slug in naa else None
        forrige = foer[h.slug].sum.get(h.nokkel) if h.slug in foer else None
        if isinstance(verdi, (int, float)):
            ut.append(
                {
                    "navn": str(h.navn),
                    "tall": _tall(verdi, h),
                    "under": str(h.under),
                    "endring": _endring(h, verdi, forrige),
                }
            )
    return ut


def _tall(verdi: float, h: Hovedtall) -> str:
    return tall.prosent(verdi, h.desimaler) if h.enhet == "%" else tall.desimal(verdi, h.desimaler)


def _endring(h: Hovedtall, verdi: float, forrige: Any) -> str:
    if not isinstance(forrige, (int, float)):
        return ""
    forskjell = round(verdi, h.desimaler) - round(forrige, h.desimaler)
    if not round(forskjell, h.desimaler):
        return _("uendret fra %s") % _tall(forrige, h)
    enhet = _(" prosentpoeng") if h.enhet == "%" else ""
    return _("%(endring)s fra %(forrige)s") % {
        "endring": tall.endring(forskjell, h.desimaler) + enhet,
        "forrige": _tall(forrige, h),
    }


def _publiserte(uttrekk: Uttrekk, resultater: dict[str, Resultat]) -> pdfdeler.Trykktabell | None:
    """Printed figures beside the computed ones, None when there are none."""
    rader = [_publisert_rad(p, resultater) for p in PublisertTall.objects.filter(uttrekk=uttrekk)]
    kolonner = (
        Kolonne("rapport", _("Rapport"), "tekst"),
        Kolonne("rad", _("Rad"), "tekst"),
        Kolonne("maal", _("Tall"), "tekst"),
        Kolonne("trykt", _("Publisert"), "desimal2"),
        Kolonne("regnet", _("Beregnet"), "desimal2"),
        Kolonne("forskjell", _("Forskjell"), "desimal2"),
        Kolonne("kilde", _("Publisert i"), "tekst"),
    )
    tabell = Tabell("publiserte", _("Publiserte og beregnede tall"), kolonner, rader)
    return pdfdeler.trykktabell(tabell, "tabell-publiserte") if rader else None


def _publisert_rad(publisert: PublisertTall, resultater: dict[str, Resultat]) -> dict[str, Any]:
    regnet, maal = None, publisert.maal
    if resultat := resultater.get(publisert.rapport):
        for tabell in RAPPORTER[publisert.rapport].tabeller(resultat):
            regnet = regnet if regnet is not None else _finn(tabell, publisert)
            maal = next((k.tittel for k in tabell.kolonner if k.nokkel == publisert.maal), maal)
    trykt = float(publisert.verdi)
    er_tall = isinstance(regnet, (int, float))
    return {
        "rapport": resultat.tittel if resultat else publisert.rapport,
        "rad": publisert.rad,
        "maal": maal,
        "trykt": trykt,
        "regnet": regnet,
        "forskjell": tall.endring(round(regnet - trykt, 2), 2) if er_tall else None,
        "kilde": publisert.kilde,
    }


def _finn(tabell: Tabell, publisert: PublisertTall) -> Any:
    """The computed value of the row and measure a published figure names, None when the table lacks it."""
    foerste = tabell.kolonner[0].nokkel
    treff = (r for r in [*tabell.rader, tabell.sum] if r and r.get(foerste) == publisert.rad)
    return next((r.get(publisert.maal) for r in treff), None)


def _kilder(uttrekk: Uttrekk) -> pdfdeler.Trykktabell:
    rader = [
        (_("Bemanning"), uttrekk.kilde, tall.dato_kort(uttrekk.dato)),
        *((n, k, "") for n, k in PublisertTall.objects.filter(uttrekk=uttrekk).values_list("rad", "kilde").distinct()),
    ]
    return _enkel_tabell("tabell-kilder", _("Tallgrunnlag"), (_("Brukt til"), _("Kilde"), _("Dato")), rader)


def _normer() -> pdfdeler.Trykktabell:
    rader = [
        (n.navn, tall.desimal(n.verdi.normalize(), 0 if n.verdi % 1 == 0 else 2), n.kilde) for n in Norm.objects.all()
    ]
    return _enkel_tabell("tabell-normer", _("Grenser tallene er holdt mot"), (_("Norm"), _("Verdi"), _("Kilde")), rader)


def _enkel_tabell(ident: str, tittel: str, hoder: tuple[str, ...], rader: Iterable[tuple]) -> pdfdeler.Trykktabell:
    kolonner = tuple(Kolonne(h, h, "tekst") for h in hoder)
    innhold = [dict(zip(hoder, rad, strict=True)) for rad in rader]
    return pdfdeler.trykktabell(Tabell(ident, tittel, kolonner, innhold), ident)


def _felles_forutsetninger(kapitler: list[pdfdeler.Kapittel]) -> list[tuple[str, str, str]]:
    """Assumptions once each, with the chapters they hold for in words (empty: all of them)."""
    samlet: dict[tuple[str, str], list[str]] = {}
    for kapittel in kapitler:
        for par in kapittel.forutsetninger:
            samlet.setdefault(par, []).append(kapittel.tittel)
    alle = [k.tittel for k in kapitler]
    return [(navn, tekst, _gjelder(hvor, alle)) for (navn, tekst), hvor in samlet.items()]


def _gjelder(hvor: list[str], alle: list[str]) -> str:
    unntatt = [k for k in alle if k not in hvor]
    if not unntatt:
        return ""
    return ", ".join(hvor) if len(hvor) <= len(unntatt) else _("alle kapitler unntatt %s") % ", ".join(unntatt)


def _status(uttrekk: Uttrekk) -> str:
    return _("Publisert") if uttrekk.publisert else _("Arbeidsutkast, ikke publisert")
