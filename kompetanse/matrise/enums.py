"""Fixed vocabularies of the role and responsibility matrix and of the delegations."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kode(models.TextChoices):
    """What a role has in a task, the strongest first (temaplanen, punkt 5.6)."""

    OA = "OA", _("Overordnet ansvar")
    HA = "HA", _("Hovedansvar")
    BS = "BS", _("Bidra og sikre")
    U = "U", _("Utføre")


class Matriserolle(models.TextChoices):
    """The columns. The first six are those of the municipality's matrix; a sector or a service may use the last two."""

    KD = "KD", _("Kommunedirektør")
    AKD = "AKD", _("Assisterende kommunedirektør")
    KS = "KS", _("Kommunalsjef")
    OS = "ØS", _("Økonomisjef")
    IT = "IT", _("IT-sjef")
    EL = "EL", _("Enhetsleder")
    AL = "AL", _("Avdelingsleder")
    FL = "FL", _("Fagleder")


# Enhetslederen og de andre, slik de står inne i en setning.
BESTEMT = {
    Matriserolle.KD: _("kommunedirektøren"),
    Matriserolle.AKD: _("assisterende kommunedirektør"),
    Matriserolle.KS: _("kommunalsjefen"),
    Matriserolle.OS: _("økonomisjefen"),
    Matriserolle.IT: _("IT-sjefen"),
    Matriserolle.EL: _("enhetslederen"),
    Matriserolle.AL: _("avdelingslederen"),
    Matriserolle.FL: _("faglederen"),
}
STANDARDROLLER = tuple(Matriserolle)[:6]


class Gjelder(models.TextChoices):
    """What a matrix holds for."""

    KOMMUNE = "kommune", _("Hele kommunen")
    ENHET = "enhet", _("En sektor, stab eller enhet")
    TJENESTE = "tjeneste", _("En tjeneste")


class Regel(models.TextChoices):
    """The rules of a row. The first three must be met before a version can be put into force."""

    EN_OA = "en_oa", _("Én med overordnet ansvar")
    MINST_EN_HA = "minst_en_ha", _("Minst én med hovedansvar")
    ALLE_ROLLER = "alle_roller", _("Alle roller er med")
    FLERE_HA = "flere_ha", _("Flere hovedansvar må kunne skilles")
    FAST_KD = "fast_kd", _("Kommunedirektøren har overordnet ansvar")
    FAST_EL = "fast_el", _("Enhetslederen bidrar og utfører")


HARDE = frozenset({Regel.EN_OA, Regel.MINST_EN_HA, Regel.ALLE_ROLLER})


class Delegeringsrolle(models.TextChoices):
    """Who gives or gets delegated authority, from the top down."""

    KOMMUNESTYRET = "kommunestyret", _("Kommunestyret")
    KD = "KD", _("Kommunedirektør")
    AKD = "AKD", _("Assisterende kommunedirektør")
    KS = "KS", _("Kommunalsjef")
    OS = "ØS", _("Økonomisjef")
    IT = "IT", _("IT-sjef")
    EL = "EL", _("Enhetsleder")
    AL = "AL", _("Avdelingsleder")
    FL = "FL", _("Fagleder")
