"""The employment rows of an extract, written around the ORM: COPY on PostgreSQL, executemany on SQLite."""

from collections.abc import Callable, Iterable
from datetime import date
from itertools import islice
from typing import Any

from django.db import connection

from analyse.innlesing.liste import Ansattliste, Kodet
from analyse.innlesing.plan import Plan, avdeling_per_rad, enhet_per_rad

KOLONNER = (
    "uttrekk_id", "person", "fodt", "kjonn", "enhet_id", "avdeling_id", "stilling_id", "kategori_id", "tjeneste_id",
    "prosent", "start", "slutt", "utdanning",
)  # fmt: skip
BOLK = 20_000


def skriv_ansettelser(*, uttrekk_id: int, plan: Plan, ider: dict[str, int], stillinger: dict[str, int],
                      kategorier: dict[str, int], tjenester: dict[str, int]) -> None:  # fmt: skip
    """Insert all rows of the plan. Runs in the caller's transaction."""
    liste = plan.liste
    postgres = connection.vendor == "postgresql"
    tekst = _kopitekst if postgres else str
    rader = zip(
        [uttrekk_id] * liste.rader,
        liste.person.tolist(),
        liste.fodt.liste(_dato),
        liste.kjonn.liste(str),
        enhet_per_rad(plan, ider).tolist(),
        [a or None for a in avdeling_per_rad(plan, ider).tolist()],
        liste.stilling.liste(stillinger.get),
        liste.kategori.liste(kategorier.get),
        _valgfri(liste, liste.tjeneste, lambda t: tjenester.get(t), None),
        liste.prosent.tolist(),
        liste.start.liste(_dato),
        liste.slutt.liste(_dato),
        _valgfri(liste, liste.utdanning, tekst, ""),
        strict=True,
    )
    if postgres:
        _copy(rader)
    else:
        _executemany(rader)


def _dato(dag: date | None) -> str | None:
    return dag.isoformat() if dag else None


def _valgfri(liste: Ansattliste, kodet: Kodet | None, om: Callable[[Any], Any], tom: Any) -> list[Any]:
    return kodet.liste(om) if kodet is not None else [tom] * liste.rader


def _kopitekst(verdi: str) -> str:
    """Text escaped for COPY."""
    return verdi.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def _copy(rader: Iterable[tuple]) -> None:
    sql = f"COPY analyse_ansettelse ({', '.join(KOLONNER)}) FROM STDIN"
    with connection.cursor() as peker, peker.copy(sql) as kopi:
        while bolk := list(islice(rader, BOLK)):
            linjer = ("\t".join(["\\N" if v is None else str(v) for v in rad]) for rad in bolk)
            kopi.write("\n".join(linjer) + "\n")
    with connection.cursor() as peker:
        # Until the planner knows the new rows, a narrowed report is planned as if there were few: minutes, not
        # seconds, at 250 000 rows. Only the columns that rows are picked by.
        peker.execute("ANALYZE analyse_ansettelse (uttrekk_id, person, enhet_id, avdeling_id)")


def _executemany(rader: Iterable[tuple]) -> None:
    sql = f"INSERT INTO analyse_ansettelse ({', '.join(KOLONNER)}) VALUES ({', '.join('?' * len(KOLONNER))})"  # noqa: S608
    with connection.cursor() as peker:
        # The raw driver: Django's wrapper would format every parameter.
        peker.connection.executemany(sql, rader)


def slett_ansettelser(uttrekk_id: int) -> int:
    """Delete the rows of an extract; how many there were."""
    with connection.cursor() as peker:
        peker.execute("DELETE FROM analyse_ansettelse WHERE uttrekk_id = %s", [uttrekk_id])
        return peker.rowcount
