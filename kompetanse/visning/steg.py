"""What a leader lacks, in a few words and in sentences; and the same step of many leaders gathered into one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from felles.norsk import midt_i_setning
from felles.tall import dato_kort, tusen
from kompetanse.queries.ledere import VERST_FOERST, Kravresultat, Lederresultat
from kompetanse.regler import Utfall, Vurdering, i_faa_ord


class Stegslag(StrEnum):
    """Kinds of steps, the most pressing first."""

    MANGLER = "mangler"
    KOMMER = "kommer"
    GJENNOMGANG = "gjennomgang"
    VURDERES = "vurderes"
    PAA_VEI = "paa-vei"
    UNNTAK = "unntak"


class Steg(NamedTuple):
    """A step, the same for all leaders who have it. `hva` is only there where it tells steps of one kind apart."""

    slag: Stegslag
    hva: str = ""

    @property
    def nokkel(self) -> str:
        """As it stands in the address."""
        return slugify(f"{self.slag} {self.hva}", allow_unicode=True)[:80]


@dataclass(frozen=True)
class Samlesteg:
    """A step with how many leaders have it, said in a sentence; `hjelp` is what to do about it."""

    steg: Steg
    antall: int
    tekst: str
    hjelp: str

    @property
    def nokkel(self) -> str:
        """As it stands in the address."""
        return self.steg.nokkel


def stegene(r: Lederresultat) -> dict[Steg, date | None]:
    """The leader's steps, each with the first day it is about, when there is one."""
    if r.leder.kartlagt is None and r.krav:
        return {Steg(Stegslag.GJENNOMGANG): None}
    ut: dict[Steg, date | None] = {}
    for k in r.krav:
        match k.utfall:
            case Utfall.IKKE_OPPFYLT:
                ut |= {Steg(Stegslag.MANGLER, hva): None for hva in _i_faa_ord(k, _hull(k))}
            case Utfall.IKKE_VURDERT if k.regel:
                ut[Steg(Stegslag.VURDERES)] = None
            case Utfall.PAA_VEI:
                _foerst(ut, Steg(Stegslag.PAA_VEI), k.frist)
            case Utfall.UNNTAK if k.unntak and k.unntak.til:
                _foerst(ut, Steg(Stegslag.UNNTAK), k.unntak.til)
    for k in r.svikter:
        _foerst(ut, Steg(Stegslag.KOMMER, k.krav.hjemmel), k.krav.gyldig_fra)
    return ut


def mangler(r: Lederresultat) -> list[str]:
    """What stands between the leader and the requirements, in few words. Empty when nothing can be said."""
    if r.leder.kartlagt is None and r.krav:
        return [_("gjennomgang av dokumentasjonen")]
    ut: list[str] = []
    for k in r.krav:
        if k.utfall != r.utfall:
            continue
        if k.utfall == Utfall.IKKE_OPPFYLT:
            ut += _i_faa_ord(k, _hull(k))
        elif k.utfall == Utfall.IKKE_VURDERT and k.regel:
            ut.append(_("arbeidsgivers vurdering"))
        elif k.utfall == Utfall.PAA_VEI:
            ut += _i_faa_ord(k, _underveis(k.vurdering))
        elif k.utfall == Utfall.UNNTAK:
            ut += _i_faa_ord(k, _hull(k))
    return list(dict.fromkeys(ut))


def frist(r: Lederresultat) -> date | None:
    """The day the leader's row is about: when what is on its way must be in place, an exception ends, or a requirement
    comes that will not be met.
    """
    if r.utfall == Utfall.PAA_VEI:
        return r.frist
    unntak = [k.unntak.til for k in r.krav if r.utfall == Utfall.UNNTAK and k.unntak and k.unntak.til]
    return min([*unntak, *(k.krav.gyldig_fra for k in r.svikter)], default=None)


def samle(resultater: Iterable[Lederresultat]) -> list[Samlesteg]:
    """The steps of all the leaders, each once with how many have it: the most pressing first, then the commonest."""
    antall: dict[Steg, int] = {}
    foerst: dict[Steg, date | None] = {}
    for r in resultater:
        for steg, dag in stegene(r).items():
            antall[steg] = antall.get(steg, 0) + 1
            _foerst(foerst, steg, dag)
    rekke = list(Stegslag)
    ordnet = sorted(antall, key=lambda s: (rekke.index(s.slag), -antall[s], s.hva))
    return [Samlesteg(s, antall[s], _si(s, antall[s], foerst[s]), _hjelp(s.slag)) for s in ordnet]


def _foerst(ut: dict[Steg, date | None], steg: Steg, dag: date | None) -> None:
    """Keep the earlier of the days."""
    kjent = ut.get(steg)
    ut[steg] = min(kjent, dag) if kjent and dag else kjent or dag


def _i_faa_ord(k: Kravresultat, deler: Iterable[Vurdering]) -> list[str]:
    ellers = _("kompetansen etter %(hjemmel)s") % {"hjemmel": k.krav.hjemmel}
    return list(dict.fromkeys(i_faa_ord(v.regel) or ellers for v in deler))


