"""The matrix: editions, cells written by two at once, findings that are accepted, history, pages, rights."""

import json
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from felles.laas import Foreldet
from kompetanse.matrise.enums import Gjelder, Matriserolle, Regel
from kompetanse.models import Matrise, Matriseendring, Matriserad, Matriseversjon
from kompetanse.queries.matrise import gjeldende, les_bilde, les_linje
from kompetanse.services import matrise as tjeneste
from organisasjon.enums import Rolle

pytestmark = pytest.mark.django_db
NAA = datetime(2026, 3, 1, 12, tzinfo=UTC)
DELTE = ("Strategisk ledelse", "Tverrfaglig samarbeid", "Implementering")


@pytest.fixture
def kommunens():
    return Matrise.objects.get(gjelder=Gjelder.KOMMUNE)


@pytest.fixture
def hr(som):
    return som("hr")


@pytest.fixture
def utkast(kommunens, hr):
    return tjeneste.lag_utkast(matrise=kommunens, av=hr.bruker, naa=NAA)


def celle(versjon, navn, rolle):
    return versjon.rader.get(navn=navn).celler.select_related("rad").get(rolle=rolle)


def skriv(c, tekst, av, forventet=None):
    return tjeneste.lagre_celle(celle=c, tekst=tekst, forventet=forventet or c.lopenummer, av=av, naa=NAA)


def godta_alle(versjon, av):
    for rad in versjon.rader.filter(navn__in=DELTE):
        tjeneste.godkjenn_funn(rad=rad, regel=Regel.FLERE_HA, grunn="Alle leder i eget område.", av=av, naa=NAA)


def test_utkastet_er_en_kopi_og_det_finnes_bare_ett(kommunens, utkast, hr):
    igjen = tjeneste.lag_utkast(matrise=kommunens, av=hr.bruker, naa=NAA)
    assert igjen == utkast and utkast.nummer == 2 and utkast.er_utkast
    foerste = kommunens.versjoner.get(nummer=1)
    innhold = [
        [(linje.rad.navn, c.rolle, c.innhold) for linje in les_bilde(v).linjer for c in linje.celler]
        for v in (foerste, utkast)
    ]
    assert innhold[0] == innhold[1]


def test_en_celle_lagres_med_hvem_naar_og_hva(utkast, hr):
    ny = skriv(celle(utkast, "Økonomistyring", "KS"), "ha: tjeneste;bs", hr.bruker)
    assert (ny.innhold, ny.lopenummer) == ("HA: tjeneste; BS", 2)
    e = Matriseendring.objects.first()
    assert (e.hva, e.foer, e.etter, e.av, e.tid) == (
        "Økonomistyring: Kommunalsjef",
        "BS",
        "HA: tjeneste; BS",
        hr.bruker,
        NAA,
    )


def test_to_om_samme_celle_mister_ingenting(utkast, hr):
    min_, din = celle(utkast, "Økonomistyring", "KS"), celle(utkast, "Økonomistyring", "KS")
    skriv(din, "HA: tjeneste", hr.bruker)
    with pytest.raises(Foreldet) as foreldet:
        skriv(min_, "U", hr.bruker)
    assert foreldet.value.naa.innhold == "HA: tjeneste"
    assert skriv(min_, "HA: tjeneste", hr.bruker).lopenummer == 2, "det samme er aldri en konflikt"
    skriv(celle(utkast, "Økonomistyring", "IT"), "U", hr.bruker)
    assert celle(utkast, "Økonomistyring", "KS").innhold == "HA: tjeneste"


def test_en_utgave_i_kraft_kan_ikke_endres(kommunens, hr):
    i_kraft = kommunens.versjoner.get(nummer=1)
    with pytest.raises(ValidationError, match="ikke lenger et utkast"):
        skriv(celle(i_kraft, "Økonomistyring", "KS"), "U", hr.bruker)


