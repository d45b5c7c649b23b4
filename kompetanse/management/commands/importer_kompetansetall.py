"""Read counts of competence from the command line, for nightly jobs. Exit code 0 done, 2 bad input."""

from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _

from analyse.enums import Importslag
from analyse.innlesing.kommando import Innlesingskommando, finn_dato, finn_profil
from kompetanse.services.kompetansetall import importer_fil
from kompetanse.tallinnlesing.profil import fra_dict


class Command(Innlesingskommando):
    help = "Leser inn kompetansetall (xlsx eller CSV): antall per enhet og kompetanse. Alt eller ingenting."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--kilde", default="", help="systemet tallene kommer fra; ellers profilens")
        parser.add_argument("--dato", help="datoen tallene gjelder (åååå-mm-dd eller dd.mm.åååå)")
        parser.add_argument("--godta-bortfall", action="store_true", help="godta at over 15 prosent er borte")

    def les(self, valg: dict[str, Any]) -> dict[str, Any]:
        profil = finn_profil(valg["profil"], Importslag.KOMPETANSE, fra_dict)
        profil.kilde = valg["kilde"].strip()[:120] or profil.kilde
        dato = finn_dato(valg["dato"], "--dato")
        godta, proev = valg["godta_bortfall"], valg["proev"]
        return importer_fil(sti=valg["fil"], profil=profil, dato=dato, godta_bortfall=godta, proev=proev).svar

    def fortell(self, svar: dict[str, Any]) -> None:
        if svar["status"] == "uendret":
            return
        self.stdout.write(
            _("%(kilde)s %(dato)s: %(tall)s tall for %(enheter)s enheter og %(kompetanser)s kompetanser.")
            % {**{n: svar[n] for n in ("tall", "enheter", "kompetanser")}, **svar["innlesing"]}
        )
        self.stdout.write(
            _("  %(rader)s rader, %(talt)s er med, %(utelatt)s er ikke tatt med.")
            % {n: svar[n] for n in ("rader", "talt", "utelatt")}
        )
        if endringer := svar.get("endringer"):
            teller = ("nye", "borte", "flere", "faerre", "like")
            self.stdout.write("  " + ", ".join(f"{n} {endringer[n]}" for n in teller))
