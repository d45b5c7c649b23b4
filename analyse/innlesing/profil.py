"""An import profile: how one system's files are read. The same keys in TOML, in the database and in the browser."""

import tomllib
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from analyse.enums import Lederfunksjon
from analyse.innlesing.barn import norm
from analyse.innlesing.felt import FELT_FOR
from analyse.innlesing.problem import Innlesingsfeil
from analyse.innlesing.verdier import rens, tolk_dato

PROSENTSKALAER = ("prosent", "andel", "hundredeler")
IKKE_LEDER = {"", "ingen", "ikkeleder", "nei"}
SKILLETEGN = {"semikolon": ";", "komma": ",", "tab": "\t", "tabulator": "\t", "\\t": "\t"}


@dataclass
class Lesevalg:
    """How the files of one system are read, whatever they hold. kolonner: our field → their header."""

    navn: str = ""
    kolonner: dict[str, str] = field(default_factory=dict)
    skilletegn: str = ""
    tegnkoding: str = ""
    uttrekksdato: date | None = None
    overskriftsrad: int | None = None
    ark: str = ""

    def som_dict(self) -> dict[str, Any]:
        """As kept in the database: only what is set."""
        ut = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "navn" and getattr(self, f.name)}
        if self.uttrekksdato:
            ut["uttrekksdato"] = self.uttrekksdato.isoformat()
        return ut


P = TypeVar("P", bound=Lesevalg)


@dataclass
class Profil(Lesevalg):
    """A staffing list. kategorier: their value → our category code · ledere: title or position code → leader function
    ('' = not a leader) · enheter: unit code → the name to use when a file has several.
    """

    kategorier: dict[str, str] = field(default_factory=dict)
    ledere: dict[str, str] = field(default_factory=dict)
    enheter: dict[str, str] = field(default_factory=dict)
    prosentskala: str = ""


def fra_dict(data: dict[str, Any], navn: str = "") -> Profil:
    """A checked profile. Raises Innlesingsfeil that names the wrong key."""
    profil = fyll(Profil(navn=navn), data, FELT_FOR, ("kolonner", "kategorier", "ledere", "enheter"))
    profil.ledere = {k.casefold(): tolk_funksjon(v) for k, v in profil.ledere.items()}
    profil.kategorier = {k.casefold(): v for k, v in profil.kategorier.items()}
    profil.prosentskala = str(data.get("prosentskala", "")).casefold()
    if profil.prosentskala and profil.prosentskala not in PROSENTSKALAER:
        raise Innlesingsfeil(_("prosentskala i profilen må være en av %(valg)s.") % {"valg": ", ".join(PROSENTSKALAER)})
    return profil


def fyll(profil: P, data: dict[str, Any], felt: Container[str], deler: Iterable[str]) -> P:
    """The profile with what all kinds have in common, checked, and the named parts (tables of text) as they stand.
    Raises Innlesingsfeil that names the wrong key.
    """
    kjente = {f.name for f in fields(profil)} - {"navn"}
    if ukjente := set(data) - kjente:
        raise Innlesingsfeil(
            _("Profilen har ukjente nøkler: %(ukjente)s. Tillatt er %(kjente)s.")
            % {"ukjente": ", ".join(sorted(ukjente)), "kjente": ", ".join(sorted(kjente))}
        )
    for del_ in deler:
        verdier = data.get(del_, {})
        if not isinstance(verdier, dict) or not all(isinstance(v, str | int | float) for v in verdier.values()):
            raise Innlesingsfeil(_('[%(del)s] i profilen må være linjer på formen navn = "verdi".') % {"del": del_})
        setattr(profil, del_, {rens(k): rens(v) for k, v in verdier.items()})
    if ukjente := {k for k in profil.kolonner if k not in felt}:
        raise Innlesingsfeil(
            _("[kolonner] i profilen har ukjente felt: %(ukjente)s.") % {"ukjente": ", ".join(sorted(ukjente))}
        )
    _les_enkeltverdier(profil, data)
    return profil


def _les_enkeltverdier(profil: Lesevalg, data: dict[str, Any]) -> None:
    tegn = str(data.get("skilletegn", ""))
    profil.skilletegn = SKILLETEGN.get(tegn.casefold(), tegn)
    if len(profil.skilletegn) > 1:
        raise Innlesingsfeil(_("skilletegn i profilen må være ett tegn."))
    profil.tegnkoding = str(data.get("tegnkoding", ""))
    profil.ark = str(data.get("ark", ""))
    if rad := data.get("overskriftsrad"):
        if not isinstance(rad, int) or rad < 1:
            raise Innlesingsfeil(_("overskriftsrad i profilen må være et radnummer."))
        profil.overskriftsrad = rad
    if dato := data.get("uttrekksdato"):
        profil.uttrekksdato = dato if isinstance(dato, date) else tolk_dato(str(dato)).dato
        if profil.uttrekksdato is None:
            raise Innlesingsfeil(_("uttrekksdato i profilen må være en dato (åååå-mm-dd)."))


def tolk_funksjon(verdi: str) -> str:
    """A leader function by key or name, '' for «not a leader». Raises Innlesingsfeil when unknown."""
    sokt = norm(verdi)
    if sokt in IKKE_LEDER:
        return ""
    for funksjon in Lederfunksjon:
        navn = {norm(funksjon.value), norm(funksjon.label), *(norm(d) for d in str(funksjon.label).split("/"))}
        if sokt in navn:
            return str(funksjon.value)
    raise Innlesingsfeil(
        _("«%(verdi)s» er ikke en lederfunksjon. Bruk en av %(valg)s, eller «ingen».")
        % {"verdi": verdi, "valg": ", ".join(Lederfunksjon.values)}
    )


def les_toml(sti: Path, lag: Callable[[dict[str, Any], str], P]) -> P:
    """A profile from a TOML file; `lag` makes it from the table and the name. Raises Innlesingsfeil."""
    try:
        data = tomllib.loads(sti.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as feil:
        raise Innlesingsfeil(
            _("Profilen %(sti)s kan ikke leses. Navn med mellomrom eller æ, ø og å må stå i hermetegn. (%(feil)s)")
            % {"sti": sti.name, "feil": feil}
        ) from feil
    return lag(data, sti.stem)
