"""A whole import, from file to stored snapshot with every report computed. Usage: python -m bench.innlesing FIL

Django and the import's own modules are loaded before the clock starts; the reading child's start is part of the time.
"""

import sys

import django
from django.core.management import call_command, load_command_class

from bench.prosess import svar, ta_tid


def main(sti: str) -> None:
    """Import the file into the connected, migrated database."""
    import analyse.services.rapporter  # noqa: F401 - the command line has loaded it with the routes

    kommando = load_command_class("analyse", "importer_ansatte")
    sekunder = ta_tid(lambda: call_command(kommando, sti, godta_nye_enheter=True, verbosity=0))
    svar(sekunder=sekunder)


if __name__ == "__main__":
    django.setup()
    main(sys.argv[1])
