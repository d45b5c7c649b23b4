"""Pages of the text: rights, autosave and its answers, conflict, history, versions, hostile text."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from organisasjon.enums import Rolle
from planer.enums import Deltakerrolle, Planstatus
from planer.models import Plan, Seksjon, Seksjonsversjon
from planer.services.seksjoner import lagre_seksjon, opprett_egen
from tests import fabrikk
from tests.felles.test_riktekst import ANGREP
from tests.planer.fabrikk import bekreft, gi_planrolle, lag_delplan, sett_status, skriv

FARLIG = ("<script>alert", "onerror=alert(1)>", "<iframe", 'href="javascript', "<svg onload", "<form action=//")
T0 = datetime(2025, 9, 2, 9, tzinfo=UTC)


@pytest.fixture
def plan(kommunetre: fabrikk.Kommunetre) -> Plan:
    return lag_delplan("Delplan hjemme", enheter=[kommunetre.hjemmetjenesten])


@pytest.fixture
def seksjon(plan: Plan) -> Seksjon:
    return plan.seksjoner.get(nokkel="utfordringer")


def _adr(seksjon: Seksjon, side: str) -> str:
    return f"/planer/seksjon/{seksjon.pk}/{side}/"


def _lagre(klient: Client, seksjon: Seksjon, html: str, forventet: object = 1, **felt):
    return klient.post(_adr(seksjon, "lagre"), {"html": html, "forventet": forventet, **felt})


def test_autosave_answers_with_number_and_time(som, seksjon: Seksjon) -> None:
    svar = _lagre(som("hr"), seksjon, "<p>Hei</p>")

    assert svar.status_code == 200
    assert svar.json()["lopenummer"] == 2
    assert svar.json()["kl"].count(".") == 1


def test_autosave_stale_gives_the_other_text(som, seksjon: Seksjon) -> None:
    _lagre(som("hr"), seksjon, "<p>Først</p>")

    svar = _lagre(som("enhetsleder"), seksjon, "<p>Sist</p>")

    assert svar.status_code == 409
    assert (svar.json()["html"], svar.json()["lopenummer"]) == ("<p>Først</p>", 2)
    seksjon.refresh_from_db()
    assert seksjon.html == "<p>Først</p>"


@pytest.mark.parametrize("forventet", ["", "x", "-1", "9" * 30, "١"])
def test_autosave_without_a_proper_number_is_a_conflict(som, seksjon: Seksjon, forventet: str) -> None:
    assert _lagre(som("hr"), seksjon, "<p>x</p>", forventet).status_code == 409


def test_autosave_half_arrived_wipes_nothing_out(som, seksjon: Seksjon) -> None:
    klient = som("hr")
    _lagre(klient, seksjon, "<p>Står</p>")

    assert klient.post(_adr(seksjon, "lagre"), {"forventet": 2}).status_code == 422
    seksjon.refresh_from_db()
    assert seksjon.html == "<p>Står</p>"


def test_autosave_that_grows_or_has_too_many_pieces_is_refused(som, seksjon: Seksjon) -> None:
    for html in ("&" * 900_000, "<p>x" * 60_000):
        assert _lagre(som("hr"), seksjon, html).status_code == 413


def test_autosave_too_long_is_refused_politely(som, seksjon: Seksjon) -> None:
    svar = _lagre(som("hr"), seksjon, "x" * 1_000_001)

    assert svar.status_code == 413
    assert "én million" in svar.json()["melding"]


def test_autosave_larger_than_the_server_takes_is_answered_politely(som, seksjon: Seksjon) -> None:
    svar = _lagre(som("hr"), seksjon, "x" * (5 * 1024 * 1024 + 1))

    assert svar.status_code == 413
    assert "for stort" in svar.content.decode()
    seksjon.refresh_from_db()
    assert seksjon.lopenummer == 1


def test_autosave_adopted_meanwhile_is_refused_with_words(som, seksjon: Seksjon) -> None:
    klient = som("hr")
    sett_status(seksjon.plan, Planstatus.VEDTATT)

    svar = _lagre(klient, seksjon, "<p>x</p>")

    assert svar.status_code == 422
    assert "vedtatt" in svar.json()["melding"]


def test_autosave_as_somebody_else_is_refused(som, seksjon: Seksjon) -> None:
    svar = _lagre(som("hr"), seksjon, "<p>x</p>", bruker="999999")

    assert svar.status_code == 422
    assert "logget inn som" in svar.json()["melding"]


def test_autosave_query_count(som, seksjon: Seksjon, django_assert_max_num_queries) -> None:
    klient = som("hr")
    _lagre(klient, seksjon, "<p>a</p>")

    with django_assert_max_num_queries(17):
        assert _lagre(klient, seksjon, "<p>b</p>", 2).status_code == 200


def test_who_may_write(som, anonym: Client, kommunetre: fabrikk.Kommunetre, seksjon: Seksjon) -> None:
    koder = {
        "hr": _lagre(som("hr"), seksjon, "<p>1</p>", 1).status_code,
        "enhetsleder": _lagre(som("enhetsleder"), seksjon, "<p>2</p>", 2).status_code,
        "kommunalsjef": _lagre(som("kommunalsjef"), seksjon, "<p>3</p>", 3).status_code,
        "avdelingsleder": _lagre(som("avdelingsleder"), seksjon, "<p>4</p>", 4).status_code,
        "tillitsvalgt": _lagre(som("tillitsvalgt"), seksjon, "<p>4</p>", 4).status_code,
        "annen": _lagre(som(Rolle.ENHETSLEDER, kommunetre.skolen), seksjon, "<p>4</p>", 4).status_code,
        "leser": _lagre(som("leser"), seksjon, "<p>4</p>", 4).status_code,
        "anonym": _lagre(anonym, seksjon, "<p>4</p>", 4).status_code,
    }

    assert koder == {
        "hr": 200, "enhetsleder": 200, "kommunalsjef": 200, "avdelingsleder": 403, "tillitsvalgt": 403,
        "annen": 404, "leser": 404, "anonym": 302,
    }  # fmt: skip
    seksjon.refresh_from_db()
    assert seksjon.html == "<p>3</p>"


def test_named_coauthor_from_elsewhere_may_write(som, kommunetre: fabrikk.Kommunetre, seksjon: Seksjon) -> None:
    klient = som(Rolle.ENHETSLEDER, kommunetre.skolen)
    gi_planrolle(seksjon.plan, klient.bruker, Deltakerrolle.MEDFORFATTER)

    assert klient.get(_adr(seksjon, "skriv")).status_code == 200
    assert _lagre(klient, seksjon, "<p>x</p>").status_code == 200


def test_page_without_scripts_saves_plain_text(som, seksjon: Seksjon) -> None:
    klient = som("hr")
    assert "textarea" in klient.get(_adr(seksjon, "skriv")).content.decode()

    svar = klient.post(_adr(seksjon, "skriv"), {"tekst": "En\n\n- to\n- <b>tre</b>", "uendret": "", "forventet": "1"})

    assert svar.status_code == 302
    seksjon.refresh_from_db()
    assert seksjon.html == "<p>En</p><ul><li>to</li><li>&lt;b&gt;tre&lt;/b&gt;</li></ul>"


def test_page_without_scripts_unchanged_text_keeps_the_form(som, seksjon: Seksjon) -> None:
    skriv(seksjon.plan, "utfordringer", "<strong>fet</strong>")

    som("hr").post(_adr(seksjon, "skriv"), {"tekst": "fet", "uendret": "fet", "forventet": "1"})

    seksjon.refresh_from_db()
    assert "<strong>" in seksjon.html


def test_page_without_scripts_conflict_keeps_both(som, seksjon: Seksjon) -> None:
    klient = som("hr")
    _lagre(klient, seksjon, "<p>Den andre teksten</p>")

    svar = klient.post(_adr(seksjon, "skriv"), {"tekst": "Min egen tekst", "uendret": "", "forventet": "1"})

    side = svar.content.decode()
    assert svar.status_code == 409
    assert "Min egen tekst</textarea>" in side
    assert "Den andre" in side
    assert 'name="forventet" value="2"' in side


def test_conflict_shows_both_and_merges(som, seksjon: Seksjon) -> None:
    klient = som("hr")
    _lagre(klient, seksjon, "<p>en</p><p>to ny</p>")

    svar = klient.post(
        _adr(seksjon, "konflikt"), {"html": "<p>en min</p><p>to</p>", "grunnlag": "<p>en</p><p>to</p>"}
    ).json()

    assert svar["flettet"] == "<p>en min</p><p>to ny</p>"
    assert (svar["kollisjoner"], svar["lopenummer"]) == (0, 2)
    assert "Behold min" in svar["vist"]
    seksjon.refresh_from_db()
    assert seksjon.html == "<p>en</p><p>to ny</p>"


def test_presence_names_only_for_those_who_write(som, seksjon: Seksjon) -> None:
    som("hr").post(_adr(seksjon, "tilstede"))

    assert som("enhetsleder").post(_adr(seksjon, "tilstede")).json()["andre"] == ["HR (kompetanseleder)"]
    assert som("avdelingsleder").post(_adr(seksjon, "tilstede")).status_code == 403
    assert som("hr").get(_adr(seksjon, "tilstede")).status_code == 405


def test_token_is_only_for_those_logged_in(som, anonym: Client) -> None:
    assert len(som("leser").get("/min-konto/token/").json()["token"]) > 30
    assert anonym.get("/min-konto/token/").status_code == 302


def test_history_shows_words_and_restores(som, seksjon: Seksjon) -> None:
    klient = som("hr")
    _lagre(klient, seksjon, "<p>Vi mangler tre</p>")
    _lagre(som("enhetsleder"), seksjon, "<p>Vi mangler fem</p>", 2)
    forste = seksjon.versjoner.order_by("lopenummer").first()

    side = klient.get(_adr(seksjon, "historikk")).content.decode()
    assert "fem</ins>" in side
    assert "tre</del>" in side
    side = klient.get(f"{_adr(seksjon, 'historikk')}?versjon={forste.pk}").content.decode()
    assert "<ins>" not in side and "<p>Vi mangler tre</p>" in side

    adresse = f"/planer/seksjon/{seksjon.pk}/historikk/{forste.pk}/hent-tilbake/"
    assert "blir liggende i historikken" in klient.get(adresse).content.decode()
    klient.post(adresse)
    seksjon.refresh_from_db()
    assert seksjon.html == "<p>Vi mangler tre</p>"


def test_history_of_another_section_or_nonsense_is_not_found(som, plan: Plan, seksjon: Seksjon) -> None:
    klient, annen = som("hr"), plan.seksjoner.get(nokkel="demografi")
    _lagre(klient, annen, "<p>x</p>")
    versjon = annen.versjoner.get()

    for valg in (str(versjon.pk), "x", "9" * 40, "%00"):
        assert klient.get(f"{_adr(seksjon, 'historikk')}?versjon={valg}").status_code == 404
    assert klient.post(f"/planer/seksjon/{seksjon.pk}/historikk/{versjon.pk}/hent-tilbake/").status_code == 404
    assert klient.get(f"/planer/seksjon/{9**30}/skriv/").status_code == 404


def test_own_sections_are_for_hr(som, plan: Plan) -> None:
    hr, leder = som("hr"), som("enhetsleder")
    adresse = f"/planer/{plan.pk}/kapittel/1/ny-seksjon/"

    assert leder.get(adresse).status_code == 403
    assert hr.get(f"/planer/{plan.pk}/kapittel/77/ny-seksjon/").status_code == 404
    assert hr.post(adresse, {"overskrift": "  "}).status_code == 422
    assert hr.post(adresse, {"overskrift": "Egen"}).status_code == 302
    egen = plan.seksjoner.get(overskrift="Egen")
    for side in ("navn", "slett"):
        assert hr.get(_adr(egen, side)).status_code == 200
        assert leder.get(_adr(egen, side)).status_code == 403
    hr.post(_adr(egen, "navn"), {"overskrift": "Nytt"})
    hr.post(_adr(egen, "flytt"), {"retning": "opp"})
    assert bekreft(hr, _adr(egen, "slett")).status_code == 302
    assert not plan.seksjoner.filter(nokkel=egen.nokkel).exists()


def test_adopted_plan_sends_the_writer_back(som, seksjon: Seksjon) -> None:
    klient = som("hr")
    sett_status(seksjon.plan, Planstatus.VEDTATT)

    svar = klient.get(_adr(seksjon, "skriv"), follow=True)

    assert "Start en revisjon" in svar.content.decode()


@pytest.mark.parametrize("angrep", ANGREP)
def test_hostile_text_is_harmless_in_page_diff_and_conflict(som, seksjon: Seksjon, angrep: str) -> None:
    klient = som("hr")
    _lagre(klient, seksjon, f"<p>før</p>{angrep}")
    # As if it had got into the history some other way: the diff cleans and escapes by itself.
    Seksjonsversjon.objects.update(html=f"<p>raa</p>{angrep}")

    sider = [
        klient.get(f"/planer/{seksjon.plan_id}/kapittel/1/").content.decode(),
        klient.get(_adr(seksjon, "skriv")).content.decode(),
        klient.get(_adr(seksjon, "historikk")).content.decode(),
        klient.post(_adr(seksjon, "konflikt"), {"html": angrep, "grunnlag": angrep}).json()["vist"],
    ]

    for side in sider:
        for farlig in (
            "<script>alert",
            "onerror=alert(1)>",
            "<iframe",
            'href="javascript',
            "<svg onload",
            "<form action=//",
        ):
            assert farlig not in side


def test_versions_page_and_comparison(som, plan: Plan, seksjon: Seksjon) -> None:
    klient = som("hr")
    skriv(plan, "utfordringer", "Gammel tekst om behovet")
    ny = Plan.objects.get(pk=plan.pk)
    ny.pk, ny.versjon, ny.revisjon_av = None, 2, plan
    ny.save()
    for o in plan.omfang.all():
        ny.omfang.create(enhet=o.enhet)
    egen = opprett_egen(plan=ny, kapittel=1, overskrift="Utfordringer i ny versjon", av=klient.bruker, naa=T0)
    lagre_seksjon(seksjon=egen, html="<p>Ny tekst</p>", forventet=None, av=klient.bruker, naa=T0)
    sett_status(plan, Planstatus.REVISJON)

    liste = klient.get(f"/planer/{ny.pk}/versjoner/").content.decode()
    side = klient.get(f"/planer/{ny.pk}/sammenlikn/").content.decode()

    assert "Versjon 2" in liste
    assert "Hva er endret?" in liste
    assert "Ny tekst</ins>" in side
    assert "Gammel tekst om behovet</del>" in side
    assert klient.get(f"/planer/{ny.pk}/sammenlikn/?fra=7&til=9").status_code == 404
    assert "første versjonen" in klient.get(f"/planer/{plan.pk}/sammenlikn/").content.decode()
