"""The tiltak of a plan as plain values."""

from datetime import date
from typing import Any

from django.db.models import Prefetch

from organisasjon.models import Bruker, Rolletildeling
from planer.models import Plan, Tiltak


def tiltak_i(plan: Plan, *, uprikket: bool) -> list[dict[str, Any]]:
    """Every tiltak, by innsatsområde and id. The protected edition says the responsible's role, not name."""
    roller = Prefetch("ansvarlig__roller", Rolletildeling.objects.select_related("enhet").order_by("pk"))
    rader = plan.tiltak.select_related("omraade", "ansvarlig").prefetch_related(roller)
    return [_tiltak(t, uprikket) for t in sorted(rader, key=_orden)]


def _orden(tiltak: Tiltak) -> tuple[int, str]:
    return tiltak.omraade.rekkefolge, tiltak.ident


def _tiltak(t: Tiltak, uprikket: bool) -> dict[str, Any]:
    return {
        "ident": t.ident,
        "tittel": t.tittel,
        "hva": t.hva,
        "omraade": t.omraade.nokkel,
        "omraade_nummer": t.omraade.nummer,
        "omraade_tittel": t.omraade.tittel,
        "hovedmaal": t.hovedmaal,
        "hovedmaal_navn": str(t.get_hovedmaal_display()),
        "vei": t.vei,
        "vei_navn": str(t.get_vei_display()),
        "ansvarlig": str(t.ansvarlig) if uprikket and t.ansvarlig else "",
        "ansvarlig_rolle": rolle_til(t.ansvarlig),
        "deltakere": t.deltakere if uprikket else "",
        "start": _dag(t.start),
        "frist": _dag(t.frist),
        "status": t.status,
        "status_navn": str(t.get_status_display()),
        "statusgrunn": t.statusgrunn if uprikket else "",
        "kostnad": int(t.kostnad) if t.kostnad is not None else None,
        "finansiering": t.finansiering,
        "soknadsfrist": _dag(t.soknadsfrist),
        "kriterie_resultat": t.kriterie_resultat,
        "kriterie_prosess": t.kriterie_prosess,
        "maalenhet": t.maalenhet,
        "nullpunkt": _tall(t.nullpunkt),
        "maaltall": _tall(t.maaltall),
    }


def rolle_til(bruker: Bruker | None) -> str:
    """«Enhetsleder, Hjemmetjenesten»: the person's first role, or nothing. Reads prefetched roles."""
    rolle = next(iter(bruker.roller.all()), None) if bruker else None
    return f"{rolle.get_rolle_display()}, {rolle.enhet.navn}" if rolle else ""


def _dag(dag: date | None) -> str:
    return dag.isoformat() if dag else ""


def _tall(verdi: Any) -> str:
    """A decimal as the shortest text that says the same: «12.5», so that JSON keeps it exactly."""
    return "" if verdi is None else f"{verdi.normalize():f}"
