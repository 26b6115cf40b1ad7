"""Checks that an answer belongs to the question: a mix-up would show a stranger's coverage."""

from waypost.eligibility.inquiry import Inquiry
from waypost.eligibility.port import Reply
from waypost.values.letters import without_accents
from waypost.x12.answer import Member
from waypost.x12.question import InquiryPerson


def is_ours(inquiry: Inquiry, reply: Reply) -> bool:
    """Whether the reply answers the inquiry: envelope, trace, reference and person.

    An answer with benefits must name the person asked for, with the member ID, both names and,
    where the payer sends one, the birth date. A refusal need not name anybody, but what it
    names must be the same.
    """
    answer = reply.answer
    if answer.envelope.faults:
        return False
    refused = bool(answer.rejections)
    sent = inquiry.trace if reply.direct else f"{inquiry.control_number:09d}"
    if reply.echo != sent and (reply.echo or not refused):
        return False
    # BHT03 is ours where we wrote the 270: the guide has the payer return it
    if reply.direct and answer.envelope.reference not in ("", inquiry.trace):
        return False
    return _people_match(inquiry, answer.subscriber, answer.dependent, refused)


def _people_match(
    inquiry: Inquiry, subscriber: Member | None, dependent: Member | None, refused: bool
) -> bool:
    if dependent is not None and inquiry.dependent is None:
        return False
    if inquiry.dependent is not None and dependent is None and not refused:
        return False
    if subscriber is None:
        return refused
    if inquiry.dependent is not None and dependent is not None:
        same = _same_name(inquiry.dependent, dependent, refused)
        return same and _same_text(inquiry.subscriber.member_id, subscriber.id, refused)
    person = inquiry.subscriber
    if not _same_text(person.member_id, subscriber.id, refused):
        return False
    return _same_name(person, subscriber, refused or inquiry.dependent is not None)


def _same_name(person: InquiryPerson, member: Member, may_lack: bool) -> bool:
    """Both names, and the birth date where one came back."""
    return (
        _same_text(person.last_name, member.last_name, may_lack)
        and _same_text(person.first_name, member.first_name, may_lack)
        and member.birth_date in (None, person.birth_date)
    )


def _same_text(ours: str, theirs: str, may_lack: bool) -> bool:
    folded_theirs = folded(theirs)
    return folded_theirs == folded(ours) if folded_theirs else may_lack and not theirs.strip()


def folded(text: str) -> str:
    """Only the letters and digits, in lower case without accents: "O'Núñez" is "onunez".

    Payers drop accents, blanks, hyphens and apostrophes, and answer in capitals.
    """
    return "".join(c for c in without_accents(text) if c.isalnum())
