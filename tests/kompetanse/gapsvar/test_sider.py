"""The pages: who answers, reads and invites; saving by JSON and by «Neste»; bad input; small numbers; query counts."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kompetanse.enums import Gapradslag, Gapstatus, Rundestatus
from kompetanse.forms.gapsvar import rad_skjema, skjema_for
from kompetanse.models import Gapanalyse, Gapoppgave, Gaprad, Gapsentsvar, Gapsporsmaal, Gapswot, Kompetanse
from kompetanse.services.gapsvar_sene import ta_vare_paa
from organisasjon.enums import Rolle
from tests.fabrikk import gi_rolle, lag_bruker
from tests.kompetanse.gapsvar.fabrikk import NAA, data_fra, lag_analyse, lag_besvart, lag_rad, lag_runde, med_uttrekk

pytestmark = pytest.mark.django_db
STEG = ("gapsvar_rader", "gapsvar_oppgaver", "gapsvar_swot", "gapsvar_sporsmaal", "gapsvar_send")


@pytest.fixture
def runde():
    return lag_runde()


@pytest.fixture
def analyse(kommunetre, runde):
    Gapsporsmaal.objects.create(runde=runde, nummer=1, tekst="Hva er vanskelig?")
    return lag_analyse(runde, kommunetre.hjemmetjenesten)


def url(navn: str, *args) -> str:
    return reverse(f"kompetanse:{navn}", args=[getattr(a, "pk", a) for a in args])


def tekst(svar) -> str:
    return " ".join(svar.content.decode().split())


def test_hele_veien_uten_skript(som, analyse, kommunetre):
    med_uttrekk(kommunetre)
    leder = som("enhetsleder")
    assert "Begynn" in tekst(leder.get(url("gapsvar_start", analyse)))
    assert leder.get(url("gapsvar_rader", analyse)).url == url("gapsvar_start", analyse)
    assert leder.post(url("gapsvar_begynn", analyse)).url == url("gapsvar_rader", analyse)
    foerste, andre = analyse.rader.all()
    assert leder.post(url("gapsvar_rader", analyse), {"videre": "neste"}).url == url("gaprad", foerste)
    svar = {"spesiell": "nei", "kritisk": "3", **{f"trenger_{om}": "12" for om in (0, 1, 3, 5)}}
    for rad in (foerste, andre):
        side = leder.get(url("gaprad", rad))
        assert rad.navn in tekst(side) and "uttrekket 1. juli 2025" in tekst(side)
        svar_paa = leder.post(url("gaprad", rad), data_fra(side.context["skjema"], **svar) | {"videre": "neste"})
    assert svar_paa.url == url("gapsvar_oppgaver", analyse)
    ny = {"ny-oppgave": "Rydde", "ny-utfoeres_av": "Sykepleiere", "ny-kan_utfoeres_av": ""}
    assert leder.post(url("gapsvar_ny_oppgave", analyse), ny).url == url("gapsvar_oppgaver", analyse)
    (oppgave,) = leder.get(url("gapsvar_oppgaver", analyse)).context["skjemaer"]
    timer = data_fra(oppgave, timer_per_uke="75", andel="50")
    assert leder.post(url("gapsvar_oppgaver", analyse), timer).url == url("gapsvar_swot", analyse)
    swot = skjema_for(analyse, "swot:tjenester:styrke")
    assert leder.post(url("gapsvar_swot", analyse), data_fra(swot, tekst="Stabile")).url == url(
        "gapsvar_sporsmaal", analyse
    )
    (sporsmaal,) = leder.get(url("gapsvar_sporsmaal", analyse)).context["skjemaer"]
    leder.post(url("gapsvar_sporsmaal", analyse), data_fra(sporsmaal, tekst="Netter"))
    send = leder.get(url("gapsvar_send", analyse))
    assert send.context["stopper"] == [] and "37,5 timer" in tekst(send)
    assert leder.post(url("gapsvar_send", analyse)).url == url("gapanalyse", analyse)
    analyse.refresh_from_db()
    assert (analyse.status, analyse.levert_av) == (Gapstatus.LEVERT, leder.bruker)
    lest = tekst(leder.get(url("gapanalyse", analyse)))
    assert all(ord_ in lest for ord_ in ("Sendt til godkjenning", "Rydde", "Stabile", "Netter", "hvorfor?"))
    assert leder.get(url("gaprad", foerste)).url == url("gapanalyse", analyse)
    forklart = tekst(leder.get(url("gaprad_hvorfor", foerste)))
    assert "de 10 som var her 1. juli 2025" in forklart and "0 fyller 62 år innen ett år" in forklart


def test_send_sier_hva_som_mangler_med_lenker(som, analyse):
    rad = lag_rad(analyse)
    svar = som("enhetsleder").post(url("gapsvar_send", analyse))
    assert svar.status_code == 422 and f'href="{url("gaprad", rad)}"' in tekst(svar)


@pytest.mark.parametrize(
    ("rolle", "start", "les", "inviter"),
    [
        ("hr", 200, 200, 200),
        ("kommunedirektor", 200, 200, 200),
        ("kommunalsjef", 200, 200, 200),
        ("enhetsleder", 200, 200, 200),
        ("avdelingsleder", 404, 404, 404),
        ("tillitsvalgt", 403, 200, 403),
        ("verneombud", 403, 200, 403),
        ("leser", 403, 403, 403),
        ("systemansvarlig", 403, 403, 403),
    ],
)
def test_hvem_svarer_leser_og_inviterer(som, analyse, rolle, start, les, inviter):
    rad = lag_besvart(analyse)
    Gapanalyse.objects.update(status=Gapstatus.LEVERT)
    klient = som(rolle)
    for navn, ventet in (("gapsvar_start", start), ("gapanalyse", les), ("gapsvar_inviter", inviter)):
        assert klient.get(url(navn, analyse)).status_code == ventet, navn
    steg = {klient.get(url(navn, analyse)).status_code for navn in STEG} | {klient.get(url("gaprad", rad)).status_code}
    assert steg == {302 if start == 200 else start}
    lagre = klient.post(url("gapsvar_lagre", analyse), {"gjelder": f"rad:{rad.pk}"}).status_code
    assert lagre == (422 if start == 200 else start)


def test_andre_ser_analysen_foerst_naar_den_er_sendt(som, analyse, kommunetre):
    rad = lag_rad(analyse)
    tillitsvalgt, utenfor = som("tillitsvalgt"), som(Rolle.ENHETSLEDER, kommunetre.skolen)
    for klient in (tillitsvalgt, utenfor):
        assert klient.get(url("gapanalyse", analyse)).status_code == 404
        assert klient.get(url("gaprad", rad)).status_code in (403, 404)
        assert klient.post(url("gaprad_ut", rad)).status_code in (403, 404)
        assert "Hjemmetjenesten" not in tekst(klient.get(url("gapanalyser"))).split("<main")[1]
    Gapanalyse.objects.update(status=Gapstatus.LEVERT)
    assert "Hjemmetjenesten" in tekst(tillitsvalgt.get(url("gapanalyser")))
    assert utenfor.get(url("gapanalyse", analyse)).status_code == 404
    assert tillitsvalgt.get(url("gaprad_hvorfor", rad)).status_code == 403


def test_leser_uten_rett_til_smaa_tall_ser_dem_ikke(som, analyse):
    forslag = {"kilde": "uttrekk", "dato": "2025-07-01", "ventet": {}, "avgang": {}, "har": 40}
    tall = {"har": 41, "avgang_1": 3, "avgang_3": 8, "avgang_5": 13, "avgang_10": 21}
    lag_besvart(analyse, "Sykepleiere", 50, **tall, forslag=forslag)
    lag_besvart(analyse, "Kreftsykepleiere", 4, har=2, avgang_5=1)
    Gapanalyse.objects.update(status=Gapstatus.LEVERT, arbeid={"dato": "2025-07-01"})
    side = som("tillitsvalgt").get(url("gapanalyse", analyse))
    store, smaa = ([(linje.slag, linje.verdier) for linje in r["linjer"]] for r in side.context["rader"])
    assert dict(store)["har"] == ("skjult",) * 4 and dict(store)["gap"] == ("skjult", "skjult", "skjult", "22")
    assert dict(smaa)["har"] == ("<5",) * 4 and dict(smaa)["gap"] == ("skjult",) * 4
    assert [n for _navn, n in side.context["summer"]] == ["skjult"] * 4
    html = tekst(side)
    assert "Sårbar" not in html and "mangler dere" not in html and "hvorfor?" not in html
    assert "Uttrekket 1. juli 2025" in html and "rettet av lederen" not in html and "Innen 2036" not in html
    leder = tekst(som("enhetsleder").get(url("gapanalyse", analyse)))
    assert "rettet av lederen" in leder and "Innen 2036 ventes 21 av 41 å slutte." in leder
    assert "Sårbar" in leder and "hvorfor?" in leder and "Om fem år mangler dere 22 av 50 sykepleiere" in leder


def test_invitert_avdelingsleder_svarer_til_invitasjonen_trekkes(som, analyse, kommunetre):
    rad = lag_rad(analyse)
    avdelingsleder, leder = som("avdelingsleder"), som("enhetsleder")
    gi_rolle(lag_bruker("tv", "Tora Tillitsvalgt"), Rolle.TILLITSVALGT, kommunetre.hjemme_sor)
    gi_rolle(lag_bruker("skole", "Siri Skole"), Rolle.AVDELINGSLEDER, kommunetre.skole_sfo)
    assert avdelingsleder.get(url("gapsvar_start", analyse)).status_code == 404
    side = leder.get(url("gapsvar_inviter", analyse))
    assert [b for b, _rolle in side.context["funnet"]] == [avdelingsleder.bruker]
    assert list(leder.get(url("gapsvar_inviter", analyse), {"sok": "finnes ikke\x00"}).context["funnet"]) == []
    post = {"bruker": avdelingsleder.bruker.pk}
    for _gang in range(2):
        assert leder.post(url("gapsvar_inviter", analyse), post).status_code == 302
    assert avdelingsleder.get(url("gaprad", rad)).status_code == 200
    assert avdelingsleder.get(url("gapsvar_inviter", analyse)).status_code == 403
    assert "Hjemmetjenesten" in tekst(avdelingsleder.get(url("gapanalyser")))
    for odd in ("", "x", "9" * 40, str(leder.bruker.pk + 999)):
        assert leder.post(url("gapsvar_inviter", analyse), {"bruker": odd}).status_code == 404
    utenfor = lag_bruker("utenfor2")
    assert leder.post(url("gapsvar_inviter", analyse), {"bruker": utenfor.pk}, follow=True).status_code == 200
    assert list(analyse.inviterte.all()) == [avdelingsleder.bruker]
    leder.post(url("gapsvar_inviter", analyse), post | {"fjern": "1"})
    assert avdelingsleder.get(url("gaprad", rad)).status_code == 404


def test_json_lagrer_felt_for_felt_og_sier_hva_som_ikke_kunne_lagres(som, analyse):
    rad, leder = lag_rad(analyse), som("enhetsleder")
    data = data_fra(rad_skjema(rad), trenger_0="43", trenger_1="-1") | {"gjelder": f"rad:{rad.pk}"}
    svar = leder.post(url("gapsvar_lagre", analyse), data)
    assert svar.status_code == 200 and set(svar.json()["feil"]) == {f"rad-{rad.pk}-trenger_1"}
    rad.refresh_from_db()
    assert (rad.trenger_0, rad.trenger_1) == (43, None)
    annet = leder.post(
        url("gapsvar_lagre", analyse), data_fra(rad_skjema(rad), trenger_0="44") | {"gjelder": f"rad:{rad.pk}"}
    )
    assert annet.json()["verdier"][f"rad-{rad.pk}-trenger_0"] == "44"
    # The first page again, with its old lock and another answer.
    ulikt = leder.post(url("gapsvar_lagre", analyse), data | {f"rad-{rad.pk}-trenger_0": "45"})
    assert ulikt.status_code == 409 and "44" in ulikt.json()["vist"] and "45" in ulikt.json()["vist"]
    assert leder.post(url("gapsvar_lagre", analyse), data | {"bruker": "0"}).status_code == 422
    for tull in ({}, {"gjelder": "rad:0"}, {"gjelder": "x" * 9000}, {"gjelder": f"rad:{rad.pk}"}):
        assert leder.post(url("gapsvar_lagre", analyse), tull).status_code == 422
    assert leder.get(url("gapsvar_lagre", analyse)).status_code == 405


def test_neste_viser_begge_svarene_og_lar_en_velge(som, analyse):
    rad, leder = lag_rad(analyse), som("enhetsleder")
    data = data_fra(rad_skjema(rad), trenger_0="43", kritisk="3") | {"videre": "neste"}
    Gaprad.objects.update(trenger_0=44, lopenummer=1)
    svar = leder.post(url("gaprad", rad), data)
    assert svar.status_code == 409 and "Det andre svaret: <strong>44</strong>" in tekst(svar)
    skjema = svar.context["skjema"]
    igjen = {n: skjema.data.getlist(n) for n in skjema.data} | {f"valg-{skjema.add_prefix('trenger_0')}": "deres"}
    assert leder.post(url("gaprad", rad), igjen).status_code == 302
    rad.refresh_from_db()
    assert (rad.trenger_0, rad.kritisk) == (44, 3)


def test_stengt_mens_noen_skriver_mister_ingenting(som, analyse):
    rad, leder = lag_rad(analyse), som("enhetsleder")
    data = data_fra(rad_skjema(rad), trenger_0="43", trenger_1="tull", notat="Skrevet for sent")
    analyse.runde.status = Rundestatus.STENGT
    analyse.runde.save()
    svar = leder.post(url("gapsvar_lagre", analyse), data | {"gjelder": f"rad:{rad.pk}"})
    assert svar.status_code == 422 and svar.json()["stengt"]
    side = leder.post(url("gaprad", rad), data, follow=True)
    assert side.redirect_chain[-1][0] == url("gapanalyse", analyse)
    assert "Skrevet for sent" in tekst(side) and "Ta med" not in tekst(side) and "er tatt vare på" in tekst(side)
    (sent,) = Gapsentsvar.objects.all()
    assert sent.verdier == {"trenger_0": "43", "trenger_1": "tull", "notat": "Skrevet for sent"}
    assert leder.post(url("gapsvar_sent", sent), {"valg": "ta_med"}).status_code == 302
    assert Gapsentsvar.objects.exists()
    analyse.runde.status = Rundestatus.AAPEN
    analyse.runde.save()
    assert "Ta med" in tekst(leder.get(url("gapsvar_start", analyse)))
    leder.post(url("gapsvar_sent", sent), {"valg": "ta_med"})
    rad.refresh_from_db()
    # What could not be read stays until somebody throws it away.
    assert (rad.trenger_0, rad.notat) == (43, "Skrevet for sent") and Gapsentsvar.objects.exists()
    leder.post(url("gapsvar_sent", sent), {"valg": "forkast"})
    assert not Gapsentsvar.objects.exists()


@pytest.mark.parametrize("gjelder", ["swot:okonomi:trussel", "rad:{rad}", "rad:0"])
def test_sent_svar_tas_med_i_det_det_gjaldt(som, analyse, gjelder):
    rad, leder = lag_rad(analyse), som("enhetsleder")
    verdier = {"tekst": "Kutt"} if gjelder.startswith("swot") else {"veier": "utvikle,anskaffe", "kritisk": "4"}
    sent = ta_vare_paa(
        analyse=analyse, gjelder=gjelder.format(rad=rad.pk), verdier=verdier, av=leder.bruker, naa=timezone.now()
    )
    svar = leder.post(url("gapsvar_sent", sent), {"valg": "ta_med", "tilbake": "start"}, follow=True)
    if gjelder == "rad:0":
        assert "er tatt ut" in tekst(svar) and Gapsentsvar.objects.exists()
    else:
        assert not Gapsentsvar.objects.exists()
        rad.refresh_from_db()
        lagret = Gapswot.objects.get().tekst if gjelder.startswith("swot") else rad.veier
        assert lagret == ("Kutt" if gjelder.startswith("swot") else "anskaffe,utvikle")
    assert som("tillitsvalgt").post(url("gapsvar_sent", sent.pk or 1)).status_code == 404


def test_lime_inn_en_liste_for_lang_beholder_teksten(som, analyse):
    lag_rad(analyse)
    leder, liste = som("enhetsleder"), "\n".join(f"Kompetanse {n}" for n in range(10_000))
    svar = leder.post(url("gapsvar_nye_rader", analyse), {"navn": liste, "slag": "oppgave"})
    assert svar.status_code == 422 and svar.context["skrevet"] == liste and "Grensen er 40" in tekst(svar)
    k = Kompetanse.objects.first()
    leder.post(url("gapsvar_nye_rader", analyse), {"navn": "Ny\x00 ting\n", "slag": "tull", "kompetanse": k.navn})
    assert set(analyse.rader.values_list("navn", "slag")) >= {("Ny ting", "kompetanse"), (k.navn, "kompetanse")}


def test_ut_og_angre_i_listen(som, analyse):
    rad, leder = lag_besvart(analyse), som("enhetsleder")
    leder.post(url("gaprad_ut", rad))
    side = tekst(leder.get(url("gapsvar_rader", analyse)))
    assert "Angre" in side and "ta Sykepleiere med igjen" in side
    assert leder.get(url("gaprad", rad)).url == url("gapsvar_rader", analyse)
    leder.post(url("gaprad_ut", rad), {"inn": "1"})
    assert analyse.rader.get() == rad


def test_tilbake_til_det_som_ble_foreslaatt(som, analyse):
    i_fjor = {"aar": 2025, "runde": "I fjor", "trenger": {}, "verdier": {"veier": "beholde,utvikle", "kritisk": "4"}}
    forslag = {"kilde": "uttrekk", "dato": "2025-07-01", "har": 41, "aarsverk": "34.40", "avgang": {"5": 13}}
    forslag["i_fjor"] = i_fjor
    rad, leder = (
        lag_rad(analyse, har=50, har_aarsverk="40", avgang_5=2, avgang_10=30, forslag=forslag),
        som("enhetsleder"),
    )
    side = tekst(leder.get(url("gaprad", rad)))
    assert "Dere har: vi fylte inn 41." in side and "Årsverk nå: vi fylte inn 34,4." in side
    assert "i fjor." in side and "Helt kritisk" in side
    for felt in ("har", "avgang_5", "har_aarsverk", "veier", "kritisk", "finnes_ikke"):
        rad.refresh_from_db()
        assert leder.post(url("gaprad", rad), data_fra(rad_skjema(rad)) | {"hent": felt}).url == url("gaprad", rad)
    rad.refresh_from_db()
    assert (rad.har, rad.avgang_5, str(rad.har_aarsverk), rad.besvart) == (41, 13, "34.40", None)
    assert (rad.veier, rad.kritisk) == ("beholde,utvikle", 4)
    assert "Hent det tilbake" not in tekst(leder.get(url("gaprad", rad)))
    leder.post(url("gaprad", rad), data_fra(rad_skjema(rad)) | {"som_i_dag": "1"})
    rad.refresh_from_db()
    assert (rad.trenger_0, rad.trenger_5) == (41, 41)


def test_de_som_er_ferdige_eller_slutter_et_aar_er_med_i_de_neste(som, analyse):
    rad, leder = lag_rad(analyse, avgang_5=2, avgang_10=2), som("enhetsleder")
    svar = leder.post(url("gaprad", rad), data_fra(rad_skjema(rad), utdanning_1="4", utdanning_3="1", avgang_3="3"))
    feil = svar.context["skjema"].errors
    assert svar.status_code == 422 and {*feil} == {"utdanning_3", "utdanning_5", "avgang_5"}
    assert feil["utdanning_3"][0].startswith("Skriv minst 4.")
    rad.refresh_from_db()
    assert (rad.utdanning_1, rad.utdanning_3, rad.avgang_3) == (4, 0, 3), "the rest is saved"


def test_det_som_mangler_sies_med_aar_og_har_ingen_sum(som, analyse):
    hel, rad = lag_besvart(analyse), lag_besvart(analyse, "Leger", trenger_3=None, trenger_5=None)
    svar = som("enhetsleder").get(url("gapsvar_send", analyse))
    (mangel,) = svar.context["stopper"]
    assert mangel[0] == "Leger: fyll ut hvor mange dere trenger: 2029, 2031."
    felt = mangel[1].partition("#")[2]
    assert f'id="{felt}"' in tekst(som("enhetsleder").get(mangel[1])) and felt.endswith(f"{rad.pk}-trenger_3")
    assert [n for _naar, n in svar.context["summer"]][2:] == ["–", "–"] and hel.har


def test_oppgave_uten_navn_sier_fra_og_beholder_resten(som, analyse):
    lag_rad(analyse)
    oppgave = Gapoppgave.objects.create(analyse=analyse, nummer=1, oppgave="Rydde", utfoeres_av="Alle")
    leder, skjema = som("enhetsleder"), skjema_for(analyse, f"oppgave:{oppgave.pk}")
    data = data_fra(skjema, timer_per_uke="5") | {"ny-oppgave": "", "ny-utfoeres_av": "Lærere"}
    svar = leder.post(url("gapsvar_ny_oppgave", analyse), data)
    assert svar.status_code == 422 and "Skriv hva oppgaven er." in tekst(svar) and 'value="Lærere"' in tekst(svar)
    oppgave.refresh_from_db()
    assert oppgave.timer_per_uke == 5
    leder.post(url("gapsvar_ny_oppgave", analyse), {"forslag": "Vaske|Lærere|Assistenter"})
    assert (
        leder.post(url("gapsvar_ny_oppgave", analyse), {"ny-oppgave": "x" * 300, "ny-utfoeres_av": "y"}).status_code
        == 422
    )
    assert analyse.oppgaver.count() == 2
    leder.post(url("gapoppgave_ut", oppgave))
    assert analyse.oppgaver.count() == 1


def test_samme_oppgave_foreslaas_en_gang(som, analyse):
    lag_rad(analyse, "Sykepleiere")
    lag_rad(analyse, "Spesialsykepleiere")
    lag_rad(analyse, "Kreftsykepleie", slag=Gapradslag.KOMPETANSE)
    leder = som("enhetsleder")

    def forslag() -> list[tuple[str, str]]:
        side = leder.get(url("gapsvar_oppgaver", analyse))
        return [(f.oppgave, f.utfoeres_av) for f in side.context["forslag"]]

    foer = forslag()
    assert len({navn for navn, _hvem in foer}) == len(foer) == 3 and {hvem for _navn, hvem in foer} == {"Sykepleiere"}
    leder.post(url("gapsvar_ny_oppgave", analyse), {"forslag": "|".join((*foer[0], "Andre"))})
    leder.post(url("gapoppgave_ut", analyse.oppgaver.get()))
    assert forslag() == foer[1:], "what was taken out can be taken back, and is not offered anew"


def test_fortsett_senere_og_tilbake(som, analyse):
    rad, leder = lag_rad(analyse), som("enhetsleder")
    data = data_fra(rad_skjema(rad), trenger_0="43")
    assert leder.post(url("gaprad", rad), data | {"videre": "senere"}).url == url("gapanalyser")
    analyse.refresh_from_db()
    assert analyse.steg == f"rad:{rad.pk}"
    start = tekst(leder.get(url("gapsvar_start", analyse)))
    assert f'href="{url("gaprad", rad)}"' in start and "Fortsett der du slapp" in start
    rad.refresh_from_db()
    assert leder.post(url("gaprad", rad), data_fra(rad_skjema(rad)) | {"videre": "tilbake"}).url == url(
        "gapsvar_rader", analyse
    )
    assert leder.post(url("gapsvar_rader", analyse), {"videre": "tilbake"}).url == url("gapsvar_start", analyse)


def test_kortet_og_listen_viser_bare_det_som_venter_paa_en_selv(som, analyse, kommunetre):
    leder, hr, sjef = som("enhetsleder"), som("hr"), som("kommunalsjef")
    forside = reverse("planer:mine")
    assert "Gapanalysen for 2026: Hjemmetjenesten" in tekst(leder.get(forside))
    for klient in (hr, sjef):
        assert "Gapanalysen for 2026" not in tekst(klient.get(forside))
        assert klient.get(url("gapanalyser")).context["venter"] == []
    sektor = lag_analyse(analyse.runde, kommunetre.helse)
    assert [a for a, *_ in sjef.get(url("gapanalyser")).context["venter"]] == [sektor]
    lag_analyse(lag_runde(2025, status=Rundestatus.STENGT), kommunetre.hjemmetjenesten)
    lag_analyse(lag_runde(2027, status=Rundestatus.UTKAST), kommunetre.hjemmetjenesten)
    analyse.runde.frist = timezone.localdate() - timedelta(days=1)
    analyse.runde.save()
    liste = leder.get(url("gapanalyser"))
    assert [a.runde.aar for a, *_ in liste.context["venter"]] == [2026] and "Fristen var" in tekst(liste)
    assert [a.runde.aar for a, _m in liste.context["resten"]] == [2025]
    Gapanalyse.objects.update(status=Gapstatus.LEVERT)
    assert "Gapanalysen for" not in tekst(leder.get(forside)).split("<main")[1]
    assert "Ingen gapanalyser ennå" in tekst(som(Rolle.ENHETSLEDER, kommunetre.barnehagen).get(url("gapanalyser")))


def test_antall_spoerringer_foelger_ikke_antall_rader(som, analyse, runde, kommunetre):
    leder = som("enhetsleder")
    rad = lag_rad(analyse)
    adresser = [url("gapanalyse", analyse), url("gapsvar_rader", analyse), url("gapsvar_send", analyse)]
    adresser += [url("gaprad", rad), url("gapsvar_oppgaver", analyse), url("gapsvar_swot", analyse), url("gapanalyser")]

    def tell() -> list[int]:
        ut = []
        for adresse in adresser:
            leder.get(adresse)
            with CaptureQueriesContext(connection) as spor:
                assert leder.get(adresse).status_code == 200
            ut.append(len(spor))
        return ut

    med_en = tell()
    fag = Kompetanse.objects.first()
    for nr in range(3):
        lag_besvart(analyse, f"Gruppe {nr}", kompetanse=fag, spesiell=True)
        lag_rad(analyse, f"Kompetanse {nr}", slag=Gapradslag.KOMPETANSE, tatt_ut=NAA if nr else None)
        Gapoppgave.objects.create(analyse=analyse, nummer=nr, oppgave=f"O{nr}", utfoeres_av="x")
        lag_analyse(
            lag_runde(2020 + nr, status=Rundestatus.STENGT), kommunetre.hjemmetjenesten, status=Gapstatus.GODKJENT
        )
    assert tell() == med_en and max(med_en) <= 15
