"""What reports are computed from for several units of several extracts, from one reading of the rows.

Reading each unit by itself takes half a dozen queries a unit and extract; a plan can cover fifty.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
from django.db import connection

from analyse.ansettelsesrader import KOLONNER, felter, som_ramme
from analyse.models import Uttrekk
from analyse.queries import (
    UkjentEnhet,
    enhetsrammer,
    hent_grunnlag,
    navn_i,
    omfang_i,
    rotenhet,
    uttrekksinfo,
)
from analyse.rapporter.base import Grunnlag
from analyse.regneoppsett import Oppsett
from organisasjon.enums import Enhetstype
from organisasjon.models import Enhet

Kolonner = dict[str, np.ndarray]


def grunnlag_for(
    enheter: Mapping[Uttrekk, Sequence[Enhet]], rater: Mapping[int, dict[str, float]], oppsett: Oppsett
) -> dict[tuple[int, int], Grunnlag]:
    """(extract id, unit id) → the same as `hent_grunnlag` gives, for the units wanted of each extract. `rater`: the
    municipality's leaving rates by extract id, where they matter. Extracts whose rows are gone, and units that were not
    there, are left out. Two queries, and more for the municipality itself.
    """
    enheter = {u: onsket for u, onsket in enheter.items() if not u.rader_slettet}
    rammer = enhetsrammer(enheter)
    omfang = {u: _omfang(u, rammer[u.pk], onsket) for u, onsket in enheter.items()}
    leses = {u.pk: sorted({pk for funnet in o.values() for pk in funnet}) for u, o in omfang.items() if o}
    alle = _les(leses) if leses else {}
    return {
        (u.pk, pk): grunnlag
        for u, onsket in enheter.items()
        for pk, grunnlag in _av_ett(
            u, onsket, omfang[u], rammer[u.pk], alle.get(u.pk, {}), rater.get(u.pk), oppsett
        ).items()
    }


def _av_ett(
    uttrekk: Uttrekk,
    enheter: Sequence[Enhet],
    omfang: Mapping[int, list[int]],
    ramme: Any,
    alle: Kolonner,
    rater: dict[str, float] | None,
    oppsett: Oppsett,
) -> dict[int, Grunnlag]:
    """Those of one extract, from all its rows that were read."""
    felles = {
        "enheter": ramme,
        "stillinger": oppsett.stillinger,
        "normer": oppsett.normer,
        "uttrekk": uttrekksinfo(uttrekk),
        "dato": uttrekk.dato,
        "rater": rater,
    }
    ut = {e.pk: _ett(e, omfang[e.pk], alle, oppsett.tellinger, felles) for e in enheter if e.pk in omfang}
    rot = rotenhet(ramme)
    if any(e.pk == rot for e in enheter):
        ut[rot] = hent_grunnlag(uttrekk, oppsett=oppsett)
    return ut


def _omfang(uttrekk: Uttrekk, ramme: Any, enheter: Sequence[Enhet]) -> dict[int, list[int]]:
    """The units that were there, but the municipality, each with all beneath it."""
    rot, ut = rotenhet(ramme), {}
    for enhet in enheter:
        try:
            ut[enhet.pk] = omfang_i(uttrekk, ramme, enhet)
        except UkjentEnhet:
            continue
    return {pk: funnet for pk, funnet in ut.items() if pk != rot}


def _les(omfang: Mapping[int, Sequence[int]]) -> dict[int, Kolonner]:
    """By extract id: every row of everybody who has one in the units, whatever its category, in the order of the table.
    `omfang`: extract id → unit ids.
    """
    deler, verdier = [], []
    for uttrekk, enheter in omfang.items():
        merker = ", ".join(["%s"] * len(enheter))
        deler.append(f"""SELECT uttrekk_id, id, {felter()} FROM analyse_ansettelse WHERE uttrekk_id = %s AND person IN (
            SELECT person FROM analyse_ansettelse
            WHERE uttrekk_id = %s AND (enhet_id IN ({merker}) OR coalesce(avdeling_id, 0) IN ({merker}))
        )""")  # noqa: S608 - only column names and placeholders are put together
        verdier += [uttrekk, uttrekk, *enheter, *enheter]
    with connection.cursor() as peker:
        peker.execute(" UNION ALL ".join(deler) + " ORDER BY 1, 2", verdier)
        rader = peker.fetchall()
    return {uttrekk: _kolonner([rad[2:] for rad in gruppe]) for uttrekk, gruppe in groupby(rader, itemgetter(0))}


def _kolonner(rader: list[tuple]) -> Kolonner:
    verdier = zip(*rader, strict=True)
    return {navn: np.array(kolonne, dtype=object) for navn, kolonne in zip(KOLONNER, verdier, strict=True)}


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
