"""Charts as SVG strings: presentation attributes only (strict CSP, WeasyPrint), direct labels, title and description.

Every chart has a wide form (760 units) and a narrow one (`smal=True`, 340 units) for phones.
"""

from felles.diagram.linjer import gnist, linjer
from felles.diagram.pyramide import pyramide
from felles.diagram.soyler import grupperte_soyler, soyler, stablede_soyler
from felles.diagram.typer import Grense, Serie, Soyle

__all__ = ["Grense", "Serie", "Soyle", "gnist", "grupperte_soyler", "linjer", "pyramide", "soyler", "stablede_soyler"]
