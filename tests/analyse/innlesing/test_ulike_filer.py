"""Files of other municipalities: other headers and order, other scales, other encodings. All must come out right."""

from datetime import date, datetime

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from analyse.innlesing.problem import Innlesingsfeil
from analyse.innlesing.profil import fra_dict
from analyse.models import Ansettelse, Leder, Stilling, Uttrekk, UttrekkEnhet
from organisasjon.models import Enhet, Tjeneste
from tests.analyse.innlesing.filer import KOLONNER, rad, rader

DAG = date(2025, 7, 1)


def som_lagret() -> list[tuple]:
    """What is stored, without ids, in file order."""
    felt = ("person", "fodt", "kjonn", "enhet__kode", "avdeling__kode", "stilling__navn", "kategori__kode", "prosent",
            "start", "slutt", "utdanning")  # fmt: skip
    return list(Ansettelse.objects.order_by("pk").values_list(*felt))


@pytest.fixture
def blandet():
    """Rows of every kind, as a system writes them."""
    return [
        rad(1), rad(2, Ansattkategori="T", **{"St.størrelse %": "0,00"}),
        rad(3, Stilling="Enhetsleder", Kjønn="M", Avdeling="", **{"St.størrelse %": "100,00"}),
        rad(4, Ansattkategori="Sluttet", Sluttdato="31.12.2024"),
        rad(5, Ansattkategori="MT", Fødselsdato="29.02.1984", Ansvar="320", Enhet="Sykehjemmet"),
        rad(5, Ansattkategori="F", Fødselsdato="29.02.1984", **{"St.størrelse %": "33,30"}),
        rad(6, Ansattkategori="Politiker", Stilling="Folkevalgt"),
    ]  # fmt: skip


def test_xlsx_og_csv_gir_samme_rader(importer, fil, blandet):
    importer(fil(blandet))
    fra_xlsx = som_lagret()
    svar = importer(fil(blandet, navn="liste_2025-07-01.csv"))
    assert svar.uendret and som_lagret() == fra_xlsx
    Uttrekk.objects.all().delete()
    assert importer(fil(blandet, navn="ny_2025-07-01.csv", koding="utf-8-sig", skille="\t")).uttrekk
    assert som_lagret() == fra_xlsx


def test_det_som_lagres(importer, fil, blandet):
    svar = importer(fil(blandet))
    assert (svar.svar["rader"], svar.svar["talt"], svar.svar["ikke_talt"], svar.svar["ansatte"]) == (7, 4, 3, 3)
    assert svar.svar["kategorier"] == {"F": 3, "MT": 1, "T": 1, "politiker": 1, "sluttet": 1}
    lagret = som_lagret()
    assert lagret[4][0] == lagret[5][0] and len({r[0] for r in lagret}) == 6
    assert [r[7] for r in lagret] == [8000, 0, 10000, 8000, 8000, 3330, 8000]
    assert lagret[3][9] == date(2024, 12, 31) and lagret[2][4] is None
    leder = Leder.objects.get()
    assert (leder.navn, leder.funksjon, leder.enhet.kode) == ("Person Prøve", "enhetsleder", "310")
    assert Enhet.objects.get(type="kommune").navn == "Fjordvik kommune"
    assert Enhet.objects.get(kode="310").parent.navn == "Helse og omsorg"
    assert UttrekkEnhet.objects.count() == Enhet.objects.count() == 6


@pytest.mark.parametrize(
    ("koding", "skille"), [("utf-8-sig", ";"), ("utf-8", ","), ("utf-16", "\t"), ("cp1252", "|"), ("utf-8", "\t")]
)
def test_tegnkoding_og_skilletegn_finnes(importer, fil, koding, skille):
    sti = fil(rader(5, Enhet="Ærfugløya å, bo", Ansvar="9"), navn="l.csv", koding=koding, skille=skille)
    importer(sti, uttrekksdato=DAG)
    assert Enhet.objects.filter(navn="Ærfugløya å, bo").exists()


def test_sep_linje_fra_excel(importer, fil):
    sti = fil(navn="l.csv", skille=",")
    sti.write_bytes(b"sep=,\r\n" + sti.read_bytes())
    assert importer(sti, uttrekksdato=DAG).uttrekk.antall_rader == 12


@pytest.mark.parametrize(
    ("verdier", "ventet"),
    [
        (["80,0", "100", "50"], [8000, 10000, 5000]),
        ([0.8, 1, 0.333], [8000, 10000, 3330]),
        (["0,8", "1", "0,5"], [8000, 10000, 5000]),
        ([8000, 10000, 3330], [8000, 10000, 3330]),
        (["80 %", "100 %", "33,3%"], [8000, 10000, 3330]),
        ([80, 0.5, 100, 100, 60, 75], [8000, 50, 10000, 10000, 6000, 7500]),
        ([1, 1, 1], [10000, 10000, 10000]),
        ([0.8, 1.2, 1, 0.5, 0.4, 1], [8000, 12000, 10000, 5000, 4000, 10000]),
    ],
)
def test_prosentskala_gjelder_hele_kolonnen(importer, fil, verdier, ventet):
    importer(fil([rad(n, **{"St.størrelse %": v}) for n, v in enumerate(verdier, 1)]))
    assert [r[7] for r in som_lagret()] == ventet


