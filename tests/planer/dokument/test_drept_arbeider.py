"""A real worker is killed while it makes a PDF: the page says that the job has stopped, and trying again succeeds."""

import json
import subprocess
import sys

import pytest
from django.conf import settings

from tests import malbase

# In a process of its own, with a worker in another. Prints what it saw.
FORLOP = """
import json, subprocess, sys, time
import django
django.setup()
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from felles.jobb import UTEN_LIVSTEGN
from organisasjon.enums import Rolle
from planer.models import Plandokument
from planer.services.dokument import bestill_plan
from tests import fabrikk
from tests.planer.fabrikk import lag_delplan

tre = fabrikk.lag_kommunetre()
hr = fabrikk.lag_bruker("hr", "HR")
fabrikk.gi_rolle(hr, Rolle.HR, tre.kommune)
plan = lag_delplan(enheter=[tre.skolen])
jobb = bestill_plan(plan=plan, bruker=hr, prikket=False)
rad, sett = Plandokument.objects.filter(pk=jobb.pk).defer("pdf"), {}

kommando = [sys.executable, "manage.py", "db_worker", "--interval", "0.05", "--no-startup-delay", "--no-reload"]
arbeider = subprocess.Popen(kommando)
frist = time.monotonic() + 60
while rad.get().fremdrift < 15 and time.monotonic() < frist:
    time.sleep(0.01)
arbeider.kill()
sett["kode"] = arbeider.wait()
sett["etter"] = [rad.get().status, rad.get().fremdrift]

klient = Client(SERVER_NAME="localhost")
klient.force_login(hr)
side = reverse("planer:dokumentjobb", args=[jobb.pk])
sett["lages"] = klient.get(side).content.decode()
rad.update(livstegn=rad.get().livstegn - UTEN_LIVSTEGN)
sett["stoppet"] = klient.get(side).content.decode()
sett["uten_fil"] = klient.get(reverse("planer:dokumentfil", args=[jobb.pk])).status_code
klient.post(reverse("planer:dokumentjobb_igjen", args=[jobb.pk]))
sett["i_ko"] = rad.get().status
call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
sett["ferdig"] = klient.get(side).content.decode()
sett["fil"] = klient.get(reverse("planer:dokumentfil", args=[jobb.pk])).content[:5].decode()
print(json.dumps(sett))
"""


@pytest.mark.bare_postgres
def test_drept_arbeider_meldes_og_jobben_kan_provs_igjen(django_db_setup, tmp_path, prove_mappe):
    base = malbase.Egenbase(tmp_path, prove_mappe)
    try:
        ferdig = subprocess.run(
            [sys.executable, "-c", FORLOP],
            env=base.miljo | {"ALLOWED_HOSTS": "localhost"},
            cwd=settings.BASE_DIR,
            capture_output=True,
            text=True,
            timeout=180,
        )
    finally:
        base.rydd()
    assert ferdig.returncode == 0, ferdig.stderr[-3000:]
    sett = json.loads(ferdig.stdout.splitlines()[-1])
    assert sett["kode"] == -9
    assert sett["etter"][0] == "kjorer" and 15 <= sett["etter"][1] < 100
    assert "Henter innholdet" in sett["lages"] and "Prøv igjen" not in sett["lages"]
    assert "har ikke gitt livstegn på noen minutter" in sett["stoppet"] and "Prøv igjen" in sett["stoppet"]
    assert sett["uten_fil"] == 404
    assert sett["i_ko"] == "i_ko"
    assert "PDF-en er klar" in sett["ferdig"] and sett["fil"] == "%PDF-"
