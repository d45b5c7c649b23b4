"""Writes to the log of what no row's own history tells."""

import json
from collections.abc import Iterable

from django.utils import timezone

from organisasjon.models import Bruker, Hendelse


def skriv_hendelse(
    *,
    slag: str,
    hva: str,
    hendelse: str,
    utfoert_av: Bruker | None,
    endringer: Iterable[tuple[str, str, str]] = (),
) -> Hendelse:
    """Keep that somebody (None: the command line) did something. Call inside the transaction that does it.

    `slag` is the key of a registered kind of log entry; `endringer` are (field, before, after), as people read them.
    """
    innhold = {"hva": str(hva), "hendelse": str(hendelse), "endringer": [[str(d) for d in e] for e in endringer]}
    rad = Hendelse(
        tid=timezone.now(), utfoert_av=utfoert_av, slag=slag, innhold=json.dumps(innhold, ensure_ascii=False)
    )
    rad.full_clean()
    rad.save()
    return rad
