"""Which rows and tasks a gap analysis has: take in, take out, take back. Raises Stengt as in `gapsvar`."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from felles.norsk import brett
from felles.tall import tusen
from kompetanse.enums import Gapradslag
from kompetanse.models import Gapanalyse, Gapoppgave, Gaprad, Kompetanse
from kompetanse.queries.kompetansetall import tellinger_for
from kompetanse.services.gapsvar import laas_aapen, stemple
from kompetanse.services.gapsvar_forslag import grupperad, kompetanserad
from organisasjon.models import Bruker

# Beyond this nobody answers in reasonable time, and nobody reads it.
MAKS_RADER = 40
MAKS_OPPGAVER = 30
LENGST_NAVN = 150


@transaction.atomic
def ta_med_grupper(*, analyse: Gapanalyse, grupper: Iterable[str], av: Bruker | None, naa: datetime) -> int:
    """Give offered position groups a row. How many; those that are not offered are passed over."""
    analyse, onsket = laas_aapen(analyse), set(grupper)
    arbeid, nye = dict(analyse.arbeid), []
    for hvor in ("grupper", "ledere"):
        tilbud = arbeid.get(hvor, [])
        nye += [grupperad(analyse, t, arbeid.get("dato", "")) for t in tilbud if t["gruppe"] in onsket]
        arbeid[hvor] = [t for t in tilbud if t["gruppe"] not in onsket]
    _lagre_nye(analyse, nye)
    stemple(analyse, av=av, naa=naa, arbeid=arbeid)
    return len(nye)


@transaction.atomic
def legg_til(
    *, analyse: Gapanalyse, slag: Gapradslag, navn: Iterable[str], av: Bruker | None, naa: datetime
) -> list[Gaprad]:
    """Add competences or tasks by name. A competence of the catalogue is recognised, and gets the count of the
    competence system. Names the analysis has already are passed over; what was taken out is taken back.

    Raises ValidationError, with nothing added, when there are too many or a name is too long.
    """
    analyse = laas_aapen(analyse)
    ryddet = list({brett(n): " ".join(n.split()) for n in navn if n.strip()}.values())
    _krev_lengde(ryddet)
    finnes = {brett(r.navn): r for r in Gaprad.alle.filter(analyse=analyse)}
    nye = [n for n in ryddet if brett(n) not in finnes]
    tilbake = [r for n in ryddet if (r := finnes.get(brett(n))) is not None and r.tatt_ut]
    _krev_plass(analyse.rader.count(), len(nye) + len(tilbake), MAKS_RADER)
    Gaprad.alle.filter(pk__in=[r.pk for r in tilbake]).update(tatt_ut=None)
    i_katalogen = {brett(k.navn): k for k in Kompetanse.objects.filter(tatt_ut__isnull=True)}
    tellinger = tellinger_for([e.pk for e in analyse.enheter.all()]) if slag == Gapradslag.KOMPETANSE else {}
    rader = [_ny(analyse, slag, n, i_katalogen.get(brett(n)), tellinger) for n in nye]
    _lagre_nye(analyse, rader)
    stemple(analyse, av=av, naa=naa)
    return rader


def _ny(analyse: Gapanalyse, slag: Gapradslag, navn: str, kjent: Kompetanse | None, tellinger: dict) -> Gaprad:
    if slag == Gapradslag.OPPGAVE:
        return Gaprad(analyse=analyse, nummer=0, slag=slag, navn=navn)
    if kjent is not None:
        return kompetanserad(analyse, kjent, tellinger.get(kjent.pk), analyse.arbeid.get("alle", {}))
    return Gaprad(analyse=analyse, nummer=0, slag=slag, navn=navn, spesiell=True, kompetansetekst=navn)


def _lagre_nye(analyse: Gapanalyse, rader: list[Gaprad]) -> None:
    sist = Gaprad.alle.filter(analyse=analyse).aggregate(sist=Max("nummer"))["sist"] or 0
    for nummer, rad in enumerate(rader, sist + 1):
        rad.nummer = nummer
        rad.full_clean(exclude=["analyse"])
    Gaprad.objects.bulk_create(rader)


def _krev_lengde(navn: list[str]) -> None:
    if not navn:
        raise ValidationError(_("Skriv hva det gjelder."))
    lange = [n for n in navn if len(n) > LENGST_NAVN]
    if lange:
        tekst = _("«%(navn)s …» er for langt. Skriv høyst %(n)d tegn på hver linje.")
        raise ValidationError(tekst % {"navn": lange[0][:40], "n": LENGST_NAVN})


def _krev_plass(har: int, nye: int, flest: int) -> None:
    if har + nye <= flest:
        return
    rom = max(0, flest - har)
    tekst = _("Det er plass til %(rom)d til, og dette er %(nye)s. Grensen er %(flest)d. Behold de viktigste.")
    raise ValidationError(tekst % {"rom": rom, "nye": tusen(nye), "flest": flest})


@transaction.atomic
def legg_til_oppgave(*, analyse: Gapanalyse, av: Bruker | None, naa: datetime, **felt: Any) -> Gapoppgave:
    """Add a task that might be shared. Raises ValidationError."""
    analyse = laas_aapen(analyse)
    _krev_plass(analyse.oppgaver.count(), 1, MAKS_OPPGAVER)
    sist = Gapoppgave.alle.filter(analyse=analyse).aggregate(sist=Max("nummer"))["sist"] or 0
    oppgave = Gapoppgave(analyse=analyse, nummer=sist + 1, **felt)
    oppgave.full_clean(exclude=["analyse"])
    oppgave.save()
    stemple(analyse, av=av, naa=naa)
    return oppgave


@transaction.atomic
def sett_tatt_ut(*, objekt: models.Model, ut: bool, av: Bruker | None, naa: datetime) -> None:
    """Take a row or a task out, or back with all its answers. Raises ValidationError when there is no room for it."""
    analyse = laas_aapen(objekt.analyse)
    if not ut and objekt.tatt_ut:
        flest = MAKS_RADER if isinstance(objekt, Gaprad) else MAKS_OPPGAVER
        _krev_plass(type(objekt).objects.filter(analyse=analyse).count(), 1, flest)
    type(objekt).alle.filter(pk=objekt.pk).update(tatt_ut=naa if ut else None)
    stemple(analyse, av=av, naa=naa)
