"""Load the demo municipality through the same doors that HR uses: import, changes of units, published figures."""

import tempfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from analyse.demodata.fakta import BIBLIOTEK_FOER, ENHETER, KOMMUNE, OMORGANISERT
from analyse.demodata.filer import skriv_alle
from analyse.demodata.stillinger import STILLINGER
from analyse.models import Stilling, Uttrekk
from analyse.services.oppsett import opprett_publisert_tall, publiser_uttrekk
from analyse.services.uttrekk import importer_fil
from config.demo import brukere
from config.demo.befolkning import legg_inn_befolkning
from config.demo.brukere import lag_brukere, lag_hr
from config.demo.delegering import last_delegeringer
from config.demo.gap import last_gap
from config.demo.kompetansetall import last_kompetansetall
from config.demo.lederkrav import last_lederkrav
from config.demo.modenhet import last_modenhet
from config.demo.planer import last_planer
from kompetanse.models import Gaprunde
from organisasjon.enums import Enhetstype
from organisasjon.models import Enhet, Tjeneste
from organisasjon.queries import kommune
from organisasjon.services import endre_enhet, lagre_kommuneprofil, lagre_tjeneste, opprett_kommune, slaa_sammen_enheter
from planer.models import Plan

VAAPEN = settings.BASE_DIR / "fixtures" / "demo" / "vaapen.png"
TEMAPLAN = "Temaplan om kompetansebehov og rekruttering (2025), punkt 5.5"
# Printed averages that do not follow from the printed counts; shown beside the computed ones.
PUBLISERTE_SNITT = {"Oppvekst": Decimal(48), "Tekniske tjenester og kultur": Decimal(47)}
TJENESTER = {
    "Barnehage": ("Barnehager",),
    "Barneskole": (*(e.navn for e in ENHETER if e.navn.endswith(" barneskole")), "Innlandet skole"),
    "Ungdomsskole": tuple(e.navn for e in ENHETER if e.navn.endswith(" ungdomsskole")),
    "Hjemmetjeneste": ("Hjemmetjenesten",),
    "Sykehjem": ("Sykehjem vest", "Sykehjem øst"),
    "Bo- og habiliteringstjeneste": ("Bo og habilitering",),
    "Renhold": tuple(f"Renhold, område {n}" for n in range(1, 9)),
    "Brann og redning": ("Brann og redning",),
}


def last_demo(dag: date, si: Callable[[str], None]) -> None:
    """Fill the database. Each step leaves alone what is already there, so an interrupted load can go on.

    Side effects: files in a temporary folder, removed; everything else goes through the services.
    """
    opprett_kommune(navn=KOMMUNE)
    legg_inn_stillinger()
    legg_inn_befolkning()
    hr = lag_hr(dag)
    with tempfile.TemporaryDirectory(prefix="kp-demo-") as mappe:
        for dato, sti in skriv_alle(Path(mappe)).items():
            if not Uttrekk.objects.filter(dato__gte=dato).exists():
                si(f"Leser inn uttrekket {dato:%d.%m.%Y}")
                _omorganiser(dato)
                importer_fil(sti=sti, godta_nye_enheter=True, bruker=hr)
    with transaction.atomic():
        _tjenester()
        _publiserte_tall()
        lagre_kommuneprofil(kommune=kommune(), navn=KOMMUNE, logo=VAAPEN.read_bytes())
        # The two latest extracts are open to readers; the first stays with HR and the leaders.
        for uttrekk in Uttrekk.objects.filter(publisert__isnull=True)[:2]:
            publiser_uttrekk(uttrekk=uttrekk, publisert=True, utfoert_av=hr, naa=timezone.now())
        lag_brukere(dag)
        last_delegeringer(hr)
    last_kompetansetall(dag, hr)
    last_lederkrav(dag)
    if not Plan.objects.exists():
        si("Skriver planene")
        # The plans bring people that the assessments are made by.
        with transaction.atomic():
            last_planer(dag)
            last_modenhet(dag)
    last_gap(dag)


def er_lastet() -> bool:
    """Has the demo been loaded to its end? The gap analyses are made last, all or none."""
    return brukere.finnes() and Plan.objects.exists() and Gaprunde.objects.exists()


def legg_inn_stillinger() -> None:
    """Position titles with the group they are reported under, decided on before the first import."""
    for stilling in STILLINGER.values():
        felt = {"kode": stilling.kode, "gruppe": stilling.gruppe, "ledervurdert": True}
        Stilling.objects.update_or_create(navn=stilling.navn, defaults=felt)


def _omorganiser(dato: date) -> None:
    """Before the first extract after the reorganisation: rename two units, and merge one into another."""
    bibliotek = Enhet.objects.filter(kode=BIBLIOTEK_FOER.kode, gyldig_til__isnull=True).first()
    if dato < OMORGANISERT or bibliotek is None:
        return
    nye = {e.kode: e.navn for e in ENHETER}
    for enhet in Enhet.objects.filter(kode__in=nye):
        if enhet.navn != nye[enhet.kode]:
            endre_enhet(
                enhet=enhet, kode=enhet.kode, navn=nye[enhet.kode], type=enhet.type, gyldig_fra=enhet.gyldig_fra
            )
    slaa_sammen_enheter(fra=bibliotek, til=Enhet.objects.get(kode="4030"), dato=OMORGANISERT)


def _publiserte_tall() -> None:
    siste = Uttrekk.objects.first()
    if siste.publiserte.exists():
        return
    for sektor, snitt in PUBLISERTE_SNITT.items():
        opprett_publisert_tall(
            uttrekk=siste, rapport="lederspenn", rad=sektor, maal="snitt", verdi=snitt, kilde=TEMAPLAN
        )


def _tjenester() -> None:
    finnes = set(Tjeneste.objects.values_list("navn", flat=True))
    for navn, enheter in TJENESTER.items():
        if navn not in finnes:
            treff = Enhet.objects.filter(navn__in=enheter).exclude(type=Enhetstype.KOMMUNE)
            lagre_tjeneste(tjeneste=None, navn=navn, enheter=list(treff))
