"""Addresses of the competence pages, one module for each room."""

from kompetanse.urls import krav

app_name = "kompetanse"
urlpatterns = [*krav.urlpatterns]
