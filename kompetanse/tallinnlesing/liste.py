"""The checked file: counts per unit and competence, and everything found on the way."""

from dataclasses import dataclass, field

from analyse.innlesing.liste import Funnliste

Par = tuple[int, str]


@dataclass
class Talliste(Funnliste):
    """tall: (unit id, folded name of the competence) → count · nye: folded name → name, of those to add to the
    catalogue · talt: rows that count · utelatt: rows left out by what somebody has decided · annen_dato: rows of
    another day · lagt_sammen: pairs that stood more than once, with their counts added · bestemt: (kind, text of the
    file) → what it is with us, of the decisions that were used.
    """

    tall: dict[Par, int] = field(default_factory=dict)
    nye: dict[str, str] = field(default_factory=dict)
    talt: int = 0
    utelatt: int = 0
    annen_dato: int = 0
    lagt_sammen: int = 0
    bestemt: dict[tuple[str, str], str] = field(default_factory=dict)
