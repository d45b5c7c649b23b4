"""One demo login per role. Leaders carry the name their position has in the latest extract."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TextIO

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from analyse.demodata import DATOER
from analyse.enums import Lederfunksjon
from analyse.models import Leder
from organisasjon.enums import Rolle
from organisasjon.models import Bruker, Enhet
from organisasjon.queries import kommune
from organisasjon.services import gi_rolle, opprett_bruker

PASSORD = "demo-passord-2025"


@dataclass(frozen=True)
class Demobruker:
    """A login: user name, role, scope (unit name; empty = the whole municipality), and name or leader function."""

    brukernavn: str
    rolle: Rolle
    omraade: str = ""
    navn: str = ""
    funksjon: str = ""


BRUKERE = (
    Demobruker("systemansvarlig", Rolle.SYSTEMANSVARLIG, navn="Sindre Aune"),
    Demobruker("hr", Rolle.HR, navn="Ingeborg Myhre"),
    Demobruker("kommunedirektor", Rolle.KOMMUNEDIREKTOR, funksjon=Lederfunksjon.KOMMUNEDIREKTOR),
    Demobruker("asskommunedirektor", Rolle.ASS_KOMMUNEDIREKTOR, funksjon=Lederfunksjon.ASS_KOMMUNEDIREKTOR),
    Demobruker("kommunalsjef", Rolle.KOMMUNALSJEF, "Helse og omsorg", funksjon=Lederfunksjon.KOMMUNALSJEF),
    Demobruker("enhetsleder", Rolle.ENHETSLEDER, "Hjemmetjenesten", funksjon=Lederfunksjon.ENHETSLEDER),
    Demobruker(
        "avdelingsleder", Rolle.AVDELINGSLEDER, "Hjemmetjenesten, sone 1", funksjon=Lederfunksjon.AVDELINGSLEDER
    ),
    Demobruker("tillitsvalgt", Rolle.TILLITSVALGT, "Helse og omsorg", navn="Olena Brekke"),
    Demobruker("verneombud", Rolle.VERNEOMBUD, navn="Vidar Ødegård"),
    Demobruker("leser", Rolle.LESER, navn="Randi Nygård"),
)

# People behind the plans of other units. They log in like the rest, but are not listed: one login per role is enough.
MEDARBEIDERE = (
    Demobruker("kommunalsjef.oppvekst", Rolle.KOMMUNALSJEF, "Oppvekst", navn="Line Rasmussen"),
    Demobruker("kommunalsjef.teknisk", Rolle.KOMMUNALSJEF, "Tekniske tjenester og kultur", navn="Vidar Aune"),
    Demobruker("rektor", Rolle.ENHETSLEDER, "Bakken barneskole", funksjon=Lederfunksjon.ENHETSLEDER),
    Demobruker("boleder", Rolle.ENHETSLEDER, "Bo og habilitering", funksjon=Lederfunksjon.ENHETSLEDER),
    Demobruker("driftsleder", Rolle.ENHETSLEDER, "Eiendomsdrift", funksjon=Lederfunksjon.ENHETSLEDER),
    Demobruker("tillitsvalgt.skole", Rolle.TILLITSVALGT, "Oppvekst", navn="Jonas Sæther"),
)


def lag_medarbeidere(dag: date) -> None:
    """Make the people behind the plans that are missing."""
    for mal in MEDARBEIDERE:
        lag_bruker(mal, dag)


def lag_brukere(dag: date) -> None:
    """Make the logins that are missing. Leaders get the name they have in the latest extract, so import first."""
    for mal in BRUKERE:
        lag_bruker(mal, dag)


def lag_hr(dag: date) -> Bruker:
    """The HR person, who reads in and publishes the extracts."""
    return lag_bruker(next(mal for mal in BRUKERE if mal.rolle == Rolle.HR), dag)


def lag_bruker(mal: Demobruker, dag: date) -> Bruker:
    """The login with its role from the first extract's date, made if it is missing."""
    if bruker := Bruker.objects.filter(username=mal.brukernavn).first():
        return bruker
    omraade = _omraade(mal)
    bruker = opprett_bruker(
        epost=f"{mal.brukernavn}@demo.invalid",
        navn=mal.navn or _ledernavn(mal, omraade),
        brukernavn=mal.brukernavn,
    )
    bruker.password = _hash()
    bruker.save(update_fields=["password"])
    gi_rolle(bruker=bruker, rolle=mal.rolle, enhet=omraade, gyldig_fra=DATOER[0], utfoert_av=None, dag=dag)
    return bruker


@cache
def _hash() -> str:
    """The password as it is kept. Hashed once: hashing is slow on purpose, and everybody in the demo has the same."""
    return make_password(PASSORD)


def finnes() -> bool:
    """Have all logins been made?"""
    navn = {mal.brukernavn for mal in BRUKERE}
    return Bruker.objects.filter(username__in=navn).count() == len(navn)


def skriv_innlogginger(ut: TextIO, adresse: str) -> None:
    """Print the address and one login per role. Used by `lag_demo`, and so by `make run`."""
    roller = Bruker.objects.filter(username__in=[m.brukernavn for m in BRUKERE]).prefetch_related("roller__enhet")
    brukere = {b.username: b for b in roller}
    ut.write(f"\n{_('Demokommunen er klar')}: {adresse}\n{_('Passord for alle')}: {PASSORD}\n\n")
    for mal in BRUKERE:
        bruker = brukere.get(mal.brukernavn)
        rolle = bruker and next(iter(bruker.roller.all()), None)
        if rolle:
            ut.write(f"  {bruker.username:<20}{bruker.navn:<24}{rolle}\n")


def _omraade(mal: Demobruker) -> Enhet:
    if not mal.omraade:
        return kommune()
    return Enhet.objects.filter(navn=mal.omraade).order_by("pk").first() or kommune()


def _ledernavn(mal: Demobruker, omraade: Enhet) -> str:
    """The name of the leader who has this function in the scope, in the newest extract; else the user name."""
    ledere = Leder.objects.filter(funksjon=mal.funksjon).order_by("-uttrekk__dato", "pk")
    i_omraadet = ledere.filter(avdeling=omraade).first() or ledere.filter(enhet=omraade).first()
    leder = i_omraadet or ledere.first()
    return leder.navn if leder else mal.brukernavn
