"""Beginning: rows from the extract, counts from the competence system, last year's answers; what is remembered."""

import uuid
from datetime import date

import pytest
from django.utils import timezone

from analyse.models import Stilling
from kompetanse.enums import Gapradslag, Gapstatus, Rundestatus, Vei
from kompetanse.gap.regning import AVGANGSAAR, HORISONTER
from kompetanse.gapfelt import FRA_I_FJOR, TRENGER
from kompetanse.models import Gaprad, Kompetanse, Kompetanseinnlesing, Kompetansetall
from kompetanse.queries.gapsvar import foregaaende
from kompetanse.queries.kompetansetall import Telling, tellinger_for
from kompetanse.services import gapsvar as tjenester
from kompetanse.services.gapsvar_rader import legg_til, ta_med_grupper
from kompetanse.visning.gapsvar import fra_i_fjor, hvorfor, radkilde
from tests.fabrikk import lag_enhet, lag_uttrekk
from tests.kompetanse.gapsvar.fabrikk import NAA, folk, lag_analyse, lag_besvart, lag_rad, lag_runde, med_uttrekk

pytestmark = pytest.mark.django_db


def begynn(analyse):
    tjenester.begynn(analyse=analyse, av=None, naa=NAA)
    analyse.refresh_from_db()
    return list(analyse.rader.all())


def les_inn(dato: date, tall: list[tuple], kilde: str = "Kompetanseportalen") -> None:
    innlesing = Kompetanseinnlesing.objects.create(
        dato=dato, kilde=kilde, fil="f.xlsx", fil_hash="0" * 64, opprettet=timezone.now(), antall_rader=len(tall)
    )
    Kompetansetall.objects.bulk_create(
        Kompetansetall(innlesing=innlesing, enhet=e, kompetanse=k, antall=n) for e, k, n in tall
    )


def test_radene_fylles_inn_fra_uttrekket_en_gang(kommunetre):
    med_uttrekk(kommunetre)
    analyse = lag_analyse(lag_runde(), kommunetre.hjemmetjenesten)
    sykepleiere, fagarbeidere = begynn(analyse)
    assert (sykepleiere.navn, sykepleiere.har, sykepleiere.har_aarsverk) == ("Sykepleier", 10, 8)
    assert (fagarbeidere.navn, fagarbeidere.har, fagarbeidere.nummer) == ("Helsefagarbeider", 4, 2)
    # They are 55 on the extract's day, and ten of the 35 between 55 and 64 left within a year.
    assert [getattr(sykepleiere, f"avgang_{aar}") for aar in AVGANGSAAR] == [3, 6, 8, 10]
    assert sykepleiere.trenger_0 is None and sykepleiere.besvart is None
    forklart = hvorfor(sykepleiere)
    assert forklart.sum == ["2,9", "6,4", "8,1", "9,5"] and forklart.avrundet == ["3", "6", "8", "10"]
    assert [a[:2] for a in forklart.aldre] == [("55–64", 10)]
    assert (analyse.status, analyse.steg, analyse.arbeid["dato"]) == (Gapstatus.I_ARBEID, "rader", "2025-07-01")
    assert [g["gruppe"] for g in analyse.arbeid["grupper"]] == ["Sekretær"]
    assert begynn(analyse) == [sykepleiere, fagarbeidere]
    assert analyse.historie.first().status == Gapstatus.I_ARBEID


def test_rundens_uttrekk_gjelder_foer_det_nyeste_og_det_nyeste_naar_radene_er_slettet(kommunetre):
    gammelt = lag_uttrekk(folk(kommunetre.skolen, [("Lærer", 5)]), dato=date(2024, 7, 1))
    lag_uttrekk(folk(kommunetre.skolen, [("Lærer", 9)]))
    for slettet, antall in ((None, 5), (timezone.now(), 9)):
        gammelt.rader_slettet = slettet
        gammelt.save()
        analyse = lag_analyse(lag_runde(uttrekk=gammelt), kommunetre.skolen)
        assert [r.har for r in begynn(analyse)] == [antall]


def test_flere_enheter_og_alt_under_dem_telles_en_gang(kommunetre):
    rader = folk(kommunetre.hjemmetjenesten, [("Sykepleier", 3)], avdeling=kommunetre.hjemme_nord)
    lag_uttrekk([*rader, *folk(kommunetre.sykehjemmet, [("Sykepleier", 4)], 50)])
    enheter = (kommunetre.hjemmetjenesten, kommunetre.hjemme_nord, kommunetre.sykehjemmet)
    assert [r.har for r in begynn(lag_analyse(lag_runde(), *enheter))] == [7]
    assert [r.har for r in begynn(lag_analyse(lag_runde(), kommunetre.hjemme_nord))] == [3]


