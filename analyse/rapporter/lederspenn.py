"""Leader span per sector, unit and department, held against the norms (domain § 5.5)."""

from collections.abc import Callable
from datetime import date
from functools import cache, partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lat

from analyse.beregninger import lederspenn as beregning
from analyse.beregninger.avrunding import TO, avrund, snitt
from analyse.rapporter.base import Grunnlag
from analyse.rapporter.hjelp import (
    Formel,
    Rad,
    Tabellrapport,
    av,
    er_tall,
    grensetekst,
    har_skjulte,
    med_tall,
    normliste,
    normtekst,
    normverdi,
    rader_av,
    sektornavn,
    som_tekst,
    soylediagram,
    tegnede,
)
from analyse.rapporter.resultat import Diagram, Kolonne, Nokkeltall, Resultat, Tabell
from felles import tall
from felles.diagram import Grense


class Lederspenn(Tabellrapport):
    """How many employees one leader has personnel responsibility for."""

    slug = "lederspenn"
    ekstra_tabeller = ("per_enhet", "per_avdeling", "normer")
    tittel = _lat("Lederspenn")
    ingress = _lat("Hvor mange ansatte hver leder har personalansvar for, holdt mot normene.")
    lesehjelp = _lat(
        "Hver søyle er en enhet. Når søylen når grenselinja, har enheten så mange ansatte at halvparten av "
        "lederne i kommunal sektor har færre. Det er et tegn på at ledelsen bør vurderes, ikke en fasit."
    )
    metode = _lat(
        "Antall ansatte i en enhet er ulike personer med minst ett tellende ansettelsesforhold der. Sektorens antall "
        "er ulike personer i sektoren. Snitt per enhet er gjennomsnittet av enhetenes antall."
    )
    formler = {
        "enheter": Formel(_lat("Antall enheter med minst én ansatt som telles.")),
        "ansatte": Formel(_lat("Ulike personer med minst ett tellende ansettelsesforhold.")),
        "snitt": Formel(_lat("Sum av enhetenes antall ansatte delt på antall enheter."), ("enhetssum", "enheter")),
        "minst": Formel(_lat("Enheten i raden med færrest ansatte.")),
        "stoerst": Formel(_lat("Enheten i raden med flest ansatte.")),
        "over_norm": Formel(_lat("Enheter der antall ansatte er lik normen eller høyere."), ("enheter",)),
        "aarsverk": Formel(_lat("Sum av stillingsprosent for tellende ansettelsesforhold, delt på 100.")),
        "mot_norm": Formel(_lat("Antall ansatte holdt mot normene."), ("ansatte",)),
    }

    def beregn(self, grunnlag: Grunnlag, fra: date, til: date) -> Resultat:
        """Rows per sector; tillegg per_enhet and per_avdeling."""
        telte, normer = grunnlag.telte, {k: v for k, (v, _kilde) in grunnlag.normer.items()}
        enheter = beregning.per_enhet(telte, grunnlag.enheter)
        sektorer = {r["sektor"]: r["ansatte"] for r in rader_av(beregning.per_sektor(telte, enheter))}
        # Many departments have the same number; each status is put into words once.
        av_enhet, av_avdeling = cache(partial(enhetsstatus, normer)), cache(partial(avdelingsstatus, normer))
        per_enhet = [_enhetsrad(r, av_enhet) for r in rader_av(enheter)]
        navngi = sektornavn(grunnlag)
        rader = [
            {**navngi(pk), **_sammendrag([r for r in per_enhet if r["sektor_id"] == pk], int(antall), normer)}
            for pk, antall in sektorer.items()
        ]
        rader.sort(key=lambda r: (r["sektor"] is None, -r["ansatte"], r["sektor"] or ""))
        avdelinger = beregning.per_avdeling(telte, grunnlag.enheter)
        navn = {pk: navn for pk, (_kode, navn, _sektor) in grunnlag.enhetskart.items()}
        return self.lag(
            grunnlag,
            fra,
            til,
            rader=rader,
            sum={"sektor": "Sum", **_sammendrag(per_enhet, beregning.personer(telte), normer, med_enheter=False)},
            tillegg={
                "per_enhet": per_enhet,
                "per_avdeling": [_avdelingsrad(r, navn, av_avdeling) for r in rader_av(avdelinger)],
                "normer": normliste(grunnlag.normer, ("lederspenn", "avdeling")),
            },
            forutsetninger={"Normer": normtekst(grunnlag.normer, ("lederspenn", "avdeling"))},
        )

    def tabeller(self, resultat: Resultat) -> list[Tabell]:
        """Per sector, per unit, per department."""
        norm = som_tekst(normverdi(resultat, "lederspenn_median")[0])
        status = Kolonne("mot_norm", _("Mot normene"), "status")
        tabeller = [
            Tabell(
                "rader",
                _("Per sektor"),
                (
                    Kolonne("sektor", _("Sektor"), "tekst"),
                    Kolonne("enheter", _("Enheter")),
                    Kolonne("ansatte", _("Ansatte")),
                    Kolonne("snitt", _("Snitt per enhet"), "desimal2"),
                    Kolonne("minst", _("Minste enhet"), "enhet_ansatte"),
                    Kolonne("stoerst", _("Største enhet"), "enhet_ansatte"),
                    Kolonne("over_norm", _("%s eller flere") % norm, "heltall", _("Enheter med så mange ansatte")),
                ),
                resultat.rader,
                resultat.sum,
            ),
            Tabell(
                "per_enhet",
                _("Per enhet"),
                (
                    Kolonne("enhet", _("Enhet"), "tekst"),
                    Kolonne("sektor", _("Sektor"), "tekst"),
                    Kolonne("ansatte", _("Ansatte")),
                    Kolonne("aarsverk", _("Årsverk"), "desimal1"),
                    status,
                ),
                resultat.tillegg["per_enhet"],
            ),
        ]
        if resultat.tillegg["per_avdeling"]:
            kolonner = (
                Kolonne("avdeling", _("Avdeling"), "tekst"),
                Kolonne("enhet", _("Enhet"), "tekst"),
                Kolonne("ansatte", _("Ansatte")),
                Kolonne("aarsverk", _("Årsverk"), "desimal1"),
                status,
            )
            tabeller.append(Tabell("per_avdeling", _("Per avdeling"), kolonner, resultat.tillegg["per_avdeling"]))
        return tabeller

    def diagrammer(self, resultat: Resultat) -> list[Diagram]:
        """Employees per unit with the median as limit; per department when there are any."""
        norm, kilde = normverdi(resultat, "lederspenn_median")
        enheter = self.tabeller(resultat)[1]
        over = _antall_over(enheter.rader, norm)
        tittel = _("Ansatte per enhet")
        if len(enheter.rader) == 1 and er_tall(enheter.rader[0]["ansatte"]):
            tittel = _("Enheten har %s ansatte eller flere") if over else _("Enheten har færre enn %s ansatte")
            tittel %= som_tekst(norm)
        elif antall := av(over, len(enheter.rader), "enhet", har_skjulte(enheter.rader, "ansatte")):
            tittel = _("%(av)s har %(norm)s ansatte eller flere") % {"av": antall, "norm": som_tekst(norm)}
        bilde = soylediagram(
            tittel,
            _("Ansatte per enhet. Mørk søyle: %s eller flere.") % som_tekst(norm),
            enheter,
            navn="enhet",
            maal="ansatte",
            grense=Grense(norm, grensetekst(norm, _("median i kommunal sektor"), kilde)),
        )
        return tegnede(bilde, self._avdelingsdiagram(resultat) if resultat.tillegg["per_avdeling"] else None)

    def _avdelingsdiagram(self, resultat: Resultat) -> Diagram | None:
        norm, kilde = normverdi(resultat, "avdeling_hoy")
        tabell = self.tabeller(resultat)[2]
        over = sum(er_tall(r["ansatte"]) and r["ansatte"] > norm for r in tabell.rader)
        tittel = _("Ansatte per avdeling")
        if len(tabell.rader) == 1 and er_tall(tabell.rader[0]["ansatte"]):
            tittel = _("Avdelingen har flere enn %s ansatte") if over else _("Avdelingen har %s ansatte eller færre")
            tittel %= som_tekst(norm)
        elif antall := av(over, len(tabell.rader), "avdeling", har_skjulte(tabell.rader, "ansatte")):
            tittel = _("%(av)s har flere enn %(norm)s ansatte") % {"av": antall, "norm": som_tekst(norm)}
        return soylediagram(
            tittel,
            _("Ansatte per avdeling. Mørk søyle: flere enn %s.") % som_tekst(norm),
            tabell,
            navn="avdeling",
            maal="ansatte",
            grense=Grense(norm, grensetekst(norm, _("øvre grense for en avdeling"), kilde)),
            over=True,
        )

    def nokkeltall(self, resultat: Resultat) -> list[Nokkeltall]:
        """Employees, units, mean, departments above the upper limit."""
        s, (norm, _kilde) = resultat.sum, normverdi(resultat, "lederspenn_median")
        hoy, _kilde = normverdi(resultat, "avdeling_hoy")
        avdelinger = resultat.tillegg["per_avdeling"]
        over = sum(er_tall(r["ansatte"]) and r["ansatte"] > hoy for r in avdelinger)
        minst, stoerst = s["minst"], s["stoerst"]
        spenn = ""
        if isinstance(minst, dict) and isinstance(stoerst, dict) and minst != stoerst:
            spenn = med_tall(_("fra %(minst)s til %(stoerst)s"), minst=minst["ansatte"], stoerst=stoerst["ansatte"])
        ut = [
            Nokkeltall(_("Ansatte"), som_tekst(s["ansatte"]), _("faste og midlertidige"), "ansatte"),
            Nokkeltall(
                _("Enheter"),
                som_tekst(s["enheter"]),
                med_tall(_("%(antall)s har %(norm)s ansatte eller flere"), antall=s["over_norm"], norm=norm),
                "enheter",
            ),
            Nokkeltall(_("Snitt per enhet"), som_tekst(s["snitt"], "desimal1"), spenn, "snitt"),
        ]
        if avdelinger:
            skjult = har_skjulte(avdelinger, "ansatte")
            antall = _("minst %s") % tall.tusen(over) if skjult else tall.tusen(over)
            ut.append(
                Nokkeltall(
                    _("Avdelinger over %s") % som_tekst(hoy),
                    antall,
                    _("av %s avdelinger") % tall.tusen(len(avdelinger)),
                )
            )
        return ut


