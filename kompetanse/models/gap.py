"""The gap analysis: rounds that HR opens, one analysis per unit or delplan, and its rows. What else it asks about is in
`gapdeler`.

No row names a person: they are counts of a unit. Free text says so on the page.
"""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from analyse.models import Uttrekk
from kompetanse.enums import Gapradslag, Gapstatus, Kritisk, Rundestatus, Vei
from kompetanse.gap.regning import AVGANGSAAR, HORISONTER, Ledd, er_saarbar, i_aarsverk, ledd
from kompetanse.models.katalog import Kompetanse
from kompetanse.querysets import AlleManager, GapanalyseQuerySet, InneManager
from organisasjon.models import Enhet

FLEST = 9999
TIL_FLEST = (MaxValueValidator(FLEST, message=_("Skriv et tall som er mindre enn 10 000.")),)


class Gaprunde(models.Model):
    """A round of gap analyses: who answers, about which year, by when, from which extract.

    Open rounds take answers; a closed one keeps them as they stand, and can be opened again by HR.
    """

    navn = models.CharField(_("navn"), max_length=120)
    aar = models.PositiveSmallIntegerField(
        _("år"), validators=[MinValueValidator(2000), MaxValueValidator(2100)], help_text=_("Året «nå» gjelder.")
    )
    frist = models.DateField(_("svarfrist"))
    uttrekk = models.ForeignKey(
        Uttrekk, verbose_name=_("uttrekk"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    ingress = models.TextField(_("melding til lederne"), blank=True, max_length=2000)
    status = models.CharField(_("status"), max_length=8, choices=Rundestatus, default=Rundestatus.UTKAST)
    aapnet = models.DateTimeField(_("åpnet"), null=True, blank=True)
    stengt = models.DateTimeField(_("stengt"), null=True, blank=True)
    paaminnet = models.DateTimeField(_("sist påminnet"), null=True, blank=True)
    historie = HistoricalRecords()

    class Meta:
        verbose_name = _("runde med gapanalyser")
        verbose_name_plural = _("runder med gapanalyser")
        ordering = ["-aar", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(aar__gte=2000) & Q(aar__lte=2100),
                name="gaprunde_aar_i_vaar_tid",
                violation_error_message=_("Skriv et årstall mellom 2000 og 2100."),
            )
        ]

    def __str__(self) -> str:
        return self.navn

    @property
    def er_aapen(self) -> bool:
        """Does it take answers?"""
        return self.status == Rundestatus.AAPEN


class Gapsporsmaal(models.Model):
    """A question of HR's own in a round, answered in a few words."""

    runde = models.ForeignKey(Gaprunde, on_delete=models.CASCADE, related_name="sporsmaal")
    nummer = models.PositiveSmallIntegerField(_("rekkefølge"))
    tekst = models.CharField(_("spørsmål"), max_length=300)
    hjelp = models.CharField(_("hjelpetekst"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("spørsmål i runden")
        verbose_name_plural = _("spørsmål i runden")
        ordering = ["nummer", "pk"]

    def __str__(self) -> str:
        return self.tekst


class Gapanalyse(models.Model):
    """One unit's or one delplan's answer in a round.

    `enheter` are its units, each with everything beneath; one for a unit's own analysis. `plan` is the line (stamme) of
    the delplan it is for, which lies on a floor above; empty for a unit's own. `steg` is where the leader left.
    `arbeid` is what the form must remember besides the answers: {"ferdig": steps gone through, "grupper" and "ledere":
    position groups that are offered, "alle": everybody's expected leavers, "dato": the extract's}.
    """

    runde = models.ForeignKey(Gaprunde, on_delete=models.CASCADE, related_name="analyser")
    navn = models.CharField(_("gjelder"), max_length=200)
    enheter = models.ManyToManyField(Enhet, verbose_name=_("enheter"), related_name="gapanalyser")
    plan = models.UUIDField(null=True, blank=True, db_index=True)
    inviterte = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("inviterte"), related_name="gapanalyser", blank=True
    )
    status = models.CharField(_("status"), max_length=12, choices=Gapstatus, default=Gapstatus.IKKE_BEGYNT)
    steg = models.CharField(_("steg"), max_length=40, blank=True)
    arbeid = models.JSONField(default=dict, blank=True)
    endret = models.DateTimeField(_("endret"), null=True, blank=True)
    endret_av = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    levert = models.DateTimeField(_("levert"), null=True, blank=True)
    levert_av = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    avgjort = models.DateTimeField(_("godkjent eller sendt tilbake"), null=True, blank=True)
    avgjort_av = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    kommentar = models.TextField(_("kommentar fra den som godkjenner"), blank=True, max_length=2000)
    historie = HistoricalRecords(excluded_fields=["steg", "arbeid", "endret", "endret_av"])

    objects = GapanalyseQuerySet.as_manager()

    class Meta:
        verbose_name = _("gapanalyse")
        verbose_name_plural = _("gapanalyser")
        ordering = ["navn", "pk"]

    def __str__(self) -> str:
        return f"{self.navn}, {self.runde.aar}"


class Gaprad(models.Model):
    """A position group, a competence or a task: what is needed and what there is, in persons and årsverk.

    Numbered fields end in years ahead. `trenger_*` empty = not answered. `trenger_aarsverk_*` empty = the row's own
    mean position. `utdanning_*` are those who will have finished by then. `besvart`: somebody has gone through it.
    `tatt_ut`: not relevant here; it is left out everywhere (`objects`), but can be taken back with all its answers.
    `lopenummer` is the lock: it rises at every save.

    `forslag` is what was filled in, with the parts it came from, so that the page can explain it and go back to it:
    {"kilde": "uttrekk" or "kompetansesystem", "dato", "kildenavn", "har", "aarsverk", "avgang": {"1": …}, and for a
    position group "ventet", "aldre" and "fyller" (`gap.forslag.Gruppeforslag`); "i_fjor": {"aar", "runde", "trenger",
    "verdier": the fields carried over, as text}}.
    """

    analyse = models.ForeignKey(Gapanalyse, on_delete=models.CASCADE, related_name="rader")
    nummer = models.PositiveSmallIntegerField(_("rekkefølge"))
    slag = models.CharField(_("hva er det"), max_length=10, choices=Gapradslag)
    navn = models.CharField(_("oppgave eller kompetanse"), max_length=150)
    gruppe = models.CharField(_("stillingsgruppe"), max_length=150, blank=True)
    spesiell = models.BooleanField(_("krever særskilt kompetanse"), null=True, blank=True)
    kompetanse = models.ForeignKey(
        Kompetanse,
        verbose_name=_("kompetanse"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="gaprader",
    )
    kompetansetekst = models.CharField(_("hvilken kompetanse"), max_length=200, blank=True)
    kritisk = models.PositiveSmallIntegerField(_("hvor kritisk"), choices=Kritisk, null=True, blank=True)
    har = models.PositiveSmallIntegerField(_("har nå"), default=0, validators=TIL_FLEST)
    har_aarsverk = models.DecimalField(
        _("årsverk nå"), max_digits=7, decimal_places=2, default=Decimal(0), validators=[MinValueValidator(0)]
    )
    utdanning_1 = models.PositiveSmallIntegerField(_("ferdig utdannet om ett år"), default=0, validators=TIL_FLEST)
    utdanning_3 = models.PositiveSmallIntegerField(_("ferdig utdannet om tre år"), default=0, validators=TIL_FLEST)
    utdanning_5 = models.PositiveSmallIntegerField(_("ferdig utdannet om fem år"), default=0, validators=TIL_FLEST)
    avgang_1 = models.PositiveSmallIntegerField(_("ventes å slutte innen ett år"), default=0, validators=TIL_FLEST)
    avgang_3 = models.PositiveSmallIntegerField(_("ventes å slutte innen tre år"), default=0, validators=TIL_FLEST)
    avgang_5 = models.PositiveSmallIntegerField(_("ventes å slutte innen fem år"), default=0, validators=TIL_FLEST)
    avgang_10 = models.PositiveSmallIntegerField(_("ventes å slutte innen ti år"), default=0, validators=TIL_FLEST)
    trenger_0 = models.PositiveSmallIntegerField(_("trenger nå"), null=True, blank=True, validators=TIL_FLEST)
    trenger_1 = models.PositiveSmallIntegerField(_("trenger om ett år"), null=True, blank=True, validators=TIL_FLEST)
    trenger_3 = models.PositiveSmallIntegerField(_("trenger om tre år"), null=True, blank=True, validators=TIL_FLEST)
    trenger_5 = models.PositiveSmallIntegerField(_("trenger om fem år"), null=True, blank=True, validators=TIL_FLEST)
    trenger_aarsverk_0 = models.DecimalField(
        _("årsverk som trengs nå"), max_digits=7, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    trenger_aarsverk_1 = models.DecimalField(
        _("årsverk som trengs om ett år"), max_digits=7, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    trenger_aarsverk_3 = models.DecimalField(
        _("årsverk som trengs om tre år"), max_digits=7, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    trenger_aarsverk_5 = models.DecimalField(
        _("årsverk som trengs om fem år"), max_digits=7, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    veier = models.CharField(_("hva vil dere gjøre"), max_length=60, blank=True)
    notat = models.TextField(_("notat"), blank=True, max_length=2000)
    forslag = models.JSONField(default=dict, blank=True)
    besvart = models.DateTimeField(_("besvart"), null=True, blank=True)
    tatt_ut = models.DateTimeField(_("tatt ut"), null=True, blank=True)
    lopenummer = models.PositiveIntegerField(default=0)

    objects = InneManager()
    alle = AlleManager()

    class Meta:
        verbose_name = _("rad i gapanalysen")
        verbose_name_plural = _("rader i gapanalysen")
        ordering = ["nummer", "pk"]

    def __str__(self) -> str:
        return self.navn

    @property
    def valgte_veier(self) -> tuple[Vei, ...]:
        """The chosen ways, in the order of the enum."""
        valgt = set(self.veier.split(","))
        return tuple(v for v in Vei if v.value in valgt)

    @property
    def veier_i_ord(self) -> str:
        """«Beholde, utvikle»."""
        return Vei.i_ord(self.valgte_veier)

    @property
    def ledd(self) -> tuple[Ledd, ...]:
        """The horizons in persons."""
        return ledd(
            har=self.har,
            trenger={aar: getattr(self, f"trenger_{aar}") for aar in HORISONTER},
            utdanning={aar: getattr(self, f"utdanning_{aar}") for aar in HORISONTER if aar},
            avgang={aar: getattr(self, f"avgang_{aar}") for aar in AVGANGSAAR},
        )

    @property
    def ledd_aarsverk(self) -> tuple[Ledd, ...]:
        """The horizons in årsverk; persons are put at the row's own mean position where no årsverk are given."""

        def om(personer: int | None) -> Decimal | None:
            return None if personer is None else i_aarsverk(personer, self.har, self.har_aarsverk)

        trenger = {}
        for aar in HORISONTER:
            eget = getattr(self, f"trenger_aarsverk_{aar}")
            trenger[aar] = om(getattr(self, f"trenger_{aar}")) if eget is None else eget
        return ledd(
            har=self.har_aarsverk,
            trenger=trenger,
            utdanning={aar: om(getattr(self, f"utdanning_{aar}")) for aar in HORISONTER if aar},
            avgang={aar: om(getattr(self, f"avgang_{aar}")) for aar in AVGANGSAAR},
        )

    @property
    def er_saarbar(self) -> bool:
        """Held by one, two or three."""
        return er_saarbar(self.har)
