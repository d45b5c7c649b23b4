"""All routes. Each view declares the right it demands (organisasjon.tilgang.krever); a test walks this list."""

from django.urls import include, path

urlpatterns = [
    path("konto/", include("organisasjon.kontoruter")),
    path("", include("organisasjon.urls")),
    path("analyse/", include("analyse.urls")),
    path("kompetanse/", include("kompetanse.urls")),
    path("planer/", include("planer.urls")),
    path("les/", include("planer.urls.les")),
]
handler400 = "config.views.feil_400"
handler403 = "config.views.feil_403"
handler404 = "config.views.feil_404"
handler500 = "config.views.feil_500"
