"""Each kind of thing that is kept of a person stands in their whole record, in each of its forms.

A table that is new fails here until somebody says where its words stand, or why they stay out.
"""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from fhir.resources.R4B.bundle import Bundle
from pypdf import PdfReader

from waypost.accounts.roles import Role
from waypost.levels_of_care.instruments.bam import the_bam
from waypost.levels_of_care.instruments.load import load_instruments
from waypost.treatment.attendance.actions import add_task, finish_task, keep_note
from waypost.treatment.attendance.models import GroupSession, RosterLine
from waypost.treatment.attendance.note import GroupNoteWords
from waypost.treatment.attendance.queries import open_tasks
from waypost.treatment.attendance.task_kinds import TaskKind
from waypost.treatment.consents.actions import (
    break_glass,
    log_disclosure,
    log_read,
    sign_consent,
    write_counseling_note,
)
from waypost.treatment.consents.consent import ConsentKind, ConsentTerms, ConsentWords, Expiry
from waypost.treatment.drug_tests.models import DrugTest
from waypost.treatment.export.fhir import as_fhir
from waypost.treatment.export.pdf import as_pdf
from waypost.treatment.export.queries import whole_record
from waypost.treatment.export.whole_record import WholeRecord, as_json
from waypost.treatment.intake.actions import (
    begin_assessment,
    join_waiting_list,
    save_part,
    save_screening,
    sign_level,
    take_referral,
)
from waypost.treatment.intake.dimensions import Decision, Dimension
from waypost.treatment.intake.referral import ReferralWords
from waypost.treatment.intake.waiting import Priority
from waypost.treatment.minors.actions import keep_guardian
from waypost.treatment.minors.minor import GuardianWords
from waypost.treatment.own_page.actions import cannot_come, check_in, make_link
from waypost.treatment.plans.actions import note_milestone, save_plan, set_review, sign_by_person
from waypost.treatment.plans.clocks import ClockOf
from waypost.treatment.plans.plan import AskedWeek, PlanLine, PlanWords
from waypost.treatment.plans.queries import newest_plan
from waypost.treatment.progress.actions import decide, keep_transition
from waypost.treatment.progress.transition import TransitionWords
from waypost.treatment.records.actions import change_level, join_team, move_episode
from waypost.treatment.records.episode import EpisodeState
from waypost.treatment.records.models import OwnedRow
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.person import PersonWords
from waypost.treatment.records.queries import episodes
from waypost.treatment.timetable.actions import keep_wishes, make_feed
from waypost.treatment.timetable.attendees import AttendeeWishes
from waypost.treatment.timetable.models import TimetableVersion
from waypost.treatment.who_may import RecordStanding

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
TODAY = date(2026, 12, 1)
RIVER = Owner("org_river")
BY = {"by": "person:7", "now": NOW}
NURSE = RecordStanding({Role.COUNSELOR}, on_team=True)
HEALTH = next(item for item in the_bam().items if item.id == "1").choices[-1].code

WORDS_OF: dict[str, tuple[str, ...]] = {
    "PersonInCare": ("w-called", "w-pronoun", "w-street", "w-ana", "w-mine"),
    "EpisodeOfCare": ("2026-10-05",),
    "EpisodeStatus": ("w-steady",),
    "CareTeamSeat": ("w-nurse",),
    "ReferralTaken": ("w-sister",),
    "Screening": ("w-screened-first", "w-screened-last"),
    "Waiting": ("w-waits",),
    "Assessment": ("w-decided",),
    "AssessmentPart": ("w-body-first", "w-body-last", "serious", "w-wishes"),
    "SignedConsent": ("w-dates",),
    "PlanVersion": ("w-plan-first", "w-plan-last", "w-goal", "w-sitter"),
    "PlanSignature": ("w-signature",),
    "CareMilestone": ("2026-11-30",),
    "ReviewSetting": ("w-payer",),
    "CheckIn": (HEALTH,),
    "CannotCome": ("w-flu", "w-session"),
    "ProgressDecision": ("w-fewer",),
    "TransitionPlan": ("w-after",),
    "GroupSession": ("w-group",),
    "RosterLine": ("w-group-to-come",),
    "GroupNoteVersion": ("w-note-first", "w-note-last", "w-line"),
    "StaffTask": ("follow-up 90", "collect again"),
    "DrugTest": ("buprenorphine", "not collected"),
    "AttendeeRow": ("w-wish",),
    "TimetableVersion": ("w-place",),
    "GuardianVersion": ("w-aunt", "w-uncle"),
}
"""Words of each table's rows that stand in the record's files."""

APART = {
    "CounselingNote": "a counselor's own notes go out by themselves, on a consent (42 CFR 2.11)",
    "Disclosure": "to whom it went is the accounting, a page of its own (42 CFR 2.25)",
    "RecordRead": "who read what is said of staff",
    "EmergencyAccess": "who opened it in an emergency is said of staff",
    "PersonLink": "digests of secrets, and no word",
    "CalendarFeed": "digests of secrets, and no word",
}
"""Of a person, and not in the record's files; each with its reason."""

