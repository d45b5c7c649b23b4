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
from planer.models import Plan, Seksjon
from planer.services.seksjoner import lagre_seksjon
from planer.services.tall import ta_med_tall
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
    enheter = [
        {"navn": e.navn, "norm": e.norm, **{n: _levende(seksjon.plan, valg) for n, valg in e.tall.items()}}
        for e in fakta.enheter
    ]
    html = render_to_string(f"planer/delplan/utkast/{seksjon.nokkel}.html", {**fakta.annet, "enheter": enheter})
    try:
        return lagre_seksjon(
            seksjon=seksjon, html=html, forventet=seksjon.lopenummer, av=av, naa=naa, grunn=_("Utkast fra tallene")
        )
    except Foreldet as feil:
        raise ValidationError(_("Noen andre skrev her akkurat nå. Det de skrev, står.")) from feil


def _levende(plan: Plan, valg: Tallvalg) -> SafeString:
    referanse = ta_med_tall(plan=plan, valg=valg)
    return mark_safe(f'<span data-tall="{referanse.nokkel}"></span>')  # noqa: S308 - the key is made by us
