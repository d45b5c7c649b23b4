"""Forms of the population pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from analyse.models import Befolkningstall
from analyse.services.befolkning import FELTER_BEFOLKNING
from felles.laas import LaasSkjema
from felles.skjema import Datofelt, Skjema, Tallfelt


def _antall(navn) -> Tallfelt:
    return Tallfelt(label=navn, min_value=0, max_value=10_000_000, decimal_places=0)


class BefolkningSkjema(LaasSkjema):
    """Inhabitants of one year by age."""

    laas_felter = FELTER_BEFOLKNING
    aar = forms.IntegerField(label=_("År"), min_value=1990, max_value=2100)
    unge = _antall(_("0–19 år"))
    voksne = _antall(_("20–66 år"))
    eldre = _antall(_("67 år og mer"))
    kilde = forms.CharField(
        label=_("Kilde"), max_length=200, help_text=_("Hvem har laget tallet? For eksempel «SSB, hovedalternativet».")
    )
    hentet = Datofelt(label=_("Kilden er fra"))

    def __init__(self, *args, rad: Befolkningstall | None, initial: dict | None = None, **kwargs) -> None:
        initial = {f: getattr(rad, f) for f in FELTER_BEFOLKNING} if rad else initial
        super().__init__(*args, initial=initial, **kwargs)
        self.sett_laas(rad)


class SentralitetSkjema(Skjema):
    """The class of centrality."""

    klasse = forms.TypedChoiceField(
        label=_("Sentralitetsklasse"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[("", _("Ikke valgt")), *((str(n), str(n)) for n in range(1, 7))],
        help_text=_("SSB deler kommunene i seks klasser. 1 er de mest sentrale, 6 de minst sentrale."),
    )
