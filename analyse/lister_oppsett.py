"""Reads for the setup pages."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from analyse.enums import Lederfunksjon, Telling
from analyse.models import Ansattkategori, Importprofil, Leder, Norm, PublisertTall, Stilling, Uttrekk
from analyse.rapporter import RAPPORTER
from analyse.rapporter.resultat import Resultat
from felles.norsk import brett, sorteringsnokkel, treffer
from organisasjon.enums import Enhetstype, Rolle
from organisasjon.lister import sorter
from organisasjon.models import Bruker, Enhet, Rolletildeling
from organisasjon.rules import LEDERLINJE

# Which role a leader function most often means; HR decides.
ROLLE_FOR = {
    Lederfunksjon.KOMMUNEDIREKTOR: Rolle.KOMMUNEDIREKTOR,
    Lederfunksjon.ASS_KOMMUNEDIREKTOR: Rolle.ASS_KOMMUNEDIREKTOR,
    Lederfunksjon.KOMMUNALSJEF: Rolle.KOMMUNALSJEF,
    Lederfunksjon.OKONOMISJEF: Rolle.KOMMUNALSJEF,
    Lederfunksjon.IT_SJEF: Rolle.KOMMUNALSJEF,
    Lederfunksjon.ENHETSLEDER: Rolle.ENHETSLEDER,
}
HELE_KOMMUNEN = {Rolle.KOMMUNEDIREKTOR, Rolle.ASS_KOMMUNEDIREKTOR}
ROLLEORDEN = {rolle: nr for nr, rolle in enumerate(Rolle)}
SORTERING_STILLING: dict[str, Callable[[Any], Any]] = {
    "navn": lambda s: sorteringsnokkel(s.navn),
    "kode": lambda s: sorteringsnokkel(s.kode),
    "funksjon": lambda s: list(Lederfunksjon).index(Lederfunksjon(s.funksjon)) if s.funksjon else 99,
    "gruppe": lambda s: sorteringsnokkel(s.gruppe) or "~",
}
SORTERING_KATEGORI = {
    "navn": lambda k: sorteringsnokkel(k.navn),
    "kode": lambda k: sorteringsnokkel(k.kode),
    "telling": lambda k: list(Telling).index(Telling(k.telling)),
}
SORTERING_TALL = {
    "uttrekk": lambda t: t.uttrekk.dato,
    "rapport": lambda t: (t.rapport, sorteringsnokkel(t.rad)),
    "verdi": lambda t: t.verdi,
}
SORTERING_UTTREKK = {
    "dato": lambda u: u.dato,
    "ansatte": lambda u: u.antall_ansatte,
    "publisert": lambda u: (u.publisert is None, u.dato),
}
SORTERING_PROFIL = {
    "navn": lambda p: sorteringsnokkel(p.navn),
    "slag": lambda p: (p.slag, sorteringsnokkel(p.navn)),
}
SORTERING_LEDER = {
    "navn": lambda f: sorteringsnokkel(f.navn),
    "rolle": lambda f: ROLLEORDEN[f.rolle],
    "enhet": lambda f: sorteringsnokkel(f.enhetsnavn),
}


@dataclass(frozen=True)
class Lederforslag:
    """A leader of the latest extract without a role: the role and unit we propose, and the account with the name.

    `pk` is the leader's row, `hos` the name of the unit in the extract; `bruker_id` is None without an account.
    """

    pk: int
    navn: str
    funksjon: str
    hos: str
    rolle: Rolle
    enhet_id: int
    enhetsnavn: str
    enhetskode: str
    bruker_id: int | None
    epost: str

    @property
    def funksjonsnavn(self) -> str:
        return str(Lederfunksjon(self.funksjon).label)

    @property
    def rollenavn(self) -> str:
        return str(self.rolle.label)

    @property
    def ny_konto(self) -> str:
        """What the page for a new role is filled in with."""
        return urlencode({"navn": self.navn, "rolle": self.rolle.value, "enhet": self.enhetskode}, quote_via=quote)


class _Enhet(NamedTuple):
    """As much of a unit as a proposal needs."""

    pk: int
    navn: str
    kode: str
    type: str
    forelder: int | None


def kategorier(sortering: str = "") -> list[Ansattkategori]:
    """All categories. One query."""
    alle = list(Ansattkategori.objects.order_by("pk"))
    return sorter(alle, sortering, SORTERING_KATEGORI, "navn") if sortering else alle


def stillinger(sok: str = "", vis: str = "", sortering: str = "") -> list[Stilling]:
    """Positions; `vis` is «vurderes» (waiting for a decision), «ledere» or all. One query."""
    utvalg = Stilling.objects.order_by("pk")
    if vis == "vurderes":
        utvalg = utvalg.filter(ledervurdert=False)
    elif vis == "ledere":
        utvalg = utvalg.exclude(funksjon="")
    funnet = [s for s in utvalg if treffer(sok, s.navn, s.kode, s.gruppe)]
    return sorter(funnet, sortering or "navn", SORTERING_STILLING, "navn")


def publiserte_tall(sortering: str = "") -> list[PublisertTall]:
    """Printed figures with their extract. One query."""
    return sorter(PublisertTall.objects.select_related("uttrekk"), sortering or "-uttrekk", SORTERING_TALL, "-uttrekk")


def profiler(sortering: str = "") -> list[Importprofil]:
    """Import profiles. One query."""
    return sorter(Importprofil.objects.all(), sortering or "navn", SORTERING_PROFIL, "navn")


def uttrekksliste(sortering: str = "") -> list[Uttrekk]:
    """Extracts, newest first. One query."""
    return sorter(Uttrekk.objects.all(), sortering or "-dato", SORTERING_UTTREKK, "-dato")


def oppsettsammendrag() -> dict[str, int]:
    """How many there are of each, for the front page of the setup. Seven queries."""
    return {
        "kategorier": Ansattkategori.objects.count(),
        "stillinger": Stilling.objects.count(),
        "vurderes": Stilling.objects.filter(ledervurdert=False).count(),
        "normer": Norm.objects.count(),
        "publiserte": PublisertTall.objects.count(),
        "profiler": Importprofil.objects.count(),
        "synlige": Uttrekk.objects.filter(publisert__isnull=False).count(),
    }


def tall_som_kan_publiseres(resultat: Resultat) -> tuple[list[str], list[tuple[str, str]]]:
    """Row names (first column) and measures (key, heading) of the report's main table."""
    tabell = RAPPORTER[resultat.rapport].tabeller(resultat)[0]
    nokkel = tabell.kolonner[0].nokkel
    rader = [str(rad[nokkel]) for rad in [*tabell.rader, tabell.sum] if rad.get(nokkel)]
    return list(dict.fromkeys(rader)), [(k.nokkel, k.tittel) for k in tabell.kolonner if k.er_tall]


