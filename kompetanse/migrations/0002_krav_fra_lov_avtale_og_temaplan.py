"""Requirements every municipality starts from: law and regulations, HTA, and a proposal for the municipality's own.

Own words; links only to whole acts and regulations, whose addresses do not change with the numbering of paragraphs.
"""

from datetime import date

from django.db import migrations

LOV = "https://lovdata.no/lov/"
FORSKRIFT = "https://lovdata.no/forskrift/"
TOPPLEDERE = "kommunedirektor,ass_kommunedirektor,kommunalsjef,okonomisjef,it_sjef"
SKOLER = "Skole\nBarneskole\nUngdomsskole"
BARNEHAGER = "Barnehage\nBarnehager"
HELSE = (
    "Helse\nHelsestasjon\nPsykisk helse\nHjemmetjenesten\nHjemmetjeneste\nSykehjem\nSykehjemmet\nHabilitering\n"
    "Rehabilitering\nLegetjeneste\nLegetjenester"
)
HELSEGRUPPER = "Sykepleiere\nHelsefagarbeidere\nVernepleiere og miljøterapeuter\nTerapeuter og leger"
FORSLAG = "Forslag å begynne med. Rett det til det kommunen har vedtatt."
DOKUMENTERT = " Annen bakgrunn kan godtas når lederen har dokumentert svært gode resultater på høyt nivå."
FORPLIKTET = " og lederutdanning, eller en avtale om å ta den kort tid etter ansettelsen."

