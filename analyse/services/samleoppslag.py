"""Kept results of many units and extracts at once, for pages that show single figures from here and there."""

from collections.abc import Collection, Iterable

from analyse.models import Rapportresultat, Uttrekk
from analyse.queries import PersonraderSlettet, UkjentEnhet
from analyse.rapporter import RAPPORTER
from analyse.rapporter.resultat import Resultat
from analyse.services import rapporter, vern
from organisasjon.models import Enhet

# One wanted result: extract id, unit id, report.
Nokkel = tuple[int, int, str]


def hent_mange(
    *, uttrekk: Collection[Uttrekk], onsker: Iterable[Nokkel], prikket: bool, enheter: dict[int, Enhet]
) -> dict[Nokkel, Resultat]:
    """The results wanted, default period. What does not exist (unit or rows gone, unknown report) is left out.

    Two queries when all are kept. A result that is not kept is computed and kept.
    """
    kjente, oppsett = {u.pk: u for u in uttrekk}, rapporter.hent_oppsett()
    onsket = {o for o in onsker if o[2] in RAPPORTER and o[0] in kjente}
    ut = {}
    rader = Rapportresultat.objects.filter(
        uttrekk__in=kjente, enhet__in={o[1] for o in onsket}, slug__in={o[2] for o in onsket}, prikket=prikket
    )
    for rad in rader:
        rad.uttrekk = kjente[rad.uttrekk_id]
        if (rad.uttrekk_id, rad.enhet_id, rad.slug) in onsket and _gjelder(rad, oppsett):
            ut[rad.uttrekk_id, rad.enhet_id, rad.slug] = rapporter.fra_rad(rad)
    for nokkel in sorted(onsket - ut.keys()):
        resultat = _regn_ut(kjente[nokkel[0]], enheter[nokkel[1]], nokkel[2], prikket)
        if resultat is not None:
            ut[nokkel] = resultat
    return ut


def _gjelder(rad: Rapportresultat, oppsett: rapporter.Oppsett) -> bool:
    """Is the kept row of the default period, and still true?"""
    if (rad.fra, rad.til) != rapporter.standardperiode(rad.uttrekk):
        return False
    if rad.prikket:
        return rad.oppsett == vern.vernmerke(oppsett, rad.uttrekk)
    return bool(rad.uttrekk.rader_slettet) or oppsett.stemmer(rad.oppsett)


def _regn_ut(uttrekk: Uttrekk, enhet: Enhet, slug: str, prikket: bool) -> Resultat | None:
    try:
        return rapporter.hent_resultat(uttrekk=uttrekk, slug=slug, enhet=enhet, prikket=prikket)
    except (UkjentEnhet, PersonraderSlettet, KeyError):
        return None
