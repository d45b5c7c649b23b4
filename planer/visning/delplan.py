"""The panels of a delplan's parts 1, 2, 3 and 5: the people it is for, positions, figures, how the tiltak go."""

from collections import Counter
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from analyse.framskriving.befolkning import befolkning, befolkningsbilde, modellbilde
from analyse.omfang import Stillingstall, stillinger_i, synlig_uttrekk
from analyse.rapporter import RAPPORTER
from analyse.rapporter.hjelp import av, er_tall, grensetekst, har_skjulte, normverdi, som_tekst, soylediagram
from analyse.rapporter.resultat import Diagram, Kolonne, Tabell
from felles import tall
from felles.diagram import Grense, Serie, linjer
from kompetanse.enums import Kravkilde
from kompetanse.queries import Stillingskrav, krav_for_stillinger
from organisasjon.enums import Handling
from planer.enums import AVSLUTTET, Planslag, Tiltakstatus
from planer.models import Plan
from planer.panel import Panel
from planer.rules import Planrett
from planer.visning.delplan_tall import (
    AV_NOKKEL,
    MAAL,
    Omfangstall,
    enhetstabell,
    omfangstall,
    rapporttitler,
    statusceller,
    tallkort,
)
from planer.visning.tiltak import fristmerke, statusmerke

# Where a long heading of a narrow column may be broken.
MYK = ("videregående", "videre\u00adgående")
EGNE = ("ansatte", "andel60", "turnover")
EGNE_SLUGER = ("lederspenn", "aldersrisiko", "turnover")
NOKKELTALL = tuple(m.nokkel for m in MAAL)


def demografi(request: HttpRequest, plan: Plan, rett: Planrett) -> Panel:
    """The municipality's population, and two expectations side by side. Two queries."""
    aarene, klasse = befolkning()
    bilder = [b for b in (befolkningsbilde(aarene), modellbilde(klasse)) if b]
    kan_fore = request.tilgang.kan(Handling.FORVALTE_OPPSETT)
    return Panel("planer/delplan/_demografi.html", {"bilder": bilder, "har_aar": bool(aarene), "kan_fore": kan_fore})


def egne_tall(request: HttpRequest, plan: Plan, rett: Planrett) -> Panel | None:
    """Staff, seniors and turnover of the scope, over the extracts."""
    if plan.slag == Planslag.MAL:
        return None
    # Without sums there is no trend to show, and nothing to fetch for it.
    med_serie = rett.uprikket or len(plan.omfang.all()) == 1
    t = omfangstall(request, plan, rett, EGNE_SLUGER, med_serie)
    innhold: dict[str, Any] = {"mangler": hvorfor_tomt(plan, rett, t), "t": t}
    if not innhold["mangler"]:
        innhold |= {"kort": tallkort(t, EGNE), "utvikling": utvikling(t)}
    return Panel("planer/delplan/_egne_tall.html", innhold)


def stillinger(request: HttpRequest, plan: Plan, rett: Planrett) -> Panel | None:
    """The positions in the scope with what is demanded of those who hold them. About six queries."""
    if plan.slag == Planslag.MAL:
        return None
    uttrekk = synlig_uttrekk(plan.uttrekk, not rett.uprikket)
    enheter = [o.enhet_id for o in plan.omfang.all()]
    funnet = stillinger_i(uttrekk, enheter) if uttrekk and enheter else []
    rader = stillingsrader(funnet, timezone.localdate())
    innhold = {
        "uttrekk": uttrekk,
        "har_omfang": bool(enheter),
        "med": samlet_etter_krav(rader),
        "uten": [r for r in rader if not r["krav"]],
        "vis_antall": rett.uprikket,
        "kan_endre": request.tilgang.kan(Handling.FORVALTE_KRAV),
        "kan_se": request.tilgang.kan(Handling.SE_KRAV),
    }
    return Panel("planer/delplan/_stillinger.html", innhold)


def stillingsrader(funnet: list[Stillingstall], dag: date) -> list[dict[str, Any]]:
    """Position, number of persons, requirements with those not in force yet last. One query."""
    krav = krav_for_stillinger([f.stilling for f in funnet], dag, {f.stilling.pk: f.enheter for f in funnet})

    def kommer(k: Stillingskrav) -> bool:
        return k.kommer

    return [
        {"stilling": f.stilling, "antall": f.antall, "krav": sorted(krav.get(f.stilling.pk, ()), key=kommer)}
        for f in funnet
    ]


def _kilder(krav: list[Stillingskrav]) -> str:
    """Who has set the requirements, each named once, as in «lov, forskrift, kommunens eget krav»."""
    brukt = {k.krav.kilde for k in krav}
    return ", ".join(str(kilde.label).lower() for kilde in Kravkilde if kilde in brukt)


