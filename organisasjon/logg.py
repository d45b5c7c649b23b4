"""The log of who changed what, newest first: the histories of registered tables, and the rows of `Hendelse`.

One union query lists the entries, and one fetches the versions behind those of one page.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import BigIntegerField, CharField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from felles import tall
from felles.norsk import treffer
from organisasjon.enums import Rolle
from organisasjon.kilder import Loggkilde, loggkilder, meld_logg
from organisasjon.loggversjoner import les_versjoner
from organisasjon.models import Bruker, Enhet, Hendelse, Rolletildeling, Tjeneste

# A search reads this many of the newest entries.
SOK_GRENSE = 20_000
ROLLEFELTER = ("enhet_id", "gyldig_fra", "gyldig_til")
ENHETSFELTER = ("navn", "kode", "type", "parent_id", "gyldig_fra", "gyldig_til", "erstattet_av_id")


def meld_egne() -> None:
    """Register the tables of this app."""
    meld_logg(
        Loggkilde("rolle", gettext_lazy("Roller"), Rolletildeling, ROLLEFELTER, "rolle", leser=("bruker_id",)),
        Loggkilde("person", gettext_lazy("Personer")),
        Loggkilde("enhet", gettext_lazy("Enheter"), Enhet, ENHETSFELTER),
        Loggkilde("tjeneste", gettext_lazy("Tjenester"), Tjeneste, ("navn",)),
    )


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


@dataclass(frozen=True)
class Nokkel:
    """An entry before its words are fetched. `historie` False: a row of Hendelse, whose `tekst` is all there is."""

    slag: str
    historie: bool
    pk: int
    tid: datetime
    hvem: int
    tekst: str
    bruker: int
    enhet: int


def hendelser(slag: str = "", nyeste_foerst: bool = True) -> QuerySet:
    """Keys of all log entries, one kind or all, in the order of `Nokkel`'s fields; slice it, then `logglinjer`."""
    alle = loggkilder()
    valgte = [alle[slag]] if slag in alle else list(alle.values())
    deler = [_historiedel(kilde) for kilde in valgte if kilde.modell]
    deler.append(_hendelsesdel([kilde.slag for kilde in valgte]))
    fortegn = "-" if nyeste_foerst else ""
    orden = [f"{fortegn}{felt}" for felt in ("l_tid", "l_pk", "l_slag")]
    return (deler[0].union(*deler[1:], all=True) if len(deler) > 1 else deler[0]).order_by(*orden)


def sok_hendelser(sok: str, slag: str = "", nyeste_foerst: bool = True) -> list[tuple]:
    """Keys of the entries where all words are found in who, what or kind. Two queries."""
    nokler = [Nokkel(*rad) for rad in hendelser(slag, nyeste_foerst)[:SOK_GRENSE]]
    navn, kilder = _Navn(), loggkilder()
    return [n for n in nokler if treffer(sok, *_soketekster(n, navn, kilder))]


def logglinjer(nokler: Sequence, navn: "_Navn | None" = None) -> list[Logglinje]:
    """The entries for the keys, in their order. One query for names, and one for the versions."""
    nokler = [n if isinstance(n, Nokkel) else Nokkel(*n) for n in nokler]
    kilder, ider = loggkilder(), defaultdict(set)
    for n in nokler:
        if n.historie:
            ider[n.slag].add(n.pk)
    poster = les_versjoner(kilder, ider)
    navn = navn or _Navn()
    linjer = []
    for n in nokler:
        if not n.historie:
            linjer.append(_hendelseslinje(n, kilder[n.slag], navn))
        elif (n.slag, n.pk) in poster:
            linjer.append(_linje(kilder[n.slag], *poster[n.slag, n.pk], navn))
    return linjer


def enhetens_historie(enhet: Enhet) -> list[Logglinje]:
    """Every version of one unit, newest first. Two queries."""
    versjoner = list(enhet.historie.order_by("history_date", "history_id"))
    par = list(zip(versjoner, [None, *versjoner[:-1]], strict=True))
    navn, kilde = _Navn(), loggkilder()["enhet"]
    return [_linje(kilde, v, forrige, navn) for v, forrige in reversed(par)]


class _Navn:
    """Names of people and units as they are now, in one query; those that are gone get a word that says so."""

    def __init__(self) -> None:
        self.brukere, self.enheter = {}, {}
        brukere = Bruker.objects.order_by().values_list(Value("b", CharField()), "pk", "navn", "username")
        enheter = Enhet.objects.order_by().values_list(Value("e", CharField()), "pk", "navn", "kode")
        for hva, pk, navn, reserve in brukere.union(enheter, all=True):
            (self.brukere if hva == "b" else self.enheter)[pk] = navn or reserve

    def bruker(self, pk: int | None) -> str:
        return self.brukere.get(pk, _("Slettet konto")) if pk else _("Kommandolinjen")

    def enhet(self, pk: int | None) -> str:
        return self.enheter.get(pk, _("Slettet enhet")) if pk else "–"


