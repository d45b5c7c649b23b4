"""A walk through the product in the browser: follow the links, and look closely at every kind of page once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Error, Page

from tests.nettleser.side import AXE, axe, axe_paa_nye, bredde, husk_synlige, ikke_sidelengs, tekststoerrelse
from tests.vandring import les

# Arguments of a route that give another kind of page; other arguments only name the object.
GIR_NY_SIDE = ("nummer", "til")
# Few objects, and each may stand in another state.
HVER = ("analyse:rapport", "planer:drofting", "planer:horing", "kompetanse:gaprunde")
# Pages with other buttons and links when the plan stands elsewhere on its way.
FOELGER_STATUS = ("planer:samarbeid", "planer:dokument", "planer:versjoner")
Sidetype = tuple[str, ...]


@dataclass
class Rundtur:
    """One person's walk. `planer`: plan id → kind and status, since a plan's pages differ with them."""

    side: Page
    med: Callable[[str], bool]
    kontroll: Callable[[Page], None]
    planer: dict[int, tuple[str, str]] = field(default_factory=dict)
    feil: list[str] = field(default_factory=list)
    sett: dict[Sidetype, str] = field(default_factory=dict)

    @property
    def ruter(self) -> set[str]:
        """Names of the routes that were met."""
        return {sidetype[0] for sidetype in self.sett}

    def gaa(self, start: Iterable[str]) -> None:
        """Follow links until no new kind of page is met."""
        self.side.add_init_script(AXE)
        rest = [*start]
        while rest:
            sti = rest.pop(0)
            sidetype = self._sidetype(sti)
            if sidetype and sidetype not in self.sett:
                self.sett[sidetype] = sti
                rest += self._besok(sti)

    def _sidetype(self, sti: str) -> Sidetype | None:
        try:
            treff = resolve(urlsplit(sti).path)
        except Resolver404:
            return None
        if not self.med(treff.view_name):
            return None
        slag, status = self.planer.get(treff.kwargs.get("pk"), ("", ""))
        plan = {"planer:kapittel": (slag,), "planer:plan": (slag, status)}.get(treff.view_name, ())
        plan = (status,) if treff.view_name in FOELGER_STATUS else plan
        if treff.view_name in HVER:
            return (treff.view_name, urlsplit(sti).path)
        return (treff.view_name, *plan, *(str(treff.kwargs[n]) for n in GIR_NY_SIDE if n in treff.kwargs))

    def _besok(self, sti: str) -> list[str]:
        """Look at one page, and return the addresses it links to. Files and fragments (htmx) are no pages."""
        try:
            svar = self.side.goto(self.side.vakt.adresse + sti)
        except Error as feil:
            if "Download is starting" not in str(feil) and "ERR_ABORTED" not in str(feil):
                self.feil.append(f"{sti}: {feil}")
            return []
        if self.side.evaluate("() => !document.doctype"):
            return []
        if svar.status != 200:
            self.feil.append(f"{sti}: svarte {svar.status}")
        try:
            self.kontroll(self.side)
        except AssertionError as feil:
            self.feil.append(str(feil))
        self.feil += [f"{sti}: {klage}" for klage in self.side.vakt.klager]
        self.side.vakt.klager.clear()
        lenker = [urlsplit(urljoin(sti, lenke)) for lenke in les(self.side.content()).adresser]
        egne = [lenke for lenke in lenker if not lenke.netloc and lenke.scheme in {"", "http"}]
        return [lenke._replace(fragment="").geturl() for lenke in egne]


def noeye(side: Page) -> None:
    """axe with colours, no sideways scrolling in either width nor with 200 % text, and axe on what shows in the other
    width only. Begins with the width the window has; as few new layouts as possible."""
    axe(side, ramme=False)
    streker = (
        "[...document.querySelectorAll('option')].filter(o => /^-+$/.test(o.text.trim())).map(o => o.parentNode.name)"
    )
    assert side.evaluate(streker) == [], "a choice that is not made yet is said in words"
    husk_synlige(side)
    ikke_sidelengs(side)
    tekststoerrelse(side, 200)
    ikke_sidelengs(side)
    bredde(side, 1280 if side.viewport_size["width"] == 390 else 390)
    ikke_sidelengs(side)
    tekststoerrelse(side, 100)
    ikke_sidelengs(side)
    axe_paa_nye(side)


def lett(side: Page) -> None:
    """For other persons on the same pages: what they see has names and order, and fits a telephone."""
    if side.viewport_size["width"] != 390:
        bredde(side, 390)
    axe(side, farger=False, ramme=False)
    ikke_sidelengs(side)
    tekststoerrelse(side, 200)
    ikke_sidelengs(side)