def _antall_over(rader: list[Rad], norm: float) -> int:
    return sum(er_tall(r["ansatte"]) and r["ansatte"] >= norm for r in rader)


def _enhetsrad(rad: dict[str, Any], status: Callable[[int], str]) -> Rad:
    antall = int(rad["ansatte"])
    return {
        "enhet": rad["navn"],
        "kode": rad["kode"],
        "sektor": rad["sektornavn"] or None,
        "ansatte": antall,
        "aarsverk": avrund(rad["aarsverk"], TO),
        "mot_norm": status(antall),
        "enhet_id": int(rad["id"]),
        "enhetskode": rad["kode"],
        "sektor_id": int(rad["sektor"]),
    }


def _avdelingsrad(rad: dict[str, Any], navn: dict[int, str], status: Callable[[int], str]) -> Rad:
    antall = int(rad["ansatte"])
    return {
        "avdeling": rad["navn"],
        "kode": rad["kode"],
        "enhet": navn.get(rad["forelder"], ""),
        "ansatte": antall,
        "aarsverk": avrund(rad["aarsverk"], TO),
        "mot_norm": status(antall),
        "enhet_id": int(rad["id"]),
        "enhetskode": rad["kode"],
        "forelder_id": int(rad["forelder"]),
    }


def _sammendrag(enheter: list[Rad], ansatte: int, normer: dict[str, float], med_enheter: bool = True) -> Rad:
    """The measures of a group of units (largest first)."""
    norm = normer["lederspenn_median"]
    over, enhetssum = _antall_over(enheter, norm), sum(r["ansatte"] for r in enheter)
    ut = {
        "enheter": len(enheter),
        "ansatte": ansatte,
        "snitt": snitt(enhetssum, len(enheter)),
        "minst": _ytterpunkt(enheter[-1:]),
        "stoerst": _ytterpunkt(enheter[:1]),
        "over_norm": over,
        "enhetssum": enhetssum,
        "mot_norm": sektorstatus(over, len(enheter)),
    }
    if med_enheter:
        ut["per_enhet"] = [{k: r[k] for k in ("enhet", "kode", "ansatte", "aarsverk")} for r in enheter]
    return ut


