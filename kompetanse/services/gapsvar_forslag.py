"""What a gap analysis begins with: position groups from the extract, and what was answered last time."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from analyse.models import Uttrekk
from analyse.omfang import ansettelser_i
from analyse.regneoppsett import hent_oppsett
from analyse.services.rapporter import kommunens_rater, standardperiode
from felles.norsk import brett
from kompetanse.enums import Gapradslag
from kompetanse.gap.forslag import Enhetsforslag, Gruppeforslag, andel_av, behov_fra_foer, forslag, velg_rader
from kompetanse.gap.regning import AVGANGSAAR, HORISONTER
from kompetanse.gapfelt import FRA_I_FJOR, TRENGER, som_tekst
from kompetanse.models import Gapanalyse, Gaprad, Kompetanse
from kompetanse.queries.gapsvar import foregaaende
from kompetanse.queries.kompetansetall import Telling, tellinger_for

Json = dict[str, Any]


@dataclass(frozen=True)
class Grunnlag:
    """What is known when the analysis begins. `uttrekk` None: nothing could be read out of an extract."""

    uttrekk: date | None
    enheter: Enhetsforslag
    tellinger: dict[int, Telling]
    foer: Gapanalyse | None

    @property
    def alle(self) -> Json:
        """The pace of everybody in the units, as it is kept."""
        return self.enheter.alle.som_json() if self.enheter.alle else {}


def hent_grunnlag(analyse: Gapanalyse) -> Grunnlag:
    """Read it: the round's extract, else the newest that still has its rows. About fifteen queries."""
    enheter = [e.pk for e in analyse.enheter.all()]
    uttrekk = _uttrekk(analyse)
    funnet = Enhetsforslag((), (), None)
    if uttrekk is not None:
        rater = kommunens_rater(uttrekk, standardperiode(uttrekk))
        oppsett = hent_oppsett()
        rader = ansettelser_i(uttrekk, enheter, oppsett.tellinger)
        funnet = forslag(rader, oppsett.stillinger, uttrekk.dato, rater)
    return Grunnlag(uttrekk.dato if uttrekk else None, funnet, tellinger_for(enheter), foregaaende(analyse))


def _uttrekk(analyse: Gapanalyse) -> Uttrekk | None:
    valgt = analyse.runde.uttrekk
    if valgt is not None and valgt.rader_slettet is None:
        return valgt
    return Uttrekk.objects.filter(rader_slettet__isnull=True).order_by("-dato").first()


def foreslaatte_rader(analyse: Gapanalyse, g: Grunnlag) -> tuple[list[Gaprad], Json]:
    """The rows to begin with, unsaved and in order, and what `Gapanalyse.arbeid` keeps: groups that are only offered.

    Groups that had a row last time get one again, however small; then come last year's competences and tasks.
    """
    i_fjor = {_nokkel(r): r for r in g.foer.rader.all()} if g.foer else {}
    egne, smaa = velg_rader(g.enheter.grupper)
    paa_nytt = [f for f in (*smaa, *g.enheter.ledere) if (Gapradslag.STILLING, brett(f.gruppe)) in i_fjor]
    rader = [grupperad(analyse, f.som_json() | {"gruppe": f.gruppe}, _dato(g)) for f in (*egne, *paa_nytt)]
    rader += [
        _rad_fra_foer(analyse, r, g)
        for nokkel, r in i_fjor.items()
        if nokkel not in {_nokkel(rad) for rad in rader}
    ]  # fmt: skip
    for nummer, rad in enumerate(rader, 1):
        rad.nummer = nummer
        if (gammel := i_fjor.get(_nokkel(rad))) is not None:
            bruk_fra_foer(rad, gammel, g.foer, analyse.runde.aar)
    tilbud = {
        "dato": _dato(g),
        "alle": g.alle,
        "grupper": [_tilbud(f) for f in smaa if f not in paa_nytt],
        "ledere": [_tilbud(f) for f in g.enheter.ledere if f not in paa_nytt],
    }
    return rader, tilbud


def grupperad(analyse: Gapanalyse, forslag_: Json, dato: str) -> Gaprad:
    """A row for a position group as the extract has it, unsaved. `forslag_`: `Gruppeforslag.som_json` with «gruppe»."""
    rad = Gaprad(
        analyse=analyse, nummer=0, slag=Gapradslag.STILLING, navn=forslag_["gruppe"][:150],
        gruppe=forslag_["gruppe"][:150], har=forslag_["har"], har_aarsverk=forslag_["aarsverk"],
    )  # fmt: skip
    sett_avgang(rad, forslag_["avgang"])
    rad.forslag = {"kilde": "uttrekk", "dato": dato, **{n: v for n, v in forslag_.items() if n != "gruppe"}}
    return rad


