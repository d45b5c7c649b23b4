"""The shapes of files: counted, or people to be counted; what is added up, and every problem by row and column."""

from datetime import date

import pytest

from analyse.innlesing.problem import Innlesingsfeil
from kompetanse.models import Kompetanse, Kompetanseinnlesing, Kompetansetall

pytestmark = pytest.mark.django_db
LANG = [
    ["Enhet", "Kompetanse", "Antall"],
    ["Hjemmetjenesten", "Sykepleier", 12],
    ["hjemmetjenesten", "demensomsorg", "1 003"],
    ["Åsen skole", "ÆRLIG språk", 0],
    [],
    ["Sum", "", 1015],
]


def tall(innlesing=None):
    """Unit and competence → count."""
    utvalg = Kompetansetall.objects.filter(innlesing=innlesing) if innlesing else Kompetansetall.objects.all()
    return {(t.enhet.navn, t.kompetanse.navn): t.antall for t in utvalg.select_related("enhet", "kompetanse")}


def problemer(kjor):
    with pytest.raises(Innlesingsfeil) as feil:
        kjor()
    return [(p.rad, p.kolonne, p.verdi, p.melding) for p in feil.value.problemer]


@pytest.mark.parametrize(("navn", "koding"), [("tall.csv", "utf-8"), ("tall.csv", "cp1252"), ("tall.xlsx", "")])
def test_en_rad_for_hver_enhet_og_kompetanse(fil, les, navn, koding):
    svar = les(fil(LANG, navn, koding))
    assert tall() == {
        ("Hjemmetjenesten", "Sykepleier"): 12,
        ("Hjemmetjenesten", "Demensomsorg"): 1003,
        ("Åsen skole", "Ærlig språk"): 0,
    }
    innlesing = Kompetanseinnlesing.objects.get()
    assert (innlesing.kilde, innlesing.dato, innlesing.antall_rader) == ("Portalen", date(2026, 11, 1), 3)
    assert svar.svar["status"] == "lest_inn" and "Rad 6 er en sumlinje og er ikke lest." in svar.svar["meldinger"]


def test_en_kolonne_for_hver_kompetanse(fil, les):
    rader = [
        ["Enhet", "Sykepleier", "Demensomsorg", "Sum"],
        ["Hjemmetjenesten", 12, "", 12],
        ["Sykehjemmet", 30, 4, 34],
    ]
    svar = les(fil(rader))
    assert svar.svar["innlesing"]["radslag"] == "enhet"
    assert tall() == {
        ("Hjemmetjenesten", "Sykepleier"): 12,
        ("Sykehjemmet", "Sykepleier"): 30,
        ("Sykehjemmet", "Demensomsorg"): 4,
    }


def test_en_rad_for_hver_person_telles_og_glemmes(fil, les):
    rader = [
        ["Ansattnr", "Navn", "Enhet", "Sykepleier", "Demensomsorg", "Demens, nivå 2"],
        [1, "Kari Nordmann", "Hjemmetjenesten", "x", "Ja", "x"],
        [2, "Ola Nordmann", "Hjemmetjenesten", "nei", "", "x"],
        [3, "Ås Ærlig", "Sykehjemmet", "1", "-", ""],
        [3, "Ås Ærlig", "Sykehjemmet", "x", "", ""],
    ]
    # Two columns that are the same competence: a person with a mark in either has it, once.
    svar = les(fil(rader), kompetanser={"Demens, nivå 2": "Demensomsorg"})
    assert svar.svar["innlesing"]["radslag"] == "person"
    assert tall() == {
        ("Hjemmetjenesten", "Sykepleier"): 1,
        ("Hjemmetjenesten", "Demensomsorg"): 2,
        ("Sykehjemmet", "Sykepleier"): 2,
        ("Sykehjemmet", "Demensomsorg"): 0,
    }
    assert any("Ansattnr, Navn" in m for m in svar.svar["meldinger"])
    assert any("1 person står på flere rader" in m for m in svar.svar["meldinger"])


def test_en_rad_for_hver_person_og_kompetanse_telles_en_gang_per_person(fil, les):
    rader = [
        ["Ansattnr", "Enhet", "Kompetanse", "Dato"],
        [1, "Hjemmetjenesten", "Sykepleier", "01.02.2020"],
        [1, "Hjemmetjenesten", "Sykepleier", "01.02.2026"],
        [1, "Sykehjemmet", "Sykepleier", ""],
        [2, "Hjemmetjenesten", "Sykepleier", ""],
    ]
    svar = les(fil(rader))
    assert tall() == {("Hjemmetjenesten", "Sykepleier"): 2, ("Sykehjemmet", "Sykepleier"): 1}
    assert any("1 rad sa det samme om samme person" in m for m in svar.svar["meldinger"])


