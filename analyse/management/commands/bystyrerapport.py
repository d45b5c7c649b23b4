"""`manage.py bystyrerapport --ut FIL`: the council's PDF from the command line."""

from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from analyse.bystyrerapport import lag_bystyrerapport
from analyse.models import Uttrekk
from felles.pdf import PdfFeil

BRUKSFEIL = 2


class Command(BaseCommand):
    """Exit code 0 when the file is written, 2 when there is no such extract or the file cannot be written."""

    help = "Lager «Bemannings- og lederrapport» til bystyret som PDF (PDF/A-2a og PDF/UA-1)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--ut", required=True, metavar="FIL", type=Path, help="filen PDF-en skrives til")
        parser.add_argument("--uttrekk", default="siste", metavar="siste|ID|DATO", help="standard: siste")
        parser.add_argument("--prikket", action="store_true", help="skjul tall under 5, for åpen publisering")

    def handle(self, *args: object, ut: Path, uttrekk: str, prikket: bool, **valg: object) -> None:
        try:
            ut.write_bytes(lag_bystyrerapport(uttrekk=finn_uttrekk(uttrekk), prikket=prikket))
        except PdfFeil as feil:
            raise CommandError(str(feil)) from feil
        except OSError as feil:
            raise CommandError(_("Filen kunne ikke skrives: %s") % feil, returncode=BRUKSFEIL) from feil
        self.stdout.write(_("Skrev %(fil)s") % {"fil": ut})


def finn_uttrekk(valg: str) -> Uttrekk:
    """The extract meant by «siste», an id or an ISO date. CommandError with exit code 2 when there is none."""
    alle = Uttrekk.objects.order_by("-dato")
    if valg == "siste":
        funnet = alle.first()
    elif valg.isdecimal():
        funnet = alle.filter(pk=int(valg)).first()
    else:
        funnet = alle.filter(dato=_dato(valg)).first()
    if funnet is None:
        raise CommandError(_("Fant ikke uttrekket «%s». Les inn et uttrekk først.") % valg, returncode=BRUKSFEIL)
    return funnet


def _dato(valg: str) -> date:
    try:
        return date.fromisoformat(valg)
    except ValueError as feil:
        tekst = _("«%s» er verken «siste», et nummer eller en dato (ÅÅÅÅ-MM-DD).") % valg
        raise CommandError(tekst, returncode=BRUKSFEIL) from feil
