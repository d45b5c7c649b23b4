"""Units: rules of the tree, and that every change can be taken back."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from felles.laas import Foreldet, avtrykk
from organisasjon import services
from organisasjon.enums import Enhetstype
from organisasjon.models import Enhet
from tests import fabrikk

DAG = date(2026, 1, 1)


def les(enhet: Enhet) -> Enhet:
    return Enhet.objects.get(pk=enhet.pk)


def test_unit_is_made_under_its_parent(kommunetre):
    ny = services.opprett_enhet(kode="330", navn=" Legevakten ", type="enhet", forelder=kommunetre.helse)
    assert (ny.navn, ny.parent, ny.historie.count()) == ("Legevakten", kommunetre.helse, 1)


@pytest.mark.parametrize(
    ("type_", "under"),
    [("sektor", "hjemmetjenesten"), ("enhet", "skolen"), ("enhet", "hjemme_nord"), ("stab", "helse")],
)
def test_level_must_be_beneath_its_parent(kommunetre, type_, under):
    with pytest.raises(ValidationError, match="kan ikke ligge under"):
        services.opprett_enhet(kode="x", navn="X", type=type_, forelder=getattr(kommunetre, under))


def test_levels_may_be_skipped(kommunetre):
    ny = services.opprett_enhet(kode="x", navn="X", type="avdeling", forelder=kommunetre.kommune)
    assert ny.parent == kommunetre.kommune


def test_unit_without_parent_and_second_municipality_are_refused(kommunetre):
    with pytest.raises(ValidationError, match="hvor enheten skal ligge"):
        services.opprett_enhet(kode="x", navn="X", type="enhet", forelder=None)
    with pytest.raises(ValidationError, match="allerede en kommune"):
        services.opprett_enhet(kode="x", navn="X", type="kommune", forelder=None)
    assert services.opprett_kommune(navn="En annen") == kommunetre.kommune


def test_code_is_unique(kommunetre):
    with pytest.raises(ValidationError):
        services.opprett_enhet(kode="310", navn="X", type="enhet", forelder=kommunetre.helse)


def test_rename_is_kept_in_history_and_can_be_taken_back(kommunetre):
    enhet = kommunetre.skolen
    services.endre_enhet(enhet=enhet, kode="210", navn="Ås barneskole", type="enhet", gyldig_fra=None)
    assert les(enhet).navn == "Ås barneskole"
    forste = enhet.historie.earliest("history_date")
    services.tilbakestill_enhet(enhet=enhet, historie_id=forste.history_id)
    assert les(enhet).navn == "Åsen skole"
    assert enhet.historie.count() == 3


def test_stale_save_is_stopped_and_carries_what_is_there_now(kommunetre):
    enhet = kommunetre.skolen
    gammelt = avtrykk(les(enhet), services.FELTER_ENHET)
    services.endre_enhet(enhet=enhet, kode="210", navn="Første", type="enhet", gyldig_fra=None, forventet=gammelt)
    with pytest.raises(Foreldet) as foreldet:
        services.endre_enhet(enhet=enhet, kode="210", navn="Andre", type="enhet", gyldig_fra=None, forventet=gammelt)
    assert foreldet.value.naa.navn == "Første"
    assert les(enhet).navn == "Første"


def test_level_cannot_be_changed_under_its_children(kommunetre):
    with pytest.raises(ValidationError):
        services.endre_enhet(enhet=kommunetre.hjemmetjenesten, kode="310", navn="H", type="avdeling", gyldig_fra=None)


def test_move_takes_everything_beneath_along(kommunetre):
    services.flytt_enhet(enhet=kommunetre.hjemmetjenesten, ny_forelder=kommunetre.oppvekst)
    assert les(kommunetre.hjemmetjenesten).parent == kommunetre.oppvekst
    assert les(kommunetre.hjemme_nord).parent == kommunetre.hjemmetjenesten


def test_move_into_itself_or_below_is_refused(kommunetre):
    for maal in (kommunetre.hjemmetjenesten, kommunetre.hjemme_nord):
        with pytest.raises(ValidationError, match="under seg selv"):
            services.flytt_enhet(enhet=kommunetre.hjemmetjenesten, ny_forelder=maal)
    with pytest.raises(ValidationError, match="toppen"):
        services.flytt_enhet(enhet=kommunetre.kommune, ny_forelder=kommunetre.helse)


def test_move_can_be_taken_back_from_history(kommunetre):
    foer = kommunetre.skolen.historie.latest("history_date")
    services.flytt_enhet(enhet=kommunetre.skolen, ny_forelder=kommunetre.helse)
    services.tilbakestill_enhet(enhet=kommunetre.skolen, historie_id=foer.history_id)
    assert les(kommunetre.skolen).parent == kommunetre.oppvekst


def test_merge_closes_one_and_moves_its_children(kommunetre):
    services.slaa_sammen_enheter(fra=kommunetre.hjemmetjenesten, til=kommunetre.sykehjemmet, dato=DAG)
    gammel = les(kommunetre.hjemmetjenesten)
    assert (gammel.gyldig_til, gammel.erstattet_av) == (date(2025, 12, 31), kommunetre.sykehjemmet)
    assert set(kommunetre.sykehjemmet.children.all()) == {
        kommunetre.hjemme_nord,
        kommunetre.hjemme_sor,
        kommunetre.sykehjem_post1,
    }


def test_merge_taken_back_opens_the_unit_and_brings_its_children_home(kommunetre):
    foer = kommunetre.hjemmetjenesten.historie.latest("history_date")
    services.slaa_sammen_enheter(fra=kommunetre.hjemmetjenesten, til=kommunetre.sykehjemmet, dato=DAG)
    services.endre_enhet(enhet=kommunetre.hjemme_sor, kode="312", navn="Ny", type="avdeling", gyldig_fra=None)
    services.tilbakestill_enhet(enhet=kommunetre.hjemmetjenesten, historie_id=foer.history_id)
    hjem = les(kommunetre.hjemmetjenesten)
    assert (hjem.gyldig_til, hjem.erstattet_av) == (None, None)
    # One of the two was changed by someone afterwards: their change stands.
    assert les(kommunetre.hjemme_nord).parent == hjem
    assert les(kommunetre.hjemme_sor).parent == kommunetre.sykehjemmet


@pytest.mark.parametrize(
    ("fra", "til"),
    [("kommune", "helse"), ("helse", "kommune"), ("helse", "hjemmetjenesten"), ("hjemme_nord", "oppvekst")],
)
def test_merge_that_makes_no_sense_is_refused(kommunetre, fra, til):
    with pytest.raises(ValidationError):
        services.slaa_sammen_enheter(fra=getattr(kommunetre, fra), til=getattr(kommunetre, til), dato=DAG)
    assert Enhet.objects.filter(gyldig_til__isnull=False).count() == 0


def test_close_takes_open_units_beneath_and_can_be_taken_back(kommunetre):
    foer = kommunetre.helse.historie.latest("history_date")
    stengt = services.legg_ned_enhet(enhet=kommunetre.helse, siste_dag=DAG)
    assert len(stengt) == 6
    assert Enhet.objects.gyldige(date(2026, 1, 2)).count() == 6
    services.tilbakestill_enhet(enhet=kommunetre.helse, historie_id=foer.history_id)
    assert Enhet.objects.filter(gyldig_til__isnull=True).count() == 12


def test_unused_unit_can_be_deleted(kommunetre):
    services.slett_enhet(enhet=kommunetre.hjemme_nord)
    assert not Enhet.objects.filter(kode="311").exists()


def test_unit_used_by_child_role_service_or_extract_cannot_be_deleted(kommunetre, lag_uttrekk):
    with pytest.raises(ValidationError, match="enheter"):
        services.slett_enhet(enhet=kommunetre.hjemmetjenesten)
    fabrikk.gi_rolle(fabrikk.lag_bruker("a"), "leser", kommunetre.hjemme_nord)
    with pytest.raises(ValidationError, match="roller"):
        services.slett_enhet(enhet=kommunetre.hjemme_nord)
    lag_uttrekk([{"enhet": kommunetre.barnehagen}])
    with pytest.raises(ValidationError, match="i bruk"):
        services.slett_enhet(enhet=kommunetre.barnehagen)
    assert Enhet.objects.count() == 12


def test_service_unit_cannot_be_deleted_with_its_service(kommunetre):
    services.lagre_tjeneste(tjeneste=None, navn="Barnehage", enheter=[kommunetre.barnehagen])
    with pytest.raises(ValidationError):
        services.slett_enhet(enhet=kommunetre.barnehagen)


def test_rename_page_keeps_both_versions_when_somebody_was_faster(som, kommunetre):
    hr = som("hr")
    adresse = reverse("organisasjon:endre_enhet", args=[kommunetre.skolen.pk])
    laas = hr.get(adresse).context["skjema"]["laas"].value()
    felter = {"kode": "210", "type": Enhetstype.ENHET, "gyldig_fra": "", "laas": laas}
    assert hr.post(adresse, felter | {"navn": "Først"}).status_code == 302
    svar = hr.post(adresse, felter | {"navn": "Sist"})
    tekst = svar.content.decode()
    assert svar.status_code == 422
    assert "Først" in tekst and 'value="Sist"' in tekst
    assert les(kommunetre.skolen).navn == "Først"
    igjen = hr.post(adresse, felter | {"navn": "Sist", "laas": svar.context["skjema"]["laas"].value()})
    assert igjen.status_code == 302
    assert les(kommunetre.skolen).navn == "Sist"


def test_form_without_lock_is_refused(som, kommunetre):
    adresse = reverse("organisasjon:endre_enhet", args=[kommunetre.skolen.pk])
    assert som("hr").post(adresse, {"kode": "210", "navn": "X", "type": "enhet"}).status_code == 422


@pytest.mark.parametrize(
    ("rute", "felter"),
    [
        ("flytt_enhet", {"ny_forelder": "Oppvekst (S2)"}),
        ("slaa_sammen_enhet", {"til": "320", "dato": "2026-01-01"}),
        ("legg_ned_enhet", {"siste_dag": "2026-01-01"}),
    ],
)
def test_change_page_says_what_happens_before_it_happens(som, kommunetre, rute, felter):
    hr, enhet = som("hr"), kommunetre.hjemmetjenesten
    adresse = reverse(f"organisasjon:{rute}", args=[enhet.pk])
    assert hr.get(adresse).status_code == 200
    svar = hr.post(adresse, felter)
    assert "Dette skjer" in svar.content.decode()
    assert les(enhet).parent == kommunetre.helse and les(enhet).gyldig_til is None
    skjult = svar.context["side"].skjult
    assert hr.post(adresse, {**skjult, "bekreft": "1"}).status_code == 302
    endret = les(enhet)
    assert endret.parent == kommunetre.oppvekst or endret.gyldig_til is not None


def test_picker_with_unknown_unit_says_so_and_keeps_what_was_typed(som, kommunetre):
    adresse = reverse("organisasjon:flytt_enhet", args=[kommunetre.skolen.pk])
    svar = som("hr").post(adresse, {"ny_forelder": "Finnes ikke"})
    assert svar.status_code == 422
    assert "Fant ingen slik enhet" in svar.content.decode() and "Finnes ikke" in svar.content.decode()


def test_undo_button_in_the_history_works(som, kommunetre):
    hr, enhet = som("hr"), kommunetre.skolen
    services.flytt_enhet(enhet=enhet, ny_forelder=kommunetre.helse)
    side = hr.get(reverse("organisasjon:enhet", args=[enhet.pk])).content.decode()
    versjon = enhet.historie.earliest("history_date").history_id
    adresse = reverse("organisasjon:tilbakestill_enhet", args=[enhet.pk, versjon])
    assert adresse in side
    assert hr.post(adresse).status_code == 302
    assert les(enhet).parent == kommunetre.oppvekst
    assert hr.post(reverse("organisasjon:tilbakestill_enhet", args=[enhet.pk, 999999])).status_code == 404


def test_new_unit_and_delete_in_the_browser(som, kommunetre):
    hr = som("hr")
    felter = {"navn": "Ny", "kode": "777", "type": "enhet", "forelder": "Oppvekst"}
    assert hr.post(reverse("organisasjon:ny_enhet"), felter).status_code == 302
    ny = Enhet.objects.get(kode="777")
    adresse = reverse("organisasjon:slett_enhet", args=[ny.pk])
    assert "Slett Ny?" in hr.get(adresse).content.decode()
    assert hr.post(adresse).status_code == 302
    assert not Enhet.objects.filter(kode="777").exists()
    brukt = reverse("organisasjon:slett_enhet", args=[kommunetre.helse.pk])
    assert hr.get(brukt).status_code == 302
    hr.post(brukt)
    assert Enhet.objects.filter(pk=kommunetre.helse.pk).exists()
