"""The words of a program's own side: levels, states, reasons, priorities, dimensions, consents."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from waypost.levels_of_care.level import the_levels


def level_name(level: str) -> str:
    """A level of care by its id, in the reader's language."""
    known = the_levels().get(level)
    return known.spoken(get_language() or "en").name if known else level


def state_words(state: str) -> str:
    """Where an episode stands."""
    return {"planned": _("planned"), "active": _("in care"), "ended": _("ended")}.get(state, state)


def end_reason_words() -> dict[str, str]:
    """Why an episode ended, by code."""
    return {
        "completed": _("Completed"),
        "moved to another level": _("Moved to another level of care"),
        "attendance": _("Did not come often enough"),
        "own decision": _("Own decision"),
        "stopped coming, contact failed": _("Stopped coming, could not be reached"),
        "payment": _("Payment"),
        "lack of progress": _("No progress here"),
        "medical": _("Medical"),
        "deployment": _("Deployment"),
        "moved away": _("Moved away"),
        "incarcerated": _("Incarcerated"),
        "died": _("Died"),
        "program closed": _("The program closed"),
    }


def plan_column_words() -> dict[str, str]:
    """What a line of a plan says, by its column."""
    return {
        "problem": _("Problem"),
        "goal": _("Goal"),
        "objective": _("Objective"),
        "intervention": _("Intervention"),
        "who": _("Who"),
        "by_when": _("By when"),
    }


def priority_words() -> dict[str, str]:
    """Why somebody comes before others on the waiting list, by code."""
    return {
        "pregnant and injecting drugs": _("Pregnant and injecting drugs"),
        "pregnant": _("Pregnant"),
        "injecting drugs": _("Injecting drugs"),
        "leaving a hospital or residence": _("Leaving a hospital or residence"),
        "none": _("None of these"),
    }


def left_words() -> dict[str, str]:
    """Why somebody left the waiting list, by code."""
    return {
        "admitted": _("Admitted"),
        "found care elsewhere": _("Found care elsewhere"),
        "does not want it now": _("Does not want it now"),
        "could not be reached": _("Could not be reached"),
        "needs another level": _("Needs another level of care"),
    }


def dimension_words() -> dict[str, str]:
    """What an assessment talks about, by code."""
    return {
        "withdrawal": _("Being high or drunk now, withdrawal, and medicines"),
        "body": _("Health of the body"),
        "mind": _("Mood, thinking and memory"),
        "use": _("Use, and the chance of using again"),
        "home": _("Home, people and surroundings"),
        "wishes": _("What the person wants, can manage, and what stands in the way"),
    }


def concern_words() -> dict[str, str]:
    """How much help a dimension calls for, by code."""
    return {
        "none": _("Nothing to do"),
        "some": _("Some help"),
        "serious": _("Serious: needs care now"),
        "unknown": _("Not known"),
    }


def consent_kind_words() -> dict[str, str]:
    """What a consent is for, by code."""
    return {
        "all treatment, payment and operations": _("All treatment, payment and operations"),
        "one purpose": _("One purpose"),
        "counseling notes": _("Counseling notes alone"),
        "legal proceedings": _("Legal proceedings alone"),
    }


def exception_words() -> dict[str, str]:
    """Disclosures that need no consent, by code."""
    return {
        "2.23 to the person": _("To the person themselves (42 CFR 2.23)"),
        "2.51 medical emergency": _("Medical emergency (42 CFR 2.51)"),
        "2.53 audit or evaluation": _("Audit or evaluation (42 CFR 2.53)"),
        "2.61 court order": _("Court order (42 CFR 2.61 to 2.67)"),
    }


def clock_words() -> dict[str, str]:
    """What is due, by code."""
    return {
        "assessment": _("Assessment"),
        "plan": _("Individual plan, signed"),
        "review": _("Review of the plan"),
        "certification": _("Certification by a physician"),
    }


def closed_link_words() -> dict[str, str]:
    """Why a private link does not open, by code; nothing in it says what the page is."""
    return {
        "unknown": _("This link no longer works. Ask for a new one where you got it."),
        "locked": _("Too many tries. Wait 15 minutes, then try again."),
        "wrong": _("That code is not right. Check it and try again."),
    }
