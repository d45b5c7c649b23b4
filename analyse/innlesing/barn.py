"""Reads one spreadsheet in a process of its own, so that a hostile file can only take this process down.

Run as `python -I barn.py` with the options as JSON on stdin. Imports nothing of ours. Answers on stdout: eight bytes
of length, a JSON head, then one int32 array per column. Every column is a list of unique cells and a code per row
(code 0 is the empty cell), because everything after this works once per unique value.
"""

import csv
import gc
import io
import itertools
import json
import re
import resource
import sys
from array import array
from collections import Counter, defaultdict
from datetime import date, datetime

OPPSLAG_RADER = 60
BOLK = 4000
EXCEL_MAKS_TEGN = 32_767


class Stopp(Exception):  # noqa: N818  (domenets ord)
    """A reason to stop, told to the parent as a code and a few facts."""

    def __init__(self, kode, **fakta):
        super().__init__(kode)
        self.svar = {"feil": kode, **fakta}


def norm(verdi):
    """A header reduced to what is compared: lower case, no spaces or signs, æøå as ae, o, a."""
    tekst = str(verdi).casefold().replace("æ", "ae").replace("ø", "o").replace("å", "a")
    return "".join(t for t in tekst if t.isalnum())


class Kolonner:
    """Columns under construction: per column a dictionary from cell to code, and the codes."""

    def __init__(self, grense):
        self.unike, self.koder, self.rader, self.grense = [], [], 0, grense
        self.tomme = 0

    def _ny(self):
        ordbok = defaultdict()
        ordbok.default_factory = ordbok.__len__
        ordbok[""]
        self.unike.append(ordbok)
        self.koder.append(array("i", bytes(4 * self.rader)))

    def legg_til(self, rader):
        """Add a chunk of rows of equal or unequal length."""
        bredde = max(map(len, rader))
        if bredde > self.grense:
            bredde = self._nyttig_bredde(rader)
        while len(self.unike) < bredde:
            self._ny()
        kolonner = list(itertools.zip_longest(*rader, fillvalue=""))[: len(self.unike)]
        for nr, celler in enumerate(kolonner):
            if bool in set(map(type, celler)):
                celler = ["" if c is None else str(c).upper() if isinstance(c, bool) else c for c in celler]
            self.koder[nr].extend(map(self.unike[nr].__getitem__, celler))
        self.rader += len(rader)
        for koder in self.koder[len(kolonner) :]:
            koder.frombytes(bytes(4 * len(rader)))

    def _nyttig_bredde(self, rader):
        bredde = max((nr + 1 for rad in rader for nr, celle in enumerate(rad) if celle != ""), default=1)
        if bredde > self.grense:
            raise Stopp("mange_kolonner", antall=bredde)
        return bredde

    def sjekk_celler(self):
        """Stop at cells that no spreadsheet should hold: over Excel's own limit, or with NUL characters."""
        for nr, ordbok in enumerate(self.unike):
            for celle, kode in ordbok.items():
                if type(celle) is str and (len(celle) > EXCEL_MAKS_TEGN or "\0" in celle):
                    rad = self.koder[nr].index(kode)
                    if "\0" in celle:
                        raise Stopp("nul", rad=rad + 1, kolonne=nr)
                    raise Stopp("stor_celle", rad=rad + 1, kolonne=nr, tegn=len(celle))


def som_json(celle):
    """A cell as JSON: text and numbers as they are, dates marked."""
    if isinstance(celle, datetime):
        return {"t": celle.isoformat()}
    if isinstance(celle, date):
        return {"d": celle.isoformat()}
    return celle if isinstance(celle, str | float | int) else str(celle)


def treff(rad, kjente):
    """How many different known headers the row holds."""
    return len({norm(c) for c in rad if c != "" and isinstance(c, str)} & kjente)


# --- xlsx -----------------------------------------------------------------------------------------------------------


