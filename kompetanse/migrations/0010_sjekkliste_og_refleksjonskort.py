"""The checklist of strategic competence work (Nordhaug's five points and Lai's four, with the five drivers of
mobilisation), and cards to talk about. The points are the field's own; all explanations and questions are own words.
"""

from django.db import migrations

# nokkel, modell, del av, navn, vei, innsatsområde, tiltakstittel, betyr, ja, delvis, neste steg
PUNKTER = [
    (
        "behov", "nordhaug", "", "Registrering av kompetansebehov", "utvikle", "kompetanseledelse",
        "Skriv ned hvilken kompetanse tjenesten trenger",
        "Dere har skrevet ned hvilken kompetanse oppgavene krever, i dag og de nærmeste årene.",
        "Behovet er beskrevet for alle viktige oppgaver, ser minst tre år fram og er gått gjennom det siste året.",
        "Behovet er beskrevet for noen av oppgavene, eller oversikten er eldre enn ett år.",
        "Fyll ut en gapanalyse: gå gjennom oppgavene én for én, og skriv hva hver av dem krever nå, om tre år og om fem.",
    ),
    (
        "kartlegging", "nordhaug", "", "Kartlegging av intern kompetanse", "mobilisere", "kompetanseledelse",
        "Kartlegg kompetansen de ansatte har",
        "Dere vet hvilken kompetanse de ansatte har, også den de ikke bruker i stillingen sin.",
        "Kompetansen er kartlagt for alle, holdes ved like og blir brukt når oppgaver og vakter fordeles.",
        "Bare utdanning eller bare noen grupper er kartlagt, eller kartleggingen ligger ubrukt.",
        "Bli enige om hva kartleggingen skal brukes til. Begynn med den kompetansen tjenesten er mest avhengig av.",
    ),
    (
        "mangel", "nordhaug", "", "Kompetansemangel", "utvikle", "kompetanseledelse",
        "Finn ut hvor kompetansen mangler mest",
        "Dere har holdt behovet opp mot det dere har, og vet hva som mangler.",
        "Mangelen er tallfestet for hver viktig kompetanse, med hva som er mest kritisk og når.",
        "Dere vet omtrent hva som mangler, men har ikke tall, eller ser bare på året som kommer.",
        "Hold behov og beholdning mot hverandre i gapanalysen, og ta med dem som ventes å slutte.",
    ),
    (
        "plan", "nordhaug", "", "Plan for kompetanseoppbygging", "utvikle", "kompetanseledelse",
        "Lag plan for å bygge kompetansen som mangler",
        "Dere har en skriftlig plan for hvordan mangelen skal dekkes.",
        "Planen har tiltak med ansvarlig, frist og kostnad, og er drøftet med de tillitsvalgte.",
        "Det finnes en kursliste eller gode hensikter, men ikke en plan som bygger på det som mangler.",
        "Velg vei for hvert gap – beholde, mobilisere, anskaffe, utvikle eller avvikle – og legg tiltakene i delplanen.",
    ),
    (
        "gjennomforing", "nordhaug", "", "Gjennomføring", "utvikle", "kompetanseledelse",
        "Følg opp at kompetansetiltakene blir gjennomført",
        "Det som er planlagt, blir gjort, og dere ser etter om det virket.",
        "De fleste tiltakene er gjennomført i tide, og dere har vurdert hva de førte til.",
        "Noe er gjennomført, men mye er utsatt, eller ingen har sett etter om det hjalp.",
        "Ta tiltakene opp i et fast ledermøte hver måned: hva er gjort, hva står fast, hva gjør vi med det.",
    ),
    (
        "anskaffelse", "lai", "", "Anskaffelse", "anskaffe", "rekruttering",
        "Rekrutter etter en kompetanseprofil",
        "Dere skaffer kompetanse utenfra på en planlagt måte, når det er den beste veien.",
        "Hver utlysing bygger på en kompetanseprofil, og dere vurderer andre veier før dere lyser ut.",
        "Dere rekrutterer jevnlig, men lyser oftest ut den samme stillingen på nytt uten å spørre hva som trengs.",
        "Skriv en kompetanseprofil før neste utlysing: hvilke oppgaver skal løses, og hva krever de?",
    ),
    (
        "utvikling", "lai", "", "Utvikling", "utvikle", "kompetanseledelse",
        "Knytt opplæringen til det som mangler",
        "De ansatte lærer det tjenesten trenger, på jobb, på kurs eller i utdanning.",
        "Opplæringen følger av det som mangler, alle har mulighet, og det lærte blir tatt i bruk.",
        "Det tilbys kurs, men de som vil mest, får mest, eller ingen spør etterpå hva det ble brukt til.",
        "Velg ut det viktigste dere må lære i år. Avtal med hver enkelt hvordan det skal brukes når kurset er over.",
    ),
    (
        "mobilisering", "lai", "", "Mobilisering", "mobilisere", "mobilisering",
        "Ta i bruk kompetansen vi har",
        "Kompetansen som finnes, kommer i bruk. Svaret følger av de fem driverne under.",
        "Alle fem driverne er på plass.",
        "Noen av driverne er på plass.",
        "Begynn med driveren dere er svakest på.",
    ),
    (
        "rolledefinering", "lai", "mobilisering", "Rolledefinering", "mobilisere", "rolleforstaaelse",
        "Avklar roller og oppgaver",
        "De ansatte vet hva som ventes av dem, og oppgavene passer til det de kan.",
        "Roller og oppgaver er skrevet ned, kjent for alle og blir justert når oppgavene endrer seg.",
        "Rollene er klare for noen grupper, eller beskrivelsene stemmer ikke med arbeidsdagen.",
        "Gå gjennom oppgavene i et personalmøte: hvem gjør hva, hvem burde gjøre det, og hva er uklart?",
    ),
    (
        "mestringstro", "lai", "mobilisering", "Mestringstro", "mobilisere", "ledelse",
        "Styrk troen på egen mestring",
        "De ansatte har tro på at de klarer oppgavene, også når de er nye.",
        "Medarbeiderundersøkelsen viser høy mestringstro, og nye oppgaver gis med opplæring og støtte.",
        "Mestringstroen er god i noen grupper, eller dere har et inntrykk, men ingen måling.",
        "Se på svarene i medarbeiderundersøkelsen sammen. La erfarne vise vei når noen får nye oppgaver.",
    ),
    (
        "autonomi", "lai", "mobilisering", "Autonomi", "mobilisere", "ledelse",
        "Gi mer rom for egne faglige valg",
        "De ansatte kan selv velge hvordan de løser oppgavene, innenfor rammer som er kjent.",
        "Det er klart hva den enkelte kan avgjøre, og ansatte med kompetansen får bruke skjønn.",
        "Noen har stort handlingsrom, mens andre må spørre om det meste.",
        "Finn tre avgjørelser som tas høyere opp enn de trenger, og flytt dem nærmere arbeidet.",
    ),
    (
        "mestringsledelse", "lai", "mobilisering", "Mestringsorientert ledelse", "mobilisere", "ledelse",
        "Bruk mer tid på tilbakemelding og veiledning",
        "Lederne gir tilbakemelding, utfordrer og hjelper hver enkelt å bli bedre.",
        "Alle har fast tid med lederen sin, får tilbakemelding på arbeidet og oppgaver de kan vokse på.",
        "Noen ledere får det til, eller samtalene blir holdt, men sjelden fulgt opp.",
        "Se om lederspennet gir rom for oppfølging. Sett av faste tidspunkt, og hold dem.",
    ),
    (
        "kollegastotte", "lai", "mobilisering", "Støtte fra nærmeste kollegaer", "mobilisere", "mobilisering",
        "Lag faste møteplasser for faglig støtte",
        "Kollegaer deler det de kan, og hjelper hverandre i det daglige.",
        "Det finnes faste møteplasser for faglig drøfting, og det er lett å be om hjelp på alle vakter.",
        "Støtten finnes, men avhenger av hvem som er på jobb, eller mangler kveld og helg.",
        "Sett av en halvtime annenhver uke til å drøfte en faglig sak, og la ansatte følge hverandre en dag.",
    ),
    (
        "avvikling", "lai", "", "Avvikling", "avvikle", "mobilisering",
        "Rydd bort oppgaver og kompetanse vi ikke trenger",
        "Dere slutter med oppgaver og kompetanse tjenesten ikke trenger, på en ryddig måte.",
        "Dere går jevnlig gjennom hva som kan falle bort, og ansatte det gjelder, får nye oppgaver og opplæring.",
        "Noe faller bort av seg selv, men ingen har bestemt det eller tenkt på dem det gjelder.",
        "Spør hver høst: hva kan vi slutte med? Avtal omstilling tidlig, og ta vare på kunnskap før noen slutter.",
    ),
]  # fmt: skip

