"""Server time and number of queries of every page HR reaches without an id. Usage: python -m bench.sider

In-process with Django's client: no network, no browser. The pages are warmed first: figures are kept, templates parsed.
"""

from collections.abc import Callable
from typing import Any

import django

from bench.prosess import median, svar, ta_tid

GANGER, OPPVARMING = 21, 3
TOM = "/bench/tom/"
LISTER = ("organisasjon:enheter", "organisasjon:roller", "organisasjon:tjenester", "organisasjon:logg")
ANALYSELISTER = ("analyse:uttrekk", "analyse:stillinger", "analyse:kategorier")
EKSPORTRADER = 2_500


def innlogget() -> Any:
    """A client logged in as HR for the whole municipality."""
    from django.conf import settings
    from django.test import Client
    from django.utils import timezone

    from config.demo.brukere import lag_hr

    klient = Client()
    klient.force_login(lag_hr(timezone.localdate()), backend=settings.AUTHENTICATION_BACKENDS[0])
    return klient


def adresser(navn: tuple[str, ...]) -> list[str]:
    """Addresses of the routes that exist."""
    from django.urls import NoReverseMatch, reverse

    ut = []
    for ett in navn:
        try:
            ut.append(reverse(ett))
        except NoReverseMatch:
            continue
    return ut


def maal(klient: Any, stier: list[str]) -> dict[str, float]:
    """Median seconds per address. A page that does not answer 200 stops the run."""
    ut = {}
    for sti in stier:
        status = klient.get(sti).status_code
        if status != 200:
            raise RuntimeError(f"{sti} svarte {status}")
        ut[sti] = median(lambda sti=sti: klient.get(sti), GANGER, OPPVARMING)
    return ut


def spoerringer(klient: Any, stier: list[str]) -> dict[str, int]:
    """The most SQL queries a page makes, with figures kept in memory or not."""
    from django.core.cache import cache
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def tell(sti: str) -> int:
        with CaptureQueriesContext(connection) as fanget:
            klient.get(sti)
        return len(fanget)

    ut = {}
    for sti in stier:
        cache.clear()
        ut[sti] = max(tell(sti), tell(sti))
    return ut


def kalde(klient: Any, stier: list[str]) -> dict[str, float]:
    """Seconds per address right after a restart: figures kept in the database, nothing in memory."""
    from django.core.cache import cache

    def kald(sti: str) -> Callable[[], Any]:
        def hent() -> Any:
            cache.clear()
            return klient.get(sti)

        return hent

    return {sti: median(kald(sti), 5, 1) for sti in stier}


def eksport() -> float:
    """Seconds to write a table of 2 500 rows and ten columns as xlsx, with the product's own writer."""
    from analyse.rapporter.resultat import Kolonne, Tabell
    from felles.eksport import som_xlsx

    kolonner = (Kolonne("enhet", "Enhet", "tekst"), *(Kolonne(f"k{n}", f"Kolonne {n}") for n in range(9)))
    rader = [{"enhet": f"Enhet {i}", **{f"k{n}": i * n for n in range(9)}} for i in range(EKSPORTRADER)]
    tabell = Tabell("rader", "Enheter", kolonner, rader)
    return min(ta_tid(lambda: som_xlsx([tabell])) for _ in range(3))


def main() -> None:
    """Measure in the order: empty, reports, lists; the empty page once more at the end, the mean of the two counts."""
    from django.urls import reverse

    from analyse.rapporter import RAPPORTER

    klient = innlogget()
    rapporter = [reverse("analyse:oversikt"), *(reverse("analyse:rapport", args=[slug]) for slug in RAPPORTER)]
    lister = adresser(LISTER + ANALYSELISTER)
    antall = spoerringer(klient, [TOM, *rapporter, *lister])
    tom_foer = maal(klient, [TOM])[TOM]
    tider, listetider = maal(klient, rapporter), maal(klient, lister)
    tom = (tom_foer + maal(klient, [TOM])[TOM]) / 2
    svar(
        tom=tom,
        rapporter=tider,
        lister=listetider,
        kalde=kalde(klient, rapporter),
        eksport={"2 500 rader": eksport()},
        spoerringer=antall,
    )


if __name__ == "__main__":
    django.setup()
    main()
