"""A read sheet as an encrypted parcel, for the time between upload and confirmation."""

import base64
import hashlib
import json
import zlib
from datetime import date, datetime
from typing import Any

import numpy as np
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils.translation import gettext as _

from analyse.innlesing import personvern
from analyse.innlesing.barn import norm
from analyse.innlesing.felt import NAVNEFELT
from analyse.innlesing.felteller import ligner_leder
from analyse.innlesing.lesing import Raatabell
from analyse.innlesing.problem import Innlesingsfeil

_FELT = (
    "filnavn", "fil_hash", "type", "ark", "skjulte_ark", "andre_ark", "flettet", "formler", "dato1904", "skilletegn",
    "tegnkoding", "linjeslutt", "fnr_celler", "fnr_kolonner",
)  # fmt: skip
_NAVN = {norm(o) for f in NAVNEFELT for o in f.overskrifter}
_NAVN_SLUTT = ("etternavn", "fornavn", "mellomnavn", "fulltnavn", "ansattnavn", "ressursnavn", "medarbeidernavn")
# What no report needs: it is emptied before anything is kept.
_UVEDKOMMENDE = (
    "epost", "email", "mail", "mobil", "telefon", "tlf", "adresse", "postnr", "poststed", "kontonr", "kontonummer",
    "bankkonto", "lonn", "lonnstrinn", "skattekommune", "sivilstand", "parorende", "fagforening", "tillegg",
)  # fmt: skip


def _fernet() -> Fernet:
    nokkel = hashlib.sha256(b"innlesing:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(nokkel))


def krypter(data: bytes) -> bytes:
    """Compressed and encrypted with a key made from SECRET_KEY."""
    return _fernet().encrypt(zlib.compress(data, 1))


def dekrypter(data: bytes) -> bytes:
    """The content of a parcel. Raises Innlesingsfeil when the key has changed."""
    try:
        return zlib.decompress(_fernet().decrypt(bytes(data)))
    except (InvalidToken, zlib.error) as feil:
        raise Innlesingsfeil(_("Opplastingen kan ikke leses lenger. Last opp filen på nytt.")) from feil


def tom_personfelt(tabell: Raatabell, overskriftsindeks: int) -> None:
    """Empty, in place, columns that no report needs, and names on all rows but those with a leader's title."""
    behold = np.zeros(tabell.rader, dtype=bool)
    behold[: max(overskriftsindeks, 0) + 1] = True
    navn, uvedkommende = [], []
    for nr in range(len(tabell.unike)):
        overskrift = norm(tabell.celle(overskriftsindeks, nr)) if 0 <= overskriftsindeks < tabell.rader else ""
        if overskrift in _NAVN or overskrift.endswith(_NAVN_SLUTT):
            navn.append(nr)
        elif any(overskrift.startswith(o) or overskrift == o for o in _UVEDKOMMENDE):
            uvedkommende.append(nr)
        else:
            ledere = [isinstance(c, str) and ligner_leder(c) for c in tabell.unike[nr]]
            behold |= np.array(ledere)[tabell.koder[nr]]
    personvern.behold_navn(tabell, navn, behold)
    topp = np.arange(tabell.rader) <= overskriftsindeks
    personvern.behold_navn(tabell, uvedkommende, topp)


def pakk(tabell: Raatabell) -> bytes:
    """The table as an encrypted parcel."""
    hode = {f: getattr(tabell, f) for f in _FELT}
    hode["unike"] = [[_som_json(c) for c in unike] for unike in tabell.unike]
    hode["lengder"] = tabell.lengder is not None
    tekst = json.dumps(hode, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    arrayer = [*tabell.koder, tabell.radnr, *([tabell.lengder] if tabell.lengder is not None else [])]
    data = b"".join(np.ascontiguousarray(a, dtype=np.int32).tobytes() for a in arrayer)
    return krypter(len(tekst).to_bytes(8, "little") + tekst + data)


def pakk_ut(pakke: bytes) -> Raatabell:
    """The table from its parcel."""
    data = dekrypter(pakke)
    lengde = int.from_bytes(data[:8], "little")
    hode = json.loads(data[8 : 8 + lengde].decode("utf-8", "surrogatepass"))
    kolonner = len(hode["unike"])
    arrayer = np.frombuffer(data, dtype=np.uint8, offset=8 + lengde).copy().view(np.int32)
    matrise = arrayer.reshape(kolonner + 1 + hode["lengder"], -1)
    felt = {f: hode[f] for f in _FELT}
    felt["formler"] = [tuple(f) for f in felt["formler"]]
    return Raatabell(
        unike=[[_fra_json(c) for c in unike] for unike in hode["unike"]],
        koder=list(matrise[:kolonner]),
        radnr=matrise[kolonner],
        lengder=matrise[kolonner + 1] if hode["lengder"] else None,
        **felt,
    )


def _som_json(celle: Any) -> Any:
    if isinstance(celle, datetime):
        return {"t": celle.isoformat()}
    return {"d": celle.isoformat()} if isinstance(celle, date) else celle


def _fra_json(celle: Any) -> Any:
    if isinstance(celle, dict):
        return date.fromisoformat(celle["d"]) if "d" in celle else datetime.fromisoformat(celle["t"])
    return celle
