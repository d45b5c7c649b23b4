"""The list pages: order, search with Norwegian letters, a constant number of queries, what leaders see of numbers."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from analyse.services.rapporter import beregn_alle
from organisasjon import services
from organisasjon.enums import Rolle
from organisasjon.lister import SORTERING_ENHET, SORTERING_ROLLE, SORTERING_TJENESTE
from organisasjon.models import Enhet, Tjeneste
from tests import fabrikk


def navn(klient, **sporring) -> list[str]:
    return [r.navn for r in klient.get(reverse("organisasjon:enheter"), sporring).context["rader"]]


def test_units_stand_in_tree_order_with_norwegian_letters_last(som):
    assert navn(som("hr"), aapne="alle") == [
        "Fjordvik kommune",
        "Helse og omsorg",
        "Hjemmetjenesten",
        "Hjemmetjenesten nord",
        "Hjemmetjenesten sør",
        "Sykehjemmet",
        "Post 1",
        "Oppvekst",
        "Ærfugl barnehage",
        "Åsen skole",
        "SFO",
        "Økonomi",
    ]


@pytest.mark.parametrize(
    ("sporring", "forventet"),
    [
        ({"sok": "ÅSEN"}, ["Åsen skole"]),
        ({"sok": "ærf 220"}, ["Ærfugl barnehage"]),
        ({"type": "stab"}, ["Økonomi"]),
        ({"sok": "finnes ikke"}, []),
        ({"type": "sektor", "sortering": "-navn"}, ["Oppvekst", "Helse og omsorg"]),
        ({"status": "nedlagte"}, ["Post 1"]),
    ],
)
def test_units_are_searched_and_filtered(som, kommunetre, sporring, forventet):
    services.legg_ned_enhet(enhet=kommunetre.sykehjem_post1, siste_dag=date(2025, 1, 1))
    assert navn(som("hr"), **sporring) == forventet


def test_units_under_one_are_shown_with_it_first(som, kommunetre):
    assert navn(som("hr"), under=kommunetre.oppvekst.pk) == ["Oppvekst", "Ærfugl barnehage", "Åsen skole"]


def test_leader_does_not_get_out_of_own_part_with_under(som, kommunetre):
    leder = som(Rolle.ENHETSLEDER, kommunetre.skolen)
    assert navn(leder, under=kommunetre.kommune.pk) == ["Åsen skole", "SFO"]
    assert navn(leder, status="alle", sok="hjemme") == []


SIDER = {"enheter": SORTERING_ENHET, "roller": SORTERING_ROLLE, "tjenester": SORTERING_TJENESTE}


@pytest.mark.parametrize(("rute", "kolonne"), [(r, k) for r, kolonner in SIDER.items() for k in kolonner])
def test_every_column_sorts_both_ways_and_ends_in_the_primary_key(som, kommunetre, rute, kolonne):
    klient = som("hr")
    for nr, enhet in enumerate((kommunetre.skolen, kommunetre.stab, kommunetre.skole_sfo)):
        fabrikk.gi_rolle(fabrikk.lag_bruker(f"p{nr}", f"Person {nr % 2}"), "enhetsleder", enhet)
        Tjeneste.objects.create(navn=f"T{nr}").enheter.add(*list(Enhet.objects.all()[: nr % 2 + 1]))
    nokkel, ider = SIDER[rute][kolonne], []
    for retning in ("", "-"):
        svar = klient.get(reverse(f"organisasjon:{rute}"), {"sortering": retning + kolonne})
        rader = list(svar.context["side"])
        assert rader == sorted(sorted(rader, key=lambda r: r.pk), key=nokkel, reverse=bool(retning))
        assert 'aria-sort="descending"' in svar.content.decode() or not retning
        ider.append({r.pk for r in rader})
    assert ider[0] == ider[1]


@pytest.mark.parametrize(("rute", "antall"), [("enheter", 8), ("roller", 6), ("tjenester", 7), ("logg", 9)])
def test_queries_do_not_grow_with_the_rows(som, kommunetre, rute, antall):
    klient = som("hr")
    for nr in range(3):
        enhet = services.opprett_enhet(kode=f"9{nr}", navn=f"Ny {nr}", type="enhet", forelder=kommunetre.helse)
        fabrikk.gi_rolle(fabrikk.lag_bruker(f"p{nr}"), "enhetsleder", enhet)
        services.lagre_tjeneste(tjeneste=None, navn=f"T{nr}", enheter=[enhet])
        if nr == 1:
            continue
        with CaptureQueriesContext(
            connection,
        ) as spor:
            assert klient.get(reverse(f"organisasjon:{rute}")).status_code == 200
        assert len(spor) == antall, [s["sql"][:120] for s in spor.captured_queries]


def test_unit_page_has_few_queries(som, kommunetre):
    klient = som("hr")
    for nr in range(2):
        services.endre_enhet(enhet=kommunetre.skolen, kode="210", navn=f"Navn {nr}", type="enhet", gyldig_fra=None)
        with CaptureQueriesContext(connection) as spor:
            klient.get(reverse("organisasjon:enhet", args=[kommunetre.skolen.pk]))
        assert len(spor) == 13, [s["sql"][:120] for s in spor.captured_queries]


def test_employees_are_shown_to_those_who_may_see_small_numbers(som, kommunetre, lag_uttrekk):
    rader = [{"enhet": kommunetre.skolen, "avdeling": kommunetre.skole_sfo}, {"enhet": kommunetre.skolen}]
    beregn_alle(uttrekk=lag_uttrekk([*rader, {"enhet": kommunetre.hjemmetjenesten}]))

    def tall(klient) -> dict[str, int | None]:
        return {
            r.navn: r.ansatte for r in klient.get(reverse("organisasjon:enheter"), {"aapne": "alle"}).context["rader"]
        }

    alle = tall(som("hr"))
    assert (alle["Fjordvik kommune"], alle["Oppvekst"], alle["Åsen skole"], alle["SFO"]) == (3, 2, 2, 1)
    assert set(tall(som("leser")).values()) == {None}
    assert set(tall(som("systemansvarlig")).values()) == {None}
    assert tall(som(Rolle.ENHETSLEDER, kommunetre.skolen)) == {"Åsen skole": 2, "SFO": 1}


def test_search_results_are_split_in_pages_and_the_tree_is_not(som, kommunetre):
    for nr in range(60):
        fabrikk.lag_enhet(f"Avdeling {nr:02}", "avdeling", kommunetre.helse, f"a{nr}")
    hr = som("hr")
    assert len(navn(hr)) == 68
    assert len(navn(hr, sok="avdeling")) == 50
    assert len(navn(hr, sok="avdeling", side=2)) == 10
    assert len(navn(hr, sok="avdeling", side="tull")) == 50
