"""The rules of the requirements every municipality starts from. Only a requirement that has no rule yet gets one.

What law and agreement say in words that only a person can judge, becomes a condition the employer assesses.
"""

from django.db import migrations

LEDERAVTALE = {"slag": "lederutdanning", "forpliktelse": True}
BACHELOR = {"slag": "utdanning", "minst": "bachelor"}


def og(*deler):
    return {"slag": "og", "deler": list(deler)}


def eller(*deler):
    return {"slag": "eller", "deler": list(deler)}


def vurdert(tekst):
    return {"slag": "bekreftet", "tekst": tekst}


def relevant(minst):
    return {"slag": "utdanning", "minst": minst, "relevant": True}


BARNEVERNSLEDER = eller(
    {"slag": "utdanning", "minst": "master", "fag": "barnevern, tilsvarende"},
    og(
        relevant("bachelor"),
        {"slag": "erfaring", "aar": 4, "ord": "i", "rolle": "barnevernet", "innen": "2031-01-01"},
        {"slag": "studiepoeng", "minst": 30, "relevant": True, "innen": "2031-01-01"},
    ),
)
BRANNSJEF = og(
    {"slag": "fagretning", "fag": "forebyggende brannvern"},
    {"slag": "kurs", "navn": "overordnet ledelse"},
    eller(
        BACHELOR,
        {"slag": "erfaring", "aar": 2, "rolle": "brannsjef", "sted": "et område med inntil 20 000 innbyggere"},
    ),
)
PEDAGOGISK = {"slag": "fagretning", "fag": "pedagogikk, lærer, lektor"}
STYRER = eller(
    {"slag": "utdanning", "minst": "bachelor", "fag": "barnehagelærer, førskolelærer"},
    og(BACHELOR, {"slag": "fagretning", "fag": "barnefag, pedagogikk"}),
)
# (gjelder for, kilde, start of hjemmel) → rule
REGLER = {
    ("Kommunedirektør", "lov", "Kommuneloven § 13-1"): vurdert("kan lede administrasjonen forsvarlig"),
    ("Brannsjef", "lov", "Brann- og"): vurdert("er kvalifisert til å lede brann- og redningsvesenet"),
    ("Brannsjef i områder med 20 000–50 000 innbyggere", "forskrift", "Brann- og"): BRANNSJEF,
    ("Barnevernsleder", "lov", "Barnevernsloven"): BARNEVERNSLEDER,
    ("Rektor", "lov", "Opplæringslova"): og(
        PEDAGOGISK, vurdert("leder skolen forsvarlig faglig, pedagogisk og administrativt")
    ),
    ("Rektor: slik kravet er forklart", "forarbeid", "Prop. 57 L"): og(
        PEDAGOGISK, vurdert("kan lede skolen slik forarbeidene legger til grunn")
    ),
    ("Styrer i barnehage", "lov", "Barnehageloven"): STYRER,
    ("Ansatte og ledere i helse og omsorg", "lov", "Helse- og"): vurdert(
        "har kompetansen som trengs for forsvarlige tjenester"
    ),
    ("Ledere og ansatte i helse og omsorg", "forskrift", "Forskrift om ledelse"): vurdert(
        "kjenner fagfeltet, regelverket, retningslinjene og styringssystemet"
    ),
    ("Toppledere", "hta", "HTA"): og(
        {"slag": "utdanning", "minst": "bachelor"},
        {"slag": "erfaring", "aar": 1, "rolle": "leder"},
        vurdert("har strategisk kompetanse"),
    ),
    ("Enhetsledere", "hta", "HTA"): vurdert("kan lede drift, og kjenner lov- og avtaleverk og fagfelt"),
    ("Avdelingsledere og fagledere", "hta", "HTA"): relevant("videregaaende"),
    ("Akademikere og spesialister", "hta", "HTA"): {"slag": "utdanning", "minst": "master"},
    ("Toppledere", "kommunal", "Temaplanen"): og(relevant("master"), {"slag": "lederutdanning"}),
    ("Enhetsledere", "kommunal", "Temaplanen"): og(relevant("bachelor"), LEDERAVTALE),
    ("Avdelingsledere og fagledere", "kommunal", "Temaplanen"): og(relevant("bachelor"), LEDERAVTALE),
}


def _rader(krav, hvem, kilde, hjemmel):
    return krav.objects.filter(gjelder_for=hvem, kilde=kilde, hjemmel__startswith=hjemmel)


def legg_inn(apps, schema_editor):
    krav = apps.get_model("kompetanse", "Krav")
    for (hvem, kilde, hjemmel), regel in REGLER.items():
        for rad in _rader(krav, hvem, kilde, hjemmel):
            if not rad.regel:
                rad.regel = regel
                rad.save(update_fields=["regel"])


def ta_ut(apps, schema_editor):
    """Only a rule that still is as it was put in."""
    krav = apps.get_model("kompetanse", "Krav")
    for (hvem, kilde, hjemmel), regel in REGLER.items():
        for rad in _rader(krav, hvem, kilde, hjemmel):
            if rad.regel == regel:
                rad.regel = {}
                rad.save(update_fields=["regel"])


class Migration(migrations.Migration):
    dependencies = [("kompetanse", "0005_regler_katalog_og_ledere")]
    operations = [migrations.RunPython(legg_inn, ta_ut)]
