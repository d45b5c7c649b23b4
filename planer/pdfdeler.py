"""A plan's content made ready for print and for reading: parts with headings, texts, tables and cards. No HTML in here.

The same parts go into the PDF of one plan, the collection for bystyret and the page without login.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from analyse.pdfdeler import Trykktabell, trykktabell
from analyse.rapporter.resultat import Kolonne, Tabell
from felles.tall import dato_kort, dato_lang, desimal, les_tall, tusen
from planer.enums import Grep, Planslag, Planstatus
from planer.lesetekst import lesetekst

BOKSTAVER = "ABCDEFGH"
# What stands in the place of a figure that is missing or hidden.
UTEN_TALL = ("", "–", "<5", "skjult")
_TALL = re.compile(r"[-−]?\d[\d\u00a0 ]*(,\d+)?")
# A table of one row with this many columns or more is turned.
SNU_FRA = 7
FAA_RADER = 8
# The chapter where the tiltak stand.
TILTAKSKAPITTEL = {Planslag.TEMAPLAN: 6, Planslag.DELPLAN: 4, Planslag.MAL: 4}
Par = list[tuple[str, str]]


@dataclass(frozen=True)
class Oppsett:
    """Where the parts go. `prefiks` keeps the anchors of several plans apart, `nivaa` is the heading level of a
    chapter, `lest` means a page on screen for readers outside, who are not told what is unwritten.
    """

    prefiks: str = ""
    nivaa: int = 2
    lest: bool = False
    vis_tomme: bool = False

    def tekst(self, html: str, under: int = 2) -> str:
        return lesetekst(html, self.nivaa + under, rulle=self.lest)


@dataclass(frozen=True)
class Tekstdel:
    """A heading and its text, empty when nothing is written. `under` are texts with smaller headings beneath it."""

    id: str
    tittel: str
    tekst: str = ""
    merke: str = ""
    valg: str = ""
    under: list[tuple[str, str]] = field(default_factory=list)
    punkter: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Tiltakskort:
    """A tiltak with everything it says, as pairs of name and value."""

    id: str
    ident: str
    tittel: str
    hva: str
    status: str
    par: Par


@dataclass(frozen=True)
class Kapitteldel:
    """A chapter or an appendix."""

    nr: str
    id: str
    navn: str
    merkelapp: str
    tekster: list[Tekstdel] = field(default_factory=list)
    tabeller: list[Trykktabell] = field(default_factory=list)
    oversikt: Trykktabell | None = None
    tiltak: list[Tiltakskort] = field(default_factory=list)
    par: Par = field(default_factory=list)

    @property
    def er_vedlegg(self) -> bool:
        return self.nr in BOKSTAVER


@dataclass(frozen=True)
class Plandel:
    """A whole plan. `n` is the heading level of its chapters; `utkast`: not adopted."""

    id: str
    tittel: str
    slag: str
    undertittel: str
    fakta: Par
    utkast: bool
    prikket: bool
    n: int
    kapitler: list[Kapitteldel]

    @property
    def n1(self) -> int:
        return self.n + 1

    @property
    def n2(self) -> int:
        return self.n + 2

    @property
    def innhold(self) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
        """Number, id, name and the headings beneath, chapter by chapter."""
        return [(k.nr, k.id, k.navn, [(t.id, t.tittel) for t in k.tekster if t.merke]) for k in self.kapitler]


def plandel(innhold: dict[str, Any], oppsett: Oppsett = Oppsett(), *, hash_: str = "") -> Plandel:
    """The parts of a plan from its content."""
    p = innhold["plan"]
    utkast = not p.get("vedtatt")
    o = replace(oppsett, vis_tomme=utkast and not oppsett.lest)
    kapitler = [k for k in (_kapittel(k, innhold, o) for k in innhold["kapitler"]) if utkast or _sier_noe(k)]
    return Plandel(
        id=f"{o.prefiks}plan",
        tittel=p["tittel"],
        slag=str(Planslag(p["slag"]).label),
        undertittel=undertittel(p),
        fakta=fakta(p),
        utkast=utkast,
        prikket=not p.get("uprikket"),
        n=o.nivaa,
        kapitler=[*kapitler, *_vedlegg(innhold, o, hash_)],
    )


def _vedlegg(innhold: dict[str, Any], o: Oppsett, hash_: str) -> list[Kapitteldel]:
    """What comes after the chapters, lettered."""
    bak = [v for v in (_samarbeid(innhold), _tall(innhold), _om(innhold, hash_)) if v]
    return [
        Kapitteldel(bokstav, f"{o.prefiks}{ident}", navn, _("Vedlegg %s") % bokstav, **deler)
        for bokstav, (ident, navn, deler) in zip(BOKSTAVER, bak, strict=False)
    ]


def undertittel(p: dict[str, Any]) -> str:
    """What kind of plan it is, in a sentence."""
    if p["slag"] == Planslag.TEMAPLAN:
        return _("Temaplan for kompetanse og rekruttering %s") % p["periode"]
    return _("Delplan for kompetanse og rekruttering %s") % p["periode"]


def fakta(p: dict[str, Any]) -> Par:
    """The cover's facts. A plan that has been adopted says so, also when it was replaced later."""
    enheter = p["enheter"]
    gjelder = ", ".join(enheter[:6]) + (_(" og %d til") % (len(enheter) - 6) if len(enheter) > 6 else "")
    vedtatt = p.get("vedtatt")
    status = Planstatus.VEDTATT if vedtatt else Planstatus(p["status"])
    par = [
        (_("Gjelder"), gjelder or (_("Hele kommunen") if p["slag"] == Planslag.TEMAPLAN else "")),
        (_("Hører til"), p.get("temaplan", "")),
        (_("Periode"), p["periode"]),
        (_("Status"), str(status.label)),
        (_("Versjon"), str(p["versjon"])),
        (_("Vedtatt"), dato_lang(vedtatt) if vedtatt else ""),
        (_("Sak"), p.get("sak", "")),
        (_("Sist endret"), "" if vedtatt else dato_lang(p["endret"])),
        (_("Tall fra uttrekk"), dato_lang(p["uttrekk_dato"]) if p["uttrekk_dato"] else ""),
        (_("Utgave"), utgave(not p.get("uprikket"))),
    ]
    return [(navn, verdi) for navn, verdi in par if verdi]


