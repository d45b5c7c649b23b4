"""Notices and the digest: told once, sent once, nothing private in the letter, and a way out."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.core.management import CommandError, call_command
from django.urls import reverse

from config.innlogging import Modellbackend
from planer.enums import Deltakerrolle, Planstatus, Tiltakstatus, Varselslag
from planer.models import Tiltak, Varsel, Varselvalg
from planer.services import sending
from planer.services.flyt import start_revisjon
from planer.services.planer import opprett_delplan, sett_deltakere
from planer.services.sending import send_sammendrag
from planer.services.varsler import lag_fristvarsler, meld_ansvarlige, merk_lest, varsle, velg_epost
from planer.varsling import avmeldingsnokkel, bruker_av_nokkel
from tests.planer.fabrikk import lag_tiltak, sett_status
from tests.planer.flyt.hjelp import DAG, NAA

DAGER = timedelta(days=1)


def gi(bruker, plan=None, nokkel="n", tekst="Noe har skjedd", **felt):
    varsle(
        til=[bruker], slag=Varselslag.PLAN_VENTER, nokkel=nokkel, tekst=tekst, adresse="/planer/1/", naa=NAA, plan=plan
    )  # fmt: skip
    Varsel.objects.filter(bruker=bruker, nokkel=nokkel).update(**felt)
    return Varsel.objects.get(bruker=bruker, nokkel=nokkel)


# Rows


def test_the_same_is_said_once_and_never_to_the_one_who_did_it(verden):
    for _ in range(2):
        varsle(
            til=[verden.hr, verden.hr, verden.enhetsleder], slag=Varselslag.KOMMENTAR, nokkel="k", tekst="x",
            adresse="/", naa=NAA, unntatt=verden.hr,
        )  # fmt: skip
    assert list(Varsel.objects.values_list("bruker__username", flat=True)) == ["enhetsleder"]


def test_a_closed_account_is_told_nothing(verden):
    verden.leser.is_active = False
    verden.leser.save()
    varsle(til=[verden.leser], slag=Varselslag.KOMMENTAR, nokkel="k", tekst="x", adresse="/", naa=NAA)
    assert not Varsel.objects.exists()


# Responsible for a delplan


def test_who_is_made_responsible_is_told_once_per_plan_and_gets_one_letter(verden, django_assert_num_queries):
    leder, hr, enheter = verden.enhetsleder, verden.hr, [o.enhet for o in verden.plan.omfang.all()]
    felles = {"temaplan": verden.tema, "enheter": enheter, "fra_aar": 2025, "til_aar": 2028, "nivaa": ""}
    ansvarlig = (leder, Deltakerrolle.ANSVARLIG)
    for navn, av in (("A", hr), ("B", hr), ("Egen", leder)):
        ny = opprett_delplan(tittel=navn, **felles, uttrekk=None, deltakere=[ansvarlig], av=av, naa=NAA)
    uten = opprett_delplan(tittel="C", **felles, uttrekk=None, deltakere=[(leder, "medforfatter")], av=hr, naa=NAA)
    assert Varsel.objects.count() == 2
    sett_deltakere(plan=uten, deltakere=[ansvarlig, (hr, "kompetanseleder")], av=hr, naa=NAA)
    # She who is responsible already, and she who takes it herself, hear nothing.
    sett_deltakere(plan=uten, deltakere=[ansvarlig], av=hr, naa=NAA + DAGER)
    sett_deltakere(plan=ny, deltakere=[ansvarlig, (hr, Deltakerrolle.ANSVARLIG)], av=hr, naa=NAA)
    tekster = list(Varsel.objects.order_by("pk").values_list("bruker__username", "tekst"))
    assert tekster == [(leder.username, f"Du har fått ansvaret for «{navn}».") for navn in "ABC"]
    with django_assert_num_queries(1):
        meld_ansvarlige(plan=ny, nye=[ansvarlig, (verden.leser, Deltakerrolle.ANSVARLIG)], av=hr, naa=NAA)
    Varsel.objects.filter(plan=ny).delete()
    assert send_sammendrag(naa=NAA) == (1, 0)
    (brev,) = mail.outbox
    assert [brev.body.count(f"ansvaret for «{navn}»") for navn in "ABC"] == [1, 1, 1]


# Deadlines


def frister(verden, frist, **felt):
    return lag_tiltak(verden.plan, "Fagdag", ansvarlig=verden.enhetsleder, frist=frist, **felt)


@pytest.mark.parametrize(
    ("dager", "tekst"),
    [
        (8, None),
        (7, "Tiltaket «Fagdag» har frist 17. september 2025."),
        (1, "Tiltaket «Fagdag» har frist 11. september 2025."),
        (0, "Tiltaket «Fagdag» har frist i dag."),
        (-1, "Fristen for tiltaket «Fagdag» var 9. september 2025."),
    ],
)
def test_what_is_said_on_which_day(verden, dager, tekst):
    frister(verden, DAG + dager * DAGER)
    assert lag_fristvarsler(dag=DAG, naa=NAA) == (tekst is not None)
    assert [v.tekst for v in Varsel.objects.all()] == ([tekst] if tekst else [])


def test_late_ones_are_said_once_a_week(verden):
    frister(verden, DAG)
    nye = [lag_fristvarsler(dag=DAG + n * DAGER, naa=NAA) for n in range(16)]
    assert nye == [1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0]


def test_done_stopped_and_unassigned_are_not_said(verden):
    frister(verden, DAG, status=Tiltakstatus.GJENNOMFORT)
    frister(verden, DAG, status=Tiltakstatus.AVBRUTT, statusgrunn="Ikke aktuelt")
    lag_tiltak(verden.plan, "Uten", frist=DAG)
    assert lag_fristvarsler(dag=DAG, naa=NAA) == 0


def test_a_revision_says_nothing_twice(verden):
    frister(verden, DAG)
    lag_fristvarsler(dag=DAG, naa=NAA)
    start_revisjon(plan=sett_status(verden.plan, Planstatus.VEDTATT), av=verden.hr, naa=NAA)
    assert Tiltak.objects.count() == 2
    assert lag_fristvarsler(dag=DAG, naa=NAA) == 0


def test_a_replaced_version_says_nothing(verden):
    frister(verden, DAG)
    sett_status(verden.plan, Planstatus.ERSTATTET)
    assert lag_fristvarsler(dag=DAG, naa=NAA) == 0


# The digest


def test_one_letter_to_each_with_all_that_waits(verden, settings):
    settings.NETTADRESSE = "https://plan.kommune.example"
    gi(verden.enhetsleder, nokkel="a", tekst="«Plan A» venter")
    gi(verden.enhetsleder, nokkel="b", tekst="«Plan <B>» venter")
    gi(verden.hr, nokkel="a")
    assert send_sammendrag(naa=NAA) == (2, 0)
    brev = next(b for b in mail.outbox if b.to == [verden.enhetsleder.email])
    assert brev.subject == "2 varsler om planene"
    assert "«Plan <B>» venter" in brev.body
    assert "https://plan.kommune.example/planer/1/" in brev.body
    html = brev.alternatives[0][0]
    assert "«Plan &lt;B&gt;» venter" in html
    ut = brev.extra_headers["List-Unsubscribe"].strip("<>")
    assert ut in brev.body
    assert ut.startswith("https://plan.kommune.example/planer/varsler/avmeld/")
    assert brev.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_never_twice(verden):
    gi(verden.hr)
    assert [send_sammendrag(naa=NAA + n * DAGER)[0] for n in range(3)] == [1, 0, 0]
    assert len(mail.outbox) == 1


def test_what_is_read_old_or_hidden_is_not_sent(verden):
    merk_lest(varsel=gi(verden.hr, nokkel="lest"), naa=NAA)
    gi(verden.hr, nokkel="gammel", opprettet=NAA - 15 * DAGER)
    gi(verden.nabo, nokkel="skjult", plan=verden.plan)  # another unit's plan
    assert send_sammendrag(naa=NAA) == (0, 0)


def test_people_without_address_or_who_said_no_get_nothing(verden):
    verden.leser.email = ""
    verden.leser.save()
    velg_epost(bruker=verden.hr, epost=False)
    for bruker in (verden.leser, verden.hr, verden.enhetsleder):
        gi(bruker)
    assert send_sammendrag(naa=NAA) == (1, 0)
    assert [b.to for b in mail.outbox] == [[verden.enhetsleder.email]]


def test_one_bad_address_does_not_stop_the_rest(verden, monkeypatch, caplog):
    send = EmailMultiAlternatives.send

    def stopp_en(brev, *a, **k):
        if brev.to == [verden.hr.email]:
            raise OSError(f"550 {verden.hr.email} finnes ikke")
        return send(brev, *a, **k)

    monkeypatch.setattr(sending.EmailMultiAlternatives, "send", stopp_en)
    for bruker in (verden.enhetsleder, verden.hr, verden.tillitsvalgt):
        gi(bruker)
    assert send_sammendrag(naa=NAA) == (2, 1)
    assert verden.hr.email not in caplog.text
    monkeypatch.undo()
    assert send_sammendrag(naa=NAA + DAGER) == (1, 0)  # tried again, and only that one


def test_the_command_makes_and_sends_and_can_only_try(verden):
    frister(verden, date(2025, 9, 15))
    ut = StringIO()
    call_command("send_varsler", dag="2025-09-10", proev=True, stdout=ut)
    assert "Nye fristvarsler: 1. Brev: 1." in ut.getvalue()
    assert (len(mail.outbox), Varsel.objects.count()) == (0, 0)
    call_command("send_varsler", dag="2025-09-10", stdout=ut)
    call_command("send_varsler", dag="2025-09-10", stdout=ut)
    assert len(mail.outbox) == 1
    with pytest.raises(CommandError):
        call_command("send_varsler", dag="i går")


def test_no_words_of_people_in_the_letter(verden):
    from planer.enums import Syn
    from planer.services.drofting import foer_syn
    from planer.services.kommentarer import skriv_kommentar
    from tests.planer.flyt.hjelp import droft

    foer_syn(
        drofting=droft(verden, foer=False), av=verden.tillitsvalgt, syn=Syn.UENIG, protokoll="PROTOKOLLTEKST", naa=NAA
    )
    skriv_kommentar(plan=verden.plan, tekst="KOMMENTARTEKST", av=verden.verneombud, naa=NAA)
    send_sammendrag(naa=NAA)
    alt = "".join(b.body + b.alternatives[0][0] for b in mail.outbox)
    assert mail.outbox
    assert "PROTOKOLLTEKST" not in alt
    assert "KOMMENTARTEKST" not in alt


# The way out


def test_the_link_works_without_login_and_only_on_post(verden, client):
    adresse = reverse("planer:avmeld", args=[avmeldingsnokkel(verden.hr)])
    svar = client.get(adresse)
    assert svar.status_code == 200
    assert verden.hr.email not in svar.content.decode()
    assert not Varselvalg.objects.exists()
    assert client.post(adresse).status_code == 200
    assert Varselvalg.objects.get(bruker=verden.hr).epost is False


def test_mail_programs_can_post_without_a_cookie(verden):
    from django.test import Client

    adresse = reverse("planer:avmeld", args=[avmeldingsnokkel(verden.hr)])
    svar = Client(enforce_csrf_checks=True).post(adresse, {"List-Unsubscribe": "One-Click"})
    assert svar.status_code == 200
    assert Varselvalg.objects.filter(bruker=verden.hr, epost=False).exists()


@pytest.mark.parametrize("nokkel", ["tull", "1:x:y", "æøå", "." * 300])
def test_a_forged_key_does_nothing(verden, client, nokkel):
    assert bruker_av_nokkel(nokkel) is None
    assert client.post(reverse("planer:avmeld", args=[nokkel])).status_code == 404
    assert not Varselvalg.objects.exists()


# Pages


def antall_uleste(pk: int) -> int:
    """As the top bar gets it: from the backend that fetches who is logged in."""
    return Modellbackend().get_user(pk).uleste_varsler


def test_the_bell_counts_and_the_list_shows_only_own(verden, client):
    gi(verden.hr, nokkel="mitt", tekst="Mitt varsel")
    gi(verden.enhetsleder, nokkel="andres", tekst="Andres varsel")
    client.force_login(verden.hr)
    side = client.get(reverse("planer:varsler")).content.decode()
    assert "Varsler (1)" in side
    assert "Mitt varsel" in side
    assert "Andres varsel" not in side


def test_opening_marks_it_read_and_leads_on(verden, client):
    varsel, andres = gi(verden.hr), gi(verden.enhetsleder)
    client.force_login(verden.hr)
    assert client.get(reverse("planer:aapne_varsel", args=[varsel.pk])).status_code == 405
    assert client.post(reverse("planer:aapne_varsel", args=[andres.pk])).status_code == 404
    assert client.post(reverse("planer:aapne_varsel", args=[varsel.pk])).url == "/planer/1/"
    assert antall_uleste(verden.hr.pk) == 0
    assert antall_uleste(verden.enhetsleder.pk) == 1


def test_all_can_be_marked_read(verden, client):
    for nr in range(3):
        gi(verden.hr, nokkel=f"n{nr}")
    client.force_login(verden.hr)
    client.post(reverse("planer:les_alle_varsler"))
    assert antall_uleste(verden.hr.pk) == 0


def test_a_notice_of_a_plan_one_no_longer_sees_is_hidden(verden, client):
    gi(verden.nabo, plan=verden.plan, tekst="Hemmelig plan")
    client.force_login(verden.nabo)
    assert "Hemmelig plan" not in client.get(reverse("planer:varsler")).content.decode()


def test_the_choice_is_on_the_account_page(verden, client):
    client.force_login(verden.hr)
    konto = reverse("organisasjon:konto")
    assert "Slå av e-post" in client.get(konto).content.decode()
    assert client.post(reverse("planer:varselvalg"), {"epost": "0", "fra": "konto"}).url == konto
    assert "Slå på e-post" in client.get(konto).content.decode()


@pytest.mark.parametrize("antall", [1, 3])
def test_the_bell_comes_with_the_person_in_one_query(verden, antall, django_assert_num_queries):
    for nr in range(antall):
        gi(verden.hr, nokkel=f"n{nr}")
    with django_assert_num_queries(1):
        assert antall_uleste(verden.hr.pk) == antall
