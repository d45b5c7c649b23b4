"""Forms of the requirement pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from analyse.enums import Lederfunksjon
from felles.laas import Foreldet, LaasSkjema
from felles.skjema import Datofelt
from kompetanse.enums import Kravkilde
from kompetanse.models import Krav
from kompetanse.services.krav import FELTER


class KravSkjema(LaasSkjema):
    """A requirement: who it applies to, what it demands, and where it stands."""

    laas_felter = FELTER
    gjelder_for = forms.CharField(
        label=_("Hvem gjelder kravet for?"), max_length=200, help_text=_("For eksempel «Rektor» eller «Enhetsledere».")
    )
    tekst = forms.CharField(
        label=_("Hva kreves?"), max_length=3000, widget=forms.Textarea(attrs={"rows": 4}), help_text=_("Med egne ord.")
    )
    kilde = forms.ChoiceField(label=_("Hvem har satt kravet?"), choices=Kravkilde.choices, widget=forms.RadioSelect)
    hjemmel = forms.CharField(
        label=_("Hvor står det?"), max_length=200, help_text=_("Lov og paragraf, punkt i avtalen eller planen.")
    )
    lenke = forms.CharField(
        label=_("Lenke til kilden"), max_length=300, required=False, help_text=_("Begynner med https.")
    )
    funksjoner = forms.MultipleChoiceField(
        label=_("Ledere kravet gjelder"),
        choices=Lederfunksjon.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    stillinger = forms.CharField(
        label=_("Ord i stillingstittelen"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Ett ord på hver linje. Kravet gjelder stillinger som har et av ordene i tittelen."),
    )
    grupper = forms.CharField(
        label=_("Stillingsgrupper"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Én på hver linje, slik de heter under Oppsett og Stillinger."),
    )
    enhetsord = forms.CharField(
        label=_("Ord i enhetens navn"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Ett på hver linje. Da gjelder kravet bare ledere og grupper i enheter med et av ordene i navnet."),
    )
    gyldig_fra = Datofelt(label=_("Gjelder fra"), required=False, help_text=_("La stå tomt når kravet alt gjelder."))
    gyldig_til = Datofelt(label=_("Gjelder til og med"), required=False)
    merknad = forms.CharField(label=_("Merknad"), max_length=500, required=False)

    def __init__(self, *args, krav: Krav | None, **kwargs) -> None:
        initial = {f: getattr(krav, f) for f in FELTER} if krav else {"kilde": Kravkilde.KOMMUNAL}
        initial["funksjoner"] = krav.funksjoner.split(",") if krav else []
        super().__init__(*args, initial=initial, **kwargs)
        self.sett_laas(krav)

    def clean_funksjoner(self) -> str:
        """As the model keeps them."""
        return ",".join(self.cleaned_data["funksjoner"])

    def vis_konflikt(self, foreldet: Foreldet) -> None:
        """The functions are several values in the form and one in the row: compare them as the row keeps them."""
        valgt = ",".join(self.data.getlist("funksjoner"))
        super().vis_konflikt(foreldet)
        navn = str(self.fields["funksjoner"].label)
        self.konflikt = [rad for rad in self.konflikt if rad[0] != navn]
        if valgt != foreldet.naa.funksjoner:
            self.konflikt.append((navn, _lest(foreldet.naa.funksjoner), _lest(valgt)))

    @property
    def verdier(self) -> dict[str, Any]:
        """What the service saves."""
        return {felt: self.cleaned_data[felt] for felt in FELTER}


def _lest(funksjoner: str) -> str:
    return ", ".join(Krav(funksjoner=funksjoner).funksjonsnavn) or "–"
