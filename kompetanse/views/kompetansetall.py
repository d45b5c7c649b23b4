"""Counts of competence per unit: everybody with gap analyses in scope sees them, small numbers by right."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from felles.tall import tusen
from kompetanse.models import Kompetanse
from kompetanse.queries.kompetansetall import kompetansetall_for, nyeste_innlesinger
from kompetanse.queries.ledere import Enhetskart
from kompetanse.tallvern import skjulte
from kompetanse.views.filer import csvsvar, xlsxsvar
from kompetanse.visning.kompetansetall import (
    Tallinje,
    eksporttabell,
    er_gammel,
    etter_kompetanse,
    les_valg,
    ordnet,
    tallbilde,
)
from organisasjon.enums import Handling
from organisasjon.sider import side_av
from organisasjon.tilgang import krever

PER_SIDE = 25


@dataclass(frozen=True)
class Omfang:
    """The counts a person sees, and the units they lie in."""

    linjer: list[Tallinje]
    kart: Enhetskart


@krever(Handling.SE_GAP)
@require_GET
def kompetansetall(request: HttpRequest) -> HttpResponse:
    """The newest counts of each source in own scope."""
    valg, omfang, idag = les_valg(request.GET), _omfang(request), timezone.localdate()
    valgte = [x for x in omfang.linjer if valg.slipper(x)]
    alle_synlige = all(x.synlig for x in omfang.linjer)
    samlet = alle_synlige and valg.etter != "enhet"
    rader = etter_kompetanse(valgte, omfang.kart.over, valg.sortering) if samlet else ordnet(valgte, valg.sortering)
    kontekst = {
        "side": side_av(request, rader, PER_SIDE),
        "samlet": samlet,
        "antall": len(valgte),
        "valg": valg,
        "valgt_kompetanse": next((x.kompetanse for x in valgte if valg.kompetanse), ""),
        "bilde": tallbilde(omfang.linjer, omfang.kart.over),
        "sektorer": sorted({x.sektor for x in omfang.linjer}),
        "kilder": [(i, er_gammel(i.dato, idag)) for i in nyeste_innlesinger()],
        "alle": len(omfang.linjer),
        "alle_synlige": alle_synlige,
        "kan_lese_inn": request.tilgang.kan(Handling.FORVALTE_GAP),
        "sporring": request.GET.urlencode(),
    }
    return render(request, "kompetanse/kompetansetall/liste.html", kontekst)


@krever(Handling.SE_GAP)
@require_GET
def eksport(request: HttpRequest, format_: str) -> HttpResponse:
    """The list as a file, with the same choices and the same protection as the page."""
    valg, linjer = les_valg(request.GET), _omfang(request).linjer
    tabell = eksporttabell(ordnet((x for x in linjer if valg.slipper(x)), valg.sortering))
    tittel = f"{_('Kompetansetall')} {timezone.localdate()}"
    if format_ == "csv":
        return csvsvar(tittel, [tabell])
    kilder = "; ".join(
        f"{i.kilde} {i.dato:%d.%m.%Y} ({tusen(i.tellinger.get('tall', 0))})" for i in nyeste_innlesinger()
    )
    metode = [
        (_("Kilde"), kilder),
        (_("Tallene er"), _("Hvor mange i hver enhet som har kompetansen. En person kan stå i flere enheter.")),
        (_("Vern"), _("«<5» er under fem. «skjult» er et tall som ellers ville røpet et under fem.")),
    ]
    return xlsxsvar(tittel, [tabell], metode)


def _omfang(request: HttpRequest) -> Omfang:
    """All counts in own scope, each as it may be shown. Hidden is the same for all: it follows from all counts."""
    kart = Enhetskart.les()
    rader = kompetansetall_for(kart.navn)
    ser, uprikket = request.tilgang.omfang(Handling.SE_GAP), request.tilgang.omfang(Handling.SE_UPRIKKET)
    vern = skjulte(rader, kart.over) if any(r.enhet_id in ser and r.enhet_id not in uprikket for r in rader) else {}
    navn = dict(Kompetanse.objects.order_by().values_list("pk", "navn"))
    linjer = []
    for rad in rader:
        if rad.enhet_id in ser:
            skjult = "" if rad.enhet_id in uprikket else vern.get(rad, "")
            vist = skjult or tusen(rad.antall)
            felt = (kart.navn[rad.enhet_id], kart.sektor(rad.enhet_id), navn[rad.kompetanse_id])
            linjer.append(Tallinje(rad, *felt, vist, not skjult))
    return Omfang(linjer, kart)