def test_merknad_godtas_med_grunn_og_gjelder_til_raden_endres(utkast, hr):
    rad = utkast.rader.get(navn="Strategisk ledelse")
    tjeneste.godkjenn_funn(rad=rad, regel="flere_ha", grunn="Alle leder sitt.", av=hr.bruker, naa=NAA)
    (treff,) = les_linje(Matriserad.objects.get(pk=rad.pk)).funn
    assert treff.godkjent.grunn == "Alle leder sitt." and treff.godkjent.av == hr.bruker
    skriv(celle(utkast, "Strategisk ledelse", "IT"), "BS", hr.bruker)
    (treff,) = les_linje(Matriserad.objects.get(pk=rad.pk)).funn
    assert treff.aapent


def test_regel_som_maa_foelges_kan_ikke_godtas(utkast, hr):
    skriv(celle(utkast, "Økonomistyring", "KD"), "BS", hr.bruker)
    rad = utkast.rader.get(navn="Økonomistyring")
    with pytest.raises(ValidationError, match="må følges"):
        tjeneste.godkjenn_funn(rad=rad, regel="en_oa", grunn="Fordi", av=hr.bruker, naa=NAA)
    with pytest.raises(ValidationError, match="ikke lenger noe"):
        tjeneste.godkjenn_funn(rad=rad, regel="flere_ha", grunn="Fordi", av=hr.bruker, naa=NAA)


def test_i_kraft_krever_at_alt_er_rettet_eller_godtatt(kommunens, utkast, hr):
    with pytest.raises(ValidationError, match="Strategisk ledelse"):
        tjeneste.sett_i_kraft(versjon=utkast, fra=date(2026, 4, 1), av=hr.bruker, naa=NAA)
    godta_alle(utkast, hr.bruker)
    with pytest.raises(ValidationError, match="Velg en dato etter"):
        tjeneste.sett_i_kraft(versjon=utkast, fra=date(2025, 12, 1), av=hr.bruker, naa=NAA)
    tjeneste.sett_i_kraft(versjon=utkast, fra=date(2026, 4, 1), av=hr.bruker, naa=NAA)
    dager = {dag: gjeldende(dag, [kommunens]).get(kommunens.pk) for dag in (date(2026, 3, 31), date(2026, 4, 1))}
    assert [v.nummer for v in dager.values()] == [1, 2]
    assert gjeldende(date(2025, 11, 30), [kommunens]) == {}


def test_rad_uten_oa_kan_ikke_settes_i_kraft(utkast, hr):
    godta_alle(utkast, hr.bruker)
    skriv(celle(utkast, "Tjenestekvalitet", "KD"), "", hr.bruker)
    with pytest.raises(ValidationError, match="Tjenestekvalitet"):
        tjeneste.sett_i_kraft(versjon=utkast, fra=date(2026, 4, 1), av=hr.bruker, naa=NAA)


def test_godtatt_merknad_foelger_med_til_neste_utgave(kommunens, utkast, hr):
    godta_alle(utkast, hr.bruker)
    tjeneste.sett_i_kraft(versjon=utkast, fra=date(2026, 4, 1), av=hr.bruker, naa=NAA)
    assert les_bilde(tjeneste.lag_utkast(matrise=kommunens, av=hr.bruker, naa=NAA)).aapne == []


def test_rader_legges_til_flyttes_og_slettes_i_utkastet(utkast, hr):
    rad = tjeneste.ny_rad(versjon=utkast, navn="Økonomistyring", av=hr.bruker, naa=NAA)
    assert rad.oppgave.nokkel == "okonomistyring-2"
    assert {c.rolle: c.innhold for c in rad.celler.all() if c.innhold} == {"KD": "OA", "EL": "BS; U"}
    tjeneste.flytt_rad(rad=rad, opp=True, av=hr.bruker, naa=NAA)
    assert [r.pk for r in utkast.rader.all()].index(rad.pk) == 14
    tjeneste.slett_rad(rad=rad, av=hr.bruker, naa=NAA)
    assert utkast.rader.count() == 15
    assert Matriseendring.objects.filter(hva="Slettet rad", foer__startswith="Økonomistyring (KD OA").exists()


