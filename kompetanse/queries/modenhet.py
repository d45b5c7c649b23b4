"""Reads of the checklist and the assessments: the newest of each unit on a day, and all through time."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Max, QuerySet

from felles.norsk import sorteringsnokkel
from kompetanse.models import Modenhetspunkt, Modenhetssvar, Modenhetsvurdering
from kompetanse.modenhet.regning import Svar, Telling, samlet, tell
from organisasjon.enums import Enhetstype, Handling
from organisasjon.models import Enhet
from organisasjon.rules import Tilgang

# Units that are chosen to look at; beneath them come their own units.
OMRAADETYPER = (Enhetstype.KOMMUNE, Enhetstype.SEKTOR, Enhetstype.STAB)
# Units that are asked for when they have not been assessed. The whole and the departments may be, but need not.
VENTES = (Enhetstype.SEKTOR, Enhetstype.STAB, Enhetstype.ENHET)


@dataclass(frozen=True)
class Sjekkliste:
    """The points in order."""

    punkter: tuple[Modenhetspunkt, ...]

    @cached_property
    def samlepunkter(self) -> frozenset[int]:
        """Ids of the points whose answer follows from their parts."""
        return frozenset(p.del_av_id for p in self.punkter if p.del_av_id)

    @cached_property
    def blader(self) -> tuple[Modenhetspunkt, ...]:
        """The points that are answered."""
        return tuple(p for p in self.punkter if p.pk not in self.samlepunkter)

    @cached_property
    def nokler(self) -> tuple[str, ...]:
        """The keys of the points that are answered."""
        return tuple(p.nokkel for p in self.blader)

    @cached_property
    def navn(self) -> dict[str, str]:
        return {p.nokkel: p.navn for p in self.punkter}


@dataclass(frozen=True)
class Vurdering:
    """An assessment with its answers by the key of the point; `besvarelse` has the points made of others too."""

    v: Modenhetsvurdering
    svar: dict[str, Modenhetssvar]
    besvarelse: dict[str, Svar]
    telling: Telling

    @property
    def navn(self) -> str:
        return self.v.eksempel or self.v.enhet.navn


@dataclass(frozen=True)
class Omraadebilde:
    """A unit and those right beneath it: the newest assessment of each, all assessments of each through time, and the
    units that have none.
    """

    enhet: Enhet
    kolonner: list[Vurdering]
    over_tid: list[list[Vurdering]]
    uvurdert: list[Enhet]


def sjekkliste() -> Sjekkliste:
    """The checklist. One query."""
    return Sjekkliste(tuple(Modenhetspunkt.objects.order_by("rekkefolge", "pk")))


def les(vurderinger: QuerySet[Modenhetsvurdering], liste: Sjekkliste) -> list[Vurdering]:
    """The assessments with their answers, in their order. Two queries."""
    return [_les_en(v, liste) for v in vurderinger.select_related("enhet", "endret_av").prefetch_related("svar")]


def _les_en(v: Modenhetsvurdering, liste: Sjekkliste) -> Vurdering:
    per_punkt = {s.punkt_id: s for s in v.svar.all()}
    svar = {p.nokkel: per_punkt[p.pk] for p in liste.punkter if p.pk in per_punkt}
    besvarelse = {nokkel: s.verdi for nokkel, s in svar.items()}
    for punkt in liste.punkter:
        if punkt.pk in liste.samlepunkter:
            deler = [besvarelse.get(p.nokkel, Svar.IKKE_VURDERT) for p in liste.punkter if p.del_av_id == punkt.pk]
            avledet = samlet(deler)
            if avledet != Svar.IKKE_VURDERT or punkt.nokkel not in besvarelse:
                besvarelse[punkt.nokkel] = avledet
    blader = [besvarelse.get(nokkel, Svar.IKKE_VURDERT) for nokkel in liste.nokler]
    return Vurdering(v, svar, besvarelse, tell(blader))


def omraadebilde(tilgang: Tilgang, enhet: Enhet, dag: date, liste: Sjekkliste) -> Omraadebilde:
    """The unit first, then the open units right beneath it by name, as of the day. Three queries."""
    ser = tilgang.omfang(Handling.SE_MODENHET)
    under = [e for e in Enhet.objects.gyldige(dag).filter(parent=enhet).order_by("pk") if e.pk in ser]
    enheter = [enhet, *sorted(under, key=lambda e: (sorteringsnokkel(e.navn), e.pk))]
    per_enhet = _per_enhet(tilgang, [e.pk for e in enheter], dag, liste)
    vurderte = [per_enhet[e.pk] for e in enheter if e.pk in per_enhet]
    uten = [e for e in enheter if e.pk not in per_enhet and e.type in VENTES]
    return Omraadebilde(enhet, [rekke[-1] for rekke in vurderte], vurderte, uten)


def _per_enhet(tilgang: Tilgang, ider: Iterable[int], dag: date, liste: Sjekkliste) -> dict[int, list[Vurdering]]:
    """Unit id → its assessments up to the day, the oldest first."""
    alle = Modenhetsvurdering.objects.synlig_for(tilgang).filter(enhet__in=ider, dato__lte=dag).order_by("dato", "pk")
    ut: dict[int, list[Vurdering]] = defaultdict(list)
    for vurdering in les(alle, liste):
        ut[vurdering.v.enhet_id].append(vurdering)
    return ut


def omraadevalg(tilgang: Tilgang, dag: date) -> list[Enhet]:
    """Units to choose among: where the person's access begins, and the sectors and staff units beneath. One query."""
    ser, roetter = tilgang.omfang(Handling.SE_MODENHET), tilgang.roetter(Handling.SE_MODENHET)
    enheter = Enhet.objects.gyldige(dag).filter(pk__in=ser).order_by("pk")
    valgte = [e for e in enheter if e.pk in roetter or e.type in OMRAADETYPER]
    return sorted(valgte, key=lambda e: (e.pk not in roetter, sorteringsnokkel(e.navn), e.pk))


def vurderbare(tilgang: Tilgang, dag: date) -> list[Enhet]:
    """Open sectors and units the person may assess, each with `sist`, the date of the newest assessment: those not
    assessed first, then the oldest. One query.
    """
    enheter = Enhet.objects.gyldige(dag).filter(pk__in=tilgang.omfang(Handling.VURDERE_MODENHET), type__in=VENTES)
    rader = enheter.annotate(sist=Max("modenhet__dato")).order_by("pk")
    return sorted(rader, key=lambda e: (e.sist or date.min, sorteringsnokkel(e.navn), e.pk))
