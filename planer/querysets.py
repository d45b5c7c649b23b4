"""Row selection on plans and tiltak. What a person may see is decided here, never in a template."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Q

from organisasjon.rules import Tilgang
from planer.enums import AAPNE, AVSLUTTET, GJELDENDE, Planslag
from planer.rules import OMFANG_ALT, synsfelt

SNART = timedelta(days=30)


class PlanQuerySet(models.QuerySet):
    """Plans."""

    def synlig_for(self, tilgang: Tilgang, bruker_id: int | None) -> "PlanQuerySet":
        """The plans that exist for this person: those whose scope meets theirs, those they are named in, and the
        temaplan. Readers outside see what is published; templates are for those who make plans from them.
        """
        felt = synsfelt(tilgang)
        if felt.omfang is OMFANG_ALT and felt.maler:
            return self.all()
        vilkaar = Q(publisert__isnull=False)
        if bruker_id:
            vilkaar |= Q(pk__in=self.model.objects.filter(deltakere__bruker=bruker_id).values("pk"))
        if felt.maler:
            vilkaar |= Q(slag=Planslag.MAL)
        if felt.omfang is OMFANG_ALT:
            vilkaar |= ~Q(slag=Planslag.MAL)
        elif felt.omfang:
            i_omfang = self.model.objects.filter(omfang__enhet__in=felt.omfang).exclude(slag=Planslag.MAL)
            vilkaar |= Q(pk__in=i_omfang.values("pk")) | Q(slag=Planslag.TEMAPLAN)
        return self.filter(vilkaar)

    def delplaner(self) -> "PlanQuerySet":
        return self.filter(slag=Planslag.DELPLAN)

    def aapne(self) -> "PlanQuerySet":
        """Still being written."""
        return self.filter(status__in=AAPNE)

    def gjeldende(self) -> "PlanQuerySet":
        """Adopted and in force."""
        return self.filter(status__in=GJELDENDE)

    def levende(self) -> "PlanQuerySet":
        """Not replaced; one row per plan: an open revision is counted before the version it revises."""
        aapen_revisjon = self.model.objects.filter(revisjon_av=models.OuterRef("pk"), status__in=AAPNE)
        return self.filter(status__in=[*AAPNE, *GJELDENDE]).exclude(models.Exists(aapen_revisjon))


class TiltakQuerySet(models.QuerySet):
    """Tiltak."""

    def i_arbeid(self) -> "TiltakQuerySet":
        """Neither carried out nor stopped."""
        return self.exclude(status__in=AVSLUTTET)

    def forfalt(self, dag: date) -> "TiltakQuerySet":
        """Past the deadline and not finished."""
        return self.i_arbeid().filter(frist__lt=dag)

    def forfaller_snart(self, dag: date) -> "TiltakQuerySet":
        """Deadline within thirty days and not finished."""
        return self.i_arbeid().filter(frist__gte=dag, frist__lte=dag + SNART)

    def uten_ansvarlig(self) -> "TiltakQuerySet":
        return self.i_arbeid().filter(ansvarlig__isnull=True)
