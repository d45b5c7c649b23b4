"""Gathers a plan's content from its rows, in the models' own ordering, so that the same plan gives the same JSON."""

from typing import Any

from django.utils import timezone

from planer.enums import Grep
from planer.innhold import samarbeid, tabeller
from planer.innhold.tiltak import tiltak_i
from planer.kapitler import kapitler_for
from planer.models import Plan, Seksjon, Vedtak
from planer.tall import Planverdi, Tallvisning


def bygg_innhold(plan: Plan, *, uprikket: bool) -> dict[str, Any]:
    """The content as it stands now, as plain values (JSON)."""
    figurer = Tallvisning(plan, uprikket=uprikket, merk=False)
    seksjoner = [(s, str(figurer.html(s.html))) for s in plan.seksjoner.all()]
    tekster = {s.nokkel: html for s, html in seksjoner}
    egne = {o["nokkel"]: o for o in _omraader(plan, tekster)}
    tiltak = tiltak_i(plan, uprikket=uprikket)
    lenker = list(plan.lenker.all())
    return {
        "plan": _plan(plan, uprikket),
        "kapitler": [
            {
                "nummer": k.nummer,
                "navn": str(k.navn),
                "seksjoner": [
                    _seksjon(s, html) for s, html in seksjoner if s.kapittel == k.nummer and not s.omraade_id
                ],
                "tabeller": tabeller.tabeller_i(plan, k.nummer, lenker, uprikket=uprikket),
            }
            for k in kapitler_for(plan.slag)
        ],
        "omraader": list(egne.values()),
        "grep": _grep(plan, tekster, tiltak),
        "tiltak": tiltak,
        "deltakere": samarbeid.deltakere(plan) if uprikket else [],
        "droftinger": samarbeid.droftinger(plan, uprikket=uprikket),
        "horinger": samarbeid.horinger(plan),
        "tall": [_tall(t) for t in figurer.brukt(*(s.html for s, _html in seksjoner))],
    }


def _plan(plan: Plan, uprikket: bool) -> dict[str, Any]:
    vedtak = Vedtak.objects.filter(plan=plan).only("tid", "sak").first()
    return {
        "id": plan.pk,
        "slag": plan.slag,
        "tittel": plan.tittel,
        "status": plan.status,
        "versjon": plan.versjon,
        "stamme": str(plan.stamme),
        "periode": plan.periode,
        "nivaa": plan.nivaa,
        "enheter": [o.enhet.navn for o in plan.omfang.select_related("enhet")],
        "temaplan": plan.temaplan.tittel if plan.temaplan_id else "",
        "uttrekk_dato": plan.uttrekk.dato.isoformat() if plan.uttrekk_id else "",
        "endret": timezone.localdate(plan.endret).isoformat(),
        "vedtatt": timezone.localdate(vedtak.tid).isoformat() if vedtak else "",
        "sak": vedtak.sak if vedtak else "",
        "uprikket": uprikket,
    }


def _seksjon(seksjon: Seksjon, html: str) -> dict[str, str]:
    return {"nokkel": seksjon.nokkel, "overskrift": seksjon.overskrift, "html": html}


def _omraader(plan: Plan, tekster: dict[str, str]) -> list[dict[str, Any]]:
    """Innsatsområder of a temaplan with their three texts."""
    if not plan.er_temaplan:
        return []
    return [
        {
            **_omraade(o),
            **{del_: tekster.get(f"omraade-{o.nokkel}-{del_}", "") for del_ in ("hva", "derfor", "slik")},
        }
        for o in plan.omraader.all()
    ]


def _omraade(omraade: Any) -> dict[str, Any]:
    return {
        "nokkel": omraade.nokkel,
        "nummer": omraade.nummer,
        "tittel": omraade.tittel,
        "grep": omraade.grep,
        "grep_navn": str(Grep(omraade.grep).label),
    }


def _grep(plan: Plan, tekster: dict[str, str], tiltak: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """How a delplan follows up each innsatsområde: choice, justification, and the ids of its tiltak."""
    return [
        {
            **_omraade(valg.omraade),
            "valgt": True if valg.omraade.grep == Grep.KJERNE else valg.valgt,
            "begrunnelse": tekster.get(f"grep-{valg.omraade.nokkel}", ""),
            "tiltak": [t["ident"] for t in tiltak if t["omraade"] == valg.omraade.nokkel],
        }
        for valg in plan.grepvalg.select_related("omraade")
    ]


def _tall(t: Planverdi) -> dict[str, str]:
    """A figure in the text: what it is, where it comes from, and the date."""
    return {
        "nokkel": t.tall.nokkel,
        "tekst": t.tall.tekst,
        "verdi": t.verdi,
        "kilde": t.kilde,
        "dato": t.uttrekk_dato.isoformat() if t.uttrekk_dato else "",
    }
