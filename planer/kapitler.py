"""The chapters of a plan: the temaplan's eight steps and a delplan's five parts.

Names after KS' steps of strategic competence planning, with gevinstrealisering as the eighth. What belongs in a chapter
is said in `templates/planer/veiledning/<slag>-<nummer>.html`.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from planer.enums import Planslag


@dataclass(frozen=True)
class Kapittel:
    """A chapter: its number, its name, and the sections it begins with as (key, heading, must be filled in).

    `steg`: for a delplan's part, the temaplan's steps that it follows up.
    """

    nummer: int
    navn: str
    seksjoner: tuple[tuple[str, str, bool], ...]
    steg: tuple[int, ...] = ()

    def __str__(self) -> str:
        return f"{self.nummer}. {self.navn}"


TEMAPLAN = (
    Kapittel(1, _("Organisering og involvering"), (
        ("mandat", _("Mandat"), True),
        ("involvering", _("Slik involverer vi"), True),
    )),
    Kapittel(2, _("Forankring"), (("forankring", _("Slik er planen forankret"), True),)),
    Kapittel(3, _("Overordnede mål"), (("maal", _("Hvorfor disse målene"), True),)),
    Kapittel(4, _("Kompetansestyring"), (
        ("krav", _("Krav til kompetanse"), True),
        ("rekruttering", _("Slik rekrutterer vi"), False),
    )),
    Kapittel(5, _("Kompetanse- og bemanningsanalyse"), (
        ("utvikling", _("Utviklingen rundt oss"), True),
        ("bemanning", _("Bemanningen i dag"), True),
        ("lederspenn", _("Lederspenn"), False),
        ("roller", _("Roller og ansvar"), False),
    )),
    Kapittel(6, _("Strategier og tiltak"), (("strategi", _("Slik henger innsatsen sammen"), True),)),
    Kapittel(7, _("Gjennomføring, oppfølging og evaluering"), (("oppfolging", _("Slik følger vi opp"), True),)),
    Kapittel(8, _("Gevinstrealisering og effektevaluering"), (("gevinst", _("Gevinstene vi venter"), True),)),
)  # fmt: skip
DELPLAN = (
    Kapittel(1, _("Særskilte utfordringer"), (
        ("utfordringer", _("Det som er særskilt hos oss"), True),
        ("demografi", _("Innbyggerne og behovene framover"), False),
    ), (1, 2, 5)),
    Kapittel(2, _("Kompetansestyring"), (("kompetansestyring", _("Krav og slik oppfyller vi dem"), True),), (4,)),
    Kapittel(3, _("Kartlegging og analyse"), (
        ("vurdering", _("Vår vurdering av tallene"), True),
        ("kompetanse", _("Kompetansen vi har og mangler"), True),
    ), (5,)),
    Kapittel(4, _("Strategier og tiltak"), (("strategi", _("Våre prioriteringer"), False),), (6,)),
    Kapittel(5, _("Oppfølging, læring og utvikling"), (
        ("oppfolging", _("Slik følger vi opp"), True),
        ("laering", _("Slik lærer vi underveis"), False),
    ), (7, 8)),
)  # fmt: skip


def kapitler_for(slag: str) -> tuple[Kapittel, ...]:
    """The chapters of this kind of plan; a template has a delplan's."""
    return TEMAPLAN if slag == Planslag.TEMAPLAN else DELPLAN
