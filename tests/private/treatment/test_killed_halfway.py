"""An action that dies at any of its statements leaves nothing half done; a second try does it."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import OperationalError, connection

from waypost.accounts.roles import Role
from waypost.audit.models import Event
from waypost.treatment.attendance.actions import add_task, add_to_roster, finish_task
from waypost.treatment.attendance.models import GroupSession
from waypost.treatment.attendance.queries import open_tasks
from waypost.treatment.attendance.task_kinds import TaskKind
from waypost.treatment.consents import actions as consents
from waypost.treatment.consents.consent import ConsentKind, ConsentTerms, ConsentWords, Expiry
from waypost.treatment.consents.log import LoggedTime
from waypost.treatment.consents.queries import program_log
from waypost.treatment.intake import actions as intake
from waypost.treatment.intake.dimensions import Decision, Dimension
from waypost.treatment.intake.referral import ReferralWords
from waypost.treatment.intake.waiting import LeftList, Priority
from waypost.treatment.keeping.actions import erase_person
from waypost.treatment.minors.actions import keep_guardian, set_minor_rule
from waypost.treatment.minors.minor import GuardianWords, MinorRule
from waypost.treatment.own_page import actions as own_page
from waypost.treatment.plans import actions as plans
from waypost.treatment.plans.clocks import ClockOf
from waypost.treatment.plans.plan import PlanLine, PlanWords
from waypost.treatment.plans.queries import newest_plan
from waypost.treatment.progress import actions as progress
from waypost.treatment.progress.transition import ContinuingCare
from waypost.treatment.records import actions as records
from waypost.treatment.records.episode import EndReason, EpisodeState
from waypost.treatment.records.models import OwnedRow
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.person import PersonWords
from waypost.treatment.records.queries import episodes
from waypost.treatment.timetable.actions import keep_setup, make_feed, revoke_feeds
from waypost.treatment.timetable.queries import feeds
from waypost.treatment.timetable.setup import ProgramSetup
from waypost.treatment.who_may import RecordStanding

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
TODAY = date(2026, 12, 1)
RIVER = Owner("org_river")
WORDS = PersonWords("Jordan Canary")
BY: dict[str, Any] = {"by": "person:7", "now": NOW}
SUPERVISOR = RecordStanding({Role.CLINICAL_SUPERVISOR})
PROVIDER = RecordStanding({Role.MEDICAL_PROVIDER}, on_team=True)
LINE = PlanLine("Drinking", "Days without", "Name three", "Group", "Jordan", "2027-01-15")
CONSENT = ConsentWords("Jordan", "River", "dates", "Ada", "care", "by word", "Jordan")
TERMS = ConsentTerms(ConsentKind.SPECIFIC, TODAY, Expiry.DATE, TODAY + timedelta(days=9))
Act = Callable[[], object]


def person(now: datetime = NOW) -> str:
    return records.add_person(RIVER, words=WORDS, by="person:1", now=now)


def episode(of: str) -> str:
    return records.open_new_episode(RIVER, person=of, level="iop", starts_on=TODAY, **BY)


def assessed() -> str:
    number = intake.begin_assessment(RIVER, person=person(), **BY)
    for part in Dimension:
        words = {"text": "talked", "concern": "none"}
        intake.save_part(RIVER, assessment=number, part=part, words=words, read_version=0, **BY)
    return number


def planned() -> str:
    of = person()
    plans.save_plan(RIVER, person=of, words=PlanWords("mine", (LINE,)), read_version=0, **BY)
    return newest_plan(RIVER, of).id


def consented() -> str:
    return consents.sign_consent(
        RIVER, person=person(), terms=TERMS, words=CONSENT, today=TODAY, **BY
    )


def consented_until_an_event() -> str:
    terms = ConsentTerms(ConsentKind.SPECIFIC, TODAY, Expiry.EVENT)
    words = replace(CONSENT, expiry_event="when the trial ends")
    return consents.sign_consent(
        RIVER, person=person(), terms=terms, words=words, today=TODAY, **BY
    )


def opened_in_an_emergency() -> str:
    of = {"person": person(), "standing": SUPERVISOR, "reason": "found unwell", **BY}
    consents.break_glass(RIVER, **of | {"by": "person:8"})
    (emergency,) = program_log(RIVER, LoggedTime()).emergencies
    return emergency.id


def linked() -> str:
    of = person()
    own_page.make_link(RIVER, person=of, **BY)
    return of


def on_a_team() -> str:
    of = person()
    records.join_team(RIVER, person=of, staff="person:8", role="counselor", **BY)
    return of


def opening() -> Act:
    link = own_page.make_link(RIVER, person=person(), **BY)
    return lambda: own_page.open_link(RIVER, token=link.token, code=link.code, now=NOW)


def left_list() -> Act:
    of = person()
    intake.join_waiting_list(RIVER, person=of, priority=Priority.NONE, reason="evening", **BY)
    return lambda: intake.leave_waiting_list(RIVER, person=of, left=LeftList.ADMITTED, **BY)


def closing() -> Act:
    of = person()
    make_feed(RIVER, kind="person", subject=of, **BY)
    (feed,) = feeds(RIVER)
    return lambda: revoke_feeds(RIVER, ids=[feed.id], **BY)


def guest() -> Act:
    at = {"starts_at": NOW, "ends_at": NOW + timedelta(hours=1)}
    row = GroupSession.objects.owned_by(RIVER).create(
        id="ses_1", day=TODAY, group="Skills", kind="skills", room="1", facilitator="Lee", most=9, **at
    )  # fmt: skip
    of = person()
    return lambda: add_to_roster(RIVER, session=row.pk, person=of, makes_up=None, **BY)


def task_done() -> Act:
    add_task(RIVER, person=person(), kind=TaskKind.NO_SHOW, source="ros_1", due=TODAY, now=NOW)
    (task,) = open_tasks(RIVER)
    return lambda: finish_task(RIVER, task=task.id, **BY)


def said_by_person(call: Callable[..., object]) -> Callable[..., object]:
    """What a person does on their own page names nobody else as who did it."""
    return lambda owner, by, **more: call(owner, **more)


def acts() -> dict[str, Callable[[], Act]]:
    """Each action by name: what prepares its rows gives the call."""
    end = {"to": EpisodeState.ENDED, "on": TODAY, "reason": EndReason.MOVED}
    sign = {
        "decision": Decision("iop", "steady home and work"),
        "standing": SUPERVISOR,
        "screened_withdrawal": False,
    }
    out = {
        "form": "pdf",
        "digest": "0",
        "recipient": "Ada",
        "what": "all",
        "purpose": "care",
        "exception": "2.23 to the person",
    }

    def of_person(call: Callable[..., object], **more: Any) -> Callable[[], Act]:
        def prepare() -> Act:
            of = person()
            return lambda: call(RIVER, person=of, **more, **BY)

        return prepare

    def of_row(
        make: Callable[[], str], /, kind: str, call: Callable[..., object], **more: Any
    ) -> Callable[[], Act]:
        def prepare() -> Act:
            row = make()
            return lambda: call(RIVER, **{kind: row}, **more, **BY)

        return prepare

    def of_stay(call: Callable[..., object], **more: Any) -> Callable[[], Act]:
        def prepare() -> Act:
            episode(person())
            (stay,) = episodes(RIVER)
            return lambda: call(RIVER, episode=stay, **more, **BY)

        return prepare

    def erasing() -> Act:
        of = person(NOW - timedelta(days=9_000))
        return lambda: erase_person(RIVER, person=of, today=TODAY, **BY)

    return {
        "refer": lambda: lambda: intake.take_referral(RIVER, words=WORDS, referral=ReferralWords("x"), **BY),
        "refer again": of_person(intake.add_referral, referral=ReferralWords("y")),
        "change": of_person(records.change_person, words=PersonWords("Else"), read_version=WORDS.version),
        "open": of_person(records.open_new_episode, level="iop"),
        "end": of_row(lambda: episode(person()), "episode", records.move_episode, **end),
        "level": of_row(lambda: episode(person()), "episode", records.change_level, level="php", phase=2, reason="more"),
        "team": of_person(records.join_team, staff="person:8", role="counselor"),
        "consent": of_person(consents.sign_consent, terms=TERMS, words=CONSENT, today=TODAY),
        "disclose": of_person(consents.log_disclosure, today=TODAY, **out),
        "read": of_person(consents.log_read, part="record", emergency=False),
        "glass": of_person(consents.break_glass, standing=SUPERVISOR, reason="found unwell"),
        "screen": of_person(intake.save_screening, answers={"who": ["other-adult"]}, read_version=0),
        "wait": of_person(intake.join_waiting_list, priority=Priority.NONE, reason="evening"),
        "assess": of_row(assessed, "assessment", intake.save_part, part="body", words={"text": "x"}, read_version=1),
        "sign": of_row(assessed, "assessment", intake.sign_level, **sign),
        "plan": of_person(plans.save_plan, words=PlanWords("mine", (LINE,)), read_version=0),
        "agree": of_row(planned, "plan", plans.sign_by_person, name="Jordan"),
        "link": of_person(own_page.make_link),
        "erase": erasing,
        "revoke": of_row(consented, "consent", consents.revoke_consent),
        "event": of_row(consented_until_an_event, "consent", consents.end_at_event, today=TODAY),
        "look at": of_row(opened_in_an_emergency, "emergency", consents.review_emergency, finding="asked her, all well"),
        "own note": of_person(consents.write_counseling_note, text="a thought"),
        "unlist": left_list,
        "withdrawal": of_row(assessed, "assessment", intake.check_withdrawal, safe=True, text="x", standing=PROVIDER, read_version=0),
        "close link": of_row(linked, "person", own_page.revoke_links),
        "open link": opening,
        "check in": of_person(said_by_person(own_page.check_in), answers={}),
        "cannot come": of_person(said_by_person(own_page.cannot_come), on=TODAY, session="", reason="sick"),
        "team signs": of_row(planned, "plan", plans.sign_for_team, name="Lee", role="counselor", standing=SUPERVISOR),
        "milestone": of_person(plans.note_milestone, kind=ClockOf.REVIEW, on=TODAY),
        "clocks": of_person(plans.set_review, state="MD", payer="medicare"),
        "decide": of_person(progress.decide, decision="more", reason="misses evenings", rules=[], standing=SUPERVISOR),
        "care": of_stay(progress.choose_care, care=ContinuingCare("Hill", "512-555-0100")),
        "stay ends": of_stay(progress.end_episode, on=TODAY, reason=EndReason.DIED),
        "off team": of_row(on_a_team, "person", records.leave_team, staff="person:8"),
        "setup": lambda: lambda: keep_setup(RIVER, setup=ProgramSetup("UTC"), after=0, **BY),
        "no calendar": closing,
        "guest": guest,
        "guardian": of_person(keep_guardian, words=GuardianWords("Pat", signers="the minor alone", reason="the law says so"), read_version=0, roles={Role.COUNSELOR}),
        "minors": lambda: lambda: set_minor_rule(RIVER, rule=MinorRule(18, 16, "Code § 1"), roles={Role.PROGRAM_DIRECTOR}, **BY),
        "task done": task_done,
    }  # fmt: skip


NOT_ALONE = {
    "locked_person": "a part of the action that calls it", "locked_episode": "a part of the action that calls it",
    "add_task": "a part of the action that calls it", "drop_task": "a part of the action that calls it",
    "drop_tasks": "a part of the action that calls it", "forget_in_notes": "a part of the action that calls it",
    "text_no_show": "one call of an action of texting", "take_back_text": "one call of an action of texting",
    "say_openings": "one call of an action of the directory",
    "openings_follow": "said once what the action keeps is committed",
    "expect_no_more": "a part of the action that calls it",
    "seal_again": "each text by itself: the next run goes on", "erase_due": "erase_person for each",
}  # fmt: skip
"""Functions of actions.py that have nothing halfway of their own, with why."""


def test_every_action_of_a_program_is_killed_here_or_in_the_days() -> None:
    texts = [Path(__file__), Path(__file__).with_name("test_days_killed.py")]
    killed = set().union(*(re.findall(r"\w+", text.read_text()) for text in texts))
    rooms = Path(consents.__file__).parents[1].rglob("actions.py")
    actions = {
        node.name
        for room in rooms
        for node in ast.parse(room.read_text()).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    }
    assert len(actions) > 50 and set(NOT_ALONE) <= actions
    assert not actions - killed, "an action that nothing kills: add it to acts(), or say why not"


@contextmanager
def dies_at(statement: int) -> Iterator[list[int]]:
    """The statement with this number fails, as if the process or the disk had died there."""
    seen = [0]

    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        seen[0] += 1
        if seen[0] == statement:
            raise OperationalError("died")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wrapper):
        yield seen


def all_rows() -> list[Any]:
    tables = [table for table in apps.get_models() if issubclass(table, OwnedRow)]
    return [list(table.objects.order_by("pk").values()) for table in (*tables, Event)]


@pytest.mark.parametrize("name", sorted(acts()))
def test_an_action_is_done_whole_or_not_at_all(name: str) -> None:
    act = acts()[name]()
    before = all_rows()
    for statement in range(1, 200):
        with dies_at(statement) as seen:
            try:
                act()
            except OperationalError:
                assert all_rows() == before, f"{name} died at {statement}"
                continue
        assert seen[0] < statement
        assert all_rows() != before
        return
    pytest.fail(f"{name} never ends")
