"""What a temaplan still lacks, step by step."""

from collections.abc import Iterable, Iterator

from django.db.models import BooleanField, Exists, ExpressionWrapper, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from planer.enums import Forankringsslag, Grep
from planer.kontroll.forankring import datofunn, gjelder_prosessen
from planer.kontroll.mangel import Mangel
from planer.models import Forankring, Innsatsomraade, Plan, Seksjon


def mangler(plan: Plan) -> list[Mangel]:
    """Texts nobody has written, and what each step's own fields lack. Six queries, however long the plan is."""
    finnes = _finnes(plan)
    tom = ExpressionWrapper(Q(sok=""), BooleanField())
    tekster = {s.nokkel: s for s in plan.seksjoner.defer("html", "sok").annotate(tom=tom)}
    return [
        *_tekster(tekster.values()),
        *_forankring(plan),
        *_maal(plan),
        *_omraader(plan, {nokkel for nokkel, s in tekster.items() if not s.tom}),
        *_deler(finnes),
        *_effekter(plan),
    ]


def _finnes(plan: Plan) -> dict[str, bool]:
    """Which of the parts that are only asked for have any rows. One query."""
    deler = {
        "roller": plan.rollelinjer.all(),
        "krav": plan.lenker.filter(kapittel=4),
        "rapporter": plan.lenker.filter(kapittel=5),
        "punkter": plan.oppfolging.all(),
    }
    return Plan.objects.filter(pk=plan.pk).values(**{n: Exists(rader.order_by()) for n, rader in deler.items()}).get()


def _tekster(seksjoner: Iterable[Seksjon]) -> Iterator[Mangel]:
    for s in seksjoner:
        if s.paakrevd and s.tom:
            yield Mangel(s.kapittel, _("«%(navn)s» er ikke skrevet.") % {"navn": s.overskrift}, f"seksjon-{s.nokkel}")


def _deler(finnes: dict[str, bool]) -> Iterator[Mangel]:
    if not finnes["roller"]:
        yield Mangel(1, _("Ingen roller er ført opp: hvem leder, hvem skriver, hvem er med?"), "del-roller")
    if not finnes["krav"]:
        yield Mangel(4, _("Ingen lenker til kravene og rollematrisen."), "del-lenker", stopper=False)
    if not finnes["rapporter"]:
        yield Mangel(5, _("Ingen lenker til rapportene analysen bygger på."), "del-lenker", stopper=False)
    if not finnes["punkter"]:
        yield Mangel(7, _("Det står ikke hva som følges opp, av hvem og hvor ofte."), "del-oppfolging")


def _forankring(plan: Plan) -> Iterator[Mangel]:
    forankringer = list(Forankring.objects.filter(plan=plan).defer("vedlegg"))
    innhold = [f for f in forankringer if not gjelder_prosessen(f)]
    if not innhold:
        yield Mangel(2, _("Ingen møter om innholdet i planen er ført opp."), "del-forankring")
    if not any(f.slag == Forankringsslag.DROFTING for f in forankringer):
        yield Mangel(
            2, _("Ingen drøftinger med tillitsvalgte er ført opp (HTA kapittel 3 punkt 3.3)."), "del-forankring"
        )
    funn = datofunn(plan, forankringer, timezone.localdate())
    for f in forankringer:
        if f.pk in funn and not funn[f.pk].forklart:
            tekst = _("Datoen for %(organ)s ser ut til å være feil. %(grunn)s")
            yield Mangel(2, tekst % {"organ": f.organ, "grunn": funn[f.pk].grunn}, f"forankring-{f.pk}", stopper=False)


def _maal(plan: Plan) -> Iterator[Mangel]:
    alle = list(plan.maal.all())
    har_delmaal = {m.overordnet_id for m in alle if m.overordnet_id}
    for maal in alle:
        if maal.overordnet_id is None and maal.pk not in har_delmaal:
            yield Mangel(3, _("Målet «%(maal)s» har ingen delmål.") % {"maal": maal.tittel}, f"maal-{maal.pk}")


def _omraader(plan: Plan, skrevet: set[str]) -> Iterator[Mangel]:
    omraader = list(plan.omraader.all())
    if not any(o.grep == Grep.KJERNE for o in omraader):
        yield Mangel(6, _("Planen har ingen kjernegrep. Delplanene trenger minst ett å følge opp."), "omraader")
    for omraade in omraader:
        if tomme := _tomme_deler(omraade, skrevet):
            tekst = _("%(nummer)s %(tittel)s: %(deler)s er ikke skrevet.")
            deler = {"nummer": omraade.nummer, "tittel": omraade.tittel, "deler": _og(tomme)}
            yield Mangel(6, tekst % deler, f"omraade-{omraade.nokkel}")


def _tomme_deler(omraade: Innsatsomraade, skrevet: set[str]) -> list[str]:
    deler = (("hva", _("hva")), ("derfor", _("derfor")), ("slik", _("slik")))
    return [navn for del_, navn in deler if f"omraade-{omraade.nokkel}-{del_}" not in skrevet]


def _og(ord_: list[str]) -> str:
    return f"{', '.join(ord_[:-1])} {_('og')} {ord_[-1]}" if len(ord_) > 1 else ord_[0]


def _effekter(plan: Plan) -> Iterator[Mangel]:
    effekter = list(plan.effekter.all())
    if not effekter:
        yield Mangel(8, _("Ingen effekter er ført opp: hva skal bli bedre, og hvordan ser dere det?"), "del-effekter")
    for e in effekter:
        if not (e.indikator or e.tall_id):
            yield Mangel(8, _("Effekten «%(navn)s» har ingen indikator.") % {"navn": e.tittel}, f"effekter-{e.pk}")
