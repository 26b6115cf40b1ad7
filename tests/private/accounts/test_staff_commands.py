"""`waypost staff`, `texts`, `audit` and `work`, as an operator or their timer runs them."""

from __future__ import annotations

import json

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core import mail
from django.utils import timezone
from typer.testing import CliRunner, Result

from waypost.accounts.models import Person
from waypost.audit.models import Event
from waypost.cli.main import app

pytestmark = pytest.mark.django_db
WITH_DATABASE = ("audit_commands", "staff_commands", "texting_commands", "work_command")


@pytest.fixture(autouse=True)
def _database_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in WITH_DATABASE:
        monkeypatch.setattr(f"waypost.cli.{name}.with_private_database", lambda: None)


def run(*words: str) -> Result:
    """Run `waypost` with these words."""
    return CliRunner().invoke(app, list(words), catch_exceptions=False)


def test_somebody_is_invited_listed_and_helped_when_their_factors_are_lost() -> None:
    invited = run("staff", "invite", "ana@example.org", "--organization", "Austin 211")
    assert invited.exit_code == 0 and "/invitation/" in invited.output
    assert mail.outbox[0].to == ["ana@example.org"]
    listed = run("staff", "list").output
    assert "ana@example.org  administrator  Austin 211  invited" in listed
    refused = run("staff", "invite", "no address")
    assert refused.exit_code == 2 and refused.output.strip()

    person = Person.objects.create(email="ben@example.org", name="Ben", made_at=timezone.now())
    RecoveryCodes.activate(person)
    helped = run("staff", "forget-factors", "ben@example.org", "--reason", "came to the office")
    assert helped.exit_code == 0 and not Authenticator.objects.filter(user=person).exists()
    unknown = run("staff", "forget-factors", "eve@example.org", "--reason", "called")
    assert unknown.exit_code == 2 and unknown.output.strip()


def test_with_nothing_due_nobody_is_reminded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waypost.cli.ready.open_snapshot", lambda: None)
    assert "0 words were asked about; 0 reports are late." in run("staff", "remind").output
    assert not mail.outbox


def test_the_texts_timers_say_what_they_did() -> None:
    assert run("texts", "retention", "--by", "timer").exit_code == 0
    assert "0 values were sealed again" in run("texts", "reseal").output
    assert "0 texts to read at the desk." in run("texts", "sample").output


def test_a_worker_does_what_is_due_and_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waypost.cli.work_command.ensure_snapshot", lambda: None)
    monkeypatch.setattr("waypost.texting.tasks.starting.only_worker", object)
    turns = iter((True, True, False))

    class Due:
        """A worker with two turns of work."""

        def turn(self) -> bool:
            return next(turns)

    monkeypatch.setattr("waypost.texting.tasks.starting.new_worker", lambda _threads: Due())
    assert run("work", "--once").exit_code == 0
    assert next(turns, None) is None
    monkeypatch.setattr("waypost.texting.tasks.starting.only_worker", lambda: None)
    second = run("work", "--once")
    assert second.exit_code == 4 and "Another worker is already running" in second.output
    assert "--threads must be from 1 to 256." in run("work", "--threads", "0").output


def test_the_audit_is_exported_and_a_role_that_cannot_change_it_is_written() -> None:
    run("staff", "invite", "ana@example.org")
    lines = [json.loads(line) for line in run("audit", "export").output.splitlines()]
    assert len(lines) == Event.objects.count() > 0
    assert "invited as administrator" in {line["act"] for line in lines}
    statements = run("audit", "role", "waypost_desk").output.splitlines()
    assert any("INSERT" in statement for statement in statements)
    assert all(statement.endswith(";") for statement in statements)
    assert run("audit", "role", "waypost; DROP TABLE audit_event").exit_code == 2
