"""Leaders against requirements: 500 leaders × 60 requirements in one pass. Usage: python -m bench.kompetanse [pdf]

Every leader meets every requirement, each with a rule of five conditions in two groups, and has ten things documented,
with days that no other leader has. The queries are counted with a tenth of the leaders and with all of them. With
«pdf» also the role matrix and a unit's delegations as PDF.
"""

import sys
from datetime import date, timedelta
from typing import Any

import django

from bench.prosess import median, svar
from bench.sider import GANGER, TOM, innlogget, maal, spoerringer

# Fewer when a run is only to be seen to work.
LEDERE, KRAV = (500, 60) if GANGER > 1 else (20, 10)
DELEGERINGER = 60
DAG = date(2031, 1, 1)


def fyll_krav() -> None:
    """As many requirements as are measured, for all enhetsledere, and no others."""
    from kompetanse.models import Krav

    Krav.objects.all().delete()
    Krav.objects.bulk_create(
        Krav(
            gjelder_for=f"Krav {n}",
            kilde="kommunal",
            hjemmel=f"Punkt {n}",
            tekst="Har det som trengs.",
            funksjoner="enhetsleder",
            regel=regel(n),
        )
        for n in range(KRAV)
    )


def regel(n: int) -> dict[str, Any]:
    """Five conditions in two groups."""
    minst = {"slag": "utdanning", "minst": "master" if n % 2 else "bachelor", "relevant": True}
    aar = {"slag": "erfaring", "aar": 2 + n % 5, "rolle": "leder"}
    kurs, poeng = {"slag": "kurs", "navn": f"Kurs {n % 7}"}, {"slag": "studiepoeng", "minst": 30}
    leder = {"slag": "lederutdanning", "forpliktelse": True}
    return {"slag": "og", "deler": [leder, {"slag": "eller", "deler": [minst, aar, kurs, poeng]}]}


def fyll_ledere(fra: int, til: int) -> None:
    """Leaders with ten things documented each."""
    from kompetanse.models import Dokument, Lederpost
    from organisasjon.models import Enhet

    enheter = list(Enhet.objects.order_by("pk"))
    felles = {"funksjon": "enhetsleder", "stilling": "Enhetsleder", "kartlagt": date(2025, 1, 1)}
    ledere = Lederpost.objects.bulk_create(
        Lederpost(navn=f"Leder {n}", enhet=enheter[n % len(enheter)], **felles) for n in range(fra, til)
    )
    Dokument.objects.bulk_create(d for leder in ledere for d in dokumenter(leder))


def dokumenter(leder: Any) -> list[Any]:
    """Ten documents."""
    from kompetanse.models import Dokument

    dag = timedelta(days=leder.pk)
    kurs = [Dokument(leder=leder, slag="kurs", tekst=f"Kurs {n}", fra=date(2020, 1, 1) + dag) for n in range(5)]
    jobber = [Dokument(leder=leder, slag="erfaring", tekst="Leder", fra=date(2010 + n, 1, 1) + dag) for n in range(3)]
    skole = Dokument(leder=leder, slag="utdanning", tekst="Fag", nivaa=4, relevant=True, fra=date(2005, 1, 1) + dag)
    avtale = Dokument(leder=leder, slag="forpliktelse", tekst="Lederutdanning", til=date(2032, 1, 1) + dag)
    return [*kurs, *jobber, skole, avtale]


def en_gang() -> int:
    """All leaders against all requirements, once; how many verdicts it gave."""
    from kompetanse.models import Lederpost
    from kompetanse.queries.ledere import lederresultater

    return sum(len(r.krav) for r in lederresultater(Lederpost.objects.innehar(DAG), DAG))


def pdf_av_matrisen() -> bytes:
    """The municipality's role matrix."""
    from felles.pdf import lag_pdf
    from kompetanse.matrisetrykk import matrisedokument
    from kompetanse.models import Matriseversjon
    from kompetanse.queries.matrise import les_bilde

    dokument = matrisedokument(les_bilde(Matriseversjon.objects.select_related("matrise").earliest("pk")), DAG)
    return lag_pdf(dokument.html, tittel=dokument.tittel)


def fyll_delegeringer(enhet: Any) -> None:
    """As many as a large unit has."""
    from kompetanse.models import Delegering

    felles = {"enhet": enhet, "fra_rolle": "KS", "til_rolle": "EL", "gyldig_fra": date(2025, 1, 1), "dokument": "Sak 1"}
    Delegering.objects.bulk_create(Delegering(hva=f"Myndighet {n}", **felles) for n in range(DELEGERINGER))


def pdf_av_delegeringene(enhet: Any) -> bytes:
    """A unit's delegations."""
    from felles.pdf import lag_pdf
    from kompetanse.matrisetrykk import delegeringsdokument
    from kompetanse.queries.delegering import delegeringer

    dokument = delegeringsdokument(enhet, delegeringer(frozenset({enhet.pk}), DAG), DAG)
    return lag_pdf(dokument.html, tittel=dokument.tittel)


def maal_pdf() -> dict[str, float]:
    """Seconds each document takes."""
    from organisasjon.models import Enhet

    enhet = Enhet.objects.earliest("pk")
    fyll_delegeringer(enhet)
    pdf_av_matrisen()
    return {
        "Rollematrisen": median(pdf_av_matrisen, min(GANGER, 3)),
        f"{DELEGERINGER} delegeringer": median(lambda: pdf_av_delegeringene(enhet), min(GANGER, 3)),
    }


def main(argumenter: list[str]) -> None:
    """Count with few, count and measure with all."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    def tell() -> int:
        with CaptureQueriesContext(connection) as fanget:
            en_gang()
        return len(fanget)

    hr, sti = innlogget("hr"), reverse("kompetanse:ledere")
    fyll_krav()
    fyll_ledere(0, LEDERE // 10)
    faa = tell()
    fyll_ledere(LEDERE // 10, LEDERE)
    mange = tell()
    if en_gang() != LEDERE * KRAV:
        raise RuntimeError("Ikke alle lederne ble holdt mot alle kravene")
    maalt = maal(hr, [sti])
    svar(
        ledere=LEDERE,
        krav=KRAV,
        sekunder=median(en_gang, GANGER),
        tom=maalt[TOM][0],
        side=maalt[sti],
        faa=faa,
        mange=mange,
        paa_siden=spoerringer(hr, [sti])[sti],
        pdf=maal_pdf() if "pdf" in argumenter else {},
    )


if __name__ == "__main__":
    django.setup()
    main(sys.argv[1:])
