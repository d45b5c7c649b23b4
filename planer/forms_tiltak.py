"""Forms for tiltak: the tiltak itself, following it up, and changing many at once."""

from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from felles.laas import Foreldet, LaasSkjema
from felles.skjema import Foldet, Skjema, Tallfelt
from felles.tall import dato_kort
from kompetanse.enums import Vei
from organisasjon.felter import Datofelt
from organisasjon.models import Bruker
from planer.enums import KREVER_GRUNN, Hovedmaal, Tiltakstatus
from planer.models import Innsatsomraade, Plan, Tiltak, Tiltaksmal
from planer.services.tiltak import FELTER_TILTAK
from planer.visning.tiltak import vis_tall

HVA = ("tittel", "hva", "omraade", "hovedmaal", "vei")
HVEM = ("ansvarlig", "deltakere", Div("start", "frist", css_class="ved-siden"), "status", "statusgrunn")
PENGER = ("kostnad", "finansiering", "soknadsfrist")
MAALING = ("kriterie_resultat", "kriterie_prosess", "maalenhet", "nullpunkt", "maaltall")
MAKS_BELOP = 999_999_999_999
VEIHJELP = _(
    "Beholde: få folk til å bli. Mobilisere: bruke kompetansen vi har bedre. Anskaffe: rekruttere. "
    "Utvikle: lære opp. Avvikle: slutte med noe."
)
VEIORD = {
    Vei.BEHOLDE: _("få folk til å bli"),
    Vei.MOBILISERE: _("bruke kompetansen vi har bedre"),
    Vei.ANSKAFFE: _("rekruttere"),
    Vei.UTVIKLE: _("lære opp"),
    Vei.AVVIKLE: _("slutte med noe"),
}


def _tekst(navn: str, maks: int, hjelp: str = "", linjer: int = 0) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": linjer}) if linjer else None
    return forms.CharField(label=navn, max_length=maks, required=False, help_text=hjelp, widget=widget)


class TiltakSkjema(LaasSkjema):
    """All of a tiltak, in four groups; money and measuring are folded until they are filled in."""

    laas_felter = FELTER_TILTAK
    lagre_tekst = _("Lagre tiltaket")

    tittel = forms.CharField(label=_("Hva heter tiltaket?"), max_length=200)
    hva = _tekst(_("Hva skal gjøres?"), 5000, _("Så konkret at den ansvarlige kan begynne."), 5)
    omraade = forms.ModelChoiceField(Innsatsomraade.objects.none(), label=_("Innsatsområde"), empty_label="")
    hovedmaal = forms.TypedChoiceField(
        label=_("Hvilket mål tjener det?"), choices=[("", ""), *Hovedmaal.choices], coerce=int
    )
    vei = forms.ChoiceField(label=_("Vei"), choices=[("", ""), *Vei.choices], help_text=VEIHJELP)
    ansvarlig = forms.ModelChoiceField(
        Bruker.objects.none(),
        label=_("Ansvarlig"),
        required=False,
        empty_label=_("Ingen ennå"),
        help_text=_("Personer med rolle der planen gjelder, og de som er med i planen."),
    )
    deltakere = _tekst(_("Hvem er med?"), 300, _("Grupper eller roller, for eksempel «fagledere og TV»."))
    start = Datofelt(label=_("Start"), required=False)
    frist = Datofelt(label=_("Frist"), required=False)
    status = forms.ChoiceField(label=_("Status"), choices=Tiltakstatus.choices, initial=Tiltakstatus.PLANLAGT)
    statusgrunn = _tekst(_("Hvorfor utsatt eller avbrutt?"), 500, _("Fylles ut når status er utsatt eller avbrutt."))
    kostnad = Tallfelt(
        label=_("Kostnad i kroner"),
        required=False,
        min_value=0,
        max_value=MAKS_BELOP,
        decimal_places=0,
        help_text=_("Hele kroner for hele tiltaket. La stå tomt hvis det ikke er regnet ut."),
    )
    finansiering = _tekst(_("Finansieres av"), 200, _("For eksempel eget budsjett eller statsforvalteren."))
    soknadsfrist = Datofelt(label=_("Søknadsfrist for midler"), required=False)
    kriterie_resultat = _tekst(_("Slik ser vi at det virket"), 500, _("Hva er annerledes når vi er ferdige?"), 2)
    kriterie_prosess = _tekst(_("Slik ser vi at det ble gjort godt"), 500, _("Hvem var med, og hvordan?"), 2)
    maalenhet = _tekst(_("Hva måles, og i hva?"), 80, _("For eksempel «prosent heltid» eller «antall lærlinger»."))
    nullpunkt = Tallfelt(label=_("Nullpunkt"), required=False, max_digits=12, decimal_places=2, help_text=_("I dag."))
    maaltall = Tallfelt(label=_("Mål å nå"), required=False, max_digits=12, decimal_places=2)

    def __init__(
        self, *args: Any, plan: Plan, tiltak: Tiltak | None, folk: list[tuple[Bruker, str]], **kwargs: Any
    ) -> None:
        start = {f: getattr(tiltak, f"{f}_id", None) or getattr(tiltak, f) for f in FELTER_TILTAK} if tiltak else {}
        super().__init__(*args, initial={**start, **(kwargs.pop("initial", None) or {})}, **kwargs)
        self.fields["omraade"].queryset = Innsatsomraade.objects.filter(
            plan=plan if plan.er_temaplan else plan.temaplan
        )
        self.fields["omraade"].label_from_instance = lambda o: f"{o.nummer} {o.tittel}"
        _sett_folk(self.fields["ansvarlig"], folk, tiltak.ansvarlig if tiltak else None)
        self.sett_laas(tiltak)

    @cached_property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.layout = Layout(
            "laas",
            Fieldset(_("Hva"), *HVA, css_class="gruppe"),
            Fieldset(_("Hvem og når"), *HVEM, css_class="gruppe"),
            Foldet(self, _("Penger"), *PENGER, under=_("kostnad, hvem som betaler, søknadsfrist"), css_class="gruppe"),
            Foldet(self, _("Slik måler vi"), *MAALING, under=_("kriterier, nullpunkt og mål"), css_class="gruppe"),
        )
        return helper

    def vis_konflikt(self, foreldet: Foreldet) -> None:
        """As for all forms, with the values as people read them, and only where they differ."""
        super().vis_konflikt(foreldet)
        self.konflikt = [
            (str(self.fields[f].label), lesbart(getattr(foreldet.naa, f), f), lesbart(self.cleaned_data.get(f), f))
            for f in FELTER_TILTAK
            if f in self.cleaned_data and (getattr(foreldet.naa, f) or None) != (self.cleaned_data[f] or None)
        ]


