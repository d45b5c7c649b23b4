"""One condition held against what a person has documented, on a day, with the reason."""

import calendar
import math
import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from felles.norsk import brett
from kompetanse.regler.betingelser import (
    NIVAANAVN,
    Bekreftet,
    Betingelse,
    Erfaring,
    Fagretning,
    Kurs,
    Lederutdanning,
    Regel,
    Studiepoeng,
    Utdanning,
)
from kompetanse.regler.dokumentasjon import Bevis, Bevisslag, Dokumentasjon
from kompetanse.regler.utfall import Utfall, Vurdering

AAR_I_DAGER = 365.25
KORT = 3
_ENDELSE = re.compile(r"(?<=\w{6})(?:ene|en|et)$")


def proev(regel: Betingelse, dok: Dokumentasjon, dag: date) -> Vurdering:
    """The condition on the day."""
    if not dok.kartlagt:
        return Vurdering(Utfall.IKKE_VURDERT, "Dokumentasjonen er ikke gått gjennom ennå.", regel)
    return PROEVER[type(regel)](regel, dok, dag)


def _utdanning(regel: Utdanning, dok: Dokumentasjon, dag: date) -> Vurdering:
    alle = [b for b in dok.av(Bevisslag.UTDANNING) if b.nivaa]
    tatt = [b for b in alle if _gjelder(b, dag)]
    over = max((b.nivaa for b in tatt), default=None)
    if regel.hoyst and over and over > regel.hoyst:
        return Vurdering(Utfall.IKKE_OPPFYLT, f"Høyeste utdanning er {NIVAANAVN[over]}.", regel)
    passer = [b for b in tatt if _rett_utdanning(regel, b)]
    if passer or (regel.minst is None and regel.hoyst):
        beste = max(passer, key=lambda b: b.nivaa, default=None)
        return Vurdering(Utfall.OPPFYLT, f"Har {_omtal(beste)}." if beste else "Ingen høyere utdanning.", regel)
    if paa_vei := _paa_vei(regel, dok, dag, (Bevisslag.UTDANNING,), regel.fag):
        return paa_vei
    if any(b.nivaa >= (regel.minst or 0) for b in tatt):
        hva = "faget" if regel.fag and not any(_fag(regel.fag, b.tekst) for b in tatt) else "relevansen"
        return Vurdering(Utfall.IKKE_OPPFYLT, f"Nivået er nådd, men {hva} er ikke dokumentert.", regel)
    naa = f"Høyeste dokumenterte utdanning er {NIVAANAVN[over]}." if over else "Ingen utdanning er dokumentert."
    return Vurdering(Utfall.IKKE_OPPFYLT, naa, regel)


def _rett_utdanning(regel: Utdanning, b: Bevis) -> bool:
    return (
        (regel.minst is None or b.nivaa >= regel.minst)
        and (not regel.fag or _fag(regel.fag, b.tekst))
        and (b.relevant or not regel.relevant)
    )


def _fagretning(regel: Fagretning, dok: Dokumentasjon, dag: date) -> Vurdering:
    for b in dok.av(Bevisslag.UTDANNING) + dok.av(Bevisslag.STUDIEPOENG):
        if _gjelder(b, dag) and _fag(regel.fag, b.tekst):
            return Vurdering(Utfall.OPPFYLT, f"Har {_omtal(b)}.", regel)
    paa_vei = _paa_vei(regel, dok, dag, (Bevisslag.UTDANNING, Bevisslag.STUDIEPOENG), regel.fag)
    return paa_vei or Vurdering(Utfall.IKKE_OPPFYLT, "Ingen utdanning i faget er dokumentert.", regel)


def _lederutdanning(regel: Lederutdanning, dok: Dokumentasjon, dag: date) -> Vurdering:
    for b in dok.av(Bevisslag.LEDERUTDANNING):
        if _gjelder(b, dag):
            return Vurdering(Utfall.OPPFYLT, f"Har {b.tekst or 'lederutdanning'}.", regel)
    mangler = Vurdering(Utfall.IKKE_OPPFYLT, "Lederutdanning er ikke dokumentert.", regel)
    avtale = _forpliktelse(dok, dag, "lederutdanning, lederskole, ledelse")
    if avtale is None:
        planlagt = _paa_vei(regel, dok, dag, (Bevisslag.LEDERUTDANNING,), "")
        return planlagt or mangler
    if not regel.forpliktelse:
        return Vurdering(Utfall.IKKE_OPPFYLT, "Avtalen om lederutdanning er ikke nok etter dette kravet.", regel)
    if avtale.til < dag:
        return Vurdering(Utfall.IKKE_OPPFYLT, f"Avtalen om lederutdanning gikk ut {_d(avtale.til)}.", regel)
    if regel.maaneder and avtale.fra and avtale.til > _pluss_maaneder(avtale.fra, regel.maaneder):
        return Vurdering(Utfall.IKKE_OPPFYLT, f"Fristen i avtalen er lengre enn {regel.maaneder} måneder fram.", regel)
    return Vurdering(Utfall.PAA_VEI, f"Har avtale om lederutdanning innen {_d(avtale.til)}.", regel, avtale.til)


