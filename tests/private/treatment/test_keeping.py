"""Keys turned over, records erased when they may be, and a backup that is restored."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps

from waypost.audit.models import Event
from waypost.files.keyring import Keyring, new_keyring, with_new_seal
from waypost.treatment.attendance.actions import keep_note
from waypost.treatment.attendance.models import GroupSession, RosterLine
from waypost.treatment.attendance.note import GroupNoteWords
from waypost.treatment.attendance.queries import note_of
from waypost.treatment.consents.actions import log_disclosure
from waypost.treatment.intake.actions import begin_assessment, save_part
from waypost.treatment.keeping import actions, queries
from waypost.treatment.keeping.retention import Retention, kept_until
from waypost.treatment.own_page.actions import make_link
from waypost.treatment.plans.actions import save_plan
from waypost.treatment.plans.plan import PlanWords
from waypost.treatment.records import actions as records
from waypost.treatment.records.episode import EndReason, EpisodeState
from waypost.treatment.records.models import OwnedRow
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.person import PersonWords
from waypost.treatment.records.queries import person_in_care
from waypost.treatment.timetable.actions import make_feed
from waypost.treatment.timetable.queries import feeds

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
TODAY = date(2026, 12, 1)
RIVER, HILL = Owner("org_river"), Owner("org_hill")


def jordan(owner: Owner = RIVER, now: datetime = NOW) -> str:
    person = records.add_person(owner, words=PersonWords("Jordan Canary"), by="person:1", now=now)
    assessment = begin_assessment(owner, person=person, by="person:1", now=now)
    save_part(
        owner,
        assessment=assessment,
        part="body",
        words={"text": "well"},
        read_version=0,
        by="person:1",
        now=now,
    )
    save_plan(
        owner, person=person, words=PlanWords("Canary"), read_version=0, by="person:1", now=now
    )
    log_disclosure(owner, person=person, form="pdf", digest="0", recipient="Canary", what="all", purpose="care",
                   exception="2.23 to the person", today=now.date(), by="person:1", now=now)  # fmt: skip
    make_link(owner, person=person, by="person:1", now=now)
    return person


def rows() -> int:
    return sum(table.objects.count() for table in apps.get_models() if issubclass(table, OwnedRow))


@pytest.mark.django_db
def test_every_sealed_text_is_sealed_again_and_the_old_key_may_go(settings) -> None:
    before = settings.WAYPOST_KEYRING
    mine, theirs = jordan(), jordan(HILL)
    settings.WAYPOST_KEYRING = turned = with_new_seal(before)
    assert actions.seal_again(RIVER, most=2) == 2  # in steps, and again until it is none
    assert actions.seal_again(RIVER) == 2 and actions.seal_again(RIVER) == 0
    settings.WAYPOST_KEYRING = Keyring(turned.mark, turned.seals[:1])
    assert person_in_care(RIVER, mine).words.name == "Jordan Canary"
    settings.WAYPOST_KEYRING = turned
    assert person_in_care(HILL, theirs).words.name == "Jordan Canary"
    assert actions.seal_again(HILL) == 4


@pytest.mark.django_db
def test_a_key_that_is_not_ours_opens_nothing(settings) -> None:
    person = jordan()
    settings.WAYPOST_KEYRING = new_keyring()
    with pytest.raises(ValueError, match="None of the keys"):
        person_in_care(RIVER, person)


def test_every_persons_column_of_a_record_is_named_as_sealed() -> None:
    for table in apps.get_models():
        if issubclass(table, OwnedRow):
            persons = {name for name, whose in table.whose.items() if whose.value == "person"}
            assert persons == set(table.sealed_columns), table


@pytest.mark.parametrize(
    ("last", "had_care", "until"),
    [
        (date(2020, 3, 1), True, date(2030, 3, 1)),
        (date(2020, 3, 1), False, date(2026, 3, 1)),
        (date(2020, 2, 29), True, date(2030, 3, 1)),
        (date(2020, 2, 29), False, date(2026, 3, 1)),
    ],
)
def test_how_long_a_record_is_kept(last: date, had_care: bool, until: date) -> None:
    assert kept_until(last, had_care=had_care, rule=Retention(10, 6)) == until


@pytest.mark.django_db
def test_a_record_in_care_or_too_young_is_kept_and_an_old_one_leaves_nothing_behind() -> None:
    young = jordan()
    old = jordan(now=NOW - timedelta(days=3_700))
    there = rows()
    assert there > 10
    with pytest.raises(actions.MustBeKept) as refused:
        actions.erase_person(RIVER, person=young, today=TODAY, by="person:1", now=NOW)
    assert refused.value.until == date(2032, 12, 1)
    report = actions.erase_due(RIVER, today=TODAY, by="job:retention", now=NOW)
    assert (report.erased, report.kept, report.next_on) == ((old,), 1, date(2032, 12, 1))
    assert rows() == there / 2 and person_in_care(RIVER, old) is None
    assert Event.objects.filter(record=old, act="record erased").count() == 1
    assert "Canary" not in repr(list(Event.objects.values()))
    assert actions.erase_due(HILL, today=TODAY, by="job", now=NOW).erased == ()


@pytest.mark.django_db
def test_care_counts_from_its_last_day_and_open_care_is_never_erased() -> None:
    person = jordan(now=NOW - timedelta(days=9_000))
    episode = records.open_new_episode(
        RIVER, person=person, level="iop", by="p", now=NOW, starts_on=TODAY
    )
    assert queries.erasable_from(RIVER) == {person: None}
    with pytest.raises(actions.MustBeKept):
        actions.erase_person(RIVER, person=person, today=TODAY, by="p", now=NOW)
    records.move_episode(
        RIVER,
        episode=episode,
        to=EpisodeState.ENDED,
        on=TODAY,
        reason=EndReason.MOVED,
        by="p",
        now=NOW,
    )
    assert queries.erasable_from(RIVER) == {person: date(2036, 12, 1)}


@pytest.mark.django_db
def test_an_erased_person_leaves_the_notes_of_groups_and_others_lines_stay() -> None:
    old, other = (jordan(now=NOW - timedelta(days=9_000)) for _ in range(2))
    session = GroupSession.objects.owned_by(RIVER).create(
        id="ses_1", day=TODAY, group="g", kind="process", track="t", starts_at=NOW,
        ends_at=NOW + timedelta(hours=1), room="1", facilitator="f", most=12,
    )  # fmt: skip
    for number, person in enumerate((old, other)):
        RosterLine.objects.owned_by(RIVER).create(
            id=f"line_{number}", session=session, person=person, at=NOW, by="p"
        )
    words = GroupNoteWords("skills", "all spoke", {old: "Canary wept", other: "Canary smiled"})
    keep_note(RIVER, session="ses_1", words=words, after=0, by="p", now=NOW)
    make_feed(RIVER, kind="person", subject=old, by="p", now=NOW)
    actions.erase_person(RIVER, person=old, today=TODAY, by="p", now=NOW)
    assert note_of(RIVER, "ses_1").words.lines == {other: "Canary smiled"}
    assert RosterLine.objects.count() == 1 and feeds(RIVER) == []
