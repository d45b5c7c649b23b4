"""Writes to the unit tree. Old snapshots hold their own copy of names and parents (analyse.UttrekkEnhet), so nothing
here changes an old figure; `erstattet_av` lets a trend follow a unit that was merged."""

import uuid
from collections import defaultdict
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from simple_history.utils import bulk_update_with_history

from felles.laas import krev_uendret
from organisasjon.enums import Enhetstype
from organisasjon.models import Bruker, Enhet
from organisasjon.queries import barnekart, undertre
from organisasjon.services.rolleflytting import flytt_roller, tilbakestill_roller

NIVAA = {
    Enhetstype.KOMMUNE: 0,
    Enhetstype.SEKTOR: 1,
    Enhetstype.STAB: 1,
    Enhetstype.ENHET: 2,
    Enhetstype.AVDELING: 3,
}
FELTER_ENHET = ("kode", "navn", "type", "gyldig_fra", "gyldig_til")
# What a version in the history holds and can give back.
FELTER_VERSJON = (*FELTER_ENHET, "parent_id", "erstattet_av_id")


def opprett_kommune(*, navn: str, kode: str = "KOMMUNE") -> Enhet:
    """The municipality, made if it is missing. An existing one is returned as it is."""
    finnes = Enhet.objects.filter(type=Enhetstype.KOMMUNE).first()
    return finnes or opprett_enhet(kode=kode, navn=navn, type=Enhetstype.KOMMUNE, forelder=None)


@transaction.atomic
def opprett_enhet(*, kode: str, navn: str, type: str, forelder: Enhet | None, gyldig_fra: date | None = None) -> Enhet:
    """A new unit under `forelder` (None only for the municipality). Raises ValidationError."""
    enhet = Enhet(kode=kode.strip(), navn=navn.strip(), type=type, parent=forelder, gyldig_fra=gyldig_fra)
    return _lagre(enhet, _("Opprettet"))


@transaction.atomic
def endre_enhet(
    *, enhet: Enhet, kode: str, navn: str, type: str, gyldig_fra: date | None, forventet: str | None = None
) -> Enhet:
    """Rename, recode or change level. Raises Foreldet (stale form) and ValidationError."""
    enhet = krev_uendret(enhet, FELTER_ENHET, forventet)
    enhet.kode, enhet.navn, enhet.type, enhet.gyldig_fra = kode.strip(), navn.strip(), type, gyldig_fra
    for barn in enhet.children.all():
        _krev_rekkefoelge(barn, enhet)
    return _lagre(enhet, _("Endret"))


@transaction.atomic
def flytt_enhet(*, enhet: Enhet, ny_forelder: Enhet) -> Enhet:
    """Move the unit with everything beneath it. Raises ValidationError on a cycle or wrong level."""
    enhet = krev_uendret(enhet, FELTER_ENHET, None)
    if enhet.type == Enhetstype.KOMMUNE:
        raise ValidationError(_("Kommunen er toppen av treet og kan ikke flyttes."))
    if ny_forelder.pk in undertre(barnekart(), enhet.pk):
        raise ValidationError(_("En enhet kan ikke ligge under seg selv."))
    if ny_forelder.gyldig_til is not None:
        raise ValidationError(_("%(enhet)s er lagt ned og kan ikke få enheter under seg.") % {"enhet": ny_forelder})
    enhet.parent = ny_forelder
    return _lagre(enhet, _("Flyttet"))


@transaction.atomic
def slaa_sammen_enheter(
    *,
    fra: Enhet,
    til: Enhet,
    dato: date,
    med_roller: bool = False,
    utfoert_av: Bruker | None = None,
    dag: date | None = None,
) -> Enhet:
    """Close `fra` the day before `dato`, let `til` take over, and move the units beneath `fra` to `til`.

    With `med_roller` those who have a role for `fra` get it for `til` from `dato` (`dag`: today, for the rights of
    `utfoert_av`). Returns the closed unit. Raises ValidationError.
    """
    fra = krev_uendret(fra, FELTER_ENHET, None)
    kan_slaas_sammen(fra, til)
    merke = _merke(_("Slått sammen"))
    fra.gyldig_til, fra.erstattet_av = dato - timedelta(days=1), til
    barn = list(fra.children.filter(gyldig_til__isnull=True).select_for_update())
    for ett in barn:
        _krev_rekkefoelge(ett, til)
        ett.parent = til
    _lagre_flere(barn, ["parent"], merke)
    if med_roller:
        flytt_roller(fra=fra, til=til, dato=dato, merke=merke, utfoert_av=utfoert_av, dag=dag or dato)
    return _lagre(fra, merke)


def kan_slaas_sammen(fra: Enhet, til: Enhet) -> None:
    """Raises ValidationError with the reason when the two cannot be merged."""
    if Enhetstype.KOMMUNE in (fra.type, til.type):
        raise ValidationError(_("Kommunen kan ikke slås sammen med en enhet i seg selv."))
    if fra.gyldig_til is not None or til.gyldig_til is not None:
        raise ValidationError(_("Begge enhetene må være i bruk."))
    if til.pk in undertre(barnekart(), fra.pk):
        raise ValidationError(_("Enheten som tar over, kan ikke ligge under den som legges ned."))
    if abs(NIVAA[Enhetstype(fra.type)] - NIVAA[Enhetstype(til.type)]) > 1:
        raise ValidationError(_("Enhetene ligger for langt fra hverandre i nivå til å slås sammen."))


