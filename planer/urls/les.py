"""Plans that everybody may read, without login. The address of a version is permanent."""

from django.urls import path

from planer.views import lesevisning

app_name = "les"
urlpatterns = [
    path("", lesevisning.liste, name="liste"),
    path("<uuid:stamme>/", lesevisning.nyeste, name="plan"),
    path("<uuid:stamme>/<int:versjon>/", lesevisning.versjon, name="versjon"),
    path("<uuid:stamme>/<int:versjon>/plan.pdf", lesevisning.pdf, name="pdf"),
]
