"""The results of a round as tables for a workbook: sums, columns, units against columns, vulnerable, and the rows."""

from collections.abc import Iterable
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from analyse.rapporter.resultat import Format, Kolonne, Tabell
from kompetanse.enums import Gapradslag, Vei
from kompetanse.gap.regning import AVGANGSAAR, HORISONTER
from kompetanse.gap.vern import FAA, SKJULT
from kompetanse.gapvalg import HORISONTORD
from kompetanse.models import Gaprunde
from kompetanse.queries import gapresultat as les
from kompetanse.queries import gaputtrykk as uttrykk
from kompetanse.queries.gapresultat import NAVNEFELT, kritiskord, nokkel_av
from kompetanse.queries.gaputvalg import Deltaker
from kompetanse.visning import gapresultat as visning
from kompetanse.visning.gapgrunnlag import Grunnlag, ordnet_for
from kompetanse.visning.gapresultat_mer import timenote
from kompetanse.visning.gapsvar import radkilde

# All of the vulnerable rows, not only those the page has room for.
FLEST = 10_000


def tabeller(g: Grunnlag) -> list[Tabell]:
    """All sheets. Four queries."""
    return [_sammendrag(g), _kolonneark(g), _varmeark(g), _saarbart(g), _radark(g)]


def metode(runde: Gaprunde, g: Grunnlag) -> list[tuple[str, str]]:
    """Where the figures come from and how they are made, by name."""
    kontekst = {"runde": runde, "valg": g.valg, "utvalg": g.utvalg, "timenote": timenote()}
    linjer = render_to_string("kompetanse/gapresultat/metode.txt", kontekst).splitlines()
    return [(navn, tekst) for navn, skille, tekst in (linje.partition(": ") for linje in linjer) if skille]


def _gapkolonner(g: Grunnlag) -> tuple[Kolonne, ...]:
    format_: Format = "desimal1" if g.valg.aarsverk else "heltall"
    return tuple(Kolonne(f"g{aar}", _("Mangler %(naar)s") % {"naar": HORISONTORD[aar]}, format_) for aar in HORISONTER)


def _verdi(g: Grunnlag, verdi: int | None) -> float | int | None:
    return verdi if verdi is None or not g.valg.aarsverk else verdi / 100


def _tekst(nokkel: str, tittel: str) -> Kolonne:
    return Kolonne(nokkel, tittel, "tekst")


def _sammendrag(g: Grunnlag) -> Tabell:
    kolonner = (_tekst("navn", _("Sektor")), Kolonne("analyser", _("Analyser")), *_gapkolonner(g))
    rader = []
    for sektor in g.utvalg.sektorer:
        deler = [k.per_sektor[sektor] for k in g.grupper if sektor in k.per_sektor]
        antall = sum(d.sektor == sektor for d in g.utvalg.deltakere)
        summer = {f"g{om}": _sum(g, (d.gap[om] for d in deler), om, [sektor]) for om in HORISONTER}
        rader.append({"navn": sektor, "analyser": antall, **summer})
    total = {f"g{om}": _sum(g, (k.alle.gap[om] for k in g.grupper), om, g.utvalg.sektorer) for om in HORISONTER}
    sum_ = {"analyser": len(g.utvalg.deltakere), **total} if len(rader) > 1 else {}
    return Tabell("rader", _("Sammendrag"), kolonner, rader, sum_)


def _sum(g: Grunnlag, deler: Iterable[int], om: int, sektorer: Iterable[str]) -> Any:
    return SKJULT if visning.sum_skjult(g, om, sektorer) else _verdi(g, sum(deler))


def _kolonneark(g: Grunnlag) -> Tabell:
    format_: Format = "desimal1" if g.valg.aarsverk else "heltall"
    kolonner = (
        _tekst("navn", _("Kompetanse")),
        _tekst("slag", _("Hva det er")),
        _tekst("kritisk", _("Hvor kritisk på det meste")),
        Kolonne("trenger", _("Trengs %(naar)s") % {"naar": g.valg.naar}, format_),
        *_gapkolonner(g),
    )
    if not g.valg.prikket:
        kolonner = (*kolonner, Kolonne("over", _("Overskudd i noen enheter %(naar)s") % {"naar": g.valg.naar}, format_))
    rader = [
        {
            "navn": k.navn,
            "slag": str(Gapradslag(k.slag).label),
            "kritisk": kritiskord(k.kritisk),
            "trenger": _verdi(g, k.alle.trenger),
            "over": _verdi(g, k.alle.overskudd),
            **{f"g{om}": _verdi(g, k.alle.gap[om]) if g.viser_sum(k, om=om) else SKJULT for om in HORISONTER},
        }
        for k in ordnet_for(g)
    ]
    return Tabell("kolonner", _("Kompetanser"), kolonner, rader)


def _varmeark(g: Grunnlag) -> Tabell:
    """Units against columns in the chosen horizon."""
    ordnet, om = ordnet_for(g), g.valg.om
    format_: Format = "desimal1" if g.valg.aarsverk else "heltall"
    celler = les.les_celler(g.utvalg.ider, ordnet, om, g.valg.aarsverk)
    kolonner = [_tekst("enhet", _("Enhet")), _tekst("sektor", _("Sektor"))]
    kolonner += [Kolonne(str(nr), k.navn, format_) for nr, k in enumerate(ordnet)]
    rader = []
    for d in g.utvalg.deltakere:
        rad: dict[str, Any] = {"enhet": d.navn, "sektor": d.sektor}
        for nr, k in enumerate(ordnet):
            celle = celler.get((d.pk, k.nokkel))
            if celle is not None:
                rad[str(nr)] = SKJULT if g.skjuler(d.pk, k.nokkel) else _verdi(g, celle.gap)
        rader.append(rad)
    tittel = _("Mangler %(naar)s") % {"naar": g.valg.naar}
    return Tabell("varme", tittel, tuple(kolonner), rader)


