from django.apps import AppConfig


class PlanerConfig(AppConfig):
    name = "planer"

    def ready(self) -> None:
        """Offer the top bar, which may not import this app, how many notices a person has not read."""
        from organisasjon.kilder import meld_varseltall
        from planer.varsling import antall_uleste

        meld_varseltall(antall_uleste)
