"""Form of the template for the utviklingssamtale."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from felles.laas import LaasSkjema, avtrykk
from felles.skjema import Tallfelt
from kompetanse.models import Samtalemal
from kompetanse.samtalemal import DELER, FELTER, ORIGINAL


class SamtalemalSkjema(LaasSkjema):
    """The introduction and the questions of each part, one a line."""

    laas_felter = FELTER
    lagre_tekst = _("Lagre malen")
    innledning = forms.CharField(
        label=_("Innledning"), max_length=1500, widget=forms.Textarea(attrs={"rows": 4}), help_text=_("Står øverst.")
    )

    def __init__(self, *args: Any, mal: Samtalemal | None, **kwargs: Any) -> None:
        start = {f: getattr(mal, f) for f in FELTER} if mal else ORIGINAL
        super().__init__(*args, initial=start, **kwargs)
        for del_ in DELER:
            self.fields[del_] = forms.CharField(
                label=Samtalemal._meta.get_field(del_).verbose_name.capitalize(),
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 5}),
                help_text=_("Ett spørsmål på hver linje."),
            )
        self.fields["linjer"] = Tallfelt(
            label=_("Hvor mange linjer å skrive på under hvert spørsmål?"),
            decimal_places=0,
            min_value=2,
            max_value=8,
        )
        self.sett_laas(mal)
        self.fields["laas"].initial = avtrykk(mal or Samtalemal(**ORIGINAL), FELTER)

    @property
    def verdier(self) -> dict[str, Any]:
        """What the service saves."""
        return {f: self.cleaned_data[f] for f in FELTER} | {"linjer": int(self.cleaned_data["linjer"])}
