"""What is wrong with a track or an opening that came from outside, and what would be right."""

from __future__ import annotations

from django.utils.translation import gettext as _

from waypost.values.placed_fault import FaultCode, PlacedFault


def fault_text(fault: PlacedFault) -> str:
    """A sentence with what stood there, in the language being spoken."""
    return fault_sentences()[fault.code] % {"value": fault.value}


def fault_sentences() -> dict[FaultCode, str]:
    """Every sentence by its code."""
    return {
        FaultCode.MISSING: _("This is missing."),
        FaultCode.UNKNOWN_FIELD: _("There is no field with this name."),
        FaultCode.NOT_AN_OBJECT: _("“%(value)s” is not an object with fields."),
        FaultCode.NOT_A_LIST: _("“%(value)s” is not a list."),
        FaultCode.NOT_TEXT: _("“%(value)s” is not text."),
        FaultCode.TOO_MANY: _("There are more here than can be accepted."),
        FaultCode.BAD_ID: _("“%(value)s” is not a short name such as evening-iop."),
        FaultCode.SAME_ID: _("“%(value)s” is here twice."),
        FaultCode.UNKNOWN_TRACK: _("The program has no track called “%(value)s”."),
        FaultCode.BAD_DAY: _(
            "“%(value)s” is not a day: write mon, tue, wed, thu, fri, sat or sun."
        ),
        FaultCode.BAD_CLOCK: _("“%(value)s” is not a time of day such as 18:30."),
        FaultCode.BAD_LENGTH: _(
            "%(value)s is not a session: it lasts from 15 minutes to 12 hours, and one that ends "
            "past midnight ends on the next day."
        ),
        FaultCode.OVERLAP: _("Two sessions of this track are at the same time."),
        FaultCode.BAD_ZONE: _("“%(value)s” is not a time zone such as America/Chicago."),
        FaultCode.BAD_HOURS: _("“%(value)s” is not a number of hours from 0.25 to 60."),
        FaultCode.BAD_ATTENDANCE: _(
            "“%(value)s” is not one of these: in-person, telehealth, either."
        ),
        FaultCode.BAD_LANGUAGE: _("“%(value)s” is not a language tag such as es or en."),
        FaultCode.BAD_GROUP: _("“%(value)s” is not a choice of the search such as group:women."),
        FaultCode.BAD_DATE: _("“%(value)s” is not a day such as 2026-12-07."),
        FaultCode.BAD_COUNT: _("“%(value)s” is not a whole number that makes sense here."),
        FaultCode.IN_THE_FUTURE: _("%(value)s has not come yet: give today or an earlier day."),
        FaultCode.IS_OVER: _("%(value)s has passed: give a start that is still to come."),
        FaultCode.TOO_FAR: _("%(value)s is more than two years away."),
        FaultCode.TOO_OLD: _(
            "%(value)s is more than 14 days ago and would not be shown: give a later day."
        ),
        FaultCode.SAYS_NOTHING: _("Give places, next_start or waiting_days."),
        FaultCode.BAD_CHOICE: _("“%(value)s” is not one of the choices."),
        FaultCode.BAD_PHONE: _("“%(value)s” is not a valid number such as 512-555-0100."),
        FaultCode.BAD_WEBSITE: _("“%(value)s” is not an address such as https://example.org."),
        FaultCode.BAD_STATE: _("“%(value)s” is not a state’s two letters such as TX."),
        FaultCode.BAD_LINE: _("“%(value)s” is too long: 80 letters at most, without “<”."),
    }
