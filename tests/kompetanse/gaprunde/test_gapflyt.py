"""Who may move a gap analysis from where to where, without a database."""

import pytest

from kompetanse.enums import Gapstatus
from kompetanse.gapflyt import OVERGANGER, Krav, Part, overgang, parter_i
from organisasjon.enums import Rolle
from organisasjon.rules import Tilgang

KOMMUNE, SEKTOR, ENHET, ANNEN = 1, 2, 3, 4
UNDER = {KOMMUNE: {1, 2, 3, 4}, SEKTOR: {2, 3}, ENHET: {3}, ANNEN: {4}}


def tilgang(*roller):
    return Tilgang(tuple((r, rot, frozenset(UNDER[rot])) for r, rot in roller), KOMMUNE)


@pytest.mark.parametrize(
    ("rolle", "rot", "enheter", "parter"),
    [
        (Rolle.KOMMUNALSJEF, SEKTOR, [ENHET], {Part.LEDER, Part.KOMMUNALSJEF}),
        (Rolle.KOMMUNALSJEF, SEKTOR, [SEKTOR], {Part.LEDER}),  # the own answer is approved from above
        (Rolle.KOMMUNALSJEF, ENHET, [ENHET], {Part.LEDER}),  # the head of a staff
        (Rolle.KOMMUNALSJEF, SEKTOR, [ENHET, ANNEN], set()),
        (Rolle.KOMMUNALSJEF, SEKTOR, [], set()),
        (Rolle.KOMMUNEDIREKTOR, KOMMUNE, [ENHET, ANNEN], {Part.LEDER, Part.TOPPEN}),
        (Rolle.ASS_KOMMUNEDIREKTOR, KOMMUNE, [ENHET], {Part.LEDER, Part.TOPPEN}),
        (Rolle.HR, KOMMUNE, [ENHET], {Part.LEDER, Part.HR}),
        (Rolle.ENHETSLEDER, ENHET, [ENHET], {Part.LEDER}),
        (Rolle.TILLITSVALGT, SEKTOR, [ENHET], set()),
        (Rolle.AVDELINGSLEDER, ENHET, [ENHET], set()),
    ],
)
def test_hvilke_parter_en_rolle_gir(rolle, rot, enheter, parter):
    assert parter_i(enheter, tilgang((rolle, rot))) == parter


def test_tabellen_sier_hvem_som_gjor_hva():
    flytt = {(o.fra.value, o.til.value): (set(o.parter), o.maa_begrunnes) for o in OVERGANGER if not o.i_stegene}
    godkjenner = {Part.KOMMUNALSJEF, Part.TOPPEN}
    assert flytt == {
        ("levert", "godkjent"): (godkjenner, False),
        ("levert", "returnert"): (godkjenner, True),
        ("godkjent", "returnert"): ({Part.HR}, True),
    }
    assert all(Krav.IKKE_EGET in o.krav for o in OVERGANGER if o.fra == Gapstatus.LEVERT)
    assert overgang("i_arbeid", "levert") is None and overgang("tull", "godkjent") is None
