"""What a merge does to the roles of the unit that closes, and how that is taken back."""

from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from organisasjon.enums import Rolle
from organisasjon.models import Bruker, Enhet, Rolletildeling
from organisasjon.queries import tilgang_for
from organisasjon.rules import kan_forvalte_rolle

FELTER_TILBAKE = ("enhet_id", "gyldig_fra", "gyldig_til")


def roller_som_flyttes(
    fra: Enhet, til: Enhet, dato: date, utfoert_av: Bruker | None, dag: date
) -> list[Rolletildeling]:
    """Roles of `fra` in force on `dato` or later, which the actor may give for both units. Nobody moves their own."""
    roller = (
        Rolletildeling.objects.filter(Q(gyldig_til__isnull=True) | Q(gyldig_til__gte=dato), enhet=fra)
        .select_related("bruker")
        .order_by("pk")
    )
    if utfoert_av is None:
        return list(roller)
    tilgang = tilgang_for(utfoert_av, dag)
    return [
        r
        for r in roller
        if r.bruker_id != utfoert_av.pk
        and all(kan_forvalte_rolle(tilgang, Rolle(r.rolle), enhet.pk) for enhet in (fra, til))
    ]


def flytt_roller(
    *, fra: Enhet, til: Enhet, dato: date, merke: str, utfoert_av: Bruker | None, dag: date
) -> list[Rolletildeling]:
    """End the roles the day before `dato` and give the same for `til` from then on. Call inside the transaction.

    `merke` ties the changes to the merge, so that `tilbakestill_roller` finds them. Returns the roles for `til`.
    """
    nye = []
    for gammel in roller_som_flyttes(fra, til, dato, utfoert_av, dag):
        ny = Rolletildeling.objects.filter(bruker=gammel.bruker, rolle=gammel.rolle, enhet=til).first()
        if ny is None:
            ny = Rolletildeling(bruker=gammel.bruker, rolle=gammel.rolle, enhet=til)
            ny.gyldig_fra, ny.gyldig_til = max(dato, gammel.gyldig_fra), gammel.gyldig_til
        else:
            ny.gyldig_fra = min(ny.gyldig_fra, max(dato, gammel.gyldig_fra))
            ny.gyldig_til = (
                None if None in (ny.gyldig_til, gammel.gyldig_til) else max(ny.gyldig_til, gammel.gyldig_til)
            )
        nye.append(_lagre(ny, merke, utfoert_av))
        if gammel.gyldig_fra < dato:
            gammel.gyldig_til = dato - timedelta(days=1)
            _lagre(gammel, merke, utfoert_av)
        else:
            _slett(gammel, merke, utfoert_av)
    return nye


def tilbakestill_roller(merker: set[str]) -> None:
    """Take back what the marked steps did to roles, where nobody has changed the role since."""
    berort = Rolletildeling.historie.filter(history_change_reason__in=merker).order_by().values("id")
    versjoner: dict[int, list] = {}
    for versjon in Rolletildeling.historie.filter(id__in=berort).order_by("history_date", "history_id"):
        versjoner.setdefault(versjon.id, []).append(versjon)
    for rekke in versjoner.values():
        if rekke[-1].history_change_reason in merker:
            _tilbake(rekke)


def _tilbake(rekke: list) -> None:
    """The newest version of a role, which the merge made, gives way to the one before it."""
    siste = rekke[-1]
    if siste.history_type == "+":
        rolle = Rolletildeling.objects.get(pk=siste.id)
        _slett(rolle, _("Tilbakestilt"), None)
        return
    rolle = Rolletildeling(pk=siste.id, bruker_id=siste.bruker_id, rolle=siste.rolle)
    for felt in FELTER_TILBAKE:
        setattr(rolle, felt, getattr(rekke[-2], felt))
    if Bruker.objects.filter(pk=rolle.bruker_id).exists():
        rolle._state.adding = siste.history_type == "-"
        rolle._change_reason = _("Tilbakestilt")
        rolle.full_clean()
        rolle.save(force_insert=siste.history_type == "-")


def _slett(rolle: Rolletildeling, merke: str, utfoert_av: Bruker | None) -> None:
    rolle._change_reason = merke
    if utfoert_av is not None:
        rolle._history_user = utfoert_av
    rolle.delete()


def _lagre(rolle: Rolletildeling, merke: str, utfoert_av: Bruker | None) -> Rolletildeling:
    rolle.full_clean()
    rolle._change_reason = merke
    if utfoert_av is not None:
        rolle._history_user = utfoert_av
    rolle.save()
    return rolle
