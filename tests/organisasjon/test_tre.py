"""The tree of units: what is folded at first, what opens, and that it works from the address alone."""

import re
from datetime import date

import pytest
from django.urls import reverse

from organisasjon import services
from organisasjon.enums import Rolle
from tests import fabrikk

ADRESSE = "organisasjon:enheter"


def vis(klient, **sporring):
    return klient.get(reverse(ADRESSE), sporring)


def navn(svar) -> list[str]:
    return [r.navn for r in svar.context["rader"]]


def test_departments_are_folded_under_their_unit_with_a_count(som, kommunetre):
    svar = vis(som("hr"))
    assert navn(svar) == [
        "Fjordvik kommune",
        "Helse og omsorg",
        "Hjemmetjenesten",
        "Sykehjemmet",
        "Oppvekst",
        "Ærfugl barnehage",
        "Åsen skole",
        "Økonomi",
    ]
    under = {r.navn: (r.under, r.aapen) for r in svar.context["rader"] if r.under}
    assert under == {
        "Fjordvik kommune": ("2 sektorer, 1 stab", True),
        "Helse og omsorg": ("2 enheter", True),
        "Hjemmetjenesten": ("2 avdelinger", False),
        "Sykehjemmet": ("1 avdeling", False),
        "Oppvekst": ("2 enheter", True),
        "Åsen skole": ("1 avdeling", False),
    }


def test_link_on_a_unit_opens_it_and_folds_it_again(som, kommunetre):
    hr, pk = som("hr"), kommunetre.hjemmetjenesten.pk
    lenke = re.search(rf'href="(\?[^"#]*)#enhet-{pk}"[^>]*aria-expanded="false"', vis(hr).content.decode())[1]
    aapnet = hr.get(reverse(ADRESSE) + lenke)
    assert {"Hjemmetjenesten nord", "Hjemmetjenesten sør"} <= set(navn(aapnet))
    tilbake = re.search(rf'href="(\?[^"#]*)#enhet-{pk}"[^>]*aria-expanded="true"', aapnet.content.decode())[1]
    assert navn(hr.get(reverse(ADRESSE) + tilbake)) == navn(vis(hr))


def test_two_units_stay_open_together_and_a_sector_folds_with_all_beneath(som, kommunetre):
    hr, t = som("hr"), kommunetre
    begge = navn(vis(hr, vend=f"{t.hjemmetjenesten.pk}.{t.skolen.pk}"))
    assert {"Hjemmetjenesten nord", "SFO"} <= set(begge)
    lukket = navn(vis(hr, aapne="alle", vend=str(t.helse.pk)))
    assert "Helse og omsorg" in lukket and "SFO" in lukket
    assert not {"Hjemmetjenesten", "Hjemmetjenesten nord", "Post 1"} & set(lukket)


@pytest.mark.parametrize("vend", ["tull", "0.x.-3", "9" * 50, "." * 2000, "12.12"])
def test_nonsense_in_the_address_shows_the_tree(som, vend):
    svar = vis(som("hr"), vend=vend)
    assert svar.status_code == 200 and len(navn(svar)) == 8


def test_leader_of_a_unit_sees_own_departments_at_once(som, kommunetre):
    assert navn(vis(som(Rolle.ENHETSLEDER, kommunetre.skolen))) == ["Åsen skole", "SFO"]


def test_numbers_in_names_sort_by_value(som, kommunetre):
    for nr in (10, 2, 1):
        fabrikk.lag_enhet(f"Bofellesskap {nr}", "avdeling", kommunetre.stab, f"b{nr}")
    hr = som("hr")
    riktig = ["Bofellesskap 1", "Bofellesskap 2", "Bofellesskap 10"]
    assert [n for n in navn(vis(hr, aapne="alle")) if n.startswith("Bo")] == riktig
    assert navn(vis(hr, sok="bofellesskap")) == riktig


def test_search_gives_a_flat_list_by_name_with_the_path(som, kommunetre):
    svar = vis(som("hr"), type="avdeling")
    assert navn(svar) == ["Hjemmetjenesten nord", "Hjemmetjenesten sør", "Post 1", "SFO"]
    assert next(r.sti for r in svar.context["rader"]) == "Helse og omsorg › Hjemmetjenesten"
    assert "Vis som tre" in svar.content.decode()
    leder = vis(som(Rolle.ENHETSLEDER, kommunetre.skolen), type="avdeling")
    assert [r.sti for r in leder.context["rader"]] == ["Åsen skole"]


def test_long_codes_made_from_names_are_left_out_of_the_tree(som, kommunetre):
    fabrikk.lag_enhet("Sone tolv", "avdeling", kommunetre.helse, "3010-hjemmetjenesten-sone-12")
    hr = som("hr")
    tekst = vis(hr).content.decode()
    assert "3010-hjemmetjenesten" not in tekst and ">310<" in tekst
    assert "3010-hjemmetjenesten-sone-12" in vis(hr, sok="sone tolv").content.decode()


def test_closed_units_come_along_when_asked_for(som, kommunetre):
    services.legg_ned_enhet(enhet=kommunetre.sykehjemmet, siste_dag=date(2025, 1, 1))
    hr = som("hr")
    assert "Sykehjemmet" not in navn(vis(hr))
    alle = vis(hr, status="alle")
    assert "Sykehjemmet" in navn(alle) and "lagt ned 01.01.2025" in " ".join(alle.content.decode().split())
    assert f"?status=alle&amp;vend={kommunetre.sykehjemmet.pk}" in alle.content.decode()
