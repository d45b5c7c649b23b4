"""What HR chooses from when a round is prepared, and what will happen when it opens."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from kompetanse import kilder
from kompetanse.enums import GAP_AAPNE, Rundestatus
from kompetanse.kilder import Delplanvalg
from kompetanse.models import Gapanalyse, Gaprunde
from kompetanse.queries.gapfolk import les_gapfolk
from kompetanse.services.gaprunde import mangler_for_aapning
from kompetanse.services.gaprunde_brev import mottakere, naas_av
from organisasjon.enhetstre import ider_i, rader_til_valg
from organisasjon.enums import Enhetstype
from organisasjon.lister import Enhetsrad
from organisasjon.models import Bruker, Enhet, Tjeneste


@dataclass(frozen=True)
class Hurtigvalg:
    """A quick pick: its key in the form, its words, the ids of its units, and whether it was ticked."""

    nokkel: str
    navn: str
    enheter: frozenset[int]
    valgt: bool = False


@dataclass(frozen=True)
class Rundevalg:
    """The tree, the quick picks, the delplaner, and what is ticked. `begynt`: units whose analysis has been begun."""

    rader: list[Enhetsrad]
    hurtigvalg: list[Hurtigvalg]
    delplaner: list[Delplanvalg]
    enhet_ider: frozenset[int]
    stammer: frozenset[UUID]
    begynt: frozenset[int] = frozenset()

    def enheter(self) -> list[Enhet]:
        """The ticked units and those of the ticked quick picks. Units that are closed or outside are passed over."""
        lovlige = {rad.pk for rad in self.rader}
        hurtige = {e for h in self.hurtigvalg if h.valgt for e in h.enheter}
        return list(Enhet.objects.filter(pk__in=(self.enhet_ider | hurtige) & lovlige).order_by("pk"))

    def valgte_delplaner(self) -> list[Delplanvalg]:
        """The ticked delplaner."""
        return [d for d in self.delplaner if d.stamme in self.stammer]


def les_valg(request: HttpRequest, runde: Gaprunde) -> Rundevalg:
    """What is ticked in the form that was sent, or else what the round has."""
    rader, delplaner = rader_til_valg(request), kilder.delplaner()
    analyser = list(runde.analyser.prefetch_related("enheter"))
    begynt = frozenset(e.pk for a in analyser if a.status != "ikke_begynt" for e in a.enheter.all())
    valgt = frozenset(request.POST.getlist("hurtig"))
    hurtig = [Hurtigvalg(h.nokkel, h.navn, h.enheter, h.nokkel in valgt) for h in _hurtigvalg(rader)]
    if request.method == "POST":
        sendt = request.POST.getlist("delplaner")
        stammer = frozenset(d.stamme for d in delplaner if str(d.stamme) in sendt)
        return Rundevalg(rader, hurtig, delplaner, ider_i(request, "enheter"), stammer, begynt)
    egne = frozenset(e.pk for a in analyser if not a.plan for e in a.enheter.all())
    return Rundevalg(rader, hurtig, delplaner, egne, frozenset(a.plan for a in analyser if a.plan), begynt)


def _hurtigvalg(rader: list[Enhetsrad]) -> list[Hurtigvalg]:
    """All units, the units of each sector, and of each service."""
    enheter = [r for r in rader if _svarer_vanlig(r, rader)]
    valg = [Hurtigvalg("alle", _("Alle enheter og staber"), frozenset(r.pk for r in enheter))]
    for sektor in (r for r in rader if r.type == Enhetstype.SEKTOR):
        under = frozenset(r.pk for r in enheter if _ligger_under(r, sektor.pk))
        valg.append(Hurtigvalg(f"sektor-{sektor.pk}", sektor.navn, under))
    lovlige = {r.pk for r in rader}
    for tjeneste in Tjeneste.objects.prefetch_related("enheter"):
        ider = frozenset(e.pk for e in tjeneste.enheter.all()) & lovlige
        valg.append(Hurtigvalg(f"tjeneste-{tjeneste.pk}", _("Bare %(navn)s") % {"navn": tjeneste.navn.lower()}, ider))
    return [h for h in valg if h.enheter]


def _svarer_vanlig(rad: Enhetsrad, rader: list[Enhetsrad]) -> bool:
    """A unit, or a staff without units beneath it."""
    if rad.type == Enhetstype.STAB:
        return not any(r.forelder_id == rad.pk and r.type == Enhetstype.ENHET for r in rader)
    return rad.type == Enhetstype.ENHET


def _ligger_under(rad: Enhetsrad, pk: int) -> bool:
    over = rad.over
    while over is not None and over.pk != pk:
        over = over.over
    return over is not None


@dataclass(frozen=True)
class Forhaandsvisning:
    """What opening does: the analyses, who gets a letter about which, who is not reached, and what is missing.
    `svarer_alt`: analyses of the same units in other rounds that are open.
    """

    analyser: list[Gapanalyse]
    faar_brev: list[tuple[Bruker, str]] = field(default_factory=list)
    uten_brev: list[tuple[Bruker, str]] = field(default_factory=list)
    uten_leder: list[str] = field(default_factory=list)
    svarer_alt: list[Gapanalyse] = field(default_factory=list)
    feil: list[str] = field(default_factory=list)


def les_forhaandsvisning(runde: Gaprunde, av: Bruker, dag: date) -> Forhaandsvisning:
    """Read it. Seven queries, however many units."""
    analyser = list(runde.analyser.prefetch_related("enheter"))
    folk = les_gapfolk(dag)
    til = mottakere(analyser, folk, unntatt=av)
    naas = naas_av(til)
    linjer = [(bruker, _navn(egne)) for bruker, egne in til.items()]
    return Forhaandsvisning(
        analyser=analyser,
        faar_brev=[linje for linje in linjer if linje[0].pk in naas],
        uten_brev=[linje for linje in linjer if linje[0].pk not in naas],
        uten_leder=[a.navn for a in analyser if not folk.svarer([e.pk for e in a.enheter.all()])],
        svarer_alt=_i_andre_aapne(runde, {e.pk for a in analyser for e in a.enheter.all()}),
        feil=mangler_for_aapning(runde, analyser, dag),
    )


def _i_andre_aapne(runde: Gaprunde, enheter: set[int]) -> list[Gapanalyse]:
    andre = Gapanalyse.objects.filter(runde__status=Rundestatus.AAPEN, status__in=GAP_AAPNE, enheter__in=enheter)
    return list(andre.exclude(runde=runde.pk).select_related("runde").order_by("navn", "pk").distinct())


def _navn(analyser: Iterable[Gapanalyse]) -> str:
    return ", ".join(a.navn for a in analyser)