def ledere_uten_bruker(dag: date, sok: str = "", sortering: str = "") -> list[Lederforslag]:
    """Leaders named in the latest extract whose name has no leader role today. Five queries.

    A leader and an account are the same person when the names are equal, whatever the case; HR decides.
    """
    siste = Uttrekk.objects.order_by("-dato").values_list("pk", flat=True).first()
    if siste is None:
        return []
    har_rolle = {
        brett(navn)
        for navn in Rolletildeling.objects.gyldige(dag)
        .filter(rolle__in=LEDERLINJE)
        .order_by()
        .values_list("bruker__navn", flat=True)
    }
    brukere = Bruker.objects.filter(is_active=True).order_by("-pk").values_list("navn", "pk", "email")
    kontoer = {brett(navn): (pk, epost) for navn, pk, epost in brukere if navn}
    enheter = {
        e[0]: _Enhet(*e) for e in Enhet.objects.order_by().values_list("pk", "navn", "kode", "type", "parent_id")
    }
    ledere = Leder.objects.filter(uttrekk=siste).order_by("pk")
    forslag = [
        _forslag(leder, enheter, kontoer.get(brett(leder[1]), (None, "")))
        for leder in ledere.values_list("pk", "navn", "funksjon", "enhet_id", "avdeling_id")
        if brett(leder[1]) not in har_rolle and treffer(sok, leder[1], enheter[leder[3]].navn)
    ]
    return sorter(forslag, sortering or "rolle", SORTERING_LEDER, "rolle")


def _forslag(leder: tuple, enheter: dict[int, _Enhet], konto: tuple[int | None, str]) -> Lederforslag:
    pk, navn, funksjon, enhet_id, avdeling_id = leder
    rolle = ROLLE_FOR.get(Lederfunksjon(funksjon), Rolle.AVDELINGSLEDER)
    hos, over = enheter[enhet_id], enheter.get(enheter[enhet_id].forelder)
    enhet = hos
    if rolle in HELE_KOMMUNEN:
        enhet = next((e for e in enheter.values() if e.type == Enhetstype.KOMMUNE), hos)
    elif funksjon == Lederfunksjon.KOMMUNALSJEF and over and over.type == Enhetstype.SEKTOR:
        enhet = over
    elif rolle == Rolle.AVDELINGSLEDER and avdeling_id is not None:
        enhet = enheter[avdeling_id]
    return Lederforslag(pk, navn, funksjon, hos.navn, rolle, enhet.pk, enhet.navn, enhet.kode, *konto)