def test_blandet_prosentskala_stopper(importer, fil, tomt):
    data = [rad(n, **{"St.størrelse %": v}) for n, v in enumerate([80, 0.8, 100, 0.5], 1)]
    with pytest.raises(Innlesingsfeil, match="blander skrivemåter"):
        importer(fil(data))
    tomt()
    importer(fil(data), profil=fra_dict({"prosentskala": "prosent"}))
    assert [r[7] for r in som_lagret()] == [8000, 80, 10000, 50]


def test_datoer_paa_mange_maater(importer, fil):
    skrivemaater = [
        "15.08.1980", "1980-08-15", 29448, "29448", datetime(1980, 8, 15), "15/08/1980", 19800815, "15. august 1980",
        " 15.08.1980 ", "1980-08-15T00:00:00", "15.08.1980 00:00:00", "15-08-1980",
    ]  # fmt: skip
    importer(fil([rad(n, Fødselsdato=v) for n, v in enumerate(skrivemaater, 1)]))
    assert {r[1] for r in som_lagret()} == {date(1980, 8, 15)}


def test_1904_datoer(importer, fil):
    from openpyxl import load_workbook
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    sti = fil([rad(n, Fødselsdato=29448 - 1462) for n in range(1, 5)])
    bok = load_workbook(sti)
    bok.epoch = CALENDAR_MAC_1904
    bok.save(sti)
    importer(sti)
    assert {r[1] for r in som_lagret()} == {date(1980, 8, 15)}


@pytest.mark.parametrize("slutt", ["31.12.9999", "31.12.2099", ""])
def test_aapen_sluttdato(importer, fil, slutt):
    importer(fil(rader(3, Sluttdato=slutt)))
    assert {r[9] for r in som_lagret()} == {None}


def test_fodselsaar_alene(importer, fil):
    kolonner = ["Fødselsår" if k == "Fødselsdato" else k for k in KOLONNER]
    svar = importer(fil([r | {"Fødselsår": 1980} for r in rader(4)], kolonner=kolonner))
    assert {r[1] for r in som_lagret()} == {date(1980, 7, 1)}
    assert any("1. juli" in m for m in svar.svar["meldinger"])


def test_fil_uten_noen_som_har_sluttet_sier_fra(importer, fil):
    svar = importer(fil(rader(4)))
    assert any("turnover" in m for m in svar.svar["meldinger"])


def test_fil_med_en_som_har_sluttet_sier_ikke_fra(importer, fil):
    sluttet = rad(90, Ansattkategori="Sluttet", Sluttdato="31.03.2025")
    svar = importer(fil([*rader(4), sluttet]))
    assert not any("turnover" in m for m in svar.svar["meldinger"])


def test_en_rad_omtales_i_entall(importer, fil):
    svar = importer(fil([*rader(4), rad(90, Startdato="01.09.2025")]))
    assert "1 rad som telles, starter etter uttrekksdatoen." in svar.svar["meldinger"]


def test_aarstall_i_fodselsdatokolonnen(importer, fil):
    importer(fil(rader(4, Fødselsdato="1980")))
    assert {r[1] for r in som_lagret()} == {date(1980, 7, 1)}


def test_ansattnr_som_tall_og_tekst_er_samme_person(importer, fil):
    importer(fil([rad(n) for n in (10457, "10457", 10457.0, " 10457 ", "010457", "10457\u00a0")]))
    assert len({r[0] for r in som_lagret()}) == 1


def test_mellomrom_og_store_bokstaver_samles(importer, fil):
    data = [rad(1), rad(2), rad(3, Enhet=" HJEMMETJENESTEN ", Stilling="sykepleier", Ansattkategori="f"),
            rad(4, Enhet="\u00a0Hjemmetjenesten", Avdeling="hjemmetjenesten  nord")]  # fmt: skip
    importer(fil(data))
    assert {(r[3], r[4], r[5], r[6]) for r in som_lagret()} == {("310", "310-hjemmetjenesten-nord", "Sykepleier", "F")}
    assert Stilling.objects.filter(navn__iexact="sykepleier").count() == 1


