"""Forms of the workflow: moving a plan, drøfting, hearing, comments. They check what was typed, no more."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from felles.skjema import Skjema
from organisasjon.felter import Datofelt
from organisasjon.models import Bruker
from planer.enums import Kommentarstatus, Planstatus, Syn
from planer.flytregler import Overgang
from planer.models import Droftingssyn, Horingssvar


def tekstfelt(navn: str, *, hjelp: str = "", rader: int = 5, tegn: int = 2000, maa: bool = True) -> forms.CharField:
    """A text of several lines."""
    flate = forms.Textarea(attrs={"rows": rader})
    return forms.CharField(label=navn, help_text=hjelp, widget=flate, max_length=tegn, required=maa)


class SkiftSkjema(Skjema):
    """The words that go with a move. `fra` is the state the person saw."""

    fra = forms.CharField(widget=forms.HiddenInput, max_length=12)

    def __init__(self, *args, regel: Overgang, horing_finnes: bool, **kwargs) -> None:
        super().__init__(*args, initial={"fra": regel.fra}, **kwargs)
        if regel.til == Planstatus.HORING and not regel.tilbake and not horing_finnes:
            self.fields.update(_horingsfelter())
        if regel.til == Planstatus.VEDTATT:
            self.fields["sak"] = forms.CharField(
                label=_("Saksnummer i arkivet"), max_length=40, required=False, help_text=_("For eksempel 25/1042.")
            )
        self.fields["merknad"] = tekstfelt(
            regel.grunn or _("Merknad"),
            hjelp=_("Merknaden står i loggen, og kan leses av alle som ser arbeidet med planen."),
            rader=3,
            maa=bool(regel.grunn),
        )
        self.lagre_tekst = regel.navn


def _horingsfelter() -> dict[str, forms.Field]:
    return {
        "frist": Datofelt(label=_("Høringsfrist"), help_text=_("Det kan svares til og med denne dagen.")),
        "invitasjon": tekstfelt(
            _("Hva spør dere om?"), hjelp=_("Si hva dere særlig vil ha syn på."), tegn=4000, maa=False
        ),
    }


class HoringSkjema(Skjema):
    """Deadline and invitation of a hearing."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(_horingsfelter())


class FristSkjema(Skjema):
    """A new deadline of a hearing."""

    frist = Datofelt(label=_("Ny høringsfrist"), help_text=_("Det kan svares til og med denne dagen."))


class DroftingSkjema(Skjema):
    """When, about what, and who is called."""

    dato = Datofelt(label=_("Dato for møtet"))
    tema = forms.CharField(label=_("Hva skal drøftes?"), max_length=300)
    inviterte = forms.MultipleChoiceField(
        label=_("Tillitsvalgte og verneombud"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("De får varsel, og fører selv sitt syn i protokollen."),
    )
    andre_deltakere = forms.CharField(
        label=_("Andre som deltar"), max_length=500, required=False, help_text=_("Skriv navn eller stilling.")
    )

    def __init__(self, *args, representanter: list[tuple[Bruker, bool]], dag: date, tema: str, **kwargs) -> None:
        self.folk = {str(b.pk): b for b, _navngitt in representanter}
        start = {"dato": dag, "tema": tema, "inviterte": [str(b.pk) for b, navngitt in representanter if navngitt]}
        super().__init__(*args, initial=start, **kwargs)
        self.fields["inviterte"].choices = [
            (str(b.pk), f"{b} ({_('med i planen')})" if navngitt else str(b)) for b, navngitt in representanter
        ]

    def clean_inviterte(self) -> list[Bruker]:
        return [self.folk[pk] for pk in self.cleaned_data["inviterte"]]


class InviterSkjema(Skjema):
    """More representatives to call."""

    inviterte = forms.MultipleChoiceField(label=_("Hvem skal også være med?"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, folk: list[Bruker], **kwargs) -> None:
        self.folk = {str(b.pk): b for b in folk}
        super().__init__(*args, **kwargs)
        self.fields["inviterte"].choices = [(str(b.pk), str(b)) for b in folk]

    def clean_inviterte(self) -> list[Bruker]:
        return [self.folk[pk] for pk in self.cleaned_data["inviterte"]]


class SynSkjema(Skjema):
    """The representative's own view."""

    syn = forms.ChoiceField(label=_("Hva er ditt syn?"), choices=Syn.choices, widget=forms.RadioSelect)
    protokoll = tekstfelt(
        _("Protokolltekst"),
        hjelp=_("Skriv det som skal stå i protokollen. Er du uenig, må du skrive hvorfor."),
        tegn=8000,
        maa=False,
    )
    lagre_tekst = _("Før synet mitt")

    def __init__(self, *args, mitt: Droftingssyn, **kwargs) -> None:
        super().__init__(*args, initial={"syn": mitt.syn, "protokoll": mitt.protokoll}, **kwargs)
        if mitt.syn:
            self.lagre_tekst = _("Lagre endringen")


class SvarSkjema(Skjema):
    """An answer to a hearing."""

    avsender = forms.CharField(
        label=_("Hvem svarer?"), max_length=150, help_text=_("Enheten, organisasjonen eller organet du svarer for.")
    )
    tekst = tekstfelt(_("Høringssvar"), rader=8, tegn=20_000)
    lagre_tekst = _("Send svaret")

    def __init__(self, *args, svar: Horingssvar | None = None, forslag: str = "", **kwargs) -> None:
        start = {"avsender": svar.avsender, "tekst": svar.tekst} if svar else {"avsender": forslag}
        super().__init__(*args, initial=start, **kwargs)
        if svar:
            self.lagre_tekst = _("Lagre endringen")


class VurderingSkjema(Skjema):
    """How an answer was assessed."""

    vurdering = tekstfelt(
        _("Slik er svaret vurdert"), hjelp=_("Si hva som er tatt inn i planen, og hva som ikke er det, og hvorfor."),
        tegn=4000,
    )  # fmt: skip
    lagre_tekst = _("Lagre vurderingen")


class KommentarSkjema(Skjema):
    """A comment."""

    tekst = tekstfelt(_("Kommentar"), rader=3, tegn=5000)


class AvsluttSkjema(forms.Form):
    """Resolved, or kept."""

    status = forms.ChoiceField(choices=[v for v in Kommentarstatus.choices if v[0] != Kommentarstatus.AAPEN])
