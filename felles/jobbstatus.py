"""Where a document made in the background stands. Apart from `felles.jobb`, so that models need no PDF maker."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Jobbstatus(models.TextChoices):
    """The life of a document that is made in the background."""

    I_KO = "i_ko", _("Venter på tur")
    KJORER = "kjorer", _("Lages nå")
    FERDIG = "ferdig", _("Ferdig")
    FEILET = "feilet", _("Stoppet")


I_GANG = frozenset({Jobbstatus.I_KO, Jobbstatus.KJORER})
