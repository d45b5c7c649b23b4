"""Base of the product's list tables: one look, and a sort order that always ends in the primary key."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from felles import tall


class Tabell(tables.Table):
    """A list. Set `tittel` (read out as the table's name) and `empty_text` in Meta."""

    tittel = _("Tabell")

    class Meta:
        template_name = "felles/tabell.html"
        empty_text = _("Ingenting å vise ennå.")
        per_page = 50

    def __init__(self, *args, tittel: str = "", **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if tittel:
            self.tittel = tittel

    @tables.Table.order_by.setter
    def order_by(self, verdi) -> None:
        """Sort, and let the primary key decide last, so that equal rows keep their place between pages."""
        tables.Table.order_by.fset(self, verdi)
        rader = getattr(self.data, "data", None)
        if hasattr(rader, "query"):
            self.data.data = rader.order_by(*rader.query.order_by, "pk")


class Tallkolonne(tables.Column):
    """A number, right-aligned, with U+00A0 in thousands and a decimal comma."""

    er_tall = True

    def __init__(self, *args, desimaler: int = 0, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.desimaler = desimaler

    def render(self, value):
        return tall.desimal(value, self.desimaler)


class Datokolonne(tables.Column):
    """A date as 01.07.2025."""

    def render(self, value):
        return tall.dato_kort(value)


class Statuskolonne(tables.TemplateColumn):
    """Icon, word and tint. The value is an object with `ikon`, `ord` and `farge`, see `felles.status`."""

    def __init__(self, **kwargs) -> None:
        super().__init__(template_name="felles/status.html", orderable=False, **kwargs)
