"""Coverage: which units have a delplan, which have none, which have several, and scopes with closed units in them."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from felles.norsk import sorteringsnokkel
from organisasjon.enums import Enhetstype, Handling
from organisasjon.models import Enhet
from organisasjon.rules import Tilgang
from planer.enums import Planslag, Planstatus
from planer.models import Plan, Planomfang

INGEN, DELVIS, EN, FLERE = "ingen", "delvis", "en", "flere"
FLEST_I_LINJE = 4


@dataclass
class Dekningsrad:
    """A unit, the plans that cover all of it, and those that cover a department of it."""

    enhet: Enhet
    planer: list[Plan]
    avdelingsplaner: list[Plan]
    avdelinger: int = 0
    avdelinger_dekket: int = 0

    @property
    def mange_avdelingsplaner(self) -> bool:
        """Too many to stand in a line: they are folded."""
        return len(self.avdelingsplaner) > FLEST_I_LINJE

    @property
    def status(self) -> str:
        if len({p.stamme for p in (*self.planer, *self.avdelingsplaner)}) > 1 and self.planer:
            return FLERE
        if self.planer or (self.avdelinger and self.avdelinger == self.avdelinger_dekket):
            return EN
        return DELVIS if self.avdelingsplaner else INGEN


@dataclass
class Dekningsgruppe:
    """A sector and its units."""

    navn: str
    rader: list[Dekningsrad] = field(default_factory=list)

    @property
    def uten(self) -> int:
        return sum(rad.status == INGEN for rad in self.rader)


@dataclass(frozen=True)
class Dekning:
    """The page's content. `nedlagte`: scopes that hold a unit that is closed on the day."""

    grupper: list[Dekningsgruppe]
    nedlagte: list[Planomfang]
    antall: dict[str, int]


def dekning(tilgang: Tilgang, bruker_id: int, dag: date, vis: str = "") -> Dekning:
    """Coverage of the units where the person sees plans in work. `vis` narrows to one status. Four queries."""
    synlige = tilgang.omfang(Handling.SE_PLANARBEID)
    omfang = _omfang(tilgang, bruker_id)
    enheter = {e.pk: e for e in Enhet.objects.order_by()}
    aapne = {pk for pk, e in enheter.items() if _aapen(e, dag)}
    barn = defaultdict(list)
    for pk in aapne:
        barn[enheter[pk].parent_id].append(pk)
    per_enhet = defaultdict(list)
    for o in omfang:
        per_enhet[o.enhet_id].append(o.plan)
    rader = [
        _rad(enheter[pk], enheter, barn, per_enhet)
        for pk in synlige & aapne
        if _skal_dekkes(enheter[pk], barn, enheter)
    ]
    antall = {s: sum(r.status == s for r in rader) for s in (INGEN, DELVIS, EN, FLERE)}
    if vis in antall:
        rader = [r for r in rader if r.status == vis]
    nedlagte = [o for o in omfang if o.enhet_id in enheter and o.enhet_id not in aapne and o.enhet_id in synlige]
    return Dekning(_grupper(rader, enheter), nedlagte, antall)


def _omfang(tilgang: Tilgang, bruker_id: int) -> list[Planomfang]:
    """The scopes of delplaner in work or in force; one version of each plan."""
    planer = Plan.objects.synlig_for(tilgang, bruker_id).filter(slag=Planslag.DELPLAN)
    planer = planer.exclude(status=Planstatus.ERSTATTET).order_by("stamme", "-versjon")
    nyeste = {}
    for plan in planer:
        nyeste.setdefault(plan.stamme, plan)
    omfang = Planomfang.objects.filter(plan__in=nyeste.values()).select_related("plan", "enhet__erstattet_av")
    return sorted(omfang, key=lambda o: (sorteringsnokkel(o.plan.tittel), o.pk))


def _aapen(enhet: Enhet, dag: date) -> bool:
    return enhet.gyldig_til is None or enhet.gyldig_til >= dag


def _skal_dekkes(enhet: Enhet, barn: dict, enheter: dict) -> bool:
    """Units, and sectors and staff units that have no units beneath them."""
    if enhet.type == Enhetstype.ENHET:
        return True
    under = any(enheter[pk].type == Enhetstype.ENHET for pk in barn.get(enhet.pk, ()))
    return enhet.type in (Enhetstype.SEKTOR, Enhetstype.STAB) and not under


def _rad(enhet: Enhet, enheter: dict, barn: dict, per_enhet: dict) -> Dekningsrad:
    hele, node = [], enhet
    while node is not None:
        hele += per_enhet.get(node.pk, ())
        node = enheter.get(node.parent_id)
    avdelinger = _under(enhet.pk, barn)
    direkte = sorted((plan for pk in avdelinger for plan in per_enhet.get(pk, ())), key=_plannavn)
    unike = {p.stamme for p in hele}
    deler = list({p.stamme: p for p in direkte if p.stamme not in unike}.values())
    bunn = [pk for pk in avdelinger if not barn.get(pk)]
    dekket = sum(any(per_enhet.get(over) for over in _til_topp(pk, enhet.pk, enheter)) for pk in bunn)
    return Dekningsrad(enhet, list({p.stamme: p for p in hele}.values()), deler, len(bunn), dekket)


def _plannavn(plan: Plan) -> tuple[str, int]:
    return sorteringsnokkel(plan.tittel), plan.pk


def _under(pk: int, barn: dict) -> list[int]:
    funnet, rest = [], list(barn.get(pk, ()))
    while rest:
        node = rest.pop()
        funnet.append(node)
        rest.extend(barn.get(node, ()))
    return funnet


def _til_topp(pk: int, topp: int, enheter: dict) -> list[int]:
    kjede = []
    while pk != topp:
        kjede.append(pk)
        pk = enheter[pk].parent_id
    return kjede


def _grupper(rader: list[Dekningsrad], enheter: dict) -> list[Dekningsgruppe]:
    grupper: dict[str, Dekningsgruppe] = {}
    for rad in sorted(rader, key=lambda r: (sorteringsnokkel(r.enhet.navn), r.enhet.pk)):
        over = enheter.get(rad.enhet.parent_id)
        navn = over.navn if over and over.type != Enhetstype.KOMMUNE else ""
        grupper.setdefault(navn, Dekningsgruppe(navn)).rader.append(rad)
    return [grupper[n] for n in sorted(grupper, key=lambda n: (not n, sorteringsnokkel(n)))]
