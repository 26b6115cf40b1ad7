"""A day that is kept of a moment is the day on the program's wall, below the pages too.

Eight in the evening by Central time is the next day in UTC: here on the last day before each change
of the clocks, and on the last day of a year.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader

from waypost.accounts.roles import Role
from waypost.treatment.attendance.models import StaffTask
from waypost.treatment.consents.actions import revoke_consent, sign_consent
from waypost.treatment.consents.consent import ConsentKind, ConsentTerms, ConsentWords, Expiry
from waypost.treatment.drug_tests.actions import keep_step
from waypost.treatment.drug_tests.models import DrugTest
from waypost.treatment.drug_tests.result import TestStep
from waypost.treatment.export.pdf import as_pdf
from waypost.treatment.export.queries import whole_record
from waypost.treatment.export.whole_record import as_json
from waypost.treatment.intake.actions import join_waiting_list
from waypost.treatment.intake.queries import waits
from waypost.treatment.intake.waiting import Priority
from waypost.treatment.keeping.queries import erasable_from
from waypost.treatment.keeping.retention import kept_until, the_retention
from waypost.treatment.minors.actions import keep_guardian
from waypost.treatment.minors.minor import BadGuardian, GuardianWords
from waypost.treatment.plans.actions import save_plan
from waypost.treatment.plans.models import PlanSignature
from waypost.treatment.plans.plan import PlanWords
from waypost.treatment.plans.queries import TEAM, due_list, newest_plan
from waypost.treatment.progress.actions import choose_care, keep_transition
from waypost.treatment.progress.filling import waiting_time
from waypost.treatment.progress.queries import transition_of
from waypost.treatment.progress.transition import ContinuingCare, TransitionWords
from waypost.treatment.reaching import actions as reaching
from waypost.treatment.records.actions import add_person, open_new_episode
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.person import EpisodeSeen, PersonWords
from waypost.treatment.records.queries import open_episode
from waypost.treatment.wall.models import SetupVersion
from waypost.treatment.wall.queries import wall_day, zone_of

pytestmark = pytest.mark.django_db
CENTRAL = ZoneInfo("America/Chicago")
LAKE = Owner("org_lake")
SOURCE = Path(__file__).parents[3] / "src" / "waypost"


@pytest.fixture(params=["2026-10-31", "2026-03-07", "2026-12-31"])
def today(request: pytest.FixtureRequest) -> date:
    """A day whose evening is kept, of a program on Central time."""
    SetupVersion.objects.owned_by(LAKE).create(
        id="set_lake", version=1, setup={"zone": CENTRAL.key}, at=datetime.now(UTC), by="person:1"
    )
    return date.fromisoformat(request.param)


def evening(day: date) -> datetime:
    """Eight in the evening at the program, as the server has it."""
    return datetime(day.year, day.month, day.day, 20, tzinfo=CENTRAL).astimezone(UTC)


def ann(today: date, *, in_care: bool = True, born_on: str = "1990-01-02") -> str:
    now = evening(today)
    words = PersonWords("Ann Example", phone="(212) 555-0142", may_text=True, born_on=born_on)
    person = add_person(LAKE, words=words, by="person:1", now=now)
    if in_care:
        level = "intensive-outpatient"
        open_new_episode(LAKE, person=person, level=level, by="person:1", now=now, starts_on=today)
    return person


def stay_of(person: str) -> EpisodeSeen:
    stay = open_episode(LAKE, person)
    assert stay is not None
    return stay


def due_days() -> dict[str, date]:
    return dict(StaffTask.objects.owned_by(LAKE).values_list("kind", "due_on"))


def test_the_evening_is_still_the_day_at_the_program(today: date) -> None:
    now = evening(today)
    assert now.date() == today + timedelta(days=1), "or this file tries nothing"
    assert wall_day(LAKE, now) == today
    assert wall_day(Owner("org_new"), now) == today, "nine in New York, where no clock is entered"


def test_tasks_are_due_from_the_programs_day(today: date) -> None:
    person, now = ann(today), evening(today)
    keep_transition(LAKE, episode=stay_of(person), words=TransitionWords(), read_version="",
                    by="person:1", now=now)  # fmt: skip
    assert due_days() == {
        "book visit": today + timedelta(days=2),
        "naloxone": today,
        "continuing care": today + timedelta(days=2),
    }


def test_a_talk_after_a_test_is_due_two_days_from_the_programs_day(today: date) -> None:
    person, now = ann(today), evening(today)
    DrugTest.objects.owned_by(LAKE).create(
        id="tst_1", person=person, day=today, step=TestStep.DRAWN, at=now, by="person:1",
        words=DrugTest.sealed("tst_1", {"readings": []}),
    )  # fmt: skip
    keep_step(LAKE, test="tst_1", to=TestStep.NOT_COLLECTED, by="person:1", now=now)
    assert set(due_days().values()) == {today + timedelta(days=2)}


def test_a_place_is_chosen_and_a_minor_signs_on_the_programs_day(today: date) -> None:
    person, now = ann(today), evening(today)
    stay = stay_of(person)
    choose_care(LAKE, episode=stay, care=ContinuingCare(name="Hill"), by="person:1", now=now)
    assert transition_of(LAKE, stay.id).words.care.chosen_on == today.isoformat()
    common = {"read_version": 0, "roles": {Role.COUNSELOR}, "by": "person:1", "now": now}
    young = ann(today, in_care=False, born_on="2012-01-02")
    tomorrow = GuardianWords(agreed_by="Ann", agreed_on=(today + timedelta(days=1)).isoformat())
    with pytest.raises(BadGuardian):
        keep_guardian(LAKE, person=young, words=tomorrow, **common)
    signed = GuardianWords(agreed_by="Ann", agreed_on=today.isoformat())
    assert keep_guardian(LAKE, person=young, words=signed, **common) == 1


def test_yesterdays_roster_that_is_kept_tonight_still_texts(
    today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, sent = ann(today), []
    monkeypatch.setattr(reaching, "text_missed", lambda **said: sent.append(said["day"]) or True)
    for ago in (0, 1, 2):
        day = today - timedelta(days=ago)
        reaching.text_no_show(LAKE, person=person, day=day, by="person:1", now=evening(today))
    assert sent == [today, today - timedelta(days=1)]


def test_a_plan_signed_tonight_is_reviewed_thirty_days_from_today(today: date) -> None:
    person, now = ann(today), evening(today)
    save_plan(LAKE, person=person, words=PlanWords("To be well"), read_version=0, by="person:1",
              now=now)  # fmt: skip
    plan = newest_plan(LAKE, person)
    assert plan is not None
    PlanSignature.objects.owned_by(LAKE).create(
        id="sig_1", plan_id=plan.id, signer=TEAM, role="counselor", at=now, by="person:1",
        words=PlanSignature.sealed("sig_1", {"name": "Cam"}),
    )  # fmt: skip
    (review,) = (
        d for d in due_list(LAKE, today, wall=zone_of(LAKE), within=60) if d.what == "review"
    )
    assert review.on == today + timedelta(days=30)


def test_keeping_and_waiting_count_from_the_programs_day(today: date) -> None:
    person, now = ann(today, in_care=False), evening(today)
    until = kept_until(today, had_care=False, rule=the_retention())
    assert erasable_from(LAKE) == {person: until}
    join_waiting_list(LAKE, person=person, priority=Priority.NONE, reason="", by="person:1",
                      now=now)  # fmt: skip
    assert waiting_time(waits(LAKE), today, today).longest_days == 0


def test_what_leaves_shows_the_programs_days(today: date) -> None:
    person, now = ann(today), evening(today)
    consent = sign_consent(
        LAKE, person=person, today=today, by="person:1", now=now,
        terms=ConsentTerms(ConsentKind.CARE, today, Expiry.NONE, None),
        words=ConsentWords("Ann", "Lake", "dates", "Dr. Ada", "care", "by word", "Ann", redisclosure="as HIPAA allows"),
    )  # fmt: skip
    revoke_consent(LAKE, consent=consent, by="person:1", now=now)
    record = whole_record(LAKE, person, now)
    assert record is not None
    paper = "".join(p.extract_text() for p in PdfReader(BytesIO(as_pdf(record))).pages)
    tomorrow = (today + timedelta(days=1)).isoformat()
    assert today.isoformat() in paper and "20:00" in paper
    assert tomorrow not in paper
    said = json.loads(as_json(record))["record"]
    assert said["made_at"].startswith(f"{today.isoformat()}T20:00:00-0")


NAMED = re.compile(r"\.date\(\)|date\.today\(")
KNOWS_ITS_CLOCK = re.compile(r"astimezone\([^)]*\)+\.date\(\)")
ON_THE_WALL = {
    "treatment/progress/filling.py": "stays come on the program's clock",
    "desk/program/days/page.py": "the moment is brought to the wall by the caller",
    "personal/my_week/sessions.py": "sessions of the person's own page are on the wall",
}


def test_no_day_is_taken_of_a_moment_of_utc() -> None:
    """A new `now.date()` on a program's side is tomorrow in the evening: say whose day it is."""
    lines = [
        f"{path.relative_to(SOURCE).as_posix()}: {line.strip()}"
        for room in ("treatment", "desk/program", "personal")
        for path in sorted((SOURCE / room).rglob("*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if NAMED.search(line) and not KNOWS_ITS_CLOCK.search(line)
    ]
    assert [line for line in lines if line.split(":")[0] not in ON_THE_WALL] == []
    assert {line.split(":")[0] for line in lines} == set(ON_THE_WALL), "one has nothing to excuse"
