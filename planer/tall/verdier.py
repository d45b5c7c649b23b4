"""What the figures of a plan are worth: in the plan's extract, in a newer one, and when the plan was adopted.

Small numbers are shown unprotected only for units within the plan's own scope, to those who may see them there. All
other figures are those that readers of published reports see.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from analyse.models import Uttrekk
from analyse.rapporter import RAPPORTER
from analyse.rapporter.resultat import SKJULT, Resultat, Tabell
from analyse.services.samleoppslag import hent_mange
from analyse.visning.celler import tekst
from felles.tall import dato_lang
from organisasjon.enhetstre import i_tre
from organisasjon.models import Enhet
from organisasjon.queries import kommune
from planer.models import Plan, Tallreferanse

SUM = "sum"


@dataclass(frozen=True)
class Planverdi:
    """A figure as it is shown: its value ('' when it no longer exists), why not, and a newer value when it differs."""

    tall: Tallreferanse
    verdi: str
    problem: str = ""
    nyere: str = ""
    uttrekk_dato: date | None = None
    nyere_dato: date | None = None
    frosset: bool = False

    @property
    def finnes(self) -> bool:
        return not self.problem

    @property
    def kilde(self) -> str:
        """What it is and where it comes from, in words that stand alone."""
        return ", ".join([self.tall.tekst, *self._fra()])

    @property
    def hentet_fra(self) -> str:
        """Where it comes from."""
        tekst_ = ", ".join(self._fra())
        return tekst_[:1].upper() + tekst_[1:]

    def _fra(self) -> list[str]:
        rapport, deler = RAPPORTER.get(self.tall.rapport), []
        if rapport:
            deler.append(_("rapporten %(navn)s") % {"navn": rapport.tittel})
        if self.uttrekk_dato:
            deler.append(_("uttrekk %(dag)s") % {"dag": dato_lang(self.uttrekk_dato)})
        return deler


def tall_i_plan(plan: Plan, uprikket: bool) -> list[Planverdi]:
    """The figures of the plan in the order they were made. About eight queries, however many figures."""
    referanser = list(plan.tall.select_related("enhet", "frosset_uttrekk"))
    if not referanser:
        return []
    if not plan.er_aapen:
        return [_frosset(t, uprikket) for t in referanser]
    return _levende(plan, referanser, uprikket)


def _frosset(tall: Tallreferanse, uprikket: bool) -> Planverdi:
    verdi = tall.frosset if uprikket else tall.frosset_prikket
    dag = tall.frosset_uttrekk.dato if tall.frosset_uttrekk else None
    problem = "" if verdi else _("Tallet fantes ikke da planen ble vedtatt.")
    return Planverdi(tall, verdi, problem, uttrekk_dato=dag, frosset=True)


def _levende(plan: Plan, referanser: list[Tallreferanse], uprikket: bool) -> list[Planverdi]:
    if plan.uttrekk is None:
        grunn = _("Planen har ikke noe uttrekk. Velg et på siden for tall i planen.")
        return [Planverdi(t, "", grunn) for t in referanser]
    aapne = enheter_i_omfang(plan) if uprikket else frozenset()
    nyest = nyeste_uttrekk()
    verdier = {}
    for prikket in (False, True):
        gruppe = [t for t in referanser if (t.enhet_id not in aapne) == prikket]
        verdier |= _gruppe(gruppe, plan.uttrekk, nyest[prikket], prikket)
    return [verdier[t.pk] for t in referanser]


def nyeste_uttrekk() -> dict[bool, Uttrekk | None]:
    """The newest extract, and (True) the newest that readers may see. One query."""
    alle = list(Uttrekk.objects.order_by("-dato").only("pk", "dato", "publisert", "rader_slettet"))
    return {False: next(iter(alle), None), True: next((u for u in alle if u.publisert), None)}


def enheter_i_omfang(plan: Plan) -> frozenset[int]:
    """Ids of the plan's units and all beneath them; all units for a temaplan."""
    foreldre = dict(Enhet.objects.order_by().values_list("pk", "parent_id"))
    if plan.er_temaplan:
        return frozenset(foreldre)
    roetter = {o.enhet_id for o in plan.omfang.all()}
    return frozenset(pk for pk in foreldre if roetter & _opp(pk, foreldre))


def _opp(pk: int, foreldre: dict[int, int | None]) -> set[int]:
    ut: set[int] = set()
    naa: int | None = pk
    while naa and naa not in ut:
        ut.add(naa)
        naa = foreldre.get(naa)
    return ut