def utgave(prikket: bool) -> str:
    """Which edition, in the words of the cover."""
    return _("Åpen: uten små tall og personnavn") if prikket else _("Fullstendig, med alle tall")


def enkel_tabell(ident: str, tittel: str, kolonner: Iterable[str], rader: Iterable[Iterable[str]]) -> Trykktabell:
    """A table of texts, ready for print. A column of nothing but figures is set to the right, as figures are."""
    alle = [[str(verdi) for verdi in rad] for rad in rader]
    kol = tuple(
        Kolonne(str(i), navn, "heltall" if i and _er_tallkolonne([rad[i] for rad in alle]) else "tekst")
        for i, navn in enumerate(kolonner)
    )
    innhold = [{str(i): verdi for i, verdi in enumerate(rad)} for rad in alle]
    tabell = trykktabell(Tabell(ident, tittel, kol, innhold), ident)
    # Cells of several lines make a table tall: kept whole, it would leave the page before it half empty.
    return replace(tabell, kort=len(alle) <= FAA_RADER)


def _er_tallkolonne(verdier: list[str]) -> bool:
    """Is every value a figure, hidden or missing, and at least one of them a figure?"""
    tall = [v for v in verdier if v not in UTEN_TALL]
    return bool(tall) and all(_TALL.fullmatch(v) for v in tall)


def staaende(t: dict[str, Any]) -> tuple[list[str], list[list[str]]]:
    """Columns and rows. A table with one row and many columns is turned: a line for each, so that it fits."""
    kolonner, rader = t["kolonner"], t["rader"]
    if len(rader) != 1 or len(kolonner) < SNU_FRA:
        return kolonner, rader
    return [kolonner[0], rader[0][0]], [list(par) for par in zip(kolonner[1:], rader[0][1:], strict=True)]


def _sier_noe(k: Kapitteldel) -> bool:
    return bool(k.tekster or k.tabeller or k.tiltak)


