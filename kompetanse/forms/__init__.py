"""Forms, one module for each room."""

from kompetanse.forms.krav import KravSkjema

__all__ = ["KravSkjema"]
