"""Checks every row of a file against units and catalogue, and adds the counts up, in numpy on codes."""

import re
from collections.abc import Callable
from datetime import date

import numpy as np
from django.utils.translation import gettext as _

from analyse.innlesing import radvalg
from analyse.innlesing.lesing import Raatabell
from analyse.innlesing.liste import Avgjorelse
from analyse.innlesing.overskrift import Overskrift
from analyse.innlesing.problem import Problem
from analyse.innlesing.radkontroll import Radkontroll
from analyse.innlesing.verdier import tolk_dato
from felles.norsk import brett
from felles.tall import dato_kort, tusen
from kompetanse.enums import BREDE, PERSONRADER, Radslag
from kompetanse.models.gap import FLEST
from kompetanse.tallinnlesing import verdier
from kompetanse.tallinnlesing.liste import Talliste
from kompetanse.tallinnlesing.profil import NY, UTELAT, Kompetanseprofil
from kompetanse.tallinnlesing.register import Register

UKJENT, UTENFOR = -1, 0
LENGSTE_NAVN = 120
# A column with more kinds of marks than this holds something else.
FLEST_MERKER = 12
_SUM = re.compile(r"(sum|total|totalt|i alt|antall|hele kommunen)\b", re.IGNORECASE)


class Tallkontroll(Radkontroll):
    """The state of one check. `brede`: key → header of the columns that are competences."""

    ut: Talliste

    def __init__(
        self,
        tabell: Raatabell,
        overskrift: Overskrift,
        profil: Kompetanseprofil,
        register: Register,
        dato: date,
    ) -> None:
        self.brede = _brede(overskrift, profil) if profil.radslag in BREDE else {}
        super().__init__(tabell, overskrift, Talliste())
        self.profil, self.register, self.dato = profil, register, dato


def kontroller(
    tabell: Raatabell, overskrift: Overskrift, profil: Kompetanseprofil, register: Register, dato: date
) -> Talliste:
    """Check the file. Never raises for content: problems and decisions to make stand on the result.

    Requires a header with a column of units, and what the kind of row in the profile needs.
    """
    k = Tallkontroll(tabell, overskrift, profil, register, dato)
    radvalg.velg_rader(k, _kan_vaere_sum)
    if not len(k.rader):
        k.ut.meld(Problem(None, "", "", _("Filen har overskrifter, men ingen rader.")))
        return k.ut
    _bare_datoen(k)
    enhet = _enheter(k)
    if profil.radslag in BREDE:
        _les_kolonner(k, enhet)
    else:
        _les_rader(k, enhet)
    for (_enhet, navn), antall in k.ut.tall.items():
        if antall > FLEST:
            k.ut.meld(
                Problem(None, "", navn, _("Summen for én enhet er %(n)s. Det høyeste er 9 999") % {"n": tusen(antall)})
            )
    k.ut.problemer.sort(key=lambda p: (p.rad is None, p.rad or 0))
    return k.ut


def _brede(overskrift: Overskrift, profil: Kompetanseprofil) -> dict[str, str]:
    """The columns that are competences: all that are no field of ours, but those left out. They become fields too."""
    felt = set(overskrift.kart.values())
    ut = {}
    for nr, navn in enumerate(overskrift.navn):
        if navn and nr not in felt and profil.kompetanser.get(brett(navn)) != UTELAT:
            overskrift.kart[f"kolonne:{nr}"] = nr
            ut[f"kolonne:{nr}"] = navn
    return ut


def _kan_vaere_sum(k: Tallkontroll, _fylt: np.ndarray) -> np.ndarray:
    """Rows whose unit is no unit of ours, and begins with a word for sums."""
    maske = np.ones(len(k.rader), dtype=bool)
    for nokkel in ("enhetskode", "enhet"):
        if k.har(nokkel):
            sum_ = [not t or (bool(_SUM.match(t)) and not k.register.finn_enhet(t, t)) for t in k.tekster(nokkel)]
            maske &= np.array(sum_)[k.koder(nokkel)]
    return maske


def _bare_datoen(k: Tallkontroll) -> None:
    """Where the rows have dates: only those of the day that is read. The newest day is no guess of ours."""
    if k.profil.radslag != Radslag.TELLING or not k.har("dato"):
        return
    tolket = [tolk_dato(c, k.tabell.dato1904) for c in k.raa("dato")]
    k.meld_koder("dato", {i: d.feil for i, d in enumerate(tolket) if d.feil})
    andre = np.array([d.dato is not None and d.dato != k.dato for d in tolket])[k.koder("dato")]
    k.ut.annen_dato = int(andre.sum())
    if k.ut.annen_dato == len(k.rader):
        k.ut.meld(
            Problem(None, k.overskrift.kolonnenavn("dato"), "",
                    _("Ingen rader gjelder %(dato)s. Velg en dato som står i filen.") % {"dato": dato_kort(k.dato)})
        )  # fmt: skip
    k.velg(~andre)


# Units


