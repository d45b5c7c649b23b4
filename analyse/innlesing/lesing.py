"""The parent's side of reading: is this a file to trust the child with, run the child, turn its answer into a table."""

import hashlib
import json
import logging
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from django.utils.translation import gettext as _

from analyse.innlesing import zipkontroll
from analyse.innlesing.problem import Innlesingsfeil, Problem

logger = logging.getLogger(__name__)
BARN = Path(__file__).with_name("barn.py")
KOLONNEGRENSE = 200
BARN_MINNE = 1_400 * 1024 * 1024
BARN_CPU = 120
BARN_TID = 180
ENDELSER = {".xlsx": "xlsx", ".csv": "csv", ".txt": "csv", ".tsv": "csv"}


@dataclass
class Raatabell:
    """A sheet as it stood: per column the unique cells and a code per row (0 = empty), and what the reading showed.

    Cells are str, float, date or datetime. `radnr` is the row number that the spreadsheet shows.
    """

    unike: list[list[Any]]
    koder: list[np.ndarray]
    radnr: np.ndarray
    filnavn: str
    fil_hash: str
    type: str
    ark: str = ""
    skjulte_ark: list[str] = field(default_factory=list)
    andre_ark: list[str] = field(default_factory=list)
    flettet: list[list[int]] = field(default_factory=list)
    formler: list[tuple[int, int, bool]] = field(default_factory=list)
    dato1904: bool = False
    skilletegn: str = ""
    tegnkoding: str = ""
    lengder: np.ndarray | None = None
    linjeslutt: bool = True
    fnr_celler: int = 0
    fnr_kolonner: list[str] = field(default_factory=list)

    @property
    def rader(self) -> int:
        """Number of rows, titles and header included."""
        return len(self.radnr)

    def celle(self, rad: int, kolonne: int) -> Any:
        """The cell at index (row, column), '' when empty."""
        return self.unike[kolonne][self.koder[kolonne][rad]]

    def radverdier(self, rad: int) -> list[Any]:
        """All cells of the row at an index."""
        return [self.celle(rad, k) for k in range(len(self.unike))]


def kolonnebokstav(nr: int) -> str:
    """0 → A, 26 → AA."""
    tekst, nr = "", nr + 1
    while nr:
        nr, rest = divmod(nr - 1, 26)
        tekst = chr(65 + rest) + tekst
    return tekst


def les_fil(
    sti: Path,
    *,
    filnavn: str = "",
    kjente: set[str],
    minst_treff: int = 5,
    skilletegn: str = "",
    tegnkoding: str = "",
    ark: str = "",
) -> Raatabell:
    """Read xlsx or CSV in a limited child process. Two sheets that both have `minst_treff` of the known headers are
    both taken to be the list, and then one must be named. Raises Innlesingsfeil with one clear message.
    """
    filnavn = filnavn or sti.name
    slag = _filtype(sti, filnavn)
    valg = {
        "sti": str(sti.resolve()),
        "type": slag,
        "kjente": sorted(kjente),
        "minst_treff": minst_treff,
        "radgrense": settings.RADGRENSE,
        "kolonnegrense": KOLONNEGRENSE,
        "skilletegn": skilletegn,
        "tegnkoding": tegnkoding,
        "ark": ark,
        "minne": BARN_MINNE,
        "cpu": BARN_CPU,
    }
    with ThreadPoolExecutor(1) as traader:
        funn = traader.submit(zipkontroll.finn_formler, sti) if slag == "xlsx" else None
        hode, arrayer = _kjor_barn(valg)
        formler = funn.result() if funn else {}
    tabell = _bygg(hode, arrayer, filnavn=filnavn, slag=slag, fil_hash=_sha256(sti))
    if slag == "xlsx":
        tabell.formler = formler.get(tabell.ark, [])
        tabell.dato1904 = zipkontroll.har_dato1904(sti)
    return tabell


def _sha256(sti: Path) -> str:
    with sti.open("rb") as fil:
        return hashlib.file_digest(fil, "sha256").hexdigest()


