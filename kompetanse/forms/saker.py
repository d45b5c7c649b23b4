"""Forms of the case register and of the training."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from felles.laas import LaasSkjema
from felles.skjema import Skjema
from kompetanse.matrise.enums import Matriserolle
from kompetanse.models import Forankringssak, Matriseoppgave
from kompetanse.services.saker import FELTER_SAK

# Who can be above an enhetsleder.
OVER = [(r.value, r.label) for r in Matriserolle if r not in (Matriserolle.EL, Matriserolle.AL, Matriserolle.FL)]


class SakSkjema(LaasSkjema):
    """A case, the rows it belongs to, and who must be asked."""

    laas_felter = FELTER_SAK
    tittel = forms.CharField(label=_("Hva heter saken?"), max_length=150)
    beskrivelse = forms.CharField(
        label=_("Hva er saken?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Skriv til enhetslederen: «Du vil …». Ikke bruk navn eller saker noen kan kjenne igjen."),
    )
    oppgaver = forms.MultipleChoiceField(
        label=_("Hvilke rader i matrisen hører saken til?"), widget=forms.CheckboxSelectMultiple
    )
    omraade = forms.CharField(
        label=_("Område"),
        max_length=80,
        required=False,
        help_text=_("Når raden skiller mellom områder, for eksempel «HMS» eller «økonomi»."),
    )
    forankres = forms.MultipleChoiceField(
        label=_("Hvem må saken forankres hos først?"), choices=OVER, widget=forms.CheckboxSelectMultiple
    )
    begrunnelse = forms.CharField(label=_("Hvorfor?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    i_bruk = forms.BooleanField(label=_("Bruk saken i øving"), required=False)

    def __init__(self, *args, sak: Forankringssak | None, rader: list[tuple[str, str]], **kwargs) -> None:
        initial: dict[str, Any] = {f: getattr(sak, f) for f in FELTER_SAK} if sak else {"i_bruk": True}
        initial["forankres"] = sak.forankres.split(",") if sak else []
        initial["oppgaver"] = [str(o.pk) for o in sak.oppgaver.all()] if sak else []
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["oppgaver"].choices = rader
        self.sett_laas(sak)

    def clean_forankres(self) -> str:
        """As the model keeps them."""
        return ",".join(self.cleaned_data["forankres"])

    @property
    def verdier(self) -> dict[str, Any]:
        return {f: self.cleaned_data[f] for f in FELTER_SAK}

    @property
    def valgte(self) -> list[Matriseoppgave]:
        return list(Matriseoppgave.objects.filter(pk__in=self.cleaned_data["oppgaver"]))


class OvingSkjema(Skjema):
    """The leader's answer. It is checked and shown, never stored."""

    lagre_tekst = _("Vis svaret")
    svar = forms.MultipleChoiceField(
        label=_("Hvem må saken forankres hos før enhetslederen gjør noe?"),
        choices=OVER,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Velg én eller flere. Svaret ditt blir ikke lagret."),
        error_messages={"required": _("Velg minst én rolle.")},
    )
