"""Read a staffing extract from the command line, for nightly jobs. Exit code 0 done, 2 bad input."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from analyse.innlesing.problem import MAKS_PROBLEMER, Innlesingsfeil
from analyse.innlesing.profil import Profil, fra_dict, les_toml
from analyse.innlesing.verdier import tolk_dato
from analyse.models import Importprofil
from analyse.services.uttrekk import Importsvar, importer_fil


class Command(BaseCommand):
    help = "Leser inn et bemanningsuttrekk (xlsx eller CSV). Alt eller ingenting."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("fil", type=Path, help="xlsx- eller CSV-fil")
        parser.add_argument("--uttrekksdato", help="datoen uttrekket gjelder (åååå-mm-dd eller dd.mm.åååå)")
        parser.add_argument("--profil", default="", help="navn på en lagret profil, eller en TOML-fil")
        parser.add_argument("--kommune", default="", help="kommunens navn, brukt ved første innlesing")
        parser.add_argument("--proev", action="store_true", help="kontroller alt, men lagre ingenting")
        parser.add_argument("--json", action="store_true", dest="som_json", help="skriv svaret som JSON")
        parser.add_argument("--godta-nye-enheter", action="store_true")
        parser.add_argument(
            "--godta-nedgang", action="store_true", help="godta at antall ansatte faller over 15 prosent"
        )

    def handle(self, *args: Any, **valg: Any) -> None:
        try:
            svar = self._importer(valg)
        except Innlesingsfeil as feil:
            self._stopp(feil, som_json=valg["som_json"])
        else:
            self._skriv(svar, som_json=valg["som_json"], proev=valg["proev"])

    def _importer(self, valg: dict[str, Any]) -> Importsvar:
        if not valg["fil"].is_file():
            raise Innlesingsfeil(_("Filen %(fil)s finnes ikke.") % {"fil": valg["fil"]})
        dato = None
        if valg["uttrekksdato"]:
            dato = tolk_dato(valg["uttrekksdato"]).dato
            if dato is None:
                raise Innlesingsfeil(_("--uttrekksdato må være en dato, for eksempel 2025-07-01."))
        return importer_fil(
            sti=valg["fil"],
            profil=_finn_profil(valg["profil"]),
            uttrekksdato=dato,
            kommune=valg["kommune"],
            godta_nye_enheter=valg["godta_nye_enheter"],
            godta_nedgang=valg["godta_nedgang"],
            proev=valg["proev"],
        )

    def _stopp(self, feil: Innlesingsfeil, *, som_json: bool) -> None:
        for problem in feil.problemer:
            self.stderr.write(str(problem))
        if feil.antall > len(feil.problemer):
            self.stderr.write(
                _("… og %(antall)s til. De første %(vist)s er vist.")
                % {"antall": feil.antall - len(feil.problemer), "vist": MAKS_PROBLEMER}
            )
        if som_json:
            svar = {
                "status": "stoppet",
                "antall_problemer": feil.antall,
                "problemer": [p.som_dict() for p in feil.problemer],
            }
            self.stdout.write(json.dumps(svar, ensure_ascii=False, indent=1))
        raise CommandError(_("Ingenting er lagret."), returncode=2)

    def _skriv(self, svar: Importsvar, *, som_json: bool, proev: bool) -> None:
        data = {"status": "proevd"} | svar.svar
        if som_json:
            self.stdout.write(json.dumps(data, ensure_ascii=False, indent=1))
            return
        if not svar.uendret:
            self.stdout.write(
                _("Uttrekk %(dato)s: %(rader)s rader, %(talt)s teller, %(ikke)s teller ikke. %(ansatte)s ansatte.")
                % {
                    "dato": data["uttrekk"]["dato"],
                    "rader": data["rader"],
                    "talt": data["talt"],
                    "ikke": data["ikke_talt"],
                    "ansatte": data["ansatte"],
                }
            )
            self.stdout.write("  " + ", ".join(f"{k} {n}" for k, n in data["kategorier"].items()))
            endringer = data["endringer"]
            self.stdout.write("  " + ", ".join(f"{k} {n}" for k, n in endringer.items()))
        for melding in data["meldinger"]:
            self.stdout.write(f"  {melding}")
        if proev:
            self.stdout.write(_("Bare prøvd. Ingenting er lagret."))


def _finn_profil(navn: str) -> Profil:
    """A profile by file or by stored name. Raises Innlesingsfeil."""
    if not navn:
        return Profil()
    if navn.endswith(".toml"):
        return les_toml(Path(navn))
    lagret = Importprofil.objects.filter(navn=navn).first()
    if lagret is None:
        raise Innlesingsfeil(_("Profilen «%(navn)s» finnes ikke.") % {"navn": navn})
    return fra_dict(lagret.oppsett, navn=lagret.navn)
