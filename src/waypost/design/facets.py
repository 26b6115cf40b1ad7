"""Names of facets and of their choices in the active language."""

from __future__ import annotations

from django.utils import translation

from waypost.directory.facets import FACETS, Facet, Option, option


def facet_label(key: str) -> str:
    """The plain name of a facet."""
    spanish = translation.get_language() == "es"
    for facet in FACETS:
        if facet.key == key:
            return facet.label_es if spanish else facet.label
    return key


def help_of(facet: Facet) -> str:
    """What a facet means, in one sentence."""
    return facet.help_es if translation.get_language() == "es" else facet.help


def label(column: str) -> str:
    """The plain name of a choice, by its column such as ``payment:medicaid``."""
    return label_of(option(column))


def label_of(choice: Option) -> str:
    """The plain name of a facet's option."""
    return choice.label_es if translation.get_language() == "es" else choice.label
