"""What an xlsx file is inside, looked at before and beside the child: bombs, macros, entities, formulas."""

import re
import zipfile
from pathlib import Path
from xml.sax.saxutils import unescape

from django.conf import settings
from django.utils.translation import gettext as _

from analyse.innlesing.problem import Innlesingsfeil

MAKS_DELER = 2_000
MAKS_UTPAKKET = 1_500 * 1024 * 1024
# Sheet XML of an honest list packs 8–30 times; a bomb packs a thousand.
MAKS_FORHOLD, FORHOLD_FRA = 200, 30 * 1024 * 1024
PROLOG = 64 * 1024
BOLK = 1024 * 1024
MAKS_FORMLER = 2_000
STORT_ARK = 100 * 1024 * 1024
# Every run is bounded and stops at the next tag, so that a hostile sheet cannot make the search slow.
_FORMEL = re.compile(
    rb'<c\b[^<>]{0,200}?\br="([A-Z]{1,3})(\d{1,7})"[^<>]{0,200}>\s{0,200}'
    rb"<f\b(?:[^<>]{0,400}/>|[^<>]{0,400}>[^<]*</f>)\s{0,200}(?:<v>([^<]*)</v>)?"
)


def kontroller(sti: Path) -> None:
    """Stop at what should not reach the reader. Raises Innlesingsfeil."""
    try:
        with zipfile.ZipFile(sti) as arkiv:
            deler = arkiv.infolist()
            _kontroller_deler(deler)
            navn = {d.filename for d in deler}
            if "xl/workbook.xml" not in navn:
                raise Innlesingsfeil(
                    _("Filen heter xlsx, men er ikke en Excel-arbeidsbok. Eksporter den på nytt som xlsx.")
                )
            if any(n.casefold().endswith("vbaproject.bin") for n in navn) or _har_makrotype(arkiv, navn):
                raise Innlesingsfeil(
                    _("Filen inneholder makroer (xlsm). Lagre den som vanlig Excel-arbeidsbok (xlsx) eller CSV.")
                )
            for del_ in deler:
                if del_.filename.casefold().endswith((".xml", ".rels")):
                    _kontroller_prolog(arkiv, del_)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as feil:
        raise Innlesingsfeil(
            _("Excel-filen er skadet eller ufullstendig. Eksporter eller last den opp på nytt.")
        ) from feil


def _kontroller_deler(deler: list[zipfile.ZipInfo]) -> None:
    utpakket = sum(d.file_size for d in deler)
    if any(d.flag_bits & 1 for d in deler):
        raise Innlesingsfeil(_("Filen er beskyttet med passord. Fjern passordet i Excel og last den opp på nytt."))
    bombe = any(d.file_size > FORHOLD_FRA and d.file_size > MAKS_FORHOLD * max(d.compress_size, 1) for d in deler)
    if len(deler) > MAKS_DELER or utpakket > MAKS_UTPAKKET or bombe:
        raise Innlesingsfeil(
            _("Filen pakker ut til urimelig mye (%(mb)s MB) og blir ikke åpnet.") % {"mb": utpakket // (1024 * 1024)}
        )


def _har_makrotype(arkiv: zipfile.ZipFile, navn: set[str]) -> bool:
    if "[Content_Types].xml" not in navn:
        return False
    with arkiv.open("[Content_Types].xml") as fil:
        return b"macroenabled" in fil.read(BOLK).lower()


def _kontroller_prolog(arkiv: zipfile.ZipFile, del_: zipfile.ZipInfo) -> None:
    with arkiv.open(del_) as fil:
        start = fil.read(PROLOG)
    tekst = start.replace(b"\0", b"").lower()
    if b"<!doctype" in tekst or b"<!entity" in tekst:
        raise Innlesingsfeil(_("Filen inneholder XML-definisjoner (entiteter) som ikke hører hjemme i et regneark."))
    if b"<sheetdata" in tekst and del_.file_size > STORT_ARK:
        siste = re.search(rb'<dimension ref="[a-z]+\d+:[a-z]+(\d+)"', tekst)
        if siste and int(siste[1]) > settings.RADGRENSE + 200:
            raise Innlesingsfeil(
                _("Arket har %(antall)s rader. Grensen er %(grense)s.")
                % {"antall": int(siste[1]), "grense": settings.RADGRENSE}
            )


def _arkdeler(arkiv: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name → part of the zip."""
    bok = arkiv.read("xl/workbook.xml").decode("utf-8", "replace")
    try:
        lenker = arkiv.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    except KeyError:
        return {}
    maal = {}
    for merke in re.findall(r"<Relationship\b[^<>]*>", lenker):
        ident, sti = re.search(r'\bId="([^"]*)"', merke), re.search(r'\bTarget="([^"]*)"', merke)
        if ident and sti:
            maal[ident[1]] = sti[1].lstrip("/") if sti[1].startswith("/") else f"xl/{sti[1]}"
    deler = {}
    for merke in re.findall(r"<(?:\w+:)?sheet\b[^<>]*>", bok):
        navn, ident = re.search(r'\bname="([^"]*)"', merke), re.search(r'\br:id="([^"]*)"', merke)
        if navn and ident and ident[1] in maal:
            deler[unescape(navn[1], {"&quot;": '"', "&apos;": "'"})] = maal[ident[1]]
    return deler


def finn_formler(sti: Path) -> dict[str, list[tuple[int, int, bool]]]:
    """Sheet name → cells with a formula as (row number, column index, has a kept value). At most 2 000 a sheet.

    Runs beside the child. A damaged file gives nothing here: the child tells.
    """
    try:
        with zipfile.ZipFile(sti) as arkiv:
            return {navn: _formler_i(arkiv, del_) for navn, del_ in _arkdeler(arkiv).items()}
    except (zipfile.BadZipFile, OSError, EOFError, KeyError, ValueError):
        return {}


def _formler_i(arkiv: zipfile.ZipFile, del_: str) -> list[tuple[int, int, bool]]:
    funnet: list[tuple[int, int, bool]] = []
    rest = b""
    with arkiv.open(del_) as fil:
        while bolk := fil.read(BOLK):
            tekst = rest + bolk
            slutt = tekst.rfind(b"</row>")
            slutt = slutt if slutt > 0 else len(tekst)
            if b"<f" in tekst:
                for treff in _FORMEL.finditer(tekst, 0, slutt):
                    funnet.append((int(treff[2]), _kolonnenr(treff[1]), bool(treff[3])))
                    if len(funnet) >= MAKS_FORMLER:
                        return funnet
            rest = tekst[slutt:] if len(tekst) - slutt < BOLK else b""
    return funnet


def _kolonnenr(bokstaver: bytes) -> int:
    nr = 0
    for tegn in bokstaver:
        nr = nr * 26 + tegn - 64
    return nr - 1


def har_dato1904(sti: Path) -> bool:
    """Does the workbook count days from 1904 (old Mac Excel)?"""
    with zipfile.ZipFile(sti) as arkiv:
        return re.search(rb'\bdate1904="(1|true)"', arkiv.read("xl/workbook.xml")) is not None
