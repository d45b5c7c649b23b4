"""A demo municipality of our own making: three yearly staffing extracts of synthetic people, the last with the
published totals of the Kristiansund plan. Pure Python, seeded, no clock: the same call always gives the same rows.
"""

from analyse.demodata.uttrekk import DATOER, Demouttrekk, lag_uttrekk

__all__ = ["DATOER", "Demouttrekk", "lag_uttrekk"]
