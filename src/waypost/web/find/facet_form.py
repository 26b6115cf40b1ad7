"""The form beside the results: every choice with its live count.

What most people ask for stands first; a box finds the others by any word; what nobody here lists is
said by name and does not vanish.

A choice is rendered once for each language, ticked and not, and kept as two halves around its
count, which alone changes from page to page. There are 180 choices on a page: without this it takes
more than twice as long (`make bench`: "without choices rendered once around their count").
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from django.template import loader
from django.utils import translation
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from waypost.design.facets import facet_label, help_of, label_of
from waypost.design.words import number_text
from waypost.directory.choice_words import choices_for
from waypost.directory.facets import FACET, FACETS, Facet, Option, option
from waypost.navigation.need import AGE, DEFAULT_LEVEL, LEVEL, WISHES, Need
from waypost.navigation.who import band_of

FIRST_PAYMENTS = tuple(
    f"payment:{key}" for key in ("medicaid", "medicare", "private", "military", "low-cost")
)
FIRST_OTHERS = (
    "telehealth:telehealth", "time:day", "time:evenings", "time:weekends", "language:spanish",
    "medication:accepts-opioid", "practical:child-care", "practical:transportation", "only:women",
    "only:men",
)  # fmt: skip
"""What most people ask for: they stand before all else."""
WHO = (AGE, "gender")
_COUNT, _NAMES = "\x01", "\x02"


class Group(NamedTuple):
    """Boxes to tick: their name, what they mean, how several are joined, and how they stand.

    ``join`` is "all", "any", or '' where there is but one. ``relaxed`` is whether any was said to
    be enough where all would have to be offered, ``any_level`` whether every level of care will do.
    """

    name: str
    label: str
    help: str
    join: str
    relaxed: bool
    open: bool
    chosen: int
    any_level: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """The whole form: what most people ask for, what the box found, and all the rest."""

    payments: Markup
    first: Markup
    searched: str
    found: Markup
    groups: Markup


def choices_form(need: Need, counts: Mapping[str, int], searched: str = "") -> Choices:
    """Every choice once: those that the box found, those that come first, the others by facet."""
    boxes = _Boxes(need, counts)
    by_box = tuple(o.column for o in choices_for(searched)) if searched else ()
    above = frozenset(by_box)
    groups = "\n".join([boxes.group(facet, columns) for facet, columns in _below(above)])
    return Choices(
        boxes.of(column for column in FIRST_PAYMENTS if column not in above),
        boxes.of(column for column in FIRST_OTHERS if column not in above),
        searched,
        boxes.of(by_box),
        Markup(groups),  # noqa: S704 - our own template, which escapes
    )


@lru_cache(maxsize=64)
def _below(above: frozenset[str]) -> tuple[tuple[Facet, tuple[str, ...]], ...]:
    """The facets in order, with their choices that stand neither ``above`` nor first."""
    elsewhere = above.union(FIRST_PAYMENTS, FIRST_OTHERS)
    ordered = sorted(FACETS, key=lambda facet: facet.key not in WHO)
    columns = [
        (f, tuple(o.column for o in f.options if o.column not in elsewhere)) for f in ordered
    ]
    return tuple((facet, rest) for facet, rest in columns if rest)


class _Boxes:
    """Makes the boxes of one page."""

    def __init__(self, need: Need, counts: Mapping[str, int]) -> None:
        self._counts = counts
        self._years = need.years
        self._ticked = need.chosen_columns
        self._chosen = need.chosen
        self._any_of = need.any_of
        self._language = translation.get_language() or "en"
        self._unticked = _unticked(self._language)

    def of(self, columns: Iterable[str]) -> Markup:
        """These choices, what nobody here lists among them."""
        return Markup(self._boxes(columns))  # noqa: S704 - our own template, which escapes

    def group(self, facet: Facet, columns: tuple[str, ...]) -> str:
        """Some choices of a facet, as HTML; what nobody here lists is named below them."""
        none_here: list[str] = []
        boxes = self._boxes(columns, none_here)
        chosen = self._chosen.get(facet.key, ())
        group = Group(
            facet.key,
            *_words_of(facet.key, self._language),
            facet.key in self._any_of,
            _stands_open(facet.key, frozenset(chosen)),
            len(chosen),
            facet.key == LEVEL and not chosen,
        )
        before, between, after = _around(group, self._language, bool(none_here))
        return f"{before}{boxes}{between}{escape(', '.join(none_here))}{after}"

    def _boxes(self, columns: Iterable[str], none_here: list[str] | None = None) -> str:
        counts, ticked, unticked = self._counts, self._ticked, self._unticked
        labels = _labels(self._language)
        parts = []
        for column in columns:
            count = counts.get(column, 0)
            if count and column not in ticked:  # as most are
                before, after = unticked[column]
                parts.append(f"{before}{count:,}{after}")
            elif count or column in ticked or column.partition(":")[0] in WISHES:
                parts.append(self._rare_box(column, count))
            elif none_here is None:
                parts.append(_none_here(column, self._language))
            else:
                none_here.append(labels[column])
        return "".join(parts)

    def _rare_box(self, column: str, count: int) -> str:
        """A box that is ticked, or a wish that no program here is known to meet."""
        ticked = column in self._ticked
        before, after = _halves(column, self._language, ticked)
        years = self._years
        if years is not None and ticked and column == f"{AGE}:{band_of(years)}":
            before = before.replace(f'value="{band_of(years)}"', f'value="{years}"')
        wish = column.partition(":")[0] in WISHES
        return before + (number_text(count) if count or not wish else _("ask")) + after


@cache
def _words_of(key: str, language: str) -> tuple[str, str, str]:
    """A facet's name, what it means, and how several of its choices are joined."""
    facet = FACET[key]
    with translation.override(language):
        several = len(facet.options) > 1 and facet.public
        return facet_label(key), help_of(facet), facet.join.value if several else ""


