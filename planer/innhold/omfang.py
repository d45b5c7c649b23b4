"""What is known of a delplan's scope: figures per unit from its extract, and what the positions there demand."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from analyse.omfang import stillinger_i, synlig_uttrekk
from analyse.services.serier import hent_for_omfang
from felles.tall import dato_kort, dato_lang
from kompetanse.models import Krav
from kompetanse.queries import krav_for_stillinger
from planer.enums import Planslag
from planer.models import Plan
from planer.visning.delplan_tall import SLUGER, Omfangstall, enhetstabell

Rader = list[list[str]]


def nokkeltall(plan: Plan, uprikket: bool) -> tuple[str, list[str], Rader]:
    """Title, headings and a row per unit. No rows for a template, without an extract, or when nothing can be shown."""
    t = _tall(plan, not uprikket) if plan.slag == Planslag.DELPLAN else None
    if t is None or not t.finnes():
        return "", [], []
    hoder, rader = enhetstabell(t)
    tittel = _("Tall fra uttrekket %s") % dato_lang(t.uttrekk.dato)
    return tittel, [navn for navn, _er_tall in hoder], [[r.navn, *(c.tekst for c in r.celler)] for r in rader]


def _tall(plan: Plan, prikket: bool) -> Omfangstall | None:
    enheter = tuple(o.enhet for o in plan.omfang.select_related("enhet"))
    uttrekk = synlig_uttrekk(plan.uttrekk, prikket)
    if not enheter or uttrekk is None:
        return None
    resultater = hent_for_omfang(serie=[uttrekk], sluger=SLUGER, enheter=enheter, prikket=prikket)
    return Omfangstall(uttrekk, (uttrekk,), enheter, resultater, prikket, frozenset())


def krav(plan: Plan, uprikket: bool) -> Rader:
    """A row per requirement: what it demands, where it stands, and the positions of the scope that it applies to."""
    uttrekk = synlig_uttrekk(plan.uttrekk, not uprikket) if plan.slag == Planslag.DELPLAN else None
    funnet = stillinger_i(uttrekk, plan.omfang.values_list("enhet_id", flat=True)) if uttrekk else []
    if not funnet:
        return []
    treff = krav_for_stillinger(
        [f.stilling for f in funnet], timezone.localdate(plan.endret), {f.stilling.pk: f.enheter for f in funnet}
    )
    stillinger: dict[int, list[str]] = {}
    alle: dict[int, Any] = {}
    for f in funnet:
        for k in treff.get(f.stilling.pk, ()):
            alle[k.krav.pk] = k
            stillinger.setdefault(k.krav.pk, []).append(f.stilling.navn)
    return [[k.krav.tekst, _hjemmel(k.krav, k.kommer), ", ".join(stillinger[pk])] for pk, k in alle.items()]


def _hjemmel(krav_: Krav, kommer: bool) -> str:
    fra = _("fra %s") % dato_kort(krav_.gyldig_fra) if kommer and krav_.gyldig_fra else ""
    return ", ".join(filter(None, [krav_.hjemmel, fra]))
