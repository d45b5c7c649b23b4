"""The catalogue of measures that new tiltak can start from. The titles are known measures, the words are our own."""

from django.db import migrations

HEFTE = "Kompetanse for en ny tid (KS og partene)"
STUDIE = "Masteroppgave om kompetanseledelse i kommunale enheter (UiA, 2023)"
TEMAPLAN = "Temaplan om kompetansebehov og rekruttering (Kristiansund kommune, 2025)"
# title, way, key of the innsatsområde, source, what to do
KATALOG = [
    ("Fagdag", "utvikle", "kompetanseledelse", HEFTE, "Samle dem som gjør samme jobb til en dag om ett tema. Bestem på forhånd hva som skal være annerledes i tjenesten etterpå, og hvem som følger det opp."),
    ("Hospitering", "utvikle", "kompetanseledelse", HEFTE, "La ansatte arbeide noen dager i en annen enhet eller kommune. Avtal hva de skal se etter, og sett av tid til å dele det når de er tilbake."),
    ("Jobbrotasjon", "mobilisere", "mobilisering", HEFTE, "Bytt arbeidsoppgaver i en avtalt periode, så flere kan mer enn sin egen oppgave og enheten tåler fravær bedre."),
    ("Kollegaveiledning", "utvikle", "arbeidsmiljo", HEFTE, "Faste grupper der kolleger tar opp saker fra egen hverdag. En som er opplært, leder samtalen."),
    ("Trainee", "anskaffe", "rekruttering", HEFTE, "Ansett nyutdannede i et løp på ett til to år gjennom flere deler av kommunen, med en fast mentor og et mål om fast stilling."),
    ("Mentor for nye ledere og ansatte", "beholde", "livsfase", HEFTE, "Gi hver ny en erfaren kollega å spørre. Avtal møter det første året, og regn tiden inn i planen til begge."),
    ("Utdanningsstipend", "utvikle", "utdanning", HEFTE, "Støtt utdanning kommunen mangler, mot en avtalt bindingstid. Ønskene meldes i god tid før søknadsfristen til studiet."),
    ("Nettkurs og åpne nettstudier", "utvikle", "digital", HEFTE, "Velg ut kurs som passer oppgavene, sett av arbeidstid, og ta opp det lærte på neste personalmøte."),
    ("Tilpassede studier med lærested", "utvikle", "utdanning", HEFTE, "Avtal med fagskole, høgskole eller universitet om studier på deltid og nær arbeidsplassen. Flere kommuner kan fylle et kull sammen."),
    ("Y-veien", "utvikle", "utdanning", HEFTE, "Hjelp ansatte med fagbrev inn i høyere utdanning uten generell studiekompetanse. Tilrettelegg turnus i studietiden."),
    ("Messer og skolebesøk", "anskaffe", "rekruttering", HEFTE, "La ansatte som kan jobben, møte elever og studenter. Ta med ledige stillinger, praksisplasser og noen å ringe til."),
    ("Praksisplasser for elever og studenter", "anskaffe", "rekruttering", HEFTE, "Lag én felles ordning for praksis: hvem som tar imot, hva eleven skal prøve, og hvordan dere holder kontakten etterpå."),
    ("Flere heltidsstillinger", "beholde", "kompetanseledelse", HEFTE, "Slå sammen små stillinger når noen slutter, og prøv andre turnuser sammen med de tillitsvalgte. Følg andelen heltid."),
    ("Deling av arbeidstakere mellom nabokommuner", "anskaffe", "samarbeid", HEFTE, "Ansett spesialister sammen med nabokommuner når ingen av dere har nok arbeid til hel stilling. Avtal ansvar og kostnad skriftlig."),
    ("Lærlinger med jobb etterpå", "anskaffe", "rekruttering", HEFTE, "Ta inn lærlinger der dere vet at folk går av, og gi dem som består, et tilbud om stilling."),
    ("Fagbrev på jobb", "utvikle", "utdanning", HEFTE, "Gi ufaglærte med erfaring tid og veiledning fram til fagprøven. Kartlegg først hvem som er aktuelle."),
    ("Videreutdanning", "utvikle", "utdanning", HEFTE, "Prioriter videreutdanning ut fra kritiske oppgaver i analysen, ikke etter hvem som spør først."),
    ("Internopplæring", "utvikle", "kompetanseledelse", HEFTE, "Bruk dem som kan det, til å lære opp andre. Lag en kort plan for opplæringen, og noter hvem som har fått den."),
    ("Tverrfaglige team", "mobilisere", "organisering", STUDIE, "Sett sammen folk fra flere fag om de samme brukerne. Avklar hvem som bestemmer hva, og møt fast."),
    ("Velferdsteknologi og nye oppgavedelinger", "mobilisere", "mobilisering", STUDIE, "Gå gjennom oppgavene: hvilke kan løses med teknologi, og hvilke trenger ikke spesialutdanning? Flytt dem, og følg kvaliteten."),
    ("Ressursteam for turnus", "mobilisere", "mobilisering", TEMAPLAN, "Et lite team som kan turnusplanlegging, hjelper avdelingene å bruke folk og kompetanse der behovet er."),
    ("Kompetanseprofil i alle utlysninger", "anskaffe", "rekruttering", TEMAPLAN, "Beskriv oppgavene og kompetansen stillingen krever, før dere lyser ut. Vurder intern fortrinnsrett først."),
    ("Øving på ansvar og myndighet i saker", "utvikle", "rolleforstaaelse", TEMAPLAN, "Ta ekte saker opp i ledermøtet: hvem har ansvaret, hva må avklares oppover, og når? Bruk rollematrisen."),
    ("Lederprogram", "utvikle", "ledelse", TEMAPLAN, "Felles program for ledere om økonomi, arbeidsmiljø og tjeneste, med oppgaver fra egen enhet mellom samlingene."),
    ("Justering av lederspenn", "mobilisere", "organisering", TEMAPLAN, "Gå gjennom avdelinger der én leder har mange ansatte. Vurder fagledere, stab eller deling, og følg sykefravær og turnover."),
    ("Kartlegging av kompetanse", "mobilisere", "kompetanseledelse", HEFTE, "Kartlegg bare det dere skal bruke: utdanning, kurs og erfaring opp mot oppgavene. Bestem hvem som holder det oppdatert."),
    ("Digitale superbrukere", "utvikle", "digital", TEMAPLAN, "Gi noen i hver avdeling mer opplæring og tid til å hjelpe andre. Mål hvor mange som klarer oppgavene selv."),
    ("Seniorsamtaler og seniorer som mentorer", "beholde", "livsfase", TEMAPLAN, "Snakk med ansatte over 58 år om hva som skal til for å bli. Bruk erfaringen deres til å lære opp andre."),
    ("Tett oppfølging av nyansatte i to år", "beholde", "livsfase", TEMAPLAN, "Faste samtaler etter to uker, tre måneder, ett og to år. Spør hva som holder på dem, og hva som mangler."),
    ("Plan for overføring av kompetanse", "beholde", "livsfase", TEMAPLAN, "Når mange nærmer seg pensjon: skriv ned hva bare de kan, hvem som skal overta, og hvordan det læres bort før de slutter."),
    ("Avvikling av oppgaver", "avvikle", "mobilisering", HEFTE, "Gå gjennom hva dere gjør som ikke lenger trengs eller kreves. Slutt med det, og si hva tiden går til i stedet."),
]  # fmt: skip


def legg_inn(apps, schema_editor):
    mal = apps.get_model("planer", "Tiltaksmal")
    for tittel, vei, omraade, kilde, hva in KATALOG:
        mal.objects.get_or_create(tittel=tittel, defaults={"vei": vei, "omraade": omraade, "kilde": kilde, "hva": hva})


def ta_bort(apps, schema_editor):
    apps.get_model("planer", "Tiltaksmal").objects.filter(tittel__in=[rad[0] for rad in KATALOG]).delete()


class Migration(migrations.Migration):
    dependencies = [("planer", "0003_vedtakets_pdf_uten_smaa_tall")]
    operations = [migrations.RunPython(legg_inn, ta_bort)]
