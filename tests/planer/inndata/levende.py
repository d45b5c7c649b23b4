"""What a browser would run on a page, and the forms a page has, filled in with anything."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

FARLIGE = {"iframe", "object", "embed", "base", "xss-merke", "marquee", "foreignobject"}
ADRESSER = {"href", "src", "action", "formaction", "xlink:href", "data"}
# Short enough for the titles, long enough to get out of an attribute, a tag and a script.
KORT = "\"'><xss-merke>=1+1"
LANG = (
    KORT + "</script><script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)>"
    '<a href="javascript:alert(1)">x</a><iframe src="data:text/html,x"></iframe><style>*{display:none}</style>'
    "{{ 7|add:7 }}{% load x %}"
)


class Levende(HTMLParser):
    """Collects what should never be there: foreign elements, inline scripts and styles, handlers, script addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.funn: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        verdier = dict(attrs)
        data = verdier.get("type") in {"application/json", "application/ld+json"}
        if tag in FARLIGE or (tag == "style") or (tag == "script" and not verdier.get("src") and not data):
            self.funn.append(f"<{tag}>")
        for navn, verdi in attrs:
            adresse = "".join((verdi or "").split()).lower()
            if navn.startswith("on") or navn == "style":
                self.funn.append(f"{tag} {navn}")
            if navn in ADRESSER and adresse.startswith(("javascript:", "vbscript:", "data:text")):
                self.funn.append(f"{tag} {navn}={verdi}")
            if tag == "img" and navn == "src" and verdi == "x":
                self.funn.append("img src=x")


def levende(html: str) -> list[str]:
    """Everything live and foreign on the page."""
    leser = Levende()
    leser.feed(html)
    return leser.funn


@dataclass
class Skjema:
    """A form with its fields as the page sends them."""

    adresse: str
    metode: str
    felt: dict[str, list[str]] = field(default_factory=dict)
    tekstfelt: set[str] = field(default_factory=set)

    def fylt(self, tekst: str) -> dict[str, list[str]]:
        """The fields, with this text wherever one can write."""
        return {**self.felt, **{navn: [tekst] for navn in self.tekstfelt}}


class Skjemaleser(HTMLParser):
    """Collects the forms of a page."""

    SKRIVES = {"text", "search", "email", "url", ""}

    def __init__(self) -> None:
        super().__init__()
        self.skjemaer: list[Skjema] = []
        self.naa: Skjema | None = None
        self.valg = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        v = {navn: verdi or "" for navn, verdi in attrs}
        if tag == "form":
            self.naa = Skjema(v.get("action", ""), v.get("method", "get").lower())
            self.skjemaer.append(self.naa)
        elif self.naa is not None and v.get("name") and tag in {"input", "textarea", "select"}:
            self._felt(tag, v)
        elif self.naa is not None and tag == "option" and self.valg and v.get("value"):
            self._valg(v)

    def _felt(self, tag: str, v: dict[str, str]) -> None:
        navn, slag = v["name"], v.get("type", "")
        if tag == "select":
            self.valg = navn
            self.naa.felt.setdefault(navn, [""])
        elif tag == "textarea" or slag in self.SKRIVES:
            self.naa.tekstfelt.add(navn)
        elif slag in {"checkbox", "radio"}:
            if "checked" in v or navn not in self.naa.felt:
                self.naa.felt[navn] = [v.get("value", "on")]
        elif slag not in {"file", "submit", "button"}:
            self.naa.felt[navn] = [v.get("value", "")]

    def _valg(self, v: dict[str, str]) -> None:
        """The first choice with a value, or the one that is selected."""
        if "selected" in v or not self.naa.felt[self.valg][0]:
            self.naa.felt[self.valg] = [v["value"]]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.naa = None
        if tag == "select":
            self.valg = ""


def skjemaer(html: str) -> list[Skjema]:
    """The forms of the page that send something."""
    leser = Skjemaleser()
    leser.feed(html)
    return [s for s in leser.skjemaer if s.metode == "post"]
