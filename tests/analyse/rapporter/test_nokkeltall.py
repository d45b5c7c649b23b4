"""Every key figure on a report page explains itself."""

from collections.abc import Callable

import pytest

from analyse.models import Uttrekk
from analyse.rapporter import RAPPORTER
from analyse.services.rapporter import hent_resultat
from tests import fabrikk


@pytest.fixture
def uttrekk(kommunetre: fabrikk.Kommunetre, lag_uttrekk: Callable[..., Uttrekk]) -> Uttrekk:
    return lag_uttrekk(
        [{"enhet": kommunetre.hjemmetjenesten} for _nr in range(12)] + [{"enhet": kommunetre.skolen}] * 6
    )


@pytest.mark.django_db
@pytest.mark.parametrize("slug", RAPPORTER)
def test_hvert_nokkeltall_forklares_med_sitt_eget_tall(slug: str, uttrekk: Uttrekk) -> None:
    rapport, resultat = RAPPORTER[slug], hent_resultat(uttrekk=uttrekk, slug=slug)
    alle = rapport.nokkeltall(resultat)
    assert alle
    for nr, figur in enumerate(alle):
        svar = rapport.forklar_nokkeltall(resultat, nr)
        assert svar.navn == figur.navn and svar.formel and svar.kilde
        assert svar.tall.rstrip("\xa0%").startswith(figur.tall.rstrip("\xa0%")[:3])
    with pytest.raises(KeyError):
        rapport.forklar_nokkeltall(resultat, len(alle))


@pytest.mark.django_db
def test_siden_lenker_nokkeltallene_til_forklaringen(som, uttrekk: Uttrekk) -> None:
    klient = som("hr")
    side = klient.get("/analyse/rapporter/lederspenn/").content.decode()
    assert "tabell=nokkeltall&amp;rad=0" in side
    adresse = "/analyse/rapporter/lederspenn/slik-er-tallet-regnet/?tabell=nokkeltall&rad={}&kolonne=tall"
    svar = klient.get(adresse.format(0))
    assert svar.status_code == 200 and "18" in svar.content.decode()
    assert klient.get(adresse.format(99)).status_code == 404
