"""Form of a delegation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from felles.laas import LaasSkjema
from felles.tall import dato_kort
from kompetanse.matrise.enums import Delegeringsrolle
from kompetanse.models import Delegering
from kompetanse.services.delegering import FELTER_DELEGERING
from organisasjon.felter import Datofelt

VALG = [("", ""), *Delegeringsrolle.choices]


class DelegeringSkjema(LaasSkjema):
    """What is delegated, from whom to whom, and where it is written."""

    laas_felter = FELTER_DELEGERING
    hva = forms.CharField(
        label=_("Hva er delegert?"), max_length=300, help_text=_("For eksempel «Ansette i faste stillinger».")
    )
    fra_rolle = forms.ChoiceField(label=_("Hvem delegerer?"), choices=VALG)
    til_rolle = forms.ChoiceField(label=_("Til hvem?"), choices=VALG)
    kan_videre = forms.BooleanField(label=_("Kan delegeres videre"), required=False)
    bygger_paa = forms.ModelChoiceField(
        label=_("Hvilken delegering bygger den på?"),
        queryset=Delegering.objects.none(),
        required=False,
        help_text=_("Trengs ikke når det er kommunestyret eller kommunedirektøren som delegerer."),
    )
    gyldig_fra = Datofelt(label=_("Fra"))
    gyldig_til = Datofelt(label=_("Til og med"), required=False)
    dokument = forms.CharField(
        label=_("Hvor står det?"), max_length=200, help_text=_("Saksnummer eller navn på dokumentet.")
    )

    def __init__(self, *args, delegering: Delegering | None, kilder: list[Delegering], **kwargs) -> None:
        initial = {f: getattr(delegering, f) for f in FELTER_DELEGERING} if delegering else {}
        super().__init__(*args, initial=initial, **kwargs)
        felt = self.fields["bygger_paa"]
        felt.queryset = Delegering.objects.filter(pk__in=[k.pk for k in kilder])
        felt.choices = [("", ""), *((k.pk, _kilde(k)) for k in kilder)]
        self.sett_laas(delegering)

    @property
    def verdier(self) -> dict[str, Any]:
        return {f: self.cleaned_data[f] for f in FELTER_DELEGERING}


def _kilde(d: Delegering) -> str:
    roller = f"{d.get_fra_rolle_display()} → {d.get_til_rolle_display()}"
    return f"{d.hva} ({roller}, {d.enhet}, {dato_kort(d.gyldig_fra)})"