@lru_cache(maxsize=1_000)
def _around(group: Group, language: str, none_here: bool) -> tuple[str, str, str]:
    """A group's HTML before its boxes, from there to the names of what nobody lists, and after:
    rendered once, like the boxes themselves."""
    words = {"group": group, "boxes": _COUNT, "none_here": _NAMES if none_here else ""}
    with translation.override(language):
        html = loader.get_template("find/choice_group.html").render(words, None)
    before, rest = html.split(_COUNT)
    between, _, after = rest.partition(_NAMES)
    return before, between, after


@cache
def _labels(language: str) -> dict[str, str]:
    with translation.override(language):
        return {o.column: label_of(o) for f in FACETS for o in f.options}


@cache
def _unticked(language: str) -> dict[str, tuple[str, str]]:
    """The halves of every choice that is not ticked."""
    return {o.column: _halves(o.column, language, False) for f in FACETS for o in f.options}


@cache
def _halves(column: str, language: str, ticked: bool) -> tuple[str, str]:
    """A box's HTML before and after its count: rendered once, for only the count changes."""
    with translation.override(language):
        html = _rendered(option(column), ticked=ticked, count=_COUNT)
    before, after = html.split(_COUNT)
    return before, after


@cache
def _none_here(column: str, language: str) -> str:
    with translation.override(language):
        return _rendered(option(column), ticked=False, count="")


def _rendered(choice: Option, *, ticked: bool, count: str) -> str:
    words = {
        "name": choice.facet,
        "value": choice.key,
        "label": _short_label(choice),
        "ticked": ticked,
        "count": count,
    }
    return loader.get_template("parts/box.html").render(words, None)


def _short_label(choice: Option) -> str:
    """A choice in few words where the survey's are many."""
    short = {
        "medication:accepts-opioid": _("Lets you keep your opioid medication"),
        "payment:low-cost": _("Low or no cost"),
    }
    return short.get(choice.column, label_of(choice))


def _stands_open(facet: str, chosen: frozenset[str]) -> bool:
    """What a person chose is in sight; the level that everybody starts from need not be."""
    everybodys = facet == LEVEL and chosen == frozenset({DEFAULT_LEVEL})
    return bool(chosen and not everybodys)
