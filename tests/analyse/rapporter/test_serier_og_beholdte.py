"""Kept results of older code, trends across a merger, and figures made ready for readers on publishing."""

import json
from datetime import date

import pytest
from django.utils import timezone

from analyse import regneoppsett
from analyse.models import Rapportresultat
from analyse.rapporter import RAPPORTER
from analyse.services import vern
from analyse.services.oppsett import publiser_uttrekk
from analyse.services.rapporter import beregn_alle, hent_oppsett, hent_resultat, hent_resultater
from analyse.services.serier import hent_serie
from tests.analyse.rapporter.bemanning import rader
from tests.fabrikk import lag_bruker

pytestmark = pytest.mark.django_db


@pytest.fixture
def uttrekk(kommunetre, lag_uttrekk):
    return lag_uttrekk(rader(kommunetre))


def _foreld(uttrekk) -> None:
    """What is kept becomes as if older code had made it: no extra tables, no measures but the first ones."""
    for rad in Rapportresultat.objects.filter(uttrekk=uttrekk):
        data = json.loads(rad.data["resultat"])
        data["tillegg"] = {}
        data["rader"] = [dict(list(r.items())[:4]) for r in data["rader"]]
        data["fjernet_felt"] = "fra en eldre utgave"
        rad.data, rad.oppsett = {"resultat": json.dumps(data)}, "1:eldre"
        rad.save()


def test_resultater_av_eldre_kode_regnes_paa_nytt(uttrekk, monkeypatch) -> None:
    beregn_alle(uttrekk=uttrekk)
    foer = Rapportresultat.objects.get(slug="aldersrisiko").oppsett
    monkeypatch.setattr(regneoppsett, "VERSJON", "neste")
    _foreld(uttrekk)
    r = hent_resultat(uttrekk=uttrekk, slug="aldersrisiko")
    assert r.tillegg["aldersbaand"]
    assert Rapportresultat.objects.get(slug="aldersrisiko").oppsett != foer


def test_uten_personrader_leses_eldre_resultater_uten_aa_krasje(uttrekk) -> None:
    beregn_alle(uttrekk=uttrekk)
    _foreld(uttrekk)
    uttrekk.ansettelser.all().delete()
    uttrekk.rader_slettet = timezone.now()
    uttrekk.save()
    for slug, r in hent_resultater(uttrekk=uttrekk, sluger=RAPPORTER).items():
        rapport = RAPPORTER[slug]
        for tabell in rapport.tabeller(r):
            for kolonne in tabell.kolonner:
                if tabell.rader:
                    rapport.forklar(r, tabell.nokkel, 0, kolonne.nokkel)
        rapport.diagrammer(r)
        rapport.nokkeltall(r)


def test_en_sammenslaaing_er_ikke_et_hopp_i_utviklingen(kommunetre, lag_uttrekk) -> None:
    """The school takes over the kindergarten in 2025: the year before counts both."""
    alle = [r for r in rader(kommunetre) if r["start"] <= date(2024, 7, 1)]
    foer = lag_uttrekk(alle, dato=date(2024, 7, 1))
    skolen, barnehagen = kommunetre.skolen, kommunetre.barnehagen
    enheter = {rad["kode"]: rad["ansatte"] for rad in hent_resultat(uttrekk=foer, slug="heltid").rader}
    barnehagen.erstattet_av, barnehagen.gyldig_til = skolen, date(2024, 12, 31)
    barnehagen.save()
    flyttet = [{**r, "enhet": skolen} if r["enhet"] == barnehagen else r for r in rader(kommunetre)]
    etter = lag_uttrekk(flyttet, dato=date(2025, 7, 1))
    etter.enheter.filter(enhet=barnehagen).delete()
    deler = {"sluger": ["heltid", "aldersrisiko"], "enhet": skolen, "oppsett": hent_oppsett()}
    for _ganger in range(2):
        serie = hent_serie(serie=[foer, etter], prikket=False, **deler)
        assert serie[foer.pk, "heltid"].sum["ansatte"] == enheter[skolen.kode] + enheter[barnehagen.kode]
        assert serie[etter.pk, "heltid"].sum["ansatte"] > 0
    # The page of the old extract shows the unit as it was, and the series did not overwrite it.
    assert hent_resultat(uttrekk=foer, slug="heltid", enhet=skolen).sum["ansatte"] == enheter[skolen.kode]
    prikket = hent_serie(serie=[foer, etter], prikket=True, **deler)
    assert {pk for pk, _slug in prikket} == {etter.pk}


def test_publisering_regner_ut_det_leserne_ser(uttrekk, kommunetre, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks() as kall:
        publiser_uttrekk(uttrekk=uttrekk, publisert=True, utfoert_av=lag_bruker("hr"), naa=timezone.now())
    assert len(kall) == 2, "the figures of the reports, and the results of the gap analyses"
    vern.regn_ut_for_lesere()
    uttrekk.refresh_from_db()
    beholdt = Rapportresultat.objects.filter(prikket=True, oppsett=vern.vernmerke(hent_oppsett(), uttrekk))
    assert set(beholdt.values_list("slug", flat=True)) == {*RAPPORTER, vern.VERN}


def test_flere_publiserte_uttrekk_vernes_i_en_omgang(kommunetre, lag_uttrekk, monkeypatch) -> None:
    naa = timezone.now()
    for aar in (2024, 2025):
        lag_uttrekk(rader(kommunetre), dato=date(aar, 7, 1), publisert=naa)
    ganger = []
    ekte = vern._beskytt_sammen
    monkeypatch.setattr(vern, "_beskytt_sammen", lambda u: ganger.append(u) or ekte(u))
    vern.regn_ut_for_lesere()
    assert len(ganger) == 1
