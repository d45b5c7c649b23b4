"""How mature the competence work is: the checklist, assessments of a unit on a date, and the answers in them.

Nothing here is about persons: the answers are about how a unit works. Free text says so on the page.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kompetanse.enums import Modenhetsmodell, Svarvalg, Vei
from kompetanse.modenhet.regning import Svar
from kompetanse.querysets import ModenhetsvurderingQuerySet
from organisasjon.models import Enhet


class Modenhetspunkt(models.Model):
    """A point of the checklist, with help in own words.

    A point with parts (`deler`) is not answered itself: its answer follows from theirs. `omraade` is the key of the
    innsatsområde a tiltak from it would usually lie in, `vei` its way, `tiltakstittel` its name.
    """

    nokkel = models.SlugField(max_length=40, unique=True)
    modell = models.CharField(_("modell"), max_length=10, choices=Modenhetsmodell)
    del_av = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="deler")
    rekkefolge = models.PositiveSmallIntegerField(_("plass"))
    navn = models.CharField(_("punkt"), max_length=80)
    betyr = models.TextField(_("hva det betyr"))
    ja = models.TextField(_("dette er ja"))
    delvis = models.TextField(_("dette er delvis"))
    neste_steg = models.TextField(_("vanlig neste steg"))
    tiltakstittel = models.CharField(_("tittel på tiltaket"), max_length=120)
    vei = models.CharField(_("vei"), max_length=12, choices=Vei)
    omraade = models.SlugField(_("innsatsområde"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("punkt i sjekklisten")
        verbose_name_plural = _("punkter i sjekklisten")
        ordering = ["rekkefolge", "pk"]

    def __str__(self) -> str:
        return self.navn


class Modenhetsvurdering(models.Model):
    """One assessment: a unit on a date. Every date keeps its own, so that development shows.

    An example from the literature has no unit, but a name and a source; `objects.egne()` leaves those out.
    `lopenummer` is the lock: it rises at every save.
    """

    enhet = models.ForeignKey(
        Enhet, verbose_name=_("enhet"), null=True, blank=True, on_delete=models.PROTECT, related_name="modenhet"
    )
    eksempel = models.CharField(_("eksempel"), max_length=80, blank=True)
    kilde = models.CharField(_("kilde"), max_length=200, blank=True)
    dato = models.DateField(_("dato"))
    grunnlag = models.CharField(_("slik kom dere fram til svarene"), max_length=300, blank=True)
    opprettet = models.DateTimeField(_("opprettet"))
    endret = models.DateTimeField(_("sist endret"))
    endret_av = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    lopenummer = models.PositiveIntegerField(default=1)

    objects = ModenhetsvurderingQuerySet.as_manager()

    class Meta:
        verbose_name = _("vurdering av kompetansearbeidet")
        verbose_name_plural = _("vurderinger av kompetansearbeidet")
        ordering = ["-dato", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enhet", "dato"],
                name="modenhet_en_per_enhet_og_dag",
                violation_error_message=_(
                    "Enheten er allerede vurdert denne dagen. Velg en annen dato, eller rett den som finnes."
                ),
            ),
            models.UniqueConstraint(
                fields=["eksempel"], condition=~Q(eksempel=""), name="modenhet_eksempel_en_gang"
            ),
            models.CheckConstraint(
                condition=Q(enhet__isnull=False, eksempel="") | (Q(enhet__isnull=True) & ~Q(eksempel="")),
                name="modenhet_enhet_eller_eksempel",
                violation_error_message=_("En vurdering gjelder en enhet, eller er et eksempel."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.eksempel or self.enhet}, {self.dato:%d.%m.%Y}"

    @property
    def er_eksempel(self) -> bool:
        return bool(self.eksempel)


class Modenhetssvar(models.Model):
    """The answer to one point, and what it builds on. `tiltak` are the ids of tiltak made from it, with a comma
    between, so that nobody makes the same one twice.
    """

    vurdering = models.ForeignKey(Modenhetsvurdering, on_delete=models.CASCADE, related_name="svar")
    punkt = models.ForeignKey(Modenhetspunkt, on_delete=models.PROTECT, related_name="svar")
    svar = models.CharField(_("svar"), max_length=12, choices=Svarvalg, default=Svarvalg.IKKE_VURDERT)
    belegg = models.TextField(_("hva bygger dere det på"), blank=True, max_length=2000)
    tiltak = models.CharField(_("tiltak"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("svar på sjekklisten")
        verbose_name_plural = _("svar på sjekklisten")
        ordering = ["punkt__rekkefolge", "pk"]
        constraints = [models.UniqueConstraint(fields=["vurdering", "punkt"], name="modenhet_ett_svar_per_punkt")]

    @property
    def verdi(self) -> Svar:
        """The answer, for comparing."""
        return Svar(self.svar)

    @property
    def tiltaksliste(self) -> list[str]:
        return [ident for ident in self.tiltak.split(",") if ident]
