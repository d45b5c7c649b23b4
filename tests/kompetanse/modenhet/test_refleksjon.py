"""Cards and sessions: drawing, noting, two at once, who reads and writes, what becomes of the notes, HR's register."""

import io

import page
import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from felles.laas import Foreldet, avtrykk
from kompetanse.enums import Kortgruppe
from kompetanse.models import Refleksjonskort, Refleksjonsnotat, Refleksjonsoekt, Risiko
from kompetanse.queries.refleksjon import kort_igjen
from kompetanse.services.modenhet import merk_tiltak
from kompetanse.services.refleksjon import LAAS_NOTAT, avslutt_oekt, lagre_notat, ta_ut_kort, trekk_kort
from organisasjon.enums import Rolle
from organisasjon.logg import hendelser, logglinjer
from tests.kompetanse.modenhet.hjelp import DAG, NAA, foerste_kort, lag_notat, lag_oekt
from tests.pdf.lesing import Struktur, tekst

pytestmark = pytest.mark.django_db


def adresse(rute, *arg):
    return reverse(f"kompetanse:{rute}", args=arg)


def test_every_theme_has_open_questions_of_its_own():
    kort = list(Refleksjonskort.objects.all())
    assert len(kort) >= 24 and {k.gruppe for k in kort} == set(Kortgruppe.values)
    assert all(k.sporsmaal.endswith("?") and k.hjelp for k in kort)
    assert min(sum(k.gruppe == g for k in kort) for g in Kortgruppe) >= 4


# Drawing


def test_no_card_comes_twice_and_the_last_is_the_end(kommunetre):
    oekt = lag_oekt(kommunetre.skolen, temaer="alder")
    trukket = [trekk_kort(oekt=oekt) for _nr in kort_igjen(oekt)]
    assert {n.gruppe for n in trukket} == {"alder"} and len({n.kort_id for n in trukket}) == len(trukket) == 5
    assert [n.nummer for n in trukket] == [1, 2, 3, 4, 5]
    with pytest.raises(ValidationError, match="Alle kortene"):
        trekk_kort(oekt=oekt)


def test_two_clicks_are_one_draw_and_a_chosen_card_comes_back_the_same(kommunetre):
    oekt, kort = lag_oekt(kommunetre.skolen), foerste_kort()
    foerste = trekk_kort(oekt=oekt, etter=0)
    assert trekk_kort(oekt=oekt, etter=0) == foerste
    assert trekk_kort(oekt=oekt, kort=foerste.kort, etter=1) == foerste
    valgt = trekk_kort(oekt=oekt, kort=kort if kort != foerste.kort else Refleksjonskort.objects.last(), etter=1)
    assert valgt.nummer == 2


def test_cards_taken_out_are_not_drawn_and_those_drawn_keep_their_words(som, kommunetre):
    hr, oekt, kort = som("hr"), lag_oekt(kommunetre.skolen), foerste_kort()
    notat = trekk_kort(oekt=oekt, kort=kort)
    felt = {"gruppe": kort.gruppe, "sporsmaal": "Helt nytt spørsmål?", "hjelp": ""}
    laas = hr.get(adresse("endre_kort", kort.pk)).context["skjema"]["laas"].value()
    assert hr.post(adresse("endre_kort", kort.pk), felt | {"laas": laas}).status_code == 302
    assert hr.post(adresse("endre_kort", kort.pk), felt | {"laas": laas, "sporsmaal": "For sent?"}).status_code == 422
    ta_ut_kort(kort=kort, tatt_ut=DAG, av=hr.bruker)
    annen = lag_oekt(kommunetre.skolen)
    assert kort not in kort_igjen(annen)
    notat.refresh_from_db()
    assert notat.sporsmaal != "Helt nytt spørsmål?"
    linjer = logglinjer(list(hendelser("refleksjonskort")))
    assert [(rad.hendelse, rad.hvem) for rad in linjer] == [("Tatt ut", str(hr.bruker)), ("Endret", str(hr.bruker))]
    assert ("Spørsmål", notat.sporsmaal, "Helt nytt spørsmål?") in linjer[1].endringer


