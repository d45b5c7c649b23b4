from django.urls import path

from analyse.views import bystyrerapport, oppsett, oppsett_kommune, oversikt, rapporter

app_name = "analyse"
urlpatterns = [
    path("", oversikt.oversikt, name="oversikt"),
    path("ordliste/", oversikt.ordliste, name="ordliste"),
    path("rapporter/<slug:slug>/", rapporter.rapport, name="rapport"),
    path("rapporter/<slug:slug>/slik-er-tallet-regnet/", rapporter.forklaring, name="forklaring"),
    path("rapporter/<slug:slug>/fil/<slug:format>/", rapporter.eksport, name="eksport"),
    path("bystyrerapport/", bystyrerapport.bystyrerapport, name="bystyrerapport"),
    path("bystyrerapport/<uuid:jobb_id>/", bystyrerapport.dokument, name="dokument"),
    path("bystyrerapport/<uuid:jobb_id>/fil/", bystyrerapport.dokument_fil, name="dokument_fil"),
    path("bystyrerapport/<uuid:jobb_id>/igjen/", bystyrerapport.dokument_igjen, name="dokument_igjen"),
    path("oppsett/", oppsett.oppsett, name="oppsett"),
    path("oppsett/kategorier/", oppsett.kategorier, name="kategorier"),
    path("oppsett/kategorier/ny/", oppsett.ny_kategori, name="ny_kategori"),
    path("oppsett/kategorier/<int:pk>/", oppsett.endre_kategori, name="endre_kategori"),
    path("oppsett/kategorier/<int:pk>/slett/", oppsett.slett_kategori, name="slett_kategori"),
    path("oppsett/stillinger/", oppsett.stillinger, name="stillinger"),
    path("oppsett/stillinger/<int:pk>/", oppsett.endre_stilling, name="endre_stilling"),
    path("oppsett/normer/", oppsett.normer, name="normer"),
    path("oppsett/normer/<int:pk>/", oppsett.endre_norm, name="endre_norm"),
    path("oppsett/publiserte-tall/", oppsett.publiserte_tall, name="publiserte_tall"),
    path("oppsett/publiserte-tall/nytt/", oppsett.nytt_tall, name="nytt_tall"),
    path("oppsett/publiserte-tall/nytt/rapport/", oppsett.nytt_tall_i_rapport, name="nytt_tall_i_rapport"),
    path("oppsett/publiserte-tall/<int:pk>/", oppsett.endre_tall, name="endre_tall"),
    path("oppsett/publiserte-tall/<int:pk>/slett/", oppsett.slett_tall, name="slett_tall"),
    path("oppsett/profiler/", oppsett.profiler, name="profiler"),
    path("oppsett/profiler/<int:pk>/", oppsett.endre_profil, name="endre_profil"),
    path("oppsett/profiler/<int:pk>/slett/", oppsett.slett_profil, name="slett_profil"),
    path("oppsett/publisering/", oppsett.publisering, name="publisering"),
    path("oppsett/publisering/<int:pk>/", oppsett.publiser, name="publiser"),
    path("oppsett/kommunen/", oppsett_kommune.kommuneprofil, name="kommuneprofil"),
    path("oppsett/ledere-uten-bruker/", oppsett_kommune.ledere, name="ledere_uten_bruker"),
    path("oppsett/ledere-uten-bruker/<int:pk>/", oppsett_kommune.knytt_leder, name="knytt_leder"),
]
