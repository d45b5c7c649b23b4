from django.apps import AppConfig


class KompetanseConfig(AppConfig):
    name = "kompetanse"

    def ready(self) -> None:
        """Let the log and the overview, which may not import this app, show what is done and what waits here, and have
        results drawn anew when an extract comes or goes.
        """
        from analyse.kilder import meld_etterarbeid
        from kompetanse.gapforside import forsidekort
        from kompetanse.loggkilder import meld_loggkilder
        from kompetanse.minside import svarkort
        from kompetanse.services.gapside import bestill
        from organisasjon.kilder import meld_forsidekort

        meld_loggkilder()
        meld_etterarbeid("gapsider", bestill)
        meld_forsidekort("gap", svarkort)
        meld_forsidekort("gaprunde", forsidekort)
