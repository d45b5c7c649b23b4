"""Reads for answering gap analyses: who may do what with one, mine, last year's, what is still missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from felles.norsk import sorteringsnokkel, treffer
from kompetanse.enums import GAP_AAPNE, Gapradslag, Gapstatus, Rundestatus
from kompetanse.gap.regning import HORISONTER
from kompetanse.gap.steg import Radinfo, Steg, lag_steg
from kompetanse.models import Gapanalyse, Gaprad, Gapsporsmaal, Gapsvar
from kompetanse.querysets import KAN_INVITERES
from organisasjon.enums import Handling, Rolle
from organisasjon.models import Bruker, Rolletildeling
from organisasjon.queries import barnekart, undertre
from organisasjon.rules import TILLATT, Tilgang

LEVERTE = (Gapstatus.LEVERT, Gapstatus.GODKJENT)


@dataclass(frozen=True)
class Gaprett:
    """What one person may do with one analysis, whatever its state."""

    svare: bool
    invitere: bool
    uprikket: bool


def rett_til(analyse: Gapanalyse, tilgang: Tilgang) -> Gaprett:
    """Those who lead all its units answer and invite; those invited answer. The analysis as from `med_rett`."""
    enheter = {e.pk for e in analyse.enheter.all()}

    def dekker(handling: Handling) -> bool:
        return bool(enheter) and enheter <= tilgang.omfang(handling)

    leder = dekker(Handling.SVARE_GAP)
    return Gaprett(leder or analyse.er_invitert, leder, dekker(Handling.SE_UPRIKKET) or analyse.er_invitert)


def analyse_for(request: HttpRequest, pk: int) -> tuple[Gapanalyse, Gaprett]:
    """The analysis, if it exists for this person, and what they may do. Others than the leaders and those invited see
    it once it has been sent. Raises Http404. Two queries.
    """
    synlige = Gapanalyse.objects.synlig_for(request.tilgang, request.user.pk).med_rett(request.tilgang, request.user.pk)
    analyse = _med_folk(synlige).filter(pk=pk).first()
    if analyse is None:
        raise Http404("Gapanalysen finnes ikke")
    rett = rett_til(analyse, request.tilgang)
    if not (rett.svare or rett.uprikket or analyse.status in LEVERTE):
        raise Http404("Gapanalysen er ikke sendt")
    return analyse, rett


def _med_folk(analyser: QuerySet[Gapanalyse]) -> QuerySet[Gapanalyse]:
    return analyser.select_related("runde", "endret_av", "levert_av", "avgjort_av")


def er_aapen(analyse: Gapanalyse) -> bool:
    """Does it take answers now?"""
    return analyse.runde.er_aapen and analyse.status in GAP_AAPNE


def ledede_enheter(tilgang: Tilgang) -> frozenset[int]:
    """Units the person answers for as their own leader: an enhetsleder's with all beneath, others' own unit alone.
    None for those whose role is the whole municipality.
    """
    ut: set[int] = set()
    for rolle, rot, omfang in tilgang.roller:
        if rolle in TILLATT[Handling.SVARE_GAP] and rot != tilgang.kommune_id:
            ut |= omfang if rolle == Rolle.ENHETSLEDER else {rot}
    return frozenset(ut)


def mine_analyser(tilgang: Tilgang, bruker_id: int) -> list[Gapanalyse]:
    """Those the person is to answer, as leader of all the units or as invited, newest year first. Not those of rounds
    that HR is still preparing. Two queries.
    """
    egne = ledede_enheter(tilgang)
    ledet = Gapanalyse.objects.filter(enheter__in=egne).values("pk")
    mulige = Q(pk__in=ledet) | Q(pk__in=Gapanalyse.objects.invitert_til(tilgang, bruker_id).values("pk"))
    funnet = _med_folk(Gapanalyse.objects.filter(mulige).med_rett(tilgang, bruker_id))
    mine = [
        a
        for a in funnet.exclude(runde__status=Rundestatus.UTKAST)
        if a.er_invitert or {e.pk for e in a.enheter.all()} <= egne
    ]
    return sorted(mine, key=lambda a: (-a.runde.aar, -a.runde_id, sorteringsnokkel(a.navn), a.pk))


def leselige(tilgang: Tilgang, bruker_id: int) -> QuerySet[Gapanalyse]:
    """What the person may read: all of own scope for those who see small numbers, what has been sent for the others."""
    uprikket = Gapanalyse.objects.filter(enheter__in=tilgang.omfang(Handling.SE_UPRIKKET)).values("pk")
    invitert = Gapanalyse.objects.invitert_til(tilgang, bruker_id).values("pk")
    synlige = Gapanalyse.objects.synlig_for(tilgang, bruker_id)
    return synlige.filter(Q(status__in=LEVERTE) | Q(pk__in=uprikket) | Q(pk__in=invitert))


def leselige_rader(tilgang: Tilgang, bruker_id: int) -> QuerySet[Gaprad]:
    """The rows of what the person may read, each with its analysis as from `med_rett`. Three queries."""
    analyser = Gapanalyse.objects.select_related("runde").med_rett(tilgang, bruker_id)
    mine = Gaprad.objects.filter(analyse__in=leselige(tilgang, bruker_id).values("pk"))
    return mine.prefetch_related(Prefetch("analyse", analyser))


def foregaaende(analyse: Gapanalyse) -> Gapanalyse | None:
    """The newest analysis before this one that was sent or approved for the same units, or the same plan's line, with
    its rows. Three queries.
    """
    enheter = {e.pk for e in analyse.enheter.all()}
    samme = Q(enheter__in=enheter) | (Q(plan=analyse.plan) if analyse.plan else Q(pk=None))
    tidligere = (
        Gapanalyse.objects.filter(samme, status__in=LEVERTE, runde__aar__lte=analyse.runde.aar)
        .exclude(runde=analyse.runde_id)
        .select_related("runde")
        .prefetch_related("enheter", Prefetch("rader", Gaprad.objects.select_related("kompetanse")))
        .order_by("-runde__aar", "-runde_id", "-pk")
        .distinct()
    )
    for annen in tidligere:
        like_enheter = {e.pk for e in annen.enheter.all()} == enheter
        if like_enheter or (analyse.plan and annen.plan == analyse.plan):
            return annen
    return None


def rader_i(analyse: Gapanalyse) -> list[Gaprad]:
    """The rows in their order, with competence. One query."""
    return list(analyse.rader.select_related("kompetanse"))


def stegene(analyse: Gapanalyse, rader: Iterable[Gaprad], sporsmaal: int) -> tuple[Steg, ...]:
    """The steps of the form with what is done of them."""
    info = [Radinfo(r.pk, r.navn, r.besvart is not None and er_hel(r), "i_fjor" in r.forslag) for r in rader]
    return lag_steg(info, sporsmaal, analyse.arbeid.get("ferdig", ()))


def er_hel(rad: Gaprad) -> bool:
    """Is everything that must be answered for the row answered?"""
    return not radens_mangler(rad)


def radens_mangler(rad: Gaprad, aar: int | None = None) -> list[tuple[str, str]]:
    """What must be answered for the row before the analysis can be sent: (field, in words). `aar`: the year that is
    «nå», to name the years by.
    """
    ut = []
    if rad.slag == Gapradslag.STILLING and rad.spesiell is None:
        ut.append(("spesiell_0", _("svar på om det kreves særskilt kompetanse")))
    if rad.spesiell and not (rad.kompetanse_id or rad.kompetansetekst):
        ut.append(("hvilken", _("skriv hvilken kompetanse som kreves")))
    if rad.kritisk is None:
        ut.append(("kritisk_0", _("velg hvor kritisk det er")))
    tomme = [om for om in HORISONTER if getattr(rad, f"trenger_{om}") is None]
    if tomme:
        ut.append((f"trenger_{tomme[0]}", _behovet_mangler(tomme, aar)))
    return ut


def _behovet_mangler(tomme: list[int], aar: int | None) -> str:
    if aar is None or len(tomme) == len(HORISONTER):
        return _("fyll ut hvor mange dere trenger")
    naar = [_("i dag") if om == 0 else str(aar + om) for om in tomme]
    return _("fyll ut hvor mange dere trenger: %(naar)s") % {"naar": ", ".join(naar)}


@dataclass(frozen=True)
class Mangel:
    """Something to see to before sending. `stopper`: the analysis cannot be sent until it is done. `felt`: the field of
    the step's form.
    """

    steg: str
    tekst: str
    stopper: bool = True
    felt: str = ""


def mangler(analyse: Gapanalyse, rader: list[Gaprad]) -> list[Mangel]:
    """What is missing, in the order of the steps. One query."""
    ut = [] if rader else [Mangel("rader", _("Ta med minst én stillingsgruppe, kompetanse eller oppgave."))]
    for rad in rader:
        steg, tekster = f"rad:{rad.pk}", radens_mangler(rad, analyse.runde.aar)
        if not tekster and rad.besvart is None:
            tekster = [("", _("se over tallene, og trykk «Neste»"))]
        ut += [Mangel(steg, f"{rad.navn}: {t}.", felt=felt) for felt, t in tekster]
        if not tekster and not rad.veier and any(h.gap for h in rad.ledd):
            ut.append(Mangel(steg, _("%(navn)s: velg hva dere vil gjøre.") % {"navn": rad.navn}, False))
    besvart = Gapsvar.objects.filter(analyse=analyse).exclude(tekst="").values("sporsmaal")
    ubesvart = Gapsporsmaal.objects.filter(runde=analyse.runde_id).exclude(pk__in=besvart)
    ut += [Mangel("sporsmaal", _("Ikke besvart: %(sporsmaal)s") % {"sporsmaal": s.tekst}, False) for s in ubesvart]
    return ut


def kan_inviteres(analyse: Gapanalyse, dag: date, sok: str = "") -> list[tuple[Bruker, str]]:
    """(person, «Avdelingsleder, sone 1») for those with a leader's role within the units who are not invited yet, by
    name. Two queries.
    """
    kart = barnekart()
    omfang = frozenset().union(*(undertre(kart, e.pk) for e in analyse.enheter.all()))
    enheter = {e.pk for e in analyse.enheter.all()}
    inviterte = {b.pk for b in analyse.inviterte.all()}
    roller = (
        Rolletildeling.objects.gyldige(dag)
        .filter(enhet__in=omfang, rolle__in=KAN_INVITERES, bruker__is_active=True)
        .select_related("bruker", "enhet")
        .order_by("pk")
    )
    funnet: dict[int, tuple[Bruker, str]] = {}
    for r in roller:
        svarer = r.rolle in TILLATT[Handling.SVARE_GAP] and enheter <= undertre(kart, r.enhet_id)
        if svarer:
            inviterte.add(r.bruker_id)
            funnet.pop(r.bruker_id, None)
        elif r.bruker_id not in inviterte and treffer(sok, str(r.bruker), r.enhet.navn, str(r.get_rolle_display())):
            funnet.setdefault(r.bruker_id, (r.bruker, str(r)))
    return sorted(funnet.values(), key=lambda v: (sorteringsnokkel(str(v[0])), v[0].pk))
