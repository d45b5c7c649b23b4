"""The fingerprint and the stale save."""

import pytest

from felles.laas import Borte, Foreldet, avtrykk, krev_uendret, laas_rad
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


@pytest.mark.django_db
def test_deleted_meanwhile_is_said_with_the_name_when_it_is_known():
    hel = Tjeneste.objects.create(navn="A")
    delvis = Tjeneste.objects.only("pk").get(pk=hel.pk)
    Tjeneste.objects.filter(pk=hel.pk).delete()
    with pytest.raises(Borte, match="Noen andre har slettet «A»"):
        krev_uendret(hel, ["navn"], "gammelt")
    with pytest.raises(Borte, match="Noen andre har slettet «tjeneste»"):
        laas_rad(delvis)
