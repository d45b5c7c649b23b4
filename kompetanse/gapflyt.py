"""From which state a gap analysis may be moved to which, by whom, and what must be in place. One table, no database.

The page shows it before the click, the services enforce it, and the tests read it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from kompetanse.enums import Gapstatus
from organisasjon.enums import Handling, Rolle
from organisasjon.rules import TOPPLEDELSE, Tilgang


class Part(StrEnum):
    """Somebody who may move a gap analysis."""

    LEDER = "leder"
    KOMMUNALSJEF = "kommunalsjef"
    TOPPEN = "toppen"
    HR = "hr"


PARTSNAVN = {
    Part.LEDER: _("lederen som svarer"),
    Part.KOMMUNALSJEF: _("kommunalsjefen over enheten"),
    Part.TOPPEN: _("kommunedirektøren eller assisterende"),
    Part.HR: _("HR"),
}


class Krav(StrEnum):
    """What must be in place before a move. How it is checked: `services.gaprunde_godkjenning`."""

    RUNDEN_AAPEN = "runden_aapen"
    IKKE_EGET = "ikke_eget"
    ALT_BESVART = "alt_besvart"


# Reminders are shown like the others, but do not stop the move.
PAAMINNELSER = frozenset({Krav.ALT_BESVART})


@dataclass(frozen=True)
class Overgang:
    """A move. `skjer` says what will happen; `kommentar` is the label of the comment, which `maa_begrunnes` demands."""

    fra: Gapstatus
    til: Gapstatus
    parter: frozenset[Part]
    navn: str
    skjer: tuple[str, ...]
    krav: tuple[Krav, ...] = ()
    kommentar: str = ""
    maa_begrunnes: bool = False
    # Done in the steps where the leader answers, not on the page of approval.
    i_stegene: bool = False


_GODKJENNER = frozenset({Part.KOMMUNALSJEF, Part.TOPPEN})
_LEDER = frozenset({Part.LEDER})
_BEGYNN, _ARBEID, _LEVERT, _RETUR, _GODKJENT = (
    Gapstatus.IKKE_BEGYNT,
    Gapstatus.I_ARBEID,
    Gapstatus.LEVERT,
    Gapstatus.RETURNERT,
    Gapstatus.GODKJENT,
)


def _leverer(fra: Gapstatus) -> Overgang:
    skjer = (_("Svarene låses, og den som godkjenner, kan lese dem."),)
    return Overgang(fra, _LEVERT, _LEDER, _("Send til godkjenning"), skjer, (Krav.RUNDEN_AAPEN,), i_stegene=True)


OVERGANGER: tuple[Overgang, ...] = (
    Overgang(
        _BEGYNN, _ARBEID, _LEDER, _("Begynn å svare"), (_("Vi fyller inn det uttrekket sier."),),
        (Krav.RUNDEN_AAPEN,), i_stegene=True,
    ),
    _leverer(_ARBEID),
    _leverer(_RETUR),
    Overgang(
        _LEVERT, _GODKJENT, _GODKJENNER, _("Godkjenn"),
        (
            _("Tallene blir med i resultatet av runden, for enheten, sektoren og kommunen."),
            _("Lederen får e-post om at analysen er godkjent."),
            _("Svarene kan ikke endres mer, om ikke HR åpner analysen igjen."),
        ),
        (Krav.IKKE_EGET, Krav.ALT_BESVART), _("Melding til lederen"),
    ),
    Overgang(
        _LEVERT, _RETUR, _GODKJENNER, _("Send tilbake"),
        (
            _("Lederen kan endre svarene og sende analysen på nytt."),
            _("Lederen får e-post, og ser kommentaren din i analysen."),
        ),
        (Krav.IKKE_EGET, Krav.RUNDEN_AAPEN), _("Hva må lederen se på?"), maa_begrunnes=True,
    ),
    Overgang(
        _GODKJENT, _RETUR, frozenset({Part.HR}), _("Åpne igjen"),
        (
            _("Tallene går ut av resultatet til analysen er godkjent på nytt."),
            _("Lederen kan endre svarene og må sende analysen på nytt."),
            _("Lederen får e-post, og ser grunnen i analysen."),
        ),
        (Krav.RUNDEN_AAPEN,), _("Hvorfor åpnes analysen igjen?"), maa_begrunnes=True,
    ),
)  # fmt: skip
# The stations on the way, in order; a returned one stands where it is worked on.
STASJONER = (_BEGYNN, _ARBEID, _LEVERT, _GODKJENT)


def overganger_fra(status: str) -> tuple[Overgang, ...]:
    """The moves from this state, in the order of the table."""
    return tuple(o for o in OVERGANGER if o.fra == status)


def overgang(fra: str, til: str) -> Overgang | None:
    """The move between two states on the page of approval, or None when there is none."""
    return next((o for o in OVERGANGER if (o.fra, o.til) == (fra, til) and not o.i_stegene), None)


def parter_i(enheter: Collection[int], tilgang: Tilgang) -> frozenset[Part]:
    """The person's parts in an analysis of these units. A head of sector or staff has the part of the one who approves
    only for what lies beneath the own unit, so nobody is asked to approve the own answer.
    """
    enheter = set(enheter)
    if not enheter:
        return frozenset()
    over = any(rolle == Rolle.KOMMUNALSJEF and enheter <= omfang - {rot} for rolle, rot, omfang in tilgang.roller)
    topp = any(rolle in TOPPLEDELSE and enheter <= omfang for rolle, _rot, omfang in tilgang.roller)
    har = {
        Part.LEDER: enheter <= tilgang.omfang(Handling.SVARE_GAP),
        Part.KOMMUNALSJEF: over,
        Part.TOPPEN: topp,
        Part.HR: enheter <= tilgang.omfang(Handling.FORVALTE_GAP),
    }
    return frozenset(part for part, ja in har.items() if ja)


def partsnavn(parter: Collection[Part]) -> str:
    """«kommunalsjefen over enheten, kommunedirektøren eller assisterende», in the order of the enum."""
    return ", ".join(str(PARTSNAVN[part]) for part in Part if part in parter)
