"""The only place that knows WeasyPrint. Loaded by `felles.pdf` when the first document is made."""

import re
from collections.abc import Callable
from email.message import EmailMessage
from functools import lru_cache
from hashlib import md5
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

import pydyf
import weasyprint
from fontTools.ttLib import woff2
from weasyprint.pdf import metadata as wp_metadata
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from felles.pdf import MEDIETYPER, STATISK, PdfFeil, statisk_fil

BILDEDATA = ("data:image/png;base64,", "data:image/jpeg;base64,", "data:image/svg+xml;base64,")
STOERSTE_BILDE = 4 * 1024 * 1024

# WeasyPrint reads a chart's alternate text from <title> alone, and its fonts from the SVG itself.
_SVG_TEKST = re.compile(r"<title([^>]*)>([^<]*)</title><desc[^>]*>([^<]*)</desc>")
_UTVIDET_LATIN = re.compile("[\u0100-\u024f]")
_SVG_SKRIFT = 'font-family="Inter, sans-serif"'

# PDF/UA identification, and the PDF/A extension schema that declares its property (ISO 19005-2, 6.6.2.3.3).
PDFUA_XMP = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA version identifier</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


_stroemdata = pydyf.Stream.data.fget


def _data(self: pydyf.Stream) -> bytes:
    """A stream's bytes. One in 128 compressed streams ends, by chance, in CR or LF; a reader then takes that byte for
    part of the line break before `endstream`, and /Length no longer fits (ISO 19005-2, 6.1.7.1). One more newline in
    the content changes the last byte of the checksum.
    """
    data = _stroemdata(self)
    if self.compress and data.removesuffix(b"\nendstream")[-1:] in (b"\r", b"\n"):
        self.stream = [*self.stream, b""]
        if "Length1" in self.extra:
            self.extra["Length1"] += 1
        data = _stroemdata(self)
    return data


pydyf.Stream.data = property(_data)


class Statisk(URLFetcher):
    """Fetches our own static files and given image bytes. Everything else stops the whole document.

    `avvist` remembers what was asked for in vain: some callers in the library swallow the refusal.
    """

    def __init__(self) -> None:
        self.avvist: list[str] = []
        super().__init__(allowed_protocols=("https", "data"), allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: dict | None = None) -> URLFetcherResponse:
        """The response for a static file or a data address. Raises PermissionError for anything else."""
        try:
            return self._hent(url)
        except OSError as feil:
            self.avvist.append(str(feil)[:80])
            raise

    def _hent(self, url: str) -> URLFetcherResponse:
        if url.startswith(BILDEDATA) and len(url) <= STOERSTE_BILDE:
            return super().fetch(url)
        if not url.startswith(STATISK):
            raise PermissionError(url[:80])
        fil = statisk_fil(unquote(url.removeprefix(STATISK)))
        hode = EmailMessage()
        hode["Content-Type"] = MEDIETYPER[fil.suffix]
        innhold = skrift(fil, fil.stat().st_mtime_ns) if fil.suffix == ".woff2" else fil.read_bytes()
        return URLFetcherResponse(url, innhold, hode)


@lru_cache(maxsize=32)
def skrift(fil: Path, _endret: int) -> bytes:
    """The font unpacked. WeasyPrint would unpack it again for every document, a fifth of the time a short one takes."""
    ut = BytesIO()
    woff2.decompress(BytesIO(fil.read_bytes()), ut)
    return ut.getvalue()


class _Metadata(wp_metadata.DocumentMetadata):
    """Document metadata that also says PDF/UA-1, uncompressed so that archives can read it without unpacking."""

    def generate_rdf_metadata(self, variant: str, version: int, conformance: str) -> bytes:
        rdf = super().generate_rdf_metadata(variant, version, conformance)
        foer, slutt, etter = rdf.rpartition(b"</rdf:RDF>")
        return foer + PDFUA_XMP + slutt + etter

    def include_in_pdf(self, pdf, variant, version, conformance, compress) -> None:
        super().include_in_pdf(pdf, variant, version, conformance, compress=False)


def skriv(html: str, tittel: str, sprak: str, fremdrift: Callable[[int], None]) -> bytes:
    """See `felles.pdf.lag_pdf`."""
    henter = Statisk()
    try:
        pdf = _legg_opp(html, henter, tittel, sprak, fremdrift)
    except (Exception, FatalURLFetchingError) as feil:
        if not henter.avvist:
            raise PdfFeil(f"PDF-en ble ikke laget: {type(feil).__name__}: {feil}") from feil
    if henter.avvist:
        raise PdfFeil(f"PDF-en ble ikke laget: dokumentet viste til noe som ikke er vårt ({henter.avvist[0]}).")
    return pdf


def _legg_opp(html: str, henter: Statisk, tittel: str, sprak: str, fremdrift: Callable[[int], None]) -> bytes:
    kilde = weasyprint.HTML(string=_klargjor(html), base_url=STATISK, url_fetcher=henter)
    dokument = kilde.render(pdf_variant="pdf/a-2a")
    fremdrift(75)
    dokument.metadata.__class__ = _Metadata
    dokument.metadata.title, dokument.metadata.lang = tittel, sprak
    kjenning = md5(html.encode(), usedforsecurity=False).hexdigest()
    return dokument.write_pdf(pdf_variant="pdf/a-2a", pdf_identifier=kjenning)


def _klargjor(html: str) -> str:
    """Charts with their description as part of the alternate text, left-aligned, and with the rest of Inter at hand
    when the text needs it (a longer list of fonts costs time in every chart).
    """
    html = _SVG_TEKST.sub(r"<title\1>\2. \3</title>", html)
    skrift = 'font-family="Inter, Inter Ext, sans-serif"' if _UTVIDET_LATIN.search(html) else _SVG_SKRIFT
    return html.replace(_SVG_SKRIFT, f'{skrift} preserveAspectRatio="xMinYMin"')
