"""A question with everything its answer is based on, passed as a whole to each part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from waypost.coverage.knowledge import Knowledge
from waypost.coverage.listing import ProgramListing
from waypost.coverage.question import CoverageQuestion
from waypost.coverage.rules import Fact, Subject
from waypost.plans.insurance import Insurance
from waypost.plans.plan import Plan
from waypost.values.level_of_care import LevelOfCare
from waypost.values.saying import Sentence


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in context; ``plan`` and ``site`` are None if unnamed or unknown.

    ``subject`` has the insurance that the answer is about: the plan's own if the person was not
    sure. Its state is the person's, else the program's.
    """

    question: CoverageQuestion
    subject: Subject
    plan: Plan | None
    site: ProgramListing | None
    knowledge: Knowledge

    @property
    def insurance(self) -> Insurance:
        """The kind of insurance that the answer is about."""
        return self.subject.insurance

    @property
    def care(self) -> LevelOfCare:
        """The level of care."""
        return self.subject.care

    @property
    def state(self) -> str:
        """Two letters; '' if neither the person nor the program gave it."""
        return self.subject.state

    @property
    def today(self) -> date:
        """The day of the question."""
        return self.subject.today

    def facts(self, topic: str) -> tuple[Fact, ...]:
        """The rules' facts on one topic."""
        return self.knowledge.rules.about(topic, self.subject)

    def says(self, topic: str) -> tuple[Sentence, ...]:
        """The rules' sentences on one topic."""
        return tuple(fact.sentence for fact in self.facts(topic))


def asked_of(
    question: CoverageQuestion,
    knowledge: Knowledge,
    today: date,
    site: ProgramListing | None = None,
) -> Asked:
    """Find the plan and decide which insurance and state the answer is about."""
    plan = _plan_for(question, knowledge)
    unsure = question.insurance is Insurance.NOT_SURE
    insurance = plan.insurance if plan is not None and unsure else question.insurance
    state = question.state or (site.state if site else "")
    return Asked(question, Subject(insurance, question.care, state, today), plan, site, knowledge)


def _plan_for(question: CoverageQuestion, knowledge: Knowledge) -> Plan | None:
    """The plan asked for, unless it is of another kind than the insurance that was named."""
    plan = knowledge.plan(question.plan, question.care)
    if plan is None or question.insurance in (plan.insurance, Insurance.NOT_SURE):
        return plan
    return None
