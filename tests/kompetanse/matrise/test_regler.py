"""The rules of a row, each by itself and named in words; the load of each role."""

import pytest

from kompetanse.matrise.belastning import belastning
from kompetanse.matrise.enums import STANDARDROLLER, Kode, Matriserolle, Regel
from kompetanse.matrise.koder import les
from kompetanse.matrise.regler import funn

GOD = ("OA", "HA", "BS", "BS", "BS", "BS; U")


def rad(*celler):
    return {rolle: les(celle) for rolle, celle in zip(STANDARDROLLER, celler, strict=True)}


def med(**endret):
    celler = dict(zip(("KD", "AKD", "KS", "OS", "IT", "EL"), GOD, strict=True)) | endret
    return rad(*celler.values())


def test_en_god_rad_har_ingen_funn():
    assert funn(med()) == []


@pytest.mark.parametrize(
    ("endret", "regel", "ord_i_teksten"),
    [
        ({"KD": "BS"}, Regel.EN_OA, "Ingen har overordnet ansvar"),
        ({"KS": "OA"}, Regel.EN_OA, "Kommunedirektøren og kommunalsjefen har OA"),
        ({"AKD": "BS"}, Regel.MINST_EN_HA, "Ingen har hovedansvar"),
        ({"IT": ""}, Regel.ALLE_ROLLER, "IT-sjefen"),
        ({"KS": "HA"}, Regel.FLERE_HA, "assisterende kommunedirektør og kommunalsjefen"),
        ({"KS": "HA: tjeneste"}, Regel.FLERE_HA, "hos assisterende kommunedirektør"),
        ({"AKD": "HA: HR, HMS", "KS": "HA: hms"}, Regel.FLERE_HA, "har alle hovedansvar for «HMS»"),
        ({"KD": "OA; HA: krise", "AKD": "HA: drift"}, Regel.FAST_KD, "Kommunedirektøren"),
        ({"EL": "U"}, Regel.FAST_EL, "BS og U"),
    ],
)
def test_hver_regel_sier_hva_som_er_galt(endret, regel, ord_i_teksten):
    treff = {f.regel: f.tekst for f in funn(med(**endret))}
    assert ord_i_teksten in treff[regel]


def test_flere_hovedansvar_som_kan_skilles_er_greit():
    assert funn(med(AKD="HA: HR, HMS", KS="HA: tjeneste", OS="HA: økonomi", IT="HA: IT")) == []


def test_bare_de_tre_foerste_reglene_stopper():
    harde = {f.regel for f in funn(rad("", "", "", "", "", "U")) if f.hard}
    assert harde == {Regel.EN_OA, Regel.MINST_EN_HA, Regel.ALLE_ROLLER}
    assert not any(f.hard for f in funn(med(KS="HA", EL="U")))


def test_belastningen_teller_en_oppgave_en_gang_for_hver_kode():
    last = {r.rolle: r.per_kode for r in belastning([med(), med(AKD="HA: a; HA: b; BS")], STANDARDROLLER)}
    assert last[Matriserolle.KD] == [2, 0, 0, 0]
    assert last[Matriserolle.AKD] == [0, 2, 1, 0]
    assert last[Matriserolle.EL] == [0, 0, 2, 2]
    assert list(Kode) == ["OA", "HA", "BS", "U"]
