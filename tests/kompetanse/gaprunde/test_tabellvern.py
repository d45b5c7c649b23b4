"""Attacks on what is shown of an extract in the gap analyses, by a reader who knows how many the municipality has of
each position group, and how many are employed in each unit.
"""

import io
from datetime import date

import openpyxl
import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analyse.models import Ansattkategori, Stilling, Uttrekk
from analyse.services.uttrekk import angre_uttrekk
from felles.prikking import System, avslorte
from kompetanse.gap import tabellvern
from kompetanse.gap.gruppetall import REST, Gruppetall
from kompetanse.gap.regning import AVGANGSAAR, HORISONTER
from kompetanse.gap.tabellvern import celle_for, skjulte_grupper, som_system
from kompetanse.models import Gapanalyse, Gaprad, Gaprunde, Kompetanse
from kompetanse.queries import gapvern
from kompetanse.queries.gapkart import Analysekart
from kompetanse.queries.gapvern import Radvern, les_radvern
from kompetanse.services.gapsvar import begynn
from kompetanse.visning.gapstempel import stempel
from organisasjon.models import Enhet
from organisasjon.services import flytt_enhet
from planer.gaptiltak import startverdier_fra_rad
from tests.fabrikk import lag_uttrekk
from tests.felles.test_prikking import mulige_verdier
from tests.kompetanse.gaprunde.fabrikk import NAA, lag_analyse, lag_rad, lag_runde
from tests.kompetanse.gapsvar.fabrikk import folk
from tests.planer.fabrikk import lag_delplan


def gruppe(navn):
    return (navn, False)


def tall(deler, av=None):
    """Part → group → persons, one analysis for each part unless said otherwise."""
    deler = {nr: {gruppe(g): n for g, n in egne.items() if n} for nr, egne in deler.items()}
    av = av or {nr: (nr,) for nr in deler if nr != REST}
    analyser = {pk: {} for pk in av}
    for pk, nr in ((pk, nr) for pk, egne in av.items() for nr in egne):
        for g, n in deler[nr].items():
            analyser[pk][g] = analyser[pk].get(g, 0) + n
    return Gruppetall(analyser, deler, av)


def skjult(t):
    return {(pk, g) for pk, (g, _leder) in skjulte_grupper(t, {1: list(t.av)})}


SMAA = {"X": 3, "Y": 3}


@pytest.mark.parametrize(
    ("deler", "av", "ventet"),
    [
        # The total of S is known, so one more must be hidden; outside the round there may be enough to hide among.
        ({1: {"S": 3}, 2: {"S": 20}, 3: {"S": 30}}, None, {(1, "S"), (2, "S")}),
        ({1: {"S": 3}, 2: {"S": 20}, REST: {"S": 9}}, None, {(1, "S")}),
        ({1: {"S": 10}, 2: {"S": 20}, REST: {"S": 2}}, None, {(1, "S")}),
        # Part 2 is the difference of two analyses, of different rounds.
        ({1: {"S": 20}, 2: {"S": 2}, REST: {"S": 50}}, {1: (1,), 2: (1, 2)}, {(1, "S")}),
        # The same people in two rounds are hidden in both or in none.
        ({1: {"S": 3}, REST: {"S": 50}}, {1: (1,), 2: (1,)}, {(1, "S"), (2, "S")}),
        ({1: {"S": 10, "H": 9}, 2: {"S": 20}}, None, set()),
    ],
)
def test_det_som_roeper_et_lite_tall_skjules(deler, av, ventet):
    # With two small groups besides, the unit's total gives nothing away.
    deler = {nr: egne | SMAA for nr, egne in deler.items()}
    assert {(pk, g) for pk, g in skjult(tall(deler, av)) if g not in SMAA} == ventet


def test_enhetens_sum_roeper_heller_ikke():
    alene = tall({1: {"S": 20, "H": 9, "K": 2}, REST: {"S": 9, "H": 9, "K": 9}})
    assert skjult(alene) == {(1, "H"), (1, "K")}


ETT_TALL = st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 9])
RADER = st.lists(st.lists(ETT_TALL, min_size=3, max_size=3), min_size=2, max_size=4)


