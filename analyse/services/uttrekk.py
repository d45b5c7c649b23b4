"""Extracts into and out of the database: all or nothing, one at a time."""

import hashlib
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from analyse.innlesing.gjennomgang import Gjennomgang, gaa_gjennom
from analyse.innlesing.lesing import Raatabell, les_fil
from analyse.innlesing.overskrift import finn_overskrift, kjente_overskrifter
from analyse.innlesing.personvern import rens_fnr
from analyse.innlesing.plan import Plan, avdeling_per_rad, datotekst, enhet_per_rad, tell, tilstand
from analyse.innlesing.problem import Innlesingsfeil, Problem, Samtidig
from analyse.innlesing.profil import Profil
from analyse.kilder import bestill_etterarbeid
from analyse.models import Ansattkategori, Leder, Uttrekk
from analyse.services import lagring, organisering
from analyse.services.rapporter import beregn_alle
from analyse.services.rapportramme import ramme_av
from organisasjon.models import Bruker
from organisasjon.services import skriv_hendelse

logger = logging.getLogger(__name__)
LAAS = 0x6B6F6D70
Framdrift = Callable[[int, str], None]


@dataclass(frozen=True)
class Importsvar:
    """What came of an import: the stored extract (None on a trial run), whether nothing changed, the review."""

    uttrekk: Uttrekk | None
    uendret: bool
    gjennomgang: Gjennomgang | None
    svar: dict[str, Any]


def _stille(prosent: int, tekst: str) -> None:
    """No one is watching."""


def les_og_rens(sti: Path, *, filnavn: str = "", profil: Profil) -> Raatabell:
    """Read a file and drop its identity numbers; nothing before this point is stored or logged."""
    tabell = les_fil(
        sti, filnavn=filnavn, kjente=kjente_overskrifter(profil), skilletegn=profil.skilletegn,
        tegnkoding=profil.tegnkoding, ark=profil.ark,
    )  # fmt: skip
    rens_fnr(tabell, finn_overskrift(tabell, profil).rad)
    return tabell


def importer_fil(
    *,
    sti: Path,
    filnavn: str = "",
    profil: Profil | None = None,
    uttrekksdato: date | None = None,
    kommune: str = "",
    godta_nye_enheter: bool = False,
    godta_nedgang: bool = False,
    bruker: Bruker | None = None,
    proev: bool = False,
    framdrift: Framdrift = _stille,
) -> Importsvar:
    """Read, check and store a file, and compute all reports. With `proev` everything but the storing.

    Side effects: units, positions, services, the extract with its rows and kept reports, in one transaction.
    Raises Innlesingsfeil with every problem; nothing is stored then.
    """
    profil = profil or Profil()
    framdrift(5, _("Leser filen"))
    tabell = les_og_rens(sti, filnavn=filnavn, profil=profil)
    if lik := Uttrekk.objects.filter(fil_hash=tabell.fil_hash).first():
        return _uendret(lik)
    framdrift(35, _("Kontrollerer radene"))
    g = gaa_gjennom(tabell, profil, uttrekksdato=uttrekksdato, kommune=kommune)
    return lagre_gjennomgang(
        g=g, godta_nye_enheter=godta_nye_enheter, godta_nedgang=godta_nedgang, bruker=bruker, proev=proev,
        framdrift=framdrift,
    )  # fmt: skip


def lagre_gjennomgang(
    *,
    g: Gjennomgang,
    godta_nye_enheter: bool = False,
    godta_nedgang: bool = False,
    bruker: Bruker | None = None,
    proev: bool = False,
    framdrift: Framdrift = _stille,
) -> Importsvar:
    """Store a reviewed file, unless something stops it. Raises Innlesingsfeil."""
    if g.plan is None:
        raise Innlesingsfeil(g.problemer, g.antall_problemer)
    innhold = innholdshash(g.plan)
    samme = Uttrekk.objects.filter(dato=g.dato).first()
    if samme and samme.tellinger.get("innholdshash") == innhold:
        return _uendret(samme)
    stoppere = stopp_for(g, godta_nye_enheter=godta_nye_enheter, godta_nedgang=godta_nedgang, samme=samme)
    if stoppere:
        raise Innlesingsfeil(stoppere)
    if proev:
        return Importsvar(None, False, g, g.svar())
    framdrift(50, _("Lagrer radene"))
    uttrekk = _lagre(g=g, innhold=innhold, bruker=bruker, framdrift=framdrift)
    framdrift(100, _("Ferdig"))
    svar = g.svar()
    svar["uttrekk"] |= {"id": uttrekk.pk}
    return Importsvar(uttrekk, False, g, svar | {"status": "lest_inn"})


