"""Reads for «hva om»: the newest answer of each unit, what is on few hands, and who and what can be taken away."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from felles.norsk import brett, sorteringsnokkel
from felles.tall import dato_kort
from kompetanse.enums import Gapradslag, Gapstatus, Rundestatus
from kompetanse.gap.hvaom import Besittelse, Virkning, Visshet, virkninger
from kompetanse.gap.regning import SAARBAR
from kompetanse.models import Gapanalyse, Gaprad, Kompetanse, Kompetansehaver, Lederpost
from kompetanse.queries.gapresultat import KRITISK_FRA, nokkel_av
from kompetanse.queries.kompetansetall import Telling, tellinger_for
from kompetanse.queries.ledere import Enhetskart
from organisasjon.queries import barnekart, undertre


@dataclass(frozen=True)
class Svar:
    """A unit's (or a delplan's) newest answer with rows."""

    pk: int
    navn: str
    enheter: frozenset[int]
    aar: int
    runde: str
    status: str
    dato: date | None = None

    @property
    def kilde(self) -> str:
        """Where the counts are from, and from when."""
        ord_ = {"aar": self.aar, "status": Gapstatus(self.status).label.lower()}
        tekst = _("gapanalysen %(aar)d, %(status)s") % ord_
        return f"{tekst}, {dato_kort(self.dato)}" if self.dato else tekst


def nyeste_svar(statuser: Collection[str] | None, kart: Enhetskart) -> list[Svar]:
    """For every unit the newest analysis that has been begun (or has one of the states), by name; never two that count
    the same people. One query.
    """
    analyser = Gapanalyse.objects.exclude(runde__status=Rundestatus.UTKAST).exclude(status=Gapstatus.IKKE_BEGYNT)
    if statuser is not None:
        analyser = analyser.filter(status__in=statuser)
    enheter: dict[int, set[int]] = defaultdict(set)
    fakta: dict[int, tuple] = {}
    felt = ("pk", "navn", "runde__aar", "runde__navn", "status", Coalesce("levert", "endret"), "enheter__pk")
    for pk, navn, aar, runde, status, naar, enhet in analyser.order_by("-runde__aar", "-runde_id", "pk").values_list(
        *felt
    ):
        enheter[pk].add(enhet)
        fakta[pk] = (navn, aar, runde, status, naar)
    tatt: set[int] = set()
    ut = []
    for pk, (navn, aar, runde, status, naar) in fakta.items():
        linjer = {e for enhet in enheter[pk] for e in kart.linje(enhet)}
        over_tatt = {e for t in tatt for e in kart.linje(t)}
        if not (linjer & tatt or enheter[pk] & over_tatt):
            tatt |= enheter[pk]
            dag = timezone.localdate(naar) if naar else None
            ut.append(Svar(pk, navn, frozenset(enheter[pk]), aar, runde, status, dag))
    return sorted(ut, key=lambda s: (sorteringsnokkel(s.navn), s.pk))


@dataclass(frozen=True)
class Sarbarhet:
    """How many of a unit's rows are held by one, two, three, and how many of them are critical."""

    svar: Svar
    en: int
    to: int
    tre: int
    kritiske: int


def saarbarhet(svar: Iterable[Svar]) -> list[Sarbarhet]:
    """The units with most critical rows on few hands first. One query."""
    svar = list(svar)
    tall = {f"n{n}": Count("pk", filter=Q(har=n)) for n in (1, 2, 3)}
    tall["k"] = Count("pk", filter=Q(kritisk__gte=KRITISK_FRA))
    rader = Gaprad.objects.filter(analyse__in=[s.pk for s in svar], har__gte=1, har__lte=SAARBAR).order_by()
    per_analyse = {r["analyse"]: r for r in rader.values("analyse").annotate(**tall)}
    tom = {"n1": 0, "n2": 0, "n3": 0, "k": 0}
    ut = []
    for s in svar:
        r = per_analyse.get(s.pk, tom)
        ut.append(Sarbarhet(s, r["n1"], r["n2"], r["n3"], r["k"]))
    return sorted(ut, key=lambda s: (-s.kritiske, -s.en, sorteringsnokkel(s.svar.navn), s.svar.pk))


@dataclass(frozen=True)
class Person:
    """Somebody who can be thought away: «gruppe-12» is one of the people of that row, «leder-7» a named one."""

    nokkel: str
    navn: str


@dataclass
class Enhetsbilde:
    """Everything «hva om» knows of a unit."""

    svar: Svar
    rader: list[Gaprad]
    ledere: list[Lederpost]
    tellinger: dict[str, Telling]
    enheter: frozenset[int]
    grupper: list[Person] = field(default_factory=list)

    def personer(self) -> list[Person]:
        """The named ones."""
        return [Person(f"leder-{p.pk}", str(p)) for p in self.ledere]


def les_enhet(svar: Svar, dag: date, ser_navn: Collection[int]) -> Enhetsbilde:
    """The unit's rows, counts of a competence system, and the key persons with something registered in the units where
    names may be seen. Five queries.
    """
    kart = barnekart()
    enheter = frozenset().union(*(undertre(kart, e) for e in svar.enheter))
    rader = list(Gaprad.objects.filter(analyse=svar.pk).select_related("kompetanse"))
    ledere = (
        Lederpost.objects.innehar(dag)
        .filter(enhet__in=enheter & frozenset(ser_navn), kompetanser__isnull=False)
        .prefetch_related("kompetanser__kompetanse")
        .distinct()
    )
    grupper = [Person(f"gruppe-{r.pk}", r.gruppe or r.navn) for r in rader if r.slag == Gapradslag.STILLING and r.har]
    grupper.sort(key=lambda p: sorteringsnokkel(p.navn))
    return Enhetsbilde(svar, rader, list(ledere), _tellinger(svar.enheter), enheter, grupper)


