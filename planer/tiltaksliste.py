"""Tiltak across plans: which plans count, what the lists are narrowed to, and the order of the rows."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from felles.norsk import brett, sorteringsnokkel
from organisasjon.rules import Tilgang
from planer.enums import AAPNE, GJELDENDE, Hovedmaal, Planslag, Tiltakstatus, Vei
from planer.models import Plan, Tiltak

FORFALT, SNART, UTEN = "forfalt", "snart", "uten"
VIS = (
    (FORFALT, _("Forfalt")),
    (SNART, _("Forfaller innen 30 dager")),
    (UTEN, _("Uten ansvarlig")),
    ("i_arbeid", _("Ikke avsluttet")),
)
STORSTE_ID = 2**63 - 1
MAKS_SOK = 200
MAKS_ORD = 8


def levende_planer(tilgang: Tilgang, bruker_id: int | None) -> QuerySet[Plan]:
    """The temaplan and delplaner the person sees, one version of each: an open revision when they see it, else the
    one in force.
    """
    synlige = Plan.objects.synlig_for(tilgang, bruker_id)
    nyere = synlige.filter(revisjon_av=OuterRef("pk"), status__in=AAPNE)
    levende = synlige.filter(status__in=[*AAPNE, *GJELDENDE]).exclude(slag=Planslag.MAL)
    return levende.exclude(Exists(nyere))


@dataclass(frozen=True)
class Tiltaksfilter:
    """What a list of tiltak is narrowed to. `sektor`, `ansvarlig` and `plan` are ids, `omraade` the key that is the
    same in every version of the temaplan.
    """

    sok: str = ""
    sektor: int | None = None
    plan: int | None = None
    ansvarlig: int | None = None
    maal: int | None = None
    omraade: str = ""
    status: str = ""
    vei: str = ""
    vis: str = ""

    @property
    def aktivt(self) -> bool:
        return any(getattr(self, f.name) for f in fields(self))


def les_filter(data: Mapping[str, str]) -> Tiltaksfilter:
    """The filter of a query string. What is not understood is left out."""

    def kjent(navn: str, verdier: Any) -> str:
        return data.get(navn, "") if data.get(navn, "") in verdier else ""

    maal = les_id(data.get("maal", ""))
    return Tiltaksfilter(
        sok=data.get("sok", "").replace("\x00", "").strip()[:MAKS_SOK],
        sektor=les_id(data.get("sektor", "")),
        plan=les_id(data.get("plan", "")),
        ansvarlig=les_id(data.get("ansvarlig", "")),
        maal=maal if maal in Hovedmaal.values else None,
        omraade=data.get("omraade", "").replace("\x00", "")[:40],
        status=kjent("status", Tiltakstatus.values),
        vei=kjent("vei", Vei.values),
        vis=kjent("vis", [nokkel for nokkel, _navn in VIS]),
    )


def les_id(tekst: str) -> int | None:
    """A row's id from an address, None when it cannot be one."""
    if not (tekst.isascii() and tekst.isdecimal()) or len(tekst) > 19:
        return None
    return tall if (tall := int(tekst)) <= STORSTE_ID else None


def ord_i(sok: str) -> list[str]:
    """The folded words of a search, the first few."""
    return brett(sok.replace("\x00", " ")[:MAKS_SOK]).split()[:MAKS_ORD]


def filtrer(tiltak: QuerySet[Tiltak], filter: Tiltaksfilter, dag: date) -> QuerySet[Tiltak]:
    """The tiltak that pass the filter. `sektor` and `plan` are about the plan and handled with it."""
    vilkaar = Q()
    for ord_ in ord_i(filter.sok):
        vilkaar &= Q(sok__contains=ord_)
    if filter.ansvarlig:
        vilkaar &= Q(ansvarlig=filter.ansvarlig)
    if filter.maal:
        vilkaar &= Q(hovedmaal=filter.maal)
    if filter.omraade:
        vilkaar &= Q(omraade__nokkel=filter.omraade)
    if filter.status:
        vilkaar &= Q(status=filter.status)
    if filter.vei:
        vilkaar &= Q(vei=filter.vei)
    tiltak = tiltak.filter(vilkaar)
    if filter.vis == FORFALT:
        return tiltak.forfalt(dag)
    if filter.vis == SNART:
        return tiltak.forfaller_snart(dag)
    if filter.vis == UTEN:
        return tiltak.uten_ansvarlig()
    return tiltak.i_arbeid() if filter.vis else tiltak


_NOKLER = {
    "ident": lambda r: (len(r["ident"]), r["ident"]),
    "tittel": lambda r: sorteringsnokkel(r["tittel"]),
    "plan": lambda r: sorteringsnokkel(r["plan__tittel"]),
    "omraade": lambda r: r["omraade__rekkefolge"],
    "maal": lambda r: r["hovedmaal"],
    "vei": lambda r: Vei.values.index(r["vei"]),
    "ansvarlig": lambda r: r["ansvarlig_id"] and sorteringsnokkel(r["ansvarlig__navn"] or r["ansvarlig__username"]),
    "frist": lambda r: r["frist"],
    "status": lambda r: Tiltakstatus.values.index(r["status"]),
    "kostnad": lambda r: r["kostnad"],
}
_FELT = (
    "pk", "ident", "tittel", "plan__tittel", "omraade__rekkefolge", "hovedmaal", "vei", "ansvarlig_id",
    "ansvarlig__navn", "ansvarlig__username", "frist", "status", "kostnad",
)  # fmt: skip
SORTERING = tuple(_NOKLER)


def ordnet(tiltak: QuerySet[Tiltak], sortering: str) -> list[int]:
    """The ids in the asked order («-frist» descends); without a value last both ways, equal ones by id. One query."""
    felt = sortering.removeprefix("-")
    if felt not in _NOKLER:
        sortering = felt = "frist"
    nokkel = _NOKLER[felt]
    rader = [(nokkel(r), r["pk"]) for r in tiltak.order_by("pk").values(*_FELT)]
    med = sorted((r for r in rader if r[0] is not None), key=lambda r: r[0], reverse=sortering.startswith("-"))
    return [pk for _n, pk in med] + [pk for n, pk in rader if n is None]
