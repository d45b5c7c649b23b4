"""What must hold for any page in any state: axe is content, nothing sticks out sideways, the console is silent."""

import json
import re
from dataclasses import dataclass, field

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

AXE = AXE_FILE_PATH.read_text(encoding="utf-8")
# Everything but colours, on the whole page or on all of it but the frame, which is half of a short page and has a test
# of its own. Colours cost more than all the rest, so they are measured where pages differ: in the content and in open
# dialogs, and for one of those that are alike: the same tags with the same classes, states and whatever else the style
# sheets ask about, inside the same. What has been measured in a tab is not measured again on its next page.
KJOR_AXE = """async ([farger, ramme]) => {
  const fargeregler = ['color-contrast', 'link-in-text-block'];
  const av = Object.fromEntries(fargeregler.map(regel => [regel, {enabled: false}]));
  const uten = {resultTypes: ['violations'], rules: av, preload: false};
  const alt = ramme ? document : {exclude: ['.hopp', '.topp', '#meny', '.bunn']};
  const brudd = (await axe.run(alt, uten)).violations;
  if (!farger) return brudd;
  const lagret = JSON.parse(sessionStorage.getItem('proevde-farger') || '[]');
  const egne = 'id href for name value title src action headers datetime width height x y d x1 x2 y1 y2 cx cy points';
  const uten_farge = new Set([...egne.split(' '), 'transform']);
  // Attribute → the values that matter, [] when it only matters that it is there, null when every value does. Some have
  // colours of their own, or give pseudo-classes.
  const fargelegger = 'class style type color fill stroke opacity fill-opacity stroke-opacity stop-color bgcolor';
  const tilstand = 'disabled checked selected readonly required open hidden inert multiple placeholder contenteditable';
  const betyr = new Map([...fargelegger.split(' ').map(a => [a, null]), ...tilstand.split(' ').map(a => [a, []])]);
  const arkene = [...document.styleSheets].map(ark => ark.href).join();
  const husket = JSON.parse(sessionStorage.getItem('spurte-attributter') || '{}');
  if (husket.ark !== arkene) {
    const spurt = new Map(), attributt = /\\[\\s*([\\w-]+)\\s*(?:([~|^$*]?=)\\s*["']?([^"'\\]]*))?/g;
    const les = regler => [...regler].forEach(regel => {
      for (const [, navn, likhet, verdi] of (regel.selectorText || '').matchAll(attributt)) {
        if (likhet && likhet !== '=') spurt.set(navn, null);
        const foer = spurt.has(navn) ? spurt.get(navn) : [];
        spurt.set(navn, foer && [...new Set(likhet ? [...foer, verdi] : foer)]);
      }
      if (regel.cssRules) les(regel.cssRules);
      if (regel.styleSheet) les(regel.styleSheet.cssRules);
    });
    [...document.styleSheets].forEach(ark => les(ark.cssRules));
    Object.assign(husket, {ark: arkene, spurt: [...spurt]});
    sessionStorage.setItem('spurte-attributter', JSON.stringify(husket));
  }
  for (const [navn, verdier] of husket.spurt) if (betyr.get(navn) !== null) betyr.set(navn, verdier);
  const kjenne = a => !betyr.get(a.name) || betyr.get(a.name).includes(a.value) ? a.name + '=' + a.value : a.name;
  const kjent = new Map(), sett = new Set(lagret), utvalg = [];
  const kort = tekst => {
    let [a, b] = [1, 7];
    for (const tegn of tekst) {
      a = Math.imul(a ^ tegn.codePointAt(), 16777619);
      b = Math.imul(b ^ tegn.codePointAt(), 2246822519);
    }
    return `${a.toString(36)}.${b.toString(36)}`;
  };
  const slag = e => {
    if (!e || kjent.has(e)) return kjent.get(e) || '';
    const trekk = [...e.attributes].filter(a => betyr.has(a.name) && !uten_farge.has(a.name))
      .map(kjenne).join();
    const annenhver = e.tagName === 'TR' && [...e.parentElement.children].indexOf(e) % 2;
    const her = [slag(e.parentElement), e.tagName, trekk, annenhver, !e.previousElementSibling, !e.nextElementSibling];
    kjent.set(e, kort(her.join()));
    return kjent.get(e);
  };
  const skrevet = n => n.nodeType === 3 && n.data.trim();
  const harTekst = e => e.matches('input, select, textarea') || [...e.childNodes].some(skrevet);
  for (const e of document.querySelectorAll('main *, dialog[open] *')) {
    if (!harTekst(e) || sett.has(slag(e)) || !e.checkVisibility({visibilityProperty: true})) continue;
    sett.add(slag(e));
    utvalg.push(e);
  }
  sessionStorage.setItem('proevde-farger', JSON.stringify([...sett]));
  const bare = {resultTypes: ['violations'], runOnly: fargeregler};
  return [...brudd, ...(utvalg.length ? (await axe.run({include: utvalg}, bare)).violations : [])];
}"""
# Remember which elements of the content show,
HUSK_SYNLIGE = """() => {
  window.synligeFoer = new Set([...document.querySelectorAll('main *')].filter(e => e.checkVisibility()));
}"""
# and look at those that did not show then.
KJOR_AXE_PAA_NYE = """async () => {
  const nye = new Set([...document.querySelectorAll('main *')].filter(
    e => e.checkVisibility() && !window.synligeFoer.has(e)));
  const ytterst = [...nye].filter(e => !nye.has(e.parentElement));
  if (!ytterst.length) return [];
  const uten = {resultTypes: ['violations'], rules: {'color-contrast': {enabled: false}}, preload: false};
  return (await axe.run({include: ytterst}, uten)).violations;
}"""
KONTRAST_OVERALT = """() => axe.run(document, {resultTypes: ['violations'], runOnly: ['color-contrast']})
  .then(svar => svar.violations)"""