@settings(max_examples=60, deadline=None)
@given(RADER, st.booleans(), st.booleans())
@example([[5, 2, 4], [6, 3, 4]], False, False)
def test_ingen_skjult_gruppe_kan_regnes_ut(rader, rest, overlapp):
    """What margins and shown numbers together give away, the margins give away alone."""
    deler = {nr: dict(zip("SHK", rad, strict=True)) for nr, rad in enumerate(rader)}
    if rest:
        deler[REST] = deler.pop(0)
    egne = sorted(nr for nr in deler if nr != REST)
    av = {nr: (nr,) for nr in egne} | ({99: tuple(egne[:2])} if overlapp and len(egne) > 2 else {})
    t = tall(deler, av)
    system = som_system(t, {1: list(av)})
    gjemt = {celle_for(t, pk, g) for pk, g in skjulte_grupper(t, {1: list(av)})}
    uunngaaelig = set(avslorte(system, set(system.vist)))
    assert set(avslorte(system, gjemt)) <= uunngaaelig
    if len(gjemt | (system.verdier.keys() - system.vist)) < 7:
        bestemt = {(c,) for c, v in mulige_verdier(system, gjemt, 40).items() if len(v) == 1 and c in gjemt}
        if smaa := {f for f in bestemt if system.verdier[f[0]] < 5} - uunngaaelig:
            # Every table of a municipality where all is hidden: very many, so only when it matters.
            assert smaa <= {(c,) for c, v in mulige_verdier(system, set(system.vist), 40).items() if len(v) == 1}


# Through the views


FOLK = {
    "hjemmetjenesten": {"Sykepleier": 20, "Helsefagarbeider": 12, "Assistent": 8},
    "sykehjemmet": {"Sykepleier": 15, "Helsefagarbeider": 9},
    "skolen": {"Lærer": 30, "Sykepleier": 2, "Assistent": 6},
}


def svar(analyse, **felt):
    """The analysis as it is filled in, answered and approved."""
    begynn(analyse=analyse, av=None, naa=NAA)
    tall_ = {f"trenger_{om}": 60 for om in HORISONTER} | {f"avgang_{aar}": 0 for aar in AVGANGSAAR}
    Gaprad.objects.filter(analyse=analyse).update(**tall_ | {"kritisk": 3, "besvart": NAA} | felt)
    Gapanalyse.objects.filter(pk=analyse.pk).update(status="godkjent", levert=NAA, avgjort=NAA)


@pytest.fixture
def runde(kommunetre):
    """Three units filled in from an extract; the only two sykepleiere outside Helse are at the school."""
    rader = [
        r
        for nr, (enhet, antall) in enumerate(FOLK.items())
        for r in folk(getattr(kommunetre, enhet), antall.items(), 1 + 100 * nr)
    ]
    runde = lag_runde("stengt", uttrekk=lag_uttrekk(rader))
    Gaprunde.objects.update(status="aapen")
    for enhet in FOLK:
        svar(lag_analyse(runde, getattr(kommunetre, enhet), status="ikke_begynt"))
    Gaprunde.objects.update(status="stengt")
    runde.refresh_from_db()
    return runde


def lest(klient, runde):
    """(unit, group) → how many there are, as the analyses say."""
    ut = {}
    for analyse in runde.analyser.order_by("pk"):
        rader = klient.get(reverse("kompetanse:gapanalyse", args=[analyse.pk])).context["rader"]
        for r in rader:
            ut[analyse.navn, r["rad"].navn] = {x.slag: x.verdier for x in r["linjer"]}["har"][0]
    return ut


def mulige_sykepleiere(vist, kommunetre):
    """What the school's sykepleiere can be, for one who knows the totals of groups and units besides what is shown."""
    system, grupper = System(), {g for egne in FOLK.values() for g in egne}
    navn = {getattr(kommunetre, enhet).navn: egne for enhet, egne in FOLK.items()}
    for enhet, egne in navn.items():
        for g, n in egne.items():
            system.legg_til((enhet, g), n)
            system.gulv[enhet, g] = 1
        system.relasjoner.append({(enhet, g): 1 for g in egne})
    for g in grupper:
        system.relasjoner.append({(enhet, g): 1 for enhet, egne in navn.items() if g in egne})
    # A group without a row is not shown at all.
    gjemt = {c for c in system.vist if not vist.get(c, "skjult").isdigit()}
    return mulige_verdier(system, gjemt, 40)["Åsen skole", "Sykepleier"]


