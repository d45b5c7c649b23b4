from django.urls import path

from analyse import views

app_name = "analyse"
urlpatterns = [
    path("", views.oversikt, name="oversikt"),
]
