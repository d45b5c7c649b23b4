"""From a cleaned table to a reviewed import: header, date, checks, changes, and every reason not to store."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analyse.innlesing.gjennomgang import lesemeldinger
from analyse.innlesing.lesing import Raatabell
from analyse.innlesing.liste import Avgjorelse, Funn
from analyse.innlesing.overskrift import Overskrift, les_overskrift
from analyse.innlesing.plan import NEDGANG_PROSENT
from analyse.innlesing.problem import Problem
from felles.tall import dato_kort, tusen
from kompetanse.enums import BREDE, Radslag
from kompetanse.models import Kompetanseinnlesing
from kompetanse.tallinnlesing.felt import TALLFELT_FOR, TALLSETT
from kompetanse.tallinnlesing.kontroll import kontroller
from kompetanse.tallinnlesing.liste import Par, Talliste
from kompetanse.tallinnlesing.personvern import Renset
from kompetanse.tallinnlesing.profil import Kompetanseprofil
from kompetanse.tallinnlesing.register import Register
from organisasjon.models import Enhet

FOERSTE_AAR = 1990
FLEST_ENDRINGER = 15
# So many of the last reading's counts that are gone must be confirmed: as for staff, but not a handful of a small file.
FAERREST_BORTE = 10


@dataclass
class Endringer:
    """Since the last reading of the source: pairs that are new, gone, more, fewer and the same; the largest of them as
    (unit, competence, before, now), None where the pair was not there.
    """

    nye: int = 0
    borte: int = 0
    flere: int = 0
    faerre: int = 0
    like: int = 0
    storste: list[tuple[str, str, int | None, int | None]] = field(default_factory=list)

    @property
    def borte_prosent(self) -> float:
        """Percent of the last reading's counts that are gone."""
        foer = self.borte + self.flere + self.faerre + self.like
        return 100 * self.borte / foer if foer else 0.0

    @property
    def for_mange_borte(self) -> bool:
        """Is so much gone that it must be confirmed?"""
        return self.borte >= FAERREST_BORTE and self.borte_prosent > NEDGANG_PROSENT


@dataclass
class Tallgjennomgang(Funn):
    """The review of one file. It can be stored when it has a list, and no problems and nothing to decide."""

    tabell: Raatabell
    profil: Kompetanseprofil
    overskrift: Overskrift
    register: Register
    dato: date | None = None
    datokilde: str = ""
    liste: Talliste | None = None
    forrige: Kompetanseinnlesing | None = None
    uendret: Kompetanseinnlesing | None = None
    endringer: Endringer | None = None

    @property
    def avgjorelser(self) -> list[Avgjorelse]:
        """What a person must decide before the file can be stored."""
        return self.liste.avgjorelser if self.liste else []

    @property
    def kan_lagres(self) -> bool:
        """Is there nothing in the way?"""
        return self.liste is not None and not self.antall_problemer

    def navn(self, nokkel: str) -> str:
        """A competence as it is called: in the catalogue, else in the file."""
        kjent = self.register.kompetanser.get(nokkel)
        return kjent[1] if kjent else self.liste.nye.get(nokkel, nokkel)

    def svar(self) -> dict[str, Any]:
        """Everything that can be shown about the import, as JSON."""
        ut: dict[str, Any] = {
            "innlesing": {
                "dato": self.dato.isoformat() if self.dato else None,
                "datokilde": self.datokilde,
                "kilde": self.profil.kilde,
                "fil": self.tabell.filnavn,
                "profil": self.profil.navn,
                "radslag": self.profil.radslag,
            },
            "kolonner": {k: self.overskrift.navn[v] for k, v in self.overskrift.kart.items() if k in TALLFELT_FOR},
            "fodselsnumre_fjernet": self.tabell.fnr_celler,
            "forrige": self.forrige.dato.isoformat() if self.forrige else None,
            "avgjorelser": [a.__dict__ | {"valg": list(a.valg)} for a in self.avgjorelser],
            "meldinger": self.meldinger,
            "antall_problemer": self.antall_problemer,
            "problemer": [p.som_dict() for p in self.problemer],
        }
        if self.liste is not None:
            ut |= _telling(self)
        if self.endringer is not None:
            ut["endringer"] = {**self.endringer.__dict__, "storste": [list(e) for e in self.endringer.storste]}
            ut["for_mange_borte"] = self.endringer.for_mange_borte
            ut["borte_prosent"] = round(self.endringer.borte_prosent, 1)
        return ut


def _telling(g: Tallgjennomgang) -> dict[str, Any]:
    tall = g.liste.tall
    return {
        "rader": g.liste.rader,
        "talt": g.liste.talt,
        "utelatt": g.liste.utelatt,
        "tall": len(tall),
        "enheter": len({pk for pk, _navn in tall}),
        "kompetanser": len({navn for _pk, navn in tall}),
        "sum": sum(tall.values()),
        "nye_kompetanser": sorted(g.liste.nye.values()),
        "lagt_sammen": g.liste.lagt_sammen,
        "bestemt": [[slag, fra, til] for (slag, fra), til in g.liste.bestemt.items()],
    }


