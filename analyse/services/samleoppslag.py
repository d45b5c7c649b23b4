"""Kept results of many units and extracts at once, for pages that show figures from here and there."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from analyse.models import Rapportresultat, Uttrekk
from analyse.queries import PersonraderSlettet
from analyse.rapporter import RAPPORTER
from analyse.rapporter.resultat import Resultat
from analyse.regneoppsett import Oppsett, hent_oppsett
from analyse.samlegrunnlag import grunnlag_for
from analyse.services import rapporter, vern
from analyse.services.serier import gjelder_naa, hent_serie
from organisasjon.models import Enhet
from organisasjon.queries import kommune

# One result: extract id, unit id, report.
Nokkel = tuple[int, int, str]
Resultater = dict[Nokkel, Resultat]


def hent_mange(
    *,
    uttrekk: Collection[Uttrekk],
    onsker: Iterable[Nokkel],
    prikket: bool,
    enheter: Mapping[int, Enhet],
    oppsett: Oppsett | None = None,
) -> Resultater:
    """The results wanted, default period. What does not exist (unit or rows gone, unknown report) is left out.

    Two queries when all are kept. Those that are not are computed, extract by extract with the units together, and
    kept.
    """
    kjente, oppsett = {u.pk: u for u in uttrekk}, oppsett or hent_oppsett()
    onsket = {o for o in onsker if o[2] in RAPPORTER and o[0] in kjente}
    ut: Resultater = {}
    rader = Rapportresultat.objects.filter(
        uttrekk__in=kjente, enhet__in={o[1] for o in onsket}, slug__in={o[2] for o in onsket}, prikket=prikket
    )
    for rad in rader:
        rad.uttrekk = kjente[rad.uttrekk_id]
        nokkel = (rad.uttrekk_id, rad.enhet_id, rad.slug)
        if nokkel in onsket and gjelder_naa(rad, rad.uttrekk, oppsett):
            ut[nokkel] = rapporter.fra_rad(rad)
    mangler: dict[int, set[Nokkel]] = defaultdict(set)
    for nokkel in onsket - ut.keys():
        mangler[nokkel[0]].add(nokkel)
    for pk in sorted(mangler):
        regn = _beskytt if prikket else _regn
        ut |= regn(kjente[pk], mangler[pk], enheter, oppsett)
    return ut


def hent_for_omfang(
    *, serie: Sequence[Uttrekk], sluger: Iterable[str], enheter: Sequence[Enhet], prikket: bool
) -> Resultater:
    """Reports for each of the units in each of the extracts: `hent_mange`, but a unit that has taken over another goes
    through `hent_serie`, so that a merger is no jump. Three queries when all are kept.
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


def _regn(uttrekk: Uttrekk, onsket: set[Nokkel], enheter: Mapping[int, Enhet], oppsett: Oppsett) -> Resultater:
    """Compute and keep unprotected results of one extract."""
    periode, rot = rapporter.standardperiode(uttrekk), kommune()
    av_andre = any(slug == "aldersrisiko" and (rot is None or pk != rot.pk) for _u, pk, slug in onsket)
    try:
        rater = rapporter.kommunens_rater(uttrekk, periode) if av_andre else None
        grunnlag = grunnlag_for(uttrekk, [enheter[pk] for pk in sorted({o[1] for o in onsket})], rater, oppsett)
    except PersonraderSlettet:
        return {}
    ut = {o: RAPPORTER[o[2]].beregn(grunnlag[o[1]], *periode) for o in sorted(onsket) if o[1] in grunnlag}
    rapporter.behold(uttrekk, ut.values(), oppsett.merke())
    return ut


def _beskytt(uttrekk: Uttrekk, onsket: set[Nokkel], enheter: Mapping[int, Enhet], oppsett: Oppsett) -> Resultater:
    """Protect and keep results of one extract."""
    aapne = hent_mange(uttrekk=[uttrekk], onsker=onsket, prikket=False, enheter=enheter, oppsett=oppsett)
    return vern.beskytt_aapne(uttrekk, aapne, oppsett) if aapne else {}
