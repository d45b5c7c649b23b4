"""What the load test stands on. Usage: python -m bench.lastgrunn klargjor ANTALL | les SEKSJON …

`klargjor` makes a municipality, a delplan with sections to write in, and people who may. `les` gives the sections' text
and all their versions afterwards.
"""

import sys

import django

from bench.prosess import svar

PASSORD = "bare-for-maaling-2025"
SEKSJONER = 6


def klargjor(antall: int) -> None:
    """Migrate, and make a plan that so many people write."""
    from django.core.management import call_command
    from django.utils import timezone

    from bench.planfyll import lag_temaplan
    from organisasjon.enums import Enhetstype, Rolle
    from organisasjon.services import gi_rolle, opprett_bruker, opprett_enhet, opprett_kommune
    from planer.enums import Deltakerrolle
    from planer.services.planer import opprett_delplan

    call_command("migrate", interactive=False, verbosity=0)
    naa = timezone.now()
    kommune = opprett_kommune(navn="Målekommunen")
    enhet = opprett_enhet(kode="310", navn="Tjenesten", type=Enhetstype.ENHET, forelder=kommune, gyldig_fra=naa.date())
    folk = []
    for nr in range(antall):
        navn = f"skriver{nr}"
        folk.append(opprett_bruker(epost=f"{navn}@demo.invalid", navn=navn, brukernavn=navn, passord=PASSORD))
        gi_rolle(
            bruker=folk[-1],
            rolle=Rolle.ENHETSLEDER,
            enhet=enhet,
            gyldig_fra=naa.date(),
            utfoert_av=None,
            dag=naa.date(),
        )
    plan = opprett_delplan(
        tittel="Delplan som mange skriver i",
        temaplan=lag_temaplan(folk[0], naa),
        enheter=[enhet],
        fra_aar=2026,
        til_aar=2029,
        nivaa=Enhetstype.ENHET,
        uttrekk=None,
        av=folk[0],
        naa=naa,
        deltakere=[(bruker, Deltakerrolle.MEDFORFATTER) for bruker in folk],
    )
    seksjoner = list(plan.seksjoner.values_list("pk", flat=True)[:SEKSJONER])
    svar(brukere=[b.username for b in folk], passord=PASSORD, seksjoner=seksjoner)


def les(ider: list[int]) -> None:
    """The text of the sections, and all that their versions hold."""
    from planer.models import Seksjon

    rader = Seksjon.objects.filter(pk__in=ider).prefetch_related("versjoner")
    svar(
        tekster={s.pk: s.html for s in rader},
        historie={s.pk: " ".join(v.html for v in s.versjoner.all()) for s in rader},
    )


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "klargjor":
        klargjor(int(sys.argv[2]))
    else:
        les([int(a) for a in sys.argv[2:]])