def _si(steg: Steg, antall: int, dag: date | None) -> str:
    setning = {
        Stegslag.MANGLER: ngettext("%(n)s leder mangler %(hva)s", "%(n)s ledere mangler %(hva)s", antall),
        Stegslag.KOMMER: ngettext(
            "%(n)s leder oppfyller ikke %(hva)s når kravet gjelder fra %(dag)s",
            "%(n)s ledere oppfyller ikke %(hva)s når kravet gjelder fra %(dag)s",
            antall,
        ),
        Stegslag.GJENNOMGANG: ngettext(
            "%(n)s leder har dokumentasjon ingen har gått gjennom",
            "%(n)s ledere har dokumentasjon ingen har gått gjennom",
            antall,
        ),
        Stegslag.VURDERES: ngettext(
            "%(n)s leder venter på arbeidsgivers vurdering", "%(n)s ledere venter på arbeidsgivers vurdering", antall
        ),
        Stegslag.PAA_VEI: ngettext(
            "%(n)s leder er på vei, med frist %(dag)s", "%(n)s ledere er på vei. Den første fristen er %(dag)s", antall
        ),
        Stegslag.UNNTAK: ngettext(
            "%(n)s leder har unntak som varer til %(dag)s",
            "%(n)s ledere har unntak som går ut. Det første varer til %(dag)s",
            antall,
        ),
    }[steg.slag]
    return setning % {"n": tusen(antall), "hva": midt_i_setning(steg.hva), "dag": dato_kort(dag) if dag else "–"}


def _hjelp(slag: Stegslag) -> str:
    return {
        Stegslag.MANGLER: _("Skaff det, avtal en frist eller dokumenter et unntak."),
        Stegslag.KOMMER: _("Lag en plan nå."),
        Stegslag.GJENNOMGANG: _("Gå gjennom den, og før den på lederens side."),
        Stegslag.VURDERES: _("Vurder det, og før svaret på lederens side."),
        Stegslag.PAA_VEI: _("Følg opp avtalene."),
        Stegslag.UNNTAK: _("Avgjør hva som skjer etterpå."),
    }[slag]


def neste_steg(resultat: Lederresultat, dag: date) -> list[str]:
    """What to do next for the leader, the most pressing first, in short sentences."""
    if resultat.leder.kartlagt is None and resultat.krav:
        return ["Gå gjennom dokumentasjonen og før den her."]
    steg = []
    for k in sorted(resultat.krav, key=lambda k: VERST_FOERST.index(k.utfall)):
        if k.utfall == Utfall.IKKE_OPPFYLT:
            steg += [f"Mangler {v.setning}. Skaff det, avtal en frist eller dokumenter et unntak." for v in _hull(k)]
        elif k.utfall == Utfall.IKKE_VURDERT and k.regel:
            steg += [f"Vurder om lederen {v.regel.tekst}." for v in _uvurdert(k.vurdering)]
        elif k.utfall == Utfall.PAA_VEI and k.frist:
            steg.append(f"Følg opp innen {k.frist:%d.%m.%Y}: {k.krav.hjemmel}.")
        elif k.unntak and k.unntak.til:
            steg.append(
                f"Unntaket ({k.unntak.referanse}) varer til {k.unntak.til:%d.%m.%Y}. Avgjør hva som skjer etterpå."
            )
    steg += [
        f"Fra {k.krav.gyldig_fra:%d.%m.%Y} ({k.krav.hjemmel}) mangler {v.setning}. Lag en plan nå."
        for k in resultat.svikter
        for v in _hull(k)
    ]
    return list(dict.fromkeys(steg))


def _underveis(v: Vurdering) -> list[Vurdering]:
    """The conditions that are on their way."""
    if v.utfall != Utfall.PAA_VEI:
        return []
    return [d for del_ in v.deler for d in _underveis(del_)] if v.deler else [v]


def _hull(k: Kravresultat) -> list[Vurdering]:
    """The parts that fail; a group of alternatives is one part."""
    vurdering = k.vurdering
    return _svikter(vurdering) if vurdering else []


def _svikter(v: Vurdering) -> list[Vurdering]:
    if v.utfall != Utfall.IKKE_OPPFYLT:
        return []
    if v.deler and v.regel.ord == "og":
        return [d for del_ in v.deler for d in _svikter(del_)]
    # Of alternatives, the one somebody has come some way on; else all of them together.
    paabegynt = [d for d in v.deler if any(led.utfall in (Utfall.OPPFYLT, Utfall.PAA_VEI) for led in d.deler)]
    naermest = min((_svikter(d) for d in paabegynt), key=len, default=[])
    return naermest or [v]


def _uvurdert(v: Vurdering) -> list[Vurdering]:
    """The conditions nobody has judged yet, that a person must judge."""
    if v.deler:
        return [d for del_ in v.deler for d in _uvurdert(del_)]
    return [v] if v.utfall == Utfall.IKKE_VURDERT and hasattr(v.regel, "tekst") else []
