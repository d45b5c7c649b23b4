"""What is wrong with a rule, and where in it."""

from dataclasses import dataclass

from kompetanse.regler.betingelser import Sti


@dataclass(frozen=True)
class Feil:
    """An error in the part at the path (numbers from the outermost group inwards), beside a field when it has one."""

    sti: Sti
    melding: str
    felt: str = ""


class RegelFeil(ValueError):  # noqa: N818 - a Norwegian domain word, not an English error name
    """The rule cannot be used. `feil` says why, part by part."""

    def __init__(self, feil: list[Feil]) -> None:
        super().__init__(" ".join(dict.fromkeys(f.melding for f in feil)))
        self.feil = feil
