"""How leaders stand against the requirements: marks, counts with the small-number rule, tables for page and file."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from analyse.rapporter.resultat import Kolonne, Tabell
from felles.diagram import Serie, stablede_soyler, svg
from felles.norsk import sorteringsnokkel
from felles.prikking import GRENSE, System, beskytt
from kompetanse.enums import Ledernivaa
from kompetanse.queries.ledere import Kravresultat, Lederresultat, kravstatus
from kompetanse.regler import Utfall, Vurdering
from kompetanse.visning.steg import neste_steg

# Outcome → name, sign, colour; in the order they are counted and shown.
UTFALL: dict[Utfall, tuple[Any, str, str]] = {
    Utfall.OPPFYLT: (gettext_lazy("Oppfylt"), "✓", "success"),
    Utfall.UNNTAK: (gettext_lazy("Oppfylt med unntak"), "✓", "info"),
    Utfall.PAA_VEI: (gettext_lazy("På vei"), "▲", "warning"),
    Utfall.IKKE_OPPFYLT: (gettext_lazy("Ikke oppfylt"), "✕", "danger"),
    Utfall.IKKE_VURDERT: (gettext_lazy("Ikke vurdert"), "–", "neutral"),
}
# One hue for what is in order or on its way, red for the wrong way, grey for what nobody knows.
FARGER = {
    Utfall.OPPFYLT: svg.HOVED,
    Utfall.UNNTAK: svg.TONER[4],
    Utfall.PAA_VEI: svg.TONER[3],
    Utfall.IKKE_OPPFYLT: svg.GRENSE,
    Utfall.IKKE_VURDERT: svg.RUTENETT,
}
SKJULT = "skjult"


@dataclass(frozen=True)
class Utfallsmerke:
    """An outcome as sign, words and colour; `naar` is by when."""

    tekst: str
    ikon: str
    farge: str
    naar: str = ""


def merke(utfall: Utfall, frist: date | None = None) -> Utfallsmerke:
    """The mark of an outcome."""
    navn, ikon, farge = UTFALL[utfall]
    naar = _("innen %(dag)s") % {"dag": f"{frist:%d.%m.%Y}"} if frist else ""
    return Utfallsmerke(str(navn), ikon, farge, naar)


def kravkort(k: Kravresultat) -> dict[str, Any]:
    """A requirement for a leader's own page, with its conditions one by one."""
    vurdering = k.vurdering
    return {
        "krav": k.krav,
        "merke": merke(k.utfall, k.frist),
        "vurdering": _ledd(vurdering) if vurdering else None,
        "unntak": k.unntak,
        "kommer": k.kommer,
        "setning": vurdering.setning if vurdering else "",
    }


def _ledd(v: Vurdering) -> dict[str, Any]:
    """A condition or a group with its parts, ready for the template."""
    ord_ = (_("Alle disse må være på plass") if v.regel.ord == "og" else _("Én av disse er nok")) if v.deler else ""
    return {
        "ord": ord_,
        "setning": v.setning,
        "forklaring": v.forklaring,
        "merke": merke(v.utfall, v.frist),
        "deler": [_ledd(d) for d in v.deler],
        "vurderes": getattr(v.regel, "tekst", ""),
    }


def oversikt(resultater: list[Lederresultat], krav: dict[str, str], uprikket: bool) -> dict[str, Any]:
    """Counts by level, sector and requirement. Without the right to small numbers, figures under 5, and those that
    would give them away, are hidden; requirements are left out, for some of them concern one person.
    """
    tall = kravstatus(resultater)
    tabeller = {
        "nivaa": {str(n.label): tall["nivaa"][n.value] for n in Ledernivaa if n.value in tall["nivaa"]},
        "sektor": dict(sorted(tall["sektor"].items(), key=lambda par: sorteringsnokkel(par[0]))),
        "krav": {krav[pk]: teller for pk, teller in tall["krav"].items() if uprikket},
    }
    skjult = set() if uprikket else _skjulte(tabeller)
    pk_for = {navn: pk for pk, navn in krav.items()}
    return {
        "tabeller": [
            _tabell(nokkel, tittel, tabeller[nokkel], skjult, pk_for if nokkel == "krav" else {})
            for nokkel, tittel in (
                ("nivaa", _("Etter nivå")),
                ("sektor", _("Etter sektor")),
                ("krav", _("Etter krav")),
            )
            if tabeller[nokkel]
        ],
        "skjulte": bool(skjult),
    }


def _skjulte(tabeller: dict[str, dict[str, Counter]]) -> set[tuple]:
    """Cells to hide: (table, row, outcome or «sum»)."""
    s = System()
    for nokkel, rader in tabeller.items():
        for rad, teller in rader.items():
            for u in UTFALL:
                s.legg_til((nokkel, rad, u), teller[u])
            s.legg_til((nokkel, rad, "sum"), teller.total())
            s.summer((nokkel, rad, "sum"), [(nokkel, rad, u) for u in UTFALL])
    for u in (*UTFALL, "sum"):
        for nokkel in ("nivaa", "sektor"):
            rader = tabeller[nokkel]
            total = sum(t.total() if u == "sum" else t[u] for t in rader.values())
            s.legg_til(("alle", "", u), total, vist=False)
            s.summer(("alle", "", u), [(nokkel, rad, u) for rad in rader])
    return beskytt(s)


