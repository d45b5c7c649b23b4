"""Writes xlsx workbooks the way Excel does (shared strings, styles), with text that can never become a formula.

openpyxl spends 10 µs a cell; building the XML directly takes 1, so that an export of thousands of rows is as quick as
a page, and the measurements can make files of 250 000 rows. Equal input gives equal bytes.
"""

import math
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any
from xml.sax.saxutils import escape

NULLDAG = date(1899, 12, 30).toordinal()
TEKSTGRENSE = 32_000
TALLFORMAT = {"heltall": "#,##0", "desimal1": "#,##0.0", "desimal2": "#,##0.00", "prosent": "0.0"}
DATOFORMAT = "dd.mm.yyyy"
# What XML 1.0, and so xlsx, cannot hold.
_ULOVLIG = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TIDSMERKE = (2000, 1, 1, 0, 0, 0)
_HODE = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PAKKE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

# Cell styles by name, in the order of cellXfs: plain ones per number format, the same in bold, and three of their own.
_FORMATER = ("tekst", "dato", *TALLFORMAT)
STILER = (*_FORMATER, *(f"{f}-fet" for f in _FORMATER), "hode", "hode-tall", "brutt")
_STIL = {navn: nummer for nummer, navn in enumerate(STILER)}
_DATOSTILER = (_STIL["dato"], _STIL["dato-fet"])


@dataclass(frozen=True)
class Ark:
    """A sheet: rows of str, int, float, date or None; a style name per column.

    `hoder`: that many first rows are headings. `fete`: that many last of `antall` rows are bold. `bredder` in
    characters. `filter`: column filter and frozen first row and column (needs `antall`, all rows without headings).
    """

    navn: str
    rader: Iterable[Sequence[Any]]
    stiler: Sequence[str]
    bredder: Sequence[float] = ()
    hoder: int = 0
    antall: int = 0
    fete: int = 0
    filter: bool = False


class _Tekster:
    """The shared strings: text → index, in the order first met."""

    def __init__(self) -> None:
        self.indeks: dict[str, int] = {}

    def nummer(self, tekst: str) -> int:
        return self.indeks.setdefault(tekst, len(self.indeks))

    def xml(self) -> Iterator[bytes]:
        yield f'{_HODE}<sst xmlns="{_NS}" uniqueCount="{len(self.indeks)}">'.encode()
        for tekst in self.indeks:
            ren = escape(_ULOVLIG.sub("", tekst)[:TEKSTGRENSE], {"\r": "&#13;"})
            yield f'<si><t xml:space="preserve">{ren}</t></si>'.encode()
        yield b"</sst>"


