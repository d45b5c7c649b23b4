"""Late answers as they are shown: of what, field by field, what was typed and what stands there now."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from kompetanse.forms.gapskjema import Svarskjema
from kompetanse.forms.gapsvar import skjema_for
from kompetanse.models import Gapanalyse, Gapsentsvar
from kompetanse.services.gapsvar_sene import NY_OPPGAVE, NYE_RADER


@dataclass(frozen=True)
class SentSvar:
    """`felt`: (name, typed, now). `kan_tas_med`: what it was about is still there."""

    svar: Gapsentsvar
    hva: str
    felt: list[tuple[str, str, str]]
    kan_tas_med: bool


def sene_svar(analyse: Gapanalyse) -> list[SentSvar]:
    """The analysis' late answers, oldest first. One query, and a few for each that there is."""
    return [_vis(analyse, svar) for svar in analyse.sene_svar.select_related("av")]


def _vis(analyse: Gapanalyse, svar: Gapsentsvar) -> SentSvar:
    skjema = skjema_for(analyse, svar.gjelder)
    if skjema is None:
        nye = {NYE_RADER: _("Nye rader som ikke ble lagt til"), NY_OPPGAVE: _("Ny oppgave som ikke ble lagt til")}
        hva = nye.get(svar.gjelder, _("Noe som er tatt ut"))
        return SentSvar(svar, hva, [("", t, "") for t in svar.verdier.values()], False)
    felt = [
        (skjema.navn(f), skjema.lesbar(f, t), skjema.lesbar(f, skjema.naa[f]))
        for f, t in svar.verdier.items()
        if f in skjema.felt
    ]
    return SentSvar(svar, hva_navn(skjema), felt, True)


def hva_navn(skjema: Svarskjema) -> str:
    """What a form is about, in words."""
    objekt = skjema.objekt
    if skjema.gjelder.startswith("swot:"):
        return f"{objekt.get_omraade_display()}: {objekt.get_slag_display().lower()}"
    return str(getattr(objekt, "sporsmaal", objekt))
