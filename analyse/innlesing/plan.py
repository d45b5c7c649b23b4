"""What an import would do to the municipality's units, positions and people, compared with what is there."""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Max

from analyse.enums import Telling
from analyse.innlesing.liste import Ansattliste, Kodet
from analyse.models import Ansattkategori, Stilling, Uttrekk
from organisasjon.enums import Enhetstype
from organisasjon.models import Enhet

ROT = ""
STANDARDNAVN = "Kommunen"
# A drop of more than 15 % of staff since the last extract must be confirmed.
NEDGANG_PROSENT = 15


@dataclass
class Enhetsplan:
    """A unit of the file: an existing one (`id`), or one to be made. `forelder` is the code of the unit above."""

    kode: str
    navn: str
    type: str
    forelder: str | None
    id: int | None = None
    omdopt_fra: str = ""
    flyttet_fra: int | None = None
    rad: int = 0


@dataclass
class Plan:
    """The import's effect. `enheter` by code (ROT: the municipality); `avdelinger`: (unit code, department) → code."""

    liste: Ansattliste
    kommune: str
    enheter: dict[str, Enhetsplan]
    avdelinger: dict[tuple[str, str], str]
    forrige: Uttrekk | None
    forste: bool
    nyeste: bool
    tilstand: tuple[int, int]
    nye_stillinger: list[str] = field(default_factory=list)
    endringer: dict[str, int] = field(default_factory=dict)

    @property
    def nye_enheter(self) -> list[Enhetsplan]:
        """Units of the file that do not exist, the municipality itself aside."""
        return [e for e in self.enheter.values() if e.id is None and e.kode != ROT]

    @property
    def antall_ansatte(self) -> int:
        """Distinct counted people."""
        return len(np.unique(self.liste.person[self.liste.telles]))

    @property
    def nedgang(self) -> float:
        """Share of staff lost since the last extract, 0 when it grew or there is none."""
        if self.forrige is None or not self.forrige.antall_ansatte:
            return 0.0
        return max(0.0, 1 - self.antall_ansatte / self.forrige.antall_ansatte)

    @property
    def for_stor_nedgang(self) -> bool:
        """Is the loss so large that it must be confirmed?"""
        if self.forrige is None:
            return False
        return self.antall_ansatte * 100 < self.forrige.antall_ansatte * (100 - NEDGANG_PROSENT)


def slug(navn: str, maks: int = 40) -> str:
    """A stable code from a name: «Helse og omsorg» → helse-og-omsorg. Long names end in a checksum."""
    tekst = navn.casefold().replace("æ", "ae").replace("ø", "o").replace("å", "a")
    tekst = re.sub(r"[^a-z0-9]+", "-", tekst).strip("-") or "x"
    if len(tekst) <= maks:
        return tekst
    return f"{tekst[: maks - 7]}-{hashlib.sha256(tekst.encode()).hexdigest()[:6]}"


def tilstand() -> tuple[int, int]:
    """What must not have changed between preview and storing: how many extracts, and the latest of them."""
    siste = Uttrekk.objects.aggregate(siste=Max("pk"))["siste"] or 0
    return Uttrekk.objects.count(), siste


def lag_plan(liste: Ansattliste, kommune: str) -> Plan:
    """Compare the checked list with the database. Reads only."""
    forrige = Uttrekk.objects.filter(dato__lt=liste.dato).order_by("-dato").first()
    finnes = Uttrekk.objects.exists()
    enheter, avdelinger = _enheter(liste, kommune)
    plan = Plan(
        liste=liste,
        kommune=kommune or STANDARDNAVN,
        enheter=enheter,
        avdelinger=avdelinger,
        forrige=forrige,
        forste=not finnes,
        nyeste=not Uttrekk.objects.filter(dato__gt=liste.dato).exists(),
        tilstand=tilstand(),
    )
    kjente = {n.casefold() for n in Stilling.objects.values_list("navn", flat=True)}
    plan.nye_stillinger = sorted(t for t in brukte(liste.stilling) if t.casefold() not in kjente)
    plan.endringer = _endringer(plan)
    return plan


def brukte(kodet: Kodet) -> list[Any]:
    """The unique values that some row has."""
    return [v for v, n in zip(kodet.unike, kodet.antall(), strict=True) if n]


