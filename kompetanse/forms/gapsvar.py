"""Forms of the answers: one for each row, task, SWOT field and question, with what the page was made from.

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

from felles.norsk import brett
from felles.skjema import Skjema, Tallfelt
from kompetanse.enums import Kritisk, Planomraade, Swotslag, Vei
from kompetanse.gap.fletting import Endret, endringer
from kompetanse.gap.regning import AVGANGSAAR, HORISONTER
from kompetanse.gapfelt import AVGANG, FELT, TRENGER, TRENGER_AARSVERK, UTDANNING, som_tekst, tekst_av
from kompetanse.models import Gapanalyse, Gapoppgave, Gaprad, Gapsvar, Gapswot, Kompetanse
from kompetanse.models.gap import FLEST

JA_NEI = (("ja", _("Ja")), ("nei", _("Nei")))
# The ways in the words a leader uses; the sentence says what the way is.
VEIVALG = (
    (Vei.BEHOLDE, _("Beholde: få flere til å bli, og til å stå lenger")),
    (Vei.UTVIKLE, _("Utvikle: gi dem dere har, utdanning og opplæring")),
    (Vei.MOBILISERE, _("Mobilisere: bruke kompetansen bedre, flytte oppgaver")),
    (Vei.ANSKAFFE, _("Anskaffe: rekruttere nye")),
    (Vei.AVVIKLE, _("Avvikle: slutte med noe, eller gjøre det på en annen måte")),
)
LENGST_GRUNNLAG = 20_000


class Personfelt(Tallfelt):
    """A number of persons. Whole, not negative."""

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
        tekst = str(self.data.get(self.add_prefix("grunnlag"), ""))[:LENGST_GRUNNLAG]
        try:
            lest = json.loads(tekst)
        except (ValueError, RecursionError):
            return {}
        return {str(f): str(v) for f, v in lest.items() if f in self.felt} if isinstance(lest, dict) else {}

    def _raa(self, felt: str) -> str:
        navn = self.add_prefix(felt)
        liste = self.data.getlist(navn) if hasattr(self.data, "getlist") else [self.data.get(navn, "")]
        return ",".join(str(v) for v in liste).replace("\r\n", "\n").strip()


def _valg(etikett: Any, valg: Any, hjelp: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=etikett, choices=valg, required=False, widget=forms.RadioSelect, help_text=hjelp)


def _tekst(etikett: Any, lengst: int, linjer: int = 0, hjelp: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": linjer}) if linjer else None
    return forms.CharField(label=etikett, max_length=lengst, required=False, widget=widget, help_text=hjelp)


class RadSkjema(Svarskjema):
    """A row: special competence, how critical, how many, what to do."""

    spesiell = _valg(_("Krever det særskilt kompetanse?"), JA_NEI)
    hvilken = _tekst(_("Hvilken kompetanse?"), 200)
    kritisk = _valg(_("Hva skjer om dere mangler dette?"), Kritisk.choices)
    har = Personfelt(label=_("Dere har"), required=False)
    har_aarsverk = Aarsverkfelt(label=_("Årsverk nå"), required=False)
    veier = forms.MultipleChoiceField(
        label=_("Hva vil dere gjøre?"), choices=VEIVALG, required=False, widget=forms.CheckboxSelectMultiple
    )
    notat = _tekst(_("Notat"), 2000, 3, _("Skriv ikke navn på ansatte."))

    def __init__(self, data: Any = None, *, objekt: Gaprad, gjelder: str) -> None:
        self.aar = objekt.analyse.runde.aar
        super().__init__(data, objekt=objekt, gjelder=gjelder)
        for felt, om, etikett in _tallfelter():
            aar = _("i dag") if om == 0 else str(self.aar + om)
            self.fields[felt] = (Aarsverkfelt if felt in TRENGER_AARSVERK else Personfelt)(
                label=etikett % {"aar": aar}, required=False
            )
        self.initial["veier"] = [v for v in self.naa["veier"].split(",") if v]

    def clean_spesiell(self) -> bool | None:
        return {"ja": True, "nei": False}.get(self.cleaned_data["spesiell"])

    def clean_kritisk(self) -> int | None:
        return int(self.cleaned_data["kritisk"]) if self.cleaned_data["kritisk"] else None

    def clean_veier(self) -> str:
        return ",".join(v.value for v in Vei if v.value in self.cleaned_data["veier"])

    def clean_har(self) -> int:
        return self.cleaned_data["har"] or 0

    def clean_har_aarsverk(self) -> Decimal:
        return self.cleaned_data["har_aarsverk"] or Decimal(0)

    def clean_hvilken(self) -> Kompetanse | str:
        """The competence of the catalogue with this name; else own words. One that is taken out stays where it is."""
        tekst = " ".join(self.cleaned_data["hvilken"].split())
        if not tekst:
            return ""
        if self.objekt.kompetanse_id and brett(self.objekt.kompetanse.navn) == brett(tekst):
            return self.objekt.kompetanse
        mulige = Kompetanse.objects.filter(tatt_ut__isnull=True)
        return next((k for k in mulige if brett(k.navn) == brett(tekst)), tekst)

    def clean(self) -> dict[str, Any]:
        """No number of leavers or people in training is none of them."""
        data = super().clean()
        for felt in (*UTDANNING, *AVGANG):
            if felt in data and data[felt] is None:
                data[felt] = 0
        return data


def _tallfelter() -> list[tuple[str, int, Any]]:
    """(field, years ahead, label with the year) of the numbers in the table."""
    return [
        *((f, int(f.rpartition("_")[2]), _("Under utdanning, ferdige i %(aar)s")) for f in UTDANNING),
        *((f, om, _("Ventes å slutte innen %(aar)s")) for f, om in zip(AVGANG, AVGANGSAAR, strict=True)),
        *((f, om, _("Dere trenger %(aar)s")) for f, om in zip(TRENGER, HORISONTER, strict=True)),
        *((f, om, _("Årsverk dere trenger %(aar)s")) for f, om in zip(TRENGER_AARSVERK, HORISONTER, strict=True)),
    ]


class OppgaveSkjema(Svarskjema):
    """A task that might be shared."""

    oppgave = _tekst(_("Oppgave"), 200)
    utfoeres_av = _tekst(_("Hvem gjør den i dag?"), 150)
    kan_utfoeres_av = _tekst(_("Hvem kunne gjort den?"), 150)
    timer_per_uke = Tallfelt(label=_("Timer i uka i alt"), required=False)
    andel = Personfelt(label=_("Kan flyttes, prosent"), required=False)
    forutsetning = _tekst(_("Hva bygger du anslaget på?"), 300)

    def clean_oppgave(self) -> str:
        return self._maa_staa("oppgave", _("Skriv hva oppgaven er, eller ta den ut."))

    def clean_utfoeres_av(self) -> str:
        return self._maa_staa("utfoeres_av", _("Skriv hvem som gjør oppgaven i dag."))

    def clean_timer_per_uke(self) -> Decimal | None:
        verdi = self.cleaned_data["timer_per_uke"]
        if verdi is not None and not 0 <= verdi <= FLEST:
            raise ValidationError(_("Skriv et tall mellom 0 og 9 999."))
        return None if verdi is None else verdi.quantize(Decimal("0.1"))

    def clean_andel(self) -> int | None:
        verdi = self.cleaned_data["andel"]
        if verdi is not None and verdi > 100:
            raise ValidationError(_("Skriv et tall fra 0 til 100."))
        return verdi

    def _maa_staa(self, felt: str, ellers: Any) -> str:
        if not self.cleaned_data[felt].strip():
            raise ValidationError(ellers)
        return self.cleaned_data[felt].strip()


class SwotSkjema(Svarskjema):
    """One field of a SWOT."""

    tekst = _tekst("", 2000, 3)

    def __init__(self, data: Any = None, *, objekt: Gapswot, gjelder: str) -> None:
        super().__init__(data, objekt=objekt, gjelder=gjelder)
        self.fields["tekst"].label = objekt.get_slag_display()


class SporsmaalSkjema(Svarskjema):
    """The answer to one of HR's own questions."""

    tekst = _tekst("", 2000, 4)

    def __init__(self, data: Any = None, *, objekt: Gapsvar, gjelder: str) -> None:
        super().__init__(data, objekt=objekt, gjelder=gjelder)
        self.fields["tekst"].label = objekt.sporsmaal.tekst
        self.fields["tekst"].help_text = objekt.sporsmaal.hjelp


