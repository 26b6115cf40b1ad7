"""Whether care must be authorized first, setting by setting.

EB11 speaks for its own line alone: "no" for an office visit is no word on intensive outpatient
care. A text that says "required" is believed over a code that says no; a blank is never a no.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

import msgspec

from waypost.x12.accounts import KINDS
from waypost.x12.answer import Answer271
from waypost.x12.benefit import Benefit
from waypost.x12.cautions import NOT_COVERED
from waypost.x12.levels import Care
from waypost.x12.payer_texts import (
    leaves_authorization_open,
    mentions_authorization,
    names_behavioral_care,
    requires_authorization,
)
from waypost.x12.places import INTENSIVE_OUTPATIENT
from waypost.x12.scope import is_of_care, is_of_care_by_code, is_of_plan
from waypost.x12.standing import is_current


class Authorization(StrEnum):
    """What an answer says. `NOT_REQUIRED` is said of a procedure by its own code alone."""

    REQUIRED = "required"
    NOT_REQUIRED = "not-required"
    NOT_FOR_SOME = "not-for-some"
    UNKNOWN = "unknown"
    MENTIONED = "mentioned"  # a text speaks of it, and what it says is for a person to read
    NOT_SAID = "not-said"


class Ruling(msgspec.Struct, frozen=True):
    """What one line says: `says` of its own setting, which `benefit` names.

    `benefit` is `None` for a text that belongs to no line; `texts` are those that say it.
    `against_code` is true where a text says "required" and the code says no.
    """

    says: Authorization
    benefit: Benefit | None
    texts: tuple[str, ...] = ()
    against_code: bool = False


class Rulings(msgspec.Struct, frozen=True):
    """All that an answer says of authorization for some care; `says` is it in one word."""

    says: Authorization
    rulings: tuple[Ruling, ...]

    def of(self, says: Authorization) -> tuple[Ruling, ...]:
        """The rulings that say this."""
        return tuple(ruling for ruling in self.rulings if ruling.says is says)


BY_CODE = {"Y": Authorization.REQUIRED, "N": Authorization.NOT_FOR_SOME, "": None}


def authorization(answer: Answer271, care: Care, day: date | None = None) -> Rulings:
    """What an answer says of authorization for some care on a day (`None`: whatever its dates)."""
    rulings: list[Ruling] = []
    for benefit in answer.benefits:
        ruling = _ruling(benefit, care)
        if ruling is None or ruling in rulings:
            continue
        if is_current(benefit, day) or ruling.says is Authorization.REQUIRED:
            rulings.append(ruling)
    texts = tuple(filter(requires_authorization, answer.messages))
    if texts:
        rulings.append(Ruling(Authorization.REQUIRED, None, texts))
    return Rulings(_in_one_word(rulings), tuple(sorted(rulings, key=_order)))


def _ruling(benefit: Benefit, care: Care) -> Ruling | None:
    """What a line says; `None` for one that says nothing, or nothing about the care."""
    of_care = is_of_care(benefit, care)
    if not of_care and not is_of_plan(benefit):
        return None
    about_care = [text for text in benefit.messages if of_care or names_behavioral_care(text)]
    required = tuple(filter(requires_authorization, about_care))
    if required:
        against = of_care and benefit.authorization == "N"
        return Ruling(Authorization.REQUIRED, benefit, required, against)
    if not of_care:  # a duty of the whole plan holds for this care; leave of the whole plan may not
        is_duty = benefit.authorization == "Y" and benefit.code not in KINDS
        return Ruling(Authorization.REQUIRED, benefit) if is_duty else None
    return _ruling_by_code(benefit, care, about_care)


def _ruling_by_code(benefit: Benefit, care: Care, texts: list[str]) -> Ruling | None:
    """What EB11 says where no text requires authorization; a text that mentions it is kept."""
    mentions = tuple(filter(mentions_authorization, texts))
    if benefit.code in NOT_COVERED and benefit.authorization == "N":
        # what is not paid for needs no leave: that is no word on what is paid for
        return Ruling(Authorization.MENTIONED, benefit, mentions) if mentions else None
    by_code = BY_CODE.get(benefit.authorization, Authorization.UNKNOWN)
    by_text_alone = not is_of_care_by_code(benefit, care)
    if by_code is None or (by_code is Authorization.NOT_FOR_SOME and by_text_alone):
        return Ruling(Authorization.MENTIONED, benefit, mentions) if mentions else None
    if by_code is Authorization.NOT_FOR_SOME and any(map(leaves_authorization_open, mentions)):
        return Ruling(Authorization.MENTIONED, benefit, mentions)
    of_procedure = not INTENSIVE_OUTPATIENT.isdisjoint(benefit.procedure)
    if by_code is Authorization.NOT_FOR_SOME and of_procedure and not mentions:
        return Ruling(Authorization.NOT_REQUIRED, benefit)
    return Ruling(by_code, benefit, mentions)


def _in_one_word(rulings: Sequence[Ruling]) -> Authorization:
    """The most careful of what is said: "required" before all, and a "no" only if nothing else."""
    rulings_said = {ruling.says for ruling in rulings}
    careful = (
        Authorization.REQUIRED,
        Authorization.UNKNOWN,
        Authorization.MENTIONED,
        Authorization.NOT_FOR_SOME,
        Authorization.NOT_REQUIRED,
    )
    return next((says for says in careful if says in rulings_said), Authorization.NOT_SAID)


def _order(ruling: Ruling) -> tuple[str, ...]:
    elements: Iterable[str] = ruling.benefit.elements if ruling.benefit is not None else ()
    messages: Iterable[str] = ruling.benefit.messages if ruling.benefit is not None else ()
    return (*ruling.texts, *messages, *elements)