class _Kart:
    """The existing tree, looked up by code and by (parent, name)."""

    def __init__(self) -> None:
        self.kode, self.navn, self.alle = {}, {}, {}
        for enhet in Enhet.objects.order_by("pk"):
            self.alle[enhet.pk] = enhet
            self.kode[enhet.kode] = enhet
            self.navn[(enhet.parent_id, enhet.navn.casefold())] = enhet
        self.rot = next((e for e in self.alle.values() if e.type == Enhetstype.KOMMUNE), None)


def _enheter(liste: Ansattliste, kommune: str) -> tuple[dict[str, Enhetsplan], dict[tuple[str, str], str]]:
    kart = _Kart()
    rot = Enhetsplan(ROT, kommune or STANDARDNAVN, Enhetstype.KOMMUNE, None, kart.rot and kart.rot.pk)
    if kart.rot and kart.rot.navn == STANDARDNAVN != rot.navn:
        rot.omdopt_fra = STANDARDNAVN  # made before anyone knew the name, by opprett_systemansvarlig
    enheter = {ROT: rot}
    enhetskoder = set(liste.enhetsnavn)
    sektorer = {navn: _sektorkode(navn, enhetskoder, kart) for navn in sorted(set(liste.sektor.values()))}
    for navn, kode in sektorer.items():
        funnet = kart.kode.get(kode)
        enheter[kode] = Enhetsplan(kode, funnet.navn if funnet else navn, Enhetstype.SEKTOR, ROT, funnet and funnet.pk)
    rader = _forste_rad(liste.enhetskode, liste.radnr)
    for kode in (k for k in liste.enhetskode.unike if k and k in rader):
        sektor = sektorer[liste.sektor[kode]] if kode in liste.sektor else None
        enheter[kode] = _enhet(kode, liste.enhetsnavn.get(kode, kode), sektor, enheter, kart)
        enheter[kode].rad = rader[kode]
        if sektor and not enheter[sektor].rad:
            enheter[sektor].rad = rader[kode]
    return enheter, _avdelinger(liste, enheter, kart)


def _forste_rad(kodet: Kodet, radnr: np.ndarray) -> dict[str, int]:
    koder, forste = np.unique(kodet.koder, return_index=True)
    return {kodet.unike[k]: int(radnr[i]) for k, i in zip(koder.tolist(), forste.tolist(), strict=True)}


def _sektorkode(navn: str, opptatt: set[str], kart: _Kart) -> str:
    """The code of the sector: an existing one by name under the municipality, else made from the name."""
    funnet = kart.navn.get((kart.rot.pk, navn.casefold())) if kart.rot else None
    if funnet and funnet.type in {Enhetstype.SEKTOR, Enhetstype.STAB}:
        return funnet.kode
    kode = slug(navn)
    return f"sektor-{kode}" if kode in opptatt else kode


def _enhet(kode: str, navn: str, sektor: str | None, enheter: dict[str, Enhetsplan], kart: _Kart) -> Enhetsplan:
    funnet = kart.kode.get(kode)
    plan = Enhetsplan(kode, navn, Enhetstype.ENHET, sektor or ROT, funnet and funnet.pk)
    if funnet is None:
        return plan
    plan.type = funnet.type
    if funnet.navn != navn:
        plan.omdopt_fra = funnet.navn
    if sektor is None:
        plan.forelder = None  # the file says nothing: the unit stays where it is
    elif enheter[sektor].id is None or enheter[sektor].id != funnet.parent_id:
        plan.flyttet_fra = funnet.parent_id
    return plan