def rad_skjema(rad: Gaprad, data: Any = None) -> RadSkjema:
    """The form of a row; the row must have its analysis with the round."""
    return RadSkjema(data, objekt=rad, gjelder=f"rad:{rad.pk}")


def oppgave_skjemaer(analyse: Gapanalyse, data: Any = None) -> list[OppgaveSkjema]:
    """One form for each task."""
    ut = []
    for oppgave in analyse.oppgaver.all():
        oppgave.analyse = analyse
        ut.append(OppgaveSkjema(data, objekt=oppgave, gjelder=f"oppgave:{oppgave.pk}"))
    return ut


def swot_skjemaer(analyse: Gapanalyse, data: Any = None) -> list[SwotSkjema]:
    """One form for each field of each area, whether there is something in it or not."""
    finnes = {(s.omraade, s.slag): s for s in analyse.swot.all()}
    ut = []
    for omraade in Planomraade:
        for slag in Swotslag:
            objekt = finnes.get((omraade, slag)) or Gapswot(omraade=omraade, slag=slag)
            objekt.analyse = analyse
            ut.append(SwotSkjema(data, objekt=objekt, gjelder=f"swot:{omraade.value}:{slag.value}"))
    return ut


def sporsmaal_skjemaer(analyse: Gapanalyse, data: Any = None) -> list[SporsmaalSkjema]:
    """One form for each of HR's questions in the round."""
    finnes = {s.sporsmaal_id: s for s in analyse.svar.all()}
    ut = []
    for sporsmaal in analyse.runde.sporsmaal.all():
        objekt = finnes.get(sporsmaal.pk) or Gapsvar()
        objekt.analyse, objekt.sporsmaal = analyse, sporsmaal
        ut.append(SporsmaalSkjema(data, objekt=objekt, gjelder=f"svar:{sporsmaal.pk}"))
    return ut


def skjema_for(analyse: Gapanalyse, gjelder: str, data: Any = None) -> Svarskjema | None:
    """The form that `gjelder` names in this analysis, None when there is no such thing (any more)."""
    slag, _kolon, resten = gjelder.partition(":")
    if slag == "rad" and (rad := _av_id(Gaprad, analyse, resten)) is not None:
        return rad_skjema(rad, data)
    if slag == "oppgave" and (oppgave := _av_id(Gapoppgave, analyse, resten)) is not None:
        return OppgaveSkjema(data, objekt=oppgave, gjelder=gjelder)
    flere = {"swot": swot_skjemaer, "svar": sporsmaal_skjemaer}.get(slag)
    return next((s for s in flere(analyse, data) if s.gjelder == gjelder), None) if flere else None


def _av_id(modell: type[models.Model], analyse: Gapanalyse, tekst: str) -> Any:
    if not (tekst.isascii() and tekst.isdigit()) or len(tekst) > 15:
        return None
    objekt = modell.objects.filter(analyse=analyse, pk=int(tekst)).first()
    if objekt is not None:
        objekt.analyse = analyse
    return objekt
