"""A small reader for the PDFs we make: objects, the structure tree, and text as poppler sees it."""

import re
import subprocess
import zlib
from collections.abc import Iterator
from pathlib import Path

_OBJEKT = re.compile(rb"(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj", re.S)
_STROM = re.compile(rb"^(<<.*?>>)\s*stream\n(.*)\nendstream$", re.S)


def objekter(pdf: bytes) -> dict[int, bytes]:
    """Object number → content; objects in compressed object streams unpacked, other streams as their dictionary."""
    ut: dict[int, bytes] = {}
    for nummer, innhold in _OBJEKT.findall(pdf):
        strom = _STROM.match(innhold)
        if strom and b"/ObjStm" in strom[1]:
            ut |= _pakk_ut(strom[1], zlib.decompress(strom[2]))
        else:
            ut[int(nummer)] = strom[1] if strom else innhold
    return ut


def _pakk_ut(hode: bytes, data: bytes) -> dict[int, bytes]:
    foerste = int(re.search(rb"/First (\d+)", hode)[1])
    tall = list(map(int, data[:foerste].split()))
    par = list(zip(tall[::2], tall[1::2], strict=True))
    slutter = [start for _nr, start in par[1:]] + [len(data)]
    return {
        nr: data[foerste + start : foerste + slutt].strip() for (nr, start), slutt in zip(par, slutter, strict=True)
    }


def xmp(pdf: bytes) -> str:
    """The metadata packet; it is stored uncompressed, so an archive can read it without unpacking anything."""
    return re.search(rb"<x:xmpmeta.*?</x:xmpmeta>", pdf, re.S)[0].decode()


class Struktur:
    """The structure tree: elements as (tag, object number) in reading order."""

    def __init__(self, pdf: bytes) -> None:
        self.objekter = objekter(pdf)
        self.rot = next(nr for nr, o in self.objekter.items() if b"/S /Document" in o)

    def tag(self, nr: int) -> str:
        treff = re.search(rb"/Type /StructElem\s*/S /(\w+)", self.objekter[nr].replace(b"\n", b" "))
        return treff[1].decode() if treff else ""

    def gaa(self, nr: int | None = None) -> Iterator[tuple[str, int]]:
        """The element and everything under it, depth first."""
        nr = self.rot if nr is None else nr
        if tag := self.tag(nr):
            yield tag, nr
            barn = re.search(rb"/K \[([^\]]*)\]", self.objekter[nr])
            for ref in re.findall(rb"(\d+) 0 R", barn[1] if barn else b""):
                yield from self.gaa(int(ref))


def tekst(pdf: bytes, mappe: Path, oppsett: bool = False) -> str:
    """The text of all pages (poppler's pdftotext), with layout kept when asked for, hard spaces as plain ones."""
    fil = mappe / "lest.pdf"
    fil.write_bytes(pdf)
    valg = ["-layout"] if oppsett else []
    return (
        subprocess.run(["pdftotext", *valg, str(fil), "-"], capture_output=True, check=True)
        .stdout.decode()
        .replace("\u00a0", " ")
    )
