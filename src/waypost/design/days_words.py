"""The words of a program's week and days: kinds of group, rules, shortfalls, presence, tasks."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from waypost.design.times import time_text
from waypost.treatment.timetable.checking import Breach, WeekRule
from waypost.treatment.timetable.explaining import Help, NotPlaced, Remedy
from waypost.treatment.timetable.problem import WeekSlot
from waypost.values.wall_time import MINUTES_A_DAY

# Each word is looked up when it is needed: a page with fifty sentences looks up fifty, not all.
_KINDS: dict[str, Callable[[], str]] = {
    "process": lambda: _("Process"),
    "skills": lambda: _("Skills"),
    "relapse-prevention": lambda: _("Relapse prevention"),
    "education": lambda: _("Addiction education"),
    "family": lambda: _("Family"),
    "codependency": lambda: _("Codependency"),
    "twelve-step": lambda: _("12-step"),
    "women": lambda: _("Women"),
    "men": lambda: _("Men"),
    "veterans": lambda: _("Veterans"),
    "lgbtq": lambda: _("LGBTQ"),
    "young-adults": lambda: _("Young adults"),
    "trauma": lambda: _("Trauma"),
}


def kind_words() -> dict[str, str]:
    """The kinds of group, by code."""
    return {code: word() for code, word in _KINDS.items()}


_DAYS: tuple[Callable[[], str], ...] = (
    lambda: _("Monday"),
    lambda: _("Tuesday"),
    lambda: _("Wednesday"),
    lambda: _("Thursday"),
    lambda: _("Friday"),
    lambda: _("Saturday"),
    lambda: _("Sunday"),
)


def day_names() -> tuple[str, ...]:
    """The days of the week, from Monday."""
    return tuple(name() for name in _DAYS)


def slot_words(slot: WeekSlot) -> str:
    """ "Monday 6:00 PM to 7:30 PM"."""
    at = slot.day * MINUTES_A_DAY
    return _("%(day)s %(start)s to %(end)s") % {
        "day": _DAYS[slot.day](),
        "start": time_text(slot.start - at),
        "end": time_text(slot.end - at),
    }


def hours_words(minutes: int) -> str:
    """Minutes as hours: "7", "7.5", "7.25"."""
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".")


def presence_words() -> dict[str, str]:
    """How someone attended, by code."""
    return {
        "present": _("Present"),
        "late": _("Late"),
        "left early": _("Left early"),
        "absent": _("Absent"),
        "excused": _("Excused"),
    }


def task_words() -> dict[str, str]:
    """What is to be done, by code."""
    return {
        "no-show": _("Did not come: get in touch"),
        "conversation": _("Talk about a test"),
        "collect again": _("Collect a test again"),
        "book visit": _("Book the next visit"),
        "ask visit": _("Ask whether the next visit took place"),
        "naloxone": _("Offer naloxone, and show how it is used"),
        "continuing care": _("Choose continuing care from the directory"),
        "follow-up 30": _("Follow up at 30 days"),
        "follow-up 90": _("Follow up at 90 days"),
    }


def step_words() -> dict[str, str]:
    """Where a test stands, by code."""
    return {
        "drawn": _("drawn"),
        "collected": _("collected"),
        "not collected": _("not collected"),
        "result": _("result"),
        "sent to confirm": _("sent to confirm"),
        "confirmed": _("confirmed"),
        "not confirmed": _("not confirmed"),
    }


def checked_words(checked: str) -> str:
    """How sure a rule's source is, '' where the source itself was read."""
    return {
        "secondary": _("Read in a page that quotes the source; not confirmed in the source."),
        "no": _("Not confirmed: the source could not be opened."),
    }.get(checked, "")


def gap_words() -> dict[str, str]:
    """What a transition plan lacks, by code."""
    return {
        "next visit": _("the next visit, with its day"),
        "naloxone": _("naloxone"),
        "continuing care": _("continuing care"),
    }


def missed_text_words(state: str, when: str) -> str:
    """Where the text to somebody who did not come stands, as a sentence."""
    if state in ("sent", "delivered"):
        return _("A text went out on %(when)s.") % {"when": when}
    if state in ("failed", "dropped"):
        return _("The text was not sent; call.")
    return _("A text goes out on %(when)s, unless they came after all.") % {"when": when}


