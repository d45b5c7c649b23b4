"""The structured parts of the chapters as one registry: what each is called, where it belongs, and its columns.

A part that is not in this list has no pages.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from planer.enums import Planslag
from planer.models import Effekt, Forankring, Maal, Oppfolgingspunkt, Plan, Planlenke, Rollelinje


@dataclass(frozen=True)
class Kolonne:
    """A column: its heading, how the cell's text is read, an address when the text is a link, and a line beneath."""

    tittel: str
    tekst: Callable[[Any], str]
    adresse: Callable[[Any], str] | None = None
    under: Callable[[Any], str] | None = None


@dataclass(frozen=True)
class Del:
    """A kind of part. `kapitler`: kind of plan → chapters it stands in. `felter`: what its form asks for."""

    slug: str
    modell: type[models.Model]
    felter: tuple[str, ...]
    tittel: str
    under: str
    ny: str
    entall: str
    tom: str
    kolonner: tuple[Kolonne, ...]
    kapitler: dict[str, tuple[int, ...]]

    def i(self, plan: Plan, kapittel: int) -> bool:
        """Does the part belong in this chapter of this plan?"""
        slag = Planslag.TEMAPLAN if plan.er_temaplan else Planslag.DELPLAN
        return kapittel in self.kapitler.get(slag, ())

    def rader(self, plan: Plan, kapittel: int) -> models.QuerySet:
        """The plan's rows of this kind in the chapter."""
        rader = self.modell._default_manager.filter(plan=plan)
        if self.modell is Planlenke:
            rader = rader.filter(kapittel=kapittel)
        if self.modell is Forankring:
            rader = rader.defer("vedlegg")
        return rader.select_related("tall") if self.modell is Effekt else rader


ROLLER = Del(
    "roller",
    Rollelinje,
    ("gruppe", "hvem", "oppgave"),
    _("Roller i arbeidet"),
    _("Hvem leder arbeidet, hvem skriver, hvem er med, og hva de gjør. Skriv stillinger og grupper, ikke personnavn."),
    _("Legg til rolle"),
    _("rolle"),
    _("Ingen roller er ført opp ennå. Begynn med hvem som eier planen, og hvem som leder arbeidet."),
    (
        Kolonne(_("Gruppe eller rolle"), lambda r: r.gruppe),
        Kolonne(_("Hvem"), lambda r: r.hvem),
        Kolonne(_("Oppgave"), lambda r: r.oppgave),
    ),
    {Planslag.TEMAPLAN: (1,)},
)
FORANKRING = Del(
    "forankring",
    Forankring,
    ("dato", "til_dato", "slag", "organ", "tema", "steg", "deltakere", "utfall", "merknad"),
    _("Møter, drøftinger og høringer"),
    _("Alle som er blitt hørt om planen: når, om hva, og hva de mente."),
    _("Legg til møte"),
    _("møte"),
    _("Ingen møter er ført opp ennå. Før dem opp etter hvert, så er grunnlaget klart når planen skal vedtas."),
    (),
    {Planslag.TEMAPLAN: (2,)},
)
MAAL = Del(
    "maal",
    Maal,
    ("tittel", "beskrivelse"),
    _("Mål og delmål"),
    _("De tre hovedmålene er felles for alle delplanene. Delmålene sier hva dere vil oppnå i perioden."),
    _("Legg til delmål"),
    _("delmål"),
    "",
    (),
    {Planslag.TEMAPLAN: (3,)},
)
LENKER = Del(
    "lenker",
    Planlenke,
    ("tittel", "adresse", "merknad"),
    _("Dette bygger kapittelet på"),
    _("Lenker til krav, matriser, rapporter og kilder, så leseren finner grunnlaget."),
    _("Legg til lenke"),
    _("lenke"),
    _("Ingen lenker er lagt inn ennå. Velg en av våre egne sider, eller lim inn en nettadresse."),
    (
        Kolonne(_("Lenke"), lambda lenke: lenke.tittel, lambda lenke: lenke.adresse),
        Kolonne(_("Merknad"), lambda lenke: lenke.merknad),
    ),
    {Planslag.TEMAPLAN: (4, 5)},
)
OPPFOLGING = Del(
    "oppfolging",
    Oppfolgingspunkt,
    ("hva", "ansvarlig", "rytme", "arena"),
    _("Ansvar og rytme"),
    _("Hva som følges opp, hvem som har ansvaret, hvor ofte, og hvor det tas opp."),
    _("Legg til oppfølging"),
    _("oppfølging"),
    _("Det står ikke hva som følges opp ennå. Bruk møter dere allerede har, for eksempel ledermøtet hvert tertial."),
    (
        Kolonne(_("Hva"), lambda o: o.hva),
        Kolonne(_("Ansvarlig"), lambda o: o.ansvarlig),
        Kolonne(_("Hvor ofte"), lambda o: o.get_rytme_display()),
        Kolonne(_("Hvor"), lambda o: o.arena),
    ),
    {Planslag.TEMAPLAN: (7,), Planslag.DELPLAN: (5,)},
)
EFFEKTER = Del(
    "effekter",
    Effekt,
    ("tittel", "indikator", "kilde", "nullpunkt", "maal", "tall"),
    _("Effekter og indikatorer"),
    _("Hva som skal bli bedre, hva dere ser det på, og hvor dere står i dag."),
    _("Legg til effekt"),
    _("effekt"),
    _("Ingen effekter er ført opp ennå. Velg få, og velg slike dere faktisk kan måle eller vurdere."),
    (
        Kolonne(_("Effekt"), lambda e: e.tittel),
        Kolonne(_("Indikator"), lambda e: e.indikator or (e.tall.tekst if e.tall else ""), under=lambda e: e.kilde),
        Kolonne(_("Nullpunkt"), lambda e: e.nullpunkt),
        Kolonne(_("Mål"), lambda e: e.maal),
    ),
    {Planslag.TEMAPLAN: (8,), Planslag.DELPLAN: (5,)},
)
DELER: dict[str, Del] = {d.slug: d for d in (ROLLER, FORANKRING, MAAL, LENKER, OPPFOLGING, EFFEKTER)}
