"""The assessments as they are shown: signs and words, the matrix side by side, what differs, development over time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from felles.diagram.ruter import Panel, ruter
from felles.norsk import midt_i_setning, ramse_opp
from felles.tall import dato_kort, dato_lang, tallord
from kompetanse.enums import Modenhetsmodell, Svarvalg
from kompetanse.models import Modenhetspunkt, Modenhetssvar
from kompetanse.modenhet.regning import Svar, bare_den_ene, forskjeller, mest_ulike, utvikling
from kompetanse.queries.modenhet import Sjekkliste, Vurdering

# How many points a heading names, and how many dates of each unit the picture has room for.
MEST_I_OVERSKRIFT, MEST_DATOER = 3, 4


@dataclass(frozen=True)
class Merke:
    """An answer as sign, word and colour; the same everywhere."""

    tekst: str
    ikon: str
    farge: str


MERKER: dict[Svar, Merke] = {
    Svar.JA: Merke(Svarvalg.JA.label, "✓", "success"),
    Svar.DELVIS: Merke(Svarvalg.DELVIS.label, "◐", "warning"),
    Svar.NEI: Merke(Svarvalg.NEI.label, "✕", "danger"),
    Svar.IKKE_VURDERT: Merke(Svarvalg.IKKE_VURDERT.label, "–", "neutral"),
}
GRUPPENAVN = {
    Modenhetsmodell.NORDHAUG: gettext_lazy("Fra behov til gjennomføring (Nordhaug)"),
    Modenhetsmodell.LAI: gettext_lazy("Kompetanse som kommer i bruk (Lai)"),
}


@dataclass(frozen=True)
class Celle:
    """One answer: whose, the mark, and what it builds on."""

    hvem: str
    merke: Merke
    svar: Modenhetssvar | None


@dataclass(frozen=True)
class Rad:
    """A point across the columns. `er_del`: part of the point above; `er_samlet`: follows from its parts."""

    punkt: Modenhetspunkt
    celler: list[Celle]
    er_del: bool
    er_samlet: bool


@dataclass(frozen=True)
class Radgruppe:
    """The points of one list."""

    navn: str
    rader: list[Rad]


@dataclass(frozen=True)
class Skille:
    """A point that two assessments answer differently."""

    punkt: Modenhetspunkt
    a: Celle
    b: Celle


@dataclass(frozen=True)
class Funn:
    """What a matrix says in one sentence, and the two it is about."""

    tekst: str
    a: Vurdering | None = None
    b: Vurdering | None = None

    def __str__(self) -> str:
        return self.tekst


@dataclass(frozen=True)
class Utviklingsbilde:
    """The finding, the picture in both widths, and the counts as a table."""

    funn: str
    svg: str
    svg_smal: str
    rader: list[dict[str, Any]]
    forkortet: bool


def matrise(kolonner: Sequence[Vurdering], liste: Sjekkliste) -> list[Radgruppe]:
    """The points down, the assessments across."""
    grupper = []
    for modell in Modenhetsmodell:
        egne = [p for p in liste.punkter if p.modell == modell]
        rader = [
            Rad(p, [celle(k, p.nokkel) for k in kolonner], bool(p.del_av_id), p.pk in liste.samlepunkter) for p in egne
        ]
        grupper.append(Radgruppe(str(GRUPPENAVN[modell]), rader))
    return grupper


def celle(vurdering: Vurdering, nokkel: str) -> Celle:
    """The answer to a point."""
    svar = vurdering.besvarelse.get(nokkel, Svar.IKKE_VURDERT)
    return Celle(vurdering.navn, MERKER[svar], vurdering.svar.get(nokkel))


def funn(kolonner: Sequence[Vurdering], liste: Sjekkliste) -> Funn | None:
    """What the matrix says; None when there is nothing in it."""
    if len(kolonner) < 2:
        return Funn(_status(kolonner[0])) if kolonner else None
    par = mest_ulike([k.besvarelse for k in kolonner], liste.nokler)
    if par is None:
        return Funn(_("Alle svarer likt på det flere har vurdert"))
    mest = [f for f in par.forskjeller if f.avstand == par.forskjeller[0].avstand][:MEST_I_OVERSKRIFT]
    a, b = kolonner[par.a], kolonner[par.b]
    punkter = ramse_opp(midt_i_setning(liste.navn[f.punkt]) for f in mest)
    tekst = _("%(a)s og %(b)s skiller seg mest på %(punkter)s")
    return Funn(tekst % {"a": a.navn, "b": b.navn, "punkter": punkter}, a, b)


def _status(k: Vurdering) -> str:
    if not k.telling.ja:
        return _("%(navn)s har ingen av de %(antall)d punktene helt på plass") % {
            "navn": k.navn,
            "antall": k.telling.antall,
        }
    return _("%(navn)s har %(ja)s av %(antall)d punkter på plass") % {
        "navn": k.navn,
        "ja": tallord(k.telling.ja),
        "antall": k.telling.antall,
    }


def skiller(a: Vurdering, b: Vurdering, liste: Sjekkliste) -> tuple[list[Skille], list[Skille]]:
    """Points the two answer differently, the most first, and points only one of them has assessed."""
    punkter = {p.nokkel: p for p in liste.punkter}

    def rad(nokkel: str) -> Skille:
        return Skille(punkter[nokkel], celle(a, nokkel), celle(b, nokkel))

    ulike = [rad(f.punkt) for f in forskjeller(a.besvarelse, b.besvarelse, liste.nokler)]
    return ulike, [rad(n) for n in bare_den_ene(a.besvarelse, b.besvarelse, liste.nokler)]


def eksempelfunn(sektorer: Sequence[Vurdering], liste: Sjekkliste) -> str:
    """What the source says of one sector and not of the other."""
    if len(sektorer) != 2:
        return _("Eksempelet side ved side")
    egne = bare_den_ene(*(s.besvarelse for s in sektorer), [p.nokkel for p in liste.punkter])
    deler = []
    for sektor in sektorer:
        har = [liste.navn[n] for n in egne if sektor.besvarelse.get(n, Svar.IKKE_VURDERT) != Svar.IKKE_VURDERT]
        deler.append((sektor.navn, ramse_opp(midt_i_setning(navn) for navn in har)))
    (a, hos_a), (b, hos_b) = deler
    tekst = _("%(a)s skiller seg ut med %(hos_a)s, %(b)s med %(hos_b)s")
    return tekst % {"a": a, "hos_a": hos_a, "b": b, "hos_b": hos_b}


def svake(vurdering: Vurdering, liste: Sjekkliste) -> list[Skille]:
    """Points that are not in place, those that lack altogether first, with what usually comes next."""
    rader = [Skille(p, c := celle(vurdering, p.nokkel), c) for p in liste.blader]
    mangler = [r for r in rader if r.a.merke in (MERKER[Svar.NEI], MERKER[Svar.DELVIS])]
    return sorted(mangler, key=lambda r: r.a.merke != MERKER[Svar.NEI])


def utviklingsbilde(over_tid: Sequence[Sequence[Vurdering]], liste: Sjekkliste) -> Utviklingsbilde | None:
    """Development of the units that have been assessed more than once; None when none has."""
    rekker = [list(rekke) for rekke in over_tid if len(rekke) > 1]
    if not rekker:
        return None
    vist = [rekke[-MEST_DATOER:] for rekke in rekker]
    tittel = _utviklingsfunn(vist, liste)
    felles = {
        "tegn": [str(merke.tekst) for merke in MERKER.values()],
        "tittel": tittel,
        "beskrivelse": _("Ett felt for hver enhet, en rad for hvert punkt og en kolonne for hver dato."),
    }
    navn, paneler = [p.navn for p in liste.blader], _paneler(vist, liste)
    return Utviklingsbilde(
        tittel,
        ruter(paneler, navn, **felles),
        ruter(paneler, navn, **felles, smal=True),
        [_utviklingsrad(rekke, nr, liste) for rekke in rekker for nr in range(len(rekke))],
        forkortet=vist != rekker,
    )


def _paneler(rekker: Iterable[Sequence[Vurdering]], liste: Sjekkliste) -> list[Panel]:
    rekkefolge = list(Svar)
    return [
        Panel(
            rekke[-1].navn,
            [(f"{v.v.dato:%d.%m}.", f"{v.v.dato:%Y}") for v in rekke],
            [[rekkefolge.index(v.besvarelse.get(n, Svar.IKKE_VURDERT)) for v in rekke] for n in liste.nokler],
        )
        for rekke in rekker
    ]


def _utviklingsfunn(rekker: Sequence[Sequence[Vurdering]], liste: Sjekkliste) -> str:
    """Who has come furthest since the first date shown, counting better less worse."""
    endret = [(rekke, utvikling(rekke[0].besvarelse, rekke[-1].besvarelse, liste.nokler)) for rekke in rekker]
    rekke, mest = max(endret, key=lambda par: len(par[1].bedre) - len(par[1].daarligere))
    ord_ = {
        "navn": rekke[-1].navn,
        "dato": dato_lang(rekke[0].v.dato),
        "bedre": _punkter(len(mest.bedre)),
        "tilbake": _punkter(len(mest.daarligere)),
    }
    if not mest.bedre and not mest.daarligere:
        return _("Ingen punkter er endret siden %(dato)s") % ord_
    if not mest.bedre:
        return _("%(navn)s har gått tilbake på %(tilbake)s siden %(dato)s") % ord_
    if mest.daarligere:
        return _("%(navn)s er blitt bedre på %(bedre)s siden %(dato)s, og har gått tilbake på %(tilbake)s") % ord_
    return _("%(navn)s er blitt bedre på %(bedre)s siden %(dato)s") % ord_


def _punkter(antall: int) -> str:
    return ngettext("ett punkt", "%(antall)s punkter", antall) % {"antall": tallord(antall)}


def _utviklingsrad(rekke: Sequence[Vurdering], nr: int, liste: Sjekkliste) -> dict[str, Any]:
    v = rekke[nr]
    endret = utvikling(rekke[nr - 1].besvarelse, v.besvarelse, liste.nokler) if nr else None
    return {
        "vurdering": v,
        "dato": dato_kort(v.v.dato),
        "telling": v.telling,
        "bedre": [liste.navn[n] for n in endret.bedre] if endret else [],
        "daarligere": [liste.navn[n] for n in endret.daarligere] if endret else [],
    }


def utdatert(vurdering: Vurdering, dag: date) -> bool:
    """More than a year old: time to assess again."""
    return (dag - vurdering.v.dato).days > 365