def _erfaring(regel: Erfaring, dok: Dokumentasjon, dag: date) -> Vurdering:
    perioder = [
        b for b in dok.av(Bevisslag.ERFARING) if b.fra and _fag(regel.rolle, b.tekst) and (b.relevant or not regel.sted)
    ]
    slutt = min(dag, regel.innen) if regel.innen else dag
    dager = _dager(perioder, slutt)
    har, trengs = dager / AAR_I_DAGER, regel.aar * AAR_I_DAGER
    # A year counted from day to day is 365 or 366 days.
    if dager + 1 >= trengs:
        return Vurdering(Utfall.OPPFYLT, f"Har {_aar(har)}.", regel)
    loeper = any(b.til is None or b.til > dag for b in perioder if b.fra <= dag)
    naadd = _naadd(perioder, trengs, dag) if loeper else None
    if naadd and dag < naadd and (regel.innen is None or naadd <= regel.innen):
        return Vurdering(Utfall.PAA_VEI, f"Har {_aar(har)}, og når kravet {_d(naadd)}.", regel, naadd)
    frist = f" før {_d(regel.innen)}" if regel.innen and regel.innen <= dag else ""
    return Vurdering(Utfall.IKKE_OPPFYLT, f"Har {_aar(har)}{frist}, og trenger {regel.aar} år.", regel)


def _kurs(regel: Kurs, dok: Dokumentasjon, dag: date) -> Vurdering:
    treff = [b for b in dok.av(Bevisslag.KURS) if _fag(regel.navn, b.tekst) and (b.fra is None or b.fra <= dag)]
    gyldige = [b for b in treff if b.til is None or b.til >= dag]
    if gyldige:
        varer = min((b.til for b in gyldige if b.til), default=None)
        hale = f", gyldig til {_d(varer)}" if varer and len(gyldige) == 1 else ""
        return Vurdering(Utfall.OPPFYLT, f"Har {gyldige[0].tekst}{hale}.", regel)
    if paa_vei := _paa_vei(regel, dok, dag, (Bevisslag.KURS,), regel.navn):
        return paa_vei
    if treff:
        siste = max(b.til for b in treff)
        return Vurdering(Utfall.IKKE_OPPFYLT, f"Kurset gikk ut {_d(siste)}.", regel)
    return Vurdering(Utfall.IKKE_OPPFYLT, "Kurset er ikke dokumentert.", regel)


def _studiepoeng(regel: Studiepoeng, dok: Dokumentasjon, dag: date) -> Vurdering:
    slutt = min(dag, regel.innen) if regel.innen else dag
    rette = [
        b
        for b in dok.av(Bevisslag.STUDIEPOENG)
        if (not regel.fag or _fag(regel.fag, b.tekst)) and (b.relevant or not regel.relevant)
    ]
    har = sum(b.poeng for b in rette if _gjelder(b, slutt))
    if har >= regel.minst:
        return Vurdering(Utfall.OPPFYLT, f"Har {har} studiepoeng.", regel)
    if regel.innen is None or regel.innen > dag:
        planlagt = sorted((b for b in rette if b.fra and b.fra > dag), key=lambda b: b.fra)
        sum_ = har
        for b in planlagt:
            sum_ += b.poeng
            if sum_ >= regel.minst and (regel.innen is None or b.fra <= regel.innen):
                return Vurdering(Utfall.PAA_VEI, f"Har {har} studiepoeng, resten er planlagt.", regel, b.fra)
        avtale = _forpliktelse(dok, dag, regel.fag or "videreutdanning, studiepoeng")
        if avtale and avtale.til >= dag and (regel.innen is None or avtale.til <= regel.innen):
            return Vurdering(Utfall.PAA_VEI, f"Har avtale om resten innen {_d(avtale.til)}.", regel, avtale.til)
    return Vurdering(Utfall.IKKE_OPPFYLT, f"Har {har} av {regel.minst} studiepoeng.", regel)


