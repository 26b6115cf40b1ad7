"""What in an answer speaks against reading it as plainly active coverage.

Each looks for caution alone: more lines or more texts in an answer can only add to it.
"""

from collections.abc import Iterable
from datetime import date

from waypost.x12.answer import Answer271
from waypost.x12.benefit import Benefit
from waypost.x12.levels import Care
from waypost.x12.parts import Dated
from waypost.x12.payer_texts import doubts_coverage, names_behavioral_care, says_not_covered
from waypost.x12.scope import is_of_care, is_of_care_by_code, is_of_plan
from waypost.x12.standing import BEGINS, ENDS, SPANS, STATUS, is_current

SPEND_DOWN = "Y"
NOT_COVERED = frozenset("IE")
MEDICARE = frozenset(("MA", "MB"))
ADVANTAGE = frozenset(("HN", "HM", "IN", "PR", "PS"))
"""Kinds of insurance by which Medicare names the Medicare Advantage plan of a person."""


def replaces_medicare(benefit: Benefit, answer: Answer271) -> bool:
    """Whether a line names a Medicare Advantage plan, which pays in place of Original Medicare.

    Medicare's own answers name it as another payer (CMS, "HETS 270/271 Companion Guide").
    """
    if benefit.code != "R" or benefit.insurance_type not in ADVANTAGE or not is_of_plan(benefit):
        return False
    medicare = any(b.code in STATUS and b.insurance_type in MEDICARE for b in answer.benefits)
    return medicare or benefit.insurance_type == "HN"


def is_replaced(answer: Answer271, day: date | None) -> bool:
    """Whether another plan pays in place of the one that answers on the day."""
    lines = (line for line in answer.benefits if replaces_medicare(line, answer))
    return any(is_current(line, day) for line in lines)


def is_part_a_alone(of_plan: Iterable[Benefit]) -> bool:
    """Whether Medicare's Part A is all that is active; this care is under Part B."""
    return {line.insurance_type for line in of_plan} == {"MA"}


def is_doubted(answer: Answer271, of_plan: Iterable[Benefit], care: Care) -> bool:
    """Whether coverage is over or limited by a text, a plan's name, a spend-down or a bad date.

    A text beside the care's own status ("claims pended, premium past due") counts as well.
    """
    lines = tuple(of_plan)
    own = [b for b in answer.benefits if b.code in STATUS and is_of_care_by_code(b, care)]
    texts = [*answer.messages, *(text for line in lines for text in line.messages)]
    texts += [text for line in own for text in line.messages]
    texts += [line.plan_name for line in lines]
    if any(each.code == SPEND_DOWN for each in answer.benefits):
        return True
    members = (each for each in (answer.subscriber, answer.dependent) if each is not None)
    dates = [dated for member in members for dated in member.dates]
    dates += [dated for line in lines for dated in line.dates]
    return any(map(doubts_coverage, texts)) or any(map(_is_unread, dates))


def _is_unread(dated: Dated) -> bool:
    decides = dated.qualifier in BEGINS | ENDS | SPANS
    return decides and dated.period is None


def is_something_not_covered(answer: Answer271, care: Care, day: date | None) -> bool:
    """Whether a code or a text calls something of the care not covered, in network at least."""
    return any(_is_not_covered(benefit, care, day) for benefit in answer.benefits) or any(
        says_not_covered(text) and names_behavioral_care(text) for text in answer.messages
    )


def _is_not_covered(benefit: Benefit, care: Care, day: date | None) -> bool:
    if benefit.network == "N" or not is_current(benefit, day):
        return False
    if benefit.code in NOT_COVERED and is_of_care_by_code(benefit, care):
        return True
    of_care = is_of_care(benefit, care)
    return any(
        says_not_covered(text)
        and (of_care or (is_of_plan(benefit) and names_behavioral_care(text)))
        for text in benefit.messages
    )
