"""The page of counts: which may be seen as they are, the rows, the key figures and the picture, the file."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from analyse.rapporter.resultat import PRIKKET, Kolonne, Tabell
from felles.diagram import Soyle, soyler
from felles.norsk import sorteringsnokkel, treffer
from felles.tall import tusen
from kompetanse.gap.regning import er_saarbar
from kompetanse.queries.kompetansetall import Tallrad, oeverste

FLEST_SOYLER = 10
SAARBAR = "saarbar"
# Older than this, somebody should read in new counts.
GAMMEL_DAGER = 366


@dataclass(frozen=True, slots=True)
class Tallinje:
    """A count ready for the page. `vist` is what may be shown; `synlig` tells whether that is the number itself."""

    rad: Tallrad
    enhet: str
    sektor: str
    kompetanse: str
    vist: str
    synlig: bool

    @property
    def saarbar(self) -> bool:
        """Held by one, two or three, where that may be seen."""
        return self.synlig and er_saarbar(self.rad.antall)

    @property
    def er_liten(self) -> bool:
        """Hidden because it is under the limit, not to protect another."""
        return self.vist == PRIKKET


@dataclass(frozen=True, slots=True)
class Kompetanserad:
    """One competence from one source in all the units in scope: how many, in how many units, and in how many of them it
    is held by one, two or three.
    """

    kompetanse_id: int
    kompetanse: str
    antall: int
    enheter: int
    saarbare: int
    kilde: str
    dato: date


@dataclass(frozen=True)
class Tallvalg:
    """What the page is narrowed to. `etter`: one row for each competence, or for each unit and competence."""

    sok: str = ""
    sektor: str = ""
    kilde: str = ""
    kompetanse: str = ""
    vis: str = ""
    etter: str = ""
    sortering: str = ""

    @property
    def aktivt(self) -> bool:
        """Does it narrow the list?"""
        return any((self.sok, self.sektor, self.kilde, self.kompetanse, self.vis))

    @property
    def skjulte(self) -> list[tuple[str, str]]:
        """Choices without a field of their own, which the search form must carry on."""
        return [(n, getattr(self, n)) for n in ("kompetanse", "etter", "sortering") if getattr(self, n)]

    def slipper(self, linje: Tallinje) -> bool:
        """Does the count fit?"""
        return (
            treffer(self.sok, linje.enhet, linje.sektor, linje.kompetanse)
            and self.sektor in ("", linje.sektor)
            and self.kilde in ("", linje.rad.kilde)
            and self.kompetanse in ("", str(linje.rad.kompetanse_id))
            and (self.vis != SAARBAR or linje.saarbar)
        )


def les_valg(data: QueryDict) -> Tallvalg:
    """The choices of the address."""
    return Tallvalg(**{n: data.get(n, "").replace("\x00", "").strip() for n in Tallvalg.__dataclass_fields__})


# What has no number to show comes last whichever way, in a fixed order, so that the order tells nothing.
SORTERING = {
    "enhet": lambda x: (sorteringsnokkel(x.enhet), sorteringsnokkel(x.kompetanse)),
    "kompetanse": lambda x: (sorteringsnokkel(x.kompetanse), sorteringsnokkel(x.enhet)),
    "kilde": lambda x: (sorteringsnokkel(x.rad.kilde), sorteringsnokkel(x.enhet), sorteringsnokkel(x.kompetanse)),
    "antall": lambda x: x.rad.antall,
}


SORTERING_KOMPETANSE = {
    "kompetanse": lambda r: sorteringsnokkel(r.kompetanse),
    "antall": lambda r: r.antall,
    "enheter": lambda r: r.enheter,
    "saarbare": lambda r: r.saarbare,
    "kilde": lambda r: (sorteringsnokkel(r.kilde), sorteringsnokkel(r.kompetanse)),
}


def etter_kompetanse(
    linjer: Iterable[Tallinje], over: dict[int, int | None], sortering: str = ""
) -> list[Kompetanserad]:
    """One row for each competence and source, in the order asked for. Only for those who may see every line: from a sum
    a hidden number could be worked out. A unit whose count holds those of the units beneath it stands for them.
    """
    grupper: dict[tuple[int, str], list[Tallinje]] = defaultdict(list)
    for x in linjer:
        grupper[x.rad.kompetanse_id, x.rad.kilde].append(x)
    ut = []
    for (pk, kilde), gruppe in grupper.items():
        egne = oeverste([x.rad for x in gruppe], over)
        antall, saarbare = sum(r.antall for r in egne), sum(x.saarbar for x in gruppe)
        ut.append(Kompetanserad(pk, gruppe[0].kompetanse, antall, len(gruppe), saarbare, kilde, gruppe[0].rad.dato))
    nokkel = sortering.removeprefix("-")
    ut.sort(key=lambda r: (sorteringsnokkel(r.kompetanse), r.kilde))
    if nokkel in SORTERING_KOMPETANSE:
        ut.sort(key=SORTERING_KOMPETANSE[nokkel], reverse=sortering.startswith("-"))
    return ut


def ordnet(linjer: Iterable[Tallinje], sortering: str) -> list[Tallinje]:
    """The lines in the order asked for; equal ones by unit, competence and source."""
    nokkel = sortering.removeprefix("-")
    rekke = sorted(linjer, key=lambda x: (*SORTERING["enhet"](x), x.rad.kilde))
    if nokkel not in SORTERING:
        return rekke
    baklengs = sortering.startswith("-")
    if nokkel != "antall":
        return sorted(rekke, key=SORTERING[nokkel], reverse=baklengs)
    synlige = sorted((x for x in rekke if x.synlig), key=SORTERING["antall"], reverse=baklengs)
    return synlige + [x for x in rekke if not x.synlig]


@dataclass(frozen=True)
class Tallbilde:
    """What stands above the list: how much there is, and where most hold a competence. Without `svg` when something in
    it is hidden, or there is nothing to draw.
    """

    enheter: int
    kompetanser: int
    saarbare: int
    skjulte: int
    funn: str = ""
    svg: str = ""
    svg_smal: str = ""


def tallbilde(linjer: Sequence[Tallinje], over: dict[int, int | None]) -> Tallbilde:
    """Of the lines in scope, whatever the list is narrowed to."""
    telling = {
        "enheter": len({x.rad.enhet_id for x in linjer}),
        "kompetanser": len({x.rad.kompetanse_id for x in linjer}),
        "saarbare": sum(x.saarbar for x in linjer),
        "skjulte": sum(not x.synlig for x in linjer),
    }
    if not linjer or telling["skjulte"]:
        return Tallbilde(**telling)
    beste: dict[int, Kompetanserad] = {}
    for rad in etter_kompetanse(linjer, over, "-antall"):
        beste.setdefault(rad.kompetanse_id, rad)
    rader = list(beste.values())[:FLEST_SOYLER]
    flest = rader[0]
    funn = ngettext(
        "Flest har «%(navn)s»: %(antall)s i %(n)s enhet",
        "Flest har «%(navn)s»: %(antall)s i %(n)s enheter",
        flest.enheter,
    ) % {"navn": flest.kompetanse, "antall": tusen(flest.antall), "n": tusen(flest.enheter)}
    felles = {
        "tittel": funn,
        "beskrivelse": _("Antall med hver kompetanse. De samme tallene står i tabellen under."),
        "rader": [Soyle(r.kompetanse, r.antall, tusen(r.antall), r is flest) for r in rader],
    }
    bilder = [soyler(**felles, smal=smal) for smal in (False, True)]
    return Tallbilde(**telling, funn=funn, svg=bilder[0], svg_smal=bilder[1])


KOLONNER = (
    ("enhet", gettext_lazy("Enhet"), "tekst"),
    ("sektor", gettext_lazy("Sektor"), "tekst"),
    ("kompetanse", gettext_lazy("Kompetanse"), "tekst"),
    ("antall", gettext_lazy("Antall"), "heltall"),
    ("kilde", gettext_lazy("Kilde"), "tekst"),
    ("dato", gettext_lazy("Tallene er fra"), "tekst"),
)


def eksporttabell(linjer: Iterable[Tallinje]) -> Tabell:
    """The list as a table for files, with source and day on every row."""
    rader: list[dict[str, Any]] = [
        {
            "enhet": x.enhet,
            "sektor": x.sektor,
            "kompetanse": x.kompetanse,
            "antall": x.rad.antall if x.synlig else x.vist,
            "kilde": x.rad.kilde,
            "dato": f"{x.rad.dato:%d.%m.%Y}",
        }
        for x in linjer
    ]
    kolonner = tuple(Kolonne(n, str(t), f) for n, t, f in KOLONNER)
    return Tabell("rader", _("Kompetansetall"), kolonner, rader)


def er_gammel(dato: date, idag: date) -> bool:
    """More than a year old?"""
    return (idag - dato).days > GAMMEL_DAGER