def _bekreftet(regel: Bekreftet, dok: Dokumentasjon, dag: date) -> Vurdering:
    like = [b for b in dok.av(Bevisslag.BEKREFTELSE) if brett(b.tekst) == brett(regel.tekst)]
    like = [b for b in like if _gjelder(b, dag)]
    if not like:
        return Vurdering(Utfall.IKKE_VURDERT, "Arbeidsgiver har ikke vurdert dette ennå.", regel)
    siste = max(like, key=lambda b: b.fra or date.min)
    if siste.relevant:
        return Vurdering(Utfall.OPPFYLT, "Arbeidsgiver har vurdert det som oppfylt.", regel)
    return Vurdering(Utfall.IKKE_OPPFYLT, "Arbeidsgiver har vurdert det som ikke oppfylt.", regel)


# Small things


def _gjelder(b: Bevis, dag: date) -> bool:
    return (b.fra is None or b.fra <= dag) and (b.til is None or b.til >= dag)


def _paa_vei(regel: Regel, dok: Dokumentasjon, dag: date, slag: tuple[Bevisslag, ...], ord_: str) -> Vurdering | None:
    """Something of the kind that is documented with a day to come, or a commitment that has not run out."""
    kommende = [
        b
        for s in slag
        for b in dok.av(s)
        if b.fra and b.fra > dag and (not ord_ or _fag(ord_, b.tekst)) and _god_nok(regel, b)
    ]
    if kommende:
        foerst = min(kommende, key=lambda b: b.fra)
        return Vurdering(Utfall.PAA_VEI, f"Skal være ferdig {_d(foerst.fra)}.", regel, foerst.fra)
    avtale = _forpliktelse(dok, dag, ord_) if ord_ else None
    if avtale and avtale.til >= dag:
        return Vurdering(Utfall.PAA_VEI, f"Har avtale om {avtale.tekst} innen {_d(avtale.til)}.", regel, avtale.til)
    return None


def _god_nok(regel: Regel, b: Bevis) -> bool:
    return not isinstance(regel, Utdanning) or (b.nivaa is not None and _rett_utdanning(regel, b))


def _forpliktelse(dok: Dokumentasjon, dag: date, ord_: str) -> Bevis | None:
    """The commitment about any of the words, made by the day, that lasts longest."""
    like = [
        b for b in dok.av(Bevisslag.FORPLIKTELSE) if b.til and (b.fra is None or b.fra <= dag) and _fag(ord_, b.tekst)
    ]
    return max(like, key=lambda b: b.til, default=None)


@lru_cache(maxsize=2_000)
def _moenster(ord_: str) -> re.Pattern[str]:
    """Any of the words (a comma between). A long word is found inside compounds and without its ending: «barnevernet»
    in «barnevernstjenesten», «lærer» in «grunnskolelærer»; a short one only as a whole word.
    """
    alle = [brett(o) for o in ord_.split(",") if o.strip()]
    deler = [re.escape(_ENDELSE.sub("", o)) if len(o) > KORT else rf"(?<!\w){re.escape(o)}(?!\w)" for o in alle]
    return re.compile("|".join(deler) or "$^")


@lru_cache(maxsize=20_000)
def _fag(ord_: str, tekst: str) -> bool:
    return bool(_moenster(ord_).search(brett(tekst)))


def _dager(perioder: list[Bevis], slutt: date) -> int:
    """Days covered up to and without the end, overlapping periods once."""
    sum_, kommet = 0, date.min
    for fra, til in sorted((b.fra, min(b.til + timedelta(days=1) if b.til else slutt, slutt)) for b in perioder):
        fra = max(fra, kommet)
        if til > fra:
            sum_ += (til - fra).days
            kommet = til
    return sum_


def _naadd(perioder: list[Bevis], trengs: float, dag: date) -> date | None:
    """The day that the experience is enough if what is going on goes on."""
    rest = trengs - _dager(perioder, dag) - 1
    naadd = dag + timedelta(days=max(math.ceil(rest), 1))
    return naadd if _dager(perioder, naadd) + 1 >= trengs else None


def _pluss_maaneder(dag: date, antall: int) -> date:
    aar, maaned = divmod(dag.year * 12 + dag.month - 1 + antall, 12)
    return date(aar, maaned + 1, min(dag.day, calendar.monthrange(aar, maaned + 1)[1]))


def _omtal(b: Bevis) -> str:
    nivaa = NIVAANAVN[b.nivaa] if b.nivaa else "utdanning"
    return f"{nivaa} i {b.tekst}" if b.tekst else nivaa


def _aar(antall: float) -> str:
    return f"{antall:.1f} år".replace(".", ",").replace(",0 år", " år")


def _d(dag: date) -> str:
    return f"{dag.day}.{dag.month}.{dag.year}"


PROEVER: dict[type, Callable[..., Vurdering]] = {
    Utdanning: _utdanning,
    Fagretning: _fagretning,
    Lederutdanning: _lederutdanning,
    Erfaring: _erfaring,
    Kurs: _kurs,
    Studiepoeng: _studiepoeng,
    Bekreftet: _bekreftet,
}
