"""What a published plan shows, and does not show, to those whose scope is elsewhere."""

import pytest
from django.urls import reverse

from planer.models import Kommentar, Plan
from planer.queries import planrett
from planer.services.flyt import vedta
from tests.planer.flyt.hjelp import NAA, klar_til_vedtak


@pytest.fixture
def publisert(verden) -> Plan:
    plan = klar_til_vedtak(verden)
    Kommentar.objects.create(plan=plan, av=verden.enhetsleder, tekst="Bare for oss", tid=NAA)
    vedta(plan=plan, av=verden.kommunedirektor, sak="", naa=NAA)
    Plan.objects.filter(pk=plan.pk).update(publisert=NAA)
    return Plan.objects.get(pk=plan.pk)


@pytest.mark.parametrize("hvem", ["nabo", "oppvekst", "leser"])
def test_a_published_plan_elsewhere_shows_no_work(verden, publisert, client, hvem):
    bruker = verden.folk[hvem]
    client.force_login(bruker)
    assert client.get(reverse("planer:plan", args=[publisert.pk])).status_code == 200
    drofting, seksjon = publisert.droftinger.get(), publisert.seksjoner.first()
    adresser = [
        reverse("planer:samarbeid", args=[publisert.pk]),
        reverse("planer:tall", args=[publisert.pk]),
        reverse("planer:drofting", args=[drofting.pk]),
        reverse("planer:historikk", args=[seksjon.pk]),
    ]
    assert [client.get(a).status_code for a in adresser] == [403] * 4
    rett = planrett(publisert, verden.tilgang(bruker), bruker.pk)
    assert not rett.arbeid
    assert not rett.kommentere


@pytest.mark.parametrize("hvem", ["enhetsleder", "avdelingsleder", "kommunalsjef", "tillitsvalgt", "hr"])
def test_those_in_and_above_the_scope_see_the_work(verden, publisert, hvem):
    bruker = verden.folk[hvem]
    assert planrett(publisert, verden.tilgang(bruker), bruker.pk).arbeid
    assert planrett(verden.tema, verden.tilgang(bruker), bruker.pk).arbeid


def test_the_hash_of_the_full_content_is_only_for_those_who_see_small_numbers(verden, publisert, client):
    for hvem, ser in (("hr", True), ("tillitsvalgt", False), ("leser", False)):
        client.force_login(verden.folk[hvem])
        for navn in ("vedtak", "dokument", "versjoner"):
            side = client.get(reverse(f"planer:{navn}", args=[publisert.pk])).content.decode()
            assert (publisert.vedtak.hash[:16] in side) is ser, (hvem, navn)
