"""What a temaplan still lacks."""

from django.utils.translation import gettext as _

from planer.kontroll.mangel import Mangel
from planer.models import Plan


def mangler(plan: Plan) -> list[Mangel]:
    """Required sections that nobody has written in."""
    tomme = plan.seksjoner.filter(paakrevd=True, sok="")
    return [
        Mangel(s.kapittel, _("«%(navn)s» er ikke skrevet.") % {"navn": s.overskrift}, f"seksjon-{s.nokkel}")
        for s in tomme
    ]
