"""The demo's maturity: sectors and units assessed on two dates, a group's talk, three risks. All of it made up."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from kompetanse.models import Modenhetsvurdering, Refleksjonskort, Refleksjonsnotat
from kompetanse.modenhet.regning import Svar
from kompetanse.queries.modenhet import sjekkliste
from kompetanse.services.modenhet import lagre_vurdering
from kompetanse.services.refleksjon import avslutt_oekt, lagre_notat, start_oekt, trekk_kort
from kompetanse.services.risiko import lagre_risiko
from organisasjon.models import Bruker, Enhet

TEGN = {"j": Svar.JA, "d": Svar.DELVIS, "n": Svar.NEI, "-": Svar.IKKE_VURDERT}
FOER, NAA = -420, -40
# Unit → who assessed, the answers before and now in the order of the checklist, and what some of them build on.
VURDERINGER = (
    (
        *("Helse og omsorg", "kommunalsjef", "ddndnddddndnn", "jjddddjddjddn"),
        {
            "behov": "Beskrevet i alle delplanene, gått gjennom i ledermøtet i høst.",
            "kartlegging": "Kompetanseportalen er fylt ut for alle faste, og brukes når vaktene settes opp.",
            "mangel": "Tall for sykepleiere og vernepleiere, ikke for de andre gruppene.",
            "utvikling": "Opplæringsplan for hele sektoren, med frikjøp.",
            "autonomi": "Medarbeiderundersøkelsen: 4,2 på selvstendighet.",
            "avvikling": "Ikke tatt opp.",
        },
    ),
    (
        *("Oppvekst", "kommunalsjef.oppvekst", "ddnnnjdjjjdjn", "ddndnjdjjjdjn"),
        {
            "plan": "Skolene har plan, barnehagene lager sin i vår.",
            "anskaffelse": "Kompetanseprofil i alle utlysinger siden 2024.",
            "rolledefinering": "Rollene er beskrevet for alle stillinger i skolene.",
            "kollegastotte": "Faste fagdrøftinger hver uke på hvert trinn.",
        },
    ),
    (
        *("Tekniske tjenester og kultur", "kommunalsjef.teknisk", "nnnnndnd-d-dn", "dnnnnddd-d-jd"),
        {
            "behov": "Brann og eiendom har skrevet det ned, resten har ikke begynt.",
            "kollegastotte": "To lag jobber sammen på de fleste oppdrag.",
            "avvikling": "Gått gjennom oppgavene i Servicetorget.",
        },
    ),
    (
        *("Hjemmetjenesten", "enhetsleder", "dnnddddjdnddn", "jddjdddjjdddn"),
        {
            "behov": "Oppgavelisten fra arbeidet med delplanen.",
            "kartlegging": "Utdanning er ført for alle. Det folk kan ellers, er ikke spurt om.",
            "mangel": "Tall for sykepleiere, ikke for fagarbeiderne.",
            "gjennomforing": "Fire av seks tiltak er i gang, to er utsatt.",
            "autonomi": "Primærkontaktene avgjør mer selv enn før. Vaktbytte må fortsatt godkjennes.",
            "plan": "Delplanen har tiltak med frist for de største manglene.",
            "mestringsledelse": "Lederspennet er høyt. Samtaler holdes, men følges sjelden opp.",
            "kollegastotte": "Godt på dag, tynt på kveld og helg.",
        },
    ),
    (
        *("Bo og habilitering", "boleder", "nnnndddddnddn", "ddnddddddnddd"),
        {"mangel": "Vet at det mangler vernepleiere, men ikke hvor mange.", "avvikling": "Oppgaveliste delt i to."},
    ),
)  # fmt: skip
NOTATER = (
    (
        "Hvem spør vi når noe er vanskelig – og hva gjør vi når den personen er borte?",
        "Én rolle sitter på det meste om velferdsteknologi. Når den er borte, ringer sonene hverandre og venter. "
        "Vi trenger minst to til som kan det.",
    ),
    (
        "Hvilke oppgaver krever ikke den utdanningen som gjør dem i dag?",
        "Bestilling av varer, kjørelister og deler av rapporteringen. Anslag: seks timer i uka per sone.",
    ),
    (
        "Hvor sårbare er vi en vanlig helg i juli?",
        "To kvelder i fjor var ingen med legemiddelkurs på vakt i sone 2. Det kan skje igjen.",
    ),
    (
        "Hvordan går det med lærlingene våre når fagprøven er bestått?",
        "Halvparten går videre til andre jobber fordi vi bare har småstillinger å by på.",
    ),
)


@transaction.atomic
def last_modenhet(dag: date) -> None:
    """Make it all once. Side effects: rows with log entries, made as the people of the demo."""
    if Modenhetsvurdering.objects.exists():
        return
    folk = {b.username: b for b in Bruker.objects.all()}
    enheter = {e.navn: e for e in Enhet.objects.filter(navn__in=[rad[0] for rad in VURDERINGER])}
    nokler = sjekkliste().nokler
    for navn, hvem, foer, naa, belegg in VURDERINGER:
        if navn in enheter:
            _vurder(enheter[navn], folk.get(hvem), dag + timedelta(days=FOER), dict(zip(nokler, foer, strict=True)), {})
            _vurder(
                enheter[navn], folk.get(hvem), dag + timedelta(days=NAA), dict(zip(nokler, naa, strict=True)), belegg
            )
    if "Hjemmetjenesten" in enheter:
        notater = _samtale(enheter["Hjemmetjenesten"], folk["enhetsleder"], dag + timedelta(days=-20))
        _risikoer(enheter["Hjemmetjenesten"], folk["enhetsleder"], dag, notater)


def _vurder(enhet: Enhet, av: Bruker | None, dag: date, tegn: dict[str, str], belegg: dict[str, str]) -> None:
    lagre_vurdering(
        vurdering=None,
        enhet=enhet,
        dato=dag,
        grunnlag="Drøftet i ledergruppen sammen med tillitsvalgte.",
        svar={nokkel: (TEGN[t], belegg.get(nokkel, "")) for nokkel, t in tegn.items()},
        av=av,
        naa=_tid(dag),
    )


def _samtale(enhet: Enhet, av: Bruker, dag: date) -> list[Refleksjonsnotat]:
    """A session of four cards, summed up."""
    om = {"formaal": "Innspill til delplanen", "dato": dag, "antall": 11, "temaer": ""}
    om["roller"] = "soneledere, fagutviklingssykepleier, tillitsvalgte, verneombud"
    oekt = start_oekt(enhet=enhet, verdier=om, av=av, naa=_tid(dag))
    kort = {k.sporsmaal: k for k in Refleksjonskort.objects.filter(sporsmaal__in=[s for s, _tekst in NOTATER])}
    notater = []
    for sporsmaal, tekst in NOTATER:
        if sporsmaal in kort:
            notat = trekk_kort(oekt=oekt, kort=kort[sporsmaal])
            notater.append(lagre_notat(notat=notat, tekst=tekst, forventet=None))
    oppsummering = (
        "Tre ting tas inn i delplanen: flere som kan velferdsteknologi, oppgaver som kan flyttes, og hele stillinger "
        "til lærlinger som består. Enhetsleder følger opp i ledermøtet."
    )
    avslutt_oekt(oekt=oekt, oppsummering=oppsummering, forventet=None, naa=_tid(dag))
    return notater


def _risikoer(enhet: Enhet, av: Bruker, dag: date, notater: list[Refleksjonsnotat]) -> None:
    """One high and not handled well enough, one medium, one low."""
    fra_kort = next((n for n in notater if "juli" in n.sporsmaal), None)
    felles = {"viktig": True, "vanlig": False, "vanskelig": False, "variasjon": False}
    rader = (
        {
            "hva": "Ingen med legemiddelkurs på kveldsvakt i helgene",
            "sannsynlighet": 3, "konsekvens": 4, "vanskelig": True, "variasjon": True,
            "gjoeres": "Vaktlisten kontrolleres torsdag. Nabosonen dekker når noen blir syke.",
            "nok": "nei", "ansvarlig": "Soneleder", "frist": dag + timedelta(days=30),
        },
        {
            "hva": "Kunnskap om velferdsteknologi forsvinner når én slutter",
            "sannsynlighet": 2, "konsekvens": 3, "vanskelig": True,
            "gjoeres": "To ansatte følger opplæring i høst.",
            "nok": "ja", "ansvarlig": "Fagutviklingssykepleier", "frist": dag + timedelta(days=120),
        },
        {
            "hva": "Nyansatte får ikke vist kjørerutene før første vakt alene",
            "sannsynlighet": 3, "konsekvens": 1, "vanlig": True, "viktig": False,
            "gjoeres": "Sjekkliste for den første uka.",
            "nok": "ja", "ansvarlig": "Soneleder", "frist": None,
        },
    )  # fmt: skip
    for nr, rad in enumerate(rader):
        lagre_risiko(risiko=None, enhet=enhet, verdier=felles | rad, av=av, notat=None if nr else fra_kort)


def _tid(dag: date) -> datetime:
    return timezone.make_aware(datetime.combine(dag, time(10)))
