from django.urls import path

from kompetanse.views import krav

urlpatterns = [
    path("krav/", krav.krav, name="krav"),
    path("krav/nytt/", krav.nytt_krav, name="nytt_krav"),
    path("krav/<int:pk>/", krav.endre_krav, name="endre_krav"),
    path("krav/<int:pk>/slett/", krav.slett_krav, name="slett_krav"),
]
