"""Small files from a competence system, written at test time, and the way through the browser with them."""

import csv
import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from kompetanse.models import Kompetanse
from kompetanse.services.kompetansetall import importer_fil
from kompetanse.tallinnlesing.profil import fra_dict

DAG = date(2026, 11, 1)


@pytest.fixture
def katalog(db):
    """Three competences and no others."""
    Kompetanse.objects.all().delete()
    felles = {"type": "kunnskap", "form": "formell", "nivaa": "basis"}
    return {n: Kompetanse.objects.create(navn=n, **felles) for n in ("Sykepleier", "Demensomsorg", "Ærlig språk")}


@pytest.fixture
def fil(tmp_path):
    """`fil(rader, navn="x.csv")` writes rows (the first is the header) as CSV or xlsx, and returns the path."""

    def lag(rader, navn="tall.csv", koding="utf-8"):
        sti = tmp_path / navn
        if navn.endswith("xlsx"):
            bok = Workbook()
            for rad in rader:
                bok.active.append(rad)
            bok.save(sti)
        else:
            ut = io.StringIO()
            csv.writer(ut, delimiter=";").writerows(rader)
            sti.write_bytes(ut.getvalue().encode(koding))
        return sti

    return lag


@pytest.fixture
def les(kommunetre, katalog):
    """`les(sti, …)` reads a file in as the command does: profile keys as keywords; the JSON answer."""

    def kjor(sti, *, dato=DAG, proev=False, **profil):
        return importer_fil(sti=sti, profil=fra_dict({"kilde": "Portalen"} | profil), dato=dato, proev=proev)

    return kjor


@pytest.fixture
def last_opp():
    """`last_opp(klient, sti, **felt)`: the answer to the upload."""

    def kjor(klient, sti, **felt):
        fil = SimpleUploadedFile(sti.name, sti.read_bytes())
        return klient.post(reverse("kompetanse:tallfil"), {"fil": fil, **felt})

    return kjor


@pytest.fixture
def helt_fram(last_opp):
    """`helt_fram(klient, sti, **valg)`: upload and confirm the columns; the address of the preview."""

    def kjor(klient, sti, **valg):
        svar = last_opp(klient, sti)
        assert svar.status_code == 302, svar.context["skjema"].errors
        skjema = klient.get(svar.url).context["skjema"]
        data = {n: skjema[n].value() or ([] if n == "brede" else "") for n in skjema.fields}
        data |= {"kilde": data["kilde"] or "Portalen", "dato": data["dato"] or DAG.isoformat()} | valg
        videre = klient.post(svar.url, data)
        assert videre.status_code == 302, videre.context["skjema"].errors
        return videre.url

    return kjor
