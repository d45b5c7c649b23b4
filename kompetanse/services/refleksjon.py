"""Writes to the reflection cards, and to the sessions where a group uses them."""

import secrets
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from felles.laas import Foreldet, avtrykk, krev_uendret
from kompetanse.enums import Kortgruppe
from kompetanse.models import Refleksjonskort, Refleksjonsnotat, Refleksjonsoekt
from kompetanse.queries.refleksjon import kort_igjen
from organisasjon.models import Bruker, Enhet
from organisasjon.services.hendelser import skriv_hendelse

LOGGSLAG = "refleksjonskort"
FELTER_KORT = ("gruppe", "sporsmaal", "hjelp")
FELTER_OEKT = ("formaal", "dato", "antall", "roller", "temaer")
LAAS_NOTAT = ("lopenummer",)
LAAS_OPPSUMMERING = ("oppsummering",)
Trekning = Callable[[Sequence[Refleksjonskort]], Refleksjonskort]


@transaction.atomic
def lagre_kort(
    *, kort: Refleksjonskort | None, verdier: dict[str, Any], av: Bruker, forventet: str | None = None
) -> Refleksjonskort:
    """Add a card, or change one; cards drawn before keep their words. Leaves an entry in the log.

    Raises Foreldet and ValidationError.
    """
    rad = krev_uendret(kort, FELTER_KORT, forventet) if kort else Refleksjonskort()
    foer = {f: str(getattr(rad, f)) for f in FELTER_KORT}
    for felt in FELTER_KORT:
        setattr(rad, felt, " ".join(verdier[felt].split()))
    rad.full_clean()
    rad.save()
    endringer = [
        (rad._meta.get_field(f).verbose_name.capitalize(), _vis(f, foer[f]), _vis(f, getattr(rad, f)))
        for f in FELTER_KORT
        if foer[f] != getattr(rad, f)
    ]
    hendelse = _("Endret") if kort else _("Opprettet")
    skriv_hendelse(slag=LOGGSLAG, hva=rad.sporsmaal, hendelse=hendelse, utfoert_av=av, endringer=endringer)
    return rad


def _vis(felt: str, verdi: str) -> str:
    if felt == "gruppe" and verdi:
        return str(Kortgruppe(verdi).label)
    return verdi or "–"


@transaction.atomic
def ta_ut_kort(*, kort: Refleksjonskort, tatt_ut: date | None, av: Bruker) -> Refleksjonskort:
    """Retire a card from new draws, or (None) take it in again. Leaves an entry in the log.

    Raises ValidationError when another card asks the same.
    """
    rad = Refleksjonskort.objects.select_for_update().get(pk=kort.pk)
    rad.tatt_ut = tatt_ut
    rad.full_clean()
    rad.save()
    hendelse = _("Tatt ut") if tatt_ut else _("Tatt inn igjen")
    skriv_hendelse(slag=LOGGSLAG, hva=rad.sporsmaal, hendelse=hendelse, utfoert_av=av)
    return rad


@transaction.atomic
def start_oekt(*, enhet: Enhet, verdier: dict[str, Any], av: Bruker | None, naa: datetime) -> Refleksjonsoekt:
    """Begin a session in the unit; `verdier` by the names in FELTER_OEKT. Raises ValidationError."""
    oekt = Refleksjonsoekt(enhet=enhet, startet=naa, startet_av=av)
    return _lagre_oekt(oekt, verdier)


@transaction.atomic
def endre_oekt(*, oekt: Refleksjonsoekt, verdier: dict[str, Any], forventet: str | None) -> Refleksjonsoekt:
    """Change what a session is for and who is there. Raises Foreldet and ValidationError."""
    return _lagre_oekt(krev_uendret(oekt, FELTER_OEKT, forventet), verdier)


def _lagre_oekt(oekt: Refleksjonsoekt, verdier: dict[str, Any]) -> Refleksjonsoekt:
    for felt in FELTER_OEKT:
        setattr(oekt, felt, verdier[felt])
    oekt.full_clean(exclude=["startet_av"])
    oekt.save()
    return oekt


@transaction.atomic
def trekk_kort(
    *,
    oekt: Refleksjonsoekt,
    kort: Refleksjonskort | None = None,
    etter: int | None = None,
    trekning: Trekning = secrets.choice,
) -> Refleksjonsnotat:
    """Draw a card not drawn before in the session: the given one, or any of those left in its themes.

    `etter` is how many had been drawn when the page was shown. Has somebody drawn since, the newest of theirs comes
    back, so that two clicks are one draw. Raises ValidationError when the session is over or no cards are left.
    """
    laast = Refleksjonsoekt.objects.select_for_update().get(pk=oekt.pk)
    if laast.avsluttet:
        raise ValidationError(_("Økten er avsluttet. Åpne den igjen for å trekke flere kort."))
    trukket = list(laast.notater.order_by("nummer"))
    if kort and (funnet := next((n for n in trukket if n.kort_id == kort.pk), None)):
        return funnet
    if etter is not None and len(trukket) > etter:
        return trukket[-1]
    if kort is None:
        igjen = kort_igjen(laast)
        if not igjen:
            raise ValidationError(_("Alle kortene i temaene dere valgte, er trukket."))
        kort = trekning(igjen)
    notat = Refleksjonsnotat(
        oekt=laast, kort=kort, nummer=len(trukket) + 1, gruppe=kort.gruppe, sporsmaal=kort.sporsmaal, hjelp=kort.hjelp
    )
    notat.full_clean()
    notat.save()
    return notat


@transaction.atomic
def lagre_notat(*, notat: Refleksjonsnotat, tekst: str, forventet: str | None) -> Refleksjonsnotat:
    """Write what the group noted. Raises Foreldet and ValidationError."""
    tekst = tekst.strip()
    rad = krev_uendret(notat, LAAS_NOTAT, None)
    if rad.notat == tekst:
        return rad  # the answer to the first click never came through
    if forventet is not None and avtrykk(rad, LAAS_NOTAT) != forventet:
        raise Foreldet(rad)
    rad.notat, rad.lopenummer = tekst, rad.lopenummer + 1
    rad.full_clean()
    rad.save()
    return rad


@transaction.atomic
def avslutt_oekt(*, oekt: Refleksjonsoekt, oppsummering: str, forventet: str | None, naa: datetime) -> Refleksjonsoekt:
    """Write what the group agreed on, and end the session. Raises Foreldet and ValidationError."""
    rad = krev_uendret(oekt, LAAS_OPPSUMMERING, forventet)
    rad.oppsummering, rad.avsluttet = oppsummering.strip(), rad.avsluttet or naa
    rad.full_clean(exclude=["startet_av"])
    rad.save()
    return rad


@transaction.atomic
def gjenaapne_oekt(*, oekt: Refleksjonsoekt) -> Refleksjonsoekt:
    """Open an ended session, to draw more cards."""
    rad = Refleksjonsoekt.objects.select_for_update().get(pk=oekt.pk)
    rad.avsluttet = None
    rad.save(update_fields=["avsluttet"])
    return rad


@transaction.atomic
def slett_oekt(*, oekt: Refleksjonsoekt) -> None:
    """Delete a session with its notes. Risks and tiltak made from them stay."""
    oekt.delete()
