"""The plan as a document, and publishing it."""

from django.urls import URLPattern, path

from planer.views import dokument, publisering

urlpatterns: list[URLPattern] = [
    path("<int:pk>/dokument/", dokument.dokument, name="dokument"),
    path("<int:pk>/dokument/pdf/", dokument.lag_pdf, name="lag_pdf"),
    path("<int:pk>/dokument/vedtatt.pdf", dokument.vedtatt_fil, name="vedtatt_pdf"),
    path("<int:pk>/dokument/publiser/", publisering.publiser, name="publiser"),
    path("<int:pk>/dokument/trekk-tilbake/", publisering.trekk_tilbake, name="trekk_tilbake"),
    path("dokument/<uuid:jobb_id>/", dokument.jobb, name="dokumentjobb"),
    path("dokument/<uuid:jobb_id>/igjen/", dokument.jobb_igjen, name="dokumentjobb_igjen"),
    path("dokument/<uuid:jobb_id>/fil.pdf", dokument.fil, name="dokumentfil"),
    path("samling/", dokument.samling, name="samling"),
]
