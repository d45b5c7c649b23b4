"""The first account of a fresh installation."""

import getpass
import os
import sys

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from organisasjon import services
from organisasjon.enums import Rolle
from organisasjon.forms import finn_bruker
from organisasjon.models import Bruker, Enhet

HJELP = """Lager den første kontoen med rollen systemansvarlig for hele kommunen, slik at noen kan logge inn og gi
roller til HR og andre. Finnes kontoen, får den rollen og passordet står.

Passordet hentes fra miljøvariabelen SYSTEMANSVARLIG_PASSORD, ellers fra standard inn når den ikke er en terminal,
ellers spørres det om. Svake passord avvises. Mangler kommunen, lages den med navnet i --kommune.

Eksempel:  python manage.py opprett_systemansvarlig --epost ola.nordmann@kommune.no --navn "Ola Nordmann" \\
           --kommune "Fjordvik kommune"
"""


class Command(BaseCommand):
    help = HJELP

    def create_parser(self, *args, **kwargs):
        parser = super().create_parser(*args, **kwargs)
        parser.description = HJELP
        return parser

    def add_arguments(self, parser) -> None:
        parser.add_argument("--epost", required=True, help="e-postadressen personen logger inn med")
        parser.add_argument("--navn", required=True, help="personens navn")
        parser.add_argument("--brukernavn", default="", help="brukernavn; uten dette brukes e-postadressen")
        parser.add_argument("--kommune", default="Kommunen", help="kommunens navn, når kommunen ikke finnes ennå")

    def handle(self, *, epost: str, navn: str, brukernavn: str, kommune: str, **valg) -> None:
        try:
            with transaction.atomic():
                bruker = finn_bruker(epost) or self._ny(epost, navn, brukernavn)
                self._gi_rolle(bruker, services.opprett_kommune(navn=kommune))
        except ValidationError as feil:
            raise CommandError(" ".join(feil.messages)) from feil
        self.stdout.write(self.style.SUCCESS(f"{bruker} ({bruker.email}) er systemansvarlig."))
        self.stdout.write("Logg inn, slå på totrinnsinnlogging og gi rollen HR til den som skal lese inn uttrekk.")

    def _ny(self, epost: str, navn: str, brukernavn: str) -> Bruker:
        passord = _passord()
        validate_password(passord, Bruker(username=brukernavn or epost, email=epost, navn=navn))
        return services.opprett_bruker(epost=epost, navn=navn, brukernavn=brukernavn, passord=passord)

    def _gi_rolle(self, bruker: Bruker, kommune: Enhet) -> None:
        if bruker.roller.filter(rolle=Rolle.SYSTEMANSVARLIG, enhet=kommune, gyldig_til__isnull=True).exists():
            self.stdout.write("Personen har rollen fra før.")
            return
        dag = timezone.localdate()
        services.gi_rolle(
            bruker=bruker, rolle=Rolle.SYSTEMANSVARLIG, enhet=kommune, gyldig_fra=dag, utfoert_av=None, dag=dag
        )


def _passord() -> str:
    """From the environment, a pipe, or asked for twice. Raises CommandError when there is none."""
    passord = os.environ.get("SYSTEMANSVARLIG_PASSORD", "")
    if not passord and not sys.stdin.isatty():
        passord = sys.stdin.readline().rstrip("\n")
    elif not passord:
        passord = getpass.getpass("Passord: ")
        if passord != getpass.getpass("Gjenta passordet: "):
            raise CommandError("Passordene er ikke like.")
    if not passord:
        raise CommandError("Passordet mangler. Sett SYSTEMANSVARLIG_PASSORD eller send det på standard inn.")
    return passord
