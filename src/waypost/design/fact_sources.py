"""Where a program's facts come from: each source once, numbered, with its date and method."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from waypost.design.words import as_of_text
from waypost.directory.site import FactSource, Site
from waypost.directory.timetables import PROGRAM_SOURCE, Speaker
from waypost.publishing.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Origin:
    """One source as a page lists it; its facts refer to its ``number``."""

    number: int
    words: str
    when: str


def method_words(method: str) -> str:
    """How a fact got here, in the active language."""
    words_for = {
        "as published": _("as published"),
        "locator export": _("from the federal locator’s export"),
        "listed elsewhere": _("from another public list"),
        "where people of the ZIP live": _("about where people of the ZIP live"),
        "same street and ZIP": _("address matched by street and ZIP"),
        "same street and town": _("address matched by street and town"),
        "same street, number nearby": _("address matched to a number nearby on the street"),
        "same street, between two numbers": _("address matched between two numbers on the street"),
        "middle of the town": _("the middle of the town"),
        "same number, street spelled otherwise": _("address matched, the street spelled otherwise"),
        "same name in the ZIP": _("matched by the name within the ZIP"),
        "lists disagree, nearest to the ZIP": _(
            "lists put the address in different places; this one is nearest to the ZIP"
        ),
        "other lists put it elsewhere": _("other lists put the address elsewhere"),
        "far from its ZIP and town": _("far from its ZIP and town, not used"),
        "reported and confirmed": _("reported by a visitor and confirmed"),
        "asked by telephone": _("asked by telephone in a round of calls"),
        "decided by the operator": _("decided by the operator of this directory"),
        Speaker.REPRESENTATIVE: _("said by a representative of the program"),
        Speaker.ADMINISTRATOR: _("said by an administrator of the program"),
        Speaker.SOFTWARE: _("said by the program’s own software"),
        Speaker.OPERATOR: _("entered by the operator for the program"),
    }
    return words_for.get(method, method)


def source_words(fact: FactSource | None, manifest: Manifest) -> str:
    """“National Directory ... 2024; as of 2023; as published”."""
    if fact is None:
        return _("source not recorded")
    return _("%(title)s; as of %(month)s; %(method)s") % {
        "title": source_title(fact.source, manifest),
        "month": as_of_text(fact.as_of),
        "method": method_words(fact.method),
    }


def answered_in(manifest: Manifest) -> str:
    """When the programs of the newest edition answered its survey: “2023”."""
    newest = [s.as_of for s in manifest.sources if s.edition == manifest.edition]
    return as_of_text(max(newest)) if newest else manifest.edition


def source_title(source_id: str, manifest: Manifest) -> str:
    """A source's published title, or a plain name for what is not a source file."""
    own = {
        "zip-people": _("Where people of each ZIP live, worked out from the carried tables"),
        "visitor-report": _("A visitor’s report"),
        PROGRAM_SOURCE: _("The program itself"),
        "call-round": _("A round of calls by the operator of this site"),
    }
    source = manifest.source(source_id)
    return source.title if source else own.get(source_id, source_id)


def origins(site: Site, manifest: Manifest) -> dict[str, Origin]:
    """The source of every field that has one; fields with the same source share its number."""
    numbered: dict[str, Origin] = {}
    by_field = {}
    for field, fact in sorted(site.facts.items(), key=lambda kv: (kv[0] != "services", kv[0])):
        words = source_words(fact, manifest)
        origin = Origin(len(numbered) + 1, words, as_of_text(fact.as_of))
        by_field[field] = numbered.setdefault(words, origin)
    return by_field


def service_origins(by_field: dict[str, Origin]) -> list[Origin]:
    """The sources of what a program offers: one, or one for each survey that it answered."""
    named = [by_field[key] for key in ("services", "services:MH") if key in by_field]
    return list({origin.number: origin for origin in named}.values())
