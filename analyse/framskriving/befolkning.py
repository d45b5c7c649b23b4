"""The municipality's population by age over the years, as a finding, a chart and a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from analyse.framskriving.sentralitet import KILDE, TO_MODELLER, Vekst, vekst_i
from analyse.models import Befolkningstall, Sentralitet
from felles import tall
from felles.diagram import Serie, Soyle, grupperte_soyler, soyler

ALDRE = ("unge", "voksne", "eldre")


@dataclass(frozen=True)
class Bilde:
    """A finding with its chart in two widths and its table; `kilder` says where the figures are from and when."""

    funn: str
    under: str
    svg: str
    svg_smal: str
    hoder: list[str]
    rader: list[list[str]]
    kilder: tuple[str, ...]


def befolkning() -> tuple[list[Befolkningstall], int | None]:
    """The population figures by year, and the class of centrality. Two queries."""
    klasse = Sentralitet.objects.values_list("klasse", flat=True).first()
    return list(Befolkningstall.objects.order_by("aar")), klasse


def befolkningsbilde(aarene: Sequence[Befolkningstall]) -> Bilde | None:
    """Inhabitants by age and year. None without figures."""
    if not aarene:
        return None
    navn = [str(Befolkningstall._meta.get_field(f).verbose_name) for f in ALDRE]
    verdier = {f: [getattr(a, f) for a in aarene] for f in ALDRE}
    serier = [Serie(n, verdier[f], [tall.tusen(v) for v in verdier[f]]) for n, f in zip(navn, ALDRE, strict=True)]
    under = _("Innbyggere etter alder, %(fra)s–%(til)s.") % {"fra": aarene[0].aar, "til": aarene[-1].aar}
    funn = befolkningsfunn(aarene)
    svg = [
        grupperte_soyler(
            tittel=funn, beskrivelse=under, kategorier=[str(a.aar) for a in aarene], serier=serier, smal=smal
        )
        for smal in (False, True)
    ]
    rader = [
        [str(a.aar), *(tall.tusen(getattr(a, f)) for f in ALDRE), tall.tusen(a.unge + a.voksne + a.eldre), _per(a)]
        for a in aarene
    ]
    hoder = [_("År"), *navn, _("I alt"), _("20–66 år per innbygger på 67 år og mer")]
    return Bilde(funn, under, *svg, hoder, rader, _kilder(aarene))


def befolkningsfunn(aarene: Sequence[Befolkningstall]) -> str:
    """What the figures say, in one sentence: how many of working age there are for each elderly person."""
    forst, sist = aarene[0], aarene[-1]
    if forst is sist or not forst.eldre or not sist.eldre:
        return _("Innbyggerne etter alder")
    deler = {"fra": _per(forst), "aar": forst.aar, "til": _per(sist), "senere": sist.aar}
    if sist.voksne / sist.eldre < forst.voksne / forst.eldre:
        return _("Færre i arbeidsfør alder per eldre: %(fra)s i %(aar)s, %(til)s i %(senere)s") % deler
    return _("Ikke færre i arbeidsfør alder per eldre: %(fra)s i %(aar)s, %(til)s i %(senere)s") % deler


def modellbilde(klasse: int | None) -> Bilde | None:
    """The two models' growth for the municipality's class side by side, with what happened before. None without a
    class.
    """
    vekst = vekst_i(klasse) if klasse else None
    if vekst is None:
        return None
    linjer = [
        (_("Skjedde 2000–2020"), vekst.faktisk),
        (_("SSB venter 2020–2040"), vekst.ssb),
        (_("Telemarksforsking venter 2020–2040"), vekst.telemarksforsking),
        (_("Samme utvikling som før, 2020–2040"), vekst.historisk),
    ]
    under = _("Vekst i folketallet i kommuner i sentralitetsklasse %s, prosent.") % klasse
    funn = modellfunn(vekst)
    # A bar says how much; decline has no bar, and says so in its text.
    stolper = [Soyle(n, max(v, 0), _tegn(v), fremhevet=i in (1, 2)) for i, (n, v) in enumerate(linjer)]
    svg = ["", ""]
    if any(v > 0 for _n, v in linjer) and all(v >= 0 for _n, v in linjer):
        svg = [soyler(tittel=funn, beskrivelse=under, rader=stolper, smal=smal) for smal in (False, True)]
    rader = [[n, _tegn(v)] for n, v in linjer]
    return Bilde(funn, under, *svg, [_("Modell"), _("Vekst i prosent")], rader, (str(KILDE), str(TO_MODELLER)))


def modellfunn(vekst: Vekst) -> str:
    """«To modeller gir ulik framtid: 4,3 eller 1,9 prosent»."""
    return _("To modeller gir hver sin framtid: %(ssb)s eller %(tf)s prosent på tjue år") % {
        "ssb": _tegn(vekst.ssb),
        "tf": _tegn(vekst.telemarksforsking),
    }


def _tegn(verdi: float) -> str:
    return tall.endring(verdi, 1)


def _per(aar: Befolkningstall) -> str:
    return tall.desimal(aar.voksne / aar.eldre, 1) if aar.eldre else "–"


def _kilder(aarene: Sequence[Befolkningstall]) -> tuple[str, ...]:
    ulike = dict.fromkeys((a.kilde, a.hentet) for a in aarene)
    return tuple(_("%(kilde)s, %(dag)s") % {"kilde": k, "dag": tall.dato_lang(d)} for k, d in ulike)
