"""What a 271 says about coverage in one word, for the plan or for some services."""

from collections.abc import Collection
from enum import StrEnum

from waypost.x12.answer import Answer271

ACTIVE = frozenset("1234")
PENDING = frozenset("5")
INACTIVE = frozenset("678")


class Standing(StrEnum):
    """The word. Only `ACTIVE` may be shown as coverage; a 271 is never a promise to pay."""

    REJECTED = "rejected"
    ACTIVE = "active"
    PENDING = "active, pending"
    INACTIVE = "inactive"
    CONTRADICTORY = "contradictory"
    NOT_SAID = "not said"


def standing(answer: Answer271, services: Collection[str] | None = None) -> Standing:
    """The standing for some service types, or for all that the answer names.

    A rejection outweighs everything, active together with inactive is contradictory, and a
    pending investigation outweighs plain active: it is how a premium grace period looks.
    """
    if answer.rejections:
        return Standing.REJECTED
    said = {
        one.code
        for one in answer.benefits
        if services is None or not set(services).isdisjoint(one.service_types)
    }
    active, pending, inactive = said & ACTIVE, said & PENDING, said & INACTIVE
    if inactive and (active or pending):
        return Standing.CONTRADICTORY
    if inactive:
        return Standing.INACTIVE
    if pending:
        return Standing.PENDING
    return Standing.ACTIVE if active else Standing.NOT_SAID
