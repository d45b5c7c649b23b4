"""The municipality's role and responsibility matrix after temaplanen, punkt 5.6, and typical cases to be anchored.

The codes are facts from the plan. KD has the overall responsibility everywhere, EL contributes and carries out. The
legend and the cases are own words.
"""

from datetime import date

from django.db import migrations
from django.utils.text import slugify

ROLLER = ("KD", "AKD", "KS", "ØS", "IT", "EL")
NORSKE = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "Æ": "ae", "Ø": "o", "Å": "a"})
ALLE_HA = ("HA", "HA", "HA", "HA")
OMRAADER = ("HA: HR, HMS, tariff", "HA: tjeneste", "HA: økonomi", "HA: dokumentforvaltning, IT, personvern")
HR_HA = ("HA", "BS", "BS", "BS")
TJENESTE_HA = ("BS", "HA", "BS", "BS")
ARBEIDSGIVER = (
    "HA: HR, HMS (nærmeste leder for personalseksjonen)",
    "HA: tjeneste (nærmeste leder for enhetslederne)",
    "HA: økonomi (nærmeste leder for økonomiseksjonen)",
    "HA: IT, personvern (nærmeste leder for IT-enheten)",
)
# Task → what AKD, KS, ØS and IT have in it.
RADER = {
    "Strategisk ledelse": ALLE_HA,
    "Økonomistyring": ("BS", "BS", "HA", "BS"),
    "HR, arbeidsmiljø og HMS": HR_HA,
    "Kompetanseutvikling": HR_HA,
    "Dokumentforvaltning, IT og personvern": ("BS", "BS", "BS", "HA"),
    "Oppfølging av lov- og avtaleverk": OMRAADER,
    "Tjenestekvalitet": TJENESTE_HA,
    "Brukermedvirkning": TJENESTE_HA,
    "Ansattmedvirkning": HR_HA,
    "Tverrfaglig samarbeid": ALLE_HA,
    "Planlegging og rapportering": OMRAADER,
    "Saksbehandling (administrative og politiske saker)": OMRAADER,
    "Organisasjonsutvikling": HR_HA,
    "Implementering": ALLE_HA,
    "Arbeidsgiverfunksjoner": ARBEIDSGIVER,
}
KD_SOM_ARBEIDSGIVER = "OA: (arbeidsgiver etter loven, nærmeste leder for toppledergruppen)"
FORKLARING = {
    "innledning": "Matrisen viser hvem som har hvilken del i ledelsen av kommunen. Bruk den når dere er usikre på hvem "
    "som avgjør, og når dere følger opp lederne.",
    "tekst_oa": "Svarer for helheten, overfor loven og for retningen. Griper inn når noe ikke går som det skal.",
    "tekst_ha": "Planlegger arbeidet, sørger for at det blir gjort, og følger opp resultatet.",
    "tekst_bs": "Gir det den som har hovedansvaret trenger av kunnskap og hjelp, og passer på at eget område er ivaretatt.",
    "tekst_u": "Gjør arbeidet i egen enhet, innenfor det som er bestemt.",
}
# Title, what it is, the tasks it belongs to, the area, who must be asked, and why.
SAKER = [
    (
        "Du vil dele avdelingen i to",
        "Avdelingen har vokst til over førti ansatte. Du vil dele den og lyse ut en ny stilling som avdelingsleder.",
        ("Organisasjonsutvikling",),
        "",
        "AKD,KS",
        "Endret organisering er assisterende kommunedirektørs hovedansvar. Kommunalsjefen svarer for at sektoren henger "
        "sammen, og de tillitsvalgte skal med før noe er bestemt.",
    ),
    (
        "Budsjettet holder ikke",
        "I mai ser du at enheten går mot et merforbruk. Du vurderer å stanse vikarbruken ut året.",
        ("Økonomistyring", "Tjenestekvalitet"),
        "",
        "KS,ØS",
        "Økonomisjefen har hovedansvaret for økonomistyringen. Kommunalsjefen må vite hva innsparingen gjør med tjenesten "
        "før den settes i verk.",
    ),
    (
        "En medarbeider møter ruset på jobb",
        "Det er andre gangen på kort tid. Du mener at arbeidsforholdet ikke kan fortsette.",
        ("Arbeidsgiverfunksjoner", "Oppfølging av lov- og avtaleverk"),
        "HR",
        "AKD,KS",
        "Advarsel, oppsigelse og avskjed følger loven nøye. Ta det opp med HR og med din nærmeste leder før du gir beskjed.",
    ),
    (
        "Du vil stenge et tilbud i sommer",
        "Du får ikke dekket vaktene i juli, og vil holde dagtilbudet stengt i fire uker.",
        ("Tjenestekvalitet", "Brukermedvirkning"),
        "",
        "KS",
        "Kommunalsjefen har hovedansvaret for tjenestens kvalitet. Brukerne har rett til å bli hørt, og noen kan ha vedtak "
        "som gjelder hele året.",
    ),
    (
        "Et nytt fagsystem frister",
        "En leverandør tilbyr et halvt år gratis av et system som tar notater fra samtaler med brukere.",
        ("Dokumentforvaltning, IT og personvern",),
        "",
        "IT,KS",
        "IT-sjefen må vurdere sikkerhet, arkiv og personvern før noe tas i bruk. Gratis prøvetid er også behandling av "
        "opplysninger.",
    ),
    (
        "Opplysninger på avveie",
        "En liste med navn og diagnoser er sendt til feil mottaker. Du får vite det fredag ettermiddag.",
        ("Dokumentforvaltning, IT og personvern", "Oppfølging av lov- og avtaleverk"),
        "personvern",
        "IT,KS",
        "Fristen for å melde slike brudd er kort. IT-sjefen avgjør sammen med personvernombudet om det skal meldes.",
    ),
    (
        "Lokal lønn utenom forhandlinger",
        "En nøkkelperson har fått et annet tilbud. Du vil love høyere lønn med en gang.",
        ("Oppfølging av lov- og avtaleverk", "HR, arbeidsmiljø og HMS"),
        "tariff",
        "AKD,KS",
        "Lønn avtales etter tariffavtalen, og ett løfte får følger for andre. Assisterende kommunedirektør har hovedansvaret "
        "for tariff.",
    ),
    (
        "Journalisten ringer",
        "Lokalavisen spør om bemanningen en helg det skjedde et uhell. De vil ha svar i dag.",
        ("Strategisk ledelse", "Saksbehandling (administrative og politiske saker)"),
        "tjeneste",
        "KD,KS",
        "Kommunalsjefen svarer for tjenesten, og kommunedirektøren skal ikke lese om en alvorlig sak i avisen. Taushetsplikten "
        "gjelder også når det haster.",
    ),
    (
        "Videreutdanning for tre",
        "Tre ansatte vil ta samme videreutdanning fra høsten. Du har ikke penger til vikarer for alle.",
        ("Kompetanseutvikling",),
        "",
        "AKD,KS",
        "Hvem som får utdanning henger sammen med kommunens planer. Assisterende kommunedirektør har hovedansvaret, og "
        "kommunalsjefen ser behovet i hele sektoren.",
    ),
    (
        "Nye arbeidstider",
        "Du har tegnet en turnus med lengre vakter i helgene. Halvparten av de ansatte er positive.",
        ("Ansattmedvirkning", "HR, arbeidsmiljø og HMS"),
        "",
        "AKD,KS",
        "Arbeidstid drøftes med de tillitsvalgte, og verneombudet skal med. Begge deler er assisterende kommunedirektørs "
        "hovedansvar.",
    ),
    (
        "Saken skal til politisk behandling",
        "Du har skrevet et forslag om nye åpningstider. Utvalget har møte om tre uker.",
        ("Saksbehandling (administrative og politiske saker)",),
        "tjeneste",
        "KD,KS",
        "Kommunedirektøren fremmer saker for politikerne. Kommunalsjefen har hovedansvaret for saker om tjenesten og skal se "
        "den først.",
    ),
    (
        "Felles team med naboenheten",
        "Du og en annen enhetsleder vil lage et felles team for familier. Han hører til en annen sektor.",
        ("Tverrfaglig samarbeid", "Implementering"),
        "",
        "KS",
        "Samarbeid på tvers er hovedansvar for hele toppledergruppen. Begge kommunalsjefene må være enige om folk, penger og "
        "hvem som leder.",
    ),
]


