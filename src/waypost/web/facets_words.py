"""Names of facets in the language being spoken."""

from __future__ import annotations

from django.utils import translation

from waypost.directory.facets import FACETS


def facet_label(key: str) -> str:
    """The plain name of a facet."""
    spanish = translation.get_language() == "es"
    for facet in FACETS:
        if facet.key == key:
            return facet.label_es if spanish else facet.label
    return key
