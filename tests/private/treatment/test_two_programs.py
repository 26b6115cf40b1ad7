"""No organization sees or changes another's row: every address, every role, ids in path and body."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from waypost.accounts.models import Membership, Organization
from waypost.accounts.roles import PERMISSIONS, OrganizationKind, Role
from waypost.cli.demo.made_up_setup import made_up_setup
from waypost.desk.program.timetable.page import CHANGES, FIELDS
from waypost.desk.program.urls import urlpatterns
from waypost.personal.my_week.urls import urlpatterns as own_patterns
from waypost.treatment.consents.actions import sign_consent
from waypost.treatment.consents.consent import ConsentKind, ConsentTerms, ConsentWords, Expiry
from waypost.treatment.intake.actions import begin_assessment, join_waiting_list
from waypost.treatment.intake.waiting import Priority
from waypost.treatment.own_page.actions import make_link
from waypost.treatment.plans.actions import save_plan
from waypost.treatment.plans.plan import PlanLine, PlanWords
from waypost.treatment.plans.queries import newest_plan
from waypost.treatment.records.actions import add_person, join_team, open_new_episode
from waypost.treatment.records.models import OwnedRow
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.person import PersonWords
from waypost.treatment.records.queries import people_in_care
from waypost.treatment.timetable.actions import keep_setup, make_feed

from .conftest import GROUPS, TODAY, MadeUpWeek

pytestmark = pytest.mark.django_db
ROLES = sorted(role for kind, role in PERMISSIONS if kind is OrganizationKind.PROGRAM)
PART = re.compile(r"<str:(\w+)>")
NAMES = ("read", "reason", "act", "day", "number", "text", "plan", "part", "name", "level", "revoke",
         "to", "subject", "staff", "site", "priority", "person", "page", "monday", "makes_up", "left",
         "kind", "decision", "code", "leave", "end", "care", "group", "other", "slot", "room", "basis",
         "facilitator", "recipient", "what", "purpose", "form", "on", "session", "number", "state")  # fmt: skip
OF_ROWS = frozenset({"number", "plan", "revoke", "subject", "staff", "person", "basis", "session", "site", "other",
                     "leave", "same", "another"})  # fmt: skip
"""Fields that name a row; the others get words that the pages know."""
WORDS = ("1", "0", "yes", "add", "note", "swap", "leave", "revoke", "body", "iop", "review", "not collected",
         "2026-12-02", "pdf", "json", "fewer", "mapped", "admitted", "MD", "dates and hours of care")  # fmt: skip
BY: dict[str, Any] = {"by": "story", "now": datetime(2026, 12, 4, 12, tzinfo=UTC)}
LINE = PlanLine("Drinking", "Days without", "Name three", "Group", "Ann", "2027-01-15")


@cache
def fields_of_forms() -> tuple[str, ...]:
    """Every name that a view of a program or of a person's own page reads of a form."""
    import waypost.desk.program
    import waypost.personal.my_week

    named = re.compile(r"""POST(?:\.get|\.getlist)?[(\[]\s*"([\w-]+)"|"(\w+)" in request\.POST""")
    folders = [Path(room.__path__[0]) for room in (waypost.desk.program, waypost.personal.my_week)]
    texts = [file.read_text() for folder in folders for file in sorted(folder.rglob("*.py"))]
    read = {name for text in texts for pair in named.findall(text) for name in pair if name}
    of_week = {f"{act}-{name}" for act in CHANGES for name in FIELDS}
    return tuple(sorted({*NAMES, *read, *of_week}))


def kept_of(owner: Owner) -> dict[str, list[Any]]:
    """Every row of an organization, by table."""
    tables = [table for table in apps.get_models() if issubclass(table, OwnedRow)]
    return {
        table._meta.label: list(table.objects.owned_by(owner).order_by("pk").values())
        for table in tables
    }


def completed(owner: Owner) -> str:
    """What River's week lacks for every kind of id to be there; the person it is of."""
    person = sorted(people_in_care(owner))[0]
    words = ConsentWords("A", "River", "dates", "Ada", "care", "by word", "A")
    terms = ConsentTerms(ConsentKind.SPECIFIC, TODAY, Expiry.DATE, TODAY.replace(year=2027))
    sign_consent(owner, person=person, terms=terms, words=words, today=TODAY, **BY)
    begin_assessment(owner, person=person, **BY)
    join_waiting_list(owner, person=person, priority=Priority.NONE, reason="evening", **BY)
    make_feed(owner, kind="person", subject=person, **BY)
    return person


def neighbor(name: str, staff: str) -> tuple[Owner, str]:
    """Another program with somebody in care and a week of its own, and that person."""
    owner = Owner(Organization.objects.get(name=name).pk)
    person = add_person(owner, words=PersonWords("Ann Neighbor"), **BY)
    open_new_episode(owner, person=person, level="iop", starts_on=TODAY, **BY)
    join_team(owner, person=person, staff=staff, role="counselor", **BY)
    keep_setup(owner, setup=made_up_setup(GROUPS), after=0, **BY)
    return owner, person


def ids_of(rows: dict[str, list[Any]]) -> dict[str, list[str]]:
    """Some ids of each table."""
    return {label: [row["id"] for row in kept[:2]] for label, kept in rows.items() if kept}


