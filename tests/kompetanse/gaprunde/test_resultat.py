"""The results of a round: sums, order, choices, scope, small numbers, and the workbook."""

import io
from random import Random

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kompetanse.enums import Vei
from kompetanse.gap.sumvern import Post
from kompetanse.gap.vern import SKJULT
from kompetanse.models import Gapanalyse, Gapoppgave, Kompetanse
from organisasjon.enums import Rolle
from tests.kompetanse.gaprunde.fabrikk import lag_analyse, lag_rad, lag_runde
from tests.kompetanse.gaprunde.test_sumvern import mulige

pytestmark = pytest.mark.django_db
RES = "kompetanse:gapresultat"


def hent(klient, runde, rute=RES, **valg):
    return klient.get(reverse(rute, args=[runde.pk]), valg)


def kontekst(klient, runde, **valg):
    """What the page is drawn from; it is drawn once and then kept, so it is read from the drawing."""
    from django.core.cache import cache

    cache.clear()
    return hent(klient, runde, **valg).context


def tabell(klient, runde, **valg):
    """Row name → column name → (number, word)."""
    t = kontekst(klient, runde, **valg)["tabell"]
    rader = [r for g in t.grupper for r in [*g.rader, *([g.sum] if g.sum else [])]] + ([t.sum] if t.sum else [])
    return {r.navn: {navn: (c.tall, c.ord) for navn, c in r.celler} for r in rader}


@pytest.fixture
def runde(kommunetre):
    """Two approved units in Helse, one in Oppvekst, one more that is only sent."""
    runde = lag_runde("stengt")
    hjemme = lag_analyse(runde, kommunetre.hjemmetjenesten, arbeid={"dato": "2025-07-01"})
    sykehjem = lag_analyse(runde, kommunetre.sykehjemmet)
    skole = lag_analyse(runde, kommunetre.skolen)
    sendt = lag_analyse(runde, kommunetre.barnehagen, status="levert")
    lag_rad(
        hjemme,
        "Sykepleiere",
        har=40,
        trenger=(42, 44, 47, 50),
        avgang_5=13,
        utdanning_5=5,
        kritisk=4,
        veier="utvikle,anskaffe",
        forslag={"kilde": "uttrekk", "dato": "2025-07-01", "har": 41},
    )
    lag_rad(sykehjem, "sykepleiere", har=30, trenger=30, kritisk=2, har_aarsverk="24.00", veier="utvikle")
    lag_rad(hjemme, "Assistenter", har=20, trenger=15, kritisk=1)
    lag_rad(skole, "Lærere", har=30, trenger=(30, 30, 33, 36), kritisk=3)
    lag_rad(sendt, "Lærere", har=10, trenger=20)
    lag_rad(hjemme, "Sårstell", slag="kompetanse", gruppe="", har=2, trenger=3, kritisk=3, har_aarsverk=0)
    Gapoppgave.objects.create(analyse=hjemme, nummer=1, oppgave="X", utfoeres_av="Y", timer_per_uke=20, andel=50)
    Gapoppgave.objects.create(analyse=hjemme, nummer=2, oppgave="X", utfoeres_av="Y", timer_per_uke=20)
    return runde


