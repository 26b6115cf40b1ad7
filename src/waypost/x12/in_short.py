"""A 271 in short, for billing staff: what they look for first, before every line of it."""

from collections.abc import Iterator
from datetime import date

from waypost.x12.advice import refusal_words
from waypost.x12.answer import Answer271
from waypost.x12.benefit_words import entity_words, quoted, with_details
from waypost.x12.explain import member_words
from waypost.x12.fields import shown
from waypost.x12.in_short_parts import (
    account_words,
    authorization_words,
    referral_words,
)
from waypost.x12.levels import BEHAVIORAL_CARE
from waypost.x12.notes import MATTERS
from waypost.x12.service_types import SERVICE
from waypost.x12.situation import is_partly_refused
from waypost.x12.situation_words import situation_words
from waypost.x12.staff_words import FAULT, NOTE
from waypost.x12.summary import Summary, summarize

NO_CODE = (
    "X12 has no service type for intensive outpatient care: what is said of substance use "
    "treatment may hold for office visits alone. Ask the payer about H0015 or S9480."
)
NOT_NAMED = "Mental health and substance use care are not named. That is no refusal: call."
MOST = 12


def in_short(answer: Answer271, day: date | None = None) -> list[str]:
    """The lines, for a day (`None`: the day that the answer names). The member is never named."""
    summary = summarize(answer, BEHAVIORAL_CARE, day)
    lines = [f"Do not rely on this file: {FAULT[fault]}" for fault in answer.envelope.faults[:1]]
    lines.append(situation_words(summary.coverage, summary.plan_names, summary.insurance_types))
    lines += dict.fromkeys(map(refusal_words, answer.rejections))
    if answer.rejections and not is_partly_refused(answer):
        if answer.benefits:
            lines.append("It names benefits all the same; do not rely on them.")
        return [*lines, *_whom_to_call(answer)]
    hide = member_words(answer)
    lines += [f"The payer adds: {quoted(text, hide)}" for text in _plan_texts(answer, summary)]
    lines += dict.fromkeys(filter(None, map(referral_words, summary.referrals)))
    return [
        *lines,
        *_care(summary, hide),
        *authorization_words(summary.authorization, hide),
        *map(account_words, summary.accounts),
        *_caution(answer, summary),
    ]


def _plan_texts(answer: Answer271, summary: Summary) -> list[str]:
    """The texts of the whole answer and of its status lines, each once."""
    texts = [*answer.messages]
    for line in summary.coverage.lines:
        texts += line.messages
    return sorted(set(texts))


def _care(summary: Summary, hide: tuple[str, ...]) -> Iterator[str]:
    if not (summary.named or summary.shares):
        yield NOT_NAMED
        yield from (with_details(benefit, hide) for benefit in summary.of_plan[:MOST])
        return
    if summary.named:
        yield f"Named: {', '.join(SERVICE[code] for code in summary.named)}."
    for benefit in summary.shares[:MOST]:
        yield with_details(benefit, hide)
    for benefit in summary.of_plan[:MOST]:
        yield with_details(benefit, hide)
    rest = len(summary.shares) - MOST
    if rest > 0:
        yield f"… and {rest} lines more on this care, below."


def _caution(answer: Answer271, summary: Summary) -> Iterator[str]:
    """What to bear in mind: the missing service type, and what in the file could not be read."""
    if (summary.named or summary.shares) and not summary.intensive:
        yield NO_CODE
    for note in dict.fromkeys(note for note, _ in answer.notes if note in MATTERS):
        yield f"Note: {NOTE[note]}"


def _whom_to_call(answer: Answer271) -> Iterator[str]:
    if answer.payer is not None and answer.payer.contacts:
        yield f"Payer: {entity_words(answer.payer)}."
    for text in answer.messages:
        yield f"The payer adds: “{shown(text)}”"
