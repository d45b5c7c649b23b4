"""Delete person rows after the retention time; the computed reports stay."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from analyse.innlesing.plan import datotekst
from analyse.innlesing.verdier import tolk_dato
from analyse.services.oppbevaring import maaneder_for, slett_personrader


class Command(BaseCommand):
    help = "Sletter personrader og ledernavn i uttrekk som er eldre enn oppbevaringstiden. Rapportene beholdes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--for-dato", help="slett uttrekk eldre enn denne datoen (ellers OPPBEVARING_MAANEDER)")
        parser.add_argument("--proev", action="store_true", help="si hva som ville blitt slettet, men slett ingenting")

    def handle(self, *args: Any, **valg: Any) -> None:
        grense = maaneder_for(timezone.localdate(), settings.OPPBEVARING_MAANEDER)
        if valg["for_dato"]:
            grense = tolk_dato(valg["for_dato"]).dato
            if grense is None:
                raise CommandError(_("--for-dato må være en dato, for eksempel 2025-07-01."), returncode=2)
        slettet = slett_personrader(for_dato=grense, proev=valg["proev"])
        for uttrekk in slettet:
            self.stdout.write(
                _("Uttrekk %(dato)s: %(antall)s personrader.")
                % {"dato": datotekst(uttrekk.dato), "antall": uttrekk.antall_rader}
            )
        if not slettet:
            self.stdout.write(_("Ingen uttrekk er eldre enn %(dato)s.") % {"dato": datotekst(grense)})
        elif valg["proev"]:
            self.stdout.write(_("Bare prøvd. Ingenting er slettet."))
