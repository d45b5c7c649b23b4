"""Part 4 of a delplan: each innsatsområde of the temaplan, how the delplan follows it up, and what is still missing."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from planer.enums import Grep, Planslag, Tiltakstatus
from planer.kontroll.delplan import omraader_med_valg, omraadets_mangler
from planer.models import Innsatsomraade, Plan, Seksjon, Tiltak
from planer.panel import Panel
from planer.rules import Planrett
from planer.tall import vis_html
from planer.visning.tekst import Seksjonsvisning, vis_seksjoner
from planer.visning.tiltak import fristmerke, statusmerke


@dataclass
class Grepkort:
    """An innsatsområde as part 4 shows it. `valgt` None: not decided. `nytt`: the delplan has no place for it yet."""

    omraade: Innsatsomraade
    valgt: bool | None
    nytt: bool
    seksjon: Seksjonsvisning | None = None
    tiltak: list[dict[str, Any]] = field(default_factory=list)
    temaplan: list[tuple[str, Any]] = field(default_factory=list)
    aapen: bool = False

    @property
    def kjerne(self) -> bool:
        return self.omraade.grep == Grep.KJERNE

    @property
    def begrunnet(self) -> bool:
        return self.seksjon is not None and not self.seksjon.seksjon.er_tom

    @property
    def mangler(self) -> str:
        """What is missing, empty when nothing is."""
        har = any(t["tiltak"].status != Tiltakstatus.AVBRUTT for t in self.tiltak)
        return omraadets_mangler(self.valgt, self.begrunnet, har)

    @property
    def valgord(self) -> str:
        """The choice as the form sends it."""
        return {True: "ja", False: "nei", None: ""}[self.valgt]


def grepkort(plan: Plan, rett: Planrett) -> list[Grepkort]:
    """The areas with choice, justification, tiltak and the temaplan's own text. Four queries, and those of figures."""
    omraader = omraader_med_valg(plan)
    etter_id = {o.pk: o for o in omraader}
    egne = list(plan.seksjoner.filter(omraade__isnull=False).select_related("endret_av"))
    for seksjon in egne:
        # The area's name stands above; here the heading asks for what is to be written. Nothing is saved.
        if omraade := etter_id.get(seksjon.omraade_id):
            seksjon.overskrift = _begrunnelsesord(omraade.valgt)
            seksjon.fullt_navn = f"{omraade.tittel}: {seksjon.overskrift}"
    seksjoner = {s.seksjon.omraade_id: s for s in vis_seksjoner(plan, rett, egne)}
    tiltak, tekster = _tiltak(plan), _temaplanens_tekster(plan)
    return [
        Grepkort(
            omraade=o,
            valgt=o.valgt,
            nytt=not o.plass,
            seksjon=seksjoner.get(o.pk),
            tiltak=tiltak[o.pk],
            temaplan=tekster[o.pk],
        )
        for o in omraader
    ]


def _begrunnelsesord(valgt: bool | None) -> str:
    if valgt is None:
        return _("Hvorfor, eller hvorfor ikke")
    return _("Slik følger vi det opp, og hvorfor") if valgt else _("Hvorfor vi ikke følger det opp")


def grep(request: HttpRequest, plan: Plan, rett: Planrett) -> Panel | None:
    """Part 4: kjernegrep first, then støttegrep. The first that lacks something is unfolded: that is the next to do."""
    kort = grepkort(plan, rett)
    if neste := next((k for k in sorted(kort, key=lambda k: not k.kjerne) if k.mangler), None):
        neste.aapen = True
    innhold = {
        "plan": plan,
        "rett": rett,
        "er_mal": plan.slag == Planslag.MAL,
        "grupper": [
            (Grep.KJERNE, [k for k in kort if k.kjerne]),
            (Grep.STOTTE, [k for k in kort if not k.kjerne]),
        ],
        "antall": len(kort),
        "ferdige": sum(not k.mangler for k in kort),
        "nye": sum(k.nytt for k in kort) if plan.er_aapen else 0,
    }
    return Panel("planer/delplan/_grep.html", innhold)


def _tiltak(plan: Plan) -> dict[int, list[dict[str, Any]]]:
    dag, ut = timezone.localdate(), defaultdict(list)
    rader: list[Tiltak] = list(plan.tiltak.select_related("ansvarlig").order_by("frist", "pk"))
    for t in rader:
        ut[t.omraade_id].append({"tiltak": t, "status": statusmerke(t.status), "frist": fristmerke(t, dag)})
    return ut


def _temaplanens_tekster(plan: Plan) -> dict[int, list[tuple[str, Any]]]:
    """Area id → (heading, text with figures) for hva, derfor and slik, those that are written."""
    ut = defaultdict(list)
    if plan.temaplan_id is None:
        return ut
    seksjoner = Seksjon.objects.filter(plan_id=plan.temaplan_id, omraade__isnull=False).exclude(sok="")
    for s in seksjoner.order_by("rekkefolge", "pk"):
        # Figures of the temaplan cover the whole municipality: protected, whatever the person sees in the delplan.
        ut[s.omraade_id].append((s.overskrift, vis_html(plan.temaplan, s.html, uprikket=False)))
    return ut
