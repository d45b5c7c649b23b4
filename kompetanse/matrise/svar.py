"""«Hvem avgjør?»: the answer for a row, as steps of a chain and as a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from felles.norsk import brett
from felles.tall import tallord
from kompetanse.matrise.enums import Kode, Matriserolle
from kompetanse.matrise.koder import Ansvar
from kompetanse.matrise.regler import Rad, ramse

FLEST_I_EN_LINJE = 2


@dataclass(frozen=True)
class Ledd:
    """A role in a step of the chain, with what its part is limited to."""

    rolle: Matriserolle
    forklart: str = ""

    @property
    def navn(self) -> str:
        return str(self.rolle.label)


@dataclass(frozen=True)
class Svar:
    """Who is overall responsible, who acts, who must be involved before, who carries out.

    `andre` have the main responsibility for other areas of the same task. `delt`: several act, and the matrix does
    not say for what.
    """

    overordnet: list[Ledd]
    handler: list[Ledd]
    foer: list[Ledd]
    utforer: list[Ledd]
    andre: list[Ledd]
    delt: bool

    @property
    def setninger(self) -> list[str]:
        """The answer in words, one sentence for each step that has anybody."""
        ut = [
            self._si(self.overordnet, _("%(hvem)s har det overordnede ansvaret.")),
            self._handler(),
            self._si(self.andre, _("%(hvem)s har hovedansvaret for sine områder, og skal med når saken berører dem.")),
            self._si(self.foer, _("%(hvem)s skal tas med før det blir avgjort.")),
            self._si(self.utforer, _("%(hvem)s utfører.")),
        ]
        return [s for s in ut if s]

    @property
    def kort(self) -> str:
        """Who decides, in one line: the roles, or how many they are when there is no room for them."""
        antall = len(self.handler)
        if not antall:
            return _("Ingen har hovedansvaret")
        setning = _("%(hvem)s avgjør")
        if antall > 1:
            setning = _("%(hvem)s avgjør sammen") if self.delt else _("%(hvem)s avgjør hver sin del")
        if antall > FLEST_I_EN_LINJE:
            return setning % {"hvem": _("%(n)s roller") % {"n": tallord(antall).capitalize()}}
        return self._si(self.handler, setning)

    def _handler(self) -> str:
        if self.delt:
            return self._si(self.handler, _("%(hvem)s har hovedansvaret, hver på sitt område, og avgjør sammen."))
        if len(self.handler) > 1:
            return self._si(self.handler, _("%(hvem)s har hovedansvaret for hver sin del."))
        return self._si(self.handler, _("%(hvem)s har hovedansvaret og avgjør."))

    @staticmethod
    def _si(ledd: Sequence[Ledd], setning: str) -> str:
        hvem = ramse([le.rolle for le in ledd])
        return setning % {"hvem": hvem[:1].upper() + hvem[1:]} if ledd else ""


def omraader(rad: Rad) -> list[str]:
    """The areas that decide who acts, as they are written, in column order. Empty when it does not matter."""
    alle = {brett(o): o for ansvar in rad.values() for a in ansvar if a.kode == Kode.HA for o in a.omraader}
    return list(alle.values())


def svar(rad: Rad, omraade: str = "") -> Svar:
    """The answer for a row; in one area of it when given."""
    har = [(rolle, a) for rolle, ansvar in rad.items() for a in ansvar]
    passer = [(rolle, a) for rolle, a in har if not omraade or a.gjelder(omraade)]
    handler = _ledd(passer, Kode.HA)
    alle = {le.rolle for le in handler}
    return Svar(
        overordnet=_ledd(har, Kode.OA),
        handler=handler,
        foer=_ledd(passer, Kode.BS),
        utforer=_ledd(passer, Kode.U),
        andre=[le for le in _ledd(har, Kode.HA) if le.rolle not in alle],
        delt=len(handler) > 1 and any(a.kode == Kode.HA and not a.omraader for _rolle, a in passer),
    )


def _ledd(har: Sequence[tuple[Matriserolle, Ansvar]], kode: Kode) -> list[Ledd]:
    """The roles with the code, each once, with all it is limited to."""
    ut: dict[Matriserolle, list[str]] = {}
    for rolle, a in har:
        if a.kode == kode:
            ut.setdefault(rolle, []).append(a.forklart)
    return [Ledd(rolle, ", ".join(filter(None, tekster))) for rolle, tekster in ut.items()]
