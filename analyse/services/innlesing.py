"""An upload's way through the browser: received, columns chosen, decided on, confirmed, stored. Or dropped."""

import json
import logging
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from analyse.enums import Importslag, Innlesingsstatus
from analyse.innlesing import lager
from analyse.innlesing.gjennomgang import Gjennomgang, gaa_gjennom
from analyse.innlesing.lesing import Raatabell
from analyse.innlesing.overskrift import finn_overskrift
from analyse.innlesing.personvern import fjern_fnr
from analyse.innlesing.problem import MAKS_PROBLEMER, Innlesingsfeil, Problem
from analyse.innlesing.profil import Lesevalg, Profil, fra_dict, tolk_funksjon
from analyse.innlesing.verdier import tolk_dato
from analyse.models import Ansattkategori, Importprofil, Innlesing, Uttrekk
from analyse.services.uttrekk import alene, lagre_gjennomgang, les_og_rens
from organisasjon.models import Bruker

logger = logging.getLogger(__name__)
LEVETID = timedelta(days=1)
# Above this an import takes more than two seconds and goes to the job queue.
RADER_STRAKS = 6_000
UTEN_LIVSTEGN = timedelta(minutes=10)
I_GANG = (Innlesingsstatus.I_KO, Innlesingsstatus.KJORER)
UBEKREFTET = (Innlesingsstatus.KARTLEGGES, Innlesingsstatus.KLAR)


def motta_fil(*, bruker: Bruker, fil: UploadedFile, profil: Profil) -> Innlesing:
    """Read an uploaded file, clean it, and keep it encrypted. Raises Innlesingsfeil; nothing is kept then.

    Side effects: uploads older than a day are deleted. A file that is already stored gets status «uendret».
    """
    with paa_disk(fil) as (sti, navn):
        tabell = les_og_rens(sti, filnavn=navn, profil=profil)
    innlesing = ny_innlesing(bruker, Importslag.ANSATTE, tabell, profil)
    if lik := Uttrekk.objects.filter(fil_hash=tabell.fil_hash).first():
        innlesing.status, innlesing.uttrekk = Innlesingsstatus.UENDRET, lik
    else:
        lager.tom_personfelt(tabell, finn_overskrift(tabell, profil).rad)
        innlesing.innhold = lager.pakk(tabell)
    return lagre_ny(innlesing)


@contextmanager
def paa_disk(fil: UploadedFile) -> Iterator[tuple[Path, str]]:
    """The upload as a file for the reader, gone afterwards, and its name in a length that can be kept."""
    fullt = Path(fil.name or "")
    navn = fullt.stem[: 200 - len(fullt.suffix[:10])] + fullt.suffix[:10]
    with tempfile.TemporaryDirectory() as mappe:
        sti = Path(mappe) / "fil"
        with sti.open("wb") as ut:
            for bit in fil.chunks():
                ut.write(bit)
        yield sti, navn


def ny_innlesing(bruker: Bruker, slag: Importslag, tabell: Raatabell, profil: Lesevalg) -> Innlesing:
    """The upload of a file that has been read and cleaned; not saved, and without its content."""
    return Innlesing(
        bruker=bruker,
        slag=slag,
        opprettet=timezone.now(),
        filnavn=tabell.filnavn,
        fil_hash=tabell.fil_hash,
        oppsett={"profil": profil.som_dict(), "profilnavn": profil.navn},
    )


def lagre_ny(innlesing: Innlesing) -> Innlesing:
    """Save it. Side effect: uploads older than a day are deleted."""
    rydd_gamle()
    innlesing.full_clean(exclude=["innhold", "forhaandsvisning", "uttrekk"])
    innlesing.save()
    return innlesing


def rydd_gamle(*, naa: datetime | None = None) -> int:
    """Delete uploads older than a day, however far they came."""
    return Innlesing.objects.filter(opprettet__lt=(naa or timezone.now()) - LEVETID).delete()[0]


def profil_for(innlesing: Innlesing) -> Profil:
    """The profile as chosen so far."""
    return fra_dict(innlesing.oppsett.get("profil", {}), navn=innlesing.oppsett.get("profilnavn", ""))