def _ytterpunkt(rader: list[Rad]) -> Rad | None:
    return {"enhet": rader[0]["enhet"], "ansatte": rader[0]["ansatte"]} if rader else None


def sektorstatus(over: int, enheter: int) -> str:
    """«▲ 7 av 8 enheter», or «✓ Ingen»: those at or above the median."""
    if not over:
        return _("✓ Ingen enheter")
    return _("▲ %(over)d av %(alle)d enheter") % {"over": over, "alle": enheter}


def enhetsstatus(normer: dict[str, float], antall: int) -> str:
    """Unit against the median and the lower limit."""
    if antall >= normer["lederspenn_median"]:
        return _("▲ Ved eller over %s") % som_tekst(normer["lederspenn_median"])
    if antall < normer.get("lederspenn_minst", 0):
        return _("○ Under %s, må begrunnes") % som_tekst(normer["lederspenn_minst"])
    return _("✓ Under %s") % som_tekst(normer["lederspenn_median"])


def avdelingsstatus(normer: dict[str, float], antall: int) -> str:
    """Department against the 20–25 limits."""
    lav, hoy = normer.get("avdeling_lav", 20), normer.get("avdeling_hoy", 25)
    if antall > hoy:
        return _("▲ Over %s") % som_tekst(hoy)
    if antall > lav:
        return _("▲ Over %s") % som_tekst(lav)
    return _("✓ %s eller færre") % som_tekst(lav)
