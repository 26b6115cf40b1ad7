"""The shapes of the coverage checker's answers, for the API's own description."""

from __future__ import annotations

from typing import Literal

from ninja import Schema

Verdict = Literal["covered", "likely", "depends", "not covered", "unknown", "not applicable"]
Sure = Literal["high", "medium", "low"]


class EvidenceOut(Schema):
    """Where a sentence comes from; ``as_of`` is a year or a date as the source gives it."""

    id: str
    title: str
    publisher: str
    url: str
    as_of: str


class SentenceOut(Schema):
    """One statement; ``sources`` are ids in the answer's list. An unconfirmed one is ``low``."""

    id: str
    text: str
    sure: Sure
    sources: list[str]


class PartOut(Schema):
    """One of the answers; ``year`` is that of its oldest source, '' without one."""

    verdict: Verdict
    sure: Sure
    year: str
    sentences: list[SentenceOut]


class VisitsOut(Schema):
    """Consecutive visits that cost the same, and each part of their cost, in cents."""

    first: int
    last: int
    deductible_cents: int
    copay_cents: int
    coinsurance_cents: int
    total_cents: int


class ScenarioOut(Schema):
    """One way of pricing the course.

    Both ends are null where the cost depends on a visit's price and that is not known;
    ``most_cents`` is then what is left of the plan's yearly maximum. Only ``high_cents`` is null
    where nothing limits it.
    """

    key: str
    name: str
    plan_words: str
    low_cents: int | None
    high_cents: int | None
    most_cents: int | None
    price_decides: str | None
    low_visits: list[VisitsOut]
    high_visits: list[VisitsOut]


class CostOut(PartOut):
    """What the course may cost, in cents; a range wherever the plan's file leaves one."""

    low_cents: int | None
    high_cents: int | None
    scenarios: list[ScenarioOut]


class PlanOut(Schema):
    """The plan in question; ``stand_in`` where other services' prices are used instead."""

    id: str
    label: str
    insurance: str
    year: int
    stand_in: bool
    source: str


class QuestionOut(Schema):
    """The question as it was understood."""

    insurance: str
    state: str
    plan: str
    care: str
    site: str
    course: str
    deductible_met_cents: int | None
    price_cents: int | None


class ProgramOut(Schema):
    """A program of the directory."""

    id: str
    name: str
    city: str
    state: str


class InNetworkOut(Schema):
    """Programs that the issuer's file names for the plan: its statement, never a promise."""

    says: EvidenceOut
    total: int
    programs: list[ProgramOut]


class CoverageOut(Schema):
    """Three answers, what else to know, and every source. ``promise`` is always null.

    ``plan_found`` is null where no plan was named, and false where the named plan is unknown or of
    another kind of insurance; ``notes`` say which, and the answer then ignores the plan.
    """

    question: QuestionOut
    language: Literal["en", "es"]
    plan: PlanOut | None
    plan_found: bool | None
    notes: list[SentenceOut]
    site_name: str
    covered: PartOut
    network: PartOut
    cost: CostOut
    authorization: list[SentenceOut]
    what_could_change: list[SentenceOut]
    call_script: list[SentenceOut]
    appeals: list[SentenceOut]
    no_insurance: list[SentenceOut]
    programs_in_network: InNetworkOut | None
    sources: list[EvidenceOut]
    promise: None


class PlanNameOut(Schema):
    """A plan that the text may mean."""

    id: str
    label: str
    insurance: str
    states: list[str]


class PlanNamesOut(Schema):
    """At most ten plans, best matches first."""

    plans: list[PlanNameOut]
