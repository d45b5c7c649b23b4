"""Plans are made, changed and copied."""

import pytest
from django.core.exceptions import ValidationError

from felles.laas import Foreldet
from organisasjon.enums import Rolle
from planer.enums import Deltakerrolle, Grep, Planstatus, Tiltakstatus
from planer.models import Forankring, Grepvalg, Plan, Seksjon, Tiltak
from planer.services import omraader, planer
from planer.services.kopiering import kopier_plan
from tests import fabrikk as felles
from tests.planer import fabrikk

pytestmark = pytest.mark.django_db


def test_temaplan_has_its_sections_and_goals(kommunetre):
    plan = fabrikk.lag_temaplan(omraader=())
    assert list(plan.seksjoner.values_list("nokkel", flat=True))[:2] == ["mandat", "involvering"]
    assert [m.hovedmaal for m in plan.maal.all()] == [1, 2, 3]
    assert plan.historie.count() == 1


def test_temaplan_for_years_already_taken_is_refused(kommunetre):
    fabrikk.lag_temaplan(fra_aar=2025, til_aar=2028)
    with pytest.raises(ValidationError, match="gjelder allerede for 2025–2028"):
        fabrikk.lag_temaplan(fra_aar=2028, til_aar=2030)
    assert fabrikk.lag_temaplan(fra_aar=2029, til_aar=2030).pk


def test_period_that_ends_before_it_begins_is_refused(kommunetre):
    with pytest.raises(ValidationError, match="slutte før den begynner"):
        fabrikk.lag_temaplan(fra_aar=2028, til_aar=2025)


def test_delplan_has_a_choice_and_a_section_for_each_area(kommunetre):
    plan = fabrikk.lag_delplan(enheter=[kommunetre.skolen])
    assert list(plan.grepvalg.values_list("omraade__nokkel", "valgt")) == [
        ("rolleforstaaelse", True),
        ("digital", None),
    ]
    seksjon = plan.seksjoner.get(nokkel="grep-digital")
    assert (seksjon.kapittel, seksjon.omraade.nokkel) == (4, "digital")


def test_delplan_without_units_or_temaplan_is_refused(kommunetre):
    fabrikk.lag_temaplan()
    with pytest.raises(ValidationError, match="minst én enhet"):
        fabrikk.lag_delplan(enheter=[])
    Plan.objects.all().delete()
    with pytest.raises(ValidationError, match="Lag temaplanen først"):
        planer.opprett_delplan(
            tittel="x", temaplan=None, enheter=[kommunetre.skolen], fra_aar=2025, til_aar=2026, nivaa="", uttrekk=None,
            av=None, naa=fabrikk.NAA,
        )  # fmt: skip


def test_people_follow_from_the_roles_of_the_scope(kommunetre):
    for navn, rolle, enhet in (
        ("leder", Rolle.ENHETSLEDER, kommunetre.hjemmetjenesten),
        ("annen", Rolle.ENHETSLEDER, kommunetre.sykehjemmet),
        ("sjef", Rolle.KOMMUNALSJEF, kommunetre.helse),
        ("hr", Rolle.HR, kommunetre.kommune),
        ("htv", Rolle.TILLITSVALGT, kommunetre.kommune),
        ("avd", Rolle.AVDELINGSLEDER, kommunetre.hjemme_nord),
    ):
        felles.gi_rolle(felles.lag_bruker(navn), rolle, enhet)
    plan = fabrikk.lag_delplan(enheter=[kommunetre.hjemme_nord], deltakere=None)
    assert {(d.bruker.username, d.rolle) for d in plan.deltakere.select_related("bruker")} == {
        ("leder", Deltakerrolle.ANSVARLIG),
        ("sjef", Deltakerrolle.KOMMUNALSJEF),
        ("hr", Deltakerrolle.KOMPETANSELEDER),
        ("htv", Deltakerrolle.TILLITSVALGT),
        ("avd", Deltakerrolle.MEDFORFATTER),
    }


def test_delplan_from_template_copies_and_keeps_origin(kommunetre):
    mal = fabrikk.lag_mal()
    fabrikk.skriv(mal, "utfordringer", "Felles tekst")
    gammelt = fabrikk.lag_tiltak(mal, status=Tiltakstatus.I_GANG)
    plan = fabrikk.lag_delplan(enheter=[kommunetre.skolen], mal=mal)
    assert plan.opphav == mal
    assert plan.seksjoner.get(nokkel="utfordringer").html == "<p>Felles tekst</p>"
    tiltak = plan.tiltak.get()
    assert (tiltak.tittel, tiltak.status, tiltak.ansvarlig) == ("Fagdag", Tiltakstatus.PLANLAGT, None)
    assert tiltak.ident != gammelt.ident
    assert tiltak.historie.count() == 1
    assert plan.grepvalg.count() == 2