def gjennomgaa(innlesing: Innlesing, *, bare_kolonner: bool = False) -> Gjennomgang:
    """Review the upload with what has been chosen, or only find its columns.

    Raises Innlesingsfeil when the content is gone.
    """
    if innlesing.innhold is None:
        raise Innlesingsfeil(_("Opplastingen er slettet. Last opp filen på nytt."))
    dato = innlesing.oppsett.get("uttrekksdato")
    return gaa_gjennom(
        lager.pakk_ut(innlesing.innhold),
        profil_for(innlesing),
        uttrekksdato=tolk_dato(dato).dato if dato else None,
        kommune=innlesing.oppsett.get("kommune", ""),
        bare_kolonner=bare_kolonner,
    )


def lagre_valg(*, innlesing: Innlesing, profil: Profil, lagre_som: str = "", **valg: Any) -> None:
    """Keep the chosen columns and settings on the upload, and as a named profile when a name is given.

    valg: uttrekksdato (ISO) and kommune.
    """
    if lagre_som:
        profil.navn = fjern_fnr(lagre_som)
        lagre_profil(profil, Importslag.ANSATTE)
    innlesing.oppsett = {
        **innlesing.oppsett,
        **{k: v for k, v in valg.items() if v is not None},
        "profil": profil.som_dict(),
        "profilnavn": profil.navn,
    }
    _lagre_visning(innlesing)


def lagre_profil(profil: Lesevalg, slag: Importslag) -> None:
    """Store a profile by name. The date belongs to one file, not to the way of reading."""
    like = Importprofil.objects.filter(slag=slag, navn=profil.navn)
    lagret = like.first() or Importprofil(slag=slag, navn=profil.navn)
    lagret.oppsett = {k: v for k, v in profil.som_dict().items() if k != "uttrekksdato"}
    lagret.full_clean()
    lagret.save()


def er_lagret(profil: Lesevalg, slag: Importslag) -> bool:
    """Is there a stored profile of that name?"""
    return bool(profil.navn) and Importprofil.objects.filter(slag=slag, navn=profil.navn).exists()


def _lagre_visning(innlesing: Innlesing) -> None:
    """Recompute and keep the preview."""
    g = gjennomgaa(innlesing)
    lagre_visning(innlesing, g.svar(), g.problemer)


def lagre_visning(innlesing: Innlesing, svar: dict[str, Any], funnet: list[Problem]) -> None:
    """Keep a preview: counts in the open, problems and their values encrypted. `svar` has `antall_problemer` and
    `avgjorelser`.
    """
    # What can be decided on the page is asked there, not listed as a fault of the file.
    problemer = [p.som_dict() for p in funnet if not p.avgjores][:MAKS_PROBLEMER]
    pakke = lager.krypter(json.dumps(problemer, ensure_ascii=False).encode())
    antall_feil = svar["antall_problemer"] - sum(p.avgjores for p in funnet)
    innlesing.forhaandsvisning = svar | {"antall_feil": antall_feil, "problemer": pakke.decode()}
    klar = not svar["antall_problemer"] and not svar["avgjorelser"]
    innlesing.status = Innlesingsstatus.KLAR if klar else Innlesingsstatus.KARTLEGGES
    innlesing.melding = ""
    innlesing.save()


def hent_visning(innlesing: Innlesing) -> dict[str, Any] | None:
    """The kept preview with its problems, or None before the columns are confirmed."""
    if innlesing.forhaandsvisning is None:
        return None
    problemer = json.loads(lager.dekrypter(innlesing.forhaandsvisning["problemer"].encode()))
    return innlesing.forhaandsvisning | {"problemer": problemer}


def lagre_avgjorelser(
    *,
    innlesing: Innlesing,
    kategorier: dict[str, str],
    ledere: dict[str, str],
    enheter: dict[str, str],
    prosentskala: str = "",
) -> None:
    """Keep decisions on the upload (and in its named profile): value → category code, title → function or «ingen»,
    unit code → name, percent scale.
    """
    profil = profil_for(innlesing)
    profil.kategorier |= {k.casefold(): v for k, v in kategorier.items()}
    profil.ledere |= {k.casefold(): tolk_funksjon(v) for k, v in ledere.items()}
    profil.enheter |= enheter
    profil.prosentskala = prosentskala or profil.prosentskala
    oppsett = innlesing.oppsett
    oppsett["husk_kategorier"] = oppsett.get("husk_kategorier", {}) | kategorier
    if er_lagret(profil, Importslag.ANSATTE):
        lagre_profil(profil, Importslag.ANSATTE)
    lagre_valg(innlesing=innlesing, profil=profil)