def _enheter(k: Tallkontroll) -> np.ndarray:
    """The unit id of each row; UTENFOR where it is left out, UKJENT where somebody must say."""
    kode = k.koder("enhetskode") if k.har("enhetskode") else np.zeros(len(k.rader), np.int32)
    navn = k.koder("enhet") if k.har("enhet") else np.zeros(len(k.rader), np.int32)
    koder = k.tekster("enhetskode") if k.har("enhetskode") else [""]
    navnene = k.tekster("enhet") if k.har("enhet") else [""]
    par, tilbake = np.unique(kode.astype(np.int64) * len(navnene) + navn, return_inverse=True)
    svar = []
    for nr, p in enumerate(par.tolist()):
        c, n = divmod(p, len(navnene))
        svar.append(_en_enhet(k, koder[c], navnene[n], lambda nr=nr: tilbake == nr))
    return np.array(svar, dtype=np.int64)[tilbake] if svar else np.zeros(0, np.int64)


def _en_enhet(k: Tallkontroll, kode: str, navn: str, rader: Callable[[], np.ndarray]) -> int:
    felt = "enhet" if k.har("enhet") else "enhetskode"
    if not kode and not navn:
        k.meld_rader(felt, rader(), _("mangler"), vis=False)
        return UKJENT
    for tekst in (kode, navn):
        if valgt := k.profil.enheter.get(brett(tekst)) if tekst else None:
            funnet = UTENFOR if valgt == UTELAT else k.register.enhet(valgt)
            if funnet is not None:
                k.ut.bestemt["enhet", tekst] = UTELAT if valgt == UTELAT else k.register.vist(funnet)
                return funnet
    treff = k.register.finn_enhet(kode, navn)
    if len(treff) == 1:
        return treff[0]
    maske = rader()
    valg = tuple(k.register.vist(pk) for pk in treff)
    vist = f"{navn} ({kode})" if navn and kode else ""
    avgjorelse = Avgjorelse("enhet", kode or navn, int(maske.sum()), k.forste_rad(maske), "", valg, vist)
    melding = _("flere enheter har dette navnet") if treff else _("er en ukjent enhet")
    k.avgjor(avgjorelse, felt, vist or kode or navn, melding)
    return UKJENT


# Competences


def _kompetanse(k: Tallkontroll, tekst: str, nokkel: str, rader: Callable[[], np.ndarray]) -> str | None:
    """The folded name in the catalogue, or of one to add; '' when it is left out, None when somebody must say."""
    brettet = brett(tekst)
    valgt = k.profil.kompetanser.get(brettet)
    if valgt == UTELAT or (valgt and brett(valgt) in k.register.kompetanser):
        k.ut.bestemt["kompetanse", tekst] = valgt
        return "" if valgt == UTELAT else brett(valgt)
    if brettet in k.register.kompetanser:
        return brettet
    maske = rader()
    if len(tekst) > LENGSTE_NAVN:
        k.ut.meld(
            Problem(k.forste_rad(maske), k.overskrift.kolonnenavn(nokkel), tekst[:60],
                    _("er for langt. Navnet på en kompetanse kan ha 120 tegn"))
        )  # fmt: skip
        return None
    if valgt == NY:
        k.ut.bestemt["kompetanse", tekst] = NY
        k.ut.nye.setdefault(brettet, tekst)
        return brettet
    avgjorelse = Avgjorelse("kompetanse", tekst, int(maske.sum()), k.forste_rad(maske), "")
    k.avgjor(avgjorelse, nokkel, tekst, _("er ikke i kompetansekatalogen"))
    return None


def _les_rader(k: Tallkontroll, enhet: np.ndarray) -> None:
    """Each row is one unit (or person) and one competence."""
    k.meld_rader("kompetanse", k.tom("kompetanse"), _("mangler"), vis=False)
    koder, tekster = k.koder("kompetanse"), k.tekster("kompetanse")
    like: dict[str, list[int]] = {}
    # What only stands beside units that are left out, is nothing to ask about.
    med = enhet != UTENFOR
    for nr in np.unique(koder[med]).tolist():
        if tekster[nr]:
            like.setdefault(brett(tekster[nr]), []).append(nr)
    plass, navnene = np.full(len(tekster), UKJENT), []
    for gruppe in like.values():
        navn = _kompetanse(k, tekster[gruppe[0]], "kompetanse", lambda gruppe=gruppe: np.isin(koder, gruppe) & med)
        if navn is not None:
            plass[gruppe] = len(navnene)
            navnene.append(navn)
    hva = plass[koder]
    utelatt = ~med | np.isin(hva, [nr for nr, navn in enumerate(navnene) if not navn])
    antall = np.ones(len(k.rader), np.int64)
    if k.profil.radslag == Radslag.TELLING:
        antall = _antall(k, "antall", ~utelatt, tomt=_("mangler"))
    k.ut.utelatt, k.ut.talt = int(utelatt.sum()), int((~utelatt).sum())
    _legg_sammen(k, navnene, hva, enhet, antall, ~utelatt)


