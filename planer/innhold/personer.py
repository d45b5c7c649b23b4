"""What the open edition says of persons: fields where names are typed, and known names found in the words.

Names the product itself adds are never in that edition. What people have typed is: HR sees it before publishing, and
may take whole fields out. The frozen content stays as it was; what is taken out is so only when it is read.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from felles.riktekst import lesetekst

Innhold = dict[str, Any]
FLEST_VERDIER = 12
# Key → (table, its column, what the field is called).
TABELLFELT = {
    "roller": ("roller", gettext_lazy("Hvem"), gettext_lazy("Hvem som er med i gruppene")),
    "forankring": ("forankring", gettext_lazy("Utfall"), gettext_lazy("Hva møtene kom fram til")),
    "oppfolging": ("oppfolging", gettext_lazy("Ansvarlig"), gettext_lazy("Hvem som har ansvaret for oppfølgingen")),
}
TILTAK = "tiltak"
NOKLER = frozenset({*TABELLFELT, TILTAK})


@dataclass(frozen=True)
class Personfelt:
    """A field that may name persons: its key, what it is called, the different things it says (the first of them),
    how many more there are, and the known names among them.
    """

    nokkel: str
    navn: str
    verdier: list[str]
    flere: int
    kjente: list[str]


@dataclass(frozen=True)
class Navnefunn:
    """A known name in running text, and where."""

    navn: str
    sted: str


def personfelt(innhold: Innhold, kjente: Collection[str]) -> list[Personfelt]:
    """The fields of the open edition that say something, in the order of the plan."""
    alle = {nokkel: _kolonneverdier(innhold, nokkel) for nokkel in TABELLFELT}
    alle[TILTAK] = [t["ansvarlig_rolle"] for t in innhold.get("tiltak", [])]
    ut = []
    for nokkel, verdier in alle.items():
        ulike = list(dict.fromkeys(v for v in verdier if v))
        if ulike:
            funn = _kjente_i("\n".join(ulike), kjente)
            ut.append(Personfelt(nokkel, feltnavn(nokkel), ulike[:FLEST_VERDIER], len(ulike[FLEST_VERDIER:]), funn))
    return ut


def feltnavn(nokkel: str) -> str:
    """What the field is called."""
    return str(TABELLFELT[nokkel][2]) if nokkel in TABELLFELT else _("Rollen til den som har ansvaret for et tiltak")


def navn_i_tekstene(innhold: Innhold, kjente: Collection[str]) -> list[Navnefunn]:
    """Known names in the texts and the tiltak, which HR must take out in a revision if they shall not be read."""
    return [Navnefunn(navn, sted) for sted, tekst in _tekster(innhold) for navn in _kjente_i(tekst, kjente)]


def kjente_navn(innhold: Innhold, brukere: Iterable[str]) -> set[str]:
    """Full names that are looked for: those of people with an account, and those in the full edition."""
    egne = [d["navn"] for d in innhold.get("deltakere", [])] + [t["ansvarlig"] for t in innhold.get("tiltak", [])]
    return {navn.strip() for navn in (*brukere, *egne) if " " in navn.strip()}


def uten(innhold: Innhold, utelatt: Collection[str]) -> Innhold:
    """The content without the fields of these keys. The given content is left as it is."""
    tabeller = {TABELLFELT[n][0]: str(TABELLFELT[n][1]) for n in utelatt if n in TABELLFELT}
    ut = dict(innhold)
    if tabeller:
        ut["kapitler"] = [k | {"tabeller": [_uten(t, tabeller) for t in k["tabeller"]]} for k in innhold["kapitler"]]
    if TILTAK in utelatt:
        ut["tiltak"] = [t | {"ansvarlig_rolle": ""} for t in innhold["tiltak"]]
    return ut


def _uten(tabell: dict[str, Any], tabeller: dict[str, str]) -> dict[str, Any]:
    kolonne = tabeller.get(tabell["nokkel"])
    if kolonne not in tabell["kolonner"]:
        return tabell
    nr = tabell["kolonner"].index(kolonne)
    return tabell | {
        "kolonner": _uten_nr(tabell["kolonner"], nr),
        "rader": [_uten_nr(rad, nr) for rad in tabell["rader"]],
    }


def _uten_nr(verdier: list[str], nr: int) -> list[str]:
    return [*verdier[:nr], *verdier[nr + 1 :]]


def _kolonneverdier(innhold: Innhold, nokkel: str) -> list[str]:
    tabellnavn, kolonne, _navn = TABELLFELT[nokkel]
    return [
        rad[tabell["kolonner"].index(str(kolonne))]
        for kapittel in innhold.get("kapitler", [])
        for tabell in kapittel["tabeller"]
        if tabell["nokkel"] == tabellnavn and str(kolonne) in tabell["kolonner"]
        for rad in tabell["rader"]
    ]


def _tekster(innhold: Innhold) -> Iterator[tuple[str, str]]:
    """Where, and the words there."""
    for kapittel in innhold.get("kapitler", []):
        for s in kapittel["seksjoner"]:
            yield s["overskrift"], lesetekst(s["html"])
        for tabell in kapittel["tabeller"]:
            felt = {str(kolonne) for navn, kolonne, _navn in TABELLFELT.values() if navn == tabell["nokkel"]}
            med = [nr for nr, kolonne in enumerate(tabell["kolonner"]) if kolonne not in felt]
            yield tabell["tittel"], "\n".join(rad[nr] for rad in tabell["rader"] for nr in med)
    for o in innhold.get("omraader", []):
        yield o["tittel"], lesetekst("\n".join((o["hva"], o["derfor"], o["slik"])))
    for g in innhold.get("grep", []):
        yield g["tittel"], lesetekst(g["begrunnelse"])
    for t in innhold.get("tiltak", []):
        felt = ("tittel", "hva", "finansiering", "kriterie_resultat", "kriterie_prosess")
        yield f"{t['ident']} {t['tittel']}", "\n".join(t[f] for f in felt)


def _kjente_i(tekst: str, kjente: Collection[str]) -> list[str]:
    brettet = tekst.casefold()
    return sorted(navn for navn in kjente if navn.casefold() in brettet)
