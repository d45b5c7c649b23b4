"""What the pages have in common: one page of a list, the form page, the confirmation page, a safe save."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db import IntegrityError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from felles.laas import Foreldet, avtrykk

logg = logging.getLogger(__name__)
PER_SIDE = 50


def side_av(request: HttpRequest, rader: Sequence, per_side: int = PER_SIDE) -> Page:
    """The page of the list that the address asks for; an unknown page number gives the nearest one. `numre` are the
    page numbers to offer, when there are more than two pages.
    """
    side = Paginator(rader, per_side).get_page(request.GET.get("side"))
    flere = side.paginator.num_pages > 2
    side.numre = list(side.paginator.get_elided_page_range(side.number, on_each_side=1, on_ends=1)) if flere else []
    return side


@dataclass(frozen=True)
class Skjemaside:
    """The words and addresses of a page with one form."""

    tittel: str
    ingress: str
    knapp: str
    tilbake: str
    brodsmuler: tuple[tuple[str, str], ...] = ()
    advarsel: str = ""


@dataclass(frozen=True)
class Bekreftelse:
    """What will happen, said before it does. `farlig` colours the button and is for what cannot be undone; `merk` is
    what to think of first, and `liste` whom or what it is about: a name and a word about it.
    """

    tittel: str
    konsekvenser: tuple[str, ...]
    knapp: str
    tilbake: str
    brodsmuler: tuple[tuple[str, str], ...] = ()
    farlig: bool = False
    advarsel: str = ""
    skjult: dict[str, str] = field(default_factory=dict)
    merk: str = ""
    liste: tuple[tuple[str, str], ...] = ()


def vis_skjema(
    request: HttpRequest, skjema: forms.Form, side: Skjemaside, mal: str = "organisasjon/skjema.html", **mer: Any
) -> HttpResponse:
    """The form page; 200 when fresh, 422 when something must be corrected. `mal` extends the common page, and `mer` is
    what it needs beyond it.
    """
    skjema.lagre_tekst, skjema.avbryt_adresse = side.knapp, side.tilbake
    status = 422 if skjema.is_bound and skjema.errors else 200
    return render(request, mal, {"skjema": skjema, "side": side, **mer}, status=status)


def rediger(
    request: HttpRequest,
    skjema: forms.Form,
    side: Skjemaside,
    skriv: Callable[[], Any],
    *,
    melding: str = "",
    til: Callable[[Any], str] | None = None,
    **mer: Any,
) -> HttpResponse:
    """The whole life of a page with one form: shown, sent back with what was typed, or saved. After the save one comes
    back to where one was, or to what `til` makes of what was written. `mer` goes to `vis_skjema`.
    """
    skrevet: list[Any] = []
    if skjema.is_valid() and lagre(skjema, lambda: skrevet.append(skriv())):
        if melding:
            messages.success(request, melding)
        return redirect(til(skrevet[0]) if til else side.tilbake)
    return vis_skjema(request, skjema, side, **mer)


def bekreft(request: HttpRequest, side: Bekreftelse, status: int = 200) -> HttpResponse:
    return render(request, "organisasjon/bekreft.html", {"side": side}, status=status)


def bekreft_laast(
    request: HttpRequest,
    side: Bekreftelse,
    *,
    objekt: Model,
    felter: Sequence[str],
    skriv: Callable[[str], Any],
    svar: Callable[[Any], HttpResponse],
) -> HttpResponse:
    """The confirmation page; POST does it, unless the object was changed after the page was shown.

    `skriv` gets the fingerprint of the fields that came with the form, and raises Foreldet when it is stale: then the
    page is shown again and says so. `svar` makes the answer of what `skriv` gave.
    """
    if request.method == "POST":
        try:
            gjort = _utfor(lambda: skriv(request.POST.get("laas", "")))
        except Foreldet as foreldet:
            objekt = foreldet.naa
            side = replace(
                side, advarsel=_("Noen andre har endret dette etter at du åpnet siden. Se over en gang til.")
            )
        except ValidationError as feil:
            messages.error(request, " ".join(feil.messages))
            return redirect(side.tilbake)
        else:
            return svar(gjort)
    side = replace(side, skjult=side.skjult | {"laas": avtrykk(objekt, felter)})
    return bekreft(request, side, 422 if side.advarsel else 200)


def _utfor(skriv: Callable[[], Any]) -> Any:
    """Run the write. A reference that others broke at the same moment becomes a ValidationError."""
    try:
        return skriv()
    except IntegrityError as feil:
        logg.warning("Referanse brutt av samtidig endring: %s", feil)
        tekst = _("Noen andre endret eller slettet noe dette hører til. Last siden på nytt, og prøv igjen.")
        raise ValidationError(tekst) from feil


def lagre(skjema: forms.Form, skriv: Callable[[], object]) -> bool:
    """Run the write; put what the service refuses on the form. True when it was saved."""
    try:
        _utfor(skriv)
    except Foreldet as foreldet:
        skjema.vis_konflikt(foreldet)
    except ValidationError as feil:
        legg_paa_feil(skjema, feil)
    else:
        return True
    return False


def legg_paa_feil(skjema: forms.Form, feil: ValidationError) -> None:
    """Errors beside their field where the form has it, else on top."""
    if not hasattr(feil, "error_dict"):
        skjema.add_error(None, feil)
        return
    for felt, liste in feil.error_dict.items():
        skjema.add_error(felt if felt in skjema.fields else None, liste)


def utfoer(request: HttpRequest, skriv: Callable[[], object], melding: str, tilbake: str) -> HttpResponse:
    """Run a write that has no form of its own, and go back with what happened."""
    try:
        _utfor(skriv)
    except ValidationError as feil:
        messages.error(request, " ".join(feil.messages))
        return redirect(tilbake)
    return videre(request, melding, tilbake)


def videre(request: HttpRequest, melding: str, adresse: str) -> HttpResponse:
    """Go on, and say what was done."""
    messages.success(request, melding)
    return redirect(adresse)


def feil_bruker(request: HttpRequest) -> str:
    """What to say when somebody else has logged in in this browser since the page was opened; empty when not."""
    if request.POST.get("bruker", str(request.user.pk)) == str(request.user.pk):
        return ""
    melding = _("Du er logget inn som %(navn)s i denne nettleseren. Logg inn som deg selv for å lagre.")
    return melding % {"navn": request.user}
