"""Addresses of the competence pages, one module for each room."""

from kompetanse.urls import krav, matrise, modenhet, refleksjon

app_name = "kompetanse"
urlpatterns = [*krav.urlpatterns, *matrise.urlpatterns, *modenhet.urlpatterns, *refleksjon.urlpatterns]
