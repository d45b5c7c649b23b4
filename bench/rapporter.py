"""All reports of an extract: through the product, and the bare work alone. Usage: python -m bench.rapporter

The bare work is one query with the plain database driver, a DataFrame of its rows, and the pandas functions of
analyse.beregninger for all nine reports; no report objects, no tables, nothing stored.
"""

import django
import numpy as np
import pandas as pd

from bench.prosess import ganger, svar, ta_tid

GANGER = ganger(9)
KOLONNER = ["person", "fodt", "kjonn", "enhet", "avdeling", "stilling", "prosent", "kategori", "start", "slutt"]
KOLONNER += ["utdanning"]
SQL = """SELECT person, fodt, kjonn, enhet_id, coalesce(avdeling_id, 0), stilling_id, prosent, kategori_id, start,
slutt, utdanning FROM analyse_ansettelse WHERE uttrekk_id = {}"""


ENHETER_SQL = """SELECT enhet_id, kode, navn, type, coalesce(forelder_id, 0) FROM analyse_uttrekkenhet
WHERE uttrekk_id = {} ORDER BY id"""


def last_ramme(uttrekk: int, tellinger: dict[int, str]) -> pd.DataFrame:
    """The rows as a frame with the columns that the calculations want."""
    from django.db import connection

    connection.ensure_connection()
    peker = connection.connection.cursor()
    peker.execute(SQL.format(uttrekk))
    ramme = pd.DataFrame(peker.fetchall(), columns=KOLONNER)
    peker.close()
    for kolonne in ("fodt", "start", "slutt"):
        ramme[kolonne] = pd.to_datetime(ramme[kolonne]).astype("datetime64[s]")
    ramme["prosent"] = ramme["prosent"] / 100
    ramme["telling"] = ramme.pop("kategori").map(tellinger)
    return ramme[ramme["telling"] != "utenfor"].reset_index(drop=True)


def last_smaa_rammer(uttrekk: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Units of the extract with their sector, and positions, also with the plain driver."""
    from django.db import connection

    peker = connection.connection.cursor()
    peker.execute(ENHETER_SQL.format(uttrekk))
    enheter = peker.fetchall()
    peker.execute("SELECT id, navn, kode, funksjon, gruppe FROM analyse_stilling ORDER BY id")
    stillinger = pd.DataFrame(peker.fetchall(), columns=["id", "navn", "kode", "funksjon", "gruppe"])
    peker.close()
    av_id = {rad[0]: rad for rad in enheter}

    def sektor(pk: int) -> int:
        while pk and av_id[pk][3] not in {"sektor", "stab"}:
            pk = av_id[pk][4]
        return pk

    ramme = pd.DataFrame(enheter, columns=["id", "kode", "navn", "type", "forelder"])
    ramme["sektor"] = [sektor(rad[4]) for rad in enheter]
    ramme["sektornavn"] = [av_id[pk][2] if pk else "" for pk in ramme["sektor"]]
    return ramme, stillinger


def regn(ramme: pd.DataFrame, enheter: pd.DataFrame, stillinger: pd.DataFrame, fra, til) -> None:
    """Every calculation of the nine reports, once each."""
    from analyse.beregninger import aldersrisiko, fordelinger, ledere, lederspenn, turnover
    from analyse.beregninger.personer import Inndeling, tell
    from analyse.enums import Lederfunksjon

    telte = tell(ramme, stillinger, til)
    per_enhet = lederspenn.per_enhet(telte, enheter)
    lederspenn.per_sektor(telte, per_enhet), lederspenn.per_avdeling(telte, enheter), lederspenn.personer(telte)
    liste, antall = ledere.ledere(telte, [f.value for f in Lederfunksjon]), len(Lederfunksjon)
    ledere.etter_kjonn(liste, antall), ledere.etter_storrelse(liste, antall), ledere.etter_alder(liste, antall)
    flyt = turnover.bevegelse(ramme, fra, til)
    rater = aldersrisiko.avgangsrater(turnover.etter_alder(flyt), fra, til)
    turnover.alle(flyt), turnover.etter_sektor(flyt, enheter), turnover.etter_enhet(flyt)
    turnover.etter_stillingsgruppe(flyt, stillinger)
    nivaaer = fordelinger.utdanningsnivaaer(telte)
    alle = Inndeling(telte.per_kommune.rad, np.array(["Sum"], dtype=object))
    for inndeling, par in (
        (telte.enhet, telte.per_enhet),
        (telte.stillingsgruppe, telte.per_gruppe),
        (alle, telte.per_kommune),
    ):
        aldersrisiko.tell(telte, inndeling, par, rater), aldersrisiko.baand(telte, inndeling, par)
        fordelinger.heltid(telte, inndeling, par), fordelinger.kjonn(telte, inndeling, par)
        fordelinger.utdanning(telte, inndeling, par, nivaaer)
        fordelinger.ansiennitet(telte, inndeling, par, til)


def main() -> None:
    """Alternate between the two, after one of each that does not count; the best of each counts."""
    from analyse.models import Ansattkategori, Rapportresultat, Uttrekk
    from analyse.services.rapporter import beregn_alle, standardperiode

    uttrekk = Uttrekk.objects.latest("dato")
    fra, til = standardperiode(uttrekk)
    tellinger = dict(Ansattkategori.objects.values_list("pk", "telling"))

    def foerste_gang() -> float:
        Rapportresultat.objects.filter(uttrekk=uttrekk).delete()
        return ta_tid(lambda: beregn_alle(uttrekk=uttrekk))

    def last_og_regn() -> None:
        ramme = last_ramme(uttrekk.pk, tellinger)
        regn(ramme, *last_smaa_rammer(uttrekk.pk), fra, til)

    def alene() -> float:
        return ta_tid(last_og_regn)

    foerste_gang(), alene()
    par = [(foerste_gang(), alene()) for _ in range(GANGER)]
    svar(
        foerste_gang=min(vaar for vaar, _ in par),
        alene=min(bare for _, bare in par),
    )


if __name__ == "__main__":
    django.setup()
    main()
