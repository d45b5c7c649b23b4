from django.apps import AppConfig


class OrganisasjonConfig(AppConfig):
    name = "organisasjon"

    def ready(self) -> None:
        """The first kinds of entries in the log; apps above add theirs."""
        from organisasjon.logg import meld_egne

        meld_egne()
