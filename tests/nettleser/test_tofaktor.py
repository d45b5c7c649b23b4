"""A person turns the second factor on, logs in with it, sees the recovery codes and turns it off; axe on each step."""

import base64
import hmac
import re
import struct
import time

from tests.nettleser.conftest import PASSORD, logg_inn
from tests.nettleser.side import sjekk

HVEM = "verneombud"


def engangskode(hemmelig: str) -> str:
    """The six digits an authenticator app shows now (RFC 6238, 30 seconds, SHA-1)."""
    nokkel = base64.b32decode(hemmelig + "=" * (-len(hemmelig) % 8))
    sum_ = hmac.digest(nokkel, struct.pack(">Q", int(time.time()) // 30), "sha1")
    start = sum_[-1] & 15
    return f"{(struct.unpack('>I', sum_[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def bekreft_passord(side) -> None:
    """The page that asks for the password again before something sensitive."""
    if "reauthenticate" in side.url:
        sjekk(side)
        side.fill("input[name=password]", PASSORD)
        side.click("main button[type=submit]")


def test_second_factor_from_on_to_off(aapne, nettsted):
    side = aapne("/konto/login/", None)
    logg_inn(side, HVEM)
    side.goto(f"{nettsted}/konto/2fa/totp/activate/")
    bekreft_passord(side)
    sjekk(side)
    hemmelig = side.input_value("#nokkel")
    side.fill("input[name=code]", engangskode(hemmelig))
    side.click("main button[type=submit]")
    side.wait_for_url(lambda url: "activate" not in url)
    for sti in ("/konto/2fa/", "/konto/2fa/recovery-codes/", "/konto/2fa/recovery-codes/generate/"):
        side.goto(f"{nettsted}{sti}")
        bekreft_passord(side)
        sjekk(side)
    _sjekk_nullstilling(aapne)
    side.context.clear_cookies()
    side.goto(f"{nettsted}/konto/login/")
    side.fill("input[name=login]", HVEM)
    side.fill("input[name=password]", PASSORD)
    side.click("main button[type=submit]")
    side.wait_for_url("**/2fa/authenticate/**")
    sjekk(side)
    _neste_kode(side, hemmelig)
    side.goto(f"{nettsted}/konto/2fa/totp/deactivate/")
    bekreft_passord(side)
    sjekk(side)
    side.click("main button[type=submit]")
    side.wait_for_url(lambda url: "deactivate" not in url)


def _sjekk_nullstilling(aapne) -> None:
    """Whoever manages roles can open the page that resets a lost second factor; here it is only looked at."""
    side = aapne("/roller/", "systemansvarlig")
    side.get_by_role("link", name=re.compile("Vidar Ødegård")).first.click()
    side.get_by_role("link", name="Nullstill totrinnsinnlogging").click()
    side.wait_for_url("**/nullstill*/**")
    sjekk(side)


def _neste_kode(side, hemmelig: str) -> None:
    """A code works once, so wait for one that has not been used."""
    brukt = engangskode(hemmelig)
    while (kode := engangskode(hemmelig)) == brukt:
        time.sleep(0.5)
    side.fill("input[name=code]", kode)
    side.click("main button[type=submit]")
    side.wait_for_url(lambda url: "authenticate" not in url)
