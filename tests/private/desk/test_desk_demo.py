"""`waypost demo desk`: every tab of the queue has work, all of it marked, in an empty desk alone."""

from __future__ import annotations

import pytest
import typer
from django.utils import timezone

from waypost.accounts.models import Invitation, Organization
from waypost.accounts.proofs.queries import waiting_proofs
from waypost.accounts.queries import owners
from waypost.cli.demo import desk
from waypost.directory.numbers.queries import doubted_numbers
from waypost.directory.queries import said_claims
from waypost.directory.waiting.queries import late_reports, waiting_reports
from waypost.publishing.reader import Snapshot

pytestmark = pytest.mark.django_db


def test_a_demo_fills_an_empty_desk_once_and_marks_everything(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(desk, "with_private_database", lambda: None)
    monkeypatch.setattr(desk, "open_snapshot", lambda: snapshot)
    desk.fill_desk()
    printed = capsys.readouterr().out
    assert printed.count("/invitation/") == len(desk.PEOPLE) == Invitation.objects.count()
    waiting, today = waiting_reports(), timezone.now().date()
    assert len(waiting) == len(desk.REPORTS) and late_reports(today) > 0
    assert all(report.text.startswith("Made up:") for report in waiting)
    assert all("(made up)" in o.name for o in Organization.objects.all())
    assert len(waiting_proofs()) == 3 and len(owners()) == 1
    assert doubted_numbers(today) and len(said_claims(today)) == 1
    with pytest.raises(typer.Exit):
        desk.fill_desk()