def test_like_par_legges_sammen_og_det_sies(fil, les):
    rader = [*LANG[:2], ["310", "Sykepleier", 3], ["Hjemmetjenesten", "Sykepleier", 1]]
    rader[0] = ["Enhetskode", "Kompetanse", "Antall"]
    rader[1] = ["310", "Sykepleier", 12]
    svar = les(fil(rader), enheter={"Hjemmetjenesten": "310"})
    assert tall() == {("Hjemmetjenesten", "Sykepleier"): 16}
    assert "Én enhet og kompetanse står på flere rader. Antallene er lagt sammen." in svar.svar["meldinger"]


def test_alle_feil_sies_paa_en_gang_med_rad_kolonne_og_verdi(fil, les):
    rader = [
        LANG[0],
        ["Hjemmetjenesten", "Sykepleier", -1],
        ["Hjemmetjenesten", "Demensomsorg", "2,5"],
        ["Sykehjemmet", "Sykepleier", "mange"],
        ["Sykehjemmet", "Demensomsorg", "10 000"],
        ["Sykehjemmet", "Ærlig språk", ""],
        ["", "Sykepleier", 1],
        ["Nedlagt", "Dykking", "50 %"],
        ["Åsen skole", "=1+1", 4],
    ]
    funnet = problemer(lambda: les(fil(rader)))
    assert {
        (2, "Antall", "-1", "kan ikke være negativt"),
        (3, "Antall", "2,5", "må være et helt tall"),
        (4, "Antall", "mange", "er ikke et tall"),
        (5, "Antall", "10 000", "er for stort. Det høyeste er 9 999"),
        (6, "Antall", "", "mangler"),
        (7, "Enhet", "", "mangler"),
        (8, "Enhet", "Nedlagt", "er en ukjent enhet"),
        (8, "Kompetanse", "Dykking", "er ikke i kompetansekatalogen"),
        (8, "Antall", "50 %", "er en prosent, ikke et antall"),
    } <= set(funnet)
    assert any(rad == 9 and "formel" in melding for rad, _k, _v, melding in funnet)
    assert not Kompetanseinnlesing.objects.exists() and Kompetanse.objects.count() == 3


def test_summen_i_en_enhet_kan_bli_for_stor(fil, les):
    rader = [LANG[0], ["Hjemmetjenesten", "Sykepleier", 9999], ["Hjemmetjenesten", "Sykepleier", 1]]
    assert "Summen for én enhet er" in problemer(lambda: les(fil(rader)))[0][3]


def test_det_som_er_bestemt_brukes_og_en_ny_kompetanse_legges_til(fil, les):
    rader = [*LANG[:2], ["Hjemme", "Dykking", 2], ["Brakka", "Sykepleier", 1], ["Åsen skole", "Tull", 7]]
    bestemt = {"enheter": {"hjemme": "310", "Brakka": "-"}, "kompetanser": {"DYKKING": "+", "tull": "-"}}
    svar = les(fil(rader), **bestemt)
    assert tall() == {("Hjemmetjenesten", "Sykepleier"): 12, ("Hjemmetjenesten", "Dykking"): 2}
    assert svar.svar["nye_kompetanser"] == ["Dykking"] and svar.svar["utelatt"] == 2
    ny = Kompetanse.objects.get(navn="Dykking")
    assert (ny.type, ny.form, ny.nivaa, ny.historie.count()) == ("kunnskap", "formell", "basis", 1)


def test_to_enheter_med_samme_navn_avgjoeres(fil, les, kommunetre):
    kommunetre.hjemme_nord.navn = "Sykehjemmet"
    kommunetre.hjemme_nord.save()
    rader = [LANG[0], ["Sykehjemmet", "Sykepleier", 2]]
    assert problemer(lambda: les(fil(rader)))[0][3] == "flere enheter har dette navnet"
    les(fil(rader), enheter={"Sykehjemmet": "311"})
    assert Kompetansetall.objects.get().enhet == kommunetre.hjemme_nord


def test_rader_fra_flere_datoer_bare_den_valgte_er_med(fil, les):
    rader = [
        [*LANG[0], "Dato"],
        ["Hjemmetjenesten", "Sykepleier", 9, "01.11.2025"],
        ["Sykehjemmet", "Sykepleier", 5, "01.11.2026"],
    ]
    svar = les(fil(rader), dato=None)
    assert tall() == {("Sykehjemmet", "Sykepleier"): 5} and svar.innlesing.dato == date(2026, 11, 1)
    assert "1 rad gjelder en annen dato, og er ikke med." in svar.svar["meldinger"]
    assert (
        "Ingen rader gjelder 02.01.2020"
        in problemer(lambda: les(fil([*rader, []], "b.csv"), dato=date(2020, 1, 2)))[0][3]
    )


