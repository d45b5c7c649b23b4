"""What the demo plans hold: complete where their state demands it, alive on any day, and the same every time."""

from datetime import timedelta

import pytest
from django.urls import resolve

from config.demo.planer import last_planer
from config.demo.planinnhold import MAPPE, TALL, les_plan, les_tekster
from kompetanse.enums import Vei
from organisasjon.models import Bruker, Rolletildeling
from planer.enums import Grep, Planslag, Planstatus, Tiltakstatus
from planer.innhold.personer import kjente_navn, navn_i_tekstene, personfelt
from planer.kontroll import mangler
from planer.models import Horing, Kommentar, Plan, Seksjon, Tiltak, Tiltaksoppfolging, Vedtak
from planer.tall import tall_i_plan
from tests.config.demo.conftest import DAG

pytestmark = pytest.mark.django_db


def plan(tittel: str, versjon: int = 1) -> Plan:
    return Plan.objects.get(tittel=tittel, versjon=versjon)


@pytest.fixture
def temaplan(demo):
    return Plan.objects.get(slag=Planslag.TEMAPLAN)


def test_planene_staar_i_hver_sin_status(demo):
    assert set(Plan.objects.values_list("tittel", "versjon", "status")) == {
        ("Temaplan om kompetansebehov og rekruttering", 1, Planstatus.VEDTATT),
        ("Mal for delplan", 1, Planstatus.UTKAST),
        ("Delplan for hjemmetjenesten", 1, Planstatus.DROFTING),
        ("Delplan for barneskolene", 1, Planstatus.HORING),
        ("Delplan for renhold", 1, Planstatus.UTKAST),
        ("Delplan for bo og habilitering", 1, Planstatus.REVISJON),
        ("Delplan for bo og habilitering", 2, Planstatus.UTKAST),
    }


def test_omfanget_foelger_tjenesten(demo):
    antall = {p.tittel: p.omfang.count() for p in Plan.objects.filter(slag=Planslag.DELPLAN, versjon=1)}
    assert antall == {
        "Delplan for hjemmetjenesten": 1,
        "Delplan for barneskolene": 8,
        "Delplan for renhold": 8,
        "Delplan for bo og habilitering": 1,
    }


def test_delplanene_er_laget_fra_malen(demo):
    mal = plan("Mal for delplan")
    assert set(Plan.objects.filter(slag=Planslag.DELPLAN).values_list("opphav", flat=True)) == {mal.pk}


def test_temaplanen_har_elleve_omraader_med_hva_derfor_og_slik(temaplan):
    omraader = list(temaplan.omraader.all())
    assert [o.grep for o in omraader] == [Grep.KJERNE] * 6 + [Grep.STOTTE] * 5
    assert [o.nummer for o in omraader] == [f"6.{n}" for n in range(1, 12)]
    assert temaplan.seksjoner.filter(omraade__isnull=False).exclude(sok="").count() == 33


def test_temaplanen_har_alle_steg_fylt_ut(temaplan):
    assert not temaplan.seksjoner.filter(sok="").exists()
    assert temaplan.rollelinjer.count() >= 5
    assert temaplan.maal.filter(overordnet__isnull=True).count() == 3
    assert temaplan.maal.filter(overordnet__isnull=False).count() == 10
    assert temaplan.effekter.count() == 9
    assert temaplan.oppfolging.count() >= 5
    assert {lenke.kapittel for lenke in temaplan.lenker.all()} == {4, 5}


def test_lenkene_til_egne_sider_foerer_fram(temaplan):
    for lenke in temaplan.lenker.filter(adresse__startswith="/"):
        resolve(lenke.adresse)


def test_bare_den_tvilsomme_datoen_er_meldt(temaplan):
    meldt = [m.tekst for m in mangler(temaplan)]
    assert len(meldt) == 1
    assert "plan og bygning" in meldt[0]


def test_vedtatte_planer_mangler_ingenting_som_stopper(demo):
    for vedtatt in Plan.objects.filter(status__in=[Planstatus.VEDTATT, Planstatus.REVISJON]):
        assert [m for m in mangler(vedtatt) if m.stopper] == []


def test_det_halvferdige_utkastet_sier_hva_som_mangler(demo):
    tekster = [m.tekst for m in mangler(plan("Delplan for renhold")) if m.stopper]
    assert any(t.startswith("6.2 ") for t in tekster)
    assert any("vurdering av tallene" in t for t in tekster)
    assert not any(t.startswith("6.1 ") for t in tekster)


def test_malens_veiledning_staar_ikke_igjen_i_delplanene(demo):
    veiledning = {s.html for s in plan("Mal for delplan").seksjoner.exclude(sok="")}
    assert veiledning
    assert not Seksjon.objects.filter(plan__slag=Planslag.DELPLAN, html__in=veiledning).exists()


def test_temaplanen_er_frosset_med_alle_tallene(temaplan):
    vedtak = Vedtak.objects.get(plan=temaplan)
    assert (vedtak.tid.date().isoformat(), vedtak.av.username) == ("2025-12-01", "kommunedirektor")
    assert len(vedtak.hash) == 64
    verdier = tall_i_plan(temaplan, True)
    assert len(verdier) >= 8
    assert all(v.frosset and v.finnes for v in verdier)
    assert {v.verdi.replace("\u00a0", " ") for v in verdier} >= {"2 352", "1 130", "727", "379", "11,7"}


