"""Forms of the reflection cards and the sessions."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from felles.laas import Foreldet, LaasSkjema
from felles.skjema import Tallfelt
from kompetanse.enums import Kortgruppe
from kompetanse.models import Refleksjonskort, Refleksjonsnotat, Refleksjonsoekt
from kompetanse.models.refleksjon import FLEST_TIL_STEDE
from kompetanse.services.refleksjon import FELTER_KORT, FELTER_OEKT, LAAS_NOTAT, LAAS_OPPSUMMERING
from organisasjon.felter import Datofelt, EnhetsvalgField
from organisasjon.models import Enhet


class KortSkjema(LaasSkjema):
    """A card."""

    laas_felter = FELTER_KORT
    lagre_tekst = _("Lagre kortet")
    gruppe = forms.ChoiceField(label=_("Tema"), choices=Kortgruppe.choices)
    sporsmaal = forms.CharField(
        label=_("Spørsmål"), max_length=200, help_text=_("Ett åpent spørsmål. Kort nok til å leses på et lerret.")
    )
    hjelp = forms.CharField(
        label=_("Hjelp til samtalen"),
        max_length=300,
        required=False,
        help_text=_("Noe som får praten i gang, hvis det blir stille."),
    )

    def __init__(self, *args: Any, kort: Refleksjonskort | None, **kwargs: Any) -> None:
        super().__init__(*args, initial={f: getattr(kort, f) for f in FELTER_KORT} if kort else {}, **kwargs)
        self.sett_laas(kort)

    @property
    def verdier(self) -> dict[str, Any]:
        """What the service saves."""
        return {f: self.cleaned_data[f] for f in FELTER_KORT}


class OektSkjema(LaasSkjema):
    """What the session is for, where, and who is there. The unit cannot be changed afterwards."""

    laas_felter = FELTER_OEKT
    enhet = EnhetsvalgField(label=_("Hvilken enhet gjelder det?"))
    formaal = forms.CharField(
        label=_("Hva skal samtalen brukes til?"),
        max_length=200,
        help_text=_("For eksempel «innspill til delplanen» eller «forberede gapanalysen»."),
    )
    dato = Datofelt(label=_("Dato"))
    antall = Tallfelt(
        label=_("Hvor mange er til stede?"),
        required=False,
        decimal_places=0,
        min_value=1,
        max_value=FLEST_TIL_STEDE,
        help_text=_("Skriv antall, roller eller begge deler."),
    )
    roller = forms.CharField(
        label=_("Hvilke roller har de?"),
        max_length=200,
        required=False,
        help_text=_("For eksempel «fagledere, tillitsvalgte og verneombud». Skriv roller, ikke navn."),
    )
    temaer = forms.MultipleChoiceField(
        label=_("Hvilke temaer vil dere trekke kort fra?"),
        choices=Kortgruppe.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Velger dere ingen, er alle med."),
    )

    def __init__(
        self, *args: Any, oekt: Refleksjonsoekt | None, enheter: list[tuple[int, str]], dag: date, **kwargs: Any
    ) -> None:
        start: dict[str, Any] = {f: getattr(oekt, f) for f in FELTER_OEKT} if oekt else {"dato": dag}
        start["temaer"] = oekt.temaer.split(",") if oekt else []
        super().__init__(*args, initial={**start, **(kwargs.pop("initial", None) or {})}, **kwargs)
        if oekt:
            del self.fields["enhet"]
        else:
            self.fields["enhet"].sett_valg(enheter)
        self.sett_laas(oekt)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and data.get("antall") is None and not data.get("roller"):
            raise forms.ValidationError(_("Skriv hvor mange som er til stede, eller hvilke roller de har."))
        return data

    def clean_temaer(self) -> str:
        """As the model keeps them; all is the same as none."""
        valgt = self.cleaned_data["temaer"]
        return "" if len(valgt) == len(Kortgruppe) else ",".join(valgt)

    @property
    def verdier(self) -> dict[str, Any]:
        """What the service saves."""
        antall = self.cleaned_data["antall"]
        return {f: self.cleaned_data[f] for f in FELTER_OEKT} | {"antall": None if antall is None else int(antall)}

    @property
    def enheten(self) -> Enhet:
        return self.cleaned_data["enhet"]


class NotatSkjema(LaasSkjema):
    """What the group noted on a card."""

    laas_felter = LAAS_NOTAT
    notat = forms.CharField(
        label=_("Hva kom dere fram til?"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Skriv det gruppen er enig om. Ikke skriv navn, eller noe som kan knyttes til én person."),
    )

    def __init__(self, *args: Any, notat: Refleksjonsnotat, **kwargs: Any) -> None:
        super().__init__(*args, initial={"notat": notat.notat}, **kwargs)
        self.sett_laas(notat)

    def vis_konflikt(self, foreldet: Foreldet) -> None:
        """As for all forms, with what others have noted."""
        super().vis_konflikt(foreldet)
        self.konflikt = [(str(self.fields["notat"].label), foreldet.naa.notat or "–", self.data.get("notat", ""))]


class OppsummeringSkjema(LaasSkjema):
    """What the group agreed on, at the end."""

    laas_felter = LAAS_OPPSUMMERING
    lagre_tekst = _("Lagre og avslutt økten")
    oppsummering = forms.CharField(
        label=_("Hva tar dere med videre?"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("De to–tre viktigste tingene, og hvem som gjør noe med dem."),
    )

    def __init__(self, *args: Any, oekt: Refleksjonsoekt, **kwargs: Any) -> None:
        super().__init__(*args, initial={"oppsummering": oekt.oppsummering}, **kwargs)
        if oekt.avsluttet:
            self.lagre_tekst = _("Lagre oppsummeringen")
        self.sett_laas(oekt)
