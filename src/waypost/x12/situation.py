"""The one thing to say first about an answer: whether the person is covered on the day."""

from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum

import msgspec

from waypost.x12.answer import Answer271
from waypost.x12.benefit import Benefit
from waypost.x12.cautions import is_doubted, is_part_a_alone, is_replaced, is_something_not_covered
from waypost.x12.levels import Care
from waypost.x12.scope import is_of_care_by_code, is_of_plan
from waypost.x12.standing import (
    PREMIUM_PAID_TO,
    STATUS,
    CoverageStanding,
    Days,
    Stand,
    days_of,
    line_stand,
    person_dates,
    together,
)


class Situation(StrEnum):
    """What is said first. `ACTIVE` alone is coverage; each other one has its own sentence."""

    REJECTED = "rejected"
    PARTLY_REFUSED = "partly-refused"
    ACTIVE = "active"
    REPLACED = "replaced"
    PART_A_ALONE = "part-a-alone"
    DOUBTED = "doubted"
    CARE_NOT_COVERED = "care-not-covered"
    PENDING = "pending"
    PREMIUM_UNPAID = "premium-unpaid"
    PARTLY = "partly"
    CARE_NOT_ACTIVE = "care-not-active"
    PLAN_NOT_ACTIVE = "plan-not-active"
    CARE_ALONE = "care-alone"
    OTHER_ALONE = "other-alone"
    WAS_ACTIVE = "was-active"
    INACTIVE = "inactive"
    ENDED = "ended"
    NOT_BEGUN = "not-begun"
    CONTRADICTORY = "contradictory"
    NOT_SAID = "not-said"


class SituationPart(msgspec.Struct, frozen=True):
    """One of several plans in an answer, such as Medicare's Part B: its code and its name."""

    insurance_type: str
    plan_name: str
    active: bool


class Coverage(msgspec.Struct, frozen=True):
    """The situation on `day` (`None`: not known, so dates were not compared).

    `days` are those of what ended, was active before or begins later, `care` is what is said of
    the care itself, `parts` the several plans where they differ, `paid_to` the day to which
    premiums are paid where that is before the day. `lines` are the status lines it comes from.
    """

    situation: Situation
    day: date | None
    days: Days = Days()
    care: CoverageStanding = CoverageStanding.NOT_SAID
    parts: tuple[SituationPart, ...] = ()
    paid_to: date | None = None
    lines: tuple[Benefit, ...] = ()

    @property
    def active(self) -> bool:
        """Whether it may be shown as coverage."""
        return self.situation is Situation.ACTIVE

    @property
    def ends_soon(self) -> date | None:
        """The last day, where coverage ends within the time that a program may take."""
        last = self.days.last
        if last is None or self.day is None or self.situation not in GOOD_SO_FAR:
            return None
        return last if 0 <= (last - self.day).days <= DAYS_OF_A_COURSE else None


SAME = {
    CoverageStanding.ACTIVE: Situation.ACTIVE,
    CoverageStanding.PENDING: Situation.PENDING,
    CoverageStanding.ENDED: Situation.ENDED,
    CoverageStanding.NOT_BEGUN: Situation.NOT_BEGUN,
    CoverageStanding.CONTRADICTORY: Situation.CONTRADICTORY,
    CoverageStanding.NOT_SAID: Situation.NOT_SAID,
}
GOOD_SO_FAR = frozenset(
    {
        *(Situation.ACTIVE, Situation.PENDING, Situation.PREMIUM_UNPAID),
        *(Situation.DOUBTED, Situation.CARE_NOT_COVERED),
    }
)
"""The situations in which the plan's own end is news."""

DAYS_OF_A_COURSE = 120
"""About four months: a program of twelve weeks, with the wait for its first day."""

NO_COVERAGE = frozenset(
    (Situation.INACTIVE, Situation.ENDED, Situation.NOT_BEGUN, Situation.WAS_ACTIVE)
)
"""The situations in which there is no coverage on the day."""

SERVICE_LOOPS = frozenset(("2110C", "2110D"))
Stander = Callable[[Sequence[Benefit]], Stand]
GOOD = frozenset((CoverageStanding.ACTIVE, CoverageStanding.PENDING))


