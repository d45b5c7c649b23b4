"""What the commands that read files have in common: the profile, the problems on stderr, JSON, exit code 2."""

import json
from abc import ABC, abstractmethod
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from analyse.enums import Importslag
from analyse.innlesing.problem import MAKS_PROBLEMER, Innlesingsfeil
from analyse.innlesing.profil import Lesevalg, les_toml
from analyse.innlesing.verdier import tolk_dato
from analyse.models import Importprofil

P = TypeVar("P", bound=Lesevalg)


class Innlesingskommando(BaseCommand, ABC):
    """Reads a file. Exit code 0 done, 2 bad input; then nothing has been stored, and every problem is on stderr."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, the profile, the trial run, JSON."""
        parser.add_argument("fil", type=Path, help="xlsx- eller CSV-fil")
        parser.add_argument("--profil", default="", help="navn på en lagret profil, eller en TOML-fil")
        parser.add_argument("--proev", action="store_true", help="kontroller alt, men lagre ingenting")
        parser.add_argument("--json", action="store_true", dest="som_json", help="skriv svaret som JSON")

    def handle(self, *args: Any, **valg: Any) -> None:
        try:
            if not valg["fil"].is_file():
                raise Innlesingsfeil(_("Filen %(fil)s finnes ikke.") % {"fil": valg["fil"]})
            svar = self.les(valg)
        except Innlesingsfeil as feil:
            self._stopp(feil, som_json=valg["som_json"])
        else:
            self._skriv(svar, som_json=valg["som_json"], proev=valg["proev"])

    @abstractmethod
    def les(self, valg: dict[str, Any]) -> dict[str, Any]:
        """Read the file; what came of it. Raises Innlesingsfeil."""

    @abstractmethod
    def fortell(self, svar: dict[str, Any]) -> None:
        """What came of it, in words on stdout."""

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

    def _skriv(self, svar: dict[str, Any], *, som_json: bool, proev: bool) -> None:
        data = {"status": "proevd"} | svar
        if som_json:
            self.stdout.write(json.dumps(data, ensure_ascii=False, indent=1))
            return
        self.fortell(data)
        for melding in data["meldinger"]:
            self.stdout.write(f"  {melding}")
        if proev:
            self.stdout.write(_("Bare prøvd. Ingenting er lagret."))


def finn_dato(tekst: str | None, valg: str) -> date | None:
    """The date of an option, or None when it was not given. Raises Innlesingsfeil."""
    dato = tolk_dato(tekst).dato if tekst else None
    if tekst and dato is None:
        raise Innlesingsfeil(_("%(valg)s må være en dato, for eksempel 2025-07-01.") % {"valg": valg})
    return dato


def finn_profil(navn: str, slag: Importslag, lag: Callable[[dict[str, Any], str], P]) -> P:
    """A profile by file or by stored name; without a name an empty one. Raises Innlesingsfeil."""
    if not navn:
        return lag({}, "")
    if navn.endswith(".toml"):
        return les_toml(Path(navn), lag)
    lagret = Importprofil.objects.filter(slag=slag, navn=navn).first()
    if lagret is None:
        raise Innlesingsfeil(_("Profilen «%(navn)s» finnes ikke.") % {"navn": navn})
    return lag(lagret.oppsett, lagret.navn)
