"""Which parts a person has in moving one plan, and who the people behind a part are."""

from collections.abc import Iterable
from datetime import date

from organisasjon.enums import Handling, Rolle
from organisasjon.models import Bruker, Enhet, Rolletildeling
from organisasjon.queries import forfedre
from organisasjon.rules import TILLATT, Tilgang
from planer.enums import Deltakerrolle
from planer.flytregler import Part
from planer.models import Plan
from planer.queries import omfang_ider, planrett
from planer.rules import DROFTENDE, SKRIVENDE

REPRESENTANTER = frozenset({Rolle.TILLITSVALGT, Rolle.VERNEOMBUD})


def parter_i(plan: Plan, tilgang: Tilgang, bruker_id: int | None) -> frozenset[Part]:
    """The person's parts in the plan. Reads omfang and deltakere, prefetched or not."""
    rett = planrett(plan, tilgang, bruker_id)
    i_planen = {d.rolle for d in plan.deltakere.all() if d.bruker_id == bruker_id}
    omfang = set(omfang_ider(plan, tilgang.kommune_id))
    dekker = {rolle for rolle, _rot, under in tilgang.roller if omfang and omfang <= under}
    har = {
        Part.HR: rett.forvalte,
        Part.KOMMUNALSJEF: Deltakerrolle.KOMMUNALSJEF in i_planen or Rolle.KOMMUNALSJEF in dekker,
        Part.ANSVARLIG: Deltakerrolle.ANSVARLIG in i_planen or Rolle.ENHETSLEDER in dekker,
        Part.KOMMUNEDIREKTOR: rett.vedta,
    }
    return frozenset(part for part, ja in har.items() if ja)


def deltakere_med(plan: Plan, roller: Iterable[str]) -> list[Bruker]:
    """The people named in the plan with one of these parts, each once."""
    roller = set(roller)
    return list({d.bruker_id: d.bruker for d in plan.deltakere.select_related("bruker") if d.rolle in roller}.values())


def skrivende(plan: Plan) -> list[Bruker]:
    """Those who write the plan."""
    return deltakere_med(plan, SKRIVENDE)


def brukere_med_rolle(roller: Iterable[Rolle], dag: date, enheter: Iterable[int] | None = None) -> list[Bruker]:
    """People with an open account and one of the roles on the day, for one of the units (None: anywhere)."""
    tildelt = Rolletildeling.objects.gyldige(dag).filter(rolle__in=list(roller), bruker__is_active=True)
    if enheter is not None:
        tildelt = tildelt.filter(enhet__in=list(enheter))
    return list(
        {t.bruker_id: t.bruker for t in tildelt.select_related("bruker").order_by("bruker__navn", "pk")}.values()
    )


def omraade(plan: Plan) -> tuple[frozenset[int], frozenset[int]]:
    """Ids of the units above and in the plan's scope, and of those beneath it. Two queries."""
    over = dict(Enhet.objects.order_by().values_list("pk", "parent_id"))
    i_omfang = set(omfang_ider(plan))
    opp = frozenset(i_omfang.union(*(forfedre(over, e) for e in i_omfang)))
    ned = frozenset(e for e in over if i_omfang & forfedre(over, e))
    return opp, ned


def representanter_for(plan: Plan, dag: date) -> list[tuple[Bruker, bool]]:
    """Union and safety representatives to call to a drøfting, and whether they are named in the plan. Named first."""
    navngitte = deltakere_med(plan, DROFTENDE)
    opp, ned = omraade(plan)
    andre = brukere_med_rolle(REPRESENTANTER, dag, opp | ned)
    kjent = {b.pk for b in navngitte}
    return [(b, True) for b in navngitte] + [(b, False) for b in andre if b.pk not in kjent]


def horingsparter(plan: Plan, dag: date) -> list[Bruker]:
    """Everybody who is asked in a hearing: leaders and representatives in, above and beneath the scope, and those
    named in the plan.
    """
    opp, ned = omraade(plan)
    funnet = brukere_med_rolle(TILLATT[Handling.KOMMENTERE_PLAN] - {Rolle.HR}, dag, opp | ned)
    funnet += deltakere_med(plan, Deltakerrolle.values)
    return list({b.pk: b for b in funnet}.values())


def neste_ut(plan: Plan, parter: Iterable[Part], dag: date) -> list[Bruker]:
    """The people who have these parts: those named in the plan, and those whose role gives it."""
    parter, folk = set(parter), []
    opp, _ned = omraade(plan)
    if Part.KOMMUNEDIREKTOR in parter:
        folk += brukere_med_rolle(TILLATT[Handling.VEDTA_PLAN], dag)
    if Part.HR in parter:
        navngitt = deltakere_med(plan, [Deltakerrolle.KOMPETANSELEDER])
        folk += navngitt or brukere_med_rolle([Rolle.HR], dag)
    if Part.KOMMUNALSJEF in parter:
        navngitt = deltakere_med(plan, [Deltakerrolle.KOMMUNALSJEF])
        folk += navngitt or brukere_med_rolle([Rolle.KOMMUNALSJEF], dag, opp)
    if Part.ANSVARLIG in parter:
        folk += deltakere_med(plan, [Deltakerrolle.ANSVARLIG]) or brukere_med_rolle([Rolle.ENHETSLEDER], dag, opp)
    return list({b.pk: b for b in folk}.values())
