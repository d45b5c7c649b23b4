"""Writes docs/tilgang.md from the rules and the routes."""

import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from organisasjon.matrise import som_markdown

FIL = Path(settings.BASE_DIR) / "docs" / "tilgang.md"


class Command(BaseCommand):
    help = "Lager docs/tilgang.md (rolle × side × handling). Med --sjekk sies det bare fra om filen er utdatert."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--sjekk", action="store_true", help="skriv ingenting; avslutt med 1 om filen er utdatert")

    def handle(self, *, sjekk: bool, **valg) -> None:
        ny = som_markdown()
        if not sjekk:
            FIL.write_text(ny, encoding="utf-8")
            self.stdout.write("docs/tilgang.md er skrevet.")
        elif not FIL.exists() or FIL.read_text(encoding="utf-8") != ny:
            self.stderr.write("docs/tilgang.md er utdatert. Kjør: python manage.py lag_tilgangsmatrise")
            sys.exit(1)
