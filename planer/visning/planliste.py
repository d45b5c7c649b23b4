"""The list of plans: temaplaner on top, delplaner by sector, one row per plan whatever its versions."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from felles.norsk import sorteringsnokkel, treffer
from organisasjon.enums import Enhetstype
from organisasjon.models import Enhet
from planer.enums import Deltakerrolle, Grep, Planslag, Planstatus
from planer.models import Plan, Seksjon
from planer.visning.plan import Statusmerke, statusmerke

PAA_TVERS, UTEN_ENHET = _("På tvers av sektorer"), _("Uten enheter")


@dataclass
class Planrad:
    """One line of the list of plans. `gjelder` is the version in force, when a newer one is being written."""

    plan: Plan
    status: Statusmerke
    enheter: list[str]
    ansvarlige: list[str]
    mangler: int | None = None
    gjelder: Plan | None = None

    @property
    def omfang(self) -> str:
        """The first three units by name, and how many more."""
        return ", ".join(self.enheter[:3]) + (f" (+{len(self.enheter) - 3})" if len(self.enheter) > 3 else "")


@dataclass
class Plangruppe:
    """A sector and its delplaner."""

    navn: str
    rader: list[Planrad] = field(default_factory=list)


@dataclass(frozen=True)
class Planliste:
    """The page's content: temaplaner on top, then delplaner by sector. `antall` counts delplaner before the search."""

    temaplaner: list[Planrad]
    grupper: list[Plangruppe]
    antall: int


def planliste(request: HttpRequest, sok: str = "", status: str = "") -> Planliste:
    """Everything the person may see, except templates and replaced versions. Seven queries."""
    planer = _synlige(request)
    rader = _nyeste(planer)
    _tell_mangler(rader)
    sektorer = sektor_per_enhet()
    grupper: dict[str, list[Planrad]] = defaultdict(list)
    delplaner = [r for r in rader if not r.plan.er_temaplan]
    for rad in delplaner:
        navn = _sektor(rad.plan, sektorer)
        if _passer(rad, navn, sok, status):
            grupper[navn].append(rad)
    temaplaner = [r for r in rader if r.plan.er_temaplan and _passer(r, "", sok, status)]
    return Planliste(temaplaner, [Plangruppe(n, grupper[n]) for n in sorted(grupper, key=_gruppeorden)], len(delplaner))


def sektor_per_enhet() -> dict[int, str]:
    """Unit id → name of its sector or staff unit; the municipality's own name on top. One query."""
    rader = {r[0]: r[1:] for r in Enhet.objects.order_by().values_list("pk", "parent_id", "navn", "type")}

    def finn(pk: int) -> str:
        forelder, navn, type_ = rader[pk]
        topp = type_ in (Enhetstype.SEKTOR, Enhetstype.STAB, Enhetstype.KOMMUNE) or forelder not in rader
        return navn if topp or rader[forelder][2] == Enhetstype.KOMMUNE else finn(forelder)

    return {pk: finn(pk) for pk in rader}


def _synlige(request: HttpRequest) -> list[Plan]:
    planer = Plan.objects.synlig_for(request.tilgang, request.user.pk)
    planer = planer.exclude(slag=Planslag.MAL).exclude(status=Planstatus.ERSTATTET)
    return list(planer.prefetch_related("omfang__enhet", "deltakere__bruker").order_by("tittel", "-versjon", "pk"))


def _nyeste(planer: list[Plan]) -> list[Planrad]:
    """One row per plan: the newest version, and beside it the one in force."""
    per: dict = defaultdict(list)
    for plan in planer:
        per[plan.stamme].append(plan)
    rader = []
    for versjoner in per.values():
        nyest = max(versjoner, key=lambda p: p.versjon)
        rader.append(_rad(nyest, next((p for p in versjoner if p is not nyest and not p.er_aapen), None)))
    return sorted(rader, key=lambda r: (sorteringsnokkel(r.plan.tittel), r.plan.pk))


def _rad(plan: Plan, gjelder: Plan | None) -> Planrad:
    enheter = sorted((o.enhet.navn for o in plan.omfang.all()), key=sorteringsnokkel)
    ansvarlige = [str(d.bruker) for d in plan.deltakere.all() if d.rolle == Deltakerrolle.ANSVARLIG]
    return Planrad(plan, statusmerke(plan.status), enheter, ansvarlige, gjelder=gjelder)


def _tell_mangler(rader: list[Planrad]) -> None:
    """How many texts nobody has written, counted for all open plans at once: required ones, and the justification of
    each kjernegrep. Kjernegrep without tiltak come in addition.
    """
    aapne = [r.plan.pk for r in rader if r.plan.er_aapen]
    kjerne = Q(nokkel__startswith="grep-", omraade__grep=Grep.KJERNE)
    tomme = Seksjon.objects.filter(Q(paakrevd=True) | kjerne, plan__in=aapne, sok="")
    antall = Counter(dict(tomme.order_by().values_list("plan").annotate(n=Count("pk"))))
    for rad in rader:
        if rad.plan.er_aapen:
            rad.mangler = antall[rad.plan.pk]


def _sektor(plan: Plan, sektorer: dict[int, str]) -> str:
    navn = {sektorer[o.enhet_id] for o in plan.omfang.all()}
    if not navn:
        return str(UTEN_ENHET)
    return navn.pop() if len(navn) == 1 else str(PAA_TVERS)


def _gruppeorden(navn: str) -> tuple:
    return (navn in (str(PAA_TVERS), str(UTEN_ENHET)), sorteringsnokkel(navn))


def _passer(rad: Planrad, gruppe: str, sok: str, status: str) -> bool:
    if status and rad.plan.status != status:
        return False
    return treffer(sok, rad.plan.tittel, gruppe, *rad.enheter, *rad.ansvarlige)
