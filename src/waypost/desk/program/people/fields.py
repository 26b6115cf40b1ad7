"""The fields of a person in care, as a form sends them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import date

from django.utils.translation import gettext as _

from waypost.desk.program.long_texts import too_long
from waypost.treatment.records.person import PersonWords

LANGUAGES = ("en", "es")
MOST = 2_000
MOST_IN_A_LINE = 200


def person_from(post: Mapping[str, str]) -> PersonWords:
    """What a form says of a person."""

    def text(name: str) -> str:
        return " ".join(post.get(name, "").split())

    language = post.get("language", "en")
    return PersonWords(
        name=text("name"),
        preferred_name=text("preferred_name"),
        pronouns=text("pronouns"),
        born_on=_day(text("born_on")),
        phone=text("phone"),
        email=text("email"),
        address=text("address"),
        language=language if language in LANGUAGES else "en",
        may_text=post.get("may_text") == "yes",
        emergency_contact=text("emergency_contact"),
        own_words=post.get("own_words", "").strip(),
    )


def _day(typed: str) -> str:
    """A day as it is kept, 1990-04-02; as it was typed where it is none."""
    with suppress(ValueError):
        return date.fromisoformat(typed).isoformat()
    return typed


def person_problems(words: PersonWords, today: date) -> list[str]:
    """What is wrong with them, in sentences."""
    fields = asdict(words)
    own_words = fields.pop("own_words")
    short = [value for value in fields.values() if isinstance(value, str)]
    problems = too_long(short, MOST_IN_A_LINE) + too_long([own_words], MOST)
    if not words.name:
        problems.append(_("Write a name, or what the person wants to be called."))
    if words.born_on:
        try:
            born = date.fromisoformat(words.born_on)
        except ValueError:
            problems.append(_("The birth date is a day such as 1990-04-02."))
        else:
            if not date(1900, 1, 1) <= born <= today:
                problems.append(_("The birth date is between 1900 and today."))
    return problems


def person_differences(mine: PersonWords, theirs: PersonWords) -> list[tuple[str, str]]:
    """What ``theirs`` says in each field where ``mine`` says otherwise, by the field's label."""
    labels = {
        "name": _("Name"),
        "preferred_name": _("Wants to be called"),
        "pronouns": _("Pronouns"),
        "born_on": _("Birth date"),
        "phone": _("Telephone"),
        "email": _("E-mail"),
        "address": _("Address"),
        "language": _("Language"),
        "may_text": _("Text messages"),
        "emergency_contact": _("Whom to call in an emergency"),
        "own_words": _("What the person wants, in their own words"),
    }
    said = asdict(theirs) | {
        "language": {"en": _("English"), "es": _("Spanish")}.get(theirs.language, theirs.language),
        "may_text": _("agreed") if theirs.may_text else _("not agreed"),
    }
    typed = asdict(mine)
    return [
        (labels[name], said[name]) for name, kept in asdict(theirs).items() if kept != typed[name]
    ]
