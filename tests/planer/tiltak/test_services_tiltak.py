"""Writing tiltak: ids, the frozen plan, reasons, versions that follow each other, the lock, bulk change and undo."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from felles.laas import Foreldet, avtrykk
from kompetanse.enums import Vei
from planer.enums import Hovedmaal, Planstatus, Tiltakstatus
from planer.models import Tiltak, Tiltaksmal
from planer.services.tiltak import (
    FELTER_TILTAK,
    folg_opp,
    kopier_tiltak,
    lagre_tiltak,
    neste_ident,
    slett_tiltak,
)
from planer.services.tiltakssamling import Fellesverdier, angre_samlet, endre_samlet
from planer.tiltakshistorie import historie
from planer.visning.tiltak import bare_anskaffe
from tests.fabrikk import lag_bruker
from tests.planer.fabrikk import NAA, lag_delplan, lag_temaplan, lag_tiltak, sett_status


@pytest.fixture
def plan(kommunetre):
    return lag_delplan("Delplan hjemmetjenesten", enheter=[kommunetre.hjemmetjenesten])


def verdier(plan, **felt):
    grunn = {
        "tittel": "Fagdag om ernæring",
        "omraade": plan.temaplan.omraader.first(),
        "hovedmaal": Hovedmaal.FORSVARLIG,
        "vei": Vei.UTVIKLE,
    }
    return grunn | felt


def lagre(plan, tiltak=None, forventet=None, **felt):
    return lagre_tiltak(tiltak=tiltak, plan=plan, verdier=verdier(plan, **felt), forventet=forventet, av=None, naa=NAA)


def test_nytt_tiltak_faar_id_soketekst_og_historie(plan):
    hvem = lag_bruker("hr1", "Hilde Ås")
    tiltak = lagre_tiltak(tiltak=None, plan=plan, verdier=verdier(plan, hva="På ÅSEN skole"), av=hvem, naa=NAA)
    assert tiltak.ident == "T-0001"
    assert "åsen" in tiltak.sok and "t-0001" in tiltak.sok
    assert historie(tiltak)[0].hvem == "Hilde Ås"
    plan.refresh_from_db()
    assert plan.endret == NAA


def test_id_brukes_aldri_paa_nytt(plan):
    lagre(plan)
    andre = lagre(plan)
    slett_tiltak(tiltak=andre, av=None, naa=NAA)
    assert neste_ident() == "T-0003"


def test_id_etter_9999_fortsetter(plan):
    lag_tiltak(plan, ident="T-9999")
    assert lagre(plan).ident == "T-10000"
    assert neste_ident() == "T-10001"


def test_frist_foer_start_staar_ved_fristen(plan):
    with pytest.raises(ValidationError) as feil:
        lagre(plan, start=date(2026, 5, 1), frist=date(2026, 4, 1))
    assert list(feil.value.message_dict) == ["frist"]
    assert not Tiltak.objects.exists()


@pytest.mark.parametrize("status", [Tiltakstatus.UTSATT, Tiltakstatus.AVBRUTT])
def test_utsatt_og_avbrutt_maa_begrunnes(plan, status):
    with pytest.raises(ValidationError) as feil:
        lagre(plan, status=status)
    assert list(feil.value.message_dict) == ["statusgrunn"]
    assert lagre(plan, status=status, statusgrunn="Venter på midler").statusgrunn == "Venter på midler"


def test_begrunnelsen_forsvinner_naar_tiltaket_er_i_gang_igjen(plan):
    tiltak = lagre(plan, status=Tiltakstatus.UTSATT, statusgrunn="Venter")
    assert lagre(plan, tiltak, status=Tiltakstatus.I_GANG).statusgrunn == ""


def test_maaltall_uten_enhet_avvises(plan):
    with pytest.raises(ValidationError) as feil:
        lagre(plan, maaltall=Decimal(50))
    assert list(feil.value.message_dict) == ["maalenhet"]


def test_omraade_fra_annen_temaplan_avvises(plan):
    fremmed = lag_temaplan("En annen", fra_aar=2040, til_aar=2043).omraader.first()
    with pytest.raises(ValidationError) as feil:
        lagre(plan, omraade=fremmed)
    assert list(feil.value.message_dict) == ["omraade"]


def test_vedtatt_plan_er_frosset_men_folges_opp(plan):
    tiltak = lagre(plan)
    sett_status(plan, Planstatus.VEDTATT)
    with pytest.raises(ValidationError):
        lagre(plan, tiltak, tittel="Noe annet")
    with pytest.raises(ValidationError):
        kopier_tiltak(tiltak=Tiltak.objects.select_related("plan").get(), av=None, naa=NAA)
    with pytest.raises(ValidationError):
        slett_tiltak(tiltak=Tiltak.objects.select_related("plan").get(), av=None, naa=NAA)
    folg_opp(tiltak=tiltak, dato=date(2025, 9, 1), tekst="Ferdig", status=Tiltakstatus.GJENNOMFORT, av=None, naa=NAA)
    tiltak.refresh_from_db()
    assert (tiltak.status, tiltak.tittel) == (Tiltakstatus.GJENNOMFORT, "Fagdag om ernæring")


def test_erstattet_plan_folges_ikke_opp(plan):
    tiltak = lagre(plan)
    sett_status(plan, Planstatus.ERSTATTET)
    with pytest.raises(ValidationError):
        folg_opp(tiltak=tiltak, dato=NAA.date(), tekst="x", status=Tiltakstatus.I_GANG, av=None, naa=NAA)


def test_oppfolging_fram_i_tid_avvises(plan):
    with pytest.raises(ValidationError):
        folg_opp(tiltak=lagre(plan), dato=date(2025, 9, 2), tekst="x", status="i_gang", av=None, naa=NAA)


def test_oppfolging_like_etter_midnatt_er_i_dag(plan):
    naa = datetime(2025, 9, 1, 22, 30, tzinfo=UTC)
    linje = folg_opp(tiltak=lagre(plan), dato=date(2025, 9, 2), tekst="x", status="i_gang", av=None, naa=naa)
    assert linje.dato == date(2025, 9, 2)


def test_status_gjelder_alle_levende_versjoner_av_planen(plan, kommunetre):
    gammel = lagre(plan)
    revisjon = lag_delplan("Revisjon", enheter=[kommunetre.hjemmetjenesten], stamme=plan.stamme, versjon=2)
    erstattet = lag_delplan("Erstattet", enheter=[kommunetre.hjemmetjenesten], stamme=plan.stamme, versjon=3)
    ny = lag_tiltak(revisjon, ident=gammel.ident)
    fryst = lag_tiltak(erstattet, ident=gammel.ident)
    fremmed = lag_tiltak(lag_delplan("Annen", enheter=[kommunetre.skolen]), ident=gammel.ident)
    sett_status(plan, Planstatus.REVISJON)
    sett_status(erstattet, Planstatus.ERSTATTET)
    folg_opp(tiltak=ny, dato=NAA.date(), tekst="Mangler folk", status=Tiltakstatus.UTSATT, av=None, naa=NAA)
    for rad, status in ((gammel, "utsatt"), (ny, "utsatt"), (fryst, "planlagt"), (fremmed, "planlagt")):
        rad.refresh_from_db()
        assert rad.status == status
    assert gammel.statusgrunn == "Mangler folk"


def test_foreldet_lagring_stanses(plan):
    tiltak = lagre(plan)
    merke = avtrykk(tiltak, FELTER_TILTAK)
    lagre(plan, tiltak, tittel="Endret av andre")
    with pytest.raises(Foreldet) as feil:
        lagre(plan, tiltak, forventet=merke, tittel="Min")
    assert feil.value.naa.tittel == "Endret av andre"


def test_kopi_faar_egen_id_og_begynner_paa_nytt(plan):
    tiltak = lagre(plan, status=Tiltakstatus.I_GANG, kostnad=Decimal(5000))
    kopi = kopier_tiltak(tiltak=tiltak, av=None, naa=NAA)
    assert (kopi.ident, kopi.status, kopi.kostnad) == ("T-0002", Tiltakstatus.PLANLAGT, Decimal(5000))
    assert kopi.tittel.endswith("(kopi)")


def test_katalogen_er_fylt_og_har_kilder(db):
    maler = list(Tiltaksmal.objects.all())
    assert len(maler) >= 21
    assert all(m.kilde and m.hva and m.vei in Vei.values for m in maler)
    assert {"Hospitering", "Y-veien", "Fagbrev på jobb", "Deling av arbeidstakere mellom nabokommuner"} <= {
        m.tittel for m in maler
    }


def test_bare_anskaffe(plan):
    assert not bare_anskaffe(plan)
    lagre(plan, vei=Vei.ANSKAFFE)
    lagre(plan, vei=Vei.UTVIKLE, status=Tiltakstatus.AVBRUTT, statusgrunn="Nei")
    assert bare_anskaffe(plan)
    lagre(plan, vei=Vei.BEHOLDE)
    assert not bare_anskaffe(plan)


def test_samlet_endring_angres(plan):
    hvem = lag_bruker("ansvarlig")
    a, b = lagre(plan, frist=date(2026, 1, 1)), lagre(plan, ansvarlig=hvem)
    felles = Fellesverdier(ansvarlig=hvem, frist=date(2026, 3, 1), status="i_gang")
    antall, merke = endre_samlet(tiltak_ider=[a.pk, b.pk], verdier=felles, av=hvem, naa=NAA)
    assert antall == 2
    assert {(t.ansvarlig_id, t.frist, t.status) for t in Tiltak.objects.all()} == {
        (hvem.pk, date(2026, 3, 1), "i_gang")
    }
    assert angre_samlet(merke=merke, lov={a.pk: True, b.pk: True}, av=hvem, naa=NAA) == 2
    a.refresh_from_db()
    assert (a.ansvarlig_id, a.frist, a.status) == (None, date(2026, 1, 1), "planlagt")
    assert a.historie.count() == 3


def test_samlet_endring_er_alt_eller_ingenting(plan):
    a, b = lagre(plan), lagre(plan, start=date(2026, 6, 1))
    with pytest.raises(ValidationError) as feil:
        endre_samlet(tiltak_ider=[a.pk, b.pk], verdier=Fellesverdier(frist=date(2026, 2, 1)), av=None, naa=NAA)
    assert b.ident in feil.value.messages[0]
    assert not Tiltak.objects.filter(frist__isnull=False).exists()


def test_angre_stanser_naar_andre_har_endret_eller_merket_er_falskt(plan):
    a = lagre(plan)
    _n, merke = endre_samlet(tiltak_ider=[a.pk], verdier=Fellesverdier(status="i_gang"), av=None, naa=NAA)
    folg_opp(tiltak=a, dato=NAA.date(), tekst="Ferdig", status="gjennomfort", av=None, naa=NAA)
    for falskt in (merke, merke + "x", ""):
        with pytest.raises(ValidationError):
            angre_samlet(merke=falskt, lov={a.pk: True}, av=None, naa=NAA)
    a.refresh_from_db()
    assert a.status == "gjennomfort"


def test_vedtatt_plan_tar_samlet_status_men_ikke_frist(plan):
    a = lagre(plan)
    sett_status(plan, Planstatus.VEDTATT)
    with pytest.raises(ValidationError):
        endre_samlet(tiltak_ider=[a.pk], verdier=Fellesverdier(frist=date(2026, 2, 1)), av=None, naa=NAA)
    assert endre_samlet(tiltak_ider=[a.pk], verdier=Fellesverdier(status="i_gang"), av=None, naa=NAA)[0] == 1
