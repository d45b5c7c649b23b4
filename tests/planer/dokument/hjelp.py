"""A delplan that says a bit of everything, with names and texts that must not reach readers outside."""

from datetime import date
from typing import Any

from django.core.management import call_command

from organisasjon.enums import Rolle
from organisasjon.models import Bruker
from planer.enums import Deltakerrolle, Planstatus, Rytme, Syn, Tiltakstatus
from planer.innhold import bygg_innhold, innholdshash
from planer.models import (
    Drofting,
    Droftingssyn,
    Forankring,
    Horing,
    Horingssvar,
    Innsatsomraade,
    Kommentar,
    Oppfolgingspunkt,
    Plan,
    Planlenke,
    Seksjon,
    Tallreferanse,
    Tiltak,
    Vedtak,
)
from tests import fabrikk
from tests.planer.fabrikk import NAA, lag_delplan, lag_tiltak, skriv

HEMMELIG = ("Olga Ansvarsdatter", "Tina Tillitsvalgt", "PROTOKOLL-ORD", "KOMMENTAR-ORD", "SVAR-ORD", "GRUNN-ORD")
RIK = (
    "<h3>Vakter</h3><p>Vi er <strong>mange</strong> og <em>flinke</em>.</p><ul><li>Punkt én</li></ul>"
    "<table><tbody><tr><td>Oppgave</td><td>Behov</td></tr><tr><td>Sårstell</td><td>Fire</td></tr></tbody></table>"
    '<blockquote><p>Et sitat</p></blockquote><p><a href="https://lovdata.no/x?a=1&amp;b=2">Loven</a></p>'
)


def full_delplan(tre: fabrikk.Kommunetre, **felt: Any) -> Plan:
    """A delplan for Hjemmetjenesten with text, tiltak, drøfting, hearing, comments and a figure."""
    olga = fabrikk.lag_bruker("olga", HEMMELIG[0])
    tina = fabrikk.lag_bruker("tina", HEMMELIG[1])
    fabrikk.gi_rolle(olga, Rolle.ENHETSLEDER, tre.hjemmetjenesten)
    deltakere = [(olga, Deltakerrolle.ANSVARLIG), (tina, Deltakerrolle.TILLITSVALGT)]
    plan = lag_delplan("Delplan for hjemmetjenesten", enheter=[tre.hjemmetjenesten], deltakere=deltakere, **felt)
    for seksjon in plan.seksjoner.all():
        skriv(plan, seksjon.nokkel, f"Tekst i {seksjon.nokkel}.")
    Seksjon.objects.filter(plan=plan, nokkel="utfordringer").update(html=RIK)
    legg_til_tall(plan, tre)
    _tiltak(plan, olga)
    _samarbeid(plan, tina)
    Oppfolgingspunkt.objects.create(plan=plan, hva="Status for tiltak", ansvarlig="Enhetsleder", rytme=Rytme.TERTIAL)
    Planlenke.objects.create(plan=plan, kapittel=2, tittel="Forskriften", adresse="https://lovdata.no/forskrift")
    Planlenke.objects.create(plan=plan, kapittel=2, tittel="Inne", adresse="/analyse/rapport/lederspenn/")
    return plan


def legg_til_tall(plan: Plan, tre: fabrikk.Kommunetre) -> Tallreferanse:
    """A figure that is 3 for those with access and «<5» for others, frozen."""
    tall = Tallreferanse.objects.create(
        plan=plan,
        nokkel="abc123",
        rapport="lederspenn",
        enhet=tre.hjemmetjenesten,
        rad="sum",
        kolonne="ansatte",
        tekst="Ledere i hjemmetjenesten",
        frosset="3777",
        frosset_prikket="<5",
    )
    html = '<p>Vi har <span data-tall="abc123"></span> ledere.</p>'
    Seksjon.objects.filter(plan=plan, nokkel="vurdering").update(html=html)
    return tall


def _tiltak(plan: Plan, ansvarlig: Bruker) -> None:
    kjerne, stotte = Innsatsomraade.objects.filter(plan=plan.temaplan)
    lag_tiltak(
        plan,
        "Årsturnus",
        omraade=kjerne,
        ident="T-0101",
        hva="Lag turnus for et år.",
        ansvarlig=ansvarlig,
        deltakere=f"{HEMMELIG[1]} og flere",
        start=date(2026, 1, 5),
        kostnad=640000,
        finansiering="Skjønnsmidler",
        kriterie_resultat="Færre hull i turnus",
        maalenhet="prosent",
        nullpunkt="53.5",
        maaltall="65",
        status=Tiltakstatus.UTSATT,
        statusgrunn=HEMMELIG[5],
    )
    lag_tiltak(plan, "Superbrukere", omraade=stotte, ident="T-0102")


def _samarbeid(plan: Plan, tina: Bruker) -> None:
    drofting = Drofting.objects.create(plan=plan, dato=date(2025, 9, 3), tema="Hele planen", opprettet=NAA)
    Droftingssyn.objects.create(drofting=drofting, bruker=tina, syn=Syn.UENIG, protokoll=HEMMELIG[2], tid=NAA)
    horing = Horing.objects.create(plan=plan, frist=date(2025, 10, 1), invitasjon="Er målene riktige?", opprettet=NAA)
    Horingssvar.objects.create(horing=horing, avsender="Eldrerådet", tekst=HEMMELIG[4], tid=NAA)
    Kommentar.objects.create(plan=plan, tekst=HEMMELIG[3], tid=NAA, av=tina)
    Forankring.objects.create(
        plan=plan, dato=date(2025, 9, 3), organ="AMU", tema="Planen", steg="1,2,3,5", deltakere=HEMMELIG[1]
    )


def vedta_rett_fram(plan: Plan, *, publisert: bool = False, sak: str = "25/1042") -> Vedtak:
    """Freeze the plan as adoption does, without the workflow."""
    felt = {"status": Planstatus.VEDTATT, "publisert": NAA if publisert else None}
    Plan.objects.filter(pk=plan.pk).update(**felt)
    plan.refresh_from_db()
    vedtak = Vedtak.objects.create(plan=plan, tid=NAA, sak=sak, innhold={}, innhold_prikket={}, hash="")
    vedtak.innhold = bygg_innhold(plan, uprikket=True)
    vedtak.innhold_prikket = bygg_innhold(plan, uprikket=False)
    vedtak.hash = innholdshash(vedtak.innhold)
    vedtak.save()
    return vedtak


def arbeid() -> None:
    """What the worker does: everything in the queue, then stop."""
    call_command("db_worker", "--batch", "--interval", "0", "--no-startup-delay", verbosity=0)


def alle_tiltak(plan: Plan) -> list[Tiltak]:
    return list(plan.tiltak.order_by("ident"))