OF_NOBODY = {"MinorRuleRow", "DrawSeed", "SetupVersion"}
"""What a program keeps for all: of no person."""

STAYS_OUT = ("w-apart", "w-recipient", "w-emergency", "w-of-another")


def put_in(person: str) -> None:
    """One row at least of each table, each with words of its own; two where versions are kept."""
    of = {"person": person, **BY}
    join_team(RIVER, staff="person:7", role="w-nurse", **of)
    for number, answer in enumerate(("w-screened-first", "w-screened-last")):
        save_screening(RIVER, answers={"who": [answer]}, read_version=number, **of)
    join_waiting_list(RIVER, priority=Priority.NONE, reason="w-waits", **of)
    assess(person)
    episode = episodes(RIVER, person=person)[0].id
    move_episode(RIVER, episode=episode, to=EpisodeState.ACTIVE, on=date(2026, 10, 5), **BY)
    change_level(RIVER, episode=episode, level="iop", phase=2, reason="w-steady", **BY)
    plan(person)
    guardians = (GuardianWords("w-aunt"), GuardianWords("w-uncle"))
    for number, words in enumerate(guardians):
        keep_guardian(RIVER, words=words, read_version=number, roles=set(), **of)
    consent = ConsentWords("J", "River House", "w-dates", "Ada", "care", "by word", "J")
    terms = ConsentTerms(ConsentKind.SPECIFIC, TODAY, Expiry.DATE, TODAY + timedelta(days=9))
    sign_consent(RIVER, terms=terms, words=consent, today=TODAY, **of)
    check_in(RIVER, person=person, answers={"1": HEALTH}, now=NOW)
    cannot_come(RIVER, person=person, on=TODAY, session="w-session", reason="w-flu", now=NOW)
    decide(RIVER, decision="stay", reason="w-fewer", rules=(), standing=NURSE, **of)
    stay = episodes(RIVER, person=person)[0]
    keep_transition(RIVER, episode=stay, words=TransitionWords("w-after"), read_version="", **BY)
    days(person)
    keep_wishes(RIVER, wishes=AttendeeWishes(wishes=("w-wish",)), **of)
    week = {"from_monday": date(2026, 11, 30), "placings": [], "version": 1, "at": NOW, "by": "p"}
    places = {"places": [[person, "w-place"], ["pic_other", "w-of-another"]]}
    weeks = TimetableVersion.objects.owned_by(RIVER)
    weeks.create(id="week_1", words=TimetableVersion.sealed("week_1", places), **week)


def assess(person: str) -> None:
    number = begin_assessment(RIVER, person=person, **BY)
    of = {"assessment": number, **BY}
    for dimension in Dimension:
        first = {"text": f"w-{dimension}", "concern": "none"}
        if dimension is Dimension.BODY:
            first = {"text": "w-body-first", "concern": "serious"}
        save_part(RIVER, part=dimension, words=first, read_version=0, **of)
    last = {"text": "w-body-last", "concern": "none"}
    save_part(RIVER, part=Dimension.BODY, words=last, read_version=1, **of)
    decision = Decision("iop", "w-decided from what they said")
    sign_level(RIVER, decision=decision, standing=NURSE, screened_withdrawal=False, **of)


def plan(person: str) -> None:
    of = {"person": person, **BY}
    line = PlanLine("w-problem", "w-goal", "w-objective", "w-intervention", "Jo", "2027-01-15")
    save_plan(RIVER, words=PlanWords("w-plan-first"), read_version=0, **of)
    words = PlanWords("w-plan-last", (line,), AskedWeek(child_care="w-sitter"))
    save_plan(RIVER, words=words, read_version=1, **of)
    newest = newest_plan(RIVER, person)
    assert newest is not None
    sign_by_person(RIVER, plan=newest.id, name="w-signature", **BY)
    note_milestone(RIVER, kind=ClockOf.REVIEW, on=TODAY - timedelta(days=1), **of)
    set_review(RIVER, state="TX", payer="w-payer", **of)


def days(person: str) -> None:
    for number, (group, presence) in enumerate((("w-group", "present"), ("w-group-to-come", ""))):
        at = NOW + timedelta(days=number)
        session = GroupSession.objects.owned_by(RIVER).create(
            id=f"ses_{number}", day=at.date(), group=group, kind="skills", starts_at=at,
            ends_at=at + timedelta(hours=1), room="1", facilitator="Lee", most=9,
        )  # fmt: skip
        RosterLine.objects.owned_by(RIVER).create(
            id=f"ros_{number}", session=session, person=person, presence=presence, at=NOW, by="p"
        )
    lines = {person: "w-line", "pic_other": "w-of-another"}
    for number, text in enumerate(("w-note-first", "w-note-last")):
        note = GroupNoteWords("topic", text, lines)
        keep_note(RIVER, session="ses_0", words=note, after=number, **BY)
    for kind in (TaskKind.FOLLOW_UP_90, TaskKind.COLLECT_AGAIN):
        add_task(RIVER, person=person, kind=kind, source="x", due=TODAY, now=NOW)
    task = next(t for t in open_tasks(RIVER, [TaskKind.FOLLOW_UP_90]))
    finish_task(RIVER, task=task.id, **BY)
    tests = {
        "tst_1": ("result", [["buprenorphine", "positive", True]]),
        "tst_2": ("not collected", []),
    }
    for number, (test, (step, readings)) in enumerate(tests.items()):
        words = DrugTest.sealed(test, {"readings": readings})
        DrugTest.objects.owned_by(RIVER).create(
            id=test, person=person, day=TODAY - timedelta(days=number), step=step, words=words,
            at=NOW, by="p",
        )  # fmt: skip


