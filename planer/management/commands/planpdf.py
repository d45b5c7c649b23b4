"""`manage.py planpdf PLAN_ID --ut FIL`: a plan's PDF from the command line."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from felles.pdf import PdfFeil, lag_pdf
from planer.models import Plan
from planer.plandokument import plandokument
from planer.services.dokument import vedtatt_pdf

BRUKSFEIL = 2


class Command(BaseCommand):
    """Exit code 0 when the file is written, 2 when there is no such plan or the file cannot be written."""

    help = "Lager en plan som PDF (PDF/A-2a og PDF/UA-1). En vedtatt plan gis ut slik den ble laget ved vedtaket."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("plan", metavar="PLAN_ID", help="nummeret i planens adresse")
        parser.add_argument("--ut", required=True, metavar="FIL", type=Path, help="filen PDF-en skrives til")
        parser.add_argument("--prikket", action="store_true", help="uten små tall og personnavn")

    def handle(self, *args: object, plan: str, ut: Path, prikket: bool, **valg: object) -> None:
        try:
            ut.write_bytes(_pdf(_finn(plan), prikket))
        except PdfFeil as feil:
            raise CommandError(str(feil)) from feil
        except OSError as feil:
            raise CommandError(_("Filen kunne ikke skrives: %s") % feil, returncode=BRUKSFEIL) from feil
        self.stdout.write(_("Skrev %(fil)s") % {"fil": ut})


def _pdf(plan: Plan, prikket: bool) -> bytes:
    """The one made at adoption, or a new one."""
    if ferdig := vedtatt_pdf(plan, prikket=prikket):
        return ferdig
    dokument = plandokument(plan, prikket=prikket)
    return lag_pdf(dokument.html, tittel=dokument.tittel)


def _finn(valg: str) -> Plan:
    nummer = int(valg) if valg.isascii() and valg.isdigit() and len(valg) < 10 else 0
    plan = Plan.objects.select_related("temaplan", "uttrekk").filter(pk=nummer).first()
    if plan is None:
        raise CommandError(_("Fant ikke planen «%s». Nummeret står i planens adresse.") % valg, returncode=BRUKSFEIL)
    return plan
