"""Finds the header row, the columns of our fields, and what the title lines say."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from analyse.innlesing.barn import OPPSLAG_RADER, norm
from analyse.innlesing.felt import ANSATTFELT, FELT, FELT_FOR, Feltsett
from analyse.innlesing.lesing import Raatabell, kolonnebokstav
from analyse.innlesing.problem import Problem
from analyse.innlesing.profil import Lesevalg
from analyse.innlesing.verdier import rens, tolk_dato

# What is read of a title cell; searching more than this only costs time.
LENGSTE_TITTEL = 500
_ENHETSNAVN = ANSATTFELT.normerte["enhet"]
_DATO_I_TEKST = re.compile(
    r"\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|\d{4}-\d{2}-\d{2}|"
    r"\d{1,2}\.?\s*(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember)\s+\d{4}",
    re.IGNORECASE,
)
_KOMMUNE = re.compile(r"((?:[A-ZÆØÅÁ][\w\-]*\s+(?:og\s+)?){1,4}(?:kommune|fylkeskommune))\b")


@dataclass
class Overskrift:
    """Where the list begins and what its columns are called.

    rad: index of the (lowest) header row, -1 when none was found · forste: index of the first data row ·
    navn: header per column · kart: our field → column index · titler: cells above · kandidater: row numbers.
    """

    rad: int = -1
    forste: int = 0
    navn: list[str] = field(default_factory=list)
    kart: dict[str, int] = field(default_factory=dict)
    titler: list[Any] = field(default_factory=list)
    kandidater: list[int] = field(default_factory=list)
    problemer: list[Problem] = field(default_factory=list)
    meldinger: list[str] = field(default_factory=list)
    feltsett: Feltsett = ANSATTFELT

    def kolonnenavn(self, nokkel: str) -> str:
        """The file's own name for one of our fields."""
        return self.navn[self.kart[nokkel]] if nokkel in self.kart else self.feltsett.navn(nokkel)


def kjente_overskrifter(profil: Lesevalg, feltsett: Feltsett = ANSATTFELT) -> set[str]:
    """Normalised headers that tell a header row, the profile's own included."""
    return set(_feltnavn(feltsett)) | feltsett.flere | {norm(v) for v in profil.kolonner.values() if norm(v)}


def finn_overskrift(tabell: Raatabell, profil: Lesevalg) -> Overskrift:
    """The header of a staffing list. Never raises: what is wrong stands in `problemer`."""
    funn = les_overskrift(tabell, profil, ANSATTFELT)
    if funn.rad >= 0:
        _bytt_tallkode(tabell, profil, funn)
        _meld_manglende(funn)
    return funn


def les_overskrift(tabell: Raatabell, profil: Lesevalg, feltsett: Feltsett) -> Overskrift:
    """The header row, and which of its columns are the fields of the set. Never raises: see `problemer`. Which fields
    must be there is for the caller to say.
    """
    funn = Overskrift(feltsett=feltsett)
    if tabell.rader == 0 or not any(len(u) > 1 for u in tabell.unike):
        funn.problemer.append(Problem(None, "", "", _("Filen har ingen innhold.")))
        return funn
    funn.rad = _velg_rad(tabell, profil, funn)
    if funn.rad < 0:
        return funn
    funn.titler = [c for r in range(funn.rad) for c in tabell.radverdier(r) if rens(c)]
    _navngi(tabell, funn)
    _kartlegg(profil, funn)
    return funn


def _feltnavn(feltsett: Feltsett) -> dict[str, str]:
    """Normalised header → the key of the first field that is known by it."""
    return {n: nokkel for nokkel, liste in reversed(feltsett.normerte.items()) for n in liste}


