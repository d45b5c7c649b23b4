"""Answering and reading gap analyses."""

from django.urls import path

from kompetanse.views import gapsvar, gapsvar_deler, gapsvar_les

urlpatterns = [
    path("gap/", gapsvar_les.mine, name="gapanalyser"),
    path("gap/<int:pk>/", gapsvar_les.les, name="gapanalyse"),
    path("gap/<int:pk>/inviter/", gapsvar_les.inviter, name="gapsvar_inviter"),
    path("gap/<int:pk>/svar/", gapsvar.start, name="gapsvar_start"),
    path("gap/<int:pk>/svar/begynn/", gapsvar.begynn, name="gapsvar_begynn"),
    path("gap/<int:pk>/svar/lagre/", gapsvar_deler.lagre, name="gapsvar_lagre"),
    path("gap/<int:pk>/svar/rader/", gapsvar.rader, name="gapsvar_rader"),
    path("gap/<int:pk>/svar/rader/ny/", gapsvar_deler.nye_rader, name="gapsvar_nye_rader"),
    path("gap/<int:pk>/svar/rader/grupper/", gapsvar_deler.ta_med_grupper, name="gapsvar_grupper"),
    path("gap/<int:pk>/svar/oppgaver/", gapsvar.oppgaver, name="gapsvar_oppgaver"),
    path("gap/<int:pk>/svar/oppgaver/ny/", gapsvar_deler.ny_oppgave, name="gapsvar_ny_oppgave"),
    path("gap/<int:pk>/svar/swot/", gapsvar.swot, name="gapsvar_swot"),
    path("gap/<int:pk>/svar/sporsmaal/", gapsvar.sporsmaal, name="gapsvar_sporsmaal"),
    path("gap/<int:pk>/svar/send/", gapsvar.send, name="gapsvar_send"),
    path("gap/rad/<int:pk>/", gapsvar.rad, name="gaprad"),
    path("gap/rad/<int:pk>/hvorfor/", gapsvar_les.hvorfor, name="gaprad_hvorfor"),
    path("gap/rad/<int:pk>/ta-ut/", gapsvar_deler.ta_ut_rad, name="gaprad_ut"),
    path("gap/oppgave/<int:pk>/ta-ut/", gapsvar_deler.ta_ut_oppgave, name="gapoppgave_ut"),
    path("gap/sent-svar/<int:pk>/", gapsvar_deler.sent_svar, name="gapsvar_sent"),
]
