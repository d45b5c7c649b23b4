"""What the plans offer to the gap analyses, which lie on a floor beneath: delplaner as scope, and who wants e-mail."""

from collections.abc import Collection

from django.urls import reverse

from felles.norsk import sorteringsnokkel
from kompetanse.kilder import Delplanvalg, Epostvalg, meld_delplaner, meld_epostvalg
from organisasjon.models import Bruker
from planer.models import Plan, Varselvalg
from planer.varsling import avmeldingsnokkel


def meld() -> None:
    """Register both."""
    meld_delplaner(delplaner_i_bruk)
    meld_epostvalg(Epostvalg(reserverte, avmelding))


def delplaner_i_bruk() -> list[Delplanvalg]:
    """The living delplaner that cover something, by name. Two queries."""
    planer = Plan.objects.delplaner().levende().prefetch_related("omfang").order_by("pk")
    valg = [Delplanvalg(p.tittel, p.stamme, frozenset(o.enhet_id for o in p.omfang.all())) for p in planer]
    return sorted((v for v in valg if v.enheter), key=lambda v: (sorteringsnokkel(v.navn), str(v.stamme)))


def reserverte(brukere: Collection[int]) -> set[int]:
    """Those who have turned off e-mail from the product. One query."""
    valg = Varselvalg.objects.filter(bruker__in=brukere, epost=False).order_by()
    return set(valg.values_list("bruker_id", flat=True))


def avmelding(bruker: Bruker) -> str:
    """Where the person turns it off, without logging in."""
    return reverse("planer:avmeld", args=[avmeldingsnokkel(bruker)])