def test_egen_matrise_for_sektor_og_tjeneste(kommunens, hr, kommunetre):
    kilde = kommunens.versjoner.get(nummer=1)
    felt = {"navn": "Helse", "gjelder": "enhet", "enhet": kommunetre.helse, "tjeneste": None, "kopi_av": kilde}
    ny = tjeneste.opprett_matrise(**felt, roller=["KS", "EL", "AL"], av=hr.bruker, naa=NAA)
    assert ny.rolleliste == [Matriserolle.KS, Matriserolle.EL, Matriserolle.AL]
    assert les_bilde(ny).linjer[0].funn, "uten kommunedirektøren mangler OA, og det sies"
    with pytest.raises(ValidationError):
        tjeneste.opprett_matrise(**felt, roller=["KS"], av=hr.bruker, naa=NAA)
    tjeneste.forkast_utkast(versjon=ny)
    assert Matrise.objects.count() == 1, "en matrise som aldri har vært i kraft, går med utkastet"


def post_celle(klient, versjon, c, tekst, nummer=None):
    data = {"celle": c.pk, "nummer": nummer or c.lopenummer, "tekst": tekst}
    adresse = reverse("kompetanse:lagre_celle", args=[versjon.pk])
    return klient.post(adresse, json.dumps(data), content_type="application/json")


def test_rutenettet_lagrer_en_celle_og_sier_hva_reglene_sier(utkast, hr):
    c = celle(utkast, "Økonomistyring", "KS")
    svar = post_celle(hr, utkast, c, "HA")
    assert svar.status_code == 200
    data = svar.json()
    assert (data["tekst"], data["nummer"], data["aapne"]) == ("HA", 2, 4)
    assert [f["grad"] for f in data["funn"]] == ["merknad"]
    foreldet = post_celle(hr, utkast, c, "U")
    assert foreldet.status_code == 409 and "«HA»" in foreldet.json()["feil"] and foreldet.json()["nummer"] == 2
    assert post_celle(hr, utkast, c, "U", nummer=2).status_code == 200


def test_rutenettet_taaler_raar_inndata(utkast, hr):
    c = celle(utkast, "Økonomistyring", "KS")
    adresse = reverse("kompetanse:lagre_celle", args=[utkast.pk])
    assert post_celle(hr, utkast, c, "tull").status_code == 422
    for raa in ("", "[]", "{", '{"celle": "x"}', '{"celle": 1e400}', "x" * 5000, "[" * 3000):
        assert hr.post(adresse, raa, content_type="application/json").status_code in {400, 422}, raa[:20]
    assert hr.post(adresse, '{"celle": 99999999999999999999999}', content_type="application/json").status_code == 422


def test_raden_lagres_uten_skript_og_viser_begge_ved_konflikt(utkast, hr):
    rad = utkast.rader.get(navn="Økonomistyring")
    adresse = reverse("kompetanse:rediger_rad", args=[rad.pk])
    skjema = hr.get(adresse).context["skjema"]
    data = {navn: felt.value() or "" for navn, felt in ((f.name, f) for f in skjema)}
    skriv(celle(utkast, "Økonomistyring", "KS"), "HA: tjeneste", hr.bruker)
    svar = hr.post(adresse, data | {"KS": "U", "IT": "U"})
    assert svar.status_code == 422
    assert svar.context["skjema"].konflikt == [("Kommunalsjef", "HA: tjeneste", "U")]
    assert celle(utkast, "Økonomistyring", "IT").innhold == "BS", "alt eller ingenting"
    igjen = {f.name: f.value() or "" for f in svar.context["skjema"]}
    assert hr.post(adresse, igjen).status_code == 302
    assert [celle(utkast, "Økonomistyring", r).innhold for r in ("KS", "IT")] == ["U", "U"]


def test_andres_endring_i_en_annen_celle_staar(utkast, hr):
    adresse = reverse("kompetanse:rediger_rad", args=[utkast.rader.get(navn="Økonomistyring").pk])
    data = {f.name: f.value() or "" for f in hr.get(adresse).context["skjema"]}
    skriv(celle(utkast, "Økonomistyring", "KS"), "HA: tjeneste", hr.bruker)
    assert hr.post(adresse, data | {"IT": "U"}).status_code == 302
    assert [celle(utkast, "Økonomistyring", r).innhold for r in ("KS", "IT")] == ["HA: tjeneste", "U"]


