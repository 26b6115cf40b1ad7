"""The report opens the first and the last whole check-in of each person, and says the same."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from waypost.levels_of_care.instruments.bam import the_bam
from waypost.treatment.own_page.actions import check_in
from waypost.treatment.own_page.models import CheckIn
from waypost.treatment.own_page.queries import check_ins, first_and_last_check_ins
from waypost.treatment.progress.bam_history import bam_change, bam_history, is_whole
from waypost.treatment.records.actions import add_person
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.person import PersonWords

pytestmark = pytest.mark.django_db
OWNER = Owner("org_lake")
BEGINS = datetime(2026, 9, 1, 15, tzinfo=UTC)
DAYS = (date(2026, 9, 3), date(2026, 9, 12))


@pytest.fixture
def answered() -> None:
    """Twelve people with none to eight check-ins on twenty days, every other with a gap."""
    chance = random.Random(8)
    for _person in range(12):
        person = add_person(OWNER, words=PersonWords("Pat Doe"), by="test", now=BEGINS)
        for _time in range(chance.choice((0, 1, 2, 3, 8))):
            answers = {i.id: chance.choice(i.choices).code for i in the_bam().items}
            for gap in chance.sample(sorted(answers), chance.choice((0, 1))):
                del answers[gap]
            at = BEGINS + timedelta(hours=chance.randrange(480))
            check_in(OWNER, person=person, answers=answers, now=at)


@pytest.mark.usefixtures("answered")
def test_the_change_from_first_to_last_is_that_of_all_check_ins(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    everything = check_ins(OWNER, days=DAYS)
    opened: list[str] = []
    as_before = CheckIn.opened
    monkeypatch.setattr(CheckIn, "opened", lambda row: opened.append(row.pk) or as_before(row))
    pairs = first_and_last_check_ins(OWNER, DAYS, is_whole)
    changes = [
        bam_change(
            bam_history((c.person, timezone.localdate(c.at), c.answers) for c in kept), *DAYS
        )
        for kept in (everything, pairs)
    ]
    assert changes[0] == changes[1]
    assert changes[0] is not None
    assert changes[0].people == len(pairs) // 2 > 1
    assert len(set(opened)) == len(opened) < len(everything)
