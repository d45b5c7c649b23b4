"""Fixed vocabularies of the plans."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Planslag(models.TextChoices):
    """The temaplan is the whole municipality's, a delplan a service's beneath it; a template makes new delplaner."""

    TEMAPLAN = "temaplan", _("Temaplan")
    DELPLAN = "delplan", _("Delplan")
    MAL = "mal", _("Mal for delplan")


class Planstatus(models.TextChoices):
    """Where a plan stands. `REVISJON` is adopted and in force, with a newer revision under way beside it."""

    UTKAST = "utkast", _("Utkast")
    DROFTING = "drofting", _("Til drøfting")
    HORING = "horing", _("På høring")
    BESLUTNING = "beslutning", _("Til beslutning")
    VEDTATT = "vedtatt", _("Vedtatt")
    REVISJON = "revisjon", _("Vedtatt, under revisjon")
    ERSTATTET = "erstattet", _("Erstattet")


# Still being written; the others are frozen.
AAPNE = (Planstatus.UTKAST, Planstatus.DROFTING, Planstatus.HORING, Planstatus.BESLUTNING)
GJELDENDE = (Planstatus.VEDTATT, Planstatus.REVISJON)


class Deltakerrolle(models.TextChoices):
    """What a named person is in one plan."""

    ANSVARLIG = "ansvarlig", _("Ansvarlig enhetsleder")
    KOMMUNALSJEF = "kommunalsjef", _("Kommunalsjef")
    KOMPETANSELEDER = "kompetanseleder", _("Kompetanseleder")
    MEDFORFATTER = "medforfatter", _("Medforfatter")
    TILLITSVALGT = "tillitsvalgt", _("Tillitsvalgt")
    VERNEOMBUD = "verneombud", _("Verneombud")


class Grep(models.TextChoices):
    """A kjernegrep is followed up in every delplan, a støttegrep where the analysis calls for it."""

    KJERNE = "kjerne", _("Kjernegrep")
    STOTTE = "stotte", _("Støttegrep")


class Hovedmaal(models.IntegerChoices):
    """The three overall goals that every tiltak serves one of."""

    FORSVARLIG = 1, _("Forsvarlige tjenester")
    ATTRAKTIV = 2, _("Attraktiv arbeidsgiver")
    LANGSIKTIG = 3, _("Langsiktig bemanningsplanlegging")

    @classmethod
    def nummererte(cls) -> list[tuple[int, str]]:
        """The choices with their number in front."""
        return [(maal.value, f"{maal.value} {maal.label}") for maal in cls]


class Tiltakstatus(models.TextChoices):
    """How far a tiltak has come. Postponed and stopped ones say why."""

    PLANLAGT = "planlagt", _("Planlagt")
    I_GANG = "i_gang", _("I gang")
    GJENNOMFORT = "gjennomfort", _("Gjennomført")
    UTSATT = "utsatt", _("Utsatt")
    AVBRUTT = "avbrutt", _("Avbrutt")


AVSLUTTET = (Tiltakstatus.GJENNOMFORT, Tiltakstatus.AVBRUTT)
KREVER_GRUNN = (Tiltakstatus.UTSATT, Tiltakstatus.AVBRUTT)


class Forankringsslag(models.TextChoices):
    """How somebody was involved."""

    MOTE = "mote", _("Møte")
    DROFTING = "drofting", _("Drøftingsmøte")
    HORING = "horing", _("Høring")
    VEDTAK = "vedtak", _("Vedtak")


class Rytme(models.TextChoices):
    """How often something is followed up."""

    LOPENDE = "lopende", _("Løpende")
    MAANED = "maaned", _("Hver måned")
    KVARTAL = "kvartal", _("Hvert kvartal")
    TERTIAL = "tertial", _("Hvert tertial")
    HALVAAR = "halvaar", _("Hvert halvår")
    AAR = "aar", _("Hvert år")
    TOAAR = "toaar", _("Annethvert år")


class Kommentarstatus(models.TextChoices):
    """An open comment waits; it is resolved, or kept as a view that stands."""

    AAPEN = "aapen", _("Åpen")
    LOST = "lost", _("Løst")
    BEHOLDT = "beholdt", _("Beholdt som merknad")


class Syn(models.TextChoices):
    """What a representative concluded in a drøfting."""

    ENIG = "enig", _("Enig")
    UENIG = "uenig", _("Uenig")


class Varselslag(models.TextChoices):
    """Why somebody is told."""

    TILTAK_FRIST = "tiltak_frist", _("Tiltak med frist")
    PLAN_VENTER = "plan_venter", _("Plan som venter på deg")
    PLAN_ENDRET = "plan_endret", _("Plan med ny status")
    KOMMENTAR = "kommentar", _("Ny kommentar")
    SVAR = "svar", _("Svar på din kommentar")
    DROFTING = "drofting", _("Drøfting")
    HORING = "horing", _("Høring")


class Dokumentslag(models.TextChoices):
    """What a PDF holds: one plan, or a chosen set for bystyret."""

    PLAN = "plan", _("Plan")
    SAMLING = "samling", _("Samlet dokument til bystyret")
