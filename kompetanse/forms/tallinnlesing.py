"""Forms of the upload of counts: the file, the columns, the decisions."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from analyse.enums import Importslag
from analyse.innlesing.skjema import Filskjema, kolonner_med_eksempler
from felles.norsk import brett
from felles.skjema import Datofelt, Skjema
from felles.tall import desimal, tusen
from kompetanse.enums import BREDE, Radslag
from kompetanse.tallinnlesing.felt import TALLFELT
from kompetanse.tallinnlesing.gjennomgang import FOERSTE_AAR, Tallgjennomgang
from kompetanse.tallinnlesing.profil import HAR, HAR_IKKE, NY, UTELAT, Kompetanseprofil
from kompetanse.tallinnlesing.register import Register
from organisasjon.felter import EnhetsvalgWidget

# As many as a person can answer at a time; the rest come when these are answered.
FLEST_SPOERSMAAL = 100
MANGE = 5
SOM, NY_VALG, UTELAT_VALG = "som", "ny", "utelat"


class Tallfilskjema(Filskjema):
    """Which file, read how."""

    slag = Importslag.KOMPETANSE
    fil = forms.FileField(
        label=_("Fil fra kompetansesystemet"),
        help_text=_("Excel (xlsx) eller CSV. Kolonner som sier hvem personene er, blir fjernet før noe lagres."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
        error_messages={"required": _("Velg en fil først.")},
        allow_empty_file=True,
    )
    overskriftsrad = forms.IntegerField(
        label=_("Hvilken rad har kolonnenavnene?"), required=False, min_value=1, max_value=1_000_000
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.flere_valg = self.flere_valg or bool(self.data.get("overskriftsrad"))


class Tallbekreftskjema(Skjema):
    """The last step; a tick only when much of the last reading is gone."""

    lagre_tekst = _("Les inn tallene")

    def __init__(self, *args: Any, visning: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if visning.get("for_mange_borte"):
            self.fields["godta_bortfall"] = forms.BooleanField(
                label=_("Ja, det stemmer at %(prosent)s prosent av tallene er borte")
                % {"prosent": desimal(visning["borte_prosent"], 1)},
                error_messages={
                    "required": _("Kryss av hvis det stemmer. Hvis ikke, rett filen og last den opp på nytt.")
                },
            )


class Tallkolonneskjema(Skjema):
    """What a row is, our fields against the file's columns, the source and the day, and a name for the profile."""

    lagre_tekst = _("Vis forhåndsvisning")
    kilde = forms.CharField(
        label=_("Hvilket system kommer tallene fra?"),
        max_length=120,
        widget=EnhetsvalgWidget,
        help_text=_("Navnet vises sammen med tallene. Bruk det samme hver gang, så kan vi vise hva som er endret."),
        error_messages={"required": _("Skriv hvilket system tallene kommer fra.")},
    )
    dato = Datofelt(
        label=_("Hvilken dato gjelder tallene?"),
        error_messages={"required": _("Oppgi dagen tallene ble hentet ut.")},
    )
    radslag = forms.ChoiceField(label=_("Hva er én rad i filen?"), choices=Radslag.choices, widget=forms.RadioSelect)
    brede = forms.MultipleChoiceField(
        label=_("Hvilke kolonner er kompetanser?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    lagre_som = forms.CharField(
        label=_("Lagre valgene som profil"), max_length=80, required=False,
        help_text=_("Gi den navn etter systemet. Da slipper du å velge kolonner neste gang."),
    )  # fmt: skip

    def __init__(self, *args: Any, gjennomgang: Tallgjennomgang, kilder: list[str], **kwargs: Any) -> None:
        self.g, profil = gjennomgang, gjennomgang.profil
        initial = {"kilde": profil.kilde, "dato": self.g.dato, "radslag": profil.radslag, "lagre_som": profil.navn}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["kilde"].widget.valg = tuple(kilder)
        if self.g.datokilde:
            self.fields["dato"].help_text = _("Funnet i %(hvor)s.") % {"hvor": self.g.datokilde}
        kolonner = kolonner_med_eksempler(self.g.tabell, self.g.overskrift)
        valg = [(navn, f"{navn} ({eks})" if eks else navn) for navn, eks in kolonner]
        kart = self.g.overskrift.kart
        steder = {self.g.overskrift.navn[kart[n]] for n in ("enhet", "enhetskode") if n in kart}
        for felt in TALLFELT:
            nummer = self.g.overskrift.kart.get(felt.nokkel)
            self.fields[f"felt_{felt.nokkel}"] = forms.ChoiceField(
                label=felt.navn,
                choices=[("", _("Finnes ikke i filen")), *valg],
                required=False,
                initial=self.g.overskrift.navn[nummer] if nummer is not None else "",
                help_text=felt.hjelp,
            )
        felt = {self.g.overskrift.navn[nr] for nr in self.g.overskrift.kart.values()}
        self.fields["brede"].choices = [v for v in valg if v[0] not in steder]
        self.fields["brede"].initial = [
            navn for navn, _eks in kolonner if navn not in felt and profil.kompetanser.get(brett(navn)) != UTELAT
        ]

    @property
    def sted(self) -> list[forms.BoundField]:
        """Where the counts belong."""
        return [self["felt_enhet"], self["felt_enhetskode"]]

    @property
    def lange(self) -> list[forms.BoundField]:
        """For files with one competence on each row."""
        return [self["felt_kompetanse"], self["felt_antall"], self["felt_dato"]]

    def clean_dato(self):
        """A day that has been."""
        dato = self.cleaned_data["dato"]
        if dato > timezone.localdate() or dato.year < FOERSTE_AAR:
            raise ValidationError(_("Datoen kan ikke stemme. Oppgi dagen tallene ble hentet ut."))
        return dato

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        slag = data.get("radslag")
        if not data.get("felt_enhet") and not data.get("felt_enhetskode"):
            self.add_error("felt_enhet", _("Velg kolonnen som har enheten."))
        if slag in BREDE and not self._brede(data):
            self.add_error("brede", _("Kryss av for minst én kolonne."))
        if slag and slag not in BREDE and not data.get("felt_kompetanse"):
            self.add_error("felt_kompetanse", _("Velg kolonnen som har kompetansen."))
        if slag == Radslag.TELLING and not data.get("felt_antall"):
            self.add_error("felt_antall", _("Velg kolonnen som har antallet."))
        valgt: dict[str, str] = {}
        for felt in self._felt(slag):
            navn = data.get(f"felt_{felt.nokkel}")
            if navn and navn in valgt:
                self.add_error(f"felt_{felt.nokkel}", _("Kolonnen er allerede valgt for «%s».") % valgt[navn])
            elif navn:
                valgt[navn] = str(felt.navn)
        return data

    @staticmethod
    def _felt(slag: str | None) -> list:
        """The fields that this kind of row has."""
        return [f for f in TALLFELT if f.nokkel in {"enhet", "enhetskode"} or slag not in BREDE]

    def _brede(self, data: dict[str, Any]) -> list[str]:
        felt = {data.get(f"felt_{f.nokkel}") for f in self._felt(data.get("radslag"))}
        return [navn for navn in data.get("brede", ()) if navn not in felt]

    def som_profil(self) -> Kompetanseprofil:
        """The profile with the choices of the form."""
        profil, data = self.g.profil, self.cleaned_data
        profil.kilde, profil.radslag = data["kilde"], data["radslag"]
        med = {f.nokkel for f in self._felt(profil.radslag)}
        profil.kolonner = {f.nokkel: data.get(f"felt_{f.nokkel}", "") if f.nokkel in med else "" for f in TALLFELT}
        if profil.radslag in BREDE:
            valgte, felt = set(self._brede(data)), set(profil.kolonner.values())
            for navn, _vist in self.fields["brede"].choices:
                if navn in valgte and profil.kompetanser.get(brett(navn)) == UTELAT:
                    del profil.kompetanser[brett(navn)]
                elif navn not in valgte and navn not in felt:
                    profil.kompetanser[brett(navn)] = UTELAT
        return profil


class Tallsvarskjema(Skjema):
    """One question for each thing in the file that nobody has decided on; at most a hundred at a time."""

    lagre_tekst = _("Lagre svarene og kontroller på nytt")

    def __init__(self, *args: Any, avgjorelser: list[dict[str, Any]], register: Register, **kwargs: Any) -> None:
        self.alle, self.register = len(avgjorelser), register
        self.avgjorelser = avgjorelser[:FLEST_SPOERSMAAL]
        super().__init__(*args, **kwargs)
        self.enhetene, self.katalogen = register.enhetsvalg(), register.katalognavn()
        for nr, a in enumerate(self.avgjorelser):
            self._spoersmaal(nr, a)
        if sum(a["slag"] == "kompetanse" for a in self.avgjorelser) > MANGE:
            self._samlet(
                "alle_kompetanser", _("Kompetanser du ikke svarer på under"), [(NY_VALG, _("Legg dem til i katalogen"))]
            )
        if sum(a["slag"] == "enhet" for a in self.avgjorelser) > MANGE:
            self._samlet("alle_enheter", _("Enheter du ikke svarer på under"), [])

    def _samlet(self, navn: str, ledetekst: Any, mer: list[tuple[str, Any]]) -> None:
        valg = [("", _("Jeg svarer på hver enkelt")), *mer, (UTELAT_VALG, _("Ta dem ikke med"))]
        self.fields[navn] = forms.ChoiceField(label=ledetekst, choices=valg, required=False)

    def _spoersmaal(self, nr: int, a: dict[str, Any]) -> None:
        if a["slag"] == "kompetanse" and a["kolonne"] == a["verdi"]:
            sted = ngettext(
                "Kolonnen er fylt ut på %(antall)s rad.", "Kolonnen er fylt ut på %(antall)s rader.", a["antall"]
            )
        else:
            sted = ngettext(
                "Det står på rad %(rad)s.", "Det står på %(antall)s rader. Den første er rad %(rad)s.", a["antall"]
            )
        sted %= {"antall": tusen(a["antall"]), "rad": tusen(a["rad"])}
        vist = a["vist"] or a["verdi"]
        if a["slag"] == "merke":
            valg = [(HAR, _("Personen har kompetansen")), (HAR_IKKE, _("Personen har den ikke"))]
            ledetekst = _("Hva betyr «%(verdi)s» i kolonnen %(kolonne)s?") % {"verdi": vist, "kolonne": a["kolonne"]}
        elif a["slag"] == "enhet":
            flere = [(v, v) for v in a["valg"]]
            valg = [*flere, (SOM, _("Det er enheten jeg skriver i neste felt")), (UTELAT_VALG, _("Ta den ikke med"))]
            ledetekst = _("Hvilken enhet er «%(verdi)s»?") % {"verdi": vist}
        else:
            valg = [
                (SOM, _("Det samme som i neste felt")),
                (NY_VALG, _("Legg den til i katalogen")),
                (UTELAT_VALG, _("Ta den ikke med")),
            ]
            ledetekst = _("Hvilken kompetanse er «%(verdi)s»?") % {"verdi": vist}
        self.fields[f"svar_{nr}"] = forms.ChoiceField(label=ledetekst, choices=[("", _("Velg")), *valg], required=False)
        # On the page the question stands above both fields, and this is what names the first of them.
        self.fields[f"svar_{nr}"].sted = sted
        if a["slag"] != "merke":
            liste, ligner = (
                ("katalogen", self.register.ligner_kompetanse)
                if a["slag"] == "kompetanse"
                else ("enhetene", self.register.ligner_enhet)
            )
            self.fields[f"hva_{nr}"] = forms.CharField(
                label=_("Navnet hos oss"),
                required=False,
                max_length=200,
                initial=ligner(a["verdi"]),
                widget=forms.TextInput(attrs={"list": liste, "autocomplete": "off"}),
            )

    @property
    def grupper(self) -> list[tuple[Any, list[tuple[forms.BoundField, forms.BoundField | None]]]]:
        """The questions by what they are about, each with its second field."""
        titler = (("enhet", _("Enheter")), ("kompetanse", _("Kompetanser")), ("merke", _("Tegn i filen")))
        ut = []
        for slag, tittel in titler:
            numre = [nr for nr, a in enumerate(self.avgjorelser) if a["slag"] == slag]
            samlet = {"enhet": "alle_enheter", "kompetanse": "alle_kompetanser"}.get(slag, "")
            felt = [(self[samlet], None)] if samlet in self.fields else []
            felt += [(self[f"svar_{nr}"], self[f"hva_{nr}"] if f"hva_{nr}" in self.fields else None) for nr in numre]
            if numre:
                ut.append((tittel, felt))
        return ut

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        samlet = {"enhet": data.get("alle_enheter"), "kompetanse": data.get("alle_kompetanser")}
        for nr, a in enumerate(self.avgjorelser):
            valgt = data.get(f"svar_{nr}") or samlet.get(a["slag"]) or ""
            data[f"svar_{nr}"] = valgt
            if not valgt and f"svar_{nr}" not in self.errors:
                self.add_error(f"svar_{nr}", _("Velg et svar."))
            elif valgt == SOM and self._funnet(a["slag"], data.get(f"hva_{nr}", "")) is None:
                self.add_error(f"hva_{nr}", _("Fant det ikke hos oss. Velg fra listen."))
        return data

    def _funnet(self, slag: str, tekst: str) -> str | None:
        """What the text names with us: the code of a unit, the name of a competence."""
        if slag == "enhet":
            pk = self.register.enhet(tekst)
            return self.register.enheter[pk][0] if pk else None
        kjent = self.register.kompetanser.get(brett(tekst))
        return kjent[1] if kjent else None

    def svar(self) -> dict[str, dict[str, str]]:
        """As keyword arguments for `lagre_svar`."""
        ut: dict[str, dict[str, str]] = {"enheter": {}, "kompetanser": {}, "merker": {}}
        del_ = {"enhet": "enheter", "kompetanse": "kompetanser", "merke": "merker"}
        for nr, a in enumerate(self.avgjorelser):
            valgt = self.cleaned_data[f"svar_{nr}"]
            if valgt == SOM:
                valgt = self._funnet(a["slag"], self.cleaned_data[f"hva_{nr}"])
            elif a["slag"] != "merke":
                valgt = {NY_VALG: NY, UTELAT_VALG: UTELAT}.get(valgt) or self._funnet(a["slag"], valgt)
            ut[del_[a["slag"]]][a["verdi"]] = valgt
        return ut