def samlet_etter_krav(rader: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Positions that meet the same requirements together in one row, those with the most requirements first."""
    grupper: dict[tuple[int, ...], dict[str, Any]] = {}
    for rad in rader:
        if rad["krav"]:
            nokkel = tuple(k.krav.pk for k in rad["krav"])
            ny = {"krav": rad["krav"], "kilder": _kilder(rad["krav"]), "stillinger": []}
            grupper.setdefault(nokkel, ny)["stillinger"].append(rad)
    return sorted(grupper.values(), key=lambda g: -len(g["krav"]))


def omfangets_tall(request: HttpRequest, plan: Plan, rett: Planrett) -> Panel | None:
    """Part 3: key figures, one or two charts, a table per unit, all from kept reports."""
    if plan.slag == Planslag.MAL:
        return None
    t = omfangstall(request, plan, rett, med_serie=rett.uprikket)
    innhold: dict[str, Any] = {"mangler": hvorfor_tomt(plan, rett, t), "t": t}
    if not innhold["mangler"]:
        hoder, rader = enhetstabell(t)
        innhold |= {
            "kort": tallkort(t, NOKKELTALL),
            "diagrammer": [_til_siden(d) for d in diagrammer(t)],
            "status": _statusmerker(t) if t.en else (),
            "hoder": [h.replace(*MYK) for h, er_tall in hoder if er_tall],
            "rader": rader,
            "rapporter": [(navn, t.rapportlenke(slug)) for slug, navn in rapporttitler()],
            "har_lenker": any(e.pk in t.egne for e in t.enheter),
            "kan_se_rapporter": request.tilgang.kan(Handling.SE_RAPPORTER),
        }
    return Panel("planer/delplan/_tall.html", innhold)


def _til_siden(d: Diagram) -> dict[str, Any]:
    """The chart with its table as text."""
    rader = [[som_tekst(r.get(k.nokkel), k.format) for k in d.tabell.kolonner] for r in d.tabell.rader]
    enkel = {"hoder": [str(k.tittel) for k in d.tabell.kolonner], "rader": rader}
    return {"tittel": d.tittel, "undertittel": d.undertittel, "svg": d.svg, "svg_smal": d.svg_smal, "enkel": enkel}


def _statusmerker(t: Omfangstall) -> list[dict[str, str]]:
    """The only unit against the norms, and its age risk, as marks."""
    celler = zip((_("Mot normene"), _("Aldersrisiko")), statusceller(t, t.enheter[0]), strict=True)
    return [{"navn": n, "ikon": c.ikon, "tekst": c.tekst, "farge": c.farge} for n, c in celler if c.status]


def tiltaksstatus(request: HttpRequest, plan: Plan, rett: Planrett) -> Panel | None:
    """Part 5: how the tiltak go: by status, late, without somebody responsible, and the next deadlines. One query."""
    alle = list(plan.tiltak.select_related("ansvarlig").order_by("frist", "pk"))
    dag = timezone.localdate()
    antall = Counter(t.status for t in alle)
    i_arbeid = [t for t in alle if t.status not in AVSLUTTET]
    innhold = {
        "plan": plan,
        "rett": rett,
        "antall": len(alle),
        "statuser": [(statusmerke(s.value), antall[s]) for s in Tiltakstatus if antall[s]],
        "forsinket": sum(t.frist is not None and t.frist < dag for t in i_arbeid),
        "uten_ansvarlig": sum(t.ansvarlig_id is None for t in i_arbeid),
        "neste": [(t, fristmerke(t, dag)) for t in i_arbeid if t.frist][:5],
    }
    return Panel("planer/delplan/_tiltaksstatus.html", innhold)


def hvorfor_tomt(plan: Plan, rett: Planrett, t: Omfangstall | None) -> str:
    """Why there are no figures, as the name of a reason; empty when there are some."""
    if not plan.omfang.all():
        return "omfang"
    if plan.uttrekk_id is None:
        return "uttrekk"
    if t is None:
        return "upublisert"
    return "" if t.finnes() else "slettet"


def utvikling(t: Omfangstall) -> dict[str, Any] | None:
    """The figures over the extracts: a table, and lines of those in percent. None with one extract, or no sums."""
    if len(t.serie) < 2 or not t.alt:
        return None
    maal = [AV_NOKKEL[n] for n in EGNE]
    verdier = {m.nokkel: [t.samlet(m, u) for u in t.serie] for m in maal}
    rader = [(_med_enhet(m), [som_tekst(v, _format(m)) for v in verdier[m.nokkel]]) for m in maal]
    serier = [_serie(m, verdier[m.nokkel]) for m in maal if m.format == "prosent"]
    serier = [s for s in serier if sum(v is not None for v in s.verdier) > 1]
    funn = _utviklingsfunn(serier, t.serie[0].dato)
    under = _("Andel på 60 år og mer, og turnover siste tolv måneder, prosent.")
    x = [tall.dato_kort(u.dato) for u in t.serie]
    svg = [linjer(tittel=funn, beskrivelse=under, x=x, serier=serier, smal=smal) for smal in (False, True) if serier]
    return {"funn": funn, "under": under, "svg": svg, "datoer": [u.dato for u in t.serie], "rader": rader}


def _utviklingsfunn(serier: list[Serie], fra: date) -> str:
    """What the first line says: «60 år og mer: opp fra 11,1 til 11,6 prosent siden 1. juli 2023»."""
    if not serier:
        return _("Slik har tallene utviklet seg")
    ekte = [t for v, t in zip(serier[0].verdier, serier[0].tekster, strict=True) if v is not None]
    verdier = [v for v in serier[0].verdier if v is not None]
    deler = {"navn": serier[0].navn, "foer": ekte[0], "naa": ekte[-1], "dag": tall.dato_lang(fra)}
    if verdier[0] == verdier[-1]:
        return _("%(navn)s: %(naa)s prosent, som %(dag)s") % deler
    if verdier[-1] > verdier[0]:
        return _("%(navn)s: opp fra %(foer)s til %(naa)s prosent siden %(dag)s") % deler
    return _("%(navn)s: ned fra %(foer)s til %(naa)s prosent siden %(dag)s") % deler


def _serie(maal: Any, verdier: list[Any]) -> Serie:
    ekte = [v if er_tall(v) else None for v in verdier]
    return Serie(str(maal.navn), ekte, [som_tekst(v, "desimal1") if v is not None else "" for v in ekte])


def _format(maal: Any) -> str:
    return "desimal1" if maal.format == "prosent" else "heltall"


def _med_enhet(maal: Any) -> str:
    return f"{maal.navn}, %" if maal.format == "prosent" else str(maal.navn)


def diagrammer(t: Omfangstall) -> list[Diagram]:
    """Employees against the norm and the share of seniors, per unit; for one unit per department and position group."""
    if t.en:
        return _en_enhets_diagrammer(t)
    return [d for d in (_ansattdiagram(t), _seniordiagram(t)) if d]


def _en_enhets_diagrammer(t: Omfangstall) -> list[Diagram]:
    ut: list[Diagram] = []
    for slug in ("lederspenn", "aldersrisiko"):
        r = t.resultat(t.enheter[0], slug)
        # The last chart of the report is the one below the unit: per department, per position group.
        ut += RAPPORTER[slug].diagrammer(r)[-1:] if r else []
    return ut


def _ansattdiagram(t: Omfangstall) -> Diagram | None:
    forste = next((r for e in t.enheter if (r := t.resultat(e, "lederspenn"))), None)
    if forste is None:
        return None
    norm, kilde = normverdi(forste, "lederspenn_median")
    rader = [{"enhet": e.navn, "ansatte": t.verdi(AV_NOKKEL["ansatte"], e)} for e in t.enheter]
    tabell = Tabell("omfang", "", (Kolonne("enhet", _("Enhet"), "tekst"), Kolonne("ansatte", _("Ansatte"))), rader)
    over = sum(er_tall(r["ansatte"]) and r["ansatte"] >= norm for r in rader)
    tittel = _antall_av(
        over, rader, "ansatte", _("har %s ansatte eller flere") % som_tekst(norm), _("Ansatte per enhet")
    )
    grense = Grense(norm, grensetekst(norm, _("median i kommunal sektor"), kilde))
    under = _("Ansatte per enhet. Mørk søyle: %s eller flere.") % som_tekst(norm)
    return soylediagram(tittel, under, tabell, navn="enhet", maal="ansatte", grense=grense)


def _seniordiagram(t: Omfangstall) -> Diagram | None:
    rader = [{"enhet": e.navn, "andel60": t.verdi(AV_NOKKEL["andel60"], e)} for e in t.enheter]
    kolonner = (Kolonne("enhet", _("Enhet"), "tekst"), Kolonne("andel60", _("60 år og mer"), "prosent"))
    forste = next((r for e in t.enheter if (r := t.resultat(e, "aldersrisiko"))), None)
    if forste is None:
        return None
    norm, kilde = normverdi(forste, "aldersrisiko_hoy_60")
    over = sum(er_tall(r["andel60"]) and r["andel60"] >= norm for r in rader)
    hva = _("har %s prosent eller flere på 60 år og mer") % som_tekst(norm)
    tittel = _antall_av(over, rader, "andel60", hva, _("Ansatte på 60 år og mer per enhet"))
    grense = Grense(norm, grensetekst(norm, _("grense for høy aldersrisiko"), kilde, " %")) if norm else None
    return soylediagram(
        tittel,
        _("Andel ansatte på 60 år og mer, prosent."),
        Tabell("omfang", "", kolonner, rader),
        navn="enhet",
        maal="andel60",
        format_="prosent",
        grense=grense,
    )


def _antall_av(over: int, rader: list[dict[str, Any]], nokkel: str, hva: str, ellers: str) -> str:
    """«To av åtte enheter har …», or what the chart shows when hidden figures leave nothing to say."""
    antall = av(over, len(rader), "enhet", har_skjulte(rader, nokkel))
    return f"{antall} {hva}" if antall else ellers
