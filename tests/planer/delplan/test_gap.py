"""The delplan's gap panel and the table of its document: newest year, largest gaps, who has none, small numbers."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kompetanse.enums import Gapstatus, Rundestatus
from planer.innhold import bygg_innhold
from planer.visning.delplan_gap import gaprader, plangap
from tests.kompetanse.gapsvar.fabrikk import lag_analyse, lag_besvart, lag_runde
from tests.planer.fabrikk import lag_delplan, lag_tiltak

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(kommunetre):
    return lag_delplan("Helse", enheter=[kommunetre.hjemmetjenesten, kommunetre.sykehjemmet])


def side(klient, plan) -> str:
    adresse = reverse("planer:kapittel", args=[plan.pk, 3])
    return " ".join(klient.get(adresse).content.decode().split())


def sendt(runde, *enheter, **felt):
    return lag_analyse(runde, *enheter, status=Gapstatus.LEVERT, **felt)


def test_uten_analyse_sier_panelet_hva_som_kommer(som, plan, kommunetre):
    lag_analyse(lag_runde(2027, status=Rundestatus.UTKAST), kommunetre.hjemmetjenesten)
    assert "Ingen gapanalyse er laget for enhetene ennå." in side(som("enhetsleder"), plan)
    assert plangap(plan, True) is None and gaprader(plan, True) == ("", [])


def test_nyeste_aar_med_de_stoerste_gapene_veier_og_tiltak(som, plan, kommunetre):
    gammel = sendt(lag_runde(2024), kommunetre.hjemmetjenesten)
    lag_besvart(gammel, "Gamle tall", 90)
    runde = lag_runde(2026)
    hjemme = sendt(runde, kommunetre.hjemmetjenesten)
    stor = lag_besvart(hjemme, "Sykepleiere", 50, har=41, avgang_1=5, avgang_3=8, avgang_5=13, veier="utvikle")
    lag_besvart(hjemme, "Assistenter", 60, har=40, kritisk=2)
    lag_besvart(hjemme, "Kontor", 9, har=40)
    sendt(runde, kommunetre.skolen)
    lag_tiltak(plan, "Utdanne ti", gaprad=stor)
    html = side(som("kommunalsjef"), plan)
    # What is asked for first is the largest gap; the most critical comes first in the table.
    assert "Assistenter: 30 mangler i 2031 hvis ingenting gjøres" in html and "Utdanne ti" in html
    assert "Gamle tall" not in html and "Uten gapanalyse: Sykehjemmet." in html
    g = plangap(plan, True)
    assert [(x.rad.navn, x.gap) for x in g.linjer] == [("Sykepleiere", 22), ("Assistenter", 30)]
    tittel, rader = gaprader(plan, True)
    ident = plan.tiltak.get().ident
    assert "2031" in tittel and rader[0] == ["Sykepleiere", "Svært kritisk", "50", "22", "Utvikle", ident]


def test_analyse_under_arbeid_vises_uten_tall(som, plan, kommunetre):
    lag_besvart(lag_analyse(lag_runde(), kommunetre.hjemmetjenesten), trenger=90)
    html = side(som("enhetsleder"), plan)
    assert "I arbeid" in html and "Gapene vises når analysene er sendt" in html and gaprader(plan, True) == ("", [])


def test_sektorens_og_planens_egen_analyse_dekker_enhetene(plan, kommunetre):
    runde = lag_runde()
    sektor = sendt(runde, kommunetre.helse)
    assert plangap(plan, True).uten == []
    sektor.delete()
    sendt(runde, kommunetre.skolen, plan=plan.stamme)
    assert plangap(plan, True).uten == []


def test_smaa_tall_er_skjult_i_panelet_og_i_utgaven_for_alle(som, plan, kommunetre):
    analyse = sendt(lag_runde(), kommunetre.hjemmetjenesten)
    lag_besvart(analyse, "Sykepleiere", 50, har=41, avgang_1=2, avgang_5=13)
    lag_besvart(analyse, "Jordmødre", 6, har=3, avgang_5=1)
    tabeller = [
        next(t for k in bygg_innhold(plan, uprikket=u)["kapitler"] for t in k["tabeller"] if t["nokkel"] == "gap")
        for u in (True, False)
    ]
    alle, vernet = ([(r[0], r[3]) for r in t["rader"]] for t in tabeller)
    assert alle == [("Sykepleiere", "22"), ("Jordmødre", "4")]
    assert vernet == [("Sykepleiere", "22"), ("Jordmødre", "skjult")]
    html = side(som("tillitsvalgt"), plan)
    assert "«skjult» er gap som kunne røpet små tall" in html
    assert "«skjult»" not in side(som("hr"), plan)


def test_antall_spoerringer_foelger_ikke_antall_analyser(som, plan, kommunetre):
    runde, klient = lag_runde(), som("kommunalsjef")
    lag_besvart(sendt(runde, kommunetre.hjemmetjenesten))

    def tell() -> int:
        side(klient, plan)
        with CaptureQueriesContext(connection) as spor:
            side(klient, plan)
        return len(spor)

    foer = tell()
    for nr in range(3):
        analyse = sendt(runde, kommunetre.sykehjemmet, navn=f"Del {nr}")
        lag_tiltak(plan, f"Tiltak {nr}", gaprad=lag_besvart(analyse, f"Gruppe {nr}"))
    assert tell() == foer
