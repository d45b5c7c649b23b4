"""The counts as they are used: the newest of each source, scope, small numbers, order, files."""

import io
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kompetanse.models import Kompetanseinnlesing, Kompetansetall
from kompetanse.queries.kompetansetall import Tallrad, Telling, kompetansetall_for, tellinger_for
from kompetanse.tallvern import skjulte
from kompetanse.visning.kompetansetall import er_gammel
from organisasjon.enums import Rolle
from tests import fabrikk

pytestmark = pytest.mark.django_db


@pytest.fixture
def les_inn(katalog):
    """`les_inn({enhet: {competence: count}}, kilde, dato)` straight to the tables."""

    def lag(tall, kilde="Portalen", dato=date(2026, 11, 1)):
        felt = {"fil": "x.csv", "fil_hash": "0" * 64, "opprettet": timezone.now(), "antall_rader": 1}
        innlesing = Kompetanseinnlesing.objects.create(kilde=kilde, dato=dato, tellinger={"tall": 1}, **felt)
        Kompetansetall.objects.bulk_create(
            Kompetansetall(innlesing=innlesing, enhet=enhet, kompetanse=katalog[navn], antall=n)
            for enhet, kompetanser in tall.items()
            for navn, n in kompetanser.items()
        )
        return innlesing

    return lag


def linjer(klient, **valg):
    side = klient.get(reverse("kompetanse:kompetansetall"), {"etter": "enhet"} | valg).context["side"]
    return [(x.enhet, x.kompetanse, x.vist) for x in side]


def test_bare_den_nyeste_fra_hver_kilde_gjelder(kommunetre, katalog, les_inn):
    hjemme, skolen = kommunetre.hjemmetjenesten, kommunetre.skolen
    les_inn({hjemme: {"Sykepleier": 10, "Demensomsorg": 4}}, dato=date(2025, 11, 1))
    les_inn({hjemme: {"Sykepleier": 12}})
    les_inn({hjemme: {"Sykepleier": 9}, skolen: {"Sykepleier": 1}}, "Annen", date(2026, 1, 1))
    pk = katalog["Sykepleier"].pk
    rader = kompetansetall_for([hjemme.pk])
    assert {(r.kilde, r.antall, r.dato) for r in rader} == {
        ("Portalen", 12, date(2026, 11, 1)),
        ("Annen", 9, date(2026, 1, 1)),
    }
    assert {r.kompetanse_id for r in rader} == {pk}
    assert kompetansetall_for([hjemme.pk], [katalog["Demensomsorg"].pk]) == []
    with CaptureQueriesContext(connection) as maalt:
        kompetansetall_for([hjemme.pk, skolen.pk], [pk])
    assert len(maalt) == 2


def test_summen_teller_ingen_to_ganger_og_velger_den_nyeste_kilden(kommunetre, katalog, les_inn):
    k = kommunetre
    les_inn({k.hjemmetjenesten: {"Sykepleier": 12}, k.hjemme_nord: {"Sykepleier": 5, "Demensomsorg": 2},
             k.hjemme_sor: {"Demensomsorg": 3}, k.sykehjemmet: {"Sykepleier": 7}})  # fmt: skip
    les_inn({k.sykehjemmet: {"Sykepleier": 99}}, "Gammel", date(2020, 1, 1))
    hjemme, nord, helse = k.hjemmetjenesten.pk, k.hjemme_nord.pk, k.helse.pk
    assert tellinger_for([hjemme]) == {
        katalog["Sykepleier"].pk: Telling(12, "Portalen", date(2026, 11, 1)),
        katalog["Demensomsorg"].pk: Telling(5, "Portalen", date(2026, 11, 1)),
    }
    assert tellinger_for([nord])[katalog["Sykepleier"].pk].antall == 5
    for enheter in ([helse], [hjemme, nord, k.sykehjemmet.pk]):
        assert tellinger_for(enheter)[katalog["Sykepleier"].pk].antall == 19
    with CaptureQueriesContext(connection) as maalt:
        tellinger_for([helse, k.skolen.pk])
    assert len(maalt) == 3
    assert tellinger_for([]) == {}


