"""The log tells who did what, also about things that are gone."""

from datetime import date

from django.urls import reverse

from organisasjon import services
from organisasjon.logg import enhetens_historie, hendelser, logglinjer
from tests import fabrikk

DAG = date(2026, 1, 1)


def test_log_names_person_role_change_and_who_did_it(som, kommunetre):
    hr, kari = som("hr"), fabrikk.lag_bruker("kari", "Kari Ås")
    tildeling = services.gi_rolle(
        bruker=kari, rolle="leser", enhet=kommunetre.skolen, gyldig_fra=DAG, utfoert_av=hr.bruker, dag=DAG
    )
    tildeling = services.endre_rolle(
        tildeling=tildeling, gyldig_fra=DAG, gyldig_til=date(2027, 1, 1), utfoert_av=hr.bruker, dag=DAG
    )
    services.fjern_rolle(tildeling=tildeling, utfoert_av=hr.bruker, dag=DAG)
    kari.delete()
    linjer = logglinjer(list(hendelser("rolle")[:3]))
    assert [(linje.hendelse, linje.hvem) for linje in linjer] == [
        ("Fjernet", str(hr.bruker)),
        ("Endret", str(hr.bruker)),
        ("Opprettet", str(hr.bruker)),
    ]
    assert linjer[1].endringer == (("Gyldig til", "–", "01.01.2027"),)
    assert linjer[0].hva == "Slettet konto: Leser, Åsen skole"


def test_history_of_a_unit_shows_old_and_new(kommunetre):
    services.endre_enhet(enhet=kommunetre.skolen, kode="210", navn="Ås skole", type="enhet", gyldig_fra=None)
    services.flytt_enhet(enhet=kommunetre.skolen, ny_forelder=kommunetre.helse)
    flyttet, endret, laget = enhetens_historie(kommunetre.skolen)
    assert flyttet.endringer == (("Ligger under", "Oppvekst", "Helse og omsorg"),)
    assert endret.endringer == (("Navn", "Åsen skole", "Ås skole"),)
    assert (laget.hendelse, laget.endringer, laget.hvem) == ("Opprettet", (), "Kommandolinjen")


def test_page_filters_by_kind_and_sorts_both_ways(som, kommunetre):
    hr = som("hr")
    services.lagre_tjeneste(tjeneste=None, navn="Skole", enheter=[])
    adresse = reverse("organisasjon:logg")
    assert {linje.slag for linje in hr.get(adresse, {"slag": "tjeneste"}).context["linjer"]} == {"Tjenester"}
    nyeste = hr.get(adresse).context["linjer"]
    eldste = hr.get(adresse, {"sortering": "tid"}).context["linjer"]
    assert [linje.historie_id for linje in nyeste] == [linje.historie_id for linje in reversed(eldste)]
    assert {linje.slag for linje in nyeste} == {"Roller", "Enheter", "Tjenester"}


def test_change_in_the_browser_is_logged_with_the_person(som, kommunetre):
    hr = som("hr")
    felter = {"navn": "Ny", "kode": "777", "type": "enhet", "forelder": "S2"}
    hr.post(reverse("organisasjon:ny_enhet"), felter)
    assert logglinjer(list(hendelser("enhet")[:1]))[0].hvem == str(hr.bruker)
