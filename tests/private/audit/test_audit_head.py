"""The head of the audit's chain, kept elsewhere: a chain that was written anew is noticed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.core import mail
from typer.testing import CliRunner, Result

from waypost.audit.actions import record_event
from waypost.audit.models import Event
from waypost.audit.queries import head, holds
from waypost.cli import audit_commands

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _database_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_commands, "with_private_database", lambda: None)


def verify(*words: str) -> Result:
    return CliRunner().invoke(audit_commands.app, ["verify", *words])


def recorded(*acts: str) -> None:
    for act in acts:
        record_event(act=act, record="site:1", by="person:1", now=NOW)


def test_a_digest_that_was_kept_is_still_there_after_more_events() -> None:
    recorded("made")
    kept = head()
    recorded("changed", "ended")
    done = verify("--kept", kept)
    assert done.exit_code == 0 and f"Newest digest: {head()}" in done.stdout
    assert holds(kept) and not holds("0" * 64)


def test_a_chain_that_was_written_anew_holds_in_itself_and_not_against_the_kept_digest() -> None:
    recorded("made", "changed")
    kept = head()
    Event.objects.all().delete()
    recorded("made", "something else")
    assert verify().exit_code == 0
    done = verify("--kept", kept)
    assert done.exit_code != 0 and "written anew" in done.output


def test_the_digest_is_mailed_with_nothing_private() -> None:
    recorded("read what is private")
    done = verify("--mail-to", "audit@example.org")
    assert done.exit_code == 0 and "Sent to audit@example.org." in done.stdout
    (message,) = mail.outbox
    assert head() in message.body and message.to == ["audit@example.org"]
    assert "private" not in message.body and "person" not in message.body


def test_a_broken_chain_is_not_mailed() -> None:
    recorded("made", "changed")
    Event.objects.filter(act="made").update(act="nothing")
    done = verify("--mail-to", "audit@example.org")
    assert done.exit_code != 0 and "it was changed" in done.output and not mail.outbox


@pytest.mark.parametrize(
    ("harm", "alone"),
    [
        (lambda rows: rows.filter(act="three").update(actor="person:2"), False),
        (lambda rows: rows.filter(act="three").update(at="2026-12-02T00:00:00Z"), False),
        (lambda rows: rows.filter(act="two").delete(), False),
        (lambda rows: rows.filter(act="one").delete(), False),
        (lambda rows: rows.filter(act="three").update(id=0), False),
        (lambda rows: rows.filter(act="four").delete(), True),
        (lambda rows: rows.filter(act__in=["three", "four"]).delete(), True),
        (lambda rows: rows.all().delete(), True),
    ],
    ids=["another actor", "another time", "one removed", "the first removed", "another order",
         "the last cut off", "the tail cut off", "nothing left"],
)  # fmt: skip
def test_what_was_done_to_the_events_is_noticed(harm: Callable, alone: bool) -> None:
    """A tail that was cut off leaves a chain that holds: the digest that was kept shows it."""
    recorded("one", "two", "three", "four")
    kept = head()
    harm(Event.objects)
    assert (verify().exit_code == 0) is alone
    assert verify("--kept", kept).exit_code != 0
