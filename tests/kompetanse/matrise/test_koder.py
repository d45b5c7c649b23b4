"""The notation of a cell: what can be typed, and what it becomes."""

import pytest

from kompetanse.matrise.enums import Kode
from kompetanse.matrise.koder import Ansvar, Skrivefeil, les, skriv


@pytest.mark.parametrize(
    ("skrevet", "blir"),
    [
        ("", ""),
        ("ha", "HA"),
        ("BS; U", "BS; U"),
        ("u bs", "BS; U"),
        ("BS+U", "BS; U"),
        ("bs og u", "BS; U"),
        ("HA:tjeneste;BS", "HA: tjeneste; BS"),
        ("HA (HR, HMS, tariff)", "HA: HR, HMS, tariff"),
        ("  HA :  økonomi  ;; ", "HA: økonomi"),
        ("HA: HR, hr", "HA: HR"),
        ("BS; HA; BS", "HA; BS"),
        ("HA: IT, personvern (nærmeste leder for IT)", "HA: IT, personvern (nærmeste leder for IT)"),
        ("OA: (arbeidsgiver etter loven)", "OA: (arbeidsgiver etter loven)"),
    ],
)
def test_skrivemaater_blir_den_samme_notasjonen(skrevet, blir):
    assert skriv(les(skrevet)) == blir
    assert skriv(les(blir)) == blir


@pytest.mark.parametrize("skrevet", ["XA", "HA tjeneste", "HA: (a) (b)", "OA; hurra", "HA:" + "x" * 400])
def test_det_som_ikke_kan_leses_faar_en_forklaring(skrevet):
    with pytest.raises(Skrivefeil) as feil:
        les(skrevet)
    assert str(feil.value).endswith((".", "»."))


def test_ansvar_uten_omraade_gjelder_alle_omraader():
    assert Ansvar(Kode.HA).gjelder("økonomi")
    assert Ansvar(Kode.HA, ("Økonomi",)).gjelder("økonomi")
    assert not Ansvar(Kode.HA, ("tjeneste",)).gjelder("økonomi")