def lesbart(verdi: Any, felt: str) -> str:
    """A value of a tiltak as a person reads it."""
    if verdi is None or verdi == "":
        return "–"
    if isinstance(verdi, date):
        return dato_kort(verdi)
    valg = {"status": Tiltakstatus, "vei": Vei, "hovedmaal": Hovedmaal}.get(felt)
    if valg:
        return str(valg(verdi).label)
    return vis_tall(verdi) if felt in ("kostnad", "nullpunkt", "maaltall") else str(verdi)


def _sett_folk(felt: forms.ModelChoiceField, folk: list[tuple[Bruker, str]], naa: Bruker | None) -> None:
    """The people to choose among, with what they are; whoever is responsible now can stay."""
    navn = {b.pk: tekst for b, tekst in folk}
    if naa:
        navn.setdefault(naa.pk, str(naa))
    felt.queryset = Bruker.objects.filter(pk__in=navn)
    felt.choices = [("", felt.empty_label), *navn.items()]


class OppfolgingSkjema(Skjema):
    """A line in the log."""

    lagre_tekst = _("Lagre oppfølgingen")

    dato = Datofelt(label=_("Dato"))
    tekst = forms.CharField(
        label=_("Hvordan går det?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Er tiltaket utsatt eller avbrutt, skriv hvorfor."),
    )
    status = forms.ChoiceField(label=_("Status nå"), choices=Tiltakstatus.choices)
    verdi = Tallfelt(label=_("Målt verdi"), required=False, max_digits=12, decimal_places=2)

    def __init__(self, *args: Any, tiltak: Tiltak, dag: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"dato": dag, "status": tiltak.status}, auto_id="oppfolging_%s", **kwargs)
        if tiltak.maalenhet:
            self.fields["verdi"].label = _("Målt verdi (%(enhet)s)") % {"enhet": tiltak.maalenhet}
        else:
            del self.fields["verdi"]


class FellesSkjema(Skjema):
    """What many tiltak shall have. Empty leaves the field as it is."""

    lagre_tekst = _("Vis hva som endres")
    INGEN = "ingen"

    ansvarlig = forms.ChoiceField(label=_("Ny ansvarlig"), required=False)
    frist = Datofelt(label=_("Ny frist"), required=False)
    status = forms.ChoiceField(
        label=_("Ny status"), required=False, choices=[("", _("Som før")), *Tiltakstatus.choices]
    )
    statusgrunn = _tekst(_("Hvorfor utsatt eller avbrutt?"), 500)

    def __init__(self, *args: Any, folk: list[tuple[Bruker, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.folk = {str(b.pk): b for b, _tekst in folk}
        valg = [(str(b.pk), tekst) for b, tekst in folk]
        self.fields["ansvarlig"].choices = [("", _("Som før")), (self.INGEN, _("Ingen")), *valg]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not any(data.get(f) for f in ("ansvarlig", "frist", "status")) and not self.errors:
            raise forms.ValidationError(_("Velg minst én ting som skal endres."))
        if data.get("status") in KREVER_GRUNN and not data.get("statusgrunn", "").strip():
            self.add_error("statusgrunn", _("Skriv hvorfor tiltakene er utsatt eller avbrutt."))
        return data


def startverdier(mal: Tiltaksmal | None, omraade: Innsatsomraade | None) -> dict[str, Any]:
    """What a new tiltak begins with."""
    verdier: dict[str, Any] = {"status": Tiltakstatus.PLANLAGT}
    if mal:
        verdier |= {"tittel": mal.tittel, "hva": mal.hva, "vei": mal.vei}
    if omraade:
        verdier["omraade"] = omraade.pk
    return verdier
