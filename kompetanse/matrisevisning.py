"""The picture of how much each role carries."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from felles.diagram import Serie, stablede_soyler
from felles.norsk import ramse_opp
from kompetanse.matrise.belastning import Last
from kompetanse.matrise.enums import BESTEMT, Kode
from kompetanse.queries.matrise import Matrisebilde


@dataclass(frozen=True)
class Belastningsbilde:
    """The finding, the chart in both widths, and the same numbers for a table."""

    funn: str
    svg: str
    svg_smal: str
    rader: list[Last]


def belastningsbilde(bilde: Matrisebilde) -> Belastningsbilde | None:
    """The load of each role, or None when the matrix is empty."""
    rader = bilde.belastning
    if not bilde.linjer or not rader:
        return None
    funn = _funn(rader, len(bilde.linjer))
    felles = {
        "tittel": funn,
        "beskrivelse": _("Antall oppgaver der rollen har overordnet ansvar, hovedansvar, bidrar eller utfører."),
        "kategorier": [str(r.rolle.label) for r in rader],
        "serier": [
            Serie(str(kode.label), [r.antall[kode] for r in rader], [str(r.antall[kode]) for r in rader])
            for kode in Kode
        ],
    }
    return Belastningsbilde(funn, stablede_soyler(**felles), stablede_soyler(**felles, smal=True), rader)


def _funn(rader: list[Last], antall: int) -> str:
    flest = max(r.antall[Kode.HA] for r in rader)
    hvem = ramse_opp(str(BESTEMT[r.rolle]) for r in rader if r.antall[Kode.HA] == flest)
    tekst = _("%(hvem)s har hovedansvar i %(flest)d av %(antall)d oppgaver") % {
        "hvem": hvem,
        "flest": flest,
        "antall": antall,
    }
    return tekst[:1].upper() + tekst[1:]
