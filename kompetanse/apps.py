from django.apps import AppConfig


class KompetanseConfig(AppConfig):
    name = "kompetanse"

    def ready(self) -> None:
        """Let the log, which may not import this app, show what is done here."""
        from kompetanse.loggkilder import meld_loggkilder

        meld_loggkilder()
