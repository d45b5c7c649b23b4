"""Forms in the product's look: labels, help, errors and what Norwegians type."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models.fields import BLANK_CHOICE_DASH
from django.template import Context, Template

from felles.skjema import Datofelt, Skjema, Tallfelt


class Provskjema(Skjema):
    lagre_tekst = "Lagre normen"
    avbryt_adresse = "/tilbake/"
    navn = forms.CharField(label="Navn", help_text="Slik det står i kilden.")
    verdi = Tallfelt(label="Verdi")
    fra = Datofelt(label="Gjelder fra", required=False)
    valg = forms.MultipleChoiceField(
        label="Velg", choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple, required=False
    )
    en = forms.ChoiceField(label="Ett valg", choices=[("a", "A")], widget=forms.RadioSelect)
    ja = forms.BooleanField(label="Jeg er sikker")
    skjult = forms.CharField(widget=forms.HiddenInput, required=False)


def tegn(skjema: forms.Form) -> str:
    return Template("{% load crispy_forms_tags %}{% crispy skjema %}").render(Context({"skjema": skjema}))


def test_every_control_has_a_label_and_help_stands_before_the_field():
    html = tegn(Provskjema())
    assert '<label for="id_navn">Navn</label>' in html
    assert html.index('id="id_navn_helptext"') < html.index('id="id_navn"')
    assert 'aria-describedby="id_navn_helptext"' in html
    assert html.count("<legend>") == 2


def test_only_optional_fields_are_marked():
    html = tegn(Provskjema())
    assert html.count("(valgfritt)") == 2
    assert 'Gjelder fra <span class="valgfritt">(valgfritt)</span>' in html


def test_errors_stand_beside_the_field_and_in_a_summary_that_links_to_it_and_input_stays():
    skjema = Provskjema({"navn": "Median", "verdi": "mange", "ja": "on"})
    assert not skjema.is_valid()
    html = tegn(skjema)
    assert 'href="#id_verdi">Verdi: Skriv et tall, for eksempel 43 eller 39,5.' in html
    assert 'href="#div_id_en"' in html or 'href="#id_en' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_verdi_error"' in html
    assert 'id="id_verdi_error"' in html
    assert 'value="Median"' in html
    assert 'value="mange"' in html


def test_what_is_missing_is_said_in_plain_words_and_a_question_keeps_its_mark():
    class Sporsmaal(Skjema):
        navn = forms.CharField(label="Hva heter tiltaket?")
        vei = forms.ChoiceField(label="Vei", choices=[("a", "A")])
        sikker = forms.BooleanField(label="Jeg er sikker")

    html = tegn(Sporsmaal({}))
    for linje in (
        "Hva heter tiltaket? Fyll ut dette feltet.",
        "Vei: Velg fra listen.",
        "Jeg er sikker: Kryss av her for å gå videre.",
    ):
        assert linje in html


def test_one_primary_button_and_a_way_back():
    html = tegn(Provskjema())
    assert html.count('type="submit"') == 1
    assert "Lagre normen" in html
    assert 'href="/tilbake/"' in html


def test_text_from_people_is_escaped():
    assert "<script>" not in tegn(Provskjema({"navn": "<script>x</script>"}))


@pytest.mark.parametrize(("skrevet", "ventet"), [("1\u202f234,5", "1234.5"), ("39,5", "39.5"), ("\u22123", "-3")])
def test_number_field_takes_norwegian_numbers(skrevet, ventet):
    assert Tallfelt().clean(skrevet) == Decimal(ventet)


def test_number_field_shows_a_decimal_comma():
    assert Tallfelt().prepare_value(Decimal("39.50")) == "39,5"
    assert Tallfelt().prepare_value("mange") == "mange"


def test_number_field_holds_its_limits():
    with pytest.raises(forms.ValidationError):
        Tallfelt(min_value=0).clean("-1")


@pytest.mark.parametrize("skrevet", ["2025-07-01", "01.07.2025", "1.7.25"])
def test_date_field_takes_picked_and_typed_dates(skrevet):
    assert Datofelt().clean(skrevet) == date(2025, 7, 1)


def test_date_field_is_filled_in_the_form_browsers_want():
    skjema = Provskjema(initial={"fra": date(2025, 7, 1)})
    assert 'value="2025-07-01"' in tegn(skjema)


class Valgskjema(Skjema):
    maa = forms.ModelChoiceField(queryset=ContentType.objects.none())
    kan = forms.ModelChoiceField(queryset=ContentType.objects.none(), required=False)
    egne_ord = forms.ModelChoiceField(queryset=ContentType.objects.none(), empty_label="Tom delplan")
    liste = forms.TypedChoiceField(choices=[*BLANK_CHOICE_DASH, ("a", "A")])


def test_et_valg_som_ikke_er_tatt_sies_med_ord() -> None:
    skjema = Valgskjema()
    ord_ = [str(skjema.fields[n].empty_label) for n in ("maa", "kan", "egne_ord")]
    assert ord_ == ["Velg", "Ikke valgt", "Tom delplan"]
    assert [str(navn) for _verdi, navn in skjema.fields["liste"].choices] == ["Velg", "A"]
