"""The form beside the results: every choice with its live count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import translation

from waypost.directory.facets import FACETS
from waypost.navigation.need import Need
from waypost.web.cards import label_of

OPEN_FACETS = frozenset({"level", "payment"})
"""Facets that stand open on a first visit: what most people need to say."""


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
                    bool(chosen) or facet.key in OPEN_FACETS,
                    len(chosen),
                )
            )
    return groups
