"""The page of a search of which a part cannot be read: what was wrong beside its field, all of it
kept as it was typed, the good parts and the bad."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from waypost.design.facets import facet_label
from waypost.navigation.need import BadNeed
from waypost.navigation.need_url import MAX_VALUES
from waypost.web.problem_words import need_problem

PLACE = "near"
MAX_SHOWN = 200
"""Characters of a value that its field holds: as many as the place and the name may have."""


@dataclass(frozen=True, slots=True)
class BadField:
    """A part that cannot be read: what it is called, what was typed, and why it cannot be read.

    ``hidden`` where there are more values than a person reads: they are carried, not shown.
    """

    name: str
    label: str
    values: list[str]
    problem: str
    hidden: bool

    @property
    def first_id(self) -> str:
        """The id of its first field, for the list at the top of the page."""
        return PLACE if self.name == PLACE else f"bad-{self.name}"


def problem_context(error: BadNeed, query: QueryDict) -> dict[str, Any]:
    """What the page shows: the place, every part that cannot be read, and the rest."""
    bad = [_bad_field(error, name, query) for name in error.problems]
    carried = [
        (name, value)
        for name in query
        for value in query.getlist(name)[:MAX_VALUES]
        if name not in (*error.problems, PLACE, "page")
    ]
    return {
        "bad": bad,
        "place": query.get(PLACE, "")[:MAX_SHOWN],
        "place_problem": next((f.problem for f in bad if f.name == PLACE), ""),
        "carried": carried,
    }


def _bad_field(error: BadNeed, name: str, query: QueryDict) -> BadField:
    values = query.getlist(name)
    return BadField(
        name,
        _label(name),
        [value[:MAX_SHOWN] for value in values[:MAX_VALUES] if value] or [""],
        need_problem(error, name),
        hidden=len(values) > MAX_VALUES,
    )


def _label(name: str) -> str:
    labels = {
        PLACE: _("Where?"),
        "within": _("How far?"),
        "q": _("Name of a program"),
        "sort": _("Order"),
        "weekly": _("Hours a week"),
        "from": _("From"),
        "to": _("To"),
        "by": _("To begin by"),
        "attend": _("How"),
        "day": _("Day"),
        "come": _("When you can come"),
        "opening": _("Has a place now"),
        "state": _("State"),
        "not": _("Without"),
        "prefer": _("Best with"),
        "page": _("Page"),
    }
    return labels.get(name) or facet_label(name)