def les_xlsx(valg):
    """Read the sheet that holds the list. Hidden sheets are never read."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    bok = CalamineWorkbook.from_path(valg["sti"])
    synlige, skjulte = [], []
    for ark in bok.sheets_metadata:
        if ark.typ == SheetTypeEnum.WorkSheet:
            (synlige if ark.visible == SheetVisibleEnum.Visible else skjulte).append(ark.name)
    if not synlige:
        raise Stopp("bare_skjulte", skjulte=skjulte)
    navn, ark, andre = velg_ark(bok, synlige, valg)
    if ark.total_height > valg["radgrense"] + 200:
        raise Stopp("mange_rader", antall=ark.total_height)
    kolonner = Kolonner(valg["kolonnegrense"])
    strom = ark.iter_rows()
    while bolk := list(itertools.islice(strom, BOLK)):
        kolonner.legg_til(bolk)
    flettet = [list(r[0]) + list(r[1]) for r in (ark.merged_cell_ranges or [])[:2000]]
    return kolonner, {"ark": navn, "skjulte": skjulte, "andre_ark": andre, "flettet": flettet}


def velg_ark(bok, synlige, valg):
    """(name, sheet, other visible sheets with content). Stops when two sheets both look like the list."""
    kjente = set(valg["kjente"])
    if valg.get("ark"):
        if valg["ark"] not in synlige:
            raise Stopp("ukjent_ark", ark=valg["ark"], finnes=synlige)
        return valg["ark"], bok.get_sheet_by_name(valg["ark"]), []
    if len(synlige) == 1:
        return synlige[0], bok.get_sheet_by_name(synlige[0]), []
    poeng = {}
    for navn in synlige[:30]:
        rader = list(itertools.islice(bok.get_sheet_by_name(navn).iter_rows(), OPPSLAG_RADER))
        poeng[navn] = (max((treff(r, kjente) for r in rader), default=0), len(rader))
    best = max(poeng, key=lambda n: poeng[n])
    like = [n for n, (p, _antall) in poeng.items() if p >= valg["minst_treff"]]
    if len(like) > 1:
        raise Stopp("flere_ark", ark=like)
    return best, bok.get_sheet_by_name(best), [n for n, (_p, antall) in poeng.items() if n != best and antall]


# --- CSV ------------------------------------------------------------------------------------------------------------


def les_csv(valg):
    """Read delimited text: find encoding and delimiter unless they are given."""
    with open(valg["sti"], "rb") as fil:  # noqa: PTH123  (the child stands alone)
        raa = fil.read()
    tekst, koding = dekod(raa, valg.get("tegnkoding"))
    if "\0" in tekst:
        raise Stopp("nul", rad=tekst.count("\n", 0, tekst.index("\0")) + 1, kolonne=None)
    tegn, hopp = finn_skilletegn(tekst, valg)
    csv.field_size_limit(EXCEL_MAKS_TEGN * 4)
    leser = csv.reader(io.StringIO(tekst, newline=""), delimiter=tegn)
    kolonner, lengder = Kolonner(valg["kolonnegrense"]), array("i")
    linjenr = array("i")
    try:
        for _ in range(hopp):
            next(leser)
        while bolk := les_bolk(leser, linjenr):
            kolonner.legg_til(bolk)
            lengder.extend(map(len, bolk))
            if kolonner.rader > valg["radgrense"] + 200:
                raise Stopp("mange_rader", antall=kolonner.rader)
    except csv.Error as feil:
        kode = "stor_celle" if "field larger" in str(feil) else "csv"
        raise Stopp(kode, rad=leser.line_num, kolonne=None, tegn=None) from feil
    slutt = len(tekst) > 0 and tekst[-1] in "\r\n"
    svar = {"skilletegn": tegn, "tegnkoding": koding, "linjeslutt": slutt, "lengder": True}
    return kolonner, svar, linjenr, lengder


def les_bolk(leser, linjenr):
    bolk = []
    forrige = leser.line_num
    for rad in leser:
        bolk.append(rad)
        linjenr.append(forrige + 1)
        forrige = leser.line_num
        if len(bolk) >= BOLK:
            break
    return bolk


def dekod(raa, koding):
    """(text, encoding), unless the text shows that it was read, or once written, with the wrong one."""
    tekst, koding = _dekod(raa, koding)
    if re.search("Ã[¦¸¥\u0098\u2020\u2026˜†…]|\ufffd", tekst[:2_000_000]):
        raise Stopp("mojibake", koding=koding)
    return tekst, koding


def _dekod(raa, koding):
    """(text, encoding). UTF-8 if it is valid, else Windows-1252; never a guess when the bytes say something else."""
    if koding:
        try:
            tekst = raa.decode(koding)
        except (UnicodeDecodeError, LookupError) as feil:
            raise Stopp("tegnkoding", koding=koding) from feil
        return tekst.removeprefix("\ufeff"), koding
    for bom, navn in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raa.startswith(bom):
            try:
                return raa.decode(navn), navn
            except UnicodeDecodeError as feil:
                raise Stopp("tegnkoding", koding=navn) from feil
    try:
        return raa.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    dos = len(re.findall(rb"(?<=[a-z])[\x86\x91\x9b](?=[a-z])", raa))
    win = len(re.findall(rb"(?<=[a-z])[\xe5\xe6\xf8](?=[a-z])", raa))
    if dos > win:
        raise Stopp("dos", koding="cp865")
    try:
        return raa.decode("cp1252"), "cp1252"
    except UnicodeDecodeError as feil:
        raise Stopp("tegnkoding", koding="cp1252") from feil


def finn_skilletegn(tekst, valg):
    """(delimiter, lines to skip). The one that shows most known headers, then most columns."""
    linjer = list(itertools.islice(io.StringIO(tekst), OPPSLAG_RADER))
    hopp = 0
    if linjer and (funn := re.fullmatch(r"sep=(.)\s*", linjer[0].casefold())):
        return funn[1], 1
    if valg.get("skilletegn"):
        return valg["skilletegn"], hopp
    kjente, poeng = set(valg["kjente"]), {}
    for tegn in ";\t,|":
        try:
            rader = [r for r in csv.reader(linjer, delimiter=tegn) if r]
        except csv.Error:
            continue
        bredder = Counter(len(r) for r in rader if len(r) > 1)
        poeng[tegn] = (max((treff(r, kjente) for r in rader), default=0), *next(iter(bredder.most_common(1)), (1, 0)))
    return max(poeng, key=poeng.get, default=";"), hopp


# --- frame ----------------------------------------------------------------------------------------------------------


def begrens(valg):
    """Hold this process to memory, CPU seconds, no files to write, no core dump."""
    resource.setrlimit(resource.RLIMIT_AS, (valg["minne"], valg["minne"]))
    resource.setrlimit(resource.RLIMIT_CPU, (valg["cpu"], valg["cpu"] + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def svar(ut, hode, arrayer=()):
    """Write the answer: length, head, arrays."""
    data = json.dumps(hode, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    ut.write(len(data).to_bytes(8, "little"))
    ut.write(data)
    for koder in arrayer:
        ut.write(koder.tobytes())
    ut.flush()


def kjor(valg):
    """(head, arrays) for the file in the options."""
    linjenr, lengder = None, None
    if valg["type"] == "xlsx":
        kolonner, hode = les_xlsx(valg)
    else:
        kolonner, hode, linjenr, lengder = les_csv(valg)
    kolonner.sjekk_celler()
    hode["rader"] = kolonner.rader
    hode["unike"] = [[som_json(c) for c in ordbok] for ordbok in kolonner.unike]
    arrayer = kolonner.koder
    if linjenr is not None:
        arrayer = [*arrayer, linjenr, lengder]
    return hode, arrayer


def hoved():
    valg = json.load(sys.stdin)
    begrens(valg)
    # Millions of cells and no cycles: the collector would only walk them.
    gc.disable()
    ut = sys.stdout.buffer
    try:
        hode, arrayer = kjor(valg)
    except Stopp as stopp:
        svar(ut, stopp.svar)
    except MemoryError:
        svar(ut, {"feil": "minne"})
    except Exception as feil:  # the reader's own errors: the parent explains, the text of the cell is not repeated
        svar(ut, {"feil": "uleselig", "slag": type(feil).__name__})
    else:
        svar(ut, hode, arrayer)


if __name__ == "__main__":
    hoved()
