"""One thing that a plan lacks."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mangel:
    """`tekst` says what is missing in words that stand alone; `anker` is the id on the chapter's page to go to.
    `stopper`: it stops the plan from being sent to decision; the others are only reminders.
    """

    kapittel: int
    tekst: str
    anker: str = ""
    stopper: bool = True
