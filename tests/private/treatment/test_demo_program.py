"""`waypost demo program`: whole or not at all, named as people name things, caught up with."""

from __future__ import annotations

from datetime import timedelta

import pytest
import typer
from django.utils import timezone

from waypost.accounts.models import Invitation
from waypost.accounts.queries import organizations
from waypost.audit.models import Event
from waypost.cli.demo import program, story
from waypost.cli.demo.made_up_setup import made_up_setup
from waypost.treatment.attendance.queries import open_tasks
from waypost.treatment.intake.queries import waits
from waypost.treatment.own_page.queries import check_ins
from waypost.treatment.progress.bam_history import bam_history
from waypost.treatment.records.models import PersonInCare
from waypost.treatment.records.owner import Owner

pytestmark = pytest.mark.django_db
SMALL = {"people": 3, "weeks": 1, "seed": 7}


def test_a_demo_that_fails_leaves_nothing_and_the_next_one_works_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(program, "with_private_database", lambda: None)
    monkeypatch.setattr(story, "made_up_setup", lambda groups=30: made_up_setup(groups=2))
    with monkeypatch.context() as broken:
        broken.setattr(story, "_new_week", lambda *_words: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            program.made_up_program(**SMALL)
    assert organizations() == [] and not Event.objects.exists()
    assert not PersonInCare._base_manager.exists() and not Invitation.objects.exists()
    program.made_up_program(**SMALL)
    assert capsys.readouterr().out.count("/invitation/") == len(program.STAFF)
    with pytest.raises(typer.Exit):
        program.made_up_program(**SMALL)


def test_what_is_long_due_was_done_and_everybody_waited_and_checked_in() -> None:
    today, owner = timezone.now().date(), Owner("org_story")
    played = story.play(owner, people=4, weeks=4, seed=7, today=today, groups=2)
    monday = story.monday_before(today, 0)
    waiting = open_tasks(owner)
    assert all(task.due_on >= monday - timedelta(weeks=1) for task in waiting)
    assert len(waits(owner)) == played.people
    assert all(until and until > since for since, until in waits(owner))
    kept = check_ins(owner)
    assert {c.person for c in kept} == set(played.steady)
    assert len(bam_history((c.person, c.at.date(), c.answers) for c in kept)) == len(kept)


def test_tracks_and_groups_are_named_as_a_person_writes_them() -> None:
    setup = made_up_setup()
    assert {slot.track for slot in setup.slots} == {"Day track", "Evening track"}
    names = [group.id for group in setup.groups]
    assert {"Skills 2", "Relapse prevention 1", "Twelve step 3"} <= set(names)
    assert len(set(names)) == len(names) == 30
    assert {group.track for group in setup.groups} == {slot.track for slot in setup.slots}
