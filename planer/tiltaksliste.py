"""Tiltak across plans: which plans count, what the lists are narrowed to, and the order of the rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

from felles.norsk import brett, sorteringsnokkel
from kompetanse.enums import Vei
from organisasjon.rules import Tilgang
from planer.enums import AAPNE, AVSLUTTET, GJELDENDE, Hovedmaal, Planslag, Tiltakstatus
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
    slag = [Planslag.TEMAPLAN, Planslag.DELPLAN]
    return synlige.filter(~Exists(nyere), status__in=[*AAPNE, *GJELDENDE], slag__in=slag)


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


# Sort choice → the field it reads, and what is compared.
_NOKLER: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "ident": ("ident", lambda v: (len(v), v)),
    "tittel": ("tittel", sorteringsnokkel),
    "plan": ("plan__tittel", sorteringsnokkel),
    "omraade": ("omraade__rekkefolge", int),
    "maal": ("hovedmaal", int),
    "vei": ("vei", Vei.values.index),
    "ansvarlig": ("navn", sorteringsnokkel),
    "frist": ("frist", lambda v: v),
    "status": ("status", Tiltakstatus.values.index),
    "kostnad": ("kostnad", lambda v: v),
}
SORTERING = tuple(_NOKLER)


def ordnet(tiltak: QuerySet[Tiltak], sortering: str) -> list[int]:
    """The ids in the asked order («-frist» descends); without a value last both ways, equal ones by id. One query.

    By deadline, those that are finished come after those that still have one to meet, both ways.
    """
    valg = sortering.removeprefix("-")
    if valg not in _NOKLER:
        sortering = valg = "frist"
    felt, nokkel = _NOKLER[valg]
    if felt == "navn":
        # A person without a name goes by the name of the account.
        tiltak = tiltak.annotate(navn=Coalesce(NullIf("ansvarlig__navn", Value("")), "ansvarlig__username"))
    rader = list(tiltak.order_by("pk").values_list("pk", felt, "status"))
    med = [(nokkel(verdi), pk, status) for pk, verdi, status in rader if verdi is not None]
    med.sort(key=lambda r: r[0], reverse=sortering.startswith("-"))
    if valg == "frist":
        med.sort(key=lambda r: r[2] in AVSLUTTET)
    return [pk for _n, pk, _s in med] + [pk for pk, verdi, _s in rader if verdi is None]
