"""Reads of staffing facts: frames for the reports, choice of extract, trends."""

from collections.abc import Container, Iterable
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from analyse.ansettelsesrader import ansettelsesramme
from analyse.models import Uttrekk, UttrekkEnhet
from analyse.rapporter.base import Grunnlag
from analyse.regneoppsett import Oppsett, hent_oppsett
from organisasjon.enums import Enhetstype
from organisasjon.models import Enhet

_SEKTORTYPER = {Enhetstype.SEKTOR, Enhetstype.STAB}


class UkjentUttrekk(ValueError):  # noqa: N818 norsk navn
    """No such extract; the message says so in Norwegian."""


class UkjentEnhet(ValueError):  # noqa: N818 norsk navn
    """The unit does not exist in the extract; the message says so in Norwegian."""


class PersonraderSlettet(ValueError):  # noqa: N818 norsk navn
    """The extract's person rows are deleted and the figure asked for was not kept."""


def uttrekk_fra(valg: str) -> Uttrekk:
    """«siste», an ISO date, or an id → the extract. Raises UkjentUttrekk."""
    valg = str(valg).strip()
    if valg.casefold() == "siste":
        funnet = Uttrekk.objects.order_by("-dato").first()
        if funnet is None:
            raise UkjentUttrekk("Det er ikke lest inn noe uttrekk ennå.")
        return funnet
    if valg.isascii() and valg.isdigit() and len(valg) < 10:
        funnet = Uttrekk.objects.filter(pk=int(valg)).first()
    else:
        try:
            funnet = Uttrekk.objects.filter(dato=date.fromisoformat(valg)).first()
        except ValueError:
            raise UkjentUttrekk(f"«{valg}» er verken «siste», et nummer eller en dato på formen 2025-07-01.") from None
    if funnet is None:
        raise UkjentUttrekk(f"Det finnes ikke noe uttrekk {valg}.")
    return funnet


def forrige_uttrekk(uttrekk: Uttrekk, bare_publiserte: bool = False) -> Uttrekk | None:
    """The extract before this one, in date."""
    tidligere = Uttrekk.objects.filter(dato__lt=uttrekk.dato).order_by("-dato")
    return (tidligere.filter(publisert__isnull=False) if bare_publiserte else tidligere).first()


def enhetsramme(uttrekk: Uttrekk) -> pd.DataFrame:
    """The organisation as it was: id, kode, navn, type, forelder (0 = none), sektor (0 = none), sektornavn."""
    return enhetsrammer([uttrekk])[uttrekk.pk]


def enhetsrammer(uttrekk: Iterable[Uttrekk]) -> dict[int, pd.DataFrame]:
    """Extract id → `enhetsramme`. One query."""
    rader: dict[int, list[tuple]] = {u.pk: [] for u in uttrekk}
    felter = ("uttrekk_id", "enhet_id", "kode", "navn", "type", "forelder_id")
    for uttrekk_id, *rad in UttrekkEnhet.objects.filter(uttrekk__in=rader).order_by("pk").values_list(*felter):
        rader[uttrekk_id].append(tuple(rad))
    return {pk: _enhetsramme(alle) for pk, alle in rader.items()}


def _enhetsramme(rader: list[tuple]) -> pd.DataFrame:
    av_id = {rad[0]: rad for rad in rader}
    sektorer = [_sektor_over(av_id, rad[4]) for rad in rader]
    ramme = pd.DataFrame(rader, columns=["id", "kode", "navn", "type", "forelder"])
    ramme["id"] = ramme["id"].astype("int64")
    ramme["forelder"] = ramme["forelder"].fillna(0).astype("int64")
    ramme["sektor"] = np.array(sektorer, dtype="int64")
    ramme["sektornavn"] = [av_id[s][2] if s else "" for s in sektorer]
    return ramme


def _sektor_over(av_id: dict[int, tuple], forelder: int | None) -> int:
    """The nearest sector or staff unit above, 0 when there is none."""
    sett = set()
    while forelder in av_id and forelder not in sett:
        sett.add(forelder)
        if av_id[forelder][3] in _SEKTORTYPER:
            return forelder
        forelder = av_id[forelder][4]
    return 0


def rotenhet(enheter: pd.DataFrame) -> int:
    """Id of the extract's municipality."""
    ider, typer, foreldre = (enheter[kolonne].tolist() for kolonne in ("id", "type", "forelder"))
    return ider[typer.index(Enhetstype.KOMMUNE) if Enhetstype.KOMMUNE in typer else foreldre.index(0)]


def undertre_i(enheter: pd.DataFrame, rot: int) -> list[int]:
    """Ids of the unit and everything beneath it, as it was in the extract."""
    barn: dict[int, list[int]] = {}
    for pk, forelder in zip(enheter["id"], enheter["forelder"], strict=True):
        barn.setdefault(int(forelder), []).append(int(pk))
    funnet, rest = {}, [rot]
    while rest:
        node = rest.pop()
        if node not in funnet:
            funnet[node] = None
            rest.extend(barn.get(node, ()))
    return list(funnet)


def enhet_i_uttrekk(uttrekk: Uttrekk, kode: str) -> Enhet:
    """The unit by its code in the extract or its code today. Raises UkjentEnhet."""
    treff = UttrekkEnhet.objects.filter(uttrekk=uttrekk).select_related("enhet")
    funnet = treff.filter(kode=kode).first() or treff.filter(enhet__kode=kode).first()
    if funnet is None:
        raise UkjentEnhet(f"Enheten {kode} finnes ikke i uttrekket {uttrekk.dato:%d.%m.%Y}.")
    return funnet.enhet


