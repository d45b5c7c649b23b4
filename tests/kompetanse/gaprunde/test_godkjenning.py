"""Approving: who may, with which words, four eyes, two at once, and who is told."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from kompetanse.models import Gapanalyse
from kompetanse.services.gaprunde_godkjenning import flytt_analyse, historie_for
from organisasjon.enums import Rolle
from organisasjon.models import Hendelse
from organisasjon.queries import tilgang_for
from tests.kompetanse.gaprunde.fabrikk import DAG, NAA, lag_analyse, lag_rad, lag_runde

pytestmark = pytest.mark.django_db


def side(analyse, til=""):
    return reverse(
        "kompetanse:flytt_gapanalyse" if til else "kompetanse:gapgodkjenning", args=[analyse.pk, *filter(None, [til])]
    )


def flytt(analyse, til, klient, kommentar="", **felt):
    tilgang = tilgang_for(klient.bruker, DAG)
    return flytt_analyse(
        analyse=analyse, til=til, av=klient.bruker, tilgang=tilgang, naa=NAA, kommentar=kommentar, **felt
    )


@pytest.fixture
def sendt(kommunetre, som):
    leder = som("enhetsleder")
    analyse = lag_analyse(lag_runde(), kommunetre.hjemmetjenesten, status="levert", av=leder.bruker)
    analyse.leder = leder
    return analyse


def test_kommunalsjefen_godkjenner_i_nettleseren(sendt, som, django_capture_on_commit_callbacks):
    lag_rad(sendt, "Sykepleiere", har=2, trenger=5, kritisk=4)
    lag_rad(sendt, besvart=None)
    sjef = som("kommunalsjef")
    svar = sjef.get(side(sendt))
    assert [m.regel.til for m in svar.context["muligheter"]] == ["godkjent", "returnert"]
    assert all(m.kan and not m.hindret for m in svar.context["muligheter"])
    innhold = svar.content.decode()
    assert "1 rad er ikke gått gjennom" in innhold and "På få hender" in innhold
    with django_capture_on_commit_callbacks(execute=True):
        assert sjef.post(side(sendt, "godkjent"), {"fra": "levert", "kommentar": ""}).status_code == 302
    sendt.refresh_from_db()
    assert (sendt.status, sendt.avgjort_av) == ("godkjent", sjef.bruker)
    (brev,) = mail.outbox
    assert brev.to == [sendt.leder.bruker.email] and "er godkjent" in brev.subject
    assert Hendelse.objects.get(slag="gaprunde").utfoert_av == sjef.bruker


def test_tilbake_krever_kommentar_som_lederen_ser_i_analysen_og_ikke_i_brevet(
    sendt, som, django_capture_on_commit_callbacks
):
    sjef = som("kommunalsjef")
    tom = sjef.post(side(sendt, "returnert"), {"fra": "levert", "kommentar": "  "})
    assert tom.status_code == 422 and "Skriv noen ord, så lederen" in tom.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        sjef.post(side(sendt, "returnert"), {"fra": "levert", "kommentar": "Se på natt"})
    innhold = sendt.leder.get(side(sendt)).content.decode()
    assert "Se på natt" in innhold and str(sjef.bruker) in innhold
    (brev,) = mail.outbox
    assert "sendt tilbake" in brev.subject and "Se på natt" not in brev.body
    Gapanalyse.objects.update(status="levert")
    for igjen in (side(sendt), side(sendt, "godkjent")):
        tekst = " ".join(sjef.get(igjen).content.decode().split())
        assert f"Skrevet da analysen ble sendt tilbake, av {sjef.bruker}" in tekst and "Se på natt" in tekst
    assert "tillitsvalgte og verneombud kan lese det du skriver" in tekst
    Gapanalyse.objects.update(status="returnert")
    sendt.refresh_from_db()
    assert next((s.til, s.av, s.kommentar) for s in historie_for(sendt)) == (
        "returnert",
        str(sjef.bruker),
        "Se på natt",
    )


def test_den_som_sendte_kan_ikke_avgjoere_selv(kommunetre, som):
    sjef, topp = som("kommunalsjef"), som("kommunedirektor")
    analyse = lag_analyse(lag_runde(), kommunetre.hjemmetjenesten, status="levert", av=sjef.bruker)
    innhold = sjef.get(side(analyse)).content.decode()
    assert "En annen må lese og avgjøre den" in innhold and side(analyse, "godkjent") not in innhold
    assert sjef.post(side(analyse, "godkjent"), {"fra": "levert"}).status_code == 422
    with pytest.raises(ValidationError, match="selv"):
        flytt(analyse, "godkjent", sjef)
    assert flytt(analyse, "godkjent", topp).status == "godkjent"


def test_den_som_kommer_sist_faar_vite_hvem_som_kom_foerst(sendt, som):
    foerst, sist = som("kommunalsjef"), som("kommunedirektor")
    flytt(sendt, "godkjent", foerst)
    with pytest.raises(ValidationError, match=f"{foerst.bruker} kom deg i forkjøpet"):
        flytt(sendt, "returnert", sist, "Nei")
    svar = sist.post(side(sendt, "returnert"), {"fra": "levert", "kommentar": "Se på \x00tallene"}, follow=True)
    assert "kom deg i forkjøpet" in svar.content.decode() and "Du skrev: «Se på tallene»" in svar.content.decode()
    assert Gapanalyse.objects.get().status == "godkjent"


def test_staben_godkjennes_fra_toppen(kommunetre, som):
    okonomisjef, ass = som("kommunalsjef", kommunetre.stab), som("ass_kommunedirektor")
    analyse = lag_analyse(lag_runde(), kommunetre.stab, status="levert")
    with pytest.raises(PermissionDenied):
        flytt(analyse, "godkjent", okonomisjef)
    assert okonomisjef.get(side(analyse, "godkjent")).status_code == 403
    assert flytt(analyse, "godkjent", ass).status == "godkjent"


def test_hr_aapner_igjen_med_grunn_og_bare_i_en_aapen_runde(sendt, som):
    hr = som("hr")
    flytt(sendt, "godkjent", som("kommunalsjef"))
    assert hr.get(side(sendt, "godkjent")).status_code == 302
    with pytest.raises(ValidationError, match="Hvorfor"):
        flytt(Gapanalyse.objects.get(), "returnert", hr)
    assert flytt(Gapanalyse.objects.get(), "returnert", hr, "Nye tall").kommentar == "Nye tall"
    Gapanalyse.objects.update(status="godkjent")
    sendt.runde.status = "stengt"
    sendt.runde.save()
    with pytest.raises(ValidationError, match="stengt"):
        flytt(Gapanalyse.objects.get(), "returnert", hr, "Nye tall")
    assert "HR må åpne den først" in hr.get(side(sendt)).content.decode()


def test_i_en_stengt_runde_kan_det_som_er_sendt_godkjennes_men_ikke_sendes_tilbake(sendt, som):
    sendt.runde.status = "stengt"
    sendt.runde.save()
    with pytest.raises(ValidationError, match="stengt"):
        flytt(sendt, "returnert", som("kommunalsjef"), "Se på natt")
    assert flytt(sendt, "godkjent", som("kommunalsjef")).status == "godkjent"


@pytest.mark.parametrize("rolle", list(Rolle))
def test_hvem_ser_siden_og_hvem_avgjoer(sendt, som, rolle):
    klient = som(rolle)
    ser = {Rolle.SYSTEMANSVARLIG: 403, Rolle.LESER: 403, Rolle.AVDELINGSLEDER: 404}.get(rolle, 200)
    svar = klient.get(side(sendt))
    assert svar.status_code == ser
    if ser == 200:
        prikket = rolle in (Rolle.TILLITSVALGT, Rolle.VERNEOMBUD)
        assert (svar.context["linjer"] is None) == prikket
    avgjoer = rolle in (Rolle.KOMMUNALSJEF, Rolle.KOMMUNEDIREKTOR, Rolle.ASS_KOMMUNEDIREKTOR)
    assert klient.get(side(sendt, "godkjent")).status_code == (200 if avgjoer else 403 if ser == 200 else ser)
    assert klient.post(side(sendt, "tull"), {"fra": "x"}).status_code == (302 if ser == 200 else ser)


def test_annen_sektor_og_runde_under_arbeid_finnes_ikke(kommunetre, som):
    annen = lag_analyse(lag_runde(), kommunetre.skolen, status="levert")
    utkast = lag_analyse(lag_runde("utkast"), kommunetre.hjemmetjenesten, status="levert")
    for analyse in (annen, utkast):
        assert som("kommunalsjef").get(side(analyse)).status_code == 404


def test_for_lang_kommentar_og_nulltegn_avvises(sendt, som):
    sjef = som("kommunalsjef")
    for kommentar in ("a" * 2001, "a\x00b"):
        assert sjef.post(side(sendt, "returnert"), {"fra": "levert", "kommentar": kommentar}).status_code == 422
    assert Gapanalyse.objects.get().status == "levert"