def bekreft(*, innlesing: Innlesing, godta_nye_enheter: bool, godta_nedgang: bool) -> None:
    """Start the storing: at once when the file is small, else in the job queue. Does nothing when already started.

    Side effects: status; a job after commit, or the extract itself.
    """
    with transaction.atomic():
        laast = Innlesing.objects.select_for_update().get(pk=innlesing.pk)
        if laast.status in I_GANG and not har_stoppet(laast):
            return
        laast.oppsett |= {
            "godta_nye_enheter": godta_nye_enheter,
            "godta_nedgang": godta_nedgang,
            "startet": timezone.now().isoformat(),
        }
        laast.status, laast.fremdrift, laast.melding = Innlesingsstatus.I_KO, 0, ""
        laast.save()
        straks = (laast.forhaandsvisning or {}).get("rader", 0) <= RADER_STRAKS
        if not straks:
            from analyse.tasks import les_inn  # the task imports this module

            transaction.on_commit(lambda: les_inn.enqueue(str(laast.pk)))
    if straks:
        utfor(innlesing_id=innlesing.pk)


def har_stoppet(innlesing: Innlesing) -> bool:
    """Has a started import been silent for so long that its worker must be gone?"""
    startet = innlesing.oppsett.get("startet")
    return bool(startet) and timezone.now() - datetime.fromisoformat(startet) > UTEN_LIVSTEGN


def utfor(*, innlesing_id: uuid.UUID) -> None:
    """Store a confirmed upload; called by the job or at once. An upload that someone has taken is left alone.

    Side effects: the extract and all that comes with it; the content of the upload is deleted when it is done.
    """
    tatt = Innlesing.objects.filter(pk=innlesing_id, status=Innlesingsstatus.I_KO)
    if not tatt.update(status=Innlesingsstatus.KJORER, fremdrift=5):
        return
    innlesing = Innlesing.objects.select_related("bruker").get(pk=innlesing_id)
    try:
        svar = _lagre(innlesing)
    except Innlesingsfeil as feil:
        _avslutt(innlesing_id, Innlesingsstatus.FEILET, melding=str(feil)[:300])
    except Exception:
        _avslutt(innlesing_id, Innlesingsstatus.FEILET, melding=_("Noe gikk galt. Ingenting er lagret; prøv igjen."))
        raise
    else:
        status = Innlesingsstatus.UENDRET if svar.uendret else Innlesingsstatus.FERDIG
        uttrekk = svar.uttrekk.pk if svar.uttrekk else svar.svar["uttrekk"]["id"]
        _avslutt(innlesing_id, status, fremdrift=100, uttrekk_id=uttrekk, innhold=None, forhaandsvisning=None)


def _lagre(innlesing: Innlesing):
    def framdrift(prosent: int, _tekst: str) -> None:
        # Beyond this the storing runs in one transaction, which nobody sees into.
        if prosent <= 50:
            Innlesing.objects.filter(pk=innlesing.pk).update(fremdrift=prosent)

    g = gjennomgaa(innlesing)
    framdrift(30, "")
    with alene():
        svar = lagre_gjennomgang(
            g=g,
            godta_nye_enheter=innlesing.oppsett.get("godta_nye_enheter", False),
            godta_nedgang=innlesing.oppsett.get("godta_nedgang", False),
            bruker=innlesing.bruker,
        )
        _husk_kategorier(innlesing.oppsett.get("husk_kategorier", {}))
    return svar


def _husk_kategorier(valgt: dict[str, str]) -> None:
    """Add spellings that were decided on to the categories, so that the next file needs no decision."""
    for verdi, kode in valgt.items():
        kategori = Ansattkategori.objects.filter(kode=kode).first()
        if kategori and verdi.casefold() not in {v.casefold() for v in kategori.verdier.splitlines()}:
            kategori.verdier = f"{kategori.verdier}\n{verdi}".strip()
            kategori.full_clean()
            kategori.save()


def _avslutt(innlesing_id: uuid.UUID, status: Innlesingsstatus, **felt: object) -> None:
    Innlesing.objects.filter(pk=innlesing_id).update(status=status, **felt)


def avbryt(*, innlesing: Innlesing) -> None:
    """Drop an upload that is not being stored. Its content is deleted."""
    Innlesing.objects.filter(pk=innlesing.pk).exclude(status__in=I_GANG).delete()