def coverage(answer: Answer271, care: Care, day: date | None) -> Coverage:
    """What an answer says about coverage on a day (`None`: the day that it names itself)."""
    day = day or answer.day_asked
    if answer.rejections:
        partly = is_partly_refused(answer)
        return Coverage(Situation.PARTLY_REFUSED if partly else Situation.REJECTED, day)
    status = [benefit for benefit in answer.benefits if benefit.code in STATUS]
    of_plan = tuple(benefit for benefit in status if is_of_plan(benefit))
    of_care = tuple(benefit for benefit in status if is_of_care_by_code(benefit, care))
    person = days_of(person_dates(answer))

    def stand(lines: Sequence[Benefit]) -> Stand:
        return together([line_stand(line, person, day) for line in lines], day)

    own = stand(of_care)
    if not of_plan:
        if of_care:
            return Coverage(Situation.CARE_ALONE, day, own.days, own.standing, lines=of_care)
        situation = Situation.OTHER_ALONE if status else Situation.NOT_SAID
        return Coverage(situation, day, lines=tuple(status))
    parts = _parts(of_plan, stand)
    if parts:
        return Coverage(Situation.PARTLY, day, Days(), own.standing, parts, lines=of_plan)
    plan = stand(of_plan)
    paid_to = _premium_paid_to(answer, day) if plan.standing in GOOD else None
    situation = Situation.PREMIUM_UNPAID if paid_to else _one_situation(plan, own.standing)
    if situation is Situation.ACTIVE:
        situation = _with_caution(answer, care, of_plan, day)
    return Coverage(situation, day, plan.days, own.standing, (), paid_to, of_plan)


def _with_caution(
    answer: Answer271, care: Care, of_plan: Sequence[Benefit], day: date | None
) -> Situation:
    """Active, or what the rest of the answer makes of it."""
    if is_replaced(answer, day):
        return Situation.REPLACED
    if is_part_a_alone(of_plan):
        return Situation.PART_A_ALONE
    if is_doubted(answer, of_plan, care):
        return Situation.DOUBTED
    if is_something_not_covered(answer, care, day):
        return Situation.CARE_NOT_COVERED
    return Situation.ACTIVE


def is_partly_refused(answer: Answer271) -> bool:
    """Whether the payer refused some services (loop 2110C or 2110D) and spoke of others."""
    in_benefits = all(rejection.loop in SERVICE_LOOPS for rejection in answer.rejections)
    answered = any(benefit.code in STATUS for benefit in answer.benefits)
    return bool(answer.rejections) and in_benefits and answered


def _one_situation(plan: Stand, care: CoverageStanding) -> Situation:
    """What a plan and its care say together."""
    care_good, care_bad = care in GOOD, care not in (*GOOD, CoverageStanding.NOT_SAID)
    if plan.standing in GOOD:
        if care_bad:
            return Situation.CARE_NOT_ACTIVE
        return Situation.PENDING if care is CoverageStanding.PENDING else SAME[plan.standing]
    if care_good and plan.standing in (
        CoverageStanding.INACTIVE,
        CoverageStanding.ENDED,
        CoverageStanding.NOT_BEGUN,
    ):
        return Situation.PLAN_NOT_ACTIVE
    if plan.standing is CoverageStanding.INACTIVE:
        return Situation.WAS_ACTIVE if plan.days.first else Situation.INACTIVE
    return SAME[plan.standing]


def _parts(lines: Sequence[Benefit], stand: Stander) -> tuple[SituationPart, ...]:
    """The plans of an answer, by kind and name, where some are active and others are not.

    A line that names neither kind nor plan is about all of them: then there are no parts.
    """
    plans: dict[tuple[str, str], list[Benefit]] = {}
    for line in lines:
        plans.setdefault((line.insurance_type, line.plan_name), []).append(line)
    if len(plans) < 2 or ("", "") in plans:
        return ()
    parts = [
        SituationPart(*key, stand(same).standing in GOOD) for key, same in sorted(plans.items())
    ]
    return tuple(parts) if len({part.active for part in parts}) == 2 else ()


def _premium_paid_to(answer: Answer271, day: date | None) -> date | None:
    """The day to which premiums are paid, where it is before the day: so a grace period looks."""
    for member in (answer.dependent, answer.subscriber):
        for dated in member.dates if member is not None else ():
            period = dated.period
            paid = dated.qualifier == PREMIUM_PAID_TO and period is not None
            if paid and period is not None and day is not None and period.end < day:
                return period.end
    return None
