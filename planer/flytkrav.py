"""Whether what a move demands is in place, in words, with where to go when it is not."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from felles.tall import dato_lang
from planer.enums import AAPNE, Planstatus, Syn
from planer.flytregler import PAAMINNELSER, Krav, Overgang
from planer.kontroll import Mangel, beholdte_mangler, mangler
from planer.models import Drofting, Droftingssyn, Plan
from planer.queries import med_samarbeid
from planer.rules import DROFTENDE

# Representatives have this long after the meeting, and after they were called to it, to record their view before a
# decision can do without it.
SVARTID = timedelta(days=7)


_OM_SAMARBEID = frozenset({Krav.DROFTET, Krav.HORINGSFRIST, Krav.HORING_OVER, Krav.SVAR_VURDERT})


@dataclass(frozen=True)
class Kravsvar:
    """`ok`: in place. `stopper`: without it the move is refused. `lenker`: (words, address) of what is missing.
    `paa_siden`: filled in on the page of the move itself, so it does not bar the way there.
    """

    krav: Krav
    ok: bool
    tekst: str
    stopper: bool = True
    lenker: tuple[tuple[str, str], ...] = ()
    paa_siden: bool = False


@dataclass
class Kravgrunnlag:
    """What the checks read, fetched once for all moves of one plan."""

    plan: Plan
    dag: date
    mangler: Sequence[Mangel]
    droftinger: Sequence[Drofting] = ()
    horinger: Sequence = ()
    representanter: int = 0
    paaminnelser: int = 0


def grunnlag(plan: Plan, regler: Iterable[Overgang], dag: date, *, beholdt: bool = False) -> Kravgrunnlag:
    """Fetch what the checks of these moves need. `beholdt`: what the plan lacks may be as kept (`beholdte_mangler`)."""
    spurt = {krav for regel in regler for krav in regel.krav}
    funnet = []
    if Krav.INNHOLD in spurt:
        funnet = beholdte_mangler([plan], dag)[plan.pk] if beholdt else mangler(plan)
    if spurt & _OM_SAMARBEID:
        med_samarbeid(plan)
    stoppere = [m for m in funnet if m.stopper]
    return Kravgrunnlag(
        plan,
        dag,
        stoppere,
        plan.droftinger.all() if spurt & _OM_SAMARBEID else (),
        plan.horinger.all() if spurt & _OM_SAMARBEID else (),
        sum(d.rolle in DROFTENDE for d in plan.deltakere.all()) if Krav.REPRESENTANTER in spurt else 0,
        len(funnet) - len(stoppere),
    )


def svar_paa_krav(overgang: Overgang, g: Kravgrunnlag) -> list[Kravsvar]:
    """What the move demands, and whether each is in place."""
    return [_SJEKK[krav](g) for krav in overgang.krav]


def horing_i_gang(g: Kravgrunnlag):
    """The hearing whose deadline has not passed, or None."""
    return next((h for h in g.horinger if h.frist >= g.dag), None)


def mangler_syn(drofting: Drofting) -> list[str]:
    """Names of those who have not recorded their view."""
    return [str(s.bruker) for s in drofting.syn.all() if not s.syn]


def frist_for(syn: Droftingssyn, drofting: Drofting) -> date:
    """The last day for this representative to record a view: as long after being called as after the meeting, so that
    one who is called late, or to a meeting entered afterwards, has as much time as the others.
    """
    return max(drofting.dato, timezone.localdate(syn.invitert or drofting.opprettet)) + SVARTID


def svarfrist(drofting: Drofting) -> date:
    """The last day for those who have not recorded a view."""
    return max((frist_for(s, drofting) for s in drofting.syn.all() if not s.syn), default=drofting.dato)


def er_droftet(drofting: Drofting, dag: date) -> bool:
    """Have all recorded their view, or had the time to do it?"""
    hatt_tid = bool(drofting.avsluttet) or not mangler_syn(drofting) or svarfrist(drofting) < dag
    return drofting.dato <= dag and bool(drofting.syn.all()) and hatt_tid


def _svar(krav: Krav, ok: bool, tekst: str, *lenker: tuple[str, str]) -> Kravsvar:
    return Kravsvar(krav, ok, tekst, krav not in PAAMINNELSER, lenker)


def _innhold(g: Kravgrunnlag) -> Kravsvar:
    antall = len(g.mangler)
    if not antall:
        return _svar(Krav.INNHOLD, True, _alt_er_skrevet(g.paaminnelser))
    lenker = [
        (
            _("Kapittel %(nr)s: %(tekst)s") % {"nr": m.kapittel, "tekst": m.tekst},
            reverse("planer:kapittel", args=[g.plan.pk, m.kapittel]) + (f"#{m.anker}" if m.anker else ""),
        )
        for m in g.mangler
    ]
    tekst = ngettext("Én ting mangler i planen.", "%(antall)s ting mangler i planen.", antall) % {"antall": antall}
    return _svar(Krav.INNHOLD, False, tekst, *lenker)


def _alt_er_skrevet(paaminnelser: int) -> str:
    tekst = _("Alt som må være med i planen, er skrevet.")
    if not paaminnelser:
        return tekst
    rest = ngettext("Én ting er merket «Se over».", "%(antall)s ting er merket «Se over».", paaminnelser)
    return f"{tekst} {rest % {'antall': paaminnelser}}"


def _representanter(g: Kravgrunnlag) -> Kravsvar:
    if g.representanter:
        return _svar(Krav.REPRESENTANTER, True, _("Tillitsvalgte eller verneombud er med i planen."))
    return _svar(Krav.REPRESENTANTER, False, _("Ingen tillitsvalgte eller verneombud står i planen ennå."))


def _droftet(g: Kravgrunnlag) -> Kravsvar:
    adresse = reverse("planer:samarbeid", args=[g.plan.pk])
    ferdige = [d for d in g.droftinger if er_droftet(d, g.dag)]
    if ferdige:
        borte = mangler_syn(ferdige[0])
        tekst = _("Planen er drøftet %(dato)s.") % {"dato": dato_lang(ferdige[0].dato)}
        if uenige := [str(s.bruker) for s in ferdige[0].syn.all() if s.syn == Syn.UENIG]:
            tekst += " " + _("Uenig: %(navn)s.") % {"navn": ", ".join(uenige)}
        if borte:
            tekst += " " + _("Ikke ført eget syn: %(navn)s.") % {"navn": ", ".join(borte)}
        return _svar(Krav.DROFTET, True, tekst)
    if not g.droftinger:
        return _svar(Krav.DROFTET, False, _("Planen er ikke drøftet."), (_("Gå til drøftingene"), adresse))
    drofting = reverse("planer:drofting", args=[g.droftinger[0].pk])
    return _svar(Krav.DROFTET, False, _venter_paa(g.droftinger[0], g.dag), (_("Gå til drøftingen"), drofting))


def _venter_paa(drofting: Drofting, dag: date) -> str:
    borte = ", ".join(mangler_syn(drofting))
    if drofting.dato > dag:
        return _("Drøftingen er %(dato)s.") % {"dato": dato_lang(drofting.dato)}
    if not borte:
        return _("Ingen representanter er med i drøftingen.")
    ord_ = {"navn": borte, "dato": dato_lang(svarfrist(drofting))}
    return _("Drøftingen venter på syn fra %(navn)s, senest %(dato)s.") % ord_


def _horingsfrist(g: Kravgrunnlag) -> Kravsvar:
    horing = horing_i_gang(g)
    if horing:
        return _svar(Krav.HORINGSFRIST, True, _("Høringsfristen er %(dato)s.") % {"dato": dato_lang(horing.frist)})
    return Kravsvar(
        Krav.HORINGSFRIST, False, _("Høringen må ha en frist. Du setter den når du sender planen."), paa_siden=True
    )


def _horing_over(g: Kravgrunnlag) -> Kravsvar:
    horing = horing_i_gang(g)
    if horing:
        tekst = _("Høringen er ikke over før fristen %(dato)s er gått ut.") % {"dato": dato_lang(horing.frist)}
        return _svar(Krav.HORING_OVER, False, tekst)
    if g.horinger:
        tekst = _("Høringen ble avsluttet %(dato)s.") % {"dato": dato_lang(g.horinger[0].frist)}
        return _svar(Krav.HORING_OVER, True, tekst)
    if g.plan.status == Planstatus.HORING:
        return _svar(Krav.HORING_OVER, False, _("Det er ikke satt noen høringsfrist."))
    hopp = g.plan.statusskifter.filter(fra=Planstatus.DROFTING, til=Planstatus.BESLUTNING).first()
    tekst = _("Planen har ikke vært på høring.")
    if hopp and hopp.merknad:
        tekst += " " + _("Grunn: %(grunn)s") % {"grunn": hopp.merknad}
    return _svar(Krav.HORING_OVER, True, tekst)


def _svar_vurdert(g: Kravgrunnlag) -> Kravsvar:
    horinger = [h for h in g.horinger for s in h.svar.all() if not s.vurdering]
    uvurdert = len(horinger)
    if not uvurdert:
        return _svar(Krav.SVAR_VURDERT, True, _("Alle høringssvar er vurdert."))
    tekst = ngettext("Ett høringssvar er ikke vurdert.", "%(antall)s høringssvar er ikke vurdert.", uvurdert)
    adresse = reverse("planer:horing", args=[horinger[0].pk])
    return _svar(Krav.SVAR_VURDERT, False, tekst % {"antall": uvurdert}, (_("Gå til høringen"), adresse))


def _temaplan_vedtatt(g: Kravgrunnlag) -> Kravsvar:
    tema = g.plan.temaplan
    if tema is None or tema.status not in AAPNE:
        return _svar(
            Krav.TEMAPLAN_VEDTATT, True, _("Temaplanen er vedtatt.") if tema else _("Planen er selv temaplanen.")
        )
    return _svar(Krav.TEMAPLAN_VEDTATT, False, _("Temaplanen er ikke vedtatt ennå."))


_SJEKK: dict[Krav, Callable[[Kravgrunnlag], Kravsvar]] = {
    Krav.INNHOLD: _innhold,
    Krav.REPRESENTANTER: _representanter,
    Krav.DROFTET: _droftet,
    Krav.HORINGSFRIST: _horingsfrist,
    Krav.HORING_OVER: _horing_over,
    Krav.SVAR_VURDERT: _svar_vurdert,
    Krav.TEMAPLAN_VEDTATT: _temaplan_vedtatt,
}
