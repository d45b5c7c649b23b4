"""Reference data every municipality starts from: categories, leader titles, norms with their source."""

from django.db import migrations

# kode, navn, telling, skrivemåter
KATEGORIER = [
    ("F", "Fast", "telles", "F\nFast\nFast ansatt"),
    ("M", "Midlertidig, fast lønn", "telles", "M\nMidlertidig\nVikar"),
    ("MT", "Midlertidig, timelønn", "telles", "MT\nMidlertidig timelønnet"),
    ("T", "Timelønt", "turnover", "T\nTimelønt\nTimelønnet\nTilkallingsvikar"),
    ("honorar", "Honorar", "utenfor", "Honorar\nH"),
    ("oppdragstaker", "Oppdragstaker", "utenfor", "Oppdragstaker\nO"),
    ("politiker", "Politiker", "utenfor", "Politiker\nFolkevalgt\nP"),
    ("stonadsmottaker", "Stønadsmottaker", "utenfor", "Stønadsmottaker\nOmsorgsstønad\nST"),
    ("sluttet", "Sluttet", "sluttet", "Sluttet\nS"),
]
# tittel, lederfunksjon («» = vurdert, ikke leder)
LEDERTITLER = [
    ("Kommunedirektør", "kommunedirektor"),
    ("Assisterende kommunedirektør", "ass_kommunedirektor"),
    ("Kommunalsjef", "kommunalsjef"),
    ("Økonomisjef", "okonomisjef"),
    ("IT-sjef", "it_sjef"),
    ("Enhetsleder", "enhetsleder"),
    ("Avdelingsleder", "avdelingsleder"),
    ("Fagleder", "fagleder"),
    ("Arbeidsleder/formann", "arbeidsleder"),
    ("Arbeidsleder", "arbeidsleder"),
    ("Formann", "arbeidsleder"),
    ("Pedagogisk leder", ""),
]
NORMER = [
    (
        "lederspenn_median",
        "Median lederspenn i kommunal sektor",
        43,
        "NORCE 2019",
        "Enheter med så mange ansatte eller flere merkes.",
    ),
    (
        "lederspenn_helse",
        "Gjennomsnitt i kommunal helse og omsorg",
        39,
        "Helsedirektoratet 2023",
        "Vises som sammenligning for helse og omsorg.",
    ),
    (
        "avdeling_lav",
        "Nedre grense for stort lederspenn på avdeling",
        20,
        "Temaplanens prinsipper, punkt 5.5",
        "Over denne grensen bør oppfølgingen vurderes.",
    ),
    (
        "avdeling_hoy",
        "Øvre grense for stort lederspenn på avdeling",
        25,
        "Temaplanens prinsipper, punkt 5.5",
        "Over denne grensen blir oppfølgingen krevende.",
    ),
    (
        "lederspenn_minst",
        "Minste lederspenn uten begrunnelse",
        10,
        "Temaplanens prinsipper, punkt 5.5",
        "Færre ansatte enn dette må begrunnes.",
    ),
]


def legg_inn(apps, schema_editor):
    kategori, stilling, norm = (apps.get_model("analyse", n) for n in ("Ansattkategori", "Stilling", "Norm"))
    kategori.objects.bulk_create(kategori(kode=k, navn=n, telling=t, verdier=v) for k, n, t, v in KATEGORIER)
    stilling.objects.bulk_create(
        stilling(navn=n, funksjon=f, ledervurdert=True, gruppe="Ledere" if f else "Pedagogisk leder")
        for n, f in LEDERTITLER
    )
    norm.objects.bulk_create(norm(nokkel=k, navn=n, verdi=v, kilde=s, forklaring=f) for k, n, v, s, f in NORMER)


def ta_bort(apps, schema_editor):
    for navn in ("Ansattkategori", "Stilling", "Norm"):
        apps.get_model("analyse", navn).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("analyse", "0001_grunnlag")]
    operations = [migrations.RunPython(legg_inn, ta_bort)]