def _saarbart(g: Grunnlag) -> Tabell:
    """One line for each place. What is shown are numbers; protected readers see that there are fewer than five."""
    navn = {d.pk: d.navn for d in g.utvalg.deltakere}
    kolonner = (
        _tekst("navn", _("Kompetanse")),
        _tekst("enhet", _("Enhet")),
        _tekst("kritisk", _("Hvor kritisk")),
        Kolonne("har", _("Kan det nå")),
        Kolonne("gap", _("Mangler %(naar)s") % {"naar": g.valg.naar}),
    )
    rader = [
        {
            "navn": r.navn,
            "enhet": navn[r.analyse_id],
            "kritisk": kritiskord(r.kritisk),
            "har": FAA if g.valg.prikket else r.har,
            "gap": SKJULT if g.skjuler(r.analyse_id, r.nokkel) else r.gap,
        }
        for r in les.les_saarbare(g.utvalg.ider, g.valg.om, g.valg.prikket, FLEST)
    ]
    return Tabell("saarbart", _("Kritisk og sårbart"), kolonner, rader)


# Rows


def _parter() -> tuple[tuple[str, str], ...]:
    """The parts of the gap: field and heading."""
    return (
        ("har", _("Har nå")),
        ("har_aarsverk", _("Årsverk nå")),
        *((f"utdanning_{aar}", _("Ferdig utdannet om %(n)d år") % {"n": aar}) for aar in HORISONTER if aar),
        *((f"avgang_{aar}", _("Ventet avgang innen %(n)d år") % {"n": aar}) for aar in AVGANGSAAR),
        *((f"trenger_{aar}", _("Trenger om %(n)d år") % {"n": aar} if aar else _("Trenger nå")) for aar in HORISONTER),
    )


def _radark(g: Grunnlag) -> Tabell:
    """One line for each row; protected readers get the gaps alone."""
    parter = () if g.valg.prikket else _parter()
    hode = (
        _tekst("enhet", _("Enhet")),
        _tekst("sektor", _("Sektor")),
        _tekst("navn", _("Kompetanse")),
        _tekst("slag", _("Hva det er")),
        _tekst("kritisk", _("Hvor kritisk")),
    )
    kilde = () if g.valg.prikket else (_tekst("kilde", _("Kilde til «Har nå»")),)
    kolonner = (
        *hode,
        *kilde,
        *(Kolonne(n, str(t), "desimal2" if n == "har_aarsverk" else "heltall") for n, t in parter),
        *_gapkolonner(g),
        _tekst("veier", _("Hva de vil gjøre")),
    )
    deltakere = {d.pk: d for d in g.utvalg.deltakere}
    felt = [n for n, _t in parter]
    hentes = [*felt, *("forslag" for _kolonne in kilde)]
    gap = {f"g{aar}": uttrykk.gap(aar, g.valg.aarsverk) for aar in HORISONTER}
    rader = (
        les.rader_i(g.utvalg.ider).annotate(**gap).values("analyse_id", *NAVNEFELT, "kritisk", "veier", *hentes, *gap)
    )
    # The rows begin with the largest group, which would tell how many a hidden one has.
    orden = ("navn", "pk") if g.valg.prikket else ("nummer", "pk")
    linjer = [_radlinje(g, deltakere[rad["analyse_id"]], rad, felt) for rad in rader.order_by(*orden)]
    plass = {d.navn: nr for nr, d in enumerate(g.utvalg.deltakere)}
    return Tabell("alle", _("Rader"), kolonner, sorted(linjer, key=lambda linje: plass[linje["enhet"]]))


def _radlinje(g: Grunnlag, d: Deltaker, rad: dict[str, Any], felt: Iterable[str]) -> dict[str, Any]:
    nokkel, navn = nokkel_av(*(rad[f] for f in NAVNEFELT))
    gap = {f"g{om}": SKJULT if g.skjuler(d.pk, nokkel, om) else _verdi(g, rad[f"g{om}"]) for om in HORISONTER}
    return {
        "enhet": d.navn,
        "sektor": d.sektor,
        "navn": navn,
        "slag": str(Gapradslag(rad["slag"]).label),
        "kritisk": kritiskord(rad["kritisk"]),
        "kilde": radkilde(rad["forslag"], rad["har"]) if "forslag" in rad else None,
        "veier": Vei.i_ord(v for v in Vei if v.value in rad["veier"].split(",")),
        **{f: _aarsverk(rad) if f == "har_aarsverk" else rad[f] for f in felt},
        **gap,
    }


def _aarsverk(rad: dict[str, Any]) -> float | None:
    """The årsverk of the row; a competence or a task that none are counted for has an empty cell, and not 0."""
    if rad["slag"] != Gapradslag.STILLING and not rad["har_aarsverk"]:
        return None
    return float(rad["har_aarsverk"])
