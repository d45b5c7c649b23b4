"""All reports, in the order they are shown. A report that is not in this list does not exist."""

from analyse.rapporter.aldersrisiko import Aldersrisiko
from analyse.rapporter.ansiennitet import Ansiennitet
from analyse.rapporter.base import Rapport
from analyse.rapporter.heltid import Heltid
from analyse.rapporter.kjoenn import Kjoenn
from analyse.rapporter.ledere import Ledere
from analyse.rapporter.lederspenn import Lederspenn
from analyse.rapporter.stillingsstoerrelse_alder import StillingsstoerrelseAlder
from analyse.rapporter.turnover import Turnover
from analyse.rapporter.utdanning import Utdanning

_ALLE: tuple[Rapport, ...] = (
    Lederspenn(),
    Ledere(),
    StillingsstoerrelseAlder(),
    Turnover(),
    Aldersrisiko(),
    Heltid(),
    Kjoenn(),
    Utdanning(),
    Ansiennitet(),
)
RAPPORTER: dict[str, Rapport] = {rapport.slug: rapport for rapport in _ALLE}
