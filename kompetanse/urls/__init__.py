"""Addresses of the competence pages, one module for each room."""

from kompetanse.urls import gap, gapsvar, kompetansetall, krav, matrise, modenhet, refleksjon

app_name = "kompetanse"
urlpatterns = [
    *krav.urlpatterns,
    *matrise.urlpatterns,
    *gap.urlpatterns,
    *gapsvar.urlpatterns,
    *kompetansetall.urlpatterns,
    *modenhet.urlpatterns,
    *refleksjon.urlpatterns,
]
