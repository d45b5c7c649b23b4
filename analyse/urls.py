from django.urls import path

from analyse.views import oversikt

app_name = "analyse"
urlpatterns = [
    path("", oversikt.oversikt, name="oversikt"),
]
