"""Forms of the answers: one for each row, task, SWOT field and question, and which of them a name names."""

from decimal import Decimal
from itertools import pairwise
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from felles.norsk import brett
from felles.skjema import Tallfelt
from kompetanse.enums import Kritisk, Planomraade, Swotslag, Vei
from kompetanse.forms.gapskjema import Aarsverkfelt, Personfelt, Svarskjema
from kompetanse.gap.regning import AVGANGSAAR, HORISONTER
from kompetanse.gapfelt import AVGANG, TRENGER, TRENGER_AARSVERK, UTDANNING
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
        """No number of leavers or people in training is none of them. Those of a later year are all until then."""
        data = super().clean()
        for felt in (*UTDANNING, *AVGANG):
            if felt in data and data[felt] is None:
                data[felt] = 0
        for felt, minst in self._for_faa(data).items():
            tekst = _("Skriv minst %(n)s. Tallet er alle til sammen, også de %(n)s som er talt med før.")
            self.add_error(felt, tekst % {"n": minst})
            del data[felt]
        return data

    @staticmethod
    def _for_faa(data: dict[str, Any]) -> dict[str, int]:
        """Field → how many there are at least, for the fields that have fewer than the year before."""
        par = [(a, b) for a, b in (*pairwise(UTDANNING), *pairwise(AVGANG)) if a in data and b in data]
        return {felt: data[foer] for foer, felt in par if data[felt] < data[foer]}


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
