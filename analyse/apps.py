from django.apps import AppConfig


class AnalyseConfig(AppConfig):
    name = "analyse"

    def ready(self) -> None:
        """Offer the number of employees per unit to the organisation pages, which may not import this app."""
        from analyse.enhetstall import ansattall
        from organisasjon.kilder import meld_ansattall

        meld_ansattall(ansattall)