@pytest.mark.django_db
@pytest.mark.parametrize("rolle", ["tillitsvalgt", "verneombud"])
def test_det_vernede_lesere_ser_roeper_ikke_skolens_to(runde, som, kommunetre, rolle, monkeypatch):
    leser = som(rolle)
    vist = lest(leser, runde)
    assert len(mulige_sykepleiere(vist, kommunetre)) > 1
    assert vist["Åsen skole", "Lærer"] == "30" and "20" in vist.values(), "what tells nothing is shown"
    # The same attack finds them when only small numbers are hidden.
    cache.clear()
    monkeypatch.setattr(tabellvern, "beskytt", lambda s: {c for c in s.vist if s.verdier[c] < 5})
    assert mulige_sykepleiere(lest(leser, runde), kommunetre) == {2}


@pytest.mark.django_db
def test_den_samme_avgjoerelsen_gjelder_overalt(runde, som, kommunetre):
    """A row that is hidden for the others' sake: analysis, results, workbook, search and tiltak."""
    sykehjem = runde.analyser.get(navn="Sykehjemmet")
    rad = sykehjem.rader.get(navn="Sykepleier")
    hr, leser = som("hr"), som("tillitsvalgt")
    assert les_radvern([sykehjem.pk]).skjuler_rad(rad)
    assert (lest(hr, runde)["Sykehjemmet", "Sykepleier"], lest(leser, runde)["Sykehjemmet", "Sykepleier"]) == (
        "15",
        "skjult",
    )
    lesesiden = leser.get(reverse("kompetanse:gapanalyse", args=[runde.analyser.get(navn="Hjemmetjenesten").pk]))
    navn = [(r["rad"].navn, r["linjer"][0].verdier[0]) for r in lesesiden.context["rader"]]
    gjemt = [n for n, v in navn if v == "skjult"]
    assert [n for n, _v in navn][-len(gjemt) :] == sorted(gjemt), "hidden ones last: the order tells nothing of them"
    enhet = reverse("kompetanse:gapresultat_enhet", args=[runde.pk, sykehjem.pk])
    for klient, ventet in ((hr, {15, 45}), (leser, {"skjult"})):
        vist = next(v for r, v, _kilde in klient.get(enhet).context["linjer"] if r.navn == "Sykepleier")
        assert {vist[0].har, *(h.gap for h in vist)} == ventet
        treff = klient.get(reverse("kompetanse:hvem_kan"), {"q": "sykepleier"}).context["treff"][0]
        assert {f.enhet: f.antall for f in treff.funn}["Sykehjemmet"] == (15 if klient is hr else "skjult")
    varme = leser.get(reverse("kompetanse:gapresultat", args=[runde.pk])).context["tabell"]
    celler = {r.navn: {n: c.tall for n, c in r.celler} for g in varme.grupper for r in [*g.rader, g.sum] if r}
    assert celler["Sykehjemmet"]["Sykepleier"] == "skjult" == celler["Sum, Helse og omsorg"]["Sykepleier"]
    # The gap of the others would tell how many they have: 60 − 40 left.
    assert {n: c.tall for n, c in varme.sum.celler}["Sykepleier"] == "skjult"
    bok = openpyxl.load_workbook(io.BytesIO(leser.get(reverse("kompetanse:gapresultat_xlsx", args=[runde.pk])).content))
    rader = list(bok["Rader"].values)
    mine = [dict(zip(rader[0], r, strict=True)) for r in rader[1:] if r[0] == "Sykehjemmet" and r[2] == "Sykepleier"]
    assert [r["Mangler om fem år"] for r in mine] == ["skjult"]
    verdier = startverdier_fra_rad(rad, lag_delplan("Helse", enheter=[kommunetre.sykehjemmet]))
    assert "nullpunkt" not in verdier and verdier["maaltall"] == 60


