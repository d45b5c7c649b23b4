from django.apps import AppConfig
from django.forms import fields, models
from django.utils.translation import gettext_lazy as _

# What the library's own «Feltet er påkrevet» would say to somebody who is no computer person.
MANGLER = {
    fields.Field: _("Fyll ut dette feltet."),
    fields.ChoiceField: _("Velg fra listen."),
    models.ModelChoiceField: _("Velg fra listen."),
    fields.BooleanField: _("Kryss av her for å gå videre."),
}


class FellesConfig(AppConfig):
    name = "felles"

    def ready(self) -> None:
        """Words of the product in every form, also in those of the libraries."""
        for felt, tekst in MANGLER.items():
            felt.default_error_messages = {**felt.default_error_messages, "required": tekst}
