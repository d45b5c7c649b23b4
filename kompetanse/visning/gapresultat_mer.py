"""The rest of a round's results: key figures, ways, hours freed by task sharing, and surplus."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from felles import tall
from felles.norsk import midt_i_setning, sorteringsnokkel
from felles.templatetags.tall import kort_desimal
from kompetanse.enums import Vei
from kompetanse.gap.regning import TIMER_I_UKA
from kompetanse.visning.gapgrunnlag import Grunnlag, Saarbart, vis
from kompetanse.visning.gapresultat import TOPP, mangler_i_alt, steder_etter, sum_skjult


@dataclass(frozen=True)
class Nokkeltall:
    """A key figure and the line beneath it."""

    navn: str
    tall: str
    under: str


def nokkeltall(g: Grunnlag, saarbare: Saarbart, timer: Mapping[str, Decimal]) -> list[Nokkeltall]:
    """What the page begins with."""
    valg = g.valg
    med = _("%(n)s av %(alle)s") % {"n": len(g.utvalg.deltakere), "alle": g.utvalg.alle}
    hvilke = _("godkjente eller sendt til godkjenning") if valg.ogsaa_sendte else _("godkjente")
    kort = [Nokkeltall(_("Analyser i tallene"), med, hvilke)]
    if not sum_skjult(g, valg.om, g.utvalg.sektorer):
        under = _("%(enhet)s i stillingsgruppene") % {"enhet": valg.enhet}
        kort.append(Nokkeltall(_("Mangler %(naar)s") % {"naar": valg.naar}, mangler_i_alt(g), under))
    if not valg.prikket:
        kritiske = [k for k in g.kolonner if k.er_kritisk and k.alle.gap[valg.om]]
        under = ngettext("gruppe eller kompetanse", "grupper og kompetanser", len(kritiske))
        kort.append(Nokkeltall(_("Kritiske gap"), tall.tusen(len(kritiske)), under))
    under = ngettext("kompetanse på få hender", "kompetanser på få hender", saarbare.kompetanser)
    kort.append(Nokkeltall(_("Kritisk og sårbart"), tall.tusen(saarbare.kompetanser), steder_etter(under, saarbare)))
    if timer:
        kort.append(
            Nokkeltall(_("Timer som kan frigjøres"), _timer(sum(timer.values())), _("i uka, ved å dele oppgaver"))
        )
    return kort


def _timer(timer: Decimal | int) -> str:
    return kort_desimal(timer)


# Ways


@dataclass(frozen=True)
class Veilinje:
    """A way and how many rows have chosen it."""

    navn: str
    antall: int
    prosent: int


def veilinjer(veier: Mapping[Vei, int], rader: int) -> list[Veilinje]:
    """The ways, most chosen first."""
    linjer = [Veilinje(str(vei.label), n, _prosent(n, rader)) for vei, n in veier.items()]
    return sorted(linjer, key=lambda v: -v.antall)


def _prosent(n: int, av: int) -> int:
    """A half upwards, as everywhere else."""
    return int((Decimal(100 * n) / av).to_integral_value(ROUND_HALF_UP)) if av else 0


def veifunn(veier: Mapping[Vei, int], rader: int) -> str:
    """The finding of the list."""
    if not veier:
        return _("Ingen har valgt vei ennå")
    mest = max(veier, key=lambda v: veier[v])
    ord_ = {"vei": mest.label, "n": tall.tusen(veier[mest]), "alle": tall.tusen(rader)}
    return _("«%(vei)s» er valgt oftest: for %(n)s av %(alle)s rader") % ord_


# Hours


def timelinjer(timer: Mapping[str, Decimal]) -> list[tuple[str, str, str]]:
    """Sector, hours a week, and the årsverk that amounts to; the most first."""
    ordnet = sorted(timer.items(), key=lambda par: (-par[1], sorteringsnokkel(par[0])))
    return [(navn, tall.desimal(t, 1), tall.desimal(t / TIMER_I_UKA, 1)) for navn, t in ordnet]


def timefunn(timer: Mapping[str, Decimal]) -> str:
    """The finding of the list."""
    if not timer:
        return _("Ingen har ført oppgaver som kan deles")
    i_alt = sum(timer.values())
    ord_ = {"timer": _timer(i_alt), "aarsverk": tall.desimal(i_alt / TIMER_I_UKA, 1)}
    return _("Oppgavedeling kan frigjøre %(timer)s timer i uka, som er %(aarsverk)s årsverk") % ord_


def timenote() -> str:
    """What the hours are made of, said beneath them."""
    tekst = _(
        "Ledernes egne anslag: timer i uka for oppgaver som andre kan gjøre, ganger hvor mye som kan flyttes. "
        "Ett årsverk er %(uke)s timer i uka."
    )
    return tekst % {"uke": kort_desimal(TIMER_I_UKA)}


# Surplus


@dataclass(frozen=True)
class Overskuddslinje:
    """A column with more than is needed in some analyses: how many, and how many are lacking elsewhere."""

    navn: str
    over: str
    mangler: str


def overskuddslinjer(g: Grunnlag) -> list[Overskuddslinje]:
    """Where there is more than the need, the most first. It is never set off against a gap."""
    med = [k for k in g.kolonner if k.alle.overskudd > 0]
    med.sort(key=lambda k: (-k.alle.overskudd, sorteringsnokkel(k.navn)))
    aarsverk = g.valg.aarsverk
    return [
        Overskuddslinje(k.navn, vis(k.alle.overskudd, aarsverk), vis(k.alle.gap[g.valg.om], aarsverk))
        for k in med[:TOPP]
    ]


def overfunn(linjer: list[Overskuddslinje], naar: str) -> str:
    """The finding of the list."""
    if not linjer:
        return _("Ingen har flere enn de trenger %(naar)s") % {"naar": naar}
    ord_ = {"navn": midt_i_setning(linjer[0].navn), "n": linjer[0].over, "naar": naar}
    return _("Noen enheter har flere %(navn)s enn de trenger %(naar)s: %(n)s til sammen") % ord_
