"""The form beside the results: every choice with its live count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import translation

from waypost.directory.facets import FACETS
from waypost.navigation.need import DEFAULT_LEVEL, LEVEL, Need
from waypost.web.cards import label_of

OPEN_FACETS = frozenset({"payment"})
"""Facets that stand open on a first visit: what most people need to say first."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A box to tick: its value, its words, how many it would leave, and whether it is ticked."""

    value: str
    label: str
    count: int
    checked: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A facet: its name in the form, its words, its choices."""

    name: str
    label: str
    help: str
    choices: tuple[Choice, ...]
    open: bool
    chosen: int


def facet_groups(need: Need, counts: Mapping[str, int]) -> list[Group]:
    """Every facet in its order; a choice that would leave nothing is shown only if ticked."""
    spanish = translation.get_language() == "es"
    groups = []
    for facet in FACETS:
        chosen = frozenset(need.chosen.get(facet.key, ()))
        choices = tuple(
            Choice(o.key, label_of(o), counts.get(f"{facet.key}:{o.key}", 0), o.key in chosen)
            for o in facet.options
            if o.key in chosen or counts.get(f"{facet.key}:{o.key}", 0)
        )
        if choices:
            groups.append(
                Group(
                    facet.key,
                    facet.label_es if spanish else facet.label,
                    "" if spanish else facet.help,
                    choices,
                    _stands_open(facet.key, chosen),
                    len(chosen),
                )
            )
    return groups


def _stands_open(facet: str, chosen: frozenset[str]) -> bool:
    """What a person chose is in sight; the level that everybody starts from need not be."""
    everybodys = facet == LEVEL and chosen == frozenset({DEFAULT_LEVEL})
    return facet in OPEN_FACETS or bool(chosen and not everybodys)
