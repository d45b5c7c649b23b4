"""What a delplan lacks: each thing by name, what stops it and what only reminds."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from felles.laas import Foreldet
from kompetanse.enums import Vei
from planer.enums import Deltakerrolle, Grep, Tiltakstatus
from planer.kontroll import beholdte_mangler, mangler
from planer.models import Grepvalg, Plan, Seksjon
from planer.services.seksjoner import godta_kopi, lagre_seksjon
from planer.services.tiltak import folg_opp, lagre_tiltak
from tests.fabrikk import lag_bruker
from tests.planer.fabrikk import NAA, OMRAADER, gi_planrolle, lag_delplan, lag_mal, lag_temaplan, lag_tiltak, skriv

pytestmark = pytest.mark.django_db
SENERE = NAA + timedelta(hours=1)


def tiltaksverdier(plan: Plan) -> dict:
    """A tiltak in the first area, with somebody and a deadline."""
    omraade, hvem = plan.temaplan.omraader.first(), lag_bruker("eier")
    return {
        "tittel": "Fagdag",
        "omraade": omraade,
        "hovedmaal": 1,
        "vei": Vei.UTVIKLE,
        "ansvarlig": hvem,
        "frist": NAA.date(),
    }


@pytest.fixture
def plan(kommunetre) -> Plan:
    return lag_delplan("Hjemmetjenesten", enheter=[kommunetre.hjemmetjenesten])


def gjor_ferdig(plan: Plan) -> None:
    """Write all texts, decide against the støttegrep, give the kjernegrep a tiltak with person and deadline."""
    person = lag_bruker("leder")
    gi_planrolle(plan, person, Deltakerrolle.ANSVARLIG)
    for seksjon in plan.seksjoner.all():
        skriv(plan, seksjon.nokkel)
    plan.grepvalg.filter(omraade__grep=Grep.STOTTE).update(valgt=False)
    for omraade in plan.temaplan.omraader.filter(grep=Grep.KJERNE):
        lag_tiltak(plan, omraade=omraade, ansvarlig=person)


def tekster(plan: Plan, stopper: bool | None = None) -> list[str]:
    return [m.tekst for m in mangler(plan) if stopper is None or m.stopper == stopper]


def test_ny_delplan_sier_alt_den_mangler(plan):
    funnet = tekster(plan, stopper=True)
    assert "Delplanen mangler ansvarlig enhetsleder." in funnet
    assert "6.1 Rolleforståelse: mangler begrunnelse og tiltak." in funnet
    assert "6.2 Digital kompetanse: det er ikke avgjort om støttegrepet skal følges opp." in funnet
    assert "«Det som er særskilt hos oss» er ikke skrevet." in funnet


def test_ferdig_delplan_mangler_ingenting_som_stopper(plan):
    gjor_ferdig(plan)
    assert tekster(plan, stopper=True) == []


def test_kjernegrep_uten_tiltak_stopper_og_nevnes(plan):
    gjor_ferdig(plan)
    plan.tiltak.all().delete()
    assert tekster(plan, stopper=True) == ["6.1 Rolleforståelse: mangler tiltak."]


def test_kjernegrep_med_bare_avbrutt_tiltak_mangler_tiltak(plan):
    gjor_ferdig(plan)
    plan.tiltak.update(status=Tiltakstatus.AVBRUTT, statusgrunn="Ble for dyrt")
    assert tekster(plan, stopper=True) == ["6.1 Rolleforståelse: mangler tiltak."]


def test_kjernegrep_uten_begrunnelse_stopper(plan):
    gjor_ferdig(plan)
    plan.seksjoner.filter(nokkel="grep-rolleforstaaelse").update(html="", sok="")
    (mangel,) = [m for m in mangler(plan) if m.stopper]
    assert (mangel.tekst, mangel.kapittel) == ("6.1 Rolleforståelse: mangler begrunnelse.", 4)
    assert mangel.anker == "grep-rolleforstaaelse"


def test_valgt_stottegrep_maa_ha_begrunnelse_og_tiltak(plan):
    gjor_ferdig(plan)
    plan.grepvalg.filter(omraade__nokkel="digital").update(valgt=True)
    assert tekster(plan, stopper=True) == ["6.2 Digital kompetanse: mangler tiltak."]


def test_stottegrep_som_ikke_er_valgt_uten_grunn_er_bare_en_paaminnelse(plan):
    gjor_ferdig(plan)
    plan.seksjoner.filter(nokkel="grep-digital").update(html="", sok="")
    assert tekster(plan, stopper=True) == []
    assert "6.2 Digital kompetanse: mangler begrunnelse for at støttegrepet ikke er valgt." in tekster(plan)


def test_nytt_omraade_i_temaplanen_uten_plass_i_delplanen_mangler_likevel(plan):
    gjor_ferdig(plan)
    Grepvalg.objects.filter(plan=plan).delete()
    Seksjon.objects.filter(plan=plan, omraade__isnull=False).delete()
    plan.tiltak.all().delete()
    assert len([t for t in tekster(plan, stopper=True) if t.startswith("6.")]) == len(OMRAADER)


def test_bare_anskaffe_advarer_uten_aa_stoppe(plan):
    gjor_ferdig(plan)
    plan.tiltak.update(vei=Vei.ANSKAFFE)
    assert any("anskaffe" in t for t in tekster(plan, stopper=False))
    assert tekster(plan, stopper=True) == []
    plan.tiltak.update(vei=Vei.BEHOLDE)
    assert not any("anskaffe" in t for t in tekster(plan))


def test_tiltak_uten_ansvarlig_og_frist_navngis(plan):
    gjor_ferdig(plan)
    for n in range(4):
        lag_tiltak(plan, f"Nytt {n}", frist=None)
    uten = [t for t in tekster(plan, stopper=False) if t.startswith("Tiltak uten")]
    assert len(uten) == 2 and all("og 1 til" in t for t in uten)
    plan.tiltak.filter(ansvarlig__isnull=True).update(status=Tiltakstatus.GJENNOMFORT)
    assert not [t for t in tekster(plan) if t.startswith("Tiltak uten")]


def test_uten_omfang_stopper(plan):
    gjor_ferdig(plan)
    plan.omfang.all().delete()
    assert tekster(plan, stopper=True) == ["Delplanen mangler omfang: velg enhetene den gjelder for."]


def test_mal_mangler_ingenting(kommunetre):
    lag_temaplan()
    assert mangler(lag_mal()) == []


def test_tekst_som_star_slik_den_ble_kopiert_stopper_til_noen_skriver_eller_godtar(kommunetre):
    lag_temaplan()
    mal = lag_mal()
    skriv(mal, "vurdering", "Hva bekrefter tallene?")
    skriv(mal, "kompetanse", "Kravene er de samme i alle enhetene.")
    plan = lag_delplan(enheter=[kommunetre.hjemmetjenesten], mal=mal)
    venter = "«%s» står slik den ble kopiert. Skriv det som gjelder hos dere, eller godta teksten."
    begge = {venter % "Vår vurdering av tallene", venter % "Kompetansen vi har og mangler"}
    assert begge <= set(tekster(plan, stopper=True))
    vurdering, kompetanse = (plan.seksjoner.get(nokkel=n) for n in ("vurdering", "kompetanse"))
    av = lag_bruker("skriver")
    lagre_seksjon(seksjon=vurdering, html="<p>Vi blir eldre.</p>", forventet=None, av=av, naa=NAA)
    godta_kopi(seksjon=kompetanse, forventet=1, av=av, naa=NAA)
    assert not begge & set(tekster(plan))
    kompetanse.refresh_from_db()
    assert "samme i alle" in kompetanse.html and kompetanse.versjoner.first().grunn.startswith("Lest, og godtatt")
    with pytest.raises(Foreldet):
        godta_kopi(seksjon=kompetanse, forventet=1, av=av, naa=NAA)
    with pytest.raises(ValidationError):
        godta_kopi(seksjon=plan.seksjoner.get(nokkel="laering"), forventet=1, av=av, naa=NAA)


@pytest.mark.parametrize("antall", [1, 3])
def test_det_som_leses_sammen_tar_fire_spoerringer_og_beholdes(kommunetre, antall, django_assert_num_queries):
    planer = [lag_delplan(f"Plan {n}", enheter=[kommunetre.hjemmetjenesten]) for n in range(antall)]
    for plan in planer:
        for n in range(antall):
            lag_tiltak(plan, f"Tiltak {n}", ansvarlig=None)
    planer = list(
        Plan.objects.filter(slag="delplan").select_related("temaplan").prefetch_related("omfang", "deltakere")
    )
    with django_assert_num_queries(4):
        sammen = beholdte_mangler(planer, NAA.date())
    assert sammen == {p.pk: mangler(p) for p in planer}
    with django_assert_num_queries(0):
        assert beholdte_mangler(planer, NAA.date()) == sammen


def test_det_som_er_beholdt_gjelder_til_planen_endres(plan):
    hentet = Plan.objects.select_related("temaplan").prefetch_related("omfang", "deltakere")

    def funnet():
        return beholdte_mangler([hentet.get(pk=plan.pk)], NAA.date())[plan.pk]

    foer = funnet()
    tiltak = lagre_tiltak(tiltak=None, plan=plan, verdier=tiltaksverdier(plan), av=None, naa=SENERE)
    med = funnet()
    folg_opp(
        tiltak=tiltak, dato=NAA.date(), tekst="Ble for dyrt", status="avbrutt", av=None, naa=SENERE + timedelta(hours=1)
    )
    avbrutt = funnet()
    assert "mangler begrunnelse og tiltak" in str(foer) and "mangler begrunnelse og tiltak" not in str(med)
    assert avbrutt == foer
