"""The fields of an employment row, each read, checked and put on the list."""

import re
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analyse.enums import Telling
from analyse.innlesing import personvern
from analyse.innlesing.liste import Avgjorelse, Kodet
from analyse.innlesing.problem import Problem
from analyse.innlesing.verdier import (
    SKALAFAKTOR,
    finn_skala,
    normaliser_ansattnr,
    tolk_dato,
    tolk_kjonn,
    tolk_tall,
)

if TYPE_CHECKING:
    from analyse.innlesing.kontroll import Kontroll

FORSTE_FODSEL = date(1900, 1, 1)
INGEN, APEN = -(2**31), 2**31 - 1
_LEDERORD = re.compile(
    r"(?<!vei)(?<!veg)(?<!tilrette)(leder|leiar|ledar)(?!støtte)\b|sjef\b|direktør|rektor\b|styrer\b|formann\b|"
    r"forstander|bestyrer|undervisningsinspektør|\bmanager\b|rådmann",
    re.IGNORECASE,
)


def ligner_leder(tittel: str) -> bool:
    """Does the title look like a leader's? Then a person must decide, once per title."""
    return _LEDERORD.search(tittel) is not None


def les_kategori(k: "Kontroll") -> None:
    """Category by the file's spelling. Unknown ones stop for a decision."""
    tekster, koder = k.tekster("ansattkategori"), k.koder("ansattkategori")
    kjente = {**k.ref.kategorier}
    for verdi, kode in k.profil.kategorier.items():
        funnet = kode if kode in k.ref.telling else k.ref.kategorier.get(kode.casefold())
        if funnet is None:
            k.ut.meld(Problem(None, "[kategorier]", kode, _("Profilen peker på en kategori som ikke finnes")))
        else:
            kjente[verdi] = funnet
    oversatt = [kjente.get(t.casefold(), "") for t in tekster]
    navn = sorted(set(oversatt) | {""})
    plass = {kode: nr for nr, kode in enumerate(navn)}
    k.ut.kategori = Kodet(navn, np.array([plass[o] for o in oversatt], dtype=np.int32)[koder])
    k.ut.telling = k.ut.kategori.ta([k.ref.telling.get(kode, "") for kode in navn])
    k.meld_rader("ansattkategori", k.tom("ansattkategori"), _("mangler"), vis=False)
    brukt = np.bincount(koder, minlength=len(tekster))
    ukjente = [i for i, o in enumerate(oversatt) if not o and tekster[i] and brukt[i]]
    grupper: dict[str, list[int]] = {}
    for i in ukjente:
        grupper.setdefault(tekster[i].casefold(), []).append(i)
    for like in grupper.values():
        rader = np.isin(koder, like)
        avgjorelse = Avgjorelse("kategori", tekster[like[0]], int(rader.sum()), k.forste_rad(rader), "")
        k.avgjor(avgjorelse, "ansattkategori", avgjorelse.verdi, _("er en ukjent ansattkategori"))


def les_personer(k: "Kontroll") -> None:
    """Employee number to keyed hash, and sex."""
    tekster, koder = k.tekster("ansattnr"), k.koder("ansattnr")
    numre = [normaliser_ansattnr(c) for c in k.raa("ansattnr")]
    k.meld_rader("ansattnr", k.tom("ansattnr"), _("mangler"), vis=False)
    feil = {
        i: _("inneholder et fødselsnummer. Bruk ansattnummer") for i, t in enumerate(tekster) if personvern.FJERNET in t
    }
    feil |= {i: _("er for langt") for i, t in enumerate(tekster) if len(t) > 64}
    k.meld_koder("ansattnr", feil)
    if k.overskrift.kolonnenavn("ansattnr") in k.tabell.fnr_kolonner:
        k.ut.meld(
            Problem(None, k.overskrift.kolonnenavn("ansattnr"), "",
                    _("Kolonnen inneholder fødselsnumre, som ikke lagres. Velg kolonnen med ansattnummer."))
        )  # fmt: skip
    k.ut.person = personvern.personhash(numre)[koder]
    kjonn = [tolk_kjonn(c) for c in k.raa("kjonn")]
    k.meld_koder("kjonn", {i: _("er ikke kvinne (K) eller mann (M)") for i, v in enumerate(kjonn) if v is None})
    valg = ["", "K", "M"]
    k.ut.kjonn = Kodet(valg, np.array([valg.index(v or "") for v in kjonn], dtype=np.int32)[k.koder("kjonn")])
    if antall := int((k.ut.kjonn.koder == 0).sum()):
        k.ut.meldinger.append(_("%(antall)s rader mangler kjønn og telles som «ikke oppgitt».") % {"antall": antall})