def addresses(patterns: list[Any], prefix: str, ids: list[str]) -> Iterator[tuple[Any, str]]:
    """Each address with each of the ids in its place, with its view."""
    for pattern in patterns:
        route = f"{prefix}{pattern.pattern}"
        for number in ids if PART.search(route) else ids[:1]:
            yield pattern.callback, PART.sub(number, route)


def typed(chance: random.Random, theirs: list[str]) -> dict[str, str]:
    """A form with every field there is: a row of theirs, or a word that some page knows."""
    form = {
        n: chance.choice(theirs if n.split("-")[-1] in OF_ROWS else WORDS)
        for n in fields_of_forms()
    }
    for flag in ("leave", "end", "dimensions", "care"):  # each leads to another branch
        if chance.random() < 0.5:
            form.pop(flag, None)
    return form | {f"was-{theirs[0]}": "", f"presence-{theirs[0]}": "absent"}


def shows(answer: Any, secrets: set[str]) -> set[str]:
    """What of theirs an answer says, headers included."""
    text = b"".join(answer).decode("utf-8", "replace") if answer.streaming else ""
    text = text or answer.content.decode("utf-8", "replace")
    return {secret for secret in secrets if secret in text + str(answer.headers)}


@pytest.mark.parametrize("role", ROLES)
def test_no_address_shows_or_changes_what_is_another_programs(
    role: Role, made_up_week: MadeUpWeek, signed_in: Callable[..., Client]
) -> None:
    river, chance = made_up_week.owner, random.Random(str(role))
    completed(river)
    client = signed_in(role.value, organization="Hill", kind="program")
    staff = f"person:{Membership.objects.latest('pk').person_id}"
    hill, ann = neighbor("Hill", staff)
    before = kept_of(river)
    ids = [number for some in ids_of(before).values() for number in some]
    secrets = {seen.words.name for seen in people_in_care(river).values()} | {river.organization}
    secrets |= {s.replace("_", "-") for s in secrets}
    staff_of_river = [f"person:{m.person_id}" for m in Membership.objects.filter(organization=river.organization)]  # fmt: skip
    may = PERMISSIONS[OrganizationKind.PROGRAM, role]
    asked = 0
    for view, address in addresses(urlpatterns, "/program/", [ann, *chance.sample(ids, 2)]):
        answers = [client.get(address)]
        if view.permission in may and "erase" not in address:
            theirs = [*ids, *staff_of_river, *(f"person:{n}" for n in ids if n.startswith("pic_"))]
            answers += [
                client.post(address, typed(chance, theirs)) for _ in range(1 + (ann in address))
            ]
        for answer in answers:
            assert answer.status_code < 500 and not shows(answer, secrets), (address, answer)
        asked += len(answers)
    assert asked >= len(urlpatterns)
    assert kept_of(river) == before, "a row of another program was changed"
    plain = str([[v for k, v in row.items() if k != "words"] for rows in kept_of(hill).values() for row in rows])  # fmt: skip
    assert not [number for number in (*ids, *staff_of_river) if f"'{number}'" in plain]


def test_no_page_asks_a_table_again_for_each_row(
    made_up_week: MadeUpWeek, staff: Callable[[str], Client]
) -> None:
    person = completed(made_up_week.owner)
    session = kept_of(made_up_week.owner)["treatment_attendance.GroupSession"][0]["id"]
    of_person = (
        "",
        "/plan",
        "/plan/versions",
        "/progress",
        "/consents",
        "/assessment",
        "/week",
        "/guardian",
    )
    pages = [f"/program/people/{person}{part}" for part in of_person]
    pages += [
        f"/program/{page}"
        for page in ("people", "today", "hours", "tests", "due", "intake", "week", "reports", "log")
    ]
    pages.append(f"/program/sessions/{session}")
    client = staff("clinical supervisor")
    for page in pages:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page).status_code == 200, page
        read = [
            m[1] for q in asked if (m := re.match(r'SELECT.*? FROM "(treatment_\w+)"', q["sql"]))
        ]
        often = {table: read.count(table) for table in read if read.count(table) > 3}
        assert not often, page  # the door, the log of reads and the page itself may look each once


def test_a_persons_own_page_signs_and_shows_nothing_of_anybody_else(
    made_up_week: MadeUpWeek, signed_in: Callable[..., Client]
) -> None:
    river = made_up_week.owner
    other = completed(river)
    me = add_person(river, words=PersonWords("Mo Own"), **BY)
    for person in (me, other):
        words = PlanWords("mine", (LINE,))
        newest = newest_plan(river, person)
        read = newest.version if newest else 0
        save_plan(river, person=person, words=words, read_version=read, **BY)
    link, client = make_link(river, person=me, **BY), Client()
    assert client.post(f"/my/{link.token}", {"code": link.code}).status_code == 302
    theirs, before = newest_plan(river, other), newest_plan(river, other).signatures
    secrets = {seen.words.name for n, seen in people_in_care(river).items() if n != me}
    form = {
        "plan": theirs.id,
        "name": "Mo Own",
        "on": "2030-01-01",
        "reason": "x",
        "session": other,
    }
    for pattern in own_patterns:
        address = "/" + PART.sub("x", str(pattern.pattern))
        if "leave" not in address:
            for answer in (client.get(address), client.post(address, form)):
                assert answer.status_code < 500 and not shows(answer, secrets), address
    assert newest_plan(river, other).signatures == before
