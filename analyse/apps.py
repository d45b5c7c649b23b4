from django.apps import AppConfig


class AnalyseConfig(AppConfig):
    name = "analyse"

    def ready(self) -> None:
        """Offer the organisation pages, which may not import this app, employees per unit and kinds of log entries."""
        from analyse.enhetstall import ansattall
        from analyse.loggkilder import meld_loggkilder
        from organisasjon.kilder import meld_ansattall

        meld_ansattall(ansattall)
        meld_loggkilder()