def test_hvem_ser_hvilke_tall(som, kommunetre, les_inn):
    k = kommunetre
    les_inn({e: {"Sykepleier": n} for e, n in ((k.hjemmetjenesten, 12), (k.hjemme_nord, 3), (k.skolen, 8))})
    alle = {"Hjemmetjenesten": "12", "Hjemmetjenesten nord": "3", "Åsen skole": "8"}
    helse = {n: v for n, v in alle.items() if n != "Åsen skole"}
    sett = {
        Rolle.HR: alle,
        Rolle.KOMMUNEDIREKTOR: alle,
        Rolle.ASS_KOMMUNEDIREKTOR: alle,
        Rolle.KOMMUNALSJEF: helse,
        Rolle.ENHETSLEDER: helse,
        Rolle.AVDELINGSLEDER: {"Hjemmetjenesten nord": "3"},
        Rolle.TILLITSVALGT: alle | {"Hjemmetjenesten nord": "<5"},
        Rolle.VERNEOMBUD: alle | {"Hjemmetjenesten nord": "<5"},
    }
    for rolle in Rolle:
        svar = som(rolle).get(reverse("kompetanse:kompetansetall"), {"etter": "enhet"})
        if rolle in sett:
            assert {x.enhet: x.vist for x in svar.context["side"]} == sett[rolle], rolle
        else:
            assert svar.status_code == 403
    tillitsvalgt = som(Rolle.TILLITSVALGT)
    tekst = tillitsvalgt.get(reverse("kompetanse:kompetansetall")).content.decode()
    assert "<svg" not in tekst.split("<main")[1] and "Etter kompetanse" not in tekst and "Sårbar" not in tekst
    for vei in ("antall", "-antall"):
        assert linjer(tillitsvalgt, sortering=vei)[-1][2] == "<5"
    csv = tillitsvalgt.get(reverse("kompetanse:kompetansetall_csv")).content.decode("utf-8-sig")
    assert "<5" in csv and ";3;" not in csv


def test_et_tall_som_kunne_regnes_ut_skjules_ogsaa():
    def rad(enhet, antall):
        return Tallrad(enhet, 1, antall, "Portalen", date(2026, 11, 1))

    over = {2: 1, 3: 1, 4: 1, 1: None, 5: None}
    # 1 is the sum of 2, 3 and 4; 5 stands alone.
    sum_er = [rad(1, 20), rad(2, 3), rad(3, 8), rad(4, 9), rad(5, 30)]
    vist = {r.enhet_id: t for r, t in skjulte(sum_er, over).items()}
    assert vist[2] == "<5" and len(vist) >= 2 and 5 not in vist
    assert set(vist.values()) == {"<5", "skjult"}
    ikke_sum = [rad(1, 25), rad(2, 3), rad(3, 8), rad(4, 9)]
    assert {r.enhet_id: t for r, t in skjulte(ikke_sum, over).items()} == {2: "<5"}
    assert skjulte([rad(1, 20), rad(3, 20)], over) == {}


def test_samlet_etter_kompetanse_med_saarbare_og_bilde(som, kommunetre, les_inn):
    k = kommunetre
    les_inn({k.hjemmetjenesten: {"Sykepleier": 12, "Demensomsorg": 2}, k.skolen: {"Sykepleier": 8, "Ærlig språk": 0}})
    hr, adresse = som("hr"), reverse("kompetanse:kompetansetall")
    svar = hr.get(adresse)
    rader = {r.kompetanse: (r.antall, r.enheter, r.saarbare) for r in svar.context["side"]}
    assert rader == {"Sykepleier": (20, 2, 0), "Demensomsorg": (2, 1, 1), "Ærlig språk": (0, 1, 0)}
    assert svar.context["bilde"].funn == "Flest har «Sykepleier»: 20 i 2 enheter"
    for kolonne, foerst in (("kompetanse", "Demensomsorg"), ("antall", "Ærlig språk"), ("enheter", "Demensomsorg"),
                            ("saarbare", "Sykepleier"), ("kilde", "Demensomsorg")):  # fmt: skip
        opp = [r.kompetanse for r in hr.get(adresse, {"sortering": kolonne}).context["side"]]
        ned = [r.kompetanse for r in hr.get(adresse, {"sortering": f"-{kolonne}"}).context["side"]]
        assert opp[0] == foerst and sorted(opp) == sorted(ned), kolonne
    assert linjer(hr, vis="saarbar") == [("Hjemmetjenesten", "Demensomsorg", "2")]


