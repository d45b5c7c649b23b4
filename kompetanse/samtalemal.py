"""The template for the utviklingssamtale as it comes with the product. Own questions after what the conversation is
for: competence held against goals, competence not in use, expectations, and what follows.
"""

from typing import Any

FELTER = ("innledning", "kompetanse", "ubrukt", "forventninger", "oppfolging", "linjer")
# The parts of the form, in order, with their headings in Samtalemal.
DELER = ("kompetanse", "ubrukt", "forventninger", "oppfolging")
ORIGINAL: dict[str, Any] = {
    "innledning": (
        "Samtalen handler om arbeidet ditt det neste året: hva du kan, hva du vil lære, og hva du trenger. Les "
        "spørsmålene før dere møtes, og skriv stikkord. Dere trenger ikke svare på alle."
    ),
    "kompetanse": "\n".join(
        (
            "Hvilke av målene for enheten bidrar du mest til?",
            "Hva i arbeidet er du tryggest på?",
            "Hva krever oppgavene dine det neste året som du ikke kan godt nok ennå?",
            "Hvordan lærer du best: sammen med en kollega, på kurs, i en ny oppgave?",
        )
    ),
    "ubrukt": "\n".join(
        (
            "Hva kan du som du ikke får brukt i stillingen din i dag?",
            "Hvilke oppgaver kunne du tenke deg å ta, eller å slippe?",
            "Hvem kunne hatt nytte av det du kan?",
        )
    ),
    "forventninger": "\n".join(
        (
            "Hva venter lederen av deg det neste året?",
            "Hva venter du av lederen og av kollegaene dine?",
            "Hva må være på plass for at du skal lykkes og trives?",
        )
    ),
    "oppfolging": "\n".join(
        (
            "Hva ble dere enige om sist, og hva kom ut av det?",
            "Hvilken opplæring eller erfaring er viktigst å få til nå?",
            "Når snakker dere sammen igjen om dette?",
        )
    ),
    "linjer": 3,
}