def test_hr_adds_and_takes_in_again_and_same_question_twice_is_refused(som):
    hr, kort = som("hr"), foerste_kort()
    ny = {"gruppe": "ledelse", "sporsmaal": kort.sporsmaal, "hjelp": ""}
    svar = hr.post(adresse("nytt_kort"), ny)
    assert svar.status_code == 422 and "allerede et kort" in svar.content.decode()
    assert hr.post(adresse("nytt_kort"), ny | {"sporsmaal": "Hva nå?"}).status_code == 302
    hr.post(adresse("ta_ut_kort", kort.pk))
    assert hr.post(adresse("nytt_kort"), ny).status_code == 302
    hr.post(adresse("ta_ut_kort", kort.pk))
    kort.refresh_from_db()
    assert kort.tatt_ut is not None  # the same question is in use now
    leder = som("enhetsleder")
    assert leder.get(adresse("nytt_kort")).status_code == 403
    assert "Tatt ut" not in leder.get(adresse("kortregister")).content.decode()


# A session in the browser


def test_leader_starts_draws_notes_and_sums_up(som, kommunetre):
    leder = som("enhetsleder")
    om = {"enhet": "Hjemmetjenesten (310)", "formaal": "Innspill", "dato": "2026-03-01", "antall": "9", "roller": ""}
    svar = leder.post(adresse("ny_oekt"), om | {"temaer": ["alder", "ledelse"]})
    oekt = Refleksjonsoekt.objects.get()
    assert svar.headers["Location"] == adresse("oekt", oekt.pk) and oekt.startet_av == leder.bruker
    assert oekt.temaer == "alder,ledelse" and oekt.antall == 9
    svar = leder.post(adresse("trekk_kort", oekt.pk), {"etter": "0"})
    assert svar.headers["Location"] == adresse("kort", oekt.pk, 1)
    kort = leder.get(adresse("kort", oekt.pk, 1))
    laas = kort.context["skjema"]["laas"].value()
    neste = {"notat": "To til som kan det", "laas": laas, "videre": "neste"}
    assert leder.post(adresse("kort", oekt.pk, 1), neste).headers["Location"] == adresse("kort", oekt.pk, 2)
    tilbake = {"notat": "", "laas": leder.get(adresse("kort", oekt.pk, 2)).context["skjema"]["laas"].value()}
    svar = leder.post(adresse("kort", oekt.pk, 2), tilbake | {"videre": "forrige"})
    assert svar.headers["Location"] == adresse("kort", oekt.pk, 1)
    # Forward again leads to the card already drawn.
    laas = leder.get(adresse("kort", oekt.pk, 1)).context["skjema"]["laas"].value()
    svar = leder.post(adresse("kort", oekt.pk, 1), neste | {"laas": laas})
    assert svar.headers["Location"] == adresse("kort", oekt.pk, 2) and oekt.notater.count() == 2
    laas = leder.get(adresse("oppsummering", oekt.pk)).context["skjema"]["laas"].value()
    leder.post(adresse("oppsummering", oekt.pk), {"oppsummering": "Tre ting", "laas": laas})
    oekt.refresh_from_db()
    assert oekt.avsluttet and oekt.oppsummering == "Tre ting"
    assert leder.get(adresse("oekt", oekt.pk)).headers["Location"] == adresse("oppsummering", oekt.pk)
    assert leder.post(adresse("trekk_kort", oekt.pk)).headers["Location"] == adresse("oekt", oekt.pk)
    assert oekt.notater.count() == 2
    leder.post(adresse("gjenaapne_oekt", oekt.pk))
    assert leder.get(adresse("oekt", oekt.pk)).status_code == 200


@pytest.mark.parametrize(
    ("feil", "tekst"),
    [
        ({"antall": "", "roller": ""}, "hvor mange som er til stede"),
        ({"antall": "99999999"}, "500"),
        ({"antall": "mange"}, "Skriv et tall"),
        ({"enhet": "Åsen skole (210)"}, "Fant ingen"),
        ({"dato": "1.13.2026"}, "Skriv datoen"),
        ({"formaal": "\x00"}, "Null"),
        ({"temaer": ["tull"]}, "tull"),
    ],
)
def test_bad_start_says_what_is_wrong_and_keeps_the_rest(som, kommunetre, feil, tekst):
    om = {"enhet": "Hjemmetjenesten (310)", "formaal": "Innspill til planen", "dato": "2026-03-01", "antall": "9"}
    svar = som("enhetsleder").post(adresse("ny_oekt"), om | feil)
    assert svar.status_code == 422 and tekst in svar.content.decode()
    assert not Refleksjonsoekt.objects.exists()
    if "formaal" not in feil:
        assert "Innspill til planen" in svar.content.decode()


