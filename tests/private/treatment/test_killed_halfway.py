"""An action that dies at any of its statements leaves nothing half done; a second try does it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import OperationalError, connection

from waypost.accounts.roles import Role
from waypost.audit.models import Event
from waypost.treatment.consents import actions as consents
from waypost.treatment.consents.consent import ConsentKind, ConsentTerms, ConsentWords, Expiry
from waypost.treatment.intake import actions as intake
from waypost.treatment.intake.dimensions import Decision, Dimension
from waypost.treatment.intake.referral import ReferralWords
from waypost.treatment.intake.waiting import Priority
from waypost.treatment.keeping.actions import erase_person
from waypost.treatment.own_page import actions as own_page
from waypost.treatment.plans import actions as plans
from waypost.treatment.plans.plan import PlanLine, PlanWords
from waypost.treatment.plans.queries import newest_plan
from waypost.treatment.records import actions as records
from waypost.treatment.records.episode import EndReason, EpisodeState
from waypost.treatment.records.models import OwnedRow
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.person import PersonWords
from waypost.treatment.who_may import RecordStanding

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
TODAY = date(2026, 12, 1)
RIVER = Owner("org_river")
WORDS = PersonWords("Jordan Canary")
BY: dict[str, Any] = {"by": "person:7", "now": NOW}
SUPERVISOR = RecordStanding({Role.CLINICAL_SUPERVISOR})
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

    def erasing() -> Act:
        of = person(NOW - timedelta(days=9_000))
        return lambda: erase_person(RIVER, person=of, today=TODAY, **BY)

    return {
        "refer": lambda: lambda: intake.take_referral(RIVER, words=WORDS, referral=ReferralWords("x"), **BY),
        "change": of_person(records.change_person, words=PersonWords("Else")),
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
    }  # fmt: skip


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
