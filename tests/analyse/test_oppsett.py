"""The setup pages: what HR decides, and who may."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from analyse import lister_oppsett as lister
from analyse.models import Ansattkategori, Importprofil, Leder, Norm, PublisertTall, Stilling, Uttrekk
from analyse.services import oppsett as tjeneste
from analyse.services.rapporter import beregn_alle, hent_resultat
from felles.laas import Foreldet
from organisasjon.enums import Rolle
from organisasjon.matrise import ruter
from tests import fabrikk


@pytest.fixture
def uttrekk(kommunetre, lag_uttrekk) -> Uttrekk:
    ferdig = lag_uttrekk([{"enhet": kommunetre.skolen}, {"enhet": kommunetre.hjemmetjenesten, "kategori": "T"}])
    beregn_alle(uttrekk=ferdig)
    return ferdig


def laas(klient, adresse: str) -> str:
    return klient.get(adresse).context["skjema"]["laas"].value()


# --- categories ---


def test_spelling_belongs_to_one_category_only(db):
    with pytest.raises(ValidationError, match="hører allerede til"):
        tjeneste.opprett_kategori(kode="X", navn="X", telling="telles", verdier="ny\n fast ANSATT ")


def test_spellings_are_cleaned_of_blanks_and_repetitions(db):
    kategori = tjeneste.opprett_kategori(kode="X", navn="X", telling="telles", verdier=" Ny \n\nny\nNyere\n")
    assert kategori.verdier == "Ny\nNyere"


def test_used_category_cannot_be_deleted(uttrekk):
    with pytest.raises(ValidationError, match="brukt i et uttrekk"):
        tjeneste.slett_kategori(kategori=Ansattkategori.objects.get(kode="F"))
    tjeneste.slett_kategori(kategori=Ansattkategori.objects.get(kode="honorar"))
    assert not Ansattkategori.objects.filter(kode="honorar").exists()


def test_changed_category_changes_the_figures_next_time(som, uttrekk):
    hr, kategori = som("hr"), Ansattkategori.objects.get(kode="T")
    assert hent_resultat(uttrekk=uttrekk, slug="lederspenn").sum["ansatte"] == 1
    adresse = reverse("analyse:endre_kategori", args=[kategori.pk])
    assert "regnes på nytt" in hr.get(adresse).content.decode()
    felter = {"navn": "Timelønt", "telling": "telles", "verdier": "T", "laas": laas(hr, adresse)}
    svar = hr.post(adresse, felter, follow=True)
    assert "regnes på nytt" in svar.content.decode()
    assert hent_resultat(uttrekk=uttrekk, slug="lederspenn").sum["ansatte"] == 2


def test_category_is_made_and_deleted_in_the_browser(som, db):
    hr = som("hr")
    felter = {"kode": "V", "navn": "Vikar", "telling": "telles", "verdier": "Vikarbyrå"}
    assert hr.post(reverse("analyse:ny_kategori"), felter).status_code == 302
    ny = Ansattkategori.objects.get(kode="V")
    hr.post(reverse("analyse:slett_kategori", args=[ny.pk]))
    assert not Ansattkategori.objects.filter(kode="V").exists()


# --- positions ---


def test_positions_waiting_for_a_decision_are_found_and_decided(som, db):
    hr = som("hr")
    ny = Stilling.objects.create(navn="Ålesundleder", kode="1234")
    adresse = reverse("analyse:stillinger")
    assert list(hr.get(adresse, {"vis": "vurderes"}).context["side"]) == [ny]
    assert list(hr.get(adresse, {"sok": "ÅLE"}).context["side"]) == [ny]
    endre = reverse("analyse:endre_stilling", args=[ny.pk])
    svar = hr.post(endre, {"funksjon": "fagleder", "gruppe": "Ledere", "kode": "1234", "laas": laas(hr, endre)})
    assert svar.status_code == 302
    ny.refresh_from_db()
    assert (ny.funksjon, ny.gruppe, ny.ledervurdert) == ("fagleder", "Ledere", True)
    assert list(hr.get(adresse, {"vis": "vurderes"}).context["side"]) == []


# --- norms ---


def test_norm_is_changed_with_decimal_comma_and_source(som, db):
    hr, norm = som("hr"), Norm.objects.get(nokkel="lederspenn_median")
    adresse = reverse("analyse:endre_norm", args=[norm.pk])
    felter = {"verdi": "43,5", "kilde": "Egen måling 2026", "forklaring": "", "laas": laas(hr, adresse)}
    assert hr.post(adresse, felter).status_code == 302
    norm.refresh_from_db()
    assert (float(norm.verdi), norm.kilde) == (43.5, "Egen måling 2026")
    assert norm.historie.first().history_user == hr.bruker


@pytest.mark.parametrize("verdi", ["0", "-4", "mange", ""])
def test_norm_must_be_a_positive_number(som, db, verdi):
    hr, norm = som("hr"), Norm.objects.first()
    adresse = reverse("analyse:endre_norm", args=[norm.pk])
    svar = hr.post(adresse, {"verdi": verdi, "kilde": "K", "forklaring": "", "laas": laas(hr, adresse)})
    assert svar.status_code == 422
    assert Norm.objects.get(pk=norm.pk).verdi == norm.verdi


def test_stale_norm_shows_both_values_and_can_be_saved_knowingly(som, db):
    hr, norm = som("hr"), Norm.objects.get(nokkel="lederspenn_median")
    adresse = reverse("analyse:endre_norm", args=[norm.pk])
    gammel = laas(hr, adresse)
    tjeneste.endre_norm(norm=norm, verdi=50, kilde="Andre", forklaring="")
    felter = {"verdi": "60", "kilde": "Meg", "forklaring": "", "laas": gammel}
    svar = hr.post(adresse, felter)
    assert svar.status_code == 422
    assert {k[0]: (k[1], k[2]) for k in svar.context["skjema"].konflikt}["Kilde"] == ("Andre", "Meg")
    assert hr.post(adresse, felter | {"laas": svar.context["skjema"]["laas"].value()}).status_code == 302
    assert Norm.objects.get(pk=norm.pk).kilde == "Meg"


@pytest.mark.parametrize("modell", ["kategori", "stilling", "norm", "profil"])
def test_every_edit_is_guarded_by_the_lock(db, modell):
    Importprofil.objects.create(navn="P")
    kall = {
        "kategori": lambda: tjeneste.endre_kategori(
            kategori=Ansattkategori.objects.first(), navn="X", telling="telles", verdier="", forventet="gammelt"
        ),
        "stilling": lambda: tjeneste.endre_stilling(
            stilling=Stilling.objects.first(), funksjon="", gruppe="", forventet="gammelt"
        ),
        "norm": lambda: tjeneste.endre_norm(
            norm=Norm.objects.first(), verdi=1, kilde="X", forklaring="", forventet="gammelt"
        ),
        "profil": lambda: tjeneste.endre_profilnavn(profil=Importprofil.objects.get(), navn="X", forventet="gammelt"),
    }
    with pytest.raises(Foreldet):
        kall[modell]()


# --- published figures ---


def test_printed_figure_is_placed_in_two_steps_changed_and_deleted(som, uttrekk):
    hr = som("hr")
    steg1 = hr.get(reverse("analyse:nytt_tall")).content.decode()
    assert reverse("analyse:nytt_tall_i_rapport") in steg1
    adresse = f"{reverse('analyse:nytt_tall_i_rapport')}?uttrekk={uttrekk.pk}&rapport=lederspenn"
    side = hr.get(adresse).content.decode()
    assert "Oppvekst" in side and "Snitt per enhet" in side
    felter = {"rad": "Oppvekst", "maal": "snitt", "verdi": "48", "kilde": "Temaplanen s. 20"}
    assert hr.post(adresse, felter).status_code == 302
    tall = PublisertTall.objects.get()
    assert (tall.rapport, tall.rad, tall.maal, float(tall.verdi)) == ("lederspenn", "Oppvekst", "snitt", 48.0)
    assert hr.post(adresse, felter).status_code == 422
    assert hr.post(adresse, felter | {"rad": "Finnes ikke"}).status_code == 422
    endre = reverse("analyse:endre_tall", args=[tall.pk])
    hr.post(endre, {"verdi": "47,5", "kilde": "Rettet", "laas": laas(hr, endre)})
    tall.refresh_from_db()
    assert float(tall.verdi) == 47.5
    hr.post(reverse("analyse:slett_tall", args=[tall.pk]))
    assert not PublisertTall.objects.exists()


def test_step_two_without_step_one_leads_back(som, uttrekk):
    hr = som("hr")
    for sporring in ("", "?uttrekk=x&rapport=y", f"?uttrekk={uttrekk.pk}&rapport=finnes-ikke"):
        svar = hr.get(reverse("analyse:nytt_tall_i_rapport") + sporring)
        assert svar["Location"] == reverse("analyse:nytt_tall")


# --- profiles ---


def test_profile_is_renamed_and_deleted(som, db):
    hr, profil = som("hr"), Importprofil.objects.create(navn="Visma")
    Importprofil.objects.create(navn="Annen")
    adresse = reverse("analyse:endre_profil", args=[profil.pk])
    assert hr.post(adresse, {"navn": "Annen", "laas": laas(hr, adresse)}).status_code == 422
    assert hr.post(adresse, {"navn": "Visma E+", "laas": laas(hr, adresse)}).status_code == 302
    hr.post(reverse("analyse:slett_profil", args=[profil.pk]))
    assert [p.navn for p in Importprofil.objects.all()] == ["Annen"]


# --- publishing ---


def test_extract_is_published_and_withdrawn_after_a_page_that_says_what_follows(som, uttrekk):
    hr, adresse = som("hr"), reverse("analyse:publiser", args=[uttrekk.pk])
    assert "&lt;5" in hr.get(adresse).content.decode()
    assert Uttrekk.objects.get().publisert is None
    hr.post(adresse, {"publisert": "1"})
    assert Uttrekk.objects.get().publisert is not None
    assert "Trekke tilbake" in hr.get(adresse).content.decode()
    hr.post(adresse, {"publisert": "0"})
    assert Uttrekk.objects.get().publisert is None


# --- leaders without a user ---


def leder(uttrekk, navn, enhet, funksjon="enhetsleder", avdeling=None) -> Leder:
    return Leder.objects.create(uttrekk=uttrekk, person=1, navn=navn, enhet=enhet, funksjon=funksjon, avdeling=avdeling)


def test_leader_with_an_account_gets_the_role_with_one_click(som, kommunetre, uttrekk):
    hr, kari = som("hr"), fabrikk.lag_bruker("kari", "Kari Ås")
    en = leder(uttrekk, "KARI ÅS", kommunetre.skolen)
    adresse = reverse("analyse:ledere_uten_bruker")
    (forslag,) = hr.get(adresse).context["side"]
    assert (forslag.bruker_id, forslag.rolle, forslag.enhet_id) == (kari.pk, Rolle.ENHETSLEDER, kommunetre.skolen.pk)
    assert hr.post(reverse("analyse:knytt_leder", args=[en.pk])).status_code == 302
    tildeling = kari.roller.get()
    assert (tildeling.rolle, tildeling.enhet) == ("enhetsleder", kommunetre.skolen)
    assert tildeling.historie.get().history_user == hr.bruker
    assert list(hr.get(adresse).context["side"]) == []
    assert hr.post(reverse("analyse:knytt_leder", args=[en.pk])).status_code == 404


def test_leader_without_an_account_leads_to_the_filled_in_form(som, kommunetre, uttrekk):
    hr = som("hr")
    en = leder(uttrekk, "Ny Leder", kommunetre.skolen, "fagleder", kommunetre.skole_sfo)
    tekst = hr.get(reverse("analyse:ledere_uten_bruker")).content.decode()
    assert "navn=Ny%20Leder" in tekst and "rolle=avdelingsleder" in tekst and "enhet=211" in tekst
    skjema = hr.get(reverse("organisasjon:ny_rolle"), {"navn": "Ny Leder", "rolle": "avdelingsleder", "enhet": "211"})
    assert skjema.context["skjema"]["navn"].value() == "Ny Leder"
    assert 'value="211"' in skjema.content.decode()
    assert hr.post(reverse("analyse:knytt_leder", args=[en.pk])).status_code == 404


@pytest.mark.parametrize(
    ("funksjon", "rolle", "omraade"),
    [
        ("kommunedirektor", Rolle.KOMMUNEDIREKTOR, "kommune"),
        ("kommunalsjef", Rolle.KOMMUNALSJEF, "oppvekst"),
        ("okonomisjef", Rolle.KOMMUNALSJEF, "skolen"),
        ("enhetsleder", Rolle.ENHETSLEDER, "skolen"),
        ("arbeidsleder", Rolle.AVDELINGSLEDER, "skole_sfo"),
    ],
)
def test_proposed_role_and_scope_follow_the_leader_function(kommunetre, uttrekk, funksjon, rolle, omraade):
    leder(uttrekk, "A", kommunetre.skolen, funksjon, kommunetre.skole_sfo)
    (forslag,) = lister.ledere_uten_bruker(date(2026, 1, 1))
    assert (forslag.rolle, forslag.enhet_id) == (rolle, getattr(kommunetre, omraade).pk)


def test_leaders_of_older_extracts_are_not_proposed(kommunetre, uttrekk, lag_uttrekk):
    leder(uttrekk, "A", kommunetre.skolen)
    lag_uttrekk([{"enhet": kommunetre.skolen}], dato=date(2026, 1, 1))
    assert lister.ledere_uten_bruker(date(2026, 2, 1)) == []


def test_leaders_are_searched_and_split_in_pages(som, kommunetre, uttrekk):
    for nr in range(60):
        leder(uttrekk, f"Åse Leder {nr}", kommunetre.skolen if nr else kommunetre.barnehagen)
    hr, adresse = som("hr"), reverse("analyse:ledere_uten_bruker")
    assert len(hr.get(adresse).context["side"]) == 50
    assert len(hr.get(adresse, {"side": 2}).context["side"]) == 10
    assert [f.navn for f in hr.get(adresse, {"sok": "ÅSE ærfugl"}).context["side"]] == ["Åse Leder 0"]
    assert [f.navn for f in hr.get(adresse, {"sortering": "-navn"}).context["side"]][:2] == [
        "Åse Leder 59",
        "Åse Leder 58",
    ]


# --- access, order, speed ---


def egne_ruter() -> dict[str, str]:
    funnet = [(n, a) for n, a, m in ruter() if m.callback.__module__.startswith("analyse.views.oppsett")]
    return {n: a.replace("<int:pk>", "1") for n, a in funnet}


@pytest.mark.lik_paa_alle
def test_readers_and_leaders_are_refused_every_setup_page(som, uttrekk):
    for rolle in (Rolle.ENHETSLEDER, Rolle.LESER, Rolle.KOMMUNEDIREKTOR, Rolle.TILLITSVALGT):
        klient = som(rolle)
        assert {klient.get(a).status_code for a in egne_ruter().values()} == {403}
        assert {klient.post(a).status_code for a in egne_ruter().values()} == {403}


@pytest.mark.lik_paa_alle
def test_outsider_is_refused_and_anonymous_must_log_in(utenforstaaende, anonym):
    assert {utenforstaaende.get(a).status_code for a in egne_ruter().values()} == {403}
    assert {anonym.get(a).status_code for a in egne_ruter().values()} == {302}


@pytest.mark.lik_paa_alle
def test_systemansvarlig_reaches_only_the_leaders(som, db):
    koder = {n: som("systemansvarlig").get(a).status_code for n, a in egne_ruter().items()}
    assert {n for n, kode in koder.items() if kode != 403} == {"analyse:ledere_uten_bruker", "analyse:knytt_leder"}


SORTERING = {
    "kategorier": lister.SORTERING_KATEGORI,
    "stillinger": lister.SORTERING_STILLING,
    "publiserte_tall": lister.SORTERING_TALL,
    "profiler": lister.SORTERING_PROFIL,
    "publisering": lister.SORTERING_UTTREKK,
    "ledere_uten_bruker": lister.SORTERING_LEDER,
}


def fyll(uttrekk, nr: int) -> None:
    Ansattkategori.objects.create(kode=f"k{nr}", navn=f"K{nr % 2}", telling="telles")
    Stilling.objects.create(navn=f"S{nr}", gruppe=f"G{nr % 2}")
    Importprofil.objects.create(navn=f"P{nr}")
    PublisertTall.objects.create(uttrekk=uttrekk, rapport="kjoenn", rad=f"R{nr}", maal="m", verdi=nr, kilde="K")
    enhet = fabrikk.lag_enhet(f"E{nr}", "avdeling", uttrekk.enheter.first().enhet, f"x{nr}")
    leder(uttrekk, f"L{nr % 2}", enhet)


@pytest.mark.parametrize(("rute", "kolonne"), [(r, k) for r, kolonner in SORTERING.items() for k in kolonner])
def test_every_column_sorts_both_ways_and_ends_in_the_primary_key(som, uttrekk, rute, kolonne):
    hr = som("hr")
    for nr in range(3):
        fyll(uttrekk, nr)
    for retning in ("", "-"):
        rader = list(hr.get(reverse(f"analyse:{rute}"), {"sortering": retning + kolonne}).context["side"])
        nokkel = SORTERING[rute][kolonne]
        assert rader == sorted(sorted(rader, key=lambda r: r.pk), key=nokkel, reverse=bool(retning))


@pytest.mark.parametrize(
    ("rute", "antall"),
    [
        ("oppsett", 12),
        ("kategorier", 6),
        ("stillinger", 6),
        ("normer", 6),
        ("publiserte_tall", 6),
        ("profiler", 6),
        ("publisering", 6),
        ("ledere_uten_bruker", 10),
    ],
)
def test_queries_do_not_grow_with_the_rows(som, uttrekk, rute, antall):
    hr = som("hr")
    for nr in range(3):
        fyll(uttrekk, nr)
        with CaptureQueriesContext(connection) as spor:
            assert hr.get(reverse(f"analyse:{rute}")).status_code == 200
        assert len(spor) == antall, [s["sql"][:120] for s in spor.captured_queries]
