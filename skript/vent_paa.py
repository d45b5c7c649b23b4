"""Wait until an address answers, or the process behind it has died. Usage: vent_paa.py URL PID"""

import os
import sys
import time
import urllib.error
import urllib.request

TAALMOD_SEKUNDER = 60


def lever(pid: int) -> bool:
    """True while the process exists."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def svarer(url: str) -> bool:
    """True when the address gives any HTTP answer below 500."""
    try:
        with urllib.request.urlopen(url, timeout=5) as svar:  # noqa: S310 (egen adresse på 127.0.0.1)
            return svar.status < 500
    except urllib.error.HTTPError as feil:
        return feil.code < 500
    except OSError:
        return False


def vent(url: str, pid: int) -> bool:
    """Wait up to TAALMOD_SEKUNDER. True when the address answers."""
    frist = time.monotonic() + TAALMOD_SEKUNDER
    while time.monotonic() < frist and lever(pid):
        if svarer(url):
            return True
        time.sleep(0.2)
    return False


if __name__ == "__main__":
    if not vent(sys.argv[1], int(sys.argv[2])):
        sys.exit("Tjeneren kom ikke i gang.")
