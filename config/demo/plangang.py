"""What has happened to a demo plan since it was made: drøfting, hearing, comments, decision, publishing, revision."""

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from config.demo import plandeler
from organisasjon.queries import tilgang_for
from planer.enums import Deltakerrolle, Planstatus
from planer.models import Plan, Tallreferanse
from planer.services.dokument import publiser
from planer.services.drofting import avslutt_drofting, foer_syn, opprett_drofting
from planer.services.flyt import skift_status, start_revisjon, vedta
from planer.services.horing import registrer_brev, send_paa_horing, svar_paa_horing, vurder_svar
from planer.services.kommentarer import avslutt_kommentar, skriv_kommentar, svar_paa_kommentar

if TYPE_CHECKING:
    from config.demo.planer import Demo

REPRESENTANTER = (Deltakerrolle.TILLITSVALGT, Deltakerrolle.VERNEOMBUD)
INNKALT = timedelta(days=7)


def gaa(demo: "Demo", plan: Plan, data: Mapping[str, Any]) -> None:
    """As far along the way as the file says."""
    droftinger = data.get("droftinger", ())
    if droftinger:
        naa = demo.tid(droftinger[0]["naar"]) - INNKALT
        _flytt(demo, plan, Planstatus.DROFTING, data["av"], naa)
        _droft(demo, plan, droftinger[0])
    if "horing" in data:
        _horing(demo, plan, data["horing"])
    for drofting in droftinger[1:]:
        _droft(demo, plan, drofting)
    for kommentar in data.get("kommentarer", ()):
        _kommenter(demo, plan, kommentar)
    if "vedtak" in data:
        _vedta(demo, plan, data["vedtak"])


def _flytt(demo: "Demo", plan: Plan, til: Planstatus, hvem: str, naa: Any, merknad: str = "") -> None:
    av = demo.folk[hvem]
    skift_status(plan=plan, til=til, av=av, tilgang=tilgang_for(av, naa.date()), naa=naa, merknad=merknad)


def _droft(demo: "Demo", plan: Plan, data: Mapping[str, Any]) -> None:
    """Called a week ahead; closed when everybody has recorded their view."""
    holdt, hr = demo.tid(data["naar"], 12), demo.folk["hr"]
    inviterte = [d.bruker for d in plan.deltakere.filter(rolle__in=REPRESENTANTER).select_related("bruker")]
    drofting = opprett_drofting(
        plan=plan,
        dato=demo.dato(data["naar"]),
        tema=data["tema"],
        inviterte=inviterte,
        av=hr,
        naa=holdt - INNKALT,
        andre_deltakere=data["andre"],
    )
    for syn in data["syn"]:
        av = demo.folk[syn["bruker"]]
        foer_syn(drofting=drofting, av=av, syn=syn["syn"], protokoll=syn["protokoll"], naa=holdt)
    if len(data["syn"]) == len(inviterte):
        avslutt_drofting(drofting=drofting, av=hr, naa=holdt + timedelta(hours=2))


def _horing(demo: "Demo", plan: Plan, data: Mapping[str, Any]) -> None:
    """Answers from people in the product are theirs; HR records the letters."""
    av, aapnet = demo.folk[data["av"]], demo.tid(data["aapnet"])
    send_paa_horing(
        plan=plan,
        frist=demo.dato(data["frist"]),
        invitasjon=data["invitasjon"],
        av=av,
        tilgang=tilgang_for(av, aapnet.date()),
        naa=aapnet,
    )
    horing, hr = plan.horinger.get(), demo.folk["hr"]
    for svar in data["svar"]:
        lagre = registrer_brev if svar["av"] == "hr" else svar_paa_horing
        tekst = {felt: svar[felt] for felt in ("avsender", "tekst")}
        naa = demo.tid(svar["naar"])
        lagret = lagre(horing=horing, **tekst, av=demo.folk[svar["av"]], naa=naa)
        if "vurdering" in svar:
            vurder_svar(svar=lagret, vurdering=svar["vurdering"], av=hr, naa=naa)


def _kommenter(demo: "Demo", plan: Plan, data: Mapping[str, Any]) -> None:
    seksjon = plan.seksjoner.get(nokkel=data["seksjon"])
    av, naa = demo.folk[data["av"]], demo.tid(data["naar"], 11)
    kommentar = skriv_kommentar(plan=plan, seksjon=seksjon, tekst=data["tekst"], av=av, naa=naa)
    if svar := data.get("svar"):
        svarer, naa = demo.folk[svar["av"]], demo.tid(svar["naar"], 13)
        svar_paa_kommentar(kommentar=kommentar, tekst=svar["tekst"], av=svarer, naa=naa)
    if status := data.get("status"):
        avslutt_kommentar(kommentar=kommentar, status=status, av=demo.folk["hr"], naa=naa)


def _vedta(demo: "Demo", plan: Plan, data: Mapping[str, Any]) -> None:
    til_beslutning = demo.tid(data["til_beslutning"])
    _flytt(demo, plan, Planstatus.BESLUTNING, data["av"], til_beslutning, data.get("merknad", ""))
    vedta(plan=plan, av=demo.folk["kommunedirektor"], sak=data["sak"], naa=demo.tid(data["naar"], 9))
    if "publisert" in data:
        publiser(plan=plan, av=demo.folk["hr"], naa=demo.tid(data["publisert"]))


def revider(
    demo: "Demo",
    plan: Plan,
    data: Mapping[str, Any],
    tekster: Mapping[str, str],
    tall: Mapping[str, Tallreferanse],
) -> None:
    """A newer version under way: some texts written anew, and tiltak that the adopted version does not have."""
    av, naa = demo.folk[data["av"]], demo.tid(data["naar"])
    ny = start_revisjon(plan=plan, av=av, naa=naa)
    nye = {nokkel: tekster[fra] for nokkel, fra in data["seksjoner"].items()}
    plandeler.skriv(ny, nye, tall, av, naa + timedelta(days=3))
    plandeler.tiltak(demo, ny, data["tiltak"], av, naa + timedelta(days=4))
