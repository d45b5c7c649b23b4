"""Forms of the plan itself: a new temaplan, delplan or template, many delplaner at once, and the settings."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from analyse.models import Uttrekk
from felles.laas import LaasSkjema
from felles.skjema import Skjema
from felles.tall import dato_lang
from organisasjon.enums import Enhetstype
from planer.models import Plan
from planer.services.planer import FELTER_PLAN

NIVAAER = [v for v in Enhetstype.choices if v[0] != Enhetstype.KOMMUNE]
HJELP_UTTREKK = _("Tallene i planen hentes fra dette uttrekket. Du kan bytte senere.")
HJELP_TITTEL = _("Det leserne kjenner planen som, for eksempel «Delplan for barneskolene».")


class Uttrekkfelt(forms.ModelChoiceField):
    """Which extract the plan's figures come from."""

    def __init__(self, **kwargs) -> None:
        kwargs = {"label": _("Tall fra"), "help_text": HJELP_UTTREKK, "required": False} | kwargs
        super().__init__(queryset=Uttrekk.objects.only("dato"), empty_label=_("Ingen tall ennå"), **kwargs)

    def label_from_instance(self, obj: Uttrekk) -> str:
        return _("uttrekket %(dato)s") % {"dato": dato_lang(obj.dato)}


class Planvalg(forms.ModelChoiceField):
    """One plan among those given, found among the rows that were read to show the list."""

    def to_python(self, value) -> Plan | None:
        if value in self.empty_values:
            return None
        plan = next((p for p in self.queryset if str(p.pk) == str(value)), None)
        if plan is None:
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return plan

    def label_from_instance(self, obj: Plan) -> str:
        ord_ = str(obj.get_slag_display()).lower()
        versjon = _(", versjon %(nr)d") % {"nr": obj.versjon} if obj.versjon > 1 else ""
        return f"{obj.tittel} ({ord_}, {obj.periode}{versjon})"


class Periodeskjema(Skjema):
    """The years of a plan."""

    fra_aar = forms.IntegerField(label=_("Fra år"), min_value=2000, max_value=2100)
    til_aar = forms.IntegerField(label=_("Til og med år"), min_value=2000, max_value=2100)

    def clean(self) -> dict:
        data = super().clean()
        if data.get("fra_aar") and data.get("til_aar") and data["til_aar"] < data["fra_aar"]:
            self.add_error("til_aar", _("Perioden kan ikke slutte før den begynner."))
        return data


class TemaplanSkjema(Periodeskjema):
    """A new temaplan."""

    lagre_tekst = _("Lag temaplanen")
    tittel = forms.CharField(label=_("Navn på planen"), max_length=200)
    uttrekk = Uttrekkfelt()
    field_order = ("tittel", "fra_aar", "til_aar", "uttrekk")

    def __init__(self, *args, dag: date, **kwargs) -> None:
        forslag = {"fra_aar": dag.year, "til_aar": dag.year + 3, "uttrekk": Uttrekk.objects.only("dato").first()}
        super().__init__(*args, initial=forslag, **kwargs)


class DelplanSkjema(Periodeskjema):
    """A new delplan; its units are ticked off beside the form, see the view."""

    tittel = forms.CharField(label=_("Navn på delplanen"), max_length=200, help_text=HJELP_TITTEL)
    temaplan = Planvalg(label=_("Hører til temaplanen"), queryset=Plan.objects.none(), empty_label=None)
    mal = Planvalg(
        label=_("Begynn med innholdet fra"),
        queryset=Plan.objects.none(),
        required=False,
        empty_label=_("Tom delplan"),
        help_text=_("En mal, eller en delplan dere allerede har. Tekster og tiltak kopieres og kan endres fritt."),
    )
    nivaa = forms.ChoiceField(label=_("Nivå"), choices=[("", _("Følger av enhetene")), *NIVAAER], required=False)
    uttrekk = Uttrekkfelt()
    field_order = ("tittel", "mal", "temaplan", "fra_aar", "til_aar", "nivaa", "uttrekk")

    def __init__(self, *args, temaplaner, kilder, initial=None, **kwargs) -> None:
        super().__init__(*args, initial={**_periode(temaplaner), **(initial or {})}, **kwargs)
        _sett_planvalg(self, temaplaner, kilder)


