"""How tiltak are shown: status and deadline as icon and word, rows of a list, the trend of what is measured."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from felles import tall
from felles.diagram import Serie, linjer
from kompetanse.enums import Vei
from planer.enums import AVSLUTTET, Tiltakstatus
from planer.models import Plan, Tiltak, Tiltaksoppfolging
from planer.queries import planrett
from planer.querysets import SNART
from planer.rules import Planrett, kan_folge_opp


@dataclass(frozen=True)
class Merke:
    """Icon, word and tint; never the tint alone."""

    ikon: str
    tekst: str
    farge: str = ""


STATUSMERKER = {
    Tiltakstatus.PLANLAGT: ("○", ""),
    Tiltakstatus.I_GANG: ("●", "info"),
    Tiltakstatus.GJENNOMFORT: ("✓", "success"),
    Tiltakstatus.UTSATT: ("–", "warning"),
    Tiltakstatus.AVBRUTT: ("✕", ""),
}


def statusmerke(status: str) -> Merke:
    """The status as icon and word."""
    ikon, farge = STATUSMERKER[Tiltakstatus(status)]
    return Merke(ikon, str(Tiltakstatus(status).label), farge)


def fristmerke(tiltak: Tiltak, dag: date) -> Merke | None:
    """Late, or due within thirty days. None when finished, far off, or without a deadline."""
    if tiltak.frist is None or tiltak.status in AVSLUTTET:
        return None
    return merke_for(tiltak.frist, dag)


def merke_for(frist: date, dag: date) -> Merke | None:
    """The same for a deadline of something that is not finished."""
    dager = (frist - dag).days
    if dager < 0:
        tekst = ngettext("%(n)s dag over fristen", "%(n)s dager over fristen", -dager) % {"n": tall.tusen(-dager)}
        return Merke("▲", tekst, "danger")
    if frist > dag + SNART:
        return None
    if dager == 0:
        return Merke("▲", _("Frist i dag"), "warning")
    return Merke("▲", ngettext("%(n)s dag igjen", "%(n)s dager igjen", dager) % {"n": dager}, "warning")


@dataclass(frozen=True)
class Tiltaksrad:
    """One line of a list."""

    tiltak: Tiltak
    status: Merke
    frist: Merke | None
    uten_ansvarlig: bool
    kan_endre: bool  # content, in an open plan
    kan_folge_opp: bool


def tiltaksrader(
    tiltak: Iterable[Tiltak], *, dag: date, bruker_id: int | None = None, retter: dict[int, Planrett] | None = None
) -> list[Tiltaksrad]:
    """Rows for `planer/tiltak/_liste.html`. `retter`: plan id → what the person may do there; without it nothing.

    Reads plan, ansvarlig and omraade; fetch them with the tiltak.
    """
    retter = retter or {}
    ut = []
    for t in tiltak:
        rett = retter.get(t.plan_id)
        ut.append(
            Tiltaksrad(
                tiltak=t,
                status=statusmerke(t.status),
                frist=fristmerke(t, dag),
                uten_ansvarlig=t.ansvarlig_id is None and t.status not in AVSLUTTET,
                kan_endre=bool(rett and rett.tiltak),
                kan_folge_opp=kan_folge_opp(t, rett, bruker_id),
            )
        )
    return ut


def retter_for(planer: Iterable[Plan], tilgang: Any, bruker_id: int | None) -> dict[int, Planrett]:
    """Plan id → what the person may do. Reads omfang and deltakere; prefetch them."""
    return {p.pk: planrett(p, tilgang, bruker_id) for p in planer}


def bare_anskaffe(plan: Plan) -> bool:
    """Are all the plan's tiltak about recruiting? One query."""
    veier = set(plan.tiltak.exclude(status=Tiltakstatus.AVBRUTT).order_by().values_list("vei", flat=True).distinct())
    return veier == {Vei.ANSKAFFE}


def oppfolginger(tiltak: Tiltak) -> list[Tiltaksoppfolging]:
    """The log of the tiltak over all versions of its plan, newest first. One query."""
    rader = Tiltaksoppfolging.objects.filter(tiltak__ident=tiltak.ident, tiltak__plan__stamme=tiltak.plan.stamme)
    sett: set[tuple] = set()
    ut = []
    for rad in rader.select_related("av").order_by("-dato", "-pk"):
        # A revision may carry copies of the older version's entries.
        nokkel = (rad.dato, rad.tekst, rad.tid, rad.av_id)
        if nokkel not in sett:
            sett.add(nokkel)
            rad.merke = statusmerke(rad.status)
            ut.append(rad)
    return ut


@dataclass(frozen=True)
class Utvikling:
    """What was measured against baseline and target: the finding, the chart in two widths, the rows of its table."""

    funn: str
    vid: SafeString
    trang: SafeString
    rader: list[tuple[str, str]]


def utvikling(tiltak: Tiltak, logg: Sequence[Tiltaksoppfolging]) -> Utvikling | None:
    """None until there is a measured value, or a baseline with a target."""
    maalt = [(tall.dato_kort(o.dato), o.verdi) for o in reversed(logg) if o.verdi is not None]
    punkter = ([(_("Nullpunkt"), tiltak.nullpunkt)] if tiltak.nullpunkt is not None else []) + maalt
    if not maalt or len(punkter) < 2:
        return None
    x = [navn for navn, _v in punkter]
    serier = [_serie(_("målt"), [v for _n, v in punkter])]
    if tiltak.maaltall is not None:
        serier.append(_serie(_("mål"), [tiltak.maaltall] * len(punkter)))
    felles = {
        "tittel": _("Utvikling for %(tittel)s") % {"tittel": tiltak.tittel},
        "beskrivelse": "; ".join(f"{n}: {vis_tall(v)}" for n, v in punkter),
        "x": x,
        "serier": serier,
    }
    return Utvikling(
        funn=_funn(tiltak, maalt[-1][1]),
        vid=mark_safe(linjer(**felles)),  # noqa: S308 - drawn by felles.diagram, which escapes
        trang=mark_safe(linjer(**felles, smal=True)),  # noqa: S308 - the same
        rader=[(n, vis_tall(v)) for n, v in punkter],
    )


def _serie(navn: str, verdier: list[Decimal]) -> Serie:
    return Serie(navn, [max(float(v), 0.0) for v in verdier], [vis_tall(v) for v in verdier])


def _funn(tiltak: Tiltak, siste: Decimal) -> str:
    """«38 prosent heltid, målet er 50»."""
    enhet = f" {tiltak.maalenhet}" if tiltak.maalenhet else ""
    if tiltak.maaltall is None:
        return _("Sist målt: %(n)s%(enhet)s") % {"n": vis_tall(siste), "enhet": enhet}
    opp = tiltak.nullpunkt is None or tiltak.maaltall >= tiltak.nullpunkt
    naadd = siste >= tiltak.maaltall if opp else siste <= tiltak.maaltall
    mal = _("Målet er nådd: %(n)s%(enhet)s") if naadd else _("%(n)s%(enhet)s, målet er %(maal)s")
    return mal % {"n": vis_tall(siste), "enhet": enhet, "maal": vis_tall(tiltak.maaltall)}


def vis_tall(verdi: Decimal | None) -> str:
    """As many decimals as there are."""
    if verdi is None:
        return "–"
    verdi = Decimal(verdi).normalize()
    return tall.desimal(verdi, max(-verdi.as_tuple().exponent, 0))
