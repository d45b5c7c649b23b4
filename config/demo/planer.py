"""The demo plans: a temaplan that is adopted, four delplaner in different states, and a template to make new ones from.

Everything goes through the services, as the people of the demo. Times are dates, or days from the day the demo is
loaded, so that some deadlines are always late and some always soon.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from analyse.models import Uttrekk
from config.demo import plandeler, plangang
from config.demo.brukere import lag_medarbeidere
from config.demo.planinnhold import les_plan, les_tekster
from organisasjon.models import Bruker, Enhet
from planer.models import Plan, Varsel
from planer.services.grep import velg_omraade
from planer.services.omraader import lagre_omraade
from planer.services.planer import opprett_delplan, opprett_mal, opprett_temaplan, sett_deltakere

DELPLANER = ("bo", "barneskolene", "hjemmetjenesten", "renhold")
# News older than this have been read when the demo begins.
GAMMELT_NYTT = timedelta(days=14)


class Demo:
    """The people and the day that the plans are made by and around."""

    def __init__(self, dag: date) -> None:
        self.dag = dag
        self.folk = {b.username: b for b in Bruker.objects.all()}
        self.uttrekk = Uttrekk.objects.latest("dato")

    def dato(self, naar: date | int) -> date:
        """A date, or so many days from the day of the demo."""
        return naar if isinstance(naar, date) else self.dag + timedelta(days=naar)

    def tid(self, naar: date | int, klokka: int = 10) -> datetime:
        """The hour of that day, in the municipality's time."""
        return timezone.make_aware(datetime.combine(self.dato(naar), time(klokka)))


@transaction.atomic
def last_planer(dag: date) -> None:
    """Make the plans, all or none. A database that has plans already is left alone.

    Side effects: a few more people than the logins, so that other units' plans have somebody behind them.
    """
    if Plan.objects.exists():
        return
    lag_medarbeidere(dag)
    demo = Demo(dag)
    temaplan = _temaplan(demo)
    mal = _mal(demo, temaplan)
    for navn in DELPLANER:
        _delplan(demo, navn, temaplan, mal)
    Varsel.objects.filter(opprettet__lt=demo.tid(0) - GAMMELT_NYTT).update(lest=demo.tid(-1))


def _temaplan(demo: Demo) -> Plan:
    """Written by the deputy and decided on by the chief executive; its tiltak have been followed up ever since."""
    data = les_plan("temaplan")
    av, skrevet = demo.folk[data["av"]], demo.tid(data["skrevet"])
    ramme = {felt: data[felt] for felt in ("tittel", "fra_aar", "til_aar")}
    plan = opprett_temaplan(**ramme, uttrekk=demo.uttrekk, av=av, naa=demo.tid(data["opprettet"]))
    for omraade in data["omraader"]:
        lagre_omraade(omraade=None, plan=plan, **omraade, av=av, naa=skrevet)
    deltakere = [(demo.folk[navn], rolle) for navn, rolle in data["deltakere"]]
    sett_deltakere(plan=plan, deltakere=deltakere, av=av, naa=skrevet)
    _fyll(demo, plan, data, {**les_tekster("temaplan"), **les_tekster("omraader")})
    return plan


def _mal(demo: Demo, temaplan: Plan) -> Plan:
    """The template: what to write about, and the usual follow-up."""
    data, hr, naa = les_plan("mal"), demo.folk["hr"], demo.tid(-290)
    aar = {"fra_aar": temaplan.fra_aar, "til_aar": temaplan.til_aar}
    plan = opprett_mal(tittel=data["tittel"], temaplan=temaplan, **aar, av=hr, naa=naa)
    plandeler.skriv(plan, les_tekster("mal"), {}, hr, naa)
    plandeler.struktur(plan, data, hr, naa)
    return plan


def _delplan(demo: Demo, navn: str, temaplan: Plan, mal: Plan) -> None:
    """One delplan, as far as its file says that it has come. What the template suggests is written over or emptied."""
    data = les_plan(navn)
    av, naa = demo.folk[data["av"]], demo.tid(data["opprettet"])
    plan = opprett_delplan(
        tittel=data["tittel"],
        temaplan=temaplan,
        enheter=list(Enhet.objects.filter(navn__in=data["enheter"]).order_by("kode", "pk")),
        fra_aar=temaplan.fra_aar,
        til_aar=temaplan.til_aar,
        nivaa=data["nivaa"],
        uttrekk=demo.uttrekk,
        av=av,
        naa=naa,
        mal=mal,
        deltakere=[(demo.folk[hvem], rolle) for hvem, rolle in data["deltakere"]],
    )
    plan.oppfolging.all().delete()
    omraader = {o.nokkel: o for o in temaplan.omraader.all()}
    for nokkel, valgt in data["valgt"].items():
        velg_omraade(plan=plan, omraade=omraader[nokkel], valgt=valgt, av=av, naa=naa)
    tomme = dict.fromkeys(les_tekster("mal"), "")
    _fyll(demo, plan, data, tomme | les_tekster(navn))


def _fyll(demo: Demo, plan: Plan, data: dict[str, Any], tekster: dict[str, str]) -> None:
    """Figures, text, structured parts and tiltak; then what has happened to the plan since it was written."""
    av, skrevet = demo.folk[data["av"]], demo.tid(data["skrevet"])
    tall = plandeler.tall(plan, data.get("tall", ()))
    egne = {s.nokkel for s in plan.seksjoner.all()}
    plandeler.skriv(plan, {n: t for n, t in tekster.items() if n in egne}, tall, av, skrevet)
    plandeler.struktur(plan, data, av, skrevet)
    plandeler.maal(plan, data.get("maal", ()), av, skrevet)
    plandeler.effekter(plan, data.get("effekter", ()), tall, av, skrevet)
    tiltak = plandeler.tiltak(demo, plan, data["tiltak"], av, skrevet)
    plangang.gaa(demo, plan, data)
    plandeler.folg_opp_alle(demo, tiltak, data["tiltak"])
    if "revisjon" in data:
        plangang.revider(demo, plan, data["revisjon"], tekster, tall)