def test_soek_filter_og_rekkefolge(som, kommunetre, katalog, les_inn):
    k = kommunetre
    les_inn({k.hjemmetjenesten: {"Sykepleier": 12, "Ærlig språk": 1}, k.skolen: {"Sykepleier": 8}})
    les_inn({k.skolen: {"Sykepleier": 30}}, "Annen", date(2020, 1, 1))
    hr = som("hr")
    assert linjer(hr, sok="åsen SYKE", kilde="Annen") == [("Åsen skole", "Sykepleier", "30")]
    assert linjer(hr, sektor="Helse og omsorg", kompetanse=katalog["Sykepleier"].pk) == [
        ("Hjemmetjenesten", "Sykepleier", "12")
    ]
    assert linjer(hr, sok="\x00finnes ikke") == []
    for kolonne in ("enhet", "kompetanse", "antall", "kilde"):
        opp, ned = linjer(hr, sortering=kolonne), linjer(hr, sortering=f"-{kolonne}")
        assert sorted(opp) == sorted(ned) and opp != ned and len(opp) == 4
    assert [x[2] for x in linjer(hr, sortering="-antall")] == ["30", "12", "8", "1"]
    tekst = hr.get(reverse("kompetanse:kompetansetall")).content.decode()
    assert "Over ett år gammelt" in tekst and "Annen" in tekst and "01.01.2020" in tekst
    assert er_gammel(date(2025, 1, 1), date(2026, 6, 1)) and not er_gammel(date(2026, 1, 1), date(2026, 6, 1))


def test_filene_leses_tilbake_med_kilde_og_dato(som, kommunetre, les_inn):
    les_inn({kommunetre.hjemmetjenesten: {"Sykepleier": 1200}, kommunetre.skolen: {"Ærlig språk": 2}}, "=Portalen")
    hr = som("hr")
    svar = hr.get(reverse("kompetanse:kompetansetall_xlsx"), {"sok": "hjemme"})
    bok = openpyxl.load_workbook(io.BytesIO(svar.content))
    rader = list(bok["Kompetansetall"].values)
    assert rader[0] == ("Enhet", "Sektor", "Kompetanse", "Antall", "Kilde", "Tallene er fra")
    assert rader[1:] == [("Hjemmetjenesten", "Helse og omsorg", "Sykepleier", 1200, "=Portalen", "01.11.2026")]
    csv = hr.get(reverse("kompetanse:kompetansetall_csv")).content.decode("utf-8-sig")
    assert "Ærlig språk;2;'=Portalen;01.11.2026" in csv.replace('"', "")


def test_like_mange_spoerringer_for_faa_og_mange(som, kommunetre, katalog, les_inn):
    hr, antall = som("hr"), []
    for n in (1, 3):
        enheter = [fabrikk.lag_enhet(f"E{n}-{i}", "enhet", kommunetre.helse, f"e{n}{i}") for i in range(n)]
        les_inn({e: dict.fromkeys(katalog, 6) for e in enheter}, f"Kilde {n}")
        with CaptureQueriesContext(connection) as maalt:
            assert hr.get(reverse("kompetanse:kompetansetall")).status_code == 200
        antall.append(len(maalt))
    assert antall[0] == antall[1] <= 15


def test_tomt_sier_hva_som_kommer_og_hvem_som_gjoer_det(som, kommunetre, katalog, les_inn):
    adresse = reverse("kompetanse:kompetansetall")
    assert "Hent en liste fra kompetansesystemet" in som("hr").get(adresse).content.decode()
    assert "Når HR har lest inn tall" in som("enhetsleder").get(adresse).content.decode()
    les_inn({kommunetre.skolen: {"Sykepleier": 6}})
    assert "ingen for ditt område" in som("enhetsleder").get(adresse).content.decode()
