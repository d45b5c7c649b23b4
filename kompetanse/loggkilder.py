"""What of the competence work that shows in the log. All of it are rows of Hendelse, which cost the page no query."""

from django.utils.translation import gettext_lazy as _

from kompetanse.services import gaprunde, kompetansetall, modenhet, refleksjon, samtale
from organisasjon.kilder import Loggkilde, meld_logg


def meld_loggkilder() -> None:
    """Register the kinds."""
    meld_logg(
        Loggkilde(gaprunde.LOGGSLAG, _("Gapanalyse")),
        Loggkilde(kompetansetall.LOGGSLAG, _("Kompetansetall")),
        Loggkilde(modenhet.LOGGSLAG, _("Modenhet")),
        Loggkilde(refleksjon.LOGGSLAG, _("Refleksjonskort")),
        Loggkilde(samtale.LOGGSLAG, _("Utviklingssamtale")),
    )
