from django.apps import AppConfig


class KompetanseConfig(AppConfig):
    name = "kompetanse"

    def ready(self) -> None:
        """Let the log and the overview, which may not import this app, show what is done and what waits here."""
        from kompetanse.gapforside import forsidekort
        from kompetanse.loggkilder import meld_loggkilder
        from kompetanse.minside import gapkort
        from organisasjon.kilder import meld_forsidekort

        meld_loggkilder()
        meld_forsidekort("gap", gapkort)
        meld_forsidekort("gaprunde", forsidekort)
