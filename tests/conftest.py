"""Shared fixtures: a small municipality, clients per persona, synthetic extracts, and detection of N+1 queries.

The browser fixtures are in tests/nettleser/conftest.py.
"""

import gc
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck
from pytest_django.plugin import blocking_manager_key

from organisasjon.enums import Rolle
from organisasjon.models import Enhet
from tests import fabrikk, malbase, pdfminne, vernminne

# What pages say and what files are refused. Their SQL meets PostgreSQL in the walk through every page (tests/config),
# and in the tests of the services and reads beneath them.
SIDEPROVER = re.compile(r"/sider/|/test_(sider|views\w*|fiendtlige_filer|ulike_filer|fasonger|nettleserveien)\.py")


def pytest_configure(config: pytest.Config) -> None:
    """Hash passwords fast, don't list all static files for every client, and let random examples take the time a busy
    machine needs; with --per-rad, watch every request for N+1 queries.
    """
    hypothesis.settings.register_profile("rolig", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    hypothesis.settings.load_profile("rolig")
    settings.WHITENOISE_AUTOREFRESH = True
    if config.getoption("--per-rad"):
        settings.MIDDLEWARE = ["zeal.middleware.zeal_middleware", *settings.MIDDLEWARE]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--bare-database", action="store_true", help="bare prøver som bruker databasen")
    parser.addoption("--per-rad", action="store_true", help="stopp når en side spør databasen én gang per rad (tregt)")


def pytest_collection_finish() -> None:
    """What is loaded now stays: the collector need not go through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What never touches the database need not run once per database, and some of it only where writers are many."""
    med = items
    if config.getoption("--bare-database"):
        brukere = {"db", "transactional_db", "django_db_setup"}
        med = [i for i in med if brukere & set(i.fixturenames) or i.get_closest_marker("django_db")]
        med = [i for i in med if not i.get_closest_marker("lik_paa_alle") and not SIDEPROVER.search(i.nodeid)]
    if connection.vendor != "postgresql":
        med = [i for i in med if not i.get_closest_marker("bare_postgres")]
    beholdt = set(med)
    config.hook.pytest_deselected(items=[i for i in items if i not in beholdt])
    items[:] = med


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """A test with real transactions empties the tables when it ends; put back what the migrations filled in. After the
    last test there is no database left.
    """
    yield
    if nextitem is None:
        return
    merke = item.get_closest_marker("django_db")
    if (merke and merke.kwargs.get("transaction")) or "transactional_db" in getattr(item, "fixturenames", ()):
        with item.config.stash[blocking_manager_key].unblock():
            connection.creation.deserialize_db_from_string(connection._test_serialized_contents)


@pytest.fixture(scope="session")
def prove_mappe(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all test processes of this run share."""
    return malbase.delt_mappe(tmp_path_factory)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, prove_mappe: Path) -> None:
    """The test database starts as a copy of one that is migrated once for the run."""
    malbase.bruk_mal(prove_mappe)


@pytest.fixture(scope="session", autouse=True)
def _husk(prove_mappe: Path) -> Iterator[None]:
    """No document is laid out, and no report protected, twice in a run."""
    with pytest.MonkeyPatch.context() as patch:
        pdfminne.husk(patch, prove_mappe / "pdf")
        vernminne.husk(patch, prove_mappe / "vern")
        yield


@pytest.fixture(scope="session", autouse=True)
def _zeal(pytestconfig: pytest.Config) -> None:
    """Hook django-zeal into the ORM without making it an installed app of the product."""
    if not pytestconfig.getoption("--per-rad"):
        return
    from zeal.constants import initialize_app_registry
    from zeal.patch import patch

    initialize_app_registry()
    patch()


@pytest.fixture(autouse=True)
def _tom_hurtigbuffer() -> None:
    """Throttling counters and cached figures never pass from one test to the next."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def kommunetre(db: None) -> fabrikk.Kommunetre:
    """Fjordvik: kommune → two sectors and a staff unit → four units → four departments."""
    return fabrikk.lag_kommunetre()


@pytest.fixture
def som(kommunetre: fabrikk.Kommunetre) -> Callable[..., Client]:
    """`som("hr")` or `som(Rolle.ENHETSLEDER, kommunetre.skolen)`: a logged-in client; the person is `klient.bruker`."""
    nummer = iter(range(1, 1000))

    def logg_inn(rolle: Rolle | str, enhet: Enhet | None = None) -> Client:
        rolle = Rolle(rolle)
        bruker = fabrikk.lag_bruker(f"{rolle.value}{next(nummer)}", navn=str(rolle.label))
        fabrikk.gi_rolle(bruker, rolle, enhet or kommunetre.standardomraade(rolle))
        return _klient(bruker)

    return logg_inn


@pytest.fixture
def utenforstaaende(db: None) -> Client:
    """Logged in, but without any role."""
    return _klient(fabrikk.lag_bruker("utenfor", "Uten Rolle"))


@pytest.fixture
def anonym(db: None) -> Client:
    """Not logged in."""
    return Client()


@pytest.fixture
def lag_uttrekk(kommunetre: fabrikk.Kommunetre) -> Callable[..., Any]:
    """`lag_uttrekk([{"enhet": kommunetre.skolen, "person": 7, …}, …], dato=…)`; see tests/fabrikk.py for the keys."""
    return fabrikk.lag_uttrekk


def _klient(bruker: Any) -> Client:
    klient = Client()
    klient.force_login(bruker)
    klient.bruker = bruker
    return klient
