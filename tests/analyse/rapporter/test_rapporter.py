"""Every report: fixed row keys, sums that add up, findings, explanations, the same after being kept."""

import json
from datetime import date

import pytest

from analyse.models import Norm, Rapportresultat, Stilling
from analyse.queries import PersonraderSlettet, UkjentEnhet, UkjentUttrekk, enhet_i_uttrekk, uttrekk_fra
from analyse.rapporter import RAPPORTER
from analyse.services.rapporter import UgyldigPeriode, beregn_alle, hent_resultat
from tests.analyse.rapporter.bemanning import rader

pytestmark = pytest.mark.django_db
TURNOVERGRUPPER = ["<25", "25–34", "35–44", "45–54", "55–64", ">64", "Alle"]


@pytest.fixture
def uttrekk(kommunetre, lag_uttrekk):
    return lag_uttrekk(rader(kommunetre))


def test_rekkefolgen_er_fast() -> None:
    assert list(RAPPORTER) == [
        "lederspenn", "ledere", "stillingsstoerrelse-alder", "turnover", "aldersrisiko",
        "heltid", "kjoenn", "utdanning", "ansiennitet",
    ]  # fmt: skip


def test_lederspenn_radnokler_og_summer(uttrekk) -> None:
    r = hent_resultat(uttrekk=uttrekk, slug="lederspenn")
    for rad in r.rader:
        assert {"sektor", "enheter", "ansatte", "snitt", "minst", "stoerst", "over_norm", "per_enhet"} <= rad.keys()
        assert set(rad["minst"]) == set(rad["stoerst"]) == {"enhet", "ansatte"}
        assert [set(e) for e in rad["per_enhet"]] == [{"enhet", "kode", "ansatte", "aarsverk"}] * rad["enheter"]
        assert rad["ansatte"] == sum(e["ansatte"] for e in rad["per_enhet"])
        assert rad["over_norm"] == sum(e["ansatte"] >= 43 for e in rad["per_enhet"])
    assert r.sum["ansatte"] == sum(rad["ansatte"] for rad in r.rader)


def test_enhet_uten_sektor_har_sektor_null(kommunetre, lag_uttrekk) -> None:
    r = hent_resultat(
        uttrekk=lag_uttrekk([{"enhet": kommunetre.stab}, {"enhet": kommunetre.skolen}]), slug="lederspenn"
    )
    assert {rad["sektor"]: rad["ansatte"] for rad in r.rader} == {None: 1, kommunetre.oppvekst.navn: 1}
    assert r.rader[-1]["sektor"] is None


def test_ledere_har_alle_funksjoner_og_to_summer(uttrekk) -> None:
    r = hent_resultat(uttrekk=uttrekk, slug="ledere")
    assert len(r.rader) == 9
    assert [rad["stilling"] for rad in r.rader][:2] == ["Kommunedirektør", "Assisterende kommunedirektør"]
    assert set(r.sum) == {"arbeidsgiverfunksjoner", "lederfunksjoner"}
    for navn, summen in r.sum.items():
        egne = [rad for rad in r.rader if rad["funksjon"] == navn]
        for nokkel in ("menn", "kvinner", "totalt"):
            assert summen[nokkel] == sum(rad[nokkel] for rad in egne)
    tabell = RAPPORTER["ledere"].tabeller(r)[0]
    assert [rad["stilling"] for rad in tabell.rader if rad.get("er_sum")] == [
        "SUM arbeidsgiverfunksjoner",
        "SUM lederfunksjoner",
    ]


def test_stillingsstoerrelse_alder_radnokler(uttrekk) -> None:
    r = hent_resultat(uttrekk=uttrekk, slug="stillingsstoerrelse-alder")
    for rad in r.rader:
        assert {"stilling", "1-49", "50-99", "100", "54-59", "60-65", "66+"} <= rad.keys()
        assert rad["1-49"] + rad["50-99"] + rad["100"] == rad["totalt"]
        assert rad["under_54"] + rad["54-59"] + rad["60-65"] + rad["66+"] == rad["totalt"]