def test_tomme_rader_sumlinje_og_gjentatt_overskrift(importer, fil):
    tom, overskrift = dict.fromkeys(KOLONNER, ""), dict(zip(KOLONNER, KOLONNER, strict=True))
    sum_ = tom | {"Ansattnr": "Sum", "Stilling": "Antall rader: 5"}
    data = [*rader(3), tom, overskrift, *[rad(90 + n) for n in range(2)], tom, sum_]
    profil = fra_dict({"overskriftsrad": 4})
    svar = importer(fil(data), profil=profil)
    assert svar.uttrekk.antall_rader == 5
    meldinger = " ".join(svar.svar["meldinger"])
    assert "gjentatt overskriftsrad" in meldinger and "sumlinje" in meldinger and "oppgir" not in meldinger


def test_sumlinje_som_ikke_stemmer_nevnes(importer, fil):
    sum_ = dict.fromkeys(KOLONNER, "") | {"Ansattnr": "Sum", "Stilling": "Antall rader: 99"}
    svar = importer(fil([*rader(3), sum_]))
    assert any("oppgir 99 rader, men 3 er lest" in m for m in svar.svar["meldinger"])


def test_annet_system_uten_sektor(importer, tmp_path):
    """Own names, own order, no sector, names in one column, unit number under «Enhet»."""
    bok = Workbook()
    ark = bok.active
    ark.append(["Stillingsbetegnelse", "Medarbeider", "Ressursnr", "Født", "Kjønn", "Enhet", "Enhetsnavn",
                "Stillingsprosent", "Ansettelsesforhold", "Fra dato", "Til dato", "Tjeneste"])  # fmt: skip
    for n in range(1, 6):
        ark.append(["Lærer", f"Navn {n}", n, date(1990, 1, n), "Kvinne", 210, "Åsen skole", 0.8, "Fast",
                    date(2020, 8, 1), None, "Grunnskole"])  # fmt: skip
    bok.save(tmp_path / "uttrekk-2025-06-30.xlsx")
    svar = importer(tmp_path / "uttrekk-2025-06-30.xlsx", kommune="Fjordvik")
    assert svar.uttrekk.dato == date(2025, 6, 30)
    skole = Enhet.objects.get(kode="210")
    assert (skole.navn, skole.parent.navn, skole.parent.type) == ("Åsen skole", "Fjordvik", "kommune")
    assert not Leder.objects.exists()
    assert list(Tjeneste.objects.get(navn="Grunnskole").enheter.all()) == [skole]


def test_profil_med_egne_kolonner_kategorier_og_ledere(importer, fil):
    navn = {"Ansattnr": "Pnr i systemet", "Ansattkategori": "Kode X", "Stilling": "Hva", "St.størrelse %": "Andel av 1"}
    data = [{navn.get(k, k): v for k, v in r.items()} for r in
            [*rader(3, Ansattkategori="100", **{"St.størrelse %": 0.8}),
             rad(9, Ansattkategori="200", Stilling="Virksomhetsleder", Stillingskode="9451", **{"St.størrelse %": 1}),
             rad(10, Ansattkategori="999", **{"St.størrelse %": 0})]]  # fmt: skip
    profil = fra_dict(
        {
            "kolonner": {"ansattnr": "Pnr i systemet", "ansattkategori": "Kode X", "stilling": "Hva",
                         "stillingsprosent": "Andel av 1"},
            "kategorier": {"100": "F", "200": "Midlertidig", "999": "honorar"},
            "ledere": {"9451": "Enhetsleder"},
        }
    )  # fmt: skip
    importer(fil(data, kolonner=list(data[0])), profil=profil)
    assert [(r[6], r[7]) for r in som_lagret()] == [("F", 8000)] * 3 + [("M", 10000), ("honorar", 0)]
    leder = Stilling.objects.get(navn="Virksomhetsleder")
    assert (leder.funksjon, leder.ledervurdert, leder.gruppe) == ("enhetsleder", True, "Ledere")


def test_flere_stillinger_i_flere_enheter(importer, fil):
    data = [
        rad(1),
        rad(1, Ansvar="320", Enhet="Sykehjemmet", **{"St.størrelse %": "20"}),
        rad(2, Ansvar="320", Enhet="Sykehjemmet"),
    ]
    svar = importer(fil(data))
    assert svar.uttrekk.antall_ansatte == 2


def test_en_enhet_med_to_navn_stopper(importer, fil, tomt):
    data = [*rader(3), rad(9, Enhet="Hjemmesykepleien")]
    with pytest.raises(Innlesingsfeil, match="har flere navn"):
        importer(fil(data))
    tomt()
    importer(fil(data), profil=fra_dict({"enheter": {"310": "Hjemmetjenesten"}}))
    assert Enhet.objects.get(kode="310").navn == "Hjemmetjenesten"


def test_en_enhet_i_to_sektorer_stopper(importer, fil, tomt):
    with pytest.raises(Innlesingsfeil, match="flere sektorer"):
        importer(fil([*rader(3), rad(9, Sektor="Oppvekst")]))
    tomt()


