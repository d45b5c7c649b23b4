"""From a read sheet to a reviewed import: header, date, checks, plan, and every reason not to store."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from analyse.innlesing.kontroll import kontroller
from analyse.innlesing.lesing import Raatabell
from analyse.innlesing.liste import Ansattliste, Avgjorelse, Funn, Referanser
from analyse.innlesing.overskrift import Overskrift, finn_overskrift, kommune_fra, uttrekksdato_fra
from analyse.innlesing.plan import Plan, datotekst, lag_plan, tell
from analyse.innlesing.problem import Problem
from analyse.innlesing.profil import Profil
from analyse.models import Ansattkategori, Stilling, Uttrekk
from felles.tall import tusen


@dataclass
class Gjennomgang(Funn):
    """The review of one file. `stopper` says whether it can be stored; `svar()` is the JSON of the command line."""

    tabell: Raatabell
    profil: Profil
    overskrift: Overskrift
    dato: date | None = None
    datokilde: str = ""
    kommune: str = ""
    liste: Ansattliste | None = None
    plan: Plan | None = None
    uendret: Uttrekk | None = None

    @property
    def avgjorelser(self) -> list[Avgjorelse]:
        """What a person must decide before the file can be stored."""
        return self.liste.avgjorelser if self.liste else []

    def svar(self) -> dict[str, Any]:
        """Everything that can be shown about the import, as JSON."""
        ut: dict[str, Any] = {
            "uttrekk": {
                "dato": self.dato.isoformat() if self.dato else None,
                "datokilde": self.datokilde,
                "kilde": self.tabell.filnavn,
                "profil": self.profil.navn,
                "kommune": self.kommune,
            },
            "kolonner": {k: self.overskrift.navn[v] for k, v in self.overskrift.kart.items()},
        }
        if self.liste is not None and self.liste.kategori is not None:
            ut |= tell(self.liste)
        if self.plan is not None:
            ut |= _plansvar(self.plan)
        ut["fodselsnumre_fjernet"] = self.tabell.fnr_celler
        ut["avgjorelser"] = [a.__dict__ | {"valg": list(a.valg)} for a in self.avgjorelser]
        ut["meldinger"] = self.meldinger + (self.liste.meldinger if self.liste else [])
        ut["antall_problemer"] = self.antall_problemer
        ut["problemer"] = [p.som_dict() for p in self.problemer]
        return ut


def _plansvar(plan: Plan) -> dict[str, Any]:
    return {
        "ansatte": plan.antall_ansatte,
        "nye_enheter": [{"kode": e.kode, "navn": e.navn, "type": str(e.type)} for e in plan.nye_enheter],
        "omdopte_enheter": [
            {"kode": e.kode, "fra": e.omdopt_fra, "til": e.navn} for e in plan.enheter.values() if e.omdopt_fra
        ],
        "flyttede_enheter": [e.kode for e in plan.enheter.values() if e.flyttet_fra],
        "flyttede_navn": [e.navn for e in plan.enheter.values() if e.flyttet_fra],
        "nye_stillinger": plan.nye_stillinger,
        "endringer": plan.endringer or {"nye": plan.antall_ansatte, "sluttet": 0, "flyttet": 0, "uendret": 0},
        "forrige_uttrekk": plan.forrige.dato.isoformat() if plan.forrige else None,
        "nedgang_prosent": round(plan.nedgang * 100, 1),
        "for_stor_nedgang": plan.for_stor_nedgang,
    }


def hent_referanser() -> Referanser:
    """The municipality's categories and positions, as the checks need them."""
    kategorier, telling = {}, {}
    for kategori in Ansattkategori.objects.all():
        telling[kategori.kode] = kategori.telling
        for skrivemaate in (kategori.kode, kategori.navn, *kategori.verdier.splitlines()):
            if skrivemaate.strip():
                kategorier[skrivemaate.strip().casefold()] = kategori.kode
    stillinger = {
        navn.casefold(): (navn, funksjon, vurdert)
        for navn, funksjon, vurdert in Stilling.objects.values_list("navn", "funksjon", "ledervurdert")
    }
    return Referanser(kategorier, telling, stillinger)


def gaa_gjennom(
    tabell: Raatabell,
    profil: Profil,
    *,
    uttrekksdato: date | None = None,
    kommune: str = "",
    bare_kolonner: bool = False,
) -> Gjennomgang:
    """Review a sheet whose identity numbers have been dropped. Reads the database, writes nothing.

    With `bare_kolonner` only the header and the date are found, not the rows checked.
    """
    g = Gjennomgang(tabell, profil, finn_overskrift(tabell, profil))
    g.meldinger = list(lesemeldinger(tabell)) + g.overskrift.meldinger
    g.meld(g.overskrift.problemer)
    _finn_dato(g, uttrekksdato)
    g.kommune = kommune or kommune_fra(g.overskrift.titler)
    if g.problemer or bare_kolonner:
        return g
    g.uendret = Uttrekk.objects.filter(fil_hash=tabell.fil_hash).first()
    g.liste = kontroller(tabell, g.overskrift, profil, hent_referanser(), g.dato)
    g.meld(g.liste.problemer, g.liste.antall_problemer)
    if not g.liste.avgjorelser and not g.problemer:
        g.plan = lag_plan(g.liste, g.kommune)
        if g.plan.forrige is not None and not g.plan.nyeste:
            g.meldinger.append(_("Det finnes nyere uttrekk. Enhetenes navn og plass endres derfor ikke."))
    return g


def lesemeldinger(tabell: Raatabell) -> Iterator[str]:
    """What the reader of the file should know: identity numbers that are gone, sheets that are not read."""
    if tabell.fnr_celler:
        yield _("%(antall)s fødselsnumre er fjernet og blir ikke lagret.") % {"antall": tusen(tabell.fnr_celler)}
    if tabell.skjulte_ark:
        yield _("Skjulte ark er ikke lest: %(ark)s.") % {"ark": ", ".join(tabell.skjulte_ark)}
    if tabell.andre_ark:
        yield _("Arket «%(ark)s» er lest. Andre ark er ikke lest: %(andre)s.") % {
            "ark": tabell.ark,
            "andre": ", ".join(tabell.andre_ark),
        }


def _finn_dato(g: Gjennomgang, oppgitt: date | None) -> None:
    """Given date, then the profile's, then the title lines, then the file name. No date is a problem, not a guess."""
    fra_fil, kilde = uttrekksdato_fra(g.overskrift.titler, g.tabell.filnavn)
    if oppgitt:
        g.dato, g.datokilde = oppgitt, _("oppgitt")
    elif g.profil.uttrekksdato:
        g.dato, g.datokilde = g.profil.uttrekksdato, _("profilen")
    else:
        g.dato, g.datokilde = fra_fil, kilde
    if g.dato is None:
        g.meld([Problem(None, "", "", _("Fant ingen uttrekksdato i filen. Oppgi datoen uttrekket gjelder."))])
    elif g.dato > timezone.localdate() + timedelta(days=366) or g.dato.year < 1990:
        g.meld([Problem(None, "", datotekst(g.dato), _("Uttrekksdatoen kan ikke stemme."))])
    elif fra_fil and fra_fil != g.dato:
        g.meldinger.append(
            _("Filen oppgir %(fil)s, men %(dato)s er brukt.") % {"fil": datotekst(fra_fil), "dato": datotekst(g.dato)}
        )
