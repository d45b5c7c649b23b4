"""Units, positions and services that an extract brings with it: made, renamed and moved as its plan says."""

import json
from functools import cache
from typing import Any

from django.conf import settings
from simple_history.utils import bulk_create_with_history

from analyse.innlesing.liste import Ansattliste
from analyse.innlesing.plan import ROT, Plan, brukte
from analyse.models import Stilling, Uttrekk, UttrekkEnhet
from organisasjon.enums import Enhetstype
from organisasjon.models import Enhet, Tjeneste

NIVAAER = (Enhetstype.KOMMUNE, Enhetstype.SEKTOR, Enhetstype.STAB, Enhetstype.ENHET, Enhetstype.AVDELING)
LEDERGRUPPE = "Ledere"


def opprett_enheter(*, plan: Plan) -> tuple[dict[str, int], list[int]]:
    """Make the units that do not exist, level by level. Returns code → id for the whole plan, and the new ids."""
    ider = {kode: e.id for kode, e in plan.enheter.items() if e.id is not None}
    nye: list[int] = []
    for nivaa in NIVAAER:
        skal = [e for e in plan.enheter.values() if e.id is None and e.type == nivaa]
        objekter = [
            Enhet(kode=e.kode or "kommune", navn=e.navn[:150], type=e.type, parent_id=ider.get(e.forelder))
            for e in skal
        ]
        if not objekter:
            continue
        for enhet in objekter:
            enhet.clean_fields(exclude=["parent"])
        for e, enhet in zip(skal, bulk_create_with_history(objekter, Enhet), strict=True):
            pk = enhet.pk or Enhet.objects.values_list("pk", flat=True).get(kode=enhet.kode)
            ider[e.kode] = pk
            nye.append(pk)
    return ider, nye


def oppdater_enheter(*, plan: Plan, ider: dict[str, int]) -> list[dict[str, Any]]:
    """Apply renames and moves of known units. Returns what was changed, so that it can be undone."""
    if not plan.nyeste:
        return []
    endret = []
    for e in plan.enheter.values():
        if e.id is None or not (e.omdopt_fra or e.flyttet_fra):
            continue
        enhet = Enhet.objects.get(pk=e.id)
        for_ = {"id": enhet.pk, "navn": enhet.navn, "parent": enhet.parent_id}
        enhet.navn = e.navn[:150]
        if e.flyttet_fra and e.forelder is not None:
            enhet.parent_id = ider[e.forelder]
        enhet.full_clean()
        enhet.save()
        endret.append(for_ | {"nytt_navn": enhet.navn, "ny_parent": enhet.parent_id})
    return endret


def ta_tilbake_enheter(*, nye: list[int], endret: list[dict[str, Any]]) -> None:
    """Undo what an extract did to the units, where nothing else has touched or come to depend on them."""
    for e in endret:
        Enhet.objects.filter(pk=e["id"], navn=e["nytt_navn"], parent_id=e["ny_parent"]).update(
            navn=e["navn"], parent_id=e["parent"]
        )
    for pk in reversed(nye):
        enhet = Enhet.objects.filter(pk=pk).first()
        if enhet and enhet.type != Enhetstype.KOMMUNE and not _i_bruk(enhet):
            enhet.delete()


def _i_bruk(enhet: Enhet) -> bool:
    for relasjon in Enhet._meta.related_objects:
        if relasjon.model is not Enhet and relasjon.related_model._meta.model_name.startswith("historical"):
            continue
        felt = relasjon.field.name
        if relasjon.related_model._base_manager.filter(**{felt: enhet}).exists():
            return True
    return False


def lagre_enhetsbilde(*, uttrekk: Uttrekk, brukte_ider: set[int]) -> None:
    """The organisation as of the extract: every valid unit, and those the rows name, with the parents of today."""
    gyldige = set(Enhet.objects.gyldige(uttrekk.dato).order_by().values_list("pk", flat=True))
    alle = {e.pk: e for e in Enhet.objects.order_by("pk")}
    med = gyldige | brukte_ider
    for pk in list(med):
        while (pk := alle[pk].parent_id) is not None and pk not in med:
            med.add(pk)
    UttrekkEnhet.objects.bulk_create(
        UttrekkEnhet(uttrekk=uttrekk, enhet_id=e.pk, forelder_id=e.parent_id, kode=e.kode, navn=e.navn, type=e.type)
        for e in alle.values()
        if e.pk in med
    )


@cache
def _gruppeord() -> list[tuple[str, list[str], list[str]]]:
    data = json.loads((settings.BASE_DIR / "fixtures" / "stillingsgrupper.json").read_text(encoding="utf-8"))
    return [(g["gruppe"], g["ord"], g.get("unntatt", [])) for g in data["grupper"]]


def stillingsgruppe(tittel: str, funksjon: str) -> str:
    """The position group of a title: leaders together, then by the words of the reference list, else the title."""
    if funksjon:
        return LEDERGRUPPE
    liten = tittel.casefold()
    for gruppe, ord_, unntatt in _gruppeord():
        if any(o in liten for o in ord_) and not any(u in liten for u in unntatt):
            return gruppe
    return tittel[:80]


def lagre_stillinger(*, liste: Ansattliste) -> dict[str, int]:
    """Make new positions and store decisions on leader titles. Returns title → id for the titles in use."""
    titler = brukte(liste.stilling)
    kjente = {s.navn.casefold(): s for s in Stilling.objects.all()}
    nye = []
    for tittel in titler:
        funksjon, vurdert = liste.funksjoner.get(tittel, ""), tittel in liste.vurdert
        stilling = kjente.get(tittel.casefold())
        kode = liste.stillingskoder.get(tittel, "")
        if stilling is None:
            nye.append(Stilling(navn=tittel, kode=kode, funksjon=funksjon, ledervurdert=vurdert,
                                gruppe=stillingsgruppe(tittel, funksjon)))  # fmt: skip
        elif (vurdert and (stilling.funksjon != funksjon or not stilling.ledervurdert)) or (kode and not stilling.kode):
            stilling.kode = stilling.kode or kode
            if vurdert:
                stilling.funksjon, stilling.ledervurdert = funksjon, True
                stilling.gruppe = stillingsgruppe(tittel, funksjon)
            stilling.save()
    bulk_create_with_history(nye, Stilling)
    return {tittel: pk for pk, navn in Stilling.objects.values_list("pk", "navn") for tittel in (navn,)}


def lagre_tjenester(*, plan: Plan, ider: dict[str, int]) -> dict[str, int]:
    """Services named in the list: made when new, and connected to the units where they are given."""
    tjeneste = plan.liste.tjeneste
    if tjeneste is None:
        return {}
    kjente = {t.navn.casefold(): t for t in Tjeneste.objects.select_for_update()}
    ut = {}
    enhet_ider = plan.liste.enhetskode.ta([ider.get(k, ider[ROT]) for k in plan.liste.enhetskode.unike])
    for nr, navn in enumerate(tjeneste.unike):
        rader = tjeneste.koder == nr
        if not navn or not rader.any():
            continue
        objekt = kjente.get(navn.casefold())
        if objekt is None:
            objekt = Tjeneste(navn=navn)
            objekt.full_clean()
            objekt.save()
        objekt.enheter.add(*{int(i) for i in set(enhet_ider[rader].tolist())})
        ut[navn] = objekt.pk
    return ut
