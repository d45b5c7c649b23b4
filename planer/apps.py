from django.apps import AppConfig


class PlanerConfig(AppConfig):
    name = "planer"

    def ready(self) -> None:
        """Offer the frame, the overview and the log, which may not import this app, how many notices a person has not
        read, a card about the person's work with the plans, and what is done here.
        """
        from organisasjon.kilder import meld_forsidekort, meld_varseltall
        from planer.loggkilder import meld_loggkilder
        from planer.minside import forsidekort
        from planer.varsling import antall_uleste_av

        meld_varseltall(antall_uleste_av)
        meld_forsidekort("planer", forsidekort)
        meld_loggkilder()
