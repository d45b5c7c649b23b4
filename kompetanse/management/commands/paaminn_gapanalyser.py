"""Reminds those who have not sent their gap analysis, some days before the deadline and after it, once each."""

from datetime import date, datetime, time

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from kompetanse.enums import Rundestatus
from kompetanse.models import Gaprunde
from kompetanse.services.gaprunde import paaminn, skal_paaminnes

HJELP = """Sender e-post til ledere som ikke har levert gapanalysen i en åpen runde: én gang når det er så få dager
igjen som --dager sier, og én gang etter fristen. En påminnelse HR har sendt i mellomtiden, teller med.

Kjør den én gang om dagen."""


class Command(BaseCommand):
    help = HJELP

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dager", type=int, default=7, help="så mange dager før fristen (7)")
        parser.add_argument("--dag", help="dagen fristene regnes fra (ÅÅÅÅ-MM-DD); uten denne i dag")

    def handle(self, *, dager: int, dag: str | None, **valg: object) -> None:
        naa = timezone.now() if dag is None else timezone.make_aware(datetime.combine(_dag(dag), time(7)))
        if not 0 <= dager <= 365:
            raise CommandError("--dager må være et tall fra 0 til 365")
        for runde in Gaprunde.objects.filter(status=Rundestatus.AAPEN).order_by("frist", "pk"):
            if skal_paaminnes(runde, timezone.localdate(naa), dager):
                antall = paaminn(runde=runde, av=None, naa=naa)
                self.stdout.write(f"{runde.navn}: {antall} påminnelser")


def _dag(tekst: str) -> date:
    try:
        return date.fromisoformat(tekst)
    except ValueError as feil:
        raise CommandError("--dag må være en dato på formen ÅÅÅÅ-MM-DD") from feil
