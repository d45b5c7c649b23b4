"""Rounds of gap analyses and their results. What lies under «runder» shows as one place in the menu."""

from django.urls import path

from kompetanse.views import (
    gapresultat,
    gapresultat_fil,
    gapresultat_hvaom,
    gaprunde,
    gaprunde_gang,
    gaprunde_godkjenning,
    gaprunde_oppsett,
)

RUNDE = "gap/runder/<int:pk>/"
urlpatterns = [
    path("gap/runder/", gaprunde.gaprunder, name="gaprunder"),
    path("gap/runder/ny/", gaprunde_oppsett.ny_gaprunde, name="ny_gaprunde"),
    path(RUNDE, gaprunde.gaprunde, name="gaprunde"),
    path(f"{RUNDE}endre/", gaprunde_oppsett.endre_gaprunde, name="endre_gaprunde"),
    path(f"{RUNDE}enheter/", gaprunde_oppsett.gaprunde_enheter, name="gaprunde_enheter"),
    path(f"{RUNDE}sporsmal/", gaprunde_oppsett.gaprunde_sporsmaal, name="gaprunde_sporsmaal"),
    path(f"{RUNDE}apne/", gaprunde_oppsett.aapne_gaprunde, name="aapne_gaprunde"),
    path(f"{RUNDE}slett/", gaprunde_oppsett.slett_gaprunde, name="slett_gaprunde"),
    path(f"{RUNDE}frist/", gaprunde_gang.gaprunde_frist, name="gaprunde_frist"),
    path(f"{RUNDE}paminn/", gaprunde_gang.paaminn_gaprunde, name="paaminn_gaprunde"),
    path(f"{RUNDE}steng/", gaprunde_gang.steng_gaprunde, name="steng_gaprunde"),
    path(f"{RUNDE}apne-igjen/", gaprunde_gang.gjenaapne_gaprunde, name="gjenaapne_gaprunde"),
    path(f"{RUNDE}resultat/", gapresultat.gapresultat, name="gapresultat"),
    path(f"{RUNDE}resultat/<int:analyse>/", gapresultat.gapresultat_enhet, name="gapresultat_enhet"),
    path(f"{RUNDE}resultat.xlsx", gapresultat_fil.gapresultat_xlsx, name="gapresultat_xlsx"),
    path(f"{RUNDE}pdf/", gapresultat_fil.gapdokumenter, name="gapdokumenter"),
    path("gap/runder/pdf/<uuid:jobb_id>/", gapresultat_fil.gapdokument, name="gapdokument"),
    path("gap/runder/pdf/<uuid:jobb_id>/igjen/", gapresultat_fil.gapdokument_igjen, name="gapdokument_igjen"),
    path("gap/runder/pdf/<uuid:jobb_id>/fil/", gapresultat_fil.gapdokument_fil, name="gapdokument_fil"),
    path("gap/hva-om/", gapresultat_hvaom.hva_om, name="hva_om"),
    path("gap/hvem-kan/", gapresultat_hvaom.hvem_kan, name="hvem_kan"),
    path("ledere/<int:pk>/kompetanse/", gapresultat_hvaom.lederkompetanse, name="lederkompetanse"),
    path("gap/runder/sporsmal/<int:pk>/", gaprunde_oppsett.endre_gapsporsmaal, name="endre_gapsporsmaal"),
    path("gap/runder/sporsmal/<int:pk>/flytt/", gaprunde_oppsett.flytt_gapsporsmaal, name="flytt_gapsporsmaal"),
    path("gap/runder/sporsmal/<int:pk>/slett/", gaprunde_oppsett.slett_gapsporsmaal, name="slett_gapsporsmaal"),
    path("gap/runder/godkjenning/<int:pk>/", gaprunde_godkjenning.gapgodkjenning, name="gapgodkjenning"),
    path("gap/runder/godkjenning/<int:pk>/ta-ut/", gaprunde_gang.fjern_gapanalyse, name="fjern_gapanalyse"),
    path("gap/runder/godkjenning/<int:pk>/<slug:til>/", gaprunde_godkjenning.flytt_gapanalyse, name="flytt_gapanalyse"),
]
