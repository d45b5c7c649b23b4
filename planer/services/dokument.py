"""Writes around the PDFs of plans: ordering, making in the background, trying again, and publishing for everybody."""

import hashlib
import uuid
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from felles import jobb as jobber
from felles.jobb import OPPBEVARING, nokkel_for
from felles.jobbstatus import I_GANG
from felles.laas import laas_rad
from felles.pdf import lag_pdf
from organisasjon.models import Bruker
from organisasjon.services import skriv_hendelse
from planer.enums import Dokumentslag, Planstatus
from planer.innhold.personer import NOKLER, feltnavn
from planer.models import Plan, Plandokument, Vedtak
from planer.plandokument import plandokument, samling

NORSKE = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "Æ": "ae", "Ø": "o", "Å": "a"})
BARE_VEDTATTE = gettext_lazy("Bare en vedtatt plan kan publiseres.")
PUBLISERBARE = (Planstatus.VEDTATT, Planstatus.REVISJON, Planstatus.ERSTATTET)


def bestill_plan(*, plan: Plan, bruker: Bruker, prikket: bool) -> Plandokument:
    """Order the PDF of one plan, or return the identical one that is finished or being made.

    Side effects: a job in the queue after commit; finished documents older than a month are deleted.
    """
    nokkel = nokkel_for(plandokument(plan, prikket=prikket).html)
    lik = jobber.finn_lik(Plandokument.objects.filter(slag=Dokumentslag.PLAN, nokkel=nokkel))
    navn = filnavn(plan, prikket=prikket)
    return lik or _bestill(Dokumentslag.PLAN, [plan], bruker, prikket=prikket, nokkel=nokkel, filnavn=navn)


def filnavn(plan: Plan, *, prikket: bool) -> str:
    """What the PDF is called when it is saved: letters a–z, version, and whether it is the protected edition."""
    tittel = slugify(plan.tittel.translate(NORSKE))[:80]
    return f"{tittel or 'plan'}-versjon-{plan.versjon}{'-aapen' if prikket else ''}.pdf"


def bestill_samling(*, planer: Sequence[Plan], bruker: Bruker, prikket: bool, naa: datetime) -> Plandokument:
    """Order one PDF of several plans, in the given order, or return one of the same that is being made. What is
    finished is not reused: whether it still says the same is not known before all the plans have been read.

    Raises ValidationError when there are none. Side effects: as `bestill_plan`.
    """
    if not planer:
        raise ValidationError(_("Velg minst én plan."))
    dag = timezone.localdate(naa)
    nokkel = nokkel_for(f"{[p.pk for p in planer]} {prikket} {dag}")
    i_gang = Plandokument.objects.filter(slag=Dokumentslag.SAMLING, nokkel=nokkel, status__in=I_GANG)
    navn = f"planer-til-bystyret-{dag:%Y-%m-%d}{'-aapen' if prikket else ''}.pdf"
    return jobber.finn_lik(i_gang) or _bestill(
        Dokumentslag.SAMLING, planer, bruker, prikket=prikket, nokkel=nokkel, filnavn=navn
    )


def _bestill(slag: Dokumentslag, planer: Sequence[Plan], bruker: Bruker, **felt: Any) -> Plandokument:
    naa = timezone.now()
    Plandokument.objects.filter(opprettet__lt=naa - OPPBEVARING).delete()
    jobb = Plandokument(slag=slag, planer=[p.pk for p in planer], bruker=bruker, opprettet=naa, livstegn=naa, **felt)
    return jobber.legg_i_ko(jobb, _ko)


def prov_igjen(*, dokument: Plandokument) -> Plandokument:
    """Queue a stopped job again. A job that is done or alive is left alone. Side effect: a job in the queue."""
    return jobber.prov_igjen(dokument, _ko)


def utfor(*, dokument_id: uuid.UUID) -> None:
    """Make the PDF of a queued job; called by the worker. A job that someone has taken is left alone.

    Side effects: status and progress are stored along the way, then the file or the reason why there is none.
    """
    jobber.utfor(Plandokument.objects.all(), dokument_id, _lag)


