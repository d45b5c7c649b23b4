"""The log of changes to roles, units and services, newest first, read from the history tables."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, QuerySet, Value
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from organisasjon.enums import Enhetstype, Rolle
from organisasjon.models import Bruker, Enhet, Rolletildeling, Tjeneste

MODELLER = {"rolle": Rolletildeling, "enhet": Enhet, "tjeneste": Tjeneste}
# What is compared from one version to the next, with the word for it.
FELTER = {
    "rolle": ("gyldig_fra", "gyldig_til"),
    "enhet": ("navn", "kode", "type", "parent_id", "gyldig_fra", "gyldig_til", "erstattet_av_id"),
    "tjeneste": ("navn",),
}


@dataclass(frozen=True)
class Logglinje:
    """One change: when, who, what kind of thing, which one, what happened, and the values that changed."""

    tid: datetime
    hvem: str
    slag: str
    hva: str
    hendelse: str
    endringer: tuple[tuple[str, str, str], ...]
    historie_id: int
    objekt_id: int


def hendelser(slag: str = "", nyeste_foerst: bool = True) -> QuerySet:
    """Keys of all log entries, one kind or all, as rows (kind, history_id, history_date); slice it, then
    `logglinjer`."""
    valgte = [slag] if slag in MODELLER else list(MODELLER)
    deler = [
        MODELLER[navn]
        .historie.order_by()
        .annotate(slag=Value(navn, output_field=CharField()))
        .values_list("slag", "history_id", "history_date")
        for navn in valgte
    ]
    orden = ("-history_date", "-history_id", "slag") if nyeste_foerst else ("history_date", "history_id", "slag")
    return (deler[0].union(*deler[1:], all=True) if len(deler) > 1 else deler[0]).order_by(*orden)


def logglinjer(nokler: list[tuple]) -> list[Logglinje]:
    """The entries for the keys, in their order. At most nine queries, whatever the number."""
    poster: dict[tuple[str, int], Any] = {}
    for slag in MODELLER:
        poster.update(_poster(slag, [n[1] for n in nokler if n[0] == slag]))
    navn = _Navn(
        {p.history_user_id for p, _f in poster.values()} | {getattr(p, "bruker_id", None) for p, _f in poster.values()}
    )
    return [_linje(n[0], *poster[n[0], n[1]], navn) for n in nokler if (n[0], n[1]) in poster]


def enhetens_historie(enhet: Enhet) -> list[Logglinje]:
    """Every version of one unit, newest first. Three queries."""
    versjoner = list(enhet.historie.order_by("history_date", "history_id"))
    par = list(zip(versjoner, [None, *versjoner[:-1]], strict=True))
    navn = _Navn({v.history_user_id for v in versjoner})
    return [_linje("enhet", v, forrige, navn) for v, forrige in reversed(par)]


class _Navn:
    """Names of people and units as they are now; those that are gone get a word that says so."""

    def __init__(self, brukere: set[int | None]) -> None:
        self.brukere = {b.pk: str(b) for b in Bruker.objects.filter(pk__in=brukere - {None})}
        self.enheter = dict(Enhet.objects.order_by().values_list("pk", "navn"))

    def bruker(self, pk: int | None) -> str:
        return self.brukere.get(pk, _("Slettet konto")) if pk else _("Kommandolinjen")

    def enhet(self, pk: int | None) -> str:
        return self.enheter.get(pk, _("Slettet enhet")) if pk else "–"


def _poster(slag: str, ider: list[int]) -> dict:
    """(kind, history id) → (version, the one before it)."""
    if not ider:
        return {}
    modell = MODELLER[slag].historie.model
    objekter = modell.objects.filter(history_id__in=ider).order_by().values("id")
    versjoner = defaultdict(list)
    for versjon in modell.objects.filter(id__in=objekter).order_by("history_date", "history_id"):
        versjoner[versjon.id].append(versjon)
    onskede, par = set(ider), {}
    for rekke in versjoner.values():
        for versjon, forrige in zip(rekke, [None, *rekke[:-1]], strict=True):
            if versjon.history_id in onskede:
                par[slag, versjon.history_id] = (versjon, forrige)
    return par


def _linje(slag: str, versjon, forrige, navn: _Navn) -> Logglinje:
    hendelse = {"+": _("Opprettet"), "~": _("Endret"), "-": _("Fjernet")}[versjon.history_type]
    grunn = (versjon.history_change_reason or "").split(" [")[0]
    return Logglinje(
        tid=versjon.history_date,
        hvem=navn.bruker(versjon.history_user_id),
        slag={"rolle": _("Rolle"), "enhet": _("Enhet"), "tjeneste": _("Tjeneste")}[slag],
        hva=_hva(slag, versjon, navn),
        hendelse=f"{hendelse}: {grunn}" if grunn and grunn != hendelse else hendelse,
        endringer=_endringer(slag, versjon, forrige, navn),
        historie_id=versjon.history_id,
        objekt_id=versjon.id,
    )


def _hva(slag: str, versjon, navn: _Navn) -> str:
    if slag != "rolle":
        return versjon.navn
    return f"{navn.bruker(versjon.bruker_id)}: {Rolle(versjon.rolle).label}, {navn.enhet(versjon.enhet_id)}"


def _endringer(slag: str, versjon, forrige, navn: _Navn) -> tuple[tuple[str, str, str], ...]:
    if forrige is None and slag != "rolle":
        return ()
    endret = []
    for felt in FELTER[slag]:
        foer, etter = getattr(forrige, felt, None), getattr(versjon, felt)
        if foer != etter and versjon.history_type != "-":
            ord_ = _("ligger under") if felt == "parent_id" else versjon._meta.get_field(felt).verbose_name
            endret.append((str(ord_).capitalize(), _vis(felt, foer, navn), _vis(felt, etter, navn)))
    return tuple(endret)


def _vis(felt: str, verdi: Any, navn: _Navn) -> str:
    if felt.endswith("_id"):
        return navn.enhet(verdi)
    if isinstance(verdi, date):
        return date_format(verdi, "d.m.Y")
    return str(Enhetstype(verdi).label) if felt == "type" and verdi else str(verdi or "–")