def test_enhet_som_kom_etter_uttrekket_teller_den_den_tok_over_fra(kommunetre):
    lag_uttrekk(folk(kommunetre.skolen, [("Lærer", 6)]))
    ny = lag_enhet("Nye Åsen skole", "enhet", kommunetre.oppvekst, "215")
    kommunetre.skolen.erstattet_av = ny
    kommunetre.skolen.save()
    assert [r.har for r in begynn(lag_analyse(lag_runde(), ny))] == [6]


@pytest.mark.parametrize("lag", [False, True])
def test_uten_tall_i_uttrekket_begynner_analysen_tom(kommunetre, lag):
    if lag:
        med_uttrekk(kommunetre)
    analyse = lag_analyse(lag_runde(), kommunetre.barnehagen)
    assert begynn(analyse) == [] and analyse.status == Gapstatus.I_ARBEID


def test_stengt_runde_kan_ikke_begynnes(kommunetre):
    analyse = lag_analyse(lag_runde(status=Rundestatus.STENGT), kommunetre.skolen)
    with pytest.raises(tjenester.Stengt):
        begynn(analyse)
    assert Gaprad.objects.count() == 0


def test_svarene_fra_i_fjor_foelger_med_og_merkes(kommunetre):
    med_uttrekk(kommunetre)
    i_fjor = lag_analyse(lag_runde(2025), kommunetre.hjemmetjenesten)
    fag = Kompetanse.objects.get(navn="Autorisasjon som sykepleier")
    felt = {"trenger_0": 41, "trenger_1": 43, "trenger_3": 46, "trenger_5": 50, "notat": "Se turnus", "besvart": NAA}
    lag_rad(i_fjor, "Sykepleier", spesiell=True, kompetanse=fag, kritisk=4, veier=Vei.UTVIKLE, **felt)
    lag_rad(i_fjor, "Sekretær", har=1, kritisk=2)
    lag_rad(i_fjor, "Demensomsorg", gruppe="", slag=Gapradslag.KOMPETANSE, har=6, trenger_0=8)
    analyse = lag_analyse(lag_runde(), kommunetre.hjemmetjenesten)
    assert foregaaende(analyse) is None
    i_fjor.status = Gapstatus.LEVERT
    i_fjor.save()
    rader = {r.navn: r for r in begynn(analyse)}
    # The small group had a row last year, so it has one now; and so has last year's competence.
    assert list(rader) == ["Sykepleier", "Helsefagarbeider", "Sekretær", "Demensomsorg"]
    s = rader["Sykepleier"]
    assert (s.har, s.kritisk, s.kompetanse, s.veier, s.notat) == (10, 4, fag, "utvikle", "Se turnus")
    assert [getattr(s, f"trenger_{om}") for om in HORISONTER] == [43, 45, 48, 50]
    assert s.besvart is None and s.forslag["i_fjor"]["trenger"] == {"2025": 41, "2026": 43, "2028": 46, "2030": 50}
    assert set(fra_i_fjor(s)) == {*FRA_I_FJOR, *TRENGER}
    s.trenger_5 = 60
    assert fra_i_fjor(s)["trenger_5"] is False and fra_i_fjor(s)["trenger_0"] is True
    demens = rader["Demensomsorg"]
    assert (demens.har, demens.trenger_0, demens.avgang_1) == (6, 8, 2) and "har" in fra_i_fjor(demens)
    assert "i_fjor" not in rader["Helsefagarbeider"].forslag


def test_bare_de_samme_enhetene_eller_planen_er_i_fjor(kommunetre):
    plan = uuid.uuid4()
    foer = lag_runde(2024)
    annen = lag_analyse(foer, kommunetre.skolen, kommunetre.barnehagen, status=Gapstatus.GODKJENT)
    samme_plan = lag_analyse(foer, kommunetre.barnehagen, plan=plan, status=Gapstatus.GODKJENT)
    naa = lag_runde()
    assert foregaaende(lag_analyse(naa, kommunetre.skolen)) is None
    assert foregaaende(lag_analyse(naa, kommunetre.barnehagen, kommunetre.skolen)) == annen
    assert foregaaende(lag_analyse(naa, kommunetre.barnehagen, kommunetre.stab, plan=plan)) == samme_plan


