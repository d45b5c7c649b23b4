"""What the frame around every page needs. All of it is fetched only when a template asks for it."""

from django.db.models import Q
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from organisasjon.enums import Enhetstype, Handling
from organisasjon.meny import adresse, meny_for
from organisasjon.models import Enhet


def ramme(request: HttpRequest) -> dict:
    """The municipality and the person's role for the top bar, the person's access and menu, and the footer's link."""
    bruker = getattr(request, "user", None)
    if bruker is None or not bruker.is_authenticated or not hasattr(request, "tilgang"):
        return {"kommune": None, "tilgang": None, "meny": [], "rolletekst": ""}
    topp = SimpleLazyObject(lambda: _topp(request))
    return {
        "kommune": SimpleLazyObject(lambda: topp["kommune"]),
        "rolletekst": SimpleLazyObject(lambda: topp["rolletekst"]),
        "tilgang": request.tilgang,
        "meny": SimpleLazyObject(lambda: meny_for(request)),
        "sok_adresse": adresse("planer:sok") if request.tilgang.kan(Handling.SE_PLANER) else "",
        "varsler_adresse": adresse("planer:varsler"),
        "varseltall": getattr(bruker, "uleste_varsler", 0),
        "ordliste_adresse": adresse("analyse:ordliste"),
    }


def _topp(request: HttpRequest) -> dict:
    """The municipality and the name of the first role's unit, in one query."""
    roller = request.tilgang.roller
    rot = roller[0][1] if roller else None
    enheter = list(Enhet.objects.filter(Q(type=Enhetstype.KOMMUNE) | Q(pk=rot)))
    kommune = next((e for e in enheter if e.type == Enhetstype.KOMMUNE), None)
    omraade = next((e.navn for e in enheter if e.pk == rot), "")
    rolle = roller[0][0].label if roller else ""
    return {"kommune": kommune, "rolletekst": f"{rolle}, {omraade}" if omraade else str(rolle)}
