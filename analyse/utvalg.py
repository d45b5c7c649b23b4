"""Which extract, unit and period a person looks at, and whether small numbers are hidden.

Page, export and PDF all choose here, so that none of them can show what another hides.

* Units where the person may see small numbers: any of them, any extract, any period.
* Other units: only the root of the person's own scope, only published extracts, only the default period, protected.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from analyse.models import Uttrekk, UttrekkEnhet
from felles.skjema import Datofelt
from organisasjon.enhetstre import dybde_foerst, innrykket
from organisasjon.enums import Handling
from organisasjon.models import Enhet
from organisasjon.rules import Tilgang

MED_PERIODE = frozenset({"turnover", "aldersrisiko"})


@dataclass(frozen=True)
class Valgenhet:
    """A unit that can be chosen, as it was in the extract. `dybde` counts from the top of what the person sees."""

    id: int
    kode: str
    navn: str
    type: str
    forelder: int | None
    dybde: int = 0

    @property
    def innrykket(self) -> str:
        """The name for a list of choices, indented by depth."""
        return innrykket(self.navn, self.dybde)


@dataclass(frozen=True)
class Utvalg:
    """The choice. `enhet` is None when the unit did not exist in the extract."""

    uttrekk: Uttrekk
    enhet: Valgenhet | None
    fra: date
    til: date
    prikket: bool
    alle_uttrekk: tuple[Uttrekk, ...]
    enheter: tuple[Valgenhet, ...]
    rot_id: int
    egen_periode: bool = False
    meldinger: tuple[str, ...] = ()

    @property
    def tidligere(self) -> tuple[Uttrekk, ...]:
        """This extract and those before it that the person may see, oldest first, at most six."""
        return tuple(reversed([u for u in self.alle_uttrekk if u.dato <= self.uttrekk.dato][:6]))

    @property
    def forrige(self) -> Uttrekk | None:
        """The extract before this one, if the person may see it."""
        return self.tidligere[-2] if len(self.tidligere) > 1 else None

    @property
    def som_enhet(self) -> Enhet:
        """The chosen unit as the object that services take, without asking the database again."""
        return Enhet(pk=self.enhet.id, kode=self.enhet.kode, navn=self.enhet.navn, type=self.enhet.type)

    @property
    def sti(self) -> tuple[Valgenhet, ...]:
        """From the topmost unit the person sees down to the chosen one."""
        kart = {e.id: e for e in self.enheter}
        ut, naa = [], self.enhet
        while naa:
            ut.append(naa)
            naa = kart.get(naa.forelder) if naa.forelder else None
        return tuple(reversed(ut))

    @property
    def under(self) -> tuple[Valgenhet, ...]:
        """The units one level below the chosen one."""
        return tuple(e for e in self.enheter if self.enhet and e.forelder == self.enhet.id)

    @property
    def nokkel(self) -> tuple:
        """Everything that a rendered page depends on, besides the figures and the sorting."""
        enhet = self.enhet.id if self.enhet else 0
        synlige = hash(self.enheter)
        serie = tuple((u.pk, u.dato) for u in self.alle_uttrekk)
        return (self.uttrekk.pk, enhet, self.fra, self.til, self.prikket, synlige, serie, self.meldinger)

    def sporring(self, **endret: str | None) -> str:
        """The query string of this choice with changes; what is default is left out."""
        valg = {
            "uttrekk": "" if self.uttrekk == self.alle_uttrekk[0] else self.uttrekk.dato.isoformat(),
            "enhet": "" if not self.enhet or self.enhet.id == self.rot_id else self.enhet.kode,
            "fra": self.fra.isoformat() if self.egen_periode else "",
            "til": self.til.isoformat() if self.egen_periode else "",
            **endret,
        }
        return urlencode({k: v for k, v in valg.items() if v})


@dataclass
class _Bygg:
    """What is gathered on the way to a choice."""

    tilgang: Tilgang
    meldinger: list[str] = field(default_factory=list)


def velg(request: HttpRequest, slug: str = "") -> Utvalg | None:
    """The person's choice by the address, or None when there is no extract they may see.

    Raises Http404 for a unit that does not exist or that they may not see. An unknown extract or period is answered
    with the default and a message. Four queries.
    """
    bygg, sporring = _Bygg(request.tilgang), request.GET
    enhet_id = _enhet_id(bygg, sporring.get("enhet", ""))
    prikket = enhet_id not in bygg.tilgang.omfang(Handling.SE_UPRIKKET)
    alle = list(_synlige_uttrekk(prikket))
    if not alle:
        return None
    uttrekk = _uttrekk(bygg, alle, sporring.get("uttrekk", ""))
    enheter = _enheter(uttrekk, bygg.tilgang)
    fra, til = standardperiode(uttrekk.dato)
    egen = None if prikket or slug not in MED_PERIODE else _periode(bygg, uttrekk.dato, sporring)
    return Utvalg(
        uttrekk=uttrekk,
        enhet=next((e for e in enheter if e.id == enhet_id), None),
        fra=egen[0] if egen else fra,
        til=egen[1] if egen else til,
        prikket=prikket,
        alle_uttrekk=tuple(alle),
        enheter=enheter,
        rot_id=_standardrot(bygg.tilgang),
        egen_periode=egen is not None and egen != (fra, til),
        meldinger=tuple(bygg.meldinger),
    )


def standardperiode(dato: date) -> tuple[date, date]:
    """The twelve months up to the extract date. 29 February is counted from 28 February."""
    try:
        return dato.replace(year=dato.year - 1), dato
    except ValueError:
        return dato.replace(year=dato.year - 1, day=28), dato


def valgbare(tilgang: Tilgang) -> frozenset[int]:
    """Ids of the units the person may choose: all with small numbers open, and the roots of the rest of the scope."""
    aapne = tilgang.omfang(Handling.SE_UPRIKKET)
    return aapne | {r for r in tilgang.roetter(Handling.SE_RAPPORTER) if r not in aapne}


def _synlige_uttrekk(prikket: bool) -> QuerySet[Uttrekk]:
    """Newest first, without the counts of the import, which no report page shows."""
    alle = Uttrekk.objects.defer("tellinger")
    return alle.filter(publisert__isnull=False) if prikket else alle


def _standardrot(tilgang: Tilgang) -> int:
    roetter = tilgang.roetter(Handling.SE_UPRIKKET) or tilgang.roetter(Handling.SE_RAPPORTER)
    if not roetter:
        raise Http404("Ingen enhet")
    return tilgang.kommune_id if tilgang.kommune_id in roetter else roetter[0]


def _enhet_id(bygg: _Bygg, kode: str) -> int:
    if not kode:
        return _standardrot(bygg.tilgang)
    enhet_id = Enhet.objects.filter(kode=kode.replace("\x00", "")).values_list("pk", flat=True).first()
    if enhet_id not in valgbare(bygg.tilgang):
        raise Http404("Enheten finnes ikke")
    return enhet_id


def _uttrekk(bygg: _Bygg, alle: list[Uttrekk], oensket: str) -> Uttrekk:
    if oensket in {"", "siste"}:
        return alle[0]
    funnet = next((u for u in alle if oensket in {str(u.pk), u.dato.isoformat()}), None)
    if funnet is None:
        bygg.meldinger.append(_("Vi fant ikke uttrekket du ba om. Her er det siste."))
    return funnet or alle[0]


def _periode(bygg: _Bygg, dato: date, sporring) -> tuple[date, date] | None:
    raa = sporring.get("fra", "").strip(), sporring.get("til", "").strip()
    if not any(raa):
        return None
    standard = standardperiode(dato)
    felt = Datofelt()
    try:
        fra, til = (felt.clean(v) if v else s for v, s in zip(raa, standard, strict=True))
    except ValidationError:
        fra = til = dato
    if not fra < til <= dato or fra.year < dato.year - 30:
        bygg.meldinger.append(_("Perioden må ha en fra-dato før til-datoen, og ikke gå lenger enn uttrekket."))
        return None
    return fra, til


def _enheter(uttrekk: Uttrekk, tilgang: Tilgang) -> tuple[Valgenhet, ...]:
    """The units of the extract that the person may choose, as a tree in Norwegian order."""
    lovlige = valgbare(tilgang)
    rader = (
        UttrekkEnhet.objects.filter(uttrekk=uttrekk)
        .order_by()
        .values_list("enhet_id", "enhet__kode", "navn", "type", "forelder_id")
    )
    return _tre(tuple(rad for rad in rader if rad[0] in lovlige))


@lru_cache(maxsize=256)
def _tre(rader: tuple[tuple, ...]) -> tuple[Valgenhet, ...]:
    """The rows as a tree, depth first. Kept in memory: the same rows come with every page."""
    kart = {e.id: e for e in (Valgenhet(*rad) for rad in rader)}
    ordnet = dybde_foerst((e.id, e.navn, e.forelder) for e in kart.values())
    return tuple(replace(kart[pk], dybde=dybde, forelder=kart[pk].forelder if dybde else None) for pk, dybde in ordnet)
