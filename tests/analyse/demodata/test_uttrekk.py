"""The demo extracts against the published totals, counted here by hand, and against each other."""

from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise

import pytest

from analyse.demodata import DATOER, lag_uttrekk, uttrekk
from analyse.demodata.fakta import LEDERE, SISTE, TURNOVER

TELLES = {"F", "M", "MT"}
I_TURNOVER = TELLES | {"T", "Sluttet"}


@pytest.fixture(scope="module")
def rader() -> dict[date, list[dict]]:
    """Rows of each extract as dicts by column name."""
    return {
        dato: [dict(zip(ett.kolonner, rad, strict=True)) for rad in ett.rader] for dato, ett in lag_uttrekk().items()
    }


@pytest.fixture(scope="module")
def talte(rader) -> list[dict]:
    return [r for r in rader[SISTE] if r["Ansattkategori"] in TELLES]


def alder(fodt: date, dag: date) -> int:
    return dag.year - fodt.year - ((dag.month, dag.day) < (fodt.month, fodt.day))


def ansatte_paa(rader: list[dict], dag: date) -> set[int]:
    return {
        r["Ansattnr"]
        for r in rader
        if r["Ansattkategori"] in I_TURNOVER
        and r["Startdato"] <= dag
        and (r["Sluttdato"] is None or r["Sluttdato"] >= dag)
    }


def personer_per(rader: list[dict], *kolonner: str) -> dict:
    grupper = defaultdict(set)
    for rad in rader:
        grupper[tuple(rad[k] for k in kolonner)].add(rad["Ansattnr"])
    return {nokkel: len(folk) for nokkel, folk in grupper.items()}


@pytest.mark.parametrize(
    ("sektor", "enheter", "ansatte", "minst", "stoerst", "over_43"),
    [
        ("Helse og omsorg", 8, 1130, ("Forvaltning helse og omsorg", 18), ("Bo og habilitering", 359), 7),
        ("Oppvekst", 16, 727, ("Innlandet skole", 16), ("Barnehager", 153), 4),
        ("Tekniske tjenester og kultur", 6, 379, ("Servicetorget", 11), ("Eiendomsdrift", 113), 4),
    ],
)
def test_sektor_har_planens_lederspenn(talte, sektor, enheter, ansatte, minst, stoerst, over_43):
    tall = {e: n for (s, e), n in personer_per(talte, "Sektor", "Enhet").items() if s == sektor}
    assert len(tall) == enheter
    assert personer_per(talte, "Sektor")[sektor,] == ansatte
    assert min(tall.items(), key=lambda par: par[1]) == minst
    assert max(tall.items(), key=lambda par: par[1]) == stoerst
    assert sum(n >= 43 for n in tall.values()) == over_43


def test_ingen_telles_i_to_enheter(talte):
    assert max(Counter(nr for nr, _enhet in {(r["Ansattnr"], r["Enhet"]) for r in talte}).values()) == 1


@pytest.mark.parametrize("tall", LEDERE, ids=lambda t: t.stilling)
def test_ledere_har_planens_kjonn_stoerrelse_og_alder(talte, tall):
    ledere = [r for r in talte if r["Stilling"] == tall.stilling]
    prosent = [r["St.størrelse %"] for r in ledere]
    aar = [alder(r["Fødselsdato"], SISTE) for r in ledere]
    assert len({r["Ansattnr"] for r in ledere}) == len(ledere) == tall.menn + tall.kvinner
    assert Counter(r["Kjønn"] for r in ledere) == Counter(M=tall.menn, K=tall.kvinner)
    assert tall.stoerrelser == (
        sum(p < 50 for p in prosent),
        sum(50 <= p < 100 for p in prosent),
        sum(p == 100 for p in prosent),
    )
    assert tall.aldre == (sum(a >= 66 for a in aar), sum(60 <= a < 66 for a in aar), sum(54 <= a < 60 for a in aar))


def test_alle_enheter_har_en_som_leder(talte):
    leder = {"Enhetsleder", "Økonomisjef", "IT-sjef", "Kommunedirektør"}
    assert {r["Enhet"] for r in talte if r["Stilling"] in leder} == {r["Enhet"] for r in talte}


@pytest.mark.parametrize("gruppe", TURNOVER)
def test_turnover_per_aldersgruppe_som_i_planen(rader, gruppe):
    tall, foer = TURNOVER[gruppe], SISTE.replace(year=2024)
    siste = [r for r in rader[SISTE] if r["Ansattkategori"] in I_TURNOVER]
    fra, til = (0 if gruppe == "<25" else tall.fra), (120 if gruppe == ">64" else tall.til)
    i_gruppen = {r["Ansattnr"] for r in siste if fra <= alder(r["Fødselsdato"], SISTE) <= til}
    var, er = ansatte_paa(siste, foer) & i_gruppen, ansatte_paa(siste, SISTE) & i_gruppen
    assert (len(var - er), len(er - var)) == (tall.sluttet, tall.begynt)
    assert round(200 * len(var - er) / (len(var) + len(er)), 1) == tall.prosent


def test_to_uttrekk_er_enige_om_hvem_som_var_ansatt(rader):
    for tidlig, sen in pairwise(DATOER):
        assert ansatte_paa(rader[tidlig], tidlig) == ansatte_paa(rader[sen], tidlig)


def test_samme_person_er_foedt_samme_dag_i_alle_uttrekk(rader):
    foedt = defaultdict(set)
    for uttrekk_rader in rader.values():
        for rad in uttrekk_rader:
            foedt[rad["Ansattnr"]].add((rad["Fødselsdato"], rad["Fødselsnr"], rad["Kjønn"]))
    assert all(len(verdier) == 1 for verdier in foedt.values())


def test_enhet_skifter_navn_og_en_slaas_sammen_etter_foerste_uttrekk(rader):
    enheter = [{r["Ansvar"]: r["Enhet"] for r in rader[dato]} for dato in DATOER]
    assert (enheter[0][4050], enheter[1][4050]) == ("Servicekontoret", "Servicetorget")
    assert (enheter[0][4030], enheter[1][4030]) == ("Kultur", "Kultur og bibliotek")
    assert set(enheter[0]) - set(enheter[1]) == {4035}
    assert enheter[1] == enheter[2]


def test_noen_har_flyttet_mellom_enheter_uten_aa_slutte(rader):
    siste = rader[SISTE]
    sluttet = {r["Ansattnr"]: r["Enhet"] for r in siste if r["Ansattkategori"] == "Sluttet"}
    naa = {r["Ansattnr"]: r["Enhet"] for r in siste if r["Ansattkategori"] in TELLES}
    flyttet = [nr for nr in sluttet if nr in naa]
    assert len(flyttet) > 20
    assert all(sluttet[nr] != naa[nr] for nr in flyttet)


def test_endringen_fra_aar_til_aar_er_til_aa_tro_paa(rader):
    antall = [len(ansatte_paa([r for r in rader[d] if r["Ansattkategori"] in TELLES], d)) for d in DATOER]
    assert all(abs(senere / tidlig - 1) < 0.03 for tidlig, senere in pairwise(antall))


def test_foedselsnummer_er_syntetiske(rader):
    assert all(81 <= int(r["Fødselsnr"][2:4]) <= 92 for r in rader[SISTE])


def test_samme_rader_hver_gang():
    foerste = lag_uttrekk()
    uttrekk.lag_uttrekk.cache_clear()
    assert lag_uttrekk() == foerste
