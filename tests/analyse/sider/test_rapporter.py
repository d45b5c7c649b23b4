"""The report pages: who sees what, sorting, filtering, drill-down, explanations, files, and what it costs."""

import json
from decimal import Decimal
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from analyse.models import PublisertTall, Uttrekk
from analyse.rapporter import RAPPORTER
from tests.vandring import les

pytestmark = pytest.mark.django_db
LEDERSPENN = "/analyse/rapporter/lederspenn/"
ALLE_SLUGGER = pytest.mark.parametrize("slug", list(RAPPORTER))


def hent(klient, adresse: str, **sporring) -> str:
    svar = klient.get(adresse, sporring)
    assert svar.status_code == 200, adresse
    return svar.content.decode()


@ALLE_SLUGGER
def test_every_report_has_figures_chart_table_and_sources(slug, som, to_uttrekk):
    html = hent(som("hr"), f"/analyse/rapporter/{slug}/")
    for bit in ('role="img"', "<table", "Vis som tabell", "Om tallene", "1. juli 2025", "Hvem som telles"):
        assert bit in html
    assert str(RAPPORTER[slug].tittel) in html


@ALLE_SLUGGER
def test_every_column_sorts_without_losing_rows(slug, som, to_uttrekk):
    klient = som("hr")
    html = hent(klient, f"/analyse/rapporter/{slug}/")
    sorteringer = {v for a in les(html).adresser for v in parse_qs(urlsplit(a).query).get("sorter", [])}
    assert sorteringer
    for nr, sortering in enumerate(sorted(sorteringer)):
        tabell, kolonne = sortering.split(":")
        # Every other column up, every other down.
        retning, aria = (("", "ascending"), ("-", "descending"))[nr % 2]
        sortert = hent(klient, f"/analyse/rapporter/{slug}/", sorter=f"{tabell}:{retning}{kolonne.lstrip('-')}")
        assert f'aria-sort="{aria}"' in sortert
        assert sortert.count("<tr>") == html.count("<tr>")


def test_sorting_puts_rows_in_order(som, to_uttrekk):
    klient = som("hr")
    stigende = hent(klient, LEDERSPENN, sorter="per_enhet:ansatte").split('id="per_enhet"')[1]
    assert stigende.index(">Ærfugl barnehage<") < stigende.index(">Åsen skole<") < stigende.index(">Hjemmetjenesten<")
    navn = hent(klient, LEDERSPENN, sorter="per_enhet:enhet").split('id="per_enhet"')[1]
    assert navn.index(">Hjemmetjenesten<") < navn.index(">Ærfugl barnehage<") < navn.index(">Åsen skole<")


def test_filter_keeps_units_that_match_and_hides_the_sum(som, to_uttrekk):
    html = hent(som("hr"), LEDERSPENN, finn="ÅSEN")
    enheter = html.split('id="per_enhet"')[1]
    assert "Åsen skole" in enheter
    assert ">Ærfugl barnehage<" not in enheter.split("</table>")[0]
    assert "1 rad passer til «ÅSEN»." in html
    assert "Ingen rad" in hent(som("hr"), LEDERSPENN, finn="<script>") or "0 rader passer" in hent(
        som("hr"), LEDERSPENN, finn="<script>"
    )


def test_drill_down_leads_from_sector_to_unit(som, kommunetre, to_uttrekk):
    klient = som("hr")
    assert f"?enhet={kommunetre.oppvekst.kode}" in hent(klient, LEDERSPENN)
    sektor = hent(klient, LEDERSPENN, enhet=kommunetre.oppvekst.kode)
    assert f"?enhet={kommunetre.skolen.kode}" in sektor
    assert ">Hjemmetjenesten<" not in sektor.split("<table")[1]
    enhet = hent(klient, LEDERSPENN, enhet=kommunetre.skolen.kode)
    for navn in ("Fjordvik kommune", "Oppvekst"):
        assert f">{navn}</a>" in enhet.split("</ol>")[0]


def test_leader_sees_own_unit_only(som, kommunetre, to_uttrekk):
    klient = som("enhetsleder", kommunetre.barnehagen)
    html = hent(klient, LEDERSPENN)
    assert "Ærfugl barnehage" in html
    assert "Hjemmetjenesten" not in html
    assert "&lt;5" not in html
    for andre in (kommunetre.skolen, kommunetre.oppvekst, kommunetre.kommune):
        for adresse in (LEDERSPENN, f"{LEDERSPENN}fil/json/", f"{LEDERSPENN}slik-er-tallet-regnet/"):
            sporring = {"enhet": andre.kode, "tabell": "rader", "rad": 0, "kolonne": "ansatte"}
            assert klient.get(adresse, sporring).status_code == 404


