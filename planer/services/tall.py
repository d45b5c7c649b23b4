"""Writing live figures: put one in, freeze them, move the plan to another extract."""

import secrets
from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from analyse.models import Uttrekk
from felles.laas import laas_rad
from organisasjon.models import Bruker
from planer.models import Plan, Tallreferanse
from planer.services.aapen import er_aapen_naa
from planer.tall.utvalg import Tallvalg
from planer.tall.verdier import regn_ut

# What points to one cell of a report.
STED = ("rapport", "tabell", "rad", "kolonne")


@transaction.atomic
def ta_med_tall(*, plan: Plan, valg: Tallvalg) -> Tallreferanse:
    """The plan's reference to the number; made when it is not there. Raises ValidationError."""
    _krev_aapen(plan)
    sted = {f: getattr(valg, f) for f in ("rapport", "tabell", "rad", "kolonne")}
    finnes = plan.tall.filter(enhet_id=valg.enhet, **sted).first()
    if finnes:
        return finnes
    tall = Tallreferanse(plan=plan, enhet_id=valg.enhet, nokkel=f"t-{secrets.token_hex(5)}", tekst=valg.navn, **sted)
    tall.full_clean(exclude=["frosset_uttrekk"])
    tall.save()
    return tall


@transaction.atomic
def ta_med_flere(*, plan: Plan, valg: Collection[Tallvalg]) -> list[Tallreferanse]:
    """The plan's references to these numbers, in their order; those that are not there are made. Three queries.

    Raises ValidationError.
    """
    _krev_aapen(plan)
    finnes = {(t.enhet_id, *(getattr(t, f) for f in STED)): t for t in plan.tall.all()}
    nye = {}
    for v in valg:
        sted = (v.enhet, *(getattr(v, f) for f in STED))
        if sted not in finnes and sted not in nye:
            felt = dict(zip(STED, sted[1:], strict=True))
            nye[sted] = Tallreferanse(
                plan=plan, enhet_id=v.enhet, nokkel=f"t-{secrets.token_hex(5)}", tekst=v.navn[:300], **felt
            )
            nye[sted].clean_fields(exclude=["plan", "enhet", "frosset_uttrekk"])
    Tallreferanse.objects.bulk_create(nye.values())
    finnes |= nye
    return [finnes[v.enhet, *(getattr(v, f) for f in STED)] for v in valg]


@transaction.atomic
def frys_tall(*, plan: Plan) -> None:
    """Write down what every figure of the plan is now, for readers with and without access to small numbers."""
    referanser = list(plan.tall.select_related("enhet"))
    aapne, prikkede = (regn_ut(plan, referanser, prikket) for prikket in (False, True))
    for tall in referanser:
        tall.frosset, tall.frosset_prikket = aapne[tall.pk][:40], prikkede[tall.pk][:40]
        tall.frosset_uttrekk_id = plan.uttrekk_id
    Tallreferanse.objects.bulk_update(referanser, ["frosset", "frosset_prikket", "frosset_uttrekk"])


@transaction.atomic
def bytt_uttrekk(*, plan: Plan, uttrekk: Uttrekk, av: Bruker, naa: datetime) -> Plan:
    """Take the plan's figures from this extract. Leaves a row in the plan's history. Raises ValidationError."""
    plan = laas_rad(plan)
    _krev_aapen(plan)
    plan.uttrekk, plan.endret = uttrekk, naa
    plan._history_user = av
    plan.full_clean()
    plan.save()
    return plan


@transaction.atomic
def slett_tall(*, plan: Plan, tall: Tallreferanse) -> None:
    """Forget a figure that no text uses any more. Raises ValidationError."""
    _krev_aapen(plan)
    if plan.seksjoner.filter(html__contains=f'data-tall="{tall.nokkel}"').exists():
        raise ValidationError(_("Tallet står fortsatt i teksten. Ta det ut der først."))
    tall.delete()


def _krev_aapen(plan: Plan) -> None:
    if not er_aapen_naa(plan):
        raise ValidationError(_("Planen er vedtatt, og tallene er frosset."))
