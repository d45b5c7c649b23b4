"""Row selection on the models of competence. What a person may see is decided here."""

from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q

from kompetanse.enums import Rundestatus
from organisasjon.enums import Handling
from organisasjon.rules import TILLATT, Tilgang

# Those who are shown the form are shown all its numbers, so only these can be invited.
KAN_INVITERES = TILLATT[Handling.SE_GAP] & TILLATT[Handling.SE_UPRIKKET]


def i_samme_tid(
    rader: models.QuerySet, fra: date | None, til: date | None, start: str = "gyldig_fra", slutt: str = "gyldig_til"
) -> models.QuerySet:
    """The rows whose period has a day in common with this one; an empty date is open. Last days are included."""
    if til is not None:
        rader = rader.filter(Q(**{f"{start}__isnull": True}) | Q(**{f"{start}__lte": til}))
    if fra is not None:
        rader = rader.filter(Q(**{f"{slutt}__isnull": True}) | Q(**{f"{slutt}__gte": fra}))
    return rader


class KravQuerySet(models.QuerySet):
    """Requirements."""

    def gjelder(self, dag: date) -> "KravQuerySet":
        """In force on the day."""
        return self.ikke_utloept(dag).filter(Q(gyldig_fra__isnull=True) | Q(gyldig_fra__lte=dag))

    def ikke_utloept(self, dag: date) -> "KravQuerySet":
        """In force on the day, or coming later."""
        return self.filter(Q(gyldig_til__isnull=True) | Q(gyldig_til__gte=dag))


class LederQuerySet(models.QuerySet):
    """Leaders and key positions."""

    def innehar(self, dag: date) -> "LederQuerySet":
        """Those who hold the position on the day."""
        return self.filter(Q(gyldig_fra__isnull=True) | Q(gyldig_fra__lte=dag)).filter(
            Q(gyldig_til__isnull=True) | Q(gyldig_til__gte=dag)
        )

    def synlig_for(self, tilgang: Tilgang, bruker_id: int) -> "LederQuerySet":
        """Own scope with the right to see leaders, and always oneself."""
        return self.filter(Q(enhet__in=tilgang.omfang(Handling.SE_LEDERKRAV)) | Q(bruker=bruker_id))


class GapanalyseQuerySet(models.QuerySet):
    """Gap analyses."""

    def synlig_for(self, tilgang: Tilgang, bruker_id: int | None) -> "GapanalyseQuerySet":
        """Those with a unit in the person's own scope, and those the person is invited to, of rounds that have been
        opened.
        """
        aapnet, omfang = self.exclude(runde__status=Rundestatus.UTKAST), tilgang.omfang(Handling.SE_GAP)
        if tilgang.kommune_id in omfang:
            return aapnet
        egne = self.model.objects.filter(enheter__in=omfang).values("pk")
        inviterte = self.invitert_til(tilgang, bruker_id).values("pk")
        return aapnet.filter(Q(pk__in=egne) | Q(pk__in=inviterte))

    def invitert_til(self, tilgang: Tilgang, bruker_id: int | None) -> "GapanalyseQuerySet":
        """All the person is invited to, whatever the round, and still leads something within: an invitation gives the
        numbers, and is worth nothing when the role is gone.
        """
        leder = {rot for rolle, rot, _omfang in tilgang.roller if rolle in KAN_INVITERES}
        over = leder.union(*(over for rot, over in tilgang.forfedre if rot in leder))
        return self.model.objects.filter(inviterte=bruker_id, enheter__in=over)

    def med_rett(self, tilgang: Tilgang, bruker_id: int | None) -> "GapanalyseQuerySet":
        """With what the person's right is decided from: the units, and `er_invitert`. One query more."""
        invitert = self.invitert_til(tilgang, bruker_id).filter(pk=OuterRef("pk"))
        return self.annotate(er_invitert=Exists(invitert)).prefetch_related("enheter")


class ModenhetsvurderingQuerySet(models.QuerySet):
    """Assessments of how mature the competence work is."""

    def egne(self) -> "ModenhetsvurderingQuerySet":
        """The municipality's own, without the examples."""
        return self.filter(eksempel="")

    def eksempler(self) -> "ModenhetsvurderingQuerySet":
        return self.exclude(eksempel="")

    def synlig_for(self, tilgang: Tilgang) -> "ModenhetsvurderingQuerySet":
        """The municipality's own in the person's scope."""
        return self.egne().filter(enhet__in=tilgang.omfang(Handling.SE_MODENHET))


class OektQuerySet(models.QuerySet):
    """Reflection sessions."""

    def synlig_for(self, tilgang: Tilgang) -> "OektQuerySet":
        return self.filter(enhet__in=tilgang.omfang(Handling.BRUKE_REFLEKSJON))


class RisikoQuerySet(models.QuerySet):
    """Risks."""

    def synlig_for(self, tilgang: Tilgang) -> "RisikoQuerySet":
        return self.filter(enhet__in=tilgang.omfang(Handling.SE_RISIKO))

    def aapne(self) -> "RisikoQuerySet":
        return self.filter(lukket__isnull=True)


class AlleManager(models.Manager):
    """Everything, also what has been taken out of a gap analysis."""


class InneManager(models.Manager):
    """What has not been taken out of a gap analysis; also the rows reached from the analysis."""

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().filter(tatt_ut__isnull=True)
