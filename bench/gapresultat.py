"""A round's results: 60 analyses × 200 competences, and the round's overview. Usage: python -m bench.gapresultat

Every analysis answers about every competence. Pages are measured like the others (bench.sider): against the empty page,
in the same rounds. «Første gang»: nothing of the results is kept, neither the page nor what is hidden from those who
do not see small numbers.
"""

import statistics
from collections.abc import Iterator
from datetime import date
from typing import Any

import django

from bench.prosess import svar, ta_tid
from bench.sider import GANGER, TOM, innlogget, maal, spoerringer

# Fewer when a run is only to be seen to work.
ANALYSER, KOMPETANSER = (60, 200) if GANGER > 1 else (6, 12)
FORSTE_GANGER = min(GANGER, 5)


def lag_runde(analyser: int, naa: Any) -> Any:
    """A closed round with that many approved analyses, each of a unit of its own, about every competence."""
    from kompetanse.models import Gapanalyse, Gaprad, Gaprunde
    from organisasjon.models import Enhet

    runde = Gaprunde.objects.create(
        navn=f"Runde med {analyser}", aar=2031, frist=date(2031, 1, 1), status="stengt", stengt=naa
    )
    enheter = list(Enhet.objects.order_by("-pk")[:analyser])
    laget = Gapanalyse.objects.bulk_create(
        Gapanalyse(runde=runde, navn=e.navn, status="godkjent", levert=naa, avgjort=naa) for e in enheter
    )
    kobling = Gapanalyse.enheter.through
    kobling.objects.bulk_create(kobling(gapanalyse=a, enhet=e) for a, e in zip(laget, enheter, strict=True))
    for a in laget:
        Gaprad.objects.bulk_create(rader(a, naa))
    return runde


def rader(analyse: Any, naa: Any) -> Iterator[Any]:
    """Rows with all kinds of numbers: few and many, gaps and none, critical and not."""
    from kompetanse.models import Gaprad

    for n in range(KOMPETANSER):
        har = (analyse.pk * 7 + n * 13) % 23
        trenger = {f"trenger_{aar}": max(0, har + (n + analyse.pk + aar) % 7 - 2) for aar in (0, 1, 3, 5)}
        yield Gaprad(
            analyse=analyse,
            nummer=n + 1,
            slag="kompetanse" if n % 4 else "stilling",
            navn=f"Kompetanse {n + 1}",
            kritisk=n % 4 + 1,
            har=har,
            har_aarsverk=har,
            avgang_5=n % 3,
            veier="utvikle",
            besvart=naa,
            **trenger,
        )


def forste_gang(klient: Any, sti: str) -> float:
    """Seconds when nothing is kept."""
    from django.core.cache import cache

    tider = []
    for _ in range(FORSTE_GANGER):
        cache.clear()
        tider.append(ta_tid(lambda: klient.get(sti)))
    return statistics.median(tider)


def main() -> None:
    """Count with few analyses, count and measure with all."""
    from django.urls import reverse
    from django.utils import timezone

    naa, hr, leser = timezone.now(), innlogget("hr"), innlogget("verneombud")

    def stier(runde: Any) -> list[str]:
        return [reverse(f"kompetanse:{navn}", args=[runde.pk]) for navn in ("gapresultat", "gaprunde")]

    faa = spoerringer(hr, stier(lag_runde(ANALYSER // 6, naa)))
    resultat, oversikt = alle = stier(lag_runde(ANALYSER, naa))
    mange, som_leser = spoerringer(hr, alle), spoerringer(leser, [resultat])
    forste, forste_leser = forste_gang(hr, resultat), forste_gang(leser, resultat)
    maalt = maal(hr, alle)
    svar(
        analyser=ANALYSER,
        kompetanser=KOMPETANSER,
        tom=maalt[TOM][0],
        resultat=maalt[resultat],
        oversikt=maalt[oversikt],
        leser=maal(leser, [resultat])[resultat],
        forste=forste,
        forste_leser=forste_leser,
        spoerringer=max(*mange.values(), *som_leser.values()),
        vekst=max(mange.values()) - max(faa.values()),
    )


if __name__ == "__main__":
    django.setup()
    main()
