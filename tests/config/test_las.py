"""The lock files hold what krav/*.in asks for, everything it pulls in, with hashes, and nothing else."""

import ast
import json
import re
import sys
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROT = Path(__file__).resolve().parents[2]
LINJE = re.compile(r"^(?P<navn>[A-Za-z0-9._-]+)==(?P<versjon>[^ \\;]+)\s*(?:;\s*(?P<markor>[^\\]+?))?\s*\\?$")


def laast(navn: str) -> dict[str, str]:
    """Package → version of a lock file, as it applies to this Python and platform."""
    return {pakke: versjon for pakke, versjon, markor in _linjer(navn) if not markor or Marker(markor).evaluate()}


def _linjer(navn: str) -> list[tuple[str, str, str]]:
    """(package, version, marker) of every pin; one package can have several, told apart by markers."""
    linjer = (ROT / "krav" / f"{navn}.txt").read_text().splitlines()
    treff = [m for m in map(LINJE.match, linjer) if m]
    return [(canonicalize_name(m["navn"]), m["versjon"], m["markor"] or "") for m in treff]


def oenskede(navn: str) -> list[Requirement]:
    """What an .in file asks for, with the files it includes."""
    krav = []
    for linje in (ROT / "krav" / f"{navn}.in").read_text().splitlines():
        tekst = linje.split("#")[0].strip()
        if tekst.startswith("-r "):
            krav += oenskede(tekst.removeprefix("-r ").removesuffix(".in"))
        elif tekst:
            krav.append(Requirement(tekst))
    return krav


def lukning(krav: list[Requirement]) -> dict[str, list[Requirement]]:
    """Package → requirements on it, of everything the given requirements pull in on this machine."""
    funnet: dict[str, list[Requirement]] = {}
    rest, sett = list(krav), set()
    while rest:
        ett = rest.pop()
        if str(ett) in sett or (ett.marker and not ett.marker.evaluate({"extra": ""})):
            continue
        sett.add(str(ett))
        funnet.setdefault(canonicalize_name(ett.name), []).append(ett)
        for videre in map(Requirement, distribution(ett.name).requires or []):
            tillegg = ett.extras or {""}
            if not videre.marker or any(videre.marker.evaluate({"extra": e}) for e in {*tillegg, ""}):
                videre.marker = None
                rest.append(videre)
    return funnet


@pytest.mark.parametrize("navn", ["drift", "utvikling"])
def test_lock_file_holds_everything_asked_for_in_a_version_that_fits(navn):
    pinner = laast(navn)
    for pakke, krav in lukning(oenskede(navn)).items():
        assert pakke in pinner, f"{pakke} mangler i krav/{navn}.txt: kjør «make las»"
        for ett in krav:
            assert ett.specifier.contains(pinner[pakke], prereleases=True), f"{ett} passer ikke: kjør «make las»"


@pytest.mark.parametrize("navn", ["drift", "utvikling"])
def test_lock_file_holds_nothing_more(navn):
    trengs = lukning(oenskede(navn))
    overfloedig = {pakke for pakke, _versjon, markor in _linjer(navn) if pakke not in trengs and not markor}
    assert not overfloedig, "kjør «make las»"


@pytest.mark.parametrize("navn", ["drift", "utvikling"])
def test_installed_versions_are_the_locked_ones(navn):
    pinner = laast(navn)
    for pakke in lukning(oenskede(navn)):
        assert distribution(pakke).version == pinner[pakke], pakke


def test_development_holds_the_same_versions_as_production():
    assert set(_linjer("drift")) <= set(_linjer("utvikling"))


@pytest.mark.parametrize("navn", ["drift", "utvikling"])
def test_every_locked_package_has_a_hash(navn):
    tekst = (ROT / "krav" / f"{navn}.txt").read_text()
    blokker = re.split(r"\n(?=[A-Za-z0-9])", tekst)
    assert all("--hash=sha256:" in blokk for blokk in blokker if "==" in blokk)


# Import name → package, where they differ. Names that follow from another package are left out.
PAKKENAVN = {
    "allauth": "django-allauth",
    "axe_playwright_python": "axe-playwright-python",
    "crispy_forms": "django-crispy-forms",
    "csp": "django-csp",
    "django_tasks": "django-tasks",
    "django_tasks_db": "django-tasks-db",
    "django_htmx": "django-htmx",
    "environ": "django-environ",
    "python_calamine": "python-calamine",
    "simple_history": "django-simple-history",
    "tree_queries": "django-tree-queries",
    "zeal": "django-zeal",
}
EGNE = {"config", "felles", "organisasjon", "analyse", "kompetanse", "planer", "rekruttering"}


def importert(mappe: str) -> set[str]:
    """Top names imported by the Python files of a folder, other than the standard library's and our own."""
    navn: set[str] = set()
    for fil in (ROT / mappe).rglob("*.py"):
        for node in ast.walk(ast.parse(fil.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                navn |= {a.name.split(".")[0] for a in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                navn.add(node.module.split(".")[0])
    return navn - sys.stdlib_module_names - EGNE


@pytest.mark.parametrize("mappe", sorted(EGNE))
def test_everything_the_product_imports_is_asked_for_by_name(mappe):
    bedt_om = {canonicalize_name(krav.name) for krav in oenskede("drift")}
    pakker = {canonicalize_name(PAKKENAVN.get(navn, navn)) for navn in importert(mappe)}
    assert pakker <= bedt_om, "skriv pakken i krav/drift.in og kjør «make las»"


def test_every_package_asked_for_is_described():
    tekst = (ROT / "docs" / "avhengigheter.md").read_text(encoding="utf-8")
    npm = json.loads((ROT / "package.json").read_text())["dependencies"]
    navn = [krav.name for krav in oenskede("utvikling")] + list(npm)
    assert [n for n in navn if f"| {n} |" not in tekst] == []


def test_every_setting_is_described():
    kode = (ROT / "config" / "settings.py").read_text(encoding="utf-8")
    navn = set(re.findall(r'(?:env\.\w+|_bryter|_heltall)\(\s*"([A-Z_]+)"', kode))
    tekst = (ROT / "docs" / "drift.md").read_text(encoding="utf-8")
    assert len(navn) > 12
    assert {n for n in navn if f"| `{n}` |" not in tekst} == set()
