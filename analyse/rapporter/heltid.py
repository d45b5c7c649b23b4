"""Full time and part time per unit and position group."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lat

from analyse.beregninger import fordelinger
from analyse.beregninger.avrunding import EN, broek, prosent
from analyse.beregninger.personer import Inndeling, Par, Telte
from analyse.rapporter.fordeling import Fordeling
from analyse.rapporter.hjelp import Formel, Rad, er_tall, som_tekst, soylediagram, tegnede
from analyse.rapporter.resultat import Diagram, Kolonne, Nokkeltall, Resultat
from felles import tall


class Heltid(Fordeling):
    """How many work full time."""

    slug = "heltid"
    ekstra_tabeller = ("per_stillingsgruppe",)
    tittel = _lat("Heltid og deltid")
    ingress = _lat("Hvor mange som arbeider heltid og deltid, og hvor store stillingene er.")
    lesehjelp = _lat(
        "Hver søyle viser hvor stor del av de ansatte i enheten som har full stilling. Lave søyler betyr mange "
        "små stillinger, og at det trengs flere folk for å fylle turnusen."
    )
    metode = _lat(
        "Heltid: personens tellende stillinger i enheten er til sammen 100 prosent eller mer. For kommunen regnes alle "
        "stillingene til personen sammen, så en person med to halve stillinger i hver sin enhet har heltid i kommunen."
    )
    desimale = ("prosentsum",)
    formler = {
        "heltid": Formel(_lat("Ansatte med til sammen 100 prosent stilling eller mer."), ("ansatte",)),
        "deltid": Formel(_lat("Ansatte med til sammen under 100 prosent stilling."), ("ansatte", "heltid")),
        "andel_heltid": Formel(_lat("Heltid / ansatte × 100."), ("heltid", "ansatte")),
        "snitt_prosent": Formel(_lat("Sum av stillingsprosent / ansatte."), ("prosentsum", "ansatte")),
    }

    def tell(self, telte: Telte, inndeling: Inndeling, par: Par):
        return fordelinger.heltid(telte, inndeling, par)

    def rad(self, tall: Rad) -> Rad:
        return {
            "ansatte": tall["ansatte"],
            "heltid": tall["heltid"],
            "deltid": tall["deltid"],
            "andel_heltid": prosent(tall["heltid"], tall["ansatte"]),
            "snitt_prosent": broek(round(tall["prosentsum"], 4), tall["ansatte"], EN),
            "prosentsum": round(tall["prosentsum"], 2),
        }

    def kolonner(self, resultat: Resultat) -> tuple[Kolonne, ...]:
        return (
            Kolonne("ansatte", _("Ansatte")),
            Kolonne("heltid", _("Heltid")),
            Kolonne("deltid", _("Deltid")),
            Kolonne("andel_heltid", _("Andel heltid"), "prosent"),
            Kolonne("snitt_prosent", _("Gjennomsnittlig stilling"), "prosent"),
        )

    def diagrammer(self, resultat: Resultat) -> list[Diagram]:
        """Share of full time per unit and per position group."""
        andel = resultat.sum["andel_heltid"]
        tittel = _("%s av de ansatte har full stilling") % tall.prosent(andel) if er_tall(andel) else str(self.tittel)
        under = _("Andel ansatte i full stilling, prosent.")
        enheter, grupper = self.tabeller(resultat)
        ut = [soylediagram(tittel, under, enheter, navn="enhet", maal="andel_heltid", format_="prosent")]
        if grupper.rader:
            funn = _("Slik er heltid fordelt på stillingsgrupper")
            ut.append(
                soylediagram(funn, under, grupper, navn="stillingsgruppe", maal="andel_heltid", format_="prosent")
            )
        return tegnede(*ut)

    def nokkeltall(self, resultat: Resultat) -> list[Nokkeltall]:
        """Share, full time, part time, mean size."""
        s = resultat.sum
        return [
            Nokkeltall(_("Andel heltid"), som_tekst(s["andel_heltid"], "prosent"), _("av de ansatte"), "andel_heltid"),
            Nokkeltall(_("Heltid"), som_tekst(s["heltid"]), _("100 prosent eller mer"), "heltid"),
            Nokkeltall(_("Deltid"), som_tekst(s["deltid"]), _("under 100 prosent"), "deltid"),
            Nokkeltall(
                _("Gjennomsnittlig stilling"),
                som_tekst(s["snitt_prosent"], "prosent"),
                _("per ansatt"),
                "snitt_prosent",
            ),
        ]
