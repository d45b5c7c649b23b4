"""Writes about which competences a leader or key person holds."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from kompetanse.models import Kompetanse, Kompetansehaver, Lederpost
from kompetanse.services.gaprunde import LOGGSLAG
from organisasjon.models import Bruker
from organisasjon.services import skriv_hendelse


@transaction.atomic
def sett_kompetanser(*, leder: Lederpost, kompetanser: Collection[Kompetanse], av: Bruker) -> None:
    """The person holds these competences, and no others. Side effect: an entry in the log when something changed."""
    leder = Lederpost.objects.select_for_update().get(pk=leder.pk)
    har = {h.kompetanse_id: h for h in leder.kompetanser.select_related("kompetanse")}
    skal = {k.pk: k for k in kompetanser}
    ut = [h for pk, h in har.items() if pk not in skal]
    inn = [k for pk, k in skal.items() if pk not in har]
    if not (ut or inn):
        return
    Kompetansehaver.objects.filter(pk__in=[h.pk for h in ut]).delete()
    Kompetansehaver.objects.bulk_create(Kompetansehaver(leder=leder, kompetanse=k) for k in inn)
    endring = (_("Kompetanser"), ", ".join(h.kompetanse.navn for h in ut), ", ".join(k.navn for k in inn))
    hva = _("Endret hva nøkkelpersonen kan")
    skriv_hendelse(slag=LOGGSLAG, hva=str(leder), hendelse=hva, utfoert_av=av, endringer=(endring,))
