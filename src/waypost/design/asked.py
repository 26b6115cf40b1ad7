"""A need in words: each part as a person would say it, and the need without that part."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waypost.design.asked_hours import hours_parts
from waypost.design.asked_part import AskedPart
from waypost.design.facets import facet_label, label
from waypost.directory.facets import Join
from waypost.navigation.need import AGE, LEVEL, WISHES, Need
from waypost.navigation.who import ADULT
from waypost.places.states import STATE_NAMES

GENDER = "gender"
PAYMENT = "payment"
_NAMES = frozenset({"Medicaid", "Medicare", "Indian", "Department", "Alzheimer's", "Matrix", "The"})
"""First words of choices that keep their capital letter inside a sentence."""
_TEEN = 13


def asked_parts(need: Need, *, about_point: bool) -> list[AskedPart]:
    """Every part of a need that can be removed, in the order of the sentence.

    ``about_point`` is whether a distance from a point counts, not a state's or county's border.
    """
    parts = []
    if need.radius_miles is not None and about_point:
        words = _("within %(miles)s miles") % {"miles": f"{need.radius_miles:g}"}
        parts.append(AskedPart(words, replace(need, radius_miles=None, page=1)))
    if need.state:
        words = _("in %(place)s") % {"place": STATE_NAMES[need.state]}
        parts.append(AskedPart(words, replace(need, state="", page=1)))
    parts += _chosen(need)
    for column in need.prefer:
        rest = tuple(p for p in need.prefer if p != column)
        words = _("best with: %(name)s") % {"name": in_sentence(column)}
        parts.append(AskedPart(words, replace(need, prefer=rest, page=1)))
    for column in need.without:
        rest = tuple(w for w in need.without if w != column)
        words = _("without: %(name)s") % {"name": in_sentence(column)}
        parts.append(AskedPart(words, replace(need, without=rest, page=1)))
    parts += hours_parts(need)
    if need.text:
        words = _("named “%(name)s”") % {"name": need.text}
        parts.append(AskedPart(words, replace(need, text="", page=1)))
    return parts


def _chosen(need: Need) -> list[AskedPart]:
    """Whom it is for comes first, wishes last; options of which any will do are one part."""
    parts = []
    chosen = sorted(need.choices, key=lambda kv: (kv[0] in WISHES, kv[0] not in (AGE, GENDER)))
    for facet, options in chosen:
        if facet == AGE and need.years is not None and len(options) == 1:
            words = ngettext("%(n)s year old", "%(n)s years old", need.years) % {"n": need.years}
            parts.append(AskedPart(words, need.with_choices(facet, ())))
        elif need.joins(facet) is Join.ANY and len(options) > 1:
            words = either(f"{facet}:{o}" for o in options)
            parts.append(AskedPart(words, need.with_choices(facet, ())))
        else:
            for option in options:
                rest = [other for other in options if other != option]
                parts.append(AskedPart(label(f"{facet}:{option}"), need.with_choices(facet, rest)))
    return parts


def in_sentence(column: str) -> str:
    """A choice as written inside a sentence: lower case, unless it is a name."""
    words = label(column)
    first, facet = words.split(" ")[0], column.partition(":")[0]
    named = first in _NAMES or (facet in ("language", "license") and _speaking() == "en")
    return words if named or first.isupper() else words[:1].lower() + words[1:]


def _speaking() -> str:
    return translation.get_language() or "en"


def either(columns: Iterable[str]) -> str:
    """Choices of which any one is enough: “Medicaid or private insurance”."""
    return _(" or ").join(in_sentence(column) for column in columns)


def together(columns: Iterable[str]) -> str:
    """Choices that must all be offered: “Spanish, telehealth and child care”."""
    names = [in_sentence(column) for column in columns]
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def person(need: Need) -> str:
    """Whom a program must accept: “a 16-year-old girl”, “women 26 to 64”; '' for anyone."""
    ages, genders = need.chosen.get(AGE, ()), need.chosen.get(GENDER, ())
    gender = genders[0] if len(genders) == 1 else ""
    if need.years is not None and len(ages) == 1:
        return _aged(need.years, gender)
    bands = _(" or ").join(_band(age) for age in ages)
    whom = {"female": _("women and girls"), "male": _("men and boys")}.get(gender, "")
    if bands and whom:
        return _("%(whom)s, %(ages)s") % {"whom": whom, "ages": bands}
    return bands or whom or (_("women and men") if len(genders) > 1 else "")


def _aged(years: int, gender: str) -> str:
    girl = _("a %(n)s-year-old teenage girl") if years >= _TEEN else _("a %(n)s-year-old girl")
    boy = _("a %(n)s-year-old teenage boy") if years >= _TEEN else _("a %(n)s-year-old boy")
    adult = years >= ADULT
    words = {
        "female": _("a %(n)s-year-old woman") if adult else girl,
        "male": _("a %(n)s-year-old man") if adult else boy,
    }.get(gender, _("a %(n)s-year-old"))
    return words % {"n": years}


def _band(age: str) -> str:
    return {
        "children": _("people 17 or younger"),
        "young-adults": _("people 18 to 25"),
        "adults": _("people 26 to 64"),
        "seniors": _("people 65 or over"),
    }.get(age, facet_label(AGE))


def others(need: Need) -> list[str]:
    """The choices that a sentence names after the person: all but level, payment and wishes."""
    elsewhere = {LEVEL, AGE, GENDER, PAYMENT, *WISHES}
    return [f"{f}:{o}" for f, options in need.choices if f not in elsewhere for o in options]
