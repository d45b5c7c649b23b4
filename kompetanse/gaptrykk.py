"""The PDF of a round's results, as HTML for print: cover, findings, largest gaps, what is critical and vulnerable,
units against competences, sums, ways, method. Equal content gives equal HTML.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from analyse.pdfdeler import Trykktabell, trykktabell
from analyse.rapporter.resultat import Kolonne, Tabell
from kompetanse.gap.regning import HORISONTER
from kompetanse.gapresultatfil import metode
from kompetanse.gapvalg import HORISONTORD
from kompetanse.models import Gaprunde
from kompetanse.queries import gapresultat as les
from kompetanse.trykk import Trykk, trykk
from kompetanse.visning import gapresultat as visning
from kompetanse.visning import gapresultat_mer as mer
from kompetanse.visning.gapgrunnlag import Grunnlag, ordnet_for, sumnavn
from kompetanse.visning.gapvarme import TOM, Varmetabell, grenseord, varmetabell

# Columns side by side on a standing page, and how many of the most pressing ones are printed.
PER_BOLK, FLEST_KOLONNER = 6, 24
FLEST_SAARBARE = 40


@dataclass(frozen=True)
class Bolk:
    """A part of the heat table that fits across the page."""

    tittel: str
    tabell: Varmetabell


def gapdokument(runde: Gaprunde, g: Grunnlag, dag: date) -> Trykk:
    """The document of what the ground holds. Five queries."""
    tittel = _("%(navn)s: resultat") % {"navn": runde.navn}
    kontekst = {
        "beskrivelse": _("Hvor det mangler kompetanse, hva som er kritisk, og hva lederne vil gjøre"),
        "runde": runde,
        "g": g,
        "valg": g.valg,
        "gjelder": sumnavn(g.utvalg) if g.utvalg.hel_kommune else ", ".join(g.utvalg.sektorer),
        "grenseord": grenseord(g.valg.om),
        "metode": metode(runde, g),
        **_deler(g),
    }
    return trykk("gapresultat.html", tittel, dag, kontekst)


def filtittel(runde: Gaprunde, *, prikket: bool) -> str:
    """What the files are called after; the open edition says so."""
    return f"{runde.navn[:60]} resultat {'aapen' if prikket else ''}"


def _deler(g: Grunnlag) -> dict[str, Any]:
    saarbare = les.les_saarbare(g.utvalg.ider, g.valg.om, g.valg.prikket)
    antall = g.tell_saarbare(saarbare)
    linjer, timer = visning.stoerste_gap(g), les.les_timer(g.utvalg)
    veier, med_vei = les.samlede_veier(g.kolonner)
    over = [] if g.valg.prikket else mer.overskuddslinjer(g)
    kolonner = ordnet_for(g)
    return {
        "nokkeltall": mer.nokkeltall(g, antall, timer),
        "gapfunn": visning.gapfunn(linjer, g.valg),
        "bilde": visning.gapbilde(linjer, g.valg)["svg"] if linjer else "",
        "gaptabell": _gaptabell(linjer),
        "saarbarfunn": visning.saarbarfunn(antall, g.valg.prikket),
        "saarbartabell": _saarbartabell(visning.saarbarlinjer(g, saarbare[:FLEST_SAARBARE]), g.valg.naar),
        "saarbare_utelatt": max(0, antall.steder - FLEST_SAARBARE),
        "bolker": _bolker(g, kolonner[:FLEST_KOLONNER]),
        "kolonner_utelatt": max(0, len(kolonner) - FLEST_KOLONNER),
        "sumfunn": visning.sumfunn(g),
        "sumtabell": None if visning.alt_skjult(g, HORISONTER) else _sumtabell(visning.sumlinjer(g, HORISONTER)),
        "veifunn": mer.veifunn(veier, med_vei),
        "veitabell": _veitabell(mer.veilinjer(veier, med_vei)),
        "timefunn": mer.timefunn(timer),
        "timenote": mer.timenote(),
        "timetabell": _timetabell(mer.timelinjer(timer)),
        "overfunn": mer.overfunn(over, g.valg.naar),
        "overtabell": _overtabell(over),
    }


def _bolker(g: Grunnlag, kolonner: Sequence[les.Kolonne]) -> list[Bolk]:
    celler = les.les_celler(g.utvalg.ider, kolonner, g.valg.om, g.valg.aarsverk)
    ut = []
    for fra in range(0, len(kolonner), PER_BOLK):
        del_ = kolonner[fra : fra + PER_BOLK]
        ord_ = {"naar": g.valg.naar, "fra": fra + 1, "til": fra + len(del_)}
        tittel = _("Mangler %(naar)s, kompetanse %(fra)d–%(til)d") % ord_
        ut.append(Bolk(tittel, _uten_tomme(varmetabell(g, del_, celler))))
    return ut


def _uten_tomme(tabell: Varmetabell) -> Varmetabell:
    """Without the rows and sectors that have nothing in any of the columns: on paper there is no room for them."""
    grupper = []
    for gruppe in tabell.grupper:
        rader = [r for r in gruppe.rader if any(celle is not TOM for _navn, celle in r.celler)]
        if rader:
            grupper.append(replace(gruppe, rader=rader, sum=gruppe.sum if len(rader) > 1 else None))
    return replace(tabell, grupper=grupper, sum=tabell.sum if len(grupper) > 1 else None)


def _tabell(
    ident: str, tittel: str, kolonner: Iterable[tuple[str, str]], rader: Iterable[Iterable[str]]
) -> Trykktabell:
    """A table of texts for print; `kolonner` are headings and formats."""
    kol = tuple(Kolonne(str(nr), navn, format_) for nr, (navn, format_) in enumerate(kolonner))
    innhold = [{str(nr): verdi for nr, verdi in enumerate(rad)} for rad in rader]
    return trykktabell(Tabell(ident, tittel, kol, innhold), ident)


def _gaptabell(linjer: Sequence[visning.Gaplinje]) -> Trykktabell:
    kolonner = [
        (_("Kompetanse"), "tekst"), (_("Hvor kritisk"), "tekst"), (_("Trengs"), "heltall"), (_("Mangler"), "heltall"),
        (_("Gapet er"), "tekst"),
    ]  # fmt: skip
    return _tabell(
        "gap", _("De største gapene"), kolonner, ((r.navn, r.kritisk, r.trenger, r.gap, r.ord) for r in linjer)
    )


def _saarbartabell(linjer: Sequence[visning.Saarbarlinje], naar: str) -> Trykktabell:
    kolonner = [
        (_("Kompetanse"), "tekst"), (_("Enhet"), "tekst"), (_("Hvor kritisk"), "tekst"), (_("Kan det nå"), "tekst"),
        (_("Mangler %(naar)s") % {"naar": naar}, "heltall"),
    ]  # fmt: skip
    rader = ((r.navn, r.enhet, r.kritisk, r.har, r.gap) for r in linjer)
    return _tabell("saarbart", _("Kritisk og på få hender"), kolonner, rader)


def _sumtabell(linjer: Sequence[visning.Sumlinje]) -> Trykktabell:
    aar = [(str(HORISONTORD[om]).capitalize(), "heltall") for om in HORISONTER]
    kolonner = [(_("Sektor"), "tekst"), (_("Analyser"), "heltall"), *aar]
    return _tabell(
        "summer",
        _("Mangler i hver sektor"),
        kolonner,
        ((r.navn, str(r.analyser), *(v for _naar, v in r.gap)) for r in linjer),
    )


def _veitabell(linjer: Sequence[mer.Veilinje]) -> Trykktabell:
    kolonner = [(_("Vei"), "tekst"), (_("Rader"), "heltall"), (_("Andel i prosent"), "heltall")]
    return _tabell("veier", _("Valgte veier"), kolonner, ((r.navn, str(r.antall), str(r.prosent)) for r in linjer))


def _timetabell(linjer: Sequence[tuple[str, str, str]]) -> Trykktabell:
    kolonner = [(_("Sektor"), "tekst"), (_("Timer i uka"), "heltall"), (_("Årsverk"), "heltall")]
    return _tabell("timer", _("Timer som kan frigjøres"), kolonner, linjer)


def _overtabell(linjer: Sequence[mer.Overskuddslinje]) -> Trykktabell:
    kolonner = [
        (_("Kompetanse"), "tekst"),
        (_("For mange i noen enheter"), "heltall"),
        (_("Mangler i andre"), "heltall"),
    ]
    return _tabell("over", _("Flere enn det trengs"), kolonner, ((r.navn, r.over, r.mangler) for r in linjer))
