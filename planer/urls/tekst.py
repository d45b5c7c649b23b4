"""Writing, history, versions and live figures."""

from django.urls import URLPattern, path

from planer.views import egne, tall, tekst, versjoner

urlpatterns: list[URLPattern] = [
    path("seksjon/<int:pk>/skriv/", tekst.skriv, name="skriv"),
    path("seksjon/<int:pk>/lagre/", tekst.lagre, name="lagre_seksjon"),
    path("seksjon/<int:pk>/konflikt/", tekst.konflikt, name="konflikt"),
    path("seksjon/<int:pk>/tilstede/", tekst.tilstede, name="tilstede"),
    path("seksjon/rens/", tekst.rens_tekst, name="rens"),
    path("<int:pk>/kapittel/<int:nummer>/ny-seksjon/", egne.ny, name="ny_seksjon"),
    path("seksjon/<int:pk>/navn/", egne.navn, name="seksjonsnavn"),
    path("seksjon/<int:pk>/slett/", egne.slett, name="slett_seksjon"),
    path("seksjon/<int:pk>/flytt/", egne.flytt, name="flytt_seksjon"),
    path("seksjon/<int:pk>/godta/", versjoner.godta_kopi, name="godta_kopi"),
    path("seksjon/<int:pk>/historikk/", versjoner.historikk, name="historikk"),
    path("seksjon/<int:pk>/historikk/<int:versjon>/hent-tilbake/", versjoner.gjenopprett, name="gjenopprett"),
    path("<int:pk>/versjoner/", versjoner.versjoner, name="versjoner"),
    path("<int:pk>/sammenlikn/", versjoner.sammenlikn_versjoner, name="sammenlikn"),
    path("<int:pk>/tall/", tall.tall, name="tall"),
    path("<int:pk>/tall/finn/", tall.finn, name="finn_tall"),
    path("<int:pk>/tall/sett-inn/", tall.sett_inn, name="sett_inn_tall"),
    path("<int:pk>/tall/uttrekk/", tall.bytt_uttrekk, name="bytt_uttrekk"),
    path("<int:pk>/tall/<int:tall_id>/slett/", tall.slett, name="slett_tall"),
]
