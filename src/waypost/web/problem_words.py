"""Words what cannot be read in the language of the page; the rooms below use English."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from waypost.navigation.need import BadNeed


def need_problem(error: BadNeed, name: str) -> str:
    """A sentence on the part of a search called ``name``, which cannot be read."""
    in_english = translation.get_language() == "en"
    return error.problems[name] if in_english else _for_parameter(name)


def _for_parameter(name: str) -> str:
    words_for = {
        "near": _("The place cannot be read; please type a ZIP, a city, a county or a state."),
        "q": _("The name cannot be read; please type plain words, at most 200 characters."),
        "within": _("The distance is a number of miles from 1 to 3000, or “nearest”."),
        "page": _("The page is a whole number of 1 or more."),
        "page_size": _("The page size is a whole number from 1 to 200."),
        "age": _("The age is a whole number from 0 to 120, or one of the ages offered."),
        "state": _("The state is a postal code of two letters, such as TX."),
        "sort": _("The order is one of those on the page of results."),
        "come": _("The hours are written like “mon wed 17:30-21:00”."),
        "day": _("One of the days is not a day of the week."),
        "from": _("Give a time of day such as 17:30."),
        "to": _("Give a time of day such as 17:30."),
        "weekly": _("Hours a week are written 9, 9-12 or -12, up to 60."),
        "by": _("Give a day such as 2026-12-07."),
        "attend": _("People take part in person or by telehealth."),
    }
    fallback = _("“%(name)s” holds a choice that is not known, or is given too many times.")
    return words_for.get(name, fallback % {"name": name})
