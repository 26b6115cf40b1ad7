"""A 271 in short, for billing staff: what they look for first, before every line of it."""

from collections.abc import Iterator
from datetime import date

from waypost.x12.advice import refusal_words
from waypost.x12.answer import Answer271
from waypost.x12.benefit_words import entity_words, quoted, with_details
from waypost.x12.explain import member_words
from waypost.x12.in_short_parts import (
    account_words,
    authorization_words,
    referral_words,
)
from waypost.x12.levels import BEHAVIORAL_CARE
from waypost.x12.notes import MATTERS
from waypost.x12.payer_texts import names_behavioral_care
from waypost.x12.service_types import SERVICE
from waypost.x12.situation import NO_COVERAGE, is_partly_refused
from waypost.x12.situation_words import situation_words
from waypost.x12.staff_words import FAULT, NOTE
from waypost.x12.summary import Summary, summarize

NO_CODE = (
    "X12 has no service type for intensive outpatient care: what is said about substance use "
    "treatment may apply to office visits only. Ask the payer about H0015 or S9480."
)
NOT_NAMED_AT_ALL = "Mental health and substance use care are not named."
NOT_NAMED = "Mental health and substance use care are not named. That is not a refusal: call."
NAMED_BY_TEXT = "Mental health and substance use care are named only in a text: read it, and call."
MOST = 12


def in_short(answer: Answer271, day: date | None = None) -> list[str]:
    """The lines, for a day (`None`: the day that the answer names). The member is never named."""
    summary = summarize(answer, BEHAVIORAL_CARE, day)
    hide = member_words(answer)
    lines = [f"Do not rely on this file: {FAULT[fault]}" for fault in answer.envelope.faults[:1]]
    lines.append(situation_words(summary.coverage, summary.plan_names, summary.insurance_types))
    lines += dict.fromkeys(map(refusal_words, answer.rejections))
    if answer.rejections and not is_partly_refused(answer):
        if answer.benefits:
            lines.append("It names benefits all the same; do not rely on them.")
        return [*lines, *_whom_to_call(answer, hide)]
    plan_texts = _plan_texts(answer, summary)
    lines += [f"The payer adds: {quoted(text, hide)}" for text in plan_texts]
    lines += (with_details(benefit, hide, summary.coverage.day) for benefit in summary.care_status)
    said = (referral_words(referral, hide) for referral in summary.referrals)
    lines += dict.fromkeys(filter(None, said))
    return [
        *lines,
        *_care(summary, plan_texts, hide),
        *authorization_words(summary.authorization, hide),
        *(account_words(account, hide) for account in summary.accounts),
        *_caution(answer, summary),
    ]


def _plan_texts(answer: Answer271, summary: Summary) -> list[str]:
    """The texts of the whole answer and of its status lines, each once."""
    texts = [*answer.messages]
    for line in summary.coverage.lines:
        texts += line.messages
    return sorted(set(texts))


def _care(summary: Summary, plan_texts: list[str], hide: tuple[str, ...]) -> Iterator[str]:
    day = summary.coverage.day
    if not (summary.named or summary.shares):
        texts = (text for benefit_line in summary.of_plan for text in benefit_line.messages)
        by_text = any(map(names_behavioral_care, (*plan_texts, *texts)))
        silent = NOT_NAMED_AT_ALL if summary.coverage.situation in NO_COVERAGE else NOT_NAMED
        yield NAMED_BY_TEXT if by_text else silent
        yield from (with_details(benefit, hide, day) for benefit in summary.of_plan[:MOST])
        return
    if summary.named:
        yield f"Named: {', '.join(SERVICE[code] for code in summary.named)}."
    for benefit in summary.shares[:MOST]:
        yield with_details(benefit, hide, day)
    for benefit in summary.of_plan[:MOST]:
        yield with_details(benefit, hide, day)
    more_of_plan = len(summary.of_plan) - MOST
    if more_of_plan > 0:
        yield f"… and {more_of_plan} lines more on the plan as a whole, below."
    rest = len(summary.shares) - MOST
    if rest > 0:
        yield f"… and {rest} lines more on this care, below."


def _caution(answer: Answer271, summary: Summary) -> Iterator[str]:
    """What to bear in mind: the missing service type, and what in the file could not be read."""
    if (summary.named or summary.shares) and not summary.intensive:
        yield NO_CODE
    for note in dict.fromkeys(note for note, _ in answer.notes if note in MATTERS):
        yield f"Note: {NOTE[note]}"


def _whom_to_call(answer: Answer271, hide: tuple[str, ...]) -> Iterator[str]:
    if answer.payer is not None and answer.payer.contacts:
        yield f"Payer: {entity_words(answer.payer)}."
    for text in answer.messages:
        yield f"The payer adds: {quoted(text, hide)}"
