"""Writing a plan's text: saving with a lock, versions, restoring, a plan's own extra sections."""

import secrets
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from felles.laas import Foreldet, krev_uendret, laas_rad
from felles.riktekst import MAKS_TAGGER, MAKS_TEGN, ren_tekst, rens
from organisasjon.models import Bruker
from planer.enums import AAPNE
from planer.kapitler import kapitler_for
from planer.models import Plan, Seksjon, Seksjonsversjon

SAMME_OKT = timedelta(minutes=5)
EGEN = "egen-"
# Deleting is of what the person saw; every save counts the number up.
FELTER_SLETT = ("lopenummer",)


def lagre_seksjon(
    *,
    seksjon: Seksjon,
    html: str,
    overskrift: str | None = None,
    forventet: int | None,
    av: Bruker | None,
    naa: datetime,
    grunn: str = "",
) -> Seksjon:
    """Clean and save the text. `forventet`: the lopenummer that the text was written from; None = no check.

    Raises Foreldet when others have saved since, ValidationError when the text is too long or the plan is adopted.
    Keeps a version (one for each five minutes of the same person's autosaves) and stamps the plan.
    """
    krev_lengde(html)
    # Cleaning a long text takes a second; nobody shall wait for a lock meanwhile.
    ny_html = rens(html)
    krev_lengde(ny_html)
    with transaction.atomic():
        rad = _laas(seksjon)
        ny_overskrift = rad.overskrift if overskrift is None else overskrift.strip()
        # The same text is no conflict: it was saved, and the answer was lost on the way back.
        if (ny_html, ny_overskrift) != (rad.html, rad.overskrift):
            if forventet is not None and forventet != rad.lopenummer:
                raise Foreldet(rad)
            _skriv(rad, ny_html, ny_overskrift, av, naa, grunn)
    return rad


def _laas(seksjon: Seksjon) -> Seksjon:
    """The section as it is now, locked after its plan, as everybody does."""
    list(Plan.objects.select_for_update().filter(pk=seksjon.plan_id).order_by().values_list("pk"))
    return laas_rad(seksjon)


def _skriv(rad: Seksjon, html: str, overskrift: str, av: Bruker | None, naa: datetime, grunn: str) -> None:
    _merk_plan(rad.plan_id, naa)
    gammel = (rad.html, rad.overskrift, rad.lopenummer, rad.endret, rad.endret_av_id)
    rad.html, rad.overskrift, rad.sok = html, overskrift, ren_tekst(html)
    rad.lopenummer, rad.endret, rad.endret_av = rad.lopenummer + 1, naa, av
    rad.clean_fields(exclude=["plan", "omraade", "endret_av"])
    rad.save(update_fields=["html", "overskrift", "sok", "lopenummer", "endret", "endret_av"])
    _behold_versjon(rad, gammel, av, naa, grunn)


def krev_lengde(html: str, tagger: int = MAKS_TAGGER) -> None:
    """Raises ValidationError when the text is longer than a section may be, or has more pieces than can be read in
    reasonable time.
    """
    if html.count("<") > tagger:
        raise ValidationError(
            _("Teksten har for mange små avsnitt og celler for én seksjon. Del den opp i flere seksjoner."),
            code="for_lang",
        )
    if len(html) > MAKS_TEGN:
        raise ValidationError(
            _("Teksten er for lang for én seksjon. Grensen er én million tegn. Del den opp i flere seksjoner."),
            code="for_lang",
        )


def _merk_plan(plan_id: int, naa: datetime) -> None:
    """Stamp the plan. Its row is locked thereby, so that it cannot be adopted in the middle of a save."""
    if not Plan.objects.filter(pk=plan_id, status__in=AAPNE).update(endret=naa):
        raise ValidationError(
            _(
                "Planen er vedtatt mens du skrev, og teksten kan ikke endres lenger. "
                "Start en revisjon for å skrive videre."
            ),
            code="frosset",
        )


def _behold_versjon(rad: Seksjon, gammel: tuple, av: Bruker | None, naa: datetime, grunn: str) -> None:
    egne = Seksjonsversjon.objects.filter(seksjon=rad)
    siste = egne.only("pk", "tid", "av_id", "grunn").order_by("-lopenummer", "-pk").first()
    if siste is None and gammel[0]:
        html, overskrift, lopenummer, tid, av_id = gammel
        Seksjonsversjon.objects.create(
            seksjon=rad, html=html, overskrift=overskrift, lopenummer=lopenummer, tid=tid, av_id=av_id
        )
    felter = {"lopenummer": rad.lopenummer, "html": rad.html, "overskrift": rad.overskrift}
    samme = siste is not None and siste.av_id == (av.pk if av else None) and naa - siste.tid < SAMME_OKT
    if samme and not grunn and not siste.grunn:
        egne.filter(pk=siste.pk).update(**felter)
    else:
        Seksjonsversjon.objects.create(seksjon=rad, tid=naa, av=av, grunn=grunn[:120], **felter)


