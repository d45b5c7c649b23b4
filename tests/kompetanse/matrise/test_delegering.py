"""The delegation register: the chain, what has expired, who sees and who writes."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from felles.laas import Foreldet, avtrykk
from kompetanse.models import Delegering
from kompetanse.queries.delegering import delegeringer, oversikt
from kompetanse.services.delegering import FELTER_DELEGERING, lagre_delegering, slett_delegering
from organisasjon.enums import Rolle
from tests.fabrikk import lag_bruker

pytestmark = pytest.mark.django_db
DAG = date(2026, 3, 1)


@pytest.fixture
def gi(kommunetre):
    av = lag_bruker("foerer")

    def lag(enhet, fra, til, bygger_paa=None, **felt):
        verdier = {
            "hva": "Ansette",
            "fra_rolle": fra,
            "til_rolle": til,
            "kan_videre": False,
            "gyldig_fra": date(2025, 1, 1),
            "dokument": "Sak 1/25",
            "bygger_paa": bygger_paa,
        }
        return lagre_delegering(delegering=None, enhet=enhet, verdier=verdier | felt, av=av)

    lag.av = av
    return lag


def brudd(d):
    (rad,) = [r for r in delegeringer(frozenset({d.enhet_id}), DAG) if r.d == d]
    return " ".join(b.tekst for b in rad.brudd)


def test_en_hel_kjede_er_i_orden_og_kan_leses(gi, kommunetre):
    a = gi(kommunetre.helse, "KD", "KS", kan_videre=True)
    b = gi(kommunetre.hjemmetjenesten, "KS", "EL", a)
    (rad,) = delegeringer(frozenset({kommunetre.hjemmetjenesten.pk}), DAG)
    assert rad.d == b and rad.brudd == []
    assert rad.kjedetekst == "Kommunedirektør → Kommunalsjef → Enhetsleder"


@pytest.mark.parametrize(
    ("kilde", "egen", "tekst"),
    [
        ({"kan_videre": False}, {}, "uten rett"),
        ({}, {"fra_rolle": "IT"}, "gitt til kommunalsjef"),
        ({"gyldig_til": date(2025, 12, 31)}, {}, "gikk ut 31.12.2025"),
        ({"gyldig_til": date(2027, 1, 1)}, {}, "Varer lenger"),
        ({"gyldig_fra": date(2025, 6, 1)}, {}, "før myndigheten"),
    ],
)
def test_brudd_i_kjeden_sies_i_ord(gi, kommunetre, kilde, egen, tekst):
    a = gi(kommunetre.helse, "KD", "KS", **{"kan_videre": True} | kilde)
    assert tekst in brudd(gi(kommunetre.hjemmetjenesten, "KS", "EL", a, **egen))


def test_uten_kilde_og_fra_en_annen_del_av_kommunen(gi, kommunetre):
    assert "hvor myndigheten kommer fra" in brudd(gi(kommunetre.skolen, "KS", "EL"))
    assert brudd(gi(kommunetre.skolen, "kommunestyret", "KD")) == ""
    a = gi(kommunetre.helse, "KD", "KS", kan_videre=True)
    assert "annen del" in brudd(gi(kommunetre.barnehagen, "KS", "EL", a))


def test_utloept_merkes_og_kommer_sist(gi, kommunetre):
    gi(kommunetre.skolen, "KD", "EL", gyldig_til=date(2026, 2, 28))
    gi(kommunetre.skolen, "KD", "EL", hva="Kjøpe inn", gyldig_til=DAG)
    assert [r.utloept for r in delegeringer(frozenset({kommunetre.skolen.pk}), DAG)] == [False, True]
    (linje,) = oversikt(frozenset({kommunetre.skolen.pk}), DAG)
    assert (linje.gjelder, linje.utloept, linje.brudd) == (1, 1, 0)


def test_ring_og_samme_rolle_og_slutt_foer_start_avvises(gi, kommunetre):
    a = gi(kommunetre.helse, "KD", "KS", kan_videre=True)
    b = gi(kommunetre.helse, "KS", "EL", a, kan_videre=True)
    for kilde in (a, b):
        with pytest.raises(ValidationError, match="bygger selv"):
            lagre_delegering(delegering=a, enhet=a.enhet, verdier={"bygger_paa": kilde}, av=gi.av)
    with pytest.raises(ValidationError, match="annen rolle"):
        gi(kommunetre.helse, "KS", "KS")
    with pytest.raises(ValidationError, match="slutte å gjelde før"):
        gi(kommunetre.helse, "KD", "KS", gyldig_til=date(2024, 1, 1))
    with pytest.raises(ValidationError, match="bygger på denne"):
        slett_delegering(delegering=a, av=gi.av)


def test_det_samme_delegeres_ikke_to_ganger_i_samme_tid(gi, kommunetre):
    foerste = gi(kommunetre.skolen, "KD", "KS", gyldig_til=date(2026, 6, 30))
    with pytest.raises(ValidationError, match="i samme tid"):
        gi(kommunetre.skolen, "KD", "KS", gyldig_fra=date(2026, 6, 30))
    assert gi(kommunetre.skolen, "KD", "KS", gyldig_fra=date(2026, 7, 1)).hva == foerste.hva


def test_foreldet_lagring_stoppes_og_historien_sier_hvem(gi, kommunetre):
    d = gi(kommunetre.skolen, "KD", "EL")
    gammelt = avtrykk(d, FELTER_DELEGERING)
    endre = {"delegering": d, "enhet": d.enhet, "av": gi.av, "forventet": gammelt}
    lagre_delegering(verdier={"hva": "Annet"}, **endre)
    with pytest.raises(Foreldet):
        lagre_delegering(verdier={"hva": "Tredje"}, **endre)
    assert [h.history_user for h in d.historie.all()] == [gi.av, gi.av]


# Who sees a delegation in Hjemmetjenesten, and who writes it; default scopes of the personas.
SKRIVER = {Rolle.HR, Rolle.KOMMUNALSJEF}


@pytest.mark.parametrize("rolle", list(Rolle))
def test_hvem_som_ser_og_hvem_som_foerer(som, rolle, gi, kommunetre):
    d = gi(kommunetre.hjemmetjenesten, "KD", "EL")
    klient = som(rolle)
    ser = {Rolle.SYSTEMANSVARLIG: 403, Rolle.AVDELINGSLEDER: 404}.get(rolle, 200)
    skriver = 200 if rolle in SKRIVER else 403
    enhet = [kommunetre.hjemmetjenesten.pk]
    assert klient.get(reverse("kompetanse:delegering_enhet", args=enhet)).status_code == ser
    assert klient.get(reverse("kompetanse:ny_delegering", args=enhet)).status_code == skriver
    assert klient.get(reverse("kompetanse:endre_delegering", args=[d.pk])).status_code == skriver
    if ser == 200:
        side = klient.get(reverse("kompetanse:delegering")).content.decode()
        assert reverse("kompetanse:delegering_enhet", args=enhet) in side


@pytest.mark.parametrize("rolle", [Rolle.KOMMUNALSJEF, Rolle.ENHETSLEDER])
def test_andres_enheter_finnes_ikke(som, rolle, gi, kommunetre):
    d = gi(kommunetre.skolen, "KD", "EL")
    klient = som(rolle)
    for rute in ("delegering_enhet", "delegering_pdf"):
        assert klient.get(reverse(f"kompetanse:{rute}", args=[kommunetre.skolen.pk])).status_code == 404
    if rolle == Rolle.KOMMUNALSJEF:
        assert klient.get(reverse("kompetanse:ny_delegering", args=[kommunetre.skolen.pk])).status_code == 404
        assert klient.post(reverse("kompetanse:slett_delegering", args=[d.pk])).status_code == 404
    assert str(kommunetre.skolen) not in klient.get(reverse("kompetanse:delegering")).content.decode()
    assert Delegering.objects.filter(pk=d.pk).exists()


def test_kommunalsjefen_foerer_i_skjemaet(som, gi, kommunetre):
    kilde = gi(kommunetre.helse, "KD", "KS")
    annet = gi(kommunetre.skolen, "KD", "EL")
    klient, adresse = som("kommunalsjef"), reverse("kompetanse:ny_delegering", args=[kommunetre.hjemmetjenesten.pk])
    data = {"hva": "Ansette", "fra_rolle": "KS", "til_rolle": "EL", "gyldig_fra": "2026-01-01", "dokument": "Brev 2"}
    assert klient.post(adresse, data | {"bygger_paa": annet.pk}).status_code == 422
    assert klient.post(adresse, data | {"bygger_paa": kilde.pk}, follow=True).status_code == 200
    side = klient.get(reverse("kompetanse:delegering_enhet", args=[kommunetre.hjemmetjenesten.pk])).content.decode()
    assert "Delegert videre uten rett" in side


def test_fast_antall_spoerringer(som, gi, kommunetre):
    klient, adresse = som("hr"), reverse("kompetanse:delegering_enhet", args=[kommunetre.skolen.pk])
    tall = []
    for nr in range(2):
        gi(kommunetre.skolen, "KD", "EL", hva=f"Myndighet {nr}")
        with CaptureQueriesContext(connection) as maalt:
            klient.get(adresse)
        tall.append(len(maalt))
    assert tall[0] == tall[1] <= 11


def test_paa_telefon_er_hver_delegering_en_rad_som_foldes_ut(som, gi, kommunetre):
    for n in range(9):
        gi(kommunetre.hjemmetjenesten, "KS", "EL", hva=f"Myndighet {n}")
    leser, adresse = som("leser"), reverse("kompetanse:delegering_enhet", args=[kommunetre.hjemmetjenesten.pk])
    assert leser.get(adresse).content.decode().count('<details name="delegering">') == 9
    svar = leser.get(adresse, {"sok": "myndighet 3"})
    assert [r.d.hva for r in svar.context["treff"]] == ["Myndighet 3"] and len(svar.context["rader"]) == 9
    assert "1 av 9 rader passer" in svar.content.decode()
