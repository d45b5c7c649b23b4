"""Addresses of the competence pages, one module for each room."""

from kompetanse.urls import krav, matrise

app_name = "kompetanse"
urlpatterns = [*krav.urlpatterns, *matrise.urlpatterns]
