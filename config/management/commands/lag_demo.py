"""`manage.py lag_demo`: load the demo municipality, or keep the one that is there, and print the logins."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from analyse.demodata.filer import skriv_alle
from config.demo import brukere
from config.demo.last import er_lastet, last_demo
from config.demo.rydding import tom_databasen


class Command(BaseCommand):
    """Three extracts, units, services and one login per role. Refused outside demo mode."""

    help = "Laster demokommunen. Data som finnes, beholdes, om ikke --paa-nytt er gitt."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--paa-nytt", action="store_true", help="tøm demobasen og bygg den opp igjen")
        parser.add_argument("--filer", metavar="MAPPE", help="skriv bare uttrekkene som xlsx-filer i mappa")

    def handle(self, *args: Any, **valg: Any) -> None:
        if valg["filer"]:
            self._skriv_filer(Path(valg["filer"]))
            return
        if not settings.DEMO:
            raise CommandError("Demokommunen lages bare med DEMO=1. Denne databasen er ikke rørt.")
        if valg["paa_nytt"]:
            self.stdout.write("Tømmer demobasen")
            tom_databasen()
        if not er_lastet():
            last_demo(timezone.localdate(), self.stdout.write)
        adresse = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}/"
        brukere.skriv_innlogginger(self.stdout, adresse)

    def _skriv_filer(self, mappe: Path) -> None:
        mappe.mkdir(parents=True, exist_ok=True)
        for sti in skriv_alle(mappe).values():
            self.stdout.write(str(sti))