def hent_grunnlag(
    uttrekk: Uttrekk,
    enhet: Enhet | None = None,
    rater: dict[str, float] | None = None,
    med_forgjengere: bool = False,
    ansettelser: pd.DataFrame | None = None,
    oppsett: Oppsett | None = None,
) -> Grunnlag:
    """Load the frames of one extract, narrowed to a unit and everything beneath it (None = the municipality).
    `med_forgjengere`: with the units it has taken over since, also when it was there itself. `ansettelser`: the
    municipality's rows, when they are at hand. `oppsett` likewise.

    Raises UkjentEnhet when the unit was not in the extract, PersonraderSlettet when there are no rows to load.
    """
    if uttrekk.rader_slettet:
        raise PersonraderSlettet(
            f"Personradene i uttrekket {uttrekk.dato:%d.%m.%Y} er slettet. Bare rapporter som var regnet ut, finnes."
        )
    oppsett, enheter = oppsett or hent_oppsett(), enhetsramme(uttrekk)
    rot = rotenhet(enheter)
    pk = enhet.pk if enhet else rot
    kode, navn, type_ = navn_i(enheter, pk, enhet)
    omfang = None if pk == rot else omfang_i(uttrekk, enheter, enhet, med_forgjengere)
    rader = ansettelsesramme(uttrekk, oppsett.tellinger, omfang) if ansettelser is None else ansettelser
    if type_ == Enhetstype.AVDELING:
        # A department alone is shown as the unit it is, not as a slice of the unit above.
        rader = rader.assign(enhet=pk, avdeling=0)
    return Grunnlag(
        ansettelser=rader,
        enheter=enheter,
        stillinger=oppsett.stillinger,
        normer=oppsett.normer,
        uttrekk=uttrekksinfo(uttrekk),
        enhet={"id": int(pk), "kode": kode, "navn": navn},
        dato=uttrekk.dato,
        andre=None if omfang is None else ansettelsesramme(uttrekk, oppsett.tellinger, omfang, utenfor=True),
        rater=rater,
    )


def navn_i(enheter: pd.DataFrame, pk: int, enhet: Enhet | None) -> tuple[str, str, str]:
    """Code, name and level as they were in the extract; as today, without level, when the unit was not in it."""
    ider = enheter["id"].tolist()
    if pk not in ider:
        return enhet.kode, enhet.navn, ""
    plass = ider.index(pk)
    return tuple(str(enheter[kolonne].iat[plass]) for kolonne in ("kode", "navn", "type"))


def omfang_i(uttrekk: Uttrekk, enheter: pd.DataFrame, enhet: Enhet, med_forgjengere: bool = False) -> list[int]:
    """The unit and all beneath it. A unit that came later is the units it took over from, so that trends hold."""
    finnes = set(enheter["id"].tolist())
    selv = [enhet.pk] if enhet.pk in finnes else []
    tidligere = forgjengere(finnes, enhet.pk) if med_forgjengere or not selv else []
    if not selv and not tidligere:
        raise UkjentEnhet(f"Enheten {enhet} finnes ikke i uttrekket {uttrekk.dato:%d.%m.%Y}.")
    return list(dict.fromkeys(node for pk in [*selv, *tidligere] for node in undertre_i(enheter, pk)))


def les_arvinger() -> dict[int, int]:
    """Unit → the one that took over from it. One query."""
    return dict(Enhet.objects.filter(erstattet_av__isnull=False).order_by().values_list("pk", "erstattet_av_id"))


def forgjengere(finnes: Container[int] | None, enhet: int, arvinger: dict[int, int] | None = None) -> list[int]:
    """Those of the given units (None = all) that the unit has taken over from, directly or through others. One query
    without `arvinger` (as from `les_arvinger`).
    """
    arvinger = les_arvinger() if arvinger is None else arvinger
    return [pk for pk in arvinger if (finnes is None or pk in finnes) and enhet in _rekke(arvinger, pk)]


def uttrekk_foer_sammenslaaing(uttrekk: Iterable[Uttrekk], enhet: Enhet) -> set[int]:
    """Ids of the extracts where the unit stands beside one that it has taken over since."""
    alle = list(uttrekk)
    tidligere = [pk for pk in forgjengere(None, enhet.pk) if pk != enhet.pk]
    if not tidligere:
        return set()
    rader = UttrekkEnhet.objects.filter(uttrekk__in=alle, enhet_id__in=[enhet.pk, *tidligere]).order_by()
    per_uttrekk: dict[int, set[int]] = {}
    for uttrekk_id, pk in rader.values_list("uttrekk_id", "enhet_id"):
        per_uttrekk.setdefault(uttrekk_id, set()).add(pk)
    return {u for u, enheter in per_uttrekk.items() if enhet.pk in enheter and len(enheter) > 1}


def _rekke(arvinger: dict[int, int], pk: int) -> set[int]:
    """All units that took over from the unit, one after another."""
    funnet: set[int] = set()
    while (pk := arvinger.get(pk, 0)) and pk not in funnet:
        funnet.add(pk)
    return funnet


def uttrekksinfo(uttrekk: Uttrekk) -> dict[str, Any]:
    """What a result says of its extract."""
    return {"id": uttrekk.pk, "dato": uttrekk.dato.isoformat(), "kilde": uttrekk.kilde, "rader": uttrekk.antall_rader}
