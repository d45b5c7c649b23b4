"""Dull factories for plans, made through the services."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from kompetanse.enums import Vei
from organisasjon.enums import Enhetstype
from organisasjon.models import Bruker, Enhet
from planer.enums import Deltakerrolle, Grep, Hovedmaal, Planslag, Planstatus
from planer.models import Innsatsomraade, Plan, Plandeltaker, Seksjon, Tiltak
from planer.services.omraader import lagre_omraade
from planer.services.planer import opprett_delplan, opprett_mal, opprett_temaplan

NAA = datetime(2025, 9, 1, 8, tzinfo=UTC)
OMRAADER = (("rolleforstaaelse", "Rolleforståelse", Grep.KJERNE), ("digital", "Digital kompetanse", Grep.STOTTE))


def lag_temaplan(
    tittel: str = "Temaplan", *, fra_aar: int = 2025, til_aar: int = 2028, omraader: Any = OMRAADER, **felt: Any
) -> Plan:
    """A temaplan with the innsatsområder named (key, title, grep). `felt`: fields of the plan set afterwards."""
    plan = opprett_temaplan(tittel=tittel, fra_aar=fra_aar, til_aar=til_aar, uttrekk=None, av=None, naa=NAA)
    for nokkel, navn, grep in omraader:
        lagre_omraade(omraade=None, plan=plan, tittel=navn, grep=grep, nokkel=nokkel, av=None, naa=NAA)
    return _sett(plan, felt)


def lag_delplan(
    tittel: str = "Delplan",
    *,
    enheter: Iterable[Enhet],
    temaplan: Plan | None = None,
    mal: Plan | None = None,
    deltakere: Any = (),
    **felt: Any,
) -> Plan:
    """A delplan for the units, beneath the only temaplan (made when there is none). `deltakere`: pairs of person and
    role; none unless given. `felt`: fields of the plan set afterwards, such as status.
    """
    temaplan = temaplan or Plan.objects.filter(slag=Planslag.TEMAPLAN).order_by("-pk").first() or lag_temaplan()
    plan = opprett_delplan(
        tittel=tittel,
        temaplan=temaplan,
        enheter=list(enheter),
        fra_aar=2025,
        til_aar=2028,
        nivaa=Enhetstype.ENHET,
        uttrekk=felt.pop("uttrekk", None),
        av=None,
        naa=NAA,
        mal=mal,
        deltakere=deltakere,
    )
    return _sett(plan, felt)


def lag_mal(tittel: str = "Mal", *, temaplan: Plan | None = None, mal: Plan | None = None) -> Plan:
    """A template for delplaner."""
    temaplan = temaplan or Plan.objects.filter(slag=Planslag.TEMAPLAN).first() or lag_temaplan()
    return opprett_mal(tittel=tittel, temaplan=temaplan, fra_aar=2025, til_aar=2028, av=None, naa=NAA, mal=mal)


def lag_tiltak(plan: Plan, tittel: str = "Fagdag", *, omraade: Innsatsomraade | None = None, **felt: Any) -> Tiltak:
    """A tiltak in the plan, written straight to the table."""
    omraade = omraade or (plan if plan.er_temaplan else plan.temaplan).omraader.first()
    verdier = {
        "ident": f"T-{Tiltak.objects.count() + 1:04d}",
        "hovedmaal": Hovedmaal.FORSVARLIG,
        "vei": Vei.UTVIKLE,
        "frist": date(2026, 6, 1),
        "endret": NAA,
    }
    return Tiltak.objects.create(plan=plan, tittel=tittel, omraade=omraade, **verdier | felt)


def skriv(plan: Plan, nokkel: str, tekst: str = "Skrevet tekst") -> Seksjon:
    """Put text in a section, straight to the table."""
    seksjon = plan.seksjoner.get(nokkel=nokkel)
    lagret = {"html": f"<p>{tekst}</p>", "sok": tekst.casefold(), "lopenummer": seksjon.lopenummer + 1}
    Seksjon.objects.filter(pk=seksjon.pk).update(**lagret)
    seksjon.refresh_from_db()
    return seksjon


def gi_planrolle(plan: Plan, bruker: Bruker, rolle: Deltakerrolle) -> Plandeltaker:
    """A named part in the plan."""
    return Plandeltaker.objects.create(plan=plan, bruker=bruker, rolle=rolle)


def bekreft(klient: Any, adresse: str) -> Any:
    """Open the confirmation page, and answer it."""
    return klient.post(adresse, klient.get(adresse).context["side"].skjult)


def sett_status(plan: Plan, status: Planstatus) -> Plan:
    """Put the plan in a state without the rules of the workflow."""
    return _sett(plan, {"status": status})


def _sett(plan: Plan, felt: dict[str, Any]) -> Plan:
    if felt:
        Plan.objects.filter(pk=plan.pk).update(**felt)
        plan.refresh_from_db()
    return plan
