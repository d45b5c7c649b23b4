"""The way through the browser, by HTTP: upload, columns, preview, decisions, confirm, undo."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from analyse.models import Ansattkategori, Ansettelse, Importprofil, Innlesing, Stilling, Uttrekk
from analyse.services import innlesing as tjeneste
from organisasjon.models import Enhet
from tests.analyse.innlesing.filer import FNR, rad, rader


def last_opp(klient, sti, **felt):
    fil = SimpleUploadedFile(sti.name, sti.read_bytes())
    return klient.post(reverse("analyse:innlesing_ny"), {"fil": fil, **felt})


def kolonnesvar(klient, url):
    skjema = klient.get(url).context["skjema"]
    return {n: skjema[n].value() or "" for n in skjema.fields}


@pytest.fixture
def hr(som):
    return som("hr")


def helt_fram(hr, sti, **valg):
    """Upload and confirm the columns; the address of the preview."""
    svar = last_opp(hr, sti)
    data = kolonnesvar(hr, svar.url)
    svar = hr.post(svar.url, data | valg)
    assert svar.status_code == 302, svar.context["skjema"].errors
    return svar.url


def test_fra_fil_til_uttrekk(hr, fil):
    url = helt_fram(hr, fil())
    side = hr.get(url)
    assert side.context["visning"]["rader"] == 12
    assert "12 fødselsnumre er fjernet" in side.content.decode()
    svar = hr.post(url, {"godta_nye_enheter": "on"}, follow=True)
    assert "Uttrekket er lest inn" in svar.content.decode()
    uttrekk = Uttrekk.objects.get()
    assert (uttrekk.antall_rader, uttrekk.antall_ansatte, uttrekk.opprettet_av) == (12, 12, hr.bruker)
    innlesing = Innlesing.objects.get()
    assert innlesing.innhold is None and innlesing.forhaandsvisning is None


def test_opplastingen_er_renset_og_kryptert(hr, fil):
    last_opp(hr, fil([rad(1, Etternavn="Hemmeligsen"), rad(2, Etternavn="Sjefsen", Stilling="Enhetsleder")]))
    innlesing = Innlesing.objects.get()
    raa = bytes(innlesing.innhold)
    assert FNR.encode() not in raa and b"Hemmeligsen" not in raa and b"Sjefsen" not in raa
    tabell = tjeneste.lager.pakk_ut(raa)
    celler = {c for unike in tabell.unike for c in unike}
    assert FNR not in celler and "Hemmeligsen" not in celler
    assert "Sjefsen" in celler


def test_fodselsnummer_i_navn_paa_fil_ark_og_profil(hr, fil):
    sti = fil(navn=f"liste {FNR}.xlsx")
    bok = load_workbook(sti)
    bok.active.title = f"Ark {FNR}"
    bok.create_sheet("Gammelt 158880-12345").append(["x"])
    bok.create_sheet("Skjult 158880 12345").sheet_state = "hidden"
    bok.save(sti)
    url = helt_fram(hr, sti, lagre_som=f"Lønn {FNR}")
    assert "12345" not in hr.get(url).content.decode()
    hr.post(url, {"godta_nye_enheter": "on"})
    lagret = [*Uttrekk.objects.values(), *Innlesing.objects.values(), *Importprofil.objects.values()]
    assert len(lagret) == 3 and "12345" not in str(lagret)
    assert Uttrekk.objects.get().kilde == "liste [fjernet].xlsx"


def test_avgjorelser_huskes(hr, fil):
    data = [*rader(8), rad(20, Ansattkategori="Vikariat"), rad(21, Stilling="Teamleder")]
    url = helt_fram(hr, fil(data), lagre_som="Lønnssystemet")
    side = hr.get(url)
    slag = [a["slag"] for a in side.context["visning"]["avgjorelser"]]
    assert slag == ["kategori", "leder"]
    assert "Les inn uttrekket" not in side.content.decode()
    svar = hr.post(url, {"svar": "1", "svar_0": "M"})
    assert svar.status_code == 200 and svar.context["sporsmaal"].errors
    svar = hr.post(url, {"svar": "1", "svar_0": "M", "svar_1": "ingen"}, follow=True)
    assert svar.context["bekreftelse"] is not None
    hr.post(url, {"godta_nye_enheter": "on"})
    assert Uttrekk.objects.get().antall_rader == 10
    assert "Vikariat" in Ansattkategori.objects.get(kode="M").verdier.splitlines()
    stilling = Stilling.objects.get(navn="Teamleder")
    assert stilling.ledervurdert and stilling.funksjon == ""
    assert Importprofil.objects.get().oppsett["kategorier"] == {"vikariat": "M"}


def test_problemer_vises_med_rad_kolonne_og_verdi(hr, fil):
    url = helt_fram(hr, fil([*rader(5), rad(9, **{"St.størrelse %": "900"})]))
    tekst = hr.get(url).content.decode()
    assert "Er over 200 %" in tekst and '<td class="verdi">900</td>' in tekst and "St.størrelse %" in tekst
    assert hr.get(url).context["bekreftelse"] is None
    lagret = Innlesing.objects.get().forhaandsvisning
    assert isinstance(lagret["problemer"], str)


def test_samme_fil_igjen_sier_fra(hr, fil):
    sti = fil()
    url = helt_fram(hr, sti)
    hr.post(url, {"godta_nye_enheter": "on"})
    svar = last_opp(hr, sti)
    tekst = hr.get(svar.url).content.decode()
    assert "Denne filen er lest inn fra før" in tekst
    assert Uttrekk.objects.count() == 1


def test_feil_fil_beholder_det_som_var_valgt(hr, tmp_path):
    sti = tmp_path / "liste.csv"
    sti.write_bytes(b"%PDF-1.7 ikke en liste")
    svar = last_opp(hr, sti, ark="Ark 2", tegnkoding="cp1252")
    assert svar.status_code == 200
    tekst = svar.content.decode()
    assert "er en PDF-fil" in tekst and 'value="Ark 2"' in tekst
    assert not Innlesing.objects.exists()


def test_tom_fil(hr, tmp_path):
    (tmp_path / "tom.csv").write_bytes(b"")
    assert "Filen er tom" in last_opp(hr, tmp_path / "tom.csv").content.decode()


def test_kolonner_kan_velges_for_haand(hr, fil):
    data = [{("Nøkkelord" if k == "Stilling" else k): v for k, v in r.items()} for r in rader(6)]
    kolonner = list(data[0])
    svar = last_opp(hr, fil(data, kolonner=kolonner))
    felt = kolonnesvar(hr, svar.url)
    assert felt["felt_stilling"] == ""
    mangler = hr.post(svar.url, felt)
    assert mangler.status_code == 200 and "felt_stilling" in mangler.context["skjema"].errors
    videre = hr.post(svar.url, felt | {"felt_stilling": "Nøkkelord"})
    assert hr.get(videre.url).context["visning"]["rader"] == 6


def test_to_overskriftsrader_velges(hr, fil):
    from tests.analyse.innlesing.filer import KOLONNER, TITLER

    svar = last_opp(hr, fil(titler=[*TITLER, KOLONNER]))
    side = hr.get(svar.url)
    assert "Flere rader kan være overskriften" in side.content.decode()
    felt = kolonnesvar(hr, svar.url)
    videre = hr.post(svar.url, felt | {"overskriftsrad": "5"})
    assert videre.url == svar.url
    videre = hr.post(svar.url, kolonnesvar(hr, svar.url))
    assert hr.get(videre.url).context["visning"]["rader"] == 12


def test_nedgang_krever_bekreftelse(hr, fil):
    hr.post(helt_fram(hr, fil(rader(20))), {"godta_nye_enheter": "on"})
    url = helt_fram(hr, fil(rader(10), navn="ny.xlsx"), uttrekksdato="2025-08-01")
    side = hr.get(url)
    assert "godta_nedgang" in side.context["bekreftelse"].fields
    assert hr.post(url, {}).status_code == 200
    assert Uttrekk.objects.count() == 1
    hr.post(url, {"godta_nedgang": "on"})
    assert Uttrekk.objects.count() == 2


def test_angre_til_et_nytt_folger(hr, fil):
    hr.post(helt_fram(hr, fil()), {"godta_nye_enheter": "on"})
    forste = Uttrekk.objects.get()
    hr.post(helt_fram(hr, fil(rader(13), navn="ny.xlsx"), uttrekksdato="2025-08-01"), {})
    assert Uttrekk.objects.count() == 2
    svar = hr.post(reverse("analyse:uttrekk_angre", args=[forste.pk]), follow=True)
    assert "kan ikke angres" in svar.content.decode() and Uttrekk.objects.count() == 2
    siste = Uttrekk.objects.latest("pk")
    assert "Dette skjer" in hr.get(reverse("analyse:uttrekk_angre", args=[siste.pk])).content.decode()
    hr.post(reverse("analyse:uttrekk_angre", args=[siste.pk]))
    hr.post(reverse("analyse:uttrekk_angre", args=[forste.pk]))
    assert not Uttrekk.objects.exists() and not Ansettelse.objects.exists()
    assert not Enhet.objects.filter(kode__startswith="310-").exists()


def test_avbryt_sletter(hr, fil):
    url = last_opp(hr, fil()).url
    svar = hr.post(url.replace("kolonner", "avbryt"))
    assert svar.status_code == 302 and not Innlesing.objects.exists()


def test_stor_fil_gaar_i_ko(hr, fil, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(tjeneste, "RADER_STRAKS", 5)
    url = helt_fram(hr, fil())
    with django_capture_on_commit_callbacks(execute=True):
        svar = hr.post(url, {"godta_nye_enheter": "on"})
    side = hr.get(svar.url)
    assert "<progress" in side.content.decode() and not Uttrekk.objects.exists()
    tjeneste.utfor(innlesing_id=Innlesing.objects.get().pk)
    tjeneste.utfor(innlesing_id=Innlesing.objects.get().pk)
    assert Uttrekk.objects.count() == 1
    assert "Uttrekket er lest inn" in hr.get(svar.url, headers={"HX-Request": "true"}).content.decode()


def test_andres_opplasting_finnes_ikke(hr, som, fil):
    url = last_opp(hr, fil()).url
    assert som("hr").get(url).status_code == 404


@pytest.mark.parametrize("rolle", ["enhetsleder", "leser", "kommunedirektor", "systemansvarlig"])
def test_uten_rett_gir_403_og_en_logglinje_uten_personopplysninger(som, fil, rolle, caplog):
    svar = last_opp(som(rolle), fil())
    assert svar.status_code == 403
    assert not Innlesing.objects.exists()
    assert any("/analyse/uttrekk/ny/" in p.getMessage() for p in caplog.records)
    assert FNR not in caplog.text and "Prøve" not in caplog.text


def test_gamle_opplastinger_slettes(hr, fil):
    from datetime import timedelta

    from django.utils import timezone

    last_opp(hr, fil())
    assert tjeneste.rydd_gamle() == 0
    assert tjeneste.rydd_gamle(naa=timezone.now() + timedelta(days=1, minutes=1)) == 1


def test_listen_sporrer_like_mye_med_ett_og_tre_uttrekk(hr, fil, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    antall = []
    for nr in (1, 2, 3):
        hr.post(
            helt_fram(hr, fil(rader(10 + nr), navn=f"{nr}.xlsx"), uttrekksdato=f"2025-0{nr}-01"),
            {"godta_nye_enheter": "on"},
        )
        with CaptureQueriesContext(
            connection,
        ) as maalt:
            assert hr.get(reverse("analyse:uttrekk_liste")).status_code == 200
        antall.append(len(maalt))
    assert Uttrekk.objects.count() == 3
    assert len(set(antall)) == 1 and antall[0] <= 15


def test_kolonner_som_ikke_ble_kjent_igjen_navngis(hr, fil):
    data = [{**{k: v for k, v in r.items() if k != "Kjønn"}, "Kj.": "K"} for r in rader(5)]
    sti = fil(data, kolonner=[*(k for k in data[0] if k != "Kj."), "Kj."])
    url = last_opp(hr, sti).url
    side = hr.get(url)
    assert [f.name for f in side.context["skjema"].mangler] == ["felt_kjonn"]
    assert side.context["skjema"].andre_problemer == [] and "Dette fant vi ikke" in side.content.decode()
    svar = hr.post(url, kolonnesvar(hr, url))
    assert "Velg hvilken kolonne i filen dette er." in svar.content.decode()


def test_forhaandsvisningen_sier_hva_som_endres_siden_sist(hr, fil):
    hr.post(helt_fram(hr, fil()), {"godta_nye_enheter": "on"})
    url = helt_fram(hr, fil([*rader(9), rad(50, Ansvar="320", Enhet="Sykehjem")]), uttrekksdato="2025-08-01")
    tekst = hr.get(url).content.decode()
    assert "Siden uttrekket 1. juli 2025" in tekst and "Ja, opprett de" in tekst
    assert "Sjekk at listen har med hele kommunen" in tekst
    feil = hr.post(url, {}).content.decode()
    assert "Kryss av hvis det stemmer." in feil and Uttrekk.objects.count() == 1


def test_feil_i_filen_staar_foran_spoersmaalene(hr, fil):
    url = helt_fram(hr, fil([*rader(5), rad(9, **{"St.størrelse %": "900"}), rad(20, Ansattkategori="Vikariat")]))
    tekst = hr.get(url).content.decode()
    assert "Filen kan ikke leses inn ennå" in tekst and "Svarene huskes til neste gang." not in tekst
    assert tekst.index('id="problemer"') < tekst.index('id="avgjor"')
    liste = hr.get(reverse("analyse:uttrekk_liste")).content.decode()
    assert "Noe må rettes eller avgjøres" in liste


def test_langt_filnavn_beholder_endelsen(hr, fil):
    opplasting = SimpleUploadedFile("ansatte " + "x" * 220 + fil().suffix, fil().read_bytes())
    assert hr.post(reverse("analyse:innlesing_ny"), {"fil": opplasting}).status_code == 302
    navn = Innlesing.objects.get().filnavn
    assert len(navn) <= 200 and navn.endswith("x" + fil().suffix)


def test_status_for_en_opplasting_som_ikke_er_bekreftet_leder_til_forhaandsvisningen(hr, fil):
    last_opp(hr, fil())
    innlesing = Innlesing.objects.get()
    svar = hr.get(reverse("analyse:innlesing_status", args=[innlesing.pk]))
    assert svar.status_code == 302 and "forhaandsvisning" in svar["Location"]
