"""Form of an assessment: the date, and for each point of the checklist an answer and what it builds on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from felles.laas import Foreldet, LaasSkjema
from kompetanse.enums import Modenhetsmodell, Svarvalg
from kompetanse.models import Modenhetspunkt
from kompetanse.modenhet.regning import Svar
from kompetanse.queries.modenhet import Sjekkliste, Vurdering
from kompetanse.services.modenhet import LAAS_VURDERING
from kompetanse.visning.modenhet import GRUPPENAVN, MERKER, Merke
from organisasjon.felter import Datofelt


@dataclass(frozen=True)
class Blokk:
    """A point in the form: its two fields, and what was answered last time. `over` is the point it is part of, said
    before the first of its parts.
    """

    punkt: Modenhetspunkt
    svar: BoundField
    belegg: BoundField
    forrige: Merke | None
    over: Modenhetspunkt | None


class VurderingSkjema(LaasSkjema):
    """Begins with the answers of the assessment itself, or of the one before it."""

    laas_felter = LAAS_VURDERING
    lagre_tekst = _("Lagre vurderingen")
    use_required_attribute = False

    dato = Datofelt(label=_("Hvilken dato gjelder vurderingen?"), help_text=_("Hver dato får sin egen vurdering."))
    grunnlag = forms.CharField(
        label=_("Hvordan kom dere fram til svarene?"),
        max_length=300,
        required=False,
        help_text=_("For eksempel «drøftet i ledermøtet sammen med tillitsvalgte». Ikke skriv navn."),
    )

    def __init__(
        self,
        *args: Any,
        liste: Sjekkliste,
        vurdering: Vurdering | None,
        forrige: Vurdering | None,
        dag: date,
        **kwargs: Any,
    ) -> None:
        self.liste, self.forrige = liste, forrige
        kilde = vurdering or forrige
        start: dict[str, Any] = {"dato": vurdering.v.dato if vurdering else dag}
        start["grunnlag"] = vurdering.v.grunnlag if vurdering else ""
        super().__init__(*args, initial=start, **kwargs)
        for punkt in liste.blader:
            svar = kilde.svar.get(punkt.nokkel) if kilde else None
            self.fields[f"svar_{punkt.nokkel}"] = forms.ChoiceField(
                label=punkt.navn,
                choices=Svarvalg.choices,
                widget=forms.RadioSelect,
                initial=svar.svar if svar else Svarvalg.IKKE_VURDERT,
                error_messages={"required": _("Velg et svar.")},
            )
            self.fields[f"belegg_{punkt.nokkel}"] = forms.CharField(
                label=_("Hva bygger dere svaret på?"),
                max_length=2000,
                required=False,
                initial=svar.belegg if svar else "",
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        self.sett_laas(vurdering.v if vurdering else None)

    @property
    def svar(self) -> dict[str, tuple[str, str]]:
        """What the service saves."""
        data = self.cleaned_data
        return {n: (data[f"svar_{n}"], data[f"belegg_{n}"]) for n in self.liste.nokler}

    @property
    def grupper(self) -> list[tuple[str, list[Blokk]]]:
        """The points as the page shows them, list by list."""
        blokker = list(self._blokker())
        return [
            (str(GRUPPENAVN[modell]), [b for b in blokker if b.punkt.modell == modell]) for modell in Modenhetsmodell
        ]

    def _blokker(self) -> Iterator[Blokk]:
        per_id, sagt = {p.pk: p for p in self.liste.punkter}, None
        for punkt in self.liste.blader:
            over = per_id.get(punkt.del_av_id)
            n = punkt.nokkel
            forrige = MERKER[self.forrige.besvarelse.get(n, Svar.IKKE_VURDERT)] if self.forrige else None
            yield Blokk(punkt, self[f"svar_{n}"], self[f"belegg_{n}"], forrige, over if over != sagt else None)
            sagt = over

    def vis_konflikt(self, foreldet: Foreldet) -> None:
        """As for all forms, with what others have answered beside what was chosen here."""
        super().vis_konflikt(foreldet)
        lagret = {s.punkt.nokkel: s for s in foreldet.naa.svar.select_related("punkt")}
        for punkt in self.liste.blader:
            rad = lagret.get(punkt.nokkel)
            naa = (rad.svar, rad.belegg) if rad else (Svarvalg.IKKE_VURDERT.value, "")
            ditt = (self.cleaned_data.get(f"svar_{punkt.nokkel}"), self.cleaned_data.get(f"belegg_{punkt.nokkel}"))
            if naa != ditt:
                self.konflikt.append((punkt.navn, _lesbart(*naa), _lesbart(*ditt)))


def _lesbart(svar: str | None, belegg: str | None) -> str:
    ord_ = str(Svarvalg(svar).label) if svar in Svarvalg.values else "–"
    return f"{ord_}: {belegg}" if belegg else ord_