def _lag(jobb: Plandokument, fremdrift: jobber.Fremdrift) -> dict[str, Any]:
    funnet = Plan.objects.select_related("temaplan", "uttrekk").in_bulk(jobb.planer)
    planer = [funnet[pk] for pk in jobb.planer if pk in funnet]
    enkel = jobb.slag == Dokumentslag.PLAN and planer
    if enkel and (ferdig := vedtatt_pdf(planer[0], prikket=jobb.prikket)):
        return {"pdf": ferdig}
    dag = timezone.localdate(jobb.opprettet)
    utelatt = utelatt_av(planer[0]) if enkel else []
    dokument = (
        plandokument(planer[0], prikket=jobb.prikket) if enkel else samling(planer, prikket=jobb.prikket, dag=dag)
    )
    fremdrift(15)
    pdf = lag_pdf(dokument.html, tittel=dokument.tittel, fremdrift=lambda p: fremdrift(15 + p * 80 // 100))
    if not enkel:
        return {"pdf": pdf}
    return {"pdf": _behold(planer[0], pdf, prikket=jobb.prikket, utelatt=utelatt), "nokkel": nokkel_for(dokument.html)}


def lag_vedtaks_pdf(*, vedtak_id: int) -> None:
    """Make both editions of an adopted plan's PDF, those that are not there already. Called by the worker.

    Side effect: the files are stored with the decision, and never made again.
    """
    vedtak = (
        Vedtak.objects.select_related("plan__temaplan", "plan__uttrekk").defer("pdf", "pdf_prikket").get(pk=vedtak_id)
    )
    for prikket in (False, True):
        if not vedtatt_pdf(vedtak.plan, prikket=prikket):
            utelatt = utelatt_av(vedtak.plan)
            dokument = plandokument(vedtak.plan, prikket=prikket)
            pdf = lag_pdf(dokument.html, tittel=dokument.tittel)
            _behold(vedtak.plan, pdf, prikket=prikket, utelatt=utelatt)


def vedtatt_pdf(plan: Plan, *, prikket: bool) -> bytes | None:
    """The PDF that was made of the adopted version, or None when there is none (yet)."""
    felt = "pdf_prikket" if prikket else "pdf"
    funnet = Vedtak.objects.filter(plan=plan).values_list(felt, flat=True).first()
    return bytes(funnet) if funnet else None


def utelatt_av(plan: Plan) -> list[str]:
    """Keys of what HR has taken out of the adopted plan's open edition."""
    return Vedtak.objects.filter(plan=plan).values_list("utelatt", flat=True).first() or []


def _behold(plan: Plan, pdf: bytes, *, prikket: bool, utelatt: list[str]) -> bytes:
    """Store the PDF with the decision, if there is one and it has none. The first one made is the one that counts; an
    open edition only when what it leaves out (`utelatt`) is still what HR wants.
    """
    vedtak = Vedtak.objects.filter(plan=plan)
    if prikket:
        vedtak.filter(pdf_prikket__isnull=True, utelatt=utelatt).update(pdf_prikket=pdf)
    else:
        vedtak.filter(pdf__isnull=True).update(pdf=pdf, pdf_hash=hashlib.sha256(pdf).hexdigest())
    return vedtatt_pdf(plan, prikket=prikket) or pdf


def publiser(*, plan: Plan, av: Bruker, naa: datetime, utelatt: Collection[str] = ()) -> Plan:
    """Let everybody read this adopted version, without login and without the fields of the keys in `utelatt`
    (`planer.innhold.personer`). Raises ValidationError for one that is not adopted.

    Side effects: the open edition's PDF is ordered when it is not there yet, and made again when something else is left
    out; the change is kept in history and in the log.
    """
    with transaction.atomic():
        laast = laas_rad(plan)
        vedtak = Vedtak.objects.filter(plan=laast).only("pk", "utelatt").first()
        if laast.status not in PUBLISERBARE or vedtak is None:
            raise ValidationError(BARE_VEDTATTE)
        endret = _sett_utelatt(vedtak, sorted(NOKLER.intersection(utelatt)), laast, av)
        if laast.publisert is None:
            laast.publisert = naa
            _lagre(laast, av, _("Publisert for alle"))
        elif not endret:
            return laast
        transaction.on_commit(lambda: _ko_vedtak(vedtak.pk))
    return laast


def _sett_utelatt(vedtak: Vedtak, utelatt: list[str], plan: Plan, av: Bruker) -> bool:
    """Keep what is left out of the open edition; what was made with something else is thrown away."""
    if utelatt == vedtak.utelatt:
        return False
    Vedtak.objects.filter(pk=vedtak.pk).update(utelatt=utelatt, pdf_prikket=None)
    Plandokument.objects.filter(slag=Dokumentslag.PLAN, planer=[plan.pk], prikket=True).delete()
    endringer = [(_("Tatt ut"), *(", ".join(map(feltnavn, n)) or "–" for n in (vedtak.utelatt, utelatt)))]
    hendelse = _("Åpen utgave endret")
    skriv_hendelse(slag="plan", hva=plan.tittel, hendelse=hendelse, utfoert_av=av, endringer=endringer)
    return True


def trekk_tilbake(*, plan: Plan, av: Bruker) -> Plan:
    """Take the version away from those who are not logged in. Its address then says that it is not published."""
    with transaction.atomic():
        laast = laas_rad(plan)
        if laast.publisert is not None:
            laast.publisert = None
            _lagre(laast, av, _("Trukket tilbake"))
    return laast


def _lagre(plan: Plan, av: Bruker, hendelse: str) -> None:
    plan._history_user, plan._change_reason = av, hendelse
    plan.save(update_fields=["publisert"])


def _ko(dokument_id: str) -> None:
    from planer.tasks import lag_plandokument  # the task imports this module

    lag_plandokument.enqueue(dokument_id)


def _ko_vedtak(vedtak_id: int) -> None:
    from planer.tasks import lag_vedtaks_pdf as oppgave  # the task imports this module

    oppgave.enqueue(vedtak_id)
