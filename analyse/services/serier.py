"""Reports of several extracts at once, for trends: one query for all that is kept."""

from collections.abc import Iterable, Sequence

from analyse.models import Rapportresultat, Uttrekk
from analyse.queries import PersonraderSlettet, UkjentEnhet, uttrekk_foer_sammenslaaing
from analyse.rapporter.resultat import Resultat
from analyse.services import vern
from analyse.services.rapporter import Oppsett, beregn_med_forgjengere, fra_rad, hent_resultater, standardperiode
from organisasjon.models import Enhet

Serie = dict[tuple[int, str], Resultat]


def hent_serie(
    *, serie: Sequence[Uttrekk], sluger: Iterable[str], enhet: Enhet, prikket: bool, oppsett: Oppsett
) -> Serie:
    """(extract id, slug) → result for the default period. Kept results come in one query, the rest are computed and
    kept. An extract that lacks the unit, or whose rows are gone, is left out.

    Where the unit has taken over another since, the older extracts are of both, so that a merger is no jump. Those are
    computed each time. A protected reader does not get them: the sum of the two has not been judged.
    """
    sluger, av_id = list(sluger), {u.pk: u for u in serie}
    foer = uttrekk_foer_sammenslaaing(serie, enhet)
    rader = Rapportresultat.objects.select_related("uttrekk").filter(
        uttrekk__in=serie, slug__in=sluger, enhet=enhet, prikket=prikket
    )
    ut = {(r.uttrekk_id, r.slug): fra_rad(r) for r in rader if gjelder_naa(r, av_id[r.uttrekk_id], oppsett)}
    ut = {(pk, slug): r for (pk, slug), r in ut.items() if pk not in foer}
    for uttrekk in serie:
        if uttrekk.pk in foer:
            ut |= {} if prikket else _regn_sammen(uttrekk, sluger, enhet)
            continue
        mangler = [slug for slug in sluger if (uttrekk.pk, slug) not in ut]
        if mangler:
            ut |= _regn(uttrekk, mangler, enhet, prikket)
    return ut


def gjelder_naa(rad: Rapportresultat, uttrekk: Uttrekk, oppsett: Oppsett) -> bool:
    """Is the kept row for the default period, and computed with what is true now?"""
    if (rad.fra, rad.til) != standardperiode(uttrekk):
        return False
    if rad.prikket:
        return rad.oppsett == vern.vernmerke(oppsett, uttrekk)
    return bool(uttrekk.rader_slettet) or oppsett.stemmer(rad.oppsett)


def _regn_sammen(uttrekk: Uttrekk, sluger: list[str], enhet: Enhet) -> Serie:
    try:
        nye = beregn_med_forgjengere(uttrekk=uttrekk, sluger=sluger, enhet=enhet)
    except PersonraderSlettet:
        return {}
    return {(uttrekk.pk, slug): resultat for slug, resultat in nye.items()}


def _regn(uttrekk: Uttrekk, sluger: list[str], enhet: Enhet, prikket: bool) -> Serie:
    try:
        nye = hent_resultater(uttrekk=uttrekk, sluger=sluger, enhet=enhet, prikket=prikket)
    except (UkjentEnhet, PersonraderSlettet):
        return {}
    return {(uttrekk.pk, slug): resultat for slug, resultat in nye.items()}
