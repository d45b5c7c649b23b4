"""Forms of the organisation pages. They check what was typed; the rules live in services."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from felles.laas import LaasSkjema
from felles.skjema import Skjema
from organisasjon.enums import Enhetstype, Handling
from organisasjon.felter import Datofelt, EnhetsvalgField
from organisasjon.lister import enhetsvalg
from organisasjon.models import Bruker, Enhet, Rolletildeling, Tjeneste
from organisasjon.rules import Tilgang, roller_som_kan_gis
from organisasjon.services import FELTER_ENHET, FELTER_PERSON, FELTER_ROLLE, FELTER_TJENESTE
from organisasjon.services.profil import LOGO_GRENSE_BYTE

SOK_ENHET = _("Skriv navn eller kode, og velg fra listen.")


class EnhetSkjema(LaasSkjema):
    """Name, code and level of a unit."""

    laas_felter = FELTER_ENHET
    navn = forms.CharField(label=_("Navn"), max_length=150)
    kode = forms.CharField(
        label=_("Kode"),
        max_length=64,
        help_text=_("Ansvarskoden i lønnssystemet. Innlesingen kjenner enheten igjen på koden."),
    )
    type = forms.ChoiceField(label=_("Nivå"), choices=Enhetstype.choices)
    gyldig_fra = Datofelt(label=_("Gyldig fra"), required=False)

    def __init__(self, *args, enhet: Enhet, **kwargs) -> None:
        felter = ("navn", "kode", "type", "gyldig_fra")
        super().__init__(*args, initial={f: getattr(enhet, f) for f in felter}, **kwargs)
        er_kommune = enhet.type == Enhetstype.KOMMUNE
        self.fields["type"].choices = [v for v in Enhetstype.choices if (v[0] == Enhetstype.KOMMUNE) == er_kommune]
        self.sett_laas(enhet)


class NyEnhetSkjema(Skjema):
    """A unit to be made by hand; most come with the import."""

    navn = forms.CharField(label=_("Navn"), max_length=150)
    kode = forms.CharField(label=_("Kode"), max_length=64, help_text=_("Ansvarskoden i lønnssystemet."))
    type = forms.ChoiceField(label=_("Nivå"), choices=[v for v in Enhetstype.choices if v[0] != Enhetstype.KOMMUNE])
    forelder = EnhetsvalgField(label=_("Ligger under"), help_text=SOK_ENHET)
    gyldig_fra = Datofelt(label=_("Gyldig fra"), required=False)

    def __init__(self, *args, tilgang: Tilgang, dag: date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["forelder"].sett_valg(enhetsvalg(tilgang, Handling.FORVALTE_ORGANISASJON, dag))


class FlyttSkjema(Skjema):
    """Where the unit goes."""

    ny_forelder = EnhetsvalgField(label=_("Skal ligge under"), help_text=SOK_ENHET)

    def __init__(self, *args, tilgang: Tilgang, dag: date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ny_forelder"].sett_valg(enhetsvalg(tilgang, Handling.FORVALTE_ORGANISASJON, dag))


class SlaaSammenSkjema(Skjema):
    """Which unit takes over, and from when."""

    til = EnhetsvalgField(label=_("Enheten som tar over"), help_text=SOK_ENHET)
    dato = Datofelt(label=_("Gjelder fra"), help_text=_("Den gamle enheten er i bruk til og med dagen før."))
    med_roller = forms.BooleanField(label=_("La rollene følge med til enheten som tar over"), required=False)

    def __init__(self, *args, tilgang: Tilgang, dag: date, **kwargs) -> None:
        super().__init__(*args, initial={"dato": dag, "med_roller": True}, **kwargs)
        self.fields["til"].sett_valg(enhetsvalg(tilgang, Handling.FORVALTE_ORGANISASJON, dag))


class LeggNedSkjema(Skjema):
    """The last day of a unit."""

    siste_dag = Datofelt(label=_("Siste dag i bruk"))

    def __init__(self, *args, tilgang: Tilgang, dag: date, **kwargs) -> None:
        super().__init__(*args, initial={"siste_dag": dag}, **kwargs)


class TjenesteSkjema(LaasSkjema):
    """A service: its name. The units are ticked off in the template, see the view."""

    laas_felter = FELTER_TJENESTE
    navn = forms.CharField(label=_("Navn på tjenesten"), max_length=150)

    def __init__(self, *args, tjeneste: Tjeneste | None, **kwargs) -> None:
        super().__init__(*args, initial={"navn": tjeneste.navn} if tjeneste else {}, **kwargs)
        self.sett_laas(tjeneste)


class NyRolleSkjema(Skjema):
    """Who gets which role where. The person is found by e-mail or user name, or made with a name and an e-mail."""

    person = forms.CharField(
        label=_("E-post eller brukernavn"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Har personen ikke konto, lages den. Da må du skrive e-postadressen her og navnet under."),
    )
    navn = forms.CharField(label=_("Navn på ny person"), max_length=150, required=False)
    rolle = forms.ChoiceField(label=_("Rolle"))
    enhet = EnhetsvalgField(label=_("Område"), help_text=_("Rollen gjelder enheten og alt under den. Skriv og velg."))
    gyldig_fra = Datofelt(label=_("Fra og med"))
    gyldig_til = Datofelt(label=_("Til og med"), required=False)

    def __init__(self, *args, tilgang: Tilgang, dag: date, initial: dict | None = None, **kwargs) -> None:
        super().__init__(*args, initial={"gyldig_fra": dag, **(initial or {})}, **kwargs)
        self.fields["rolle"].choices = [("", "")] + [(r.value, r.label) for r in roller_som_kan_gis(tilgang)]
        self.fields["enhet"].sett_valg(enhetsvalg(tilgang, Handling.FORVALTE_ROLLER, dag))

    def clean(self) -> dict:
        data = super().clean()
        person = data.get("person", "").strip()
        data["bruker"] = finn_bruker(person) if person else None
        if person and data["bruker"] is None:
            self._krev_ny_person(person, data.get("navn", "").strip())
        return data

    def _krev_ny_person(self, person: str, navn: str) -> None:
        try:
            forms.EmailField().clean(person)
        except forms.ValidationError:
            self.add_error(
                "person", _("Fant ingen med dette brukernavnet. Skriv en e-postadresse for å lage en konto.")
            )
            return
        if not navn:
            self.add_error("navn", _("Det finnes ingen konto med denne adressen. Skriv navnet, så lages den."))


class RolledatoSkjema(LaasSkjema):
    """From when to when a role holds."""

    laas_felter = FELTER_ROLLE
    gyldig_fra = Datofelt(label=_("Fra og med"))
    gyldig_til = Datofelt(label=_("Til og med"), required=False)

    def __init__(self, *args, tildeling: Rolletildeling, **kwargs) -> None:
        super().__init__(*args, initial={f: getattr(tildeling, f) for f in FELTER_ROLLE}, **kwargs)
        self.sett_laas(tildeling)


class PersonSkjema(LaasSkjema):
    """Name and e-mail of a person."""

    laas_felter = FELTER_PERSON
    navn = forms.CharField(label=_("Navn"), max_length=150)
    email = forms.EmailField(label=_("E-post"), max_length=254)

    def __init__(self, *args, bruker: Bruker, **kwargs) -> None:
        super().__init__(*args, initial={f: getattr(bruker, f) for f in FELTER_PERSON}, **kwargs)
        self.sett_laas(bruker)


class KommuneprofilSkjema(LaasSkjema):
    """Name and coat of arms for documents."""

    laas_felter = ("navn",)
    navn = forms.CharField(label=_("Kommunens navn"), max_length=150)
    logo = forms.FileField(
        label=_("Kommunevåpen"),
        required=False,
        help_text=_("PNG, høyst 500 kB. Vises på forsiden av rapporter."),
        widget=forms.FileInput(attrs={"accept": "image/png"}),
    )
    fjern_logo = forms.BooleanField(label=_("Ta bort bildet som ligger inne"), required=False)

    def __init__(self, *args, kommune: Enhet, har_logo: bool, **kwargs) -> None:
        super().__init__(*args, initial={"navn": kommune.navn}, **kwargs)
        if not har_logo:
            del self.fields["fjern_logo"]
        self.sett_laas(kommune)

    def clean_logo(self) -> bytes | None:
        fil = self.cleaned_data["logo"]
        if fil is None:
            return None
        if fil.size > LOGO_GRENSE_BYTE:
            raise forms.ValidationError(_("Bildet er større enn 500 kB. Lagre det i mindre størrelse."))
        return fil.read()


def finn_bruker(tekst: str) -> Bruker | None:
    """The account with this e-mail or user name. An e-mail that two accounts share finds nobody."""
    treff = list(Bruker.objects.filter(email__iexact=tekst)[:2]) or list(Bruker.objects.filter(username=tekst)[:1])
    return treff[0] if len(treff) == 1 else None
