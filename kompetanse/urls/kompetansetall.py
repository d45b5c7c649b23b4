from django.urls import path

from kompetanse.views import kompetansetall, tallinnlesing

urlpatterns = [
    path("kompetansetall/", kompetansetall.kompetansetall, name="kompetansetall"),
    path("kompetansetall/eksport.xlsx", kompetansetall.eksport, {"format_": "xlsx"}, name="kompetansetall_xlsx"),
    path("kompetansetall/eksport.csv", kompetansetall.eksport, {"format_": "csv"}, name="kompetansetall_csv"),
    path("kompetansetall/innlesinger/", tallinnlesing.tallinnlesinger, name="tallinnlesinger"),
    path("kompetansetall/innlesinger/<int:pk>/angre/", tallinnlesing.tallangre, name="tallangre"),
    path("kompetansetall/les-inn/", tallinnlesing.tallfil, name="tallfil"),
    path("kompetansetall/les-inn/<uuid:innlesing_id>/kolonner/", tallinnlesing.tallkolonner, name="tallkolonner"),
    path(
        "kompetansetall/les-inn/<uuid:innlesing_id>/forhaandsvisning/",
        tallinnlesing.tallforhaandsvisning,
        name="tallforhaandsvisning",
    ),
    path("kompetansetall/les-inn/<uuid:innlesing_id>/avbryt/", tallinnlesing.tallavbryt, name="tallavbryt"),
]
