"""A file as the answer to a request: saved under its name, never shown by the browser as a page."""

from pathlib import Path
from urllib.parse import quote

from django.http import HttpResponse

FILTYPER = {
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "jpg": "image/jpeg",
    "json": "application/json; charset=utf-8",
    "pdf": "application/pdf",
    "png": "image/png",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def som_fil(
    innhold: bytes, navn: str, *, innholdstype: str = "", hurtigbuffer: str = "private, no-store"
) -> HttpResponse:
    """The answer. Its type follows from the ending of the name unless it is given."""
    hode = {
        "Content-Disposition": _nedlasting(navn),
        "Cache-Control": hurtigbuffer,
        "X-Content-Type-Options": "nosniff",
    }
    endelse = Path(navn).suffix.removeprefix(".").lower()
    return HttpResponse(
        innhold, content_type=innholdstype or FILTYPER.get(endelse, "application/octet-stream"), headers=hode
    )


def _nedlasting(navn: str) -> str:
    """The name in the form all browsers read, and as it is written when it holds more than ASCII."""
    enkelt = navn.encode("ascii", "replace").decode().replace("?", "_").replace('"', "").replace("\\", "")
    if enkelt == navn:
        return f'attachment; filename="{navn}"'
    return f"attachment; filename=\"{enkelt}\"; filename*=UTF-8''{quote(navn, safe='')}"