def test_tall_fra_kompetansesystemet_nyeste_per_kilde(kommunetre):
    k, tre = Kompetanse.objects.first(), kommunetre
    les_inn(date(2025, 1, 1), [(tre.hjemmetjenesten, k, 30), (tre.skolen, k, 4)])
    les_inn(date(2026, 1, 1), [(tre.hjemmetjenesten, k, 31), (tre.hjemme_nord, k, 9), (tre.sykehjemmet, k, 5)])
    # A unit's own count is used, not those of its parts; a sector's is put together. What the newest reading does not
    # say is not known.
    assert tellinger_for([tre.hjemmetjenesten.pk]) == {k.pk: Telling(31, "Kompetanseportalen", date(2026, 1, 1))}
    samlet = Telling(36, "Kompetanseportalen", date(2026, 1, 1))
    assert tellinger_for([tre.helse.pk, tre.hjemmetjenesten.pk]) == {k.pk: samlet}
    assert tellinger_for([tre.hjemme_sor.pk]) == tellinger_for([tre.skolen.pk]) == {}


def test_kompetanse_fra_katalogen_faar_antallet_med_kilde(kommunetre):
    med_uttrekk(kommunetre)
    k = Kompetanse.objects.get(navn="Demensomsorg")
    les_inn(date(2026, 1, 1), [(kommunetre.hjemmetjenesten, k, 6)])
    analyse = lag_analyse(lag_runde(), kommunetre.hjemmetjenesten)
    begynn(analyse)
    (rad,) = legg_til(analyse=analyse, slag=Gapradslag.KOMPETANSE, navn=["demensomsorg"], av=None, naa=NAA)
    assert (rad.navn, rad.kompetanse, rad.har, rad.avgang_1) == ("Demensomsorg", k, 6, 2)
    assert (rad.forslag["kildenavn"], rad.forslag["dato"]) == ("Kompetanseportalen", "2026-01-01")


def test_smaa_grupper_og_ledere_er_ett_trykk_unna(kommunetre):
    leder = folk(kommunetre.hjemmetjenesten, [("Enhetsleder", 1)], 90)
    med_uttrekk(kommunetre, leder)
    Stilling.objects.filter(navn="Enhetsleder").update(funksjon="enhetsleder")
    analyse = lag_analyse(lag_runde(), kommunetre.hjemmetjenesten)
    assert [r.navn for r in begynn(analyse)] == ["Sykepleier", "Helsefagarbeider"]
    assert [g["gruppe"] for g in analyse.arbeid["ledere"]] == ["Ledere"]
    valgt = ["Sekretær", "Ledere", "Finnes ikke"]
    assert ta_med_grupper(analyse=analyse, grupper=valgt, av=None, naa=NAA) == 2
    assert ta_med_grupper(analyse=analyse, grupper=valgt, av=None, naa=NAA) == 0
    analyse.refresh_from_db()
    assert (analyse.arbeid["grupper"], analyse.arbeid["ledere"], analyse.rader.count()) == ([], [], 4)


def test_antall_spoerringer_foelger_ikke_antall_ansatte_eller_rader(kommunetre, django_assert_max_num_queries):
    med_uttrekk(kommunetre, folk(kommunetre.hjemmetjenesten, [(f"Stilling {n}", 4) for n in range(9)], 500))
    i_fjor = lag_analyse(lag_runde(2025), kommunetre.hjemmetjenesten)
    for n in range(9):
        lag_besvart(i_fjor, f"Stilling {n}")
    i_fjor.status = Gapstatus.GODKJENT
    i_fjor.save()
    analyse = lag_analyse(lag_runde(), kommunetre.hjemmetjenesten)
    with django_assert_max_num_queries(45):
        begynn(analyse)
    assert analyse.rader.count() >= 9


@pytest.mark.parametrize(
    ("forslag", "har", "kilde"),
    [
        ({"kilde": "uttrekk", "dato": "2025-07-01", "har": 4}, 4, "Uttrekket 1. juli 2025"),
        ({"kilde": "uttrekk", "dato": "2025-07-01", "har": 4}, 5, "Uttrekket 1. juli 2025, rettet av lederen"),
        ({"kilde": "uttrekk", "dato": "2025-07-01", "har": 4}, None, "Uttrekket 1. juli 2025"),
        (
            {"kilde": "kompetansesystem", "kildenavn": "Portalen", "dato": "2026-01-02", "har": 3},
            3,
            "Portalen, 2. januar 2026",
        ),
        ({"i_fjor": {"aar": 2025}}, 3, "Lederens eget tall"),
        ({}, 0, "Lederens eget tall"),
    ],
)
def test_kilden_til_antallet_sies_med_dato(forslag, har, kilde):
    assert radkilde(forslag, har) == kilde