def _filtype(sti: Path, filnavn: str) -> str:
    """xlsx or csv by the content, which must agree with the name. Everything else stops here."""
    endelse = Path(filnavn).suffix.casefold()
    storrelse = sti.stat().st_size
    if storrelse == 0:
        raise Innlesingsfeil(_("Filen er tom."))
    if storrelse > settings.FILGRENSE_BYTE:
        grense = settings.FILGRENSE_BYTE // (1024 * 1024)
        raise Innlesingsfeil(_("Filen er større enn grensen på %(mb)s MB.") % {"mb": grense})
    with sti.open("rb") as fil:
        start = fil.read(4096)
    if endelse in {".xlsm", ".xltm", ".xlam"}:
        raise Innlesingsfeil(
            _("Filen kan inneholde makroer (xlsm). Lagre den som vanlig Excel-arbeidsbok (xlsx) eller CSV.")
        )
    if endelse not in ENDELSER:
        raise Innlesingsfeil(
            _("Filtypen «%(endelse)s» kan ikke leses. Bruk xlsx eller CSV.") % {"endelse": endelse or "?"}
        )
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise Innlesingsfeil(_ole_melding(sti))
    er_zip = start.startswith((b"PK\x03\x04", b"PK\x05\x06"))
    if ENDELSER[endelse] == "xlsx":
        if not er_zip:
            raise Innlesingsfeil(
                _("Filen heter xlsx, men er ikke en Excel-arbeidsbok. Eksporter den på nytt som xlsx.")
            )
        zipkontroll.kontroller(sti)
        return "xlsx"
    if er_zip:
        raise Innlesingsfeil(_("Filen heter CSV, men er en Excel- eller zip-fil. Gi den riktig filendelse."))
    _avvis_ikke_tekst(start)
    return "csv"


def _ole_melding(sti: Path) -> str:
    with sti.open("rb") as fil:
        start = fil.read(2 * 1024 * 1024)
    if "EncryptedPackage".encode("utf-16-le") in start:
        return _("Filen er beskyttet med passord. Fjern passordet i Excel og last den opp på nytt.")
    return _("Filen er i et eldre Excel-format (xls) eller beskyttet. Lagre den som xlsx uten passord, eller som CSV.")


def _avvis_ikke_tekst(start: bytes) -> None:
    kjent = {
        b"%PDF": "PDF",
        b"\x89PNG": "PNG",
        b"\xff\xd8\xff": "JPEG",
        b"GIF8": "GIF",
        b"\x1f\x8b": "gzip",
        b"7z\xbc\xaf": "7z",
        b"Rar!": "RAR",
        b"{\\rtf": "RTF",
    }
    for merke, navn in kjent.items():
        if start.startswith(merke):
            raise Innlesingsfeil(_("Filen heter CSV, men er en %(slag)s-fil.") % {"slag": navn})
    if re.match(rb"(\xef\xbb\xbf)?\s*<(!doctype|html|\?xml|table)", start, re.IGNORECASE):
        raise Innlesingsfeil(_("Filen er en nettside eller XML, ikke en CSV-fil. Eksporter den som CSV eller xlsx."))
    if not start.strip(b" \t\r\n;,\xef\xbb\xbf"):
        raise Innlesingsfeil(_("Filen har ingen innhold."))
    if not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        styretegn = sum(byte < 32 and byte not in b"\t\r\n\x1a\x00" for byte in start)
        if styretegn > len(start) // 50:
            raise Innlesingsfeil(_("Filen heter CSV, men er ikke en tekstfil."))


def _kjor_barn(valg: dict) -> tuple[dict, bytes]:
    """Run the child; its answer as head and raw arrays. A dead child is a file that cannot be read."""
    barn = subprocess.Popen(  # noqa: S603  (our own script with our own interpreter)
        [sys.executable, "-I", str(BARN)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"LC_ALL": "C.UTF-8"},
    )
    try:
        ut, _feil = barn.communicate(json.dumps(valg).encode(), timeout=BARN_TID)
    except subprocess.TimeoutExpired as feil:
        raise Innlesingsfeil(_for_stor_melding()) from feil
    finally:
        if barn.poll() is None:
            barn.kill()
            barn.communicate()
    if barn.returncode != 0 or len(ut) < 8:
        logger.warning("Lesingen av en fil ble stoppet (kode %s)", barn.returncode)
        raise Innlesingsfeil(_for_stor_melding())
    lengde = int.from_bytes(ut[:8], "little")
    hode = json.loads(ut[8 : 8 + lengde].decode("utf-8", "replace"))
    if "feil" in hode:
        raise Innlesingsfeil([_forklar(hode)])
    return hode, memoryview(ut)[8 + lengde :]


