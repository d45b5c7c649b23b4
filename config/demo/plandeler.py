"""What a demo plan is made of: figures, text, structured parts, tiltak with their log."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from config.demo.planinnhold import sett_inn_tall
from organisasjon.models import Bruker, Enhet
from organisasjon.queries import kommune
from planer.enums import Tiltakstatus
from planer.models import Effekt, Forankring, Maal, Oppfolgingspunkt, Plan, Planlenke, Rollelinje, Tallreferanse, Tiltak
from planer.services.deler import lagre_del
from planer.services.seksjoner import lagre_seksjon
from planer.services.tall import ta_med_tall
from planer.services.tiltak import folg_opp, lagre_tiltak
from planer.tall.utvalg import hent_valg

if TYPE_CHECKING:
    from config.demo.planer import Demo

STRUKTUR = {
    "rollelinjer": Rollelinje,
    "forankring": Forankring,
    "lenker": Planlenke,
    "oppfolging": Oppfolgingspunkt,
}
DAGFELT = ("start", "frist", "soknadsfrist")
TALLFELT = ("kostnad", "nullpunkt", "maaltall")
HENDT = ("status", "statusgrunn", "logg")


def tall(plan: Plan, rader: Iterable[Mapping[str, Any]]) -> dict[str, Tallreferanse]:
    """Live figures, by the key that the plan's file gives them. Raises ValueError for one that does not exist."""
    enheter = {e.navn: e for e in Enhet.objects.all()}
    rot = kommune()
    ut = {}
    for rad in rader:
        sted = {"tabell": "rader", **{felt: rad[felt] for felt in ("rapport", "rad", "kolonne")}}
        enhet = enheter[rad["enhet"]] if "enhet" in rad else rot
        valg = hent_valg(plan, enhet, uprikket=True, noekler=sted)
        if valg is None:
            raise ValueError(f"{plan}: tallet {rad['nokkel']} finnes ikke")
        ut[rad["nokkel"]] = ta_med_tall(plan=plan, valg=valg)
    return ut


def skriv(plan: Plan, tekster: Mapping[str, str], tall: Mapping[str, Tallreferanse], av: Bruker, naa: datetime) -> None:
    """Write the sections that have a text, with the figures in their places."""
    seksjoner = {s.nokkel: s for s in plan.seksjoner.all()}
    nokler = {navn: t.nokkel for navn, t in tall.items()}
    for nokkel, html in tekster.items():
        lagre_seksjon(seksjon=seksjoner[nokkel], html=sett_inn_tall(html, nokler), forventet=None, av=av, naa=naa)


def struktur(plan: Plan, data: Mapping[str, Any], av: Bruker, naa: datetime) -> None:
    """Roles, forankring, links and follow-up, as far as the file has them."""
    for navn, modell in STRUKTUR.items():
        for verdier in data.get(navn, ()):
            lagre_del(plan=plan, objekt=modell(), verdier=verdier, felter=(), av=av, naa=naa)


def maal(plan: Plan, rader: Iterable[Mapping[str, Any]], av: Bruker, naa: datetime) -> None:
    """Describe the overall goals and put sub-goals beneath them."""
    for rad in rader:
        hoved = plan.maal.get(hovedmaal=rad["hovedmaal"], overordnet=None)
        beskrivelse = {"beskrivelse": rad["beskrivelse"]}
        lagre_del(plan=plan, objekt=hoved, verdier=beskrivelse, felter=(), av=av, naa=naa)
        for tittel in rad["delmaal"]:
            verdier = {"hovedmaal": hoved.hovedmaal, "overordnet": hoved, "tittel": tittel}
            lagre_del(plan=plan, objekt=Maal(), verdier=verdier, felter=(), av=av, naa=naa)


def effekter(
    plan: Plan,
    rader: Iterable[Mapping[str, Any]],
    tall: Mapping[str, Tallreferanse],
    av: Bruker,
    naa: datetime,
) -> None:
    """Effects; some are read from a figure in the plan."""
    for rad in rader:
        verdier = {**rad, "tall": tall.get(rad.get("tall", ""))}
        lagre_del(plan=plan, objekt=Effekt(), verdier=verdier, felter=(), av=av, naa=naa)


def tiltak(demo: "Demo", plan: Plan, rader: Iterable[Mapping[str, Any]], av: Bruker, naa: datetime) -> list[Tiltak]:
    """Tiltak as they were planned; what has happened since is followed up afterwards."""
    temaplan = plan if plan.er_temaplan else plan.temaplan
    omraader = {o.nokkel: o for o in temaplan.omraader.all()}
    return [
        lagre_tiltak(tiltak=None, plan=plan, verdier=_verdier(demo, rad, omraader), av=av, naa=naa) for rad in rader
    ]


def _verdier(demo: "Demo", rad: Mapping[str, Any], omraader: Mapping[str, Any]) -> dict[str, Any]:
    verdier = {felt: verdi for felt, verdi in rad.items() if felt not in HENDT}
    verdier["omraade"] = omraader[rad["omraade"]]
    verdier["ansvarlig"] = demo.folk.get(rad.get("ansvarlig"))
    verdier |= {felt: demo.dato(rad[felt]) for felt in DAGFELT if felt in rad}
    return verdier | {felt: Decimal(str(rad[felt])) for felt in TALLFELT if felt in rad}


def folg_opp_alle(demo: "Demo", tiltak: Iterable[Tiltak], rader: Iterable[Mapping[str, Any]]) -> None:
    """The log of each tiltak, and the state it has come to."""
    for ett, rad in zip(tiltak, rader, strict=True):
        linjer = [*rad.get("logg", ())]
        status = rad.get("status", Tiltakstatus.PLANLAGT)
        if status != (linjer[-1]["status"] if linjer else Tiltakstatus.PLANLAGT):
            linjer.append({"naar": -6, "status": status, "tekst": rad.get("statusgrunn") or "Arbeidet er i gang."})
        for linje in linjer:
            verdi = Decimal(str(linje["verdi"])) if "verdi" in linje else None
            folg_opp(
                tiltak=ett,
                dato=demo.dato(linje["naar"]),
                tekst=linje["tekst"],
                status=linje["status"],
                verdi=verdi,
                av=ett.ansvarlig or demo.folk["hr"],
                naa=demo.tid(linje["naar"], 14),
            )
