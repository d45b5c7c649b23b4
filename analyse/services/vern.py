"""Protected results: what readers outside HR and the leader line are shown of an extract.

All published extracts are protected together, because a headcount stands both as the end of one year and the start of
the next.
"""

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone

from analyse.models import Rapportresultat, Uttrekk
from analyse.queries import PersonraderSlettet, enhetsramme, rotenhet
from analyse.rapporter import RAPPORTER
from analyse.rapporter.resultat import Resultat
from analyse.rapporter.vern import Celle, mask
from analyse.rapporter.vernsystem import Rapportsystem, Resultater, bygg, koble
from analyse.services import rapporter as tjeneste
from felles.prikking import GRENSE, beskytt
from organisasjon.models import Enhet

# The kept row that holds which cells may be shown; not a report.
VERN = "vern"


def vernmerke(oppsett: "tjeneste.Oppsett", uttrekk: Uttrekk) -> str:
    """What a protected result depends on: the setup, and which extracts are published besides this one."""
    publiserte = sorted({r[1] for r in oppsett.rader if r[0] == "u"} | {uttrekk.pk})
    return hashlib.sha256(repr((oppsett.merke(), publiserte)).encode()).hexdigest()[:32]


def beskyttede(
    uttrekk: Uttrekk, sluger: Iterable[str], enhet: Enhet, oppsett: "tjeneste.Oppsett"
) -> dict[str, Resultat]:
    """Protected results of one unit, kept for the next reader."""
    aapne = tjeneste.hent_resultater(uttrekk=uttrekk, sluger=sluger, enhet=enhet)
    ut = beskytt_aapne(uttrekk, {(uttrekk.pk, enhet.pk, slug): r for slug, r in aapne.items()}, oppsett)
    return {slug: r for (_uttrekk, _enhet, slug), r in ut.items()}


def beskytt_aapne(
    uttrekk: Uttrekk, aapne: dict[tuple[int, int, str], Resultat], oppsett: "tjeneste.Oppsett"
) -> dict[tuple[int, int, str], Resultat]:
    """The results of one extract as readers see them, kept. Keys: extract, unit, report."""
    merke = vernmerke(oppsett, uttrekk)
    rot = rotenhet(enhetsramme(uttrekk))
    synlige, smaa, nivaaer = _synlige(uttrekk, merke, rot)
    ut = {nokkel: mask(r, nokkel[1], rot, synlige, smaa, nivaaer) for nokkel, r in aapne.items()}
    tjeneste.behold(ut.values(), merke)
    return ut


def regn_ut_for_lesere() -> None:
    """Compute and keep what readers see of every published extract, so that the first of them need not wait."""
    for uttrekk in Uttrekk.objects.filter(publisert__isnull=False).order_by("-dato"):
        try:
            tjeneste.hent_resultater(uttrekk=uttrekk, sluger=RAPPORTER, prikket=True)
        except PersonraderSlettet:
            continue


def _synlige(uttrekk: Uttrekk, merke: str, rot: int) -> tuple[set[Celle], set[Celle], list[str]]:
    """The cells that may be shown of the extract, the hidden ones under 5, and the municipality's levels of
    education.
    """
    nokkel = _nokkel(uttrekk, rot)
    data = next((rad.data for rad in Rapportresultat.objects.filter(**nokkel, oppsett=merke)), None)
    if data is None:
        data = _beskytt_og_behold(uttrekk, merke)
    synlige, smaa = ({(m, d, tuple(p)) for m, d, p in data[n]} for n in ("synlige", "smaa"))
    return synlige, smaa, data["nivaaer"]


def _nokkel(uttrekk: Uttrekk, rot: int) -> dict[str, Any]:
    fra, til = tjeneste.standardperiode(uttrekk)
    return {"uttrekk": uttrekk, "slug": VERN, "enhet_id": rot, "fra": fra, "til": til, "prikket": True}


