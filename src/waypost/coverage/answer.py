"""Will my insurance cover it? One question in, three answers and advice out."""

from __future__ import annotations

from datetime import date

from waypost.coverage.advice import authorization_lines, help_lines, script_lines
from waypost.coverage.asked import Asked, asked_of
from waypost.coverage.cost import cost_part
from waypost.coverage.covered import covered_part
from waypost.coverage.knowledge import Knowledge
from waypost.coverage.listing import ProgramListing
from waypost.coverage.network import network_part
from waypost.coverage.parts import CoverageAnswer
from waypost.coverage.question import CoverageQuestion
from waypost.coverage.sentences import name_of, say
from waypost.plans.insurance import Insurance
from waypost.plans.plan_id import card_id
from waypost.values.saying import Sentence, Sure


def answer(
    question: CoverageQuestion,
    knowledge: Knowledge,
    today: date,
    site: ProgramListing | None = None,
) -> CoverageAnswer:
    """Answer from stored knowledge as of one day; asks nobody and keeps nothing."""
    asked = asked_of(question, knowledge, today, site)
    return CoverageAnswer(
        question,
        asked.insurance,
        asked.plan,
        site.name if site else "",
        _notes(asked),
        covered_part(asked),
        network_part(asked),
        cost_part(asked),
        authorization_lines(asked),
        (*asked.says("change"), *asked.says("privacy")),
        script_lines(asked),
        asked.says("appeal"),
        help_lines(asked),
    )


def _notes(asked: Asked) -> tuple[Sentence, ...]:
    """Why the answer ignores the named plan; nothing if it does not, or if none was named."""
    plan_id = asked.question.plan
    if not plan_id or asked.plan is not None:
        return ()
    named = card_id(plan_id)
    several = asked.knowledge.plans_beginning(plan_id)
    if len(several) > 1:
        ids = ", ".join(card_id(k) for k in several[:10])
        return (say("plan-several", sure=Sure.LOW, plan=named, plans=ids),)
    if several:
        kind = name_of("insurance", asked.insurance.value)
        return (say("plan-other-kind", sure=Sure.LOW, plan=named, kind=kind),)
    key = "plan-employer" if asked.insurance is Insurance.EMPLOYER else "plan-not-found"
    return (say(key, sure=Sure.LOW, plan=named),)
