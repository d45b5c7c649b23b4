"""Writes to the assessments of how mature the competence work is."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from felles.laas import krev_uendret
from kompetanse.enums import Svarvalg
from kompetanse.models import Modenhetspunkt, Modenhetssvar, Modenhetsvurdering, Refleksjonsnotat
from kompetanse.modenhet.eksempel import DATO, EKSEMPEL, KILDE
from organisasjon.models import Bruker, Enhet
from organisasjon.services.hendelser import skriv_hendelse

LOGGSLAG = "modenhet"
LAAS_VURDERING = ("lopenummer",)
FOERSTE_DAG = date(2000, 1, 1)
# The key of a point → the answer and what it builds on.
Svarene = Mapping[str, tuple[str, str]]


@transaction.atomic
def lagre_vurdering(
    *,
    vurdering: Modenhetsvurdering | None,
    enhet: Enhet,
    dato: date,
    grunnlag: str,
    svar: Svarene,
    av: Bruker | None,
    naa: datetime,
    forventet: str | None = None,
) -> Modenhetsvurdering:
    """Make the unit's assessment on a date, or change one. Points left out are not assessed.

    Leaves an entry in the log. Raises Foreldet and ValidationError.
    """
    Enhet.objects.select_for_update().get(pk=enhet.pk)  # one at a time, so that two cannot make the same date
    ny = vurdering is None
    v = Modenhetsvurdering(enhet=enhet, opprettet=naa) if ny else krev_uendret(vurdering, LAAS_VURDERING, forventet)
    v.dato, v.grunnlag, v.endret, v.endret_av = dato, grunnlag.strip(), naa, av
    _kontroller(v, svar, timezone.localdate(naa))
    v.lopenummer += not ny
    v.save()
    endret = _skriv_svar(v, svar, Modenhetspunkt.objects.all(), ny)
    ord_ = {"hendelse": _("Vurdert")} if ny else {"hendelse": _("Endret"), "endringer": endret}
    skriv_hendelse(slag=LOGGSLAG, hva=str(v), utfoert_av=av, **ord_)
    return v


def _kontroller(v: Modenhetsvurdering, svar: Svarene, idag: date) -> None:
    if v.dato > idag:
        raise ValidationError({"dato": _("Datoen er ikke kommet ennå.")})
    if v.dato < FOERSTE_DAG:
        raise ValidationError({"dato": _("Kontroller årstallet.")})
    if all(verdi == Svarvalg.IKKE_VURDERT for verdi, _belegg in svar.values()):
        raise ValidationError(_("Svar ja, delvis eller nei på minst ett punkt."))
    v.full_clean(exclude=["endret_av"])


def _skriv_svar(
    v: Modenhetsvurdering, svar: Svarene, punkter: Iterable[Modenhetspunkt], ny: bool
) -> list[tuple[str, str, str]]:
    """Store the answers; returns those that changed as (point, before, after). Two queries, one when new."""
    finnes = {} if ny else {s.punkt_id: s for s in v.svar.all()}
    nye, endrede, endringer = [], [], []
    for punkt in punkter:
        if punkt.nokkel not in svar:
            continue
        rad = finnes.get(punkt.pk) or Modenhetssvar(vurdering=v, punkt=punkt)
        foer = (rad.svar, rad.belegg)
        rad.svar, rad.belegg = svar[punkt.nokkel][0], svar[punkt.nokkel][1].strip()
        rad.clean_fields(exclude={"vurdering", "punkt"})
        (endrede if rad.pk else nye).append(rad)
        if foer[0] != rad.svar:
            endringer.append((punkt.navn, str(Svarvalg(foer[0]).label), str(Svarvalg(rad.svar).label)))
    Modenhetssvar.objects.bulk_create(nye)
    if endrede:
        Modenhetssvar.objects.bulk_update(endrede, ["svar", "belegg"])
    return endringer


@transaction.atomic
def slett_vurdering(*, vurdering: Modenhetsvurdering, av: Bruker | None) -> None:
    """Take out an assessment made by mistake. Tiltak made from it stay. Leaves an entry in the log."""
    skriv_hendelse(slag=LOGGSLAG, hva=str(vurdering), hendelse=_("Slettet"), utfoert_av=av)
    vurdering.delete()


@transaction.atomic
def last_eksempel(*, av: Bruker | None, naa: datetime) -> None:
    """Load the example set; what is there already is made anew. Leaves an entry in the log."""
    Modenhetsvurdering.objects.eksempler().delete()
    punkter = list(Modenhetspunkt.objects.all())
    for navn, svar in EKSEMPEL.items():
        v = Modenhetsvurdering(
            eksempel=navn, kilde=KILDE, dato=DATO, opprettet=naa, endret=naa, endret_av=av, grunnlag=""
        )
        v.full_clean(exclude=["endret_av"])
        v.save()
        _skriv_svar(v, svar, punkter, ny=True)
    skriv_hendelse(slag=LOGGSLAG, hva=_("Eksempel på modenhet"), hendelse=_("Lastet inn"), utfoert_av=av)


@transaction.atomic
def fjern_eksempel(*, av: Bruker | None) -> None:
    """Take the example set out. Leaves an entry in the log."""
    Modenhetsvurdering.objects.eksempler().delete()
    skriv_hendelse(slag=LOGGSLAG, hva=_("Eksempel på modenhet"), hendelse=_("Fjernet"), utfoert_av=av)


@transaction.atomic
def merk_tiltak(*, kilde: Modenhetssvar | Refleksjonsnotat, ident: str) -> None:
    """Remember that a tiltak was made from an answer or a note; the oldest is forgotten when there is no more room."""
    rad = type(kilde).objects.select_for_update().get(pk=kilde.pk)
    rad.tiltak = _plass_til([*rad.tiltaksliste, ident], rad._meta.get_field("tiltak").max_length)
    rad.save(update_fields=["tiltak"])


def _plass_til(identer: Iterable[str], mest: int) -> str:
    liste = list(dict.fromkeys(identer))
    while len(",".join(liste)) > mest:
        liste.pop(0)
    return ",".join(liste)
