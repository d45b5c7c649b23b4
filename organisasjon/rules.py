"""Who may do what where. One table; views, menus, tests and docs/tilgang.md all read it.

A role holds for its unit and everything beneath it. Outsiders (no role that covers the object) get 404,
readers without the right get 403.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from organisasjon.enums import Handling, Rolle

LEDERLINJE = frozenset(
    {
        Rolle.KOMMUNEDIREKTOR,
        Rolle.ASS_KOMMUNEDIREKTOR,
        Rolle.KOMMUNALSJEF,
        Rolle.ENHETSLEDER,
        Rolle.AVDELINGSLEDER,
    }
)
TOPPLEDELSE = frozenset({Rolle.KOMMUNEDIREKTOR, Rolle.ASS_KOMMUNEDIREKTOR})
MEDBESTEMMELSE = frozenset({Rolle.TILLITSVALGT, Rolle.VERNEOMBUD})
ALLE = frozenset(Rolle)
KREVER_TOFAKTOR = frozenset({Rolle.HR, Rolle.SYSTEMANSVARLIG})

# Handling → roles that may do it within their scope.
TILLATT: dict[Handling, frozenset[Rolle]] = {
    Handling.SE_RAPPORTER: ALLE - {Rolle.SYSTEMANSVARLIG},
    Handling.SE_UPRIKKET: LEDERLINJE | {Rolle.HR},
    Handling.SE_ORGANISASJON: ALLE,
    Handling.FORVALTE_ORGANISASJON: frozenset({Rolle.HR, Rolle.SYSTEMANSVARLIG}),
    Handling.FORVALTE_ROLLER: frozenset({Rolle.HR, Rolle.SYSTEMANSVARLIG}),
    Handling.IMPORTERE: frozenset({Rolle.HR}),
    Handling.FORVALTE_OPPSETT: frozenset({Rolle.HR}),
    Handling.PUBLISERE: frozenset({Rolle.HR}),
    Handling.LAGE_BYSTYRERAPPORT: frozenset({Rolle.HR}) | TOPPLEDELSE,
    Handling.SE_LOGG: frozenset({Rolle.HR, Rolle.SYSTEMANSVARLIG}),
    Handling.SE_PLANER: ALLE - {Rolle.SYSTEMANSVARLIG},
    Handling.SE_PLANARBEID: LEDERLINJE | MEDBESTEMMELSE | {Rolle.HR},
    Handling.OPPRETTE_PLAN: frozenset({Rolle.HR, Rolle.ASS_KOMMUNEDIREKTOR}),
    Handling.REDIGERE_TEMAPLAN: frozenset({Rolle.HR}) | TOPPLEDELSE,
    Handling.REDIGERE_DELPLAN: frozenset({Rolle.HR, Rolle.KOMMUNALSJEF, Rolle.ENHETSLEDER}) | TOPPLEDELSE,
    Handling.KOMMENTERE_PLAN: LEDERLINJE | MEDBESTEMMELSE | {Rolle.HR},
    Handling.DROFTE_PLAN: MEDBESTEMMELSE,
    Handling.VEDTA_PLAN: frozenset({Rolle.KOMMUNEDIREKTOR}),
    Handling.PUBLISERE_PLAN: frozenset({Rolle.HR}),
    Handling.LAGE_PLANDOKUMENT: frozenset({Rolle.HR}) | TOPPLEDELSE,
    Handling.SE_KRAV: ALLE - {Rolle.SYSTEMANSVARLIG},
    Handling.FORVALTE_KRAV: frozenset({Rolle.HR}),
    Handling.SE_MATRISE: ALLE - {Rolle.SYSTEMANSVARLIG},
    Handling.FORVALTE_MATRISE: frozenset({Rolle.HR}),
    Handling.SE_DELEGERING: ALLE - {Rolle.SYSTEMANSVARLIG},
    Handling.FORVALTE_DELEGERING: frozenset({Rolle.HR, Rolle.KOMMUNALSJEF}),
    Handling.SE_LEDERKRAV: frozenset({Rolle.HR, Rolle.KOMMUNALSJEF, Rolle.ENHETSLEDER}) | TOPPLEDELSE,
    Handling.FORVALTE_LEDERKRAV: frozenset({Rolle.HR}),
    Handling.SE_GAP: LEDERLINJE | MEDBESTEMMELSE | {Rolle.HR},
    Handling.SVARE_GAP: frozenset({Rolle.HR, Rolle.KOMMUNALSJEF, Rolle.ENHETSLEDER}) | TOPPLEDELSE,
    Handling.GODKJENNE_GAP: frozenset({Rolle.KOMMUNALSJEF}) | TOPPLEDELSE,
    Handling.FORVALTE_GAP: frozenset({Rolle.HR}),
    Handling.SE_MODENHET: ALLE - {Rolle.SYSTEMANSVARLIG},
    Handling.VURDERE_MODENHET: frozenset({Rolle.HR, Rolle.KOMMUNALSJEF, Rolle.ENHETSLEDER}),
    Handling.BRUKE_REFLEKSJON: LEDERLINJE | MEDBESTEMMELSE | {Rolle.HR},
    Handling.SE_RISIKO: LEDERLINJE | MEDBESTEMMELSE | {Rolle.HR},
    Handling.FOERE_RISIKO: frozenset({Rolle.HR, Rolle.KOMMUNALSJEF, Rolle.ENHETSLEDER}) | TOPPLEDELSE,
    Handling.SE_SAMTALEMAL: ALLE - {Rolle.SYSTEMANSVARLIG},
    Handling.FORVALTE_REFLEKSJON: frozenset({Rolle.HR}),
}
UTEN_ROLLE = frozenset({Handling.AAPEN, Handling.INNLOGGET})
# Roles that hold for the whole municipality or not at all.
GJELDER_KOMMUNEN = frozenset({Rolle.SYSTEMANSVARLIG, Rolle.HR}) | TOPPLEDELSE
# Somebody must always have these, or nobody can give access any more.
MAA_FINNES = frozenset({Rolle.SYSTEMANSVARLIG, Rolle.HR})


def kan_forvalte_rolle(tilgang: "Tilgang", rolle: Rolle, enhet_id: int) -> bool:
    """May the person give, change or take this role for this unit? Only a systemansvarlig manages systemansvarlige."""
    if rolle == Rolle.SYSTEMANSVARLIG and Rolle.SYSTEMANSVARLIG not in {r for r, _rot, _omfang in tilgang.roller}:
        return False
    return tilgang.kan(Handling.FORVALTE_ROLLER, enhet_id)


def kan_forvalte_person(tilgang: "Tilgang", roller: Iterable[tuple[str, int]]) -> bool:
    """May the person act on an account whose roles are these pairs of role and unit id? All of them must be theirs
    to manage, so that nobody gets at a systemansvarlig, or at another part of the municipality, through an account.
    """
    return Handling.FORVALTE_ROLLER in tilgang.handlinger and all(
        kan_forvalte_rolle(tilgang, Rolle(rolle), enhet_id) for rolle, enhet_id in roller
    )


def roller_som_kan_gis(tilgang: "Tilgang") -> list[Rolle]:
    """The roles the person can give others, in the order of the enum."""
    er_systemansvarlig = Rolle.SYSTEMANSVARLIG in {r for r, _rot, _omfang in tilgang.roller}
    return [r for r in Rolle if r != Rolle.SYSTEMANSVARLIG or er_systemansvarlig]


@dataclass(frozen=True)
class Tilgang:
    """What one person may do: pairs of role and the ids of the units that the role covers (roots and descendants).
    `forfedre` holds, for each root, the ids of the units above it, and `enheter` every unit there is: id, name, parent,
    type.

    Built once per request by `queries.tilgang_for`; attach point `request.tilgang`.
    """

    roller: tuple[tuple[Rolle, int, frozenset[int]], ...] = ()
    kommune_id: int | None = None
    forfedre: tuple[tuple[int, frozenset[int]], ...] = ()
    enheter: tuple[tuple[int, str, int | None, str], ...] = ()

    @cached_property
    def handlinger(self) -> frozenset[Handling]:
        """Actions the person may do somewhere."""
        har = {rolle for rolle, _rot, _omfang in self.roller}
        return frozenset(h for h, roller in TILLATT.items() if roller & har)

    def kan(self, handling: Handling, enhet_id: int | None = None) -> bool:
        """May the person do this (somewhere, or for the given unit)?"""
        if handling in UTEN_ROLLE:
            return True
        if enhet_id is None:
            return handling in self.handlinger
        return enhet_id in self.omfang(handling)

    def omfang(self, handling: Handling) -> frozenset[int]:
        """Ids of all units where the person may do this."""
        tillatt = TILLATT[handling]
        return frozenset().union(*(omfang for rolle, _rot, omfang in self.roller if rolle in tillatt))

    def roetter(self, handling: Handling) -> tuple[int, ...]:
        """Ids of the topmost units where the person may do this, none inside another."""
        tillatt = TILLATT[handling]
        mine = [(rot, omfang) for rolle, rot, omfang in self.roller if rolle in tillatt]
        ytterst = {rot for rot, _ in mine if not any(rot != annen and rot in omfang for annen, omfang in mine)}
        return tuple(sorted(ytterst))

    def over(self, handling: Handling) -> frozenset[int]:
        """Ids of the units above those where the person may do this."""
        roetter = {rot for rolle, rot, _omfang in self.roller if rolle in TILLATT[handling]}
        return frozenset().union(*(over for rot, over in self.forfedre if rot in roetter))

    def ser(self, enhet_id: int) -> bool:
        """Does any role of the person cover the unit? If not, the unit does not exist for them (404)."""
        return any(enhet_id in omfang for _rolle, _rot, omfang in self.roller)
