"""How leaders and key positions stand against the requirements, as of a day. A constant number of queries."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from kompetanse.models import Dokument, Krav, Lederpost, Unntak
from kompetanse.queries.krav import SORTERING, kravproeve
from kompetanse.regler import Bevis, Bevisslag, Dokumentasjon, Nivaa, Proeving, Regel, Utfall, Vurdering, felles_deler
from organisasjon.enums import Enhetstype
from organisasjon.models import Enhet

# The worst first: a leader stands as the worst of the requirements that can be checked.
VERST_FOERST = (
    Utfall.IKKE_OPPFYLT,
    Utfall.IKKE_VURDERT,
    Utfall.PAA_VEI,
    Utfall.UNNTAK,
    Utfall.OPPFYLT,
)


@dataclass(frozen=True, slots=True)
class Kravresultat:
    """A requirement for a leader on a day. `regel` None: the requirement has no rule. `frist`: by when, for what is on
    its way. `kommer`: in force later, and judged as of the day it comes into force.
    """

    krav: Krav
    utfall: Utfall
    regel: Regel | None
    proeving: Proeving
    frist: date | None = None
    unntak: Unntak | None = None
    kommer: bool = False

    @property
    def kan_kontrolleres(self) -> bool:
        """Is there a rule or a decision to go by?"""
        return self.regel is not None or self.unntak is not None

    @property
    def vurdering(self) -> Vurdering | None:
        """The verdict with its reasons. Made when asked for."""
        return self.proeving.vurdering(self.regel) if self.regel else None


@dataclass(frozen=True)
class Lederresultat:
    """A leader, with all requirements in force on the day, and those to come."""

    leder: Lederpost
    krav: tuple[Kravresultat, ...]
    kommende: tuple[Kravresultat, ...] = ()
    enhet: str = ""
    sektor: str = ""
    utfall: Utfall = field(default=Utfall.IKKE_VURDERT)

    @property
    def frist(self) -> date | None:
        """By when everything on its way is in place."""
        return max((k.frist for k in self.krav if k.frist), default=None)

    @property
    def svikter(self) -> list[Kravresultat]:
        """Requirements to come that will not be met when they do."""
        return [k for k in self.kommende if k.utfall == Utfall.IKKE_OPPFYLT]


@dataclass(frozen=True)
class Enhetskart:
    """Names and parents of all units, so that nothing is asked for one by one."""

    navn: dict[int, str]
    over: dict[int, int | None]
    typer: dict[int, str]

    @classmethod
    def les(cls) -> "Enhetskart":
        """One query."""
        return cls.av(Enhet.objects.order_by().values_list("pk", "navn", "parent_id", "type"))

    @classmethod
    def av(cls, enheter: Iterable[tuple[int, str, int | None, str]]) -> "Enhetskart":
        """From units that are read already, such as those of `Tilgang`."""
        rader = list(enheter)
        return cls({r[0]: r[1] for r in rader}, {r[0]: r[2] for r in rader}, {r[0]: r[3] for r in rader})

    def linje(self, pk: int | None) -> list[int]:
        """The unit and those above it, without the municipality."""
        ut: list[int] = []
        while pk is not None and pk not in ut and self.typer.get(pk) != Enhetstype.KOMMUNE:
            ut.append(pk)
            pk = self.over.get(pk)
        return ut

    def sektor(self, pk: int) -> str:
        """The name of the sector or staff the unit lies in; the municipality's own name when it lies in none."""
        linje = self.linje(pk)
        return self.navn[linje[-1]] if linje else self.navn.get(pk, "")


@dataclass(frozen=True)
class _Kravproeve:
    """A requirement made ready to hold many leaders against: its rule read, and the day it is judged as of."""

    krav: Krav
    pk: int
    regel: Regel | None
    dag: date
    kommer: bool
    gjelder: Callable[[str, str, str, Iterable[str]], bool]


def lederresultater(ledere: Iterable[Lederpost], dag: date) -> list[Lederresultat]:
    """The leaders on the day, in the order given. Four queries besides that of the leaders, however many."""
    ledere = list(ledere)
    ider = [leder.pk for leder in ledere]
    bevis, unntak, kart = _bevis(ider), _unntak(ider), Enhetskart.les()
    passer = _husket(_kravproever(dag), kart)
    ut = []
    for leder in ledere:
        dok = Dokumentasjon(tuple(bevis.get(leder.pk, ())), leder.kartlagt is not None)
        # By the day the requirement is judged as of: requirements share many conditions.
        proevinger: dict[date, Proeving] = {}
        egne = unntak.get(leder.pk, {})
        resultater = []
        for p in passer(leder):
            proeving = proevinger.get(p.dag) or proevinger.setdefault(p.dag, Proeving(dok, p.dag))
            resultater.append(_resultat(p, proeving, egne.get(p.pk, ())))
        naa = tuple([r for r in resultater if not r.kommer])
        senere = tuple([r for r in resultater if r.kommer])
        navn, sektor = kart.navn.get(leder.enhet_id, ""), kart.sektor(leder.enhet_id)
        ut.append(Lederresultat(leder, naa, senere, navn, sektor, samlet(naa)))
    return ut