@pytest.mark.django_db
def test_skjult_foelger_uttrekket_og_ikke_svarene(runde, kommunetre):
    """The same in another round of the same extract, whatever the leader has answered, and when the extract is gone."""
    foer = {a.navn: les_radvern([a.pk]).skjulte[a.pk] for a in runde.analyser.all()}
    assert foer["Åsen skole"] >= {"sykepleier"}
    Gaprad.objects.filter(navn="Sykepleier").update(har=33)
    ny = lag_runde("aapen", uttrekk=runde.uttrekk)
    lik = lag_analyse(ny, kommunetre.skolen, status="ikke_begynt")
    sammen = lag_analyse(ny, kommunetre.hjemmetjenesten, kommunetre.sykehjemmet, status="ikke_begynt")
    alle = [lik.pk, sammen.pk, *runde.analyser.values_list("pk", flat=True)]
    vern = les_radvern(alle)
    assert vern.skjulte[lik.pk] == vern.skjulte[runde.analyser.get(navn="Åsen skole").pk] >= {"sykepleier"}
    skole = Gaprad.objects.get(analyse__runde=runde, analyse__navn="Åsen skole", navn="Lærer")
    assert not vern.skjuler_rad(skole)
    skole.forslag["har"] = 29
    assert vern.skjuler_rad(skole), "it says something else than the extract"
    svar(lik)
    svar(sammen)
    runde.uttrekk.rader_slettet = timezone.now()
    runde.uttrekk.save()
    etter = les_radvern(alle)
    assert etter.skjulte[lik.pk] == etter.skjulte[runde.analyser.get(navn="Åsen skole").pk] >= {"sykepleier"}
    hjemme = runde.analyser.get(navn="Hjemmetjenesten")
    assert etter.skjulte[hjemme.pk] == {"sykepleier", "helsefagarbeider", "assistent"}, "it overlaps another one"


@pytest.mark.django_db
def test_uten_uttrekk_er_det_bare_de_egne_reglene(kommunetre):
    rad = lag_rad(lag_analyse(lag_runde(), kommunetre.skolen), "Lærere", har=30)
    assert not les_radvern([rad.analyse_id]).skjuler_rad(rad)
    rad.forslag = {"i_fjor": {"aar": 2025, "verdier": {"har": "30"}}}
    assert les_radvern([rad.analyse_id]).skjuler_rad(rad), "last year's number, from an extract"
    rad.forslag = {"kilde": "uttrekk", "dato": "2025-07-01", "har": 30}
    assert Radvern().skjuler_rad(rad), "nothing is known of the analysis"


def _ny_gruppe(runde, tre):
    stilling = Stilling.objects.get(navn="Assistent")
    stilling.gruppe = "Helsefagarbeider"
    stilling.save()


def _leder(runde, tre):
    stilling = Stilling.objects.get(navn="Assistent")
    stilling.funksjon = "enhetsleder"
    stilling.save()


def _kategori(runde, tre):
    for kategori in Ansattkategori.objects.all():
        kategori.telling = "utenfor"
        kategori.save()


def _flyttet(runde, tre):
    flytt_enhet(enhet=tre.sykehjemmet, ny_forelder=tre.oppvekst)


def _nytt_uttrekk(runde, tre):
    lag_uttrekk(folk(tre.skolen, [("Lærer", 9)]), dato=date(2026, 7, 1))


def _slettet(runde, tre):
    Uttrekk.objects.update(rader_slettet=timezone.now())


def _ny_runde(runde, tre):
    lag_analyse(lag_runde("aapen", uttrekk=runde.uttrekk), tre.oppvekst, status="ikke_begynt")


def _ny_enhet(runde, tre):
    runde.analyser.get(navn="Sykehjemmet").enheter.add(tre.barnehagen)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "endre", [_ny_gruppe, _leder, _kategori, _flyttet, _nytt_uttrekk, _slettet, _ny_runde, _ny_enhet]
)
def test_det_som_er_avgjort_brukes_aldri_naar_grunnlaget_er_endret(runde, kommunetre, monkeypatch, endre):
    regnet, ekte = [], gapvern.skjulte_grupper
    monkeypatch.setattr(gapvern, "skjulte_grupper", lambda *arg: regnet.append(arg) or ekte(*arg))
    alle, foer = list(runde.analyser.values_list("pk", flat=True)), stempel(runde)
    les_radvern(alle)
    Gaprad.objects.update(har=77)
    les_radvern(alle)
    assert len(regnet) == 1 and stempel(runde) == foer, "the answers are not what it is made from"
    endre(runde, kommunetre)
    etter = les_radvern(alle)
    assert len(regnet) == 2 and stempel(runde) != foer
    cache.clear()
    assert les_radvern(alle) == etter


