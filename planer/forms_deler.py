"""Forms of the structured parts and of the innsatsområder."""

from django import forms
from django.db import models
from django.forms.models import fields_for_model
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from analyse.rapporter import RAPPORTER
from felles.laas import LaasSkjema
from felles.skjema import Datofelt, si_det_med_ord
from planer.deler import Del
from planer.enums import Grep
from planer.kapitler import TEMAPLAN
from planer.models import Innsatsomraade, Plan
from planer.services.deler import EGEN_SIDE
from planer.services.omraader import FELTER_OMRAADE

LANGT = 250
EGNE_SIDER = {
    4: (
        (_("Krav til stillinger"), "kompetanse:krav", ()),
        (_("Rolle- og ansvarsmatrise"), "kompetanse:matrise", ()),
    ),
    5: (
        *((r.tittel, "analyse:rapport", (slug,)) for slug, r in RAPPORTER.items()),
        (_("Framskriving"), "analyse:framskriving", ()),
    ),
}


class Delskjema(LaasSkjema):
    """The fields of one part, made from the model."""

    hjelp: dict[str, str] = {}

    def __init__(self, *args, del_: Del, objekt: models.Model, plan: Plan, kapittel: int, **kwargs) -> None:
        self.laas_felter = del_.felter
        initial = {f: objekt._meta.get_field(f).value_from_object(objekt) for f in del_.felter} if objekt.pk else {}
        super().__init__(*args, initial={**initial, **kwargs.pop("initial", {})}, **kwargs)
        for navn, felt in fields_for_model(del_.modell, del_.felter, formfield_callback=_felt).items():
            self.fields.setdefault(navn, felt)
        for navn, tekst in self.hjelp.items():
            self.fields[navn].help_text = tekst
        self.order_fields(del_.felter)
        self.tilpass(plan, objekt, kapittel)
        self.sett_laas(objekt)

    def tilpass(self, plan: Plan, objekt: models.Model, kapittel: int) -> None:
        """What a kind of part adds."""

    def verdier(self) -> dict:
        """What the service is to store."""
        return {felt: self.cleaned_data[felt] for felt in self.laas_felter}


class Rolleskjema(Delskjema):
    hjelp = {
        "gruppe": _("For eksempel «Styringsgruppe», «Prosjektleder» eller «Hovedtillitsvalgte»."),
        "hvem": _("Stillinger, ikke personnavn: planen er offentlig."),
    }


class Maalskjema(Delskjema):
    hjelp = {"tittel": _("Skriv det som skal være oppnådd, så konkret at dere kan se om det er nådd.")}


class Lenkeskjema(Delskjema):
    egen_side = forms.ChoiceField(label=_("Velg en av våre sider"), required=False)

    def tilpass(self, plan: Plan, objekt: models.Model, kapittel: int) -> None:
        sider = egne_sider(kapittel)
        self.fields["egen_side"].choices = [("", _("En annen nettside")), *sider]
        self.fields["adresse"].required = self.fields["tittel"].required = False
        self.fields["adresse"].help_text = _("Bare når du ikke valgte en side over. Begynner med https://.")
        self.fields["tittel"].help_text = _("Tomt felt gir navnet på siden du valgte.")
        self.order_fields(("egen_side", "adresse", "tittel", "merknad"))
        if objekt.pk and objekt.adresse in dict(sider):
            self.initial |= {"egen_side": objekt.adresse, "adresse": ""}

    def clean(self) -> dict:
        data = super().clean()
        valgt = data.get("egen_side")
        if valgt:
            data["adresse"] = valgt
            data["tittel"] = data.get("tittel") or str(dict(self.fields["egen_side"].choices)[valgt])
        elif not data.get("adresse"):
            self.add_error("adresse", _("Velg en side, eller skriv en nettadresse."))
        elif not data.get("tittel"):
            self.add_error("tittel", _("Skriv hva lenken går til."))
        elif EGEN_SIDE.fullmatch(data["adresse"]):
            self.add_error("adresse", _("Velg våre egne sider fra listen over."))
        return data


class Oppfolgingsskjema(Delskjema):
    hjelp = {
        "hva": _("For eksempel «Status på tiltakene» eller «Turnover per sektor»."),
        "arena": _("Møtet eller rapporten der det tas opp."),
    }


