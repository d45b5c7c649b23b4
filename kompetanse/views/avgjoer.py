"""«Hvem avgjør?»: choose a task, and an area where it matters; get the answer in words and as a chain."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from felles.norsk import brett
from kompetanse.matrise import svar as svarregler
from kompetanse.queries.matrise import Matriselinje, gjeldende, les_bilde, matriser, saker_i_bruk
from organisasjon.enums import Handling
from organisasjon.tilgang import krever


@krever(Handling.SE_MATRISE)
@require_GET
def hvem_avgjoer(request: HttpRequest) -> HttpResponse:
    """One question at a time; the whole choice is in the address, so an answer can be sent on."""
    valg = {n: request.GET.get(n, "").replace("\x00", "") for n in ("matrise", "oppgave", "omraade")}
    alle = matriser()
    i_kraft = gjeldende(timezone.localdate(), alle)
    mulige = [m for m in alle if m.pk in i_kraft]
    valgt = next((m for m in mulige if str(m.pk) == valg["matrise"]), mulige[0] if mulige else None)
    kontekst = {"matriser": mulige, "valgt": valgt}
    if valgt:
        bilde = les_bilde(i_kraft[valgt.pk])
        kontekst |= {"bilde": bilde, **_svar(bilde.finn(valg["oppgave"]), valg["omraade"])}
    return render(request, "kompetanse/matrise/hvem_avgjoer.html", kontekst)


def _svar(linje: Matriselinje | None, omraade: str) -> dict[str, object]:
    if linje is None:
        return {}
    mulige = svarregler.omraader(linje.ansvar)
    valgt = next((o for o in mulige if brett(o) == brett(omraade)), "")
    oppgave = linje.rad.oppgave_id
    return {
        "linje": linje,
        "omraader": mulige,
        "omraade": valgt,
        "svar": svarregler.svar(linje.ansvar, valgt),
        "saker": [s for s in saker_i_bruk() if oppgave in {o.pk for o in s.oppgaver.all()}],
    }
