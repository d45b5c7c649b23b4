"""Gap analyses of the demo: last year's round, closed, and this year's, open, with analyses in every state. Made up.

How many there are of each position group, their årsverk and ages are those of the extract. Hjemmetjenesten has last
year's answers, and this year's is left for somebody to begin.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from analyse.demodata.fakta import ENHETER
from analyse.enums import Lederfunksjon
from analyse.models import Leder, Uttrekk
from kompetanse.enums import Gapradslag, Gapstatus
from kompetanse.gap.forslag import andel_av
from kompetanse.gap.regning import HORISONTER
from kompetanse.gapfelt import AVGANG, TRENGER, UTDANNING
from kompetanse.models import Gapanalyse, Gapoppgave, Gaprad, Gaprunde, Gapsvar, Gapswot, Kompetanse, Lederpost
from kompetanse.services.gaprunde import aapne_runde, lagre_runde, steng_runde
from kompetanse.services.gaprunde_enheter import lagre_sporsmaal, sett_omfang
from kompetanse.services.gaprunde_godkjenning import flytt_analyse
from kompetanse.services.gapsvar import begynn
from kompetanse.services.gapsvar_forslag import sett_avgang
from kompetanse.services.lederkompetanse import sett_kompetanser
from organisasjon.enums import Enhetstype, Rolle
from organisasjon.models import Bruker, Enhet, Rolletildeling
from organisasjon.queries import tilgang_for
from organisasjon.services import gi_rolle, opprett_bruker

INNHOLD = settings.BASE_DIR / "fixtures" / "demo" / "gap.toml"
SLAG = {e.navn: e.slag for e in ENHETER}
KOMMUNALSJEF = {
    "Helse og omsorg": "kommunalsjef",
    "Oppvekst": "kommunalsjef.oppvekst",
    "Tekniske tjenester og kultur": "kommunalsjef.teknisk",
}
# Function in the extract → role. Heads of staff approve what lies beneath their own unit.
LEDERROLLE = {
    Lederfunksjon.ENHETSLEDER: Rolle.ENHETSLEDER,
    Lederfunksjon.OKONOMISJEF: Rolle.KOMMUNALSJEF,
    Lederfunksjon.IT_SJEF: Rolle.KOMMUNALSJEF,
}
# So many in a group that some are in training.
STOR_GRUPPE = 8
SVARFELT = (
    *("spesiell", "kompetansetekst", "kritisk", "har", "veier", "besvart", "lopenummer"),
    *TRENGER,
    *UTDANNING,
    *AVGANG,
)


@dataclass
class Demo:
    """The day, the people, the content, and the competences by name."""

    dag: date
    data: dict[str, Any]
    folk: dict[str, Bruker]
    katalog: dict[str, Kompetanse]
    ledere: dict[int, Bruker] = field(default_factory=dict)

    def tid(self, dager: int) -> datetime:
        """Ten o'clock so many days from the day of the demo."""
        return timezone.make_aware(datetime.combine(self.dag + timedelta(days=dager), time(10)))


@transaction.atomic
def last_gap(dag: date) -> None:
    """Make both rounds, all or none. A database that has rounds already is left alone.

    Side effects: accounts that cannot log in for the leaders of the units. No e-mail is sent.
    """
    if Gaprunde.objects.exists():
        return
    data = tomllib.loads(INNHOLD.read_text(encoding="utf-8"))
    folk = {b.username: b for b in Bruker.objects.all()}
    demo = Demo(dag, data, folk, {k.navn: k for k in Kompetanse.objects.all()})
    _lag_ledere(demo)
    _i_fjor(demo)
    _i_aar(demo)
    _noekkelpersoner(demo)


def _enheter(navn: list[str]) -> list[Enhet]:
    return list(Enhet.objects.filter(navn__in=navn, type__in=[Enhetstype.ENHET, Enhetstype.STAB]).order_by("kode"))


def _lag_ledere(demo: Demo) -> None:
    """Those who have a role for the unit, else an account with the name the leader has in the extract. A few units are
    left without, as in any municipality.
    """
    roller = {
        r.enhet_id: r.bruker
        for r in Rolletildeling.objects.filter(rolle__in=LEDERROLLE.values()).select_related("bruker")
    }
    ledere = Leder.objects.filter(uttrekk=Uttrekk.objects.latest("dato"), funksjon__in=LEDERROLLE, avdeling=None)
    for leder in ledere.select_related("enhet").order_by("enhet__kode"):
        if leder.enhet_id in roller:
            demo.ledere[leder.enhet_id] = roller[leder.enhet_id]
        elif leder.enhet.navn not in demo.data["uten_leder"]:
            demo.ledere[leder.enhet_id] = _ny_leder(demo, leder)


