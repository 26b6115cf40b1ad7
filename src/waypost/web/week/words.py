"""The sentences of "your week": how far it is an IOP, conflicts and what cannot be read."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from waypost.design.times import days_text, hours_text
from waypost.levels_of_care.hours import the_hours
from waypost.levels_of_care.week.plan import Age, DutyKind, PlanFault
from waypost.levels_of_care.week.sessions import Clash, Conflict, Reach, least_hours


def duty_names() -> dict[DutyKind, str]:
    """What else takes a person's time."""
    return {
        DutyKind.WORK: _("Work"),
        DutyKind.SCHOOL: _("School"),
        DutyKind.CARE: _("Care"),
    }


def reach_text(reach: Reach, age: Age, *, short_of_days: bool) -> str:
    """How the hours compare with those of an IOP, and what to do."""
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
    for conflict in conflicts:
        together.setdefault((conflict.duty, conflict.clash, conflict.minutes), []).append(
            conflict.day
        )
    texts = [_conflict(*kind, days) for kind, days in together.items()]
    return [text[:1].upper() + text[1:] for text in texts]


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
