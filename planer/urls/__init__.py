"""Addresses of the plans, one list per room."""

from planer.urls import delplan, dokument, flyt, plan, tekst, tiltak

app_name = "planer"
urlpatterns = [
    *plan.urlpatterns,
    *tekst.urlpatterns,
    *delplan.urlpatterns,
    *tiltak.urlpatterns,
    *flyt.urlpatterns,
    *dokument.urlpatterns,
]
