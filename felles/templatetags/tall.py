"""Numbers and dates in templates: {{ antall|tusen }}, {{ andel|prosent }}, {{ dato|dato_lang }}."""

from django import template

from felles import tall

register = template.Library()
register.filter("tusen", tall.tusen)
register.filter("desimal", tall.desimal)
register.filter("prosent", tall.prosent)
register.filter("endring", tall.endring)
register.filter("tallord", tall.tallord)


@register.filter
def kort_desimal(verdi) -> str:
    """One decimal, none when it is whole: «20», «0,5»."""
    return tall.desimal(verdi, 0 if verdi == int(verdi) else 1)


@register.filter
def dato_lang(dag) -> str:
    return tall.dato_lang(dag) if dag else ""


@register.filter
def dato_kort(dag) -> str:
    return tall.dato_kort(dag) if dag else ""
