from django.urls import path

from analyse.views import oversikt, rapporter

app_name = "analyse"
urlpatterns = [
    path("", oversikt.oversikt, name="oversikt"),
    path("ordliste/", oversikt.ordliste, name="ordliste"),
    path("rapporter/<slug:slug>/", rapporter.rapport, name="rapport"),
    path("rapporter/<slug:slug>/slik-er-tallet-regnet/", rapporter.forklaring, name="forklaring"),
    path("rapporter/<slug:slug>/fil/<slug:format>/", rapporter.eksport, name="eksport"),
]
