"""What the program is, in short: for what is kept in the database and was made by code that may have changed since."""

import hashlib
from functools import cache
from pathlib import Path

ROT = Path(__file__).resolve().parent.parent
# Everything a page is drawn by.
KILDER = (("templates", "*.html"), *((app, "*.py") for app in ("felles", "organisasjon", "analyse", "kompetanse")))


@cache
def kodemerke() -> str:
    """Hash of the source that pages are drawn by; the same in every process of one version. Read once per process."""
    avtrykk = hashlib.sha256()
    for mappe, monster in KILDER:
        for fil in sorted((ROT / mappe).rglob(monster)):
            avtrykk.update(fil.read_bytes())
    return avtrykk.hexdigest()
