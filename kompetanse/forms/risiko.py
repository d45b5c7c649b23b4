"""Forms of the register of risks."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from felles.laas import LaasSkjema
from felles.skjema import Skjema
from kompetanse.enums import Erdetnok, Konsekvens, Sannsynlighet
from kompetanse.models import Risiko
from kompetanse.services.risiko import FELTER_RISIKO
from organisasjon.felter import Datofelt, EnhetsvalgField
from organisasjon.models import Enhet

FIRE_V = (
    ("viktig", _("Viktig: det får store følger hvis det svikter")),
    ("vanlig", _("Vanlig: det gjelder noe dere gjør ofte")),
    ("vanskelig", _("Vanskelig: det er lett å gjøre feil")),
    ("variasjon", _("Variasjon: det gjøres ulikt fra gang til gang")),
)


class RisikoSkjema(LaasSkjema):
    """A risk. The unit is chosen once; the four V-s are one question with four boxes."""

    laas_felter = FELTER_RISIKO
    lagre_tekst = _("Lagre risikoen")
    enhet = EnhetsvalgField(label=_("Hvilken enhet gjelder det?"))
    hva = forms.CharField(
        label=_("Hva kan gå galt?"),
        max_length=200,
        help_text=_("For eksempel «ingen med legemiddelkurs på kveldsvakt». Ikke skriv navn."),
    )
    fire_v = forms.MultipleChoiceField(
        label=_("Hvorfor er dette verdt å se på?"),
        choices=FIRE_V,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Jo flere kryss, jo mer grunn til å følge med."),
    )
    sannsynlighet = forms.TypedChoiceField(
        label=_("Hvor sannsynlig er det?"), choices=Sannsynlighet.choices, coerce=int, widget=forms.RadioSelect
    )
    konsekvens = forms.TypedChoiceField(
        label=_("Hva fører det til?"), choices=Konsekvens.choices, coerce=int, widget=forms.RadioSelect
    )
    gjoeres = forms.CharField(
        label=_("Hva gjør dere for å hindre det?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    nok = forms.ChoiceField(label=_("Er det nok?"), choices=Erdetnok.choices, widget=forms.RadioSelect)
    ansvarlig = forms.CharField(
        label=_("Hvilken rolle følger det opp?"), max_length=80, help_text=_("For eksempel «fagleder kveld».")
    )
    frist = Datofelt(label=_("Frist for å se på det igjen"), required=False)

    def __init__(
        self, *args: Any, risiko: Risiko | None, enheter: list[tuple[int, str]], start: dict[str, Any], **kwargs: Any
    ) -> None:
        initial = {f: getattr(risiko, f) for f in FELTER_RISIKO} if risiko else start
        if risiko:
            initial["fire_v"] = [navn for navn, _tekst in FIRE_V if getattr(risiko, navn)]
        super().__init__(*args, initial=initial, **kwargs)
        if risiko:
            del self.fields["enhet"]
        else:
            self.fields["enhet"].sett_valg(enheter)
        self.sett_laas(risiko)

    @cached_property
    def helper(self) -> FormHelper:
        helper = super().helper
        hva = [f for f in ("enhet", "hva", "fire_v") if f in self.fields]
        grupper = (
            (_("Hva"), hva),
            (_("Hvor stor er risikoen"), ("sannsynlighet", "konsekvens")),
            (_("Hva gjør vi med den"), ("gjoeres", "nok", "ansvarlig", "frist")),
        )
        helper.layout = Layout("laas", *(Fieldset(str(navn), *felter, css_class="gruppe") for navn, felter in grupper))
        return helper

    @property
    def verdier(self) -> dict[str, Any]:
        """What the service saves."""
        valgt = set(self.cleaned_data["fire_v"])
        v = {navn: navn in valgt for navn, _tekst in FIRE_V}
        return v | {f: self.cleaned_data[f] for f in FELTER_RISIKO if f not in v}

    @property
    def enheten(self) -> Enhet:
        return self.cleaned_data["enhet"]


class LukkSkjema(Skjema):
    """Why a risk is closed."""

    lagre_tekst = _("Lukk risikoen")
    grunn = forms.CharField(
        label=_("Hvorfor lukkes den?"),
        max_length=300,
        help_text=_("For eksempel «alle har fått opplæring» eller «tjenesten er lagt ned»."),
    )
