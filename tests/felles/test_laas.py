"""The fingerprint and the stale save."""

import pytest

from felles.laas import Foreldet, avtrykk, krev_uendret
from organisasjon.models import Tjeneste


def test_fingerprint_follows_the_named_fields_only():
    en, to = Tjeneste(navn="A"), Tjeneste(navn="A", pk=7)
    assert avtrykk(en, ["navn"]) == avtrykk(to, ["navn"])
    assert avtrykk(en, ["id", "navn"]) != avtrykk(to, ["id", "navn"])
    assert avtrykk(Tjeneste(navn="B"), ["navn"]) != avtrykk(en, ["navn"])


@pytest.mark.django_db
def test_row_as_it_is_now_is_returned_or_carried_by_the_error():
    tjeneste = Tjeneste.objects.create(navn="A")
    gammelt = avtrykk(tjeneste, ["navn"])
    assert krev_uendret(tjeneste, ["navn"], gammelt) == tjeneste
    Tjeneste.objects.filter(pk=tjeneste.pk).update(navn="B")
    assert krev_uendret(tjeneste, ["navn"], None).navn == "B"
    with pytest.raises(Foreldet) as foreldet:
        krev_uendret(tjeneste, ["navn"], gammelt)
    assert foreldet.value.naa.navn == "B"
    with pytest.raises(Foreldet):
        krev_uendret(tjeneste, ["navn"], "")
