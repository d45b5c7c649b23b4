from django.urls import path

from organisasjon import views
from organisasjon.views import enheter, konto, personer, roller, tjenester

app_name = "organisasjon"
urlpatterns = [
    path("", views.forside, name="forside"),
    path("min-konto/", konto.konto, name="konto"),
    path("min-konto/token/", konto.token, name="token"),
    path("enheter/", enheter.enheter, name="enheter"),
    path("enheter/ny/", enheter.ny, name="ny_enhet"),
    path("enheter/<int:pk>/", enheter.enhet, name="enhet"),
    path("enheter/<int:pk>/endre/", enheter.endre, name="endre_enhet"),
    path("enheter/<int:pk>/flytt/", enheter.flytt, name="flytt_enhet"),
    path("enheter/<int:pk>/slaa-sammen/", enheter.slaa_sammen, name="slaa_sammen_enhet"),
    path("enheter/<int:pk>/legg-ned/", enheter.legg_ned, name="legg_ned_enhet"),
    path("enheter/<int:pk>/slett/", enheter.slett, name="slett_enhet"),
    path("enheter/<int:pk>/tilbakestill/<int:historie_id>/", enheter.tilbakestill, name="tilbakestill_enhet"),
    path("tjenester/", tjenester.tjenester, name="tjenester"),
    path("tjenester/ny/", tjenester.ny_tjeneste, name="ny_tjeneste"),
    path("tjenester/<int:pk>/", tjenester.endre_tjeneste, name="endre_tjeneste"),
    path("tjenester/<int:pk>/slett/", tjenester.slett_tjeneste, name="slett_tjeneste"),
    path("roller/", roller.roller, name="roller"),
    path("roller/ny/", roller.ny_rolle, name="ny_rolle"),
    path("roller/<int:pk>/", roller.endre_rolle, name="endre_rolle"),
    path("roller/<int:pk>/fjern/", roller.fjern_rolle, name="fjern_rolle"),
    path("personer/<int:pk>/", personer.person, name="person"),
    path("personer/<int:pk>/send-lenke/", personer.send_lenke, name="send_lenke"),
    path("personer/<int:pk>/konto/", personer.konto_aktiv, name="konto_aktiv"),
    path("personer/<int:pk>/endre/", personer.endre_person, name="endre_person"),
    path("personer/<int:pk>/nullstill-totrinn/", personer.nullstill_tofaktor, name="nullstill_tofaktor"),
    path("logg/", konto.logg, name="logg"),
    path("hvem-ser-hva/", konto.tilgangsmatrise, name="tilgangsmatrise"),
]
