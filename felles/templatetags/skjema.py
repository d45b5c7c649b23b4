"""Forms in Designsystemet's clothes, for the crispy template pack `ds` and for hand-written forms."""

from django import template
from django.forms import BoundField

register = template.Library()
UTEN_KLASSE = {"file", "hidden", "image"}


@register.simple_tag
def ds_klasse(field: BoundField) -> str:
    """Give the field's widget Designsystemet's input class and take away its placeholder. Prints nothing."""
    widget = field.field.widget
    if getattr(widget, "input_type", "") not in UTEN_KLASSE:
        klasser = widget.attrs.get("class", "").split()
        widget.attrs["class"] = " ".join(dict.fromkeys([*klasser, "ds-input"]))
    # A placeholder vanishes when one types; the label and the help text say the same and stay.
    widget.attrs.pop("placeholder", None)
    return ""
