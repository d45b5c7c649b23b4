"""Several people at once on PostgreSQL, in threads with transactions of their own: adopting, deleting and saving meet.

Nobody meets anything but a clear refusal (no deadlock, no broken reference), and what was accepted is what is kept.
The tests' SQLite lives in memory, where threads share one lock, so there is nothing to see there.
"""

import threading
from collections import Counter
from collections.abc import Callable, Sequence

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import Http404
from django.test import Client
from django.urls import reverse

from felles.laas import Foreldet
from planer.enums import Tiltakstatus
from planer.models import Plan, Seksjon, Tiltak, Vedtak
from planer.services.flyt import vedta
from planer.services.omraader import lagre_omraade, slett_omraade
from planer.services.planer import slett_plan
from planer.services.seksjoner import flytt_egen, lagre_seksjon, opprett_egen, slett_egen
from planer.services.tiltak import folg_opp, lagre_tiltak, slett_tiltak
from planer.services.tiltakssamling import Fellesverdier, endre_samlet
from planer.services.vedtak import kontroller
from tests.planer.fabrikk import lag_delplan, lag_tiltak
from tests.planer.flyt.hjelp import NAA, klar_til_vedtak, lag_verden

pytestmark = [
    pytest.mark.bare_postgres,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
Arbeid = Callable[[], object]
NEKTET = (ValidationError, Foreldet, Http404)


def samtidig(
    *arbeid: Callable[[], object], midt: Sequence[Callable[[], object]] = (), ganger: int = 8
) -> list[Counter]:
    """Run each of these in a thread, over and over, beginning at the same moment; what is in `midt` once, when all the
    others have come a little on their way. Returns how the first ones fared: «ok», or what refused it. Any other error
    fails the test.
    """
    antall = len(arbeid) + len(midt)
    start, underveis = (threading.Barrier(antall, timeout=20) for _ in range(2))
    utfall, feil = [Counter() for _ in range(antall)], []

    def runde(nr: int, gjor: Arbeid) -> None:
        try:
            gjor()
            utfall[nr]["ok"] += 1
        except NEKTET as nektet:
            utfall[nr][" ".join(getattr(nektet, "messages", [type(nektet).__name__]))] += 1

    def kjor(nr: int, gjor: Arbeid) -> None:
        try:
            start.wait()
            for omgang in range(ganger if nr < len(arbeid) else 0):
                runde(nr, gjor)
                if omgang == min(1, ganger - 1):
                    underveis.wait()
            if nr >= len(arbeid):
                underveis.wait()
                runde(nr, gjor)
        except Exception as uventet:
            feil.append(uventet)
        finally:
            connection.close()

    traader = [threading.Thread(target=kjor, args=par) for par in enumerate((*arbeid, *midt))]
    for traad in traader:
        traad.start()
    for traad in traader:
        traad.join(60)
    assert feil == []
    return utfall


def test_vedtak_mens_andre_lagrer(kommunetre):
    verden = lag_verden(kommunetre)
    plan = klar_til_vedtak(verden)
    seksjoner = list(plan.seksjoner.all()[:3])
    tiltak = plan.tiltak.select_related("plan").first()
    teller = iter(range(10_000))

    def skriv(seksjon: Seksjon) -> Arbeid:
        return lambda: lagre_seksjon(
            seksjon=seksjon, html=f"<p>Nr {next(teller)}</p>", forventet=None, av=verden.enhetsleder, naa=NAA
        )

    def endre() -> object:
        verdier = {"hva": f"Nr {next(teller)}"}
        return lagre_tiltak(tiltak=tiltak, plan=tiltak.plan, verdier=verdier, av=verden.enhetsleder, naa=NAA)

    samtidig(
        *map(skriv, seksjoner),
        endre,
        lambda: folg_opp(tiltak=tiltak, dato=NAA.date(), tekst="x", status="i_gang", av=verden.enhetsleder, naa=NAA),
        midt=[lambda: vedta(plan=plan, av=verden.kommunedirektor, sak="", naa=NAA)],
        ganger=12,
    )
    vedtak = Vedtak.objects.get(plan=plan)
    vedtak.plan = Plan.objects.get(pk=plan.pk)
    assert kontroller(vedtak).tekst and kontroller(vedtak).innhold
    frosset = {t["ident"]: t["hva"] for t in vedtak.innhold["tiltak"]}
    assert frosset[tiltak.ident] == Tiltak.objects.get(pk=tiltak.pk).hva


def test_seksjon_slettes_og_flyttes_mens_andre_skriver_i_den(kommunetre):
    verden = lag_verden(kommunetre)
    for _runde in range(3):
        egne = [
            opprett_egen(plan=verden.plan, kapittel=1, overskrift=f"Egen {nr}", av=verden.hr, naa=NAA)
            for nr in range(2)
        ]
        teller = iter(range(10_000))

        def skriv(seksjon: Seksjon = egne[0], nr=teller) -> object:
            return lagre_seksjon(seksjon=seksjon, html=f"<p>{next(nr)}</p>", forventet=None, av=verden.hr, naa=NAA)

        svar = samtidig(
            skriv,
            skriv,
            lambda seksjon=egne[1]: flytt_egen(seksjon=seksjon, opp=True, naa=NAA),
            midt=[lambda seksjon=egne[0]: slett_egen(seksjon=seksjon, naa=NAA)],
        )
        assert not Seksjon.objects.filter(pk=egne[0].pk).exists()
        assert svar[0]["Noen andre har slettet «Egen 0» i mellomtiden."] + svar[0]["ok"] == 8


def test_tiltak_endres_folges_opp_samlet_og_slettes_samtidig(kommunetre):
    verden = lag_verden(kommunetre)
    tiltak = [lag_tiltak(verden.plan, f"T{nr}") for nr in range(4)]
    av, teller = verden.hr, iter(range(10_000))

    def samlet() -> object:
        status = (Tiltakstatus.I_GANG, Tiltakstatus.PLANLAGT)[next(teller) % 2]
        return endre_samlet(tiltak_ider=[t.pk for t in tiltak], verdier=Fellesverdier(status=status), av=av, naa=NAA)

    def folg() -> object:
        status = (Tiltakstatus.GJENNOMFORT, Tiltakstatus.PLANLAGT)[next(teller) % 2]
        t = tiltak[next(teller) % 4]
        return folg_opp(tiltak=t, dato=NAA.date(), tekst="Nå", status=status, av=av, naa=NAA)

    def endre() -> object:
        t = tiltak[next(teller) % 4]
        return lagre_tiltak(tiltak=t, plan=verden.plan, verdier={"hva": str(next(teller))}, av=av, naa=NAA)

    samtidig(
        samlet,
        samlet,
        folg,
        folg,
        endre,
        endre,
        midt=[lambda: slett_tiltak(tiltak=tiltak[0], av=av, naa=NAA)],
        ganger=15,
    )
    assert Tiltak.objects.filter(plan=verden.plan).count() == 3


def test_planen_slettes_mens_andre_skriver(kommunetre):
    verden = lag_verden(kommunetre)
    felles = {"av": verden.hr, "naa": NAA}
    for _runde in range(3):
        plan = lag_delplan("Kladd", enheter=[kommunetre.skolen])
        tiltak, seksjon, teller = lag_tiltak(plan), plan.seksjoner.first(), iter(range(10_000))
        tiltak.plan = plan
        verdier = {"tittel": "Nytt", "omraade": plan.temaplan.omraader.first(), "hovedmaal": 1, "vei": "utvikle"}
        samtidig(
            lambda s=seksjon, nr=teller: lagre_seksjon(seksjon=s, html=f"<p>{next(nr)}</p>", forventet=None, **felles),
            lambda p=plan, v=verdier: lagre_tiltak(tiltak=None, plan=p, verdier=v, **felles),
            lambda t=tiltak: folg_opp(tiltak=t, dato=NAA.date(), tekst="x", status="i_gang", **felles),
            midt=[lambda p=plan: slett_plan(plan=p)],
        )
        assert not Plan.objects.filter(pk=plan.pk).exists()
        assert not Tiltak.objects.filter(plan=plan.pk).exists() and not Seksjon.objects.filter(plan=plan.pk).exists()


def som_hr(verden) -> Callable[[str, list[int], dict], int]:
    """A client of HR: posts to a page, and gives the status of the answer."""
    klient = Client()
    klient.force_login(verden.hr)
    return lambda rute, args, data: klient.post(reverse(f"planer:{rute}", args=args), data).status_code


def test_over_nettet_mens_noen_sletter(kommunetre):
    """The same through the pages: each gets the page, a conflict or «finnes ikke», never an error."""
    verden = lag_verden(kommunetre)
    tiltak = lag_tiltak(verden.plan)
    egen = opprett_egen(plan=verden.plan, kapittel=1, overskrift="Egen", av=verden.hr, naa=NAA)
    koder: Counter = Counter()

    def post(rute: str, pk: int, data: dict) -> Arbeid:
        klient = som_hr(verden)
        return lambda: koder.update([(rute, klient(rute, [pk], data))])

    logg = {"dato": NAA.date().isoformat(), "tekst": "Nå", "status": "i_gang"}
    samtidig(
        post("lagre_seksjon", egen.pk, {"html": "<p>Ny</p>", "forventet": "1"}),
        post("tiltak_en", tiltak.pk, logg),
        post("tiltak_endre", tiltak.pk, {"tittel": "Endret", "laas": "x"}),
        midt=[
            lambda: slett_egen(seksjon=egen, naa=NAA),
            lambda: slett_tiltak(tiltak=tiltak, av=verden.hr, naa=NAA),
        ],
    )
    assert not {kode for _rute, kode in koder} - {200, 302, 404, 409, 422}
    assert ("tiltak_en", 302) in koder and ("tiltak_en", 404) in koder


def test_omraadet_slettes_i_det_noen_legger_et_tiltak_der(kommunetre):
    """Whoever commits first wins, and the other is told."""
    verden, koder = lag_verden(kommunetre), Counter()
    for nr in range(6):
        felt = {"tittel": f"Nytt {nr}", "grep": "stotte", "nokkel": f"nytt{nr}", "av": verden.hr, "naa": NAA}
        omraade, klient = lagre_omraade(omraade=None, plan=verden.tema, **felt), som_hr(verden)
        data = {"tittel": "Nytt", "omraade": omraade.pk, "hovedmaal": "1", "vei": "utvikle", "status": "planlagt"}
        samtidig(
            lambda klient=klient, data=data: koder.update([klient("tiltak_ny", [verden.plan.pk], data)]),
            lambda omraade=omraade: slett_omraade(omraade=omraade, av=verden.hr, naa=NAA),
            ganger=1,
        )
        finnes = type(omraade).objects.filter(pk=omraade.pk).exists()
        assert finnes == Tiltak.objects.filter(omraade_id=omraade.pk).exists()
    assert set(koder) <= {302, 422} and sum(koder.values()) == 6
