"""The private process's own rules hold on PostgreSQL where several come at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, connections

from waypost.accounts.actions import (
    CannotEnd,
    accept_invitation,
    confirm_owner,
    end_membership,
    found_organization,
    invite,
)
from waypost.accounts.invitations import BadInvitation
from waypost.accounts.listings import CannotOwn, Proof
from waypost.accounts.proofs.actions import ask_proof, decide_proof
from waypost.accounts.proofs.queries import proof_numbered
from waypost.accounts.queries import colleagues, owners
from waypost.audit.actions import record_event
from waypost.audit.append_only import BadRoleName, append_only_role
from waypost.audit.queries import broken_at, every_event
from waypost.directory.actions import DecidedMeanwhile, accept_report, report_listing
from waypost.directory.queries import accepted_claims, report_numbered

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
TOGETHER = 6


def at_once(act: Callable[[int], object], refused: type[Exception]) -> tuple[int, int]:
    """How many of several threads did it, and how many were refused."""
    start, done, no = threading.Barrier(TOGETHER), [], []

    def run(number: int) -> None:
        start.wait(60)
        try:
            act(number)
            done.append(number)
        except refused:
            no.append(number)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(TOGETHER)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return len(done), len(no)


def test_the_databases_are_postgresql_and_empty(private_postgres: None) -> None:
    assert {connections[alias].vendor for alias in ("default", "queue")} == {"postgresql"}
    assert list(every_event()) == []
    record_event(act="made", record="x:1", by="test", now=NOW)


def test_nothing_of_the_test_before_is_left(private_postgres: None) -> None:
    assert connection.vendor == "postgresql" and list(every_event()) == []


def test_events_written_at_once_make_one_chain(private_postgres: None) -> None:
    did, _ = at_once(
        lambda n: record_event(act=f"act {n}", record="x:1", by="test", now=NOW), ValueError
    )
    assert (did, len(list(every_event())), broken_at()) == (TOGETHER, TOGETHER, None)


@pytest.fixture
def desk_role(private_postgres: None) -> Iterator[None]:
    """The desk's own role, as `waypost audit role` gives it its rights; every query runs as it."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE waypost_desk")
        for statement in append_only_role("waypost_desk"):
            cursor.execute(statement)
        cursor.execute("SET ROLE waypost_desk")
        yield
        cursor.execute("RESET ROLE")
        cursor.execute("DROP OWNED BY waypost_desk")
        cursor.execute("DROP ROLE waypost_desk")


@pytest.mark.parametrize(
    "harm",
    ["UPDATE audit_event SET act = 'nothing'", "DELETE FROM audit_event", "TRUNCATE audit_event",
     "DROP TABLE audit_event"],
)  # fmt: skip
def test_the_desks_role_writes_events_and_changes_none(desk_role: None, harm: str) -> None:
    operator = found_organization(name="Operator", kind="operator", by="test", now=NOW)
    invite(email="a@example.org", role="editor", organization=operator, by="t", now=NOW)
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(harm)
    assert len(list(every_event())) == 2 and broken_at() is None


@pytest.mark.parametrize("name", ["", "Desk", "a b", "desk; DROP TABLE x", "x" * 64, "1a"])
def test_a_roles_name_is_nothing_but_a_name(name: str) -> None:
    with pytest.raises(BadRoleName):
        append_only_role(name)


def test_an_invitation_taken_by_many_at_once_is_used_once(private_postgres: None) -> None:
    operator = found_organization(name="Operator", kind="operator", by="test", now=NOW)
    token = invite(email="a@example.org", role="editor", organization=operator, by="t", now=NOW)
    did = at_once(
        lambda n: accept_invitation(token=token, name="Ana", password=None, now=NOW), BadInvitation
    )
    assert did == (1, TOGETHER - 1)


def test_a_listing_confirmed_by_many_at_once_has_one_owner(private_postgres: None) -> None:
    ours = [
        found_organization(name=f"House {n}", kind="program", by="test", now=NOW)
        for n in range(TOGETHER)
    ]
    did = at_once(
        lambda n: confirm_owner(
            site_id="site_x", organization=ours[n], proof=Proof.DECISION, reason="we called", by="t", now=NOW
        ),
        CannotOwn,
    )  # fmt: skip
    assert did == (1, TOGETHER - 1)


def test_a_claim_decided_by_two_at_once_is_decided_once(private_postgres: None) -> None:
    house = found_organization(name="House", kind="program", by="test", now=NOW)
    number = ask_proof(site_id="site_x", organization=house, proof=Proof.DECISION, target="",
                       note="ours", by="person:1", now=NOW)  # fmt: skip
    did = at_once(
        lambda n: decide_proof(number=number, accept=n % 2 == 0, reason="r", by=f"person:{n + 2}", now=NOW),
        CannotOwn,
    )  # fmt: skip
    assert did == (1, TOGETHER - 1)
    outcome = proof_numbered(number).outcome
    assert len(owners()) == (1 if outcome == "proved" else 0) and outcome in ("proved", "refused")


def test_a_report_accepted_by_many_at_once_has_one_value(private_postgres: None) -> None:
    number = report_listing(site_id="s", kind="website", text="", by="visitor", now=NOW)
    seen = report_numbered(number).step
    did = at_once(
        lambda n: accept_report(
            number=number, value=f"https://{n}.example", by=f"person:{n}", now=NOW, seen=seen
        ),
        DecidedMeanwhile,
    )
    assert did == (1, TOGETHER - 1)
    assert len(accepted_claims()["s"]) == 1


def test_administrators_who_end_each_other_at_once_leave_one(private_postgres: None) -> None:
    operator = found_organization(name="Operator", kind="operator", by="test", now=NOW)
    for n in range(TOGETHER):
        token = invite(email=f"a{n}@example.org", role="administrator", organization=operator, by="t", now=NOW)  # fmt: skip
        accept_invitation(token=token, name=f"Ana {n}", password=None, now=NOW)
    seats = [seat.number for seat in colleagues()]
    did = at_once(lambda n: end_membership(number=seats[n], by="person:9", now=NOW), CannotEnd)
    assert did == (TOGETHER - 1, 1) and len(colleagues()) == 1


@pytest.mark.django_db
def test_a_module_may_run_on_both(both_databases: str) -> None:
    vendor = {"sqlite": "sqlite", "postgresql": "postgresql"}[both_databases]
    assert connection.vendor == vendor
    record_event(act="made", record="x:1", by="test", now=NOW)
    assert len(list(every_event())) == 1
