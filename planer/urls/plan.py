from django.urls import path

from planer.views import dekning, deler, nyplan, omfang, omraader, plan

DEL = "<int:pk>/kapittel/<int:nummer>/<slug:slug>/"
OMRAADE = "<int:pk>/innsatsomraader/"

urlpatterns = [
    path("", plan.liste, name="liste"),
    path("maler/", plan.malliste, name="maler"),
    path("maler/ny/", nyplan.ny_mal, name="ny_mal"),
    path("dekning/", dekning.dekning, name="dekning"),
    path("ny-temaplan/", nyplan.ny_temaplan, name="ny_temaplan"),
    path("ny-delplan/", nyplan.ny_delplan, name="ny_delplan"),
    path("nye-delplaner/", nyplan.nye_delplaner, name="nye_delplaner"),
    path("nye-delplaner/angre/", nyplan.angre_delplaner, name="angre_delplaner"),
    path("<int:pk>/", plan.plan, name="plan"),
    path("<int:pk>/innstillinger/", plan.innstillinger, name="innstillinger"),
    path("<int:pk>/slett/", plan.slett, name="slett_plan"),
    path("<int:pk>/omfang/", omfang.omfang, name="omfang"),
    path("<int:pk>/deltakere/", omfang.deltakere, name="deltakere"),
    path("<int:pk>/kapittel/<int:nummer>/", plan.kapittel, name="kapittel"),
    path("<int:pk>/forankring/<int:del_pk>/vedlegg/", deler.vedlegg, name="vedlegg"),
    path(f"{DEL}ny/", deler.ny, name="ny_del"),
    path(f"{DEL}<int:del_pk>/", deler.endre, name="endre_del"),
    path(f"{DEL}<int:del_pk>/slett/", deler.slett, name="slett_del"),
    path(f"{DEL}<int:del_pk>/flytt/", deler.flytt, name="flytt_del"),
    path(f"{OMRAADE}nytt/", omraader.ny, name="nytt_omraade"),
    path(f"{OMRAADE}<int:omraade_pk>/", omraader.endre, name="endre_omraade"),
    path(f"{OMRAADE}<int:omraade_pk>/flytt/", omraader.flytt, name="flytt_omraade"),
    path(f"{OMRAADE}<int:omraade_pk>/slett/", omraader.slett, name="slett_omraade"),
]
