"""Bad input: every file is made here and now. Each gives a clear message, stores nothing, and leaves us standing."""

import struct
import zipfile
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest
from openpyxl import Workbook, load_workbook

from analyse.innlesing import zipkontroll
from analyse.innlesing.problem import Innlesingsfeil
from tests.analyse.innlesing.filer import KOLONNER, TITLER, rad, rader, skriv_csv, skriv_xlsx

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture
def stopper(importer, tomt):
    """`stopper(sti)` imports, expects a stop with nothing stored, and returns all messages."""

    def kjor(sti: Path, **valg) -> str:
        with pytest.raises(Innlesingsfeil) as feil:
            importer(sti, **valg)
        tomt()
        return "\n".join(map(str, feil.value.problemer))

    return kjor


def skriv_om(sti: Path, endringer: dict[str, bytes | None], nye: dict[str, bytes] | None = None) -> Path:
    """Rewrite parts of an xlsx: bytes replace, None deletes."""
    with zipfile.ZipFile(sti) as inn:
        deler = {n: inn.read(n) for n in inn.namelist()}
    deler |= {n: d for n, d in endringer.items() if d is not None} | (nye or {})
    for navn in [n for n, d in endringer.items() if d is None]:
        del deler[navn]
    with zipfile.ZipFile(sti, "w", zipfile.ZIP_DEFLATED) as ut:
        for navn, data in deler.items():
            ut.writestr(navn, data)
    return sti


def arkdel(sti: Path) -> str:
    with zipfile.ZipFile(sti) as inn:
        return inn.read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.parametrize("navn", ["tom.xlsx", "tom.csv"])
def test_tom_fil(stopper, tmp_path, navn):
    (tmp_path / navn).write_bytes(b"")
    assert "Filen er tom" in stopper(tmp_path / navn)


@pytest.mark.parametrize("innhold", [b"\n\n\n", b"\xef\xbb\xbf", b" ;;;\n;;;\n"])
def test_csv_uten_innhold(stopper, tmp_path, innhold):
    (tmp_path / "tom.csv").write_bytes(innhold)
    assert "innhold" in stopper(tmp_path / "tom.csv")


def test_xlsx_uten_celler(stopper, tmp_path):
    Workbook().save(tmp_path / "tom.xlsx")
    assert "innhold" in stopper(tmp_path / "tom.xlsx")


def test_bare_overskrift(stopper, fil):
    assert "ingen rader med ansatte" in stopper(fil([]))


@pytest.mark.parametrize(
    ("navn", "innhold", "ventet"),
    [
        ("liste.xlsx", b"%PDF-1.7\n...", "ikke en Excel-arbeidsbok"),
        ("liste.xlsx", b"Ansattnr;Stilling\n1;Lege\n", "ikke en Excel-arbeidsbok"),
        ("liste.csv", b"%PDF-1.7\n...", "PDF"),
        ("liste.csv", b"\x89PNG\r\n\x1a\n\0\0", "PNG"),
        ("liste.csv", b"<!DOCTYPE html><table><tr><td>Ansattnr", "nettside"),
        ("liste.csv", bytes(range(1, 32)) * 40, "ikke en tekstfil"),
        ("liste.csv", b"PK\x03\x04resten", "Excel- eller zip-fil"),
        ("liste.ods", b"PK\x03\x04resten", "Filtypen"),
        ("liste.exe", b"MZ", "Filtypen"),
    ],
)
def test_feil_type_under_riktig_navn(stopper, tmp_path, navn, innhold, ventet):
    (tmp_path / navn).write_bytes(innhold)
    assert ventet in stopper(tmp_path / navn)


def test_zip_som_ikke_er_regneark(stopper, tmp_path):
    with zipfile.ZipFile(tmp_path / "liste.xlsx", "w") as z:
        z.writestr("notat.txt", "hei")
    assert "ikke en Excel-arbeidsbok" in stopper(tmp_path / "liste.xlsx")


def test_passordbeskyttet(stopper, tmp_path):
    # An encrypted workbook is an OLE container with the streams EncryptionInfo and EncryptedPackage.
    kropp = (
        OLE + bytes(504) + "EncryptionInfo".encode("utf-16-le") + bytes(100) + "EncryptedPackage".encode("utf-16-le")
    )
    (tmp_path / "liste.xlsx").write_bytes(kropp + bytes(4096))
    assert "passord" in stopper(tmp_path / "liste.xlsx")


