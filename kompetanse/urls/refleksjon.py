from django.urls import path

from kompetanse.views import refleksjon, refleksjonskort, risiko, samtale

urlpatterns = [
    path("refleksjon/", refleksjon.refleksjon, name="refleksjon"),
    path("refleksjon/ny/", refleksjon.ny_oekt, name="ny_oekt"),
    path("refleksjon/kort/", refleksjonskort.kortregister, name="kortregister"),
    path("refleksjon/kort/nytt/", refleksjonskort.nytt_kort, name="nytt_kort"),
    path("refleksjon/kort/<int:pk>/", refleksjonskort.endre_kort, name="endre_kort"),
    path("refleksjon/kort/<int:pk>/ta-ut/", refleksjonskort.ta_ut_kort, name="ta_ut_kort"),
    path("refleksjon/<int:pk>/", refleksjon.oekt, name="oekt"),
    path("refleksjon/<int:pk>/endre/", refleksjon.endre_oekt, name="endre_oekt"),
    path("refleksjon/<int:pk>/trekk/", refleksjonskort.trekk, name="trekk_kort"),
    path("refleksjon/<int:pk>/kort/<int:nr>/", refleksjonskort.kort, name="kort"),
    path("refleksjon/<int:pk>/oppsummering/", refleksjon.oppsummering, name="oppsummering"),
    path("refleksjon/<int:pk>/gjenaapne/", refleksjon.gjenaapne, name="gjenaapne_oekt"),
    path("refleksjon/<int:pk>/slett/", refleksjon.slett, name="slett_oekt"),
    path("refleksjon/<int:pk>/pdf/", refleksjon.oekt_pdf, name="oekt_pdf"),
    path("refleksjon/<int:pk>/eksport.xlsx", refleksjon.oekt_xlsx, name="oekt_xlsx"),
    path("risiko/", risiko.risiko, name="risiko"),
    path("risiko/eksport.xlsx", risiko.risiko_xlsx, name="risiko_xlsx"),
    path("risiko/ny/", risiko.ny_risiko, name="ny_risiko"),
    path("risiko/<int:pk>/", risiko.endre_risiko, name="endre_risiko"),
    path("risiko/<int:pk>/lukk/", risiko.lukk_risiko, name="lukk_risiko"),
    path("risiko/<int:pk>/gjenaapne/", risiko.gjenaapne_risiko, name="gjenaapne_risiko"),
    path("utviklingssamtale/", samtale.samtalemal, name="samtalemal"),
    path("utviklingssamtale/pdf/", samtale.samtale_pdf, name="samtale_pdf"),
    path("utviklingssamtale/endre/", samtale.endre_samtalemal, name="endre_samtalemal"),
    path("utviklingssamtale/gjenopprett/", samtale.gjenopprett_samtalemal, name="gjenopprett_samtalemal"),
]
