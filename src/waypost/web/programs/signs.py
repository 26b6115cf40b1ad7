"""Signs that a listing may not be what it seems, and when it was last checked, in plain words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waypost.design.words import date_text
from waypost.directory.checks import HOLDS_FOR, checked_fields
from waypost.directory.signs import CALIFORNIA_LIST, Sign, SignKind
from waypost.directory.site import Site
from waypost.places.states import STATE_NAMES

OF_NUMBER = (SignKind.FAR_NUMBER, SignKind.SHARED_NUMBER)


def number_signs(signs: Iterable[Sign]) -> list[str]:
    """What the first number may be, to stand beside it."""
    return [_sentence(sign) for sign in signs if sign.kind in OF_NUMBER]


def other_signs(signs: Iterable[Sign]) -> list[str]:
    """A sentence for each other sign; that a place is gone stands above the page."""
    beside = (*OF_NUMBER, SignKind.GONE)
    return [_sentence(sign) for sign in signs if sign.kind not in beside]


def _sentence(sign: Sign) -> str:
    evidence = dict(sign.evidence)
    if sign.kind is SignKind.FAR_NUMBER:
        words = _(
            "This number is in %(state)s: it may be a call center, the operator’s office, a cell "
            "phone or a slip in writing. Ask who answers."
        )
        return words % {"state": STATE_NAMES[str(evidence["state"])]}
    if sign.kind is SignKind.SHARED_NUMBER:
        others = int(evidence["others"])
        words = ngettext(
            "%(n)s program with another name publishes this number too: it may be a call center or "
            "a central line. Ask for this place by name.",
            "%(n)s programs with other names publish this number too: it may be a call center or a "
            "central line. Ask for this place by name.",
            others,
        )
        return words % {"n": others}
    if sign.kind is SignKind.OTHER_WEBSITE:
        words = _(
            "No part of the name appears in its website, %(domain)s. It may be the website of who "
            "runs it. Ask who that is."
        )
        return words % evidence
    day = date.fromisoformat(str(evidence["day"]))
    words = _(
        "In California’s list of %(year)s, the license at this address (%(name)s, %(number)s) had "
        "expired on %(day)s. It may have been renewed since. Ask, or look it up at the state’s "
        "Department of Health Care Services."
    )
    return words % (evidence | {"year": CALIFORNIA_LIST, "day": date_text(day)})


def checked_words(site: Site, today: date) -> str:
    """When a person of ours last checked which fields; that nobody did where nobody did."""
    names = {
        "phones": _("telephone"),
        "name": _("name"),
        "address": _("address"),
        "website": _("website"),
    }
    checked = checked_fields(site)
    parts = [
        f"{words} ({date_text(checked[field])}{_old(checked[field], today)})"
        for field, words in names.items()
        if field in checked
    ]
    if not parts:
        return _("Nobody here has checked this listing yet: it is as its sources say.")
    words = _("Checked by a person: %(fields)s. The rest is as its sources say.")
    return words % {"fields": ", ".join(parts)}


def _old(day: date, today: date) -> str:
    """What is said beside a check that holds no more."""
    return _("; over 90 days ago") if today - day > HOLDS_FOR else ""
