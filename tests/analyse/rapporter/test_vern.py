"""Attacks on protected reports: from sums, other units, other reports, other scopes, other dates, order and text."""

import json
from datetime import date
from itertools import product

import numpy as np
import pytest
from django.utils import timezone

from analyse.rapporter import RAPPORTER
from analyse.rapporter.hjelp import er_tall
from analyse.rapporter.resultat import PRIKKET, SKJULT, er_skjult
from analyse.rapporter.vern import plasser
from analyse.services import vern
from analyse.services.rapporter import UgyldigPeriode, hent_oppsett, hent_resultat, hent_resultater
from felles import eksport
from felles.prikking import avslorte, beskytt
from tests.analyse.rapporter.bemanning import rader

pytestmark = [pytest.mark.django_db, pytest.mark.lik_paa_alle]


@pytest.fixture
def uttrekk(kommunetre, lag_uttrekk):
    return lag_uttrekk(rader(kommunetre), publisert=timezone.now())


@pytest.fixture
def aapne(uttrekk):
    return hent_resultater(uttrekk=uttrekk, sluger=RAPPORTER)


@pytest.fixture
def prikkede(uttrekk):
    return hent_resultater(uttrekk=uttrekk, sluger=RAPPORTER, prikket=True)


FAA_LEDERE = {"ledere", "stillingsstoerrelse-alder"}


def tall_i(node) -> list:
    if isinstance(node, dict):
        return [v for verdi in node.values() for v in tall_i(verdi)]
    if isinstance(node, list):
        return [v for verdi in node for v in tall_i(verdi)]
    return [node]


def test_det_er_noe_aa_skjule_og_noe_aa_vise(prikkede) -> None:
    for r in prikkede.values():
        verdier = tall_i([r.rader, r.sum, r.tillegg])
        assert PRIKKET in verdier or r.rapport == "lederspenn"
        assert any(er_tall(v) and v > 10 for v in verdier) or r.rapport in FAA_LEDERE


def test_ingen_personantall_under_fem_vises(uttrekk, prikkede, kommunetre) -> None:
    omfang = kommunetre.kommune.pk
    for r in prikkede.values():
        for plass in plasser(r, omfang, omfang):
            verdi = plass.rad.get(plass.nokkel)
            if plass.celle and er_tall(verdi) and verdi < 5:
                # Only zeros that everybody knows: nobody in the municipality is in the part.
                assert verdi == 0
                assert plass.nokkel in {
                    "ikke_oppgitt",
                    "uten_start",
                    "intern_inn",
                    "intern_ut",
                    "Ikke oppgitt",
                    "antall",
                }


def test_merket_under_fem_er_alltid_sant(uttrekk, aapne, prikkede, kommunetre) -> None:
    """«<5» stands only where the count is under 5, «skjult» never hides a count of the system that is under 5."""
    omfang = kommunetre.kommune.pk
    system = vern._system(uttrekk)
    sett = set()
    for r in prikkede.values():
        for plass in plasser(r, omfang, omfang):
            verdi = plass.rad.get(plass.nokkel)
            if plass.celle in system.verdier and er_skjult(verdi):
                assert (verdi == PRIKKET) == (system.verdier[plass.celle] < 5), plass
                sett.add(verdi)
            elif er_skjult(verdi):
                assert verdi == SKJULT
    assert sett == {PRIKKET, SKJULT}


def test_kommunens_egne_tall_staar(prikkede, aapne) -> None:
    """What is true of the whole municipality identifies nobody, and is what the reader came for."""
    for nokkel in ("ansatte", "55+", "60+", "67_5aar", "67_10aar"):
        if aapne["aldersrisiko"].sum[nokkel] >= 5:
            assert prikkede["aldersrisiko"].sum[nokkel] == aapne["aldersrisiko"].sum[nokkel]
    for nokkel in ("sluttet", "begynt", "ib", "ub"):
        if aapne["turnover"].sum[nokkel] >= 5:
            assert prikkede["turnover"].sum[nokkel] == aapne["turnover"].sum[nokkel]