def gaa_gjennom(
    tabell: Raatabell,
    profil: Kompetanseprofil,
    register: Register,
    renset: Renset,
    *,
    dato: date | None = None,
    datokilde: str = "",
    bare_kolonner: bool = False,
) -> Tallgjennomgang:
    """Review a cleaned table. Reads the database, writes nothing. With `bare_kolonner` only the header is found."""
    g = Tallgjennomgang(tabell, profil, les_overskrift(tabell, profil, TALLSETT), register)
    g.dato, g.datokilde = dato, datokilde
    g.meldinger = [*lesemeldinger(tabell), *renset.meldinger()]
    g.meld(g.overskrift.problemer)
    if bare_kolonner:
        return g
    g.meld(list(_mangler(g)))
    if g.problemer:
        return g
    g.liste = kontroller(tabell, g.overskrift, profil, register, dato)
    g.meld(g.liste.problemer, g.liste.antall_problemer)
    g.meldinger += [*g.liste.meldinger, *_listemeldinger(g.liste)]
    if not g.liste.avgjorelser:
        _sammenlign(g)
    return g


def _mangler(g: Tallgjennomgang) -> Iterator[Problem]:
    """What every file must have, and what its kind of row needs."""
    har, slag = g.overskrift.kart, g.profil.radslag
    if not {"enhet", "enhetskode"} & set(har):
        yield _kolonne_mangler(g, "enhet")
    if slag not in BREDE and "kompetanse" not in har:
        yield _kolonne_mangler(g, "kompetanse")
    if slag == Radslag.TELLING and "antall" not in har:
        yield _kolonne_mangler(g, "antall")
    if not g.profil.kilde:
        yield Problem(None, "", "", _("Oppgi hvilket system tallene kommer fra."))
    if g.dato is None:
        yield Problem(None, "", "", _("Fant ingen dato i filen. Oppgi datoen tallene gjelder."))
    elif g.dato > timezone.localdate() or g.dato.year < FOERSTE_AAR:
        yield Problem(None, "", dato_kort(g.dato), _("Datoen kan ikke stemme. Oppgi dagen tallene ble hentet ut."))


def _kolonne_mangler(g: Tallgjennomgang, nokkel: str) -> Problem:
    felt = TALLFELT_FOR[nokkel]
    melding = _("Kolonnen mangler. Den kan hete for eksempel %(navn)s; andre navn velger du selv.")
    return Problem(
        int(g.tabell.radnr[g.overskrift.rad]) if g.overskrift.rad >= 0 else None,
        str(felt.navn),
        "",
        melding % {"navn": ", ".join(felt.overskrifter[:3])},
    )


def _listemeldinger(liste: Talliste) -> Iterator[str]:
    if liste.lagt_sammen:
        yield ngettext(
            "Én enhet og kompetanse står på flere rader. Antallene er lagt sammen.",
            "%(n)s par av enhet og kompetanse står på flere rader. Antallene er lagt sammen.",
            liste.lagt_sammen,
        ) % {"n": tusen(liste.lagt_sammen)}
    if liste.annen_dato:
        yield ngettext(
            "%(n)s rad gjelder en annen dato, og er ikke med.",
            "%(n)s rader gjelder andre datoer, og er ikke med.",
            liste.annen_dato,
        ) % {"n": tusen(liste.annen_dato)}
    if liste.utelatt:
        yield ngettext(
            "%(n)s rad er ikke tatt med, slik det er bestemt.",
            "%(n)s rader er ikke tatt med, slik det er bestemt.",
            liste.utelatt,
        ) % {"n": tusen(liste.utelatt)}


def _sammenlign(g: Tallgjennomgang) -> None:
    """Against the last reading of the source before this date, and against one of the same date."""
    fra_kilden = Kompetanseinnlesing.objects.filter(kilde=g.profil.kilde).order_by("-dato", "-pk")
    g.forrige = fra_kilden.filter(dato__lt=g.dato).first()
    nye = {(pk, g.navn(navn)): n for (pk, navn), n in g.liste.tall.items()}
    if g.forrige:
        g.endringer = _endringer(g, _tall_i(g.forrige), nye)
    samme = fra_kilden.filter(dato=g.dato).first()
    if samme and _tall_i(samme) == nye:
        g.uendret = samme
    elif samme:
        g.meld(
            [
                Problem(
                    None,
                    "",
                    dato_kort(samme.dato),
                    _("Andre tall fra %(kilde)s er lest inn for denne datoen. Angre dem først, hvis disse er rette.")
                    % {"kilde": g.profil.kilde},
                )
            ]
        )


def _tall_i(innlesing: Kompetanseinnlesing) -> dict[Par, int]:
    return {(pk, navn): n for pk, navn, n in innlesing.tall.values_list("enhet_id", "kompetanse__navn", "antall")}


def _endringer(g: Tallgjennomgang, foer: dict[Par, int], naa: dict[Par, int]) -> Endringer:
    e, alle = Endringer(), []
    for par in sorted(foer.keys() | naa.keys()):
        a, b = foer.get(par), naa.get(par)
        if a is None:
            e.nye += 1
        elif b is None:
            e.borte += 1
        elif a == b:
            e.like += 1
            continue
        elif b > a:
            e.flere += 1
        else:
            e.faerre += 1
        alle.append((abs((b or 0) - (a or 0)), par, a, b))
    alle.sort(key=lambda rad: -rad[0])
    navn_av = dict(
        Enhet.objects.filter(pk__in=[par[0] for _n, par, *_ab in alle[:FLEST_ENDRINGER]]).values_list("pk", "navn")
    )
    e.storste = [(navn_av[pk], navn, a, b) for _n, (pk, navn), a, b in alle[:FLEST_ENDRINGER]]
    return e
