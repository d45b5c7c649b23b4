"""Writes, one module for each room."""

from kompetanse.services.krav import FELTER, lagre_krav, slett_krav

__all__ = ["FELTER", "lagre_krav", "slett_krav"]