def _kravproever(dag: date) -> list[_Kravproeve]:
    """The requirements of the day and those to come, the strongest source first. One query."""
    kjente: dict[Regel, Regel] = {}
    ut = []
    for krav in sorted(Krav.objects.ikke_utloept(dag), key=lambda k: (SORTERING["kilde"](k), k.gjelder_for, k.pk)):
        regel, kommer = krav.lest_regel, krav.kommer(dag)
        delt = felles_deler(regel, kjente) if regel else None
        ut.append(_Kravproeve(krav, krav.pk, delt, krav.gyldig_fra if kommer else dag, kommer, kravproeve(krav)))
    return ut


def samlet(krav: Iterable[Kravresultat]) -> Utfall:
    """The worst of the requirements that can be checked; with none, nothing can be said."""
    funnet = {k.utfall for k in krav if k.regel is not None or k.unntak is not None}
    return next((u for u in VERST_FOERST if u in funnet), Utfall.IKKE_VURDERT)


def kravstatus(resultater: Iterable[Lederresultat]) -> dict[str, dict[str, Counter]]:
    """Counts of leaders by outcome, for each level, sector and requirement (by id as text)."""
    ut: dict[str, dict[str, Counter]] = {n: defaultdict(Counter) for n in ("nivaa", "sektor", "krav")}
    for r in resultater:
        ut["nivaa"][r.leder.nivaa.value][r.utfall] += 1
        ut["sektor"][r.sektor][r.utfall] += 1
        for k in r.krav:
            ut["krav"][str(k.krav.pk)][k.utfall] += 1
    return ut


def _resultat(p: _Kravproeve, proeving: Proeving, unntak: Iterable[Unntak]) -> Kravresultat:
    utfall, frist = proeving.svar(p.regel) if p.regel else (Utfall.IKKE_VURDERT, None)
    if unntak and utfall != Utfall.OPPFYLT:
        gjelder = next((u for u in unntak if u.fra <= p.dag and (u.til is None or u.til >= p.dag)), None)
        if gjelder:
            return Kravresultat(p.krav, Utfall.UNNTAK, p.regel, proeving, None, gjelder, p.kommer)
    return Kravresultat(p.krav, utfall, p.regel, proeving, frist, None, p.kommer)


def _husket(proever: list[_Kravproeve], kart: Enhetskart) -> Callable[[Lederpost], list[_Kravproeve]]:
    """Which requirements apply to a leader; leaders with the same title, function and unit are asked for once."""
    minne: dict[tuple, list[_Kravproeve]] = {}

    def passer(leder: Lederpost) -> list[_Kravproeve]:
        nokkel = (leder.stilling, leder.funksjon, leder.enhet_id)
        if nokkel not in minne:
            steder = [kart.navn[e] for e in kart.linje(leder.enhet_id)]
            minne[nokkel] = [p for p in proever if p.gjelder(leder.stilling, leder.funksjon, "", steder)]
        return minne[nokkel]

    return passer


def _bevis(ider: list[int]) -> dict[int, list[Bevis]]:
    ut: dict[int, list[Bevis]] = defaultdict(list)
    felter = ("leder_id", "slag", "tekst", "nivaa", "poeng", "fra", "til", "relevant")
    for leder, slag, tekst, nivaa, poeng, fra, til, relevant in Dokument.objects.filter(leder__in=ider).values_list(
        *felter
    ):
        bevis = Bevis(Bevisslag(slag), tekst, Nivaa(nivaa) if nivaa else None, poeng or 0, fra, til, relevant)
        ut[leder].append(bevis)
    return ut


def _unntak(ider: list[int]) -> dict[int, dict[int, list[Unntak]]]:
    """Id of the leader → id of the requirement → the exceptions."""
    ut: dict[int, dict[int, list[Unntak]]] = {}
    for u in Unntak.objects.filter(leder__in=ider):
        ut.setdefault(u.leder_id, {}).setdefault(u.krav_id, []).append(u)
    return ut
