"""Who a program is for: the survey's bands of age, and the groups made for just such a person.

A program that accepts a person fits; one that also has a group for people like them fits best. The
two are different questions of the survey: hundreds of programs accept people under 18 and have no
group for them, and hundreds have such a group and answer that they accept adults alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

ADULT, FULL_ADULT, SENIOR = 18, 26, 65
"""First years of the bands, as the National Substance Use and Mental Health Services Survey has
them: 17 or younger, 18 to 25, 26 to 64, 65 and over."""

_GROUPS: Mapping[str, str] = {
    "age:children": "group:adolescents",
    "age:young-adults": "group:young-adults",
    "age:seniors": "group:older-adults",
    "gender:female": "group:women",
    "gender:male": "group:men",
}


def band_of(years: int) -> str:
    """The option of the facet "age" that a person of this age falls in."""
    for below, band in ((ADULT, "children"), (FULL_ADULT, "young-adults"), (SENIOR, "adults")):
        if years < below:
            return band
    return "seniors"


def special_groups(columns: Collection[str]) -> frozenset[str]:
    """The special groups made for the people whom these columns of age and gender name."""
    return frozenset(_GROUPS[column] for column in columns if column in _GROUPS)
