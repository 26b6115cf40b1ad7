"""What is wrong with a coverage question, field by field, in the reader's language.

Page, API and command line say the same, since the room below gives only a code and its place.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from waypost.coverage.question import CoverageFault


def fault_words(field: str, fault: CoverageFault) -> str:
    """What was wrong with a field, and what would be right."""
    if fault is CoverageFault.NO_MONEY:
        return _("Write an amount in dollars, such as 250 or 1,200.")
    if fault is CoverageFault.NO_COURSE:
        return _("A course is weeks and days a week: 1 to 52 weeks in all, 1 to 7 days in each.")
    if fault is CoverageFault.COURSE_TOO_LONG:
        return _("A course of more than 52 weeks is too long for one estimate.")
    if fault is CoverageFault.NO_ID:
        return _("An id has letters, digits, - and _ only, at most 40 of them.")
    if fault is CoverageFault.MISSING and field == "state":
        return _("Choose the state: this insurance differs from state to state.")
    return _choice_words(field)


def _choice_words(field: str) -> str:
    words_for = {
        "insurance": _("Choose what kind of insurance it is."),
        "care": _("Choose which care it is."),
        "state": _("Choose a state or territory by its two letters."),
        "plan": _("Choose one of the plans, or “None of these”."),
        "site": _("Choose one of the programs, or “None of these”."),
    }
    return words_for.get(field, _("This is not one of the choices."))


def all_fault_words(faults: Mapping[str, CoverageFault]) -> dict[str, str]:
    """Each field with its sentence."""
    return {field: fault_words(field, fault) for field, fault in faults.items()}
