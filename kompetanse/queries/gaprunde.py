"""Reads of rounds of gap analyses: the list, one round with its analyses, who is in twice."""

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from felles.norsk import sorteringsnokkel, treffer
from kompetanse.enums import GAP_AAPNE, Gapstatus, Rundestatus
from kompetanse.models import Gapanalyse, Gaprad, Gaprunde, Gapsentsvar
from kompetanse.queries.gapfolk import Gapfolk, les_gapfolk
from kompetanse.queries.gapsvar import LEVERTE
from kompetanse.queries.ledere import Enhetskart
from organisasjon.enums import Handling
from organisasjon.models import Bruker
from organisasjon.rules import Tilgang

FLEST_OVERLAPP = 5


def runder_for(tilgang: Tilgang, bruker_id: int | None) -> QuerySet[Gaprunde]:
    """The rounds the person sees, newest first, each with `antall`, `levert` and `godkjent` in own scope. HR sees all;
    others those that have been open and concern them. One query.
    """
    alle = Gaprunde.objects.select_related("uttrekk").order_by("-aar", "-pk")
    if tilgang.kan(Handling.FORVALTE_GAP):
        return alle.annotate(**_tall(Q()))
    synlige = Q(analyser__in=Gapanalyse.objects.synlig_for(tilgang, bruker_id).values("pk"))
    runder = alle.exclude(status=Rundestatus.UTKAST)
    return runder.annotate(**_tall(synlige)).filter(antall__gt=0)


def _tall(synlige: Q) -> dict[str, Count]:
    def antall(*statuser: str) -> Count:
        vilkaar = synlige & Q(analyser__status__in=statuser) if statuser else synlige
        return Count("analyser", filter=vilkaar, distinct=True)

    return {"antall": antall(), "levert": antall(*LEVERTE), "godkjent": antall(Gapstatus.GODKJENT)}


# The overview asks each time it is shown, so it is asked in few words.
_AAPEN = """
SELECT id, navn, frist, (SELECT count(*) FROM {analyser} a WHERE a.runde_id = r.id),
  (SELECT count(*) FROM {analyser} a WHERE a.runde_id = r.id AND a.status IN (%s, %s)),
  (SELECT count(*) FROM {analyser} a WHERE a.runde_id = r.id AND a.status = %s)
FROM {runder} r WHERE status = %s ORDER BY frist, id LIMIT 1
"""


def aapen_runde() -> dict[str, Any] | None:
    """The open round with the nearest deadline, for HR: pk, navn, frist, and the counts of `runder_for`. One query."""
    sql = _AAPEN.format(analyser=Gapanalyse._meta.db_table, runder=Gaprunde._meta.db_table)
    with connection.cursor() as peker:
        peker.execute(sql, [*LEVERTE, Gapstatus.GODKJENT, Rundestatus.AAPEN])
        rad = peker.fetchone()
    return dict(zip(("pk", "navn", "frist", "antall", "levert", "godkjent"), rad, strict=True)) if rad else None


def runde_for(request: HttpRequest, pk: int, **mer: Any) -> Gaprunde:
    """The round, if it exists for this person, without the counts of `runder_for`; `mer` are expressions to read with
    it. Raises Http404. One query.
    """
    runder = Gaprunde.objects.select_related("uttrekk").filter(pk=pk).annotate(**mer)
    if not request.tilgang.kan(Handling.FORVALTE_GAP):
        synlige = Gapanalyse.objects.synlig_for(request.tilgang, request.user.pk)
        runder = runder.filter(Exists(synlige.filter(runde=OuterRef("pk"))))
    runde = runder.first()
    if runde is None:
        raise Http404("Runden finnes ikke")
    return runde


@dataclass(frozen=True)
class Overlapp:
    """That somebody would be counted twice, in a sentence."""

    tekst: str


def overlapp(omfang: Mapping[Hashable, Collection[int]], kart: Enhetskart | None = None) -> list[Overlapp]:
    """Units that more than one of the scopes holds, each with everything beneath. At most five. One query without
    `kart`.
    """
    kart = kart or Enhetskart.les()
    eiere: dict[int, list[Hashable]] = {}
    for nokkel, enheter in omfang.items():
        for enhet in set(enheter):
            eiere.setdefault(enhet, []).append(nokkel)
    ut = []
    for enhet in sorted(eiere, key=lambda e: (sorteringsnokkel(kart.navn.get(e, "")), e)):
        if len(eiere[enhet]) > 1:
            ut.append(_("%(enhet)s er med i flere av delplanene du har valgt.") % {"enhet": kart.navn[enhet]})
        over = next((o for o in kart.linje(enhet)[1:] if set(eiere.get(o, ())) - set(eiere[enhet])), None)
        if over is not None:
            ut.append(_ligger_under(kart.navn[enhet], kart.navn[over]))
    return [Overlapp(tekst) for tekst in ut[:FLEST_OVERLAPP]]


