"""Which benefits of an answer are about the care asked for, the whole plan, or something else."""

from collections.abc import Iterable

from waypost.x12.benefit import Benefit
from waypost.x12.levels import Care
from waypost.x12.payer_texts import names_intensive_outpatient
from waypost.x12.places import INTENSIVE_OUTPATIENT

PLAN = "30"


def is_of_plan(benefit: Benefit) -> bool:
    """Whether a benefit is about the plan as a whole: service type 30, or none and no procedure."""
    return PLAN in benefit.service_types or not (benefit.service_types or benefit.procedure)


def is_of_care(benefit: Benefit, care: Care) -> bool:
    """Whether a benefit is about the care, by its service types, its procedure or its texts."""
    return is_of_care_by_code(benefit, care) or (
        care.intensive and names_intensive_outpatient(benefit.messages)
    )


def is_of_care_by_code(benefit: Benefit, care: Care) -> bool:
    """Whether a benefit's own codes are about the care, whatever its texts say."""
    by_type = not care.service_types.isdisjoint(benefit.service_types)
    return by_type or not care.procedures.isdisjoint(benefit.procedure)


def is_intensive(benefit: Benefit) -> bool:
    """Whether a benefit names intensive outpatient care itself."""
    by_code = not INTENSIVE_OUTPATIENT.isdisjoint(benefit.procedure)
    return by_code or names_intensive_outpatient(benefit.messages)


def services_of(benefits: Iterable[Benefit], care: Care) -> tuple[str, ...]:
    """The service types of the care that are named, sorted."""
    named = {code for benefit in benefits for code in benefit.service_types}
    return tuple(sorted(named & care.service_types))
