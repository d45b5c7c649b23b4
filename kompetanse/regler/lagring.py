"""Rules to and from JSON. What is read is checked piece by piece, so that all errors are told at once."""

from dataclasses import MISSING, fields
from datetime import date
from typing import Any

from kompetanse.regler.betingelser import SLAG, SLAG_AV, Gruppe, Nivaa, Regel, Sti
from kompetanse.regler.feil import Feil, RegelFeil

MAKS_DYBDE, MAKS_DELER, MAKS_TEGN = 5, 60, 200
GRENSER = {"aar": (1, 50), "maaneder": (0, 120), "studiepoeng.minst": (1, 600)}
PAAKREVD = {
    "fag": "Skriv hvilket fag.",
    "rolle": "Skriv hvilken rolle eller hvilket fagfelt.",
    "navn": "Skriv hvilket kurs.",
    "tekst": "Skriv hva arbeidsgiver skal ha vurdert.",
    "aar": "Skriv hvor mange år.",
    "minst": "Skriv hvor mange studiepoeng.",
}


def til_json(regel: Regel) -> dict[str, Any]:
    """The rule as plain data; what has its default is left out."""
    if isinstance(regel, Gruppe):
        return {"slag": regel.ord, "deler": [til_json(del_) for del_ in regel.deler]}
    ut: dict[str, Any] = {"slag": SLAG_AV[type(regel)]}
    for felt in fields(regel):
        verdi = getattr(regel, felt.name)
        if verdi != felt.default:
            ut[felt.name] = verdi.kode if isinstance(verdi, Nivaa) else _enkel(verdi)
    return ut


def fra_json(data: Any) -> Regel:
    """The rule. Raises RegelFeil with every error in it."""
    feil: list[Feil] = []
    regel = _les(data, (), feil)
    if _antall(data) > MAKS_DELER:
        feil.append(Feil((), f"Regelen er for stor. Den kan ha høyst {MAKS_DELER} deler."))
    if feil or regel is None:
        raise RegelFeil(feil)
    return regel


def _les(data: Any, sti: Sti, feil: list[Feil]) -> Regel | None:
    slag = data.get("slag") if isinstance(data, dict) else None
    if slag in ("og", "eller"):
        return _les_gruppe(data, slag, sti, feil)
    if not isinstance(slag, str) or slag not in SLAG:
        feil.append(Feil(sti, f"Vi kjenner ikke betingelsen «{str(slag)[:40]}»."))
        return None
    return _les_betingelse(data, slag, sti, feil)


def _les_gruppe(data: dict, ord_: str, sti: Sti, feil: list[Feil]) -> Gruppe | None:
    deler = data.get("deler")
    if len(sti) >= MAKS_DYBDE:
        feil.append(Feil(sti, f"Gruppene kan ligge høyst {MAKS_DYBDE} nivåer inni hverandre."))
    elif not isinstance(deler, list) or not deler:
        feil.append(Feil(sti, "Gruppen er tom. Legg til en betingelse, eller ta bort gruppen."))
    else:
        leste = [_les(del_, (*sti, nr), feil) for nr, del_ in enumerate(deler[:MAKS_DELER])]
        return Gruppe(ord_, tuple(del_ for del_ in leste if del_ is not None))
    return None


def _les_betingelse(data: dict, slag: str, sti: Sti, feil: list[Feil]) -> Regel | None:
    klasse, verdier, antall = SLAG[slag], {}, len(feil)
    kjente = {f.name for f in fields(klasse)} | {"slag"}
    feil += [Feil(sti, f"Betingelsen har ikke noe som heter «{str(n)[:40]}».") for n in data if n not in kjente]
    for felt in fields(klasse):
        try:
            verdier[felt.name] = _verdi(slag, felt.name, data.get(felt.name), felt.default)
        except ValueError as e:
            feil.append(Feil(sti, str(e), felt.name))
    if slag == "utdanning" and not verdier.get("minst") and not verdier.get("hoyst") and len(feil) == antall:
        feil.append(Feil(sti, "Velg et nivå.", "minst"))
    return klasse(**verdier) if len(feil) == antall else None


def _verdi(slag: str, felt: str, raa: Any, standard: Any) -> Any:
    """A value of the field. Raises ValueError with what to do about it."""
    tom = raa is None or (isinstance(raa, str) and not raa.strip())
    if tom and standard is MISSING:
        raise ValueError(PAAKREVD[felt])
    if tom:
        return standard
    if slag == "utdanning" and felt in ("minst", "hoyst"):
        return _nivaa(raa)
    if felt in ("aar", "maaneder", "minst"):
        return _tall(raa, *GRENSER.get(felt, GRENSER["studiepoeng.minst"]))
    if felt in ("relevant", "forpliktelse"):
        return _ja_nei(raa)
    return _dato(raa) if felt == "innen" else _tekst(felt, raa)


def _nivaa(raa: Any) -> Nivaa:
    try:
        return Nivaa[str(raa).upper()]
    except KeyError as e:
        raise ValueError("Velg et av nivåene i listen.") from e


def _tall(raa: Any, minst: int, hoyst: int) -> int:
    tekst = str(raa).strip().replace("\u2212", "-")
    if isinstance(raa, bool) or not tekst.removeprefix("-").isascii() or not tekst.removeprefix("-").isdigit():
        raise ValueError("Skriv et helt tall.")
    if tekst.startswith("-"):
        raise ValueError("Tallet kan ikke være negativt.")
    tall = int(tekst[:6])
    if not minst <= tall <= hoyst:
        raise ValueError(f"Skriv et tall fra {minst} til {hoyst}.")
    return tall


def _ja_nei(raa: Any) -> bool:
    if not isinstance(raa, bool):
        raise ValueError("Svar ja eller nei.")
    return raa


def _dato(raa: Any) -> date:
    try:
        return date.fromisoformat(str(raa))
    except ValueError as e:
        raise ValueError("Skriv datoen slik: 01.07.2025.") from e


def _tekst(felt: str, raa: Any) -> str:
    if not isinstance(raa, str):
        raise ValueError("Skriv ord.")
    tekst = " ".join(raa.replace("\x00", "").split())
    if felt == "ord" and tekst not in ("som", "i"):
        raise ValueError("Velg «som» eller «i».")
    if len(tekst) > MAKS_TEGN:
        raise ValueError(f"Skriv høyst {MAKS_TEGN} tegn.")
    return tekst


def _enkel(verdi: Any) -> Any:
    return verdi.isoformat() if isinstance(verdi, date) else verdi


def _antall(data: Any, dybde: int = 0) -> int:
    deler = data.get("deler") if isinstance(data, dict) else None
    if not isinstance(deler, list) or dybde > MAKS_DYBDE:
        return 1
    return 1 + sum(_antall(del_, dybde + 1) for del_ in deler[: MAKS_DELER + 1])
