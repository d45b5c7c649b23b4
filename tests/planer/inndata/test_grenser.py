"""Bad input is answered politely: nothing is saved, nothing is lost, and no page breaks."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from organisasjon.enums import Rolle
from organisasjon.queries import tilgang_for
from organisasjon.services import slett_enhet
from planer.enums import Planstatus
from planer.models import Plan, Seksjon, Statusskifte, Tiltak
from planer.services.flyt import skift_status, vedta
from planer.services.planer import endre_plan
from tests.planer.fabrikk import lag_delplan, lag_mal, sett_status
from tests.ruter import alle_ruter

STORE_TALL = ("99999999999999999999", "-1", "0", "1e9", "æ", "\x00", "٣")
# Ids in the path are digits by the route; far more than the database holds must still be «not found».
ENORM = 10**18
UUID = "00000000-0000-0000-0000-000000000000"


def test_en_million_tegn_avvises_og_teksten_staar(alt):
    seksjon = alt.delplan.seksjoner.first()
    sti = reverse("planer:lagre_seksjon", args=[seksjon.pk])
    svar = alt.hr.post(sti, {"html": "<p>" + "å" * 1_000_001 + "</p>", "forventet": seksjon.lopenummer})
    assert svar.status_code == 413
    assert "million" in svar.json()["melding"]
    assert Seksjon.objects.get(pk=seksjon.pk).html == seksjon.html


def test_mer_enn_en_foresporsel_kan_romme_avvises_uten_feilside(alt):
    seksjon = alt.delplan.seksjoner.first()
    sti = reverse("planer:lagre_seksjon", args=[seksjon.pk])
    svar = alt.hr.post(sti, {"html": "x" * 6_000_000, "forventet": seksjon.lopenummer})
    assert 400 <= svar.status_code < 500
    assert Seksjon.objects.get(pk=seksjon.pk).html == seksjon.html


def test_nulltegn_i_tekst(alt):
    seksjon = alt.delplan.seksjoner.first()
    sti = reverse("planer:lagre_seksjon", args=[seksjon.pk])
    svar = alt.hr.post(sti, {"html": "<p>før\x00etter</p>", "forventet": seksjon.lopenummer})
    assert svar.status_code < 500
    assert "\x00" not in Seksjon.objects.get(pk=seksjon.pk).html


@pytest.mark.parametrize("forventet", [*STORE_TALL, ""])
def test_laasen_slippes_aldri_av_rare_tall(alt, forventet):
    seksjon = alt.delplan.seksjoner.first()
    sti = reverse("planer:lagre_seksjon", args=[seksjon.pk])
    assert alt.hr.post(sti, {"html": "<p>Overskrevet</p>", "forventet": forventet}).status_code == 409
    assert Seksjon.objects.get(pk=seksjon.pk).html == seksjon.html


def planruter():
    return [r for r in alle_ruter() if r.navn.startswith(("planer:", "les:"))]


def test_enorme_id_er_finnes_ikke(alt):
    ukjent = {"slug": "xlsx", "nokkel": "a", "til": "horing", "format": "xlsx", "jobb_id": UUID, "stamme": UUID}
    for rute in planruter():
        if not rute.parametre:
            continue
        verdier = {p: ukjent.get(p, ENORM) for p in rute.parametre}
        sti = reverse(rute.navn, kwargs=verdier)
        for metode in (alt.hr.get, alt.hr.post):
            assert metode(sti).status_code in {200, 302, 400, 403, 404, 405}, rute.navn


@pytest.mark.parametrize("verdi", STORE_TALL)
def test_rare_tall_i_filtre_og_sidetall(alt, verdi):
    felt = ("side", "page", "plan", "sektor", "ansvarlig", "maal", "omraade", "fra", "til", "sort", "sok", "status")
    for navn in ("liste", "planoversikt", "alle_tiltak", "sok", "dekning", "mine", "varsler"):
        svar = alt.hr.get(reverse(f"planer:{navn}"), dict.fromkeys(felt, verdi))
        assert svar.status_code < 500, navn


def test_frist_foer_start_sies_ved_feltet(alt):
    sti = reverse("planer:tiltak_endre", args=[alt.tiltak.pk])
    skjema = alt.hr.get(sti).context["form"]
    verdier = {n: v for n in skjema.fields if (v := skjema.get_initial_for_field(skjema.fields[n], n)) is not None}
    verdier = {n: getattr(v, "pk", v) for n, v in verdier.items()}
    svar = alt.hr.post(sti, {**verdier, "start": "2026-05-01", "frist": "2026-04-01"})
    assert svar.status_code in {200, 422}
    assert "frist" in svar.context["form"].errors
    assert Tiltak.objects.get(pk=alt.tiltak.pk).frist == alt.tiltak.frist


def test_en_mal_kan_ikke_vaere_laget_fra_seg_selv(alt):
    bestemor = alt.mal
    mor = lag_mal("Mor", mal=bestemor)
    barn = lag_mal("Barn", mal=mor)
    verdier = {"opphav": barn}
    with pytest.raises(ValidationError, match="seg selv"):
        endre_plan(plan=bestemor, verdier=verdier, forventet=None, av=alt.hr.bruker, naa=timezone.now())


def test_en_enhet_med_planer_slettes_ikke(alt, kommunetre):
    with pytest.raises(ValidationError):
        slett_enhet(enhet=kommunetre.hjemmetjenesten)
    sti = reverse("organisasjon:slett_enhet", args=[kommunetre.hjemmetjenesten.pk])
    svar = alt.hr.post(sti, follow=True)
    assert svar.status_code == 200
    assert "plan" in svar.content.decode().lower()
    assert Plan.objects.filter(omfang__enhet=kommunetre.hjemmetjenesten).exists()


@pytest.fixture
def til_beslutning(kommunetre, monkeypatch):
    """A delplan that stands to be decided; what must be in place is tested elsewhere."""
    monkeypatch.setattr("planer.services.flyt.svar_paa_krav", lambda *_: [])
    return sett_status(lag_delplan("Til beslutning", enheter=[kommunetre.skolen]), Planstatus.BESLUTNING)


def test_to_som_vedtar_samtidig_gir_ett_vedtak(som, til_beslutning):
    foerste, andre = som(Rolle.KOMMUNEDIREKTOR).bruker, som(Rolle.KOMMUNEDIREKTOR).bruker
    sett_av_begge = [Plan.objects.get(pk=til_beslutning.pk) for _ in range(2)]
    vedta(plan=sett_av_begge[0], av=foerste, sak="1/26", naa=timezone.now())
    with pytest.raises(ValidationError, match="forkjøpet"):
        vedta(plan=sett_av_begge[1], av=andre, sak="2/26", naa=timezone.now())
    assert Statusskifte.objects.filter(plan=til_beslutning).count() == 1
    assert Plan.objects.get(pk=til_beslutning.pk).vedtak.sak == "1/26"


def test_en_vedtar_og_en_sender_tilbake(som, til_beslutning):
    kd = som(Rolle.KOMMUNEDIREKTOR).bruker
    gammelt_bilde = Plan.objects.get(pk=til_beslutning.pk)
    vedta(plan=til_beslutning, av=kd, sak="", naa=timezone.now())
    tilgang = tilgang_for(kd, timezone.localdate())
    with pytest.raises(ValidationError):
        skift_status(
            plan=gammelt_bilde, til=Planstatus.UTKAST, av=kd, tilgang=tilgang, naa=timezone.now(), merknad="Mangelfull"
        )
    assert Plan.objects.get(pk=til_beslutning.pk).status == Planstatus.VEDTATT


def test_hoeringsfrist_som_er_ute_avvises(alt):
    igaar = timezone.localdate() - timedelta(days=1)
    horing = alt.delplan.horinger.get()
    svar = alt.hr.post(reverse("planer:horingsfrist", args=[horing.pk]), {"frist": igaar.isoformat()}, follow=True)
    assert svar.status_code in {200, 422}
    horing.refresh_from_db()
    assert horing.frist == date(2099, 1, 1)
