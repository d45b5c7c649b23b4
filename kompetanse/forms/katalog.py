"""Form of the competence catalogue."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from felles.laas import LaasSkjema
from kompetanse.enums import Kompetanseform, Kompetansenivaa, Kompetansetype
from kompetanse.models import Kompetanse
from kompetanse.services.katalog import KATALOGFELTER


class KompetanseSkjema(LaasSkjema):
    """A competence."""

    laas_felter = KATALOGFELTER
    navn = forms.CharField(label=_("Navn"), max_length=120, help_text=_("Kort, slik folk sier det på jobb."))
    type = forms.ChoiceField(label=_("Hva slags kompetanse?"), choices=Kompetansetype.choices, widget=forms.RadioSelect)
    form = forms.ChoiceField(label=_("Hvordan er den vist?"), choices=Kompetanseform.choices, widget=forms.RadioSelect)
    nivaa = forms.ChoiceField(
        label=_("Basis eller spiss?"),
        choices=Kompetansenivaa.choices,
        widget=forms.RadioSelect,
        help_text=_("Basis trenger mange. Spiss har få, og tjenesten er avhengig av den."),
    )
    omraade = forms.CharField(label=_("Område"), max_length=80, required=False, help_text=_("For eksempel «Oppvekst»."))
    beskrivelse = forms.CharField(label=_("Beskrivelse"), max_length=300, required=False)

    def __init__(self, *args, kompetanse: Kompetanse | None, **kwargs) -> None:
        standard = {"type": "ferdighet", "form": "real", "nivaa": "basis"}
        initial = {f: getattr(kompetanse, f) for f in KATALOGFELTER} if kompetanse else standard
        super().__init__(*args, initial=initial, **kwargs)
        self.sett_laas(kompetanse)

    @property
    def verdier(self) -> dict[str, Any]:
        """What the service saves."""
        return {felt: self.cleaned_data[felt] for felt in KATALOGFELTER}
