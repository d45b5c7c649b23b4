"""Counts of competence into and out of the database: all or nothing, one reading at a time."""

import logging
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from analyse.innlesing.plan import NEDGANG_PROSENT
from analyse.innlesing.problem import Innlesingsfeil, Problem, Samtidig
from analyse.services.uttrekk import alene
from felles.norsk import brett
from felles.tall import dato_kort, desimal
from kompetanse.models import Kompetanseinnlesing, Kompetansetall
from kompetanse.services.katalog import lagre_kompetanse
from kompetanse.tallinnlesing.gjennomgang import Tallgjennomgang, gaa_gjennom
from kompetanse.tallinnlesing.lest import les_og_rens
from kompetanse.tallinnlesing.profil import Kompetanseprofil
from kompetanse.tallinnlesing.register import les_register
from organisasjon.models import Bruker
from organisasjon.services import skriv_hendelse

logger = logging.getLogger(__name__)
LOGGSLAG = "kompetansetall"
BOLK = 1_000
# What a competence is until somebody has said more of it in the catalogue.
NY_KOMPETANSE = {"type": "kunnskap", "form": "formell", "nivaa": "basis"}
Tilstand = tuple[int, int]


@dataclass(frozen=True)
class Importsvar:
    """What came of an import: the stored reading (None on a trial run), whether nothing changed, the answer as JSON."""

    innlesing: Kompetanseinnlesing | None
    uendret: bool
    svar: dict[str, Any]


def importer_fil(
    *,
    sti: Path,
    filnavn: str = "",
    profil: Kompetanseprofil,
    dato: date | None = None,
    bruker: Bruker | None = None,
    godta_bortfall: bool = False,
    proev: bool = False,
) -> Importsvar:
    """Read, check and store a file. With `proev` everything but the storing.

    Side effects: the reading with its counts, competences the profile says are to be added, a line in the log; in one
    transaction. Raises Innlesingsfeil with every problem; nothing is stored then.
    """
    register = les_register(dato or timezone.localdate())
    profil.kilde = kjent_kilde(profil.kilde)
    lest = les_og_rens(sti, filnavn=filnavn, profil=profil, register=register)
    if lik := lest_foer(lest.tabell.fil_hash):
        return _uendret(lik)
    profil.radslag = profil.radslag or lest.radslag
    g = gaa_gjennom(
        lest.tabell,
        profil,
        register,
        lest.renset,
        dato=dato or profil.uttrekksdato or lest.dato,
        datokilde=lest.datokilde,
    )
    sett = tilstand(profil.kilde)
    return lagre_gjennomgang(g=g, bruker=bruker, sett=sett, godta_bortfall=godta_bortfall, proev=proev)


def lagre_gjennomgang(
    *, g: Tallgjennomgang, bruker: Bruker | None, sett: Tilstand, godta_bortfall: bool = False, proev: bool = False
) -> Importsvar:
    """Store a reviewed file, unless something stops it. `sett`: how the source stood when the review was seen. Raises
    Innlesingsfeil, also when much of the last reading is gone and nobody has said that it is right; Samtidig when
    somebody has read in from the same source in between.
    """
    if g.uendret:
        return _uendret(g.uendret)
    if not g.kan_lagres:
        raise Innlesingsfeil(g.problemer, g.antall_problemer)
    if g.endringer and g.endringer.for_mange_borte and not godta_bortfall:
        raise Innlesingsfeil([_bortfall(g)])
    if proev:
        return Importsvar(None, False, g.svar())
    with alene():
        if tilstand(g.profil.kilde) != sett:
            raise Samtidig(_("Noen andre har lest inn fra samme kilde i mellomtiden. Se over endringene på nytt."))
        try:
            innlesing = _lagre(g, bruker)
        except ValidationError as feil:
            # Somebody has changed the catalogue since the file was reviewed.
            raise Samtidig(" ".join(feil.messages)) from feil
    logger.info("Kompetansetall %s fra %s lest inn: %s tall", innlesing.pk, innlesing.dato, len(g.liste.tall))
    svar = g.svar()
    svar["innlesing"] |= {"id": innlesing.pk}
    return Importsvar(innlesing, False, svar | {"status": "lest_inn"})


def lest_foer(fil_hash: str) -> Kompetanseinnlesing | None:
    """The reading that a file with this checksum gave."""
    return Kompetanseinnlesing.objects.filter(fil_hash=fil_hash).first()


