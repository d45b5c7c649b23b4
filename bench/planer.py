"""The plans' pages with 10 and with 60 delplaner, and saving while one writes. Usage: python -m bench.planer

Sixty delplaner with 25 tiltak each. Pages are measured like the others (bench.sider): against the empty page, in the
same rounds. «Ny» is the overview after a tiltak has changed, when nothing of it is kept.
"""

import statistics
from itertools import count
from typing import Any

import django

from bench.prosess import svar, ta_tid
from bench.sider import GANGER, OPPVARMING, TOM, innlogget, maal, spoerringer

# Fewer when a run is only to be seen to work.
FAA, MANGE = (10, 60) if GANGER > 1 else (2, 4)


def sider(delplan: Any) -> dict[str, str]:
    """Name → address of the pages that grow with the plans, and those of one plan."""
    from django.urls import reverse

    return {
        "oversikt": reverse("planer:planoversikt"),
        "liste": reverse("planer:liste"),
        "dekning": reverse("planer:dekning"),
        "tiltak": reverse("planer:alle_tiltak"),
        "min side": reverse("planer:mine"),
        "plan": reverse("planer:plan", args=[delplan.pk]),
        "kapittel 3": reverse("planer:kapittel", args=[delplan.pk, 3]),
        "kapittel 4": reverse("planer:kapittel", args=[delplan.pk, 4]),
    }


def ny_oversikt(klient: Any, sti: str) -> tuple[float, float]:
    """The overview each time after a tiltak has been changed: seconds, and empty pages."""
    from django.utils import timezone

    from planer.models import Tiltak
    from planer.services.tiltak import lagre_tiltak

    tiltak = list(Tiltak.objects.select_related("plan", "omraade").order_by("pk")[: OPPVARMING + GANGER])

    def endre(ett: Any, nr: int) -> None:
        tittel = {"tittel": f"Endret {nr}"}
        lagre_tiltak(tiltak=ett, plan=ett.plan, verdier=tittel, av=None, naa=timezone.now())

    par = []
    for nr, ett in enumerate(tiltak):
        endre(ett, nr)
        tom = ta_tid(lambda: klient.get(TOM))
        par.append((ta_tid(lambda: klient.get(sti)), tom))
    maalt = par[OPPVARMING:]
    return statistics.median(a for a, _ in maalt), statistics.median(a / b for a, b in maalt)


def autolagring(klient: Any, seksjon: Any) -> tuple[float, float, int]:
    """Saving a section of three pages: seconds, empty pages, queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from bench.planfyll import AVSNITT

    sti, nummer, laas = reverse("planer:lagre_seksjon", args=[seksjon.pk]), count(), [seksjon.lopenummer]

    def lagre() -> None:
        html = AVSNITT * 60 + f"<p>Avsnitt {next(nummer)}</p>"
        gav = klient.post(sti, {"html": html, "forventet": laas[0]})
        laas[0] = gav.json()["lopenummer"]

    par = [(ta_tid(lambda: klient.get(TOM)), ta_tid(lagre)) for _ in range(OPPVARMING + GANGER)][OPPVARMING:]
    with CaptureQueriesContext(connection) as fanget:
        lagre()
    return statistics.median(b for _, b in par), statistics.median(b / a for a, b in par), len(fanget)


def main() -> None:
    """Count and measure with few delplaner, then with many."""
    from django.utils import timezone

    from analyse.models import Uttrekk
    from bench.planfyll import TILTAK_PER_PLAN, fyll, lag_temaplan
    from organisasjon.models import Bruker

    naa, uttrekk = timezone.now(), Uttrekk.objects.latest("dato")
    hr, leder = innlogget("hr"), innlogget("kommunalsjef")
    innlogget("enhetsleder"), innlogget("avdelingsleder")
    folk = list(Bruker.objects.exclude(username="systemansvarlig").order_by("pk"))
    temaplan = lag_temaplan(folk[0], naa)
    planer = fyll(temaplan, FAA, folk, uttrekk, naa)
    adresser = sider(planer[0])
    stier = list(adresser.values())
    for sti in stier:
        hr.get(sti)
    faa = spoerringer(hr, stier)
    fyll(temaplan, MANGE - FAA, folk, uttrekk, naa)
    mange, som_leder = spoerringer(hr, stier), spoerringer(leder, [adresser["oversikt"]])
    maalt = maal(hr, stier)
    navn = {sti: n for n, sti in adresser.items()}
    svar(
        tom=maalt[TOM][0],
        tiltak=MANGE * TILTAK_PER_PLAN,
        sider={navn[sti]: maalt[sti] for sti in stier},
        faa={navn[sti]: n for sti, n in faa.items()},
        mange={navn[sti]: n for sti, n in mange.items()},
        leder=som_leder[adresser["oversikt"]],
        ny=ny_oversikt(hr, adresser["oversikt"]),
        lagring=autolagring(hr, planer[0].seksjoner.first()),
    )


if __name__ == "__main__":
    django.setup()
    main()
