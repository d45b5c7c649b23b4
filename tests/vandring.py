"""Follow links from page to page as one person, so that tests meet every page a person can reach."""

from collections import defaultdict
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve


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


def vandre(klient: Client, start: str = "/", per_rute: int = 3) -> tuple[dict[str, list[str]], set[str]]:
    """Addresses found per route name (at most `per_rute` each, query strings dropped), and all query names seen."""
    funnet: dict[str, list[str]] = defaultdict(list)
    felt: set[str] = set()
    rest = [start]
    while rest:
        adresse = rest.pop(0)
        navn = rutenavn(adresse)
        if navn is None or adresse in funnet[navn] or len(funnet[navn]) >= per_rute:
            continue
        funnet[navn].append(adresse)
        svar = klient.get(adresse, follow=True)
        if not svar.get("Content-Type", "").startswith("text/html"):
            continue
        side = les(svar.content.decode())
        felt |= side.felt
        for lenke in side.adresser:
            deler = urlsplit(urljoin(adresse, lenke))
            if deler.netloc or deler.scheme not in {"", "http"}:
                continue
            felt |= {par.split("=")[0] for par in deler.query.split("&") if par}
            rest.append(deler.path)
    return {navn: adresser for navn, adresser in funnet.items() if adresser}, felt
