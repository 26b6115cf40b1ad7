"""Reads the people in a live question's form; errors repeat nothing that was typed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from waypost.values.letters import without_accents
from waypost.web.errors import unchecked_form
from waypost.x12.question import InquiryPerson

RELATIONSHIPS = {"self": "", "spouse": "01", "child": "19", "other": "34"}
OLDEST = 1900
_NAME = re.compile(r"[A-Z][A-Z .'-]*", re.ASCII)
_MEMBER = re.compile(r"[A-Z0-9][A-Z0-9-]*", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,4}", re.ASCII)


@dataclass(frozen=True, slots=True, repr=False)
class FormPeople:
    """Whom the question is about. Prints as nothing."""

    subscriber: InquiryPerson
    dependent: InquiryPerson | None


def read_people(sent: Mapping[str, str], today: date) -> tuple[FormPeople | None, list[str]]:
    """The people, or the names of the fields that cannot be read."""
    problems: list[str] = []
    who = sent.get("who", "self")
    if who not in RELATIONSHIPS:
        problems.append("who")
    subscriber = _person(sent, "", today, problems)
    member = sent.get("member_id", "").replace(" ", "").upper()
    if not _MEMBER.fullmatch(member) or len(member) > 80:
        problems.append("member_id")
    dependent = (
        _person(sent, "dep_", today, problems) if who in ("spouse", "child", "other") else None
    )
    if problems or subscriber is None:
        return None, problems
    holder = InquiryPerson(*subscriber, member_id=member)
    if dependent is None:
        return FormPeople(holder, None), []
    return FormPeople(holder, InquiryPerson(*dependent, relationship=RELATIONSHIPS[who])), []


def _person(
    sent: Mapping[str, str], prefix: str, today: date, problems: list[str]
) -> tuple[str, str, date] | None:
    last = latin_name(sent.get(f"{prefix}last_name", ""))
    first = latin_name(sent.get(f"{prefix}first_name", ""))
    born = _day(sent, prefix, today)
    problems += [f"{prefix}last_name"] if not last or len(last) > 60 else []
    problems += [f"{prefix}first_name"] if not first or len(first) > 35 else []
    if born is None:
        problems.append(f"{prefix}born")
        return None
    return last, first, born


def latin_name(text: str) -> str:
    """A name in the capitals that payers' systems take, without accents; '' where that fails."""
    plain = without_accents(text).upper()
    plain = " ".join(plain.replace("\u2019", "'").replace("\u2010", "-").split())
    return plain if _NAME.fullmatch(plain) else ""


def _day(sent: Mapping[str, str], prefix: str, today: date) -> date | None:
    parts = [sent.get(f"{prefix}{name}", "").strip() for name in ("year", "month", "day")]
    if not all(map(_NUMBER.fullmatch, parts)):
        return None
    try:
        born = date(*map(int, parts))
    except ValueError:
        return None
    return born if born.year >= OLDEST and born <= today else None


def problem_words(problems: list[str]) -> list[tuple[str, str]]:
    """The id of each field that cannot be read, and what to do."""
    words_for = {
        "form": ("consent", unchecked_form()),
        "payer": ("payer", _("Choose the insurer.")),
        "who": ("who", _("Choose who needs the care.")),
        "last_name": ("last_name", _("Write the last name as it is on the card.")),
        "first_name": ("first_name", _("Write the first name as it is on the card.")),
        "born": ("month", _("Write the birth date as month, day and year, such as 4 23 1985.")),
        "member_id": ("member_id", _("Write the member ID: letters, digits and hyphens alone.")),
        "dep_last_name": ("dep_last_name", _("Write the last name of the person who needs care.")),
        "dep_first_name": (
            "dep_first_name",
            _("Write the first name of the person who needs care."),
        ),
        "dep_born": ("dep_month", _("Write the birth date of the person who needs care.")),
        "consent": ("consent", _("Without your consent nothing is asked. Tick the box to ask.")),
    }
    return [words_for[name] for name in problems]