def test_two_write_on_the_same_card_and_neither_text_is_lost(som, kommunetre):
    leder = som("enhetsleder")
    oekt = lag_oekt(kommunetre.hjemmetjenesten, av=leder.bruker)
    notat = lag_notat(oekt, "Første")
    gammelt = avtrykk(notat, LAAS_NOTAT)
    lagre_notat(notat=notat, tekst="Andre har skrevet", forventet=gammelt)
    assert lagre_notat(notat=notat, tekst="Andre har skrevet", forventet=gammelt).lopenummer == 3
    with pytest.raises(Foreldet):
        lagre_notat(notat=notat, tekst="Mitt", forventet=gammelt)
    svar = leder.post(adresse("kort", oekt.pk, 1), {"notat": "Mitt", "laas": gammelt, "videre": "neste"})
    html = svar.content.decode()
    assert svar.status_code == 422 and "Andre har skrevet" in html and ">\nMitt</textarea>" in html
    assert oekt.notater.count() == 1
    avslutt_oekt(oekt=oekt, oppsummering="Enig", forventet=None, naa=NAA)
    with pytest.raises(Foreldet):
        avslutt_oekt(oekt=oekt, oppsummering="Uenig", forventet=avtrykk(oekt, ("oppsummering",)), naa=NAA)


BRUKER = set(Rolle) - {Rolle.SYSTEMANSVARLIG, Rolle.LESER}
SKRIVER = {Rolle.HR, Rolle.KOMMUNALSJEF, Rolle.ENHETSLEDER}


@pytest.mark.lik_paa_alle
@pytest.mark.parametrize("rolle", list(Rolle))
def test_who_reads_a_session_and_who_writes_in_it(som, kommunetre, rolle):
    oekt = lag_oekt(kommunetre.hjemmetjenesten)
    lag_notat(oekt, "Det gruppen sa")
    klient = som(rolle)
    ser = 200 if rolle in BRUKER else 403
    ser = 404 if rolle == Rolle.AVDELINGSLEDER else ser
    for rute, arg in (
        ("oekt", [oekt.pk]),
        ("oppsummering", [oekt.pk]),
        ("kort", [oekt.pk, 1]),
        ("oekt_xlsx", [oekt.pk]),
    ):
        assert klient.get(adresse(rute, *arg)).status_code == ser, rute
    skriver = 302 if rolle in SKRIVER else ser if ser != 200 else 403
    assert klient.post(adresse("trekk_kort", oekt.pk)).status_code == skriver
    laas = avtrykk(Refleksjonsnotat.objects.get(nummer=1), LAAS_NOTAT)
    assert klient.post(adresse("kort", oekt.pk, 1), {"notat": "Nytt", "laas": laas}).status_code == skriver
    assert (klient.get(adresse("slett_oekt", oekt.pk)).status_code == 200) == (rolle in SKRIVER)
    if ser == 404:
        assert "Innspill" not in klient.get(adresse("refleksjon")).content.decode()


def test_representatives_lead_their_own_sessions(som, kommunetre):
    tv = som(Rolle.TILLITSVALGT, kommunetre.helse)
    oekt = lag_oekt(kommunetre.sykehjemmet, av=tv.bruker)
    assert tv.post(adresse("trekk_kort", oekt.pk)).headers["Location"] == adresse("kort", oekt.pk, 1)
    html = tv.get(adresse("oppsummering", oekt.pk)).content.decode()
    assert "Lag tiltak" not in html and "Før som risiko" not in html
    assert som("enhetsleder").get(adresse("oppsummering", oekt.pk)).status_code == 404


