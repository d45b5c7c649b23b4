"""Forms of the upload: the file, the columns, the decisions, the confirmation."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from analyse.enums import Importslag, Lederfunksjon
from analyse.innlesing.felt import FELT, FELT_FOR, NAVNEFELT
from analyse.innlesing.gjennomgang import Gjennomgang
from analyse.innlesing.lesing import Raatabell
from analyse.innlesing.overskrift import Overskrift
from analyse.innlesing.personvern import fjern_fnr
from analyse.innlesing.problem import Problem
from analyse.innlesing.profil import Profil
from analyse.innlesing.verdier import rens
from analyse.models import Ansattkategori, Importprofil, Uttrekk
from felles.skjema import Datofelt, Skjema
from felles.tall import dato_kort, desimal, tusen

SKILLETEGN = [("", _("Finn selv")), (";", _("Semikolon")), (",", _("Komma")), ("\\t", _("Tabulator")), ("|", "|")]
TEGNKODINGER = [
    ("", _("Finn selv")), ("utf-8", "UTF-8"), ("cp1252", "Windows-1252"), ("cp865", "DOS (cp865)"),
    ("utf-16", "UTF-16"), ("mac_roman", "Mac Roman"),
]  # fmt: skip
SKALAER = [
    ("", _("Finn selv")), ("prosent", _("80 er 80 prosent")), ("andel", _("0,8 er 80 prosent")),
    ("hundredeler", _("8000 er 80 prosent")),
]  # fmt: skip
IKKE_LEDER = "ingen"
_ISO_DATO = re.compile(r"\d{4}-\d\d-\d\d")
FELTGRUPPER = (
    (_("Hvem"), ("ansattnr", "fodselsdato", "fodselsaar", "kjonn", "etternavn", "fornavn", "navn")),
    (_("Hvor"), ("enhetskode", "enhet", "sektor", "avdeling", "tjeneste")),
    (_("Stilling"), ("stilling", "stillingskode", "stillingsprosent", "ansattkategori", "utdanning")),
    (_("Når"), ("startdato", "sluttdato")),
)


class Filskjema(Skjema):
    """Which file, read how. `slag`: what it holds, which decides what profiles there are."""

    slag = Importslag.ANSATTE
    lagre_tekst = _("Last opp")
    fil = forms.FileField(
        label=_("Fil fra HR-systemet"),
        help_text=_(
            "Excel (xlsx) eller CSV. Fødselsnumre blir fjernet før noe lagres, og navn på andre enn ledere også."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
        error_messages={"required": _("Velg en fil først.")},
        allow_empty_file=True,
    )
    profil = forms.ModelChoiceField(
        Importprofil.objects.none(), label=_("Lagret profil"), required=False, empty_label=_("Finn kolonnene selv"),
        to_field_name="navn",
    )  # fmt: skip
    tegnkoding = forms.ChoiceField(label=_("Tegnkoding i CSV"), choices=TEGNKODINGER, required=False)
    skilletegn = forms.ChoiceField(label=_("Skilletegn i CSV"), choices=SKILLETEGN, required=False)
    ark = forms.CharField(label=_("Navn på arket i Excel"), max_length=40, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.flere_valg = any(self.data.get(f) for f in ("tegnkoding", "skilletegn", "ark"))
        profiler = Importprofil.objects.filter(slag=self.slag)
        if profiler.exists():
            self.fields["profil"].queryset = profiler
        else:
            del self.fields["profil"]


class Kolonneskjema(Skjema):
    """Our fields against the file's columns, with sample values; date, percent scale and a name for the profile."""

    lagre_tekst = _("Vis forhåndsvisning")

    def __init__(self, *args: Any, gjennomgang: Gjennomgang, profilnavn: str = "", **kwargs: Any) -> None:
        self.g = gjennomgang
        super().__init__(*args, **kwargs)
        self._overskriftsrad()
        valg = [("", _("Finnes ikke i filen"))] + [
            (navn, f"{navn} ({eksempel})" if eksempel else navn)
            for navn, eksempel in kolonner_med_eksempler(self.g.tabell, self.g.overskrift)
        ]
        for felt in (*FELT, *NAVNEFELT):
            nummer = self.g.overskrift.kart.get(felt.nokkel)
            self.fields[f"felt_{felt.nokkel}"] = forms.ChoiceField(
                label=felt.navn,
                choices=valg,
                required=felt.paakrevd,
                initial=self.g.overskrift.navn[nummer] if nummer is not None else "",
                help_text=_hjelp(felt.nokkel, felt.hjelp),
                error_messages={"required": _("Velg hvilken kolonne i filen dette er.")},
            )
        self._innstillinger(profilnavn)

    def _overskriftsrad(self) -> None:
        rad = self.g.overskrift.rad
        self.fields["overskriftsrad"] = forms.IntegerField(
            label=_("Hvilken rad har kolonnenavnene?"),
            help_text=_("Flere rader kan være overskriften: %(rader)s.")
            % {"rader": ", ".join(map(str, self.g.overskrift.kandidater))}
            if len(self.g.overskrift.kandidater) > 1
            else "",
            initial=int(self.g.tabell.radnr[rad]) if rad >= 0 else None,
            min_value=1,
            max_value=1_000_000,
        )

    def _innstillinger(self, profilnavn: str) -> None:
        self.fields["uttrekksdato"] = Datofelt(
            label=_("Dato uttrekket gjelder"),
            initial=self.g.dato,
            help_text=_("Funnet i %(hvor)s.") % {"hvor": self.g.datokilde} if self.g.datokilde else "",
            error_messages={"required": _("Oppgi hvilken dato tallene i filen gjelder for.")},
        )
        if not Uttrekk.objects.exists():
            self.fields["kommune"] = forms.CharField(
                label=_("Kommunens navn"), max_length=150, required=False, initial=self.g.kommune
            )
        self.fields["prosentskala"] = forms.ChoiceField(
            label=_("Slik er stillingsprosenten skrevet"), choices=SKALAER, required=False,
            initial=self.g.profil.prosentskala,
        )  # fmt: skip
        self.fields["lagre_som"] = forms.CharField(
            label=_("Lagre valgene som profil"), max_length=80, required=False, initial=profilnavn,
            help_text=_("Gi den navn etter systemet filen kommer fra. Da slipper du å velge kolonner neste gang."),
        )  # fmt: skip

    @property
    def grupper(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields in the order of the page, without those that are optional and not found."""
        utenfor = {f.name for f in self.utenfor}
        ut = [(tittel, [self[f"felt_{f}"] for f in felt if f"felt_{f}" not in utenfor]) for tittel, felt in FELTGRUPPER]
        resten = [self[n] for n in self.fields if not n.startswith("felt_")]
        return [(tittel, felt) for tittel, felt in ut if felt] + [(_("Filen"), resten)]

    @property
    def utenfor(self) -> list[forms.BoundField]:
        """Optional fields that the file does not seem to have."""
        kandidater = (self[n] for n in self.fields if n.startswith("felt_"))
        return [f for f in kandidater if not f.field.required and not f.initial and not self._trengs(f.name)]

    @property
    def mangler(self) -> list[forms.BoundField]:
        """Fields that must be filled in and for which the file gave no proposal."""
        return [self[n] for n, f in self.fields.items() if not self[n].initial and (f.required or self._trengs(n))]

    @property
    def andre_problemer(self) -> list[Problem]:
        """What is wrong with the header, other than columns that `mangler` already names."""
        navn = {str(f.label) for f in self.mangler}
        return [p for p in self.g.overskrift.problemer if p.kolonne not in navn]

    def _trengs(self, navn: str) -> bool:
        """Birth date and year are optional one by one, but one of them must be there."""
        har = {"fodselsdato", "fodselsaar"} & set(self.g.overskrift.kart)
        return navn == "felt_fodselsdato" and not har

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        valgt: dict[str, str] = {}
        for felt in FELT_FOR.values():
            navn = data.get(f"felt_{felt.nokkel}")
            if navn and navn in valgt:
                self.add_error(
                    f"felt_{felt.nokkel}",
                    _("Kolonnen er allerede valgt for «%(felt)s».") % {"felt": FELT_FOR[valgt[navn]].navn},
                )
            elif navn:
                valgt[navn] = felt.nokkel
        if not data.get("felt_fodselsdato") and not data.get("felt_fodselsaar"):
            self.add_error("felt_fodselsdato", _("Velg fødselsdato eller fødselsår."))
        return data

    def ny_overskriftsrad(self) -> int | None:
        """The header row asked for, when it is another than the one found."""
        verdi = self.data.get("overskriftsrad", "")
        rad = int(verdi) if verdi.isdecimal() and 0 < int(verdi) < 1_000_000 else None
        if self.g.overskrift.rad < 0:
            return rad
        naa = int(self.g.tabell.radnr[self.g.overskrift.rad])
        return rad if rad != naa else None

    def som_profil(self) -> Profil:
        """The profile with the choices of the form."""
        profil, data = self.g.profil, self.cleaned_data
        profil.kolonner = {f: data.get(f"felt_{f}", "") for f in FELT_FOR}
        if len(self.g.overskrift.kandidater) < 2 and not profil.overskriftsrad:
            # Found without doubt: the next file may have it elsewhere.
            data["overskriftsrad"] = None
        profil.overskriftsrad = data["overskriftsrad"]
        profil.prosentskala = data["prosentskala"]
        profil.uttrekksdato = None
        return profil


def kolonner_med_eksempler(tabell: Raatabell, overskrift: Overskrift) -> list[tuple[str, str]]:
    """(header, a few sample values) of every named column."""
    forste = overskrift.forste
    ut: dict[str, str] = {}
    for nr, navn in enumerate(overskrift.navn):
        if navn and navn not in ut:
            celler = (rens(tabell.celle(r, nr)) for r in range(forste, min(forste + 40, tabell.rader)))
            ut[navn] = ", ".join(list(dict.fromkeys(_eksempel(c) for c in celler if c))[:3])
    return list(ut.items())


def _eksempel(celle: str) -> str:
    """A cell as a short sample; a date from a spreadsheet as people write it."""
    try:
        return dato_kort(date.fromisoformat(celle)) if _ISO_DATO.fullmatch(celle) else fjern_fnr(celle)[:24]
    except ValueError:
        return celle


def _hjelp(nokkel: str, hjelp: Any) -> Any:
    if nokkel == "fodselsaar":
        return _("Bare hvis filen ikke har fødselsdato.")
    if nokkel in {"etternavn", "fornavn", "navn"}:
        return _("Brukes bare for ledere, så de kan kobles til en bruker.")
    return hjelp


class Avgjorelsesskjema(Skjema):
    """One question for each thing the file brings that nobody has decided on."""

    lagre_tekst = _("Lagre svarene og kontroller på nytt")

    def __init__(self, *args: Any, avgjorelser: list[dict[str, Any]], **kwargs: Any) -> None:
        self.avgjorelser = avgjorelser
        super().__init__(*args, **kwargs)
        kategorier = [("", _("Velg"))] + [
            (k.kode, f"{k.navn} ({k.get_telling_display()})") for k in Ansattkategori.objects.all()
        ]
        ledere = [("", _("Velg")), (IKKE_LEDER, _("Ikke leder")), *Lederfunksjon.choices]
        for nr, a in enumerate(avgjorelser):
            sted = ngettext(
                "Det står på rad %(rad)s.", "Det står på %(antall)s rader. Den første er rad %(rad)s.", a["antall"]
            ) % {"antall": tusen(a["antall"]), "rad": tusen(a["rad"])}
            felt = {
                "kategori": (_("Hva slags ansettelse er «%(verdi)s»?"), kategorier),
                "leder": (_("Er «%(verdi)s» en lederstilling?"), ledere),
                "enhetsnavn": (_("Hva heter enhet %(verdi)s?"), [("", _("Velg")), *((v, v) for v in a["valg"])]),
                "skala": (_("Hvordan er stillingsprosenten skrevet?"), SKALAER),
            }[a["slag"]]
            self.fields[f"svar_{nr}"] = forms.ChoiceField(
                label=felt[0] % {"verdi": a["verdi"]},
                choices=felt[1],
                help_text=sted,
                error_messages={"required": _("Velg et svar.")},
            )

    def svar(self) -> dict[str, Any]:
        """As keyword arguments for `lagre_avgjorelser`."""
        ut: dict[str, Any] = {"kategorier": {}, "ledere": {}, "enheter": {}}
        navn = {"kategori": "kategorier", "leder": "ledere", "enhetsnavn": "enheter"}
        for nr, a in enumerate(self.avgjorelser):
            verdi = self.cleaned_data[f"svar_{nr}"]
            if a["slag"] == "skala":
                ut["prosentskala"] = verdi
            else:
                ut[navn[a["slag"]]][a["verdi"]] = verdi
        return ut


class Bekreftskjema(Skjema):
    """The last step; extra confirmations only where they are needed."""

    lagre_tekst = _("Les inn uttrekket")

    def __init__(self, *args: Any, visning: dict[str, Any], forste: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        krever_svar = {"required": _("Kryss av hvis det stemmer. Hvis ikke, rett filen og last den opp på nytt.")}
        if (antall := len(visning["nye_enheter"])) and not forste:
            self.fields["godta_nye_enheter"] = forms.BooleanField(
                label=ngettext("Ja, opprett den nye enheten", "Ja, opprett de %(antall)s nye enhetene", antall)
                % {"antall": tusen(antall)},
                error_messages=krever_svar,
            )
        if visning["for_stor_nedgang"]:
            self.fields["godta_nedgang"] = forms.BooleanField(
                label=_("Ja, det stemmer at antall ansatte har falt med %(prosent)s prosent")
                % {"prosent": desimal(visning["nedgang_prosent"], 1)},
                error_messages=krever_svar,
            )