def _gruppe(
    referanser: list[Tallreferanse], uttrekk: Uttrekk, nyest: Uttrekk | None, prikket: bool
) -> dict[int, Planverdi]:
    """Values of figures with the same protection. Readers see nothing of extracts that are not published."""
    if not referanser:
        return {}
    if prikket and not uttrekk.publisert:
        return {t.pk: Planverdi(t, SKJULT, uttrekk_dato=uttrekk.dato) for t in referanser}
    nyere = nyest if nyest and nyest.dato > uttrekk.dato else None
    uttrekkene = [uttrekk, nyere] if nyere else [uttrekk]
    onsker = {(u.pk, t.enhet_id, t.rapport) for u in uttrekkene for t in referanser}
    enheter = {t.enhet_id: t.enhet for t in referanser}
    resultater = hent_mange(uttrekk=uttrekkene, onsker=onsker, prikket=prikket, enheter=enheter)
    tabeller = {n: {t.nokkel: t for t in RAPPORTER[n[2]].tabeller(r)} for n, r in resultater.items()}
    return {t.pk: _verdi(t, uttrekk, nyere, tabeller) for t in referanser}


def _verdi(tall: Tallreferanse, uttrekk: Uttrekk, nyere: Uttrekk | None, tabeller: dict) -> Planverdi:
    naa = _finn(tall, tabeller.get((uttrekk.pk, tall.enhet_id, tall.rapport)))
    if naa is None:
        return Planverdi(tall, "", _hvorfor(tall, uttrekk, tabeller), uttrekk_dato=uttrekk.dato)
    ny = _finn(tall, tabeller.get((nyere.pk, tall.enhet_id, tall.rapport))) if nyere else None
    endret = ny is not None and ny != naa
    return Planverdi(
        tall,
        naa,
        nyere=ny if endret else "",
        uttrekk_dato=uttrekk.dato,
        nyere_dato=nyere.dato if endret and nyere else None,
    )


def _hvorfor(tall: Tallreferanse, uttrekk: Uttrekk, tabeller: dict) -> str:
    dag = {"dag": dato_lang(uttrekk.dato), "rad": tall.rad, "enhet": tall.enhet.navn}
    if tall.rapport not in RAPPORTER:
        return _("Rapporten finnes ikke lenger.")
    if (uttrekk.pk, tall.enhet_id, tall.rapport) not in tabeller:
        return _("%(enhet)s er ikke med i uttrekket %(dag)s, eller personradene er slettet.") % dag
    return _("Raden «%(rad)s» er ikke med i rapporten fra uttrekket %(dag)s.") % dag


def _finn(tall: Tallreferanse, tabeller: dict[str, Tabell] | None) -> str | None:
    """The cell as it is read, or None."""
    tabell = (tabeller or {}).get(tall.tabell)
    kolonne = next((k for k in tabell.kolonner if k.nokkel == tall.kolonne), None) if tabell else None
    rad = finn_rad(tabell, tall.rad) if kolonne else None
    verdi = rad.get(tall.kolonne) if rad else None
    return None if verdi is None or verdi == "" else tekst(verdi, kolonne.format)


def finn_rad(tabell: Tabell, navn: str) -> dict | None:
    """The row whose first column says so; «sum» is the sum row."""
    if navn == SUM:
        return tabell.sum or None
    foerste = tabell.kolonner[0].nokkel
    return next((r for r in tabell.rader if str(r.get(foerste) or "") == navn), None)


def regn_ut(plan: Plan, referanser: Iterable[Tallreferanse], prikket: bool) -> dict[int, str]:
    """Values to freeze, in the plan's extract: for readers without (prikket) or with small numbers. '' = not there."""
    referanser = list(referanser)
    if plan.uttrekk is None:
        return {t.pk: "" for t in referanser}
    aapne = frozenset() if prikket else enheter_i_omfang(plan)
    vernet = [t for t in referanser if t.enhet_id not in aapne]
    verdier = _gruppe(vernet, plan.uttrekk, None, True)
    verdier |= _gruppe([t for t in referanser if t.enhet_id in aapne], plan.uttrekk, None, False)
    return {pk: v.verdi for pk, v in verdier.items()}


def resultater_for(
    plan: Plan, enhet: Enhet, uprikket: bool, sluger: Collection[str] = RAPPORTER
) -> dict[str, Resultat]:
    """Reports of the unit in the plan's extract, protected where a figure in the plan would be. {} = none."""
    if plan.uttrekk is None:
        return {}
    prikket = not (uprikket and enhet.pk in enheter_i_omfang(plan))
    if prikket and not plan.uttrekk.publisert:
        return {}
    onsker = {(plan.uttrekk_id, enhet.pk, slug) for slug in sluger}
    funnet = hent_mange(uttrekk=[plan.uttrekk], onsker=onsker, prikket=prikket, enheter={enhet.pk: enhet})
    return {slug: funnet[n] for slug in sluger if (n := (plan.uttrekk_id, enhet.pk, slug)) in funnet}


def enheter_for(plan: Plan) -> list[Enhet]:
    """Units that figures can be picked from, as a tree: the plan's own with what is beneath, and the municipality."""
    if plan.er_temaplan:
        return i_tre(Enhet.objects.filter(gyldig_til__isnull=True))
    rot = kommune()
    egne = Q(pk__in=enheter_i_omfang(plan)) | Q(pk=rot.pk if rot else None)
    return i_tre(Enhet.objects.filter(egne))
