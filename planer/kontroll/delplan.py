"""What a delplan still lacks, each thing named so that it can be found and mended."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass

from django.db.models import BooleanField, ExpressionWrapper, F, FilteredRelation, Q
from django.db.models.functions import Substr, Trim
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lat

from felles.norsk import brett
from kompetanse.enums import Vei
from planer.enums import Deltakerrolle, Grep, Planslag, Tiltakstatus
from planer.kontroll.mangel import Mangel
from planer.models import Grepvalg, Innsatsomraade, Plan, Seksjon, Tiltak

KAPITTEL_GREP = 4
# The first line of a text that was filled in as a suggestion. While it stands, nobody has read the text through.
UTKASTMERKE = _lat("Forslag fra det som er kjent.")
TILTAKSFELT = ("plan", "ident", "tittel", "omraade", "status", "vei", "ansvarlig", "frist")


@dataclass(frozen=True)
class Grunnlag:
    """What the check reads of one delplan: its sections without their text, its tiltak by id, and the temaplan's areas
    with the plan's choice.
    """

    seksjoner: list[Seksjon]
    tiltak: list[Tiltak]
    omraader: list[Innsatsomraade]


def les_grunnlag(planer: Sequence[Plan]) -> dict[int, Grunnlag]:
    """Plan id → what the check reads. Four queries, however many plans."""
    ider = [p.pk for p in planer]
    seksjoner, tiltak, valg = defaultdict(list), defaultdict(list), defaultdict(dict)
    # The texts themselves stay behind: all that is asked is whether there is one, and whether it is still a suggestion.
    forslag = ExpressionWrapper(Q(sok__contains=brett(str(UTKASTMERKE))), BooleanField())
    tekster = Seksjon.objects.filter(plan__in=ider).defer("html", "sok")
    for s in tekster.annotate(begynner=Substr(Trim("sok"), 1, 1), forslag=forslag):
        seksjoner[s.plan_id].append(s)
    for t in Tiltak.objects.filter(plan__in=ider).only(*TILTAKSFELT).order_by("ident", "pk"):
        tiltak[t.plan_id].append(t)
    for plan, omraade, valgt in (
        Grepvalg.objects.filter(plan__in=ider).order_by().values_list("plan_id", "omraade_id", "valgt")
    ):
        valg[plan][omraade] = valgt
    felles = defaultdict(list)
    for o in Innsatsomraade.objects.filter(plan__in={p.temaplan_id for p in planer}).order_by("rekkefolge", "pk"):
        felles[o.plan_id].append(o)
    return {
        p.pk: Grunnlag(seksjoner[p.pk], tiltak[p.pk], [med_valg(o, valg[p.pk]) for o in felles[p.temaplan_id]])
        for p in planer
    }


def mangler(plan: Plan, grunnlag: Grunnlag | None = None) -> list[Mangel]:
    """Scope and people, sections nobody has written in, each innsatsområde, and reminders about the tiltak.

    A template lacks nothing: what it leaves open is for the plans made from it. Six queries; two with the `grunnlag`
    at hand, none when the scope and the people are prefetched as well.
    """
    if plan.slag == Planslag.MAL:
        return []
    g = grunnlag or les_grunnlag([plan])[plan.pk]
    return [*_ramme(plan), *_tekster(plan, g.seksjoner), *_grep(g), *_paaminnelser(g.tiltak)]


def _ramme(plan: Plan) -> Iterator[Mangel]:
    if not plan.omfang.all():
        yield Mangel(1, _("Delplanen mangler omfang: velg enhetene den gjelder for."))
    if not any(d.rolle == Deltakerrolle.ANSVARLIG for d in plan.deltakere.all()):
        yield Mangel(1, _("Delplanen mangler ansvarlig enhetsleder."))
    if plan.temaplan_id is None:
        yield Mangel(1, _("Delplanen hører ikke til noen temaplan."))
    if plan.uttrekk_id is None:
        yield Mangel(3, _("Delplanen har ikke noe uttrekk å hente tall fra."), stopper=False)


def _tekster(plan: Plan, seksjoner: list[Seksjon]) -> Iterator[Mangel]:
    """Texts that are not written, are still a suggestion, or stand as they were copied."""
    for s in seksjoner:
        anker, navn = f"seksjon-{s.nokkel}", {"navn": s.overskrift}
        if s.paakrevd and s.omraade_id is None and not s.begynner:
            yield Mangel(s.kapittel, _("«%(navn)s» er ikke skrevet.") % navn, anker)
        elif s.forslag:
            tekst = _("«%(navn)s» er fortsatt et forslag. Les gjennom, rett, og slett forslagslinjen.")
            yield Mangel(s.kapittel, tekst % navn, anker)
        elif s.begynner and staar_som_kopiert(plan, s):
            tekst = _("«%(navn)s» står slik den ble kopiert. Skriv det som gjelder hos dere, eller godta teksten.")
            yield Mangel(s.kapittel, tekst % navn, anker)


def staar_som_kopiert(plan: Plan, seksjon: Seksjon) -> bool:
    """Has nobody written in the section since the plan was made from a template or another plan? It may be empty."""
    return plan.opphav_id is not None and plan.revisjon_av_id is None and seksjon.lopenummer == 1


def _grep(g: Grunnlag) -> Iterator[Mangel]:
    """A kjernegrep, or a støttegrep that is chosen, has a justification and at least one tiltak that is not stopped.
    A støttegrep is decided on; that one which is not chosen says why, is a reminder.
    """
    skrevet = {s.omraade_id for s in g.seksjoner if s.omraade_id and s.begynner}
    med_tiltak = {t.omraade_id for t in g.tiltak if t.status != Tiltakstatus.AVBRUTT}
    for o in g.omraader:
        if hva := omraadets_mangler(o.valgt, o.pk in skrevet, o.pk in med_tiltak):
            tekst = f"{o.nummer} {o.tittel}: {hva}."
            yield Mangel(KAPITTEL_GREP, tekst, f"grep-{o.nokkel}", stopper=o.valgt is not False)


def omraader_med_valg(plan: Plan) -> list[Innsatsomraade]:
    """The temaplan's areas in their order, each `med_valg`. One query."""
    omraader = Innsatsomraade.objects.filter(plan_id=plan.temaplan_id).order_by("rekkefolge", "pk")
    mitt = FilteredRelation("valg", condition=Q(valg__plan=plan))
    funnet = omraader.annotate(mitt=mitt, mitt_valg=F("mitt__valgt"), mitt_pk=F("mitt__pk"))
    return [med_valg(o, {o.pk: o.mitt_valg} if o.mitt_pk else {}) for o in funnet]


