from django.urls import path

from kompetanse.views import modenhet, modenhetseksempel, modenhetsvurdering

urlpatterns = [
    path("modenhet/", modenhet.modenhet, name="modenhet"),
    path("modenhet/sjekkliste/", modenhet.sjekklisten, name="sjekkliste"),
    path("modenhet/hva-skiller/", modenhet.hva_skiller, name="hva_skiller"),
    path("modenhet/eksport.xlsx", modenhet.modenhet_xlsx, name="modenhet_xlsx"),
    path("modenhet/pdf/", modenhet.modenhet_pdf, name="modenhet_pdf"),
    path("modenhet/ny/", modenhet.velg_enhet, name="velg_enhet"),
    path("modenhet/enhet/<int:enhet>/", modenhetsvurdering.modenhet_enhet, name="modenhet_enhet"),
    path("modenhet/enhet/<int:enhet>/ny/", modenhetsvurdering.ny_vurdering, name="ny_vurdering"),
    path("modenhet/vurdering/<int:pk>/", modenhetsvurdering.vurdering, name="vurdering"),
    path("modenhet/vurdering/<int:pk>/endre/", modenhetsvurdering.endre_vurdering, name="endre_vurdering"),
    path("modenhet/vurdering/<int:pk>/slett/", modenhetsvurdering.slett_vurdering, name="slett_vurdering"),
    path("modenhet/eksempel/", modenhetseksempel.eksempel, name="modenhetseksempel"),
    path("modenhet/eksempel/last-inn/", modenhetseksempel.last_inn_eksempel, name="last_inn_eksempel"),
    path("modenhet/eksempel/fjern/", modenhetseksempel.fjern_eksempelet, name="fjern_eksempel"),
]
