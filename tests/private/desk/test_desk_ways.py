"""No page of the desk shows a way, or a form, that ends in a refusal for the role that sees it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import resolve

from waypost.accounts.models import Organization
from waypost.accounts.roles import PERMISSIONS, ROLES_OF, OrganizationKind, Permission, Role
from waypost.treatment.records.actions import add_person, open_new_episode
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.person import PersonWords

pytestmark = pytest.mark.django_db
SignedIn = Callable[..., Client]
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
EITHER = {"program_person_week"}  # read by one permission, changed by either of two
SEE_EVERYONE = ("intake coordinator", "clinical supervisor", "program director", "auditor")
TEXTING = ("editor", "responder", "supervisor")


def ways(page: str) -> Iterator[str]:
    """Where the links and the forms of a page lead, inside the desk."""
    for address in re.findall(r'(?:href|action|formaction)="(/[^"]*)"', page):
        if not address.startswith(("/static/", "/account/")):
            yield urlsplit(address).path


def refused_ways(client: Client, start: str, kind: OrganizationKind, role: Role) -> list[str]:
    """The ways from a page, and from the pages they lead to, that this role may not go."""
    may, seen, waiting, wrong = PERMISSIONS[kind, role], {start}, [start], []
    while waiting:
        answer = client.get(waiting.pop())
        if answer.status_code != 200 or "html" not in answer["Content-Type"]:
            continue
        for path in set(ways(answer.content.decode())) - seen:
            seen.add(path)
            view = resolve(path)
            needed = getattr(view.func, "permission", None)
            if needed is not None and needed not in may and view.url_name not in EITHER:
                wrong.append(path)
            elif len(seen) < 60:
                waiting.append(path)
    return wrong


@pytest.mark.parametrize("role", SEE_EVERYONE)
def test_a_record_shows_each_role_only_what_it_may_do(signed_in: SignedIn, role: str) -> None:
    client = signed_in(role, organization="River House", kind="program")
    owner = Owner(Organization.objects.get(name="River House").pk)
    person = add_person(owner, words=PersonWords("Ann Example"), by="person:1", now=NOW)
    open_new_episode(owner, person=person, level="intensive-outpatient", by="person:1", now=NOW)
    record = f"/program/people/{person}"
    assert not refused_ways(client, record, OrganizationKind.PROGRAM, Role(role))


@pytest.mark.parametrize("role", TEXTING)
def test_texts_show_each_role_only_what_it_may_do(signed_in: SignedIn, role: str) -> None:
    client = signed_in(role)
    assert not refused_ways(client, "/", OrganizationKind.OPERATOR, Role(role))


def test_an_editor_reaches_the_words_and_a_responder_reads_them(signed_in: SignedIn) -> None:
    editor, responder = signed_in("editor"), signed_in("responder")
    assert 'href="/texting/words"' in editor.get("/").content.decode()
    assert "/texting/words/approve" in editor.get("/texting/words").content.decode()
    page = responder.get("/texting/words").content.decode()
    assert "/texting/words/approve" not in page and "/texting/words/canned" not in page
    assert 'href="/texting" aria-current="page"' in page


def test_only_who_opens_records_can_be_put_on_a_care_team(signed_in: SignedIn) -> None:
    signed_in("biller", organization="River House", kind="program")
    client = signed_in("clinical supervisor", organization="River House", kind="program")
    owner = Owner(Organization.objects.get(name="River House").pk)
    person = add_person(owner, words=PersonWords("Ann Example"), by="person:1", now=NOW)
    page = client.get(f"/program/people/{person}").content.decode()
    assert "Clinical Supervisor, clinical supervisor" in page and "Biller" not in page
    answer = client.post(f"/program/people/{person}/team", {"staff": "person:999"})
    assert answer.status_code == 400 and "Choose a colleague" in answer.content.decode()


def test_every_role_of_a_program_is_tried_or_sees_no_list_of_people() -> None:
    reading = {
        role.value
        for role in ROLES_OF[OrganizationKind.PROGRAM]
        if Permission.READ_RECORDS in PERMISSIONS[OrganizationKind.PROGRAM, role]
    }
    assert reading == {*SEE_EVERYONE, "counselor", "medical provider"}
