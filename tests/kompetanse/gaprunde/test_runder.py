"""HR's side of a round, from preparing it to closing it: what is stored, who is told, what is refused."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from felles.laas import Foreldet, avtrykk
from kompetanse.gapforside import forsidekort
from kompetanse.gaprundevalg import les_paaminnelse
from kompetanse.models import Gapanalyse, Gaprunde, Gapsentsvar, Gapsporsmaal, Gapsvar
from kompetanse.services import gaprunde as tjenester
from kompetanse.services.gaprunde_enheter import sett_omfang
from organisasjon.enums import Rolle
from organisasjon.models import Hendelse, Tjeneste
from planer.services.varsler import velg_epost
from tests.fabrikk import lag_uttrekk
from tests.kompetanse.gaprunde.fabrikk import DAG, NAA, lag_analyse, lag_rad, lag_runde
from tests.planer.fabrikk import lag_delplan

pytestmark = pytest.mark.django_db
SKJEMA = {"navn": "Gapanalyse 2026", "aar": "2026", "frist": "2099-12-31", "ingress": "Kjære leder <b>"}


def side(navn, *arg):
    return reverse(f"kompetanse:{navn}", args=arg)


def ny_runde(hr) -> Gaprunde:
    svar = hr.post(side("ny_gaprunde"), SKJEMA)
    runde = Gaprunde.objects.get()
    assert svar["Location"] == side("gaprunde_enheter", runde.pk)
    return runde


def test_hele_veien_i_nettleseren(kommunetre, som, django_capture_on_commit_callbacks):
    hr, leder = som("hr"), som("enhetsleder")
    runde = ny_runde(hr)
    valg = {"enheter": [kommunetre.skolen.pk], "hurtig": [f"sektor-{kommunetre.helse.pk}"]}
    assert hr.post(side("gaprunde_enheter", runde.pk), valg).status_code == 302
    assert set(runde.analyser.values_list("navn", flat=True)) == {"Hjemmetjenesten", "Sykehjemmet", "Åsen skole"}
    for tekst in ("Hvorfor?", "Hva nå?"):
        hr.post(side("gaprunde_sporsmaal", runde.pk), {"tekst": tekst})
    foerste = Gapsporsmaal.objects.get(tekst="Hvorfor?")
    hr.post(side("flytt_gapsporsmaal", foerste.pk), {"retning": "ned"})
    assert list(runde.sporsmaal.values_list("tekst", flat=True)) == ["Hva nå?", "Hvorfor?"]
    bilde = hr.get(side("aapne_gaprunde", runde.pk)).context["bilde"]
    assert [(str(b), navn) for b, navn in bilde.faar_brev] == [(str(leder.bruker), "Hjemmetjenesten")]
    assert sorted(bilde.uten_leder) == ["Sykehjemmet", "Åsen skole"] and not bilde.feil and not bilde.svarer_alt
    annen = lag_analyse(lag_runde(navn="En annen"), kommunetre.hjemmetjenesten, status="i_arbeid")
    svar = hr.get(side("aapne_gaprunde", runde.pk))
    assert svar.context["bilde"].svarer_alt == [annen] and "En annen" in svar.content.decode()
    annen.runde.delete()
    assert (
        leder.get(side("gaprunder")).context["rader"] == [] and leder.get(side("gaprunde", runde.pk)).status_code == 404
    )
    with django_capture_on_commit_callbacks(execute=True):
        svar = hr.post(side("aapne_gaprunde", runde.pk), follow=True)
    assert "1 leder får e-post" in svar.content.decode()
    (brev,) = mail.outbox
    assert brev.to == [leder.bruker.email] and "31. desember 2099" in brev.subject
    assert "Kjære leder <b>" in brev.body and "Kjære leder &lt;b&gt;" in brev.alternatives[0][0]
    assert "/planer/varsler/avmeld/" in brev.extra_headers["List-Unsubscribe"]
    runde.refresh_from_db()
    assert runde.er_aapen and runde.aapnet and runde.historie.latest().history_user == hr.bruker
    assert not Gapanalyse.objects.filter(rader__isnull=False).exists()
    assert Hendelse.objects.filter(slag="gaprunde").count() == 1
    assert leder.get(side("gaprunde", runde.pk)).context["antall"] == 1


def test_den_som_ikke_vil_ha_epost_faar_ikke(kommunetre, som, django_capture_on_commit_callbacks):
    hr, leder = som("hr"), som("enhetsleder")
    velg_epost(bruker=leder.bruker, epost=False)
    runde = lag_runde("utkast")
    lag_analyse(runde, kommunetre.hjemmetjenesten, status="ikke_begynt")
    bilde = hr.get(side("aapne_gaprunde", runde.pk)).context["bilde"]
    assert not bilde.faar_brev and [str(b) for b, _navn in bilde.uten_brev] == [str(leder.bruker)]
    with django_capture_on_commit_callbacks(execute=True):
        assert tjenester.aapne_runde(runde=runde, av=hr.bruker, naa=NAA) == 0
    assert mail.outbox == []


def test_en_adresse_som_feiler_stopper_ikke_de_andre(kommunetre, som, django_capture_on_commit_callbacks, monkeypatch):
    hr, a, b = som("hr"), som("enhetsleder"), som("enhetsleder")
    type(a.bruker).objects.filter(pk=a.bruker.pk).update(email="ond\nadresse@x")
    runde = lag_runde("utkast")
    lag_analyse(runde, kommunetre.hjemmetjenesten, status="ikke_begynt")
    with django_capture_on_commit_callbacks(execute=True):
        assert tjenester.aapne_runde(runde=runde, av=hr.bruker, naa=NAA) == 2
    assert [brev.to for brev in mail.outbox] == [[b.bruker.email]]


def test_ingen_telles_to_ganger(kommunetre, som):
    hr, runde = som("hr"), lag_runde("utkast")
    adresse = side("gaprunde_enheter", runde.pk)
    svar = hr.post(adresse, {"enheter": [kommunetre.hjemmetjenesten.pk, kommunetre.hjemme_nord.pk]})
    assert svar.status_code == 422 and "ligger under Hjemmetjenesten" in svar.content.decode()
    assert not runde.analyser.exists()
    assert kommunetre.hjemme_nord.pk in svar.context["valg"].enhet_ider


def test_delplanens_enheter_svarer_sammen(kommunetre, som):
    hr, runde = som("hr"), lag_runde("utkast")
    plan = lag_delplan("Delplan for skole og barnehage", enheter=[kommunetre.skolen, kommunetre.barnehagen])
    adresse = side("gaprunde_enheter", runde.pk)
    data = {"hurtig": ["alle"], "delplaner": [str(plan.stamme)]}
    svar = hr.post(adresse, data, follow=True)
    assert "svarer sammen" in svar.content.decode()
    per_navn = {a.navn: a for a in runde.analyser.all()}
    assert set(per_navn) == {"Hjemmetjenesten", "Sykehjemmet", "Økonomi", plan.tittel}
    felles = per_navn[plan.tittel]
    assert felles.plan == plan.stamme
    assert set(felles.enheter.all()) == {kommunetre.skolen, kommunetre.barnehagen}
    assert plan.stamme in hr.get(adresse).context["valg"].stammer
    hr.post(adresse, {"enheter": [kommunetre.stab.pk]})
    assert list(runde.analyser.values_list("navn", flat=True)) == ["Økonomi"]


def test_hurtigvalg_for_tjenester_og_sektorer(kommunetre, som):
    tjeneste = Tjeneste.objects.create(navn="Grunnskole")
    tjeneste.enheter.add(kommunetre.skolen)
    valg = som("hr").get(side("gaprunde_enheter", lag_runde("utkast").pk)).context["valg"]
    assert {h.navn: len(h.enheter) for h in valg.hurtigvalg} == {
        "Alle enheter og staber": 5, "Helse og omsorg": 2, "Oppvekst": 2, "Bare grunnskole": 1,
    }  # fmt: skip


def test_aapen_runde_faar_nye_enheter_og_beholder_det_som_er_begynt(
    kommunetre, som, django_capture_on_commit_callbacks
):
    hr, leder = som("hr"), som("enhetsleder", kommunetre.skolen)
    runde = lag_runde()
    begynt = lag_analyse(runde, kommunetre.hjemmetjenesten, status="i_arbeid")
    adresse = side("gaprunde_enheter", runde.pk)
    svar = hr.post(adresse, {"enheter": [kommunetre.skolen.pk]})
    assert svar.status_code == 422 and "Hjemmetjenesten" in svar.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        hr.post(adresse, {"enheter": [kommunetre.skolen.pk, kommunetre.hjemmetjenesten.pk]})
    assert [b.to for b in mail.outbox] == [[leder.bruker.email]]
    assert set(runde.analyser.values_list("navn", flat=True)) == {"Hjemmetjenesten", "Åsen skole"}
    lag_rad(begynt)
    bekreft = side("fjern_gapanalyse", begynt.pk)
    assert hr.post(bekreft, {"navn": "feil"}).status_code == 422 and Gapanalyse.objects.filter(pk=begynt.pk).exists()
    assert hr.post(bekreft, {"navn": " hjemmetjenesten "}).status_code == 302
    assert not Gapanalyse.objects.filter(pk=begynt.pk).exists()
    godkjent = lag_analyse(runde, kommunetre.barnehagen)
    hr.post(side("fjern_gapanalyse", godkjent.pk))
    assert Gapanalyse.objects.filter(pk=godkjent.pk).exists()


def test_sporsmaal_med_svar_kan_ikke_tas_ut(kommunetre, som):
    hr, runde = som("hr"), lag_runde()
    spm = Gapsporsmaal.objects.create(runde=runde, nummer=1, tekst="Hvorfor?")
    Gapsvar.objects.create(analyse=lag_analyse(runde, kommunetre.skolen), sporsmaal=spm, tekst="Fordi")
    hr.post(side("slett_gapsporsmaal", spm.pk))
    assert Gapsporsmaal.objects.exists()
    Gapsvar.objects.all().delete()
    hr.post(side("slett_gapsporsmaal", spm.pk))
    assert not Gapsporsmaal.objects.exists()
    assert hr.post(side("gaprunde_sporsmaal", runde.pk), {"tekst": "a\x00b"}).status_code == 422


def test_frist_stenging_og_gjenaapning(kommunetre, som):
    hr, runde = som("hr"), lag_runde(frist=date(2026, 1, 1))
    analyse = lag_analyse(runde, kommunetre.skolen, status="i_arbeid")
    assert hr.post(side("gaprunde_frist", runde.pk), {"frist": "2020-01-01"}).status_code == 422
    hr.post(side("gaprunde_frist", runde.pk), {"frist": "2098-01-01"})
    Gapsentsvar.objects.create(analyse=analyse, gjelder="rad:1", tid=NAA)
    assert "1 analyse er ikke levert" in hr.get(side("steng_gaprunde", runde.pk)).content.decode()
    hr.post(side("steng_gaprunde", runde.pk))
    runde.refresh_from_db()
    assert (runde.frist, runde.status, bool(runde.stengt)) == (date(2098, 1, 1), "stengt", True)
    innhold = hr.get(side("gaprunde", runde.pk)).content.decode()
    assert "Runden ble stengt" in innhold and "Fristen var" not in innhold
    assert "1 svar kom etter at analysen var låst" in innhold
    with pytest.raises(ValidationError, match="kom deg i forkjøpet"):
        tjenester.steng_runde(runde=runde, av=hr.bruker, naa=NAA)
    with pytest.raises(ValidationError, match="stengt"):
        sett_omfang(runde=runde, enheter=[], delplaner=[], av=hr.bruker, naa=NAA)
    hr.post(side("gjenaapne_gaprunde", runde.pk), {"frist": "2099-01-01"})
    runde.refresh_from_db()
    assert runde.er_aapen and runde.stengt is None and runde.frist == date(2099, 1, 1)
    assert hr.get(side("slett_gaprunde", runde.pk)).status_code == 200
    hr.post(side("slett_gaprunde", runde.pk))
    assert Gaprunde.objects.filter(pk=runde.pk).exists()


def test_aapning_krever_enheter_og_frist(kommunetre, som):
    hr, runde = som("hr"), lag_runde("utkast", frist=date(2020, 1, 1))
    bilde = hr.get(side("aapne_gaprunde", runde.pk)).context["bilde"]
    assert [f.gjelder_frist for f in bilde.feil] == [False, True]
    hr.post(side("aapne_gaprunde", runde.pk))
    runde.refresh_from_db()
    assert runde.status == "utkast"
    hr.post(side("slett_gaprunde", runde.pk))
    assert not Gaprunde.objects.exists()


@pytest.mark.parametrize(("dato", "gammelt"), [(date(2024, 12, 31), True), (date(2025, 1, 1), False)])
def test_gammelt_uttrekk_sies_rolig_foer_runden_aapnes(kommunetre, som, dato, gammelt):
    hr, runde = som("hr"), lag_runde("utkast")
    lag_analyse(runde, kommunetre.skolen, status="ikke_begynt")
    lag_uttrekk([], dato)
    Gapsporsmaal.objects.create(runde=runde, nummer=1, tekst="Hvorfor?")
    svar = hr.get(side("aapne_gaprunde", runde.pk))
    bilde = svar.context["bilde"]
    assert bilde.gamle_tall == (dato if gammelt else None) and bilde.sporsmaal == 1 and not bilde.feil
    assert ("Uttrekket er fra 31. desember 2024" in svar.content.decode()) == gammelt


def test_aapen_runde_beholder_aar_og_uttrekk_og_foreldet_lagring_stoppes(som):
    hr, runde = som("hr"), lag_runde()
    assert set(hr.get(side("endre_gaprunde", runde.pk)).context["skjema"].fields) == {"laas", "navn", "ingress"}
    gammelt = avtrykk(runde, tjenester.FELTER_RUNDE)
    tjenester.lagre_runde(runde=runde, verdier={"navn": "Ny", "aar": 2000}, av=hr.bruker, forventet=gammelt)
    runde.refresh_from_db()
    assert (runde.navn, runde.aar) == ("Ny", 2026)
    with pytest.raises(Foreldet):
        tjenester.lagre_runde(runde=runde, verdier={"navn": "Igjen"}, av=hr.bruker, forventet=gammelt)


@pytest.mark.parametrize(
    ("felt", "verdi"),
    [
        *(("navn", ""), ("navn", "a\x00b"), ("aar", "99999999999999999"), ("uttrekk", "9" * 30)),
        *(("frist", "2026-13-45"), ("frist", "2020-01-01")),
    ],
)
def test_ugyldig_runde_sier_hva_som_er_galt_og_beholder_resten(som, felt, verdi):
    svar = som("hr").post(side("ny_gaprunde"), SKJEMA | {felt: verdi})
    assert svar.status_code == 422 and felt in svar.context["skjema"].errors and not Gaprunde.objects.exists()
    assert "Kjære leder &lt;b&gt;" in svar.content.decode()


# Reminders


def test_paaminnelsen_gaar_til_dem_som_ikke_har_levert(kommunetre, som, django_capture_on_commit_callbacks):
    hr, leder = som("hr"), som("enhetsleder")
    som("enhetsleder", kommunetre.skolen)  # has sent the answer
    runde = lag_runde()
    lag_analyse(runde, kommunetre.hjemmetjenesten, status="returnert")
    lag_analyse(runde, kommunetre.skolen, status="levert")
    assert "Påminn 1 leder" in hr.get(side("gaprunde", runde.pk)).content.decode()
    adresse = side("paaminn_gaprunde", runde.pk)
    bekreftelse = hr.get(adresse)
    vist = bekreftelse.context["side"]
    assert vist.liste == ((str(leder.bruker), "Hjemmetjenesten"),) and not vist.merk and mail.outbox == []
    for kode in (302, 422):  # the second time somebody else has sent it in between
        with django_capture_on_commit_callbacks(execute=True):
            svar = hr.post(adresse, vist.skjult)
        assert svar.status_code == kode
        assert [b.to for b in mail.outbox] == [[leder.bruker.email]]
    assert "Sist påminnet i dag kl. " in svar.content.decode()
    runde.refresh_from_db()
    assert runde.paaminnet and "Sist påminnet" in hr.get(side("gaprunde", runde.pk)).content.decode()
    Gapanalyse.objects.update(status="levert")
    assert "Alle har levert, så det er ingen å påminne" in hr.get(adresse, follow=True).content.decode()
    assert "Det er ingen å påminne" in hr.get(side("gaprunde", runde.pk)).content.decode()


@pytest.mark.parametrize(("timer", "ord_"), [(None, ""), (25, ""), (23, "i går kl. 11.00"), (2, "i dag kl. 08.00")])
def test_en_paaminnelse_nylig_sies_foer_den_neste(som, timer, ord_):
    runde = lag_runde(paaminnet=None if timer is None else NAA - timedelta(hours=timer))
    nylig = les_paaminnelse(runde, som("hr").bruker, NAA).nylig
    assert ord_ in nylig if ord_ else nylig == ""


@pytest.mark.parametrize(
    ("dager_til_frist", "paaminnet_for", "skal"),
    [
        (8, None, False),
        (7, None, True),
        (0, None, True),
        (5, 1, False),  # reminded within the window
        (5, 30, True),  # reminded long before
        (-1, 3, True),  # before the deadline, not after
        (-9, 3, False),
    ],
)
def test_nattjobben_paaminner_en_gang_foer_og_en_gang_etter(dager_til_frist, paaminnet_for, skal):
    naar = None if paaminnet_for is None else NAA - timedelta(days=paaminnet_for)
    runde = Gaprunde(frist=DAG + timedelta(days=dager_til_frist), paaminnet=naar)
    assert tjenester.skal_paaminnes(runde, DAG, 7) == skal


def test_kommandoen_sender_og_husker(kommunetre, som, django_capture_on_commit_callbacks):
    som("enhetsleder")
    runde = lag_runde(frist=DAG + timedelta(days=3))
    lag_analyse(runde, kommunetre.hjemmetjenesten, status="ikke_begynt")
    for ventet in (1, 1):
        ut = StringIO()
        with django_capture_on_commit_callbacks(execute=True):
            call_command("paaminn_gapanalyser", "--dag", DAG.isoformat(), stdout=ut)
        assert len(mail.outbox) == ventet
    assert Hendelse.objects.get().utfoert_av is None
    for feil in (["--dag", "tull"], ["--dager", "-1"]):
        with pytest.raises(CommandError):
            call_command("paaminn_gapanalyser", *feil)


# The list, the overview and who may what


def test_oversikten_har_fast_antall_spoerringer_og_filtre(kommunetre, som):
    hr, leder, runde = som("hr"), som("enhetsleder"), lag_runde(frist=date(2026, 1, 1))
    adresse, tall = side("gaprunde", runde.pk), []
    for enheter in ([kommunetre.hjemmetjenesten], [kommunetre.skolen, kommunetre.stab]):
        for enhet in enheter:
            lag_rad(lag_analyse(runde, enhet, status="i_arbeid"))
        with CaptureQueriesContext(connection) as fanget:
            assert hr.get(adresse).status_code == 200
        tall.append(len(fanget))
    assert tall[0] == tall[1] <= 15
    linjer = {linje.rad.navn: linje for linje in hr.get(adresse).context["linjer"]}
    assert linjer["Hjemmetjenesten"].ledere == str(leder.bruker) and linjer["Hjemmetjenesten"].over_fristen
    assert linjer["Åsen skole"].adresse == reverse("organisasjon:roller") and linjer["Åsen skole"].andel == "1 av 1"
    for filter_, navn in (({"sektor": "Oppvekst"}, ["Åsen skole"]), ({"sok": "økonomi"}, ["Økonomi"])):
        assert [linje.rad.navn for linje in hr.get(adresse, filter_).context["linjer"]] == navn
    assert hr.get(adresse, {"status": "levert", "sok": "\x00"}).context["linjer"] == []
    with CaptureQueriesContext(connection) as fanget:
        hr.get(side("gaprunder"))
    assert len(fanget) <= 8


BARE_HR = ("endre_gaprunde", "gaprunde_enheter", "gaprunde_sporsmaal", "aapne_gaprunde", "slett_gaprunde",
           "gaprunde_frist", "gjenaapne_gaprunde", "steng_gaprunde")  # fmt: skip


@pytest.mark.lik_paa_alle
@pytest.mark.parametrize("rolle", list(Rolle))
def test_hvem_ser_runden_og_hvem_styrer_den(kommunetre, som, rolle):
    runde, klient = lag_runde(), som(rolle)
    lag_analyse(runde, kommunetre.hjemmetjenesten, status="levert")
    lag_analyse(runde, kommunetre.skolen, status="levert")
    utkast = lag_runde("utkast")
    ingen = rolle in (Rolle.SYSTEMANSVARLIG, Rolle.LESER)
    svar = klient.get(side("gaprunde", runde.pk))
    ventet = 403 if ingen else 404 if rolle == Rolle.AVDELINGSLEDER else 200
    assert svar.status_code == ventet
    if ventet == 200:
        bare_helse = rolle in (Rolle.KOMMUNALSJEF, Rolle.ENHETSLEDER)
        assert {linje.rad.navn for linje in svar.context["linjer"]} == (
            {"Hjemmetjenesten"} if bare_helse else {"Hjemmetjenesten", "Åsen skole"}
        )
    assert klient.get(side("gaprunde", utkast.pk)).status_code == (403 if ingen else 200 if rolle == Rolle.HR else 404)
    for rute in BARE_HR:
        assert klient.get(side(rute, runde.pk)).status_code == (
            403 if rolle != Rolle.HR else 200 if rute != "aapne_gaprunde" and rute != "gjenaapne_gaprunde" else 302
        ), rute
    assert klient.post(side("paaminn_gaprunde", runde.pk)).status_code == (302 if rolle == Rolle.HR else 403)


def test_tom_liste_sier_hva_som_kommer(som):
    assert "Lag den første runden" in som("hr").get(side("gaprunder")).content.decode()
    assert "Når HR åpner en runde" in som("tillitsvalgt").get(side("gaprunder")).content.decode()


# The cards on the overview page


def test_kortet_paa_forsiden_sier_hva_som_venter(kommunetre, som):
    runde = lag_runde()
    enhet = lag_analyse(runde, kommunetre.hjemmetjenesten, status="levert")
    stab = lag_analyse(runde, kommunetre.stab, status="levert")
    paa_tvers = lag_analyse(runde, kommunetre.sykehjemmet, kommunetre.skolen, status="levert", navn="Delplan")
    sjef, topp = som("kommunalsjef"), som("kommunedirektor")
    som("kommunalsjef", kommunetre.stab)  # the head of the staff does not stand over it
    lag_analyse(runde, kommunetre.barnehagen, status="levert", av=topp.bruker)
    kort = {}
    for navn, klient in (("sjef", sjef), ("topp", topp), ("leder", som("enhetsleder"))):
        svar = klient.get("/analyse/")
        with CaptureQueriesContext(connection) as fanget:
            forsidekort(svar.wsgi_request)
        deler = dict(svar.context["forsidekort"])
        venter = deler.get("kompetanse/gaprunde/_kort_godkjenner.html", {}).get("venter", [])
        kort[navn] = {a["pk"] for a in venter}
        assert len(fanget) <= 1
        paa_min_side = klient.get(reverse("planer:mine")).content.decode()
        assert all((side("gapgodkjenning", pk) in paa_min_side) == (pk in kort[navn]) for pk in (enhet.pk, stab.pk))
    assert kort == {"sjef": {enhet.pk}, "topp": {stab.pk, paa_tvers.pk}, "leder": set()}
    innhold = som("hr").get("/analyse/").content.decode()
    assert "4 av 4 har levert gapanalysen" in innhold
    assert "gapanalyse" not in som("leser").get("/analyse/").content.decode().split("<main")[1]