def _historiedel(kilde: Loggkilde) -> QuerySet:
    """The versions of one table as rows with the fields of `Nokkel`."""
    rader = kilde.modell.historie.order_by()
    if kilde.uten_nye:
        rader = rader.exclude(history_type="+")
    er_rolle = kilde.slag == "rolle"
    return _som_nokler(
        rader,
        slag=Value(kilde.slag, CharField()),
        historie=Value(1),
        pk=F("history_id"),
        tid=F("history_date"),
        hvem=F("history_user_id"),
        tekst=Cast(kilde.tekst, TextField()),
        bruker=F("bruker_id") if er_rolle else Value(0, BigIntegerField()),
        enhet=F("enhet_id") if er_rolle else Value(0, BigIntegerField()),
    )


def _hendelsesdel(slag: list[str]) -> QuerySet:
    return _som_nokler(
        Hendelse.objects.filter(slag__in=slag).order_by(),
        slag=Cast("slag", CharField()),
        historie=Value(0),
        pk=F("id"),
        tid=F("tid"),
        hvem=F("utfoert_av_id"),
        tekst=F("innhold"),
        bruker=Value(0, BigIntegerField()),
        enhet=Value(0, BigIntegerField()),
    )


def _som_nokler(rader: QuerySet, **kolonner: Any) -> QuerySet:
    return rader.annotate(**{f"l_{navn}": uttrykk for navn, uttrykk in kolonner.items()}).values_list(
        *(f"l_{navn}" for navn in kolonner)
    )


def _soketekster(n: Nokkel, navn: _Navn, kilder: dict[str, Loggkilde]) -> list[str]:
    tekster = [str(kilder[n.slag].navn), navn.bruker(n.hvem)]
    if not n.historie:
        innhold = json.loads(n.tekst)
        return [*tekster, innhold["hva"], innhold["hendelse"], *(" ".join(e) for e in innhold["endringer"])]
    if n.slag == "rolle":
        return [*tekster, navn.bruker(n.bruker), navn.enhet(n.enhet), str(Rolle(n.tekst).label)]
    return [*tekster, n.tekst]


def _hendelseslinje(n: Nokkel, kilde: Loggkilde, navn: _Navn) -> Logglinje:
    innhold = json.loads(n.tekst)
    endringer = tuple(tuple(e) for e in innhold["endringer"])
    hvem, slag = navn.bruker(n.hvem), str(kilde.navn)
    return Logglinje(n.tid, hvem, slag, innhold["hva"], innhold["hendelse"], endringer, n.pk, 0)


def _linje(kilde: Loggkilde, versjon, forrige, navn: _Navn) -> Logglinje:
    hendelse = {"+": _("Opprettet"), "~": _("Endret"), "-": _("Fjernet")}[versjon.history_type]
    grunn = (versjon.history_change_reason or "").split(" [")[0]
    return Logglinje(
        tid=versjon.history_date,
        hvem=navn.bruker(versjon.history_user_id),
        slag=str(kilde.navn),
        hva=_hva(kilde, versjon, navn),
        hendelse=f"{hendelse}: {grunn}" if grunn and grunn != hendelse else hendelse,
        endringer=_endringer(kilde, versjon, forrige, navn),
        historie_id=versjon.history_id,
        objekt_id=versjon.id,
    )


def _hva(kilde: Loggkilde, versjon, navn: _Navn) -> str:
    if kilde.slag == "rolle":
        return f"{navn.bruker(versjon.bruker_id)}: {Rolle(versjon.rolle).label}, {navn.enhet(versjon.enhet_id)}"
    return kilde.hva(versjon) if kilde.hva else getattr(versjon, kilde.tekst)


def _endringer(kilde: Loggkilde, versjon, forrige, navn: _Navn) -> tuple[tuple[str, str, str], ...]:
    felter = kilde.felter
    if kilde.slag == "rolle" and forrige is None:
        felter = felter[1:]  # the unit is in the heading already
    elif forrige is None:
        return ()
    endret = []
    for felt in felter if versjon.history_type != "-" else ():
        foer, etter = getattr(forrige, felt, None), getattr(versjon, felt)
        if foer != etter:
            ord_ = _("ligger under") if felt == "parent_id" else versjon._meta.get_field(felt).verbose_name
            endret.append((str(ord_).capitalize(), _vis(forrige, felt, navn), _vis(versjon, felt, navn)))
    return tuple(endret)


def _vis(versjon, felt: str, navn: _Navn) -> str:
    """A stored value as a person reads it."""
    verdi = getattr(versjon, felt, None)
    if felt.endswith("_id"):
        return navn.enhet(verdi)
    if isinstance(verdi, bool):
        return _("Ja") if verdi else _("Nei")
    if isinstance(verdi, date):
        return date_format(verdi, "d.m.Y")
    if isinstance(verdi, Decimal):
        return tall.desimal(verdi, 2)
    vis = getattr(versjon, f"get_{felt}_display", None)
    return ", ".join(str(vis() if vis else verdi or "").splitlines()) or "–"
