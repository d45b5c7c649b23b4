"""What of the analysis that shows in the log: extracts, categories, positions, norms and printed figures."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from analyse.models import Ansattkategori, Norm, PublisertTall, Stilling
from organisasjon.kilder import Loggkilde, meld_logg


def meld_loggkilder() -> None:
    """Register them. Positions an import brings are left out; what people decide about them is not."""
    meld_logg(
        Loggkilde("uttrekk", _("Uttrekk")),
        Loggkilde("kategori", _("Ansattkategorier"), Ansattkategori, ("navn", "telling", "verdier")),
        Loggkilde("stilling", _("Stillinger"), Stilling, ("funksjon", "ledervurdert", "gruppe", "kode"), uten_nye=True),
        Loggkilde("norm", _("Normer"), Norm, ("verdi", "kilde", "forklaring")),
        Loggkilde(
            "tall", _("Publiserte tall"), PublisertTall, ("verdi", "kilde"), "rad", _tallets_navn, leser=("rapport",)
        ),
    )


def _tallets_navn(versjon: Any) -> str:
    from analyse.rapporter import RAPPORTER

    rapport = RAPPORTER.get(versjon.rapport)
    return f"{rapport.tittel if rapport else versjon.rapport}: {versjon.rad}"
