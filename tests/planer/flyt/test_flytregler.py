"""The table of moves, spelled out once more by hand, so that a slip in it is seen."""

import pytest

from planer.enums import Planslag, Planstatus
from planer.flytregler import OVERGANGER, PAAMINNELSER, Krav, Part, overgang, overganger_fra
from planer.visning.flyt import partsnavn

HR, KS, EL, KD = Part.HR, Part.KOMMUNALSJEF, Part.ANSVARLIG, Part.KOMMUNEDIREKTOR
DELPLAN = {
    ("utkast", "drofting"): {HR, KS, EL},
    ("drofting", "horing"): {HR, KS},
    ("drofting", "beslutning"): {HR, KS},
    ("horing", "beslutning"): {HR, KS},
    ("beslutning", "vedtatt"): {KD},
    ("drofting", "utkast"): {HR, KS, EL},
    ("horing", "drofting"): {HR, KS},
    ("beslutning", "utkast"): {HR, KS, KD},
}
TEMAPLAN = {
    ("utkast", "drofting"): {HR},
    ("drofting", "horing"): {HR},
    ("horing", "beslutning"): {HR},
    ("beslutning", "vedtatt"): {KD},
    ("drofting", "utkast"): {HR},
    ("horing", "drofting"): {HR},
    ("beslutning", "utkast"): {HR, KD},
}


@pytest.mark.parametrize(("slag", "fasit"), [(Planslag.DELPLAN, DELPLAN), (Planslag.TEMAPLAN, TEMAPLAN)])
def test_the_table_is_exactly_this(slag, fasit):
    assert {(o.fra.value, o.til.value): set(o.parter) for o in OVERGANGER[slag]} == fasit


def test_a_template_goes_nowhere():
    assert OVERGANGER[Planslag.MAL] == ()
    assert overganger_fra(Planslag.MAL, Planstatus.UTKAST) == ()


def test_moves_back_and_past_the_hearing_ask_why():
    for regler in OVERGANGER.values():
        hopper = [o for o in regler if (o.fra, o.til) == (Planstatus.DROFTING, Planstatus.BESLUTNING)]
        assert all(o.grunn for o in regler if o.tilbake)
        assert all(o.grunn for o in hopper)
        assert not any(o.grunn for o in regler if not o.tilbake and o not in hopper)


def test_decision_and_adoption_demand_content_and_drofting():
    for slag in (Planslag.TEMAPLAN, Planslag.DELPLAN):
        for o in OVERGANGER[slag]:
            if o.til in (Planstatus.BESLUTNING, Planstatus.VEDTATT):
                assert {Krav.INNHOLD, Krav.DROFTET} <= set(o.krav) - PAAMINNELSER


def test_every_move_says_what_happens():
    assert all(o.skjer and o.navn for regler in OVERGANGER.values() for o in regler)


def test_forward_moves_come_first():
    fra = overganger_fra(Planslag.DELPLAN, Planstatus.DROFTING)
    assert [o.til.value for o in fra] == ["horing", "beslutning", "utkast"]


def test_no_move_from_adopted_or_replaced():
    for status in (Planstatus.VEDTATT, Planstatus.REVISJON, Planstatus.ERSTATTET):
        assert overganger_fra(Planslag.DELPLAN, status) == ()
    assert overgang(Planslag.DELPLAN, Planstatus.UTKAST, Planstatus.VEDTATT) is None


def test_who_is_said_in_words():
    assert partsnavn(frozenset({KD})) == "kommunedirektøren"
    assert partsnavn(frozenset({KS, EL})) == "kommunalsjefen eller ansvarlig enhetsleder"
