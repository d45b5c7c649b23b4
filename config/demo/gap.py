"""Gap analyses of the demo: last year's round, closed, and this year's, open, with analyses in every state. Made up.

How many there are of each position group, their årsverk and ages are those of the extract. Hjemmetjenesten has last
year's answers, and this year's is left for somebody to begin.
"""

import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from analyse.demodata.fakta import ENHETER
from analyse.enums import Lederfunksjon, Telling
from analyse.models import Ansettelse, Leder, Uttrekk
from kompetanse.enums import Gapradslag, Gapstatus
from kompetanse.gap.regning import AVGANGSAAR, HORISONTER
from kompetanse.models import Gapanalyse, Gapoppgave, Gaprad, Gaprunde, Gapsvar, Gapswot, Kompetanse, Lederpost
from kompetanse.services.gaprunde import aapne_runde, lagre_runde, steng_runde
from kompetanse.services.gaprunde_enheter import lagre_sporsmaal, sett_omfang
from kompetanse.services.gaprunde_godkjenning import flytt_analyse
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
# When people leave with pension, more or less, and the share that leaves for other reasons each year.
PENSJONSALDER, SLUTTER = 65, 0.03


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
    for nr, analyse in enumerate(_fyll(demo, runde, enheter, uttrekk)):
        _lever(demo, analyse, -380 + nr % 4)
        _avgjor(demo, analyse, Gapstatus.GODKJENT, -370)
    steng_runde(runde=runde, av=demo.folk["hr"], naa=demo.tid(-360))


def _i_aar(demo: Demo) -> None:
    uttrekk = Uttrekk.objects.latest("dato")
    alle = list(Enhet.objects.gyldige(demo.dag).filter(type__in=[Enhetstype.ENHET, Enhetstype.STAB]).order_by("kode"))
    runde = _runde(demo, demo.dag.year, alle, uttrekk, aapnet=-16, frist=22)
    tilstand = {navn: s for s in ("godkjent", "levert", "i_arbeid", "returnert") for navn in demo.data["i_aar"][s]}
    begynt = [e for e in alle if e.navn in tilstand]
    for nr, analyse in enumerate(_fyll(demo, runde, begynt, uttrekk)):
        _dit(demo, analyse, Gapstatus(tilstand[analyse.navn]), -10 + nr % 5)


def _dit(demo: Demo, analyse: Gapanalyse, status: Gapstatus, dager: int) -> None:
    """As far as the analysis has come."""
    if status == Gapstatus.I_ARBEID:
        analyse.status, analyse.steg = status, ""
        _lagre(demo, analyse, dager)
        Gaprad.objects.filter(analyse=analyse, nummer__gt=2).update(besvart=None)
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


@dataclass
class Gruppe:
    """A position group of a unit in the extract."""

    fodt: dict[int, date] = field(default_factory=dict)
    prosent: int = 0

    def avgang(self, aar: int, uttrekk: date) -> int:
        """Those who reach the age of pension within so many years, and a share of the others."""
        pensjon = sum(uttrekk.year + aar - f.year >= PENSJONSALDER for f in self.fodt.values())
        return min(len(self.fodt), pensjon + round((len(self.fodt) - pensjon) * SLUTTER * aar))


def _les_grupper(uttrekk: Uttrekk, enheter: list[Enhet]) -> dict[int, dict[str, Gruppe]]:
    """Unit id → group → those who count there. One query."""
    ut: dict[int, dict[str, Gruppe]] = defaultdict(lambda: defaultdict(Gruppe))
    rader = Ansettelse.objects.filter(uttrekk=uttrekk, enhet__in=enheter, kategori__telling=Telling.TELLES)
    felt = ("enhet_id", "stilling__gruppe", "person", "fodt", "prosent")
    for enhet, gruppe, person, fodt, prosent in rader.order_by("pk").values_list(*felt):
        ut[enhet][gruppe].fodt[person] = fodt
        ut[enhet][gruppe].prosent += prosent
    return ut