def test_revision_keeps_idents_scope_people_and_log(kommunetre):
    bruker = felles.lag_bruker("leder")
    kilde = fabrikk.lag_delplan(enheter=[kommunetre.skolen], deltakere=[(bruker, Deltakerrolle.ANSVARLIG)])
    tiltak = fabrikk.lag_tiltak(kilde, ansvarlig=bruker)
    tiltak.oppfolginger.create(dato="2025-10-01", tekst="God start", status="i_gang", tid=fabrikk.NAA)
    ny = Plan.objects.create(
        slag=kilde.slag, tittel=kilde.tittel, stamme=kilde.stamme, versjon=2, temaplan=kilde.temaplan, fra_aar=2025,
        til_aar=2028, opprettet=fabrikk.NAA, endret=fabrikk.NAA, revisjon_av=kilde,
    )  # fmt: skip
    kopier_plan(kilde=kilde, til=ny)
    kopi = Tiltak.objects.get(plan=ny)
    assert (kopi.ident, kopi.ansvarlig) == (tiltak.ident, bruker)
    assert kopi.oppfolginger.get().tekst == "God start"
    assert [o.enhet for o in ny.omfang.all()] == [kommunetre.skolen]
    assert ny.deltakere.get().bruker == bruker


def test_revision_of_temaplan_copies_areas_goals_and_forankring(kommunetre):
    kilde = fabrikk.lag_temaplan()
    hoved = kilde.maal.first()
    kilde.maal.create(hovedmaal=1, overordnet=hoved, tittel="Delmål", rekkefolge=1)
    Forankring.objects.create(plan=kilde, dato="2025-03-01", organ="AMU", tema="Alle steg")
    ny = Plan.objects.create(
        slag=kilde.slag, tittel=kilde.tittel, stamme=kilde.stamme, versjon=2, fra_aar=2025, til_aar=2028,
        opprettet=fabrikk.NAA, endret=fabrikk.NAA, revisjon_av=kilde,
    )  # fmt: skip
    kopier_plan(kilde=kilde, til=ny)
    assert [o.nokkel for o in ny.omraader.all()] == ["rolleforstaaelse", "digital"]
    assert ny.seksjoner.get(nokkel="omraade-digital-hva").omraade.plan == ny
    assert ny.maal.get(tittel="Delmål").overordnet.plan == ny
    assert ny.forankringer.get().organ == "AMU"
    assert ny.seksjoner.count() == kilde.seksjoner.count()


def test_origin_that_leads_back_is_refused(kommunetre):
    a = fabrikk.lag_mal("A")
    b = fabrikk.lag_mal("B", mal=a)
    with pytest.raises(ValidationError, match="laget fra seg selv"):
        planer.endre_plan(plan=a, verdier={"opphav": b}, forventet=None, av=None, naa=fabrikk.NAA)


def test_stale_scope_is_stopped(kommunetre):
    plan = fabrikk.lag_delplan(enheter=[kommunetre.skolen])
    gammelt = planer.omfangsavtrykk(plan)
    planer.sett_omfang(plan=plan, enheter=[kommunetre.barnehagen], forventet=gammelt, av=None, naa=fabrikk.NAA)
    with pytest.raises(Foreldet):
        planer.sett_omfang(plan=plan, enheter=[kommunetre.skolen], forventet=gammelt, av=None, naa=fabrikk.NAA)
    assert [o.enhet for o in plan.omfang.all()] == [kommunetre.barnehagen]


def test_stale_people_are_stopped(kommunetre):
    plan, en = fabrikk.lag_delplan(enheter=[kommunetre.skolen]), felles.lag_bruker("en")
    gammelt = planer.deltakeravtrykk(plan)
    nye = [(en, Deltakerrolle.ANSVARLIG)]
    planer.sett_deltakere(plan=plan, deltakere=nye, forventet=gammelt, av=None, naa=fabrikk.NAA)
    with pytest.raises(Foreldet):
        planer.sett_deltakere(plan=plan, deltakere=[], forventet=gammelt, av=None, naa=fabrikk.NAA)
    assert plan.deltakere.get().bruker == en