def _datokolonne(k: "Kontroll", nokkel: str) -> Kodet:
    """Parse a date column; wrong cells become problems."""
    raa = k.raa(nokkel)
    tolket = [tolk_dato(c, k.tabell.dato1904) for c in raa]
    k.meld_koder(nokkel, {i: d.feil for i, d in enumerate(tolket) if d.feil})
    return Kodet([d.dato for d in tolket], k.koder(nokkel))


def _dager(kodet: Kodet, tom: int) -> np.ndarray:
    return kodet.ta(np.array([d.toordinal() if d else tom for d in kodet.unike], dtype=np.int64))


def les_datoer(k: "Kontroll") -> None:
    """Birth, start and end, each alone and against each other."""
    k.ut.fodt = _fodselsdatoer(k)
    k.ut.start, k.ut.slutt = _datokolonne(k, "startdato"), _datokolonne(k, "sluttdato")
    k.ut.slutt.unike = [None if d and d.year == 9999 else d for d in k.ut.slutt.unike]
    felt = "fodselsdato" if k.har("fodselsdato") else "fodselsaar"
    fodt, start, slutt = _dager(k.ut.fodt, INGEN), _dager(k.ut.start, INGEN), _dager(k.ut.slutt, APEN)
    dato = k.dato.toordinal()
    k.meld_rader(felt, k.tom(felt), _("mangler"), vis=False)
    k.meld_rader(felt, fodt > dato, _("er etter uttrekksdatoen"))
    k.meld_rader(felt, (fodt < FORSTE_FODSEL.toordinal()) & (fodt != INGEN), _("er før 1900"))
    aktiv = k.ut.telling != Telling.UTENFOR.value
    k.meld_rader("startdato", k.tom("startdato") & aktiv, _("mangler"), vis=False)
    k.meld_rader("startdato", (start < fodt) & (start != INGEN) & (fodt <= dato), _("er før fødselsdatoen"))
    k.meld_rader("sluttdato", slutt < start, _("er før startdatoen"))
    sluttet = k.ut.telling == Telling.SLUTTET.value
    k.meld_rader("sluttdato", sluttet & k.tom("sluttdato"), _("mangler, og kategorien er sluttet"), vis=False)
    k.meld_rader(felt, _to_fodselsdatoer(k.ut.person, fodt), _("er ulik for samme ansattnummer på en annen rad"))
    _datomeldinger(k, start, slutt, fodt, dato)


def _datomeldinger(k: "Kontroll", start: np.ndarray, slutt: np.ndarray, fodt: np.ndarray, dato: int) -> None:
    telles = k.ut.telles
    ung = telles & (fodt > dato - 13 * 365) & (fodt <= dato)
    for antall, tekst in (
        (int((telles & (start > dato)).sum()), _start_etter),
        (int((telles & (slutt < dato)).sum()), _slutt_foer),
        (int(ung.sum()), _barn),
    ):
        if antall:
            k.ut.meldinger.append(tekst(antall) % {"antall": antall})
    if telles.any() and not _noen_har_sluttet(slutt, dato):
        k.ut.meldinger.append(
            _("Ingen rader har sluttdato i året før uttrekksdatoen. Da regnes turnover som om ingen har sluttet.")
        )


def _noen_har_sluttet(slutt: np.ndarray, dato: int) -> bool:
    return bool(((slutt <= dato) & (slutt > dato - 366)).any())


def _start_etter(antall: int) -> str:
    return ngettext(
        "%(antall)s rad som telles, starter etter uttrekksdatoen.",
        "%(antall)s rader som telles, starter etter uttrekksdatoen.",
        antall,
    )


