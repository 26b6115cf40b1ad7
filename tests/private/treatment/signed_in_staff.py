"""Somebody of a program's staff who is signed in, and a person in care whose words are planted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from django.test import Client

from waypost.accounts.models import Organization, Person
from waypost.treatment.records.actions import add_person, join_team
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.person import PersonWords

SignedIn = Callable[..., Client]
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
CANARY = PersonWords(
    name="Zephyrine Canary", preferred_name="Zeph-Canary", born_on="1990-04-02", phone="512-555-0199",
    email="zephyrine.canary@example.org", address="7 Canary Row, Austin TX 78701", own_words="canary-own-words",
)  # fmt: skip
SECRETS = (
    "Zephyrine",
    "Zeph-Canary",
    "1990-04-02",
    "512-555-0199",
    "zephyrine.canary",
    "Canary Row",
    "canary-own-words",
)


def staff(
    signed_in: SignedIn, role: str, organization: str = "River House"
) -> tuple[Client, Owner, str]:
    """A browser of somebody with this role, their organization, and how the audit calls them."""
    client = signed_in(role, organization=organization, kind="program")
    owner = Owner(Organization.objects.get(name=organization).pk)
    return client, owner, f"person:{Person.objects.latest('pk').pk}"


def in_care(owner: Owner, by: str = "", words: PersonWords = CANARY) -> str:
    """A person of the program, with somebody on their team if named."""
    person = add_person(owner, words=words, by="person:1", now=NOW)
    if by:
        join_team(owner, person=person, staff=by, role="counselor", by="person:1", now=NOW)
    return person


def page(client: Client, address: str) -> str:
    """A page that opens and is kept by nobody."""
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    assert response["Cache-Control"] == "private, no-store"
    return response.content.decode()
