"""Optimistic locking: a form remembers what the object looked like, and a stale save is stopped with nothing lost.

A fingerprint of the fields travels in a hidden field. The service compares it with the row as it is now, inside its
transaction. The page then shows both: what others have saved, and what the person typed.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models
from django.utils.translation import gettext as _

from felles.skjema import Skjema


class Foreldet(Exception):  # noqa: N818 - a Norwegian domain word, not an English error name
    """The object has been changed since the form was opened. `naa` is the object as it is now."""

    def __init__(self, naa: models.Model) -> None:
        super().__init__(str(naa))
        self.naa = naa


class Borte(ValidationError):  # noqa: N818 - a Norwegian domain word, not an English error name
    """Somebody has deleted what was to be changed."""

    def __init__(self, navn: object) -> None:
        super().__init__(_("Noen andre har slettet «%(navn)s» i mellomtiden.") % {"navn": navn})


def avtrykk(objekt: models.Model, felter: Iterable[str]) -> str:
    """A short fingerprint of the named fields."""
    verdier = [str(objekt._meta.get_field(felt).value_from_object(objekt)) for felt in felter]
    return hashlib.sha256(json.dumps(verdier).encode()).hexdigest()[:16]


def laas_rad(objekt: models.Model) -> models.Model:
    """The row as it is now, locked. Call inside a transaction. Raises Borte when it is gone."""
    naa = type(objekt)._default_manager.select_for_update().filter(pk=objekt.pk).order_by().first()
    if naa is None:
        raise Borte(_navn(objekt))
    return naa


def _navn(objekt: models.Model) -> str:
    """What it is called; of a row that is gone, a field that was not read can no longer be."""
    try:
        return str(objekt)
    except ObjectDoesNotExist:
        return str(objekt._meta.verbose_name)


def krev_uendret(objekt: models.Model, felter: Iterable[str], forventet: str | None) -> models.Model:
    """The row as it is now, locked. Call inside a transaction.

    `forventet` None means that the caller does not hold an old picture (commands, imports). Raises Foreldet when the
    fingerprint differs, Borte when the row is gone.
    """
    naa = laas_rad(objekt)
    if forventet is not None and avtrykk(naa, felter) != forventet:
        raise Foreldet(naa)
    return naa


class LaasSkjema(Skjema):
    """Mixin for edit forms: the hidden fingerprint, and the page of two versions.

    A class names the model fields it guards in `laas_felter`; `laas_objekt` is what is being edited (None = new).
    """

    laas = forms.CharField(required=False, widget=forms.HiddenInput)
    laas_felter: tuple[str, ...] = ()
    konflikt: list[tuple[str, str, str]]

    def sett_laas(self, objekt: models.Model | None) -> None:
        """Remember the object as it is when the form is shown."""
        self.konflikt = []
        if objekt is not None and objekt.pk:
            self.fields["laas"].initial = avtrykk(objekt, self.laas_felter)

    @property
    def forventet(self) -> str | None:
        """The fingerprint that came with the form; an empty string never matches, so a form without one is stale."""
        return self.cleaned_data.get("laas", "")

    def vis_konflikt(self, foreldet: Foreldet) -> None:
        """Keep what was typed, show what others saved, and let the next save be a choice made knowingly."""
        self.konflikt = [
            (str(self.fields[felt].label or felt), vis_verdi(foreldet.naa, felt), str(self.data.get(felt, "")))
            for felt in self.laas_felter
            if felt in self.fields and vis_raa(foreldet.naa, felt) != str(self.data.get(felt, ""))
        ]
        self.data = self.data.copy()
        self.data[self.add_prefix("laas")] = avtrykk(foreldet.naa, self.laas_felter)
        self.add_error(
            None,
            _(
                "Noen andre har lagret endringer mens du skrev. Det du skrev står fortsatt i skjemaet. "
                "Lagre på nytt hvis det skal gjelde."
            ),
        )


def vis_raa(objekt: models.Model, felt: str) -> str:
    """The stored value as a form would send it."""
    verdi: Any = objekt._meta.get_field(felt).value_from_object(objekt)
    return "" if verdi is None else str(verdi)


def vis_verdi(objekt: models.Model, felt: str) -> str:
    """The stored value as a person reads it."""
    vis = getattr(objekt, f"get_{felt}_display", None)
    return str(vis() if vis else vis_raa(objekt, felt)) or "–"
