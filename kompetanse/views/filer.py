"""Answers that are files to be saved."""

from collections.abc import Sequence

from django.http import HttpResponse

from analyse.rapporter.resultat import Tabell
from felles.eksport import som_csv, som_xlsx
from felles.pdf import lag_pdf
from kompetanse.trykk import Trykk, filnavn

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def pdfsvar(dokument: Trykk) -> HttpResponse:
    """The document as a PDF."""
    pdf = lag_pdf(dokument.html, tittel=dokument.tittel)
    return _fil(pdf, filnavn(dokument.tittel), "application/pdf")


def xlsxsvar(tittel: str, tabeller: Sequence[Tabell], metode: Sequence[tuple[str, str]]) -> HttpResponse:
    """The tables as a workbook."""
    return _fil(som_xlsx(tabeller, metode), filnavn(tittel, "xlsx"), XLSX)


def csvsvar(tittel: str, tabeller: Sequence[Tabell]) -> HttpResponse:
    """The tables as CSV."""
    return _fil(som_csv(tabeller), filnavn(tittel, "csv"), "text/csv; charset=utf-8")


def _fil(innhold: bytes, navn: str, type_: str) -> HttpResponse:
    return HttpResponse(innhold, content_type=type_, headers={"Content-Disposition": f'attachment; filename="{navn}"'})
