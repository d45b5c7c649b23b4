"""One reading of competence counts in the demo municipality, from the number of employees. All of it is made up."""

import csv
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from django.utils import timezone

from kompetanse.models import Kompetanseinnlesing
from kompetanse.services.kompetansetall import importer_fil
from kompetanse.tallinnlesing.profil import Kompetanseprofil
from organisasjon.enums import Enhetstype
from organisasjon.kilder import ansattall
from organisasjon.models import Bruker, Enhet

KILDE = "Kompetanseportalen"
# Sector → competence in the catalogue → employees for each who has it.
ANSATTE_PER = {
    "Helse og omsorg": {
        "Autorisasjon som sykepleier": 5,
        "Autorisasjon som vernepleier": 14,
        "Fagbrev som helsefagarbeider": 3,
        "Spesialsykepleie, eldre": 60,
        "Kreftsykepleie og palliasjon": 75,
        "Legemiddelhåndtering": 2,
        "Demensomsorg": 9,
        "Velferdsteknologi i hjemmet": 12,
        "Tiltak mot tvang og makt": 22,
    },
    "Oppvekst": {
        "Lærer i grunnskolen": 2,
        "Barnehagelærer": 6,
        "Fagbrev som barne- og ungdomsarbeider": 7,
        "Spesialpedagogikk": 16,
        "Begynneropplæring i lesing og skriving": 11,
        "Norsk som andrespråk": 25,
    },
    "Tekniske tjenester og kultur": {
        "Forebyggende brannvern": 18,
        "Drift av vann- og avløpsanlegg": 9,
        "Byggesaksbehandling": 13,
        "Kart og geodata": 20,
        "Vedlikehold av bygg": 6,
    },
}
FELLES = {"Saksbehandling etter forvaltningsloven": 15, "Veiledning av lærlinger og studenter": 17, "Klart språk": 21}


def last_kompetansetall(dag: date, av: Bruker) -> None:
    """Read the counts in as HR would, once. Side effects: those of the service; a file in a temporary folder."""
    if Kompetanseinnlesing.objects.exists():
        return
    dato = min(dag, timezone.localdate()) - timedelta(days=14)
    with tempfile.TemporaryDirectory(prefix="kp-demo-") as mappe:
        sti = Path(mappe) / f"kompetanse-{dato.isoformat()}.csv"
        with sti.open("w", newline="", encoding="utf-8") as fil:
            csv.writer(fil, delimiter=";").writerows([("Enhetskode", "Enhet", "Kompetanse", "Antall"), *_rader()])
        importer_fil(sti=sti, profil=Kompetanseprofil(kilde=KILDE), dato=dato, bruker=av)


def _rader() -> Iterator[tuple[str, str, str, int]]:
    """Each unit with the competences of its sector; the code of the unit shifts the shares a little."""
    antall = ansattall()
    enheter = Enhet.objects.filter(type=Enhetstype.ENHET, gyldig_til__isnull=True, pk__in=antall)
    for nr, enhet in enumerate(enheter.select_related("parent").order_by("kode")):
        egne = ANSATTE_PER.get(enhet.parent.navn, {}) | FELLES
        for plass, (kompetanse, per) in enumerate(egne.items()):
            n = antall[enhet.pk] * (8 + (nr * 5 + plass * 3) % 5) // (10 * per)
            if n or (nr + plass) % 4 == 0:
                yield enhet.kode, enhet.navn, kompetanse, n
