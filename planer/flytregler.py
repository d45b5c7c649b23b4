"""From which state a plan may be moved to which, by whom, and what must be in place. One table, no database.

The page shows it before the click, the services enforce it, and the tests read it.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from planer.enums import Planslag, Planstatus


class Part(StrEnum):
    """Somebody who may move a plan. Who that is in one plan: `planer.flytparter`."""

    HR = "hr"
    KOMMUNALSJEF = "kommunalsjef"
    ANSVARLIG = "ansvarlig"
    KOMMUNEDIREKTOR = "kommunedirektor"


PARTSNAVN = {
    Part.HR: (_("HR"), _("assisterende kommunedirektør")),
    Part.KOMMUNALSJEF: (_("kommunalsjefen"),),
    Part.ANSVARLIG: (_("ansvarlig enhetsleder"),),
    Part.KOMMUNEDIREKTOR: (_("kommunedirektøren"),),
}


class Krav(StrEnum):
    """What must be in place before a move. How it is checked: `planer.flytkrav`."""

    INNHOLD = "innhold"
    REPRESENTANTER = "representanter"
    DROFTET = "droftet"
    HORINGSFRIST = "horingsfrist"
    HORING_OVER = "horing_over"
    SVAR_VURDERT = "svar_vurdert"
    TEMAPLAN_VEDTATT = "temaplan_vedtatt"


# Reminders are shown like the others, but do not stop the move.
PAAMINNELSER = frozenset({Krav.REPRESENTANTER, Krav.SVAR_VURDERT, Krav.TEMAPLAN_VEDTATT})


@dataclass(frozen=True)
class Overgang:
    """A move. `skjer` says what will happen; `grunn` asks for a written reason, with these words."""

    fra: Planstatus
    til: Planstatus
    parter: frozenset[Part]
    navn: str
    skjer: tuple[str, ...]
    krav: tuple[Krav, ...] = ()
    grunn: str = ""
    tilbake: bool = False


U, D, H, B, V = (
    Planstatus.UTKAST,
    Planstatus.DROFTING,
    Planstatus.HORING,
    Planstatus.BESLUTNING,
    Planstatus.VEDTATT,
)
_SAMMEN = frozenset({Part.HR, Part.KOMMUNALSJEF, Part.ANSVARLIG})
_SEKTOR = frozenset({Part.HR, Part.KOMMUNALSJEF})
_HR = frozenset({Part.HR})
_TOPP = frozenset({Part.KOMMUNEDIREKTOR})
_HVORFOR = _("Hvorfor sendes planen tilbake?")
_KAN_SKRIVES = _("Teksten kan fortsatt skrives i.")


def _overganger(drofte: frozenset[Part], hore: frozenset[Part]) -> tuple[Overgang, ...]:
    """The moves all plans share: `drofte` may send to drøfting, `hore` on from there."""
    return (
        Overgang(
            U, D, drofte, _("Send til drøfting"),
            (_("Tillitsvalgte og verneombud i planen får varsel."), _KAN_SKRIVES),
            (Krav.REPRESENTANTER,),
        ),
        Overgang(
            D, H, hore, _("Send på høring"),
            (_("Ledere, tillitsvalgte og verneombud i området får varsel og kan svare til fristen."), _KAN_SKRIVES),
            (Krav.HORINGSFRIST,),
        ),
        Overgang(
            H, B, hore, _("Send til beslutning"),
            (_("Kommunedirektøren får varsel og kan vedta planen eller sende den tilbake."), _KAN_SKRIVES),
            (Krav.INNHOLD, Krav.DROFTET, Krav.HORING_OVER, Krav.SVAR_VURDERT),
        ),
        Overgang(
            B, V, _TOPP, _("Vedta planen"),
            (
                _("Tekst, tall og tiltak fryses slik de er nå, og planen får et digitalt avtrykk."),
                _("PDF-en lages av den frosne teksten."),
                _("Er dette en revisjon, blir den forrige versjonen erstattet."),
                _("Alle som er med i planen, får varsel."),
                _("Tiltakene følges opp videre. Andre endringer gjøres i en revisjon."),
            ),
            (Krav.INNHOLD, Krav.DROFTET, Krav.HORING_OVER, Krav.TEMAPLAN_VEDTATT),
        ),
        Overgang(
            D, U, drofte, _("Ta tilbake til utkast"), (_("De som skriver planen, får varsel."),),
            grunn=_("Hvorfor tas planen tilbake?"), tilbake=True,
        ),
        Overgang(
            H, D, hore, _("Ta tilbake til drøfting"),
            (_("Svarene som er kommet inn, blir stående."), _("De som er med i planen, får varsel.")),
            grunn=_("Hvorfor tas planen tilbake?"), tilbake=True,
        ),
        Overgang(
            B, U, hore | _TOPP, _("Send tilbake til utkast"), (_("De som skriver planen, får varsel med grunnen."),),
            grunn=_HVORFOR, tilbake=True,
        ),
    )  # fmt: skip


_UTEN_HORING = Overgang(
    D,
    B,
    _SEKTOR,
    _("Send til beslutning uten høring"),
    (_("Kommunedirektøren får varsel, og ser hvorfor planen ikke har vært på høring."),),
    (Krav.INNHOLD, Krav.DROFTET),
    _("Hvorfor trenger ikke planen høring?"),
)
OVERGANGER: dict[str, tuple[Overgang, ...]] = {
    Planslag.TEMAPLAN: _overganger(_HR, _HR),
    Planslag.DELPLAN: (*_overganger(_SAMMEN, _SEKTOR), _UTEN_HORING),
    Planslag.MAL: (),
}
# Who may begin a revision of an adopted plan, drop it again, or call a drøfting.
REVISJON: dict[str, frozenset[Part]] = {Planslag.TEMAPLAN: _HR, Planslag.DELPLAN: _SEKTOR, Planslag.MAL: frozenset()}
DROFTING: dict[str, frozenset[Part]] = {Planslag.TEMAPLAN: _HR, Planslag.DELPLAN: _SAMMEN, Planslag.MAL: frozenset()}
# The stations on the way, in order; a hearing can be skipped.
STASJONER = (U, D, H, B, V)


def overganger_fra(slag: str, status: str) -> tuple[Overgang, ...]:
    """The moves from this state, forward ones first."""
    return tuple(sorted((o for o in OVERGANGER[slag] if o.fra == status), key=lambda o: o.tilbake))


def overgang(slag: str, fra: str, til: str) -> Overgang | None:
    """The move between two states, or None when there is none."""
    return next((o for o in OVERGANGER[slag] if (o.fra, o.til) == (fra, til)), None)
