from django.urls import path

from organisasjon import views

app_name = "organisasjon"
urlpatterns = [
    path("", views.forside, name="forside"),
]
