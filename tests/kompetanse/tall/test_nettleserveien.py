"""The way through the browser, by HTTP: upload, columns, decisions, preview, confirm, undo; who may."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from analyse.models import Importprofil, Innlesing
from kompetanse.models import Kompetanse, Kompetanseinnlesing, Kompetansetall
from kompetanse.services import tallopplasting
from organisasjon.enums import Rolle
from organisasjon.models import Hendelse
from tests.kompetanse.tall.conftest import DAG

pytestmark = pytest.mark.django_db
HODE = ["Enhet", "Kompetanse", "Antall"]
RADER = [HODE, ["Hjemmetjenesten", "Sykepleier", 12], ["Sykehjemmet", "Sykepleier", 7]]
UKJENT = [*RADER, ["Hjemme nord", "Sykepleiar", 2], ["Brakka", "Dykking", 1], ["Åsen skole", "Sirkus", 3]]


@pytest.fixture
def hr(som, katalog):
    return som("hr")


def test_fra_fil_til_tall_med_logg(hr, fil, helt_fram):
    url = helt_fram(hr, fil(RADER))
    side = hr.get(url)
    assert side.context["visning"]["tall"] == 2 and "Klar til å leses inn" in side.content.decode()
    assert not Kompetanseinnlesing.objects.exists()
    svar = hr.post(url, follow=True)
    assert "2 tall fra Portalen er lest inn." in svar.content.decode()
    innlesing = Kompetanseinnlesing.objects.get()
    assert (innlesing.kilde, innlesing.dato, innlesing.opprettet_av) == ("Portalen", DAG, hr.bruker)
    assert Hendelse.objects.get(slag="kompetansetall").utfoert_av == hr.bruker
    logg = hr.get(reverse("organisasjon:logg"), {"slag": "kompetansetall"}).content.decode()
    assert "Portalen 01.11.2026" in logg and "Lest inn" in logg


def test_ukjente_avgjoeres_huskes_i_profilen_og_kan_tas_tilbake(hr, fil, helt_fram):
    url = helt_fram(hr, fil(UKJENT), lagre_som="Portalprofil")
    side = hr.get(url)
    spm = side.context["sporsmaal"]
    assert {(a["slag"], a["verdi"]) for a in spm.avgjorelser} == {
        ("enhet", "Hjemme nord"),
        ("enhet", "Brakka"),
        ("kompetanse", "Sykepleiar"),
        ("kompetanse", "Dykking"),
        ("kompetanse", "Sirkus"),
    }
    nr = {a["verdi"]: n for n, a in enumerate(spm.avgjorelser)}
    assert spm[f"hva_{nr['Sykepleiar']}"].value() == "Sykepleier"
    assert "Les inn tallene" not in side.content.decode()
    svar = {f"svar_{n}": "som" for n in nr.values()} | {"svar": "1", f"hva_{nr['Hjemme nord']}": "Finnes ikke"}
    feil = hr.post(url, svar)
    assert feil.status_code == 200 and "Fant det ikke hos oss" in feil.content.decode()
    assert 'value="Finnes ikke"' in feil.content.decode()
    svar |= {
        f"hva_{nr['Hjemme nord']}": "Hjemmetjenesten nord (311)",
        f"hva_{nr['Sykepleiar']}": "sykepleier",
        f"svar_{nr['Brakka']}": "utelat",
        f"svar_{nr['Dykking']}": "ny",
        f"svar_{nr['Sirkus']}": "utelat",
    }
    klar = hr.post(url, svar, follow=True)
    # Only the unit that is left out has it: nothing to add.
    assert klar.context["visning"]["nye_kompetanser"] == [] and klar.context["visning"]["utelatt"] == 2
    profil = Importprofil.objects.get(slag="kompetanse").oppsett
    assert profil["enheter"] == {"hjemme nord": "311", "brakka": "-"}
    assert profil["kompetanser"] == {"sykepleiar": "Sykepleier", "dykking": "+", "sirkus": "-"}
    igjen = hr.post(url, {"glem": "1"}, follow=True).context["sporsmaal"]
    # What was never used, is not taken back.
    assert {a["verdi"] for a in igjen.avgjorelser} == set(nr) - {"Dykking"}
    assert "enheter" not in Importprofil.objects.get(slag="kompetanse").oppsett
    nye = {"svar": "1"}
    for n, a in enumerate(igjen.avgjorelser):
        nye |= {f"{f}_{n}": svar.get(f"{f}_{nr[a['verdi']]}", "") for f in ("svar", "hva")}
    hr.post(url, nye)
    hr.post(url)
    tall = {
        (t.enhet.kode, t.kompetanse.navn): t.antall
        for t in Kompetansetall.objects.select_related("enhet", "kompetanse")
    }
    assert tall == {("310", "Sykepleier"): 12, ("320", "Sykepleier"): 7, ("311", "Sykepleier"): 2}


def test_ett_svar_for_alle_som_er_igjen(hr, fil, helt_fram):
    url = helt_fram(hr, fil([HODE, *([["Hjemmetjenesten", f"Kurs {n}", n] for n in range(8)])]))
    mangler = hr.post(url, {"svar": "1"})
    assert len(mangler.context["sporsmaal"].errors) == 8
    hr.post(url, {"svar": "1", "alle_kompetanser": "ny", "svar_0": "utelat"})
    hr.post(url)
    assert Kompetansetall.objects.count() == 7 and Kompetanse.objects.count() == 10


def test_problemer_vises_og_ingenting_kan_leses_inn(hr, fil, helt_fram):
    url = helt_fram(hr, fil([*RADER, ["Sykehjemmet", "Demensomsorg", -4]]))
    tekst = hr.get(url).content.decode()
    assert "Kan ikke være negativt" in tekst and '<td class="verdi">-4</td>' in tekst and "Les inn tallene" not in tekst
    assert hr.post(url).status_code == 200 and not Kompetanseinnlesing.objects.exists()
    assert isinstance(Innlesing.objects.get().forhaandsvisning["problemer"], str)


def test_samme_fil_og_samme_tall_endrer_ingenting(hr, fil, helt_fram, last_opp):
    hr.post(helt_fram(hr, fil(RADER)))
    assert (
        "Denne filen er lest inn fra før" in last_opp(hr, fil(RADER)).wsgi_request._messages._queued_messages[0].message
    )
    url = helt_fram(hr, fil([RADER[0], RADER[2], RADER[1]], "b.csv"), kilde=" portalen ")
    assert "Ingenting er nytt" in hr.get(url).content.decode()
    assert "Les inn tallene" not in hr.get(url).content.decode()
    annen = helt_fram(hr, fil([*RADER, ["Åsen skole", "Sykepleier", 1]], "c.csv"))
    assert "Andre tall fra Portalen er lest inn for denne datoen" in hr.get(annen).content.decode()
    assert Kompetanseinnlesing.objects.count() == 1


def test_endringer_siden_sist_og_angring_av_den_nyeste(hr, fil, helt_fram):
    hr.post(helt_fram(hr, fil(RADER)))
    neste = (DAG + timedelta(days=7)).isoformat()
    ny = [HODE, ["Hjemmetjenesten", "Sykepleier", 20], ["Åsen skole", "Demensomsorg", 1]]
    url = helt_fram(hr, fil(ny, "b.csv"), dato=neste)
    endringer = hr.get(url).context["visning"]["endringer"]
    assert {n: endringer[n] for n in ("nye", "borte", "flere", "faerre", "like")} == {
        "nye": 1, "borte": 1, "flere": 1, "faerre": 0, "like": 0,
    }  # fmt: skip
    assert endringer["storste"][0] == ["Hjemmetjenesten", "Sykepleier", 12, 20]
    hr.post(url)
    gammel, nyest = Kompetanseinnlesing.objects.order_by("pk")
    assert hr.post(reverse("kompetanse:tallangre", args=[gammel.pk])).status_code == 302
    assert Kompetanseinnlesing.objects.count() == 2
    angre = reverse("kompetanse:tallangre", args=[nyest.pk])
    assert "Angre Portalen" in hr.get(angre).content.decode() and Kompetanseinnlesing.objects.count() == 2
    assert "er angret" in hr.post(angre, follow=True).content.decode()
    assert [i.pk for i in Kompetanseinnlesing.objects.all()] == [gammel.pk]
    assert Hendelse.objects.filter(slag="kompetansetall").count() == 3


def test_stort_bortfall_maa_bekreftes(hr, fil, helt_fram, capsys):
    steder = ("Hjemmetjenesten", "Sykehjemmet", "Åsen skole", "Hjemmetjenesten nord")
    fag = ("Sykepleier", "Demensomsorg", "Ærlig språk")
    hr.post(helt_fram(hr, fil([HODE, *([s, k, 9] for s in steder for k in fag)])))
    assert Kompetansetall.objects.count() == 12
    url = helt_fram(hr, fil(RADER, "faa.csv"), dato="2026-11-20")
    side = hr.get(url).content.decode()
    assert "10 av tallene fra 1. november 2026 er ikke med" in side and "83,3 prosent av tallene er borte" in side
    avvist = hr.post(url)
    assert avvist.status_code == 422 and "Kryss av hvis det stemmer" in avvist.content.decode()
    with pytest.raises(CommandError):
        call_command("importer_kompetansetall", fil(RADER, "faa2.csv"), kilde="Portalen", dato="2026-11-20")
    assert "Godta bortfallet" in capsys.readouterr().err
    assert Kompetanseinnlesing.objects.count() == 1
    assert "2 tall fra Portalen" in hr.post(url, {"godta_bortfall": "on"}, follow=True).content.decode()


def test_to_samtidig_den_andre_maa_se_paa_nytt(hr, fil, helt_fram):
    foerste, andre = helt_fram(hr, fil(RADER)), helt_fram(hr, fil([*RADER, []], "b.csv"), dato="2026-11-02")
    hr.post(foerste)
    svar = hr.post(andre, follow=True)
    assert "i mellomtiden" in svar.content.decode() and Kompetanseinnlesing.objects.count() == 1
    assert svar.context["visning"]["endringer"]["like"] == 2
    hr.post(andre)
    assert Kompetanseinnlesing.objects.count() == 2


def test_kompetansen_kan_vaere_lagt_til_av_andre_i_mellomtiden(hr, fil, helt_fram):
    url = helt_fram(hr, fil([HODE, ["Hjemmetjenesten", "Dykking", 1]]))
    hr.post(url, {"svar": "1", "svar_0": "ny"})
    Kompetanse.objects.create(navn="dykking", type="kunnskap", form="formell", nivaa="basis")
    hr.post(url)
    assert (
        Kompetansetall.objects.get().kompetanse.navn == "dykking"
        and Kompetanse.objects.filter(navn__iexact="dykking").count() == 1
    )


@pytest.mark.parametrize(
    ("endret", "felt"),
    [
        ({"kilde": ""}, "kilde"),
        ({"kilde": "a\x00b"}, "kilde"),
        ({"dato": "2999-01-01"}, "dato"),
        ({"dato": "tull"}, "dato"),
        ({"radslag": "tull"}, "radslag"),
        ({"felt_enhet": ""}, "felt_enhet"),
        ({"felt_enhet": "Finnes ikke"}, "felt_enhet"),
        ({"felt_kompetanse": ""}, "felt_kompetanse"),
        ({"felt_antall": ""}, "felt_antall"),
        ({"felt_antall": "Kompetanse"}, "felt_antall"),
        ({"radslag": "enhet", "brede": []}, "brede"),
        ({"lagre_som": "x" * 81}, "lagre_som"),
    ],
)
def test_kolonnene_maa_stemme_og_det_som_er_skrevet_staar(hr, fil, last_opp, endret, felt):
    adresse = last_opp(hr, fil(RADER)).url
    skjema = hr.get(adresse).context["skjema"]
    data = {n: skjema[n].value() or ([] if n == "brede" else "") for n in skjema.fields}
    data |= {"kilde": "Portalen", "dato": DAG.isoformat()} | endret
    svar = hr.post(adresse, data)
    assert svar.status_code == 200 and felt in svar.context["skjema"].errors
    assert Innlesing.objects.get().forhaandsvisning is None


def test_feil_fil_beholder_valgene_og_sier_hva_som_er_galt(hr, tmp_path, last_opp):
    sti = tmp_path / "liste.csv"
    sti.write_bytes(b"%PDF-1.7")
    svar = last_opp(hr, sti, ark="Ark 2", overskriftsrad="3")
    assert "er en PDF-fil" in svar.content.decode() and 'value="Ark 2"' in svar.content.decode()
    assert not Innlesing.objects.exists()


def test_profilen_gjelder_bare_kompetansetall(hr, fil, helt_fram, last_opp):
    helt_fram(hr, fil(RADER), lagre_som="Visma")
    Importprofil.objects.create(slag="ansatte", navn="Visma", oppsett={})
    skjema = hr.get(reverse("kompetanse:tallfil")).context["skjema"]
    assert [str(p) for p in skjema.fields["profil"].queryset] == ["Visma"]
    svar = last_opp(hr, fil(RADER, "b.csv"), profil="Visma")
    assert hr.get(svar.url).context["skjema"]["kilde"].value() == "Portalen"
    assert hr.get(reverse("analyse:profiler")).content.decode().count("Visma") >= 2


@pytest.mark.parametrize("rolle", [r for r in Rolle if r != Rolle.HR])
def test_bare_hr_leser_inn(som, rolle, hr, fil, last_opp, kommunetre):
    klient, url = som(rolle), last_opp(hr, fil(RADER)).url
    for adresse in (reverse("kompetanse:tallfil"), reverse("kompetanse:tallinnlesinger"), url):
        assert klient.get(adresse).status_code == 403
    assert klient.post(reverse("kompetanse:tallavbryt", args=[Innlesing.objects.get().pk])).status_code == 403


def test_andres_opplastinger_finnes_ikke_og_gamle_slettes(hr, som, fil, last_opp):
    url = last_opp(hr, fil(RADER)).url
    assert som("hr").get(url).status_code == 404
    assert hr.get(url.replace("kompetanse/kompetansetall/les-inn", "analyse/uttrekk/ny")).status_code == 404
    Innlesing.objects.update(opprettet=timezone.now() - timedelta(days=2))
    last_opp(hr, fil(RADER, "b.csv"))
    assert Innlesing.objects.count() == 1


def test_lagret_innhold_leses_ikke_uten_nokkelen(hr, fil, helt_fram, settings):
    helt_fram(hr, fil(RADER))
    settings.SECRET_KEY = "en annen nøkkel"
    with pytest.raises(tallopplasting.Innlesingsfeil, match="Last opp filen på nytt"):
        tallopplasting.gjennomgaa(Innlesing.objects.get())
