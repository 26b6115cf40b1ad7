"""A program's people with another program's ids, in every address and every form: nothing is done."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLPattern, get_resolver

from waypost.accounts.actions import (
    accept_invitation,
    confirm_owner,
    found_organization,
    invite,
    make_token,
)
from waypost.accounts.listings import Proof
from waypost.accounts.models import (
    Invitation,
    ListingOwner,
    Membership,
    OwnershipProof,
    ProgramToken,
)
from waypost.accounts.proofs.actions import ask_proof
from waypost.accounts.roles import ROLES_OF, OrganizationKind, Role
from waypost.directory.said.actions import say_closed, say_words
from waypost.directory.timetables import Speaker
from waypost.publishing.reader import Snapshot

pytestmark = pytest.mark.django_db
SignedIn = Callable[..., Client]
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
BY = {"by": "person:0", "now": NOW}
NOTHING_DONE = (302, 400, 403, 404, 405)
PASSING = ("Event", "Draft", "Looking")
"""What says that something was tried, and by whom: it may change."""


@pytest.fixture
def theirs(snapshot: Snapshot) -> dict[str, Any]:
    """Everything that another program has, by its name in a form or in an address."""
    site, wanted = snapshot.current_ids()[:2]
    other = found_organization(name="Hill House", kind="program", **BY)
    token = invite(email="hal@hill.example", role="representative", organization=other, **BY)
    accept_invitation(token=token, name="Hal", password="correct horse 9!", now=NOW)
    invite(email="next@hill.example", role="administrator", organization=other, **BY)
    confirm_owner(site_id=site, organization=other, proof=Proof.DECISION, reason="x", **BY)
    ask_proof(site_id=wanted, organization=other, proof=Proof.LETTER, target="1 Main Street", **BY)
    make_token(organization=other, name="theirs", scopes=["tracks"], days=9, **BY)
    word = {"site_id": site, "speaker": Speaker.REPRESENTATIVE, "organization": other, **BY}
    say_words(values={"says:plans": ["Blue Cross"]}, **word)
    numbers = {
        "people/invitations": Invitation.objects.get(organization=other, used_at=None).pk,
        "people/roles": Membership.objects.get(organization=other).pk,
        "people/sessions": Membership.objects.get(organization=other).pk,
        "owners": ListingOwner.objects.get().pk,
        "proofs": OwnershipProof.objects.get().pk,
        "listings/claims": OwnershipProof.objects.get().pk,
        "tokens": ProgramToken.objects.get().pk,
        "closings": say_closed(closed_on=NOW.date(), **word),
    }
    return {"site": site, "organization": other, "numbers": numbers}


def routes() -> Iterator[str]:
    """Our addresses that need a permission."""

    def walk(patterns: list, prefix: str) -> Iterator[str]:
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if not isinstance(pattern, URLPattern):
                yield from walk(pattern.url_patterns, route)
            elif getattr(pattern.callback, "permission", None):
                yield route

    yield from walk(get_resolver().url_patterns, "")


def filled(route: str, theirs: dict[str, Any]) -> str:
    """An address with the other program's ids in it."""
    numbers = theirs["numbers"]
    number = next((numbers[part] for part in numbers if part in route), 1)
    return "/" + re.sub(r"<str:\w+>", theirs["site"], re.sub(r"<int:\w+>", str(number), route))


def rows() -> dict[str, list[Any]]:
    """Every row of every table of ours, but for what says that something was tried."""
    tables = [m for m in apps.get_models() if m.__module__.startswith("waypost.")]
    kept = [table for table in tables if table.__name__ not in PASSING]
    return {t.__name__: list(t._base_manager.order_by("pk").values()) for t in kept}


@pytest.fixture
def mine(signed_in: SignedIn) -> Client:
    """Somebody who has every role of their own program: what they may not do, nobody there may."""
    me = {"email": "me@river.example"}
    client = signed_in("administrator", organization="River House", kind="program", **me)
    house = found_organization(name="River House", kind="program", **BY)
    for role in sorted(ROLES_OF[OrganizationKind.PROGRAM] - {Role.ADMINISTRATOR}):
        token = invite(role=role, organization=house, **me, **BY)
        accept_invitation(token=token, name="Me", password=None, now=NOW)
    return client


def test_another_programs_ids_open_and_change_nothing(mine: Client, theirs: dict[str, Any]) -> None:
    before = rows()
    sent = {
        "organization": theirs["organization"], "site_id": theirs["site"], "email": "me@river.example",
        "role": "administrator", "reason": "mine now", "decision": "confirm", "code": "000000",
        "name": "x", "scope": "tracks", "days": "9", "proof": "decision", "note": "ours",
        "says:plans": "Aetna", "field": "says:plans", "closed_on": "2026-12-01", "value": "x",
    }  # fmt: skip
    for route in routes():
        path = filled(route, theirs)
        answers = [mine.get(path)]
        if "<" in route or not route.startswith("program/"):  # there they may write what is theirs
            answers.append(mine.post(path, sent))
        for answer in answers:
            assert "<" not in route or answer.status_code in NOTHING_DONE, (
                path,
                answer.status_code,
            )
            text = answer.content.decode(errors="replace")
            assert "Hill House" not in text and "hal@hill.example" not in text, path
    after = rows()
    assert {name for name in before if before[name] != after[name]} == set()
