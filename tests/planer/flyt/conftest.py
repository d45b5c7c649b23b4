import pytest

from tests.planer.flyt.hjelp import Verden, lag_verden


@pytest.fixture
def verden(kommunetre) -> Verden:
    return lag_verden(kommunetre)