def legg_inn(apps, schema_editor):
    hent = lambda navn: apps.get_model("kompetanse", navn)  # noqa: E731 - short name for many uses
    matrise = hent("Matrise").objects.create(navn="Rolle- og ansvarsmatrise", gjelder="kommune")
    versjon = hent("Matriseversjon").objects.create(
        matrise=matrise, nummer=1, gyldig_fra=date(2025, 12, 1), roller=",".join(ROLLER), **FORKLARING
    )
    oppgaver = {}
    for nr, (navn, midten) in enumerate(RADER.items(), 1):
        nokkel = slugify(navn.translate(NORSKE))[:80]
        oppgaver[navn] = hent("Matriseoppgave").objects.create(matrise=matrise, nokkel=nokkel)
        rad = hent("Matriserad").objects.create(versjon=versjon, oppgave=oppgaver[navn], navn=navn, rekkefolge=nr)
        kd = KD_SOM_ARBEIDSGIVER if navn == "Arbeidsgiverfunksjoner" else "OA"
        hent("Matrisecelle").objects.bulk_create(
            hent("Matrisecelle")(rad=rad, rolle=rolle, innhold=innhold)
            for rolle, innhold in zip(ROLLER, (kd, *midten, "BS; U"), strict=True)
        )
    for tittel, beskrivelse, rader, omraade, forankres, begrunnelse in SAKER:
        sak = hent("Forankringssak").objects.create(
            tittel=tittel, beskrivelse=beskrivelse, omraade=omraade, forankres=forankres, begrunnelse=begrunnelse
        )
        sak.oppgaver.set([oppgaver[navn] for navn in rader])


def ta_ut(apps, schema_editor):
    """The cases that were put in, and the municipality's matrix with all its editions: without it the tables are of
    no use, and the step before takes the tables away."""
    apps.get_model("kompetanse", "Forankringssak").objects.filter(tittel__in=[sak[0] for sak in SAKER]).delete()
    apps.get_model("kompetanse", "Matrise").objects.filter(gjelder="kommune").delete()


class Migration(migrations.Migration):
    dependencies = [("kompetanse", "0003_rollematrise_saker_og_delegering")]
    operations = [migrations.RunPython(legg_inn, ta_ut)]