def test_reader_sees_hidden_small_numbers_in_every_format(som, to_uttrekk):
    klient = som("leser")
    html = hent(klient, LEDERSPENN)
    assert "Tall under 5 er skjult." in html
    assert "&lt;5" in html
    data = json.loads(klient.get(f"{LEDERSPENN}fil/json/").content)
    assert data["prikket"] is True
    barnehagen = next(r for r in data["per_enhet"] if r["enhet"] == "Ærfugl barnehage")
    assert barnehagen["ansatte"] == "<5"
    for format_ in ("csv", "xlsx", "pdf"):
        assert klient.get(f"{LEDERSPENN}fil/{format_}/").status_code == 200


def test_reader_cannot_choose_unit_period_or_unpublished_extract(som, kommunetre, to_uttrekk):
    klient = som("leser")
    assert klient.get(LEDERSPENN, {"enhet": kommunetre.skolen.kode}).status_code == 404
    Uttrekk.objects.filter(pk=to_uttrekk[0].pk).update(publisert=None)
    html = hent(klient, "/analyse/rapporter/turnover/", uttrekk="2024-07-01", fra="2025-01-01")
    assert "Vi fant ikke uttrekket du ba om" in html
    assert 'name="fra"' not in html
    assert "1. juli 2024 – 1. juli 2025" in html


def test_person_without_the_right_gets_403_and_without_role_403(som, utenforstaaende, to_uttrekk):
    for klient in (som("systemansvarlig"), utenforstaaende):
        assert klient.get(LEDERSPENN).status_code == 403
        assert klient.get("/analyse/").status_code == 403


def test_anonymous_is_sent_to_login(anonym):
    assert anonym.get(LEDERSPENN).status_code == 302


@pytest.mark.parametrize(
    "sporring",
    [
        "uttrekk=9999",
        "uttrekk=abc",
        "fra=2024-13-01",
        "fra=2025-06-01&til=2025-01-01",
        "til=9999-12-31",
        "fra=0001-01-01",
    ],
)
def test_unknown_choices_are_answered_with_a_message(sporring, som, to_uttrekk):
    svar = som("hr").get(f"/analyse/rapporter/turnover/?{sporring}")
    assert svar.status_code == 200
    assert "ds-alert" in svar.content.decode()


@pytest.mark.parametrize(
    "sporring", ["sorter=x:y", "sorter=:", "alle=x", "finn=" + "x" * 500, "rad=1", "sorter=rader:-x"]
)
def test_odd_addresses_do_no_harm(sporring, som, to_uttrekk):
    assert som("hr").get(f"{LEDERSPENN}?{sporring}").status_code == 200


@pytest.mark.parametrize("kode", ["finnes-ikke", "%00", "' OR 1=1"])
def test_unknown_unit_or_report_is_404(kode, som, to_uttrekk):
    klient = som("hr")
    assert klient.get(f"{LEDERSPENN}?enhet={kode}").status_code == 404
    assert klient.get("/analyse/rapporter/finnes-ikke/").status_code == 404
    assert klient.get(f"{LEDERSPENN}fil/exe/").status_code == 404


def test_own_period_is_used_and_said(som, to_uttrekk):
    html = hent(som("hr"), "/analyse/rapporter/turnover/", fra="01.01.2025", til="2025-06-30")
    assert "Perioden er 1. januar 2025 – 30. juni 2025." in html
    assert 'value="2025-01-01"' in html


