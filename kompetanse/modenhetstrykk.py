"""The matrix of assessments as a PDF and as tables for a file."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from analyse.rapporter.resultat import Kolonne, Tabell
from felles.tall import dato_kort
from kompetanse.queries.modenhet import Omraadebilde, Sjekkliste, Vurdering
from kompetanse.trykk import Trykk, trykk
from kompetanse.visning.modenhet import MERKER, funn, matrise, utviklingsbilde

# Columns that a lying page has room for.
MEST_PAA_EN_SIDE = 6


def dokumenttittel(bilde: Omraadebilde) -> str:
    """«Modenhet i kompetansearbeidet, Helse og omsorg»."""
    return _("Modenhet i kompetansearbeidet, %(enhet)s") % {"enhet": bilde.enhet}


def modenhetsdokument(bilde: Omraadebilde, liste: Sjekkliste, dag: date) -> Trykk:
    """The matrix as of the day, in as many tables as the columns need, and the development."""
    kontekst = {
        "funn": funn(bilde.kolonner, liste),
        "tabeller": [
            {"kolonner": kolonner, "grupper": matrise(kolonner, liste)} for kolonner in _biter(bilde.kolonner)
        ],
        "uvurdert": bilde.uvurdert,
        "utvikling": utviklingsbilde(bilde.over_tid, liste),
    }
    return trykk("modenhet.html", dokumenttittel(bilde), dag, kontekst)


def _biter(kolonner: list[Vurdering]) -> list[list[Vurdering]]:
    """Columns as they are shared out on tables."""
    return [kolonner[i : i + MEST_PAA_EN_SIDE] for i in range(0, len(kolonner), MEST_PAA_EN_SIDE)]


def modenhetstabeller(bilde: Omraadebilde, liste: Sjekkliste) -> list[Tabell]:
    """Point by unit as of the day, and every answer there has been with what it builds on."""
    return [_matrisetabell(bilde, liste), _svartabell(bilde, liste)]


def _matrisetabell(bilde: Omraadebilde, liste: Sjekkliste) -> Tabell:
    hoder = [Kolonne("punkt", _("Punkt"), "tekst"), Kolonne("modell", _("Liste"), "tekst")]
    hoder += [Kolonne(str(nr), f"{k.navn}, {dato_kort(k.v.dato)}", "tekst") for nr, k in enumerate(bilde.kolonner)]
    rader: list[dict[str, Any]] = []
    for gruppe in matrise(bilde.kolonner, liste):
        for rad in gruppe.rader:
            celler = {str(nr): str(c.merke.tekst) for nr, c in enumerate(rad.celler)}
            rader.append({"punkt": rad.punkt.navn, "modell": gruppe.navn} | celler)
    return Tabell("rader", _("Side om side"), tuple(hoder), rader)


def _svartabell(bilde: Omraadebilde, liste: Sjekkliste) -> Tabell:
    titler = {
        "enhet": _("Enhet"),
        "dato": _("Dato"),
        "punkt": _("Punkt"),
        "svar": _("Svar"),
        "belegg": _("Bygger på"),
        "neste": _("Vanlig neste steg"),
    }
    rader = [
        {
            "enhet": v.navn,
            "dato": dato_kort(v.v.dato),
            "punkt": p.navn,
            "svar": str(MERKER[svar.verdi].tekst),
            "belegg": svar.belegg,
            "neste": p.neste_steg if svar.svar in ("delvis", "nei") else "",
        }
        for rekke in bilde.over_tid
        for v in rekke
        for p in liste.blader
        if (svar := v.svar.get(p.nokkel))
    ]
    return Tabell("svar", _("Alle svar"), tuple(Kolonne(n, t, "tekst") for n, t in titler.items()), rader)


def metode(bilde: Omraadebilde, dag: date) -> list[tuple[str, str]]:
    """What the file says of itself."""
    return [
        (_("Område"), str(bilde.enhet)),
        (_("Gjelder"), dato_kort(dag)),
        (_("Kilde"), _("Enhetenes egne vurderinger etter en sjekkliste med punkter fra Nordhaug og Lai.")),
        (_("Ordene"), _("Ja: på plass. Delvis: et stykke på vei. Nei: ikke på plass. Ikke vurdert: sier ingenting.")),
        (_("Mobilisering"), _("Følger av de fem driverne: ja når alle er ja, nei når alle er nei, ellers delvis.")),
    ]