def _beskytt_og_behold(uttrekk: Uttrekk, merke: str) -> dict[str, Any]:
    """Keep what may be shown of the extract, and of the published ones that were protected along with it: they have
    the same mark when this one is published too. Returns the extract's own.
    """
    alle, systemer, skjult = _beskytt_sammen(uttrekk)
    data = {
        dag: {
            "synlige": _som_liste(system.vist - skjult[dag]),
            "smaa": _som_liste({c for c in skjult[dag] if system.verdier[c] < GRENSE}),
            "nivaaer": system.nivaaer,
        }
        for dag, system in systemer.items()
        if uttrekk.publisert or dag == uttrekk.dato
    }
    naa = timezone.now()
    Rapportresultat.objects.bulk_create(
        [
            Rapportresultat(**_nokkel(alle[dag], systemer[dag].rot), oppsett=merke, data=d, beregnet=naa)
            for dag, d in data.items()
        ],
        update_conflicts=True,
        unique_fields=["uttrekk", "slug", "enhet", "fra", "til", "prikket"],
        update_fields=["oppsett", "data", "beregnet"],
    )
    return data[uttrekk.dato]


def _som_liste(celler: set[Celle]) -> list[list]:
    """Cells as JSON, in a fixed order."""
    return sorted(([m, d, list(p)] for m, d, p in celler), key=repr)


def _beskytt_sammen(
    uttrekk: Uttrekk,
) -> tuple[dict[date, Uttrekk], dict[date, Rapportsystem], dict[date, set[Celle]]]:
    """Protect this extract together with the published ones, until no date gives another away. Returns extracts,
    systems and hidden cells by date.
    """
    alle = {u.dato: u for u in Uttrekk.objects.filter(publisert__isnull=False)} | {uttrekk.dato: uttrekk}
    systemer = {dag: _system(u) for dag, u in sorted(alle.items()) if u.pk == uttrekk.pk or _kan_bygges(u)}
    skjult = {dag: beskytt(system) for dag, system in systemer.items()}
    naboer = _naboer(systemer, alle)
    urolig = bool(naboer)
    while urolig:
        urolig = False
        for foer, etter in naboer:
            for dag, celler in zip((foer, etter), koble(skjult[foer], skjult[etter]), strict=True):
                nye = (celler & systemer[dag].vist) - systemer[dag].laast - skjult[dag]
                if nye:
                    skjult[dag] = beskytt(systemer[dag], skjult[dag] | nye)
                    urolig = True
    return alle, systemer, skjult


def _naboer(systemer: Iterable[date], alle: dict[date, Uttrekk]) -> list[tuple[date, date]]:
    """Pairs of extracts where the later one's period begins on the earlier one's date."""
    dager = set(systemer)
    par = ((tjeneste.standardperiode(alle[dag])[0], dag) for dag in dager)
    return sorted((foer, etter) for foer, etter in par if foer in dager)


def _kan_bygges(uttrekk: Uttrekk) -> bool:
    try:
        _omfang(uttrekk)
    except PersonraderSlettet:
        return False
    return True


def _system(uttrekk: Uttrekk) -> Rapportsystem:
    resultater, rot = _omfang(uttrekk)
    enheter = enhetsramme(uttrekk)
    sektor_av = dict(zip(enheter["id"].tolist(), enheter["sektor"].tolist(), strict=True))
    i_bruk = {r["enhet_id"] for r in resultater[rot]["turnover"].tillegg["per_enhet"]}
    i_bruk |= {r["enhet_id"] for r in resultater[rot]["lederspenn"].tillegg["per_enhet"]}
    avdelinger = {r["enhet_id"]: r["forelder_id"] for r in resultater[rot]["lederspenn"].tillegg["per_avdeling"]}
    return bygg(resultater, rot, {pk: s for pk, s in sektor_av.items() if pk in i_bruk}, avdelinger)


def _omfang(uttrekk: Uttrekk) -> tuple[Resultater, int]:
    """Unprotected results of the municipality and of each sector. A sector whose rows are deleted is left out, and
    what only it would show is then hidden.
    """
    enheter = enhetsramme(uttrekk)
    rot = rotenhet(enheter)
    sektorer = [int(pk) for pk in sorted(set(enheter["sektor"])) if pk]
    ut: Resultater = {rot: tjeneste.hent_resultater(uttrekk=uttrekk, sluger=RAPPORTER, enhet=Enhet(pk=rot))}
    for enhet in Enhet.objects.filter(pk__in=sektorer):
        try:
            ut[enhet.pk] = tjeneste.hent_resultater(uttrekk=uttrekk, sluger=RAPPORTER, enhet=enhet)
        except PersonraderSlettet:
            continue
    return ut, rot
