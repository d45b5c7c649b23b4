"""Saving the forms of one request: what cannot be written is kept, what collides is shown."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from kompetanse.forms.gapskjema import Svarskjema, les_grunnlag
from kompetanse.models import Gapanalyse
from kompetanse.services.gapsvar import Lagring, Sending, Stengt, lagre_svar
from kompetanse.services.gapsvar_sene import ta_vare_paa

# More blocks than a page has.
FLEST_BORTE = 50


@dataclass(frozen=True)
class Ulikt:
    """A field that two people have answered otherwise: its name, its label, and both answers as people read them."""

    felt: str
    navn: str
    deres: str
    ditt: str


@dataclass
class Utfall:
    """What came of saving. `stengt`: nothing is written any more, but what was typed is kept as late answers."""

    skjema: Svarskjema | None = None
    ulike: list[Ulikt] = field(default_factory=list)
    stengt: bool = False
    borte: str = ""
    flettet: bool = False

    @property
    def i_orden(self) -> bool:
        """Is everything saved?"""
        return not (self.ulike or self.stengt or self.borte or (self.skjema and self.skjema.feil))


def lagre_skjemaer(request: HttpRequest, analyse: Gapanalyse, skjemaer: Iterable[Svarskjema]) -> list[Utfall]:
    """Save the fields that were changed and can be saved, of the forms that came with the request."""
    sendte = [s for s in skjemaer if s.er_sendt]
    for skjema in sendte:
        skjema.bruk_valg()
    rorte = [s for s in sendte if s.rort]
    if not rorte:
        return [Utfall(s) for s in sendte]
    sendinger = [Sending(s.objekt, s.endret, s.forventet) for s in rorte]
    try:
        lagringer = lagre_svar(analyse=analyse, sendinger=sendinger, av=request.user, naa=timezone.now())
    except Stengt:
        for skjema in rorte:
            ta_vare_paa_skjema(request, analyse, skjema)
        return [Utfall(s, stengt=True) for s in rorte]
    av_skjema = {id(s): lagring for s, lagring in zip(rorte, lagringer, strict=True)}
    return [_utfall(analyse, s, av_skjema.get(id(s))) for s in sendte]


def _utfall(analyse: Gapanalyse, skjema: Svarskjema, lagring: Lagring | None) -> Utfall:
    """None: nothing was changed."""
    if lagring is None:
        return Utfall(skjema)
    if lagring.objekt is None:
        return Utfall(skjema, borte=_("Noen andre har tatt ut dette. Det du skrev, står fortsatt på siden."))
    lagring.objekt.analyse = analyse
    if lagring.ulike:
        skjema.bruk_naa(lagring.objekt)
        return Utfall(skjema, ulike=[_ulikt(skjema, felt) for felt in lagring.ulike])
    skjema.objekt = lagring.objekt
    return Utfall(skjema, flettet=lagring.flettet)


def ta_vare_paa_skjema(request: HttpRequest, analyse: Gapanalyse, skjema: Svarskjema) -> None:
    """Keep what was typed, also what could not have been saved."""
    verdier = {felt: e.etter for felt, e in skjema.rort.items()}
    ta_vare_paa(analyse=analyse, gjelder=skjema.gjelder, verdier=verdier, av=request.user, naa=timezone.now())


def ta_vare_paa_uten_plass(request: HttpRequest, analyse: Gapanalyse, skjemaer: Iterable[Svarskjema]) -> bool:
    """Keep what was typed in something that others have taken out meanwhile. Was there anything?"""
    kjente, slutt = {s.prefix for s in skjemaer}, "-laas"
    borte = {n.removesuffix(slutt) for n in request.POST if n.endswith(slutt)} - kjente
    skrevet = {prefix: _rort_uten_skjema(request, prefix) for prefix in sorted(borte)[:FLEST_BORTE]}
    for prefix, verdier in skrevet.items():
        gjelder = prefix.replace("-", ":")
        ta_vare_paa(analyse=analyse, gjelder=gjelder, verdier=verdier, av=request.user, naa=timezone.now())
    return any(skrevet.values())


def _rort_uten_skjema(request: HttpRequest, prefix: str) -> dict[str, str]:
    felt = {n.removeprefix(f"{prefix}-"): t for n, t in request.POST.items() if n.startswith(f"{prefix}-")}
    foer = les_grunnlag(felt.pop("grunnlag", ""))
    return {f: t for f, t in felt.items() if f != "laas" and t.strip() and t.strip() != foer.get(f, "")}


def _ulikt(skjema: Svarskjema, felt: str) -> Ulikt:
    return Ulikt(
        skjema.add_prefix(felt),
        skjema.navn(felt),
        skjema.lesbar(felt, skjema.naa[felt]),
        skjema.lesbar(felt, skjema.sendt[felt]),
    )
