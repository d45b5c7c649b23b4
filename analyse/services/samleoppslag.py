"""Kept results of many units and extracts at once, for pages that show figures from here and there."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from analyse.models import Rapportresultat, Uttrekk
from analyse.rapporter import RAPPORTER
from analyse.rapporter.resultat import Resultat
from analyse.regneoppsett import Oppsett, hent_oppsett
from analyse.samlegrunnlag import grunnlag_for
from analyse.services import rapporter, vern
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

    One query when all are kept and the set-up is at hand. Those that are not are computed together, and kept; protected
    ones extract by extract.
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
        if nokkel in onsket and rapporter.gjelder_naa(rad, rad.uttrekk, oppsett):
            ut[nokkel] = rapporter.fra_rad(rad)
    mangler = onsket - ut.keys()
    if mangler and not prikket:
        return ut | _regn(kjente, mangler, enheter, oppsett)
    for pk in sorted({uttrekk for uttrekk, _enhet, _slug in mangler}):
        ut |= _beskytt(kjente[pk], {o for o in mangler if o[0] == pk}, enheter, oppsett)
    return ut


def _regn(
    kjente: Mapping[int, Uttrekk], onsket: set[Nokkel], enheter: Mapping[int, Enhet], oppsett: Oppsett
) -> Resultater:
    """Compute and keep unprotected results, all of them together."""
    rater = _rater(kjente, onsket, oppsett)
    per_uttrekk: dict[Uttrekk, set[int]] = defaultdict(set)
    for uttrekk, enhet, _slug in onsket:
        per_uttrekk[kjente[uttrekk]].add(enhet)
    grunnlag = grunnlag_for({u: [enheter[pk] for pk in sorted(p)] for u, p in per_uttrekk.items()}, rater, oppsett)
    ut = {
        (uttrekk, enhet, slug): RAPPORTER[slug].beregn(funnet, *rapporter.standardperiode(kjente[uttrekk]))
        for uttrekk, enhet, slug in sorted(onsket)
        if (funnet := grunnlag.get((uttrekk, enhet)))
    }
    if ut:
        rapporter.behold(ut.values(), oppsett.merke())
    return ut


def _rater(kjente: Mapping[int, Uttrekk], onsket: set[Nokkel], oppsett: Oppsett) -> dict[int, dict[str, float]]:
    """The municipality's leaving rates, by extract, where a part of it asks for its age risk."""
    rot = kommune() if any(slug == "aldersrisiko" for _u, _pk, slug in onsket) else None
    trengs = {u for u, pk, slug in onsket if slug == "aldersrisiko" and rot and pk != rot.pk}
    if not trengs:
        return {}
    funnet = hent_mange(
        uttrekk=[kjente[u] for u in trengs],
        onsker={(u, rot.pk, "turnover") for u in trengs},
        prikket=False,
        enheter={rot.pk: rot},
        oppsett=oppsett,
    )
    return {u: rapporter.rater_av(r, rapporter.standardperiode(kjente[u])) for (u, _pk, _slug), r in funnet.items()}


def _beskytt(uttrekk: Uttrekk, onsket: set[Nokkel], enheter: Mapping[int, Enhet], oppsett: Oppsett) -> Resultater:
    """Protect and keep results of one extract."""
    aapne = hent_mange(uttrekk=[uttrekk], onsker=onsket, prikket=False, enheter=enheter, oppsett=oppsett)
    return vern.beskytt_aapne(uttrekk, aapne, oppsett) if aapne else {}
