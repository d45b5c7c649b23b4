"""Read a staffing extract from the command line, for nightly jobs. Exit code 0 done, 2 bad input."""

from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _

from analyse.enums import Importslag
from analyse.innlesing.kommando import Innlesingskommando, finn_dato, finn_profil
from analyse.innlesing.profil import fra_dict
from analyse.services.uttrekk import importer_fil


class Command(Innlesingskommando):
    help = "Leser inn et bemanningsuttrekk (xlsx eller CSV). Alt eller ingenting."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--uttrekksdato", help="datoen uttrekket gjelder (åååå-mm-dd eller dd.mm.åååå)")
        parser.add_argument("--kommune", default="", help="kommunens navn, brukt ved første innlesing")
        parser.add_argument("--godta-nye-enheter", action="store_true")
        parser.add_argument(
            "--godta-nedgang", action="store_true", help="godta at antall ansatte faller over 15 prosent"
        )

    def les(self, valg: dict[str, Any]) -> dict[str, Any]:
        return importer_fil(
            sti=valg["fil"],
            profil=finn_profil(valg["profil"], Importslag.ANSATTE, fra_dict),
            uttrekksdato=finn_dato(valg["uttrekksdato"], "--uttrekksdato"),
            kommune=valg["kommune"],
            godta_nye_enheter=valg["godta_nye_enheter"],
            godta_nedgang=valg["godta_nedgang"],
            proev=valg["proev"],
        ).svar

    def fortell(self, svar: dict[str, Any]) -> None:
        if svar["status"] == "uendret":
            return
        self.stdout.write(
            _("Uttrekk %(dato)s: %(rader)s rader, %(talt)s teller, %(ikke)s teller ikke. %(ansatte)s ansatte.")
            % {
                "dato": svar["uttrekk"]["dato"],
                "rader": svar["rader"],
                "talt": svar["talt"],
                "ikke": svar["ikke_talt"],
                "ansatte": svar["ansatte"],
            }
        )
        self.stdout.write("  " + ", ".join(f"{k} {n}" for k, n in svar["kategorier"].items()))
        self.stdout.write("  " + ", ".join(f"{k} {n}" for k, n in svar["endringer"].items()))
