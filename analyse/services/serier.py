"""Reports of several extracts at once, for trends: a unit that has taken over another is both, so that a merger is no
jump.
"""

from collections.abc import Iterable, Sequence

from analyse.models import Uttrekk
from analyse.queries import PersonraderSlettet, uttrekk_foer_sammenslaaing
from analyse.rapporter.resultat import Resultat
from analyse.regneoppsett import Oppsett, hent_oppsett
from analyse.services.rapporter import beregn_med_forgjengere
from analyse.services.samleoppslag import Resultater, hent_mange
from organisasjon.models import Enhet

Serie = dict[tuple[int, str], Resultat]


def hent_serie(
    *, serie: Sequence[Uttrekk], sluger: Iterable[str], enhet: Enhet, prikket: bool, oppsett: Oppsett
) -> Serie:
    """(extract id, slug) → result for the default period: `hent_mange` for one unit. An extract that lacks the unit, or
    whose rows are gone, is left out.

    Where the unit has taken over another since, the older extracts are of both. Those are computed each time. A
    protected reader does not get them: the sum of the two has not been judged.
    """
    sluger = list(sluger)
    foer = uttrekk_foer_sammenslaaing(serie, enhet)
    rene = [u for u in serie if u.pk not in foer]
    onsker = {(u.pk, enhet.pk, slug) for u in rene for slug in sluger}
    funnet = hent_mange(uttrekk=rene, onsker=onsker, prikket=prikket, enheter={enhet.pk: enhet}, oppsett=oppsett)
    ut = {(uttrekk, slug): resultat for (uttrekk, _enhet, slug), resultat in funnet.items()}
    for uttrekk in serie:
        if uttrekk.pk in foer and not prikket:
            ut |= _regn_sammen(uttrekk, sluger, enhet)
    return ut


def hent_for_omfang(
    *, serie: Sequence[Uttrekk], sluger: Iterable[str], enheter: Sequence[Enhet], prikket: bool
) -> Resultater:
    """Reports for each of the units in each of the extracts: `hent_mange`, but a unit that has taken over another goes
    through `hent_serie`. Three queries when all are kept.
    """
    sluger, oppsett = list(sluger), hent_oppsett()
    sammenslaatte = _har_overtatt(enheter) if len(serie) > 1 else set()
    vanlige = {e.pk: e for e in enheter if e.pk not in sammenslaatte}
    onsker = {(u.pk, pk, slug) for u in serie for pk in vanlige for slug in sluger}
    ut = hent_mange(uttrekk=serie, onsker=onsker, prikket=prikket, enheter=vanlige, oppsett=oppsett)
    for enhet in enheter:
        if enhet.pk in sammenslaatte:
            funnet = hent_serie(serie=serie, sluger=sluger, enhet=enhet, prikket=prikket, oppsett=oppsett)
            ut |= {(uttrekk, enhet.pk, slug): r for (uttrekk, slug), r in funnet.items()}
    return ut


def _har_overtatt(enheter: Sequence[Enhet]) -> set[int]:
    """Ids of those that another unit has been merged into."""
    return set(Enhet.objects.filter(erstattet_av__in=enheter).order_by().values_list("erstattet_av_id", flat=True))


def _regn_sammen(uttrekk: Uttrekk, sluger: list[str], enhet: Enhet) -> Serie:
    try:
        nye = beregn_med_forgjengere(uttrekk=uttrekk, sluger=sluger, enhet=enhet)
    except PersonraderSlettet:
        return {}
    return {(uttrekk.pk, slug): resultat for slug, resultat in nye.items()}
