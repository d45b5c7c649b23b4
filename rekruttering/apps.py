from django.apps import AppConfig


class RekrutteringConfig(AppConfig):
    name = "rekruttering"