class FlereDelplanerSkjema(Periodeskjema):
    """Many delplaner at once, one per ticked unit or service."""

    temaplan = Planvalg(label=_("Hører til temaplanen"), queryset=Plan.objects.none(), empty_label=None)
    mal = Planvalg(
        label=_("Begynn med innholdet fra"),
        queryset=Plan.objects.none(),
        required=False,
        empty_label=_("Tomme delplaner"),
        help_text=_("Alle delplanene får de samme tekstene og tiltakene å begynne med."),
    )
    uttrekk = Uttrekkfelt()
    field_order = ("mal", "temaplan", "fra_aar", "til_aar", "uttrekk")

    def __init__(self, *args, temaplaner, kilder, initial=None, **kwargs) -> None:
        super().__init__(*args, initial={**_periode(temaplaner), **(initial or {})}, **kwargs)
        _sett_planvalg(self, temaplaner, kilder)


class MalSkjema(Periodeskjema):
    """A new template for delplaner."""

    lagre_tekst = _("Lag malen")
    tittel = forms.CharField(label=_("Navn på malen"), max_length=200)
    temaplan = Planvalg(label=_("Hører til temaplanen"), queryset=Plan.objects.none(), empty_label=None)
    mal = Planvalg(
        label=_("Begynn med innholdet fra"), queryset=Plan.objects.none(), required=False, empty_label=_("Tom mal")
    )
    field_order = ("tittel", "mal", "temaplan", "fra_aar", "til_aar")

    def __init__(self, *args, temaplaner, kilder, initial=None, **kwargs) -> None:
        super().__init__(*args, initial={**_periode(temaplaner), **(initial or {})}, **kwargs)
        _sett_planvalg(self, temaplaner, kilder)


class PlanSkjema(LaasSkjema, Periodeskjema):
    """The settings of a plan."""

    laas_felter = FELTER_PLAN
    tittel = forms.CharField(label=_("Navn på planen"), max_length=200)
    nivaa = forms.ChoiceField(label=_("Nivå"), choices=NIVAAER)
    uttrekk = Uttrekkfelt()
    opphav = Planvalg(
        label=_("Laget fra"),
        queryset=Plan.objects.none(),
        required=False,
        empty_label=_("Ingen"),
        help_text=_("Malen eller delplanen som innholdet kom fra. Innholdet endres ikke når du bytter."),
    )
    field_order = ("tittel", "fra_aar", "til_aar", "nivaa", "uttrekk", "opphav")

    def __init__(self, *args, plan: Plan, kilder, **kwargs) -> None:
        super().__init__(
            *args, initial={f: plan._meta.get_field(f).value_from_object(plan) for f in FELTER_PLAN}, **kwargs
        )
        if plan.er_temaplan:
            del self.fields["nivaa"], self.fields["opphav"]
        else:
            self.fields["opphav"].queryset = kilder.exclude(pk=plan.pk)
        self.sett_laas(plan)

    def verdier(self) -> dict:
        """What the service is to store."""
        return {felt: self.cleaned_data[felt] for felt in FELTER_PLAN if felt in self.cleaned_data}


def _periode(temaplaner) -> dict:
    """The newest temaplan's period, and the newest extract."""
    forslag: dict = {"uttrekk": Uttrekk.objects.only("dato").first()}
    if temaplan := temaplaner.first():
        forslag |= {"temaplan": temaplan, "fra_aar": temaplan.fra_aar, "til_aar": temaplan.til_aar}
    return forslag


def _sett_planvalg(skjema: Skjema, temaplaner, kilder) -> None:
    """One temaplan is no choice."""
    skjema.fields["temaplan"].queryset = temaplaner
    if len(temaplaner) == 1:
        skjema.fields["temaplan"].widget = forms.HiddenInput()
    skjema.fields["mal"].queryset = kilder
