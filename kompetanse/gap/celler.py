"""All the rows of a round at once: what a protected reader is shown of each cell of its results. numpy, no Django.

The arithmetic is that of `gap.regning` and the marks are those of `gap.vern.vern_rad`, for whole persons; a test holds
the two against each other. Twelve thousand rows take a second one by one, and some milliseconds here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from kompetanse.gap.regning import HORISONTER
from kompetanse.gap.sumvern import Post
from kompetanse.gap.vern import GRENSE

FREM = len(HORISONTER)


@dataclass(frozen=True)
class Celler:
    """A cell is an analysis in a column, one row or several. Arrays of cells × horizons: its gap and need, whether the
    need is answered and the gap hidden; and of cells: `faa` when the reader is told of fewer than five, `bundet` when
    a row must not be worked out from sums, `rader` how many there are. `uendret` is the gap if those they have stayed,
    where it is hidden because few come or go (`har_uendret`).
    """

    gap: np.ndarray
    trenger: np.ndarray
    besvart: np.ndarray
    skjult: np.ndarray
    faa: np.ndarray
    bundet: np.ndarray
    rader: np.ndarray
    uendret: np.ndarray
    har_uendret: np.ndarray

    def skjulte_horisonter(self) -> list[frozenset[int]]:
        """Where each cell is hidden, in years ahead."""
        mulige = [frozenset(om for h, om in enumerate(HORISONTER) if kode >> h & 1) for kode in range(1 << FREM)]
        return [mulige[kode] for kode in (self.skjult @ (1 << np.arange(FREM))).tolist()]

    def poster(self, celler: Sequence[int], sektorer: Sequence[str], horisont: int) -> Iterator[Post]:
        """The hidden gaps among the cells in the horizon, by its place. With several rows in a cell what is known of
        one of them says nothing certain of their sum.
        """
        egne = np.array(celler, dtype=np.intp)
        egne = egne[self.skjult[egne, horisont]]
        en = self.rader[egne] == 1
        faa = en & self.faa[egne] & (HORISONTER[horisont] == 0)
        kjent = en & self.har_uendret[egne, horisont]
        av_celle = (self.gap[egne, horisont], self.trenger[egne, horisont], faa, self.uendret[egne, horisont], kjent)
        tall = zip(*(verdier.tolist() for verdier in (egne, *av_celle, self.bundet[egne])), strict=True)
        for nr, gap, trenger, faa_, uendret, kjent_, bundet in tall:
            yield Post(sektorer[nr], gap, trenger, True, faa_, uendret if kjent_ else None, bundet)


def lag_celler(celle: Sequence[int], har: Sequence[int], tall: Sequence[int | None], skjult: Sequence[bool]) -> Celler:
    """Row by row: the number of its cell, how many there are, and whether nothing of the row is shown but its needs.
    `tall`, one row after the other: the need in each horizon (None = not answered), then those in training, then
    leavers, in each horizon but the first.
    """
    celle_, skjult_ = np.array(celle, dtype=np.intp), np.array(skjult, dtype=bool)[:, None]
    har_ = np.array(har, dtype=np.int64)[:, None]
    alle = np.array(tall, dtype=float).reshape(len(celle), 3 * FREM - 2)
    besvart = ~np.isnan(alle[:, :FREM])
    behov, inn, ut = (_hele(del_) for del_ in np.split(np.nan_to_num(alle), (FREM, 2 * FREM - 1), axis=1))
    ventet = np.maximum(0, har_ + inn - ut)
    gap = np.where(besvart, np.maximum(0, behov - ventet), 0)
    smaa = _liten(har_) | np.any(_liten(inn) | _liten(ut) | _liten(ventet), axis=1, keepdims=True)
    endring = _liten(np.abs(har_ - ventet))
    vist = besvart & ~skjult_ & (gap >= GRENSE) & ~(_liten(har_) | _liten(ventet) | endring)
    # Of a row with small numbers only the last gap is shown.
    vist[:, :-1] = False
    gjemt = (skjult_ | smaa) & besvart & ~vist
    antall = int(celle_.max()) + 1 if len(celle_) else 0

    def samle(verdier: np.ndarray) -> np.ndarray:
        ut_ = np.zeros((antall, *verdier.shape[1:]), dtype=np.int64)
        np.add.at(ut_, celle_, verdier)
        return ut_

    uendret = np.where(gjemt & endring & ~skjult_, behov - har_, 0)
    return Celler(
        gap=samle(gap),
        trenger=samle(behov),
        besvart=samle(besvart) > 0,
        skjult=samle(gjemt) > 0,
        faa=samle(((skjult_ | smaa) & _liten(har_))[:, 0]) > 0,
        bundet=samle(skjult_[:, 0]) > 0,
        rader=samle(np.ones(len(celle_), dtype=np.int64)),
        uendret=samle(uendret),
        har_uendret=samle(gjemt & endring & ~skjult_) > 0,
    )


def _hele(tall: np.ndarray) -> np.ndarray:
    """Whole numbers in all horizons; where the first is left out, nobody has come or gone yet."""
    hele = tall.astype(np.int64)
    return hele if hele.shape[1] == FREM else np.insert(hele, 0, 0, axis=1)


def _liten(tall: np.ndarray) -> np.ndarray:
    return (tall > 0) & (tall < GRENSE)