def _ny_leder(demo: Demo, leder: Leder) -> Bruker:
    navn = f"leder.{leder.enhet.kode}"
    bruker = opprett_bruker(epost=f"{navn}@demo.invalid", navn=leder.navn, brukernavn=navn)
    rolle = {"rolle": LEDERROLLE[leder.funksjon], "enhet": leder.enhet, "gyldig_fra": demo.dag - timedelta(days=800)}
    gi_rolle(bruker=bruker, **rolle, utfoert_av=None, dag=demo.dag)
    return bruker


def _runde(demo: Demo, aar: int, enheter: list[Enhet], uttrekk: Uttrekk, *, aapnet: int, frist: int) -> Gaprunde:
    hr, naa = demo.folk["hr"], demo.tid(aapnet)
    verdier = {
        "navn": f"Gapanalyse {aar}",
        "aar": aar,
        "frist": demo.dag + timedelta(days=frist),
        "uttrekk": uttrekk,
        "ingress": demo.data["ingress"],
    }
    runde = lagre_runde(runde=None, verdier=verdier, av=hr)
    sett_omfang(runde=runde, enheter=enheter, delplaner=[], av=hr, naa=naa)
    for spm in demo.data["sporsmaal"]:
        lagre_sporsmaal(runde=runde, sporsmaal=None, **spm)
    aapne_runde(runde=runde, av=hr, naa=naa, send_brev=False)
    runde.refresh_from_db()
    return runde


def _i_fjor(demo: Demo) -> None:
    uttrekk = list(Uttrekk.objects.order_by("-dato")[:2])[-1]
    enheter = _enheter(demo.data["i_fjor"]["enheter"])
    runde = _runde(demo, demo.dag.year - 1, enheter, uttrekk, aapnet=-400, frist=-375)
    for nr, analyse in enumerate(_fyll(demo, runde, enheter, -390)):
        _lever(demo, analyse, -380 + nr % 4)
        _avgjor(demo, analyse, Gapstatus.GODKJENT, -370)
    steng_runde(runde=runde, av=demo.folk["hr"], naa=demo.tid(-360))


def _i_aar(demo: Demo) -> None:
    uttrekk = Uttrekk.objects.latest("dato")
    alle = list(Enhet.objects.gyldige(demo.dag).filter(type__in=[Enhetstype.ENHET, Enhetstype.STAB]).order_by("kode"))
    runde = _runde(demo, demo.dag.year, alle, uttrekk, aapnet=-16, frist=22)
    tilstand = {navn: s for s in ("godkjent", "levert", "i_arbeid", "returnert") for navn in demo.data["i_aar"][s]}
    begynt = [e for e in alle if e.navn in tilstand]
    for nr, analyse in enumerate(_fyll(demo, runde, begynt, -12)):
        _dit(demo, analyse, Gapstatus(tilstand[analyse.navn]), -10 + nr % 5)


def _dit(demo: Demo, analyse: Gapanalyse, status: Gapstatus, dager: int) -> None:
    """As far as the analysis has come."""
    if status == Gapstatus.I_ARBEID:
        analyse.steg, analyse.arbeid["ferdig"] = "rader", ["rader"]
        _lagre(demo, analyse, dager)
        ubesvart = {"besvart": None, "kritisk": None, "veier": "", **dict.fromkeys(TRENGER)}
        Gaprad.objects.filter(analyse=analyse, nummer__gt=2).update(**ubesvart)
        return
    _lever(demo, analyse, dager)
    if status != Gapstatus.LEVERT:
        kommentar = demo.data["i_aar"]["kommentar"] if status == Gapstatus.RETURNERT else ""
        _avgjor(demo, analyse, status, dager + 3, kommentar)


def _lever(demo: Demo, analyse: Gapanalyse, dager: int) -> None:
    leder = _leder(demo, analyse)
    analyse.status, analyse.levert, analyse.levert_av = Gapstatus.LEVERT, demo.tid(dager), leder
    _lagre(demo, analyse, dager)


def _lagre(demo: Demo, analyse: Gapanalyse, dager: int) -> None:
    leder = _leder(demo, analyse)
    analyse.endret, analyse.endret_av = demo.tid(dager), leder
    analyse._history_user, analyse._history_date = leder, demo.tid(dager)
    analyse.save()


def _leder(demo: Demo, analyse: Gapanalyse) -> Bruker:
    return demo.ledere[analyse.enheter.get().pk]


def _avgjor(demo: Demo, analyse: Gapanalyse, til: Gapstatus, dager: int, kommentar: str = "") -> None:
    sektor = analyse.enheter.select_related("parent").get().parent.navn
    av = demo.folk[KOMMUNALSJEF.get(sektor, "kommunedirektor")]
    flytt_analyse(
        analyse=analyse, til=til, av=av, tilgang=tilgang_for(av, demo.dag), naa=demo.tid(dager), kommentar=kommentar,
        send_brev=False,
    )  # fmt: skip


# What is answered