def test_tallene_summeres_per_enhet_sektor_og_kommune(runde, som):
    hr = som("hr")
    t = tabell(hr, runde)
    assert t["Hjemmetjenesten"]["Sykepleiere"] == ("18", "middels")
    assert t["Sykehjemmet"]["Sykepleiere"] == ("0", "dekket")
    assert t["Sum, Helse og omsorg"]["Sykepleiere"] == ("18", "liten")
    assert t["Hele kommunen"]["Lærere"] == ("6", "liten") and "Ærfugl barnehage" not in t
    assert list(t["Hele kommunen"]) == ["Sykepleiere", "Lærere", "Sårstell", "Assistenter"]
    assert tabell(hr, runde, om="1")["Hjemmetjenesten"]["Sykepleiere"][1] == "liten", "4 of 44"
    k = kontekst(hr, runde)
    assert [(s.navn, [v for _n, v in s.gap], s.analyser) for s in k["summer"]] == [
        ("Helse og omsorg", ["2", "4", "7", "18"], 2),
        ("Oppvekst", ["0", "0", "3", "6"], 1),
        ("Hele kommunen", ["2", "4", "10", "24"], 3),
    ], "position groups only: whoever lacks «Sårstell» is counted among the sykepleiere"
    assert k["gapfunn"] == "Det mangler mest sykepleiere om fem år: 18 av 80 som trengs"
    assert k["sumfunn"] == "Helse og omsorg mangler mest om fem år: 18 av 24"
    assert [(r.navn, r.har) for r in k["saarbare"]] == [("Sårstell", "to")]
    lag_rad(Gapanalyse.objects.get(navn="Åsen skole"), "sårstell", slag="kompetanse", har=3, kritisk=4)
    for rolle, faa in (("hr", "tre hender eller færre"), ("tillitsvalgt", "færre enn fem hender")):
        k = kontekst(som(rolle), runde)
        assert k["saarbarfunn"] == f"Én kritisk kompetanse er på {faa}, 2 steder" and k["antall_saarbare"] == 2
        kort = {n.navn: (n.tall, n.under) for n in k["nokkeltall"]}
        assert kort["Kritisk og sårbart"] == ("1", "kompetanse på få hender, 2 steder")
    assert kontekst(hr, runde)["nokkeltall"][2].under == "grupper og kompetanser"
    Gapanalyse.objects.get(navn="Åsen skole").rader.filter(navn="sårstell").delete()
    k = kontekst(hr, runde)
    assert [(v.navn, v.antall) for v in k["veier"]] == [("Utvikle", 2), ("Anskaffe", 1)]
    assert k["timer"] == [("Helse og omsorg", "10,0", "0,3")]
    assert [(r.navn, r.over, r.mangler) for r in k["over"]] == [("Assistenter", "5", "0")]


def test_horisont_aarsverk_og_sendte_velges(runde, som):
    hr = som("hr")
    assert tabell(hr, runde, om="0")["Hjemmetjenesten"]["Sykepleiere"] == ("2", "liten")
    aarsverk = tabell(hr, runde, i="aarsverk", om="5")
    assert aarsverk["Hjemmetjenesten"]["Sykepleiere"][0] == "18,0"
    runde.status = "aapen"
    runde.save()
    assert tabell(hr, runde, med="sendte")["Ærfugl barnehage"]["Lærere"] == ("10", "stor")
    assert set(tabell(hr, runde, sektor="Oppvekst")) == {"Åsen skole"}
    assert tabell(hr, runde, om="99", sektor="finnes ikke\x00", side="9" * 30)["Hele kommunen"]


def test_veiene_telles_med_kolonnene(runde, som):
    funnet = [(v.navn, v.antall, v.prosent) for v in kontekst(som("hr"), runde)["veier"]]
    assert funnet == [("Utvikle", 2, 100), ("Anskaffe", 1, 50)]
    assert not any(a != b and a in b for a in Vei.values for b in Vei.values), "a way is looked for as a part of a text"


def test_siden_bevares_til_noe_endrer_seg(runde, som):
    hr = som("hr")
    assert "Ærfugl" not in hent(hr, runde).content.decode()
    with CaptureQueriesContext(connection) as fanget:
        hent(hr, runde)
    assert len(fanget) <= 7 and not any("gaprad" in q["sql"] for q in fanget)
    Gapanalyse.objects.filter(navn="Ærfugl barnehage").update(status="godkjent")
    assert "Ærfugl" in hent(hr, runde).content.decode()


def test_fast_antall_spoerringer(kommunetre, som):
    hr, runde, tall = som("hr"), lag_runde(), []
    for enheter in ([kommunetre.hjemmetjenesten], [kommunetre.sykehjemmet, kommunetre.skolen]):
        for enhet in enheter:
            analyse = lag_analyse(runde, enhet)
            for navn in ("A", "B", "C"):
                lag_rad(analyse, navn, trenger=20)
        with CaptureQueriesContext(connection) as fanget:
            hent(hr, runde)
        tall.append(len(fanget))
    assert tall[0] == tall[1] <= 15


