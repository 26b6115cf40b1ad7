"""The first sentence about an answer, in English, for billing staff."""

from datetime import date

from waypost.x12 import codes
from waypost.x12.fields import shown
from waypost.x12.quantity_words import known
from waypost.x12.service_types import SERVICE
from waypost.x12.situation import Coverage, Situation, SituationPart
from waypost.x12.standing import ACTIVE, CoverageStanding, Days, days_of

WORDS = {
    Situation.REJECTED: "The payer refused the question; there is no answer.",
    Situation.PARTLY_REFUSED: (
        "The payer refused a part of the question. What else it says is below; call to be sure."
    ),
    Situation.CONTRADICTORY: "Coverage is called both active and inactive{on}: call the payer.",
    Situation.NOT_SAID: "The payer does not say whether coverage is active.",
    Situation.ACTIVE: "Coverage is active{on}.",
    Situation.REPLACED: (
        "Original Medicare is active{on}, but a Medicare Advantage plan pays in its place: ask and "
        "bill that plan."
    ),
    Situation.PART_A_ALONE: (
        "Medicare Part A is active{on}. Part B, which pays for intensive outpatient care, is not "
        "named: call the payer."
    ),
    Situation.DOUBTED: (
        "Coverage is called active{on}, but the payer's own words, or a date that cannot be read, "
        "leave it in doubt: call the payer."
    ),
    Situation.CARE_NOT_COVERED: (
        "The plan is active{on}, but part of mental health or substance use care is called not "
        "covered, see below: call the payer."
    ),
    Situation.PENDING: (
        "Coverage{on} is active but pending, as in a premium grace period: call before care begins."
    ),
    Situation.PREMIUM_UNPAID: (
        "Coverage is called active, but premiums are paid to {paid_to} only: it may be in a grace "
        "period{on}. Call the payer before care begins."
    ),
    Situation.ENDED: "Coverage ended on {last}; it is not active{on}, though a code says so.",
    Situation.NOT_BEGUN: "Coverage begins on {first}; it is not active yet{on}.",
    Situation.WAS_ACTIVE: "Coverage is not active{on}. It was active before, from {first}{until}.",
    Situation.INACTIVE: "Coverage is not active{on}.{ended}",
    Situation.CARE_NOT_ACTIVE: (
        "The plan is active{on}, but mental health or substance use care {care}: call the payer."
    ),
    Situation.PLAN_NOT_ACTIVE: (
        "The plan itself is not active{on}, though mental health or substance use care is called "
        "active: do not rely on it. Call the payer."
    ),
    Situation.CARE_ALONE: (
        "Said about {services} only: it {care}{on}. Nothing is said about the plan as a whole: "
        "call the payer."
    ),
    Situation.OTHER_ALONE: (
        "Something is said about {services} only, and nothing about the plan as a whole or this "
        "care: call the payer."
    ),
    Situation.PARTLY: "Active{on}: {active}. Not active: {inactive}.{part_b}",
}
CARE = {
    CoverageStanding.ACTIVE: "is active",
    CoverageStanding.PENDING: "is active, pending",
    CoverageStanding.INACTIVE: "is not active",
    CoverageStanding.ENDED: "has ended",
    CoverageStanding.NOT_BEGUN: "has not begun",
    CoverageStanding.CONTRADICTORY: "is called both active and inactive",
}
OVER = frozenset((Situation.INACTIVE, Situation.WAS_ACTIVE, Situation.PLAN_NOT_ACTIVE))

# https://www.medicare.gov/coverage/mental-health-care-intensive-outpatient-program-services
PART_B = " Intensive outpatient care is under Part B."


def situation_words(
    coverage: Coverage, plan_names: tuple[str, ...], insurance_types: tuple[str, ...]
) -> str:
    """One sentence or two that are right for the situation, with the plans' names and kinds."""
    words = WORDS[coverage.situation].format_map(_values(coverage))
    if coverage.day is None and coverage.days != Days():
        words += " Its dates were not compared: no day is named."
    if coverage.ends_soon:
        words += f" By its dates it ends on {coverage.ends_soon}: check again for care after that."
    begins = _begins_later(coverage)
    if begins and coverage.situation in OVER:
        words += f" A line says that coverage begins on {begins}."
    if coverage.situation is Situation.PARTLY:  # its sentence names them
        return words
    plans = [f"“{shown(name)}”" for name in plan_names[:3]]
    plans += [known(codes.INSURANCE, code, "insurance type") for code in insurance_types[:3]]
    return f"{words} Plan: {', '.join(plans)}." if plans else words


def _begins_later(coverage: Coverage) -> date | None:
    """The first day after the day asked about on which a line's coverage begins."""
    active = (line for line in coverage.lines if line.code in ACTIVE)
    firsts = [first for line in active if (first := days_of(line.dates).first) is not None]
    return min(
        (first_day for first_day in firsts if coverage.day and first_day > coverage.day),
        default=None,
    )


def _values(coverage: Coverage) -> dict[str, object]:
    """What the sentences leave blank."""
    first, last, day = coverage.days.first, coverage.days.last, coverage.day
    over = last is not None and day is not None and last < day
    return {
        "on": f" on {day}" if day else "",
        "first": first,
        "last": last,
        "until": f" to {last}" if last else "",
        "ended": f" It ended on {last}." if over else "",
        "paid_to": coverage.paid_to,
        "care": CARE.get(coverage.care, ""),
        "services": _services(coverage),
        "active": _parts([part for part in coverage.parts if part.active]),
        "inactive": _parts([part for part in coverage.parts if not part.active]),
        "part_b": PART_B if any(part.insurance_type == "MB" for part in coverage.parts) else "",
    }


def _services(coverage: Coverage) -> str:
    named = sorted({code for line in coverage.lines for code in line.service_types})
    words = [SERVICE.get(code, f"service type {shown(code)}") for code in named]
    more = [f"{len(words) - 6} services more"] if len(words) > 6 else []
    return ", ".join(words[:6] + more) or "a procedure"


def _parts(parts: list[SituationPart]) -> str:
    return ", ".join(
        " ".join(
            word
            for word in (
                known(codes.INSURANCE, part.insurance_type, "insurance type"),
                f"“{shown(part.plan_name)}”" if part.plan_name else "",
            )
            if word
        )
        for part in parts
    )