def test_ingen_skjult_celle_kan_loses_ut_med_flyttall(uttrekk) -> None:
    """An independent solver: hidden cells that are fixed have no part in the null space of the shown equations."""
    system = vern._system(uttrekk)
    skjult = beskytt(system)
    assert avslorte(system, skjult) == []
    ukjente = sorted(skjult | (system.verdier.keys() - system.vist), key=repr)
    nummer = {c: i for i, c in enumerate(ukjente)}
    matrise = [[0.0] * len(ukjente)]
    for relasjon in system.relasjoner:
        rad = [0.0] * len(ukjente)
        for celle, k in relasjon.items():
            if celle in nummer:
                rad[nummer[celle]] = k
        if any(rad):
            matrise.append(rad)
    # R of A = QR has the null space of A, and fewer rows.
    _u, verdier, vt = np.linalg.svd(np.linalg.qr(np.array(matrise), mode="r"))
    nullrom = vt[int((verdier > 1e-9).sum()) :]
    fast = np.abs(nullrom).max(axis=0) < 1e-9
    assert [c for c in skjult if fast[nummer[c]]] == []
    for form in system.former:
        if sum(system.verdier[c] for c in form) < 5:
            vektor = np.zeros(len(ukjente))
            for celle in form:
                vektor[nummer[celle]] = 1
            assert np.abs(nullrom @ vektor).max() > 1e-9, form


def test_relasjonene_stemmer_med_tallene(uttrekk, kommunetre) -> None:
    """The attack model is true: parts add up where nobody is counted twice."""
    system = vern._system(uttrekk)
    assert len(system.relasjoner) > 100
    skjeve = [r for r in system.relasjoner if sum(k * system.verdier[c] for c, k in r.items())]
    assert skjeve == []


def test_samme_tall_skjules_i_alle_rapporter(prikkede, kommunetre) -> None:
    omfang = kommunetre.kommune.pk
    sett: dict = {}
    for r in prikkede.values():
        for plass in plasser(r, omfang, omfang):
            if plass.celle:
                sett.setdefault(plass.celle, set()).add(plass.rad.get(plass.nokkel))
    assert {celle: v for celle, v in sett.items() if len(v) > 1} == {}


def test_samme_tall_skjules_i_alle_omraader(uttrekk, prikkede, kommunetre) -> None:
    for enhet in (kommunetre.helse, kommunetre.hjemmetjenesten, kommunetre.hjemme_nord):
        snevret = hent_resultater(uttrekk=uttrekk, sluger=RAPPORTER, enhet=enhet, prikket=True)
        for slug, nokkel in product(("heltid", "kjoenn", "ansiennitet", "aldersrisiko"), ("ansatte", "kvinner", "60+")):
            hele = {rad["kode"]: rad for rad in prikkede[slug].rader}
            for rad in snevret[slug].rader:
                if rad["kode"] in hele and nokkel in rad:
                    assert rad[nokkel] == hele[rad["kode"]][nokkel]


def test_under_sektornivaa_vises_ikke_tverrsnitt(uttrekk, kommunetre) -> None:
    r = hent_resultat(uttrekk=uttrekk, slug="ledere", enhet=kommunetre.hjemmetjenesten, prikket=True)
    assert {rad[n] for rad in r.rader for n in ("menn", "kvinner", "totalt")} == {SKJULT}
    kjonn = hent_resultat(uttrekk=uttrekk, slug="kjoenn", enhet=kommunetre.hjemmetjenesten, prikket=True)
    assert kjonn.tillegg["per_stillingsgruppe"] == []


def test_avledede_tall_faller_med_delene(prikkede) -> None:
    for rad in prikkede["aldersrisiko"].rader:
        if er_skjult(rad["60+"]) or er_skjult(rad["ansatte"]):
            assert rad["andel60"] == rad["risiko"] == SKJULT
            assert rad["avgang_5aar"] == rad["avgang_10aar"] == SKJULT
    for rad in prikkede["kjoenn"].rader:
        if er_skjult(rad["kvinner"]):
            assert rad["andel_kvinner"] == SKJULT
    for rad in prikkede["turnover"].tillegg["per_enhet"]:
        if er_skjult(rad["sluttet"]) or er_skjult(rad["ib"]):
            assert rad["kohort_prosent"] == SKJULT
        assert not er_skjult(rad["sluttet"]) or rad["kohort_sluttet"] == rad["sluttet"]


def test_aarsverk_faller_med_summen_av_stillingsprosent(uttrekk, aapne, kommunetre) -> None:
    """Full-time equivalents × 100 is the sum that the full-time report hides; a department falls with its unit."""
    rot, enhet = kommunetre.kommune.pk, kommunetre.hjemmetjenesten
    system = vern._system(uttrekk)
    alt = {slug: vern.mask(r, rot, rot, system.vist, set(), system.nivaaer) for slug, r in aapne.items()}
    assert er_tall(_aarsverk_i(alt["lederspenn"], enhet)[0])
    synlige = system.vist - {("heltid", "deltid", ("enhet", enhet.pk))}
    uten = {slug: vern.mask(r, rot, rot, synlige, set(), system.nivaaer) for slug, r in aapne.items()}
    heltid = next(rad for rad in uten["heltid"].rader if rad["enhet_id"] == enhet.pk)
    assert heltid["prosentsum"] == heltid["snitt_prosent"] == SKJULT
    funnet = _aarsverk_i(uten["lederspenn"], enhet)
    assert len(funnet) >= 4
    assert set(funnet) == {SKJULT}
    for rad in uten["lederspenn"].tillegg["per_enhet"]:
        assert er_tall(rad["aarsverk"]) == (rad["enhet_id"] != enhet.pk)