@pytest.mark.lik_paa_alle
@pytest.mark.parametrize("rolle", list(Rolle))
def test_hvem_ser_hvilke_enheter(runde, som, rolle):
    klient = som(rolle)
    svar = hent(klient, runde)
    ser = {Rolle.SYSTEMANSVARLIG: 403, Rolle.LESER: 403, Rolle.AVDELINGSLEDER: 404}.get(rolle, 200)
    assert svar.status_code == ser
    for rute in ("gapresultat_xlsx", "gapdokumenter"):
        assert hent(klient, runde, f"kompetanse:{rute}").status_code == ser
    if ser == 200:
        navn = {n for n in tabell(klient, runde) if not n.startswith(("Sum", "Hele", "Alt"))}
        egne = {Rolle.KOMMUNALSJEF: {"Hjemmetjenesten", "Sykehjemmet"}, Rolle.ENHETSLEDER: {"Hjemmetjenesten"}}
        assert navn == egne.get(rolle, {"Hjemmetjenesten", "Sykehjemmet", "Åsen skole"})
        skole = Gapanalyse.objects.get(navn="Åsen skole")
        adresse = reverse("kompetanse:gapresultat_enhet", args=[runde.pk, skole.pk])
        assert klient.get(adresse).status_code == (404 if rolle in egne else 200)


def test_ingenting_godkjent_sier_hva_som_kommer(kommunetre, som):
    runde = lag_runde()
    lag_rad(lag_analyse(runde, kommunetre.skolen, status="levert"))
    hr = som("hr")
    assert "Ingen analyser er godkjent ennå" in hent(hr, runde).content.decode()
    assert hent(hr, runde, "kompetanse:gapresultat_xlsx").status_code == 404


# Small numbers


def test_vernede_lesere_ser_resultatet_naar_runden_er_stengt(runde, som):
    verneombud = som("verneombud")
    runde.status = "aapen"
    runde.save()
    for rute in (RES, "kompetanse:gapresultat_xlsx"):
        svar = hent(verneombud, runde, rute)
        assert b"Sykepleiere" not in svar.content
    assert "når runden er stengt" in hent(verneombud, runde).content.decode()


def test_vernede_lesere_ser_verken_smaa_tall_eller_det_som_roeper_dem(runde, som):
    verneombud = som("verneombud")
    t, alle = tabell(verneombud, runde, om="0"), tabell(som("hr"), runde, om="0")
    assert t["Hjemmetjenesten"]["Sårstell"][0] == SKJULT == t["Sum, Helse og omsorg"]["Sårstell"][0]
    assert t["Sykehjemmet"]["Sykepleiere"] == alle["Sykehjemmet"]["Sykepleiere"]
    k = kontekst(verneombud, runde, om="0", i="aarsverk", med="sendte")
    assert not k["valg"].aarsverk and not k["valg"].ogsaa_sendte and k["over"] == []
    assert [(r.har, r.gap) for r in k["saarbare"]] == [("<5", SKJULT)]
    assert k["summer"][0].gap[0][1] == "2", "no position group is hidden in Helse"
    enhet = reverse("kompetanse:gapresultat_enhet", args=[runde.pk, Gapanalyse.objects.get(navn="Hjemmetjenesten").pk])
    vist = next(v for r, v, _kilde in verneombud.get(enhet).context["linjer"] if r.navn == "Sårstell")
    assert [h.gap for h in vist] == [SKJULT] * 4 and vist[0].har == "<5"
    lag_rad(Gapanalyse.objects.get(navn="Hjemmetjenesten"), "Fysioterapeuter", har=3, trenger=5)
    assert kontekst(verneombud, runde, om="0")["summer"][0].gap[0][1] == SKJULT


