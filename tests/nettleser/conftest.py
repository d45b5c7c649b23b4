"""Browser fixtures: the running product, one Chromium per test process, and pages per persona that must stay silent."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from config.demo.brukere import PASSORD
from tests.nettleser.nettsted import bygg_demo, kjor_nettsted, kopier
from tests.nettleser.side import Vakt

FLAGG = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
    "--force-color-profile=srgb",
]

KORTE = {"test_sider", "test_tilgang"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder runs in a browser. The long walks first and the short tests last, so that no browser is
    left alone with a long one.
    """
    items.sort(key=_rekkefoelge)
    for item in items:
        if "tests/nettleser/" in str(item.path):
            item.add_marker(pytest.mark.nettleser)


def _rekkefoelge(item: pytest.Item) -> int:
    """The longest walks, the other walks, the journeys, and then what looks at one page."""
    if {"gaa_rundt", "tom_side"} & set(getattr(item, "fixturenames", ())):
        return int("_is_accessible_in_every_width" not in item.name)
    return 3 if item.path.stem in KORTE else 2


@pytest.fixture(scope="session")
def demobase(prove_mappe: Path) -> tuple[Path, Path]:
    """Demo database and static files, made once for the run. Never served from: copies are."""
    return bygg_demo(prove_mappe)


@pytest.fixture(scope="session")
def nettbase(demobase: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """This process' own copy of the demo municipality, and the static files."""
    base, statisk = demobase
    return kopier(base, tmp_path_factory.mktemp("base") / "demo.sqlite3"), statisk


@pytest.fixture(scope="session")
def nettsted(nettbase: tuple[Path, Path]) -> Iterator[str]:
    """Address of the running product over this process' own copy of the demo municipality."""
    with kjor_nettsted(*nettbase) as adresse:
        yield adresse


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One headless Chromium, the machine's own. Missing Chromium is a failure. The headless shell is Chromium without
    the windows, and lighter.
    """
    sti = os.environ.get("CHROMIUM") or shutil.which("chromium-headless-shell") or shutil.which("chromium")
    assert sti, "Chromium mangler. Kjør «make setup», som installerer den."
    with sync_playwright() as playwright:
        nettleser = playwright.chromium.launch(executable_path=sti, args=FLAGG)
        yield nettleser
        nettleser.close()


@pytest.fixture(scope="session")
def innlogget(nettsted: str, chromium: Browser) -> Callable[[str], dict]:
    """`innlogget("hr")`: the cookies of a demo person, logged in once through the login page."""
    lager: dict[str, dict] = {}

    def tilstand(brukernavn: str) -> dict:
        if brukernavn not in lager:
            sammenheng = chromium.new_context()
            side = sammenheng.new_page()
            side.goto(f"{nettsted}/konto/login/")
            logg_inn(side, brukernavn)
            lager[brukernavn] = sammenheng.storage_state()
            sammenheng.close()
        return lager[brukernavn]

    return tilstand


def logg_inn(side: Page, brukernavn: str) -> None:
    """Fill in the login page as a person does."""
    side.fill("input[name=login]", brukernavn)
    side.fill("input[name=password]", PASSORD)
    side.click("main button[type=submit]")
    side.wait_for_url(lambda url: "/login/" not in url)


@pytest.fixture
def aapne(nettsted: str, chromium: Browser, innlogget) -> Iterator[Callable[..., Page]]:
    """`aapne("/analyse/", "hr", bredde=390)`: a page as the demo person sees it; None as person = not logged in,
    None as address = a blank page.

    When the test is over, any console error, CSP violation or request to another host fails it. Codes a test asks for
    on purpose go in `side.vakt.ventet`.
    """
    apnet: list[tuple] = []

    def apne(sti: str | None = "/", som: str | None = "hr", bredde: int = 1280, ventet: tuple[int, ...] = ()) -> Page:
        sammenheng = chromium.new_context(
            storage_state=innlogget(som) if som else None,
            viewport={"width": bredde, "height": 900},
            locale="nb-NO",
            reduced_motion="reduce",
            accept_downloads=True,
        )
        side = sammenheng.new_page()
        side.set_default_timeout(45_000)
        vakt = Vakt(nettsted, set(ventet))
        vakt.folg(sammenheng, side)
        side.vakt = vakt
        apnet.append((sammenheng, vakt))
        if sti is not None:
            side.goto(nettsted + sti)
        return side

    yield apne
    klager = [klage for _sammenheng, vakt in apnet for klage in vakt.klager]
    for sammenheng, _vakt in apnet:
        sammenheng.close()
    assert klager == []
