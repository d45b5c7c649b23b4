"""Copy a plan's content to another plan: a template to a delplan, a delplan to another, a version to its revision."""

from typing import Any

from django.db import models, transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from planer.enums import Tiltakstatus
from planer.models import (
    Effekt,
    Grepvalg,
    Innsatsomraade,
    Oppfolgingspunkt,
    Plan,
    Plandeltaker,
    Planlenke,
    Planomfang,
    Rollelinje,
    Seksjon,
    Tallreferanse,
    Tiltak,
    Tiltaksoppfolging,
)
from planer.services.ramme import sikre_grep
from planer.services.tiltak import neste_ident

Kart = dict[int, Any]


@transaction.atomic
def kopier_plan(*, kilde: Plan, til: Plan) -> None:
    """Copy sections, structured parts, choices, figures and tiltak from `kilde` to `til`, which is stored and new.

    A revision (same `stamme`) also takes over scope, people and forankring, and its tiltak keep ident, status,
    responsible and log. Elsewhere tiltak get new idents and start afresh. Innsatsområder are found by their key in
    the temaplan of `til`. The versions of sections stay behind; figures are no longer frozen.
    """
    revisjon = kilde.stamme == til.stamme
    if revisjon:
        _kopier_ramme(kilde, til)
    omraader = _omraadekart(kilde, til)
    tall = _kopier_tall(kilde, til, revisjon)
    _kopier_maal(kilde, til)
    for modell in (Rollelinje, Planlenke, Oppfolgingspunkt):
        modell.objects.bulk_create(_kopi(rad, plan=til) for rad in modell.objects.filter(plan=kilde))
    effekter = Effekt.objects.filter(plan=kilde)
    Effekt.objects.bulk_create(_kopi(e, plan=til, tall=tall.get(e.tall_id)) for e in effekter)
    _kopier_grep(kilde, til, omraader)
    _kopier_seksjoner(kilde, til, omraader)
    if not til.er_temaplan:
        sikre_grep(plan=til, naa=til.opprettet)
    _kopier_tiltak(kilde, til, omraader, revisjon)


def _kopi(rad: models.Model, **felt: Any) -> models.Model:
    """An unsaved copy of the row with some fields changed."""
    verdier = {f.attname: getattr(rad, f.attname) for f in rad._meta.concrete_fields if not f.primary_key}
    ny = type(rad)(**verdier)
    for navn, verdi in felt.items():
        setattr(ny, navn, verdi)
    return ny


def _kopier_ramme(kilde: Plan, til: Plan) -> None:
    if not til.omfang.exists():
        Planomfang.objects.bulk_create(_kopi(o, plan=til) for o in kilde.omfang.all())
    if not til.deltakere.exists():
        Plandeltaker.objects.bulk_create(_kopi(d, plan=til) for d in kilde.deltakere.all())
    forankringer = [_kopi(f, plan=til) for f in kilde.forankringer.all()]
    _lagre_med_historie(forankringer, til)


def _omraadekart(kilde: Plan, til: Plan) -> Kart:
    """Innsatsområde of the source → that of the new plan. Those of a temaplan are copied; a delplan's are found by
    their key in its temaplan, and one that is no longer there keeps pointing to the old.
    """
    if kilde.er_temaplan:
        gamle = list(kilde.omraader.all())
        Innsatsomraade.objects.bulk_create(_kopi(o, plan=til) for o in gamle)
    else:
        gamle = list(kilde.temaplan.omraader.all()) if kilde.temaplan else []
    hos = til if til.er_temaplan else til.temaplan
    nye = {o.nokkel: o for o in hos.omraader.all()} if hos else {}
    return {o.pk: nye[o.nokkel] for o in gamle if o.nokkel in nye}


def _kopier_tall(kilde: Plan, til: Plan, revisjon: bool) -> Kart:
    """Old id → new figure. From one unit's plan to another unit's, figures follow to the new unit."""
    bytte = None if revisjon else _enhetsbytte(kilde, til)
    kart = {}
    for gammel in kilde.tall.select_related("enhet"):
        ny = _kopi(gammel, plan=til, frosset="", frosset_prikket="", frosset_uttrekk=None)
        if bytte and gammel.enhet_id == bytte[0].pk:
            fra, hit = bytte
            ny.enhet, ny.tekst = hit, gammel.tekst.replace(fra.navn, hit.navn)[:300]
            ny.rad = hit.navn[:150] if gammel.rad == fra.navn else gammel.rad
        kart[gammel.pk] = ny
    Tallreferanse.objects.bulk_create(kart.values())
    return kart


