"""Small frames typed in by hand, with the columns of rapporter.base.Grunnlag."""

from typing import Any

import pandas as pd

STANDARD = {
    "person": None,
    "fodt": "1980-01-01",
    "kjonn": "K",
    "enhet": 10,
    "avdeling": 0,
    "stilling": 1,
    "prosent": 100.0,
    "telling": "telles",
    "start": "2010-01-01",
    "slutt": None,
    "utdanning": "Bachelor",
}


def ansettelser(*rader: dict[str, Any]) -> pd.DataFrame:
    """Employment rows; what is left out has a default, `person` a running number."""
    liste = [{**STANDARD, "person": nr, **rad} for nr, rad in enumerate(rader, 1)]
    ramme = pd.DataFrame(liste, columns=list(STANDARD))
    for kolonne in ("fodt", "start", "slutt"):
        ramme[kolonne] = pd.to_datetime(ramme[kolonne]).astype("datetime64[s]")
    return ramme.astype(
        {"person": "int64", "enhet": "int64", "avdeling": "int64", "stilling": "int64", "prosent": "float64"}
    )


def stillinger() -> pd.DataFrame:
    """Nurse, unit leader, caretaker without a group, department leader."""
    return pd.DataFrame(
        [
            (1, "Sykepleier", "", "", "Sykepleiere"),
            (2, "Enhetsleder", "", "enhetsleder", "Ledere"),
            (3, "Vaktmester", "", "", ""),
            (4, "Avdelingsleder", "", "avdelingsleder", "Ledere"),
        ],
        columns=["id", "navn", "kode", "funksjon", "gruppe"],
    )


def enheter() -> pd.DataFrame:
    """Municipality 1, sector 2 with units 10 and 20, unit 30 straight under the municipality, department 11 in 10."""
    return pd.DataFrame(
        [
            (1, "1", "Kommunen", "kommune", 0, 0, ""),
            (2, "2", "Helse", "sektor", 1, 0, ""),
            (10, "10", "Hjemmetjenesten", "enhet", 2, 2, "Helse"),
            (20, "20", "Sykehjemmet", "enhet", 2, 2, "Helse"),
            (30, "30", "Servicetorget", "enhet", 1, 0, ""),
            (11, "11", "Nord", "avdeling", 10, 2, "Helse"),
        ],
        columns=["id", "kode", "navn", "type", "forelder", "sektor", "sektornavn"],
    )
