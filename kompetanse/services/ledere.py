"""Writes about leaders and key positions: who they are, what they have documented, exceptions."""

from datetime import date
from typing import Any

from django.db import models, transaction
from simple_history.utils import bulk_create_with_history

from analyse.models import Leder, Uttrekk
from felles.laas import krev_uendret
from felles.norsk import brett
from kompetanse.models import Dokument, Lederpost, Unntak
from organisasjon.models import Bruker, Rolletildeling

LEDERFELTER = ("enhet", "funksjon", "stilling", "navn", "bruker", "gyldig_fra", "gyldig_til", "kartlagt")
DOKUMENTFELTER = ("slag", "tekst", "nivaa", "poeng", "fra", "til", "relevant", "referanse")
UNNTAKFELTER = ("krav", "grunn", "referanse", "fra", "til")


@transaction.atomic
def lagre_leder(
    *, leder: Lederpost | None, verdier: dict[str, Any], av: Bruker, forventet: str | None = None
) -> Lederpost:
    """Enter a leader or key position, or change one. Raises Foreldet and ValidationError."""
    rad = krev_uendret(leder, LEDERFELTER, forventet) if leder else Lederpost()
    return _lagre(rad, LEDERFELTER, verdier, av)


@transaction.atomic
def lagre_dokument(
    *,
    leder: Lederpost,
    dokument: Dokument | None,
    verdier: dict[str, Any],
    av: Bruker,
    dag: date,
    forventet: str | None = None,
) -> Dokument:
    """Document something for a leader. Side effect: the documentation counts as gone through on the day, if it was not
    before. Raises Foreldet and ValidationError.
    """
    rad = krev_uendret(dokument, DOKUMENTFELTER, forventet) if dokument else Dokument(leder=leder)
    rad = _lagre(rad, DOKUMENTFELTER, verdier, av)
    if leder.kartlagt is None:
        lagre_leder(leder=leder, verdier={"kartlagt": dag}, av=av)
    return rad


@transaction.atomic
def lagre_unntak(
    *, leder: Lederpost, unntak: Unntak | None, verdier: dict[str, Any], av: Bruker, forventet: str | None = None
) -> Unntak:
    """Record an exception from a requirement. Raises Foreldet and ValidationError."""
    rad = krev_uendret(unntak, UNNTAKFELTER, forventet) if unntak else Unntak(leder=leder)
    return _lagre(rad, UNNTAKFELTER, verdier, av)


@transaction.atomic
def slett(*, rad: Lederpost | Dokument | Unntak, av: Bruker) -> None:
    """Delete a row. A leader goes with all that is documented, and the histories of it: the purpose is gone."""
    if isinstance(rad, Lederpost):
        Dokument.historie.filter(leder_id=rad.pk).delete()
        Unntak.historie.filter(leder_id=rad.pk).delete()
        pk = rad.pk
        for del_ in (*rad.dokumenter.all(), *rad.unntak.all()):
            del_.skip_history_when_deleting = True
        rad.delete()
        for modell in (Dokument, Unntak):
            modell.historie.filter(leder_id=pk).delete()
        Lederpost.historie.filter(id=pk).delete()
        return
    rad._history_user = av
    rad.delete()


@transaction.atomic
def hent_ledere(*, uttrekk: Uttrekk, av: Bruker) -> int:
    """Enter the leaders of the extract that are not there yet; returns how many. Those who are there are left alone.

    A leader is the same when name, function and unit are. The login is set when exactly one person of that name has a
    role for the unit. Six queries, however many leaders.
    """
    finnes = {(brett(n), f, e) for n, f, e in Lederpost.objects.values_list("navn", "funksjon", "enhet_id")}
    innlogging = _innlogginger()
    nye = []
    for leder in Leder.objects.filter(uttrekk=uttrekk).order_by("pk"):
        enhet = leder.avdeling_id or leder.enhet_id
        nokkel = (brett(leder.navn), leder.funksjon, enhet)
        if leder.navn and nokkel not in finnes:
            finnes.add(nokkel)
            rad = Lederpost(enhet_id=enhet, funksjon=leder.funksjon, navn=leder.navn, gyldig_fra=None)
            rad.stilling = str(leder.get_funksjon_display())
            rad.bruker_id = innlogging.get((nokkel[0], enhet))
            nye.append(rad)
    bulk_create_with_history(nye, Lederpost, default_user=av, batch_size=500)
    return len(nye)


def _innlogginger() -> dict[tuple[str, int], int]:
    """Folded name and unit → the only person of that name with a role there."""
    funnet: dict[tuple[str, int], set[int]] = {}
    for bruker, navn, enhet in Rolletildeling.objects.values_list("bruker_id", "bruker__navn", "enhet_id"):
        funnet.setdefault((brett(navn), enhet), set()).add(bruker)
    return {nokkel: next(iter(ider)) for nokkel, ider in funnet.items() if len(ider) == 1}


def _lagre(rad: models.Model, felter: tuple[str, ...], verdier: dict[str, Any], av: Bruker) -> Any:
    for felt in felter:
        if felt in verdier:
            verdi = verdier[felt]
            setattr(rad, felt, verdi.strip() if isinstance(verdi, str) else verdi)
    rad.full_clean()
    rad._history_user = av
    rad.save()
    return rad