KRAV = [
    {
        "gjelder_for": "Kommunedirektør",
        "kilde": "lov",
        "hjemmel": "Kommuneloven § 13-1",
        "lenke": LOV + "2018-06-22-83",
        "tekst": "Har kompetansen som skal til for å lede administrasjonen på en forsvarlig måte.",
        "funksjoner": "kommunedirektor",
    },
    {
        "gjelder_for": "Brannsjef",
        "kilde": "lov",
        "hjemmel": "Brann- og eksplosjonsvernloven § 18a",
        "lenke": LOV + "2002-06-14-20",
        "tekst": "Har kvalifikasjonene som trengs for å lede brann- og redningsvesenet.",
        "stillinger": "Brannsjef",
        "funksjoner": "enhetsleder",
        "enhetsord": "Brann",
    },
    {
        "gjelder_for": "Brannsjef i områder med 20 000–50 000 innbyggere",
        "kilde": "forskrift",
        "hjemmel": "Brann- og redningsvesenforskriften § 45",
        "lenke": FORSKRIFT + "2021-09-15-2755",
        "tekst": "Har utdanning i forebyggende brannvern og kurs i overordnet ledelse. I tillegg enten bachelorgrad, "
        "eller minst to år som brannsjef i et område med inntil 20 000 innbyggere.",
        "stillinger": "Brannsjef",
        "funksjoner": "enhetsleder",
        "enhetsord": "Brann",
        "merknad": "Gjelder bare områder av denne størrelsen.",
    },
    {
        "gjelder_for": "Barnevernsleder",
        "kilde": "lov",
        "hjemmel": "Barnevernsloven § 15-6",
        "lenke": LOV + "2021-06-18-97",
        "tekst": "Har master i barnevern eller tilsvarende. Ellers relevant bachelorgrad, og innen 1. januar 2031 minst "
        "fire år i barnevernet og relevant videreutdanning på minst 30 studiepoeng.",
        "stillinger": "Barnevernsleder\nBarnevernleder",
        "funksjoner": "enhetsleder",
        "enhetsord": "Barnevern\nBarnevernet\nBarnevernstjenesten\nBarneverntjenesten",
        "gyldig_fra": date(2031, 1, 1),
        "merknad": "Planlegg i tide: videreutdanning og praksis må være på plass når kravet begynner å gjelde.",
    },
    {
        "gjelder_for": "Rektor",
        "kilde": "lov",
        "hjemmel": "Opplæringslova § 17-2",
        "lenke": LOV + "2023-06-09-30",
        "tekst": "Har pedagogisk kompetanse, og leder skolen forsvarlig faglig, pedagogisk og administrativt.",
        "stillinger": "Rektor",
        "funksjoner": "enhetsleder",
        "enhetsord": SKOLER,
    },
    {
        "gjelder_for": "Rektor: slik kravet er forklart",
        "kilde": "forarbeid",
        "hjemmel": "Prop. 57 L (2022–2023), side 633–634",
        "tekst": "Forarbeidene utdyper hva som ligger i pedagogisk kompetanse og forsvarlig ledelse av skolen.",
        "stillinger": "Rektor",
        "funksjoner": "enhetsleder",
        "enhetsord": SKOLER,
    },
    {
        "gjelder_for": "Styrer i barnehage",
        "kilde": "lov",
        "hjemmel": "Barnehageloven § 24",
        "lenke": LOV + "2005-06-17-64",
        "tekst": "Er utdannet barnehagelærer, eller har annen høyskoleutdanning som gir barnefaglig og pedagogisk "
        "kompetanse.",
        "stillinger": "Styrer",
        "funksjoner": "enhetsleder,avdelingsleder",
        "enhetsord": BARNEHAGER,
    },
    {
        "gjelder_for": "Ansatte og ledere i helse og omsorg",
        "kilde": "lov",
        "hjemmel": "Helse- og omsorgstjenesteloven §§ 4-1 og 4-2",
        "lenke": LOV + "2011-06-24-30",
        "tekst": "Har kompetansen som trengs for forsvarlige tjenester. Virksomheten arbeider systematisk med å bedre "
        "kvaliteten og sikkerheten for pasienter og brukere.",
        "funksjoner": "kommunalsjef,enhetsleder,avdelingsleder,fagleder",
        "grupper": HELSEGRUPPER,
        "enhetsord": HELSE,
    },
    {
        "gjelder_for": "Ledere og ansatte i helse og omsorg",
        "kilde": "forskrift",
        "hjemmel": "Forskrift om ledelse og kvalitetsforbedring i helse- og omsorgstjenesten § 7 bokstav b",
        "lenke": FORSKRIFT + "2016-10-28-1250",
        "tekst": "Kjenner fagfeltet, regelverket, retningslinjene og styringssystemet som arbeidet krever.",
        "funksjoner": "kommunalsjef,enhetsleder,avdelingsleder,fagleder",
        "grupper": HELSEGRUPPER,
        "enhetsord": HELSE,
    },
    {
        "gjelder_for": "Toppledere",
        "kilde": "hta",
        "hjemmel": "HTA kapittel 3, punkt 3.4.1",
        "tekst": "Har solid formell utdanning på høyt nivå, erfaring som leder og strategisk kompetanse.",
        "funksjoner": TOPPLEDERE,
    },
    {
        "gjelder_for": "Enhetsledere",
        "kilde": "hta",
        "hjemmel": "HTA kapittel 3, punkt 3.4.2",
        "tekst": "Kan lede drift, kjenner lov- og avtaleverket, og har innsikt i fagfeltet.",
        "funksjoner": "enhetsleder",
    },
    {
        "gjelder_for": "Avdelingsledere og fagledere",
        "kilde": "hta",
        "hjemmel": "HTA kapittel 4",
        "tekst": "Har fagutdanning for tjenesten. Lederkompetanse kan kreves i tillegg.",
        "funksjoner": "avdelingsleder,fagleder",
    },
    {
        "gjelder_for": "Akademikere og spesialister",
        "kilde": "hta",
        "hjemmel": "HTA kapittel 5",
        "tekst": "Har utdanning på masternivå og spesialisert fagkompetanse, for eksempel som jurist, rådgiver, lege "
        "eller psykolog.",
        "stillinger": "Jurist\nRådgiver\nLege\nKommunelege\nPsykolog",
    },
    {
        "gjelder_for": "Toppledere",
        "kilde": "kommunal",
        "hjemmel": "Temaplanen, punkt 4.2",
        "tekst": "Har relevant mastergrad med lederutdanning i graden eller ved siden av." + DOKUMENTERT,
        "funksjoner": TOPPLEDERE,
        "merknad": FORSLAG,
    },
    {
        "gjelder_for": "Enhetsledere",
        "kilde": "kommunal",
        "hjemmel": "Temaplanen, punkt 4.2",
        "tekst": "Har minst relevant bachelorgrad, helst mastergrad," + FORPLIKTET,
        "funksjoner": "enhetsleder",
        "merknad": FORSLAG,
    },
    {
        "gjelder_for": "Avdelingsledere og fagledere",
        "kilde": "kommunal",
        "hjemmel": "Temaplanen, punkt 4.2",
        "tekst": "Har minst relevant fagutdanning på bachelornivå" + FORPLIKTET,
        "funksjoner": "avdelingsleder,fagleder",
        "merknad": FORSLAG,
    },
    {
        "gjelder_for": "Alle ledere: personlige egenskaper",
        "kilde": "kommunal",
        "hjemmel": "Temaplanen, punkt 4.2",
        "tekst": "Lytter, er god i dialog, er følelsesmessig moden og nysgjerrig, og tåler å stå i det uforutsigbare.",
        "funksjoner": TOPPLEDERE + ",enhetsleder,avdelingsleder,fagleder,arbeidsleder",
        "merknad": FORSLAG,
    },
]


def legg_inn(apps, schema_editor):
    krav = apps.get_model("kompetanse", "Krav")
    krav.objects.bulk_create(krav(**rad) for rad in KRAV)


def ta_ut(apps, schema_editor):
    """Only what was put in and still stands under the same name and source."""
    krav = apps.get_model("kompetanse", "Krav")
    for rad in KRAV:
        krav.objects.filter(**{n: rad[n] for n in ("gjelder_for", "kilde", "hjemmel")}).delete()


class Migration(migrations.Migration):
    dependencies = [("kompetanse", "0001_krav_til_stillinger")]
    operations = [migrations.RunPython(legg_inn, ta_ut)]
