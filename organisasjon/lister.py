"""Reads for the list pages: units in tree order, roles by person or unit. Plain rows, a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.safestring import SafeString

from felles import tall
from felles.norsk import brett, sorteringsnokkel, treffer
from organisasjon import kilder
from organisasjon.enums import Enhetstype, Handling, Rolle
from organisasjon.felter import skrivemaater
from organisasjon.models import Enhet, Rolletildeling, Tjeneste
from organisasjon.rules import LEDERLINJE, Tilgang


@dataclass
class Enhetsrad:
    """One unit in the list. `dybde` is its level beneath the topmost unit the person sees (0 = topmost);
    `ansatte` is None where the person may not see small numbers. `tre` fills in `under`,
    `aapen` and `vend_adresse`. `nr` is the id as the page writes it."""

    pk: int
    kode: str
    navn: str
    type: str
    forelder_id: int | None
    gyldig_fra: date | None
    gyldig_til: date | None
    dybde: int = 0
    ansatte: int | None = None
    ledere: list[str] = field(default_factory=list)
    under: str = ""
    aapen: bool = False
    vend_adresse: str = ""
    typenavn: str = ""
    nr: str = ""
    over: "Enhetsrad | None" = field(default=None, repr=False, compare=False)

    @property
    def sti(self) -> str:
        """The names above it, as far up as the person sees, without the municipality."""
        navn, over = [], self.over
        while over is not None and over.type != Enhetstype.KOMMUNE:
            navn.append(over.navn)
            over = over.over
        return " › ".join(reversed(navn))

    @property
    def ansatte_vist(self) -> str:
        return "–" if self.ansatte is None else tall.tusen(self.ansatte)

    @property
    def ledere_vist(self) -> str:
        return ", ".join(self.ledere) or "–"

    @property
    def kort_kode(self) -> str:
        """The code, unless it is one made from the name: long, or without a digit."""
        return self.kode if len(self.kode) <= KORT_KODE and any(t.isdigit() for t in self.kode) else ""

    @property
    def fra_vist(self) -> str:
        return tall.dato_kort(self.gyldig_fra) if self.gyldig_fra else "–"

    @property
    def til_vist(self) -> str:
        return tall.dato_kort(self.gyldig_til) if self.gyldig_til else "–"


@dataclass(frozen=True)
class Enhetsfilter:
    """What the list is narrowed to. `under` is a unit id; `status` is «gyldige», «nedlagte» or «alle»."""

    sok: str = ""
    type: str = ""
    status: str = "gyldige"
    under: int | None = None


# A code made from the name of a department is long and says nothing that the name does not.
KORT_KODE = 12
SORTERING_ENHET = {
    "navn": lambda r: sorteringsnokkel(r.navn),
    "type": lambda r: list(Enhetstype).index(Enhetstype(r.type)),
    "gyldig_fra": lambda r: r.gyldig_fra or date.min,
    "gyldig_til": lambda r: r.gyldig_til or date.max,
    "ansatte": lambda r: -1 if r.ansatte is None else r.ansatte,
    "leder": lambda r: sorteringsnokkel(r.ledere[0]) if r.ledere else "~",
}
SORTERING_ROLLE = {
    "person": lambda r: sorteringsnokkel(str(r.bruker)),
    "rolle": lambda r: list(Rolle).index(Rolle(r.rolle)),
    "enhet": lambda r: sorteringsnokkel(r.enhet.navn),
    "gyldig_fra": lambda r: r.gyldig_fra,
    "gyldig_til": lambda r: r.gyldig_til or date.max,
}
SORTERING_TJENESTE = {
    "navn": lambda t: sorteringsnokkel(t.navn),
    "antall": lambda t: len(t.enheter.all()),
}


def sorter(rader: Iterable, valg: str, kjente: dict, standard: str) -> list:
    """Rows sorted by `valg` («-navn» is descending), equal ones by primary key. Unknown choices give the standard."""
    nokkel = kjente.get(valg.removeprefix("-"))
    if nokkel is None:
        valg, nokkel = standard, kjente[standard.removeprefix("-")]
    rader = sorted(rader, key=lambda r: r.pk)
    return sorted(rader, key=nokkel, reverse=valg.startswith("-"))


def enhetsrader(tilgang: Tilgang, dag: date, filter: Enhetsfilter, sortering: str = "") -> list[Enhetsrad]:
    """Units the person sees, in tree order unless `sortering` says otherwise. Four queries."""
    rader = _alle_rader(tilgang)
    barn: dict[int | None, list[Enhetsrad]] = defaultdict(list)
    for rad in sorted(rader.values(), key=lambda r: (sorteringsnokkel(r.navn), r.pk)):
        rad.over = rader.get(rad.forelder_id)
        barn[rad.forelder_id if rad.forelder_id in rader else None].append(rad)
    ordnet = _dybde_foerst(barn, filter.under if filter.under in rader else None)
    if filter.under in rader:
        ordnet.insert(0, rader[filter.under])
    valgte = [r for r in ordnet if _passer(r, filter, dag)]
    _sett_paa_fakta(valgte, tilgang, dag)
    return sorter(valgte, sortering, SORTERING_ENHET, "navn") if sortering else valgte


def enhetsvalg(tilgang: Tilgang, handling: Handling, dag: date) -> list[tuple[int, str]]:
    """Open units where the person may do this, as (id, «Navn (kode)»), sorted by name. For pickers. One query."""
    rader = (
        Enhet.objects.gyldige(dag).filter(pk__in=tilgang.omfang(handling)).order_by().values_list("pk", "navn", "kode")
    )
    return sorted(((pk, f"{navn} ({kode})") for pk, navn, kode in rader), key=lambda v: (sorteringsnokkel(v[1]), v[0]))


def egen_enhet(tilgang: Tilgang, handling: Handling) -> dict[str, int]:
    """{"enhet": id} when the person may do this beneath one unit only, and that is not the municipality; else {}.

    What a form begins with, so that a leader need not search for the own unit.
    """
    roetter = tilgang.roetter(handling)
    return {"enhet": roetter[0]} if len(roetter) == 1 and roetter[0] != tilgang.kommune_id else {}


def finn_enhet(tekst: str, valg: list[tuple[int, str]]) -> int | None:
    """The id of the choice of `enhetsvalg` that is written like this: all of it, its id, or a name or code that only
    one of them has.
    """
    soekt = brett(tekst)
    treff = [pk for pk, navn in valg if soekt and (tekst == str(pk) or soekt in skrivemaater(navn))]
    return treff[0] if len(treff) == 1 else None


def rolleliste(
    tilgang: Tilgang, dag: date, sok: str = "", rolle: str = "", status: str = "gjeldende", sortering: str = ""
) -> list[Rolletildeling]:
    """Role assignments for units the person sees, with person and unit. One query."""
    roller = Rolletildeling.objects.select_related("bruker", "enhet").order_by("pk")
    roller = roller.filter(enhet_id__in=tilgang.omfang(Handling.FORVALTE_ROLLER))
    if status == "gjeldende":
        roller = roller.gyldige(dag)
    if rolle in Rolle.values:
        roller = roller.filter(rolle=rolle)
    funnet = [
        r for r in roller if treffer(sok, str(r.bruker), r.bruker.email, r.bruker.username, r.enhet.navn, r.enhet.kode)
    ]
    return sorter(funnet, sortering or "person", SORTERING_ROLLE, "person")


def tjenesteliste(tilgang: Tilgang, sok: str = "", sortering: str = "") -> list[Tjeneste]:
    """Services with at least one unit the person sees, or any service for those who manage them. Two queries."""
    alle = Tjeneste.objects.prefetch_related("enheter").order_by("pk")
    forvalter = tilgang.kan(Handling.FORVALTE_ORGANISASJON)
    synlige = [t for t in alle if forvalter or any(tilgang.ser(e.pk) for e in t.enheter.all())]
    funnet = [t for t in synlige if treffer(sok, t.navn, *(e.navn for e in t.enheter.all() if tilgang.ser(e.pk)))]
    return sorter(funnet, sortering or "navn", SORTERING_TJENESTE, "navn")


def _alle_rader(tilgang: Tilgang) -> dict[int, Enhetsrad]:
    synlige = tilgang.omfang(Handling.SE_ORGANISASJON)
    felter = ("pk", "kode", "navn", "type", "parent_id", "gyldig_fra", "gyldig_til")
    return {r[0]: Enhetsrad(*r) for r in Enhet.objects.order_by().values_list(*felter) if r[0] in synlige}


def _dybde_foerst(barn: dict[int | None, list[Enhetsrad]], rot: int | None) -> list[Enhetsrad]:
    ordnet: list[Enhetsrad] = []
    rest = [(rad, 0 if rot is None else 1) for rad in reversed(barn[rot])]
    while rest:
        rad, rad.dybde = rest.pop()
        ordnet.append(rad)
        rest.extend((b, rad.dybde + 1) for b in reversed(barn.get(rad.pk, [])))
    return ordnet


def _passer(rad: Enhetsrad, filter: Enhetsfilter, dag: date) -> bool:
    nedlagt = rad.gyldig_til is not None and rad.gyldig_til < dag
    if filter.status != "alle" and nedlagt != (filter.status == "nedlagte"):
        return False
    if filter.type and rad.type != filter.type:
        return False
    return treffer(filter.sok, rad.navn, rad.kode)


def _sett_paa_fakta(rader: list[Enhetsrad], tilgang: Tilgang, dag: date) -> None:
    uprikket, antall = tilgang.omfang(Handling.SE_UPRIKKET), kilder.ansattall()
    ledere = defaultdict(list)
    tildelt = Rolletildeling.objects.gyldige(dag).filter(rolle__in=LEDERLINJE).order_by("pk")
    # Names only: ten whole rows with their people cost as much as ten lines of the list.
    for enhet_id, navn, brukernavn in tildelt.values_list("enhet_id", "bruker__navn", "bruker__username"):
        ledere[enhet_id].append(navn or brukernavn)
    typenavn = {str(verdi): str(navn) for verdi, navn in Enhetstype.choices}
    for rad in rader:
        rad.typenavn, rad.nr = typenavn[rad.type], SafeString(rad.pk)
        rad.ledere = ledere.get(rad.pk, [])
        rad.ansatte = antall.get(rad.pk) if rad.pk in uprikket else None