def _aarsverk_i(lederspenn, enhet) -> list:
    """Full-time equivalents of the unit wherever they stand, and of its departments."""
    t = lederspenn.tillegg
    rader_ = [rad for rad in t["per_enhet"] if rad["enhet_id"] == enhet.pk]
    rader_ += [rad for rad in t["per_avdeling"] if rad["forelder_id"] == enhet.pk]
    rader_ += [e for rad in lederspenn.rader for e in rad["per_enhet"] if e["kode"] == rader_[0]["kode"]]
    return [rad["aarsverk"] for rad in rader_]


def test_rekkefolgen_sier_ikke_noe_om_skjulte_tall(prikkede) -> None:
    for slug, nokkel in (("aldersrisiko", "andel60"), ("heltid", "ansatte"), ("kjoenn", "ansatte")):
        skjulte = [rad["enhet"] for rad in prikkede[slug].rader if not er_tall(rad[nokkel])]
        assert skjulte == sorted(skjulte)
        assert [r["enhet"] for r in prikkede[slug].rader][len(prikkede[slug].rader) - len(skjulte) :] == skjulte


def test_filer_forklaringer_og_diagrammer_viser_bare_det_vernede(prikkede, aapne) -> None:
    for slug, r in prikkede.items():
        rapport, fasit = RAPPORTER[slug], aapne[slug]
        tabeller = rapport.tabeller(r)
        tekst = json.dumps(r.som_json(), ensure_ascii=False) + eksport.som_csv(tabeller).decode("utf-8-sig")
        assert "aldersbaand" not in tekst
        rapport.nokkeltall(r)
        rapport.diagrammer(r)
        for tabell in tabeller:
            for nr, rad in enumerate(tabell.rader):
                for kolonne in tabell.kolonner:
                    if er_skjult(verdi := rad.get(kolonne.nokkel)):
                        assert rapport.forklar(r, tabell.nokkel, nr, kolonne.nokkel).tall == verdi
        assert fasit.prikket is False


def test_perioden_kan_ikke_velges(uttrekk) -> None:
    with pytest.raises(UgyldigPeriode):
        hent_resultat(uttrekk=uttrekk, slug="turnover", fra=date(2025, 1, 1), prikket=True)


def test_tall_som_staar_i_to_uttrekk_skjules_i_begge(kommunetre, lag_uttrekk) -> None:
    """The headcount on 1 July 2024 is the end of one year and the start of the next."""
    nye = rader(kommunetre)
    gamle = [
        {**r, "kategori": "F" if r.get("kategori") == "sluttet" else r.get("kategori", "F"), "slutt": None}
        for r in rader(kommunetre)
        if r["start"] <= date(2024, 7, 1)
    ]
    foerste = lag_uttrekk(gamle, dato=date(2024, 7, 1), publisert=timezone.now())
    andre = lag_uttrekk(nye, dato=date(2025, 7, 1), publisert=timezone.now())
    ub = hent_resultat(uttrekk=foerste, slug="turnover", prikket=True)
    ib = hent_resultat(uttrekk=andre, slug="turnover", prikket=True)
    for tabell, navn in (("per_enhet", "kode"), ("per_stillingsgruppe", "stillingsgruppe")):
        siste = {rad[navn]: rad["ub"] for rad in ub.tillegg[tabell]}
        for rad in ib.tillegg[tabell]:
            if rad[navn] in siste:
                assert er_skjult(rad["ib"]) == er_skjult(siste[rad[navn]])


def test_nytt_publisert_uttrekk_gir_nytt_vern(kommunetre, lag_uttrekk, uttrekk) -> None:
    hent_resultat(uttrekk=uttrekk, slug="turnover", prikket=True)
    merke = vern.vernmerke(hent_oppsett(), uttrekk)
    lag_uttrekk(rader(kommunetre), dato=date(2024, 7, 1), publisert=timezone.now())
    oppsett = hent_oppsett()
    assert vern.vernmerke(oppsett, uttrekk) != merke
