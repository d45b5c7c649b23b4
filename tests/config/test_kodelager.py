"""What must never be committed, and the size of the rooms."""

import ast
import re
import statistics
import subprocess
from pathlib import Path

import pytest

ROT = Path(__file__).resolve().parents[2]
KODE = (
    "config",
    "felles",
    "organisasjon",
    "analyse",
    "kompetanse",
    "planer",
    "rekruttering",
    "skript",
    "tests",
    "bench",
)
FORBUDT = {
    "sti til en maskin": re.compile(r"(?<![\w.])/(?:work|root|home/\w+|Users)/"),
    "privat nøkkel": re.compile("BEGIN (?:RSA |EC |OPENSSH )?PRIVATE" + " KEY"),
    "pakkelager": re.compile(
        r"https?://[\w.-]*(?:registry|artifactory|artifact|nexus|pypi|pythonhosted|npmjs)[\w.-]*/"
    ),
    "intern adresse": re.compile(r"\b(?:10\.\d{1,3}|192\.168)\.\d{1,3}\.\d{1,3}\b"),
    "påbegynt arbeid": re.compile("TO" + "DO|FIX" + "ME|XX" + "X\\b"),
}


def filer() -> list[Path]:
    """Files in the repository, or all files of the source tree where there is no git."""
    svar = subprocess.run(["git", "ls-files", "-z"], cwd=ROT, capture_output=True, text=True)
    if svar.returncode == 0 and svar.stdout:
        return [ROT / navn for navn in svar.stdout.split("\0") if navn and (ROT / navn).is_file()]
    return [f for mappe in (*KODE, "templates", "docs", "krav") for f in (ROT / mappe).rglob("*") if f.is_file()]


def tekst(fil: Path) -> str:
    try:
        return fil.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


@pytest.mark.parametrize("hva", FORBUDT)
def test_repository_holds_no(hva):
    treff = [
        f"{fil.relative_to(ROT)}:{nr}"
        for fil in filer()
        if fil.suffix != ".svg" and fil != Path(__file__)
        for nr, linje in enumerate(tekst(fil).splitlines(), 1)
        if FORBUDT[hva].search(linje)
    ]
    assert treff == []


def test_secret_files_are_not_committed():
    navn = {str(fil.relative_to(ROT)) for fil in filer()}
    assert not {n for n in navn if n == ".env" or n.startswith("var/") or n.endswith((".sqlite3", ".pem", ".key"))}


def _funksjoner(tre: ast.AST) -> list[int]:
    return [
        node.end_lineno - node.lineno + 1
        for node in ast.walk(tre)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def test_files_and_functions_stay_small():
    python = [fil for fil in filer() if fil.suffix == ".py" and "migrations" not in fil.parts]
    lengder = {str(fil.relative_to(ROT)): len(tekst(fil).splitlines()) for fil in python}
    assert {navn: antall for navn, antall in lengder.items() if antall > 500} == {}
    kode = [fil for fil in python if "tests" not in fil.parts]
    funksjoner = {f"{fil.relative_to(ROT)}:{n}": n for fil in kode for n in _funksjoner(ast.parse(tekst(fil)))}
    assert {navn: antall for navn, antall in funksjoner.items() if antall >= 60} == {}
    alle = [n for fil in kode for n in _funksjoner(ast.parse(tekst(fil)))]
    assert statistics.median(alle) <= 8


SYNLIG = re.compile(r"<[^>]+>|\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|&\w+;", re.S)


def test_every_template_with_words_is_translatable():
    uten = []
    for fil in filer():
        if fil.suffix != ".html" or {"tests", "fixtures"} & set(fil.parts) or fil.name == "500.html":
            continue
        ord_ = re.findall(r"[A-Za-zÆØÅæøå]{3,}", SYNLIG.sub(" ", tekst(fil)))
        if ord_ and "i18n" not in tekst(fil):
            uten.append(f"{fil.relative_to(ROT)}: {' '.join(ord_[:5])}")
    assert uten == []
