"""Makes notices of deadlines, and sends each person what waits for them."""

from datetime import date, datetime, time

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from planer.services.sending import send_sammendrag
from planer.services.varsler import lag_fristvarsler

HJELP = """Lager varsler om tiltak med frist (en uke før, på dagen og hver uke etter), og sender hver person ett
sammendrag på e-post av det som ikke er lest eller sendt. Det samme varselet sendes aldri to ganger.

Kjør den én gang om dagen. Avslutter med 1 når noen brev ikke kunne sendes; de prøves igjen neste gang."""


class Command(BaseCommand):
    help = HJELP

    def add_arguments(self, parser) -> None:
        parser.add_argument("--dag", help="dagen fristene regnes fra (ÅÅÅÅ-MM-DD); uten denne i dag")
        parser.add_argument("--proev", action="store_true", help="si hva som ville skjedd; lagre og send ingenting")

    def handle(self, *, dag: str | None, proev: bool, **valg) -> None:
        dagen = _dag(dag)
        naa = timezone.now() if dag is None else timezone.make_aware(datetime.combine(dagen, time(7)))
        with transaction.atomic():
            nye = lag_fristvarsler(dag=dagen, naa=naa)
            if proev:
                sendt, feilet = send_sammendrag(naa=naa, proev=True)
                transaction.set_rollback(True)
        if not proev:
            sendt, feilet = send_sammendrag(naa=naa)
        ville = " (prøve: ingenting er lagret eller sendt)" if proev else ""
        self.stdout.write(f"Nye fristvarsler: {nye}. Brev: {sendt}. Ikke sendt: {feilet}.{ville}")
        if feilet:
            raise CommandError("Noen brev ble ikke sendt. Se loggen.")


def _dag(tekst: str | None) -> date:
    if tekst is None:
        return timezone.localdate()
    try:
        return date.fromisoformat(tekst)
    except ValueError as feil:
        raise CommandError("--dag må være en dato på formen ÅÅÅÅ-MM-DD") from feil