def test_turnover_grupper_maal_og_flyt(uttrekk) -> None:
    r = hent_resultat(uttrekk=uttrekk, slug="turnover")
    assert [rad["gruppe"] for rad in r.rader] == TURNOVERGRUPPER
    for rad in [*r.rader, *r.tillegg["per_enhet"], *r.tillegg["per_sektor"], *r.tillegg["per_stillingsgruppe"]]:
        assert rad["ub"] == rad["ib"] + rad["begynt"] + rad["intern_inn"] - rad["sluttet"] - rad["intern_ut"]
        if rad["ib"]:
            assert rad["prosent"] == pytest.approx(200 * rad["sluttet"] / (rad["ib"] + rad["ub"]), abs=0.051)
            assert rad["kohort_prosent"] == pytest.approx(100 * rad["sluttet"] / rad["kohort_start"], abs=0.051)
    for nokkel in ("sluttet", "begynt", "ib", "ub"):
        assert r.rader[-1][nokkel] == sum(rad[nokkel] for rad in r.rader[:-1])
    assert r.rader[-1]["sluttet"] > 0


def test_aldersrisiko_radnokler_og_regel(uttrekk) -> None:
    r = hent_resultat(uttrekk=uttrekk, slug="aldersrisiko")
    faste = {"enhet", "kode", "ansatte", "55+", "60+", "andel60", "67_5aar", "67_10aar", "avgang_5aar", "avgang_10aar"}
    for rad in r.rader:
        assert faste | {"risiko", "62_5aar", "70_10aar", "72_5aar"} <= rad.keys()
        assert rad["60+"] <= rad["55+"] <= rad["ansatte"]
        assert 0 <= rad["avgang_5aar"] <= rad["avgang_10aar"] <= rad["ansatte"]
    assert "Produktets egen regel" in r.forutsetninger["Risikoregel"]
    assert r.tillegg["per_stillingsgruppe"]


def test_avgang_i_en_enhet_bruker_kommunens_rater(uttrekk, kommunetre) -> None:
    hele = hent_resultat(uttrekk=uttrekk, slug="aldersrisiko")
    en = hent_resultat(uttrekk=uttrekk, slug="aldersrisiko", enhet=kommunetre.skolen)
    for nokkel in ("ansatte", "60+", "avgang_5aar", "avgang_10aar"):
        assert en.rader[0][nokkel] == next(r for r in hele.rader if r["kode"] == kommunetre.skolen.kode)[nokkel]


@pytest.mark.parametrize("slug", RAPPORTER)
def test_rapporten_taaler_aa_bli_lagret_og_kan_forklares(uttrekk, slug) -> None:
    forste = hent_resultat(uttrekk=uttrekk, slug=slug)
    igjen = hent_resultat(uttrekk=uttrekk, slug=slug)
    assert json.dumps(forste.som_json()) == json.dumps(igjen.som_json())
    rapport = RAPPORTER[slug]
    assert rapport.nokkeltall(igjen)
    for diagram in rapport.diagrammer(igjen):
        assert diagram.tittel
        assert diagram.svg.startswith("<svg")
    for tabell in rapport.tabeller(igjen):
        for kolonne in tabell.kolonner:
            svar = rapport.forklar(igjen, tabell.nokkel, 0, kolonne.nokkel)
            assert svar.formel
            assert "1. juli 2025" in svar.kilde
    with pytest.raises(KeyError):
        rapport.forklar(igjen, "rader", 999, "ansatte")


@pytest.mark.parametrize("slug", RAPPORTER)
def test_tomt_uttrekk(kommunetre, lag_uttrekk, slug) -> None:
    r = hent_resultat(uttrekk=lag_uttrekk([]), slug=slug)
    RAPPORTER[slug].diagrammer(r)
    RAPPORTER[slug].nokkeltall(r)
    assert json.dumps(r.som_json())


def test_snevret_til_enhet_og_avdeling(uttrekk, kommunetre) -> None:
    hele = hent_resultat(uttrekk=uttrekk, slug="lederspenn")
    enhet = hent_resultat(uttrekk=uttrekk, slug="lederspenn", enhet=kommunetre.hjemmetjenesten)
    avdelinger = [
        hent_resultat(uttrekk=uttrekk, slug="lederspenn", enhet=e).sum["ansatte"]
        for e in (kommunetre.hjemme_nord, kommunetre.hjemme_sor)
    ]
    fasit = next(e for e in hele.tillegg["per_enhet"] if e["kode"] == kommunetre.hjemmetjenesten.kode)
    assert enhet.sum["ansatte"] == fasit["ansatte"] == sum(avdelinger)


