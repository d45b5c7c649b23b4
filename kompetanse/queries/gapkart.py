"""All analyses of the municipality at a glance, and what changes with all that is decided from them: the stamps of
what is kept in memory or drawn ahead.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Case, Subquery, When
from django.db.models.expressions import RawSQL

from analyse.models import Ansattkategori, Stilling, Uttrekk
from kompetanse.enums import Gapstatus, Rundestatus
from kompetanse.models import Gapanalyse, Gaprunde
from organisasjon.models import Enhet, Hendelse


def som_merke(*uttrykk: str) -> str:
    """SQL for the values in one text."""
    return " || ',' || ".join(f"coalesce(CAST({u} AS varchar(200)), '')" for u in uttrykk)


def fra_tabell(tabell: str, *uttrykk: str, der: str = "") -> str:
    """SQL for several values of one table in one text: planned once, which takes longer than to read it."""
    return f"(SELECT {som_merke(*uttrykk)} FROM {tabell}{f' WHERE {der}' if der else ''})"  # noqa: S608 - all of it ours


# What the decision is made from besides the analyses: extracts, what they are counted with, and the units they are
# counted in. An extract that comes or goes leaves a line in the log, so no stamp comes back when it is undone. Of two
# who write at once, the one with the lower number may be last to be seen: so the rows are counted too.
_GRUNNLAG = (
    fra_tabell("{uttrekk}", "max(id)", "count(*)", "count(rader_slettet)"),
    fra_tabell("{hendelser}", "max(id)", "count(*)", der="slag = 'uttrekk'"),
    fra_tabell("{stillingshistorie}", "max(history_id)", "count(*)"),
    fra_tabell("{stillinger}", "max(id)", "count(*)"),
    fra_tabell("{kategorihistorie}", "max(history_id)", "count(*)"),
    fra_tabell("{enhetshistorie}", "max(history_id)", "count(*)"),
)
# The analyses of all rounds that are counted together: which there are, and of which units.
_ANALYSER = (
    fra_tabell("{analyser}", "max(id)", "count(*)", "count(CASE WHEN status = '{ikke_begynt}' THEN 1 END)"),
    fra_tabell("{analyseenheter}", "max(id)", "count(*)"),
    fra_tabell("{runder}", "count(*)", der="status <> '{utkast}'"),
)
_NAVN = {
    "uttrekk": Uttrekk._meta.db_table,
    "hendelser": Hendelse._meta.db_table,
    "stillinger": Stilling._meta.db_table,
    "stillingshistorie": Stilling.historie.model._meta.db_table,
    "kategorihistorie": Ansattkategori.historie.model._meta.db_table,
    "enhetshistorie": Enhet.historie.model._meta.db_table,
    "analyser": Gapanalyse._meta.db_table,
    "analyseenheter": Gapanalyse.enheter.through._meta.db_table,
    "runder": Gaprunde._meta.db_table,
    "ikke_begynt": Gapstatus.IKKE_BEGYNT.value,
    "utkast": Rundestatus.UTKAST.value,
}

# What changes when the decision may, for the stamps of finished pages.
MERKEFELT = tuple(u.format(**_NAVN) for u in (*_GRUNNLAG, *_ANALYSER))
_GRUNNLAGSMERKE = som_merke(*MERKEFELT[: len(_GRUNNLAG)])


@dataclass(frozen=True)
class Kartanalyse:
    """An analysis on the map: its round, its units, where it stands, and the day of the extract it is filled in from
    (None when there is none).
    """

    runde: int
    navn: str
    status: str
    dato: date | None
    enheter: frozenset[int]

    @property
    def innhold(self) -> tuple:
        """What of it the decision depends on."""
        return self.runde, self.status == Gapstatus.IKKE_BEGYNT, sorted(self.enheter)


@dataclass(frozen=True)
class Analysekart:
    """All analyses of rounds that are or have been open, by id, and what changes with all else that is counted from."""

    analyser: dict[int, Kartanalyse] = field(default_factory=dict)
    merke: str = ""

    @classmethod
    def les(cls) -> "Analysekart":
        """An analysis that is not begun will be filled in from the round's extract, or else the newest. One query."""
        levende = Uttrekk.objects.filter(rader_slettet=None)
        rader = Gapanalyse.objects.exclude(runde__status=Rundestatus.UTKAST).order_by("pk")
        rader = rader.annotate(
            valgt=Case(When(runde__uttrekk__rader_slettet=None, then="runde__uttrekk__dato")),
            nyeste=Subquery(levende.order_by("-dato").values("dato")[:1]),
            merke=RawSQL(_GRUNNLAGSMERKE, ()),  # noqa: S611 - all of it ours
        )
        enheter: dict[int, set[int]] = defaultdict(set)
        fakta: dict[int, tuple[int, str, str, date | None]] = {}
        merke = ""
        felt = ("pk", "runde_id", "navn", "status", "arbeid__dato", "enheter__pk", "valgt", "nyeste", "merke")
        for pk, runde, navn, status, egen, enhet, valgt, nyeste, merke in rader.values_list(*felt):  # noqa: B007
            ventet = (valgt or nyeste) if status == Gapstatus.IKKE_BEGYNT else None
            fakta[pk] = (runde, navn, status, ventet or (date.fromisoformat(egen) if egen else None))
            enheter[pk] |= {enhet} - {None}
        return cls({pk: Kartanalyse(*f, frozenset(enheter[pk])) for pk, f in fakta.items()}, merke)
