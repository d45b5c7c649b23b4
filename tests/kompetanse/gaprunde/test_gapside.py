"""The results drawn ahead: what they are drawn from, when they are drawn anew, who is shown them."""

from datetime import date

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from analyse.models import Ansattkategori, Stilling
from analyse.services import oppsett
from analyse.services.oppbevaring import slett_personrader
from analyse.services.uttrekk import angre_uttrekk
from kompetanse.models import Gapanalyse, Gaprunde, Gapside, Kompetanse
from kompetanse.services import gapside
from kompetanse.services.gaprunde import gjenaapne_runde, steng_runde
from kompetanse.services.gaprunde_godkjenning import flytt_analyse
from kompetanse.services.gapside import tegn_alle
from kompetanse.tasks import tegn_gapsider
from kompetanse.visning import gapstempel
from organisasjon.enums import Rolle
from organisasjon.queries import tilgang_for
from tests.fabrikk import lag_bruker, lag_uttrekk
from tests.kompetanse.gaprunde.fabrikk import DAG, NAA, lag_analyse, lag_rad, lag_runde
from tests.kompetanse.gapsvar.fabrikk import folk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _faa_er_mange(monkeypatch):
    """Two analyses are enough to be drawn ahead."""
    monkeypatch.setattr(gapside, "FAERREST_ANALYSER", 2)


@pytest.fixture
def runde(kommunetre):
    """Two units in Helse and one in Oppvekst, with small numbers and large."""
    runde = lag_runde("stengt", uttrekk=lag_uttrekk(folk(kommunetre.skolen, [("Lærer", 9)])))
    for nr, enhet in enumerate((kommunetre.hjemmetjenesten, kommunetre.sykehjemmet, kommunetre.skolen)):
        analyse = lag_analyse(runde, enhet)
        lag_rad(analyse, "Sykepleiere", har=3 + 10 * nr, trenger=20, kritisk=4)
        lag_rad(analyse, "Lærere", har=2 + nr, trenger=30, kritisk=nr + 1, nummer=2)
    return runde


def side(klient, runde, **valg):
    """What the page holds, as this person is shown it when nothing is kept in memory."""
    cache.clear()
    svar = klient.get(reverse("kompetanse:gapresultat", args=[runde.pk]), valg)
    return svar.content.decode().partition("<main")[2].partition("</main>")[0]


def er_tegnet(klient, runde):
    """Is there a page that nothing has changed since?"""
    nokkel = gapstempel.lesernokkel(tilgang_for(klient.bruker, timezone.localdate()))
    return Gapside.objects.filter(runde=runde, leser=nokkel, merke=gapstempel.stempel(runde)).exists()


def test_det_som_er_tegnet_er_det_samme_som_naar_noen_ber_om_det(runde, som, kommunetre):
    roller = (Rolle.HR, Rolle.KOMMUNEDIREKTOR, Rolle.TILLITSVALGT, Rolle.VERNEOMBUD)
    klienter = [som(r) for r in roller] + [som(Rolle.KOMMUNALSJEF), som(Rolle.TILLITSVALGT, kommunetre.helse)]
    foer = [side(k, runde) for k in klienter]
    # HR and the kommunedirektør see the same; so do the two who see the municipality without small numbers.
    assert tegn_alle(dag=timezone.localdate()) == 4
    assert tegn_alle() == 0, "nothing has changed"
    assert all(er_tegnet(k, runde) for k in klienter)
    assert [side(k, runde) for k in klienter] == foer
    Gapside.objects.update(pakket=Gapside.objects.last().pakket)
    assert [side(k, runde) for k in klienter] != foer, "the pages were the drawn ones"


def test_en_annen_horisont_tegnes_for_den_som_ber_om_den(runde, som):
    hr = som("hr")
    tegn_alle()
    Gapside.objects.update(pakket=b"")
    assert "Hele kommunen" in side(hr, runde, om=1)


def _tilbake(runde, hr):
    Gapanalyse.objects.filter(pk=runde.analyser.first().pk).update(status="levert")


def _nytt_navn(runde, hr):
    Kompetanse.objects.create(navn="Ny")


