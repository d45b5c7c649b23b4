"""A first text for an empty section of a delplan, from what is known, to be read through and put right by people.

The words are in `templates/planer/delplan/utkast/`; figures go in as live figures.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from felles.laas import Foreldet
from organisasjon.models import Bruker
from planer.kontroll.delplan import UTKASTMERKE
from planer.models import Plan, Seksjon, Tallreferanse
from planer.services.seksjoner import lagre_seksjon
from planer.services.tall import ta_med_flere
from planer.tall import Tallvalg

# The sections that a first text can be made for.
UTKAST: Final = frozenset(
    {"utfordringer", "demografi", "kompetansestyring", "vurdering", "kompetanse", "oppfolging", "laering"}
)


@dataclass(frozen=True)
class Enhetsfakta:
    """A unit's name, its figures by name as choices for live figures, and how it stands against the norms."""

    navn: str
    tall: dict[str, Tallvalg] = field(default_factory=dict)
    norm: str = ""


@dataclass(frozen=True)
class Fakta:
    """What a text is made from. `annet` is handed to the template as it is."""

    enheter: Sequence[Enhetsfakta] = ()
    annet: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def fyll_utkast(*, seksjon: Seksjon, fakta: Fakta, av: Bruker, naa: datetime) -> Seksjon:
    """Write the suggestion in the section. Makes the plan's references to the figures it uses.

    Raises ValidationError when somebody has written there already, or there is no suggestion for the section.
    """
    if seksjon.nokkel not in UTKAST:
        raise ValidationError(_("Det finnes ikke noe utkast for denne teksten."))
    if not seksjon.er_tom:
        raise ValidationError(_("Her er det alt skrevet noe. Utkastet fylles bare inn i tomme tekster."))
    enheter = _med_levende_tall(seksjon.plan, fakta.enheter)
    html = render_to_string(
        f"planer/delplan/utkast/{seksjon.nokkel}.html", {**fakta.annet, "enheter": enheter, "merke": UTKASTMERKE}
    )
    try:
        return lagre_seksjon(
            seksjon=seksjon, html=html, forventet=seksjon.lopenummer, av=av, naa=naa, grunn=_("Utkast fra tallene")
        )
    except Foreldet as feil:
        raise ValidationError(_("Noen andre skrev her akkurat nå. Det de skrev, står.")) from feil


def _med_levende_tall(plan: Plan, enheter: Sequence[Enhetsfakta]) -> list[dict[str, Any]]:
    """The units with a live figure for each choice, as the templates read them."""
    valg = [v for e in enheter for v in e.tall.values()]
    referanser = iter(ta_med_flere(plan=plan, valg=valg) if valg else ())
    return [{"navn": e.navn, "norm": e.norm, **{n: _levende(next(referanser)) for n in e.tall}} for e in enheter]


def _levende(referanse: Tallreferanse) -> SafeString:
    return mark_safe(f'<span data-tall="{referanse.nokkel}"></span>')  # noqa: S308 - the key is made by us