def test_forklaringen_endres_med_laas(kommunens, hr):
    versjon = kommunens.versjoner.get(nummer=1)
    adresse = reverse("kompetanse:matriseforklaring", args=[versjon.pk])
    data = {f.name: f.value() for f in hr.get(adresse).context["skjema"]}
    assert hr.post(adresse, data | {"tekst_ha": "Vår egen forklaring."}).status_code == 302
    assert hr.post(adresse, data | {"tekst_ha": "For sent."}).status_code == 422
    assert "Vår egen forklaring." in hr.get(reverse("kompetanse:matrise")).content.decode()


@pytest.mark.lik_paa_alle
@pytest.mark.parametrize("rolle", list(Rolle))
def test_hvem_som_ser_og_hvem_som_endrer(som, rolle, kommunens, utkast):
    klient, i_kraft, rad = som(rolle), kommunens.versjoner.get(nummer=1), utkast.rader.first()
    ser, endrer = 403 if rolle == Rolle.SYSTEMANSVARLIG else 200, 200 if rolle == Rolle.HR else 403
    for navn, *arg in (("matrise",), ("matrisehistorie", kommunens.pk), ("matriseutgave", i_kraft.pk), ("saker",)):
        assert klient.get(reverse(f"kompetanse:{navn}", args=arg)).status_code == ser, navn
    for navn, pk in (("rediger_matrise", utkast.pk), ("rediger_rad", rad.pk), ("sett_i_kraft", utkast.pk)):
        assert klient.get(reverse(f"kompetanse:{navn}", args=[pk])).status_code == endrer, navn
    c = rad.celler.first()
    assert post_celle(klient, utkast, c, c.innhold).status_code == endrer
    if rolle not in (Rolle.HR, Rolle.SYSTEMANSVARLIG):
        assert klient.get(reverse("kompetanse:matriseutgave", args=[utkast.pk])).status_code == 404


def test_lesere_ser_begrunnelsen_men_ikke_merknadene(som, kommunens, hr):
    versjon = kommunens.versjoner.get(nummer=1)
    rad = versjon.rader.get(navn="Implementering")
    assert (
        hr.post(reverse("kompetanse:godkjenn_funn", args=[rad.pk, "flere_ha"]), {"grunn": "Avtalt slik."}).status_code
        == 302
    )
    side = som("leser").get(reverse("kompetanse:matrise")).content.decode()
    assert "Avtalt slik." in side and "å ta stilling til" not in side
    assert "2 merknader å ta stilling til" in hr.get(reverse("kompetanse:matrise")).content.decode()


@pytest.mark.parametrize("rute", ["matriseutgave", "rediger_matrise"])
def test_fast_antall_spoerringer(utkast, hr, rute):
    adresse = reverse(f"kompetanse:{rute}", args=[utkast.pk])
    with CaptureQueriesContext(connection) as mange:
        hr.get(adresse)
    utkast.rader.exclude(pk=utkast.rader.first().pk).delete()
    with CaptureQueriesContext(connection) as en:
        hr.get(adresse)
    assert len(en) == len(mange) <= 14


def test_get_endrer_ingenting(kommunens, hr):
    assert hr.get(reverse("kompetanse:lag_utkast", args=[kommunens.pk])).status_code == 405
    assert Matriseversjon.objects.count() == 1


def test_paa_telefon_er_hver_rad_ett_navn_og_ett_svar_og_kan_soekes_i(kommunens, som):
    leser, adresse = som("leser"), reverse("kompetanse:matrise")
    tekst = leser.get(adresse).content.decode()
    assert tekst.count('<details name="matriserad">') == 15
    assert '<span class="navn">Økonomistyring</span><span class="under">Økonomisjefen avgjør</span>' in tekst
    treff = {n: leser.get(adresse, {"sok": n}).context["treff"] for n in ("TARIFF", "økonomistyring", "\x00zz")}
    assert [len(t) for t in treff.values()] == [3, 1, 0]
