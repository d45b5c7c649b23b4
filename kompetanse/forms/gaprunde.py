"""Forms of rounds of gap analyses."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from analyse.models import Uttrekk
from felles.laas import LaasSkjema
from felles.skjema import Skjema
from felles.tall import dato_lang
from kompetanse.enums import Rundestatus
from kompetanse.gapflyt import Overgang
from kompetanse.models import Gaprunde, Gapsporsmaal
from kompetanse.services.gaprunde import FELTER_AAPEN, FELTER_RUNDE
from organisasjon.felter import Datofelt

# What leaders are given to answer, unless HR says otherwise.
SVARTID = timedelta(days=28)


class RundeSkjema(LaasSkjema):
    """A round: name, year, deadline, extract, message. An open one keeps its year, deadline and extract."""

    laas_felter = FELTER_RUNDE
    navn = forms.CharField(
        label=_("Navn"), max_length=120, help_text=_("Lederne ser navnet, for eksempel «Gapanalyse 2026».")
    )
    aar = forms.IntegerField(
        label=_("Hvilket år er «nå»?"),
        min_value=2000,
        max_value=2100,
        help_text=_("Behovet fylles ut for dette året og om ett, tre og fem år."),
    )
    frist = Datofelt(label=_("Svarfrist"))
    uttrekk = forms.ModelChoiceField(
        label=_("Hvilket uttrekk skal fylle inn det dere har?"),
        queryset=Uttrekk.objects.none(),
        required=False,
        empty_label=_("Det nyeste når lederen begynner"),
        help_text=_("Stillinger, antall og ventet avgang hentes herfra når lederen begynner, og kan rettes."),
    )
    ingress = forms.CharField(
        label=_("Melding til lederne"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Står øverst i gapanalysen og i e-posten: hvorfor dere gjør dette, og hva svarene brukes til."),
    )  # fmt: skip

    def __init__(self, *args, runde: Gaprunde | None, dag: date, **kwargs) -> None:
        siste = Uttrekk.objects.order_by("-dato").first()
        aar = dag.year + 1 if Gaprunde.objects.filter(aar=dag.year).exists() else dag.year
        standard = {
            "aar": aar,
            "navn": f"Gapanalyse {aar}",
            "frist": dag + SVARTID,
            "uttrekk": siste.pk if siste else None,
        }
        naa = {f: runde._meta.get_field(f).value_from_object(runde) for f in FELTER_RUNDE} if runde else standard
        super().__init__(*args, initial=naa, **kwargs)
        self.dag = dag
        self.fields["uttrekk"].queryset = Uttrekk.objects.order_by("-dato")
        self.fields["uttrekk"].label_from_instance = lambda u: dato_lang(u.dato)
        if runde and runde.status != Rundestatus.UTKAST:
            for felt in set(FELTER_RUNDE) - set(FELTER_AAPEN):
                del self.fields[felt]
        self.sett_laas(runde)

    def clean_frist(self) -> date:
        """A day to come: a round whose deadline has passed cannot be opened."""
        frist = self.cleaned_data["frist"]
        if frist < self.dag:
            raise forms.ValidationError(_("Fristen kan ikke være en dag som har vært. Velg en dag som kommer."))
        return frist

    @property
    def verdier(self) -> dict[str, Any]:
        """What the service saves."""
        return {felt: self.cleaned_data[felt] for felt in FELTER_RUNDE if felt in self.cleaned_data}


class FristSkjema(Skjema):
    """A deadline."""

    lagre_tekst = _("Sett fristen")
    frist = Datofelt(label=_("Ny svarfrist"))


class SporsmaalSkjema(Skjema):
    """A question of HR's own."""

    tekst = forms.CharField(
        label=_("Spørsmål"), max_length=300, help_text=_("Ett spørsmål om gangen, med ord lederne bruker.")
    )
    hjelp = forms.CharField(
        label=_("Hjelpetekst"),
        max_length=300,
        required=False,
        help_text=_("Står under spørsmålet: hva du tenker på, eller et eksempel."),
    )

    def __init__(self, *args, sporsmaal: Gapsporsmaal | None, **kwargs) -> None:
        initial = {"tekst": sporsmaal.tekst, "hjelp": sporsmaal.hjelp} if sporsmaal else {}
        super().__init__(*args, initial=initial, **kwargs)


class FlyttSkjema(Skjema):
    """The comment of a move, and the state it was made from."""

    fra = forms.CharField(widget=forms.HiddenInput, max_length=12)
    kommentar = forms.CharField(max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, *args, regel: Overgang, **kwargs) -> None:
        super().__init__(*args, initial={"fra": regel.fra}, **kwargs)
        felt = self.fields["kommentar"]
        felt.label, felt.required = regel.kommentar, regel.maa_begrunnes
        felt.help_text = _(
            "Lederen, HR, tillitsvalgte og verneombud kan lese det du skriver. Ikke skriv om enkeltpersoner."
        )
        felt.error_messages["required"] = _("Skriv noen ord, så lederen vet hva det gjelder.")
        self.lagre_tekst = regel.navn


class SlettAnalyseSkjema(Skjema):
    """The name of the analysis, typed, when what is answered in it goes."""

    lagre_tekst = _("Ta analysen ut av runden")
    navn = forms.CharField(max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def __init__(self, *args, navn: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.skal_vaere = navn
        self.fields["navn"].label = _("Skriv «%(navn)s» for å bekrefte") % {"navn": navn}

    def clean_navn(self) -> str:
        """The name as it stands, whatever the letters' case."""
        navn = self.cleaned_data["navn"]
        if " ".join(navn.split()).casefold() != " ".join(self.skal_vaere.split()).casefold():
            raise forms.ValidationError(_("Navnet er ikke likt. Ingenting er tatt ut."))
        return navn