def _avdelinger(liste: Ansattliste, enheter: dict[str, Enhetsplan], kart: _Kart) -> dict[tuple[str, str], str]:
    """Plans the departments of the list into `enheter`; returns (unit code, name) → code."""
    if liste.avdeling is None:
        return {}
    bredde = len(liste.avdeling.unike)
    par, forste = np.unique(liste.enhetskode.koder.astype(np.int64) * bredde + liste.avdeling.koder, return_index=True)
    ut: dict[tuple[str, str], str] = {}
    for p, i in zip(par.tolist(), forste.tolist(), strict=True):
        over, navn = liste.enhetskode.unike[p // bredde], liste.avdeling.unike[p % bredde]
        if not over or not navn or navn.casefold() == liste.enhetsnavn.get(over, "").casefold():
            continue
        kode = f"{over if len(over) <= 20 else slug(over, 20)}-{slug(navn)}"
        funnet = kart.kode.get(kode) or kart.navn.get((enheter[over].id, navn.casefold()))
        if funnet is not None:
            kode = funnet.kode
        ut[(over, navn)] = kode
        if kode not in enheter:
            visningsnavn = funnet.navn if funnet else navn
            enheter[kode] = Enhetsplan(
                kode, visningsnavn, Enhetstype.AVDELING, over, funnet and funnet.pk, rad=int(liste.radnr[i])
            )
    return ut


def enhet_per_rad(plan: Plan, ider: dict[str, int]) -> np.ndarray:
    """Unit id per row; rows outside any unit (never counted) belong to the municipality."""
    return plan.liste.enhetskode.ta(
        np.array([ider.get(k, ider[ROT]) for k in plan.liste.enhetskode.unike], dtype=np.int64)
    )


def avdeling_per_rad(plan: Plan, ider: dict[str, int]) -> np.ndarray:
    """Department id per row, 0 for none."""
    liste = plan.liste
    if liste.avdeling is None:
        return np.zeros(liste.rader, dtype=np.int64)
    bredde = len(liste.avdeling.unike)
    par, tilbake = np.unique(
        liste.enhetskode.koder.astype(np.int64) * bredde + liste.avdeling.koder, return_inverse=True
    )
    verdier = [
        ider.get(plan.avdelinger.get((liste.enhetskode.unike[p // bredde], liste.avdeling.unike[p % bredde]), "\0"), 0)
        for p in par.tolist()
    ]
    return np.array(verdier, dtype=np.int64)[tilbake]


def _endringer(plan: Plan) -> dict[str, int]:
    """Counted people since the last extract: nye, sluttet, flyttet (other units than before), uendret."""
    if plan.forrige is None or plan.forrige.rader_slettet:
        return {}
    ider = {kode: e.id or -nr - 1 for nr, (kode, e) in enumerate(plan.enheter.items())}
    telles = plan.liste.telles
    ny = np.unique(np.stack([plan.liste.person[telles], enhet_per_rad(plan, ider)[telles]], axis=1), axis=0)
    gammel = np.unique(_forrige_plasser(plan.forrige), axis=0)
    nye, forrige = np.unique(ny[:, 0]), np.unique(gammel[:, 0])
    begge = np.intersect1d(nye, forrige, assume_unique=True)
    flyttet = _ulike_par(ny, gammel, begge)
    return {
        "nye": int(len(nye) - len(begge)),
        "sluttet": int(len(forrige) - len(begge)),
        "flyttet": flyttet,
        "uendret": int(len(begge) - flyttet),
    }


def _ulike_par(ny: np.ndarray, gammel: np.ndarray, begge: np.ndarray) -> int:
    """How many of the people have another set of units now than before."""
    ny, gammel = ny[np.isin(ny[:, 0], begge)], gammel[np.isin(gammel[:, 0], begge)]
    alle = np.concatenate([ny, gammel])
    par, antall = np.unique(alle, axis=0, return_counts=True)
    return len(np.unique(par[antall == 1][:, 0]))


def _forrige_plasser(uttrekk: Uttrekk) -> np.ndarray:
    """(person, unit) of the counted rows of an extract, n × 2."""
    telles = list(Ansattkategori.objects.filter(telling=Telling.TELLES).values_list("pk", flat=True))
    plassholdere = ",".join(["%s"] * len(telles)) or "NULL"
    with connection.cursor() as peker:
        peker.execute(
            "SELECT person, enhet_id FROM analyse_ansettelse "  # noqa: S608  (only placeholders)
            f"WHERE uttrekk_id = %s AND kategori_id IN ({plassholdere})",
            [uttrekk.pk, *telles],
        )
        rader = peker.fetchall()
    return np.array(rader, dtype=np.int64).reshape(-1, 2)


def tell(liste: Ansattliste) -> dict[str, Any]:
    """Counts for preview and storage, without personal data."""
    antall = liste.kategori.antall()
    kategorier = {k: int(n) for k, n in zip(liste.kategori.unike, antall, strict=True) if n}
    talt = int(liste.telles.sum())
    return {"rader": liste.rader, "talt": talt, "ikke_talt": liste.rader - talt, "kategorier": kategorier}


def datotekst(dag: date) -> str:
    """01.07.2025."""
    return f"{dag:%d.%m.%Y}"
