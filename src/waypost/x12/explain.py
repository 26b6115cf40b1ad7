"""A 271 in plain words, line by line, for those who read them every day: nothing is left out."""

from collections import Counter
from collections.abc import Iterator

from waypost.x12 import segment_codes
from waypost.x12.advice import refusal_words
from waypost.x12.answer import Answer271, Member
from waypost.x12.benefit import Benefit
from waypost.x12.benefit_words import (
    entity_words,
    headline,
    quoted,
    setting_words,
)
from waypost.x12.delivery import allowances
from waypost.x12.fields import shown
from waypost.x12.parts import Dated, Reference, X12Organization
from waypost.x12.quantity_words import allowance_words
from waypost.x12.staff_words import FAULT, NOTE
from waypost.x12.standing import NO_END

PASSED_OVER = {
    "N3": "addresses",
    "N4": "addresses",
    "INS": "the relationship to the subscriber",
    "PRV": "the provider's specialty",
    "HI": "diagnoses",
    "MPI": "military status",
    "REF": "the provider's own numbers",
}


def explain(answer: Answer271) -> list[str]:
    """The lines of an explanation. Names the payer and the provider, never the member.

    Warnings come first, then refusals, then dates, then each benefit in the order sent. Codes
    that are not in our tables are shown as sent. Texts of the payer are quoted, printable.
    """
    hide = member_words(answer)
    return [
        *_warnings(answer),
        *_parties(answer),
        *(f"Refused, {refusal_words(item)}" for item in answer.rejections),
        *(f"The payer adds: {quoted(text, hide)}" for text in answer.messages),
        *_of_the_person(answer),
        *(line for item in answer.benefits for line in _benefit(item, hide)),
        *_silence(answer),
        *_passed_over(answer),
    ]


def member_words(answer: Answer271) -> tuple[str, ...]:
    """The member's and other insured people's numbers and whole names, the longest first.

    They are taken out of a payer's texts, which may carry them along.
    """
    words: list[str] = []
    references = [number for benefit in answer.benefits for number in benefit.references]
    for member in (answer.subscriber, answer.dependent):
        if member is None:
            continue
        words += [*_both_ways(member.first_name, member.last_name), member.id]
        references += member.references
    for entity in (entity for benefit in answer.benefits for entity in benefit.entities):
        if entity.private:
            first, _, last = entity.name.rpartition(" ")
            words += [*_both_ways(first, last), entity.id]
    words += [
        number.value for number in references if number.qualifier not in segment_codes.NOT_A_PERSONS
    ]
    return tuple(sorted({word for word in words if len(word) > 3}, key=lambda w: (-len(w), w)))


def _both_ways(first: str, last: str) -> list[str]:
    """A whole name as texts write it: "ALEX ROE", "ROE, ALEX", "ROE,ALEX", "ROE ALEX"."""
    if not (first and last):
        return []
    return [f"{first} {last}", f"{last}, {first}", f"{last},{first}", f"{last} {first}"]


def _warnings(answer: Answer271) -> Iterator[str]:
    for fault in answer.envelope.faults:
        yield f"Do not rely on this file: {FAULT[fault]}"
    for note, place in answer.notes:
        where = f" on segment {place}" if place else ""
        yield f"Note{where}: {NOTE[note]}"
    if answer.envelope.usage == "T":
        yield "This file is marked as a test."


def _parties(answer: Answer271) -> Iterator[str]:
    if answer.payer is not None:
        yield f"Payer: {_with_contacts(answer.payer)}"
    if answer.provider is not None:
        yield f"Asked by: {_with_contacts(answer.provider)}"
    if answer.person is not None:
        whom = "a dependent" if answer.dependent is not None else "the subscriber"
        yield f"About: {whom}"


def _with_contacts(entity: X12Organization) -> str:
    """An entity with the names of its contacts, such as "MEMBER SERVICES"."""
    names = [
        shown(contact.name) for contact in entity.contacts if contact.name and not entity.private
    ]
    return ", ".join([entity_words(entity), *(f"contact “{name}”" for name in names)])


def _of_the_person(answer: Answer271) -> Iterator[str]:
    members = [member for member in (answer.subscriber, answer.dependent) if member is not None]
    for member in members:
        yield from _of_a_member(member)


def _of_a_member(member: Member) -> Iterator[str]:
    for number in member.references:
        yield _reference(number)
    for dated in member.dates:
        yield f"Date, {date_words(dated)}"


def date_words(dated: Dated) -> str:
    """ "plan: 2026-01-01 to 2026-12-31"."""
    name = segment_codes.DATE.get(dated.qualifier, f"code {shown(dated.qualifier)}")
    if dated.period is None:
        return f"{name}: not readable"
    start, end = dated.period.start, dated.period.end
    if start == end:
        return f"{name}: {start}"
    return f"{name}: {start} to {'no end date given' if end == NO_END else end}"


def _benefit(benefit: Benefit, hide: tuple[str, ...]) -> Iterator[str]:
    yield headline(benefit)
    for text in benefit.messages:
        yield f"  The payer adds: {quoted(text, hide)}"
    for dated in benefit.dates:
        yield f"  Date, {date_words(dated)}"
    for allowance in allowances(benefit.deliveries):
        yield f"  Quantity: {allowance_words(allowance)}"
    for setting in benefit.settings:
        yield f"  Where: {setting_words(setting)}"
    for reference in benefit.references:
        yield f"  {_reference(reference)}"
    for entity in benefit.entities:
        role = segment_codes.ROLE.get(entity.role, f"role code {shown(entity.role)}")
        yield f"  {role.capitalize() if entity.role else 'Contact'}: {_with_contacts(entity)}"


def _reference(number: Reference) -> str:
    """A number of a plan or group; a person's is named by its kind and never shown."""
    name = segment_codes.REFERENCE.get(number.qualifier, "")
    kind = f"Reference {shown(number.qualifier)}{f' ({name})' if name else ''}"
    if number.qualifier not in segment_codes.NOT_A_PERSONS:
        return f"{kind}: a person's own, not shown"
    text = f", “{shown(number.text)}”" if number.text else ""
    return f"{kind}: {shown(number.value)}{text}"


def _silence(answer: Answer271) -> Iterator[str]:
    if not answer.benefits and not answer.rejections:
        yield "The payer says nothing about benefits."


def _passed_over(answer: Answer271) -> Iterator[str]:
    """One line for the segments that are not explained, each with what it holds."""
    if not answer.extra:
        return
    counts = Counter(tag for _, tag in answer.extra)
    tags = [f"{shown(tag)}{_times(count)}{_holds(tag)}" for tag, count in counts.items()]
    yield f"Passed over, not shown: {', '.join(tags)}."


def _times(count: int) -> str:
    return f" ×{count}" if count > 1 else ""


def _holds(tag: str) -> str:
    return f" ({PASSED_OVER[tag]})" if tag in PASSED_OVER else ""
