"""Follow links from page to page as one person, so that tests meet every page a person can reach."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve

SKRIVER = re.compile(r'^\s*(INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+"?(?P<tabell>\w+)', re.IGNORECASE)


class Lenker(HTMLParser):
    """Collects addresses to open (href, hx-get, GET forms) and the names of form fields on a page."""

    def __init__(self) -> None:
        super().__init__()
        self.adresser: list[str] = []
        self.felt: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        verdier = dict(attrs)
        if tag in {"input", "select", "textarea"} and verdier.get("name"):
            self.felt.add(verdier["name"])
        if tag == "form" and (verdier.get("method") or "get").lower() == "get":
            self.adresser.append(verdier.get("action") or "")
        self.adresser += [verdier[navn] for navn in ("href", "hx-get") if verdier.get(navn) and tag != "link"]


def les(html: str) -> Lenker:
    leser = Lenker()
    leser.feed(html)
    return leser


def rutenavn(adresse: str) -> str | None:
    """Name of the route an address leads to, or None when it leads nowhere of ours."""
    try:
        return resolve(urlsplit(adresse).path).view_name
    except Resolver404:
        return None


@dataclass(frozen=True)
class Besok:
    """One page as it was met: status, headers, text (empty for files), and the tables that were written to."""

    adresse: str
    status: int
    hoder: Mapping[str, str]
    html: str
    skrevet: tuple[str, ...]


def besok(klient: Client, adresse: str) -> Besok:
    """Open one address, and note what happened."""
    with CaptureQueriesContext(connection) as spor:
        svar = klient.get(adresse)
    er_side = svar.get("Content-Type", "").startswith("text/html")
    html = svar.content.decode() if er_side else ""
    skrevet = tuple(treff["tabell"] for q in spor if (treff := SKRIVER.match(q["sql"])))
    return Besok(adresse, svar.status_code, svar.headers, html, skrevet)


def vandre(
    klient: Client, start: str = "/", per_rute: int = 3, bare: str = ""
) -> tuple[dict[str, list[Besok]], set[str]]:
    """Pages found per route name (at most `per_rute` each, query strings dropped), and all query names seen. `bare`:
    only routes whose name begins so.
    """
    funnet: dict[str, dict[str, Besok]] = defaultdict(dict)
    felt: set[str] = set()
    rest = [start]
    while rest:
        adresse = rest.pop(0)
        navn = rutenavn(adresse)
        if navn is None or not navn.startswith(bare) or adresse in funnet[navn] or len(funnet[navn]) >= per_rute:
            continue
        funnet[navn][adresse] = naa = besok(klient, adresse)
        side = les(naa.html)
        felt |= side.felt
        for lenke in [*side.adresser, naa.hoder.get("Location", "")]:
            deler = urlsplit(urljoin(adresse, lenke))
            if deler.netloc or deler.scheme not in {"", "http"}:
                continue
            felt |= {par.split("=")[0] for par in deler.query.split("&") if par}
            rest.append(deler.path)
    return {navn: list(sider.values()) for navn, sider in funnet.items() if sider}, felt
