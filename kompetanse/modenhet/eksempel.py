"""The two sectors of the master's thesis, as far as its text tells: what it does not say is not assessed here.

Shown apart from the municipality's own assessments, with the source.
"""

from datetime import date

from kompetanse.modenhet.regning import Svar

KILDE = "Masteroppgave om kompetanseledelse i kommunale enheter, Universitetet i Agder 2023, figur 5.1"
# The source gives the year alone.
DATO = date(2023, 1, 1)
_MANGEL = (Svar.DELVIS, "Kilden regner punktet som halvveis på plass.")
_LAI = "Kilden sier at det meste hos Lai er på plass, men ikke hvilke deler."
# Name → the point's key → answer, and what the source says.
EKSEMPEL: dict[str, dict[str, tuple[Svar, str]]] = {
    "Helse": {
        "mangel": _MANGEL,
        "gjennomforing": (Svar.JA, "Kilden regner punktet som på plass."),
        **dict.fromkeys(("anskaffelse", "utvikling", "mobilisering", "avvikling"), (Svar.IKKE_VURDERT, _LAI)),
    },
    "Samfunn": {
        "mangel": _MANGEL,
        "anskaffelse": (Svar.JA, "Kilden regner punktet som på plass."),
        "mobilisering": (Svar.DELVIS, "Fire av de fem driverne er på plass. Kilden sier ikke hvilken som mangler."),
    },
}
