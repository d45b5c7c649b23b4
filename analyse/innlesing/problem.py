"""A problem in a file, told so that the person who has the file can find the cell."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

MAKS_PROBLEMER = 200


@dataclass(frozen=True)
class Problem:
    """Where (row number as the spreadsheet shows it, header of the column), what stands there, what is wrong.

    `avgjores`: no fault in the file, but something a person must decide (kontroll.Avgjorelse).
    """

    rad: int | None
    kolonne: str
    verdi: str
    melding: str
    avgjores: bool = False

    def __str__(self) -> str:
        deler = []
        if self.rad is not None:
            deler.append(_("rad %(rad)s") % {"rad": self.rad})
        if self.kolonne:
            deler.append(_("kolonne %(kolonne)s") % {"kolonne": self.kolonne})
        sted = ", ".join(deler)
        verdi = f" («{self.verdi}»)" if self.verdi else ""
        return f"{sted}: {self.melding}{verdi}" if sted else f"{self.melding}{verdi}"

    def som_dict(self) -> dict:
        """For JSON."""
        return {"rad": self.rad, "kolonne": self.kolonne, "verdi": self.verdi, "melding": self.melding}


class Innlesingsfeil(Exception):  # noqa: N818  (domenets ord)
    """The file cannot be read in. Carries every problem found; nothing has been stored."""

    def __init__(self, problemer: "list[Problem] | str", antall: int | None = None) -> None:
        if isinstance(problemer, str):
            problemer = [Problem(None, "", "", problemer)]
        self.problemer = problemer[:MAKS_PROBLEMER]
        self.antall = antall if antall is not None else len(problemer)
        super().__init__(str(problemer[0]) if problemer else "")


class Samtidig(Innlesingsfeil):
    """Another import changed the state while this one was being prepared."""
