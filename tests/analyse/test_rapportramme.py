"""The frame made from a plan is the frame read back from the database, row by row."""

from pathlib import Path

import pandas as pd
import pytest
from django.db import connection

from analyse.ansettelsesrader import ansettelsesramme
from analyse.demodata import lag_uttrekk
from analyse.demodata.filer import skriv_uttrekk
from analyse.models import Uttrekk
from analyse.queries import hent_grunnlag
from analyse.regneoppsett import hent_oppsett
from analyse.services import uttrekk as tjeneste
from analyse.services.rapporter import beregn_alle, hent_resultater
from config.demo.last import legg_inn_stillinger
from organisasjon.models import Enhet

TEKSTER = ["kjonn", "telling", "utdanning"]


@pytest.fixture
def lest_inn(db, tmp_path: Path, monkeypatch) -> tuple[Uttrekk, pd.DataFrame]:
    """The demo's last extract, read in, and the frame its reports were computed from."""
    sett = {}

    def husk(*, uttrekk, ansettelser):
        sett["ramme"] = ansettelser
        return beregn_alle(uttrekk=uttrekk, ansettelser=ansettelser)

    monkeypatch.setattr(tjeneste, "beregn_alle", husk)
    legg_inn_stillinger()
    siste = list(lag_uttrekk().values())[-1]
    svar = tjeneste.importer_fil(sti=skriv_uttrekk(siste, tmp_path))
    return svar.uttrekk, sett["ramme"]


def test_lik_rammen_som_leses_fra_basen(lest_inn):
    uttrekk, ramme = lest_inn
    fra_basen = ansettelsesramme(uttrekk, hent_oppsett().tellinger)
    for kolonne in fra_basen:
        if kolonne in TEKSTER:
            assert ramme[kolonne].astype(str).tolist() == fra_basen[kolonne].astype(str).tolist(), kolonne
        else:
            pd.testing.assert_series_equal(ramme[kolonne], fra_basen[kolonne])
    assert set(ramme) == set(fra_basen)


def test_samme_resultater_som_fra_basen(lest_inn):
    uttrekk, _ramme = lest_inn
    beholdt = hent_resultater(uttrekk=uttrekk, sluger=["lederspenn", "turnover", "aldersrisiko", "utdanning"])
    nye = beregn_alle(uttrekk=uttrekk)
    assert {slug: r.som_json() for slug, r in beholdt.items()} == {slug: nye[slug].som_json() for slug in beholdt}


def test_postgresql_vet_hvor_mange_rader_som_kom(lest_inn):
    """Without the count a report for one unit is planned as if the table were empty, and compares all with all."""
    uttrekk, _ramme = lest_inn
    if connection.vendor == "postgresql":
        with connection.cursor() as peker:
            peker.execute("SELECT reltuples FROM pg_class WHERE relname = 'analyse_ansettelse'")
            assert peker.fetchone()[0] >= uttrekk.antall_rader
    assert len(hent_grunnlag(uttrekk, Enhet.objects.get(navn="Hjemmetjenesten")).ansettelser) > 200