def _les_kolonner(k: Tallkontroll, enhet: np.ndarray) -> None:
    """Each competence has a column of its own. People with a mark in one of several columns that are the same
    competence have it, and are counted once.
    """
    med = enhet != UTENFOR
    k.ut.utelatt, k.ut.talt = int((~med).sum()), int(med.sum())
    personer = k.profil.radslag in PERSONRADER
    if personer:
        _ukjente_merker(k, med)
    funnet: dict[str, list[tuple[np.ndarray, np.ndarray]]] = {}
    for nokkel, overskrift in k.brede.items():
        fylt = med & ~k.tom(nokkel)
        navn = _kompetanse(k, overskrift, nokkel, lambda fylt=fylt: fylt) if fylt.any() else ""
        if navn != "":
            antall = _har(k, nokkel) if personer else _antall(k, nokkel, med)
            funnet.setdefault(navn or "", []).append((antall, fylt))
    hva = np.zeros(len(k.rader), np.int64)
    for navn, kolonner in funnet.items():
        if personer:
            kolonner = [(np.max([a for a, _f in kolonner], axis=0), np.any([f for _a, f in kolonner], axis=0))]
        for antall, fylt in kolonner if navn else ():
            _legg_sammen(k, [navn], hva, enhet, antall, fylt)
    if not k.brede:
        k.ut.meld(Problem(None, "", "", _("Ingen kolonner er valgt som kompetanser.")))


def _antall(k: Tallkontroll, nokkel: str, maske: np.ndarray, tomt: str = "") -> np.ndarray:
    """The counts of a column; wrong cells on the rows of the mask become problems. Empty cells are 0."""
    tolket = [verdier.tolk_antall(c) for c in k.raa(nokkel)]
    k.meld_koder(nokkel, {i: feil for i, (_n, feil) in enumerate(tolket) if feil}, maske)
    if tomt:
        k.meld_rader(nokkel, k.tom(nokkel) & maske, tomt, vis=False)
    return np.array([n or 0 for n, _feil in tolket], dtype=np.int64)[k.koder(nokkel)]


def _har(k: Tallkontroll, nokkel: str) -> np.ndarray:
    """1 where the person has it."""
    har = [bool(verdier.har(verdier.merke(c), k.profil.merker)) for c in k.raa(nokkel)]
    return np.array(har, dtype=np.int64)[k.koder(nokkel)]


def _ukjente_merker(k: Tallkontroll, med: np.ndarray) -> None:
    """Ask about the marks nobody has said the meaning of, once for the whole file. A column with many of them holds
    something else than marks.
    """
    ukjente: dict[str, tuple[str, str, np.ndarray]] = {}
    for nokkel in k.brede:
        koder, raa = k.koder(nokkel), k.raa(nokkel)
        egne = []
        for nr in np.unique(koder[med]).tolist():
            m = verdier.merke(raa[nr])
            if m in k.profil.merker:
                k.ut.bestemt["merke", k.tekster(nokkel)[nr]] = k.profil.merker[m]
            elif verdier.har(m, {}) is None:
                egne.append((nr, m))
        if len(egne) > FLEST_MERKER:
            melding = _("Kolonnen har mange ulike verdier, og er neppe en kompetanse. Ta bort krysset for den.")
            k.ut.meld(Problem(None, k.overskrift.kolonnenavn(nokkel), "", melding))
            continue
        for nr, m in egne:
            vist, felt, rader = ukjente.get(m, (k.tekster(nokkel)[nr], nokkel, np.zeros(len(k.rader), dtype=bool)))
            ukjente[m] = (vist, felt, rader | ((koder == nr) & med))
    for vist, felt, rader in ukjente.values():
        avgjorelse = Avgjorelse("merke", vist, int(rader.sum()), k.forste_rad(rader), "")
        k.avgjor(avgjorelse, felt, vist, _("er et tegn vi ikke vet hva betyr"))


def _legg_sammen(
    k: Tallkontroll, navnene: list[str], hva: np.ndarray, enhet: np.ndarray, antall: np.ndarray, maske: np.ndarray
) -> None:
    """Add the counts of the rows of the mask to their unit and competence (`hva`: its place among the names). Rows that
    name the same pair are added up, and counted as such unless the rows are people.
    """
    maske = maske & (enhet > 0) & (hva >= 0)
    par, tilbake = np.unique(enhet[maske] * max(len(navnene), 1) + hva[maske], return_inverse=True)
    summer, rader = np.bincount(tilbake, weights=antall[maske]), np.bincount(tilbake)
    for p, sum_, n in zip(par.tolist(), summer.tolist(), rader.tolist(), strict=True):
        pk, nr = divmod(p, len(navnene))
        nokkel = (pk, navnene[nr])
        if (n > 1 or nokkel in k.ut.tall) and k.profil.radslag not in PERSONRADER:
            k.ut.lagt_sammen += 1
        k.ut.tall[nokkel] = k.ut.tall.get(nokkel, 0) + round(sum_)
