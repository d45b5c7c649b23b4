"""Writes around the PDF of a round's results: ordering it, making it in the background, trying again."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from felles import jobb as jobber
from felles.jobb import OPPBEVARING, nokkel_for
from felles.pdf import lag_pdf
from kompetanse.enums import Rundestatus
from kompetanse.gaptrykk import filtittel, gapdokument
from kompetanse.gapvalg import Gapvalg
from kompetanse.models import Gapdokument, Gaprunde
from kompetanse.queries import gapresultat as les
from kompetanse.queries.gapresultat_vern import Vern, les_vern
from kompetanse.queries.gaputvalg import les_utvalg
from kompetanse.trykk import Trykk, filnavn
from kompetanse.visning.gapgrunnlag import Grunnlag
from kompetanse.visning.gapstempel import stempel
from organisasjon.models import Bruker
from organisasjon.queries import barnekart, undertre


def bestill(*, runde: Gaprunde, bruker: Bruker, enheter: list[int], om: int, prikket: bool) -> Gapdokument:
    """Order the PDF for the units beneath these, or return the identical one that is finished or being made. Raises
    ValidationError when nothing is approved, or the open edition is asked for before the round is closed.

    Side effects: a job in the queue after commit; finished documents older than a month are deleted.
    """
    naa = timezone.now()
    Gapdokument.objects.filter(opprettet__lt=naa - OPPBEVARING).delete()
    jobb = Gapdokument(
        runde=runde, bruker=bruker, enheter=sorted(enheter), om=om, prikket=prikket, opprettet=naa, livstegn=naa,
        filnavn=filnavn(filtittel(runde, prikket=prikket)),
    )  # fmt: skip
    jobb.nokkel = nokkel_for(_dokument(jobb).html)
    like = Gapdokument.objects.filter(runde=runde, enheter=jobb.enheter, nokkel=jobb.nokkel)
    return jobber.finn_lik(like) or jobber.legg_i_ko(jobb, _ko)


def prov_igjen(*, dokument: Gapdokument) -> Gapdokument:
    """Queue a stopped job again. A job that is done or alive is left alone. Side effect: a job in the queue."""
    return jobber.prov_igjen(dokument, _ko)


def utfor(*, dokument_id: uuid.UUID) -> None:
    """Make the PDF of a queued job; called by the worker. A job that someone has taken is left alone."""
    jobber.utfor(Gapdokument.objects.select_related("runde__uttrekk"), dokument_id, _lag)


def _lag(jobb: Gapdokument, fremdrift: jobber.Fremdrift) -> dict[str, Any]:
    dokument = _dokument(jobb)
    fremdrift(15)
    pdf = lag_pdf(dokument.html, tittel=dokument.tittel, fremdrift=lambda p: fremdrift(15 + p * 80 // 100))
    return {"pdf": pdf, "nokkel": nokkel_for(dokument.html)}


def _dokument(jobb: Gapdokument) -> Trykk:
    """What the document says now. Raises ValidationError when nothing is approved, or the round of an open edition is
    not closed: sums that change from day to day give parts away.
    """
    if jobb.prikket and jobb.runde.status != Rundestatus.STENGT:
        raise ValidationError(_("Den åpne utgaven kan lages når runden er stengt."))
    kart, valg = barnekart(), Gapvalg(jobb.om, prikket=jobb.prikket)
    omfang = frozenset().union(*(undertre(kart, rot) for rot in jobb.enheter))
    utvalg = les_utvalg(jobb.runde, omfang, valg.statuser)
    if not utvalg.deltakere:
        raise ValidationError(_("Ingen analyser er godkjent ennå, så det er ingenting å lage PDF av."))
    vern = les_vern(jobb.runde, utvalg, stempel(jobb.runde)) if valg.prikket else Vern()
    g = Grunnlag(valg, utvalg, les.les_kolonner(utvalg, valg.om, valg.aarsverk), vern)
    return gapdokument(jobb.runde, g, timezone.localdate(jobb.opprettet))


def _ko(dokument_id: str) -> None:
    from kompetanse.tasks import lag_gapdokument  # the task imports this module

    lag_gapdokument.enqueue(dokument_id)