def _ligger_under(enhet: str, over: str) -> str:
    return _(
        "%(enhet)s ligger under %(over)s. Svarer begge, blir noen talt to ganger. Velg en av dem."
    ) % {"enhet": enhet, "over": over}  # fmt: skip


@dataclass(frozen=True)
class Analyserad:
    """An analysis in the overview of its round. `enheter` are ids, `egen`: of one unit, else of a delplan's."""

    pk: int
    navn: str
    status: str
    enheter: tuple[int, ...]
    sektor: str
    ledere: tuple[Bruker, ...]
    godkjennere: tuple[Bruker, ...]
    endret: datetime | None
    levert_av: int | None
    rader: int
    besvart: int
    sene: int

    @property
    def er_levert(self) -> bool:
        """Has it been sent?"""
        return self.status in LEVERTE

    @property
    def venter_paa_leder(self) -> bool:
        """Is it still to be answered?"""
        return self.status in GAP_AAPNE


@dataclass(frozen=True)
class Rundefilter:
    """What the table is narrowed to."""

    sektor: str = ""
    status: str = ""
    sok: str = ""

    def slipper(self, rad: Analyserad) -> bool:
        """Does the row fit?"""
        navn = (rad.navn, rad.sektor, *(str(leder) for leder in rad.ledere))
        return self.sektor in ("", rad.sektor) and self.status in ("", rad.status) and treffer(self.sok, *navn)


def analyserader(runde: Gaprunde, tilgang: Tilgang, bruker_id: int | None, dag: date) -> list[Analyserad]:
    """The round's analyses in the person's scope, by sector and name. Four queries, however many."""
    alle = runde.analyser.all()
    if not tilgang.kan(Handling.FORVALTE_GAP):
        alle = alle.synlig_for(tilgang, bruker_id)
    kart = Enhetskart.les()
    folk = les_gapfolk(dag, kart)
    rader = [_rad(a, kart, folk) for a in alle.annotate(**_radtall()).prefetch_related("enheter").order_by("pk")]
    return sorted(rader, key=lambda r: (sorteringsnokkel(r.sektor), sorteringsnokkel(r.navn), r.pk))


def _radtall() -> dict[str, Coalesce]:
    """Rows, those gone through, and late answers of each analysis, each counted by itself."""
    rader = Gaprad.objects.filter(analyse=OuterRef("pk"))
    sene = Gapsentsvar.objects.filter(analyse=OuterRef("pk"))
    return {
        "antall_rader": _teller(rader),
        "antall_besvart": _teller(rader.filter(besvart__isnull=False)),
        "antall_sene": _teller(sene),
    }


def _teller(rader: QuerySet) -> Coalesce:
    per_analyse = rader.order_by().values("analyse").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(per_analyse, output_field=IntegerField()), 0)


def _rad(a: Gapanalyse, kart: Enhetskart, folk: Gapfolk) -> Analyserad:
    enheter = tuple(sorted(e.pk for e in a.enheter.all()))
    return Analyserad(
        pk=a.pk,
        navn=a.navn,
        status=a.status,
        enheter=enheter,
        sektor=sektor_av(enheter, kart),
        ledere=tuple(folk.svarer(enheter)),
        godkjennere=tuple(folk.godkjenner(enheter)),
        endret=a.avgjort or a.levert or a.endret if a.status in LEVERTE else a.endret or a.avgjort,
        levert_av=a.levert_av_id,
        rader=a.antall_rader,
        besvart=a.antall_besvart,
        sene=a.antall_sene,
    )


def sektor_av(enheter: Iterable[int], kart: Enhetskart) -> str:
    """The sector that all the units lie in; words for those across sectors."""
    sektorer = {kart.sektor(e) for e in enheter}
    return sektorer.pop() if len(sektorer) == 1 else _("På tvers av sektorene")
