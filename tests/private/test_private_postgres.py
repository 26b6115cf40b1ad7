"""The private process's own rules hold on PostgreSQL where several come at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection, connections

from waypost.accounts.actions import (
    accept_invitation,
    confirm_owner,
    found_organization,
    invite,
)
from waypost.accounts.invitations import BadInvitation
from waypost.accounts.listings import CannotOwn, Proof
from waypost.audit.actions import record_event
from waypost.audit.queries import broken_at, every_event

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


@pytest.mark.django_db
def test_a_module_may_run_on_both(both_databases: str) -> None:
    vendor = {"sqlite": "sqlite", "postgresql": "postgresql"}[both_databases]
    assert connection.vendor == vendor
    record_event(act="made", record="x:1", by="test", now=NOW)
    assert len(list(every_event())) == 1
