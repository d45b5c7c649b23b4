"""Which rows of the sheet are the list: blank lines, repeated headers, sum lines, formulas."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analyse.innlesing.problem import Problem
from analyse.innlesing.verdier import rens

if TYPE_CHECKING:
    from analyse.innlesing.radkontroll import Radkontroll

_SUMLINJE = re.compile(r"(sum|totalt?|antall|i alt|side \d|utskrift|slutt på|rapport|\*)", re.IGNORECASE)
_ANTALL = re.compile(r"antall (?:rader|ansatte|ansettelser)\D{0,3}(\d[\d ]{0,14})", re.IGNORECASE)


def velg_rader(k: "Radkontroll", kan_vaere_sum: Callable[["Radkontroll", np.ndarray], np.ndarray]) -> None:
    """Narrow to the rows of the list, and say what was left out. `kan_vaere_sum`: a mask of the rows that may be sum or
    foot lines, given how many of the fields each row has; their first word decides.
    """
    felt = list(k.overskrift.kart)
    fylt = sum((~k.tom(f)).astype(np.int16) for f in felt)
    k.velg(fylt > 0)
    fylt = fylt[fylt > 0]
    k.velg(~_gjentatt_overskrift(k, fylt))
    fylt = sum((~k.tom(f)).astype(np.int16) for f in felt) if len(k.rader) else fylt[:0]
    k.velg(~_sumlinjer(k, kan_vaere_sum(k, fylt)))
    _formler(k)
    _lange_rader(k)
    if k.tabell.type == "csv" and not k.tabell.linjeslutt and k.tabell.lengder is not None and len(k.rader):
        _avbrutt(k, int(k.rader[-1]))


def _avbrutt(k: "Radkontroll", siste: int) -> None:
    """A last line without an end and with too few fields tells of a transfer that was cut."""
    lengder = k.tabell.lengder
    if siste == k.tabell.rader - 1 and lengder[siste] < lengder[k.overskrift.rad]:
        k.ut.meld(
            Problem(
                int(k.tabell.radnr[siste]),
                "",
                "",
                _("Filen slutter midt i en rad. Overføringen kan være avbrutt; last den opp på nytt."),
            )
        )


def _gjentatt_overskrift(k: "Radkontroll", fylt: np.ndarray) -> np.ndarray:
    lik = np.zeros(len(k.rader), dtype=np.int16)
    for nokkel, kolonne in k.overskrift.kart.items():
        navn = k.overskrift.navn[kolonne]
        lik += np.array([t == navn for t in k.tekster(nokkel)])[k.koder(nokkel)]
    maske = (lik >= min(4, len(k.overskrift.kart))) & (lik >= 0.8 * fylt)
    if antall := int(maske.sum()):
        k.ut.meldinger.append(
            ngettext(
                "%(antall)s gjentatt overskriftsrad er hoppet over.",
                "%(antall)s gjentatte overskriftsrader er hoppet over.",
                antall,
            )
            % {"antall": antall}
        )
    return maske


def uten_ansattnr(k: "Radkontroll", fylt: np.ndarray) -> np.ndarray:
    """In a staffing list: no employee number, and few cells."""
    if not k.har("ansattnr"):
        return np.zeros(len(k.rader), dtype=bool)
    uten_tall = np.array([not any(t.isdigit() for t in tekst) for tekst in k.tekster("ansattnr")])[k.koder("ansattnr")]
    return uten_tall & (fylt <= 4)


def _sumlinjer(k: "Radkontroll", kan_vaere: np.ndarray) -> np.ndarray:
    """Mask of sum and foot lines: those of the possible ones whose first word says so."""
    maske = np.zeros(len(k.rader), dtype=bool)
    for i in np.flatnonzero(kan_vaere)[:500]:
        rad = int(k.rader[i])
        celler = [t for t in (rens(c) for c in k.tabell.radverdier(rad)) if t]
        if celler and _SUMLINJE.match(celler[0]):
            maske[i] = True
            k.ut.meldinger.append(_("Rad %(rad)s er en sumlinje og er ikke lest.") % {"rad": int(k.tabell.radnr[rad])})
            _sammenlign_antall(k, " ".join(celler), len(k.rader) - 1)
    return maske


def _sammenlign_antall(k: "Radkontroll", tekst: str, lest: int) -> None:
    oppgitt = _ANTALL.search(tekst)
    if oppgitt and int(oppgitt[1].replace(" ", "")) != lest:
        k.ut.meldinger.append(
            _("Sumlinjen oppgir %(oppgitt)s rader, men %(lest)s er lest. Kontroller at filen er hel.")
            % {"oppgitt": oppgitt[1].strip(), "lest": lest}
        )


def _formler(k: "Radkontroll") -> None:
    """A formula with a kept value is read as that value; one without, or one pasted as text, is a problem."""
    kolonner = {v: n for n, v in k.overskrift.kart.items()}
    rader = set(k.ut.radnr.tolist()) if k.tabell.formler else set()
    med_verdi = 0
    for rad, kolonne, har_verdi in k.tabell.formler:
        if rad in rader and kolonne in kolonner:
            med_verdi += har_verdi
            if not har_verdi:
                k.ut.meld(
                    Problem(
                        rad,
                        k.overskrift.navn[kolonne],
                        "",
                        _("cellen har en formel uten lagret verdi. Lim inn verdien i stedet"),
                    )
                )
    if med_verdi:
        k.ut.meldinger.append(
            _("%(antall)s celler har formler. Verdien som er lagret i filen, er brukt.") % {"antall": med_verdi}
        )
    for nokkel in k.overskrift.kart:
        feil = {
            i: _("ser ut som en formel. Lim inn verdien i stedet")
            for i, t in enumerate(k.tekster(nokkel))
            if _formeltekst(t)
        }
        k.meld_koder(nokkel, feil)


def _formeltekst(tekst: str) -> bool:
    return len(tekst) > 1 and (tekst[0] in "=@" or (tekst[0] in "+-" and tekst[1].isalpha()))


def _lange_rader(k: "Radkontroll") -> None:
    """CSV rows with filled fields beyond the header: a delimiter inside a text has moved the columns."""
    if k.tabell.lengder is None:
        return
    bredde = int(k.tabell.lengder[k.overskrift.rad])
    for i in np.flatnonzero(k.tabell.lengder[k.rader] > bredde)[:200]:
        rad = int(k.rader[i])
        if any(rens(c) for c in k.tabell.radverdier(rad)[bredde:]):
            k.ut.meld(
                Problem(
                    int(k.tabell.radnr[rad]),
                    "",
                    "",
                    _("raden har flere felt enn overskriften. Se etter skilletegn inne i en tekst"),
                )
            )
