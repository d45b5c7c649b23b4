"""Server time and number of queries of every page HR reaches without an id. Usage: python -m bench.sider

In-process with Django's client: no network, no browser. The pages are warmed first: figures are kept, templates parsed.
"""

import statistics
from typing import Any

import django

from bench.prosess import ganger, svar, ta_tid

GANGER, OPPVARMING = ganger(21), ganger(3)
TOM = "/bench/tom/"
ENHETER = ("organisasjon:enheter",)
ANDRE_LISTER = ("organisasjon:roller", "organisasjon:tjenester", "organisasjon:logg")
EKSPORTRADER = 2_500


def innlogget(brukernavn: str) -> Any:
    """A client logged in as one of the demo people; the newest extract is open to readers."""
    from django.conf import settings
    from django.test import Client
    from django.utils import timezone

    from analyse.models import Uttrekk
    from config.demo.brukere import BRUKERE, lag_bruker

    Uttrekk.objects.filter(publisert__isnull=True).update(publisert=timezone.now())
    mal = next(mal for mal in BRUKERE if mal.brukernavn == brukernavn)
    klient = Client()
    klient.force_login(lag_bruker(mal, timezone.localdate()), backend=settings.AUTHENTICATION_BACKENDS[0])
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


def maal(klient: Any, stier: list[str]) -> dict[str, tuple[float, float]]:
    """Seconds per address, and how many times the empty page it takes: medians over rounds that visit every page once.

    The ratio is taken within each round, so that a busy moment touches both. A page that does not answer 200 stops
    the run.
    """
    for sti in stier:
        status = klient.get(sti).status_code
        if status != 200:
            raise RuntimeError(f"{sti} svarte {status}")
    tider: dict[str, list[float]] = {sti: [] for sti in [TOM, *stier]}
    for runde in range(OPPVARMING + GANGER):
        for sti, maalt in tider.items():
            sekunder = ta_tid(lambda sti=sti: klient.get(sti))
            if runde >= OPPVARMING:
                maalt.append(sekunder)
    tom = tider[TOM]
    return {
        sti: (statistics.median(t), statistics.median(a / b for a, b in zip(t, tom, strict=True)))
        for sti, t in tider.items()
    }


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


def eksport() -> float:
    """Seconds to write a table of 2 500 rows and ten columns as xlsx, with the product's own writer."""
    from analyse.rapporter.resultat import Kolonne, Tabell
    from felles.eksport import som_xlsx

    kolonner = (Kolonne("enhet", "Enhet", "tekst"), *(Kolonne(f"k{n}", f"Kolonne {n}") for n in range(9)))
    rader = [{"enhet": f"Enhet {i}", **{f"k{n}": i * n for n in range(9)}} for i in range(EKSPORTRADER)]
    tabell = Tabell("rader", "Enheter", kolonner, rader)
    return min(ta_tid(lambda: som_xlsx([tabell])) for _ in range(3))


def main() -> None:
    """Pages as HR and as a reader of published figures, then the export."""
    from django.urls import reverse

    from analyse.rapporter import RAPPORTER

    klient, leser = innlogget("hr"), innlogget("leser")
    rapporter = [reverse("analyse:oversikt"), *(reverse("analyse:rapport", args=[slug]) for slug in RAPPORTER)]
    enheter, andre = adresser(ENHETER), adresser(ANDRE_LISTER)
    antall = {**spoerringer(leser, rapporter), **spoerringer(klient, [TOM, *rapporter, *enheter, *andre])}
    som_hr, som_leser = maal(klient, [*rapporter, *enheter, *andre]), maal(leser, rapporter)
    tom = som_hr[TOM][0]
    xlsx = eksport()
    svar(
        tom=tom,
        rapporter={sti: som_hr[sti] for sti in rapporter},
        leser={sti: som_leser[sti] for sti in rapporter},
        enheter={sti: som_hr[sti] for sti in enheter},
        andre={sti: som_hr[sti] for sti in andre},
        eksport={f"{EKSPORTRADER} rader": (xlsx, xlsx / tom)},
        spoerringer=antall,
    )


if __name__ == "__main__":
    django.setup()
    main()