def test_politiker_uten_enhet_er_greit(importer, fil):
    importer(fil([*rader(3), rad(9, Ansattkategori="Politiker", Ansvar="", Enhet="", Sektor="", Startdato="")]))
    assert som_lagret()[-1][3] == "kommune"


@pytest.mark.parametrize(
    ("titler", "navn", "ventet"),
    [
        ([["Uttrekk per 01.07.2025"]], "x.xlsx", date(2025, 7, 1)),
        ([["Uttrekksdato", date(2025, 7, 1)], ["Utskrift", date(2025, 7, 9)]], "x.xlsx", date(2025, 7, 1)),
        ([["Ansatte pr. 1. juli 2025, skrevet ut 03.07.2025"]], "x.xlsx", date(2025, 7, 1)),
        ([["Ansattliste 2025-07-01"]], "x.xlsx", date(2025, 7, 1)),
        ([["Ansattliste"]], "ansatte_20250701.xlsx", date(2025, 7, 1)),
    ],
)
def test_uttrekksdato_leses(importer, fil, titler, navn, ventet):
    assert importer(fil(titler=titler, navn=navn)).uttrekk.dato == ventet


def test_uten_dato_stopper(importer, fil, tomt):
    with pytest.raises(Innlesingsfeil, match="uttrekksdato"):
        importer(fil(titler=[["Ansattliste"]]))
    tomt()


def test_to_ulike_datoer_er_ikke_til_aa_gjette(importer, fil, tomt):
    with pytest.raises(Innlesingsfeil, match="uttrekksdato"):
        importer(fil(titler=[["Liste 01.07.2025"], ["Liste 01.06.2025"]]))
    tomt()


def test_fodselsnummer_lagres_ingen_steder(importer, fil, django_db_blocker):
    from django.db import connection

    importer(fil([*rader(4), rad(9, Utdanning="Bachelor 158880 12345")]))
    with connection.cursor() as peker:
        for tabell in connection.introspection.table_names():
            peker.execute(f'SELECT * FROM "{tabell}"')  # noqa: S608
            assert not any("12345" in str(celle) for r in peker.fetchall() for celle in r)


def test_skaper_stillingsgrupper(importer, fil):
    importer(
        fil(
            [rad(n, Stilling=s) for n, s in enumerate(["Spesialsykepleier", "Adjunkt", "Barnehagelærer", "Klokker"], 1)]
        )
    )
    grupper = dict(Stilling.objects.values_list("navn", "gruppe"))
    assert [grupper[s] for s in ("Spesialsykepleier", "Adjunkt", "Barnehagelærer", "Klokker")] == [
        "Sykepleiere", "Lærere", "Barnehagelærere", "Klokker",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("profil", "ventet"),
    [
        ({"ukjent": 1}, "ukjente nøkler"),
        ({"kolonner": {"lonn": "Lønn"}}, "ukjente felt"),
        ({"ledere": {"Rektor": "konge"}}, "ikke en lederfunksjon"),
        ({"prosentskala": "promille"}, "prosentskala"),
        ({"skilletegn": "ab"}, "ett tegn"),
        ({"uttrekksdato": "i går"}, "uttrekksdato"),
        ({"overskriftsrad": "fire"}, "overskriftsrad"),
        ({"kategorier": [1]}, "kategorier"),
    ],
)
def test_gal_profil_sier_hva_som_er_galt(profil, ventet):
    with pytest.raises(Innlesingsfeil, match=ventet):
        fra_dict(profil)


def test_profil_som_peker_feil(importer, fil, tomt):
    with pytest.raises(Innlesingsfeil, match="ikke finnes i filen"):
        importer(fil(), profil=fra_dict({"kolonner": {"stilling": "Tittel X"}}))
    with pytest.raises(Innlesingsfeil, match="kategori som ikke finnes"):
        importer(fil(), profil=fra_dict({"kategorier": {"f": "Z"}}))
    tomt()


def test_toml_profil_paa_kommandolinjen(db, fil, tmp_path):
    (tmp_path / "min.toml").write_text(
        'uttrekksdato = 2025-06-01\nskilletegn = ";"\n[kategorier]\n"Fastlønn" = "F"\n', "utf-8"
    )
    call_command(
        "importer_ansatte", fil(rader(3, Ansattkategori="Fastlønn"), navn="l.csv"), profil=str(tmp_path / "min.toml")
    )
    uttrekk = Uttrekk.objects.get()
    assert (uttrekk.dato, uttrekk.profil) == (date(2025, 6, 1), "min")
    (tmp_path / "gal.toml").write_text("[kategorier]\nFastlønn = 'F'\n", "utf-8")
    with pytest.raises(CommandError) as feil:
        call_command("importer_ansatte", fil(), profil=str(tmp_path / "gal.toml"))
    assert feil.value.returncode == 2