@pytest.mark.lik_paa_alle
@pytest.mark.parametrize("froe", range(6))
def test_angrep_paa_siden_og_regnearket_med_alt_en_vernet_leser_ser(kommunetre, som, froe):
    """The needs are known (they are shown in the analyses). No hidden gap has only one possible value."""
    trekk, runde = Random(froe), lag_runde("stengt")
    enheter = [kommunetre.hjemmetjenesten, kommunetre.sykehjemmet, kommunetre.skolen, kommunetre.barnehagen]
    sanne = {}
    for enhet in enheter:
        analyse = lag_analyse(runde, enhet)
        for navn in ("A", "B"):
            har, trenger = trekk.randint(0, 8), trekk.randint(1, 9)
            lag_rad(analyse, navn, har=har, trenger=trenger)
            sanne[enhet.navn, navn] = (enhet.parent.navn, max(0, trenger - har), trenger, 0 < har < 5)
    verneombud = som("verneombud")
    t = tabell(verneombud, runde, om="0")
    bok = openpyxl.load_workbook(io.BytesIO(hent(verneombud, runde, "kompetanse:gapresultat_xlsx", om="0").content))
    ark = list(bok["Mangler nå"].values)
    for navn in ("A", "B"):
        poster = []
        for enhet in enheter:
            sektor, gap, trenger, faa = sanne[enhet.navn, navn]
            vist = t[enhet.navn][navn][0]
            i_ark = next(rad for rad in ark if rad[0] == enhet.navn)[list(ark[0]).index(navn)]
            assert str(i_ark) == vist == (SKJULT if vist == SKJULT else str(gap))
            poster.append(Post(sektor, gap, trenger, vist == SKJULT, faa))
        skjulte = {("sektor", s) for s in ("Helse og omsorg", "Oppvekst") if t[f"Sum, {s}"][navn][0] == SKJULT}
        if t["Hele kommunen"][navn][0] == SKJULT:
            skjulte.add(("kommunen", ""))
        assert all(len(verdier) > 1 for verdier in mulige(poster, skjulte))
    skjuler = {sanne[enhet.navn, n][0] for enhet in enheter for n in ("A", "B") if t[enhet.navn][n][0] == SKJULT}
    for sektor, _antall, naa, *_senere in list(bok["Sammendrag"].values)[1:3]:
        assert (naa == SKJULT) == (sektor in skjuler)


# The workbook


def test_regnearket_leses_tilbake(runde, som):
    komp = Kompetanse.objects.first()
    lag_rad(Gapanalyse.objects.get(navn="Åsen skole"), "=1+1", slag="oppgave", gruppe="", har=4, trenger=5)
    lag_rad(Gapanalyse.objects.get(navn="Åsen skole"), "Noe", slag="kompetanse", kompetanse=komp, har=6, trenger=9)
    bok = openpyxl.load_workbook(io.BytesIO(hent(som("hr"), runde, "kompetanse:gapresultat_xlsx").content))
    ark = {a.title: [list(rad) for rad in a.values] for a in bok.worksheets}
    assert list(ark) == ["Sammendrag", "Kompetanser", "Mangler om fem år", "Kritisk og sårbart", "Rader", "Om tallene"]
    assert ark["Sammendrag"][1] == ["Helse og omsorg", 2, 2, 4, 7, 18]
    assert ark["Sammendrag"][-1][:2] == ["Sum", 3]
    assert [rad[0] for rad in ark["Kompetanser"][1:]][:2] == ["Sykepleiere", "Lærere"]
    rader = {(rad[0], rad[2]): dict(zip(ark["Rader"][0], rad, strict=True)) for rad in ark["Rader"][1:]}
    sykepleiere = rader["Hjemmetjenesten", "Sykepleiere"]
    assert (sykepleiere["Har nå"], sykepleiere["Trenger om 5 år"], sykepleiere["Mangler om fem år"]) == (40, 50, 18)
    assert sykepleiere["Hva de vil gjøre"] == "Anskaffe, utvikle"
    assert sykepleiere["Kilde til «Har nå»"] == "Uttrekket 1. juli 2025, rettet av lederen"
    assert rader["Åsen skole", "Lærere"]["Årsverk nå"] == 30
    assert rader["Hjemmetjenesten", "Sårstell"]["Årsverk nå"] is None, "none are counted, which is not 0"
    assert ark["Kritisk og sårbart"][1] == ["Sårstell", "Hjemmetjenesten", "Svært kritisk", 2, 1]
    assert ("Åsen skole", "=1+1") in rader and ("Åsen skole", komp.navn) in rader
    metode = dict(ark["Om tallene"])
    assert (
        metode["Analyser"] == "3 av 4, godkjente" and "Kilde" in metode and metode["Utgave"].startswith("Fullstendig")
    )


def test_vernet_regneark_har_bare_gapene_og_sier_at_tall_er_skjult(runde, som):
    bok = openpyxl.load_workbook(io.BytesIO(hent(som("tillitsvalgt"), runde, "kompetanse:gapresultat_xlsx").content))
    hode = [c.value for c in bok["Rader"][1]]
    assert "Har nå" not in hode and not any("avgang" in str(h).lower() for h in hode)
    assert dict(bok["Om tallene"].values)["Utgave"].startswith("Åpen")
