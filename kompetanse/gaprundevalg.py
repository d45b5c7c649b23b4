"""What HR chooses from when a round is prepared, and what will happen when it opens."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analyse.models import Uttrekk
from kompetanse import kilder
from kompetanse.enums import GAP_AAPNE, Rundestatus
from kompetanse.kilder import Delplanvalg
from kompetanse.models import Gapanalyse, Gaprunde
from kompetanse.queries.gapfolk import les_gapfolk
from kompetanse.services.gaprunde import Mangel, mangler_for_aapning, som_venter
from kompetanse.services.gaprunde_brev import mottakere, naas_av
from organisasjon.enhetstre import ider_i, rader_til_valg
from organisasjon.enums import Enhetstype
from organisasjon.lister import Enhetsrad
from organisasjon.models import Bruker, Enhet, Tjeneste

# A reminder so soon after the last one is seldom meant.
NYLIG = timedelta(hours=24)


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
    `svarer_alt`: analyses of the same units in other rounds that are open. `sporsmaal`: how many questions of HR's own.
    `gamle_tall`: the date of the extract, when it is old.
    """

    analyser: list[Gapanalyse]
    faar_brev: list[tuple[Bruker, str]] = field(default_factory=list)
    uten_brev: list[tuple[Bruker, str]] = field(default_factory=list)
    uten_leder: list[str] = field(default_factory=list)
    svarer_alt: list[Gapanalyse] = field(default_factory=list)
    feil: list[Mangel] = field(default_factory=list)
    sporsmaal: int = 0
    gamle_tall: date | None = None


def les_forhaandsvisning(runde: Gaprunde, av: Bruker, dag: date) -> Forhaandsvisning:
    """Read it. Eight queries, however many units, and one more when no extract is chosen."""
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
        sporsmaal=runde.sporsmaal.count(),
        gamle_tall=_gamle_tall(runde),
    )


def _gamle_tall(runde: Gaprunde) -> date | None:
    """The date of the extract that fills in, when it is more than a year before the year of «now» begins."""
    uttrekk = runde.uttrekk or Uttrekk.objects.order_by("-dato").first()
    return uttrekk.dato if uttrekk and uttrekk.dato < date(runde.aar - 1, 1, 1) else None


def _i_andre_aapne(runde: Gaprunde, enheter: set[int]) -> list[Gapanalyse]:
    andre = Gapanalyse.objects.filter(runde__status=Rundestatus.AAPEN, status__in=GAP_AAPNE, enheter__in=enheter)
    return list(andre.exclude(runde=runde.pk).select_related("runde").order_by("navn", "pk").distinct())


def _navn(analyser: Iterable[Gapanalyse]) -> str:
    return ", ".join(a.navn for a in analyser)


@dataclass(frozen=True)
class Paaminnelse:
    """What a reminder does: who gets a letter about which analyses, and who is not reached. `nylig`: when the last one
    was sent, in words, when that is short ago; `ingen`: why nobody can be reminded, when nobody can.
    """

    faar_brev: list[tuple[Bruker, str]]
    uten_brev: list[tuple[Bruker, str]]
    nylig: str = ""
    ingen: str = ""

    @property
    def konsekvenser(self) -> tuple[str, ...]:
        """What will happen, line by line."""
        n = len(self.faar_brev)
        tekst = ngettext(
            "%(n)d leder får e-post med fristen og lenke til analysen. Du ser hvem under.",
            "%(n)d ledere får e-post med fristen og lenke til analysen. Du ser hvem under.",
            n,
        )
        linjer = [tekst % {"n": n}]
        if self.uten_brev:
            tekst = _("Disse får ikke e-post, fordi de mangler adresse eller har sagt nei: %(hvem)s.")
            linjer.append(tekst % {"hvem": ", ".join(str(bruker) for bruker, _navn in self.uten_brev)})
        return tuple(linjer)


def les_paaminnelse(runde: Gaprunde, av: Bruker, naa: datetime) -> Paaminnelse:
    """Read it. Six queries, however many wait."""
    til = som_venter(runde, timezone.localdate(naa), av)
    naas = naas_av(til)
    linjer = [(bruker, _navn(egne)) for bruker, egne in til.items()]
    return Paaminnelse(
        faar_brev=[linje for linje in linjer if linje[0].pk in naas],
        uten_brev=[linje for linje in linjer if linje[0].pk not in naas],
        nylig=_nylig(runde.paaminnet, naa),
        ingen="" if runde.er_aapen and naas else _ingen(runde, bool(til)),
    )


def _ingen(runde: Gaprunde, noen_venter: bool) -> str:
    if not runde.er_aapen:
        return _("Runden er ikke åpen, så ingen kan påminnes.")
    if noen_venter:
        return _("De som ikke har levert, kan ikke nås på e-post. Snakk med dem.")
    if runde.analyser.filter(status__in=GAP_AAPNE).exists():
        return _("Ingen leder har rollen for analysene som gjenstår, så ingen kan påminnes.")
    return _("Alle har levert, så det er ingen å påminne.")


def _nylig(sist: datetime | None, naa: datetime) -> str:
    """«Sist påminnet i dag kl. 14.05. …», when it is less than a day ago."""
    if sist is None or naa - sist >= NYLIG:
        return ""
    i_dag = timezone.localdate(sist) == timezone.localdate(naa)
    dag = _("i dag") if i_dag else _("i går")
    ord_ = {"dag": dag, "kl": timezone.localtime(sist).strftime("%H.%M")}
    return _("Sist påminnet %(dag)s kl. %(kl)s. Lederne får én påminnelse til hvis du sender nå.") % ord_
