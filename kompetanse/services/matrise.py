"""Writes to the role matrix. Every change says who, when, what it was and what it became."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from felles.laas import Foreldet, krev_uendret
from felles.tall import dato_kort
from kompetanse.matrise.enums import Matriserolle, Regel
from kompetanse.matrise.koder import Skrivefeil, les, skriv
from kompetanse.models import (
    Godkjentfunn,
    Matrise,
    Matrisecelle,
    Matriseendring,
    Matriseoppgave,
    Matriserad,
    Matriseversjon,
)
from kompetanse.queries.matrise import Matriselinje, avtrykk, les_bilde, les_linje
from organisasjon.models import Bruker, Enhet, Tjeneste

FORKLARING = ("innledning", "tekst_oa", "tekst_ha", "tekst_bs", "tekst_u")
FLEST_RADER = 100
NORSKE = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "Æ": "ae", "Ø": "o", "Å": "a"})


class CellerForeldet(Exception):  # noqa: N818 - a Norwegian domain word, not an English error name
    """Others have changed some of the cells since they were read. `naa`: role → the cell as it is now."""

    def __init__(self, naa: dict[str, Matrisecelle]) -> None:
        super().__init__(", ".join(naa))
        self.naa = naa


@transaction.atomic
def lagre_celle(*, celle: Matrisecelle, tekst: str, forventet: int, av: Bruker, naa: datetime) -> Matrisecelle:
    """Write one cell of a draft. `forventet` is the number the cell had when it was read.

    Raises ValidationError for what cannot be read, Foreldet (with the cell as it is now) when somebody was first.
    Two who write the same lose nothing: an unchanged text is never a conflict.
    """
    versjon = _laas_utkast(celle.rad.versjon_id)
    naa_celle = Matrisecelle.objects.select_for_update().select_related("rad").get(pk=celle.pk)
    _skriv(naa_celle, _tolk(tekst), forventet, versjon, av, naa)
    return naa_celle


def _skriv(
    celle: Matrisecelle, innhold: str, forventet: int, versjon: Matriseversjon, av: Bruker, naa: datetime
) -> None:
    if innhold == celle.innhold:
        return
    if celle.lopenummer != forventet:
        raise Foreldet(celle)
    foer, celle.innhold = celle.innhold, innhold
    celle.lopenummer += 1
    celle.save(update_fields=["innhold", "lopenummer"])
    _noter(versjon, av, naa, f"{celle.rad.navn}: {Matriserolle(celle.rolle).label}", foer, innhold)


@transaction.atomic
def lagre_rad(
    *, rad: Matriserad, navn: str, foer_navn: str, celler: Mapping[str, tuple[str, int]], av: Bruker, naa: datetime
) -> Matriserad:
    """Write a row of a draft: its name, and `celler`: the changed ones, role → (text, the number it was read with).

    All or nothing. Raises ValidationError by role, and CellerForeldet with those that others have changed.
    """
    versjon = _laas_utkast(rad.versjon_id)
    _proev_alle(celler)
    rad = Matriserad.objects.select_for_update().get(pk=rad.pk)
    if navn != foer_navn and rad.navn not in (navn, foer_navn):
        raise ValidationError({"navn": _("Noen andre har kalt raden «%(navn)s» mens du skrev.") % {"navn": rad.navn}})
    if navn not in (foer_navn, rad.navn):
        _noter(versjon, av, naa, _("Navn på rad"), rad.navn, navn)
        rad.navn = navn
        rad.full_clean()
        rad.save(update_fields=["navn"])
    foreldet = {}
    for celle in rad.celler.select_for_update().select_related("rad").filter(rolle__in=celler):
        tekst, forventet = celler[celle.rolle]
        try:
            _skriv(celle, _tolk(tekst), forventet, versjon, av, naa)
        except Foreldet as f:
            foreldet[celle.rolle] = f.naa
    if foreldet:
        raise CellerForeldet(foreldet)
    return rad


def _proev_alle(celler: Mapping[str, tuple[str, int]]) -> None:
    feil = {}
    for rolle, (tekst, _nr) in celler.items():
        try:
            les(tekst)
        except Skrivefeil as f:
            feil[rolle] = str(f)
    if feil:
        raise ValidationError(feil)


@transaction.atomic
def lag_utkast(*, matrise: Matrise, av: Bruker, naa: datetime) -> Matriseversjon:
    """The draft of the matrix: the one that is there, or a copy of the newest edition."""
    Matrise.objects.select_for_update().get(pk=matrise.pk)
    if utkast := matrise.versjoner.filter(gyldig_fra__isnull=True).first():
        return utkast
    siste = matrise.versjoner.order_by("-nummer").first()
    return _kopier(siste, matrise, siste.nummer + 1, siste.roller, av, naa)


@transaction.atomic
def opprett_matrise(
    *,
    navn: str,
    gjelder: str,
    enhet: Enhet | None,
    tjeneste: Tjeneste | None,
    roller: Sequence[str],
    kopi_av: Matriseversjon,
    av: Bruker,
    naa: datetime,
) -> Matriseversjon:
    """A matrix for a sector, unit or service, with a draft copied from another matrix. Returns the draft."""
    if not roller:
        raise ValidationError({"roller": _("Velg minst én rolle.")})
    matrise = Matrise(navn=navn.strip(), gjelder=gjelder, enhet=enhet, tjeneste=tjeneste)
    matrise.full_clean()
    matrise.save()
    return _kopier(kopi_av, matrise, 1, ",".join(r.value for r in Matriserolle if r in roller), av, naa)


def _kopier(
    kilde: Matriseversjon, matrise: Matrise, nummer: int, roller: str, av: Bruker, naa: datetime
) -> Matriseversjon:
    felt = {f: getattr(kilde, f) for f in FORKLARING}
    versjon = Matriseversjon(matrise=matrise, nummer=nummer, roller=roller, **felt)
    versjon.full_clean()
    versjon.save()
    for linje in les_bilde(kilde).linjer:
        oppgave = linje.rad.oppgave
        if oppgave.matrise_id != matrise.pk:
            oppgave = Matriseoppgave.objects.create(matrise=matrise, nokkel=oppgave.nokkel)
        rad = Matriserad.objects.create(
            versjon=versjon, oppgave=oppgave, navn=linje.rad.navn, rekkefolge=linje.rad.rekkefolge
        )
        har = {c.rolle: c.innhold for c in linje.celler}
        _lag_celler(rad, {rolle: har.get(rolle, "") for rolle in versjon.rolleliste})
        if kilde.roller == roller:
            _kopier_godkjente(linje, rad)
    _noter(versjon, av, naa, _("Laget utkast fra %(kilde)s") % {"kilde": kilde}, "", "")
    return versjon


def _lag_celler(rad: Matriserad, innhold: Mapping[str, str]) -> None:
    Matrisecelle.objects.bulk_create(Matrisecelle(rad=rad, rolle=r, innhold=i) for r, i in innhold.items())


def _kopier_godkjente(linje: Matriselinje, rad: Matriserad) -> None:
    for g in linje.godkjente.values():
        Godkjentfunn.objects.create(rad=rad, regel=g.regel, gjelder=g.gjelder, grunn=g.grunn, av=g.av, tid=g.tid)


@transaction.atomic
def sett_i_kraft(*, versjon: Matriseversjon, fra: date, av: Bruker, naa: datetime) -> Matriseversjon:
    """Let the draft hold from the day; the edition before ends the day before.

    Raises ValidationError when a rule is broken and not accepted, or when the day is not after the edition before.
    """
    versjon = _laas_utkast(versjon.pk)
    bilde = les_bilde(versjon)
    if not bilde.linjer:
        raise ValidationError(_("Matrisen har ingen rader."))
    if bilde.aapne:
        rader = dict.fromkeys(linje.rad.navn for linje, _funn in bilde.aapne)
        raise ValidationError(
            _("Rett eller godta merknadene først. De gjelder %(rader)s.") % {"rader": ", ".join(rader)}
        )
    siste = versjon.matrise.versjoner.filter(gyldig_fra__isnull=False).order_by("-gyldig_fra").first()
    if siste and siste.gyldig_fra >= fra:
        raise ValidationError(
            {"fra": _("Velg en dato etter %(dag)s, da forrige utgave begynte.") % {"dag": dato_kort(siste.gyldig_fra)}}
        )
    if siste and (siste.gyldig_til is None or siste.gyldig_til >= fra):
        siste.gyldig_til = fra - timedelta(days=1)
        siste.save(update_fields=["gyldig_til"])
    versjon.gyldig_fra = fra
    versjon.full_clean()
    versjon.save(update_fields=["gyldig_fra"])
    _noter(versjon, av, naa, _("Satt i kraft"), "", dato_kort(fra))
    return versjon


@transaction.atomic
def forkast_utkast(*, versjon: Matriseversjon) -> None:
    """Delete the draft. A matrix that never had another edition goes with it."""
    versjon = _laas_utkast(versjon.pk)
    matrise = versjon.matrise
    versjon.delete()
    if not matrise.versjoner.exists():
        matrise.delete()


@transaction.atomic
def ny_rad(*, versjon: Matriseversjon, navn: str, av: Bruker, naa: datetime) -> Matriserad:
    """A new task last in the draft, with KD and EL filled in as they always are. Raises ValidationError."""
    versjon = _laas_utkast(versjon.pk)
    if versjon.rader.count() >= FLEST_RADER:
        raise ValidationError(_("Matrisen kan ha høyst %(antall)d rader.") % {"antall": FLEST_RADER})
    sist = versjon.rader.aggregate(sist=Max("rekkefolge"))["sist"] or 0
    oppgave = Matriseoppgave.objects.create(matrise=versjon.matrise, nokkel=_ledig_nokkel(versjon.matrise, navn))
    rad = Matriserad(versjon=versjon, oppgave=oppgave, navn=navn.strip(), rekkefolge=sist + 1)
    rad.full_clean()
    rad.save()
    faste = {Matriserolle.KD: "OA", Matriserolle.EL: "BS; U"}
    _lag_celler(rad, {rolle: faste.get(rolle, "") for rolle in versjon.rolleliste})
    _noter(versjon, av, naa, _("Ny rad"), "", rad.navn)
    return rad


@transaction.atomic
def slett_rad(*, rad: Matriserad, av: Bruker, naa: datetime) -> None:
    """Take a task out of the draft. Earlier editions keep it."""
    versjon = _laas_utkast(rad.versjon_id)
    innhold = "; ".join(f"{c.rolle} {c.innhold}" for c in les_linje(rad).celler)
    _noter(versjon, av, naa, _("Slettet rad"), f"{rad.navn} ({innhold})", "")
    rad.delete()


@transaction.atomic
def flytt_rad(*, rad: Matriserad, opp: bool, av: Bruker, naa: datetime) -> None:
    """Move a task one place in the draft. At the end nothing happens."""
    versjon = _laas_utkast(rad.versjon_id)
    rader = list(versjon.rader.all())
    her = next(i for i, r in enumerate(rader) if r.pk == rad.pk)
    dit = her + (-1 if opp else 1)
    if not 0 <= dit < len(rader):
        return
    rader[her], rader[dit] = rader[dit], rader[her]
    for nr, r in enumerate(rader, 1):
        r.rekkefolge = nr
    Matriserad.objects.bulk_update(rader, ["rekkefolge"])
    _noter(versjon, av, naa, _("Flyttet rad: %(rad)s") % {"rad": rad.navn}, str(her + 1), str(dit + 1))


@transaction.atomic
def lagre_forklaring(
    *, versjon: Matriseversjon, verdier: Mapping[str, Any], forventet: str | None, av: Bruker, naa: datetime
) -> Matriseversjon:
    """Write the legend of an edition, also of one in force: it explains, it decides nothing. Raises Foreldet."""
    versjon = krev_uendret(versjon, FORKLARING, forventet)
    for felt in FORKLARING:
        foer, etter = getattr(versjon, felt), verdier.get(felt, getattr(versjon, felt)).strip()
        if foer != etter:
            setattr(versjon, felt, etter)
            navn = versjon._meta.get_field(felt).verbose_name
            _noter(versjon, av, naa, _("Forklaring: %(felt)s") % {"felt": navn}, foer, etter)
    versjon.full_clean()
    versjon.save(update_fields=FORKLARING)
    return versjon


@transaction.atomic
def godkjenn_funn(*, rad: Matriserad, regel: str, grunn: str, av: Bruker, naa: datetime) -> Godkjentfunn:
    """Accept what a rule says about the row, with a reason. Raises ValidationError when there is nothing to accept,
    or when the rule cannot be set aside.
    """
    rad = Matriserad.objects.select_for_update().get(pk=rad.pk)
    linje = les_linje(rad)
    treff = next((f.funn for f in linje.funn if f.funn.regel == regel), None)
    if treff is None:
        raise ValidationError(_("Raden er rettet. Det er ikke lenger noe å godta."))
    if treff.hard:
        raise ValidationError(_("Denne regelen må følges. Rett raden i stedet."))
    godkjent = Godkjentfunn.objects.filter(rad=rad, regel=regel).first() or Godkjentfunn(rad=rad, regel=regel)
    godkjent.gjelder, godkjent.grunn, godkjent.av, godkjent.tid = avtrykk(linje, Regel(regel)), grunn.strip(), av, naa
    godkjent.full_clean()
    godkjent.save()
    _noter(rad.versjon, av, naa, f"{rad.navn}: {_('godtatt merknad')}", treff.tekst, godkjent.grunn)
    return godkjent


def _laas_utkast(pk: int) -> Matriseversjon:
    """The draft, locked. Raises ValidationError when it has been put into force or thrown away."""
    versjon = Matriseversjon.objects.select_for_update(of=("self",)).select_related("matrise").filter(pk=pk).first()
    if versjon is None or not versjon.er_utkast:
        raise ValidationError(_("Dette er ikke lenger et utkast, så det kan ikke endres. Lag et nytt utkast."))
    return versjon


def _tolk(tekst: str) -> str:
    try:
        return skriv(les(tekst))
    except Skrivefeil as feil:
        raise ValidationError(str(feil)) from feil


def _ledig_nokkel(matrise: Matrise, navn: str) -> str:
    rot = slugify(navn.translate(NORSKE))[:70] or "rad"
    brukt = set(matrise.oppgaver.filter(nokkel__startswith=rot).values_list("nokkel", flat=True))
    return next(n for n in (rot, *(f"{rot}-{i}" for i in range(2, len(brukt) + 3))) if n not in brukt)


def _noter(versjon: Matriseversjon, av: Bruker, naa: datetime, hva: str, foer: str, etter: str) -> None:
    Matriseendring.objects.create(versjon=versjon, av=av, tid=naa, hva=hva[:250], foer=foer, etter=etter)