def keep_apart(person: str) -> None:
    """What is kept of a person and is not of their record."""
    of = {"person": person, **BY}
    write_counseling_note(RIVER, text="w-apart", **of)
    log_disclosure(RIVER, form="pdf", digest="0", recipient="w-recipient", what="all", purpose="care",
                   today=TODAY, exception="2.23 to the person", **of)  # fmt: skip
    log_read(RIVER, part="record", emergency=False, **of)
    outside = RecordStanding({Role.COUNSELOR})
    break_glass(RIVER, standing=outside, reason="w-emergency at night", **of)
    make_link(RIVER, **of)
    make_feed(RIVER, kind="person", subject=person, **BY)


@pytest.fixture
def record() -> WholeRecord:
    words = PersonWords("Jordan", "w-called", "w-pronoun", "1990-04-02", address="w-street",
                        emergency_contact="w-ana", own_words="w-mine")  # fmt: skip
    person = take_referral(RIVER, words=words, referral=ReferralWords("w-sister"), **BY)
    put_in(person)
    keep_apart(person)
    seen = whole_record(RIVER, person, NOW)
    assert seen is not None
    return seen


def of_json(record: WholeRecord) -> str:
    return as_json(record).decode()


def of_pdf(record: WholeRecord) -> str:
    pages = PdfReader(io.BytesIO(as_pdf(record))).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    return text.replace("- ", "-")  # a word that is broken at its hyphen


def of_fhir(record: WholeRecord) -> str:
    """The bundle as its standard's own models read it, with its documents opened."""
    bundle = as_fhir(record, load_instruments())
    Bundle.model_validate_json(bundle)
    resources = [entry["resource"] for entry in json.loads(bundle)["entry"]]
    papers = [r for r in resources if r["resourceType"] == "DocumentReference"]
    data = [base64.b64decode(r["content"][0]["attachment"]["data"]).decode() for r in papers]
    return "\n".join([bundle.decode(), *data])


@pytest.mark.parametrize("written", [of_json, of_pdf, of_fhir])
def test_the_words_of_every_table_stand_in_the_file(
    record: WholeRecord, written: Callable[[WholeRecord], str]
) -> None:
    text = written(record)
    missing = {
        table: [word for word in words if word not in text] for table, words in WORDS_OF.items()
    }
    assert {table: words for table, words in missing.items() if words} == {}
    assert [word for word in STAYS_OUT if word in text] == []


def test_every_table_is_named_here_and_has_a_row_in_the_record(record: WholeRecord) -> None:
    tables = {t.__name__: t for t in apps.get_models() if issubclass(t, OwnedRow)}
    assert set(tables) == set(WORDS_OF) | set(APART) | OF_NOBODY
    assert all(tables[name].objects.owned_by(RIVER).exists() for name in {*WORDS_OF, *APART})


def test_an_earlier_version_says_that_it_is_one(record: WholeRecord) -> None:
    earlier = {entry.what: entry for entry in record.entries if entry.replaced}
    assert set(earlier) == {"assessment, body", "guardian", "group note", "pre-screen"}
    assert earlier["assessment, body"].words == {"text": "w-body-first", "concern": "serious"}
    assert "group note, earlier version: group: w-group" in of_pdf(record)
    found = [e["resource"] for e in json.loads(as_fhir(record, {}))["entry"]]
    papers = [r for r in found if r["resourceType"] == "DocumentReference"]
    assert {r["type"]["text"] for r in papers if r["status"] == "superseded"} == {
        entry.title for entry in earlier.values()
    }


def test_a_task_says_when_it_was_due_and_who_did_it(record: WholeRecord) -> None:
    found = [e["resource"] for e in json.loads(as_fhir(record, {}))["entry"]]
    tasks = {r["code"]["text"]: r for r in found if r["resourceType"] == "Task"}
    done, waits = tasks["follow-up 90"], tasks["collect again"]
    assert (done["status"], done["owner"]["display"]) == ("completed", "person:7")
    assert waits["status"] == "requested" and "owner" not in waits
    assert waits["restriction"]["period"]["end"] == "2026-12-01"
    assert "follow-up 90 due 2026-12-01 done 2026-12-01 person:7" in of_pdf(record)
