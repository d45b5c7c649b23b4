from django.urls import path

from kompetanse.views import katalog, krav, ledere, lederskjema, regel

urlpatterns = [
    path("krav/", krav.krav, name="krav"),
    path("krav/nytt/", krav.nytt_krav, name="nytt_krav"),
    path("krav/<int:pk>/", krav.endre_krav, name="endre_krav"),
    path("krav/<int:pk>/slett/", krav.slett_krav, name="slett_krav"),
    path("krav/<int:pk>/regel/", regel.regel, name="regel"),
    path("krav/<int:pk>/regel/setning/", regel.forhaandsvis_regel, name="forhaandsvis_regel"),
    path("katalog/", katalog.katalog, name="katalog"),
    path("katalog/ny/", katalog.ny_kompetanse, name="ny_kompetanse"),
    path("katalog/<int:pk>/", katalog.endre_kompetanse, name="endre_kompetanse"),
    path("katalog/<int:pk>/ta-ut/", katalog.ta_ut_kompetanse, name="ta_ut_kompetanse"),
    path("ledere/", ledere.ledere, name="ledere"),
    path("ledere/oversikt/", ledere.lederoversikt, name="lederoversikt"),
    path("ledere/eksport.xlsx", ledere.eksport, {"format_": "xlsx"}, name="ledere_xlsx"),
    path("ledere/eksport.csv", ledere.eksport, {"format_": "csv"}, name="ledere_csv"),
    path("ledere/hent/", lederskjema.hent_ledere, name="hent_ledere"),
    path("ledere/ny/", lederskjema.ny_leder, name="ny_leder"),
    path("ledere/<int:pk>/", ledere.leder, name="leder"),
    path("ledere/<int:pk>/endre/", lederskjema.endre_leder, name="endre_leder"),
    path("ledere/<int:pk>/slett/", lederskjema.slett_leder, name="slett_leder"),
    path("ledere/<int:pk>/dokumentasjon/", lederskjema.nytt_dokument, name="nytt_dokument"),
    path("ledere/<int:pk>/unntak/", lederskjema.nytt_unntak, name="nytt_unntak"),
    path("dokumentasjon/<int:pk>/", lederskjema.endre_dokument, name="endre_dokument"),
    path("dokumentasjon/<int:pk>/slett/", lederskjema.slett_dokument, name="slett_dokument"),
    path("unntak/<int:pk>/", lederskjema.endre_unntak, name="endre_unntak"),
    path("unntak/<int:pk>/slett/", lederskjema.slett_unntak, name="slett_unntak"),
]