def kjent_kilde(kilde: str) -> str:
    """The source as it is spelt already, when only letters and spaces differ."""
    brukt = Kompetanseinnlesing.objects.order_by("pk").values_list("kilde", flat=True).distinct()
    return next((k for k in brukt if brett(k) == brett(kilde)), " ".join(kilde.split()))


def tilstand(kilde: str) -> Tilstand:
    """What must not have changed between preview and storing: how many readings the source has, and the last."""
    ider = list(Kompetanseinnlesing.objects.filter(kilde=kilde).order_by("-pk").values_list("pk", flat=True))
    return len(ider), ider[0] if ider else 0


def kan_angres(innlesing: Kompetanseinnlesing) -> bool:
    """Is it the last one read in from its source?"""
    return not Kompetanseinnlesing.objects.filter(kilde=innlesing.kilde, pk__gt=innlesing.pk).exists()


def angre(*, innlesing: Kompetanseinnlesing, bruker: Bruker | None) -> None:
    """Undo a reading with all its counts. Competences it added to the catalogue stay there. Allowed until another is
    read in from the same source; raises Innlesingsfeil then.
    """
    with alene():
        if not kan_angres(innlesing):
            raise Innlesingsfeil(_("Innlesingen kan ikke angres, for en nyere er lest inn fra samme kilde."))
        _logg(innlesing, _("Angret"), innlesing.tall.count(), bruker, borte=True)
        innlesing.delete()


def _bortfall(g: Tallgjennomgang) -> Problem:
    melding = _("Mer enn %(grense)s prosent av tallene fra %(dag)s er borte. Godta bortfallet hvis det stemmer")
    verdi = f"{desimal(g.endringer.borte_prosent, 1)} %"
    return Problem(None, "", verdi, melding % {"grense": NEDGANG_PROSENT, "dag": dato_kort(g.forrige.dato)})


def _uendret(innlesing: Kompetanseinnlesing) -> Importsvar:
    melding = _("Innholdet er lest inn fra før: %(kilde)s %(dato)s. Ingenting er endret.") % {
        "kilde": innlesing.kilde,
        "dato": dato_kort(innlesing.dato),
    }
    svar = {
        "status": "uendret",
        "innlesing": {"id": innlesing.pk, "dato": innlesing.dato.isoformat(), "kilde": innlesing.kilde},
        "meldinger": [melding],
        "problemer": [],
    }
    return Importsvar(innlesing, True, svar)


def _lagre(g: Tallgjennomgang, bruker: Bruker | None) -> Kompetanseinnlesing:
    ider = {nokkel: pk for nokkel, (pk, _navn) in g.register.kompetanser.items()}
    for nokkel, navn in g.liste.nye.items():
        ider[nokkel] = lagre_kompetanse(kompetanse=None, verdier={"navn": navn, **NY_KOMPETANSE}, av=bruker).pk
    innlesing = Kompetanseinnlesing(
        dato=g.dato,
        kilde=g.profil.kilde,
        fil=g.tabell.filnavn[:200],
        fil_hash=g.tabell.fil_hash,
        profil=g.profil.navn[:80],
        opprettet=timezone.now(),
        opprettet_av=bruker,
        antall_rader=g.liste.rader,
        tellinger=_tellinger(g),
    )
    innlesing.full_clean()
    innlesing.save()
    # The checks have been through every count; one by one a thousand rows would be asked for twice each.
    rader = [
        Kompetansetall(innlesing=innlesing, enhet_id=pk, kompetanse_id=ider[navn], antall=n)
        for (pk, navn), n in sorted(g.liste.tall.items())
    ]
    Kompetansetall.objects.bulk_create(rader, batch_size=BOLK)
    _logg(innlesing, _("Lest inn"), len(rader), bruker)
    return innlesing


def _tellinger(g: Tallgjennomgang) -> dict[str, Any]:
    """The counts of the review that are kept with the reading."""
    svar = g.svar()
    beholdes = ("rader", "talt", "utelatt", "tall", "enheter", "kompetanser", "sum", "nye_kompetanser", "meldinger")
    return {n: svar[n] for n in beholdes}


def _logg(
    innlesing: Kompetanseinnlesing, hendelse: str, antall: int, bruker: Bruker | None, *, borte: bool = False
) -> None:
    """A line in the log of the product, with the counts before and after."""
    tall = ((_("Fil"), innlesing.fil), (_("Rader"), innlesing.antall_rader), (_("Tall"), antall))
    endringer = [(navn, verdi, "–") if borte else (navn, "–", verdi) for navn, verdi in tall]
    skriv_hendelse(slag=LOGGSLAG, hva=innlesing, hendelse=hendelse, utfoert_av=bruker, endringer=endringer)