def remedy_words(remedy: Remedy, slots: dict[str, WeekSlot]) -> str:
    """The smallest change that would help, as a sentence."""
    facts = {
        "when": slot_words(slots[remedy.slot]) if remedy.slot else "",
        "group": remedy.group,
        "kind": _KINDS[remedy.kind]() if remedy.kind else "",
    }
    return _REMEDIES[remedy.help]() % facts


_REMEDIES: dict[Help, Callable[[], str]] = {
    Help.ONE_MORE_PLACE: lambda: _("One more place in %(group)s, %(when)s, would do it."),
    Help.FEWER: lambda: _("%(group)s could meet, %(when)s, if it needed fewer people."),
    Help.NEW_GROUP: lambda: _("A new group would help: %(kind)s, %(when)s."),
    Help.FACILITATOR: lambda: _("Someone who can lead a group would help: %(kind)s, %(when)s."),
    Help.ROOM: lambda: _("A room would help: %(kind)s, %(when)s."),
    Help.MORE_HOURS: lambda: _("Coming on %(when)s would help: %(group)s has a place."),
    Help.MORE_DAYS: lambda: _("One more day a week would help: %(group)s has a place, %(when)s."),
    Help.NO_COMMON_TIME: lambda: _(
        "None of the program's times is in the hours when they can come."
    ),
}


def not_placed_words() -> dict[NotPlaced, str]:
    """Why a group does not meet, by code."""
    return {
        NotPlaced.NO_TIME: _("there is no time at which it may meet"),
        NotPlaced.NO_FACILITATOR: _("nobody who may lead it is free"),
        NotPlaced.NO_ROOM: _("no room that is large enough is free"),
        NotPlaced.TOO_FEW: _("too few people can come"),
        NotPlaced.NOT_NEEDED: _("the plans are met as far as they can be without it"),
    }


def breach_words(breach: Breach, names: dict[str, str]) -> str:
    """What a week breaks, as a sentence; ``names`` are people's by id."""
    facts = {
        "subject": names.get(breach.subject, breach.subject),
        "other": names.get(breach.other, breach.other),
        "count": breach.count,
        "most": breach.most,
    }
    if breach.rule is WeekRule.RATIO:
        facts["subject"] = _DAYS[int(breach.subject)]()
    if breach.rule is WeekRule.CLOSED:
        facts["other"] = _DAYS[int(breach.other)]()
    return _breaches()[breach.rule] % facts


def _breaches() -> dict[WeekRule, str]:
    return {
        WeekRule.UNKNOWN: _("%(subject)s is not known here."),
        WeekRule.SLOT: _("%(subject)s does not meet at that time."),
        WeekRule.CLOSED: _("%(subject)s meets on %(other)s, when the program is closed."),
        WeekRule.ROOM_TWICE: _("%(subject)s is used by two groups at once."),
        WeekRule.ROOM_PINNED: _("%(subject)s has another room."),
        WeekRule.SEATS: _("%(subject)s: %(count)s people, but %(other)s has %(most)s seats."),
        WeekRule.FACILITATOR_TWICE: _("%(subject)s leads two groups at once."),
        WeekRule.FACILITATOR: _("%(other)s cannot lead %(subject)s then."),
        WeekRule.FACILITATOR_HOURS: _("%(subject)s leads %(count)s minutes; the most is %(most)s."),
        WeekRule.CAP: _("%(subject)s has %(count)s people; its cap is %(most)s."),
        WeekRule.FEWEST: _("%(subject)s has %(count)s people; it needs %(most)s."),
        WeekRule.PERSON_TWICE: _("%(subject)s is in two groups at once."),
        WeekRule.PERSON_HOURS: _("%(subject)s cannot come when %(other)s meets."),
        WeekRule.NOT_FOR_THEM: _("%(other)s is not for %(subject)s."),
        WeekRule.DAYS: _("%(subject)s comes on %(count)s days; they can come on %(most)s."),
        WeekRule.TOO_LONG: _(
            "%(subject)s has %(count)s minutes a week, more than the plan asks for."
        ),
        WeekRule.PINNED: _("%(subject)s is to attend %(other)s."),
        WeekRule.NOT_MEETING: _("%(subject)s is in %(other)s, which does not meet."),
        WeekRule.RATIO: _("%(subject)s: %(count)s people; its counselors may care for %(most)s."),
    }
