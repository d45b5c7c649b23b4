"""Every route of the product, walked out of the URL resolver, for the tests that must hold for all of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Rute:
    """One route: its name with namespace, the pattern as text, the parameter names and the view behind it."""

    navn: str
    monster: str
    parametre: tuple[str, ...]
    view: Any

    @property
    def er_vaar(self) -> bool:
        """True for our own views, False for those of a library."""
        modul = getattr(self.view, "__module__", "")
        return modul.split(".")[0] in {"config", "organisasjon", "analyse", "kompetanse", "planer", "rekruttering"}


def alle_ruter() -> list[Rute]:
    """All routes, in the order the resolver tries them."""
    return list(_gaa(get_resolver().url_patterns, "", ""))


def _gaa(monstre: list[URLPattern | URLResolver], foran: str, navnerom: str) -> Iterator[Rute]:
    for ledd in monstre:
        tekst = foran + str(ledd.pattern)
        if isinstance(ledd, URLResolver):
            eget = f"{navnerom}{ledd.namespace}:" if ledd.namespace else navnerom
            yield from _gaa(ledd.url_patterns, tekst, eget)
        else:
            parametre = tuple(ledd.pattern.regex.groupindex) if "(?P<" in tekst else _navn(tekst)
            yield Rute(f"{navnerom}{ledd.name or ''}", tekst, parametre, ledd.callback)


def _navn(tekst: str) -> tuple[str, ...]:
    """Parameter names of a path() pattern: «<slug:rapport>/<int:pk>/» → («rapport», «pk»)."""
    return tuple(del_.split(">")[0].split(":")[-1] for del_ in tekst.split("<")[1:])