# Elements wider than the window, apart from those inside a box that scrolls by itself.
STIKKER_UT = """() => {
  const bredde = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= bredde + 1) return [];
  return [...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > bredde + 1)
    .slice(0, 5).map(e => e.tagName + '.' + e.className + ' ' + Math.round(e.getBoundingClientRect().right));
}"""


@dataclass
class Vakt:
    """Gathers what a page complains of, and every request to somewhere else."""

    adresse: str
    # Status codes a test asks for on purpose; the browser writes them to the console.
    ventet: set[int] = field(default_factory=set)
    klager: list[str] = field(default_factory=list)

    def folg(self, sammenheng: BrowserContext, side: Page) -> None:
        # Watched, not intercepted: interception turns the browser's cache off, and every page would fetch every file.
        sammenheng.on("request", self._foresporsel)
        side.on("console", self._konsoll)
        side.on("pageerror", lambda feil: self.klager.append(f"skriptfeil: {feil}"))

    def _foresporsel(self, foresporsel: Request) -> None:
        if not foresporsel.url.startswith((self.adresse, "data:", "blob:")):
            self.klager.append(f"spurte {foresporsel.url}")

    def _konsoll(self, melding: ConsoleMessage) -> None:
        statuslinje = "Failed to load resource" in melding.text
        if statuslinje and any(f"status of {kode}" in melding.text for kode in self.ventet):
            return
        if melding.type in {"error", "warning"}:
            self.klager.append(f"{melding.type}: {melding.text} ({melding.location.get('url', '')})")


def axe(side: Page, farger: bool = True, ramme: bool = True) -> None:
    """Fail with rule, element and reason when axe finds anything at all. Contrast is the same in every width:
    `farger=False` leaves it out when the page has been through it. The frame is the same on every page of a person:
    `ramme=False` leaves it out."""
    _klag(side, KJOR_AXE, [farger, ramme])


def husk_synlige(side: Page) -> None:
    """Before the window changes: remember what shows, for `axe_paa_nye`."""
    side.evaluate(HUSK_SYNLIGE)


def axe_paa_nye(side: Page) -> None:
    """What did not show before the window changed, and does now. What shows in both has been looked at."""
    _klag(side, KJOR_AXE_PAA_NYE)


def kontrast_overalt(side: Page) -> None:
    """Contrast of everything on the page, its frame too."""
    _klag(side, KONTRAST_OVERALT)


def _klag(side: Page, kjor: str, verdier: list[bool] | None = None) -> None:
    if side.evaluate("() => !window.axe"):
        side.evaluate(AXE)
    brudd = side.evaluate(kjor, verdier)
    funn = [f"{b['id']}: {n['html'][:160]} – {n['failureSummary'][:300]}" for b in brudd for n in b["nodes"][:4]]
    assert not funn, f"axe på {side.url}:\n" + "\n".join(funn)


def ikke_sidelengs(side: Page) -> None:
    """Fail when the page must be scrolled sideways."""
    stikker_ut = side.evaluate(STIKKER_UT)
    assert not stikker_ut, f"{side.url} er bredere enn vinduet ({side.viewport_size}): {json.dumps(stikker_ut)}"


def tekststoerrelse(side: Page, prosent: int) -> None:
    """Text size as the reader would set it in the browser."""
    side.evaluate("p => { document.documentElement.style.fontSize = p + '%' }", prosent)


def bredde(side: Page, piksler: int) -> None:
    """Window width, with the new layout drawn before anything is measured."""
    side.set_viewport_size({"width": piksler, "height": 900})
    side.wait_for_function("bredde => window.innerWidth === bredde", arg=piksler)
    side.evaluate("() => new Promise(klar => requestAnimationFrame(() => requestAnimationFrame(klar)))")


def i_menyen(side: Page, navn: str) -> None:
    """Choose an entry of the menu, unfolding its group when it is folded."""
    lenke = side.locator("a", has_text=re.compile(f"^{re.escape(navn)}$"))
    meny = side.locator("#meny")
    if not meny.locator(lenke).is_visible():
        meny.locator("details", has=lenke).locator("summary").click()
    meny.locator(lenke).click()


def sjekk(side: Page) -> None:
    """axe wide and narrow, no sideways scrolling at 390 px nor with 200 % text in either width."""
    bredde(side, 1280)
    axe(side)
    husk_synlige(side)
    tekststoerrelse(side, 200)
    ikke_sidelengs(side)
    bredde(side, 390)
    ikke_sidelengs(side)
    tekststoerrelse(side, 100)
    ikke_sidelengs(side)
    axe_paa_nye(side)
    bredde(side, 1280)
