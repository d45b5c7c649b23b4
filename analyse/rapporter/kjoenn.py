"""Gender balance per unit and position group."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lat

from analyse.beregninger import fordelinger
from analyse.beregninger.avrunding import prosent
from analyse.beregninger.personer import Inndeling, Par, Telte
from analyse.rapporter.fordeling import Fordeling
from analyse.rapporter.hjelp import Formel, Rad, er_tall, som_tekst, soylediagram, tegnede
from analyse.rapporter.resultat import Diagram, Kolonne, Nokkeltall, Resultat
from felles import tall


class Kjoenn(Fordeling):
    """Men and women."""

    slug = "kjoenn"
    ekstra_tabeller = ("per_stillingsgruppe",)
    tittel = _lat("Kjønnsfordeling")
    ingress = _lat("Kvinner og menn i enhetene og stillingsgruppene.")
    lesehjelp = _lat(
        "Hver søyle viser hvor stor del av de ansatte som er kvinner. Søyler nær 50 prosent betyr jevn fordeling."
    )
    metode = _lat(
        "Kjønn er slik det står i personalsystemet. Andelen regnes av alle ansatte, også dem uten oppgitt kjønn."
    )
    formler = {
        "menn": Formel(_lat("Ansatte registrert som mann."), ("ansatte",)),
        "kvinner": Formel(_lat("Ansatte registrert som kvinne."), ("ansatte",)),
        "ikke_oppgitt": Formel(_lat("Ansatte uten oppgitt kjønn."), ("ansatte",)),
        "andel_kvinner": Formel(_lat("Kvinner / ansatte × 100."), ("kvinner", "ansatte")),
    }

    def tell(self, telte: Telte, inndeling: Inndeling, par: Par):
        return fordelinger.kjonn(telte, inndeling, par)

    def rad(self, tall: Rad) -> Rad:
        return {
            **{n: tall[n] for n in ("ansatte", "kvinner", "menn", "ikke_oppgitt")},
            "andel_kvinner": prosent(tall["kvinner"], tall["ansatte"]),
        }

    def kolonner(self, resultat: Resultat) -> tuple[Kolonne, ...]:
        ukjent = resultat.sum["ikke_oppgitt"] != 0
        return (
            Kolonne("ansatte", _("Ansatte")),
            Kolonne("kvinner", _("Kvinner")),
            Kolonne("menn", _("Menn")),
            *((Kolonne("ikke_oppgitt", _("Ikke oppgitt")),) if ukjent else ()),
            Kolonne("andel_kvinner", _("Andel kvinner"), "prosent"),
        )

    def diagrammer(self, resultat: Resultat) -> list[Diagram]:
        """Share of women per unit and per position group."""
        andel = resultat.sum["andel_kvinner"]
        tittel = _("%s av de ansatte er kvinner") % tall.prosent(andel) if er_tall(andel) else str(self.tittel)
        under = _("Andel kvinner, prosent.")
        enheter, grupper = self.tabeller(resultat)
        ut = [soylediagram(tittel, under, enheter, navn="enhet", maal="andel_kvinner", format_="prosent")]
        if grupper.rader:
            funn = _("Slik er kvinner og menn fordelt på stillingsgrupper")
            ut.append(
                soylediagram(funn, under, grupper, navn="stillingsgruppe", maal="andel_kvinner", format_="prosent")
            )
        return tegnede(*ut)

    def nokkeltall(self, resultat: Resultat) -> list[Nokkeltall]:
        """Share of women, women, men."""
        s = resultat.sum
        return [
            Nokkeltall(
                _("Andel kvinner"), som_tekst(s["andel_kvinner"], "prosent"), _("av de ansatte"), "andel_kvinner"
            ),
            Nokkeltall(_("Kvinner"), som_tekst(s["kvinner"]), _("ansatte"), "kvinner"),
            Nokkeltall(_("Menn"), som_tekst(s["menn"]), _("ansatte"), "menn"),
        ]
