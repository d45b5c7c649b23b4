"""Reads of the matrix: which edition holds on a day, and its rows with what the rules say."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q

from felles.norsk import sorteringsnokkel, treffer
from kompetanse.matrise.belastning import Last, belastning
from kompetanse.matrise.enums import Gjelder, Matriserolle, Regel
from kompetanse.matrise.koder import Ansvar
from kompetanse.matrise.regler import Funn, funn
from kompetanse.matrise.svar import Svar, omraader, svar
from kompetanse.models import Forankringssak, Godkjentfunn, Matrise, Matrisecelle, Matriserad, Matriseversjon


@dataclass(frozen=True)
class Radfunn:
    """What a rule says about a row, and HR's reason for accepting it, when there is one that still holds."""

    funn: Funn
    godkjent: Godkjentfunn | None

    @property
    def aapent(self) -> bool:
        return self.godkjent is None


@dataclass
class Matriselinje:
    """A row ready for a page: its cells in column order, and the findings."""

    rad: Matriserad
    celler: list[Matrisecelle]
    godkjente: dict[str, Godkjentfunn]

    @cached_property
    def ansvar(self) -> dict[Matriserolle, tuple[Ansvar, ...]]:
        return {Matriserolle(c.rolle): c.ansvar for c in self.celler}

    @cached_property
    def svar(self) -> Svar:
        """Who decides, whatever the area."""
        return svar(self.ansvar)

    @cached_property
    def funn(self) -> list[Radfunn]:
        return [Radfunn(f, self._godkjent(f)) for f in funn(self.ansvar)]

    @property
    def aapne(self) -> list[Radfunn]:
        return [f for f in self.funn if f.aapent]

    def _godkjent(self, f: Funn) -> Godkjentfunn | None:
        har = None if f.hard else self.godkjente.get(f.regel)
        return har if har and har.gjelder == avtrykk(self, f.regel) else None


@dataclass
class Matrisebilde:
    """An edition with all its rows."""

    versjon: Matriseversjon
    linjer: list[Matriselinje]

    @property
    def roller(self) -> list[Matriserolle]:
        return self.versjon.rolleliste

    @property
    def kolonner(self) -> int:
        """How many columns the grid has: the task, and one for each role."""
        return len(self.roller) + 1

    @cached_property
    def belastning(self) -> list[Last]:
        return belastning([linje.ansvar for linje in self.linjer], self.roller)

    @cached_property
    def aapne(self) -> list[tuple[Matriselinje, Radfunn]]:
        """The findings nobody has mended or accepted."""
        return [(linje, f) for linje in self.linjer for f in linje.aapne]

    def soek(self, sok: str) -> list[Matriselinje]:
        """The rows whose task or areas have the words."""
        return [linje for linje in self.linjer if treffer(sok, linje.rad.navn, *omraader(linje.ansvar))]

    def finn(self, nokkel: str) -> Matriselinje | None:
        return next((linje for linje in self.linjer if linje.rad.oppgave.nokkel == nokkel), None)


def avtrykk(linje: Matriselinje, regel: Regel) -> str:
    """A fingerprint of what an accepted finding is about: the row as it stands."""
    tekst = "|".join([regel, *(f"{c.rolle}={c.innhold}" for c in linje.celler)])
    return hashlib.sha256(tekst.encode()).hexdigest()


def matriser() -> list[Matrise]:
    """All matrices, the municipality's first. One query."""
    alle = Matrise.objects.select_related("enhet", "tjeneste")
    return sorted(alle, key=lambda m: (m.gjelder != Gjelder.KOMMUNE, sorteringsnokkel(m.navn), m.pk))


def gjeldende(dag: date, matriser: Iterable[Matrise]) -> dict[int, Matriseversjon]:
    """Matrix id → the edition in force on the day. Matrices with none are left out. One query."""
    i_kraft = Matriseversjon.objects.filter(
        Q(gyldig_til__isnull=True) | Q(gyldig_til__gte=dag), gyldig_fra__lte=dag, matrise__in=[m.pk for m in matriser]
    )
    return {v.matrise_id: v for v in i_kraft.select_related("matrise").order_by("nummer")}


def les_bilde(versjon: Matriseversjon) -> Matrisebilde:
    """The edition with rows, cells and accepted findings. Three queries."""
    rader = versjon.rader.select_related("oppgave").prefetch_related("celler", "godkjente__av")
    return Matrisebilde(versjon, [_linje(rad, versjon.rolleliste) for rad in rader])


def les_linje(rad: Matriserad) -> Matriselinje:
    """One row as it stands now. Two queries."""
    return _linje(rad, rad.versjon.rolleliste)


def _linje(rad: Matriserad, roller: list[Matriserolle]) -> Matriselinje:
    har = {c.rolle: c for c in rad.celler.all()}
    celler = [har.get(rolle) or Matrisecelle(rad=rad, rolle=rolle) for rolle in roller]
    return Matriselinje(rad, celler, {g.regel: g for g in rad.godkjente.all()})


def saker_i_bruk() -> list[Forankringssak]:
    """The cases used for training, by title. Two queries."""
    saker = Forankringssak.objects.filter(i_bruk=True).prefetch_related("oppgaver")
    return sorted(saker, key=lambda s: (sorteringsnokkel(s.tittel), s.pk))