def _aapnet(runde, hr):
    gjenaapne_runde(runde=runde, frist=date(2100, 1, 1), av=hr.bruker, naa=NAA)


def _nytt_uttrekk(runde, hr):
    lag_uttrekk(folk(runde.analyser.first().enheter.get(), [("Lærer", 9)]), dato=date(2026, 7, 1))


def _ny_kode(runde, hr):
    gapstempel.kodemerke = lambda: "en senere utgave"


@pytest.mark.lik_paa_alle
@pytest.mark.parametrize("endre", [_tilbake, _nytt_navn, _aapnet, _nytt_uttrekk, _ny_kode])
def test_en_side_som_ikke_lenger_stemmer_vises_aldri(runde, som, monkeypatch, endre):
    hr = som("hr")
    monkeypatch.setattr(gapstempel, "kodemerke", gapstempel.kodemerke)
    tegn_alle()
    Gapside.objects.update(pakket=b"ikke en pakket side")
    endre(runde, hr)
    assert not er_tegnet(hr, runde)
    assert "Resultat:" in side(hr, runde)
    assert tegn_alle() > 0 and er_tegnet(hr, runde)


def test_bare_det_som_er_stort_og_aapnet_tegnes(runde, som, kommunetre):
    leder, hr = som(Rolle.ENHETSLEDER, kommunetre.skolen), som("hr")
    utkast = lag_runde("utkast", navn="Neste", aar=2027)
    tegn_alle()
    assert er_tegnet(hr, runde) and not er_tegnet(leder, runde), "an analysis alone is soon drawn"
    assert not Gapside.objects.filter(runde=utkast).exists()
    hr.bruker.roller.all().delete()
    tegn_alle()
    assert not Gapside.objects.exists()


def venter():
    """How many times the drawing is in the queue."""
    return DBTaskResult.objects.ready().filter(task_path=tegn_gapsider.module_path).count()


def test_sidene_bestilles_en_gang_naar_noe_skjer_med_runden(runde, som, kommunetre, django_capture_on_commit_callbacks):
    sjef, hr = som(Rolle.KOMMUNALSJEF), som("hr")
    tilgang = tilgang_for(sjef.bruker, timezone.localdate())
    Gaprunde.objects.update(status="aapen")
    runde.analyser.update(status="levert")
    with django_capture_on_commit_callbacks(execute=True):
        for analyse in runde.analyser.filter(enheter__parent=kommunetre.helse):
            flytt_analyse(analyse=analyse, til="godkjent", av=sjef.bruker, tilgang=tilgang, naa=NAA, send_brev=False)
        runde.refresh_from_db()
        steng_runde(runde=runde, av=hr.bruker, naa=NAA)
    assert venter() == 1
    oppgave = DBTaskResult.objects.get()
    assert oppgave.priority < 0, "what somebody waits for goes first"
    tegn_gapsider.call()
    assert er_tegnet(hr, runde) and er_tegnet(sjef, runde)


def _publisert(uttrekk):
    oppsett.publiser_uttrekk(uttrekk=uttrekk, publisert=True, utfoert_av=lag_bruker("utgiver"), naa=NAA)


def _angret(uttrekk):
    angre_uttrekk(uttrekk=uttrekk)


def _slettet(uttrekk):
    slett_personrader(for_dato=DAG)


def _ny_gruppe(uttrekk):
    oppsett.endre_stilling(stilling=Stilling.objects.first(), funksjon="", gruppe="Ny gruppe")


def _ny_telling(uttrekk):
    kategori = Ansattkategori.objects.first()
    oppsett.endre_kategori(kategori=kategori, navn=kategori.navn, telling="utenfor", verdier=kategori.verdier)


@pytest.mark.lik_paa_alle
@pytest.mark.parametrize("hendelse", [_publisert, _angret, _slettet, _ny_gruppe, _ny_telling])
def test_og_naar_noe_skjer_med_uttrekket(kommunetre, django_capture_on_commit_callbacks, hendelse):
    uttrekk = lag_uttrekk(folk(kommunetre.skolen, [("Lærer", 9)]))
    with django_capture_on_commit_callbacks(execute=True):
        hendelse(uttrekk)
    assert venter() == 1
