"""What must hold for a row: exactly one OA, at least one HA, several HA told apart, every role present."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from felles.norsk import brett, ramse_opp
from kompetanse.matrise.enums import BESTEMT, HARDE, Kode, Matriserolle, Regel
from kompetanse.matrise.koder import Ansvar

# A row as the rules see it: role → what it has.
Rad = Mapping[Matriserolle, Sequence[Ansvar]]


@dataclass(frozen=True)
class Funn:
    """A rule that a row breaks, in words. A hard one stops the version; another can be accepted with a reason."""

    regel: Regel
    tekst: str

    @property
    def hard(self) -> bool:
        return self.regel in HARDE


def funn(rad: Rad) -> list[Funn]:
    """The findings on a row, the hard ones first. The keys of `rad` are the roles that must be present."""
    return [*_oa(rad), *_ha(rad), *_tomme(rad), *_flere_ha(rad), *_faste(rad)]


def roller_med(rad: Rad, kode: Kode) -> list[Matriserolle]:
    """The roles that have the code, in column order."""
    return [rolle for rolle, ansvar in rad.items() if any(a.kode == kode for a in ansvar)]


def ramse(roller: Sequence[Matriserolle]) -> str:
    """«kommunalsjefen, økonomisjefen og IT-sjefen»."""
    return ramse_opp(str(BESTEMT[rolle]) for rolle in roller)


def _oa(rad: Rad) -> Iterator[Funn]:
    har = roller_med(rad, Kode.OA)
    if not har:
        yield Funn(Regel.EN_OA, _("Ingen har overordnet ansvar (OA). Én rolle må ha det."))
    if len(har) > 1:
        yield Funn(Regel.EN_OA, _("%(hvem)s har OA. Bare én kan ha det.") % {"hvem": _stor(ramse(har))})


def _ha(rad: Rad) -> Iterator[Funn]:
    if not roller_med(rad, Kode.HA):
        yield Funn(Regel.MINST_EN_HA, _("Ingen har hovedansvar (HA). Minst én rolle må ha det."))


def _tomme(rad: Rad) -> Iterator[Funn]:
    tomme = [rolle for rolle, ansvar in rad.items() if not ansvar]
    if tomme:
        yield Funn(Regel.ALLE_ROLLER, _("Det står ingenting for %(hvem)s.") % {"hvem": ramse(tomme)})


def _flere_ha(rad: Rad) -> Iterator[Funn]:
    har = roller_med(rad, Kode.HA)
    if len(har) < 2:
        return
    uten = [r for r in har if any(a.kode == Kode.HA and not a.omraader for a in rad[r])]
    if uten:
        yield Funn(
            Regel.FLERE_HA,
            _("Flere har hovedansvar (HA), og det står ikke for hva hos %(hvem)s. Skriv området, som «HA: økonomi».")
            % {"hvem": ramse(uten)},
        )
    for omraade, delt in _delte(rad, har):
        yield Funn(
            Regel.FLERE_HA,
            _("%(hvem)s har alle hovedansvar for «%(omraade)s».") % {"hvem": _stor(ramse(delt)), "omraade": omraade},
        )


def _delte(rad: Rad, har: Sequence[Matriserolle]) -> Iterator[tuple[str, list[Matriserolle]]]:
    eiere: dict[str, tuple[str, list[Matriserolle]]] = {}
    for rolle in har:
        omraader = {brett(o): o for a in rad[rolle] if a.kode == Kode.HA for o in a.omraader}
        for nokkel, navn in omraader.items():
            eiere.setdefault(nokkel, (navn, []))[1].append(rolle)
    yield from ((navn, roller) for navn, roller in eiere.values() if len(roller) > 1)


def _faste(rad: Rad) -> Iterator[Funn]:
    if rad.get(Matriserolle.KD) and {a.kode for a in rad[Matriserolle.KD]} != {Kode.OA}:
        yield Funn(Regel.FAST_KD, _("Kommunedirektøren skal ha overordnet ansvar (OA), og bare det."))
    if rad.get(Matriserolle.EL) and {a.kode for a in rad[Matriserolle.EL]} != {Kode.BS, Kode.U}:
        yield Funn(Regel.FAST_EL, _("Enhetslederen skal bidra og sikre, og utføre (BS og U)."))


def _stor(tekst: str) -> str:
    return tekst[:1].upper() + tekst[1:]
