"""Forms about leaders and key positions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from analyse.enums import Lederfunksjon
from felles.laas import LaasSkjema
from felles.skjema import VELG, Datofelt
from kompetanse.enums import Dokumentslag
from kompetanse.models import Krav, Lederpost, Unntak
from kompetanse.models.ledere import NIVAAVALG
from kompetanse.services.ledere import DOKUMENTFELTER, LEDERFELTER, UNNTAKFELTER
from organisasjon.enhetstre import i_tre
from organisasjon.models import Bruker, Enhet


class Radskjema(LaasSkjema):
    """Form of one row, or of a new one (`rad` None): what it holds is shown, locked, and given to the service."""

    def __init__(self, *args, rad: Any, initial: dict[str, Any] | None = None, **kwargs) -> None:
        naa = {f: rad._meta.get_field(f).value_from_object(rad) for f in self.laas_felter} if rad else initial or {}
        super().__init__(*args, initial=naa, **kwargs)
        self.rad = rad
        self.sett_laas(rad)

    @property
    def verdier(self) -> dict[str, Any]:
        """What the service saves."""
        return {felt: self.cleaned_data[felt] for felt in self.laas_felter}


class LederSkjema(Radskjema):
    """A leader or key position."""

    laas_felter = LEDERFELTER
    navn = forms.CharField(label=_("Navn"), max_length=150)
    stilling = forms.CharField(label=_("Stilling"), max_length=150, help_text=_("For eksempel «Rektor»."))
    funksjon = forms.ChoiceField(
        label=_("Lederfunksjon"), required=False, choices=[("", _("Nøkkelstilling uten lederfunksjon"))]
    )
    enhet = forms.ModelChoiceField(label=_("Enhet"), queryset=Enhet.objects.none())
    bruker = forms.ModelChoiceField(
        label=_("Innlogging"),
        queryset=Bruker.objects.none(),
        required=False,
        help_text=_("Da ser lederen sin egen side."),
    )
    gyldig_fra = Datofelt(label=_("I stillingen fra"), required=False)
    gyldig_til = Datofelt(label=_("I stillingen til og med"), required=False)
    kartlagt = Datofelt(
        label=_("Dokumentasjonen gått gjennom"),
        required=False,
        help_text=_("Uten dato sier vi ikke noe om kravene er oppfylt."),
    )

    def __init__(self, *args, rad: Lederpost | None, **kwargs) -> None:
        super().__init__(*args, rad=rad, **kwargs)
        self.fields["funksjon"].choices = [*self.fields["funksjon"].choices, *Lederfunksjon.choices]
        self.fields["enhet"].queryset = enheter = Enhet.objects.order_by()
        self.fields["enhet"].choices = [("", VELG), *((e.pk, e.innrykket) for e in i_tre(enheter))]
        self.fields["bruker"].queryset = Bruker.objects.filter(is_active=True).order_by("navn", "pk")


class DokumentSkjema(Radskjema):
    """Something a leader has documented, or a commitment."""

    laas_felter = DOKUMENTFELTER
    slag = forms.ChoiceField(label=_("Hva er det?"), choices=Dokumentslag.choices, widget=forms.RadioSelect)
    tekst = forms.CharField(
        label=_("Fag, kurs, rolle eller hva det gjelder"),
        max_length=200,
        required=False,
        help_text=_("For eksempel «Sykepleie», «Overordnet ledelse», «Brannsjef» eller «Lederutdanning»."),
    )
    nivaa = forms.TypedChoiceField(
        label=_("Nivå (for utdanning)"),
        choices=[("", _("Ikke utdanning")), *NIVAAVALG],
        coerce=int,
        empty_value=None,
        required=False,
    )
    poeng = forms.IntegerField(label=_("Studiepoeng"), min_value=1, max_value=600, required=False)
    fra = Datofelt(label=_("Fullført, begynte eller avtalt"), required=False)
    til = Datofelt(label=_("Frist, sluttet eller går ut"), required=False)
    relevant = forms.BooleanField(
        label=_("Arbeidsgiver har vurdert at dette er relevant og oppfyller vilkåret"), required=False
    )
    referanse = forms.CharField(
        label=_("Hvor ligger papiret?"), max_length=120, required=False, help_text=_("Saksnummer eller arkivreferanse.")
    )


class UnntakSkjema(Radskjema):
    """An exception from a requirement."""

    laas_felter = UNNTAKFELTER
    krav = forms.ModelChoiceField(label=_("Unntak fra kravet"), queryset=Krav.objects.none())
    grunn = forms.CharField(
        label=_("Begrunnelse"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Hva viser at lederen likevel kan fylle stillingen? Ikke skriv om helse eller privatliv."),
    )
    referanse = forms.CharField(label=_("Sak eller dokument"), max_length=120)
    fra = Datofelt(label=_("Gjelder fra"))
    til = Datofelt(label=_("Gjelder til og med"), required=False)

    def __init__(self, *args, rad: Unntak | None, **kwargs) -> None:
        super().__init__(*args, rad=rad, **kwargs)
        self.fields["krav"].queryset = Krav.objects.order_by("gjelder_for", "pk")
