"""The models of competence: requirements, the catalogue, leaders; one module for each room."""

from kompetanse.models.krav import Krav

__all__ = ["Krav"]
