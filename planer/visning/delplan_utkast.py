"""What the first texts of a delplan are made from, and the panel that offers them."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from analyse.framskriving.befolkning import befolkning
from analyse.framskriving.sentralitet import vekst_i
from analyse.omfang import stillinger_i, synlig_uttrekk
from analyse.rapporter.hjelp import er_tall
from felles import tall
from planer.enums import Deltakerrolle
from planer.models import Plan
from planer.panel import Panel, Panelbygger
from planer.rules import Planrett
from planer.services.utkast import UTKAST, Enhetsfakta, Fakta
from planer.tall import Tallvalg
from planer.visning.delplan import stillingsrader
from planer.visning.delplan_tall import MAAL, Maal, Omfangstall, normstatus, omfangstall, vist

# The row of the turnover report that holds all ages; the other reports have a row for the sum.
ALLE = "Alle"


def utkastpanel(kapittel: int) -> Panelbygger:
    """The builder of the panel that offers a first text for each empty section of the part."""

    def bygg(request: HttpRequest, plan: Plan, rett: Planrett) -> Panel | None:
        if not rett.redigere or not plan.omfang.all():
            return None
        tomme = [s for s in plan.seksjoner.filter(kapittel=kapittel, sok="") if s.nokkel in UTKAST]
        return Panel("planer/delplan/_utkast.html", {"plan": plan, "tomme": tomme}) if tomme else None

    return bygg


def fakta(request: HttpRequest, plan: Plan, rett: Planrett, nokkel: str) -> Fakta:
    """What the text of this section is made from, as the person may see it."""
    annet: dict[str, Any] = {"plan": plan, "enhetsnavn": [o.enhet.navn for o in plan.omfang.all()]}
    if nokkel == "demografi":
        return Fakta(annet=annet | _befolkning())
    if nokkel == "kompetansestyring":
        return Fakta(annet=annet | _krav(plan, rett))
    if nokkel in {"utfordringer", "vurdering"}:
        t = omfangstall(request, plan, rett)
        enheter = _enheter(t) if t and t.finnes() else []
        return Fakta(enheter, annet | {"uttrekk": t.uttrekk if t else None})
    if nokkel == "kompetanse":
        return Fakta(annet=annet | {"grupper": _grupper(plan, rett)})
    return Fakta(annet=annet | _oppfolging(plan))


def _enheter(t: Omfangstall) -> list[Enhetsfakta]:
    return [
        Enhetsfakta(
            enhet.navn,
            {f"n_{m.nokkel}": _valg(m, enhet, t) for m in MAAL if m.kolonne and er_tall(t.verdi(m, enhet))},
            str(normstatus(t, enhet) or "").lstrip("▲○✓✕ ").strip(),
        )
        for enhet in t.enheter
    ]


def _valg(maal: Maal, enhet: Any, t: Omfangstall) -> Tallvalg:
    return Tallvalg(
        rapport=maal.slug,
        enhet=enhet.pk,
        tabell="rader",
        rad=ALLE if maal.slug == "turnover" else "sum",
        kolonne=maal.kolonne,
        navn=f"{maal.navn}, {enhet.navn}",
        sted="",
        verdi=vist(t.verdi(maal, enhet), maal),
    )


def _befolkning() -> dict[str, Any]:
    aarene, klasse = befolkning()
    return {
        "forst": aarene[0] if aarene else None,
        "sist": aarene[-1] if aarene else None,
        "vekst": vekst_i(klasse or 0),
    }


def _krav(plan: Plan, rett: Planrett) -> dict[str, Any]:
    """Requirements with the positions they are for, strongest source first."""
    uttrekk = synlig_uttrekk(plan.uttrekk, not rett.uprikket)
    funnet = stillinger_i(uttrekk, [o.enhet_id for o in plan.omfang.all()]) if uttrekk else []
    samlet: dict[int, dict[str, Any]] = {}
    for rad in stillingsrader(funnet, timezone.localdate()):
        for sk in rad["krav"]:
            samlet.setdefault(sk.krav.pk, {"krav": sk.krav, "kommer": sk.kommer, "stillinger": []})
            samlet[sk.krav.pk]["stillinger"].append(rad["stilling"].navn)
    return {"krav": list(samlet.values())}


def _grupper(plan: Plan, rett: Planrett) -> list[str]:
    """The position groups of the scope, a position without a group by its own name."""
    uttrekk = synlig_uttrekk(plan.uttrekk, not rett.uprikket)
    funnet = stillinger_i(uttrekk, [o.enhet_id for o in plan.omfang.all()]) if uttrekk else []
    return sorted({f.stilling.gruppe or f.stilling.navn for f in funnet})


def _oppfolging(plan: Plan) -> dict[str, Any]:
    tiltak = list(plan.tiltak.i_arbeid().order_by("frist", "pk"))
    frist = next((t.frist for t in tiltak if t.frist), None)
    return {
        "antall": tall.tallord(len(tiltak)) if tiltak else "",
        "neste_frist": frist,
        "ansvarlige": [str(d.bruker) for d in plan.deltakere.all() if d.rolle == Deltakerrolle.ANSVARLIG],
    }
