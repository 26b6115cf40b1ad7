"""The words of a program's week and days: kinds of group, rules, shortfalls, presence, tasks."""

from __future__ import annotations

from django.utils.translation import gettext as _

from waypost.design.times import time_text
from waypost.treatment.timetable.checking import Breach, WeekRule
from waypost.treatment.timetable.explaining import Help, NotPlaced, Remedy
from waypost.treatment.timetable.problem import WeekSlot
from waypost.values.wall_time import MINUTES_A_DAY


def kind_words() -> dict[str, str]:
    """The kinds of group, by code."""
    return {
        "process": _("Process"),
        "skills": _("Skills"),
        "relapse-prevention": _("Relapse prevention"),
        "education": _("Addiction education"),
        "family": _("Family"),
        "codependency": _("Codependency"),
        "twelve-step": _("12-step"),
        "women": _("Women"),
        "men": _("Men"),
        "veterans": _("Veterans"),
        "lgbtq": _("LGBTQ"),
        "young-adults": _("Young adults"),
        "trauma": _("Trauma"),
    }


def day_names() -> tuple[str, ...]:
    """The days of the week, from Monday."""
    return (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )


def slot_words(slot: WeekSlot) -> str:
    """ "Monday 6:00 PM to 7:30 PM"."""
    at = slot.day * MINUTES_A_DAY
    return _("%(day)s %(start)s to %(end)s") % {
        "day": day_names()[slot.day],
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
        return _("A text left on %(when)s.") % {"when": when}
    if state in ("failed", "dropped"):
        return _("The text did not leave; call.")
    return _("A text leaves on %(when)s, unless they came after all.") % {"when": when}


def remedy_words(remedy: Remedy, slots: dict[str, WeekSlot]) -> str:
    """The smallest change that would help, as a sentence."""
    facts = {
        "when": slot_words(slots[remedy.slot]) if remedy.slot else "",
        "group": remedy.group,
        "kind": kind_words().get(remedy.kind or "", ""),
    }
    return _remedies()[remedy.help] % facts


def _remedies() -> dict[Help, str]:
    return {
        Help.ONE_MORE_PLACE: _("One more place in %(group)s, %(when)s, would do it."),
        Help.FEWER: _("%(group)s could meet, %(when)s, if fewer people were enough for it."),
        Help.NEW_GROUP: _("A new group would help: %(kind)s, %(when)s."),
        Help.FACILITATOR: _("Someone who can lead a group would help: %(kind)s, %(when)s."),
        Help.ROOM: _("A room would help: %(kind)s, %(when)s."),
        Help.MORE_HOURS: _("Coming on %(when)s would help: %(group)s has a place."),
        Help.MORE_DAYS: _("One more day a week would help: %(group)s has a place, %(when)s."),
        Help.NO_COMMON_TIME: _("None of the program's times is in the hours when they can come."),
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
        facts["subject"] = day_names()[int(breach.subject)]
    if breach.rule is WeekRule.CLOSED:
        facts["other"] = day_names()[int(breach.other)]
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