def _fyll(demo: Demo, runde: Gaprunde, enheter: list[Enhet], uttrekk: Uttrekk) -> list[Gapanalyse]:
    """Rows, tasks, SWOT and answers of the units' analyses, in a few queries."""
    analyser = list(runde.analyser.filter(enheter__in=enheter).prefetch_related("enheter").order_by("pk"))
    grupper = _les_grupper(uttrekk, enheter)
    sporsmaal = list(runde.sporsmaal.all())
    rader: list[Gaprad] = []
    oppgaver, swot, svar = [], [], []
    for analyse in analyser:
        data = demo.data[SLAG[analyse.navn]]
        enhet = next(iter(analyse.enheter.all()))
        rader += _stillingsrader(demo, analyse, grupper[enhet.pk], uttrekk)
        rader += _kompetanserader(demo, analyse, data["kompetanser"])
        oppgaver += [Gapoppgave(analyse=analyse, nummer=nr, **o) for nr, o in enumerate(data["oppgaver"], 1)]
        for slag in ("styrke", "svakhet"):
            if data[slag]:
                swot.append(Gapswot(analyse=analyse, omraade="tjenester", slag=slag, tekst=data[slag]))
        svar += [Gapsvar(analyse=analyse, sporsmaal=s, tekst=t) for s, t in zip(sporsmaal, data["svar"], strict=False)]
    for modell, nye in ((Gaprad, rader), (Gapoppgave, oppgaver), (Gapswot, swot), (Gapsvar, svar)):
        modell.objects.bulk_create(nye)
    return analyser


def _stillingsrader(demo: Demo, analyse: Gapanalyse, grupper: dict[str, Gruppe], uttrekk: Uttrekk) -> list[Gaprad]:
    """The groups that the file says something of, the largest first."""
    kjente = [(navn, g) for navn, g in grupper.items() if navn in demo.data["grupper"]]
    kjente.sort(key=lambda par: (-len(par[1].fodt), par[0]))
    return [_stillingsrad(demo, analyse, nr, navn, g, uttrekk) for nr, (navn, g) in enumerate(kjente, 1)]


def _stillingsrad(demo: Demo, analyse: Gapanalyse, nr: int, navn: str, g: Gruppe, uttrekk: Uttrekk) -> Gaprad:
    mal, har = demo.data["grupper"][navn], len(g.fodt)
    naa, fem = round(har * (1 + mal["naa"])), round(har * (1 + mal["fem"]))
    trenger = {aar: naa + round((fem - naa) * aar / 5) for aar in HORISONTER}
    stor = har >= 8
    return Gaprad(
        analyse=analyse,
        nummer=nr,
        slag=Gapradslag.STILLING,
        navn=navn,
        gruppe=navn,
        spesiell="krever" in mal,
        kompetansetekst=mal.get("krever", ""),
        kritisk=mal["kritisk"],
        har=har,
        har_aarsverk=(Decimal(g.prosent) / 10_000).quantize(Decimal("0.01")),
        veier=mal["veier"],
        besvart=demo.tid(-12),
        lopenummer=1,
        **{f"utdanning_{aar}": n if stor else 0 for aar, n in zip((1, 3, 5), mal["utdanning"], strict=True)},
        **{f"avgang_{aar}": g.avgang(aar, uttrekk.dato) for aar in AVGANGSAAR},
        **{f"trenger_{aar}": n for aar, n in trenger.items()},
    )


def _kompetanserader(demo: Demo, analyse: Gapanalyse, kompetanser: list[dict[str, Any]]) -> list[Gaprad]:
    """Competences of the catalogue, or in own words."""
    return [
        Gaprad(
            analyse=analyse,
            nummer=20 + nr,
            slag=Gapradslag.KOMPETANSE,
            navn=k["navn"],
            gruppe=k.get("gruppe", ""),
            kompetanse=demo.katalog.get(k["navn"]),
            kritisk=k["kritisk"],
            har=k["har"],
            veier=k["veier"],
            besvart=demo.tid(-12),
            lopenummer=1,
            **{f"avgang_{aar}": min(k["har"], round(k["har"] * 0.05 * aar)) for aar in AVGANGSAAR},
            **{f"trenger_{aar}": n for aar, n in zip(HORISONTER, k["trenger"], strict=True)},
        )
        for nr, k in enumerate(kompetanser, 1)
    ]


def _noekkelpersoner(demo: Demo) -> None:
    """What some leaders can that is hard to replace."""
    for enhet, navn in demo.data["noekkelpersoner"].items():
        leder = Lederpost.objects.filter(enhet__navn=enhet, funksjon="enhetsleder").order_by("pk").first()
        kompetanser = [demo.katalog[n] for n in navn if n in demo.katalog]
        if leder and kompetanser:
            sett_kompetanser(leder=leder, kompetanser=kompetanser, av=demo.folk["hr"])
