"""Addresses of a gap analysis, for letters and lists."""

from django.urls import NoReverseMatch, reverse


def analyseadresse(pk: int) -> str:
    """Where the analysis is read and answered; its page of approval as long as there is no such page."""
    try:
        return reverse("kompetanse:gapanalyse", args=[pk])
    except NoReverseMatch:
        return reverse("kompetanse:gapgodkjenning", args=[pk])
