"""Many plans at once, straight to the tables: a temaplan with eleven innsatsområder and any number of delplaner."""

from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from config.demo.planinnhold import les_plan
from felles.norsk import brett
from kompetanse.enums import Vei
from organisasjon.enums import Enhetstype
from organisasjon.models import Bruker, Enhet
from planer.enums import Deltakerrolle, Grep, Planslag, Planstatus, Tiltakstatus
from planer.kapitler import kapitler_for
from planer.models import Grepvalg, Plan, Plandeltaker, Planomfang, Seksjon, Tiltak
from planer.services.omraader import lagre_omraade
from planer.services.planer import opprett_temaplan

TILTAK_PER_PLAN = 25
AVSNITT = "<p>Et avsnitt på noen linjer, slik det gjerne står i en delplan, med grunnen til at vi gjør det slik.</p>"
STATUSER = (Planstatus.UTKAST, Planstatus.DROFTING, Planstatus.HORING, Planstatus.BESLUTNING)


def lag_temaplan(av: Bruker, naa: datetime) -> Plan:
    """The temaplan that the delplaner lie under, with the demo's innsatsområder."""
    plan = opprett_temaplan(tittel="Temaplan", fra_aar=2026, til_aar=2029, uttrekk=None, av=av, naa=naa)
    for omraade in les_plan("temaplan")["omraader"]:
        lagre_omraade(omraade=None, plan=plan, **omraade, av=av, naa=naa)
    return plan


def fyll(temaplan: Plan, antall: int, folk: list[Bruker], uttrekk: Any, naa: datetime) -> list[Plan]:
    """`antall` new delplaner over the municipality's units, each with texts, choices and 25 tiltak."""
    fra = Plan.objects.filter(slag=Planslag.DELPLAN).count()
    planer = Plan.objects.bulk_create(
        Plan(
            slag=Planslag.DELPLAN,
            tittel=f"Delplan {fra + n + 1}",
            temaplan=temaplan,
            fra_aar=2026,
            til_aar=2029,
            status=STATUSER[n % len(STATUSER)],
            uttrekk=uttrekk,
            opprettet=naa,
            endret=naa,
        )
        for n in range(antall)
    )
    _ramme(planer, fra, folk)
    _innhold(planer, temaplan, naa)
    _tiltak(planer, fra, temaplan, folk, naa)
    return planer


def _ramme(planer: list[Plan], fra: int, folk: list[Bruker]) -> None:
    enheter = list(Enhet.objects.filter(type__in=[Enhetstype.ENHET, Enhetstype.AVDELING]).order_by("type", "pk"))
    Planomfang.objects.bulk_create(
        Planomfang(plan=plan, enhet=enheter[(fra + n) % len(enheter)]) for n, plan in enumerate(planer)
    )
    Plandeltaker.objects.bulk_create(
        Plandeltaker(plan=plan, bruker=folk[(fra + n) % len(folk)], rolle=Deltakerrolle.ANSVARLIG)
        for n, plan in enumerate(planer)
    )


def _innhold(planer: list[Plan], temaplan: Plan, naa: datetime) -> None:
    omraader = list(temaplan.omraader.all())
    Grepvalg.objects.bulk_create(
        Grepvalg(plan=plan, omraade=o, valgt=o.grep == Grep.KJERNE) for plan in planer for o in omraader
    )
    tekst = {"html": AVSNITT * 3, "sok": brett(AVSNITT * 3), "endret": naa}
    Seksjon.objects.bulk_create(
        Seksjon(plan=plan, kapittel=k.nummer, nokkel=nokkel, overskrift=str(navn), paakrevd=krav, **tekst)
        for plan in planer
        for k in kapitler_for(Planslag.DELPLAN)
        for nokkel, navn, krav in k.seksjoner
    )
    Seksjon.objects.bulk_create(
        Seksjon(plan=plan, kapittel=4, nokkel=f"grep-{o.nokkel}", overskrift=o.tittel, omraade=o, **tekst)
        for plan in planer
        for o in islice(omraader, plan.pk % 3, None)
    )


def _tiltak(planer: list[Plan], fra: int, temaplan: Plan, folk: list[Bruker], naa: datetime) -> None:
    omraader = list(temaplan.omraader.all())
    statuser = [s for s in Tiltakstatus if s not in (Tiltakstatus.UTSATT, Tiltakstatus.AVBRUTT)]
    veier, dag = list(Vei), naa.date()
    Tiltak.objects.bulk_create(
        Tiltak(
            plan=plan,
            ident=f"T-{(fra + p) * TILTAK_PER_PLAN + n + 1:04d}",
            tittel=f"Tiltak {n + 1} i {plan.tittel}",
            hva="Det som skal gjøres, i to setninger. Og hvem som er med på det.",
            omraade=omraader[(n + p) % len(omraader)],
            hovedmaal=n % 3 + 1,
            vei=veier[n % len(veier)],
            status=statuser[n % len(statuser)],
            ansvarlig=folk[(n + p) % len(folk)] if n % 6 else None,
            start=dag - timedelta(days=90),
            frist=_frist(dag, n),
            kostnad=n * 10_000,
            sok=brett(f"tiltak {n + 1} i {plan.tittel}"),
            endret=naa,
        )
        for p, plan in enumerate(planer)
        for n in range(TILTAK_PER_PLAN)
    )


def _frist(dag: date, n: int) -> date:
    return dag + timedelta(days=(n * 17) % 240 - 60)
