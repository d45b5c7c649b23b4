from django.apps import AppConfig


class PlanerConfig(AppConfig):
    name = "planer"

    def ready(self) -> None:
        """Offer the frame, the overview and the log, which may not import this app, how many notices a person has not
        read, a card about the person's work with the plans, and what is done here; and the gap analysis the tiltak made
        from its rows, the delplaner, and who wants e-mail.
        """
        from kompetanse.tiltakskilde import meld_radtiltak
        from organisasjon.kilder import meld_forsidekort, meld_varseltall
        from planer import gapkilder
        from planer.gaptiltak import nytt_tiltak, radtiltak
        from planer.loggkilder import meld_loggkilder
        from planer.minside import forsidekort
        from planer.varsling import antall_uleste_av

        meld_varseltall(antall_uleste_av)
        meld_forsidekort("planer", forsidekort)
        meld_radtiltak(radtiltak, nytt_tiltak)
        gapkilder.meld()
        meld_loggkilder()
