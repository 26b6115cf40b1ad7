"""The sentences of the results page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waypost.design.facets import facet_label, label
from waypost.design.words import miles_text, number_text
from waypost.directory.site import Site, SitePhone
from waypost.navigation.answer import Answer, Change, ChangeKind
from waypost.navigation.need import LEVEL, NEAREST, Need
from waypost.navigation.need_url import query_string
from waypost.places.place import PlaceKind
from waypost.places.states import STATE_NAMES


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


def counted(answer: Answer, total: int | None = None) -> str:
    """How many of what: “12 intensive outpatient programs”; ``total`` in place of the answer's."""
    levels = answer.need.chosen.get(LEVEL, ())
    n = answer.total if total is None else total
    if n == 0:
        return _no_program(levels)
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


def _no_program(levels: tuple[str, ...]) -> str:
    if levels == ("iop",):
        return _("No intensive outpatient program")
    if not levels:
        return _("No treatment program")
    return _("No program that offers %(levels)s") % {"levels": levels_text(levels)}


def no_such_page(answer: Answer) -> str:
    """What to say of a page after the last."""
    return _("There is no page %(page)s; the last is page %(pages)s.") % {
        "page": answer.need.page,
        "pages": answer.pages,
    }


def where(answer: Answer, *, located: bool = False) -> str:
    """Where they are: “within 25 miles of Austin, TX”, “near you, El Paso, TX”."""
    need = answer.need
    if answer.place is None:
        return _("with a name like “%(name)s”") % {"name": need.text}
    named = {"place": answer.place.label, "miles": f"{need.radius_miles or 0:g}"}
    if answer.place.kind in (PlaceKind.STATE, PlaceKind.COUNTY):
        return _("in %(place)s") % named
    if need.state:
        named["state"] = STATE_NAMES[need.state]
        return _("in %(state)s, the nearest to %(place)s first") % named
    if located and need.radius_miles is not None:
        return _("within %(miles)s miles of you, near %(place)s") % named
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
    words = {
        ChangeKind.TELEHEALTH: _telehealth_words(change.total),
        ChangeKind.TELEHEALTH_ALONE: _(
            "%(n)s licensed in %(detail)s offer telehealth, if all but the level is left open"
        ),
        ChangeKind.LEVEL: _("%(n)s here: %(detail)s"),
        ChangeKind.WIDER: _distance_words(change.detail),
        ChangeKind.BEYOND: _beyond_words(change.detail),
        ChangeKind.ANY_OF: _("%(n)s if any one of “%(detail)s” is enough"),
        ChangeKind.OPEN_FACET: _("%(n)s if “%(detail)s” is left open"),
        ChangeKind.ALLOW: _("%(n)s if “%(detail)s” is allowed"),
        ChangeKind.OPEN_HOURS: _("%(n)s if those that do not fit or do not say are shown too"),
        ChangeKind.OPEN_STATE: _("%(n)s if other states are allowed too"),
        ChangeKind.DROP_TEXT: _("%(n)s without the name “%(detail)s”"),
        ChangeKind.OPEN_ALL: _open_words(change.detail),
    }[change.kind]
    values = {"n": number_text(change.total), "detail": _detail_words(change)}
    return ChangeLink(words % values, query_string(change.need))


@dataclass(frozen=True, slots=True)
class NearestLine:
    """The nearest program that fits, where none is within reach."""

    site: Site
    distance: str
    phone: SitePhone | None


def nearest_line(answer: Answer) -> NearestLine | None:
    """The nearest program that fits, its distance and the number to call."""
    program = answer.nearest
    if program is None or program.miles is None:
        return None
    phone = program.site.phones[0] if program.site.phones else None
    return NearestLine(program.site, miles_text(program.miles, exact=program.exact), phone)


def _detail_words(change: Change) -> str:
    """What changes, by the name that a person reads."""
    if change.kind in (ChangeKind.TELEHEALTH, ChangeKind.TELEHEALTH_ALONE, ChangeKind.OPEN_STATE):
        return STATE_NAMES.get(change.detail, change.detail)
    if change.kind in (ChangeKind.OPEN_FACET, ChangeKind.ANY_OF):
        return facet_label(change.detail)
    if change.kind is ChangeKind.LEVEL:
        return label(f"{LEVEL}:{change.detail}")
    return label(change.detail) if change.kind is ChangeKind.ALLOW else change.detail


def _telehealth_words(total: int) -> str:
    return ngettext(
        "%(n)s licensed in %(detail)s offers telehealth: call and ask",
        "%(n)s licensed in %(detail)s offer telehealth: call and ask",
        total,
    )


def _distance_words(detail: str) -> str:
    if detail == NEAREST:
        return _("%(n)s at any distance, the nearest first")
    return _("%(n)s within %(detail)s miles")


def _beyond_words(detail: str) -> str:
    """About the middle of a county or a state, across its border."""
    if detail == NEAREST:
        return _("%(n)s at any distance from its middle, the nearest first")
    return _("%(n)s within %(detail)s miles of its middle, across the border")


def _open_words(detail: str) -> str:
    """With all that was asked for left open, but for the level of care at first."""
    if detail:
        return _("%(n)s at any distance, if all but the level of care is left open")
    return _("%(n)s at any distance, if everything is left open")