def _uendret(uttrekk: Uttrekk) -> Importsvar:
    melding = _("Innholdet er lest inn fra før, som uttrekk %(dato)s. Ingenting er endret.") % {
        "dato": datotekst(uttrekk.dato)
    }
    svar = {
        "status": "uendret",
        "uttrekk": {"id": uttrekk.pk, "dato": uttrekk.dato.isoformat(), "kilde": uttrekk.kilde},
        **{k: v for k, v in uttrekk.tellinger.items() if k in {"rader", "talt", "ikke_talt", "kategorier", "ansatte"}},
        "nye_enheter": [],
        "endringer": {"nye": 0, "sluttet": 0, "flyttet": 0, "uendret": uttrekk.antall_ansatte},
        "meldinger": [melding],
        "problemer": [],
    }
    return Importsvar(uttrekk, True, None, svar)


def stopp_for(
    g: Gjennomgang, *, godta_nye_enheter: bool, godta_nedgang: bool, samme: Uttrekk | None = None
) -> list[Problem]:
    """Why a file without faults is still not stored: date taken, unknown units, too few people."""
    stoppere = []
    if samme:
        stoppere.append(
            Problem(None, "", datotekst(samme.dato),
                    _("Det finnes et annet uttrekk for samme dato. Angre det først, hvis dette er riktigere"))
        )  # fmt: skip
    if g.plan.nye_enheter and not g.plan.forste and not godta_nye_enheter:
        stoppere += [
            Problem(e.rad or None, g.overskrift.kolonnenavn(_felt_for(e.type)), f"{e.kode} {e.navn}",
                    _("Enheten er ukjent. Godta nye enheter hvis den er riktig"))
            for e in g.plan.nye_enheter
        ]  # fmt: skip
    if g.plan.for_stor_nedgang and not godta_nedgang:
        stoppere.append(
            Problem(None, "", "",
                    _("Antall ansatte er %(prosent)s %% lavere enn i uttrekket %(dato)s (%(naa)s mot %(for)s). "
                      "Bekreft nedgangen hvis den er riktig.")
                    % {"prosent": f"{g.plan.nedgang * 100:.1f}".replace(".", ","),
                       "dato": datotekst(g.plan.forrige.dato),
                       "naa": g.plan.antall_ansatte, "for": g.plan.forrige.antall_ansatte})
        )  # fmt: skip
    return stoppere


def _felt_for(type_: str) -> str:
    return str(type_) if str(type_) in {"sektor", "avdeling"} else "enhetskode"


def innholdshash(plan: Plan) -> str:
    """A checksum of what would be stored, whatever order and format the file had."""
    liste = plan.liste
    ingen = np.zeros(liste.rader, dtype=np.int64)
    kolonner = [liste.person, liste.prosent]
    for kodet in (liste.fodt, liste.start, liste.slutt):
        kolonner.append(kodet.ta(np.array([d.toordinal() if d else 0 for d in kodet.unike], dtype=np.int64)))
    for kodet in (liste.kjonn, liste.enhetskode, liste.avdeling, liste.stilling, liste.kategori, liste.utdanning,
                  liste.tjeneste):  # fmt: skip
        kolonner.append(ingen if kodet is None else kodet.ta(np.array([_tall(v) for v in kodet.unike], dtype=np.int64)))
    # One number per row (wrapping arithmetic), sorted: rows may come in any order.
    radtall = np.zeros(liste.rader, dtype=np.uint64)
    for kolonne in kolonner:
        radtall = radtall * np.uint64(0x9E3779B97F4A7C15) + kolonne.astype(np.uint64) + np.uint64(0x632BE59BD9B4E019)
        radtall ^= radtall >> np.uint64(29)
    return hashlib.sha256(np.sort(radtall).tobytes()).hexdigest()


def _tall(tekst: str) -> int:
    return int.from_bytes(hashlib.blake2b(tekst.encode(), digest_size=8).digest(), "little", signed=True)


def _lagre(*, g: Gjennomgang, innhold: str, bruker: Bruker | None, framdrift: Framdrift) -> Uttrekk:
    plan = g.plan
    with alene():
        if tilstand() != plan.tilstand:
            raise Samtidig(_("En annen innlesing ble ferdig i mellomtiden. Start på nytt med denne filen."))
        ider, nye = organisering.opprett_enheter(plan=plan)
        endret = organisering.oppdater_enheter(plan=plan, ider=ider)
        stillinger = organisering.lagre_stillinger(liste=plan.liste)
        tjenester = organisering.lagre_tjenester(plan=plan, ider=ider)
        # Locked: the rows refer to them without a check in the database (models.Ansettelse).
        kategorier = dict(Ansattkategori.objects.select_for_update().values_list("kode", "pk"))
        uttrekk = _opprett_uttrekk(g=g, bruker=bruker, tellinger=_tellinger(g, innhold, nye, endret))
        organisering.lagre_enhetsbilde(uttrekk=uttrekk, brukte_ider=set(ider.values()))
        lagring.skriv_ansettelser(
            uttrekk_id=uttrekk.pk, plan=plan, ider=ider, stillinger=stillinger, kategorier=kategorier,
            tjenester=tjenester,
        )  # fmt: skip
        _lagre_ledere(uttrekk=uttrekk, plan=plan, ider=ider)
        _skriv_i_loggen(uttrekk, _("Lest inn"), bruker)
        framdrift(75, _("Regner ut rapportene"))
        tellinger = dict(Ansattkategori.objects.values_list("kode", "telling"))
        beregn_alle(
            uttrekk=uttrekk,
            ansettelser=ramme_av(plan=plan, ider=ider, stillinger=stillinger, tellinger=tellinger),
        )
    logger.info("Uttrekk %s lest inn: %s rader", uttrekk.dato, uttrekk.antall_rader)
    return uttrekk


