"""The database reckons gaps exactly as `Gaprad.ledd` does, in persons and in årsverk."""

from decimal import Decimal
from random import Random

import pytest

from kompetanse.gap.regning import HORISONTER
from kompetanse.models import Gaprad
from kompetanse.queries import gaputtrykk as uttrykk
from tests.kompetanse.gaprunde.fabrikk import lag_analyse, lag_runde

pytestmark = pytest.mark.django_db


def _tilfeldig(trekk: Random, analyse) -> Gaprad:
    har = trekk.choice([0, 1, 2, 3, 7, 41, 9999])
    felt = {f"{hva}_{aar}": trekk.randint(0, 60) for hva in ("utdanning", "avgang") for aar in (1, 3, 5)}
    felt |= {f"trenger_{aar}": trekk.choice([None, 0, 1, 8, 50, 9999]) for aar in HORISONTER}
    felt |= {f"trenger_aarsverk_{aar}": trekk.choice([None, None, Decimal("12.34")]) for aar in HORISONTER}
    aarsverk = Decimal(trekk.randint(0, har * 100)) / 100
    return Gaprad(analyse=analyse, nummer=1, slag="stilling", navn="X", har=har, har_aarsverk=aarsverk, **felt)


def test_basen_regner_som_python(kommunetre):
    analyse, trekk = lag_analyse(lag_runde(), kommunetre.skolen), Random(7)
    Gaprad.objects.bulk_create(_tilfeldig(trekk, analyse) for _ in range(150))
    uttrykkene = {
        f"{navn}_{aar}_{i}": funksjon(aar, bool(i))
        for navn, funksjon in (("gap", uttrykk.gap), ("over", uttrykk.overskudd))
        for aar in HORISONTER
        for i in (0, 1)
    }
    for rad in Gaprad.objects.annotate(**uttrykkene):
        for nr, aar in enumerate(HORISONTER):
            for i, ledd in ((0, rad.ledd[nr]), (1, rad.ledd_aarsverk[nr])):
                ganger = 100 if i else 1
                ventet = [None if v is None else v * ganger for v in (ledd.gap, ledd.overskudd)]
                assert [getattr(rad, f"gap_{aar}_{i}"), getattr(rad, f"over_{aar}_{i}")] == ventet, (rad.pk, aar, i)
