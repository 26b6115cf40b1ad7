"""The need for which both places are compared: three plain choices, and the rest of the need."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from waypost.design.facets import label_of
from waypost.directory.facets import FACETS
from waypost.navigation.need import ANY_LEVEL, DEFAULT_LEVEL, LEVEL, Need
from waypost.navigation.need_url import query_pairs

PAYMENT = "payment"
GROUP = "group"


@dataclass(frozen=True, slots=True)
class NeedField:
    """One choice of the form: its name, its words, and (value, words, chosen) to choose from."""

    name: str
    words: str
    choices: tuple[tuple[str, str, bool], ...]


def need_form(need: Need) -> tuple[tuple[NeedField, ...], list[tuple[str, str]]]:
    """The choices to show, and the rest of the need as hidden pairs; several of one stay hidden."""
    rows = (
        (LEVEL, _("Kind of care"), (ANY_LEVEL, _("Any kind"))),
        (PAYMENT, _("How will it be paid?"), ("", _("Any way"))),
        (GROUP, _("A group for"), ("", _("Anyone"))),
    )
    pairs = [(name, value) for name, value in query_pairs(need) if name != "near"]
    shown = [row for row in rows if sum(name == row[0] for name, _value in pairs) <= 1]
    names = {row[0] for row in shown}
    values = {LEVEL: DEFAULT_LEVEL} | dict(pairs)
    fields = tuple(
        _field(name, words, any_of, values.get(name, "")) for name, words, any_of in shown
    )
    return fields, [(name, value) for name, value in pairs if name not in names]


def _field(name: str, words: str, any_of: tuple[str, str], chosen: str) -> NeedField:
    choices = [
        (choice.key, label_of(choice))
        for facet in FACETS
        if facet.key == name
        for choice in facet.options
    ]
    return NeedField(
        name,
        words,
        tuple((key, option_words, key == chosen) for key, option_words in [any_of, *choices]),
    )
