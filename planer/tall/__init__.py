"""Live figures in plans: what they are worth, what can be chosen, and how they look in the text."""

from planer.tall.tekst import Tallvisning, vis_html
from planer.tall.utvalg import Tallvalg, finn_tall
from planer.tall.verdier import Planverdi, tall_i_plan

__all__ = ["Planverdi", "Tallvalg", "Tallvisning", "finn_tall", "tall_i_plan", "vis_html"]
