"""Leaders of the demo with documentation, so that every result is there to be seen. All of it is made up.

The leader of the child welfare unit is fine today and falls short when the requirement of 2031 comes into force.
"""

from datetime import date, timedelta

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from analyse.models import Uttrekk
from kompetanse.models import Dokument, Lederpost
from kompetanse.queries.ledere import Lederresultat, lederresultater
from kompetanse.regler import (
    Bekreftet,
    Erfaring,
    Fagretning,
    Gruppe,
    Kurs,
    Lederutdanning,
    Regel,
    Studiepoeng,
    Utdanning,
    Utfall,
)
from kompetanse.services.ledere import hent_ledere, lagre_leder, lagre_unntak
from organisasjon.models import Bruker

# The title where the extract only says «Enhetsleder».
TITLER = {"Barnevern og familie": "Barnevernsleder", "Brann og redning": "Brannsjef"}
# Every so many leaders: not gone through yet, without leadership education, with a commitment to take it.
UTEN_KARTLEGGING, UTEN_LEDERUTDANNING, MED_AVTALE = 13, 11, 5


@transaction.atomic
def last_lederkrav(dag: date) -> None:
    """Fetch the leaders of the latest extract and document them. Does nothing when there are leaders already."""
    if Lederpost.objects.exists():
        return
    hr = Bruker.objects.get(username="hr")
    hent_ledere(uttrekk=Uttrekk.objects.latest("dato"), av=hr)
    for leder in Lederpost.objects.filter(enhet__navn__in=TITLER, funksjon="enhetsleder").select_related("enhet"):
        lagre_leder(leder=leder, verdier={"stilling": TITLER[leder.enhet.navn]}, av=hr)
    kartlagte = [pk for nr, pk in enumerate(_ider(), 1) if nr % UTEN_KARTLEGGING]
    Lederpost.objects.filter(pk__in=kartlagte).update(kartlagt=dag - timedelta(days=60))
    ledere = list(Lederpost.objects.filter(pk__in=kartlagte).order_by("pk"))
    resultater = lederresultater(ledere, dag)
    rader = [d for nr, r in enumerate(resultater, 1) for d in _dokumenter(r, nr, dag)]
    bulk_create_with_history(rader, Dokument, default_user=hr, batch_size=500)
    _unntak(ledere, hr, dag)


def _ider() -> list[int]:
    """Ids of all leaders; those of the special units first, so that they are always documented."""
    ledere = Lederpost.objects.order_by("pk").values_list("pk", "stilling")
    return [pk for pk, _stilling in sorted(ledere, key=lambda rad: (rad[1] not in TITLER.values(), rad[0]))]


def _dokumenter(r: Lederresultat, nr: int, dag: date) -> list[Dokument]:
    """What fulfils the requirements of the leader, but for what the number leaves out."""
    rader: dict[tuple, Dokument] = {}
    if r.leder.stilling == "Barnevernsleder":
        egne = (
            Dokument(slag="utdanning", nivaa=4, tekst="Barnevernspedagog", fra=date(2012, 6, 15), relevant=True),
            Dokument(slag="erfaring", tekst="Barnevernet", fra=date(2013, 8, 1)),
        )
        rader = {(d.slag, d.tekst): d for d in egne}
    for k in r.krav:
        for blad in _blader(k.krav.lest_regel, r.leder.stilling) if k.krav.regel else ():
            if d := _dokument(blad, nr, dag):
                foer = rader.setdefault((d.slag, d.tekst), d)
                foer.nivaa = max(foer.nivaa, d.nivaa) if foer.nivaa and d.nivaa else foer.nivaa
    for d in rader.values():
        d.leder = r.leder
    return list(rader.values())


def _blader(regel: Regel, stilling: str) -> list[Regel]:
    """Conditions that together fulfil the rule: the first of alternatives, for the fire chief the second."""
    if not isinstance(regel, Gruppe):
        return [regel]
    deler = regel.deler if regel.ord == "og" else regel.deler[1:2] if stilling == "Brannsjef" else regel.deler[:1]
    return [b for d in deler for b in _blader(d, stilling)]


def _dokument(b: Regel, nr: int, dag: date) -> Dokument | None:
    match b:
        case Utdanning():
            fag = b.fag.split(",")[0].strip().capitalize() or "Fag for stillingen"
            return Dokument(slag="utdanning", nivaa=b.minst, tekst=fag, fra=date(2008, 6, 15), relevant=True)
        case Fagretning():
            fag = b.fag.split(",")[0].strip().capitalize()
            return Dokument(slag="utdanning", nivaa=4, tekst=fag, fra=date(2009, 6, 15), relevant=True)
        case Lederutdanning():
            return _lederutdanning(b, nr, dag)
        case Erfaring():
            return Dokument(slag="erfaring", tekst=b.rolle.capitalize(), fra=date(2015, 1, 1), relevant=True)
        case Kurs():
            return Dokument(slag="kurs", tekst=b.navn.capitalize(), fra=date(2019, 5, 1))
        case Studiepoeng():
            return Dokument(slag="studiepoeng", tekst="Videreutdanning", poeng=b.minst, relevant=True)
        case Bekreftet():
            return Dokument(slag="bekreftelse", tekst=b.tekst, fra=dag - timedelta(days=60), relevant=True)
    return None


def _lederutdanning(b: Lederutdanning, nr: int, dag: date) -> Dokument | None:
    if nr % UTEN_LEDERUTDANNING == 0:
        return None
    if nr % MED_AVTALE == 0 and b.forpliktelse:
        frist = dag + timedelta(days=300 + nr)
        return Dokument(slag="forpliktelse", tekst="Lederutdanning", fra=dag - timedelta(days=90), til=frist)
    return Dokument(slag="lederutdanning", tekst="Nasjonal lederutdanning", fra=date(2018, 6, 1))


def _unntak(ledere: list[Lederpost], hr: Bruker, dag: date) -> None:
    """Some of those who fall short hold the position by a documented exception."""
    mangler = [r for r in lederresultater(ledere, dag) if r.utfall == Utfall.IKKE_OPPFYLT]
    for nr, r in enumerate(mangler[::4], 1):
        for k in r.krav:
            if k.utfall == Utfall.IKKE_OPPFYLT:
                verdier = {
                    "krav": k.krav,
                    "grunn": "Har ledet store enheter i mange år med svært gode resultater.",
                    "referanse": f"Sak 24/{100 + nr}",
                    "fra": dag - timedelta(days=200),
                }
                lagre_unntak(leder=r.leder, unntak=None, verdier=verdier, av=hr)
