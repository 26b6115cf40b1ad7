"""The sentences of the guide's pages that are not in its data files."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from waypost.levels_of_care.guide.question import Choice
from waypost.levels_of_care.guide.rule import ExitKind

WITHDRAWAL_LEVELS = ("withdrawal-inpatient", "withdrawal-residential")
"""Where withdrawal is watched day and night."""


@dataclass(frozen=True, slots=True)
class ExitWords:
    """What an exit page says: its heading, its steps in order, and what to look for nearby.

    ``first`` names the button that comes first: 911, 988, poison, doctor or withdrawal (911, then
    care to look for and a helpline, then 988). ``sources`` are the
    ids of the sources that the steps rest on.
    """

    heading: str
    first: str
    steps: list[str]
    near_heading: str
    near_levels: tuple[str, ...]
    sources: tuple[str, ...]


def page_title(page: int) -> str:
    """The heading of a page of questions."""
    return {
        1: _("Is an IOP right for me?"),
        2: _("First, is everyone safe?"),
        3: _("What is used"),
        4: _("The body"),
        5: _("How it has been"),
        6: _("Mind and home"),
        7: _("Between tries, and so far"),
        8: _("Daily life"),
    }.get(page, _("Is an IOP right for me?"))


def both_ticked(pairs: list[tuple[Choice, Choice]]) -> str:
    """What to say where a choice and one like "none of these" were ticked together."""
    lang = translation.get_language() or "en"
    sentence = _("You ticked both “%(one)s” and “%(other)s”. Untick one.")
    return " ".join(
        sentence % {"one": one.words.spoken(lang), "other": other.words.spoken(lang)}
        for one, other in pairs
    )


def exit_words(kind: ExitKind, *, other: bool) -> ExitWords:
    """The words of an exit page; ``other`` speaks to someone who asks for another person."""
    if kind is ExitKind.PREGNANCY:
        return _pregnancy(other)
    if kind is ExitKind.WITHDRAWAL:
        return _withdrawal(other)
    return {
        ExitKind.OVERDOSE: _overdose,
        ExitKind.EMERGENCY: _emergency,
        ExitKind.CRISIS: _crisis,
        ExitKind.POISON: _poison,
        ExitKind.DOCTOR: _doctor,
    }[kind]()


def _overdose() -> ExitWords:
    steps = [
        _("Call 911 and stay on the line."),
        _(
            "Give naloxone (Narcan) if you have it. If nothing changes in two to three "
            "minutes, give a second dose."
        ),
        _("Give rescue breaths as the dispatcher tells you."),
        _("When they breathe, lay them on their side. Stay: naloxone wears off."),
    ]
    return ExitWords(_("Call 911 now"), "911", steps, *_afterwards(), ("samhsa-overdose",))


def _emergency() -> ExitWords:
    steps = [
        _("Call 911 now. Say what you see and what may have been taken."),
        _(
            "Stay with the person. During a seizure, clear the space around them and "
            "put nothing in their mouth."
        ),
        _("Do not drive yourself."),
    ]
    sources = ("emergency-signs", "seizure-aid")
    return ExitWords(_("Call 911 now"), "911", steps, *_afterwards(), sources)


def _crisis() -> ExitWords:
    steps = [
        _("Call or text 988 now. A person answers, day and night."),
        _("In danger right now, or about to hurt someone? Call 911."),
        _("Do not stay alone. Ask someone to be with you, or stay with the person."),
        _("Thoughts like these pass, help works, and people recover."),
    ]
    return ExitWords(
        _("Please talk with someone now"),
        "988",
        steps,
        _("Hospitals for mental health and substance use near you"),
        ("inpatient",),
        ("line-988",),
    )


def _poison() -> ExitWords:
    steps = [
        _("Call Poison Help now: 1-800-222-1222, free, day and night."),
        _(
            "Call 911 instead if the person faints, cannot be woken, has a seizure or "
            "has trouble breathing."
        ),
        _("Keep the bottle or package at hand, and stay with the person."),
    ]
    return ExitWords(_("Call Poison Help now"), "poison", steps, *_afterwards(), ("poison-help",))


def _doctor() -> ExitWords:
    steps = [
        _("Go to an emergency department or call a doctor today. Getting worse? Call 911."),
        _("Say everything that was taken, prescribed or not. They ask so as to give safe care."),
        _("Do not stop alcohol, sedatives or prescribed medicines suddenly on the way there."),
    ]
    return ExitWords(
        _("Please see a doctor today"),
        "doctor",
        steps,
        _("Hospitals that treat substance use near you"),
        ("inpatient", "withdrawal-inpatient"),
        ("asam-alcohol",),
    )


def _pregnancy(other: bool) -> ExitWords:
    mine = _(
        "Call a doctor, a midwife or an opioid treatment program today, and say "
        "that you are or may be pregnant."
    )
    theirs = _(
        "Help them call a doctor, a midwife or an opioid treatment program today, "
        "and tell of the pregnancy or that it is possible."
    )
    steps = [
        theirs if other else mine,
        _("Opioids should not be stopped suddenly."),
        _("Ask for methadone or buprenorphine: the usual care in pregnancy, and not withdrawal."),
        _("Anything that feels like an emergency: call 911."),
    ]
    levels = ("otp", "medication")
    near = _("Opioid treatment near you")
    heading = _("Please see a doctor today")
    return ExitWords(heading, "doctor", steps, near, levels, ("asam-opioid",))


def _withdrawal(other: bool) -> ExitWords:
    mine = [
        _("Call a doctor or go to an emergency department today, before you cut down."),
        _("Do not stop suddenly on your own, and do not stay alone."),
    ]
    theirs = [
        _("Help them call a doctor or go to an emergency department today, before cutting down."),
        _("They should not stop suddenly on their own. Do not leave them alone."),
    ]
    steps = [
        *(theirs if other else mine),
        _(
            "A seizure, confusion, fever, severe shaking, or seeing or hearing things "
            "that are not there: call 911."
        ),
    ]
    heading = _("Stopping suddenly can be dangerous. See a doctor first.")
    return ExitWords(
        heading,
        "withdrawal",
        steps,
        _("Withdrawal care near you, in hospitals and programs"),
        WITHDRAWAL_LEVELS,
        ("asam-alcohol", "benzo-2025"),
    )


def _afterwards() -> tuple[str, tuple[str, ...]]:
    return _("After the emergency: withdrawal care near you"), WITHDRAWAL_LEVELS
