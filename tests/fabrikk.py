"""Dull factories: a small municipality, people with a role, and synthetic extracts written straight to the tables."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from analyse.models import Ansattkategori, Ansettelse, Stilling, Uttrekk, UttrekkEnhet
from organisasjon.enums import Enhetstype, Rolle
from organisasjon.models import Bruker, Enhet, Rolletildeling

PASSORD = "Lang-nok-til-test-2025"


@dataclass(frozen=True)
class Kommunetre:
    """The units of the little municipality: two sectors, one staff unit, four units, four departments."""

    kommune: Enhet
    helse: Enhet
    oppvekst: Enhet
    stab: Enhet
    hjemmetjenesten: Enhet
    sykehjemmet: Enhet
    skolen: Enhet
    barnehagen: Enhet
    hjemme_nord: Enhet
    hjemme_sor: Enhet
    sykehjem_post1: Enhet
    skole_sfo: Enhet

    def standardomraade(self, rolle: Rolle) -> Enhet:
        """The scope a person with the role normally has."""
        return {
            Rolle.KOMMUNALSJEF: self.helse,
            Rolle.ENHETSLEDER: self.hjemmetjenesten,
            Rolle.AVDELINGSLEDER: self.hjemme_nord,
        }.get(rolle, self.kommune)


def lag_enhet(navn: str, type_: Enhetstype, forelder: Enhet | None, kode: str) -> Enhet:
    return Enhet.objects.create(navn=navn, type=type_, parent=forelder, kode=kode)


# Level by level: field of the tree → name, level, the field of its parent, code.
ENHETER: tuple[dict[str, tuple[str, Enhetstype, str, str]], ...] = (
    {"kommune": ("Fjordvik kommune", Enhetstype.KOMMUNE, "", "KOMMUNE")},
    {
        "helse": ("Helse og omsorg", Enhetstype.SEKTOR, "kommune", "S1"),
        "oppvekst": ("Oppvekst", Enhetstype.SEKTOR, "kommune", "S2"),
        "stab": ("Økonomi", Enhetstype.STAB, "kommune", "900"),
    },
    {
        "hjemmetjenesten": ("Hjemmetjenesten", Enhetstype.ENHET, "helse", "310"),
        "sykehjemmet": ("Sykehjemmet", Enhetstype.ENHET, "helse", "320"),
        "skolen": ("Åsen skole", Enhetstype.ENHET, "oppvekst", "210"),
        "barnehagen": ("Ærfugl barnehage", Enhetstype.ENHET, "oppvekst", "220"),
    },
    {
        "hjemme_nord": ("Hjemmetjenesten nord", Enhetstype.AVDELING, "hjemmetjenesten", "311"),
        "hjemme_sor": ("Hjemmetjenesten sør", Enhetstype.AVDELING, "hjemmetjenesten", "312"),
        "sykehjem_post1": ("Post 1", Enhetstype.AVDELING, "sykehjemmet", "321"),
        "skole_sfo": ("SFO", Enhetstype.AVDELING, "skolen", "211"),
    },
)


def lag_kommunetre() -> Kommunetre:
    """Store the little municipality, a level at a time, and return its units by name."""
    enheter: dict[str, Enhet] = {}
    for nivaa in ENHETER:
        nye = [
            Enhet(navn=navn, type=type_, parent=enheter.get(forelder), kode=kode)
            for navn, type_, forelder, kode in nivaa.values()
        ]
        enheter |= zip(nivaa, bulk_create_with_history(nye, Enhet), strict=True)
    return Kommunetre(**enheter)


def lag_bruker(brukernavn: str, navn: str = "") -> Bruker:
    """A person who can log in with `PASSORD`, without any role."""
    epost = f"{brukernavn}@fjordvik.example"
    return Bruker.objects.create_user(brukernavn, epost, PASSORD, navn=navn or brukernavn.title())


def gi_rolle(bruker: Bruker, rolle: Rolle | str, enhet: Enhet) -> Rolletildeling:
    return Rolletildeling.objects.create(bruker=bruker, rolle=Rolle(rolle), enhet=enhet, gyldig_fra=date(2020, 1, 1))


def lag_uttrekk(rader: Iterable[dict[str, Any]], dato: date = date(2025, 7, 1), **felt: Any) -> Uttrekk:
    """Store an extract of the given rows.

    A row must have `enhet` (an Enhet). The rest has defaults: `person` (running number), `avdeling` None,
    `stilling` (title, made when missing), `kategori` code "F", `prosent` 100.0, `fodt`, `kjonn` "K", `start`,
    `slutt`, `utdanning`.
    """
    rader = list(rader)
    uttrekk = Uttrekk.objects.create(
        **{
            "dato": dato,
            "kilde": f"prove-{dato:%Y-%m-%d}.xlsx",
            "fil_hash": f"{dato:%Y%m%d}".ljust(64, "0"),
            "opprettet": timezone.now(),
            "antall_rader": len(rader),
            "antall_ansatte": len({rad.get("person", nr) for nr, rad in enumerate(rader, 1)}),
            "tellinger": {},
            **felt,
        }
    )
    UttrekkEnhet.objects.bulk_create(
        UttrekkEnhet(uttrekk=uttrekk, enhet=e, forelder_id=e.parent_id, kode=e.kode, navn=e.navn, type=e.type)
        for e in Enhet.objects.all()
    )
    kategorier = {k.kode: k for k in Ansattkategori.objects.all()}
    stillinger = _stillinger({rad.get("stilling", "Fagarbeider") for rad in rader})
    Ansettelse.objects.bulk_create(
        Ansettelse(
            uttrekk=uttrekk,
            person=rad.get("person", nr),
            fodt=rad.get("fodt", date(1980, 1, 1)),
            kjonn=rad.get("kjonn", "K"),
            enhet=rad["enhet"],
            avdeling=rad.get("avdeling"),
            stilling=stillinger[rad.get("stilling", "Fagarbeider")],
            kategori=kategorier[rad.get("kategori", "F")],
            prosent=round(rad.get("prosent", 100.0) * 100),
            start=rad.get("start", date(2015, 1, 1)),
            slutt=rad.get("slutt"),
            utdanning=rad.get("utdanning", ""),
        )
        for nr, rad in enumerate(rader, 1)
    )
    return uttrekk


def _stillinger(navn: set[str]) -> dict[str, Stilling]:
    """Position title → Stilling, missing ones made as decided non-leaders."""
    finnes = {s.navn: s for s in Stilling.objects.filter(navn__in=navn)}
    nye = [Stilling(navn=n, ledervurdert=True) for n in sorted(navn - finnes.keys())]
    return finnes | {s.navn: s for s in Stilling.objects.bulk_create(nye)}
