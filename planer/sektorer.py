"""Units gathered under their sector or staff, for lists that are narrowed to one or grouped by it. One query."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from felles.norsk import sorteringsnokkel
from organisasjon.enums import Enhetstype
from organisasjon.models import Enhet


@dataclass
class Sektorer:
    """`navn`: sector id → name; `sektor_for`: unit id → id of the sector it lies in; `enhetsnavn`: unit id → name."""

    navn: dict[int, str] = field(default_factory=dict)
    sektor_for: dict[int, int] = field(default_factory=dict)
    enhetsnavn: dict[int, str] = field(default_factory=dict)

    def enheter(self, sektor: int) -> list[int]:
        """Ids of the sector's units, itself among them."""
        return [enhet for enhet, eier in self.sektor_for.items() if eier == sektor]

    def valg(self) -> list[tuple[int, str]]:
        """(id, name) by name."""
        return sorted(self.navn.items(), key=lambda v: (sorteringsnokkel(v[1]), v[0]))

    def av(self, enheter: Iterable[int]) -> set[int]:
        """The sectors that these units lie in."""
        return {self.sektor_for[e] for e in enheter if e in self.sektor_for}


def les_sektorer() -> Sektorer:
    """All units by sector. Where a municipality has no sectors, its units right under the top count as such."""
    rader = list(Enhet.objects.order_by().values_list("pk", "parent_id", "type", "navn"))
    over = {pk: forelder for pk, forelder, _type, _navn in rader}
    rot = next((pk for pk, forelder, _type, _navn in rader if forelder is None), None)
    topp = {pk: navn for pk, forelder, _type, navn in rader if forelder == rot and forelder is not None}
    ekte = {pk: navn for pk, _f, type_, navn in rader if type_ in (Enhetstype.SEKTOR, Enhetstype.STAB)}
    sektorer = Sektorer(ekte or topp, {}, {pk: navn for pk, _f, _t, navn in rader})
    for pk in over:
        node, steg = pk, 0
        while node is not None and node not in sektorer.navn and steg < 50:
            node, steg = over.get(node), steg + 1
        if node in sektorer.navn:
            sektorer.sektor_for[pk] = node
    return sektorer
