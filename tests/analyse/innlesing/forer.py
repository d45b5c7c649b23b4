"""Imports in processes of their own, of a server that has loaded the product and forks: loading it costs more than the
import of a small file.
"""

import multiprocessing
import os
import signal
import sys
import time
import traceback
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import django
from django.db import connection

django.setup()

from analyse.innlesing.problem import Innlesingsfeil  # noqa: E402 (the apps must be loaded first)
from analyse.services.uttrekk import importer_fil  # noqa: E402

INGEN = -1
_kontekst = multiprocessing.get_context("forkserver")
_kontekst.set_forkserver_preload([__name__])


@dataclass
class Importjobb:
    """What the process is to do. drep: progress at which to kill itself · vent: progress at which to wait for the file
    `start`, after having said that it is there.
    """

    base: str
    sti: Path
    svar: Path
    drep: int = INGEN
    vent: int = INGEN
    start: Path = field(default_factory=Path)

    def framdrift(self, prosent: int, _tekst: str) -> None:
        if prosent == self.drep:
            os.kill(os.getpid(), signal.SIGKILL)
        if prosent == self.vent:
            self.start.with_suffix(f".{os.getpid()}").touch()
            while not self.start.exists():
                time.sleep(0.01)


def kjor(jobb: Importjobb) -> None:
    """In the process: import the file into the database, and leave with 2 when the import is refused."""
    connection.settings_dict["NAME"] = jobb.base
    try:
        importer_fil(sti=jobb.sti, framdrift=jobb.framdrift)
    except Innlesingsfeil as feil:
        jobb.svar.write_text(str(feil), encoding="utf-8")
        sys.exit(2)
    except Exception:
        jobb.svar.write_text(traceback.format_exc(), encoding="utf-8")
        raise


def start(jobb: Importjobb) -> ForkServerProcess:
    prosess = _kontekst.Process(target=kjor, args=(jobb,))
    prosess.start()
    return prosess
