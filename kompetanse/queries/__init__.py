"""Reads, one module for each room."""

from kompetanse.queries.krav import Stillingskrav, krav_for_stillinger, kravliste

__all__ = ["Stillingskrav", "krav_for_stillinger", "kravliste"]
