"""Decides who may do what, with a code for each refusal."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from waypost.accounts.roles import PERMISSIONS, OrganizationKind, Permission, Role


@dataclass(frozen=True, slots=True)
class Seat:
    """A role that a person has now in an organization, by the organization's id."""

    organization: str
    kind: OrganizationKind
    role: Role


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is asking: a person's id, whether they used a second factor, and their seats."""

    person: str
    second_factor: bool
    seats: tuple[Seat, ...]


class Refusal(StrEnum):
    """Why something may not be done, as a code; `design.account_faults` has the sentence."""

    NOT_SIGNED_IN = "not signed in"
    NO_SECOND_FACTOR = "no second factor"
    NO_SEAT = "no seat"
    OTHER_ORGANIZATION = "other organization"
    NOT_THIS_ROLE = "not this role"


def who_may(
    actor: Actor | None, permission: Permission, organization: str | None = None
) -> Refusal | None:
    """None where ``actor`` may do it, otherwise why not.

    ``organization`` is the record's owner; None for an act that concerns no single organization,
    such as seeing the desk.
    """
    if actor is None:
        return Refusal.NOT_SIGNED_IN
    if not actor.seats:
        return Refusal.NO_SEAT
    if not actor.second_factor:
        return Refusal.NO_SECOND_FACTOR
    able = [seat for seat in actor.seats if permission in PERMISSIONS[seat.kind, seat.role]]
    if organization is None:
        return None if able else Refusal.NOT_THIS_ROLE
    if any(_reaches(seat, organization) for seat in able):
        return None
    inside = any(_reaches(seat, organization) for seat in actor.seats)
    return Refusal.NOT_THIS_ROLE if inside else Refusal.OTHER_ORGANIZATION


def _reaches(seat: Seat, organization: str) -> bool:
    """The operator's people work on every record; a program's only on their own."""
    return seat.kind is OrganizationKind.OPERATOR or seat.organization == organization
