"""`manage.py rapport`: only the document on stdout, exit code 2 and Norwegian words for bad input."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from analyse.rapporter import RAPPORTER
from tests.analyse.rapporter.bemanning import rader

pytestmark = pytest.mark.django_db


@pytest.fixture
def uttrekk(kommunetre, lag_uttrekk):
    return lag_uttrekk(rader(kommunetre))


def kjor(*argumenter: str) -> str:
    ut = io.StringIO()
    call_command("rapport", *argumenter, stdout=ut)
    return ut.getvalue()


def test_json_har_den_fastsatte_formen(uttrekk) -> None:
    for slug in RAPPORTER:
        data = json.loads(kjor(slug))
        assert list(data)[:3] == ["rapport", "tittel", "uttrekk"]
        assert {"forutsetninger", "rader", "sum"} <= data.keys()
        assert data["rapport"] == slug
        assert data["uttrekk"]["dato"] == "2025-07-01"


def test_csv_til_skjerm(uttrekk) -> None:
    tekst = kjor("lederspenn", "--format", "csv")
    assert tekst.lstrip("\ufeff").startswith("Sektor;Enheter;Ansatte;Snitt per enhet;Minste enhet;")


def test_xlsx_og_json_til_fil(uttrekk, tmp_path: Path) -> None:
    fil = tmp_path / "turnover.xlsx"
    assert kjor("turnover", "--format", "xlsx", "--ut", str(fil)) == ""
    bok = load_workbook(fil)
    assert bok.sheetnames[0] == "Turnover etter alder"
    assert bok.sheetnames[-1] == "Om tallene"
    assert [rad[0].value for rad in bok.worksheets[0].iter_rows(min_row=2)][-1] == "Alle"
    fil = tmp_path / "a.json"
    kjor("kjoenn", "--ut", str(fil))
    assert json.loads(fil.read_bytes())["rapport"] == "kjoenn"


def test_enhet_periode_og_uttrekk(uttrekk, kommunetre) -> None:
    data = json.loads(
        kjor("turnover", "--enhet", kommunetre.skolen.kode, "--fra", "2025-01-01", "--til", "2025-06-30",
             "--uttrekk", "2025-07-01")
    )  # fmt: skip
    assert data["periode"] == {"fra": "2025-01-01", "til": "2025-06-30"}
    assert data["enhet"]["kode"] == kommunetre.skolen.kode


def test_prikket(uttrekk) -> None:
    data = json.loads(kjor("ledere", "--prikket"))
    assert data["prikket"] is True
    assert "<5" in json.dumps(data["rader"])


@pytest.mark.parametrize(
    ("argumenter", "melding"),
    [
        (["finnesikke"], "Det finnes ingen rapport"),
        (["turnover", "--uttrekk", "2019-01-01"], "Det finnes ikke noe uttrekk"),
        (["turnover", "--uttrekk", "tull"], "verken"),
        (["turnover", "--enhet", "???"], "finnes ikke i uttrekket"),
        (["turnover", "--fra", "2025-05-01", "--til", "2025-04-01"], "før den begynner"),
        (["turnover", "--fra", "1.5.2025"], "må være en dato"),
        (["turnover", "--til", "2027-01-01"], "etter uttrekksdatoen"),
        (["turnover", "--fra", "2025-05-01", "--prikket"], "kan perioden ikke endres"),
        (["turnover", "--ut", "/finnes/ikke/her.json"], "Kan ikke skrive"),
    ],
)
def test_daarlig_inndata_gir_kode_2(uttrekk, argumenter: list[str], melding: str) -> None:
    with pytest.raises(CommandError, match=melding.replace("?", r"\?")) as feil:
        kjor(*argumenter)
    assert feil.value.returncode == 2


def test_uten_uttrekk(db) -> None:
    with pytest.raises(CommandError, match="ikke lest inn noe uttrekk") as feil:
        kjor("turnover")
    assert feil.value.returncode == 2
