"""Writes to what a round covers: units and delplaner in and out, and HR's own questions."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from kompetanse.enums import Gapstatus, Rundestatus
from kompetanse.kilder import Delplanvalg
from kompetanse.models import Gapanalyse, Gaprunde, Gapsporsmaal
from kompetanse.queries.gapfolk import les_gapfolk
from kompetanse.queries.gaprunde import overlapp
from kompetanse.queries.ledere import Enhetskart
from kompetanse.services import gaprunde_brev as brev
from kompetanse.services.gaprunde import LOGGSLAG
from organisasjon.models import Bruker, Enhet
from organisasjon.services import skriv_hendelse

FLEST_SPORSMAAL = 20


@dataclass(frozen=True)
class Omfangsendring:
    """What a change of scope did. `i_delplan`: units that answer within a delplan, and so got no analysis of their own;
    `brev`: how many will get a letter.
    """

    nye: list[Gapanalyse] = field(default_factory=list)
    fjernet: list[str] = field(default_factory=list)
    i_delplan: list[str] = field(default_factory=list)
    brev: int = 0


@transaction.atomic
def sett_omfang(
    *, runde: Gaprunde, enheter: Iterable[Enhet], delplaner: Collection[Delplanvalg], av: Bruker, naa: datetime
) -> Omfangsendring:
    """The units and delplaner of the round are these. Units within a chosen delplan answer together with it.

    Raises ValidationError when somebody would be counted twice, when an analysis that has been begun would go, and for
    a closed round. Side effects: those who answer new analyses of an open round get e-mail after commit.
    """
    rad = Gaprunde.objects.select_for_update().get(pk=runde.pk)
    if rad.status == Rundestatus.STENGT:
        raise ValidationError(_("Runden er stengt. Åpne den igjen før du endrer hvem som er med."))
    kart = Enhetskart.les()
    dekket = {e for d in delplaner for e in d.enheter}
    alene = [e for e in enheter if dekket.isdisjoint(kart.linje(e.pk))]
    onsket: dict[tuple, tuple[str, frozenset[int]]] = {("plan", d.stamme): (d.navn, d.enheter) for d in delplaner}
    onsket |= {("enhet", e.pk): (e.navn, frozenset({e.pk})) for e in alene}
    if feil := [o.tekst for o in overlapp({nokkel: e for nokkel, (_n, e) in onsket.items()}, kart)]:
        raise ValidationError(feil)
    finnes = {_nokkel(a): a for a in rad.analyser.prefetch_related("enheter")}
    fjernet = _fjern([a for nokkel, a in finnes.items() if nokkel not in onsket], av)
    nye = _lag(rad, [(*verdi, nokkel) for nokkel, verdi in onsket.items() if nokkel not in finnes], av, naa)
    i_delplan = sorted({e.navn for e in enheter} - {e.navn for e in alene})
    if rad.er_aapen and (nye or fjernet):
        endringer = ((_("Nye"), "", ", ".join(a.navn for a in nye)), (_("Ut"), ", ".join(fjernet), ""))
        skriv_hendelse(
            slag=LOGGSLAG, hva=rad.navn, hendelse=_("Endret hvem som er med"), utfoert_av=av, endringer=endringer
        )
    return Omfangsendring(nye, fjernet, i_delplan, _si_fra(rad, nye, av, naa) if rad.er_aapen else 0)


def _nokkel(analyse: Gapanalyse) -> tuple:
    if analyse.plan:
        return ("plan", analyse.plan)
    return ("enhet", min((e.pk for e in analyse.enheter.all()), default=0))


def _fjern(analyser: list[Gapanalyse], av: Bruker) -> list[str]:
    begynt = [a.navn for a in analyser if a.status != Gapstatus.IKKE_BEGYNT]
    if begynt:
        tekst = _("Disse er begynt og kan ikke tas ut her: %(navn)s. Ta dem ut én og én fra oversikten over runden.")
        raise ValidationError(tekst % {"navn": ", ".join(sorted(begynt))})
    for analyse in analyser:
        analyse._history_user = av
        analyse.delete()
    return sorted(a.navn for a in analyser)


def _lag(runde: Gaprunde, ny: list[tuple[str, frozenset[int], tuple]], av: Bruker, naa: datetime) -> list[Gapanalyse]:
    """The analyses with their units, without rows: these are made when the leader begins. Three queries."""
    rader = [
        Gapanalyse(runde=runde, navn=navn[:200], plan=nokkel[1] if nokkel[0] == "plan" else None)
        for navn, _enheter, nokkel in ny
    ]
    laget = bulk_create_with_history(rader, Gapanalyse, default_user=av, default_date=naa)
    kobling = Gapanalyse.enheter.through
    kobling.objects.bulk_create(
        kobling(gapanalyse_id=analyse.pk, enhet_id=enhet)
        for analyse, (_navn, enheter, _n) in zip(laget, ny, strict=True)
        for enhet in sorted(enheter)
    )
    return laget


def _si_fra(runde: Gaprunde, nye: list[Gapanalyse], av: Bruker, naa: datetime) -> int:
    analyser = Gapanalyse.objects.filter(pk__in=[a.pk for a in nye]).prefetch_related("enheter")
    til = brev.mottakere(analyser, les_gapfolk(timezone.localdate(naa)), unntatt=av)
    return brev.send_etter_lagring(brev.brev_om_aapning(runde, til))


@transaction.atomic
def fjern_analyse(*, analyse: Gapanalyse, av: Bruker) -> None:
    """Take one analysis out of its round with all that is answered in it. Tiltak made from its rows are kept.

    Raises ValidationError when it is approved. Side effect: an entry in the log.
    """
    rad = Gapanalyse.objects.select_for_update().select_related("runde").get(pk=analyse.pk)
    if rad.status == Gapstatus.GODKJENT:
        raise ValidationError(_("Analysen er godkjent. Åpne den igjen før du tar den ut."))
    ord_ = ((_("Ut"), f"{rad.navn} ({rad.get_status_display()})", ""),)
    skriv_hendelse(slag=LOGGSLAG, hva=rad.runde.navn, hendelse=_("Tok ut en analyse"), utfoert_av=av, endringer=ord_)
    rad._history_user = av
    rad.delete()


# HR's own questions


@transaction.atomic
def lagre_sporsmaal(*, runde: Gaprunde, sporsmaal: Gapsporsmaal | None, tekst: str, hjelp: str) -> Gapsporsmaal:
    """Add a question last, or change one. Raises ValidationError."""
    rad = sporsmaal or Gapsporsmaal(runde=runde, nummer=_siste(runde) + 1)
    if sporsmaal is None and runde.sporsmaal.count() >= FLEST_SPORSMAAL:
        raise ValidationError(
            _("Runden har %(n)d spørsmål, og flere blir det ikke plass til.") % {"n": FLEST_SPORSMAAL}
        )
    rad.tekst, rad.hjelp = tekst.strip(), hjelp.strip()
    rad.full_clean()
    rad.save()
    return rad


@transaction.atomic
def flytt_sporsmaal(*, sporsmaal: Gapsporsmaal, opp: bool) -> None:
    """One place up or down; the first and the last stay."""
    alle = list(Gapsporsmaal.objects.select_for_update().filter(runde=sporsmaal.runde_id).order_by("nummer", "pk"))
    her = next(i for i, s in enumerate(alle) if s.pk == sporsmaal.pk)
    dit = her - 1 if opp else her + 1
    if 0 <= dit < len(alle):
        alle[her], alle[dit] = alle[dit], alle[her]
    for nummer, ett in enumerate(alle, 1):
        ett.nummer = nummer
    Gapsporsmaal.objects.bulk_update(alle, ["nummer"])


@transaction.atomic
def slett_sporsmaal(*, sporsmaal: Gapsporsmaal) -> None:
    """Take out a question. Raises ValidationError when somebody has answered it."""
    if sporsmaal.svar.exclude(tekst="").exists():
        raise ValidationError(_("Noen har svart på spørsmålet. Det kan ikke tas ut uten at svarene blir borte."))
    sporsmaal.delete()


def _siste(runde: Gaprunde) -> int:
    return runde.sporsmaal.aggregate(siste=Max("nummer"))["siste"] or 0