def _skriv_i_loggen(uttrekk: Uttrekk, hendelse: str, bruker: Bruker | None, *, borte: bool = False) -> None:
    """A line in the log of the product, with the counts before and after; and the work that follows is ordered."""
    tall = ((_("Fil"), uttrekk.kilde), (_("Rader"), uttrekk.antall_rader), (_("Ansatte"), uttrekk.antall_ansatte))
    endringer = [(navn, verdi, "–") if borte else (navn, "–", verdi) for navn, verdi in tall]
    skriv_hendelse(slag="uttrekk", hva=uttrekk, hendelse=hendelse, utfoert_av=bruker, endringer=endringer)
    bestill_etterarbeid()


@contextmanager
def alene() -> Iterator[None]:
    """One transaction that no other import or undo runs beside. Raises Samtidig when one does.

    SQLite's transactions already are exclusive (IMMEDIATE); there the wait for the other can run out.
    """
    opptatt = _("En annen innlesing pågår. Vent til den er ferdig, og prøv igjen.")
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as peker:
                    peker.execute("SELECT pg_try_advisory_xact_lock(%s)", [LAAS])
                    if not peker.fetchone()[0]:
                        raise Samtidig(opptatt)
            yield
    except OperationalError as feil:
        if "locked" not in str(feil):
            raise
        raise Samtidig(opptatt) from feil


def _tellinger(g: Gjennomgang, innhold: str, nye: list[int], endret: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        **tell(g.liste),
        "ansatte": g.plan.antall_ansatte,
        "endringer": g.plan.endringer,
        "fodselsnumre_fjernet": g.tabell.fnr_celler,
        "meldinger": g.meldinger + g.liste.meldinger,
        "innholdshash": innhold,
        "nye_enheter": nye,
        "endrede_enheter": endret,
    }


def _opprett_uttrekk(*, g: Gjennomgang, bruker: Bruker | None, tellinger: dict[str, Any]) -> Uttrekk:
    uttrekk = Uttrekk(
        dato=g.dato,
        kilde=g.tabell.filnavn[:200],
        profil=g.profil.navn[:80],
        fil_hash=g.tabell.fil_hash,
        opprettet=timezone.now(),
        opprettet_av=bruker,
        antall_rader=g.liste.rader,
        antall_ansatte=g.plan.antall_ansatte,
        tellinger=tellinger,
    )
    uttrekk.full_clean()
    uttrekk.save()
    return uttrekk


def _lagre_ledere(*, uttrekk: Uttrekk, plan: Plan, ider: dict[str, int]) -> None:
    liste = plan.liste
    enhet, avdeling = enhet_per_rad(plan, ider), avdeling_per_rad(plan, ider)
    Leder.objects.bulk_create(
        Leder(
            uttrekk=uttrekk,
            person=int(liste.person[i]),
            navn=navn,
            enhet_id=int(enhet[i]),
            avdeling_id=int(avdeling[i]) or None,
            funksjon=liste.funksjoner[liste.stilling.unike[liste.stilling.koder[i]]],
        )
        for i, navn in liste.ledernavn.items()
    )


def angre_uttrekk(*, uttrekk: Uttrekk, bruker: Bruker | None = None) -> None:
    """Undo an extract: its rows, reports, and the units that only it brought. Allowed until another is read in.

    Raises Innlesingsfeil when a later import exists.
    """
    with alene():
        if Uttrekk.objects.filter(pk__gt=uttrekk.pk).exists():
            raise Innlesingsfeil(_("Uttrekket kan ikke angres, for et annet er lest inn etterpå."))
        lagring.slett_ansettelser(uttrekk.pk)
        nye, endret = uttrekk.tellinger.get("nye_enheter", []), uttrekk.tellinger.get("endrede_enheter", [])
        dato = uttrekk.dato
        _skriv_i_loggen(uttrekk, _("Angret"), bruker, borte=True)
        uttrekk.delete()
        organisering.ta_tilbake_enheter(nye=nye, endret=endret)
    logger.info("Uttrekk %s angret av bruker %s", dato, bruker.pk if bruker else "-")