def _tabell(
    nokkel: str, tittel: str, rader: dict[str, Counter], skjult: set[tuple], pk_for: dict[str, str]
) -> dict[str, Any]:
    """Rows as text, and the figure when nothing in the table is hidden. `pk_for`: id of the requirement by name."""
    linjer = []
    for rad, teller in rader.items():
        celler = [_celle(teller[u], (nokkel, rad, u) in skjult) for u in UTFALL]
        sum_ = _celle(teller.total(), (nokkel, rad, "sum") in skjult)
        linjer.append({"navn": rad, "celler": celler, "sum": sum_, "krav": pk_for.get(rad)})
    har_skjulte = any(s[0] == nokkel for s in skjult)
    figurer = {} if har_skjulte else {"svg": figur(tittel, rader, False), "svg_smal": figur(tittel, rader, True)}
    return {"nokkel": nokkel, "tittel": tittel, "rader": linjer, "har_skjulte": har_skjulte, **figurer}


def _celle(antall: int, skjult: bool) -> str:
    if not skjult:
        return str(antall)
    return f"<{GRENSE}" if antall < GRENSE else SKJULT


def figur(tittel: str, rader: dict[str, Counter], smal: bool) -> str:
    """A bar for each row, its parts the outcomes."""
    serier = [
        Serie(str(navn), [t[u] for t in rader.values()], [str(t[u]) for t in rader.values()], FARGER[u])
        for u, (navn, _ikon, _farge) in UTFALL.items()
        if any(t[u] for t in rader.values())
    ]
    beskrivelse = _("Antall ledere etter hvordan de oppfyller kravene. Tallene står i tabellen under.")
    return stablede_soyler(tittel=tittel, beskrivelse=beskrivelse, kategorier=list(rader), serier=serier, smal=smal)


def eksporttabeller(resultater: Iterable[Lederresultat], dag: date) -> list[Tabell]:
    """One row per leader, and one per leader and requirement."""
    resultater = list(resultater)
    k = {n: Kolonne(n, str(t), "tekst") for n, t in KOLONNER}
    felles = [
        {
            "navn": r.leder.navn,
            "stilling": r.leder.stilling,
            "enhet": r.enhet,
            "sektor": r.sektor,
            "nivaa": str(r.leder.nivaa.label),
        }
        for r in resultater
    ]
    ledere = [
        f
        | {
            "utfall": merke(r.utfall).tekst,
            "frist": f"{r.frist:%d.%m.%Y}" if r.frist else "",
            "steg": " ".join(neste_steg(r, dag)),
        }
        for f, r in zip(felles, resultater, strict=True)
    ]
    krav = [f | _kravrad(kr) for f, r in zip(felles, resultater, strict=True) for kr in (*r.krav, *r.kommende)]
    hvem = [k[n] for n in ("navn", "stilling", "enhet", "sektor", "nivaa")]
    hva = [k[n] for n in ("krav", "hjemmel", "gjelder", "utfall", "frist", "forklaring")]
    return [
        Tabell("rader", _("Ledere og krav"), (*hvem, k["utfall"], k["frist"], k["steg"]), ledere),
        Tabell("krav", _("Krav for krav"), (*hvem, *hva), krav),
    ]


KOLONNER = (
    ("navn", gettext_lazy("Navn")),
    ("stilling", gettext_lazy("Stilling")),
    ("enhet", gettext_lazy("Enhet")),
    ("sektor", gettext_lazy("Sektor")),
    ("nivaa", gettext_lazy("Nivå")),
    ("utfall", gettext_lazy("Resultat")),
    ("frist", gettext_lazy("Innen")),
    ("steg", gettext_lazy("Neste steg")),
    ("krav", gettext_lazy("Krav")),
    ("hjemmel", gettext_lazy("Hjemmel")),
    ("gjelder", gettext_lazy("Gjelder fra")),
    ("forklaring", gettext_lazy("Forklaring")),
)


def _kravrad(k: Kravresultat) -> dict[str, Any]:
    vurdering = k.vurdering
    blader = _blader(vurdering) if vurdering else []
    forklaring = " ".join(f"{v.setning}: {v.forklaring}" for v in blader)
    if k.unntak:
        forklaring = f"{_('Unntak')}: {k.unntak.grunn} ({k.unntak.referanse}). {forklaring}"
    return {
        "krav": k.krav.gjelder_for,
        "hjemmel": k.krav.hjemmel,
        "gjelder": f"{k.krav.gyldig_fra:%d.%m.%Y}" if k.kommer else "",
        "utfall": merke(k.utfall).tekst,
        "frist": f"{k.frist:%d.%m.%Y}" if k.frist else "",
        "forklaring": forklaring,
    }


def _blader(v: Vurdering) -> list[Vurdering]:
    return [b for d in v.deler for b in _blader(d)] if v.deler else [v]
