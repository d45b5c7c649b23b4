from django.urls import URLPattern, path

from planer.views import fra_kompetanse, mine, planoversikt, sok, tiltak, tiltaksfil, tiltaksliste, tiltakssamling

urlpatterns: list[URLPattern] = [
    path("min-side/", mine.mine, name="mine"),
    path("oversikt/", planoversikt.planoversikt, name="planoversikt"),
    path("sok/", sok.sok, name="sok"),
    path("tiltak/", tiltaksliste.alle_tiltak, name="alle_tiltak"),
    path("tiltak/samlet/", tiltakssamling.samlet, name="tiltak_samlet"),
    path("tiltak/samlet/angre/", tiltakssamling.angre, name="tiltak_angre"),
    path("tiltak/fil/<slug:format>/", tiltaksfil.eksport, name="tiltak_fil"),
    path("tiltak/les-inn-status/", tiltaksfil.les_inn, name="tiltak_les_inn"),
    path("tiltak/les-inn-status/bekreft/", tiltaksfil.bekreft_innlesing, name="tiltak_les_inn_bekreft"),
    path("tiltak/fra/<slug:slag>/<int:pk>/", fra_kompetanse.tiltak_fra, name="tiltak_fra"),
    path("tiltak/fra/<slug:slag>/<int:pk>/spor/", fra_kompetanse.spor_om_plan, name="spor_om_plan"),
    path("tiltak/<int:pk>/", tiltak.tiltak_en, name="tiltak_en"),
    path("tiltak/<int:pk>/endre/", tiltak.tiltak_endre, name="tiltak_endre"),
    path("tiltak/<int:pk>/kopier/", tiltak.tiltak_kopier, name="tiltak_kopier"),
    path("tiltak/<int:pk>/slett/", tiltak.tiltak_slett, name="tiltak_slett"),
    path("<int:pk>/tiltak/", tiltaksliste.tiltak, name="tiltak"),
    path("<int:pk>/tiltak/nytt/", tiltak.tiltak_ny, name="tiltak_ny"),
    path("<int:pk>/tiltak/katalog/", tiltak.tiltakskatalog, name="tiltakskatalog"),
]
