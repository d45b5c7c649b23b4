"""Forms of the setup pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from analyse.enums import Lederfunksjon, Telling
from analyse.models import Ansattkategori, Importprofil, Norm, PublisertTall, Stilling, Uttrekk
from analyse.rapporter import RAPPORTER
from analyse.services.oppsett import FELTER_KATEGORI, FELTER_NORM, FELTER_PROFIL, FELTER_STILLING, FELTER_TALL
from felles.laas import LaasSkjema
from felles.skjema import Skjema, Tallfelt


class _Endreskjema(LaasSkjema):
    """An edit form filled from the object it edits."""

    def __init__(self, *args, objekt, **kwargs) -> None:
        kwargs.setdefault("initial", {f: getattr(objekt, f) for f in self.laas_felter} if objekt else {})
        super().__init__(*args, **kwargs)
        self.sett_laas(objekt)


class KategoriSkjema(_Endreskjema):
    """How a category counts, and how files spell it."""

    modell, laas_felter = Ansattkategori, FELTER_KATEGORI
    kode = forms.CharField(label=_("Kode"), max_length=20)
    navn = forms.CharField(label=_("Navn"), max_length=60)
    telling = forms.ChoiceField(label=_("Slik telles den"), choices=Telling.choices, widget=forms.RadioSelect)
    verdier = forms.CharField(
        label=_("Skrivemåter i filene"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Én på hver linje. Store og små bokstaver er likegyldig."),
    )

    def __init__(self, *args, objekt, **kwargs) -> None:
        super().__init__(*args, objekt=objekt, **kwargs)
        if objekt:
            del self.fields["kode"]


class StillingSkjema(_Endreskjema):
    """Leader function and group of a position."""

    modell, laas_felter = Stilling, FELTER_STILLING
    funksjon = forms.ChoiceField(
        label=_("Lederfunksjon"), choices=[("", _("Ikke leder")), *Lederfunksjon.choices], required=False
    )
    gruppe = forms.CharField(
        label=_("Stillingsgruppe"),
        max_length=80,
        required=False,
        help_text=_("Stillinger som hører sammen i rapporter."),
    )
    kode = forms.CharField(label=_("Stillingskode"), max_length=20, required=False)


class NormSkjema(_Endreskjema):
    """A limit and its source."""

    modell, laas_felter = Norm, FELTER_NORM
    verdi = Tallfelt(label=_("Verdi"), max_digits=8, decimal_places=2)
    kilde = forms.CharField(label=_("Kilde"), max_length=200, help_text=_("Hvem har satt normen, og når?"))
    forklaring = forms.CharField(
        label=_("Hva den brukes til"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class ProfilSkjema(_Endreskjema):
    """The name of an import profile."""

    modell, laas_felter = Importprofil, FELTER_PROFIL
    navn = forms.CharField(label=_("Navn"), max_length=80)


class PublisertTallSkjema(_Endreskjema):
    """A printed figure that is already placed."""

    modell, laas_felter = PublisertTall, FELTER_TALL
    verdi = Tallfelt(label=_("Publisert verdi"), max_digits=12, decimal_places=2)
    kilde = forms.CharField(label=_("Kilde"), max_length=200, help_text=_("Dokumentet og siden tallet står på."))


class VelgRapportSkjema(Skjema):
    """Step one of a new printed figure: which extract and report it belongs to."""

    uttrekk = forms.ModelChoiceField(label=_("Uttrekk"), queryset=Uttrekk.objects.none())
    rapport = forms.ChoiceField(label=_("Rapport"))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["uttrekk"].queryset = Uttrekk.objects.order_by("-dato")
        self.fields["uttrekk"].empty_label = None
        self.fields["rapport"].choices = [(slug, rapport.tittel) for slug, rapport in RAPPORTER.items()]


class NyttTallSkjema(Skjema):
    """Step two: which figure of the report, what is printed, and where."""

    rad = forms.ChoiceField(label=_("Rad"))
    maal = forms.ChoiceField(label=_("Tall"))
    verdi = Tallfelt(label=_("Publisert verdi"), max_digits=12, decimal_places=2)
    kilde = forms.CharField(label=_("Kilde"), max_length=200, help_text=_("Dokumentet og siden tallet står på."))

    def __init__(self, *args, rader: list[str], maal: list[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rad"].choices = [(rad, rad) for rad in rader]
        self.fields["maal"].choices = maal