@ALLE_SLUGGER
def test_every_figure_explains_itself_in_dialog_and_as_a_page(slug, som, to_uttrekk):
    klient = som("hr")
    lenker = [a for a in les(hent(klient, f"/analyse/rapporter/{slug}/")).adresser if "slik-er-tallet-regnet" in a]
    assert lenker
    for adresse in lenker[:: max(len(lenker) // 12, 1)]:
        side = hent(klient, adresse)
        assert "Slik er tallet regnet" in side
        assert "Kilde" in side
        bit = klient.get(adresse, headers={"HX-Request": "true"}).content.decode()
        assert "<html" not in bit
        assert 'id="vindu-tittel"' in bit


def test_explanation_shows_the_figure_of_the_page(som, to_uttrekk):
    html = hent(som("hr"), f"{LEDERSPENN}slik-er-tallet-regnet/", tabell="rader", rad=-1, kolonne="ansatte")
    assert "<dd>95</dd>" in html


@pytest.mark.parametrize(
    "sporring",
    [
        "tabell=rader&rad=99&kolonne=ansatte",
        "tabell=x&rad=0&kolonne=ansatte",
        "tabell=rader&rad=0&kolonne=x",
        "tabell=rader&rad=--1&kolonne=ansatte",
        "tabell=rader&rad=²&kolonne=ansatte",
        "tabell=rader",
    ],
)
def test_explanation_of_no_figure_is_404(sporring, som, to_uttrekk):
    assert som("hr").get(f"{LEDERSPENN}slik-er-tallet-regnet/?{sporring}").status_code == 404


def test_explanation_without_a_figure_leads_to_the_report(som, to_uttrekk):
    assert som("hr").get(f"{LEDERSPENN}slik-er-tallet-regnet/").headers["Location"] == LEDERSPENN


def test_files_hold_the_figures_of_the_page(som, kommunetre, to_uttrekk):
    klient, valg = som("hr"), {"enhet": kommunetre.oppvekst.kode, "uttrekk": "2024-07-01"}
    data = json.loads(klient.get(f"{LEDERSPENN}fil/json/", valg).content)
    assert (data["uttrekk"]["dato"], data["sum"]["ansatte"]) == ("2024-07-01", 19)
    bok = load_workbook(BytesIO(klient.get(f"{LEDERSPENN}fil/xlsx/", valg).content))
    assert [c.value for c in bok["Per enhet"]["A"]][1:] == ["Åsen skole", "Ærfugl barnehage"]
    svar = klient.get(f"{LEDERSPENN}fil/csv/", valg)
    assert "lederspenn-S2-2024-07-01.csv" in svar["Content-Disposition"]
    assert klient.get(f"{LEDERSPENN}fil/pdf/", valg).content.startswith(b"%PDF")
    assert "enhet=S2" in hent(klient, LEDERSPENN, **valg).split('class="nedtrekk"')[1].split("</ul>")[0]


def test_published_figure_stands_beside_the_computed_with_the_difference(som, to_uttrekk):
    PublisertTall.objects.create(
        uttrekk=to_uttrekk[1], rapport="lederspenn", rad="Oppvekst", maal="snitt", verdi=Decimal("12.5"), kilde="Planen"
    )
    klient = som("hr")
    html = hent(klient, LEDERSPENN)
    assert "publisert 12,5" in html
    rad = html.split('id="publiserte"')[1].split("</table>")[0]
    for bit in ("Oppvekst", "12,5", "10,00", "+2,5", "Planen"):
        assert bit in rad
    PublisertTall.objects.update(verdi=Decimal("13"))
    assert "publisert 13" in hent(klient, LEDERSPENN)


def test_trend_shows_every_extract_and_change_since_the_last(som, to_uttrekk):
    html = hent(som("hr"), LEDERSPENN)
    assert "+2 siden 1. juli 2024" in html
    utvikling = html.split('id="utvikling"')[1]
    assert "01.07.2024" in utvikling
    assert "01.07.2025" in utvikling


def test_changed_norm_changes_the_page(som, to_uttrekk):
    from analyse.models import Norm

    klient = som("hr")
    assert "43 eller flere" in hent(klient, LEDERSPENN)
    Norm.objects.filter(nokkel="lederspenn_median").update(verdi=20)
    assert "20 eller flere" in hent(klient, LEDERSPENN)


def test_long_tables_are_cut_with_a_way_to_all_rows(som, kommunetre, to_uttrekk, monkeypatch):
    monkeypatch.setattr("analyse.visning.tabeller.FLEST_RADER", 2)
    klient = som("hr")
    html = hent(klient, LEDERSPENN)
    assert "Vis alle 4 rader (viser 2 nå)" in html
    assert "Vis alle 4 rader" not in hent(klient, LEDERSPENN, alle="per_enhet")


def test_unit_that_was_not_there_gets_a_kind_answer(som, kommunetre, to_uttrekk):
    from tests.fabrikk import lag_enhet

    ny = lag_enhet("Ny enhet", "enhet", kommunetre.helse, "999")
    for klient in (som("hr"), som("enhetsleder", ny)):
        svar = klient.get(LEDERSPENN, {"enhet": "999"})
        assert svar.status_code == 200
        assert "Enheten finnes ikke i dette uttrekket" in svar.content.decode()


def test_when_person_rows_are_gone_the_page_says_so_and_the_rest_leads_to_it(som, kommunetre, to_uttrekk):
    from django.utils import timezone

    Uttrekk.objects.update(rader_slettet=timezone.now())
    klient, valg = som("hr"), {"enhet": kommunetre.skolen.kode}
    assert "Rapporten kan ikke regnes ut lenger" in hent(klient, LEDERSPENN, **valg)
    tall = {**valg, "tabell": "rader", "rad": 0, "kolonne": "ansatte"}
    for adresse in (f"{LEDERSPENN}fil/xlsx/", f"{LEDERSPENN}fil/pdf/", f"{LEDERSPENN}slik-er-tallet-regnet/"):
        assert klient.get(adresse, tall).headers["Location"] == f"{LEDERSPENN}?enhet={kommunetre.skolen.kode}"


def test_before_any_extract_the_page_says_what_will_come(som):
    assert "Ingen tall ennå" in hent(som("hr"), LEDERSPENN)
    assert som("hr").get(f"{LEDERSPENN}fil/xlsx/").status_code == 404


@pytest.mark.parametrize("rolle", ["hr", "leser", "enhetsleder"])
def test_page_costs_few_and_constant_queries(rolle, som, to_uttrekk):
    klient = som(rolle)
    hent(klient, LEDERSPENN)
    with CaptureQueriesContext(connection) as foerste:
        hent(klient, LEDERSPENN, sorter="per_enhet:ansatte")
    with CaptureQueriesContext(connection) as varm:
        hent(klient, LEDERSPENN, sorter="per_enhet:ansatte")
    assert len(foerste) <= 15
    assert len(varm) == 6
