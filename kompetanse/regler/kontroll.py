"""Well written rules that are still wrong: deadlines before the start, the same thing twice, what can never hold."""

import itertools
from collections.abc import Iterator
from datetime import date

from kompetanse.regler.betingelser import NIVAANAVN, Erfaring, Gruppe, Regel, Sti, Studiepoeng, Utdanning
from kompetanse.regler.feil import Feil

# A rule of more combinations than this is not searched to the end; what was looked at counts.
MAKS_VEIER = 2_000
ALDRI_UTDANNING = "Kan aldri oppfylles: utdanningen kan ikke være både minst {minst} og høyst {hoyst}."
ALDRI = "Denne gruppen kan aldri oppfylles: delene i den utelukker hverandre."


def kontroller(regel: Regel, gyldig_fra: date | None = None, gyldig_til: date | None = None) -> list[Feil]:
    """What is wrong with the rule, given when the requirement holds. Empty when nothing is."""
    feil = list(_frister(regel, (), gyldig_fra)) + list(_dobbelt(regel, ()))
    if gyldig_fra and gyldig_til and gyldig_til < gyldig_fra:
        feil.append(Feil((), "Kravet kan ikke slutte å gjelde før det begynner."))
    aldri = _aldri(regel, ())
    return feil + ([aldri] if aldri else [])


def motsier(en: Regel, annen: Regel) -> bool:
    """Can nobody meet both, though each can be met alone?"""
    veier = itertools.islice(_veier(Gruppe("og", (en, annen))), MAKS_VEIER)
    return all(_motsigelse(vei) for vei in veier)


def _frister(regel: Regel, sti: Sti, fra: date | None) -> Iterator[Feil]:
    for del_, hvor in _betingelser(regel, sti):
        if isinstance(del_, Erfaring | Studiepoeng) and del_.innen and fra and del_.innen < fra:
            yield Feil(hvor, f"Fristen kan ikke være før kravet begynner å gjelde {fra:%d.%m.%Y}.", "innen")


def _dobbelt(regel: Regel, sti: Sti) -> Iterator[Feil]:
    if not isinstance(regel, Gruppe):
        return
    for nr, del_ in enumerate(regel.deler):
        if del_ in regel.deler[:nr]:
            yield Feil((*sti, nr), "Dette står to ganger i samme gruppe. Ta bort det ene.")
        yield from _dobbelt(del_, (*sti, nr))


def _betingelser(regel: Regel, sti: Sti) -> Iterator[tuple[Regel, Sti]]:
    if isinstance(regel, Gruppe):
        for nr, del_ in enumerate(regel.deler):
            yield from _betingelser(del_, (*sti, nr))
    else:
        yield regel, sti


def _aldri(regel: Regel, sti: Sti) -> Feil | None:
    """The innermost part that can never hold, also when something beside it can: such a part is a mistake."""
    if isinstance(regel, Gruppe):
        for nr, del_ in enumerate(regel.deler):
            if feil := _aldri(del_, (*sti, nr)):
                return feil
    veier = list(itertools.islice(_veier(regel), MAKS_VEIER))
    motsigelser = [_motsigelse(vei) for vei in veier]
    if all(motsigelser):
        melding = motsigelser[0] if not isinstance(regel, Gruppe) or len(veier) == 1 else ALDRI
        return Feil(sti, melding, "hoyst" if not isinstance(regel, Gruppe) else "")
    return None


def _veier(regel: Regel) -> Iterator[tuple[Regel, ...]]:
    """Every way to meet the rule: the conditions that must hold together."""
    if not isinstance(regel, Gruppe):
        yield (regel,)
    elif regel.ord == "eller":
        for del_ in regel.deler:
            yield from _veier(del_)
    else:
        yield from _kryss(regel.deler)


def _kryss(deler: tuple[Regel, ...]) -> Iterator[tuple[Regel, ...]]:
    """One way through each part, in all combinations, made as they are asked for."""
    if not deler:
        yield ()
        return
    for vei in _veier(deler[0]):
        for rest in _kryss(deler[1:]):
            yield vei + rest


def _motsigelse(vei: tuple[Regel, ...]) -> str:
    """Why the conditions cannot hold together, or ''."""
    krav = [b for b in vei if isinstance(b, Utdanning)]
    minst = max((b.minst for b in krav if b.minst), default=None)
    hoyst = min((b.hoyst for b in krav if b.hoyst), default=None)
    if minst and hoyst and minst > hoyst:
        return ALDRI_UTDANNING.format(minst=NIVAANAVN[minst], hoyst=NIVAANAVN[hoyst])
    return ""
