"""An import profile: how one system's files are read. The same keys in TOML, in the database and in the browser."""

import tomllib
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any

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
class Profil:
    """kolonner: our field → their header · kategorier: their value → our category code · ledere: title or position
    code → leader function ('' = not a leader) · enheter: unit code → the name to use when a file has several.
    """

    navn: str = ""
    kolonner: dict[str, str] = field(default_factory=dict)
    kategorier: dict[str, str] = field(default_factory=dict)
    ledere: dict[str, str] = field(default_factory=dict)
    enheter: dict[str, str] = field(default_factory=dict)
    skilletegn: str = ""
    tegnkoding: str = ""
    uttrekksdato: date | None = None
    prosentskala: str = ""
    overskriftsrad: int | None = None
    ark: str = ""

    def som_dict(self) -> dict[str, Any]:
        """As kept in the database: only what is set."""
        ut = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "navn" and getattr(self, f.name)}
        if self.uttrekksdato:
            ut["uttrekksdato"] = self.uttrekksdato.isoformat()
        return ut


def fra_dict(data: dict[str, Any], navn: str = "") -> Profil:
    """A checked profile. Raises Innlesingsfeil that names the wrong key."""
    kjente = {f.name for f in fields(Profil)} - {"navn"}
    if ukjente := set(data) - kjente:
        raise Innlesingsfeil(
            _("Profilen har ukjente nøkler: %(ukjente)s. Tillatt er %(kjente)s.")
            % {"ukjente": ", ".join(sorted(ukjente)), "kjente": ", ".join(sorted(kjente))}
        )
    profil = Profil(navn=navn)
    for del_ in ("kolonner", "kategorier", "ledere", "enheter"):
        verdier = data.get(del_, {})
        if not isinstance(verdier, dict) or not all(isinstance(v, str | int | float) for v in verdier.values()):
            raise Innlesingsfeil(_('[%(del)s] i profilen må være linjer på formen navn = "verdi".') % {"del": del_})
        setattr(profil, del_, {rens(k): rens(v) for k, v in verdier.items()})
    if ukjente := set(profil.kolonner) - set(FELT_FOR):
        raise Innlesingsfeil(
            _("[kolonner] i profilen har ukjente felt: %(ukjente)s.") % {"ukjente": ", ".join(sorted(ukjente))}
        )
    profil.ledere = {k.casefold(): tolk_funksjon(v) for k, v in profil.ledere.items()}
    profil.kategorier = {k.casefold(): v for k, v in profil.kategorier.items()}
    _les_enkeltverdier(profil, data)
    return profil


def _les_enkeltverdier(profil: Profil, data: dict[str, Any]) -> None:
    tegn = str(data.get("skilletegn", ""))
    profil.skilletegn = SKILLETEGN.get(tegn.casefold(), tegn)
    if len(profil.skilletegn) > 1:
        raise Innlesingsfeil(_("skilletegn i profilen må være ett tegn."))
    profil.tegnkoding = str(data.get("tegnkoding", ""))
    profil.ark = str(data.get("ark", ""))
    profil.prosentskala = str(data.get("prosentskala", "")).casefold()
    if profil.prosentskala and profil.prosentskala not in PROSENTSKALAER:
        raise Innlesingsfeil(_("prosentskala i profilen må være en av %(valg)s.") % {"valg": ", ".join(PROSENTSKALAER)})
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


def les_toml(sti: Path) -> Profil:
    """A profile from a TOML file. Raises Innlesingsfeil."""
    try:
        data = tomllib.loads(sti.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as feil:
        raise Innlesingsfeil(
            _("Profilen %(sti)s kan ikke leses. Navn med mellomrom eller æ, ø og å må stå i hermetegn. (%(feil)s)")
            % {"sti": sti.name, "feil": feil}
        ) from feil
    return fra_dict(data, navn=sti.stem)
