"""A round's results: 60 analyses × 200 rows, and the round's overview. Usage: python -m bench.gapresultat

Every analysis is filled in from the newest extract and answers about competences besides. Pages are measured like the
others (bench.sider): against the empty page, in the same rounds. The results are measured as they are drawn ahead by
the worker, as they are kept in memory (another horizon than the one they open with), and as they are when nothing is
drawn or kept, neither the page nor what is hidden from those who do not see small numbers.
"""

import statistics
from collections.abc import Iterator
from datetime import date
from typing import Any

import django

from bench.prosess import svar, ta_tid
from bench.sider import GANGER, TOM, innlogget, maal, spoerringer

# Fewer when a run is only to be seen to work.
ANALYSER, RADER = (60, 200) if GANGER > 1 else (6, 12)
FORSTE_GANGER = min(GANGER, 5)


def lag_runde(analyser: int, naa: Any) -> Any:
    """A closed round with that many approved analyses, each of a unit of its own, filled in and answered."""
    from analyse.models import Uttrekk
    from kompetanse.models import Gapanalyse, Gaprunde
    from kompetanse.services.gapsvar import begynn
    from organisasjon.models import Enhet

    nyeste = Uttrekk.objects.order_by("-dato").first()
    runde = Gaprunde.objects.create(
        navn=f"Runde med {analyser}", aar=2031, frist=date(2031, 1, 1), status="aapen", uttrekk=nyeste
    )
    for enhet in Enhet.objects.order_by("-pk")[:analyser]:
        analyse = Gapanalyse.objects.create(runde=runde, navn=enhet.navn)
        analyse.enheter.add(enhet)
        svar_paa(begynn(analyse=analyse, av=None, naa=naa), naa)
    runde.analyser.update(status="godkjent", levert=naa, avgjort=naa)
    Gaprunde.objects.filter(pk=runde.pk).update(status="stengt", stengt=naa)
    return runde


def svar_paa(analyse: Any, naa: Any) -> None:
    """The rows of the extract answered, and competences until there are enough."""
    from kompetanse.models import Gaprad

    fylt = list(analyse.rader.all()[:RADER])
    for n, rad in enumerate(fylt):
        for felt, verdi in (behov(rad.har, n + analyse.pk) | {"kritisk": n % 4 + 1, "besvart": naa}).items():
            setattr(rad, felt, verdi)
    Gaprad.objects.bulk_update(fylt, [*behov(0, 0), "kritisk", "besvart"])
    Gaprad.objects.bulk_create(kompetanser(analyse, len(fylt), naa))


def behov(har: int, n: int) -> dict[str, int]:
    """Gaps and none."""
    return {f"trenger_{aar}": max(0, har + (n + aar) % 7 - 2) for aar in (0, 1, 3, 5)}


def kompetanser(analyse: Any, fra: int, naa: Any) -> Iterator[Any]:
    """Rows with all kinds of numbers: few and many, critical and not."""
    from kompetanse.models import Gaprad

    for n in range(fra, RADER):
        har = (analyse.pk * 7 + n * 13) % 23
        yield Gaprad(
            analyse=analyse, nummer=n + 1, slag="kompetanse", navn=f"Kompetanse {n + 1}", kritisk=n % 4 + 1, har=har,
            har_aarsverk=har, avgang_5=n % 3, veier="utvikle", besvart=naa, **behov(har, n + analyse.pk),
        )  # fmt: skip


def forste_gang(klient: Any, sti: str) -> float:
    """Seconds when nothing is drawn or kept."""
    from django.core.cache import cache

    from kompetanse.models import Gapside

    Gapside.objects.all().delete()
    tider = []
    for _ in range(FORSTE_GANGER):
        cache.clear()
        tider.append(ta_tid(lambda: klient.get(sti)))
    return statistics.median(tider)


def tegn_paa_forhaand() -> tuple[int, float]:
    """How many pages the worker draws when all are out of date, and the seconds it takes."""
    from kompetanse.models import Gapside
    from kompetanse.services.gapside import tegn_alle

    Gapside.objects.all().delete()
    antall: list[int] = []
    sekunder = ta_tid(lambda: antall.append(tegn_alle()))
    return antall[0], sekunder


def main() -> None:
    """Count with few analyses, count and measure with all."""
    from django.urls import reverse
    from django.utils import timezone

    naa, hr, leser = timezone.now(), innlogget("hr"), innlogget("verneombud")

    def stier(runde: Any) -> list[str]:
        return [reverse(f"kompetanse:{navn}", args=[runde.pk]) for navn in ("gapresultat", "gaprunde")]

    faa = spoerringer(hr, stier(lag_runde(ANALYSER // 6, naa)))
    resultat, oversikt = alle = stier(lag_runde(ANALYSER, naa))
    beholdt = f"{resultat}?om=3"
    mange, som_leser = spoerringer(hr, alle), spoerringer(leser, [resultat])
    forste, forste_leser = forste_gang(hr, resultat), forste_gang(leser, resultat)
    antall, sekunder = tegn_paa_forhaand()
    maalt, maalt_leser = maal(hr, [*alle, beholdt]), maal(leser, [resultat, beholdt])
    svar(
        analyser=ANALYSER,
        rader=RADER,
        tom=maalt[TOM][0],
        resultat=maalt[resultat],
        beholdt=maalt[beholdt],
        oversikt=maalt[oversikt],
        leser=maalt_leser[resultat],
        leser_beholdt=maalt_leser[beholdt],
        forste=forste,
        forste_leser=forste_leser,
        tegnet=(sekunder, antall),
        spoerringer=max(*mange.values(), *som_leser.values()),
        vekst=max(mange.values()) - max(faa.values()),
    )


if __name__ == "__main__":
    django.setup()
    main()
