"""Form fields of the organisation: a unit picker that searches while you type, without script."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from felles import skjema
from felles.norsk import brett
from organisasjon.models import Enhet


class EnhetsvalgWidget(forms.TextInput):
    """A text field with the units as a list of proposals."""

    template_name = "organisasjon/widgets/enhetsvalg.html"
    valg: tuple[str, ...] = ()

    def get_context(self, name, value, attrs):
        kontekst = super().get_context(name, value, attrs)
        kontekst["widget"]["valg"] = self.valg
        return kontekst


class EnhetsvalgField(forms.CharField):
    """Picks one unit among `valg` (pairs of id and «Navn (kode)»). Cleans to an Enhet.

    Accepts the whole text, the code alone, or a name that only one unit has.
    """

    widget = EnhetsvalgWidget
    valg: list[tuple[int, str]] = []

    def sett_valg(self, valg: list[tuple[int, str]]) -> None:
        """The units that can be picked."""
        self.valg = valg
        self.widget.valg = tuple(navn for _pk, navn in valg)

    def prepare_value(self, value):
        return next((navn for pk, navn in self.valg if pk == value), value)

    def clean(self, value):
        tekst = brett(super().clean(value) or "")
        if not tekst:
            return None
        treff = {pk for pk, navn in self.valg if tekst in skrivemaater(navn)}
        if len(treff) != 1:
            grunn = _("Flere enheter heter dette. Velg én fra listen.") if treff else _("Fant ingen slik enhet.")
            raise ValidationError(grunn)
        return Enhet.objects.get(pk=treff.pop())


class Datofelt(skjema.Datofelt):
    """A day within reason: a slip of the finger in the year is caught here."""

    def to_python(self, value) -> date | None:
        dag = super().to_python(value)
        if dag and not 1800 <= dag.year <= 2200:
            raise ValidationError(_("Kontroller årstallet."))
        return dag


def skrivemaater(navn: str) -> tuple[str, str, str]:
    """How a choice «Navn (kode)» can be written: all of it, the name, the code; folded."""
    bare_navn, _skille, kode = navn.rpartition(" (")
    return brett(navn), brett(bare_navn), brett(kode.removesuffix(")"))