def test_flytting_ut_av_omraadet_er_intern(kommunetre, lag_uttrekk) -> None:
    uttrekk = lag_uttrekk(
        [
            {"person": 1, "enhet": kommunetre.skolen, "slutt": date(2025, 1, 31), "kategori": "sluttet"},
            {"person": 1, "enhet": kommunetre.barnehagen, "start": date(2025, 2, 1)},
        ]
    )
    skolen = hent_resultat(uttrekk=uttrekk, slug="turnover", enhet=kommunetre.skolen).sum
    assert (skolen["sluttet"], skolen["intern_ut"]) == (0, 1)
    assert hent_resultat(uttrekk=uttrekk, slug="turnover").sum["intern_ut"] == 0


def test_beregn_alle_beholder_ni_og_sparer_lasting(uttrekk, django_assert_num_queries) -> None:
    beregn_alle(uttrekk=uttrekk)
    assert Rapportresultat.objects.count() == 9
    with django_assert_num_queries(3):
        hent_resultat(uttrekk=uttrekk, slug="turnover")


def test_endret_norm_gir_ny_beregning(uttrekk) -> None:
    foer = hent_resultat(uttrekk=uttrekk, slug="lederspenn").sum["over_norm"]
    Norm.objects.filter(nokkel="lederspenn_median").update(verdi=1)
    assert hent_resultat(uttrekk=uttrekk, slug="lederspenn").sum["over_norm"] > foer


def test_endret_lederfunksjon_gir_ny_beregning_men_ny_stilling_ikke(uttrekk) -> None:
    hent_resultat(uttrekk=uttrekk, slug="ledere")
    foer = Rapportresultat.objects.get(slug="ledere").beregnet
    Stilling.objects.create(navn="Havnefogd", ledervurdert=True)
    hent_resultat(uttrekk=uttrekk, slug="ledere")
    assert Rapportresultat.objects.get(slug="ledere").beregnet == foer
    Stilling.objects.filter(navn="Enhetsleder").update(funksjon="fagleder")
    r = hent_resultat(uttrekk=uttrekk, slug="ledere")
    assert r.sum["arbeidsgiverfunksjoner"]["totalt"] == 0


def test_slettede_personrader_beholdt_vises_resten_sier_fra(uttrekk, kommunetre) -> None:
    beregn_alle(uttrekk=uttrekk)
    uttrekk.ansettelser.all().delete()
    uttrekk.rader_slettet = uttrekk.opprettet
    uttrekk.save()
    assert hent_resultat(uttrekk=uttrekk, slug="lederspenn").sum["ansatte"] > 0
    with pytest.raises(PersonraderSlettet):
        hent_resultat(uttrekk=uttrekk, slug="lederspenn", enhet=kommunetre.skolen)


def test_ny_enhet_er_summen_av_dem_den_tok_over_for(uttrekk, kommunetre) -> None:
    from tests.fabrikk import lag_enhet

    ny = lag_enhet("Skole og barnehage", "enhet", kommunetre.oppvekst, "9900")
    with pytest.raises(UkjentEnhet):
        hent_resultat(uttrekk=uttrekk, slug="lederspenn", enhet=ny)
    for gammel in (kommunetre.skolen, kommunetre.barnehagen):
        gammel.erstattet_av = ny
        gammel.save()
    r = hent_resultat(uttrekk=uttrekk, slug="lederspenn", enhet=ny)
    assert r.enhet["navn"] == "Skole og barnehage"
    assert r.sum["enheter"] == 2


def test_valg_av_uttrekk(uttrekk) -> None:
    assert uttrekk_fra("siste") == uttrekk_fra(str(uttrekk.pk)) == uttrekk_fra("2025-07-01") == uttrekk
    for valg in ("2024-07-01", "999", "i går", "-1", "²", "9" * 30):
        with pytest.raises(UkjentUttrekk):
            uttrekk_fra(valg)
    with pytest.raises(UkjentEnhet):
        enhet_i_uttrekk(uttrekk, "finnes ikke")


def test_periode(uttrekk) -> None:
    with pytest.raises(UgyldigPeriode, match="før den begynner"):
        hent_resultat(uttrekk=uttrekk, slug="turnover", fra=date(2025, 6, 1), til=date(2025, 5, 1))
    with pytest.raises(UgyldigPeriode, match="etter uttrekksdatoen"):
        hent_resultat(uttrekk=uttrekk, slug="turnover", til=date(2026, 1, 1))
    halv = hent_resultat(uttrekk=uttrekk, slug="turnover", fra=date(2025, 1, 1))
    assert halv.sum["sluttet"] <= hent_resultat(uttrekk=uttrekk, slug="turnover").sum["sluttet"]
    assert not Rapportresultat.objects.filter(fra=date(2025, 1, 1)).exists()
