"""Who a program is for: the survey's age bands, and its groups for particular people.

A program that accepts a person fits; one that also has a group for people like them fits best. The
survey asks these separately: hundreds of programs accept people under 18 and have no group for
them, and hundreds have such a group but answer that they accept adults only.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

ADULT, FULL_ADULT, SENIOR = 18, 26, 65
"""The age at which each band begins, from the National Substance Use and Mental Health Services
Survey: 17 or younger, 18 to 25, 26 to 64, 65 and over."""

_GROUPS: Mapping[str, str] = {
    "age:children": "group:adolescents",
    "age:young-adults": "group:young-adults",
    "age:seniors": "group:older-adults",
    "gender:female": "group:women",
    "gender:male": "group:men",
}


def band_of(years: int) -> str:
    """The option of the facet "age" for a person of this age."""
    for below, band in ((ADULT, "children"), (FULL_ADULT, "young-adults"), (SENIOR, "adults")):
        if years < below:
            return band
    return "seniors"


def special_groups(columns: Collection[str]) -> frozenset[str]:
    """The special groups for people of the ages and genders that these columns name."""
    return frozenset(_GROUPS[column] for column in columns if column in _GROUPS)