# gruppe, spørsmål, hjelp
KORT = [
    ("kjenne", "Hva kan vi som ingen andre i kommunen kan?", "Tenk på oppgaver andre ringer oss om."),
    ("kjenne", "Hvilken kompetanse hos oss blir ikke brukt?", "Utdanning, språk, fagbrev, erfaring fra andre jobber og fritid."),
    ("kjenne", "Hvem spør vi når noe er vanskelig – og hva gjør vi når den personen er borte?", "Snakk om roller, ikke om navn."),
    ("kjenne", "Hva må vi kunne om fem år som vi ikke kan i dag?", "Se på innbyggerne, teknologien og lovene."),
    ("kjenne", "Hvordan vet vi at oversikten vår over kompetanse stemmer?", "Når ble den sist brukt til å bestemme noe?"),
    ("alder", "Hva forsvinner fra oss når de eldste slutter?", "Kunnskap, kontakter og vaner som ikke er skrevet ned."),
    ("alder", "Hvilke grupper er stabile hos oss, og hvor slutter mange?", "Se på turnover for enheten. Hva kan forklare forskjellen?"),
    ("alder", "Hva skulle til for at flere ville stå lenger i jobb?", "Oppgaver, arbeidstid, å lære bort, å bli sett."),
    ("alder", "Hva risikerer vi hvis vi ikke planlegger bemanningen?", "Hvem merker det først, og hvordan?"),
    ("alder", "Hvor sårbare er vi en vanlig helg i juli?", "Hvilke oppgaver stanser hvis én person blir syk?"),
    ("rekruttering", "Hvorfor skulle en dyktig nyutdannet velge oss?", "Svar slik du ville sagt det til en venn."),
    ("rekruttering", "Hva får naboene til bedre enn oss når de ansetter?", "Lønn er ett svar. Finn to til."),
    ("rekruttering", "Hvordan går det med lærlingene våre når fagprøven er bestått?", "Hva skulle til for at flere ble?"),
    ("rekruttering", "Hva er det første en nyansatt møter hos oss?", "Den første dagen, den første uka, den første måneden."),
    ("rekruttering", "Må den neste stillingen være lik den som blir ledig?", "Hvilke oppgaver ligger i den, og hvem kunne gjort dem?"),
    ("laering", "Når lærte vi sist noe nytt sammen – og hva ble annerledes etterpå?", "Let etter eksempler fra det siste halve året."),
    ("laering", "Hva hindrer oss i å bruke det vi lærer på kurs?", "Tid, utstyr, vaner, kollegaer, leder."),
    ("laering", "Hvem får tilbud om opplæring, og hvem blir glemt?", "Deltid, nattevakter, vikarer, de som aldri spør."),
    ("laering", "Hva kan vi lære av en annen enhet i kommunen?", "Hvem kunne vi besøkt for én dag?"),
    ("laering", "Hva bør alle hos oss kunne digitalt?", "Hvem hjelper de andre, og har de tid til det?"),
    ("oppgaver", "Hvilke oppgaver krever ikke den utdanningen som gjør dem i dag?", "Hvem kunne tatt dem, og hva ville det frigjort?"),
    ("oppgaver", "Hva kan vi slutte med uten at brukerne taper på det?", "Rapporter, møter, rutiner, dobbeltarbeid."),
    ("oppgaver", "Hvor stopper det opp mellom oss og andre?", "Følg én bruker gjennom en uke. Hvor må hun vente?"),
    ("oppgaver", "Er turnusen laget for oppgavene eller for stillingene?", "Når på døgnet har vi for mange, og når for få?"),
    ("oppgaver", "Hva kunne vi delt med nabokommunen?", "Folk, kurs, vakter, utstyr, fagmiljø."),
    ("ledelse", "Hva er uklart om hvem som bestemmer hos oss?", "Ta en sak fra sist måned. Hvem avgjorde, og hvem burde ha gjort det?"),
    ("ledelse", "Får lederen vår tid til å følge opp hver enkelt?", "Hvor mange har hun ansvar for, og hva går tiden til?"),
    ("ledelse", "Når fikk du sist en tilbakemelding du hadde nytte av?", "Hva gjorde den nyttig?"),
    ("ledelse", "Hva kan du avgjøre selv i arbeidet ditt – og hva skulle du ønske at du kunne?", "Hva måtte til for at det var trygt?"),
    ("ledelse", "Hvordan er de tillitsvalgte og verneombudet med før noe blir bestemt?", "Tenk på før, under og etter den siste endringen."),
]  # fmt: skip


def legg_inn(apps, schema_editor):
    modell, laget = apps.get_model("kompetanse", "Modenhetspunkt"), {}
    felt = ("vei", "omraade", "tiltakstittel", "betyr", "ja", "delvis", "neste_steg")
    for nr, (nokkel, liste, del_av, navn, *resten) in enumerate(PUNKTER, 1):
        laget[nokkel] = modell.objects.create(
            nokkel=nokkel, modell=liste, del_av=laget.get(del_av), navn=navn, rekkefolge=nr,
            **dict(zip(felt, resten, strict=True)),
        )  # fmt: skip
    kort = apps.get_model("kompetanse", "Refleksjonskort")
    kort.objects.bulk_create(kort(gruppe=g, sporsmaal=s, hjelp=h) for g, s, h in KORT)


def ta_ut(apps, schema_editor):
    """The points and the cards with everything said about them; the step before takes the tables away."""
    for navn in ("Modenhetssvar", "Modenhetspunkt", "Refleksjonsnotat", "Refleksjonskort"):
        apps.get_model("kompetanse", navn).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("kompetanse", "0009_modenhet_refleksjon_og_risiko")]
    operations = [migrations.RunPython(legg_inn, ta_ut)]