def _for_stor_melding() -> str:
    return _(
        "Arket er for stort til å leses. Grensen er %(rader)s rader og %(kolonner)s kolonner. "
        "Se etter celler med innhold langt ute til høyre eller langt ned."
    ) % {"rader": settings.RADGRENSE, "kolonner": KOLONNEGRENSE}


def _forklar(hode: dict) -> Problem:
    """The child's reason, in words."""
    kode, rad = hode["feil"], hode.get("rad")
    kolonne = kolonnebokstav(hode["kolonne"]) if hode.get("kolonne") is not None else ""
    tekster = {
        "mange_rader": _("Arket har %(antall)s rader. Grensen er %(grense)s."),
        "mange_kolonner": _("Arket har innhold i %(antall)s kolonner. Grensen er %(kolonner)s."),
        "bare_skjulte": _("Arbeidsboken har bare skjulte ark. Vis arket i Excel og last opp på nytt."),
        "ukjent_ark": _("Arbeidsboken har ikke arket «%(ark)s»."),
        "flere_ark": _(
            "Flere ark ser ut til å ha listen (%(ark)s). Fjern de andre, eller oppgi hvilket ark som skal leses."
        ),
        "nul": _("Filen har NUL-tegn og er skadet, eller har en tegnkoding som ikke er oppgitt (UTF-16 uten BOM)."),
        "stor_celle": _("En celle har mer tekst enn Excel tillater (32 767 tegn)."),
        "csv": _("Linjen kan ikke deles i kolonner. Se etter hermetegn som ikke er lukket."),
        "tegnkoding": _(
            "Teksten er ikke gyldig %(koding)s. Oppgi riktig tegnkoding i profilen, eller lagre som UTF-8."
        ),
        "mojibake": _(
            "Æ, ø og å er ødelagt: teksten er lest som %(koding)s, men ser ut til å ha en annen tegnkoding. "
            "Oppgi riktig tegnkoding i profilen, eller eksporter på nytt som UTF-8."
        ),
        "dos": _("Teksten ser ut til å ha en gammel tegnkoding (%(koding)s). Oppgi tegnkoding i profilen."),
        "minne": _for_stor_melding(),
        "uleselig": _("Excel-filen er skadet eller ufullstendig. Eksporter eller last den opp på nytt."),
    }
    ark = hode.get("ark")
    fakta = {
        **hode,
        "ark": ", ".join(ark) if isinstance(ark, list) else ark,
        "grense": settings.RADGRENSE,
        "kolonner": KOLONNEGRENSE,
    }
    melding = tekster[kode]
    return Problem(rad, kolonne, "", melding % fakta if kode != "minne" else melding)


def _celle(verdi: Any) -> Any:
    """A cell from the child's JSON."""
    if isinstance(verdi, dict):
        return date.fromisoformat(verdi["d"]) if "d" in verdi else datetime.fromisoformat(verdi["t"])
    return verdi


def _bygg(hode: dict, arrayer: Any, *, filnavn: str, slag: str, fil_hash: str) -> Raatabell:
    antall = hode["rader"]
    kolonner = len(hode["unike"])
    matrise = (
        np.frombuffer(arrayer, dtype=np.int32).reshape(-1, antall) if antall else np.zeros((kolonner, 0), np.int32)
    )
    lengder = matrise[kolonner + 1] if hode.get("lengder") and antall else None
    return Raatabell(
        unike=[[_celle(v) for v in unike] for unike in hode["unike"]],
        koder=list(matrise[:kolonner]),
        radnr=matrise[kolonner] if lengder is not None else np.arange(1, antall + 1, dtype=np.int32),
        filnavn=filnavn,
        fil_hash=fil_hash,
        type=slag,
        ark=hode.get("ark", ""),
        skjulte_ark=hode.get("skjulte", []),
        andre_ark=hode.get("andre_ark", []),
        flettet=hode.get("flettet", []),
        skilletegn=hode.get("skilletegn", ""),
        tegnkoding=hode.get("tegnkoding", ""),
        lengder=lengder,
        linjeslutt=hode.get("linjeslutt", True),
    )
