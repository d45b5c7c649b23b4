"""What will happen to a unit, said before it does: the words of the confirmation pages."""

from datetime import date

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisasjon.models import Bruker, Enhet, Rolletildeling
from organisasjon.queries import barnekart, undertre
from organisasjon.services.rolleflytting import roller_som_flyttes
from organisasjon.sider import Bekreftelse


def adresse(enhet: Enhet) -> str:
    return reverse("organisasjon:enhet", args=[enhet.pk])


def smuler(enhet: Enhet | None = None) -> tuple[tuple[str, str], ...]:
    forste = ((_("Enheter"), reverse("organisasjon:enheter")),)
    return (*forste, (enhet.navn, adresse(enhet))) if enhet else forste


def flyttebekreftelse(enhet: Enhet, maal: Enhet, valgt: str) -> Bekreftelse:
    antall = len(undertre(barnekart(), enhet.pk)) - 1
    return Bekreftelse(
        _("Flytt %(navn)s til %(maal)s?") % {"navn": enhet.navn, "maal": maal.navn},
        (
            ngettext("%(antall)d enhet under den følger med.", "%(antall)d enheter under den følger med.", antall)
            % {"antall": antall},
            _("Ledere med rolle for %(maal)s får se tallene for %(navn)s fra nå.")
            % {"maal": maal.navn, "navn": enhet.navn},
            _("Gamle uttrekk endres ikke: der står enheten under %(over)s.") % {"over": enhet.parent},
            _("Rapporter på nye uttrekk følger den nye plasseringen."),
            _("Du kan angre fra historikken til enheten."),
        ),
        _("Flytt enheten"),
        adresse(enhet),
        smuler(enhet),
        skjult={"ny_forelder": valgt},
    )


def sammenslaaing(enhet: Enhet, til: Enhet, dato: date, post: QueryDict, utfoert_av: Bruker) -> Bekreftelse:
    barn = ", ".join(b.navn for b in enhet.children.filter(gyldig_til__isnull=True))
    dag = date_format(dato, "j. F Y")
    konsekvenser = [
        _("%(navn)s er ikke i bruk fra %(dag)s.") % {"navn": enhet.navn, "dag": dag},
        _("Gamle uttrekk beholder %(navn)s med de tallene enheten hadde.") % {"navn": enhet.navn},
        _("Utvikling over tid vises videre under %(til)s.") % {"til": til.navn},
    ]
    if barn:
        konsekvenser.append(_("Disse flyttes under %(til)s: %(barn)s.") % {"til": til.navn, "barn": barn})
    konsekvenser += _rollelinjer(enhet, til, dato, "med_roller" in post, utfoert_av)
    konsekvenser.append(_("Du kan angre fra historikken til %(navn)s.") % {"navn": enhet.navn})
    return Bekreftelse(
        _("Slå sammen %(navn)s med %(til)s?") % {"navn": enhet.navn, "til": til.navn},
        tuple(konsekvenser),
        _("Slå sammen"),
        adresse(enhet),
        smuler(enhet),
        skjult={felt: post[felt] for felt in ("til", "dato", "med_roller") if felt in post},
    )


def nedleggelse(enhet: Enhet, siste_dag: date) -> Bekreftelse:
    under = Enhet.objects.filter(pk__in=undertre(barnekart(), enhet.pk), gyldig_til__isnull=True).exclude(pk=enhet.pk)
    navn = ", ".join(e.navn for e in under)
    konsekvenser = [
        _("Siste dag i bruk er %(dag)s.") % {"dag": date_format(siste_dag, "j. F Y")},
        _("Gamle uttrekk og rapporter endres ikke."),
        _("Kommer koden %(kode)s i en ny fil, spør innlesingen hva som skal gjøres.") % {"kode": enhet.kode},
        _("Du kan angre fra historikken til enheten."),
    ]
    if navn:
        konsekvenser.insert(1, _("Disse legges også ned: %(navn)s.") % {"navn": navn})
    return Bekreftelse(
        _("Legg ned %(navn)s?") % {"navn": enhet.navn},
        tuple(konsekvenser),
        _("Legg ned enheten"),
        adresse(enhet),
        smuler(enhet),
        skjult={"siste_dag": siste_dag.isoformat()},
    )


def _rollelinjer(enhet: Enhet, til: Enhet, dato: date, flyttes: bool, utfoert_av: Bruker) -> list[str]:
    """Which roles follow, and which stay behind: all when not asked for, else those the person may not move."""
    dag = timezone.localdate()
    alle = roller_som_flyttes(enhet, til, dato, None, dag)
    med = roller_som_flyttes(enhet, til, dato, utfoert_av, dag) if flyttes else []
    igjen = [r for r in alle if r.pk not in {m.pk for m in med}]
    ord_ = {"navn": enhet.navn, "til": til.navn, "dag": date_format(dato, "j. F Y")}
    linjer = []
    if med:
        tekst = _("Disse rollene gjelder %(til)s i stedet, fra %(dag)s: %(roller)s.")
        linjer.append(tekst % {**ord_, "roller": _rollenavn(med)})
    if igjen:
        tekst = _("Disse rollene for %(navn)s flyttes ikke. Gi nye til dem som skal videre: %(roller)s.")
        linjer.append(tekst % {**ord_, "roller": _rollenavn(igjen)})
    return linjer


def _rollenavn(roller: list[Rolletildeling]) -> str:
    return ", ".join(f"{r.bruker} ({r.get_rolle_display().lower()})" for r in roller)
