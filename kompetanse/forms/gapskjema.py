"""What the forms of a gap analysis have in common: fields of numbers, and a form that carries what it was made from.

A form saves what can be saved: a field with an error keeps its text and its message, the others are not held back. It
carries the lopenummer (`laas`) and the texts (`grunnlag`) that it was shown with, so that two can answer at once.
"""

import json
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from felles.skjema import Skjema, Tallfelt
from kompetanse.gap.fletting import Endret, endringer
from kompetanse.gapfelt import FELT, som_tekst, tekst_av
from kompetanse.models.gap import FLEST

LENGST_GRUNNLAG = 20_000


class Personfelt(Tallfelt):
    """A number of persons. Whole, not negative."""

    default_error_messages = {"invalid": _("Skriv et tall, for eksempel 43.")}
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def clean(self, value: Any) -> int | None:
        verdi = super().clean(value)
        if verdi is None:
            return None
        if verdi < 0:
            raise ValidationError(_("Skriv 0 eller flere."))
        if verdi != verdi.to_integral_value():
            raise ValidationError(_("Skriv hele personer. Deltid regnes i årsverk."))
        if verdi > FLEST:
            raise ValidationError(_("Skriv et tall som er mindre enn 10 000."))
        return int(verdi)


class Aarsverkfelt(Tallfelt):
    """Årsverk with at most two decimals."""

    def clean(self, value: Any) -> Decimal | None:
        verdi = super().clean(value)
        if verdi is not None and not 0 <= verdi <= FLEST:
            raise ValidationError(_("Skriv et tall mellom 0 og 9 999."))
        return None if verdi is None else verdi.quantize(Decimal("0.01"))


def les_grunnlag(tekst: str) -> dict[str, str]:
    """Field → its text when the page was shown, as the hidden field has it; nothing when it makes no sense."""
    try:
        lest = json.loads(tekst[:LENGST_GRUNNLAG])
    except (ValueError, RecursionError):
        return {}
    return {str(f): str(v) for f, v in lest.items()} if isinstance(lest, dict) else {}


class Svarskjema(Skjema):
    """What the forms have in common. `gjelder` names the thing («rad:12»), and gives the fields their prefix."""

    laas = forms.CharField(required=False, widget=forms.HiddenInput)
    grunnlag = forms.CharField(required=False, widget=forms.HiddenInput)
    use_required_attribute = False

    def __init__(self, data: Any = None, *, objekt: models.Model, gjelder: str) -> None:
        self.objekt, self.gjelder = objekt, gjelder
        self.felt, self.naa = FELT[type(objekt)], som_tekst(objekt)
        start = {**self.naa, "laas": str(objekt.lopenummer), "grunnlag": json.dumps(self.naa)}
        super().__init__(data, prefix=gjelder.replace(":", "-"), initial=start)

    def clean(self) -> dict[str, Any]:
        """Line breaks as the database has them, whatever the browser sends."""
        data = super().clean() or self.cleaned_data
        return {f: v.replace("\r\n", "\n") if isinstance(v, str) else v for f, v in data.items()}

    @property
    def er_sendt(self) -> bool:
        """Did this form come with the request?"""
        return self.is_bound and self.add_prefix("laas") in self.data

    @property
    def forventet(self) -> int:
        """The lopenummer it was shown with; anything odd matches none."""
        tekst = str(self.data.get(self.add_prefix("laas"), ""))
        return int(tekst) if tekst.isascii() and tekst.isdigit() and len(tekst) < 10 else -1

    @cached_property
    def sendt(self) -> dict[str, str]:
        """The text of every field as it was sent; tidied where it could be understood."""
        self.full_clean()
        return {f: tekst_av(self.cleaned_data[f]) if f in self.cleaned_data else self._raa(f) for f in self.felt}

    @cached_property
    def rort(self) -> dict[str, Endret]:
        """The fields that differ from what was shown."""
        if not self.er_sendt:
            return {}
        return endringer(self._foer(), {f: tekst for f, tekst in self.sendt.items() if self._er_med(f)})

    @property
    def endret(self) -> dict[str, tuple[Endret, Any]]:
        """The changed fields that can be saved, with their values."""
        return {f: (e, self.cleaned_data[f]) for f, e in self.rort.items() if f in self.cleaned_data}

    @property
    def feil(self) -> dict[str, str]:
        """Field → what is wrong with it."""
        return {f: " ".join(liste) for f, liste in self.errors.items() if f in self.felt}

    def bruk_naa(self, objekt: models.Model) -> None:
        """Go on from the object as it is now, with what was typed kept."""
        self.objekt, self.naa = objekt, som_tekst(objekt)
        self.data = self.data.copy()
        self.data[self.add_prefix("laas")] = str(objekt.lopenummer)
        self.data[self.add_prefix("grunnlag")] = json.dumps(self.naa)

    def bruk_valg(self) -> None:
        """Where the person chose what somebody else had answered, that is what is sent."""
        deres = [f for f in self.felt if self.data.get(f"valg-{self.add_prefix(f)}") == "deres"]
        if deres:
            self.data = self.data.copy()
        for felt in deres:
            self.sett(felt, self.naa[felt])

    def navn(self, felt: str) -> str:
        """What a person calls the field."""
        return str(self.fields[felt].label)

    def lesbar(self, felt: str, tekst: str) -> str:
        """The text of a field as people read it: the words of a choice, not its code."""
        valg = {str(kode): str(navn) for kode, navn in getattr(self.fields[felt], "choices", ())}
        deler = tekst.split(",") if felt == "veier" else [tekst]
        return "; ".join(valg.get(d, d) for d in deler if d) or "–"

    def sett(self, felt: str, tekst: str) -> None:
        """Send another answer than the one that was typed. Only for a form with data of its own."""
        self.data.setlist(self.add_prefix(felt), tekst.split(",") if felt == "veier" else [tekst])

    def _er_med(self, felt: str) -> bool:
        """Was the field on the page? A choice where nothing is chosen sends nothing."""
        return self.add_prefix(felt) in self.data or isinstance(self.fields[felt].widget, forms.RadioSelect)

    def _foer(self) -> dict[str, str]:
        foer = les_grunnlag(str(self.data.get(self.add_prefix("grunnlag"), "")))
        return {f: v for f, v in foer.items() if f in self.felt}

    def _raa(self, felt: str) -> str:
        navn = self.add_prefix(felt)
        liste = self.data.getlist(navn) if hasattr(self.data, "getlist") else [self.data.get(navn, "")]
        return ",".join(str(v) for v in liste).replace("\r\n", "\n").strip()
