"""The demo logins on the login page. Empty outside demo."""

from django import template
from django.conf import settings
from django.contrib.auth import get_user_model

register = template.Library()
DEMOBRUKERE = (
    "systemansvarlig", "hr", "kommunedirektor", "kommunalsjef", "enhetsleder", "avdelingsleder", "tillitsvalgt",
    "verneombud", "leser",
)  # fmt: skip


@register.simple_tag
def demoinnlogginger() -> list:
    """Demo users that exist, in the order of responsibility; none unless this is a demo."""
    if not settings.DEMO:
        return []
    finnes = get_user_model().objects.in_bulk(DEMOBRUKERE, field_name="username")
    return [finnes[navn] for navn in DEMOBRUKERE if navn in finnes]


@register.simple_tag
def demopassord() -> str:
    return "demo-passord-2025" if settings.DEMO else ""
