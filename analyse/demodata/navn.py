"""Common Norwegian names, put together at random, and synthetic national identity numbers (month + 80)."""

from datetime import date


def _ord(tekst: str) -> tuple[str, ...]:
    return tuple(tekst.split())


KVINNER = _ord(
    "Anne Inger Kari Marit Ingrid Liv Eva Berit Astrid Bjørg Hilde Anna Solveig Marianne Randi Ida Nina Maria "
    "Elisabeth Kristin Bente Heidi Silje Hanne Linda Tone Camilla Ellen Nora Emma Julie Thea Amalie Sara Ingeborg "
    "Turid Gunn Åse Ragnhild Synnøve Mona Lise Trine Wenche Katrine Line Malin Oda Vilde Fatima Olena Agnieszka"
)
MENN = _ord(
    "Jan Per Bjørn Ole Lars Kjell Knut Svein Arne Thomas Hans Geir Tor Morten Terje Odd Erik Martin Andreas John "
    "Anders Rune Trond Tore Daniel Jon Kristian Marius Magnus Jonas Emil Henrik Sander Mathias Øyvind Stian Espen "
    "Håkon Sindre Eirik Frode Roger Steinar Vidar Leif Einar Tobias Amir Piotr Ahmed Oleksandr"
)
ETTERNAVN = _ord(
    "Hansen Johansen Olsen Larsen Andersen Pedersen Nilsen Kristiansen Jensen Karlsen Johnsen Pettersen Eriksen "
    "Berg Haugen Hagen Johannessen Andreassen Jacobsen Dahl Jørgensen Halvorsen Henriksen Lund Sørensen Jakobsen Moen "
    "Gundersen Iversen Strand Solberg Svendsen Eide Knutsen Martinsen Bakken Paulsen Kristoffersen Mathisen Lie "
    "Amundsen Nguyen Rasmussen Solheim Lien Moe Nygård Bakke Fredriksen Ali Aune Sæther Ødegård Åsen Brekke Myhre"
)
_VEKT1 = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_VEKT2 = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def fodselsnummer(fodt: date, loepenummer: int, kvinne: bool) -> str:
    """A synthetic identity number with valid check digits: month + 80, so that it can belong to nobody.

    `loepenummer` seeds the three individual digits; even for women, odd for men.
    """
    stamme = f"{fodt.day:02d}{fodt.month + 80:02d}{fodt.year % 100:02d}"
    for forsoek in range(500):
        individ = (loepenummer * 2 + forsoek * 2 + (0 if kvinne else 1)) % 500 + (500 if fodt.year >= 2000 else 0)
        sifre = [int(s) for s in f"{stamme}{individ:03d}"]
        kontroll1 = -sum(a * b for a, b in zip(sifre, _VEKT1, strict=True)) % 11
        kontroll2 = -sum(a * b for a, b in zip([*sifre, kontroll1], _VEKT2, strict=True)) % 11
        if kontroll1 < 10 and kontroll2 < 10:
            return "".join(map(str, [*sifre, kontroll1, kontroll2]))
    raise ValueError(f"no identity number for {fodt}")
