"""Will my insurance cover it? One question in, three answers and advice out."""

from __future__ import annotations

from datetime import date

from waypost.coverage.advice import authorization_lines, help_lines, script_lines, topic_lines
from waypost.coverage.cost import cost_part
from waypost.coverage.covered import covered_part
from waypost.coverage.knowledge import Knowledge
from waypost.coverage.listing import Listing
from waypost.coverage.network import network_part
from waypost.coverage.parts import CoverageAnswer
from waypost.coverage.question import Question
from waypost.plans.insurance import Insurance
from waypost.plans.plan import Plan

_PRIVATE = frozenset({Insurance.MARKETPLACE, Insurance.EMPLOYER})


def answer(
    question: Question, knowledge: Knowledge, today: date, site: Listing | None = None
) -> CoverageAnswer:
    """Answer from what is known here on one day; nothing is asked of anyone, nothing is kept."""
    plan = _plan_for(question, knowledge)
    insurance = plan.insurance if plan is not None else question.insurance
    rules, care = knowledge.rules, question.care
    changes = topic_lines("change", insurance, care, rules)
    privacy = topic_lines("privacy", insurance, care, rules)
    return CoverageAnswer(
        question,
        plan,
        site.name if site else "",
        covered_part(question, insurance, plan, site, rules),
        network_part(question, insurance, plan, site, knowledge, today),
        cost_part(question, insurance, plan, site, knowledge, today),
        authorization_lines(insurance, care, plan, rules),
        (*changes, *privacy),
        script_lines(question, site),
        topic_lines("appeal", insurance, care, rules),
        help_lines(question, insurance, rules),
    )


def _plan_for(question: Question, knowledge: Knowledge) -> Plan | None:
    """The plan asked for, unless it is of another kind than the insurance that was named."""
    plan = knowledge.plan(question.plan, question.care)
    if plan is None:
        return None
    asked = question.insurance
    fits = plan.insurance is asked or asked is Insurance.NOT_SURE
    return plan if fits or (plan.insurance in _PRIVATE and asked in _PRIVATE) else None
