"""What codes of texting are called at the desk."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waypost.accounts.queries import person_name
from waypost.texting.crisis.ladder import CaseEnd, TimerKind
from waypost.texting.crisis.tiers import Tier


def tier_words(tier: int) -> str:
    """A tier by its number and in words."""
    return {
        Tier.IMMINENT: _("0 · danger now"),
        Tier.HIGH: _("1 · high"),
        Tier.CONCERN: _("2 · concern"),
        Tier.NONE: _("3 · no sign"),
    }[Tier(tier)]


def state_words(state: str) -> str:
    """Where a text, contact, series or shift stands; a carrier's code stays as it is."""
    code, _colon, why = state.partition(": ")
    return f"{_code_words(code)}: {_code_words(why)}" if why else _code_words(code)


def _code_words(code: str) -> str:
    return {
        "queued": _("waits"),
        "sending": _("is being sent"),
        "sent": _("sent"),
        "unknown": _("not known whether it was sent"),
        "delivered": _("delivered"),
        "failed": _("could not be sent"),
        "dropped": _("not sent"),
        "suppressed": _("this number asked for no more texts"),
        "no consent": _("nobody agreed to it"),
        "expired": _("too late"),
        "not approved": _("its words are not approved"),
        "open crisis": _("a crisis is open"),
        "paused": _("paused"),
        "bad number": _("no such number"),
        "erased": _("erased"),
        "taken back": _("taken back"),
        "new": _("not asked yet"),
        "asked": _("asked, no answer yet"),
        "in": _("yes"),
        "out": _("no more texts"),
        "pending": _("asked, no answer yet"),
        "active": _("running"),
        "ended": _("ended"),
        "completed": _("to its end"),
        "stopped": _("the person stopped it"),
        "left": _("the person left it"),
        "staff": _("ended by staff"),
        "responder": _("responder"),
        "supervisor": _("supervisor"),
        "on call": _("on call"),
    }.get(code, code)


def waited(since: datetime | None, now: datetime) -> str:
    """How long somebody waits, '' where nobody does."""
    if since is None:
        return ""
    minutes = int((now - since).total_seconds() // 60)
    if minutes < 1:
        return _("under a minute")
    if minutes < 120:
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    hours = minutes // 60
    return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}


def due_words(due: datetime, now: datetime) -> str:
    """How far off a time is: "in 40 seconds", "2 minutes late"."""
    seconds = round((due - now).total_seconds())
    if abs(seconds) < 120:
        words = ngettext("%(n)s second", "%(n)s seconds", abs(seconds)) % {"n": abs(seconds)}
    else:
        minutes = abs(seconds) // 60
        words = ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    late = seconds < 0
    return _("%(time)s late") % {"time": words} if late else _("in %(time)s") % {"time": words}


def step_words(step: str) -> tuple[str, str]:
    """A step of the ladder, and how it is asked (988 Lifeline; asking does not raise the risk)."""
    return {
        "thoughts": (
            _("Thoughts"),
            _("“Are you thinking about suicide?” Asking does not raise the risk."),
        ),
        "plan": (_("Plan"), _("“Have you thought about how?”")),
        "means": (_("Means"), _("“Is it within reach now?” Help to put distance to it.")),
        "time frame": (
            _("Time frame"),
            _("“Do you think you may act on it in the next day or two?”"),
        ),
    }[step]


def timer_words(kind: str) -> str:
    """What happens when a timer fires."""
    return {
        TimerKind.ON_DUTY: _("Call whoever is on duty again"),
        TimerKind.SECOND: _("Call a second person and a supervisor"),
        TimerKind.STILL_HERE: _("Text “still here, 988 now”; call the supervisor"),
        TimerKind.ON_CALL: _("Call the operator on call"),
    }[TimerKind(kind)]


def act_words(act: str) -> str:
    """What was signed in a crisis case, by the act."""
    return {
        "opened": _("Opened"),
        "raised": _("Made more urgent"),
        "lower": _("Made less urgent"),
        "close": _("Ended"),
    }.get(act, act)


def end_words(end: str) -> str:
    """How a case ended."""
    return {
        CaseEnd.SAFE_WITH_PLAN: _("Safe, with a plan"),
        CaseEnd.WITH_988: _("With 988"),
        CaseEnd.EMERGENCY_CONFIRMED: _("Emergency services made contact"),
        CaseEnd.WITH_SOMEBODY: _("With somebody they trust"),
        CaseEnd.NO_ANSWER: _("No answer after every attempt"),
        CaseEnd.NO_DANGER: _("No danger: read by a person"),
    }[CaseEnd(end)]


def who_words(by: str) -> str:
    """Who did something: a colleague's name, or the service."""
    kind, _sep, number = by.partition(":")
    if kind == "person" and number.isdigit():
        return person_name(int(number)) or by
    return by
