"""How leaders and key positions stand against the requirements, as of a day. A constant number of queries."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from kompetanse.models import Dokument, Krav, Lederpost, Unntak
from kompetanse.queries.krav import SORTERING, kravproeve
from kompetanse.regler import Bevis, Bevisslag, Dokumentasjon, Nivaa, Utfall, Vurdering, vurder
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


@dataclass(frozen=True)
class Kravresultat:
    """A requirement for a leader on a day. `vurdering` None: the requirement has no rule. `kommer`: in force later, and
    judged as of the day it comes into force.
    """

    krav: Krav
    utfall: Utfall
    vurdering: Vurdering | None = None
    unntak: Unntak | None = None
    kommer: bool = False

    @property
    def frist(self) -> date | None:
        """By when, for what is on its way."""
        return self.vurdering.frist if self.vurdering and self.utfall == Utfall.PAA_VEI else None


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
        rader = list(Enhet.objects.order_by().values_list("pk", "navn", "parent_id", "type"))
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


def lederresultater(ledere: Iterable[Lederpost], dag: date) -> list[Lederresultat]:
    """The leaders on the day, in the order given. Four queries besides that of the leaders, however many."""
    ledere = list(ledere)
    ider = [leder.pk for leder in ledere]
    alle_krav = sorted(Krav.objects.ikke_utloept(dag), key=lambda k: (SORTERING["kilde"](k), k.gjelder_for, k.pk))
    proever = [(k, k.lest_regel, kravproeve(k), k.kommer(dag)) for k in alle_krav]
    bevis, unntak, kart = _bevis(ider), _unntak(ider), Enhetskart.les()
    passer = _husket(proever, kart)
    ut = []
    for leder in ledere:
        dok = Dokumentasjon(tuple(bevis.get(leder.pk, ())), leder.kartlagt is not None)
        resultater = [
            _resultat(krav, regel, kommer, dok, unntak.get((leder.pk, krav.pk), ()), dag)
            for krav, regel, kommer in passer(leder)
        ]
        naa = tuple(r for r in resultater if not r.kommer)
        senere = tuple(r for r in resultater if r.kommer)
        navn, sektor = kart.navn.get(leder.enhet_id, ""), kart.sektor(leder.enhet_id)
        ut.append(Lederresultat(leder, naa, senere, navn, sektor, samlet(naa)))
    return ut


def samlet(krav: Iterable[Kravresultat]) -> Utfall:
    """The worst of the requirements that can be checked; with none, nothing can be said."""
    funnet = {k.utfall for k in krav if k.vurdering is not None or k.unntak is not None}
    return next((u for u in VERST_FOERST if u in funnet), Utfall.IKKE_VURDERT)


def neste_steg(resultat: Lederresultat, dag: date) -> list[str]:
    """What to do next for the leader, the most pressing first, in short sentences."""
    if resultat.leder.kartlagt is None and resultat.krav:
        return ["Gå gjennom dokumentasjonen og før den her."]
    steg = []
    for k in sorted(resultat.krav, key=lambda k: VERST_FOERST.index(k.utfall)):
        if k.utfall == Utfall.IKKE_OPPFYLT:
            steg += [f"Mangler {v.setning}. Skaff det, avtal en frist eller dokumenter et unntak." for v in _hull(k)]
        elif k.utfall == Utfall.IKKE_VURDERT and k.vurdering:
            steg += [f"Vurder om lederen {v.regel.tekst}." for v in _uvurdert(k.vurdering)]
        elif k.utfall == Utfall.PAA_VEI and k.frist:
            steg.append(f"Følg opp innen {k.frist:%d.%m.%Y}: {k.krav.hjemmel}.")
        elif k.unntak and k.unntak.til:
            steg.append(
                f"Unntaket ({k.unntak.referanse}) varer til {k.unntak.til:%d.%m.%Y}. Avgjør hva som skjer etterpå."
            )
    steg += [
        f"Fra {k.krav.gyldig_fra:%d.%m.%Y} ({k.krav.hjemmel}) mangler {v.setning}. Lag en plan nå."
        for k in resultat.svikter
        for v in _hull(k)
    ]
    return list(dict.fromkeys(steg))


def kravstatus(resultater: Iterable[Lederresultat]) -> dict[str, dict[str, Counter]]:
    """Counts of leaders by outcome, for each level, sector and requirement (by id as text)."""
    ut: dict[str, dict[str, Counter]] = {n: defaultdict(Counter) for n in ("nivaa", "sektor", "krav")}
    for r in resultater:
        ut["nivaa"][r.leder.nivaa.value][r.utfall] += 1
        ut["sektor"][r.sektor][r.utfall] += 1
        for k in r.krav:
            ut["krav"][str(k.krav.pk)][k.utfall] += 1
    return ut


def _resultat(krav: Krav, regel, kommer: bool, dok: Dokumentasjon, unntak: Iterable[Unntak], dag: date) -> Kravresultat:
    paa = max(krav.gyldig_fra, dag) if kommer else dag
    vurdering = vurder(regel, dok, paa) if regel else None
    utfall = vurdering.utfall if vurdering else Utfall.IKKE_VURDERT
    gjelder = next((u for u in unntak if u.fra <= paa and (u.til is None or u.til >= paa)), None)
    if gjelder and utfall != Utfall.OPPFYLT:
        return Kravresultat(krav, Utfall.UNNTAK, vurdering, gjelder, kommer)
    return Kravresultat(krav, utfall, vurdering, None, kommer)


def _husket(proever: list[tuple], kart: Enhetskart) -> Callable[[Lederpost], list[tuple]]:
    """Which requirements apply to a leader; leaders with the same title, function and unit are asked for once."""
    minne: dict[tuple, list[tuple]] = {}

    def passer(leder: Lederpost) -> list[tuple]:
        nokkel = (leder.stilling, leder.funksjon, leder.enhet_id)
        if nokkel not in minne:
            steder = [kart.navn[e] for e in kart.linje(leder.enhet_id)]
            minne[nokkel] = [
                (krav, regel, kommer)
                for krav, regel, proeve, kommer in proever
                if proeve(leder.stilling, leder.funksjon, "", steder)
            ]
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


def _unntak(ider: list[int]) -> dict[tuple[int, int], list[Unntak]]:
    ut: dict[tuple[int, int], list[Unntak]] = defaultdict(list)
    for u in Unntak.objects.filter(leder__in=ider):
        ut[u.leder_id, u.krav_id].append(u)
    return ut


def _hull(k: Kravresultat) -> list[Vurdering]:
    """The parts that fail; a group of alternatives is one part."""
    return _svikter(k.vurdering) if k.vurdering else []


def _svikter(v: Vurdering) -> list[Vurdering]:
    if v.utfall != Utfall.IKKE_OPPFYLT:
        return []
    if v.deler and v.regel.ord == "og":
        return [d for del_ in v.deler for d in _svikter(del_)]
    # Of alternatives, the one somebody has come some way on; else all of them together.
    paabegynt = [d for d in v.deler if any(led.utfall in (Utfall.OPPFYLT, Utfall.PAA_VEI) for led in d.deler)]
    naermest = min((_svikter(d) for d in paabegynt), key=len, default=[])
    return naermest or [v]


def _uvurdert(v: Vurdering) -> list[Vurdering]:
    """The conditions nobody has judged yet, that a person must judge."""
    if v.deler:
        return [d for del_ in v.deler for d in _uvurdert(del_)]
    return [v] if v.utfall == Utfall.IKKE_VURDERT and hasattr(v.regel, "tekst") else []
