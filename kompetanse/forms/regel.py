"""The rule editor without a form class: the tree of conditions to and from flat fields, one step at a time.

Fields are named by where the part stands: «r.slag» is the outermost group's word, «r.0.minst» the level of its first
condition, «r.1.0.fag» the field of the first condition in its second part, a group.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.regler import Feil, Nivaa
from kompetanse.regler.betingelser import NIVAANAVN
from kompetanse.regler.lagring import MAKS_DELER, MAKS_DYBDE

NIVAAER = [("", gettext_lazy("Velg nivå")), *((n.kode, NIVAANAVN[n]) for n in Nivaa)]
SLAGNAVN = {
    "utdanning": gettext_lazy("Utdanningsnivå"),
    "fagretning": gettext_lazy("Fagretning"),
    "lederutdanning": gettext_lazy("Lederutdanning"),
    "erfaring": gettext_lazy("Års erfaring"),
    "kurs": gettext_lazy("Navngitt kurs"),
    "studiepoeng": gettext_lazy("Studiepoeng"),
    "bekreftet": gettext_lazy("Arbeidsgiver vurderer"),
}
# kind → (field, label, how it is filled in)
FELT: dict[str, tuple[tuple[str, Any, str], ...]] = {
    "utdanning": (
        ("minst", gettext_lazy("Minst"), "nivaa"),
        ("hoyst", gettext_lazy("Høyst (kan stå tomt)"), "nivaa"),
        ("fag", gettext_lazy("I faget (komma mellom flere)"), "tekst"),
        ("relevant", gettext_lazy("Skal være relevant for stillingen"), "avkryssing"),
    ),
    "fagretning": (("fag", gettext_lazy("Utdanning i (komma mellom flere)"), "tekst"),),
    "lederutdanning": (
        ("forpliktelse", gettext_lazy("En avtale med frist er også godt nok"), "avkryssing"),
        ("maaneder", gettext_lazy("Fristen er høyst så mange måneder (kan stå tomt)"), "tall"),
    ),
    "erfaring": (
        ("aar", gettext_lazy("Minst så mange år"), "tall"),
        ("ord", gettext_lazy("Som eller i"), "ord"),
        ("rolle", gettext_lazy("Rolle eller fagfelt"), "tekst"),
        ("sted", gettext_lazy("Hvor, hvis det betyr noe"), "tekst"),
        ("innen", gettext_lazy("Innen dato (kan stå tomt)"), "dato"),
    ),
    "kurs": (("navn", gettext_lazy("Kurs i"), "tekst"),),
    "studiepoeng": (
        ("minst", gettext_lazy("Minst så mange studiepoeng"), "tall"),
        ("fag", gettext_lazy("I faget (kan stå tomt)"), "tekst"),
        ("relevant", gettext_lazy("Skal være relevant for stillingen"), "avkryssing"),
        ("innen", gettext_lazy("Innen dato (kan stå tomt)"), "dato"),
    ),
    "bekreftet": (("tekst", gettext_lazy("Hva skal arbeidsgiver ha vurdert?"), "tekst"),),
}


@dataclass(frozen=True)
class Regelfelt:
    """A field of a condition, ready for the template."""

    navn: str
    etikett: str
    slag: str
    verdi: Any
    feil: tuple[str, ...] = ()
    valg: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Regeldel:
    """A condition or a group, ready for the template. `foran`: the word between it and the part before."""

    navn: str
    slag: str
    tittel: str
    foran: str = ""
    felt: tuple[Regelfelt, ...] = ()
    deler: tuple["Regeldel", ...] = ()
    feil: tuple[str, ...] = ()
    fokus: bool = False
    dypest: bool = False
    gruppe: bool = field(default=False)
    rot: bool = field(default=False)


def fra_skjema(data: Mapping[str, str]) -> dict[str, Any]:
    """The tree as it was typed; nothing is judged here. The outermost part is always a group."""
    rot = _del(data, "r", [0])
    return rot if rot and "deler" in rot else {"slag": "og", "deler": []}


def som_gruppe(data: dict[str, Any]) -> dict[str, Any]:
    """A stored rule as the editor needs it: a group outermost."""
    if not data:
        return {"slag": "og", "deler": []}
    return data if "deler" in data else {"slag": "og", "deler": [data]}


def utfoer_steg(data: dict[str, Any], steg: str) -> str:
    """Change the tree by one step («ny:r.0», «gruppe:r», «fjern:r.1», kind after a second colon); returns the name of
    the part to put the cursor in. Steps that lead nowhere do nothing.
    """
    hva, _kolon, rest = steg.partition(":")
    navn, _kolon, slag = rest.partition(":")
    sti = [int(n) for n in navn.split(".")[1:] if n.isascii() and n.isdigit() and len(n) < 4]
    if hva == "fjern" and sti:
        over = _finn(data, sti[:-1])
        if over and sti[-1] < len(over.get("deler", ())):
            del over["deler"][sti[-1]]
        return ".".join(["r", *map(str, sti[:-1])])
    gruppe = _finn(data, sti)
    if gruppe is None or "deler" not in gruppe or _antall(data) >= MAKS_DELER:
        return "r"
    if hva == "gruppe" and len(sti) < MAKS_DYBDE - 1:
        annet = "eller" if gruppe["slag"] == "og" else "og"
        gruppe["deler"].append({"slag": annet, "deler": []})
    elif hva == "ny" and slag in FELT:
        gruppe["deler"].append({"slag": slag})
    else:
        return "r"
    return ".".join([*navn.split("."), str(len(gruppe["deler"]) - 1)])


def deler(data: dict[str, Any], feil: list[Feil], fokus: str = "") -> Regeldel:
    """The tree for the template, with the errors beside what they are about."""
    etter_sted: dict[str, list[Feil]] = {}
    for f in feil:
        etter_sted.setdefault(".".join(["r", *map(str, f.sti)]), []).append(f)
    return _vis(data, "r", "", etter_sted, fokus)


def _del(data: Mapping[str, str], navn: str, antall: list[int]) -> dict[str, Any] | None:
    slag = data.get(f"{navn}.slag")
    antall[0] += 1
    if slag is None or antall[0] > MAKS_DELER + 1 or navn.count(".") > MAKS_DYBDE + 1:
        return None
    if slag in ("og", "eller"):
        barn = []
        while (del_ := _del(data, f"{navn}.{len(barn)}", antall)) is not None:
            barn.append(del_)
        return {"slag": slag, "deler": barn}
    ut: dict[str, Any] = {"slag": slag}
    for felt, _etikett, hvordan in FELT.get(slag, ()):
        raa = data.get(f"{navn}.{felt}", "").replace("\x00", "")
        if raa:
            ut[felt] = True if hvordan == "avkryssing" else raa
    return ut


def _finn(data: dict[str, Any], sti: list[int]) -> dict[str, Any] | None:
    for nr in sti:
        barn = data.get("deler", ())
        if nr >= len(barn):
            return None
        data = barn[nr]
    return data


def _antall(data: dict[str, Any]) -> int:
    return 1 + sum(_antall(d) for d in data.get("deler", ()))


def _vis(data: dict[str, Any], navn: str, foran: str, feil: dict[str, list[Feil]], fokus: str) -> Regeldel:
    slag, mine = str(data["slag"]), feil.get(navn, [])
    egne = tuple(f.melding for f in mine if not f.felt)
    if "deler" in data:
        ord_ = _("og") if slag == "og" else _("eller")
        barn = tuple(_vis(d, f"{navn}.{nr}", ord_ if nr else "", feil, fokus) for nr, d in enumerate(data["deler"]))
        tittel = _("Regelen") if navn == "r" else _("Gruppe")
        dypest = navn.count(".") >= MAKS_DYBDE - 1
        return Regeldel(navn, slag, tittel, foran, (), barn, egne, navn == fokus, dypest, True, navn == "r")
    felt = tuple(_felt(navn, data, f, mine) for f in FELT.get(slag, ()))
    tittel = str(SLAGNAVN.get(slag, slag))
    return Regeldel(navn, slag, tittel, foran, felt, (), egne, navn == fokus)


def _felt(navn: str, data: dict[str, Any], mal: tuple[str, Any, str], feil: list[Feil]) -> Regelfelt:
    felt, etikett, hvordan = mal
    valg = tuple(NIVAAER) if hvordan == "nivaa" else (("som", _("som")), ("i", _("i"))) if hvordan == "ord" else ()
    return Regelfelt(
        f"{navn}.{felt}",
        str(etikett),
        hvordan,
        data.get(felt, ""),
        tuple(f.melding for f in feil if f.felt == felt),
        valg,
    )
