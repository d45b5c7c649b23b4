"""Form of which competences a leader or key person holds."""

from django import forms
from django.utils.translation import gettext_lazy as _

from felles.norsk import sorteringsnokkel
from felles.skjema import Skjema
from kompetanse.models import Kompetanse, Lederpost


class LederkompetanseSkjema(Skjema):
    """Competences of the catalogue to tick off: those in use, and those the person has from before."""

    kompetanser = forms.ModelMultipleChoiceField(
        label=_("Kompetanser tjenesten er avhengig av"),
        queryset=Kompetanse.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Kryss av bare det som ville være vanskelig å erstatte. Lederen kan se hva som står her."),
        error_messages={"invalid_choice": _("Velg fra listen."), "invalid_pk_value": _("Velg fra listen.")},
    )

    def __init__(self, *args, leder: Lederpost, **kwargs) -> None:
        har = set(leder.kompetanser.values_list("kompetanse_id", flat=True))
        super().__init__(*args, initial={"kompetanser": har}, **kwargs)
        felt = self.fields["kompetanser"]
        felt.queryset = Kompetanse.objects.filter(tatt_ut__isnull=True) | Kompetanse.objects.filter(pk__in=har)
        felt.choices = sorted(((k.pk, k.navn) for k in felt.queryset), key=lambda v: (sorteringsnokkel(v[1]), v[0]))
