"""Saving of sections: the lock, versions, limits, extra sections, who is here."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from felles.laas import Foreldet
from planer.enums import Planstatus
from planer.models import Redigering, Seksjon
from planer.services import seksjoner, tilstede
from planer.services.seksjoner import gjenopprett, lagre_seksjon
from tests import fabrikk
from tests.planer.fabrikk import lag_delplan, sett_status

T0 = datetime(2025, 9, 2, 9, tzinfo=UTC)


def _minutter(antall: float) -> datetime:
    return T0 + timedelta(minutes=antall)


@pytest.fixture
def seksjon(kommunetre: fabrikk.Kommunetre) -> Seksjon:
    plan = lag_delplan(enheter=[kommunetre.hjemmetjenesten])
    return plan.seksjoner.get(nokkel="utfordringer")


@pytest.fixture
def kari(db: None):
    return fabrikk.lag_bruker("kari", "Kari")


@pytest.fixture
def ola(db: None):
    return fabrikk.lag_bruker("ola", "Ola")


def _lagre(seksjon: Seksjon, html: str, av, tid: datetime = T0, forventet: int | None = None, **felt) -> Seksjon:
    return lagre_seksjon(seksjon=seksjon, html=html, forventet=forventet, av=av, naa=tid, **felt)


def test_lagre_cleans_counts_and_stamps(seksjon: Seksjon, kari) -> None:
    ny = _lagre(seksjon, "<h1>Å</h1><script>x</script><p onclick=x>Tekst", kari, forventet=1)

    assert (ny.html, ny.sok, ny.lopenummer, ny.endret_av) == ("<h3>Å</h3><p>Tekst</p>", "å tekst", 2, kari)
    ny.plan.refresh_from_db()
    assert ny.plan.endret == T0


def test_lagre_stale_number_is_refused_and_changes_nothing(seksjon: Seksjon, kari, ola) -> None:
    _lagre(seksjon, "<p>Kari</p>", kari, forventet=1)

    with pytest.raises(Foreldet) as fanget:
        _lagre(seksjon, "<p>Ola</p>", ola, forventet=1)

    assert fanget.value.naa.html == "<p>Kari</p>"
    seksjon.refresh_from_db()
    assert (seksjon.html, seksjon.lopenummer) == ("<p>Kari</p>", 2)


def test_lagre_same_text_from_a_stale_number_is_no_conflict(seksjon: Seksjon, kari) -> None:
    """The answer to the first save was lost on the way: the editor sends the same text once more."""
    foerst = _lagre(seksjon, "<p>Samme tekst</p>", kari, forventet=1)
    igjen = _lagre(seksjon, "<p>Samme tekst</p>", kari, forventet=1)
    assert igjen.lopenummer == foerst.lopenummer == 2


def test_lagre_same_text_is_no_new_version(seksjon: Seksjon, kari) -> None:
    _lagre(seksjon, "<p>a</p>", kari)

    assert _lagre(seksjon, "<p>a</p><p></p>", kari, _minutter(60)).lopenummer == 2
    assert seksjon.versjoner.count() == 1


def test_versions_same_person_within_five_minutes_share_one(seksjon: Seksjon, kari, ola) -> None:
    for minutt, tekst, av in ((0, "a", kari), (2, "b", kari), (4.9, "c", kari), (5.1, "d", kari), (5.2, "e", ola)):
        _lagre(seksjon, f"<p>{tekst}</p>", av, _minutter(minutt))

    rader = seksjon.versjoner.order_by("lopenummer").values_list("html", "av__username", "lopenummer")
    assert list(rader) == [("<p>c</p>", "kari", 4), ("<p>d</p>", "kari", 5), ("<p>e</p>", "ola", 6)]


def test_versions_keep_what_stood_before_the_first_save(seksjon: Seksjon, kari) -> None:
    Seksjon.objects.filter(pk=seksjon.pk).update(html="<p>fra malen</p>", sok="fra malen")

    _lagre(seksjon, "<p>nytt</p>", kari)

    assert [v.html for v in seksjon.versjoner.order_by("lopenummer")] == ["<p>fra malen</p>", "<p>nytt</p>"]


def test_versions_with_a_reason_stand_alone(seksjon: Seksjon, kari) -> None:
    _lagre(seksjon, "<p>a</p>", kari)
    _lagre(seksjon, "<p>b</p>", kari, _minutter(1), grunn="Fylt ut")
    _lagre(seksjon, "<p>c</p>", kari, _minutter(2))

    assert [v.grunn for v in seksjon.versjoner.order_by("lopenummer")] == ["", "Fylt ut", ""]


def test_gjenopprett_makes_a_new_version(seksjon: Seksjon, kari) -> None:
    _lagre(seksjon, "<p>første</p>", kari)
    _lagre(seksjon, "<p>andre</p>", kari, _minutter(10))
    gammel = seksjon.versjoner.order_by("lopenummer").first()

    ny = gjenopprett(versjon=gammel, av=kari, naa=_minutter(11))

    assert ny.html == "<p>første</p>"
    assert [v.html for v in seksjon.versjoner.order_by("lopenummer")] == [
        "<p>første</p>",
        "<p>andre</p>",
        "<p>første</p>",
    ]
    assert "Hentet tilbake" in seksjon.versjoner.order_by("-lopenummer").first().grunn


def test_lagre_over_a_megabyte_is_refused(seksjon: Seksjon, kari) -> None:
    with pytest.raises(ValidationError, match="én million tegn"):
        _lagre(seksjon, "x" * 1_000_001, kari)

    seksjon.refresh_from_db()
    assert seksjon.lopenummer == 1


@pytest.mark.parametrize("status", [Planstatus.VEDTATT, Planstatus.REVISJON, Planstatus.ERSTATTET])
def test_lagre_adopted_plan_is_refused(seksjon: Seksjon, kari, status: Planstatus) -> None:
    sett_status(seksjon.plan, status)

    with pytest.raises(ValidationError, match="vedtatt"):
        _lagre(seksjon, "<p>a</p>", kari)

    seksjon.refresh_from_db()
    assert seksjon.html == ""


def test_lagre_is_lean(seksjon: Seksjon, kari, django_assert_max_num_queries) -> None:
    _lagre(seksjon, "<p>a</p>", kari)

    with django_assert_max_num_queries(8):  # two of them are the savepoint, one locks the plan
        _lagre(seksjon, "<p>b</p>", kari, _minutter(1), forventet=2)


def test_own_section_is_made_renamed_moved_and_deleted(seksjon: Seksjon, kari) -> None:
    plan = seksjon.plan
    egen = seksjoner.opprett_egen(plan=plan, kapittel=1, overskrift=" Velferdsteknologi ", av=kari, naa=T0)
    seksjoner.gi_navn(seksjon=egen, overskrift="Teknologi", av=kari, naa=T0)
    seksjoner.flytt_egen(seksjon=egen, opp=True, naa=T0)

    rekke = plan.seksjoner.filter(kapittel=1).values_list("overskrift", flat=True)
    assert list(rekke) == ["Det som er særskilt hos oss", "Teknologi", "Innbyggerne og behovene framover"]

    seksjoner.slett_egen(seksjon=egen, naa=T0)
    assert plan.seksjoner.filter(kapittel=1).count() == 2


def test_standard_section_cannot_be_deleted_moved_or_renamed(seksjon: Seksjon, kari) -> None:
    with pytest.raises(ValidationError):
        seksjoner.slett_egen(seksjon=seksjon, naa=T0)
    with pytest.raises(ValidationError):
        seksjoner.flytt_egen(seksjon=seksjon, opp=False, naa=T0)
    with pytest.raises(ValidationError):
        seksjoner.gi_navn(seksjon=seksjon, overskrift="x", av=kari, naa=T0)


def test_own_section_unknown_chapter_or_no_heading_is_refused(seksjon: Seksjon, kari) -> None:
    for felt in ({"kapittel": 9, "overskrift": "a"}, {"kapittel": 1, "overskrift": "  "}):
        with pytest.raises(ValidationError):
            seksjoner.opprett_egen(plan=seksjon.plan, av=kari, naa=T0, **felt)


def test_tilstede_names_the_others_until_forgotten(seksjon: Seksjon, kari, ola) -> None:
    assert tilstede.meld(seksjon=seksjon, bruker=kari, naa=T0) == []
    assert tilstede.meld(seksjon=seksjon, bruker=ola, naa=T0 + timedelta(seconds=10)) == ["Kari"]
    assert tilstede.meld(seksjon=seksjon, bruker=ola, naa=T0 + timedelta(seconds=41)) == []
    assert Redigering.objects.count() == 2

    tilstede.gaa(seksjon=seksjon, bruker=ola)
    assert tilstede.meld(seksjon=seksjon, bruker=kari, naa=T0 + timedelta(seconds=42)) == []


def test_tilstede_rows_are_cleared_after_an_hour(seksjon: Seksjon, kari, ola) -> None:
    tilstede.meld(seksjon=seksjon, bruker=kari, naa=T0)
    tilstede.meld(seksjon=seksjon, bruker=ola, naa=_minutter(61))

    assert list(Redigering.objects.values_list("bruker__username", flat=True)) == ["ola"]