def test_passordbeskyttet_zip(stopper, fil):
    sti = fil()
    data = bytearray(sti.read_bytes())
    for merke, plass in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        i = data.find(merke)
        while i >= 0:
            flagg = struct.unpack_from("<H", data, i + plass)[0] | 1
            struct.pack_into("<H", data, i + plass, flagg)
            i = data.find(merke, i + 4)
    sti.write_bytes(data)
    assert "passord" in stopper(sti)


def test_gammel_xls(stopper, tmp_path):
    (tmp_path / "liste.xlsx").write_bytes(OLE + bytes(5000))
    assert "eldre Excel-format" in stopper(tmp_path / "liste.xlsx")


def test_xlsm_etter_navn(stopper, fil):
    sti = fil()
    assert "makroer" in stopper(sti.rename(sti.with_suffix(".xlsm")))


def test_xlsm_under_navnet_xlsx(stopper, fil):
    sti = skriv_om(fil(), {}, {"xl/vbaProject.bin": b"makro"})
    assert "makroer" in stopper(sti)


def test_makrotype_under_navnet_xlsx(stopper, fil):
    sti = fil()
    with zipfile.ZipFile(sti) as inn:
        typer = inn.read("[Content_Types].xml")
    ny = typer.replace(b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main")
    assert "makroer" in stopper(skriv_om(sti, {"[Content_Types].xml": ny}))


def test_bare_skjulte_ark(stopper, fil):
    # openpyxl refuses to save this, Excel's own file format does not.
    sti = fil()
    with zipfile.ZipFile(sti) as inn:
        bok = inn.read("xl/workbook.xml")
    ny = bok.replace(b'state="visible"', b'state="hidden"')
    assert ny != bok
    assert "bare skjulte ark" in stopper(skriv_om(sti, {"xl/workbook.xml": ny}))


def test_skjult_ark_leses_ikke(importer, fil):
    sti = fil()
    bok = load_workbook(sti)
    skjult = bok.create_sheet("Hemmelig", 0)
    for linje in [KOLONNER, [rad(9999)[k] for k in KOLONNER]]:
        skjult.append(linje)
    skjult.sheet_state = "hidden"
    bok.active = 1
    bok.save(sti)
    svar = importer(sti)
    assert svar.uttrekk.antall_rader == 12
    assert any("Hemmelig" in m for m in svar.svar["meldinger"])


def test_to_lister_i_samme_bok(stopper, importer, fil):
    sti = fil()
    bok = load_workbook(sti)
    kopi = bok.copy_worksheet(bok.active)
    kopi.title = "Liste 2"
    bok.save(sti)
    assert "Ansattliste, Liste 2" in stopper(sti)


def test_sammenslaatte_overskrifter(stopper, fil):
    sti = fil()
    bok = load_workbook(sti)
    ark = bok.active
    kolonne = KOLONNER.index("Stillingskode") + 1
    ark.merge_cells(start_row=4, end_row=4, start_column=kolonne, end_column=kolonne + 1)
    bok.save(sti)
    melding = stopper(sti)
    assert "slått sammen" in melding and "rad 4" in melding and "L–M" in melding


def test_overskrift_over_to_rader_leses(importer, tmp_path):
    bok = Workbook()
    ark = bok.active
    topp = list(KOLONNER)
    i = KOLONNER.index("Stillingskode")
    topp[i], topp[i + 1] = "Arbeid", ""
    under = [""] * len(KOLONNER)
    under[i], under[i + 1] = "Stillingskode", "Stilling"
    for linje in [["Uttrekksdato 01.07.2025"], topp, under, *([r[k] for k in KOLONNER] for r in rader(5))]:
        ark.append(linje)
    ark.merge_cells(start_row=2, end_row=2, start_column=i + 1, end_column=i + 2)
    for k in range(1, len(KOLONNER) + 1):
        if k not in (i + 1, i + 2):
            ark.merge_cells(start_row=2, end_row=3, start_column=k, end_column=k)
    bok.save(tmp_path / "to.xlsx")
    assert importer(tmp_path / "to.xlsx").uttrekk.antall_rader == 5


@pytest.mark.parametrize(
    "kolonne",
    [
        "Ansattnr",
        "Fødselsdato",
        "Kjønn",
        "Ansvar",
        "Stilling",
        "St.størrelse %",
        "Ansattkategori",
        "Startdato",
        "Sluttdato",
    ],
)
def test_manglende_paakrevd_kolonne(stopper, fil, kolonne):
    melding = stopper(fil(kolonner=[k for k in KOLONNER if k != kolonne]))
    assert "Kolonnen mangler" in melding and "rad 4" in melding


@pytest.mark.parametrize("kolonne", ["Sektor", "Avdeling", "Stillingskode", "Utdanning", "Fødselsnr", "Etternavn"])
def test_manglende_valgfri_kolonne_er_greit(importer, fil, kolonne):
    assert importer(fil(kolonner=[k for k in KOLONNER if k != kolonne])).uttrekk.antall_rader == 12


def test_like_overskrifter(stopper, fil):
    melding = stopper(fil(kolonner=[*KOLONNER, "Stilling"]))
    assert "flere kolonner (M, S)" in melding and "Stilling" in melding


def test_to_mulige_overskriftsrader(stopper, fil):
    melding = stopper(fil(titler=[*TITLER, KOLONNER]))
    assert "rad 4, 5" in melding and "overskriftsrad" in melding


def test_million_rader(stopper, tmp_path, settings):
    """A real sheet of a million rows, written as text."""
    linje = b'<row><c t="inlineStr"><is><t>x</t></is></c><c><v>1</v></c></row>'
    topp = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    sti = skriv_xlsx(tmp_path / "stor.xlsx", rader(1))
    skriv_om(sti, {"xl/worksheets/sheet1.xml": topp + linje * 1_000_000 + b"</sheetData></worksheet>"})
    melding = stopper(sti)
    assert "Grensen er 400000" in melding or "urimelig mye" in melding or "for stort" in melding


def test_over_radgrensen(stopper, fil, settings):
    settings.RADGRENSE = 100
    assert "Grensen er 100" in stopper(fil(rader(400)))
    assert "Grensen er 100" in stopper(fil(rader(400), navn="liste.csv"), uttrekksdato=date(2025, 7, 1))


def test_over_filgrensen(stopper, fil, settings):
    settings.FILGRENSE_BYTE = 1000
    assert "større enn grensen" in stopper(fil())


def test_celle_i_ytterste_hjorne(stopper, fil):
    sti = fil()
    ny = arkdel(sti).replace(
        "</sheetData>", '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    )
    melding = stopper(skriv_om(sti, {"xl/worksheets/sheet1.xml": ny.encode()}))
    assert "langt ute til høyre" in melding


def test_for_mange_kolonner(stopper, fil):
    melding = stopper(fil(kolonner=[*KOLONNER, *(f"K{n}" for n in range(300))]))
    assert "318 kolonner" in melding


def test_zipbombe(stopper, fil):
    nuller = b"<x>" + b" " * (80 * 1024 * 1024) + b"</x>"
    assert "urimelig mye" in stopper(skriv_om(fil(), {}, {"xl/worksheets/sheet2.xml": nuller}))


def test_zipbombe_som_lyver_om_storrelsen(stopper, fil):
    sti = skriv_om(fil(), {}, {"xl/worksheets/sheet2.xml": b" " * (80 * 1024 * 1024)})
    data = sti.read_bytes().replace(struct.pack("<I", 80 * 1024 * 1024), struct.pack("<I", 1000))
    sti.write_bytes(data)
    assert stopper(sti)


def test_entitetsutvidelse(stopper, fil):
    sti = fil()
    bombe = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    ny = bombe + arkdel(sti).removeprefix('<?xml version="1.0"?>')
    assert "entiteter" in stopper(skriv_om(sti, {"xl/worksheets/sheet1.xml": ny.encode()}))


def test_ekstern_entitet(stopper, fil):
    sti = fil()
    with zipfile.ZipFile(sti) as inn:
        bok = inn.read("xl/workbook.xml").decode()
    ny = '<!DOCTYPE x [<!ENTITY fil SYSTEM "file:///etc/passwd">]>' + bok
    assert "entiteter" in stopper(skriv_om(sti, {"xl/workbook.xml": ny.encode()}))


@pytest.mark.parametrize("rot", [b'<c r="A1" ' * 1_500 + b"<f", b"<c " + b'r="A1" ' * 20_000 + b"<f"])
def test_ark_laget_for_aa_vaere_tregt(fil, rot):
    sti = fil()
    skriv_om(sti, {"xl/worksheets/sheet1.xml": arkdel(sti).encode().replace(b"<sheetData>", b"<sheetData>" + rot)})
    start = perf_counter()
    zipkontroll.finn_formler(sti)
    assert perf_counter() - start < 1


def test_sumlinje_med_uhorvelig_tall(importer, fil):
    sumlinje = dict.fromkeys(KOLONNER, "") | {"Ansattnr": "Antall rader:", "Stilling": "9" * 5_000}
    importer(fil([*rader(12), sumlinje]), godta_nye_enheter=True)


def test_celle_paa_ti_megabyte(stopper, fil):
    sti = fil()
    ny = arkdel(sti).replace(
        "</sheetData>",
        f'<row r="30"><c r="C30" t="inlineStr"><is><t>{"x" * 10_000_000}</t></is></c></row></sheetData>',
    )
    melding = stopper(skriv_om(sti, {"xl/worksheets/sheet1.xml": ny.encode()}))
    assert "mer tekst enn Excel tillater" in melding and "rad 30, kolonne C" in melding


def test_celle_paa_ti_megabyte_i_csv(stopper, fil):
    sti = fil([*rader(3), rad(9, Stilling="x" * 10_000_000)], navn="liste.csv")
    assert "mer tekst enn Excel tillater" in stopper(sti, uttrekksdato=date(2025, 7, 1))


def test_nultegn(stopper, fil):
    sti = fil(navn="liste.csv")
    sti.write_bytes(sti.read_bytes().replace(b"Sykepleier", b"Syke\0pleier", 1))
    melding = stopper(sti)
    assert "NUL-tegn" in melding and "rad 2" in melding


def test_utf16_uten_bom(stopper, fil):
    sti = fil(navn="liste.csv", koding="utf-16-le")
    assert "NUL-tegn" in stopper(sti)


def test_feil_oppgitt_tegnkoding(stopper, fil):
    from analyse.innlesing.profil import fra_dict

    sti = fil(navn="liste.csv", koding="cp1252")
    assert "ikke gyldig utf-8" in stopper(sti, profil=fra_dict({"tegnkoding": "utf-8"}))
    assert "ikke gyldig tull" in stopper(sti, profil=fra_dict({"tegnkoding": "tull"}))


def test_utf8_lest_som_windows(stopper, fil):
    from analyse.innlesing.profil import fra_dict

    sti = fil(navn="liste.csv", koding="utf-8")
    melding = stopper(sti, profil=fra_dict({"tegnkoding": "cp1252"}), uttrekksdato=date(2025, 7, 1))
    assert "tegnkoding" in melding


def test_gammel_dos_tegnkoding(stopper, fil):
    assert "cp865" in stopper(fil(navn="liste.csv", koding="cp865"))


def test_ugyldig_byte(stopper, fil):
    sti = fil(navn="liste.csv")
    sti.write_bytes(sti.read_bytes() + b"\x81\x8d")
    assert "ikke gyldig" in stopper(sti)


def test_hermetegn_uten_slutt(stopper, fil):
    sti = fil(navn="liste.csv")
    sti.write_bytes(sti.read_bytes().replace(b"\r\n1005;", b'\r\n"1005;', 1))
    assert stopper(sti, uttrekksdato=date(2025, 7, 1))


def test_formel_uten_lagret_verdi(stopper, fil):
    melding = stopper(fil([*rader(3), rad(9, Stilling="=1+1")]))
    assert "rad 8, kolonne Stilling" in melding and "formel uten lagret verdi" in melding


def test_formel_med_lagret_verdi_leses_som_verdien(importer, fil):
    sti = fil([*rader(3), rad(9, Stilling="=1+1")])
    ny = (
        arkdel(sti)
        .replace("<f>1+1</f><v></v>", "<f>1+1</f><v>77</v>")
        .replace("<f>1+1</f><v />", "<f>1+1</f><v>77</v>")
    )
    svar = importer(skriv_om(sti, {"xl/worksheets/sheet1.xml": ny.encode()}))
    assert any("1 celler har formler" in m for m in svar.svar["meldinger"])
    assert "77" in svar.gjennomgang.liste.stilling.unike


@pytest.mark.parametrize("tekst", ["=cmd|'/c calc'!A0", "@SUM(A1)", "+SUM(1)", "-cmd()"])
def test_formel_som_tekst(stopper, fil, tekst):
    melding = stopper(fil([*rader(3), rad(9, Utdanning=tekst)], navn="liste.csv"), uttrekksdato=date(2025, 7, 1))
    assert "rad 5, kolonne Utdanning" in melding and "ser ut som en formel" in melding


@pytest.mark.parametrize(
    ("felt", "verdi", "ventet"),
    [
        ("St.størrelse %", "-20", "er negativ"),
        ("St.størrelse %", "900", "er over 200 %"),
        ("St.størrelse %", "mye", "er ikke et tall"),
        ("St.størrelse %", "", "mangler"),
        ("Fødselsdato", "15.08.2031", "er etter uttrekksdatoen"),
        ("Fødselsdato", "15.08.1890", "er før 1900"),
        ("Fødselsdato", "29.02.1981", "ikke skuddår"),
        ("Fødselsdato", "31.04.1981", "finnes ikke i kalenderen"),
        ("Fødselsdato", "15.08.80", "fire sifre"),
        ("Fødselsdato", "", "mangler"),
        ("Sluttdato", "01.01.2001", "er før startdatoen"),
        ("Startdato", "01.01.1970", "er før fødselsdatoen"),
        ("Startdato", "", "mangler"),
        ("Ansattnr", "", "mangler"),
        ("Kjønn", "Q", "er ikke kvinne"),
        ("Ansattkategori", "Vikariat", "ukjent ansattkategori"),
        ("Ansattkategori", "", "mangler"),
        ("Stilling", "Teamleder", "ser ut som en lederstilling"),
        ("Ansvar", "", "mangler"),
    ],
)
def test_gal_verdi_meldes_med_rad_og_kolonne(stopper, fil, felt, verdi, ventet):
    melding = stopper(fil([*rader(9), rad(77, **{felt: verdi})]))
    linje = next(m for m in melding.splitlines() if ventet in m)
    assert linje.startswith(f"rad 14, kolonne {felt}:")
    assert not verdi or f"«{verdi}»" in linje


def test_samme_ansattnr_med_to_fodselsdatoer(stopper, fil):
    melding = stopper(fil([*rader(5), rad(1003, Fødselsdato="16.08.1980")]))
    assert [m[:6] for m in melding.splitlines()] == ["rad 7,", "rad 10"]
    assert "ulik for samme ansattnummer" in melding


def test_skuddaarsdager(importer, fil):
    data = [*rader(3), rad(9, Fødselsdato="29.02.2000"), rad(10, Fødselsdato="29.02.1984", Startdato="29.02.2024")]
    svar = importer(fil(data))
    assert date(2000, 2, 29) in svar.gjennomgang.liste.fodt.unike


def test_alle_problemer_samles(stopper, fil):
    melding = stopper(
        fil([*rader(3), rad(8, Kjønn="Q"), rad(9, Fødselsdato="15.08.1890"), rad(10, **{"St.størrelse %": "900"})])
    )
    assert len(melding.splitlines()) == 3


def test_mange_problemer_telles(importer, fil, tomt):
    with pytest.raises(Innlesingsfeil) as feil:
        importer(fil(rader(500, Kjønn="Q")))
    assert feil.value.antall == 500 and len(feil.value.problemer) == 200
    tomt()


@pytest.mark.parametrize("andel", [0.2, 0.6, 0.95])
def test_avbrutt_overforing_av_xlsx(stopper, fil, andel):
    sti = fil()
    data = sti.read_bytes()
    sti.write_bytes(data[: int(len(data) * andel)])
    assert "skadet eller ufullstendig" in stopper(sti)


def test_avbrutt_overforing_av_csv(stopper, fil):
    sti = fil(navn="liste.csv")
    data = sti.read_bytes()
    sti.write_bytes(data[:-60])
    assert "slutter midt i en rad" in stopper(sti, uttrekksdato=date(2025, 7, 1))


def test_skadet_innhold_i_arket(stopper, fil):
    sti = fil()
    assert stopper(skriv_om(sti, {"xl/worksheets/sheet1.xml": arkdel(sti)[:2000].encode()}))


def test_skilletegn_inne_i_tekst(stopper, fil):
    sti = fil(navn="liste.csv")
    sti.write_bytes(sti.read_bytes().replace(b"Sykepleier", b"Syke;pleier", 1))
    melding = stopper(sti, uttrekksdato=date(2025, 7, 1))
    assert "rad 2: raden har flere felt enn overskriften" in melding


def test_fodselsnummer_som_ansattnummer(stopper, fil):
    data = rader(5)
    for nr, r in enumerate(data):
        r["Ansattnr"] = f"0{nr + 1}888012345"
    melding = stopper(fil(data))
    assert "fødselsnumre" in melding and "888012345" not in melding


def test_fodselsnummer_i_fritekst_vises_aldri(stopper, fil):
    melding = stopper(fil([*rader(5), rad(9, Kjønn="15888012345 K")]))
    assert "15888012345" not in melding and "[fjernet]" in melding


def test_filen_uten_overskrift(stopper, tmp_path):
    skriv_csv(tmp_path / "liste.csv", [], kolonner=["a", "b", "c"])
    assert "Fant ingen overskriftsrad" in stopper(tmp_path / "liste.csv")
