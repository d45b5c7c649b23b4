"""Number of employees per unit for the organisation pages, read from the kept leader-span report."""

import json
from typing import Any

from django.core.cache import cache

from analyse.models import Rapportresultat
from organisasjon.enums import Enhetstype


def ansattall() -> dict[int, int]:
    """Unit id → employees in the latest extract: the municipality, sectors, units and departments. Nothing is computed.

    One query, one more when the kept report is not the one read last.
    """
    beholdt = (
        Rapportresultat.objects.filter(slug="lederspenn", prikket=False, enhet__type=Enhetstype.KOMMUNE)
        .order_by("-uttrekk__dato", "-til", "-fra")
        .values_list("pk", "enhet_id", "beregnet")
        .first()
    )
    if beholdt is None:
        return {}
    pk, rot, beregnet = beholdt
    nokkel = f"enhetstall:{pk}:{beregnet.timestamp()}"
    tall = cache.get(nokkel)
    if tall is None:
        data = Rapportresultat.objects.values_list("data", flat=True).get(pk=pk)
        tall = _tall(rot, json.loads(data["resultat"]))
        cache.set(nokkel, tall)
    return tall


def _tall(rot: int, data: dict[str, Any]) -> dict[int, int]:
    enheter, avdelinger = data["tillegg"].get("per_enhet", []), data["tillegg"].get("per_avdeling", [])
    sektorer = {rad["sektor"]: rad["sektor_id"] for rad in enheter}
    tall = {sektorer.get(rad["sektor"]): rad["ansatte"] for rad in data["rader"] if rad["sektor"]}
    tall |= {rad["enhet_id"]: rad["ansatte"] for rad in [*enheter, *avdelinger]}
    tall[rot] = data["sum"].get("ansatte")
    return {pk: antall for pk, antall in tall.items() if pk and antall is not None}
