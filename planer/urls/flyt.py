from django.urls import URLPattern, path

from planer.views import drofting, flyt, horing, kommentarer, varsler

urlpatterns: list[URLPattern] = [
    path("<int:pk>/samarbeid/", flyt.samarbeid, name="samarbeid"),
    path("<int:pk>/status/<slug:til>/", flyt.skift, name="skift"),
    path("<int:pk>/revider/", flyt.revider, name="revider"),
    path("<int:pk>/forkast/", flyt.forkast, name="forkast"),
    path("<int:pk>/vedtak/", flyt.vedtak, name="vedtak"),
    path("<int:pk>/drofting/ny/", drofting.ny, name="ny_drofting"),
    path("drofting/<int:pk>/", drofting.drofting, name="drofting"),
    path("drofting/<int:pk>/inviter/", drofting.inviter, name="inviter_drofting"),
    path("drofting/<int:pk>/avslutt/", drofting.avslutt, name="avslutt_drofting"),
    path("drofting/<int:pk>/forankre/", drofting.forankre, name="forankre_drofting"),
    path("<int:pk>/horing/ny/", horing.ny, name="ny_horing"),
    path("horing/<int:pk>/", horing.horing, name="horing"),
    path("horing/<int:pk>/frist/", horing.frist, name="horingsfrist"),
    path("horing/<int:pk>/brev/", horing.brev, name="horingsbrev"),
    path("horing/<int:pk>/svar.xlsx", horing.fil, name="horingsfil"),
    path("horing/svar/<int:pk>/", horing.vurder, name="vurder_svar"),
    path("<int:pk>/kommentarer/", kommentarer.ny, name="ny_kommentar"),
    path("kommentarer/<int:pk>/svar/", kommentarer.svar, name="svar_kommentar"),
    path("kommentarer/<int:pk>/rett/", kommentarer.rediger, name="rett_kommentar"),
    path("kommentarer/<int:pk>/slett/", kommentarer.slett, name="slett_kommentar"),
    path("kommentarer/<int:pk>/avslutt/", kommentarer.avslutt, name="avslutt_kommentar"),
    path("kommentarer/<int:pk>/gjenaapne/", kommentarer.gjenaapne, name="gjenaapne_kommentar"),
    path("varsler/", varsler.varsler, name="varsler"),
    path("varsler/<int:pk>/", varsler.aapne, name="aapne_varsel"),
    path("varsler/les-alle/", varsler.les_alle, name="les_alle_varsler"),
    path("varsler/valg/", varsler.valg, name="varselvalg"),
    path("varsler/avmeld/<str:nokkel>/", varsler.avmeld, name="avmeld"),
]
