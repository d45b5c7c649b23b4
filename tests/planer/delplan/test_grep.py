"""Deciding on støttegrep, taking in new areas, and part 4 of the page."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from organisasjon.enums import Rolle
from planer.enums import Grep, Planstatus
from planer.models import Grepvalg, Seksjon
from planer.rules import Planrett
from planer.services.grep import sikre_grepvalg, velg_grep, velg_omraade
from planer.visning.delplan_grep import grepkort
from tests.planer.fabrikk import NAA, lag_delplan, lag_temaplan, lag_tiltak, sett_status, skriv

pytestmark = pytest.mark.django_db
ALT = Planrett(*[True] * 11)


@pytest.fixture
def plan(kommunetre):
    return lag_delplan("Hjemmetjenesten", enheter=[kommunetre.hjemmetjenesten])


@pytest.fixture
def stotte(plan):
    return plan.temaplan.omraader.get(grep=Grep.STOTTE)


@pytest.fixture
def kjerne(plan):
    return plan.temaplan.omraader.get(grep=Grep.KJERNE)


def test_bare_det_foerste_som_mangler_noe_er_brettet_ut(som, plan, kjerne):
    def utbrettet():
        paneler = som(Rolle.HR).get(reverse("planer:kapittel", args=[plan.pk, 4])).context["paneler"]
        grupper = next(p.innhold["grupper"] for p in paneler if "grupper" in p.innhold)
        return [k.omraade.grep for _slag, kort in grupper for k in kort if k.aapen]

    assert utbrettet() == [Grep.KJERNE]
    skriv(plan, plan.seksjoner.get(omraade=kjerne).nokkel)
    assert utbrettet() == [Grep.KJERNE]
    lag_tiltak(plan, omraade=kjerne)
    assert utbrettet() == [Grep.STOTTE]


@pytest.mark.parametrize("valgt", [True, False, None])
def test_stottegrep_kan_avgjores_begge_veier_og_angres(plan, stotte, valgt):
    velg_omraade(plan=plan, omraade=stotte, valgt=valgt, av=None, naa=NAA)
    plan.refresh_from_db()
    assert plan.grepvalg.get(omraade=stotte).valgt is valgt
    assert plan.endret == NAA


@pytest.mark.parametrize("valgt", [False, None])
def test_kjernegrep_kan_ikke_velges_bort(plan, kjerne, valgt):
    with pytest.raises(ValidationError, match="kjernegrep"):
        velg_grep(valg=plan.grepvalg.get(omraade=kjerne), valgt=valgt, av=None, naa=NAA)


def test_vedtatt_plan_er_frosset(plan, stotte):
    sett_status(plan, Planstatus.VEDTATT)
    with pytest.raises(ValidationError, match="vedtatt"):
        velg_grep(valg=plan.grepvalg.get(omraade=stotte), valgt=True, av=None, naa=NAA)
    with pytest.raises(ValidationError, match="vedtatt"):
        sikre_grepvalg(plan=plan, av=None, naa=NAA)


def test_manglende_plass_lages_og_det_som_er_skrevet_staar(plan):
    skriv(plan, "grep-rolleforstaaelse", "Vår grunn")
    plan.grepvalg.filter(omraade__nokkel="digital").delete()
    plan.seksjoner.filter(nokkel="grep-digital").delete()
    assert sikre_grepvalg(plan=plan, av=None, naa=NAA) == 1
    assert sikre_grepvalg(plan=plan, av=None, naa=NAA) == 0
    assert plan.seksjoner.get(nokkel="grep-rolleforstaaelse").sok == "vår grunn"
    assert plan.grepvalg.get(omraade__nokkel="digital").valgt is None


def test_kortene_sier_hva_som_mangler(plan, kjerne, stotte):
    lag_tiltak(plan, omraade=kjerne)
    forste, andre = grepkort(plan, ALT)
    assert (forste.kjerne, forste.valgt, forste.mangler) == (True, True, "mangler begrunnelse")
    assert (andre.valgt, andre.valgord) == (None, "")
    skriv(plan, "grep-rolleforstaaelse")
    assert grepkort(plan, ALT)[0].mangler == ""


def test_kortene_har_temaplanens_tekst_om_omraadet(plan):
    skriv(plan.temaplan, "omraade-digital-hva", "Alle skal kunne det samme")
    kort = {k.omraade.nokkel: k for k in grepkort(plan, ALT)}
    assert [o for o, _t in kort["digital"].temaplan] == ["Hva vi vil styrke"]
    assert "Alle skal kunne det samme" in kort["digital"].temaplan[0][1]
    assert kort["rolleforstaaelse"].temaplan == []


def test_antall_spoerringer_folger_ikke_antall_omraader(kommunetre, django_assert_max_num_queries):
    omraader = [(f"o{n}", f"Område {n}", Grep.KJERNE) for n in range(11)]
    plan = lag_delplan(
        enheter=[kommunetre.skolen], temaplan=lag_temaplan("Stor", fra_aar=2030, til_aar=2033, omraader=omraader)
    )
    for o in plan.temaplan.omraader.all():
        lag_tiltak(plan, omraade=o)
    with django_assert_max_num_queries(4):
        assert len(grepkort(plan, ALT)) == 11


def test_enhetsleder_velger_paa_siden_og_kommer_tilbake_til_omraadet(plan, stotte, som):
    svar = som("enhetsleder").post(reverse("planer:velg_grep", args=[plan.pk, stotte.pk]), {"valgt": "ja"})
    assert svar.status_code == 302 and svar.url.endswith("#grep-digital")
    assert plan.grepvalg.get(omraade=stotte).valgt is True


@pytest.mark.parametrize(
    ("rolle", "ventet"),
    [
        (Rolle.HR, 302),
        (Rolle.ENHETSLEDER, 302),
        (Rolle.AVDELINGSLEDER, 403),
        (Rolle.TILLITSVALGT, 403),
        (Rolle.LESER, 404),
    ],
)
def test_hvem_som_kan_velge(plan, stotte, som, rolle, ventet):
    klient = som(rolle)
    for navn, arg in (
        ("velg_grep", [plan.pk, stotte.pk]),
        ("ta_inn_grep", [plan.pk]),
        ("fyll_utkast", [plan.pk, "laering"]),
    ):
        assert klient.post(reverse(f"planer:{navn}", args=arg), {"valgt": "nei"}).status_code == ventet
    if ventet != 302:
        assert plan.grepvalg.get(omraade=stotte).valgt is None


def test_annen_enhetsleder_ser_ikke_planen(plan, stotte, som, kommunetre):
    klient = som("enhetsleder", kommunetre.skolen)
    assert klient.post(reverse("planer:velg_grep", args=[plan.pk, stotte.pk]), {"valgt": "ja"}).status_code == 404


def test_get_og_tull_avvises(plan, stotte, som):
    klient, adresse = som("hr"), reverse("planer:velg_grep", args=[plan.pk, stotte.pk])
    assert klient.get(adresse).status_code == 405
    assert klient.post(adresse, {"valgt": "kanskje"}).status_code == 404
    assert klient.post(reverse("planer:velg_grep", args=[plan.pk, 10**15]), {"valgt": "ja"}).status_code == 404
    assert (
        klient.post(reverse("planer:velg_grep", args=[plan.temaplan_id, stotte.pk]), {"valgt": "ja"}).status_code == 404
    )


def test_del_4_viser_omraadene_med_hjelp_til_det_som_mangler(plan, som):
    html = som("enhetsleder").get(reverse("planer:kapittel", args=[plan.pk, 4])).content.decode()
    assert 'id="grep-rolleforstaaelse"' in html and 'id="grep-digital"' in html
    assert "Mangler begrunnelse og tiltak" in html and "Ikke avgjort" in html
    assert f"{reverse('planer:tiltak_ny', args=[plan.pk])}?omraade=rolleforstaaelse" in html


def test_del_4_skriver_ingenting_ved_visning(plan, som):
    Grepvalg.objects.filter(plan=plan).delete()
    Seksjon.objects.filter(plan=plan, omraade__isnull=False).delete()
    html = som("hr").get(reverse("planer:kapittel", args=[plan.pk, 4])).content.decode()
    assert "Ta dem inn i delplanen" in html
    assert not Grepvalg.objects.filter(plan=plan).exists()
