"""Who may and when may: each rule holds on both sides of its edge."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from waypost.accounts.roles import OF_TREATMENT, PERMISSIONS, OrganizationKind, Permission, Role
from waypost.treatment.own_page.link import Closed, link_closed, new_secrets
from waypost.treatment.records.episode import MOVES, BadMove, EndReason, EpisodeState, checked_move
from waypost.treatment.when_may import (
    EMERGENCY_LASTS,
    TooLate,
    consent_refused,
    emergency_open,
)
from waypost.treatment.who_may import (
    CLINICIANS,
    SEES_EVERYONE,
    RecordStanding,
    may_break_glass,
    may_check_withdrawal,
    may_decide,
    may_read,
    may_read_counseling_note,
)

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
TODAY = date(2026, 12, 1)
PROGRAM = [role for kind, role in PERMISSIONS if kind is OrganizationKind.PROGRAM]


def test_nobody_of_the_operator_may_do_anything_with_a_record() -> None:
    for (kind, role), permissions in PERMISSIONS.items():
        if kind is OrganizationKind.OPERATOR:
            assert not permissions & OF_TREATMENT, role
    for role in (Role.ADMINISTRATOR, Role.REPRESENTATIVE):
        assert not PERMISSIONS[OrganizationKind.PROGRAM, role] & OF_TREATMENT


def test_who_decides_and_who_only_looks() -> None:
    def may(role: Role, permission: Permission) -> bool:
        return permission in PERMISSIONS[OrganizationKind.PROGRAM, role]

    assert {r for r in PROGRAM if may(r, Permission.DECIDE_LEVEL)} == CLINICIANS
    assert {r for r in PROGRAM if may(r, Permission.BREAK_GLASS)} == CLINICIANS
    assert {r for r in PROGRAM if may(r, Permission.ERASE_RECORDS)} == {Role.PROGRAM_DIRECTOR}
    assert not may(Role.BILLER, Permission.READ_RECORDS)
    assert not may(Role.AUDITOR, Permission.WRITE_PLANS)


@pytest.mark.parametrize("role", PROGRAM)
def test_a_record_is_read_by_the_team_by_those_who_answer_for_all_and_in_an_emergency(
    role: Role,
) -> None:
    alone = RecordStanding({role})
    assert (may_read(alone) is None) is (role in SEES_EVERYONE)
    for standing in (RecordStanding({role}, on_team=True), RecordStanding({role}, emergency=True)):
        assert may_read(standing) is None
        assert (may_decide(standing) is None) is (role in CLINICIANS)
        assert (may_check_withdrawal(standing) is None) is (role is Role.MEDICAL_PROVIDER)
    assert may_check_withdrawal(alone) is not None
    breaks = may_break_glass(alone, "found unwell")
    assert (breaks is None) is (role in CLINICIANS)
    assert may_break_glass(alone, "help") is not None


def test_counseling_notes_are_for_their_author_or_by_consent() -> None:
    for author in (True, False):
        for consented in (True, False):
            refused = may_read_counseling_note(is_author=author, consented=consented)
            assert (refused is None) is (author or consented)


def test_a_consent_is_in_force_until_it_is_revoked_or_its_day_comes() -> None:
    tomorrow = TODAY + timedelta(days=1)
    assert consent_refused(None, None, TODAY) is None
    assert consent_refused(None, tomorrow, TODAY) is None
    assert consent_refused(None, TODAY, TODAY) is TooLate.EXPIRED
    assert consent_refused(NOW, tomorrow, TODAY) is TooLate.REVOKED


def test_an_emergency_lasts_a_day() -> None:
    assert emergency_open(NOW, NOW) and emergency_open(
        NOW, NOW + EMERGENCY_LASTS - timedelta(seconds=1)
    )
    assert not emergency_open(NOW, NOW + EMERGENCY_LASTS) and not emergency_open(None, NOW)
    assert not emergency_open(NOW, NOW - timedelta(seconds=1))


@pytest.mark.parametrize("start", EpisodeState)
@pytest.mark.parametrize("to", EpisodeState)
def test_an_episode_makes_the_moves_of_the_table_alone(
    start: EpisodeState, to: EpisodeState
) -> None:
    reason = EndReason.COMPLETED if to is EpisodeState.ENDED else ""
    if to in MOVES[start]:
        checked_move(start, to, reason)
    else:
        with pytest.raises(BadMove):
            checked_move(start, to, reason)


def test_a_link_opens_until_it_is_revoked_expired_or_locked() -> None:
    later = NOW + timedelta(minutes=1)
    fine = {"expires_at": later, "revoked_at": None, "locked_until": None, "now": NOW}
    assert link_closed(**fine) is None
    assert link_closed(**fine | {"revoked_at": NOW}) is Closed.UNKNOWN
    assert link_closed(**fine | {"expires_at": NOW}) is Closed.UNKNOWN
    assert link_closed(**fine | {"locked_until": later}) is Closed.LOCKED
    assert link_closed(**fine | {"locked_until": NOW}) is None
    drawn = {new_secrets() for _ in range(50)}
    assert len({s.token for s in drawn}) == 50 and all(len(s.code) == 6 for s in drawn)