@pytest.mark.django_db
def test_merket_kommer_ikke_tilbake_naar_et_uttrekk_angres(runde, kommunetre):
    """What is computed while an extract comes in must not be used when it is undone."""
    merker = [(Analysekart.les().merke, stempel(runde))]
    nytt = lag_uttrekk(folk(kommunetre.skolen, [("Lærer", 9)]), dato=date(2026, 7, 1))
    merker.append((Analysekart.les().merke, stempel(runde)))
    angre_uttrekk(uttrekk=nytt)
    merker.append((Analysekart.les().merke, stempel(runde)))
    assert len({kart for kart, _side in merker}) == len({side for _kart, side in merker}) == 3


@pytest.mark.django_db
@pytest.mark.parametrize("modell", [Enhet, Stilling, Ansattkategori, Gaprunde, Kompetanse])
def test_merket_ser_ogsaa_en_endring_som_blir_synlig_etter_en_nyere(runde, modell):
    """Two who write at once: the one with the lower number may be the last to be seen."""
    historie = modell.historie.model
    if modell is Kompetanse:
        Kompetanse.objects.create(navn="A")
        Kompetanse.objects.create(navn="B")
    elif modell is not Enhet:
        for _gang in range(2):
            modell.objects.first().save()
    foer = stempel(runde)
    historie.objects.earliest("history_id").delete()
    assert stempel(runde) != foer


@pytest.mark.django_db
def test_fast_antall_spoerringer_paa_resultatet_naar_ingenting_er_beholdt(runde, som):
    sti = reverse("kompetanse:gapresultat", args=[runde.pk])
    antall = {}
    for rolle in ("tillitsvalgt", "verneombud", "hr"):
        klient = som(rolle)
        klient.get(sti)
        cache.clear()
        with CaptureQueriesContext(connection) as fanget:
            assert klient.get(sti).context["tabell"].grupper
        antall[rolle] = len(fanget)
    assert antall == {"tillitsvalgt": 15, "verneombud": 15, "hr": 11}


@pytest.mark.django_db
def test_fast_antall_spoerringer_og_regnet_ut_en_gang(runde, som, monkeypatch):
    leser, antall = som("tillitsvalgt"), []
    lest(leser, runde)
    monkeypatch.setattr(gapvern, "skjulte_grupper", None)
    for analyse in runde.analyser.all():
        with CaptureQueriesContext(connection) as fanget:
            leser.get(reverse("kompetanse:gapanalyse", args=[analyse.pk]))
        antall.append(len(fanget))
    assert len(set(antall)) == 1 and antall[0] == 13


@pytest.mark.django_db
def test_like_mange_spoerringer_naar_flere_uttrekk_og_nye_enheter_er_med(runde, kommunetre):
    """Another round from a newer extract, in which the school has been taken over by a new unit."""

    def spoerringer():
        cache.clear()
        with CaptureQueriesContext(connection) as fanget:
            vern = les_radvern(Gapanalyse.objects.order_by("pk").values_list("pk", flat=True))
        return len(fanget), vern

    ett, foer = spoerringer()
    rader = [*folk(kommunetre.skolen, [("Lærer", 25), ("Sykepleier", 2)]), *folk(kommunetre.helse, [("Lærer", 9)], 50)]
    nyere = lag_uttrekk(rader, dato=date(2026, 7, 1))
    ny = Enhet.objects.create(navn="Ny skole", type="enhet", parent=kommunetre.oppvekst, gyldig_fra=date(2026, 8, 1))
    Enhet.objects.filter(pk=kommunetre.skolen.pk).update(erstattet_av=ny)
    analyse = lag_analyse(lag_runde("aapen", uttrekk=nyere), ny, status="ikke_begynt")
    flere, etter = spoerringer()
    assert etter.antall[analyse.pk] == {"lærer": frozenset({25}), "sykepleier": frozenset({2})}
    assert "sykepleier" in etter.skjulte[analyse.pk]
    assert {pk: etter.skjulte[pk] for pk in foer.skjulte} == foer.skjulte
    assert ett == flere == 5, "the analyses asked for, the map, and three of the extracts"
    Uttrekk.objects.update(rader_slettet=timezone.now())
    assert spoerringer()[0] == 6