def _fyll(demo: Demo, runde: Gaprunde, enheter: list[Enhet], dager: int) -> list[Gapanalyse]:
    """The units' analyses, begun by their leaders and answered."""
    begynte = [
        begynn(analyse=analyse, av=_leder(demo, analyse), naa=demo.tid(dager))
        for analyse in runde.analyser.filter(enheter__in=enheter).order_by("pk")
    ]
    Gapanalyse.historie.filter(id__in=[a.pk for a in begynte], status=Gapstatus.I_ARBEID).update(
        history_date=demo.tid(dager)
    )
    sporsmaal = list(runde.sporsmaal.all())
    for analyse in begynte:
        data = demo.data[SLAG[analyse.navn]]
        _svar_paa_grupper(demo, analyse)
        _svar_paa_kompetanser(demo, analyse, data["kompetanser"])
        Gapoppgave.objects.bulk_create(
            Gapoppgave(analyse=analyse, nummer=nr, **o) for nr, o in enumerate(data["oppgaver"], 1)
        )
        tekster = {slag: data[slag] for slag in ("styrke", "svakhet") if data[slag]}
        Gapswot.objects.bulk_create(
            Gapswot(analyse=analyse, omraade="tjenester", slag=slag, tekst=tekst) for slag, tekst in tekster.items()
        )
        Gapsvar.objects.bulk_create(
            Gapsvar(analyse=analyse, sporsmaal=s, tekst=t) for s, t in zip(sporsmaal, data["svar"], strict=False)
        )
        analyse.arbeid["ferdig"] = ["rader", "oppgaver", "swot", "sporsmaal"]
    Gapanalyse.objects.bulk_update(begynte, ["arbeid"])
    return begynte


def _svar_paa_grupper(demo: Demo, analyse: Gapanalyse) -> None:
    """Position groups that the file says something of are answered; the others are taken out."""
    rader = list(analyse.rader.filter(slag=Gapradslag.STILLING))
    for rad in rader:
        mal = demo.data["grupper"].get(rad.gruppe)
        if mal is None or not rad.har:
            rad.tatt_ut = analyse.endret
            continue
        fem = round(rad.har * (1 + mal["fem"]))
        naa = round(rad.har * (1 + mal["naa"]))
        rad.spesiell, rad.kompetansetekst = "krever" in mal, mal.get("krever", "")
        if rad.har >= STOR_GRUPPE:
            rad.utdanning_1, rad.utdanning_3, rad.utdanning_5 = mal["utdanning"]
        _svar(rad, analyse, mal, [naa + round((fem - naa) * aar / 5) for aar in HORISONTER])
    Gaprad.objects.bulk_update(rader, [*SVARFELT, "tatt_ut"])


def _svar_paa_kompetanser(demo: Demo, analyse: Gapanalyse, kompetanser: list[dict[str, Any]]) -> None:
    """Competences of the catalogue, or in own words; some have a row from last year."""
    fra_foer = {rad.navn: rad for rad in analyse.rader.filter(slag=Gapradslag.KOMPETANSE)}
    nummer = count(analyse.rader.count() + 1)
    nye = []
    for k in kompetanser:
        rad = fra_foer.get(k["navn"]) or _ny_kompetanserad(demo, analyse, k, next(nummer))
        nye += [] if rad.pk else [rad]
        rad.har = k["har"]
        sett_avgang(rad, andel_av(analyse.arbeid["alle"], rad.har))
        _svar(rad, analyse, k, k["trenger"])
    Gaprad.objects.bulk_update(fra_foer.values(), SVARFELT)
    Gaprad.objects.bulk_create(nye)


def _ny_kompetanserad(demo: Demo, analyse: Gapanalyse, k: dict[str, Any], nummer: int) -> Gaprad:
    kjent = demo.katalog.get(k["navn"])
    egne_ord = "" if kjent else k["navn"]
    felles = {"slag": Gapradslag.KOMPETANSE, "navn": k["navn"], "gruppe": k.get("gruppe", ""), "spesiell": True}
    return Gaprad(analyse=analyse, nummer=nummer, kompetanse=kjent, kompetansetekst=egne_ord, **felles)


def _svar(rad: Gaprad, analyse: Gapanalyse, mal: dict[str, Any], trenger: Sequence[int]) -> None:
    rad.kritisk, rad.veier = mal["kritisk"], mal["veier"]
    rad.besvart, rad.lopenummer = analyse.endret, 1
    for aar, antall in zip(HORISONTER, trenger, strict=True):
        setattr(rad, f"trenger_{aar}", antall)


def _noekkelpersoner(demo: Demo) -> None:
    """What some leaders can that is hard to replace."""
    for enhet, navn in demo.data["noekkelpersoner"].items():
        leder = Lederpost.objects.filter(enhet__navn=enhet, funksjon="enhetsleder").order_by("pk").first()
        kompetanser = [demo.katalog[n] for n in navn if n in demo.katalog]
        if leder and kompetanser:
            sett_kompetanser(leder=leder, kompetanser=kompetanser, av=demo.folk["hr"])
