"""The table of role × page × action, read from the rules and the routes themselves."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from organisasjon.enums import Handling, Rolle
from organisasjon.rules import TILLATT, UTEN_ROLLE


@dataclass(frozen=True)
class Matriserad:
    """One route: its name and address, the right it demands (None = declares nothing), and who has the right."""

    navn: str
    adresse: str
    handling: Handling | None
    roller: frozenset[Rolle]

    @property
    def tillatt(self) -> list[tuple[Rolle, bool]]:
        """Every role in the order of the enum, and whether it may."""
        return [(rolle, rolle in self.roller) for rolle in Rolle]


def tilgangsmatrise() -> list[Matriserad]:
    """All routes, sorted by right, then address."""
    rekkefolge = list(Handling)
    rader = [_rad(navn, adresse, moenster) for navn, adresse, moenster in ruter()]
    return sorted(rader, key=lambda r: (rekkefolge.index(r.handling) if r.handling else -1, r.adresse, r.navn))


def ruter(resolver: URLResolver | None = None, navnerom: str = "", prefiks: str = "/") -> Iterator[tuple]:
    """(name with namespace, address, URLPattern) of every route of the product."""
    for moenster in (resolver or get_resolver()).url_patterns:
        adresse = prefiks + str(moenster.pattern).lstrip("^").rstrip("$")
        if isinstance(moenster, URLPattern):
            yield f"{navnerom}{moenster.name or ''}", adresse, moenster
        else:
            yield from ruter(moenster, navnerom + (f"{moenster.namespace}:" if moenster.namespace else ""), adresse)


def som_markdown() -> str:
    """docs/tilgang.md."""
    hode = " | ".join(str(rolle.label) for rolle in Rolle)
    linjer = [
        "# Hvem ser hva",
        "",
        "Tabellen er laget av `python manage.py lag_tilgangsmatrise` fra reglene i `organisasjon/rules.py` og rutene i",
        "produktet. En prøve stopper når den er utdatert; ikke skriv i den for hånd.",
        "",
        "En rolle gjelder en enhet og alt under den. Den som ikke har noen rolle for en enhet, får 404 på den; den",
        "som ser enheten, men mangler retten, får 403 med navn på hvem som kan gi den. «Alle» er alle som er logget",
        "inn, og «Åpen» krever ikke innlogging. HR og systemansvarlig må ha totrinnsinnlogging utenfor demo.",
        "",
        f"| Det man må kunne | Side | Adresse | {hode} |",
        "|---|---|---|" + ":-:|" * len(Rolle),
    ]
    return "\n".join([*linjer, *(_linje(rad) for rad in tilgangsmatrise()), ""])


def _rad(navn: str, adresse: str, moenster: URLPattern) -> Matriserad:
    handling = getattr(moenster.callback, "krever", None)
    if handling is None:
        return Matriserad(navn, adresse, None, frozenset())
    roller = frozenset(Rolle) if handling in UTEN_ROLLE else TILLATT[handling]
    return Matriserad(navn, adresse, Handling(handling), roller)


def _linje(rad: Matriserad) -> str:
    merke = {Handling.AAPEN: "Åpen", Handling.INNLOGGET: "Alle"}.get(rad.handling, "✓")
    celler = " | ".join(merke if har else "–" for _rolle, har in rad.tillatt)
    rett = rad.handling.label if rad.handling else "**Mangler**"
    return f"| {rett} | `{rad.navn}` | `{rad.adresse}` | {celler} |"