def med_valg(omraade: Innsatsomraade, valg: Mapping[int, bool | None]) -> Innsatsomraade:
    """A copy of the area with a plan's choice as `valgt` (a kjernegrep is always chosen), and whether the plan has a
    place for it as `plass`.
    """
    o = copy(omraade)
    o.valgt, o.plass = True if o.grep == Grep.KJERNE else valg.get(o.pk), o.pk in valg
    return o


def omraadets_mangler(valgt: bool | None, begrunnet: bool, har_tiltak: bool) -> str:
    """What is missing, as it stands after the area's name; empty when nothing is."""
    if valgt is None:
        return _("det er ikke avgjort om støttegrepet skal følges opp")
    if not valgt:
        return "" if begrunnet else _("mangler begrunnelse for at støttegrepet ikke er valgt")
    if not begrunnet and not har_tiltak:
        return _("mangler begrunnelse og tiltak")
    if not begrunnet:
        return _("mangler begrunnelse")
    return "" if har_tiltak else _("mangler tiltak")


def _paaminnelser(tiltak: list[Tiltak]) -> Iterator[Mangel]:
    i_arbeid = [t for t in tiltak if t.status not in (Tiltakstatus.GJENNOMFORT, Tiltakstatus.AVBRUTT)]
    if i_arbeid and all(t.vei == Vei.ANSKAFFE for t in i_arbeid):
        tekst = _("Alle tiltakene går ut på å anskaffe (rekruttere). Se om dere også kan beholde, mobilisere, utvikle.")
        yield Mangel(KAPITTEL_GREP, tekst, "tiltak", stopper=False)
    for hva, uten in (
        (_("ansvarlig"), [t for t in i_arbeid if t.ansvarlig_id is None]),
        (_("frist"), [t for t in i_arbeid if t.frist is None]),
    ):
        if uten:
            tekst = _("Tiltak uten %(hva)s: %(hvilke)s.") % {"hva": hva, "hvilke": _oppramsing(uten)}
            yield Mangel(KAPITTEL_GREP, tekst, "tiltak", stopper=False)


def _oppramsing(tiltak: list[Tiltak], flest: int = 3) -> str:
    """The first few by id and title, and how many more there are."""
    navn = "; ".join(f"{t.ident} {t.tittel}" for t in tiltak[:flest])
    rest = len(tiltak) - flest
    return navn if rest <= 0 else _("%(navn)s og %(rest)s til") % {"navn": navn, "rest": rest}