def _kapittel(k: dict[str, Any], innhold: dict[str, Any], o: Oppsett) -> Kapitteldel:
    nr, ident = k["nummer"], f"{o.prefiks}kapittel-{k['nummer']}"
    slag = innhold["plan"]["slag"]
    tekster = [
        Tekstdel(f"{ident}-{s['nokkel']}", s["overskrift"], o.tekst(s["html"]))
        for s in k["seksjoner"]
        if s["html"] or o.vis_tomme
    ]
    har_tiltak = nr == TILTAKSKAPITTEL.get(slag)
    if har_tiltak:
        tekster += [_omraade(omr, ident, o) for omr in innhold["omraader"]]
        tekster += [_grep(g, ident, innhold["tiltak"], o) for g in innhold["grep"]]
    tiltak = innhold["tiltak"] if har_tiltak else []
    return Kapitteldel(
        nr=str(nr),
        id=ident,
        navn=k["navn"],
        merkelapp=(_("Steg %d") if slag == Planslag.TEMAPLAN else _("Del %d")) % nr,
        tekster=tekster,
        tabeller=[enkel_tabell(f"{ident}-{t['nokkel']}", t["tittel"], *staaende(t)) for t in k["tabeller"]],
        oversikt=_oversikt(f"{ident}-tiltak", tiltak) if tiltak else None,
        tiltak=[_kort(t, o.prefiks) for t in tiltak],
    )


def _omraade(omr: dict[str, Any], ident: str, o: Oppsett) -> Tekstdel:
    titler = {"hva": _("Hva vi vil styrke"), "derfor": _("Derfor er det viktig"), "slik": _("Slik gjør vi det")}
    under = [(titler[del_], o.tekst(omr[del_], 3)) for del_ in titler if omr[del_]]
    tittel = f"{omr['nummer']} {omr['tittel']}"
    return Tekstdel(f"{ident}-{omr['nokkel']}", tittel, merke=omr["grep_navn"], under=under)


def _grep(g: dict[str, Any], ident: str, tiltak: list[dict[str, Any]], o: Oppsett) -> Tekstdel:
    mine = [t for t in tiltak if t["ident"] in set(g["tiltak"])]
    valg = {True: _("Følges opp"), False: _("Følges ikke opp i denne planen")}.get(g["valgt"], _("Ikke avgjort ennå"))
    return Tekstdel(
        f"{ident}-{g['nokkel']}",
        f"{g['nummer']} {g['tittel']}",
        o.tekst(g["begrunnelse"]),
        merke=g["grep_navn"],
        valg=valg if o.vis_tomme or g["grep"] != Grep.KJERNE else "",
        punkter=[f"{t['ident']} {t['tittel']}" for t in mine],
    )


def _oversikt(ident: str, tiltak: list[dict[str, Any]]) -> Trykktabell:
    rader = [
        [t["ident"], t["tittel"], ansvarlig(t), dato_kort(t["frist"]) if t["frist"] else "", t["status_navn"]]
        for t in tiltak
    ]
    kolonner = [_("ID"), _("Tiltak"), _("Ansvarlig"), _("Frist"), _("Status")]
    return enkel_tabell(ident, _("Tiltakene i planen"), kolonner, rader)


def ansvarlig(t: dict[str, Any]) -> str:
    """Who is responsible: the name where it is told, else the role."""
    return t["ansvarlig"] or t["ansvarlig_rolle"]


def _kort(t: dict[str, Any], prefiks: str) -> Tiltakskort:
    naar = " – ".join(dato_lang(d) if d else "" for d in (t["start"], t["frist"])) if t["start"] else ""
    penger = f"{tusen(t['kostnad'])} {_('kroner')}" if t["kostnad"] is not None else ""
    soknad = _("søknadsfrist %s") % dato_lang(t["soknadsfrist"]) if t["soknadsfrist"] else ""
    maaling = ", ".join(filter(None, [t["maalenhet"], _fra_til(t["nullpunkt"], t["maaltall"])]))
    par = [
        (_("Innsatsområde"), f"{t['omraade_nummer']} {t['omraade_tittel']}"),
        (_("Mål og vei"), f"{t['hovedmaal']}. {t['hovedmaal_navn']} · {t['vei_navn']}"),
        (_("Ansvarlig"), ansvarlig(t)),
        (_("Hvem er med"), t["deltakere"]),
        (_("Når"), naar.removesuffix(" – ") or (_("innen %s") % dato_lang(t["frist"]) if t["frist"] else "")),
        (_("Hvorfor"), t["statusgrunn"]),
        (_("Kostnad"), penger),
        (_("Finansieres av"), ", ".join(filter(None, [t["finansiering"], soknad]))),
        (_("Slik ser vi at det virket"), t["kriterie_resultat"]),
        (_("Slik ser vi at det ble gjort godt"), t["kriterie_prosess"]),
        (_("Måles i"), maaling),
    ]
    med = [(navn, verdi) for navn, verdi in par if verdi]
    return Tiltakskort(f"{prefiks}{t['ident']}", t["ident"], t["tittel"], t["hva"], t["status_navn"], med)


