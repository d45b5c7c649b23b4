"""Reads of the competence catalogue."""

from felles.norsk import sorteringsnokkel, treffer
from kompetanse.models import Kompetanse
from organisasjon.lister import sorter

SORTERING = {
    "navn": lambda k: sorteringsnokkel(k.navn),
    "type": lambda k: (k.type, sorteringsnokkel(k.navn)),
    "nivaa": lambda k: (k.nivaa, sorteringsnokkel(k.navn)),
    "omraade": lambda k: (sorteringsnokkel(k.omraade), sorteringsnokkel(k.navn)),
}


def katalogliste(
    sok: str = "", type_: str = "", nivaa: str = "", ogsaa_tatt_ut: bool = False, sortering: str = ""
) -> list[Kompetanse]:
    """Competences that fit. Those retired only when asked for. One query."""
    rader = Kompetanse.objects.order_by("pk")
    if not ogsaa_tatt_ut:
        rader = rader.filter(tatt_ut__isnull=True)
    funnet = [
        k
        for k in rader
        if treffer(sok, k.navn, k.omraade, k.beskrivelse) and type_ in ("", k.type) and nivaa in ("", k.nivaa)
    ]
    return sorter(funnet, sortering or "navn", SORTERING, "navn")
