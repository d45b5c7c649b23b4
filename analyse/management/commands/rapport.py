"""`manage.py rapport SLUG`: one report as JSON, CSV, xlsx or PDF. Only the document is written to stdout."""

import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from analyse.queries import PersonraderSlettet, UkjentEnhet, UkjentUttrekk, enhet_i_uttrekk, uttrekk_fra
from analyse.rapporter import RAPPORTER
from analyse.rapporter.resultat import Resultat
from analyse.services.rapporter import UgyldigPeriode, hent_resultat
from felles import eksport

BINAERE = {"xlsx", "pdf"}


class Command(BaseCommand):
    """Exit code 0: done. 2: bad input, with the reason in Norwegian on stderr."""

    # The checks walk every route and form; a nightly job needs none of them.
    requires_system_checks = ()
    help = "Skriv ut en rapport fra et uttrekk som JSON, CSV, Excel eller PDF."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", metavar="SLUG", help="rapporten: " + ", ".join(RAPPORTER))
        parser.add_argument(
            "--uttrekk", default="siste", metavar="siste|ID|DATO", help="hvilket uttrekk (standard: siste)"
        )
        parser.add_argument("--enhet", metavar="KODE", help="bare denne enheten og alt under den")
        parser.add_argument("--fra", metavar="D", help="periodens første dag, ÅÅÅÅ-MM-DD")
        parser.add_argument("--til", metavar="D", help="periodens siste dag, ÅÅÅÅ-MM-DD")
        parser.add_argument("--format", default="json", choices=("json", "csv", "xlsx", "pdf"))
        parser.add_argument("--ut", metavar="FIL", help="skriv til fil i stedet for til skjermen")
        parser.add_argument("--prikket", action="store_true", help="skjul små tall, slik lesere utenfor HR ser dem")

    def handle(self, *args: Any, **valg: Any) -> None:
        """Compute and write. Bad input → CommandError with exit code 2."""
        try:
            innhold = dokument(self._resultat(valg), valg["format"])
            self._skriv(innhold, valg["ut"], valg["format"])
        except (UkjentUttrekk, UkjentEnhet, UgyldigPeriode, PersonraderSlettet) as feil:
            raise CommandError(str(feil), returncode=2) from feil
        except OSError as feil:
            raise CommandError(f"Kan ikke skrive til {valg['ut']}: {feil.strerror}", returncode=2) from feil

    def _resultat(self, valg: dict[str, Any]) -> Resultat:
        if valg["slug"] not in RAPPORTER:
            raise CommandError(
                f"Det finnes ingen rapport «{valg['slug']}». Velg en av: {', '.join(RAPPORTER)}.", returncode=2
            )
        uttrekk = uttrekk_fra(valg["uttrekk"])
        return hent_resultat(
            uttrekk=uttrekk,
            slug=valg["slug"],
            enhet=enhet_i_uttrekk(uttrekk, valg["enhet"]) if valg["enhet"] else None,
            fra=_dag(valg["fra"], "--fra"),
            til=_dag(valg["til"], "--til"),
            prikket=valg["prikket"],
        )

    def _skriv(self, innhold: bytes, fil: str | None, format_: str) -> None:
        if fil:
            Path(fil).write_bytes(innhold)
        elif format_ in BINAERE and sys.stdout.isatty():
            raise CommandError(f"Formatet {format_} er ikke tekst. Oppgi en fil med --ut.", returncode=2)
        elif hasattr(self.stdout, "buffer"):
            self.stdout.flush()
            self.stdout.buffer.write(innhold)
            self.stdout.buffer.flush()
        else:
            self.stdout.write(innhold.decode("utf-8"), ending="")


def dokument(resultat: Resultat, format_: str) -> bytes:
    """The result as a file of the format."""
    rapport = RAPPORTER[resultat.rapport]
    if format_ == "json":
        return eksport.som_json(resultat.som_json())
    if format_ == "pdf":
        from analyse.bystyrerapport import rapport_pdf  # local: the PDF library is slow to load

        return rapport_pdf(resultat)
    if format_ == "csv":
        return eksport.som_csv(rapport.eksporttabeller(resultat))
    return eksport.som_xlsx(rapport.eksporttabeller(resultat), eksport.metodeark(resultat))


def _dag(tekst: str | None, navn: str) -> date | None:
    if tekst is None:
        return None
    try:
        return date.fromisoformat(tekst)
    except ValueError:
        raise UgyldigPeriode(f"{navn} må være en dato på formen 2025-07-01, ikke «{tekst}».") from None