def gjenopprett(*, versjon: Seksjonsversjon, av: Bruker, naa: datetime) -> Seksjon:
    """Make an old version's text the text of today. What stands there now stays in the history."""
    grunn = _("Hentet tilbake fra %(tid)s") % {"tid": versjon.tid.strftime("%d.%m.%Y %H.%M")}
    return lagre_seksjon(seksjon=versjon.seksjon, html=versjon.html, forventet=None, av=av, naa=naa, grunn=grunn)


@transaction.atomic
def godta_kopi(*, seksjon: Seksjon, forventet: int | None, av: Bruker, naa: datetime) -> Seksjon:
    """Somebody has read the copied text and says that it holds here as it stands. It counts as a save in the history.

    Raises Foreldet when others have saved since, ValidationError when there is no text or the plan is adopted.
    """
    rad = _laas(seksjon)
    if forventet is not None and forventet != rad.lopenummer:
        raise Foreldet(rad)
    if rad.er_tom:
        raise ValidationError(_("Her er det ingen tekst å godta."))
    _skriv(rad, rad.html, rad.overskrift, av, naa, _("Lest, og godtatt slik den ble kopiert"))
    return rad


@transaction.atomic
def opprett_egen(*, plan: Plan, kapittel: int, overskrift: str, av: Bruker, naa: datetime) -> Seksjon:
    """An extra section last in the chapter. Raises ValidationError."""
    if kapittel not in {k.nummer for k in kapitler_for(plan.slag)}:
        raise ValidationError(_("Planen har ikke dette kapitlet."))
    _merk_plan(plan.pk, naa)
    sist = plan.seksjoner.filter(kapittel=kapittel).aggregate(sist=Max("rekkefolge"))["sist"] or 0
    seksjon = Seksjon(
        plan=plan,
        kapittel=kapittel,
        nokkel=EGEN + secrets.token_hex(4),
        overskrift=overskrift.strip(),
        rekkefolge=sist + 1,
        endret=naa,
        endret_av=av,
    )
    seksjon.full_clean()
    seksjon.save()
    return seksjon


def gi_navn(*, seksjon: Seksjon, overskrift: str, av: Bruker, naa: datetime) -> Seksjon:
    """Rename an extra section."""
    _krev_egen(seksjon)
    return lagre_seksjon(
        seksjon=seksjon, html=seksjon.html, overskrift=overskrift, forventet=seksjon.lopenummer, av=av, naa=naa
    )


@transaction.atomic
def slett_egen(*, seksjon: Seksjon, forventet: str | None = None, naa: datetime) -> None:
    """Delete an extra section with its history and comments. Raises Foreldet when it has been written in since the
    person saw it.
    """
    _krev_egen(seksjon)
    _merk_plan(seksjon.plan_id, naa)
    krev_uendret(seksjon, FELTER_SLETT, forventet)
    seksjon.delete()


@transaction.atomic
def flytt_egen(*, seksjon: Seksjon, opp: bool, naa: datetime) -> None:
    """Change places with the neighbour in the chapter; at the end nothing happens."""
    _krev_egen(seksjon)
    _merk_plan(seksjon.plan_id, naa)
    naboer = list(
        Seksjon.objects.filter(plan=seksjon.plan_id, kapittel=seksjon.kapittel, omraade__isnull=True)
        .select_for_update()
        .order_by("rekkefolge", "pk")
    )
    fra = next(i for i, s in enumerate(naboer) if s.pk == seksjon.pk)
    til = fra - 1 if opp else fra + 1
    if 0 <= til < len(naboer):
        naboer[fra], naboer[til] = naboer[til], naboer[fra]
    for nummer, nabo in enumerate(naboer, 1):
        nabo.rekkefolge = nummer
    Seksjon.objects.bulk_update(naboer, ["rekkefolge"])


def _krev_egen(seksjon: Seksjon) -> None:
    if not er_egen(seksjon):
        raise ValidationError(_("Denne seksjonen hører til malen for planen og kan ikke endres her."))


def er_egen(seksjon: Seksjon) -> bool:
    """Is it an extra section, made in this plan?"""
    return seksjon.nokkel.startswith(EGEN)
