"""Norwegian text: sorting with Æ Ø Å last, and search that does not care about upper and lower case.

SQLite neither folds «Å» nor sorts it last, so both are done here and behave the same on every database.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_TALL = re.compile(r"[0-9]+")
_SIST = str.maketrans({"æ": "{", "ø": "|", "å": "}", "ä": "{", "ö": "|"})


@lru_cache(maxsize=20_000)
def sorteringsnokkel(tekst: str) -> str:
    """A key that sorts a–z, then æ, ø, å; numbers by value and before letters. Other accents are ignored."""
    tekst = _TALL.sub(lambda tall: tall[0].zfill(12), tekst)
    lav = unicodedata.normalize("NFC", tekst).casefold().translate(_SIST)
    return "".join(t for t in unicodedata.normalize("NFD", lav) if not unicodedata.combining(t))


def brett(tekst: str) -> str:
    """The text as it is compared in a search: composed, casefolded, spaces collapsed."""
    return " ".join(unicodedata.normalize("NFC", tekst).casefold().split())


def treffer(sok: str, *tekster: str) -> bool:
    """Are all words of the search found somewhere in the texts? An empty search finds everything."""
    if not sok or sok.isspace():
        return True
    hoy = brett(" ".join(tekster))
    return all(ord_ in hoy for ord_ in brett(sok).split())


def midt_i_setning(tekst: str) -> str:
    """A common noun with a small first letter: «Barneskole» → «barneskole». «PPT» and «IT-drift» stay as they are."""
    return tekst[:1].lower() + tekst[1:] if tekst[1:2].islower() or len(tekst) == 1 else tekst


def ramse_opp(deler: Iterable[str]) -> str:
    """«a», «a og b», «a, b og c»; nothing gives an empty text."""
    *foran, sist = [*deler] or [""]
    return f"{', '.join(foran)} og {sist}" if foran else sist