def test_en_delplan_er_publisert_uten_smaa_tall_og_navn(demo, client):
    publisert = Plan.objects.get(publisert__isnull=False)
    assert (publisert.tittel, publisert.versjon) == ("Delplan for bo og habilitering", 1)
    vedtak = Vedtak.objects.get(plan=publisert)
    kjente = kjente_navn(vedtak.innhold, Bruker.objects.values_list("navn", flat=True))
    assert not navn_i_tekstene(vedtak.innhold_prikket, kjente)
    assert not any(felt.kjente for felt in personfelt(vedtak.innhold_prikket, kjente))
    assert publisert.tittel in client.get("/les/").content.decode()
    side = client.get(f"/les/{publisert.stamme}/1/").content.decode()
    assert "skjult" in side
    assert not any(navn in side for navn in kjente)


def test_tallene_i_aapne_planer_finnes(demo):
    for aapen in Plan.objects.aapne():
        assert [v.problem for v in tall_i_plan(aapen, True)] == [""] * aapen.tall.count()


def test_alle_tall_i_fila_er_brukt_i_teksten():
    for fil in sorted(MAPPE.glob("*.toml")):
        navn = fil.stem
        tekster = {**les_tekster(navn), **(les_tekster("omraader") if navn == "temaplan" else {})}
        brukt = {nokkel for html in tekster.values() for nokkel in TALL.findall(html)}
        assert brukt == {t["nokkel"] for t in les_plan(navn).get("tall", ())}, navn


def test_mer_enn_tretti_tiltak_spredt_paa_alt(demo):
    levende = Tiltak.objects.filter(plan__in=Plan.objects.levende())
    assert levende.count() >= 30
    assert set(levende.values_list("vei", flat=True)) == set(Vei.values)
    assert set(levende.values_list("status", flat=True)) == set(Tiltakstatus.values)
    assert set(levende.values_list("hovedmaal", flat=True)) == {1, 2, 3}
    assert levende.values("omraade__nokkel").distinct().count() == 11


def test_noe_er_forsinket_noe_haster_og_noe_mangler_ansvarlig(demo):
    levende = Tiltak.objects.filter(plan__in=Plan.objects.levende())
    assert levende.forfalt(DAG).count() >= 3
    assert levende.forfaller_snart(DAG).count() >= 5
    assert levende.uten_ansvarlig().count() >= 3
    assert Tiltaksoppfolging.objects.filter(verdi__isnull=False).count() >= 6


def test_enhetslederen_har_noe_aa_gjoere_naa(demo):
    mine = Tiltak.objects.filter(ansvarlig__username="enhetsleder")
    assert mine.forfalt(DAG).exists()
    assert mine.forfaller_snart(DAG).exists()


def test_samarbeidet_er_i_gang(demo):
    drofting = plan("Delplan for hjemmetjenesten").droftinger.get()
    assert drofting.avsluttet is None
    assert {s.bruker.username: s.syn for s in drofting.syn.select_related("bruker")} == {
        "tillitsvalgt": "",
        "verneombud": "enig",
    }
    horing = Horing.objects.get(plan=plan("Delplan for barneskolene"))
    assert horing.frist > DAG
    assert horing.svar.count() == 2
    assert Kommentar.objects.filter(plan=drofting.plan, svar_paa__isnull=True).count() == 3


def test_revisjonen_har_egen_tekst_og_samme_tiltak(demo):
    gammel, ny = plan("Delplan for bo og habilitering"), plan("Delplan for bo og habilitering", 2)
    assert ny.revisjon_av == gammel
    assert gammel.seksjoner.get(nokkel="utfordringer").html != ny.seksjoner.get(nokkel="utfordringer").html
    felles = set(gammel.tiltak.values_list("ident", flat=True))
    assert felles < set(ny.tiltak.values_list("ident", flat=True))


def test_ingenting_er_datert_fram_i_tid(demo):
    i_morgen = DAG + timedelta(days=1)
    assert not Seksjon.objects.filter(endret__date__gte=i_morgen).exists()
    assert not Kommentar.objects.filter(tid__date__gte=i_morgen).exists()
    assert not Tiltaksoppfolging.objects.filter(dato__gte=i_morgen).exists()


def test_folkene_bak_planene_har_en_rolle_og_slipper_inn_som_de_andre(demo):
    rektor = Bruker.objects.get(username="rektor")
    assert rektor.email.endswith("@demo.invalid")
    assert Rolletildeling.objects.get(bruker=rektor).enhet.navn == "Bakken barneskole"


def test_andre_gang_endrer_ingenting(demo):
    foer = (Plan.objects.count(), Tiltak.objects.count(), Seksjon.objects.count(), Bruker.objects.count())
    last_planer(DAG)
    assert (Plan.objects.count(), Tiltak.objects.count(), Seksjon.objects.count(), Bruker.objects.count()) == foer