def _velg_rad(tabell: Raatabell, profil: Lesevalg, funn: Overskrift) -> int:
    if profil.overskriftsrad:
        treff = [i for i, nr in enumerate(tabell.radnr[:5000]) if nr == profil.overskriftsrad]
        if treff:
            return treff[0]
        funn.problemer.append(
            Problem(
                profil.overskriftsrad,
                "",
                "",
                _("Filen har ingen rad med dette nummeret, som skulle vært overskriften."),
            )
        )
        return -1
    kjente = _feltnavn(funn.feltsett) | {n: n for n in funn.feltsett.flere}
    kjente |= {norm(v): k for k, v in profil.kolonner.items() if norm(v)}
    poeng = [_poeng(tabell.radverdier(r), kjente) for r in range(min(OPPSLAG_RADER, tabell.rader))]
    best, minst = max(poeng), funn.feltsett.minst_treff
    if best < minst:
        funn.problemer.append(Problem(None, "", "", str(funn.feltsett.ellers)))
        return -1
    like = [r for r, p in enumerate(poeng) if p >= max(minst, 0.7 * best)]
    funn.kandidater = [int(tabell.radnr[r]) for r in like]
    if len(like) > 1:
        rader = ", ".join(map(str, funn.kandidater))
        funn.problemer.append(
            Problem(
                funn.kandidater[1], "", "",
                _("Flere rader kan være overskriften (rad %(rader)s). Fjern én, eller oppgi overskriftsrad i profilen.")
                % {"rader": rader},
            )
        )  # fmt: skip
    return poeng.index(best)


def _poeng(rad: list[Any], kjente: dict[str, str]) -> int:
    """How many different fields the row names."""
    return len({kjente.get(norm(celle)) for celle in rad if isinstance(celle, str) and celle} - {None})


def _navngi(tabell: Raatabell, funn: Overskrift) -> None:
    """Header per column, seeing through merged cells: a block of header rows gives the lowest text."""
    topp = bunn = funn.rad
    for r1, _k1, r2, _k2 in tabell.flettet:
        if r1 <= funn.rad <= r2:
            topp, bunn = min(topp, r1), max(bunn, r2)
    if bunn - topp > 3:
        topp = bunn = funn.rad
    for nr in range(len(tabell.unike)):
        tekster = [rens(tabell.celle(r, nr)) for r in range(topp, min(bunn, tabell.rader - 1) + 1)]
        funn.navn.append(next((t for t in reversed(tekster) if t), ""))
    funn.rad = min(bunn, tabell.rader - 1)
    funn.forste = funn.rad + 1
    for r1, k1, r2, k2 in tabell.flettet:
        if topp <= r1 and r2 <= bunn and k2 > k1:
            under = [funn.navn[k] for k in range(k1 + 1, min(k2 + 1, len(funn.navn)))]
            if not all(under):
                sted = f"{kolonnebokstav(k1)}–{kolonnebokstav(k2)}"
                funn.problemer.append(
                    Problem(
                        int(tabell.radnr[r1]), sted, funn.navn[k1],
                        _("Overskriften er slått sammen over flere kolonner. Del cellen, så hver kolonne har navn."),
                    )
                )  # fmt: skip


def _kartlegg(profil: Lesevalg, funn: Overskrift) -> None:
    steder: dict[str, list[int]] = {}
    for nr, navn in enumerate(funn.navn):
        if navn:
            steder.setdefault(norm(navn), []).append(nr)
    tatt: set[int] = set()
    for nokkel, overskrift in profil.kolonner.items():
        if not overskrift:
            continue
        treff = steder.get(norm(overskrift), [])
        if not treff:
            funn.problemer.append(
                Problem(None, overskrift, "", _("Profilen peker på en kolonne som ikke finnes i filen."))
            )
        _ta(funn, nokkel, treff, tatt)
    for nokkel, navnene in funn.feltsett.normerte.items():
        if nokkel in profil.kolonner:
            continue
        for navn in navnene:
            treff = [k for k in steder.get(navn, []) if k not in tatt]
            if treff:
                _ta(funn, nokkel, treff, tatt)
                break


