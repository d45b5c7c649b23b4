"""Forms of the matrix pages: a row, the legend, a new matrix, putting into force, accepting a finding."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from felles.laas import LaasSkjema
from felles.skjema import Skjema
from kompetanse.matrise.enums import STANDARDROLLER, Gjelder, Matriserolle
from kompetanse.matrise.koder import LENGST, Skrivefeil, les
from kompetanse.models import Matrise, Matriseversjon
from kompetanse.queries.matrise import Matriselinje
from kompetanse.services.matrise import FORKLARING, CellerForeldet
from organisasjon.felter import Datofelt, EnhetsvalgField
from organisasjon.models import Tjeneste

HJELP_CELLE = _("OA, HA, BS eller U, med område etter kolon og semikolon mellom flere. Eksempel: HA: tjeneste; BS")


class Cellefelt(forms.CharField):
    """What one role has in a task, in the notation. An empty one is saved, and the rules say that it is empty."""

    def validate(self, value: Any) -> None:
        """Empty is allowed while the row is being worked on."""

    def clean(self, value: Any) -> str:
        tekst = super().clean(value)
        try:
            les(tekst)
        except Skrivefeil as feil:
            raise ValidationError(str(feil)) from feil
        return tekst


class RadSkjema(Skjema):
    """One row: the task, and a field for each role. Each cell carries what it held when it was read."""

    navn = forms.CharField(label=_("Ansvar eller oppgave"), max_length=120)
    foer_navn = forms.CharField(required=False, widget=forms.HiddenInput)
    lagre_tekst = _("Lagre raden")
    use_required_attribute = False

    def __init__(self, *args, linje: Matriselinje, **kwargs) -> None:
        navn = linje.rad.navn
        super().__init__(*args, initial={"navn": navn, "foer_navn": navn}, **kwargs)
        self.roller = [celle.rolle for celle in linje.celler]
        self.konflikt: list[tuple[str, str, str]] = []
        for nr, celle in enumerate(linje.celler):
            self.fields[celle.rolle] = Cellefelt(
                label=Matriserolle(celle.rolle).label,
                initial=celle.innhold,
                max_length=LENGST,
                help_text=HJELP_CELLE if nr == 0 else "",
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )
            self.fields[f"nr-{celle.rolle}"] = forms.IntegerField(
                initial=celle.lopenummer, required=False, widget=forms.HiddenInput
            )
            self.fields[f"foer-{celle.rolle}"] = forms.CharField(
                initial=celle.innhold, required=False, widget=forms.HiddenInput
            )

    @property
    def celler(self) -> dict[str, tuple[str, int]]:
        """The cells that were changed: role → text and the number it was read with; one without is always stale."""
        data = self.cleaned_data
        endret = [rolle for rolle in self.roller if data[rolle] != data.get(f"foer-{rolle}")]
        return {rolle: (data[rolle], data.get(f"nr-{rolle}") or 0) for rolle in endret}

    def vis_konflikt(self, foreldet: CellerForeldet) -> None:
        """Keep what was typed, show what others saved; the next save is then a choice made knowingly."""
        self.data = self.data.copy()
        for rolle, celle in foreldet.naa.items():
            self.konflikt.append((Matriserolle(rolle).label, celle.innhold or "–", self.data.get(rolle, "")))
            self.data[f"nr-{rolle}"] = celle.lopenummer
            self.data[f"foer-{rolle}"] = celle.innhold
        self.add_error(
            None,
            _(
                "Noen andre har lagret endringer mens du skrev. Det du skrev står fortsatt i skjemaet. "
                "Lagre på nytt hvis det skal gjelde."
            ),
        )


class NyRadSkjema(Skjema):
    """A new task."""

    lagre_tekst = _("Legg til raden")
    navn = forms.CharField(label=_("Hva er ansvaret eller oppgaven?"), max_length=120)


class ForklaringSkjema(LaasSkjema):
    """The legend."""

    laas_felter = FORKLARING
    innledning = forms.CharField(
        label=_("Innledning"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    tekst_oa = forms.CharField(
        label=_("OA: overordnet ansvar"), max_length=600, widget=forms.Textarea(attrs={"rows": 2})
    )
    tekst_ha = forms.CharField(label=_("HA: hovedansvar"), max_length=600, widget=forms.Textarea(attrs={"rows": 2}))
    tekst_bs = forms.CharField(label=_("BS: bidra og sikre"), max_length=600, widget=forms.Textarea(attrs={"rows": 2}))
    tekst_u = forms.CharField(label=_("U: utføre"), max_length=600, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args, versjon: Matriseversjon, **kwargs) -> None:
        super().__init__(*args, initial={f: getattr(versjon, f) for f in FORKLARING}, **kwargs)
        self.sett_laas(versjon)


class IKraftSkjema(Skjema):
    """From when the draft holds."""

    fra = Datofelt(label=_("Fra hvilken dag skal utgaven gjelde?"))

    def __init__(self, *args, dag: date, **kwargs) -> None:
        super().__init__(*args, initial={"fra": dag}, **kwargs)


class GodkjennSkjema(Skjema):
    """Why a finding is accepted."""

    grunn = forms.CharField(
        label=_("Hvorfor skal raden stå slik?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Begrunnelsen vises under matrisen, også for dem som bare leser."),
    )


class NyMatriseSkjema(Skjema):
    """A matrix for a part of the municipality."""

    navn = forms.CharField(label=_("Hva skal matrisen hete?"), max_length=120)
    gjelder = forms.ChoiceField(
        label=_("Hva gjelder den for?"),
        choices=[v for v in Gjelder.choices if v[0] != Gjelder.KOMMUNE],
        widget=forms.RadioSelect,
        initial=Gjelder.ENHET,
    )
    enhet = EnhetsvalgField(
        label=_("Sektor, stab eller enhet"), required=False, help_text=_("Skriv navn eller kode, og velg fra listen.")
    )
    tjeneste = forms.ModelChoiceField(label=_("Tjeneste"), queryset=Tjeneste.objects.all(), required=False)
    roller = forms.MultipleChoiceField(
        label=_("Roller"),
        choices=Matriserolle.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=[r.value for r in STANDARDROLLER],
    )
    kopi_av = forms.ModelChoiceField(label=_("Begynn med innholdet i"), queryset=Matrise.objects.all())

    def __init__(self, *args, enheter: list[tuple[int, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["enhet"].sett_valg(enheter)
        self.fields["kopi_av"].empty_label = None

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        gjelder = data.get("gjelder")
        if gjelder == Gjelder.ENHET:
            data["tjeneste"] = None
            if not data.get("enhet") and "enhet" not in self.errors:
                self.add_error("enhet", _("Velg sektor, stab eller enhet."))
        elif gjelder == Gjelder.TJENESTE:
            data["enhet"] = None
            if not data.get("tjeneste") and "tjeneste" not in self.errors:
                self.add_error("tjeneste", _("Velg tjeneste."))
        return data