@transaction.atomic
def legg_ned_enhet(*, enhet: Enhet, siste_dag: date) -> list[Enhet]:
    """Close the unit and all open units beneath it after `siste_dag`. Returns those closed. Raises ValidationError."""
    if enhet.type == Enhetstype.KOMMUNE:
        raise ValidationError(_("Kommunen kan ikke legges ned."))
    merke = _merke(_("Lagt ned"))
    under = Enhet.objects.filter(pk__in=undertre(barnekart(), enhet.pk), gyldig_til__isnull=True)
    stengt = list(under.select_for_update())
    for en in stengt:
        if en.gyldig_fra and en.gyldig_fra > siste_dag:
            raise ValidationError(_("%(enhet)s er ikke i bruk før etter denne dagen.") % {"enhet": en.navn})
        en.gyldig_til = siste_dag
    _lagre_flere(stengt, ["gyldig_til"], merke)
    return stengt


@transaction.atomic
def tilbakestill_enhet(*, enhet: Enhet, historie_id: int) -> Enhet:
    """Give the unit back what an earlier version held. Units and roles that changed in the same step (merge, closing)
    follow, unless someone has changed them since. Raises ValidationError, Enhet.historie.model.DoesNotExist.
    """
    enhet = krev_uendret(enhet, FELTER_ENHET, None)
    versjon = enhet.historie.get(history_id=historie_id)
    merker = {h.history_change_reason for h in enhet.historie.filter(history_id__gt=historie_id)}
    _legg_tilbake(enhet, versjon)
    felles = {m for m in merker if m and m.endswith("]")}
    _legg_tilbake_foelge(enhet, felles)
    tilbakestill_roller(felles)
    return enhet


@transaction.atomic
def slett_enhet(*, enhet: Enhet) -> None:
    """Delete a unit that nothing refers to. Raises ValidationError naming what does."""
    if enhet.type == Enhetstype.KOMMUNE:
        raise ValidationError(_("Kommunen kan ikke slettes."))
    bruk = brukt_i(enhet)
    if bruk:
        raise ValidationError(_("Enheten er i bruk og kan ikke slettes: %(bruk)s.") % {"bruk": ", ".join(bruk)})
    enhet.delete()


def brukt_i(enhet: Enhet) -> list[str]:
    """Names of the kinds of rows that refer to the unit, in the tables' own words."""
    # Hidden relations too (related_name "+"): the rows of extracts. The history is no use, it only remembers.
    relasjoner = [
        felt
        for felt in enhet._meta.get_fields(include_hidden=True)
        if felt.auto_created and not felt.concrete and not hasattr(felt.related_model, "history_object")
    ]
    return sorted(
        {
            str(relasjon.related_model._meta.verbose_name_plural)
            for relasjon in relasjoner
            if not relasjon.related_model._meta.auto_created
            and relasjon.related_model._default_manager.filter(**{relasjon.field.name: enhet.pk}).exists()
        }
    )


def _legg_tilbake(enhet: Enhet, versjon) -> None:
    for felt in FELTER_VERSJON:
        setattr(enhet, felt, getattr(versjon, felt))
    if enhet.parent_id and not Enhet.objects.filter(pk=enhet.parent_id).exists():
        raise ValidationError(_("Enheten den lå under, er slettet. Flytt enheten i stedet."))
    for barn in enhet.children.filter(gyldig_til__isnull=True):
        _krev_rekkefoelge(barn, enhet)
    _lagre(enhet, _("Tilbakestilt"))


def _legg_tilbake_foelge(enhet: Enhet, merker: set[str]) -> None:
    """Others whose newest change carries one of the marks get back the version before it."""
    berort = Enhet.historie.filter(history_change_reason__in=merker).exclude(id=enhet.pk).order_by().values("id")
    versjoner = defaultdict(list)
    for versjon in Enhet.historie.filter(id__in=berort).order_by("history_date", "history_id"):
        versjoner[versjon.id].append(versjon)
    tilbake = {
        pk: rekke[-2] for pk, rekke in versjoner.items() if len(rekke) > 1 and rekke[-1].history_change_reason in merker
    }
    andre = list(Enhet.objects.filter(pk__in=tilbake).select_for_update())
    for en in andre:
        for felt in FELTER_VERSJON:
            setattr(en, felt, getattr(tilbake[en.pk], felt))
    _lagre_flere(andre, [f.removesuffix("_id") for f in FELTER_VERSJON], _("Tilbakestilt"))


def _krev_rekkefoelge(enhet: Enhet, forelder: Enhet) -> None:
    if NIVAA[Enhetstype(enhet.type)] <= NIVAA[Enhetstype(forelder.type)]:
        raise ValidationError(
            _("%(under)s (%(undertype)s) kan ikke ligge under %(over)s (%(overtype)s).")
            % {
                "under": enhet.navn,
                "undertype": enhet.get_type_display().lower(),
                "over": forelder.navn,
                "overtype": forelder.get_type_display().lower(),
            }
        )


def _lagre(enhet: Enhet, grunn: str) -> Enhet:
    if enhet.type == Enhetstype.KOMMUNE:
        enhet.parent = None
    elif enhet.parent is None:
        raise ValidationError(_("Velg hvor enheten skal ligge."))
    else:
        _krev_rekkefoelge(enhet, enhet.parent)
    enhet.full_clean()
    enhet._change_reason = grunn
    enhet.save()
    return enhet


def _lagre_flere(enheter: list[Enhet], felter: list[str], grunn: str) -> None:
    """Store what one step did to many units, with history, in two statements."""
    bulk_update_with_history(enheter, Enhet, felter, default_change_reason=grunn)


def _merke(tekst: str) -> str:
    """A change reason that ties together the units changed in one step."""
    return f"{tekst} [{uuid.uuid4().hex[:10]}]"
