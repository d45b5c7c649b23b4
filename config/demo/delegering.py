"""Delegations of the demo municipality: a chain in each of four units, one of them broken, one expired."""

from datetime import date

from kompetanse.matrise.enums import Delegeringsrolle as Rolle
from kompetanse.models import Delegering
from kompetanse.services.delegering import lagre_delegering
from organisasjon.models import Bruker, Enhet

GITT = date(2025, 1, 1)
VIDERE = date(2025, 2, 1)
# What the head of the sector passes on to the leaders of its units, and whether they may pass it on.
TIL_ENHETSLEDER = (
    ("Ansette i faste og midlertidige stillinger", True),
    ("Disponere enhetens driftsbudsjett", True),
    ("Avgjøre søknader om permisjon inntil tre måneder", False),
)
SEKTORER = {"Helse og omsorg": ("Hjemmetjenesten", "Sykehjem vest"), "Oppvekst": ("Bakken barneskole",)}


def last_delegeringer(av: Bruker) -> None:
    """Make the delegations that the demo shows, once. Side effects: rows with history, made as HR."""
    if Delegering.objects.exists():
        return
    for nr, (sektor, enheter) in enumerate(SEKTORER.items(), 1):
        if omraade := Enhet.objects.filter(navn=sektor).first():
            _sektor(omraade, list(Enhet.objects.filter(navn__in=enheter).order_by("navn")), f"25/{100 + nr}", av)


def _sektor(sektor: Enhet, enheter: list[Enhet], sak: str, av: Bruker) -> None:
    for hva, videre in TIL_ENHETSLEDER:
        fra_toppen = _gi(sektor, hva, Rolle.KD, Rolle.KS, True, f"Delegeringsreglement, sak {sak}", None, av)
        for nr, enhet in enumerate(enheter, 1):
            skriv = f"Delegeringsbrev {sak}-{nr}"
            _gi(enhet, hva, Rolle.KS, Rolle.EL, videre, skriv, fra_toppen, av)
    if enheter:
        _det_som_maa_ses_paa(enheter[0], sak, av)


def _det_som_maa_ses_paa(enhet: Enhet, sak: str, av: Bruker) -> None:
    """One that has been passed on without the right to, one in order, and one that has expired."""
    egne = {d.hva: d for d in Delegering.objects.filter(enhet=enhet)}
    for nr, hva in ((7, TIL_ENHETSLEDER[1][0]), (8, TIL_ENHETSLEDER[2][0])):
        _gi(enhet, hva, Rolle.EL, Rolle.AL, False, f"Delegeringsbrev {sak}-{nr}", egne[hva], av)
    prosjekt = "Inngå avtaler om vikarbyrå i prosjektperioden"
    _gi(enhet, prosjekt, Rolle.KD, Rolle.EL, False, f"Sak {sak}-9", None, av, til=date(2025, 6, 30))


def _gi(
    enhet: Enhet,
    hva: str,
    fra_rolle: Rolle,
    til_rolle: Rolle,
    videre: bool,
    dokument: str,
    bygger_paa: Delegering | None,
    av: Bruker,
    til: date | None = None,
) -> Delegering:
    verdier = {
        "hva": hva,
        "fra_rolle": fra_rolle,
        "til_rolle": til_rolle,
        "kan_videre": videre,
        "gyldig_fra": VIDERE if bygger_paa else GITT,
        "gyldig_til": til,
        "dokument": dokument,
        "bygger_paa": bygger_paa,
    }
    return lagre_delegering(delegering=None, enhet=enhet, verdier=verdier, av=av)
