"""Who may and when may: pure rules with a sentence for each refusal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from waypost.accounts.roles import PERMISSIONS, ROLES_OF, OrganizationKind, Permission, Role
from waypost.accounts.when_may import NotNow, invitation_refused, removal_refused
from waypost.accounts.who_may import Actor, Refusal, Seat, who_may

NOW = datetime(2026, 12, 1, tzinfo=UTC)
EVERY = [(kind, role) for kind in OrganizationKind for role in ROLES_OF[kind]]


def actor(
    kind: OrganizationKind, role: Role, *, organization: str = "mine", factor: bool = True
) -> Actor:
    return Actor("person:1", factor, (Seat(organization, kind, role),))


def test_every_role_of_every_kind_has_its_permissions_and_no_other_pair_has_any() -> None:
    assert set(PERMISSIONS) == set(EVERY)


@pytest.mark.parametrize("permission", Permission, ids=lambda p: p.name)
def test_nobody_and_no_second_factor_and_no_seat_are_refused(permission: Permission) -> None:
    assert who_may(None, permission) is Refusal.NOT_SIGNED_IN
    assert who_may(Actor("person:1", True, ()), permission) is Refusal.NO_SEAT
    for kind, role in EVERY:
        assert who_may(actor(kind, role, factor=False), permission) is Refusal.NO_SECOND_FACTOR


def test_a_programs_people_reach_their_own_records_alone() -> None:
    for (kind, role), permission in product(EVERY, Permission):
        able = permission in PERMISSIONS[kind, role]
        mine = who_may(actor(kind, role), permission, "mine")
        other = who_may(actor(kind, role), permission, "other")
        assert (mine is None) == able
        if kind is OrganizationKind.PROGRAM:
            assert other is (Refusal.OTHER_ORGANIZATION)
        else:
            assert (other is None) == able


def test_two_seats_are_not_mixed() -> None:
    """An administrator here and a representative there does not administer there."""
    both = Actor("person:1", True, (
        Seat("a", OrganizationKind.PROGRAM, Role.ADMINISTRATOR),
        Seat("b", OrganizationKind.PROGRAM, Role.REPRESENTATIVE),
    ))  # fmt: skip
    assert who_may(both, Permission.MANAGE_PEOPLE, "a") is None
    assert who_may(both, Permission.MANAGE_PEOPLE, "b") is Refusal.NOT_THIS_ROLE
    assert who_may(both, Permission.MANAGE_PEOPLE, "c") is Refusal.OTHER_ORGANIZATION


@pytest.mark.parametrize(
    ("age", "used", "withdrawn", "refused"),
    [
        (timedelta(0), False, False, None),
        (timedelta(hours=72) - timedelta(microseconds=1), False, False, None),
        (timedelta(hours=72), False, False, NotNow.EXPIRED),
        (timedelta(0), True, False, NotNow.USED),
        (timedelta(0), False, True, NotNow.WITHDRAWN),
        (timedelta(days=9), True, True, NotNow.USED),
    ],
    ids=["new", "just in time", "72 hours", "used", "withdrawn", "used and old"],
)
def test_an_invitation_is_used_once_in_72_hours(
    age: timedelta, used: bool, withdrawn: bool, refused: NotNow | None
) -> None:
    found = invitation_refused(NOW - age, NOW if used else None, NOW if withdrawn else None, NOW)
    assert found is refused


def test_the_last_administrator_stays() -> None:
    assert removal_refused(1, is_administrator=True) is NotNow.LAST_ADMINISTRATOR
    assert removal_refused(2, is_administrator=True) is None
    assert removal_refused(1, is_administrator=False) is None
