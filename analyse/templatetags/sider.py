"""Parts of the report pages."""

from django import template

from analyse.rapporter.resultat import Diagram
from analyse.visning.celler import Celle, celle
from analyse.visning.tabeller import med_enhet

register = template.Library()


@register.inclusion_tag("analyse/_diagramtabell.html")
def diagramtabell(diagram: Diagram) -> dict:
    """The numbers of a chart as a table."""
    forste, *resten = diagram.tabell.kolonner
    rader = [
        [Celle(str(r.get(forste.nokkel) or "–")), *(celle(r.get(k.nokkel), k) for k in resten)]
        for r in diagram.tabell.rader
    ]
    return {
        "tittel": diagram.tittel,
        "kolonner": [(med_enhet(k), k.er_tall) for k in diagram.tabell.kolonner],
        "rader": rader,
    }
