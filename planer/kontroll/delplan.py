"""What a delplan still lacks, each thing named so that it can be found and mended."""

from collections.abc import Iterator

from django.db.models import F, FilteredRelation, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lat

from felles.norsk import brett
from kompetanse.enums import Vei
from planer.enums import Deltakerrolle, Grep, Planslag, Tiltakstatus
from planer.kontroll.mangel import Mangel
from planer.models import Innsatsomraade, Plan, Seksjon, Tiltak

KAPITTEL_GREP = 4
# The first line of a text that was filled in as a suggestion. While it stands, nobody has read the text through.
UTKASTMERKE = _lat("Forslag fra det som er kjent.")


def mangler(plan: Plan) -> list[Mangel]:
    """Scope and people, sections nobody has written in, each innsatsområde, and reminders about the tiltak.

    A template lacks nothing: what it leaves open is for the plans made from it. Six queries.
    """
    if plan.slag == Planslag.MAL:
        return []
    seksjoner, tiltak = list(plan.seksjoner.all()), list(plan.tiltak.order_by("ident"))
    return [*_ramme(plan), *_tekster(plan, seksjoner), *_grep(plan, seksjoner, tiltak), *_paaminnelser(tiltak)]


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
    """Texts that are not written, are still a suggestion, or stand as they were copied. A template may hold wording
    that is right for all, so the last is a reminder.
    """
    kopiert = plan.opphav_id is not None and plan.revisjon_av_id is None
    merke = brett(str(UTKASTMERKE))
    for s in seksjoner:
        anker = f"seksjon-{s.nokkel}"
        if s.paakrevd and s.omraade_id is None and s.er_tom:
            yield Mangel(s.kapittel, _("«%(navn)s» er ikke skrevet.") % {"navn": s.overskrift}, anker)
        elif merke in s.sok:
            tekst = _("«%(navn)s» er fortsatt et forslag. Les gjennom, rett, og slett forslagslinjen.")
            yield Mangel(s.kapittel, tekst % {"navn": s.overskrift}, anker)
        elif kopiert and s.lopenummer == 1 and not s.er_tom:
            tekst = _("«%(navn)s» står slik den ble kopiert. Skriv det som gjelder hos dere.")
            yield Mangel(s.kapittel, tekst % {"navn": s.overskrift}, anker, stopper=False)


def _grep(plan: Plan, seksjoner: list[Seksjon], tiltak: list[Tiltak]) -> Iterator[Mangel]:
    """A kjernegrep, or a støttegrep that is chosen, has a justification and at least one tiltak that is not stopped.
    A støttegrep is decided on; that one which is not chosen says why, is a reminder.
    """
    skrevet = {s.omraade_id for s in seksjoner if s.omraade_id and not s.er_tom}
    med_tiltak = {t.omraade_id for t in tiltak if t.status != Tiltakstatus.AVBRUTT}
    for o in omraader_med_valg(plan):
        if hva := omraadets_mangler(o.valgt, o.pk in skrevet, o.pk in med_tiltak):
            tekst = f"{o.nummer} {o.tittel}: {hva}."
            yield Mangel(KAPITTEL_GREP, tekst, f"grep-{o.nokkel}", stopper=o.valgt is not False)


def omraader_med_valg(plan: Plan) -> list[Innsatsomraade]:
    """The temaplan's areas in their order, each with the plan's choice as `valgt` (a kjernegrep is always chosen) and
    whether the plan has a place for it as `plass`. One query.
    """
    omraader = Innsatsomraade.objects.filter(plan_id=plan.temaplan_id).order_by("rekkefolge", "pk")
    mitt = FilteredRelation("valg", condition=Q(valg__plan=plan))
    funnet = list(omraader.annotate(mitt=mitt, mitt_valg=F("mitt__valgt"), mitt_pk=F("mitt__pk")))
    for o in funnet:
        o.valgt, o.plass = True if o.grep == Grep.KJERNE else o.mitt_valg, o.mitt_pk is not None
    return funnet


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
