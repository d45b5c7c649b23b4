"""Rules held against what a person has documented, on a day: how it goes, and when asked the reason for every part."""

from collections.abc import Sequence
from datetime import date

from kompetanse.regler.betingelser import Gruppe, Regel
from kompetanse.regler.dokumentasjon import Dokumentasjon
from kompetanse.regler.proever import proev
from kompetanse.regler.utfall import Utfall, Vurdering

Svar = tuple[Utfall, date | None]
# The outcome that decides a group is the first of these that some part has.
AVGJOER = {
    "og": (Utfall.IKKE_OPPFYLT, Utfall.IKKE_VURDERT, Utfall.PAA_VEI, Utfall.OPPFYLT),
    "eller": (Utfall.OPPFYLT, Utfall.PAA_VEI, Utfall.IKKE_VURDERT, Utfall.IKKE_OPPFYLT),
}
UTEN_FRIST: dict[Utfall, Svar] = {utfall: (utfall, None) for utfall in Utfall}
ELLER_TEKST = {
    Utfall.OPPFYLT: "Ett er nok, og det er på plass.",
    Utfall.PAA_VEI: "Ett er nok, og det er på vei.",
    Utfall.IKKE_VURDERT: "Ett er nok. Ingen er på plass, og ikke alle er vurdert.",
    Utfall.IKKE_OPPFYLT: "Ett er nok, men ingen er på plass.",
}


def vurder(regel: Regel, dok: Dokumentasjon, dag: date) -> Vurdering:
    """The rule on the day, with the reason for every part. Nothing is read but the arguments."""
    if not isinstance(regel, Gruppe):
        return proev(regel, dok, dag)
    deler = tuple(vurder(del_, dok, dag) for del_ in regel.deler)
    utfall, frist = _samle(regel.ord, [(d.utfall, d.frist) for d in deler])
    return Vurdering(utfall, _forklar(regel.ord, utfall, deler), regel, frist, deler)


class Proeving:
    """One person on one day, held against many rules that share parts: each part is judged once, and without words.

    A part is known by its identity, so the rules must have been through `felles_deler` and outlive this.
    """

    def __init__(self, dok: Dokumentasjon, dag: date) -> None:
        self.dok, self.dag = dok, dag
        self._kjente: dict[int, Svar] = {}

    def svar(self, regel: Regel) -> Svar:
        """How the rule goes, and by when for what is on its way; the same as `vurdering` says."""
        kjente = self._kjente
        svar = kjente.get(id(regel))
        if svar is None:
            if isinstance(regel, Gruppe):
                # Most parts are known: asking here saves a call for each of them.
                svar = _samle(regel.ord, [kjente.get(id(del_)) or self.svar(del_) for del_ in regel.deler])
            else:
                ett = proev(regel, self.dok, self.dag)
                svar = (ett.utfall, ett.frist)
            kjente[id(regel)] = svar
        return svar

    def vurdering(self, regel: Regel) -> Vurdering:
        """The rule with its reasons, for what is to be shown."""
        return vurder(regel, self.dok, self.dag)


def felles_deler(regel: Regel, kjente: dict[Regel, Regel]) -> Regel:
    """The same rule, with every part that equals one in `kjente` exchanged for that very one."""
    if isinstance(regel, Gruppe):
        regel = Gruppe(regel.ord, tuple(felles_deler(del_, kjente) for del_ in regel.deler))
    return kjente.setdefault(regel, regel)


def _samle(ord_: str, deler: Sequence[Svar]) -> Svar:
    """The outcome of a group. What is on its way is in place with the last of its parts, or with the first of
    alternatives.
    """
    funnet = [utfall for utfall, _frist in deler]
    utfall = next(u for u in AVGJOER[ord_] if u in funnet)
    if utfall != Utfall.PAA_VEI:
        return UTEN_FRIST[utfall]
    frister = [frist for del_, frist in deler if del_ == utfall and frist]
    return utfall, (max if ord_ == "og" else min)(frister, default=None)


def _forklar(ord_: str, utfall: Utfall, deler: Sequence[Vurdering]) -> str:
    if ord_ == "eller":
        return ELLER_TEKST[utfall]
    if utfall == Utfall.OPPFYLT:
        return "Alt er på plass."
    return f"{sum(d.utfall == utfall for d in deler)} av {len(deler)} må på plass."
