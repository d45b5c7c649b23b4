"""«Hvem kan?»: where in the municipality a competence exists. Units and counts for everybody who sees gap analyses;
small numbers and names only where the person may see them. Norwegian letters are folded in Python, alike on every
database.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext_lazy as _lat

from felles.norsk import brett, sorteringsnokkel, treffer
from felles.tall import dato_kort
from kompetanse.enums import Gapradslag
from kompetanse.gap.vern import SKJULT, Vist, er_liten, vis_tall
from kompetanse.models import Gaprad, Kompetanse
from kompetanse.queries.gapfolk import les_gapfolk
from kompetanse.queries.gaphvaom import Svar, navngitte_med, nyeste_svar
from kompetanse.queries.gapresultat import NAVNEFELT, nokkel_av
from kompetanse.queries.gaprunde import sektor_av
from kompetanse.queries.gapsvar import LEVERTE
from kompetanse.queries.gapvern import Radvern, les_radvern
from kompetanse.queries.kompetansetall import kompetansetall_for
from kompetanse.queries.ledere import Enhetskart
from kompetanse.tallvern import skjulte
from organisasjon.enums import Handling
from organisasjon.rules import Tilgang

MINST_TEGN, FLEST_GRUPPER = 2, 30
SLAGORD = {Gapradslag.STILLING: _lat("stillingsgruppe"), Gapradslag.OPPGAVE: _lat("oppgave")}


@dataclass(frozen=True)
class Funn:
    """A unit where the competence is: how many (or a mark), by which source, and who to ask."""

    enhet: str
    sektor: str
    antall: Vist
    kilde: str
    spoer: str


@dataclass
class Treff:
    """A competence, position group or task, and where it is. `navngitte`: key persons (name and unit)."""

    navn: str
    slag: str
    funn: list[Funn] = field(default_factory=list)
    navngitte: list[tuple[str, str]] = field(default_factory=list)

    @property
    def enheter(self) -> int:
        """In how many units."""
        return len({f.enhet for f in self.funn})


def sok(tekst: str, tilgang: Tilgang, dag: date) -> list[Treff]:
    """What matches all the words, the best match and then those in most units first. Eleven queries at most, some
    more the first time.
    """
    if len(tekst.strip()) < MINST_TEGN:
        return []
    kart = Enhetskart.les()
    s = _Sok(tekst, tilgang, kart, dag)
    s.fra_analysene()
    s.fra_katalogen()
    ordnet = sorted(
        s.treff.values(), key=lambda t: (brett(t.navn) != brett(tekst), -t.enheter, sorteringsnokkel(t.navn))
    )
    return [t for t in ordnet if t.funn or t.navngitte][:FLEST_GRUPPER]


class _Sok:
    """One search: what has been found so far, and what is needed on the way."""

    def __init__(self, tekst: str, tilgang: Tilgang, kart: Enhetskart, dag: date) -> None:
        self.tekst, self.tilgang, self.kart, self.dag = tekst, tilgang, kart, dag
        self.folk = les_gapfolk(dag, kart)
        self.uprikket = tilgang.omfang(Handling.SE_UPRIKKET)
        self.treff: dict[str, Treff] = {}

    def fra_analysene(self) -> None:
        """Rows of the newest sent answer of each unit."""
        svar = {s.pk: s for s in nyeste_svar(LEVERTE, self.kart)}
        andres = {pk for pk, s in svar.items() if not s.enheter <= self.uprikket}
        vern = les_radvern(andres) if andres else Radvern()
        rader = Gaprad.objects.filter(analyse__in=list(svar), har__gte=1).order_by("analyse_id", "nummer", "pk")
        felt = ("analyse_id", *NAVNEFELT, "kompetansetekst", "har", "forslag")
        for analyse, *navnefelt, tekst, har, forslag in rader.values_list(*felt):
            nokkel, navn = nokkel_av(*navnefelt)
            if treffer(self.tekst, navn, *(felt or "" for felt in navnefelt[1:]), tekst):
                skjult = vern.skjuler(analyse, nokkel[0], navn, har, forslag)
                vist = SKJULT if skjult and not er_liten(har) else vis_tall(har)
                funn = self._funn(svar[analyse], vist if analyse in andres else har)
                self._ta_med(navn, SLAGORD.get(nokkel[0], ""), funn)

    def _funn(self, svar: Svar, antall: Vist) -> Funn:
        return Funn(svar.navn, sektor_av(svar.enheter, self.kart), antall, svar.kilde, self._spoer(svar.enheter))

    def fra_katalogen(self) -> None:
        """Competences of the catalogue: counts of a competence system, and key persons."""
        kompetanser = {
            k.pk: k.navn
            for k in Kompetanse.objects.order_by("pk")
            if treffer(self.tekst, k.navn, k.omraade, k.beskrivelse)
        }
        if not kompetanser:
            return
        self._fra_systemet(kompetanser)
        for haver in navngitte_med(kompetanser, self.dag, self.tilgang.omfang(Handling.SE_LEDERKRAV)):
            treff = self._treff(haver.kompetanse.navn, "")
            treff.navngitte.append((str(haver.leder), str(haver.leder.enhet)))

    def _fra_systemet(self, kompetanser: dict[int, str]) -> None:
        """Counts of a competence system, hidden as they are on its own page, so that the two tell nothing together."""
        rader = kompetansetall_for(self.kart.navn, kompetanser)
        vern = skjulte(rader, self.kart.over)
        for t in rader:
            vist = t.antall if t.enhet_id in self.uprikket else vern.get(t, t.antall)
            kilde = f"{t.kilde} {dato_kort(t.dato)}"
            sted = (self.kart.navn[t.enhet_id], self.kart.sektor(t.enhet_id))
            self._ta_med(kompetanser[t.kompetanse_id], "", Funn(*sted, vist, kilde, self._spoer([t.enhet_id])))

    def _spoer(self, enheter: Iterable[int]) -> str:
        return ", ".join(str(b) for b in self.folk.svarer(enheter))

    def _treff(self, navn: str, slag: str) -> Treff:
        return self.treff.setdefault(f"{slag}:{brett(navn)}", Treff(navn, slag))

    def _ta_med(self, navn: str, slag: str, funn: Funn) -> None:
        self._treff(navn, slag).funn.append(funn)


def har_skjulte(treff: Iterable[Treff]) -> bool:
    """Is any count shown as a mark?"""
    return any(isinstance(f.antall, str) for t in treff for f in t.funn)
