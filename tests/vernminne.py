"""Reports that have been protected once in a run of the tests are not protected again.

Which cells are hidden follows from the cells and their relations alone. tests/felles and tests/analyse/rapporter/
test_vern.py ask felles.prikking itself.
"""

import hashlib
import os
import pickle
from collections.abc import Iterable
from pathlib import Path

import pytest

from analyse.services import vern
from felles.likninger import Celle
from felles.prikking import System

_beskytt = vern.beskytt


def husk(patch: pytest.MonkeyPatch, mappe: Path) -> None:
    """Keep what was hidden in the folder, which all test processes of the run share."""
    mappe.mkdir(parents=True, exist_ok=True)

    def beskytt(system: System, tvunget: Iterable[Celle] = ()) -> set[Celle]:
        tvunget = set(tvunget)
        fil = mappe / _merke(system, tvunget)
        if fil.exists():
            return pickle.loads(fil.read_bytes())  # noqa: S301 (our own file)
        skjult = _beskytt(system, tvunget)
        halv = fil.with_suffix(f".{os.getpid()}")
        halv.write_bytes(pickle.dumps(skjult))
        halv.replace(fil)
        return skjult

    patch.setattr(vern, "beskytt", beskytt)


def _merke(system: System, tvunget: set[Celle]) -> str:
    """Everything the protection is asked, as one mark."""
    uordnet = (system.verdier.items(), system.vist, system.laast, system.pris.items(), system.gulv.items(), tvunget)
    alt = [*(sorted(map(repr, del_)) for del_ in uordnet), system.relasjoner, system.former]
    return hashlib.sha256(repr(alt).encode()).hexdigest()
