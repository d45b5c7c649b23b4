"""What happens when a plan is adopted: freezing it, and checking later that nothing has changed."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from organisasjon.models import Bruker
from planer.enums import Deltakerrolle, Planstatus, Varselslag
from planer.flytparter import deltakere_med
from planer.innhold import bygg_innhold, innholdshash
from planer.innhold.personer import uten
from planer.models import Plan, Statusskifte, Vedtak
from planer.services.tall import frys_tall
from planer.services.varsler import varsle


def frys(*, plan: Plan, av: Bruker, sak: str, naa: datetime) -> Vedtak:
    """Freeze a plan that has just been set to adopted. Call inside the transaction that does it.

    Side effects: the figures are frozen, the version it revises is replaced, and the PDF is ordered on commit.
    """
    vedtak = Vedtak(plan=plan, tid=naa, av=av, sak=sak.strip(), innhold={}, innhold_prikket={}, hash="")
    vedtak.clean_fields(exclude=["innhold", "innhold_prikket", "hash"])
    frys_tall(plan=plan)
    vedtak.save()
    plan.vedtak = vedtak  # the content names the decision it was adopted by
    vedtak.innhold = bygg_innhold(plan, uprikket=True)
    vedtak.innhold_prikket = bygg_innhold(plan, uprikket=False)
    vedtak.hash = innholdshash(vedtak.innhold)
    vedtak.full_clean()
    vedtak.save()
    _erstatt_forrige(plan, av, naa)
    transaction.on_commit(partial(_bestill_pdf, vedtak.pk))
    return vedtak


def _erstatt_forrige(plan: Plan, av: Bruker, naa: datetime) -> None:
    if plan.revisjon_av_id is None:
        return
    forrige = Plan.objects.select_for_update().get(pk=plan.revisjon_av_id)
    Statusskifte.objects.create(plan=forrige, fra=forrige.status, til=Planstatus.ERSTATTET, tid=naa, av=av)
    forrige.status, forrige._history_user = Planstatus.ERSTATTET, av
    forrige.save(update_fields=["status"])


def _bestill_pdf(vedtak_pk: int) -> None:
    from planer.tasks import lag_vedtaks_pdf

    lag_vedtaks_pdf.enqueue(vedtak_pk)


def meld_vedtatt(*, plan: Plan, skifte: Statusskifte, av: Bruker, naa: datetime) -> None:
    """Tell everybody in the plan."""
    varsle(
        til=deltakere_med(plan, Deltakerrolle.values),
        slag=Varselslag.PLAN_ENDRET,
        nokkel=f"status-{skifte.pk}",
        tekst=_("«%(plan)s» er vedtatt.") % {"plan": plan.tittel},
        adresse=reverse("planer:plan", args=[plan.pk]),
        plan=plan,
        naa=naa,
        unntatt=av,
    )


@dataclass(frozen=True)
class Kontroll:
    """Does what was adopted still hold? `pdf` None: not made yet."""

    innhold: bool
    tekst: bool
    pdf: bool | None

    @property
    def holder(self) -> bool:
        return self.innhold and self.tekst and self.pdf is not False


def kontroller(vedtak: Vedtak) -> Kontroll:
    """Compute the hashes again, and compare the plan's text with the frozen one. Writes nothing."""
    return Kontroll(
        innhold=innholdshash(vedtak.innhold) == vedtak.hash,
        tekst=_tekster(bygg_innhold(vedtak.plan, uprikket=True)) == _tekster(vedtak.innhold),
        pdf=hashlib.sha256(bytes(vedtak.pdf)).hexdigest() == vedtak.pdf_hash if vedtak.pdf else None,
    )


def avtrykk(vedtak: Vedtak, *, uprikket: bool) -> str:
    """The hash of the edition the person may read. The hash of the full one would let somebody who knows all but the
    small numbers try them out until it fits.
    """
    return vedtak.hash if uprikket else innholdshash(uten(vedtak.innhold_prikket, vedtak.utelatt))


def _tekster(innhold: dict) -> list:
    """Everything in the plan that is running text, and so cannot change after adoption."""
    seksjoner = [(s["nokkel"], s["html"]) for k in innhold.get("kapitler", []) for s in k.get("seksjoner", [])]
    return [seksjoner, innhold.get("omraader"), innhold.get("grep")]
