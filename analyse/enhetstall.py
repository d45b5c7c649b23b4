"""Number of employees per unit for the organisation pages, read from the kept leader-span report."""

from analyse.models import Rapportresultat
from organisasjon.enums import Enhetstype


def ansattall() -> dict[int, int]:
    """Unit id → employees in the latest extract: the municipality, sectors, units and departments. One query."""
    beholdt = (
        Rapportresultat.objects.filter(slug="lederspenn", prikket=False, enhet__type=Enhetstype.KOMMUNE)
        .order_by("-uttrekk__dato", "-til", "-fra")
        .values_list("enhet_id", "data")
        .first()
    )
    if beholdt is None:
        return {}
    rot, data = beholdt
    enheter, avdelinger = data["tillegg"].get("per_enhet", []), data["tillegg"].get("per_avdeling", [])
    sektorer = {rad["sektor"]: rad["sektor_id"] for rad in enheter}
    tall = {sektorer.get(rad["sektor"]): rad["ansatte"] for rad in data["rader"] if rad["sektor"]}
    tall |= {rad["enhet_id"]: rad["ansatte"] for rad in [*enheter, *avdelinger]}
    tall[rot] = data["sum"].get("ansatte")
    return {pk: antall for pk, antall in tall.items() if pk and antall is not None}