class Effektskjema(Delskjema):
    hjelp = {
        "indikator": _("Det dere leser av, for eksempel «Andel som slutter i løpet av et år»."),
        "nullpunkt": _("Slik er det i dag."),
        "tall": _("Et tall som alt er satt inn i planen. Da følger det uttrekket."),
    }

    def tilpass(self, plan: Plan, objekt: models.Model, kapittel: int) -> None:
        felt = self.fields["tall"]
        felt.queryset, felt.empty_label, felt.label = plan.tall.all(), _("Ikke knyttet til et tall"), _("Tall i planen")
        felt.label_from_instance = lambda tall: tall.tekst
        if not plan.tall.exists():
            del self.fields["tall"]
            self.laas_felter = tuple(f for f in self.laas_felter if f != "tall")


class Forankringsskjema(Delskjema):
    dato = Datofelt(label=_("Dato"))
    til_dato = Datofelt(
        label=_("Til og med"), required=False, help_text=_("Bare når det varte flere dager, for eksempel en høring.")
    )
    steg = forms.MultipleChoiceField(
        label=_("Steg som ble behandlet"),
        required=False,
        choices=[(str(k.nummer), str(k)) for k in TEMAPLAN],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("La feltet stå tomt når møtet gjaldt prosessen og ikke innholdet."),
    )
    vedlegg = forms.FileField(
        label=_("Vedlegg"),
        required=False,
        help_text=_("Protokoll eller referat: PDF, Word, Excel eller bilde, høyst 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.xlsx,.png,.jpg,.jpeg"}),
    )
    fjern_vedlegg = forms.BooleanField(label=_("Ta bort vedlegget som ligger inne"), required=False)
    hjelp = {
        "organ": _("For eksempel «AMU», «Hovedutvalg for helse» eller «Hovedtillitsvalgte og verneombud»."),
        "utfall": _("Hva møtet mente eller vedtok, kort."),
        "merknad": _("Bare når datoen er riktig selv om den er merket: skriv hvorfor."),
    }

    def tilpass(self, plan: Plan, objekt: models.Model, kapittel: int) -> None:
        if objekt.pk:
            self.initial["steg"] = [s for s in objekt.steg.split(",") if s]
        if not (objekt.pk and objekt.vedlegg_navn):
            del self.fields["fjern_vedlegg"]

    def clean_steg(self) -> str:
        return ",".join(self.cleaned_data["steg"])


class OmraadeSkjema(LaasSkjema):
    """An innsatsområde."""

    laas_felter = FELTER_OMRAADE
    tittel = forms.CharField(label=_("Navn på innsatsområdet"), max_length=150)
    grep = forms.ChoiceField(
        label=_("Slag"),
        choices=[
            (Grep.KJERNE, _("Kjernegrep: skal følges opp i alle delplaner")),
            (Grep.STOTTE, _("Støttegrep: følges opp der analysen viser at det trengs")),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, omraade: Innsatsomraade | None, **kwargs) -> None:
        initial = {f: getattr(omraade, f) for f in FELTER_OMRAADE} if omraade else {}
        super().__init__(*args, initial=initial, **kwargs)
        self.sett_laas(omraade)


SKJEMAER: dict[str, type[Delskjema]] = {
    "roller": Rolleskjema,
    "forankring": Forankringsskjema,
    "maal": Maalskjema,
    "lenker": Lenkeskjema,
    "oppfolging": Oppfolgingsskjema,
    "effekter": Effektskjema,
}


def egne_sider(kapittel: int) -> list[tuple[str, str]]:
    """Our own pages that the chapter can link to, as (address, name); those that do not exist are left out."""
    sider = []
    for navn, rute, arg in EGNE_SIDER.get(kapittel, ()):
        try:
            sider.append((reverse(rute, args=arg), str(navn)))
        except NoReverseMatch:
            continue
    return sider


def _felt(felt: models.Field, **kwargs) -> forms.Field | None:
    """Long texts in a box of some lines."""
    if isinstance(felt, models.TextField) or (isinstance(felt, models.CharField) and (felt.max_length or 0) > LANGT):
        kwargs["widget"] = forms.Textarea(attrs={"rows": 4 if isinstance(felt, models.TextField) else 2})
    return si_det_med_ord(felt.formfield(**kwargs))
