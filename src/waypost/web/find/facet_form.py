"""The form beside the results: every choice with its live count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.template import loader
from django.utils import translation
from markupsafe import Markup

from waypost.design.facets import label_of
from waypost.design.words import number_text
from waypost.directory.facets import FACETS, Facet, Option
from waypost.navigation.need import DEFAULT_LEVEL, LEVEL, Need

OPEN_FACETS = frozenset({"payment"})
"""Facets that stand open on a first visit: what most people need to say first."""
_COUNT = "\x01"


@dataclass(frozen=True, slots=True)
class Group:
    """A facet: its name in the form, its words, its boxes to tick."""

    name: str
    label: str
    boxes: Markup
    open: bool
    chosen: int


def facet_groups(need: Need, counts: Mapping[str, int]) -> list[Group]:
    """Every facet in its order; a choice that would leave nothing is shown only if ticked."""
    language = translation.get_language() or "en"
    groups = []
    for facet in FACETS:
        chosen = frozenset(need.chosen.get(facet.key, ()))
        boxes = [
            before + number_text(count) + after
            for key, column, blank, ticked in _facet_boxes(facet, language)
            if (count := counts.get(column, 0)) or key in chosen
            for before, after in (ticked if key in chosen else blank,)
        ]
        if boxes:
            label = facet.label_es if language == "es" else facet.label
            html = Markup("".join(boxes))  # noqa: S704 - our own template, which escapes
            is_open = _stands_open(facet.key, chosen)
            groups.append(Group(facet.key, label, html, is_open, len(chosen)))
    return groups


Halves = tuple[str, str]
"""A box's HTML before and after its count."""


@cache
def _facet_boxes(facet: Facet, language: str) -> list[tuple[str, str, Halves, Halves]]:
    """Key, column, and the box blank and ticked: rendered once, for only the counts change."""
    with translation.override(language):
        return [
            (o.key, o.column, _box(facet.key, o, ticked=False), _box(facet.key, o, ticked=True))
            for o in facet.options
        ]


def _box(facet: str, choice: Option, *, ticked: bool) -> Halves:
    words = {"name": facet, "value": choice.key, "label": label_of(choice), "ticked": ticked}
    html = loader.get_template("parts/box.html").render(words | {"count": _COUNT}, None)
    before, after = html.split(_COUNT)
    return before, after


def _stands_open(facet: str, chosen: frozenset[str]) -> bool:
    """What a person chose is in sight; the level that everybody starts from need not be."""
    everybodys = facet == LEVEL and chosen == frozenset({DEFAULT_LEVEL})
    return facet in OPEN_FACETS or bool(chosen and not everybodys)