def _slutt_foer(antall: int) -> str:
    return ngettext(
        "%(antall)s rad som telles, har sluttdato før uttrekksdatoen.",
        "%(antall)s rader som telles, har sluttdato før uttrekksdatoen.",
        antall,
    )


def _barn(antall: int) -> str:
    return ngettext(
        "%(antall)s rad som telles, gjelder en person under 13 år.",
        "%(antall)s rader som telles, gjelder personer under 13 år.",
        antall,
    )


def _fodselsdatoer(k: "Kontroll") -> Kodet:
    """Birth dates; a year alone counts as 1 July of that year, and the list says so."""
    if not k.har("fodselsdato"):
        return _fodselsaar(k, "fodselsaar")
    tall = [c for c in k.tekster("fodselsdato") if c]
    overskrift = k.overskrift.kolonnenavn("fodselsdato")
    aar = [t for t in tall if t != overskrift and t.isdigit() and 1850 <= int(t) <= 2100]
    if aar and len(aar) >= 0.9 * len([t for t in tall if t != overskrift]):
        return _fodselsaar(k, "fodselsdato")
    return _datokolonne(k, "fodselsdato")


def _fodselsaar(k: "Kontroll", nokkel: str) -> Kodet:
    datoer, feil = [], {}
    for i, tekst in enumerate(k.tekster(nokkel)):
        datoer.append(date(int(tekst), 7, 1) if tekst.isdigit() and 1000 <= int(tekst) <= 9998 else None)
        if tekst and datoer[-1] is None:
            feil[i] = _("er ikke et årstall")
        elif datoer[-1] and datoer[-1].year == k.dato.year:
            datoer[-1] = min(datoer[-1], k.dato)
    k.meld_koder(nokkel, feil)
    k.ut.meldinger.append(_("Filen har bare fødselsår. Alle regnes som født 1. juli det året."))
    return Kodet(datoer, k.koder(nokkel))


def _to_fodselsdatoer(person: np.ndarray, fodt: np.ndarray) -> np.ndarray:
    """Mask of rows whose person has more than one birth date."""
    rekkefolge = np.lexsort((fodt, person))
    p, f = person[rekkefolge], fodt[rekkefolge]
    ulik = (p[1:] == p[:-1]) & (f[1:] != f[:-1]) & (f[:-1] != INGEN)
    return np.isin(person, p[1:][ulik]) if ulik.any() else np.zeros(len(person), dtype=bool)


def les_prosent(k: "Kontroll") -> None:
    """Position size as hundredths of a percent; the scale is one for the whole column."""
    nokkel = "stillingsprosent"
    koder = k.koder(nokkel)
    tolket = [tolk_tall(c) for c in k.raa(nokkel)]
    brukt = np.bincount(koder, minlength=len(tolket))
    k.meld_koder(nokkel, {i: feil for i, (_t, _p, feil) in enumerate(tolket) if feil})
    tall = np.array([t if t is not None else 0.0 for t, _p, _f in tolket])
    tegn = np.array([p for _t, p, _f in tolket])
    vanlige = np.array([t is not None and t >= 0 for t, _p, _f in tolket]) & ~tegn & (brukt > 0)
    skala, sporsmaal = k.profil.prosentskala, ""
    if not skala:
        skala, sporsmaal = finn_skala(tall[vanlige], brukt[vanlige])
    if sporsmaal:
        rader = np.isin(koder, np.flatnonzero(vanlige & (tall > 0)))
        melding = sporsmaal + ". " + _("Oppgi prosentskala i profilen (prosent, andel eller hundredeler)")
        avgjorelse = Avgjorelse("skala", "", int(rader.sum()), k.forste_rad(rader), "", tuple(SKALAFAKTOR))
        k.avgjor(avgjorelse, nokkel, "", melding)
        skala = "prosent"
    hundredeler = np.rint(np.where(tegn, 100.0, SKALAFAKTOR[skala]) * tall)
    grense = {i: _("er negativ") for i in np.flatnonzero(tall < 0)}
    grense |= {i: _("er over 200 %%") % () for i in np.flatnonzero((hundredeler > 20_000) & (not sporsmaal))}
    k.meld_koder(nokkel, {int(i): m for i, m in grense.items()})
    k.meld_rader(nokkel, k.tom(nokkel) & k.ut.telles, _("mangler"), vis=False)
    k.ut.prosent = np.clip(hundredeler, 0, 2**31 - 1).astype(np.int64)[koder]
    if skala != "prosent":
        k.ut.meldinger.append(_("Stillingsprosent er lest som %(skala)s.") % {"skala": _skalanavn(skala)})


