"""The sentences of "your week": days, times, hours, conflicts and what cannot be read."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waypost.levels_of_care.hours import the_hours
from waypost.levels_of_care.week.plan import Age, DutyKind, PlanFault, WeekSpan
from waypost.levels_of_care.week.sessions import Clash, Conflict, Reach, least_hours

NON_BREAKING = "\u00a0"


def day_names() -> list[str]:
    """Monday to Sunday."""
    return [
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    ]


def short_days() -> list[str]:
    """Monday to Sunday in the width of a column."""
    return [_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")]


def duty_names() -> dict[DutyKind, str]:
    """What else holds a person."""
    return {
        DutyKind.WORK: _("Work"),
        DutyKind.SCHOOL: _("School"),
        DutyKind.CARE: _("Care"),
    }


def joined(words: Iterable[str]) -> str:
    """“Monday, Wednesday and Friday”."""
    listed = list(words)
    if len(listed) < 2:
        return "".join(listed)
    return _("%(most)s and %(last)s") % {"most": ", ".join(listed[:-1]), "last": listed[-1]}


def days_text(days: Iterable[int]) -> str:
    """Days by name, joined."""
    names = day_names()
    return joined(names[day] for day in days)


def time_text(minutes: int) -> str:
    """“6 pm”, “5:30 pm”, “noon”; in Spanish “6 p. m.”."""
    minutes %= 24 * 60
    if minutes in (0, 12 * 60):
        return _("noon") if minutes else _("midnight")
    return clock_text(minutes)


def clock_text(minutes: int) -> str:
    """A time in figures alone, noon and midnight as well: “12 pm”."""
    hour, rest = divmod(minutes % (24 * 60), 60)
    spanish = translation.get_language() == "es"
    half = ("p. m." if hour >= 12 else "a. m.") if spanish else ("pm" if hour >= 12 else "am")
    shown = f"{(hour - 1) % 12 + 1}" + (f":{rest:02d}" if rest else "")
    return f"{shown}{NON_BREAKING}{half.replace(' ', NON_BREAKING)}"


def span_text(span: WeekSpan) -> str:
    """“6 pm to 9 pm”, with “the next day” where it runs past midnight."""
    named = {"start": time_text(span.start), "end": time_text(span.end)}
    if span.end > 24 * 60:
        return _("%(start)s to %(end)s the next day") % named
    return _("%(start)s to %(end)s") % named


def hours_text(minutes: int) -> str:
    """“9 hours”, “7 hours 30 minutes”, “45 minutes”."""
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours or not rest:
        parts.append(ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours})
    if rest:
        parts.append(ngettext("%(n)s minute", "%(n)s minutes", rest) % {"n": rest})
    return " ".join(parts)


def reach_text(reach: Reach, age: Age, *, short_of_days: bool) -> str:
    """How the hours stand to those of an IOP, and what to do."""
    hours, least = the_hours().names(), least_hours(age)
    if reach is Reach.ABOVE:
        return (
            _(
                "That is %(php_from)s hours or more: a week of partial hospitalization or day "
                "treatment. An IOP runs up to %(iop_to)s hours."
            )
            % hours
        )
    if reach is Reach.BELOW:
        sentence = _("That is less than the %(n)s hours a week that make an IOP.") % {"n": least}
        if short_of_days:
            more = _(
                "Add a day or longer sessions, ask about online sessions, or ask about standard "
                "outpatient care."
            )
        else:
            more = _("Add a session: you have said that you could come on more days.")
        return f"{sentence} {more}"
    if age is Age.YOUNG:
        return (
            _("That is a week of an IOP for people under 18: %(young_from)s hours or more.") % hours
        )
    return _("That is a week of an IOP: %(iop_from)s to %(iop_to)s hours.") % hours


def phase_text(reach: Reach) -> str:
    """What a week of that many hours is called."""
    return {
        Reach.ABOVE: _("partial hospitalization"),
        Reach.WITHIN: _("intensive outpatient"),
        Reach.BELOW: _("standard outpatient"),
    }[reach]


def conflict_texts(conflicts: Iterable[Conflict]) -> list[str]:
    """“Monday and Tuesday: the session runs into work for 2 hours.”; days alike together."""
    together: dict[tuple[DutyKind, Clash, int], list[int]] = {}
    for one in conflicts:
        together.setdefault((one.duty, one.clash, one.minutes), []).append(one.day)
    found = [_conflict(*kind, days) for kind, days in together.items()]
    return [text[:1].upper() + text[1:] for text in found]


def _conflict(duty: DutyKind, clash: Clash, minutes: int, days: list[int]) -> str:
    named = {
        "day": days_text(days),
        "time": hours_text(minutes),
        "duty": {
            DutyKind.WORK: _("work"),
            DutyKind.SCHOOL: _("school"),
            DutyKind.CARE: _("care duties"),
        }[duty],
    }
    if clash is Clash.SESSION:
        return _("%(day)s: the session runs into %(duty)s for %(time)s.") % named
    if clash is Clash.WAY_THERE:
        return _("%(day)s: the way there runs into %(duty)s for %(time)s.") % named
    return _("%(day)s: the way back runs into %(duty)s for %(time)s.") % named


def fault_text(fault: PlanFault) -> str:
    """Why a field cannot be read, and what to do."""
    return {
        PlanFault.NO_DAYS: _("Choose at least one day on which you can come."),
        PlanFault.BAD_DAY: _("One of the days is not a day of the week."),
        PlanFault.BAD_TIMES: _("Choose from 1 to 7 sessions a week."),
        PlanFault.BAD_CLOCK: _("Give a time of day such as 17:30."),
        PlanFault.BAD_SESSION: _(
            "A session lasts from 30 minutes to 8 hours and ends by midnight: change when it "
            "begins or ends."
        ),
        PlanFault.NO_DUTY_HOURS: _("You have chosen days: give when it begins and ends as well."),
        PlanFault.SAME_DUTY_HOURS: _("It begins and ends at the same time: change one of them."),
        PlanFault.BAD_TRAVEL: _("Travel is a whole number of minutes one way, from 0 to 240."),
        PlanFault.BAD_WEEKS: _(
            "Weeks are whole numbers: at least 1 week with every session, and no more than 12 "
            "together."
        ),
        PlanFault.BAD_CHOICE: _("That is not one of the choices."),
        PlanFault.BAD_DATE: _("Give a day from 2020 to 2098, such as 2027-03-01."),
        PlanFault.BAD_ZONE: _("That is not a time zone we know. Choose one from the list."),
    }[fault]
