"""The rules, without a database: JSON there and back, what is wrong with them, the sentence, the verdict."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kompetanse.regler import (
    Bekreftet,
    Bevis,
    Bevisslag,
    Dokumentasjon,
    Erfaring,
    Fagretning,
    Gruppe,
    Kurs,
    Lederutdanning,
    Nivaa,
    Proeving,
    RegelFeil,
    Studiepoeng,
    Utdanning,
    Utfall,
    felles_deler,
    fra_json,
    i_faa_ord,
    kontroller,
    som_setning,
    til_json,
    vurder,
    vurdering,
)

DAG = date(2026, 1, 1)
BRANN = Gruppe(
    "og",
    (
        Fagretning("forebyggende brannvern"),
        Kurs("overordnet ledelse"),
        Gruppe(
            "eller",
            (
                Utdanning(minst=Nivaa.BACHELOR),
                Erfaring("brannsjef", 2, sted="et område med inntil 20 000 innbyggere"),
            ),
        ),
    ),
)
BARNEVERN = Gruppe(
    "eller",
    (
        Utdanning(minst=Nivaa.MASTER, fag="barnevern"),
        Gruppe(
            "og",
            (
                Utdanning(minst=Nivaa.BACHELOR, relevant=True),
                Erfaring("barnevernet", 4, ord="i", innen=date(2031, 1, 1)),
                Studiepoeng(30, relevant=True, innen=date(2031, 1, 1)),
            ),
        ),
    ),
)


def bevis(slag: str, tekst: str = "", **felt) -> Bevis:
    return Bevis(Bevisslag(slag), tekst, **felt)


def dom(regel, *bevis_: Bevis, dag: date = DAG) -> Utfall:
    return vurder(regel, Dokumentasjon(tuple(bevis_)), dag).utfall


BRANNFAG = bevis("utdanning", "Forebyggende brannvern", nivaa=Nivaa.FAGSKOLE)
BRANNKURS = bevis("kurs", "Overordnet ledelse")


# Sentence


def test_brannsjefens_regel_som_setning():
    assert som_setning(BRANN) == (
        "utdanning i forebyggende brannvern OG kurs i overordnet ledelse OG "
        "(minst bachelor ELLER minst 2 år som brannsjef i et område med inntil 20 000 innbyggere)"
    )


def test_barnevernslederens_regel_som_setning():
    assert som_setning(BARNEVERN) == (
        "minst master i barnevern ELLER (minst relevant bachelor OG innen 1.1.2031 minst 4 år i barnevernet OG "
        "innen 1.1.2031 relevant videreutdanning på minst 30 studiepoeng)"
    )


@pytest.mark.parametrize(
    ("regel", "setning"),
    [
        (Lederutdanning(), "lederutdanning"),
        (Lederutdanning(True), "lederutdanning eller en avtale om å ta den innen en frist"),
        (Lederutdanning(True, 24), "lederutdanning eller en avtale om å ta den innen 24 måneder"),
        (Utdanning(hoyst=Nivaa.BACHELOR), "høyst bachelor"),
        (Utdanning(minst=Nivaa.MASTER, hoyst=Nivaa.MASTER, fag="jus"), "master i jus"),
        (Fagretning("a, b, c"), "utdanning i a, b eller c"),
        (Bekreftet("kan lede"), "vurdert av arbeidsgiver: kan lede"),
        (Gruppe("og", (Kurs("x"),)), "kurs i x"),
    ],
)
def test_betingelse_som_setning(regel, setning):
    assert som_setning(regel) == setning


@pytest.mark.parametrize(
    ("regel", "ord_"),
    [
        (Lederutdanning(True, 24), "lederutdanning"),
        (Utdanning(minst=Nivaa.BACHELOR, relevant=True), "relevant bachelor"),
        (Erfaring("barnevernet", 4, ord="i", innen=date(2031, 1, 1)), "4 år i barnevernet"),
        (Studiepoeng(30, fag="ledelse", innen=date(2031, 1, 1)), "30 studiepoeng i ledelse"),
        (Kurs("overordnet ledelse"), "kurs i overordnet ledelse"),
        (Bekreftet("kan lede"), "«kan lede»"),
        (BARNEVERN, ""),
    ],
)
def test_betingelse_i_faa_ord(regel, ord_):
    assert i_faa_ord(regel) == ord_


# JSON


ENKLE = st.one_of(
    st.builds(Utdanning, minst=st.sampled_from(Nivaa), fag=st.sampled_from(["", "jus"]), relevant=st.booleans()),
    st.builds(Fagretning, fag=st.just("helse")),
    st.builds(Lederutdanning, forpliktelse=st.booleans(), maaneder=st.integers(0, 120)),
    st.builds(Erfaring, rolle=st.just("leder"), aar=st.integers(1, 50), innen=st.none() | st.dates()),
    st.builds(Kurs, navn=st.just("HMS")),
    st.builds(Studiepoeng, minst=st.integers(1, 600)),
    st.builds(Bekreftet, tekst=st.just("kan lede")),
)
REGLER = st.recursive(
    ENKLE,
    lambda r: st.builds(
        Gruppe, ord=st.sampled_from(["og", "eller"]), deler=st.lists(r, min_size=1, max_size=3).map(tuple)
    ),
    max_leaves=6,
)


@settings(deadline=None, max_examples=60)
@given(REGLER)
def test_json_fram_og_tilbake(regel):
    try:
        assert fra_json(til_json(regel)) == regel
    except RegelFeil as e:
        assert "nivåer" in str(e)
    assert isinstance(kontroller(regel), list) and som_setning(regel)
    assert vurder(regel, Dokumentasjon(), DAG).utfall in Utfall


@pytest.mark.parametrize(
    ("data", "melding", "sti", "felt"),
    [
        ({"slag": "trolldom"}, "kjenner ikke", (), ""),
        ("tull", "kjenner ikke", (), ""),
        ({"slag": ["og"]}, "kjenner ikke", (), ""),
        ({"slag": "og", "deler": []}, "tom", (), ""),
        ({"slag": "og", "deler": [{"slag": "eller", "deler": []}]}, "tom", (0,), ""),
        ({"slag": "erfaring", "rolle": "leder", "aar": -2}, "negativt", (), "aar"),
        ({"slag": "erfaring", "rolle": "leder", "aar": "\u22122"}, "negativt", (), "aar"),
        ({"slag": "erfaring", "rolle": "leder", "aar": 0}, "fra 1 til 50", (), "aar"),
        ({"slag": "erfaring", "rolle": "leder", "aar": "to"}, "helt tall", (), "aar"),
        ({"slag": "erfaring", "rolle": "leder", "aar": "9" * 5000}, "fra 1 til 50", (), "aar"),
        ({"slag": "erfaring", "rolle": "leder", "aar": 2, "innen": "2031-13-01"}, "datoen", (), "innen"),
        ({"slag": "erfaring", "rolle": "", "aar": 2}, "rolle", (), "rolle"),
        ({"slag": "utdanning"}, "Velg et nivå", (), "minst"),
        ({"slag": "utdanning", "minst": "professor"}, "nivåene", (), "minst"),
        ({"slag": "kurs", "navn": "x" * 201}, "200 tegn", (), "navn"),
        ({"slag": "kurs", "navn": "HMS", "poeng": 3}, "ikke noe som heter", (), ""),
        ({"slag": "lederutdanning", "forpliktelse": "kanskje"}, "ja eller nei", (), "forpliktelse"),
    ],
)
def test_uleselig_regel_sier_hva_som_er_galt_og_hvor(data, melding, sti, felt):
    with pytest.raises(RegelFeil, match=melding) as e:
        fra_json(data)
    assert (e.value.feil[0].sti, e.value.feil[0].felt) == (sti, felt)


def test_alle_feil_sies_paa_en_gang():
    with pytest.raises(RegelFeil) as e:
        fra_json({"slag": "og", "deler": [{"slag": "kurs"}, {"slag": "fagretning"}, {"slag": "x"}]})
    assert [f.sti for f in e.value.feil] == [(0,), (1,), (2,)]


def test_for_dyp_og_for_stor_regel_avvises():
    dyp = {"slag": "kurs", "navn": "x"}
    for _ in range(7):
        dyp = {"slag": "og", "deler": [dyp]}
    with pytest.raises(RegelFeil, match="nivåer"):
        fra_json(dyp)
    with pytest.raises(RegelFeil, match="for stor"):
        fra_json({"slag": "og", "deler": [{"slag": "kurs", "navn": str(n)} for n in range(80)]})


# What can never hold


def test_minst_master_og_hoyst_bachelor_kan_aldri_oppfylles():
    (feil,) = kontroller(Gruppe("og", (Utdanning(minst=Nivaa.MASTER), Utdanning(hoyst=Nivaa.BACHELOR))))
    assert "minst master og høyst bachelor" in feil.melding
    (feil,) = kontroller(Utdanning(minst=Nivaa.MASTER, hoyst=Nivaa.BACHELOR))
    assert feil.felt == "hoyst"


def test_gren_som_aldri_holder_finnes_selv_om_en_annen_gren_holder():
    umulig = Gruppe("og", (Utdanning(minst=Nivaa.MASTER), Utdanning(hoyst=Nivaa.FAGSKOLE)))
    (feil,) = kontroller(Gruppe("eller", (Kurs("HMS"), umulig)))
    assert feil.sti == (1,)


def test_motsigelse_paa_tvers_av_grupper():
    valg = Gruppe("eller", (Utdanning(minst=Nivaa.MASTER), Utdanning(minst=Nivaa.DOKTORGRAD)))
    (feil,) = kontroller(Gruppe("og", (valg, Utdanning(hoyst=Nivaa.BACHELOR))))
    assert "aldri" in feil.melding
    assert kontroller(Gruppe("eller", (valg, Utdanning(hoyst=Nivaa.BACHELOR)))) == []


def test_frist_foer_kravet_gjelder_og_slutt_foer_start():
    regel = Gruppe("og", (Erfaring("leder", 2, innen=date(2029, 1, 1)),))
    (feil,) = kontroller(regel, gyldig_fra=date(2030, 1, 1))
    assert feil.sti == (0,) and feil.felt == "innen"
    assert kontroller(regel, gyldig_fra=date(2029, 1, 1)) == []
    assert "slutte" in kontroller(Kurs("x"), date(2030, 1, 1), date(2029, 1, 1))[0].melding


def test_det_samme_to_ganger():
    assert "to ganger" in kontroller(Gruppe("og", (Kurs("x"), Kurs("x"))))[0].melding


def test_mange_valg_gjennomsoekes_ikke_i_det_uendelige():
    valg = Gruppe(
        "eller", tuple(Utdanning(minst=n, relevant=r) for n in (Nivaa.BACHELOR, Nivaa.MASTER) for r in (True, False))
    )
    assert isinstance(kontroller(Gruppe("og", tuple(Gruppe("og", (valg, Kurs(str(n)))) for n in range(14)))), list)


# The verdict


def test_brannsjef_a_og_b_og_c_eller_d():
    bachelor = bevis("utdanning", "Ingeniør", nivaa=Nivaa.BACHELOR)
    erfaring = bevis("erfaring", "Brannsjef", fra=date(2023, 1, 1), relevant=True)
    assert dom(BRANN, BRANNFAG, BRANNKURS, bachelor) == Utfall.OPPFYLT
    assert dom(BRANN, BRANNFAG, BRANNKURS, erfaring) == Utfall.OPPFYLT
    assert dom(BRANN, BRANNFAG, BRANNKURS) == Utfall.IKKE_OPPFYLT
    assert dom(BRANN, BRANNFAG, bachelor, erfaring) == Utfall.IKKE_OPPFYLT
    assert dom(BRANN, BRANNKURS, bachelor, erfaring) == Utfall.IKKE_OPPFYLT


def test_barnevernsleder_i_2031():
    bachelor = bevis("utdanning", "Barnevernspedagog", nivaa=Nivaa.BACHELOR, relevant=True)
    erfaring = bevis("erfaring", "Barnevernstjenesten", fra=date(2027, 1, 1))
    poeng = bevis("studiepoeng", "Barnevernledelse", poeng=30, fra=date(2030, 6, 1), relevant=True)
    i_2031 = date(2031, 1, 1)
    assert dom(BARNEVERN, bachelor, erfaring, poeng, dag=i_2031) == Utfall.OPPFYLT
    assert dom(BARNEVERN, bachelor, erfaring, dag=i_2031) == Utfall.IKKE_OPPFYLT
    assert dom(BARNEVERN, bachelor, erfaring, poeng, dag=date(2030, 1, 1)) == Utfall.PAA_VEI
    sen = bevis("erfaring", "Barnevernstjenesten", fra=date(2028, 1, 1))
    assert dom(BARNEVERN, bachelor, sen, poeng, dag=date(2040, 1, 1)) == Utfall.IKKE_OPPFYLT
    assert dom(BARNEVERN, bevis("utdanning", "Barnevern", nivaa=Nivaa.MASTER), dag=i_2031) == Utfall.OPPFYLT


def test_forpliktelse_er_paa_vei_til_fristen_og_ikke_oppfylt_etterpaa():
    avtale = bevis("forpliktelse", "Lederutdanning", fra=date(2025, 6, 1), til=date(2027, 6, 1))
    v = vurder(Lederutdanning(True), Dokumentasjon((avtale,)), DAG)
    assert (v.utfall, v.frist) == (Utfall.PAA_VEI, date(2027, 6, 1))
    assert dom(Lederutdanning(True), avtale, dag=date(2027, 6, 1)) == Utfall.PAA_VEI
    assert dom(Lederutdanning(True), avtale, dag=date(2027, 6, 2)) == Utfall.IKKE_OPPFYLT
    assert dom(Lederutdanning(True, 12), avtale) == Utfall.IKKE_OPPFYLT
    assert dom(Lederutdanning(False), avtale) == Utfall.IKKE_OPPFYLT
    assert dom(Lederutdanning(), bevis("lederutdanning", "Rektorskolen", fra=DAG)) == Utfall.OPPFYLT


def test_erfaring_teller_overlapp_en_gang_og_bare_det_som_har_vaert():
    to = Erfaring("leder", 2)
    a = bevis("erfaring", "Avdelingsleder", fra=date(2024, 1, 1), til=date(2024, 12, 31))
    b = bevis("erfaring", "Enhetsleder", fra=date(2024, 6, 1), til=date(2024, 12, 31))
    c = bevis("erfaring", "Enhetsleder", fra=date(2025, 1, 1))
    assert dom(to, a, b) == Utfall.IKKE_OPPFYLT
    assert dom(to, a, c) == Utfall.OPPFYLT
    v = vurder(to, Dokumentasjon((c,)), DAG)
    assert v.utfall == Utfall.PAA_VEI and date(2026, 12, 30) <= v.frist <= date(2027, 1, 2)


def test_erfaring_med_sted_maa_vaere_vurdert():
    regel = Erfaring("brannsjef", 2, sted="et lite område")
    assert dom(regel, bevis("erfaring", "Brannsjef", fra=date(2020, 1, 1))) == Utfall.IKKE_OPPFYLT
    assert dom(regel, bevis("erfaring", "Brannsjef", fra=date(2020, 1, 1), relevant=True)) == Utfall.OPPFYLT


def test_kurs_gaar_ut():
    kurs = bevis("kurs", "Overordnet ledelse", fra=date(2020, 1, 1), til=date(2025, 12, 31))
    assert dom(Kurs("overordnet ledelse"), kurs, dag=date(2025, 12, 31)) == Utfall.OPPFYLT
    v = vurder(Kurs("overordnet ledelse"), Dokumentasjon((kurs,)), DAG)
    assert v.utfall == Utfall.IKKE_OPPFYLT and "gikk ut 31.12.2025" in v.forklaring


def test_hoyst_gjelder_den_hoyeste_utdanningen():
    begge = (bevis("utdanning", "x", nivaa=Nivaa.BACHELOR), bevis("utdanning", "x", nivaa=Nivaa.MASTER))
    assert dom(Utdanning(hoyst=Nivaa.BACHELOR), *begge) == Utfall.IKKE_OPPFYLT
    assert dom(Utdanning(hoyst=Nivaa.BACHELOR), begge[0]) == Utfall.OPPFYLT


def test_bekreftet_er_ikke_vurdert_til_noen_har_vurdert():
    regel = Bekreftet("kan lede")
    assert dom(regel) == Utfall.IKKE_VURDERT
    assert dom(regel, bevis("bekreftelse", "Kan lede", relevant=True)) == Utfall.OPPFYLT
    assert dom(regel, bevis("bekreftelse", "kan lede")) == Utfall.IKKE_OPPFYLT


def test_uten_kartlegging_er_ingenting_vurdert():
    v = vurder(BRANN, Dokumentasjon((BRANNFAG,), kartlagt=False), DAG)
    assert v.utfall == Utfall.IKKE_VURDERT and {d.utfall for d in v.deler} == {Utfall.IKKE_VURDERT}


def test_korte_ord_finnes_bare_som_hele_ord():
    it = Fagretning("IT")
    assert dom(it, bevis("utdanning", "Arkitektur", nivaa=Nivaa.MASTER)) == Utfall.IKKE_OPPFYLT
    assert dom(it, bevis("utdanning", "IT og drift", nivaa=Nivaa.FAGSKOLE)) == Utfall.OPPFYLT


def test_og_tar_det_verste_med_siste_frist_og_eller_det_beste_med_foerste():
    a = bevis("forpliktelse", "Kurs A-kurset", til=date(2027, 1, 1))
    b = bevis("forpliktelse", "Kurs B-kurset", til=date(2028, 1, 1))
    begge = Dokumentasjon((a, b))
    deler = (Kurs("A-kurset"), Kurs("B-kurset"))
    assert vurder(Gruppe("og", deler), begge, DAG).frist == date(2028, 1, 1)
    assert vurder(Gruppe("eller", deler), begge, DAG).frist == date(2027, 1, 1)
    uvurdert = Gruppe("og", (Bekreftet("x"), Kurs("A-kurset")))
    assert vurder(uvurdert, begge, DAG).utfall == Utfall.IKKE_VURDERT


BEVIS = st.lists(
    st.builds(
        Bevis,
        slag=st.sampled_from(Bevisslag),
        tekst=st.sampled_from(["jus", "helse", "leder", "HMS", "kan lede", "lederutdanning"]),
        nivaa=st.none() | st.sampled_from(Nivaa),
        poeng=st.integers(0, 60),
        fra=st.none() | st.dates(date(2015, 1, 1), date(2030, 1, 1)),
        til=st.dates(date(2020, 1, 1), date(2035, 1, 1)),
        relevant=st.booleans(),
    ),
    max_size=6,
).map(tuple)


@settings(max_examples=150, deadline=None)
@given(st.lists(REGLER, min_size=1, max_size=4), BEVIS, st.booleans())
def test_mange_regler_i_ett_svarer_som_en_og_en(regler, bevis_, kartlagt):
    dok, kjente = Dokumentasjon(bevis_, kartlagt), {}
    proeving = Proeving(dok, DAG)
    for regel in regler:
        delt, fasit = felles_deler(regel, kjente), vurder(regel, dok, DAG)
        assert delt == regel
        assert proeving.svar(delt) == (fasit.utfall, fasit.frist if fasit.utfall == Utfall.PAA_VEI else None)
        assert proeving.vurdering(delt) == fasit


def test_en_betingelse_mange_regler_deler_proeves_en_gang(monkeypatch):
    proevd, kjente = [], {}
    ekte = vurdering.proev
    monkeypatch.setattr(vurdering, "proev", lambda regel, *resten: proevd.append(regel) or ekte(regel, *resten))
    felles, proeving = Lederutdanning(True), Proeving(Dokumentasjon(), DAG)
    for n in range(5):
        proeving.svar(felles_deler(Gruppe("og", (felles, Kurs(f"kurs {n}"))), kjente))
    assert proevd.count(felles) == 1 and len(proevd) == 6
