"""Fixed vocabularies of the competence requirements."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kravkilde(models.TextChoices):
    """Who has set a requirement, the strongest first."""

    LOV = "lov", _("Lov")
    FORSKRIFT = "forskrift", _("Forskrift")
    FORARBEID = "forarbeid", _("Lovforarbeid")
    HTA = "hta", _("Hovedtariffavtalen")
    KOMMUNAL = "kommunal", _("Kommunens eget krav")
