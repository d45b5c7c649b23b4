"""A delplan with its people, and quick ways to bring it where a test needs it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from organisasjon.enums import Rolle
from organisasjon.models import Bruker
from organisasjon.queries import tilgang_for
from planer.enums import Deltakerrolle, Planstatus, Syn
from planer.models import Drofting, Plan, Seksjon, Varsel
from planer.services.drofting import foer_syn, opprett_drofting
from tests import fabrikk
from tests.planer.fabrikk import lag_delplan, lag_temaplan, lag_tiltak, sett_status

NAA = datetime(2025, 9, 10, 8, tzinfo=UTC)
DAG = date(2025, 9, 10)


@dataclass
class Verden:
    """Hjemmetjenesten's delplan, and one person of each role. `tilgang(x)` gives a person's access."""

    tema: Plan
    plan: Plan
    folk: dict[str, Bruker]

    def __getattr__(self, navn: str) -> Any:
        try:
            return self.folk[navn]
        except KeyError as feil:
            raise AttributeError(navn) from feil

    @staticmethod
    def tilgang(bruker: Bruker):
        return tilgang_for(bruker, DAG)


def lag_verden(tre: fabrikk.Kommunetre) -> Verden:
    folk = {}
    for rolle in Rolle:
        folk[rolle.value] = fabrikk.lag_bruker(rolle.value, str(rolle.label))
        fabrikk.gi_rolle(folk[rolle.value], rolle, tre.standardomraade(rolle))
    folk["nabo"] = fabrikk.lag_bruker("nabo", "Nabo Enhetsleder")
    fabrikk.gi_rolle(folk["nabo"], Rolle.ENHETSLEDER, tre.skolen)
    folk["oppvekst"] = fabrikk.lag_bruker("oppvekst", "Kommunalsjef Oppvekst")
    fabrikk.gi_rolle(folk["oppvekst"], Rolle.KOMMUNALSJEF, tre.oppvekst)
    folk["utenfor"] = fabrikk.lag_bruker("utenfor", "Uten Rolle")
    tema = lag_temaplan()
    deltakere = [
        (folk["enhetsleder"], Deltakerrolle.ANSVARLIG),
        (folk["kommunalsjef"], Deltakerrolle.KOMMUNALSJEF),
        (folk["tillitsvalgt"], Deltakerrolle.TILLITSVALGT),
        (folk["verneombud"], Deltakerrolle.VERNEOMBUD),
    ]
    plan = lag_delplan("Delplan Hjemmetjenesten", enheter=[tre.hjemmetjenesten], temaplan=tema, deltakere=deltakere)
    # What making the plan said is not what these tests ask about.
    Varsel.objects.all().delete()
    return Verden(tema, plan, folk)


def fyll_ut(plan: Plan) -> Plan:
    """Write in every section and give each kjernegrep a tiltak with someone responsible, so that nothing stops it."""
    Seksjon.objects.filter(plan=plan).update(html="<p>Skrevet.</p>", sok="skrevet.")
    if not plan.er_temaplan:
        plan.grepvalg.update(valgt=True)
        ansvarlig = plan.deltakere.first()
        for valg in plan.grepvalg.select_related("omraade"):
            lag_tiltak(plan, f"Tiltak {valg.omraade}", omraade=valg.omraade, ansvarlig=ansvarlig and ansvarlig.bruker)
    return plan


def droft(verden: Verden, plan: Plan | None = None, *, dato: date = DAG, foer: bool = True) -> Drofting:
    """A drøfting with both representatives, held, with their views recorded."""
    plan = plan or verden.plan
    folk = [verden.tillitsvalgt, verden.verneombud]
    drofting = opprett_drofting(
        plan=plan, dato=dato, tema="Hele planen", inviterte=folk, av=verden.hr, naa=NAA - timedelta(days=1)
    )
    for bruker in folk if foer else []:
        foer_syn(drofting=drofting, av=bruker, syn=Syn.ENIG, protokoll="", naa=NAA)
    return drofting


def klar_til_vedtak(verden: Verden) -> Plan:
    """The delplan, complete and drøftet, waiting for the kommunedirektør."""
    fyll_ut(verden.plan)
    droft(verden)
    return sett_status(verden.plan, Planstatus.BESLUTNING)
