"""Migrate the connected database and decide on the position titles. Usage: python -m bench.klargjor"""

import django
from django.core.management import call_command

from bench.prosess import svar

if __name__ == "__main__":
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    from config.demo.last import legg_inn_stillinger

    legg_inn_stillinger()
    svar()