def kompetanserad(analyse: Gapanalyse, kompetanse: Kompetanse, telling: Telling | None, alle: Json) -> Gaprad:
    """A row for a competence of the catalogue, unsaved, with the count of the competence system when there is one."""
    rad = Gaprad(
        analyse=analyse, nummer=0, slag=Gapradslag.KOMPETANSE, navn=kompetanse.navn, kompetanse=kompetanse,
        spesiell=True,
    )  # fmt: skip
    if telling is not None:
        bruk_telling(rad, telling, alle)
    return rad


def bruk_telling(rad: Gaprad, telling: Telling, alle: Json) -> None:
    """Put the count of the competence system on the row, with leavers at the pace of the whole unit."""
    avgang = andel_av(alle, telling.antall)
    rad.har = telling.antall
    sett_avgang(rad, avgang)
    rad.forslag = rad.forslag | {
        "kilde": "kompetansesystem", "kildenavn": telling.kilde, "dato": telling.dato.isoformat(),
        "har": telling.antall, "avgang": {str(aar): n for aar, n in avgang.items()},
    }  # fmt: skip


def sett_avgang(rad: Gaprad, avgang: dict[Any, int]) -> None:
    """Expected leavers by years ahead, whether these are text or numbers."""
    for aar in AVGANGSAAR:
        setattr(rad, f"avgang_{aar}", avgang.get(aar, avgang.get(str(aar), 0)))


def bruk_fra_foer(rad: Gaprad, gammel: Gaprad, foer: Gapanalyse, aar: int) -> None:
    """Carry last year's answers over to the row, and remember which they were."""
    rad.spesiell, rad.kritisk = gammel.spesiell, gammel.kritisk
    rad.veier, rad.notat = gammel.veier, gammel.notat
    rad.kompetanse, rad.kompetansetekst = gammel.kompetanse, gammel.kompetansetekst
    if rad.kompetanse and rad.kompetanse.tatt_ut:
        rad.kompetanse, rad.kompetansetekst = None, gammel.kompetanse.navn
    svar = {om: n for om in HORISONTER if (n := getattr(gammel, f"trenger_{om}")) is not None}
    for om, antall in behov_fra_foer(svar, foer.runde.aar, aar).items():
        setattr(rad, f"trenger_{om}", antall)
    tekster = som_tekst(rad)
    egne = ("har",) if "kilde" not in rad.forslag else ()
    rad.forslag = rad.forslag | {
        "i_fjor": {
            "aar": foer.runde.aar,
            "runde": foer.runde.navn,
            "trenger": {str(foer.runde.aar + om): n for om, n in svar.items()},
            "verdier": {felt: tekster[felt] for felt in (*FRA_I_FJOR, *TRENGER, *egne) if tekster[felt]},
        }
    }


def _rad_fra_foer(analyse: Gapanalyse, gammel: Gaprad, g: Grunnlag) -> Gaprad:
    """A row that only last year's analysis has: a competence, a task, or a group nobody is in any more."""
    rad = Gaprad(analyse=analyse, nummer=0, slag=gammel.slag, navn=gammel.navn, gruppe=gammel.gruppe)
    if gammel.slag == Gapradslag.STILLING and g.uttrekk:
        rad.forslag = {"kilde": "uttrekk", "dato": _dato(g), "har": 0, "aarsverk": "0", "avgang": {}}
        return rad
    telling = g.tellinger.get(gammel.kompetanse_id)
    if telling is not None:
        bruk_telling(rad, telling, g.alle)
        return rad
    rad.har, rad.har_aarsverk = gammel.har, gammel.har_aarsverk
    sett_avgang(rad, andel_av(g.alle, gammel.har))
    return rad


def _nokkel(rad: Gaprad) -> tuple[str, str]:
    return rad.slag, brett(rad.gruppe or rad.navn if rad.slag == Gapradslag.STILLING else rad.navn)


def _tilbud(f: Gruppeforslag) -> Json:
    return {"gruppe": f.gruppe, **f.som_json()}


def _dato(g: Grunnlag) -> str:
    return g.uttrekk.isoformat() if g.uttrekk else ""