def kolonnebokstav(nummer: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    foran, rest = divmod(nummer, 26)
    return (kolonnebokstav(foran - 1) if foran else "") + chr(65 + rest)


def skriv_bok(ut: Path | IO[bytes], ark: Sequence[Ark]) -> None:
    """Write a workbook. Rows are taken one by one, so that a long sheet never stands whole in memory."""
    tekster = _Tekster()
    with zipfile.ZipFile(ut, "w", zipfile.ZIP_DEFLATED) as pakke:
        for navn, xml in _faste_deler([a.navn for a in ark]).items():
            pakke.writestr(_post(navn), _HODE + xml, compresslevel=3)
        for nummer, ett in enumerate(ark, start=1):
            _skriv_del(pakke, f"xl/worksheets/sheet{nummer}.xml", _ark_xml(ett, tekster))
        _skriv_del(pakke, "xl/sharedStrings.xml", tekster.xml())


def _skriv_del(pakke: zipfile.ZipFile, navn: str, biter: Iterable[bytes]) -> None:
    with pakke.open(_post(navn), "w") as del_:
        for bit in biter:
            del_.write(bit)


def _post(navn: str) -> zipfile.ZipInfo:
    post = zipfile.ZipInfo(navn, _TIDSMERKE)
    post.compress_type = zipfile.ZIP_DEFLATED
    post._compresslevel = 3  # the public way to set it for a streamed part comes with Python 3.13
    return post


def _ark_xml(ark: Ark, tekster: _Tekster) -> Iterator[bytes]:
    """The sheet in pieces of a thousand rows."""
    bokstaver = [kolonnebokstav(i) for i in range(len(ark.stiler))]
    yield f'{_HODE}<worksheet xmlns="{_NS}">{_visning(ark)}<sheetData>'.encode()
    bunke: list[str] = []
    for nummer, rad in enumerate(ark.rader, start=1):
        bunke.append(_rad_xml(nummer, rad, bokstaver, _stiler_for(ark, nummer), tekster))
        if len(bunke) == 1000:
            yield "".join(bunke).encode()
            bunke.clear()
    slutt = ""
    if ark.filter and bokstaver:
        slutt = f'<autoFilter ref="A1:{bokstaver[-1]}{ark.antall - ark.fete + ark.hoder}"/>'
    yield ("".join(bunke) + f"</sheetData>{slutt}</worksheet>").encode()


def _visning(ark: Ark) -> str:
    """Frozen heading and column widths."""
    frys = (
        '<sheetViews><sheetView workbookViewId="0"><pane xSplit="1" ySplit="1" topLeftCell="B2" '
        'activePane="bottomRight" state="frozen"/></sheetView></sheetViews>'
    )
    kolonner = "".join(
        f'<col min="{nr}" max="{nr}" width="{bredde}" customWidth="1"/>'
        for nr, bredde in enumerate(ark.bredder, start=1)
    )
    return (frys if ark.filter else "") + (f"<cols>{kolonner}</cols>" if kolonner else "")


def _stiler_for(ark: Ark, nummer: int) -> Sequence[int]:
    """Style numbers of a row's cells."""
    if nummer <= ark.hoder:
        return [_STIL["hode" if s == "tekst" else "hode-tall"] for s in ark.stiler]
    fet = "-fet" if ark.fete and nummer > ark.hoder + ark.antall - ark.fete else ""
    return [_STIL[s + fet] for s in ark.stiler]


def _rad_xml(nummer: int, rad: Sequence[Any], bokstaver: list[str], stiler: Sequence[int], tekster: _Tekster) -> str:
    celler = []
    for bokstav, stil, verdi in zip(bokstaver, stiler, rad, strict=False):
        if verdi is None or verdi == "":
            continue
        merke = f' s="{stil}"' if stil else ""
        if isinstance(verdi, str):
            celler.append(f'<c r="{bokstav}{nummer}"{merke} t="s"><v>{tekster.nummer(verdi)}</v></c>')
        elif isinstance(verdi, date):
            egen = stil if stil in _DATOSTILER else _DATOSTILER[0]
            celler.append(f'<c r="{bokstav}{nummer}" s="{egen}"><v>{verdi.toordinal() - NULLDAG}</v></c>')
        elif math.isfinite(verdi):
            celler.append(f'<c r="{bokstav}{nummer}"{merke}><v>{verdi}</v></c>')
    return f'<row r="{nummer}">{"".join(celler)}</row>' if celler else ""


def _stilark() -> str:
    egne = dict(enumerate((DATOFORMAT, *TALLFORMAT.values()), start=164))
    numre = {"tekst": 0, **dict(zip(("dato", *TALLFORMAT), egne, strict=True))}
    formater = "".join(f'<numFmt numFmtId="{nr}" formatCode="{kode}"/>' for nr, kode in egne.items())
    xfs = [f'<xf numFmtId="{nr}" fontId="{fet}" applyNumberFormat="1"/>' for fet in (0, 1) for nr in numre.values()]
    hode = '<xf fontId="1" fillId="2" applyAlignment="1"><alignment wrapText="1" vertical="top"{}/></xf>'
    xfs += [hode.format(""), hode.format(' horizontal="right"')]
    xfs += ['<xf applyAlignment="1"><alignment wrapText="1" vertical="top"/></xf>']
    return (
        f'<styleSheet xmlns="{_NS}"><numFmts count="{len(egne)}">{formater}</numFmts>'
        '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="3"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill>'
        '<fill><patternFill patternType="solid"><fgColor rgb="FFE6EDF5"/></patternFill></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        f'<cellXfs count="{len(xfs)}">{"".join(xfs)}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def _faste_deler(arknavn: list[str]) -> dict[str, str]:
    """The parts of the package that hold no rows."""
    numre = range(1, len(arknavn) + 1)
    typer = {"workbook": "sheet.main", "styles": "styles", "sharedStrings": "sharedStrings"}
    typer |= {f"worksheets/sheet{nr}": "worksheet" for nr in numre}
    overstyr = "".join(f'<Override PartName="/xl/{n}.xml" ContentType="{_TYPE}.{t}+xml"/>' for n, t in typer.items())
    ark = "".join(
        f'<sheet name="{escape(navn, {chr(34): "&quot;"})}" sheetId="{nr}" r:id="rId{nr}"/>'
        for nr, navn in enumerate(arknavn, start=1)
    )
    lenker = [(nr, "worksheet", f"worksheets/sheet{nr}") for nr in numre]
    lenker += [(len(lenker) + 1, "styles", "styles"), (len(lenker) + 2, "sharedStrings", "sharedStrings")]
    relasjoner = "".join(f'<Relationship Id="rId{nr}" Type="{_REL}/{t}" Target="{m}.xml"/>' for nr, t, m in lenker)
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PAKKE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overstyr}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PAKKE}/relationships">'
        f'<Relationship Id="rId1" Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_NS}" xmlns:r="{_REL}"><sheets>{ark}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PAKKE}/relationships">{relasjoner}</Relationships>',
        "xl/styles.xml": _stilark(),
    }
