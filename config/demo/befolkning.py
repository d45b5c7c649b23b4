"""The demo municipality's population, as SSB expects it, and its class of centrality."""

from datetime import date

from analyse.models import Befolkningstall, Sentralitet
from analyse.services.befolkning import lagre_befolkning, sett_sentralitet

KILDE, HENTET = "SSB, framskriving for Kristiansund", date(2024, 6, 5)
# år, 0–19, 20–66, 67+
TALL = ((2024, 5000, 14000, 5500), (2030, 4800, 13500, 6200), (2040, 4500, 12500, 7000), (2050, 4200, 11500, 7500))
KLASSE = 4


def legg_inn_befolkning() -> None:
    """Enter what is missing; what has been entered or changed stays."""
    finnes = set(Befolkningstall.objects.values_list("aar", flat=True))
    for aar, unge, voksne, eldre in TALL:
        if aar not in finnes:
            lagre_befolkning(rad=None, aar=aar, unge=unge, voksne=voksne, eldre=eldre, kilde=KILDE, hentet=HENTET)
    if not Sentralitet.objects.exists():
        sett_sentralitet(klasse=KLASSE)
