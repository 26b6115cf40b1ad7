"""The sentences of the results page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waypost.design.facets import facet_label, label
from waypost.design.words import number_text
from waypost.navigation.answer import Answer, Change, ChangeKind
from waypost.navigation.need import LEVEL, MAX_RADIUS, Need
from waypost.navigation.need_url import query_string
from waypost.places.place import PlaceKind


@dataclass(frozen=True, slots=True)
class ChangeLink:
    """A change that would find more, in words, with its address."""

    words: str
    query: str


def is_missing_place(need: Need) -> bool:
    """A search needs a place or a name to begin with."""
    return not need.place and not need.text


def what_is_sought(need: Need) -> str:
    """The levels of care looked for, in plain words."""
    levels = need.chosen.get(LEVEL, ())
    if not levels:
        return _("treatment programs")
    if levels == ("iop",):
        return _("intensive outpatient programs")
    return _("programs that offer %(levels)s") % {"levels": levels_text(levels)}


def counted(answer: Answer) -> str:
    """How many of what: “12 intensive outpatient programs”."""
    levels, n = answer.need.chosen.get(LEVEL, ()), answer.total
    if levels == ("iop",):
        words = ngettext(
            "%(n)s intensive outpatient program", "%(n)s intensive outpatient programs", n
        )
    elif not levels:
        words = ngettext("%(n)s treatment program", "%(n)s treatment programs", n)
    else:
        words = ngettext(
            "%(n)s program that offers %(levels)s", "%(n)s programs that offer %(levels)s", n
        )
    return words % {"n": number_text(n), "levels": levels_text(levels)}


def no_such_page(answer: Answer) -> str:
    """What to say of a page after the last."""
    return _("There is no page %(page)s; the last is page %(pages)s.") % {
        "page": answer.need.page,
        "pages": answer.pages,
    }


def where(answer: Answer) -> str:
    """Where they are: “within 25 miles of Austin, TX”."""
    need = answer.need
    if answer.place is None:
        return _("with a name like “%(name)s”") % {"name": need.text}
    named = {"place": answer.place.label, "miles": f"{need.radius_miles or 0:g}"}
    if answer.place.kind in (PlaceKind.STATE, PlaceKind.COUNTY):
        return _("in %(place)s") % named
    if need.radius_miles is None:
        return _("at any distance from %(place)s, the nearest first") % named
    return _("within %(miles)s miles of %(place)s") % named


def headline(answer: Answer) -> str:
    """What was found, where, in one line."""
    return f"{counted(answer)} {where(answer)}"


def levels_text(levels: Iterable[str]) -> str:
    """Levels of care as they stand in a sentence."""
    names = (label(f"{LEVEL}:{level}") for level in levels)
    return _(" or ").join(name[:1].lower() + name[1:] for name in names)


def change_words(change: Change) -> ChangeLink:
    """“12 within 50 miles”, “5 if payment is left open”, and so on."""
    number = number_text(change.total)
    if change.kind is ChangeKind.WIDER:
        if float(change.detail) >= MAX_RADIUS:
            words = _("%(n)s at any distance, the nearest first")
        else:
            words = _("%(n)s within %(detail)s miles")
        detail = change.detail
    elif change.kind is ChangeKind.OPEN_FACET:
        words, detail = _("%(n)s if “%(detail)s” is left open"), facet_label(change.detail)
    elif change.kind is ChangeKind.ALLOW:
        words, detail = _("%(n)s if “%(detail)s” is allowed"), label(change.detail)
    elif change.kind is ChangeKind.DROP_TEXT:
        words, detail = _("%(n)s without the name “%(detail)s”"), change.detail
    else:
        words, detail = _far_words(change), change.detail
    return ChangeLink(words % {"n": number, "detail": detail}, query_string(change.need))


def _far_words(change: Change) -> str:
    """About the middle of a county or a state, or with all that was asked for left open."""
    if change.kind is ChangeKind.BEYOND:
        if float(change.detail) < MAX_RADIUS:
            return _("%(n)s within %(detail)s miles of its middle, across the border")
        return _("%(n)s at any distance from its middle, the nearest first")
    if change.detail:
        return _("%(n)s at any distance, if all but the level of care is left open")
    return _("%(n)s at any distance, if everything is left open")
