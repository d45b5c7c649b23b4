"""The heat table of a round's results: units against competences, with sums."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lat

from kompetanse.gap.vern import SKJULT
from kompetanse.gapvalg import Gapvalg
from kompetanse.queries.gapresultat import Celle, Kolonne, Nokkel, kritiskord
from kompetanse.queries.gaputvalg import Deltaker
from kompetanse.visning.gapgrunnlag import Grunnlag, sumnavn, vis

_LEDD = re.compile(
    "(?<=[a-zæøå]{4})(?=arbeid|lærer|pedagog|pleie|terapeut|utdanning|behandl|teknolog|omsorg|leder|ledelse|vern|"
    "opplæring|anskaffelse|planlegg|habiliter|veiled|kompetanse|forvalt|sykepleie)",
    re.IGNORECASE,
)


# Years ahead → from which percent of the need a gap is called large, and medium: most gaps grow with the years.
GRENSER = {0: (25, 10), 1: (25, 10), 3: (40, 20), 5: (50, 25)}


TRINN = ((3, _lat("stor")), (2, _lat("middels")), (1, _lat("liten")))


DEKKET = _lat("dekket")


@dataclass(frozen=True)
class Varmecelle:
    """Number, word, and tint: 0 (covered) to 3 (large), «skjult», or «tom» where there is no such row or answer."""

    tall: str
    ord: str = ""
    trinn: str = "tom"


TOM = Varmecelle("–")


GJEMT = Varmecelle(SKJULT, trinn="skjult")


@dataclass(frozen=True)
class Kolonnehode:
    """The heading of a column: name, how critical at most, and whether that is much."""

    navn: str
    kritisk: str
    haster: bool


@dataclass(frozen=True)
class Varmerad:
    """A row of the heat table, its cells with the column's name: an analysis (`pk`), or a sum (0)."""

    navn: str
    celler: list[tuple[str, Varmecelle]]
    pk: int = 0
    delplan: bool = False


@dataclass(frozen=True)
class Varmegruppe:
    """The analyses of one sector, and their sum when it may be shown."""

    sektor: str
    rader: list[Varmerad]
    sum: Varmerad | None


@dataclass(frozen=True)
class Varmetabell:
    """The heat table for some of the columns."""

    kolonner: list[Kolonnehode]
    grupper: list[Varmegruppe]
    sum: Varmerad | None


def varmecelle(gap: int | None, trenger: int, valg: Gapvalg) -> Varmecelle:
    """A gap with its word and tint, by how much of the need it is."""
    if gap is None:
        return TOM
    if gap <= 0:
        return Varmecelle(vis(0, False), str(DEKKET), "0")
    andel = 100 * gap / trenger if trenger else 100
    trinn, ord_ = next(trinn for fra, trinn in zip((*GRENSER[valg.om], 0), TRINN, strict=True) if andel >= fra)
    return Varmecelle(vis(gap, valg.aarsverk), str(ord_), str(trinn))


def grenseord(om: int) -> str:
    """What the words of the heat table mean in the horizon."""
    tekst = _("Stor: minst %(stor)d prosent av behovet mangler. Middels: minst %(middels)d prosent. Liten: mindre.")
    return tekst % dict(zip(("stor", "middels"), GRENSER[om], strict=True))


def varmetabell(g: Grunnlag, kolonner: Sequence[Kolonne], celler: dict[tuple[int, Nokkel], Celle]) -> Varmetabell:
    """The table for these columns: analyses by sector, with sums."""
    grupper = []
    for sektor in g.utvalg.sektorer:
        egne = [d for d in g.utvalg.deltakere if d.sektor == sektor]
        rader = [Varmerad(d.navn, _rad(g, d, kolonner, celler), d.pk, len(d.enheter) > 1) for d in egne]
        sum_ = _sumrad(g, _("Sum, %(navn)s") % {"navn": sektor}, kolonner, sektor) if len(egne) > 1 else None
        grupper.append(Varmegruppe(sektor, rader, sum_))
    total = _sumrad(g, sumnavn(g.utvalg), kolonner) if len(grupper) > 1 else None
    return Varmetabell([kolonnehode(k) for k in kolonner], grupper, total)


def kolonnehode(k: Kolonne) -> Kolonnehode:
    """The heading of a column."""
    return Kolonnehode(delbar(k.navn), kritiskord(k.kritisk), k.er_kritisk)


def delbar(navn: str) -> str:
    """The name with soft hyphens where long Norwegian compounds are put together, so that it fits a narrow column."""
    return _LEDD.sub("\u00ad", navn)


def _rad(
    g: Grunnlag, d: Deltaker, kolonner: Iterable[Kolonne], celler: dict[tuple[int, Nokkel], Celle]
) -> list[tuple[str, Varmecelle]]:
    return [(k.navn, _varme(g, d, k, celler.get((d.pk, k.nokkel)))) for k in kolonner]


def _varme(g: Grunnlag, d: Deltaker, k: Kolonne, celle: Celle | None) -> Varmecelle:
    if celle is None:
        return TOM
    if g.skjuler(d.pk, k.nokkel):
        return GJEMT
    return varmecelle(celle.gap, celle.trenger, g.valg)


def _sumrad(g: Grunnlag, navn: str, kolonner: Iterable[Kolonne], sektor: str = "") -> Varmerad:
    return Varmerad(navn, [(k.navn, _sumcelle(g, k, sektor)) for k in kolonner])


def _sumcelle(g: Grunnlag, k: Kolonne, sektor: str) -> Varmecelle:
    sum_ = k.per_sektor.get(sektor) if sektor else k.alle
    if sum_ is None:
        return TOM
    if not g.viser_sum(k, sektor):
        return GJEMT
    return varmecelle(sum_.gap[g.valg.om], sum_.trenger, g.valg)