def _fra_til(nullpunkt: str, maaltall: str) -> str:
    fra, til = (_norsk(v) if v else "" for v in (nullpunkt, maaltall))
    if fra and til:
        return _("fra %(fra)s til %(til)s") % {"fra": fra, "til": til}
    return (fra and _("nullpunkt %s") % fra) or (til and _("mål %s") % til)


def _norsk(verdi: str) -> str:
    tall = les_tall(verdi)
    return desimal(tall, max(0, -tall.as_tuple().exponent))


Vedlegg = tuple[str, str, dict[str, Any]]


def _samarbeid(innhold: dict[str, Any]) -> Vedlegg | None:
    """Drøfting and hearing."""
    tabeller = []
    if innhold["droftinger"]:
        tabeller.append(_droftinger(innhold["droftinger"]))
    if innhold["horinger"]:
        rader = [
            [dato_kort(h["frist"]), h["sporsmaal"], str(h["svar"]), str(h["vurdert"])] for h in innhold["horinger"]
        ]
        kolonner = [_("Frist"), _("Hva det ble spurt om"), _("Svar"), _("Vurdert")]
        tabeller.append(enkel_tabell("horinger", _("Høringer"), kolonner, rader))
    tekster = [
        Tekstdel("", f"{s['navn']}: {s['syn'].lower()}", punkter=[s["protokoll"]])
        for d in innhold["droftinger"]
        for s in d["syn"]
        if s["protokoll"]
    ]
    return ("samarbeid", _("Drøfting og høring"), {"tabeller": tabeller, "tekster": tekster}) if tabeller else None


def _droftinger(droftinger: list[dict[str, Any]]) -> Trykktabell:
    rader = [
        [
            dato_kort(d["dato"]),
            d["tema"],
            d["utfall"],
            ", ".join(
                filter(None, [*(f"{s['navn']} ({s['syn'].lower() or '–'})" for s in d["syn"]), d["andre_deltakere"]])
            ),
        ]
        for d in droftinger
    ]
    kolonner = [_("Dato"), _("Tema"), _("Utfall"), _("Deltakere")]
    med = [i for i in range(4) if any(rad[i] for rad in rader)]
    return enkel_tabell(
        "droftinger",
        _("Drøftinger med tillitsvalgte og verneombud"),
        [kolonner[i] for i in med],
        [[rad[i] for i in med] for rad in rader],
    )


def _tall(innhold: dict[str, Any]) -> Vedlegg | None:
    """The figures of the text with source and date."""
    rader = [[t["tekst"], t["verdi"], t["kilde"], dato_kort(t["dato"]) if t["dato"] else ""] for t in innhold["tall"]]
    kolonner = [_("Tall"), _("Verdi"), _("Kilde"), _("Uttrekk")]
    tabell = enkel_tabell("tallene", _("Tall brukt i teksten"), kolonner, rader)
    return ("tall", _("Tall og kilder"), {"tabeller": [tabell]}) if rader else None


def _om(innhold: dict[str, Any], hash_: str) -> Vedlegg:
    """Who stands behind, which edition, and the hash of what was adopted."""
    roller: dict[str, list[str]] = {}
    for d in innhold["deltakere"]:
        roller.setdefault(d["rolle"], []).append(d["navn"])
    par = [*fakta(innhold["plan"]), *((rolle, ", ".join(navn)) for rolle, navn in roller.items())]
    if hash_:
        par.append((_("Avtrykk (SHA-256)"), hash_))
    return "om", _("Om dokumentet"), {"par": par}
