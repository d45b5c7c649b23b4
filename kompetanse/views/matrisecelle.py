"""One cell of the matrix, saved from the grid while HR writes."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from felles.laas import Foreldet
from kompetanse.models import Matrisecelle, Matriseversjon
from kompetanse.queries.matrise import Matriselinje, les_bilde, les_linje
from kompetanse.services import matrise as tjeneste
from kompetanse.views.matriseredigering import rad_for, versjon_for
from organisasjon.enums import Handling
from organisasjon.tilgang import krever

LENGST_FORESPORSEL = 4000


@krever(Handling.FORVALTE_MATRISE)
@require_POST
def lagre_celle(request: HttpRequest, pk: int) -> JsonResponse:
    """Write one cell from the grid: JSON in, the cell and the row's findings out. 409 when somebody was first."""
    versjon = versjon_for(pk)
    try:
        data = _les_json(request)
        celle = _celle(versjon, data)
        nummer = int(data.get("nummer", 0))
        ny = tjeneste.lagre_celle(
            celle=celle, tekst=str(data.get("tekst", "")), forventet=nummer, av=request.user, naa=timezone.now()
        )
    except Foreldet as foreldet:
        tekst = _("Noen andre har skrevet «%(tekst)s» her mens du skrev. Trykk Enter på nytt for å lagre ditt.")
        svar = {"feil": tekst % {"tekst": foreldet.naa.innhold or "–"}, **_cellesvar(foreldet.naa)}
        return JsonResponse(svar, status=409)
    except ValidationError as feil:
        return JsonResponse({"feil": " ".join(feil.messages)}, status=422)
    except (ValueError, TypeError, OverflowError, RecursionError):
        return JsonResponse({"feil": _("Vi forstod ikke det som ble sendt. Last siden på nytt.")}, status=400)
    return JsonResponse(_cellesvar(ny))


def _les_json(request: HttpRequest) -> dict[str, Any]:
    if len(request.body) > LENGST_FORESPORSEL:
        raise ValueError("for lang")
    data = json.loads(request.body)
    if not isinstance(data, dict):
        raise TypeError("ikke et objekt")
    return data


def _celle(versjon: Matriseversjon, data: dict[str, Any]) -> Matrisecelle:
    celler = Matrisecelle.objects.select_related("rad").filter(rad__versjon=versjon)
    celle = celler.filter(pk=min(int(data.get("celle", 0)), 2**62)).first()
    if celle is None:
        raise ValidationError(_("Noen andre har slettet raden. Last siden på nytt."))
    return celle


def _cellesvar(celle: Matrisecelle) -> dict[str, Any]:
    rad = rad_for(celle.rad_id)
    return {
        "tekst": celle.innhold,
        "nummer": celle.lopenummer,
        "funn": _funnsvar(les_linje(rad)),
        "aapne": len(les_bilde(rad.versjon).aapne),
    }


def _funnsvar(linje: Matriselinje) -> list[dict[str, str]]:
    return [
        {
            "tekst": f.funn.tekst,
            "grad": "godtatt" if f.godkjent else "hard" if f.funn.hard else "merknad",
            "adresse": "" if f.funn.hard else reverse("kompetanse:godkjenn_funn", args=[linje.rad.pk, f.funn.regel]),
        }
        for f in linje.funn
    ]
