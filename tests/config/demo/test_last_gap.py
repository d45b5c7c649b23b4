"""The demo's two rounds of gap analyses."""

from collections import Counter

import pytest

from analyse.enums import Telling
from analyse.models import Ansettelse
from config.demo.gap import last_gap
from kompetanse.enums import Gapstatus, Rundestatus
from kompetanse.models import Gapanalyse, Gaprad, Gaprunde
from kompetanse.queries.gapsvar import mangler, rader_i
from tests.config.demo.conftest import DAG

pytestmark = pytest.mark.django_db


def test_i_fjor_er_stengt_og_godkjent_i_aar_er_aapen_i_alle_tilstander(demo):
    i_aar, i_fjor = Gaprunde.objects.order_by("-aar")
    assert (i_fjor.status, i_aar.status) == (Rundestatus.STENGT, Rundestatus.AAPEN)
    assert i_aar.frist > DAG
    assert i_aar.sporsmaal.count() == 2
    assert set(i_fjor.analyser.values_list("status", flat=True)) == {Gapstatus.GODKJENT}
    antall = Counter(i_aar.analyser.values_list("status", flat=True))
    assert antall.keys() == set(Gapstatus)
    assert antall[Gapstatus.RETURNERT] == 1
    assert i_aar.analyser.get(status=Gapstatus.RETURNERT).kommentar
    assert not Gapanalyse.objects.filter(status=Gapstatus.GODKJENT, avgjort_av=None).exists()


def test_hjemmetjenesten_svarte_i_fjor_og_har_ikke_begynt_i_aar(demo):
    i_aar, i_fjor = Gapanalyse.objects.filter(navn="Hjemmetjenesten").order_by("-runde__aar")
    assert (i_aar.status, i_aar.rader.count()) == (Gapstatus.IKKE_BEGYNT, 0)
    assert (i_fjor.status, i_fjor.rader.count() > 5) == (Gapstatus.GODKJENT, True)


def test_tallene_er_uttrekkets(demo):
    for rad in Gaprad.objects.filter(gruppe="Sykepleiere", slag="stilling", analyse__runde__aar=DAG.year):
        telles = Ansettelse.objects.filter(
            uttrekk=rad.analyse.runde.uttrekk_id, enhet__in=rad.analyse.enheter.all(), kategori__telling=Telling.TELLES
        )
        assert rad.har == telles.filter(stilling__gruppe="Sykepleiere").values("person").distinct().count() > 0
        assert rad.forslag["avgang"]["5"] == rad.avgang_5


def test_det_som_er_sendt_er_svart_helt_ut(demo):
    sendte = Gapanalyse.objects.filter(status__in=[Gapstatus.LEVERT, Gapstatus.GODKJENT]).select_related("runde")
    assert sendte.count() > 15
    assert [(str(a), m) for a in sendte for m in mangler(a, rader_i(a)) if m.stopper] == []


def test_andre_gang_endrer_ingenting(demo, django_assert_num_queries):
    with django_assert_num_queries(3):  # begin and end of the transaction, and the look
        last_gap(DAG)
