"""What reports are computed from for several units of one extract, from one reading of the rows.

Reading each unit by itself takes half a dozen queries a unit; a plan can cover fifty.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from django.db import connection

from analyse.models import Uttrekk
from analyse.queries import (
    KOLONNER,
    PersonraderSlettet,
    UkjentEnhet,
    enhetsramme,
    felter,
    hent_grunnlag,
    navn_i,
    omfang_i,
    rotenhet,
    som_ramme,
    uttrekksinfo,
)
from analyse.rapporter.base import Grunnlag
from analyse.regneoppsett import Oppsett
from organisasjon.enums import Enhetstype
from organisasjon.models import Enhet

Kolonner = dict[str, np.ndarray]


def grunnlag_for(
    uttrekk: Uttrekk, enheter: Sequence[Enhet], rater: dict[str, float] | None, oppsett: Oppsett
) -> dict[int, Grunnlag]:
    """Unit id → the same as `hent_grunnlag` gives. Units that were not in the extract are left out. Two queries, and
    more for the municipality itself.

    Raises PersonraderSlettet.
    """
    if uttrekk.rader_slettet:
        raise PersonraderSlettet(f"Personradene i uttrekket {uttrekk.dato:%d.%m.%Y} er slettet.")
    ramme = enhetsramme(uttrekk)
    rot = rotenhet(ramme)
    omfang = {e.pk: funnet for e in enheter if e.pk != rot and (funnet := _omfang(uttrekk, ramme, e))}
    alle = _les(uttrekk, sorted({pk for funnet in omfang.values() for pk in funnet})) if omfang else {}
    felles = {
        "enheter": ramme,
        "stillinger": oppsett.stillinger,
        "normer": oppsett.normer,
        "uttrekk": uttrekksinfo(uttrekk),
        "dato": uttrekk.dato,
        "rater": rater,
    }
    ut = {e.pk: _ett(e, omfang[e.pk], alle, oppsett.tellinger, felles) for e in enheter if e.pk in omfang}
    if any(e.pk == rot for e in enheter):
        ut[rot] = hent_grunnlag(uttrekk, oppsett=oppsett)
    return ut


def _omfang(uttrekk: Uttrekk, ramme: Any, enhet: Enhet) -> list[int]:
    try:
        return omfang_i(uttrekk, ramme, enhet)
    except UkjentEnhet:
        return []


def _les(uttrekk: Uttrekk, omfang: Sequence[int]) -> Kolonner:
    """Every row of everybody who has one in the units, whatever its category, in the order of the table."""
    merker = ", ".join(["%s"] * len(omfang))
    sql = f"""SELECT {felter()} FROM analyse_ansettelse WHERE uttrekk_id = %s AND person IN (
        SELECT person FROM analyse_ansettelse
        WHERE uttrekk_id = %s AND (enhet_id IN ({merker}) OR coalesce(avdeling_id, 0) IN ({merker}))
    ) ORDER BY id"""  # noqa: S608 - only column names and placeholders are put together
    with connection.cursor() as peker:
        peker.execute(sql, [uttrekk.pk, uttrekk.pk, *omfang, *omfang])
        rader = peker.fetchall()
    kolonner = zip(*rader, strict=True) if rader else [()] * len(KOLONNER)
    return {navn: np.array(verdier, dtype=object) for navn, verdier in zip(KOLONNER, kolonner, strict=True)}


def _ett(enhet: Enhet, omfang: list[int], alle: Kolonner, telling: dict[int, str], felles: dict[str, Any]) -> Grunnlag:
    """One unit's rows, and the same persons' rows elsewhere."""
    telles = np.isin(alle["kategori"].astype("int64"), list(telling))
    her = np.isin(alle["enhet"].astype("int64"), omfang) | np.isin(alle["avdeling"].astype("int64"), omfang)
    person = alle["person"].astype("int64")
    andre = ~her & telles & np.isin(person, person[her])
    kode, navn, type_ = navn_i(felles["enheter"], enhet.pk, enhet)
    rader = som_ramme({n: verdier[her & telles] for n, verdier in alle.items()}, telling)
    if type_ == Enhetstype.AVDELING:
        # A department alone is shown as the unit it is, not as a slice of the unit above.
        rader = rader.assign(enhet=enhet.pk, avdeling=0)
    return Grunnlag(
        ansettelser=rader,
        enhet={"id": int(enhet.pk), "kode": kode, "navn": navn},
        andre=som_ramme({n: verdier[andre] for n, verdier in alle.items()}, telling),
        **felles,
    )
