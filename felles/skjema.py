"""Base of the product's forms: how they are laid out, and fields that take what Norwegians type."""

from datetime import date
from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from felles.tall import desimal, les_tall

# What the framework calls a choice that is not made yet, and what we do.
STREKER = BLANK_CHOICE_DASH[0][1]
VELG, IKKE_VALGT = _("Velg"), _("Ikke valgt")


def si_det_med_ord(felt: forms.Field) -> forms.Field:
    """The same field, with a choice that is not made yet in words."""
    ord_ = VELG if felt.required else IKKE_VALGT
    if getattr(felt, "empty_label", None) == STREKER:
        felt.empty_label = ord_
    elif type(felt) is forms.TypedChoiceField and BLANK_CHOICE_DASH[0] in felt.choices:
        felt.choices = [(verdi, ord_ if navn == STREKER else navn) for verdi, navn in felt.choices]
    return felt


class SkjemaMixin:
    """One column, help before the field, one primary button. Use with `forms.Form` or `forms.ModelForm`;
    `{% crispy form %}` renders the whole form with errors on top.
    """

    lagre_tekst = _("Lagre")
    avbryt_adresse = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for felt in self.fields.values():
            si_det_med_ord(felt)

    @cached_property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_class = "skjema"
        helper.avbryt_adresse = self.avbryt_adresse
        helper.add_input(Submit("lagre", self.lagre_tekst, data_en_gang="1"))
        return helper


class Skjema(SkjemaMixin, forms.Form):
    """A plain form in the product's look."""


class Modellskjema(SkjemaMixin, forms.ModelForm):
    """A model form in the product's look."""


class Foldet(Fieldset):
    """A group of fields that is folded until one of them holds something, or has to be corrected."""

    template = "ds/layout/foldet.html"

    def __init__(self, skjema: forms.BaseForm, navn: str, *felter: str, under: str = "", **kwargs) -> None:
        super().__init__(navn, *felter, **kwargs)
        self.under = under
        self.aapen = any(felt in skjema.errors or skjema[felt].value() not in (None, "") for felt in felter)


class Tallfelt(forms.DecimalField):
    """A number as Norwegians write it: decimal comma, any kind of space between thousands, − or -, a trailing %."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    default_error_messages = {"invalid": _("Skriv et tall, for eksempel 43 eller 39,5.")}

    def to_python(self, value):
        if isinstance(value, str) and value.strip():
            try:
                value = les_tall(value)
            except ValueError as feil:
                raise ValidationError(self.error_messages["invalid"], code="invalid") from feil
        return super().to_python(value)

    def prepare_value(self, value):
        if isinstance(value, Decimal | float | int):
            vist = desimal(value, max(-Decimal(str(value)).normalize().as_tuple().exponent, 0))
            return vist.replace("\u00a0", " ")
        return value

    def widget_attrs(self, widget) -> dict:
        return {}


class Datofelt(forms.DateField):
    """A date, picked or typed as dd.mm.yyyy."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    input_formats = ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y")
    default_error_messages = {"invalid": _("Skriv datoen slik: 01.07.2025.")}

    def prepare_value(self, value):
        return value.isoformat() if isinstance(value, date) else value
