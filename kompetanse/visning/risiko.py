"""Risks as they are shown: level and «is it enough» as marks, the finding, the table for a file."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analyse.rapporter.resultat import Kolonne, Tabell
from felles.tall import dato_kort, tallord
from kompetanse.enums import Erdetnok, Risikonivaa
from kompetanse.models import Risiko
from kompetanse.visning.modenhet import Merke

NIVAAER = {
    Risikonivaa.LAV: Merke(Risikonivaa.LAV.label, "✓", "success"),
    Risikonivaa.MIDDELS: Merke(Risikonivaa.MIDDELS.label, "▲", "warning"),
    Risikonivaa.HOEY: Merke(Risikonivaa.HOEY.label, "✕", "danger"),
}
NOK = {
    Erdetnok.JA: Merke(Erdetnok.JA.label, "✓", "success"),
    Erdetnok.NEI: Merke(Erdetnok.NEI.label, "✕", "danger"),
    Erdetnok.VET_IKKE: Merke(Erdetnok.VET_IKKE.label, "–", "neutral"),
}


def merke(nivaa: Risikonivaa) -> Merke:
    """The mark of a level."""
    return NIVAAER[nivaa]


def nokmerke(nok: str) -> Merke:
    """The mark of «is it enough»."""
    return NOK[Erdetnok(nok)]


def funn(risikoer: list[Risiko], dag: date) -> str:
    """What the matrix says, in one sentence."""
    if not risikoer:
        return _("Ingen risikoer passer med valgene")
    hoye = [r for r in risikoer if r.nivaa == Risikonivaa.HOEY]
    uten = sum(r.nok != Erdetnok.JA for r in hoye)
    if not hoye:
        antall = len(risikoer)
        tekst = ngettext("Én risiko, og den er ikke høy", "%(n)s risikoer, og ingen av dem er høye", antall)
        return _stor(tekst % {"n": tallord(antall)})
    tekst = ngettext("Én høy risiko", "%(n)s høye risikoer", len(hoye)) % {"n": tallord(len(hoye))}
    if not uten:
        return _stor(_("%(hoye)s, og det som gjøres, er vurdert som nok") % {"hoye": tekst})
    if uten == len(hoye):
        return _stor(_("%(hoye)s der det som gjøres, ikke er vurdert som nok") % {"hoye": tekst})
    return _stor(_("%(hoye)s, der det for %(uten)s ikke gjøres nok") % {"hoye": tekst, "uten": tallord(uten)})


def _stor(tekst: str) -> str:
    return tekst[:1].upper() + tekst[1:]


def risikotabell(risikoer: list[Risiko]) -> Tabell:
    """One row per risk."""
    titler = {
        "enhet": _("Enhet"),
        "hva": _("Hva kan gå galt"),
        "fire_v": _("4V"),
        "sannsynlighet": _("Sannsynlighet"),
        "konsekvens": _("Konsekvens"),
        "produkt": _("Risiko"),
        "nivaa": _("Nivå"),
        "gjoeres": _("Hva gjøres"),
        "nok": _("Er det nok"),
        "ansvarlig": _("Ansvarlig rolle"),
        "frist": _("Frist"),
        "lukket": _("Lukket"),
        "lukkegrunn": _("Hvorfor lukket"),
    }
    tall = {"sannsynlighet", "konsekvens", "produkt"}
    kolonner = tuple(Kolonne(n, t, "heltall" if n in tall else "tekst") for n, t in titler.items())
    return Tabell("rader", _("Risiko"), kolonner, [_rad(r) for r in risikoer])


def _rad(r: Risiko) -> dict:
    return {
        "enhet": r.enhet.navn,
        "hva": r.hva,
        "fire_v": ", ".join(r.fire_v),
        "sannsynlighet": r.sannsynlighet,
        "konsekvens": r.konsekvens,
        "produkt": r.produkt,
        "nivaa": str(r.nivaa.label),
        "gjoeres": r.gjoeres,
        "nok": str(r.get_nok_display()),
        "ansvarlig": r.ansvarlig,
        "frist": dato_kort(r.frist) if r.frist else "",
        "lukket": dato_kort(r.lukket) if r.lukket else "",
        "lukkegrunn": r.lukkegrunn,
    }


def metode(dag: date) -> list[tuple[str, str]]:
    """What the file says of itself."""
    return [
        (_("Hentet"), dato_kort(dag)),
        (_("4V"), _("Viktig, vanlig, vanskelig, variasjon: grunner til å se på risikoen.")),
        (_("Risiko"), _("Sannsynlighet ganger konsekvens, begge fra 1 til 4. Lav til og med 3, middels til og med 8.")),
    ]
