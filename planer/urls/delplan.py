from django.urls import URLPattern, path

from planer.views import grep

urlpatterns: list[URLPattern] = [
    path("<int:pk>/grep/ta-inn/", grep.ta_inn_grep, name="ta_inn_grep"),
    path("<int:pk>/grep/<int:omraade>/velg/", grep.velg_grep, name="velg_grep"),
    path("<int:pk>/utkast/<slug:nokkel>/", grep.fyll_inn, name="fyll_utkast"),
]
