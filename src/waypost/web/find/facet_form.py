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
from functools import cache

from django.template import loader
from django.utils import translation
from django.utils.translation import gettext as _
from markupsafe import Markup

from waypost.design.facets import help_of, label_of
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
_COUNT = "\x01"


@dataclass(frozen=True, slots=True)
class Group:
    """Boxes to tick: their name, what they mean, how several are joined, and what nobody lists.

    ``join`` is "all", "any", or '' where there is but one. ``relaxed`` is whether any was said to
    be enough where all would have to be offered.
    """

    name: str
    label: str
    help: str
    join: str
    relaxed: bool
    boxes: Markup
    none_here: str
    open: bool
    chosen: int


@dataclass(frozen=True, slots=True)
class Choices:
    """The whole form: what most people ask for, what the box found, and all the rest."""

    payments: Markup
    first: Markup
    searched: str
    found: Markup
    groups: list[Group]


def choices_form(need: Need, counts: Mapping[str, int], searched: str = "") -> Choices:
    """Every choice once: those that the box found, those that come first, the others by facet."""
    boxes = _Boxes(need, counts)
    matching = boxes.all_of(o.column for o in choices_for(searched)) if searched else Markup("")
    payments, first = boxes.all_of(FIRST_PAYMENTS), boxes.all_of(FIRST_OTHERS)
    ordered = sorted(FACETS, key=lambda facet: facet.key not in WHO)
    groups = [group for facet in ordered if (group := boxes.group(facet))]
    return Choices(payments, first, searched, matching, groups)


class _Boxes:
    """The boxes of one page; each choice is shown once."""

    def __init__(self, need: Need, counts: Mapping[str, int]) -> None:
        self._need = need
        self._counts = counts
        self._ticked = need.chosen_columns
        self._shown: set[str] = set()
        self._language = translation.get_language() or "en"

    def all_of(self, columns: Iterable[str]) -> Markup:
        """These choices, what nobody here lists among them."""
        boxes = [self._box(column, empty=True) for column in columns if column not in self._shown]
        return Markup("".join(boxes))  # noqa: S704 - our own template, which escapes

    def group(self, facet: Facet) -> Group | None:
        """A facet's choices that were not shown yet."""
        shown = self._shown
        not_shown = [(o, column) for o, column in _columns(facet.key) if column not in shown]
        if not not_shown:
            return None
        boxes = [self._box(column, empty=False) for _, column in not_shown]
        none_here = [label_of(o) for o, column in not_shown if column not in shown]
        chosen = self._need.chosen.get(facet.key, ())
        several = len(facet.options) > 1 and facet.public
        return Group(
            facet.key,
            facet.label_es if self._language == "es" else facet.label,
            help_of(facet),
            facet.join.value if several else "",
            facet.key in self._need.any_of,
            Markup("".join(boxes)),  # noqa: S704 - our own template, which escapes
            ", ".join(none_here),
            _stands_open(facet.key, frozenset(chosen)),
            len(chosen),
        )

    def _box(self, column: str, *, empty: bool) -> str:
        """One box with its count; without ``empty``, nothing for what nobody here lists."""
        count, ticked = self._counts.get(column, 0), column in self._ticked
        if count and not ticked:  # as most are
            self._shown.add(column)
            before, after = _halves(column, self._language, False)
            return f"{before}{count:,}{after}"
        wish = column.partition(":")[0] in WISHES
        if not (count or ticked or empty or wish):
            return ""
        self._shown.add(column)
        if not count and not ticked and not wish:
            return _none_here(column, self._language)
        before, after = _halves(column, self._language, ticked)
        years = self._need.years
        if years is not None and ticked and column == f"{AGE}:{band_of(years)}":
            before = before.replace(f'value="{band_of(years)}"', f'value="{years}"')
        shown = number_text(count) if count or not wish else _("ask")
        return before + shown + after


@cache
def _columns(facet: str) -> tuple[tuple[Option, str], ...]:
    return tuple((choice, choice.column) for choice in FACET[facet].options)


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