def test_summary_shows_what_the_notes_became(som, kommunetre):
    leder = som("enhetsleder")
    oekt = lag_oekt(kommunetre.hjemmetjenesten, av=leder.bruker)
    notat = lag_notat(oekt)
    lag_notat(oekt, "")
    merk_tiltak(kilde=notat, ident="T-0042")
    ny = f"{adresse('ny_risiko')}?notat={notat.pk}"
    skjema = leder.get(ny).context["skjema"]
    assert skjema["hva"].value() == "Vi trenger to til." and skjema["enhet"].value() == "Hjemmetjenesten (310)"
    felt = {"enhet": "Hjemmetjenesten (310)", "hva": "Ingen kan det", "sannsynlighet": "3", "konsekvens": "3"}
    svar = leder.post(ny, felt | {"nok": "nei", "ansvarlig": "Fagleder"})
    assert svar.headers["Location"] == adresse("oppsummering", oekt.pk)
    assert Risiko.objects.get().notat == notat
    html = leder.get(adresse("oppsummering", oekt.pk)).content.decode()
    assert "T-0042" in html and "Ført som risiko" in html and "Ingen kan det" in html
    assert html.count(">Lag tiltak<") == 1  # a card without a note becomes nothing


def test_notes_are_exported_with_what_became_of_them(som, kommunetre, tmp_path):
    leder = som("enhetsleder")
    oekt = lag_oekt(kommunetre.hjemmetjenesten, av=leder.bruker, roller="fagledere")
    notat = lag_notat(oekt, "=SUM(1)\nVi trenger to til")
    merk_tiltak(kilde=notat, ident="T-0042")
    avslutt_oekt(oekt=oekt, oppsummering="Tas inn i delplanen", forventet=None, naa=NAA)
    pdf = leder.get(adresse("oekt_pdf", oekt.pk)).content
    for profil in ("2a", "ua1"):
        rapport = page.validate_pdf_bytes(pdf, profile=profil)
        assert rapport.is_compliant, [(f.rule_id, f.message) for f in rapport.failures]
    lest = " ".join(tekst(pdf, tmp_path).split())
    assert "Tas inn i delplanen" in lest and "T-0042" in lest and notat.sporsmaal[:40] in lest
    assert [tag for tag, _nr in Struktur(pdf).gaa()].count("H2") == 2
    bok = load_workbook(io.BytesIO(leder.get(adresse("oekt_xlsx", oekt.pk)).content))
    rad = list(bok.worksheets[0].iter_rows(values_only=True))[1]
    assert rad[0] == 1 and rad[3] == "=SUM(1)\nVi trenger to til" and rad[4] == "T-0042"
    assert bok.worksheets[0]["D2"].data_type == "s"
    assert ["Roller", "fagledere"] in [list(r[:2]) for r in bok["Om tallene"].iter_rows(values_only=True)]


def test_deleting_a_session_keeps_its_risks_and_changing_it_is_locked(som, kommunetre):
    leder = som("enhetsleder")
    oekt = lag_oekt(kommunetre.hjemmetjenesten, av=leder.bruker)
    notat = lag_notat(oekt)
    felt = {"hva": "Noe", "sannsynlighet": 1, "konsekvens": 1, "nok": "ja", "ansvarlig": "Leder"}
    Risiko.objects.create(enhet=kommunetre.hjemmetjenesten, notat=notat, **felt)
    skjema = leder.get(adresse("endre_oekt", oekt.pk)).context["skjema"]
    om = {"formaal": "Nytt formål", "dato": "2026-03-01", "antall": "4", "laas": skjema["laas"].value()}
    assert leder.post(adresse("endre_oekt", oekt.pk), om).status_code == 302
    assert leder.post(adresse("endre_oekt", oekt.pk), om | {"formaal": "For sent"}).status_code == 422
    assert leder.post(adresse("slett_oekt", oekt.pk)).status_code == 302
    assert not Refleksjonsoekt.objects.exists() and Risiko.objects.get().notat is None


def test_a_constant_number_of_queries(som, kommunetre):
    klient, tall = som("hr"), []
    oekt = lag_oekt(kommunetre.skolen)
    for _nr in range(2):
        lag_notat(oekt)
        lag_notat(lag_oekt(kommunetre.hjemmetjenesten))
        maalt = []
        for sti in (adresse("refleksjon"), adresse("oppsummering", oekt.pk), adresse("kort", oekt.pk, 1)):
            with CaptureQueriesContext(connection) as fanget:
                klient.get(sti)
            maalt.append(len(fanget))
        tall.append(maalt)
    assert tall[0] == tall[1] == [6, 8, 8]
