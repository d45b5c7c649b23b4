"""A person at the product over HTTP, with nothing but the standard library: logs in, opens, saves, merges."""

import http.client
import json
import re
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from bench.redigering import Svar

START = re.compile(r'<script id="editor-start" type="application/json">(.*?)</script>', re.DOTALL)
LAAS = re.compile(r'data-laas="(\d+)"')
FRIST = 60


class Nettklient:
    """One session. Each request has a connection of its own."""

    def __init__(self, port: int, brukernavn: str, passord: str) -> None:
        self.port, self.kaker = port, {}
        self._be("GET", "/konto/login/")
        kode, _tekst = self._be("POST", "/konto/login/", {"login": brukernavn, "password": passord})
        if kode != 302:
            raise RuntimeError(f"{brukernavn} slapp ikke inn: {kode}")

    def aapne(self, seksjon: int) -> tuple[str, int]:
        kode, side = self._be("GET", f"/planer/seksjon/{seksjon}/skriv/")
        start, laas = START.search(side), LAAS.search(side)
        if not (start and laas):
            raise RuntimeError(f"Skrivesiden svarte {kode} uten teksten")
        return json.loads(start[1])["html"], int(laas[1])

    def lagre(self, seksjon: int, html: str, forventet: int) -> Svar:
        return self._json(f"/planer/seksjon/{seksjon}/lagre/", {"html": html, "forventet": forventet})

    def flett(self, seksjon: int, html: str, grunnlag: str) -> Svar:
        return self._json(f"/planer/seksjon/{seksjon}/konflikt/", {"html": html, "grunnlag": grunnlag})

    def _json(self, sti: str, felter: dict) -> Svar:
        kode, kropp = self._be("POST", sti, felter)
        if kode not in (200, 409):
            return Svar(kode)
        verdier = json.loads(kropp)
        return Svar(kode, verdier["lopenummer"], verdier.get("html", ""), verdier.get("flettet", ""))

    def _be(self, metode: str, sti: str, felter: dict | None = None) -> tuple[int, str]:
        hoder = {"Cookie": "; ".join(f"{navn}={verdi}" for navn, verdi in self.kaker.items()), "Connection": "close"}
        kropp = None
        if felter is not None:
            kropp = urlencode(felter)
            hoder |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "X-CSRFToken": self.kaker.get("csrftoken", ""),
            }
        forbindelse = http.client.HTTPConnection("127.0.0.1", self.port, timeout=FRIST)
        try:
            forbindelse.request(metode, sti, kropp, hoder)
            svar = forbindelse.getresponse()
            for kake in svar.msg.get_all("Set-Cookie") or ():
                self.kaker |= {navn: m.value for navn, m in SimpleCookie(kake).items()}
            return svar.status, svar.read().decode()
        finally:
            forbindelse.close()