@pytest.mark.parametrize("dato", [date(2999, 1, 1), date(1980, 1, 1)])
def test_en_dato_som_ikke_kan_stemme_stoppes(fil, les, dato):
    assert "Datoen kan ikke stemme" in problemer(lambda: les(fil(LANG), dato=dato))[0][3]


def test_uten_dato_kilde_eller_kolonner_sies_hva_som_mangler(fil, les):
    melding = " ".join(p[3] for p in problemer(lambda: les(fil(LANG), dato=None, kilde="")))
    assert "Oppgi hvilket system" in melding and "Fant ingen dato" in melding
    uten = problemer(lambda: les(fil([["Enhet", "Kompetanse"], ["Hjemmetjenesten", "Sykepleier"]]), radslag="telling"))
    assert uten[0][1] == "Antall" and "Kolonnen mangler" in uten[0][3]
    assert "overskriftsrad" in problemer(lambda: les(fil([["a", "b"], [1, 2]])))[0][3]


def test_merker_ingen_har_sagt_hva_betyr_avgjoeres_en_gang(fil, les):
    hode = ["Navn", "Enhet", "Sykepleier", "Demensomsorg"]
    rader = [
        hode,
        ["Kari Nordmann", "Hjemmetjenesten", "Fullført", "Utløpt"],
        ["Ola Nordmann", "Sykehjemmet", "Fullført", ""],
    ]
    funnet = problemer(lambda: les(fil(rader)))
    assert [(p[2], p[3]) for p in funnet] == [
        ("Fullført", "er et tegn vi ikke vet hva betyr (gjelder 2 rader)"),
        ("Utløpt", "er et tegn vi ikke vet hva betyr"),
    ]
    les(fil(rader), merker={"fullført": "har", "utløpt": "har ikke"})
    assert tall() == {
        ("Hjemmetjenesten", "Sykepleier"): 1,
        ("Hjemmetjenesten", "Demensomsorg"): 0,
        ("Sykehjemmet", "Sykepleier"): 1,
    }


def test_ti_tusen_rader_gaar_fort(fil, les, kommunetre):
    enheter = ["Hjemmetjenesten", "Sykehjemmet", "Åsen skole", "311", "312"]
    rader = [LANG[0], *([enheter[n % 5], ("Sykepleier", "Demensomsorg")[n % 2], n % 7] for n in range(10_000))]
    sti = fil(rader, "mange.xlsx")
    svar = les(sti)
    assert svar.svar["rader"] == 10_000 and sum(tall().values()) == sum(n % 7 for n in range(10_000))


@pytest.mark.parametrize(
    ("navn", "innhold", "melding"),
    [
        ("tall.csv", b"", "Filen er tom"),
        ("tall.csv", b"%PDF-1.7 x", "er en PDF-fil"),
        ("tall.csv", b"Enhet;Kompetanse;Antall\nHjemme\0tjenesten;Sykepleier;1\n", "NUL-tegn"),
        ("tall.xlsm", b"PK\x03\x04", "makroer"),
        ("tall.xlsx", b"PK\x03\x04 ikke en zip", "skadet"),
        ("tall.exe", b"MZ", "kan ikke leses"),
        ("tall.csv", b"Enhet;Enhet;Antall\na;b;1\n", "flere kolonner"),
        ("tall.csv", "Enhet;Kompetanse;Antall\nÃ¦;Ã¸;1\n".encode(), "ødelagt"),
    ],
)
def test_den_felles_vakten_stopper_fiendtlige_filer(les, tmp_path, navn, innhold, melding):
    sti = tmp_path / navn
    sti.write_bytes(innhold)
    assert melding in problemer(lambda: les(sti))[0][3]


def test_grensene_for_rader_og_kolonner_er_de_samme(les, fil, settings):
    settings.RADGRENSE = 100
    assert (
        "Grensen er 100"
        in problemer(lambda: les(fil([LANG[0], *([["Hjemmetjenesten", "Sykepleier", 1]] * 400)])))[0][3]
    )
    bred = [["Enhet", *(f"K{n}" for n in range(300))], ["Hjemmetjenesten", *([1] * 300)]]
    assert "kolonner" in problemer(lambda: les(fil(bred)))[0][3]