def _skalanavn(skala: str) -> str:
    return _("andel (0,8 = 80 %%)") % () if skala == "andel" else _("hundredeler (8000 = 80 %%)") % ()


def les_stillinger(k: "Kontroll") -> None:
    """Position titles, their codes, and which are leaders. Titles that look like a leader stop for a decision."""
    k.ut.stilling = stilling = k.samle("stilling", 150)
    stilling.unike = [k.ref.stillinger.get(t.casefold(), (t,))[0] for t in stilling.unike]
    aktiv = k.ut.telling != Telling.UTENFOR.value
    k.meld_rader("stilling", k.tom("stilling") & aktiv, _("mangler"), vis=False)
    stilling.unike = [t or _("Ikke oppgitt") for t in stilling.unike]
    koder = _vanligste_kode(k) if k.har("stillingskode") else {}
    aktive = np.bincount(stilling.koder[aktiv], minlength=len(stilling.unike))
    for nr, tittel in enumerate(stilling.unike):
        kode = koder.get(nr, "")
        k.ut.stillingskoder[tittel] = kode
        kjent = k.ref.stillinger.get(tittel.casefold())
        fra_profil = k.profil.ledere.get(tittel.casefold(), k.profil.ledere.get(kode.casefold()) if kode else None)
        if fra_profil is not None:
            k.ut.funksjoner[tittel] = fra_profil
            k.ut.vurdert.add(tittel)
        elif kjent and kjent[2]:
            k.ut.funksjoner[tittel] = kjent[1]
        elif aktive[nr] and ligner_leder(tittel):
            rader = (stilling.koder == nr) & aktiv
            melding = _("ser ut som en lederstilling. Avgjør om den er det, under [ledere] i profilen")
            avgjorelse = Avgjorelse("leder", tittel, int(rader.sum()), k.forste_rad(rader), "")
            k.avgjor(avgjorelse, "stilling", tittel, melding)
    _ledernavn(k)


def _vanligste_kode(k: "Kontroll") -> dict[int, str]:
    """Position index → the position code that most of its rows have."""
    tekster = k.tekster("stillingskode")
    par = k.ut.stilling.koder.astype(np.int64) * len(tekster) + k.koder("stillingskode")
    funnet, antall = np.unique(par, return_counts=True)
    ut: dict[int, tuple[int, str]] = {}
    for p, n in zip(funnet.tolist(), antall.tolist(), strict=True):
        nr, kode = divmod(p, len(tekster))
        if tekster[kode]:
            ut[nr] = max(ut.get(nr, (0, "")), (n, tekster[kode][:20]))
    return {nr: kode for nr, (_n, kode) in ut.items()}


def _ledernavn(k: "Kontroll") -> None:
    """Names on rows with a leader function; no other row's name leaves the sheet."""
    leder = k.ut.stilling.ta([bool(k.ut.funksjoner.get(t)) for t in k.ut.stilling.unike]) & k.ut.telles
    kilder = [n for n in ("fornavn", "etternavn") if k.har(n)] or [n for n in ("navn",) if k.har(n)]
    kolonner = [(k.tekster(n), k.koder(n)) for n in kilder]
    for i in np.flatnonzero(leder) if kolonner else ():
        navn = " ".join(t for t in (tekster[koder[i]] for tekster, koder in kolonner) if t)
        if navn:
            k.ut.ledernavn[int(i)] = navn[:150]


def les_valgfrie(k: "Kontroll") -> None:
    """Education and service, where the file has them."""
    if k.har("utdanning"):
        k.ut.utdanning = k.samle("utdanning", 60)
    if k.har("tjeneste"):
        k.ut.tjeneste = k.samle("tjeneste", 150)