def _tellinger(enheter: Collection[int]) -> dict[str, Telling]:
    """Competence → how many the newest count of a competence system finds in the units and beneath."""
    funnet = tellinger_for(enheter)
    navn = Kompetanse.objects.filter(pk__in=funnet).order_by().values_list("pk", "navn")
    return {n: funnet[pk] for pk, n in navn}


def paa_faa_hender(bilde: Enhetsbilde) -> list[Besittelse]:
    """What one, two or three can: the rows, and what only the competence system counts. Most critical first."""
    egne = [b for b in (_besittelse(r, bilde) for r in bilde.rader) if 0 < b.har <= SAARBAR]
    kjente = {brett(b.navn) for b in (_besittelse(r, bilde) for r in bilde.rader)}
    andre = [b for b in _talte(bilde) if 0 < b.har <= SAARBAR and brett(b.navn) not in kjente]
    return sorted([*egne, *andre], key=lambda b: (-b.kritisk, b.har, sorteringsnokkel(b.navn)))


def _besittelse(rad: Gaprad, bilde: Enhetsbilde, visshet: Visshet = Visshet.MULIG) -> Besittelse:
    return Besittelse(_navn(rad), rad.har, rad.kritisk or 0, visshet, rad.ledd, bilde.svar.kilde)


def _navn(rad: Gaprad) -> str:
    return nokkel_av(rad.slag, rad.navn, rad.gruppe, rad.kompetanse.navn if rad.kompetanse else None)[1]


def _talte(bilde: Enhetsbilde) -> list[Besittelse]:
    """The counts of the competence system."""
    return [
        Besittelse(navn, t.antall, kilde=_("%(kilde)s %(dato)s") % {"kilde": t.kilde, "dato": dato_kort(t.dato)})
        for navn, t in bilde.tellinger.items()
    ]


def hva_om(bilde: Enhetsbilde, nokkel: str) -> list[Virkning] | None:
    """What happens when this one goes; None when there is no such one."""
    slag, _skille, pk = nokkel.partition("-")
    if slag == "gruppe":
        rad = next((r for r in bilde.rader if str(r.pk) == pk and r.slag == Gapradslag.STILLING), None)
        return virkninger(_med_gruppen(rad, bilde)) if rad else None
    leder = next((p for p in bilde.ledere if str(p.pk) == pk), None) if slag == "leder" else None
    return virkninger(_med_lederen(leder, bilde)) if leder else None


def _med_gruppen(rad: Gaprad, bilde: Enhetsbilde) -> list[Besittelse]:
    """The group itself is one fewer; what belongs to the group probably goes along, what nobody has placed may."""
    ut = [_besittelse(rad, bilde, Visshet.REGISTRERT)]
    gruppe = brett(rad.gruppe or rad.navn)
    for annen in bilde.rader:
        if (
            annen.pk != rad.pk
            and annen.slag != Gapradslag.STILLING
            and (not annen.gruppe or brett(annen.gruppe) == gruppe)
        ):
            ut.append(_besittelse(annen, bilde, Visshet.TROLIG if annen.gruppe else Visshet.MULIG))
    return ut


def _med_lederen(leder: Lederpost, bilde: Enhetsbilde) -> list[Besittelse]:
    """What HR has registered that the person can, with how many can it in the unit: by the analysis, by the competence
    system, or else the named ones.
    """
    av_navn = {brett(_navn(r)): r for r in bilde.rader if r.slag != Gapradslag.STILLING}
    talte = {brett(b.navn): b for b in _talte(bilde)}
    ut = []
    for haver in leder.kompetanser.all():
        navn, nokkel = haver.kompetanse.navn, brett(haver.kompetanse.navn)
        if nokkel in av_navn and av_navn[nokkel].har:
            ut.append(_besittelse(av_navn[nokkel], bilde, Visshet.REGISTRERT))
        elif nokkel in talte:
            b = talte[nokkel]
            ut.append(Besittelse(navn, b.har, 0, Visshet.REGISTRERT, kilde=b.kilde))
        else:
            navngitte = sum(k.kompetanse_id == haver.kompetanse_id for p in bilde.ledere for k in p.kompetanser.all())
            ut.append(Besittelse(navn, navngitte, 0, Visshet.REGISTRERT, kilde=_("bare de navngitte er talt")))
    return ut


def navngitte_med(kompetanser: Collection[int], dag: date, ser_navn: Collection[int]) -> list[Kompetansehaver]:
    """Key persons who hold one of the competences, in units where names may be seen. One query."""
    innehar = Lederpost.objects.innehar(dag).filter(enhet__in=ser_navn).values("pk")
    havere = Kompetansehaver.objects.filter(kompetanse__in=kompetanser, leder__in=innehar)
    return list(havere.select_related("leder__enhet", "kompetanse").order_by("leder__navn", "pk"))
