"""The fourth part: asking first, what could change, what to say, appeals, no insurance."""

from __future__ import annotations

from waypost.coverage.listing import Listing
from waypost.coverage.question import Question
from waypost.coverage.rules import Rules
from waypost.coverage.sentences import codes_text, name_of, say
from waypost.places.states import STATE_NAMES
from waypost.plans.insurance import Insurance
from waypost.plans.plan import Plan
from waypost.values.level_of_care import LevelOfCare
from waypost.values.saying import Sentence, Sure

_NEEDS_HELP = frozenset({Insurance.NONE, Insurance.NOT_SURE, Insurance.OUTSIDE})


def authorization_lines(
    insurance: Insurance, care: LevelOfCare, plan: Plan | None, rules: Rules
) -> tuple[Sentence, ...]:
    """Whether to ask first: the plan's file, then the rules; and never silence."""
    lines: list[Sentence] = []
    if plan is not None and plan.authorization is not None:
        key = "authorization-yes" if plan.authorization else "authorization-no"
        lines.append(say(key, plan.source, sure=Sure.MEDIUM))
    if plan is not None and plan.referral:
        lines.append(say("authorization-referral", plan.source, sure=Sure.MEDIUM))
    lines.extend(fact.sentence for fact in rules.about("authorization", insurance, care))
    if insurance is Insurance.NONE:
        return ()
    return tuple(lines) or (say("authorization-unknown", sure=Sure.LOW),)


def topic_lines(
    topic: str, insurance: Insurance, care: LevelOfCare, rules: Rules
) -> tuple[Sentence, ...]:
    """The rules' sentences on one topic."""
    return tuple(fact.sentence for fact in rules.about(topic, insurance, care))


def script_lines(question: Question, site: Listing | None) -> tuple[Sentence, ...]:
    """What to say on the telephone, with the billing codes of this care.

    Who has no insurance calls the program, not a plan.
    """
    if question.insurance is Insurance.NONE:
        keys = ("who", "price", "help", "wait", "write")
        return tuple(say(f"script-none-{key}") for key in keys)
    care = name_of("care", question.care.value)
    network = (
        say("script-network", site=site.name) if site is not None else say("script-network-any")
    )
    return (
        say("script-who", care=care),
        say("script-covered", care=care, codes=codes_text(question.care)),
        network,
        say("script-authorization"),
        say("script-cost"),
        say("script-limit"),
        say("script-write"),
    )


def help_lines(question: Question, insurance: Insurance, rules: Rules) -> tuple[Sentence, ...]:
    """What to do with no insurance, or when the plan says no."""
    lines: list[Sentence] = []
    if insurance in _NEEDS_HELP and question.state:
        expanded = rules.medicaid[question.state].expanded
        if expanded is not None:
            key = "help-expanded" if expanded else "help-not-expanded"
            source = rules.sources["kff-expansion"]
            lines.append(say(key, source, state=STATE_NAMES[question.state]))
    lines.extend(topic_lines("help", insurance, question.care, rules))
    return tuple(lines)
