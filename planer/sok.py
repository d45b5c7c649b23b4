"""Search across what the person may see of the plans: plans, text, tiltak, forankring, innsatsområder."""

import html
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.html import escape, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from felles.norsk import sorteringsnokkel, treffer
from felles.tall import dato_kort
from organisasjon.rules import Tilgang
from planer.kapitler import kapitler_for
from planer.models import Forankring, Innsatsomraade, Plan, Planomfang, Seksjon, Tiltak
from planer.tiltaksliste import levende_planer, ord_i

PER_GRUPPE = 20
RUNDT = 90


@dataclass(frozen=True)
class Treff:
    """A hit: its heading and excerpt with the words marked, where it stands, and its address."""

    tittel: SafeString
    utdrag: SafeString
    sted: str
    adresse: str


@dataclass(frozen=True)
class Gruppe:
    """Hits of one kind. `flere`: there are more than shown."""

    navn: str
    treff: list[Treff]
    flere: bool


def sok_i_planer(tilgang: Tilgang, bruker_id: int | None, sok: str) -> list[Gruppe]:
    """Hits by kind, only kinds that have any. Every word must be found. Six queries."""
    ord_ = ord_i(sok)
    if not ord_:
        return []
    planer = {p.pk: p for p in levende_planer(tilgang, bruker_id).order_by("tittel", "pk")}
    grupper = [
        _gruppe(_("Planer"), _planer(planer, ord_)),
        _gruppe(_("Tiltak"), _tiltak(planer, ord_)),
        _gruppe(_("Tekst i planene"), _seksjoner(planer, ord_)),
        _gruppe(_("Innsatsområder"), _omraader(planer, ord_)),
        _gruppe(_("Forankring"), _forankring(planer, ord_)),
    ]
    return [g for g in grupper if g.treff]


def _gruppe(navn: str, treff: list[Treff]) -> Gruppe:
    return Gruppe(navn, treff[:PER_GRUPPE], len(treff) > PER_GRUPPE)


def merk(tekst: str, ord_: Iterable[str]) -> SafeString:
    """The text with every found word in <mark>, all else escaped."""
    monster = re.compile("|".join(re.escape(o) for o in sorted(ord_, key=len, reverse=True)), re.IGNORECASE)
    deler, sist = [], 0
    for funnet in monster.finditer(tekst):
        deler += [escape(tekst[sist : funnet.start()]), f"<mark>{escape(funnet[0])}</mark>"]
        sist = funnet.end()
    return mark_safe("".join([*deler, escape(tekst[sist:])]))  # noqa: S308 - every piece is escaped above


def utdrag(tekst: str, ord_: list[str]) -> SafeString:
    """The words around the first hit, marked; empty when the text has none."""
    tekst = " ".join(tekst.split())
    funnet = re.search("|".join(re.escape(o) for o in ord_), tekst, re.IGNORECASE)
    if funnet is None:
        return mark_safe("")
    fra, til = max(funnet.start() - RUNDT, 0), funnet.end() + RUNDT
    if fra:
        fra = tekst.find(" ", fra, funnet.start()) + 1 or fra
    bit = tekst[fra:til]
    if til < len(tekst) and " " in bit:
        bit = bit.rpartition(" ")[0] if len(bit.rpartition(" ")[0]) >= funnet.end() - fra else bit
    return mark_safe(("… " if fra else "") + merk(bit, ord_) + (" …" if til < len(tekst) else ""))  # noqa: S308


def _planer(planer: dict[int, Plan], ord_: list[str]) -> list[Treff]:
    navn: dict[int, list[str]] = defaultdict(list)
    for pk, enhet in Planomfang.objects.filter(plan__in=list(planer)).order_by().values_list("plan_id", "enhet__navn"):
        navn[pk].append(enhet)
    ut = []
    for plan in planer.values():
        enheter = ", ".join(sorted(navn[plan.pk], key=sorteringsnokkel))
        if treffer(" ".join(ord_), plan.tittel, enheter):
            sted = f"{plan.get_slag_display()} · {plan.get_status_display()} · {plan.periode}"
            ut.append(Treff(merk(plan.tittel, ord_), merk(enheter, ord_), sted, reverse("planer:plan", args=[plan.pk])))
    return ut


def _alle_ord(ord_: list[str]) -> Q:
    vilkaar = Q()
    for o in ord_:
        vilkaar &= Q(sok__contains=o)
    return vilkaar


def _tiltak(planer: dict[int, Plan], ord_: list[str]) -> list[Treff]:
    rader = Tiltak.objects.filter(_alle_ord(ord_), plan__in=list(planer)).select_related("ansvarlig")
    ut = []
    for t in rader.order_by("frist", "pk")[: PER_GRUPPE + 1]:
        sted = f"{t.ident} · {planer[t.plan_id].tittel} · {t.get_status_display()}"
        ut.append(Treff(merk(t.tittel, ord_), utdrag(t.hva, ord_), sted, reverse("planer:tiltak_en", args=[t.pk])))
    return ut


def _seksjoner(planer: dict[int, Plan], ord_: list[str]) -> list[Treff]:
    rader = Seksjon.objects.filter(_alle_ord(ord_), plan__in=list(planer)).order_by("plan_id", "kapittel", "pk")
    ut = []
    for s in rader[: PER_GRUPPE + 1]:
        plan = planer[s.plan_id]
        kapittel = next((str(k) for k in kapitler_for(plan.slag) if k.nummer == s.kapittel), "")
        adresse = reverse("planer:kapittel", args=[plan.pk, s.kapittel]) + f"#seksjon-{s.nokkel}"
        ut.append(Treff(merk(s.overskrift, ord_), utdrag(lesbar(s.html), ord_), f"{plan.tittel} · {kapittel}", adresse))
    return ut


def lesbar(tekst: str) -> str:
    """Cleaned rich text as one line, with its capital letters."""
    return html.unescape(strip_tags(tekst.replace("<", " <")))


def _omraader(planer: dict[int, Plan], ord_: list[str]) -> list[Treff]:
    return [
        Treff(
            merk(f"{o.nummer} {o.tittel}", ord_),
            mark_safe(""),
            f"{planer[o.plan_id].tittel} · {o.get_grep_display()}",
            reverse("planer:kapittel", args=[o.plan_id, 6]) + f"#omraade-{o.nokkel}",
        )
        for o in Innsatsomraade.objects.filter(plan__in=list(planer)).order_by("plan_id", "rekkefolge", "pk")
        if treffer(" ".join(ord_), o.nummer, o.tittel)
    ]


def _forankring(planer: dict[int, Plan], ord_: list[str]) -> list[Treff]:
    rader: Any = Forankring.objects.filter(plan__in=list(planer)).defer("vedlegg").order_by("-dato", "pk")
    return [
        Treff(
            merk(f"{f.organ}: {f.tema}", ord_),
            utdrag(f"{f.deltakere}. {f.utfall}", ord_),
            f"{dato_kort(f.dato)} · {f.get_slag_display()} · {planer[f.plan_id].tittel}",
            reverse("planer:kapittel", args=[f.plan_id, 2]),
        )
        for f in rader
        if treffer(" ".join(ord_), f.organ, f.tema, f.deltakere, f.utfall, dato_kort(f.dato))
    ]