def _ta(funn: Overskrift, nokkel: str, treff: list[int], tatt: set[int]) -> None:
    if not treff:
        return
    if len(treff) > 1:
        steder = ", ".join(kolonnebokstav(k) for k in treff)
        funn.problemer.append(
            Problem(
                None, funn.navn[treff[0]], "",
                _("Overskriften står på flere kolonner (%(steder)s). Gi dem hver sitt navn.") % {"steder": steder},
            )
        )  # fmt: skip
    funn.kart[nokkel] = treff[0]
    tatt.update(treff)


def _bytt_tallkode(tabell: Raatabell, profil: Lesevalg, funn: Overskrift) -> None:
    """Some systems call the unit's number «Enhet» and its name «Enhetsnavn»: the cells decide."""
    if "enhet" not in funn.kart or "enhetskode" in funn.kart or {"enhet", "enhetskode"} & set(profil.kolonner):
        return
    celler = [rens(c) for c in tabell.unike[funn.kart["enhet"]][1:200] if rens(c) != funn.navn[funn.kart["enhet"]]]
    andre = [
        k for k, navn in enumerate(funn.navn)
        if k not in funn.kart.values() and norm(navn) in _ENHETSNAVN
    ]  # fmt: skip
    if andre and celler and sum(c.replace("-", "").isdigit() for c in celler) > 0.8 * len(celler):
        funn.kart["enhetskode"], funn.kart["enhet"] = funn.kart["enhet"], andre[0]


def _meld_manglende(funn: Overskrift) -> None:
    mangler = [f for f in FELT if f.paakrevd and f.nokkel not in funn.kart]
    for felt in mangler:
        funn.problemer.append(
            Problem(
                int(funn.rad + 1), str(felt.navn), "",
                _("Kolonnen mangler. Den kan hete for eksempel %(navn)s; andre navn oppgis i profilen.")
                % {"navn": ", ".join(felt.overskrifter[:3])},
            )
        )  # fmt: skip
    if not {"fodselsdato", "fodselsaar"} & set(funn.kart):
        funn.problemer.append(
            Problem(int(funn.rad + 1), str(FELT_FOR["fodselsdato"].navn), "",
                    _("Kolonnen mangler. Filen må ha fødselsdato eller fødselsår."))
        )  # fmt: skip


def uttrekksdato_fra(titler: list[Any], filnavn: str) -> tuple[date | None, str]:
    """(date, where it was found). The title line that says «uttrekk» or «per» goes first; then the only date there is;
    then a date in the file name."""
    sikre, andre = [], []
    for nr, celle in enumerate(titler):
        if isinstance(celle, date):
            forrige = titler[nr - 1] if nr else ""
            dato = celle.date() if isinstance(celle, datetime) else celle
            (sikre if isinstance(forrige, str) and _sier_uttrekk(forrige) else andre).append(dato)
        elif isinstance(celle, str):
            for treff in _DATO_I_TEKST.finditer(celle[:LENGSTE_TITTEL]):
                if dato := tolk_dato(re.sub(r"\.\s", ".", treff[0]) if treff[0][0:4].count(".") else treff[0]).dato:
                    (sikre if _sier_uttrekk(celle[: treff.start()]) else andre).append(dato)
    for liste in (sikre, andre):
        if len(set(liste)) == 1:
            return liste[0], _("tittellinjene")
    if not sikre and not andre and (treff := re.search(r"(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})", filnavn)):
        dato = tolk_dato(f"{treff[1]}-{treff[2]}-{treff[3]}").dato
        if dato and 1990 <= dato.year <= 2098:
            return dato, _("filnavnet")
    return None, ""


def _sier_uttrekk(tekst: str) -> bool:
    return re.search(r"uttrekk|\bpr\b|\bper\b|status|gjelder", tekst.casefold()) is not None and not re.search(
        r"utskrift|skrevet ut", tekst.casefold()
    )


def kommune_fra(titler: list[Any]) -> str:
    """The municipality's name in the title lines, '' when it does not stand there."""
    for celle in titler:
        if isinstance(celle, str) and (treff := _KOMMUNE.search(rens(celle[:LENGSTE_TITTEL]))):
            return " ".join(treff[1].split())
    return ""
