"""Assessments and sessions made through the services."""

from datetime import date, datetime

from django.utils import timezone

from kompetanse.models import Refleksjonskort, Refleksjonsnotat, Refleksjonsoekt
from kompetanse.modenhet.regning import Svar
from kompetanse.queries.modenhet import sjekkliste
from kompetanse.services.modenhet import lagre_vurdering
from kompetanse.services.refleksjon import lagre_notat, start_oekt, trekk_kort

DAG = date(2026, 3, 1)
NAA = timezone.make_aware(datetime(2026, 3, 1, 12))


def vurder(enhet, svar: dict[str, str], dato: date = DAG, **felt):
    """The unit's assessment with these answers by key; the other points are not assessed."""
    alle = {n: (Svar(svar.get(n, "ikke_vurdert")), felt.get("belegg", "")) for n in sjekkliste().nokler}
    return lagre_vurdering(
        vurdering=felt.get("vurdering"),
        enhet=enhet,
        dato=dato,
        grunnlag="",
        svar=alle,
        av=felt.get("av"),
        naa=NAA,
        forventet=felt.get("forventet"),
    )


def lag_oekt(enhet, av=None, **felt) -> Refleksjonsoekt:
    verdier = {"formaal": "Innspill", "dato": DAG, "antall": 8, "roller": "", "temaer": ""} | felt
    return start_oekt(enhet=enhet, verdier=verdier, av=av, naa=NAA)


def lag_notat(oekt: Refleksjonsoekt, tekst: str = "Vi trenger to til.") -> Refleksjonsnotat:
    """The next card drawn, with a note."""
    notat = trekk_kort(oekt=oekt, trekning=lambda kort: kort[0])
    return lagre_notat(notat=notat, tekst=tekst, forventet=None)


def foerste_kort() -> Refleksjonskort:
    return Refleksjonskort.objects.order_by("pk").first()