def _enhetsbytte(kilde: Plan, til: Plan):
    fra = [o.enhet for o in kilde.omfang.select_related("enhet")]
    hit = [o.enhet for o in til.omfang.select_related("enhet")]
    return (fra[0], hit[0]) if len(fra) == len(hit) == 1 else None


def _kopier_maal(kilde: Plan, til: Plan) -> None:
    gamle = sorted(kilde.maal.all(), key=lambda m: (m.overordnet_id is not None, m.rekkefolge, m.pk))
    kart: Kart = {}
    for maal in gamle:
        ny = _kopi(maal, plan=til, overordnet=kart.get(maal.overordnet_id))
        ny.save()
        kart[maal.pk] = ny


def _kopier_grep(kilde: Plan, til: Plan, omraader: Kart) -> None:
    Grepvalg.objects.bulk_create(
        _kopi(valg, plan=til, omraade=omraader[valg.omraade_id])
        for valg in kilde.grepvalg.all()
        if valg.omraade_id in omraader
    )


def _kopier_seksjoner(kilde: Plan, til: Plan, omraader: Kart) -> None:
    """Sections of an innsatsområde that the new temaplan does not have are left out."""
    Seksjon.objects.bulk_create(
        _kopi(s, plan=til, omraade=omraader.get(s.omraade_id), lopenummer=1, endret=til.opprettet)
        for s in kilde.seksjoner.all()
        if s.omraade_id is None or s.omraade_id in omraader
    )


def _kopier_tiltak(kilde: Plan, til: Plan, omraader: Kart, revisjon: bool) -> None:
    nye = []
    gamle = list(kilde.tiltak.order_by("ident", "pk"))
    identer = iter(_nye_identer(0 if revisjon else len(gamle)))
    for gammelt in gamle:
        nytt = _kopi(gammelt, plan=til, omraade_id=_omraade_id(gammelt, omraader), endret=til.opprettet)
        if not revisjon:
            _start_paa_nytt(nytt, til, next(identer))
        nye.append(nytt)
    _lagre_med_historie(nye, til)
    if revisjon:
        _kopier_oppfolging(kilde, til)


def _omraade_id(tiltak: Tiltak, omraader: Kart) -> int:
    nytt = omraader.get(tiltak.omraade_id)
    return nytt.pk if nytt else tiltak.omraade_id


def _nye_identer(antall: int) -> list[str]:
    """«T-0042» and those after it."""
    if not antall:
        return []
    foerste = int(neste_ident().removeprefix("T-"))
    return [f"T-{nr:04d}" for nr in range(foerste, foerste + antall)]


def _start_paa_nytt(tiltak: Tiltak, til: Plan, ident: str) -> None:
    """A copied tiltak is nobody's yet, nothing has been done, and it closes no gap of those it came from; dates already
    past are left out.
    """
    tiltak.ident, tiltak.ansvarlig_id, tiltak.gaprad_id = ident, None, None
    tiltak.status, tiltak.statusgrunn = Tiltakstatus.PLANLAGT, ""
    dag = timezone.localdate(til.opprettet)
    if tiltak.frist and tiltak.frist < dag:
        tiltak.start = tiltak.frist = None
    if tiltak.soknadsfrist and tiltak.soknadsfrist < dag:
        tiltak.soknadsfrist = None


def _kopier_oppfolging(kilde: Plan, til: Plan) -> None:
    nye = {t.ident: t for t in til.tiltak.all()}
    gamle = Tiltaksoppfolging.objects.filter(tiltak__plan=kilde).select_related("tiltak").order_by("pk")
    Tiltaksoppfolging.objects.bulk_create(_kopi(o, tiltak=nye[o.tiltak.ident]) for o in gamle)


def _lagre_med_historie(rader: list[models.Model], til: Plan) -> None:
    """Store, with who made the new plan and when in the history."""
    if rader:
        bulk_create_with_history(rader, type(rader[0]), default_user=til.opprettet_av, default_date=til.opprettet)