def test_adopted_plan_is_frozen(kommunetre):
    plan = fabrikk.lag_delplan(enheter=[kommunetre.skolen], status=Planstatus.VEDTATT)
    with pytest.raises(ValidationError, match="vedtatt"):
        planer.sett_omfang(plan=plan, enheter=[kommunetre.helse], av=None, naa=fabrikk.NAA)
    with pytest.raises(ValidationError, match="vedtatt"):
        planer.endre_plan(plan=plan, verdier={"tittel": "Ny"}, forventet=None, av=None, naa=fabrikk.NAA)


def test_untouched_draft_is_deleted_and_nothing_else(kommunetre):
    plan = fabrikk.lag_delplan(enheter=[kommunetre.skolen])
    fabrikk.lag_tiltak(plan)
    with pytest.raises(ValidationError, match="delplaner under"):
        planer.slett_plan(plan=plan.temaplan)
    fabrikk.sett_status(plan, Planstatus.HORING)
    with pytest.raises(ValidationError, match="sendt videre"):
        planer.slett_plan(plan=plan)
    fabrikk.sett_status(plan, Planstatus.UTKAST)
    planer.slett_plan(plan=plan)
    assert not Plan.objects.filter(pk=plan.pk).exists()


def test_revision_is_discarded_not_deleted(kommunetre):
    plan = fabrikk.lag_delplan(enheter=[kommunetre.skolen])
    ny = fabrikk.lag_delplan(enheter=[kommunetre.skolen], revisjon_av=plan)
    with pytest.raises(ValidationError, match="Forkast revisjonen"):
        planer.slett_plan(plan=ny)


def test_new_area_reaches_open_delplaner(kommunetre):
    plan = fabrikk.lag_delplan(enheter=[kommunetre.skolen])
    laast = fabrikk.lag_delplan("Vedtatt", enheter=[kommunetre.skolen], status=Planstatus.VEDTATT)
    nytt = omraader.lagre_omraade(
        omraade=None, plan=plan.temaplan, tittel="Ærlig åpenhet", grep=Grep.KJERNE, av=None, naa=fabrikk.NAA
    )
    assert nytt.nokkel == "aerlig-apenhet"
    assert plan.grepvalg.get(omraade=nytt).valgt is True
    assert not laast.grepvalg.filter(omraade=nytt).exists()
    assert set(nytt.seksjoner.filter(plan=plan.temaplan).values_list("nokkel", flat=True)) == {
        "omraade-aerlig-apenhet-hva",
        "omraade-aerlig-apenhet-derfor",
        "omraade-aerlig-apenhet-slik",
    }


def test_areas_change_places_and_sections_follow(kommunetre):
    plan = fabrikk.lag_temaplan()
    andre = plan.omraader.last()
    assert omraader.flytt_omraade(omraade=andre, opp=True, av=None, naa=fabrikk.NAA)
    assert [o.nummer for o in plan.omraader.all()] == ["6.1", "6.2"]
    assert plan.omraader.first() == andre
    i_kapittel = plan.seksjoner.filter(omraade__isnull=False).values_list("nokkel", flat=True)
    assert list(i_kapittel)[:3] == ["omraade-digital-hva", "omraade-digital-derfor", "omraade-digital-slik"]
    assert not omraader.flytt_omraade(omraade=andre, opp=True, av=None, naa=fabrikk.NAA)


def test_area_in_use_is_not_removed(kommunetre):
    plan = fabrikk.lag_delplan("Skoleplanen", enheter=[kommunetre.skolen])
    kjerne, stotte = plan.temaplan.omraader.all()
    with pytest.raises(ValidationError, match="Skoleplanen"):
        omraader.slett_omraade(omraade=kjerne, av=None, naa=fabrikk.NAA)
    fabrikk.skriv(plan, "grep-digital")
    with pytest.raises(ValidationError, match="Skoleplanen"):
        omraader.slett_omraade(omraade=stotte, av=None, naa=fabrikk.NAA)
    fabrikk.skriv(plan, "grep-digital", "")
    omraader.slett_omraade(omraade=stotte, av=None, naa=fabrikk.NAA)
    assert not Seksjon.objects.filter(nokkel="grep-digital").exists()
    assert Grepvalg.objects.filter(plan=plan).count() == 1
