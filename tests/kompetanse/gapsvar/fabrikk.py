"""Dull factories: a round, an analysis in work, its rows; and the extract they are filled in from."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from analyse.models import Uttrekk
from kompetanse.enums import Gapradslag, Gapstatus, Rundestatus
from kompetanse.forms.gapskjema import Svarskjema
from kompetanse.gap.regning import HORISONTER
from kompetanse.models import Gapanalyse, Gaprad, Gaprunde
from organisasjon.models import Enhet
from tests.fabrikk import Kommunetre, lag_uttrekk

NAA = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
DAG = date(2026, 3, 2)


def lag_runde(aar: int = 2026, **felt: Any) -> Gaprunde:
    """An open round."""
    standard = {"navn": f"Gapanalyser {aar}", "frist": date(2099, 1, 1), "status": Rundestatus.AAPEN}
    return Gaprunde.objects.create(aar=aar, **(standard | felt))


def lag_analyse(runde: Gaprunde, *enheter: Enhet, **felt: Any) -> Gapanalyse:
    """An analysis of the units, as HR makes it: without rows."""
    analyse = Gapanalyse.objects.create(runde=runde, **({"navn": enheter[0].navn} | felt))
    analyse.enheter.set(enheter)
    return analyse


def lag_rad(analyse: Gapanalyse, navn: str = "Sykepleiere", **felt: Any) -> Gaprad:
    """A row of a position group; the analysis is put in work."""
    Gapanalyse.objects.filter(pk=analyse.pk, status=Gapstatus.IKKE_BEGYNT).update(status=Gapstatus.I_ARBEID)
    analyse.refresh_from_db()
    standard = {
        "slag": Gapradslag.STILLING,
        "gruppe": navn,
        "har": 40,
        "har_aarsverk": 32,
        "nummer": Gaprad.alle.count(),
    }
    return Gaprad.objects.create(analyse=analyse, navn=navn, **(standard | felt))


def lag_besvart(analyse: Gapanalyse, navn: str = "Sykepleiere", trenger: int = 50, **felt: Any) -> Gaprad:
    """A row that nothing is missing from."""
    svar = {f"trenger_{om}": trenger for om in HORISONTER} | {"spesiell": False, "kritisk": 3, "besvart": NAA}
    return lag_rad(analyse, navn, **(svar | {"avgang_5": 10} | felt))


def folk(enhet: Enhet, stillinger: Iterable[tuple[str, int]], foerste: int = 1, **felt: Any) -> list[dict[str, Any]]:
    """Rows of an extract: so many in each position, born 1970 unless said otherwise."""
    titler = [tittel for tittel, antall in stillinger for _nr in range(antall)]
    standard = {"enhet": enhet, "fodt": date(1970, 1, 1), "prosent": 80.0}
    return [standard | {"person": nr, "stilling": tittel} | felt for nr, tittel in enumerate(titler, foerste)]


def med_uttrekk(tre: Kommunetre, ekstra: Iterable[dict[str, Any]] = ()) -> Uttrekk:
    """An extract of Hjemmetjenesten (ten sykepleiere, four helsefagarbeidere, one kontor, one leader) and a year of
    leaving elsewhere: half of those between 55 and 64 left.
    """
    rader = folk(tre.hjemmetjenesten, [("Sykepleier", 10), ("Helsefagarbeider", 4), ("Sekretær", 1)])
    eldre = folk(tre.sykehjemmet, [("Sykepleier", 20)], 100, fodt=date(1965, 1, 1))
    for rad in eldre[:10]:
        rad |= {"slutt": date(2025, 1, 1), "kategori": "sluttet"}
    return lag_uttrekk([*rader, *eldre, *ekstra])


def data_fra(skjema: Svarskjema, **svar: Any) -> dict[str, Any]:
    """What a browser sends for the form as it was shown, with some answers changed."""
    felter = skjema.naa | {n: skjema.initial[n] for n in ("laas", "grunnlag")} | svar
    ut = {skjema.add_prefix(f): v for f, v in felter.items()}
    veier = skjema.add_prefix("veier")
    if veier in ut and isinstance(ut[veier], str):
        ut[veier] = [v for v in ut[veier].split(",") if v]
    return {n: v for n, v in ut.items() if v not in ("", [])} | {
        skjema.add_prefix(f): "" for f, v in svar.items() if v == ""
    }
