"""Figures in the text: every reference becomes its value, marked when it is missing or a newer one differs."""

from functools import cached_property
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from felles.riktekst import TALL, tallnokler
from felles.tall import dato_lang
from planer.models import Plan
from planer.stempel import behold, tallstempel
from planer.tall.verdier import Planverdi, tall_i_plan


class Tallvisning:
    """The figures of one plan, read once however many texts are shown, and not at all when none has figures.

    `merk`: say where a newer extract differs; not in documents.
    """

    def __init__(self, plan: Plan, *, uprikket: bool, merk: bool = True) -> None:
        self.plan, self.uprikket, self.merk = plan, uprikket, merk

    @cached_property
    def verdier(self) -> dict[str, Planverdi]:
        """Kept until the plan, or what its figures are worked out from, is changed."""
        plan = self.plan
        merke = (plan.pk, plan.status, plan.endret, plan.uttrekk_id, tallstempel(plan) if plan.er_aapen else ())
        nokkel = ("tall i plan", self.uprikket, *merke, sorted(o.enhet_id for o in plan.omfang.all()))
        return behold(nokkel, lambda: {v.tall.nokkel: v for v in tall_i_plan(plan, self.uprikket)})

    def html(self, html: str) -> SafeString:
        """Cleaned text with the figures in place. Safe: the text is clean, and what is put in is escaped."""
        if "data-tall" not in html:
            return mark_safe(html)  # noqa: S308 stored text has passed the allow-list
        return mark_safe(TALL.sub(lambda treff: self._ett(treff[1]), html))  # noqa: S308 see above

    def brukt(self, *tekster: str) -> list[Planverdi]:
        """The figures that the texts use, in the order of the plan."""
        brukte = set().union(*(tallnokler(t) for t in tekster))
        return [v for n, v in self.verdier.items() if n in brukte] if brukte else []

    def _ett(self, nokkel: str) -> str:
        verdi = self.verdier.get(nokkel)
        if verdi is None or not verdi.finnes:
            grunn = verdi.problem if verdi else _("Tallet er ikke knyttet til denne planen.")
            return f'<span class="plantall mangler" title="{escape(grunn)}">{_mangler()}</span>'
        nyere = ""
        if self.merk and verdi.nyere:
            tekst = _("nyere tall: %(verdi)s") % {"verdi": verdi.nyere}
            nyere = f' <span class="nyere" title="{escape(_dag(verdi))}">({escape(tekst)})</span>'
        return f'<span class="plantall" title="{escape(verdi.kilde)}">{escape(verdi.verdi)}</span>{nyere}'


def _mangler() -> str:
    return escape(_("[tallet finnes ikke lenger]"))


def _dag(verdi: Planverdi) -> str:
    return _("Fra uttrekk %(dag)s") % {"dag": dato_lang(verdi.nyere_dato)} if verdi.nyere_dato else ""


def vis_html(plan: Plan, html: str, *, uprikket: bool, merk: bool = True) -> SafeString:
    """Cleaned text with the plan's figures in place. Values are read once for each plan object."""
    lager = plan.__dict__.setdefault("_tallvisninger", {})
    nokkel = (uprikket, merk, plan.status, plan.uttrekk_id)
    if nokkel not in lager:
        lager[nokkel] = Tallvisning(plan, uprikket=uprikket, merk=merk)
    return lager[nokkel].html(html)
