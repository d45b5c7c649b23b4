"""Saving answers: the lock, two at once, closed while somebody types, late answers, sending; rows in and out."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict

from kompetanse.enums import Gapradslag, Gapstatus, Planomraade, Rundestatus, Swotslag, Vei
from kompetanse.forms.gapsvar import rad_skjema, skjema_for
from kompetanse.gap.regning import HORISONTER
from kompetanse.models import Gapanalyse, Gapoppgave, Gaprad, Gapsentsvar, Gapsporsmaal, Gapswot, Kompetanse
from kompetanse.queries.gapsvar import mangler, radens_mangler
from kompetanse.services import gapsvar as tjenester
from kompetanse.services.gapsvar_rader import MAKS_RADER, legg_til, legg_til_oppgave, sett_tatt_ut
from kompetanse.services.gapsvar_sene import ta_vare_paa
from tests.kompetanse.gapsvar.fabrikk import NAA, data_fra, lag_analyse, lag_besvart, lag_rad, lag_runde

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyse(kommunetre):
    return lag_analyse(lag_runde(), kommunetre.hjemmetjenesten)


def querydict(data: dict) -> QueryDict:
    ut = QueryDict(mutable=True)
    for navn, verdi in data.items():
        ut.setlist(navn, verdi if isinstance(verdi, list) else [verdi])
    return ut


def sendt(analyse: Gapanalyse, gjelder: str, **svar):
    """The form with some answers changed, read as a request is."""
    vist = skjema_for(analyse, gjelder)
    return skjema_for(analyse, gjelder, querydict(data_fra(vist, **svar)))


def lagre(skjema):
    sending = tjenester.Sending(skjema.objekt, skjema.endret, skjema.forventet)
    (utfall,) = tjenester.lagre_svar(analyse=skjema.objekt.analyse, sendinger=[sending], av=None, naa=NAA)
    return utfall


def test_alle_felt_lagres_og_leses_tilbake_slik_de_ble_sendt(analyse):
    rad = lag_rad(analyse)
    svar = {
        "spesiell": "ja", "hvilken": "autorisasjon som SYKEPLEIER", "kritisk": "4", "har": "41", "har_aarsverk": "34,4",
        "utdanning_1": "1", "utdanning_3": "2", "utdanning_5": "2", "avgang_1": "3", "avgang_3": "8", "avgang_5": "13",
        "avgang_10": "22", "trenger_0": "43", "trenger_1": "44", "trenger_3": "1 000", "trenger_5": "50",
        "trenger_aarsverk_5": "40,25", "veier": ["utvikle", "beholde"], "notat": "To linjer\r\nher",
    }  # fmt: skip
    skjema = sendt(analyse, f"rad:{rad.pk}", **svar)
    assert skjema.is_valid() and lagre(skjema).ulike == ()
    rad.refresh_from_db()
    assert rad.kompetanse.navn == "Autorisasjon som sykepleier" and rad.kompetansetekst == ""
    assert (rad.trenger_3, rad.veier, rad.notat, rad.lopenummer) == (1000, "beholde,utvikle", "To linjer\nher", 1)
    assert [int(h.gap) for h in rad.ledd] == [2, 5, 965, 20]
    analyse.refresh_from_db()
    assert (analyse.endret, analyse.status) == (NAA, Gapstatus.I_ARBEID)
    uendret = sendt(analyse, f"rad:{rad.pk}")
    assert uendret.endret == {} and json.loads(uendret.initial["grunnlag"])["har_aarsverk"] == "34,4"


@pytest.mark.parametrize(
    ("felt", "verdi", "melding"),
    [
        ("trenger_0", "-3", "0 eller flere"),
        ("trenger_1", "2,5", "hele personer"),
        ("har", "10000", "mindre enn 10"),
        ("avgang_5", "mange", "Skriv et tall"),
        ("utdanning_1", "1e999", "mindre enn 10"),
        ("har", "9" * 5000, "mindre enn 10"),
        ("har_aarsverk", "-1", "mellom 0 og"),
        ("trenger_aarsverk_0", "NaN", "Skriv et tall"),
        ("kritisk", "9", "9"),
        ("veier", ["flytte"], "flytte"),
        ("notat", "x" * 2001, "2000"),
    ],
)
def test_det_som_ikke_kan_lagres_staar_med_melding_og_resten_lagres(analyse, felt, verdi, melding):
    rad = lag_rad(analyse, trenger_5=7)
    skjema = sendt(analyse, f"rad:{rad.pk}", **{felt: verdi, "trenger_3": "47"})
    assert not skjema.is_valid() and set(skjema.feil) == {felt} and melding in skjema.feil[felt]
    lagre(skjema)
    rad.refresh_from_db()
    assert (rad.trenger_3, rad.trenger_5) == (47, 7) and rad.har == 40


def test_to_som_svarer_paa_ulike_felt_mister_ingenting(analyse):
    rad = lag_rad(analyse)
    mitt = sendt(analyse, f"rad:{rad.pk}", trenger_0="43")
    lagre(sendt(analyse, f"rad:{rad.pk}", trenger_5="50", notat="Hei"))
    utfall = lagre(mitt)
    assert utfall.ulike == () and utfall.flettet
    rad.refresh_from_db()
    assert (rad.trenger_0, rad.trenger_5, rad.notat, rad.lopenummer) == (43, 50, "Hei", 2)


def test_to_som_svarer_ulikt_paa_det_samme_faar_velge(analyse):
    rad = lag_rad(analyse)
    mitt = sendt(analyse, f"rad:{rad.pk}", trenger_0="43", veier=[Vei.UTVIKLE], notat="Mitt")
    samme = sendt(analyse, f"rad:{rad.pk}", trenger_0="44")
    lagre(sendt(analyse, f"rad:{rad.pk}", trenger_0="44", veier=[Vei.BEHOLDE]))
    utfall = lagre(mitt)
    assert set(utfall.ulike) == {"trenger_0", "veier"}
    rad.refresh_from_db()
    assert (rad.trenger_0, rad.notat) == (44, "")  # nothing of it is written before the choice
    assert lagre(samme).ulike == ()  # the same answer is no conflict
    mitt.bruk_naa(utfall.objekt)
    valgt = mitt.data.copy()
    valgt["valg-" + mitt.add_prefix("veier")] = "deres"
    nytt = rad_skjema(utfall.objekt, valgt)
    nytt.bruk_valg()
    assert lagre(nytt).ulike == ()
    rad.refresh_from_db()
    assert (rad.trenger_0, rad.veier, rad.notat) == (43, "beholde", "Mitt")


def test_to_som_skriver_i_samme_tomme_felt(analyse):
    gjelder = f"swot:{Planomraade.TJENESTER.value}:{Swotslag.STYRKE.value}"
    lag_rad(analyse)
    forste, andre = sendt(analyse, gjelder, tekst="En"), sendt(analyse, gjelder, tekst="To")
    assert lagre(forste).ulike == () and lagre(andre).ulike == ("tekst",)
    assert Gapswot.objects.get().tekst == "En"


def test_skjema_uten_laas_eller_med_tull_er_alltid_gammelt(analyse):
    rad = lag_rad(analyse, trenger_0=43)
    data = querydict(data_fra(rad_skjema(rad), trenger_0="44"))
    for laas, grunnlag in (("", ""), ("abc", "[1]"), ("99999999999", "{" * 9000), ("-1", '{"x":1}')):
        data[f"rad-{rad.pk}-laas"], data[f"rad-{rad.pk}-grunnlag"] = laas, grunnlag
        assert "trenger_0" in lagre(skjema_for(analyse, f"rad:{rad.pk}", data)).ulike
    assert not rad_skjema(rad, querydict({f"rad-{rad.pk}-trenger_0": "9"})).er_sendt


@pytest.mark.parametrize("gjelder", ["", "rad:", "rad:x", "rad:99999999999999999", "swot:a:b", "svar:1", "annet:1"])
def test_ukjent_ting_finnes_ikke(analyse, gjelder):
    assert skjema_for(analyse, gjelder) is None


def test_rad_i_en_annen_analyse_finnes_ikke(analyse, kommunetre):
    annen = lag_rad(lag_analyse(analyse.runde, kommunetre.skolen))
    assert skjema_for(analyse, f"rad:{annen.pk}") is None


@pytest.mark.parametrize("hva", ["runden", "sendt", "godkjent"])
def test_ingenting_skrives_etter_stenging_og_det_skrevne_tas_vare_paa(analyse, hva, som):
    rad = lag_rad(analyse)
    skjema = sendt(analyse, f"rad:{rad.pk}", trenger_0="43")
    if hva == "runden":
        analyse.runde.status = Rundestatus.STENGT
        analyse.runde.save()
    else:
        Gapanalyse.objects.update(status=Gapstatus.LEVERT if hva == "sendt" else Gapstatus.GODKJENT)
    for skriv in (
        lambda: lagre(skjema),
        lambda: tjenester.gaa_videre(analyse=analyse, fra="rader", til="swot", av=None, naa=NAA),
        lambda: tjenester.send(analyse=analyse, av=None, naa=NAA),
        lambda: legg_til(analyse=analyse, slag=Gapradslag.OPPGAVE, navn=["a"], av=None, naa=NAA),
        lambda: legg_til_oppgave(analyse=analyse, oppgave="a", utfoeres_av="b", av=None, naa=NAA),
        lambda: sett_tatt_ut(objekt=rad, ut=True, av=None, naa=NAA),
    ):
        with pytest.raises(tjenester.Stengt):
            skriv()
    av = som("enhetsleder").bruker
    for verdier in ({"trenger_0": "43"}, {"trenger_0": "44", "notat": "x" * 9000}, {}):
        ta_vare_paa(analyse=analyse, gjelder=f"rad:{rad.pk}", verdier=verdier, av=av, naa=NAA)
    svar = Gapsentsvar.objects.get()
    assert svar.verdier["trenger_0"] == "44" and len(svar.verdier["notat"]) == 4000
    assert Gaprad.objects.get().trenger_0 is None


def test_returnert_analyse_kan_endres_og_sendes_paa_nytt(analyse):
    rad = lag_besvart(analyse)
    tjenester.send(analyse=analyse, av=None, naa=NAA)
    Gapanalyse.objects.update(status=Gapstatus.RETURNERT)
    lagre(sendt(analyse, f"rad:{rad.pk}", trenger_0="43"))
    tjenester.send(analyse=analyse, av=None, naa=NAA)
    analyse.refresh_from_db()
    assert (analyse.status, analyse.levert, analyse.steg) == (Gapstatus.LEVERT, NAA, "send")
    assert [h.status for h in analyse.historie.all()[:1]] == [Gapstatus.LEVERT]


def test_det_som_mangler_stopper_sendingen_med_navn(analyse):
    with pytest.raises(ValidationError, match="minst én"):
        tjenester.send(analyse=analyse, av=None, naa=NAA)
    rad = lag_rad(analyse, spesiell=True)
    Gapsporsmaal.objects.create(runde=analyse.runde, nummer=1, tekst="Hva er vanskelig?")
    assert len(radens_mangler(rad)) == 3
    with pytest.raises(ValidationError) as feil:
        tjenester.send(analyse=analyse, av=None, naa=NAA)
    assert all(m.startswith("Sykepleiere: ") for m in feil.value.messages)
    svar = {f"trenger_{om}": "60" for om in HORISONTER} | {"spesiell": "ja", "hvilken": "Eget", "kritisk": "2"}
    lagre(sendt(analyse, f"rad:{rad.pk}", **svar))
    rad.refresh_from_db()
    # All is answered, but nobody has gone through it.
    (igjen,) = [m for m in mangler(analyse, [rad]) if m.stopper]
    assert igjen.tekst == "Sykepleiere: se over tallene, og trykk «Neste»."
    tjenester.gaa_videre(analyse=analyse, fra=f"rad:{rad.pk}", til="oppgaver", av=None, naa=NAA)
    rad.refresh_from_db()
    minner = mangler(analyse, [rad])
    assert rad.besvart == NAA and [m.stopper for m in minner] == [False, False]
    assert "hva dere vil gjøre" in minner[0].tekst and "Hva er vanskelig?" in minner[1].tekst
    lagre(sendt(analyse, f"svar:{analyse.runde.sporsmaal.get().pk}", tekst="Nattevakter"))
    assert len(mangler(analyse, [rad])) == 1
    tjenester.send(analyse=analyse, av=None, naa=NAA)


def test_man_kommer_tilbake_der_man_slapp(analyse):
    rad = lag_rad(analyse)
    tjenester.gaa_videre(analyse=analyse, fra="rader", til=f"rad:{rad.pk}", av=None, naa=NAA)
    analyse.refresh_from_db()
    assert (analyse.steg, analyse.arbeid["ferdig"]) == (f"rad:{rad.pk}", ["rader"])
    tjenester.gaa_videre(analyse=analyse, fra="oppgaver", til="oppgaver", av=None, naa=NAA, ferdig=False)
    analyse.refresh_from_db()
    assert (analyse.steg, analyse.arbeid["ferdig"]) == ("oppgaver", ["rader"])


def test_kompetanse_som_ikke_trengs_glemmes_naar_raden_er_ferdig(analyse):
    rad = lag_besvart(analyse, spesiell=False, kompetansetekst="Kurs")
    tjenester.gaa_videre(analyse=analyse, fra=f"rad:{rad.pk}", til="swot", av=None, naa=NAA)
    rad.refresh_from_db()
    assert (rad.kompetansetekst, rad.lopenummer) == ("", 1)


def test_kompetanse_som_er_tatt_ut_av_katalogen_staar_der_den_er_valgt(analyse):
    k = Kompetanse.objects.create(navn="Gammel", type="ferdighet", form="real", nivaa="basis", tatt_ut=NAA.date())
    rad = lag_rad(analyse, spesiell=True, kompetanse=k)
    lagre(sendt(analyse, f"rad:{rad.pk}", trenger_0="4"))
    assert Gaprad.objects.get().kompetanse == k
    ny = lag_rad(analyse, "Annet")
    lagre(sendt(analyse, f"rad:{ny.pk}", hvilken="Gammel"))
    ny.refresh_from_db()
    assert (ny.kompetanse, ny.kompetansetekst) == (None, "Gammel")


def test_avgang_foelger_antallet_til_noen_retter_den(analyse):
    analyse.arbeid = {"alle": {"har": 10, "ventet": {"1": 1, "3": 3, "5": 5, "10": 8}}}
    analyse.save()
    rad = lag_rad(analyse, "Demens", slag=Gapradslag.KOMPETANSE, har=0)
    lagre(sendt(analyse, f"rad:{rad.pk}", har="6"))
    rad.refresh_from_db()
    assert (rad.avgang_1, rad.avgang_3, rad.avgang_5, rad.avgang_10) == (1, 2, 3, 5)
    lagre(sendt(analyse, f"rad:{rad.pk}", avgang_5="2"))
    lagre(sendt(analyse, f"rad:{rad.pk}", har="8"))
    rad.refresh_from_db()
    assert (rad.har, rad.avgang_5) == (8, 2)


def test_lim_inn_mange_avvises_samlet_med_grensen(analyse):
    with pytest.raises(ValidationError, match=f"Grensen er {MAKS_RADER}"):
        navn = [f"Kompetanse {n}" for n in range(10_000)]
        legg_til(analyse=analyse, slag=Gapradslag.KOMPETANSE, navn=navn, av=None, naa=NAA)
    with pytest.raises(ValidationError, match="for langt"):
        legg_til(analyse=analyse, slag=Gapradslag.OPPGAVE, navn=["a", "b" * 151], av=None, naa=NAA)
    with pytest.raises(ValidationError, match="Skriv hva"):
        legg_til(analyse=analyse, slag=Gapradslag.OPPGAVE, navn=["  ", ""], av=None, naa=NAA)
    assert Gaprad.objects.count() == 0
    nye = legg_til(analyse=analyse, slag=Gapradslag.OPPGAVE, navn=["Nattvakt", " nattvakt ", ""], av=None, naa=NAA)
    assert [r.navn for r in nye] == ["nattvakt"]
    assert legg_til(analyse=analyse, slag=Gapradslag.OPPGAVE, navn=["NATTVAKT"], av=None, naa=NAA) == []


def test_tatt_ut_er_borte_overalt_og_kommer_tilbake_med_svarene(analyse):
    rad = lag_besvart(analyse, notat="Viktig")
    oppgave = legg_til_oppgave(analyse=analyse, oppgave="Rydde", utfoeres_av="Alle", av=None, naa=NAA)
    for objekt in (rad, oppgave):
        sett_tatt_ut(objekt=objekt, ut=True, av=None, naa=NAA)
    assert (analyse.rader.count(), analyse.oppgaver.count(), Gapoppgave.objects.count()) == (0, 0, 0)
    assert skjema_for(analyse, f"rad:{rad.pk}") is None
    legg_til(analyse=analyse, slag=Gapradslag.OPPGAVE, navn=["sykepleiere"], av=None, naa=NAA)
    assert Gaprad.objects.get() == rad and Gaprad.objects.get().notat == "Viktig"
    sett_tatt_ut(objekt=Gapoppgave.alle.get(), ut=False, av=None, naa=NAA)
    assert analyse.oppgaver.get() == oppgave


def test_full_analyse_tar_ikke_inn_flere(analyse):
    lag_rad(analyse)
    ut = lag_rad(analyse, "Ute", tatt_ut=NAA)
    navn = [f"Oppgave {n}" for n in range(MAKS_RADER - 1)]
    legg_til(analyse=analyse, slag=Gapradslag.OPPGAVE, navn=navn, av=None, naa=NAA)
    with pytest.raises(ValidationError, match="plass til 0"):
        sett_tatt_ut(objekt=Gaprad.alle.get(pk=ut.pk), ut=False, av=None, naa=NAA)


def test_oppgavens_timer(analyse):
    oppgave = legg_til_oppgave(analyse=analyse, oppgave="Rydde", utfoeres_av="Alle", av=None, naa=NAA)
    gjelder = f"oppgave:{oppgave.pk}"
    umulig = {"andel": ("101", "-1"), "timer_per_uke": ("10000",), "oppgave": (" ",), "utfoeres_av": ("",)}
    for felt, verdier in umulig.items():
        assert all(list(sendt(analyse, gjelder, **{felt: v}).feil) == [felt] for v in verdier)
    lagre(sendt(analyse, gjelder, timer_per_uke="12,5", andel="40"))
    oppgave.refresh_from_db()
    assert oppgave.frigjort == 5
