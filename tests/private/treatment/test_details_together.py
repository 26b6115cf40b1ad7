"""Two who change a person's details at once: nothing that either saved or typed is lost."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from private.treatment.signed_in_staff import CANARY, SignedIn, in_care, page, staff
from waypost.accounts.models import Person
from waypost.audit.models import Event
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.person import PersonWords
from waypost.treatment.records.queries import person_in_care

pytestmark = pytest.mark.django_db
Desk = tuple[Client, Owner, str]


@pytest.fixture
def desk(signed_in: SignedIn) -> Desk:
    """An intake coordinator, their program, and the address of a person's details."""
    client, owner, _by = staff(signed_in, "intake coordinator")
    return client, owner, f"/program/people/{in_care(owner)}/details"


def typed_on(text: str, **more: str) -> dict[str, str]:
    """The form as a page shows it, with what somebody types in it."""
    (read,) = re.findall(r'name="read" value="([^"]+)"', text)
    shown = {"name": CANARY.name, "preferred_name": CANARY.preferred_name, "born_on": CANARY.born_on,
             "phone": CANARY.phone, "email": CANARY.email, "address": CANARY.address,
             "own_words": CANARY.own_words, "language": "en"}  # fmt: skip
    return shown | {"read": read} | more


def kept(owner: Owner, address: str) -> PersonWords:
    seen = person_in_care(owner, address.split("/")[-2])
    assert seen is not None
    return seen.words


def test_who_saves_second_gets_both_back_and_nothing_is_overwritten(desk: Desk) -> None:
    client, owner, address = desk
    text = page(client, address)
    assert client.post(address, typed_on(text, phone="512-555-0111")).status_code == 302
    second = client.post(address, typed_on(text, address="9 Oak St <rear>", phone="512-555-0199"))
    shown = second.content.decode()
    assert second.status_code == 409 and kept(owner, address).phone == "512-555-0111"
    assert 'value="9 Oak St &lt;rear&gt;"' in shown and 'value="512-555-0199"' in shown
    assert f"{Person.objects.get().name} saved these details" in shown
    assert "<li>Telephone: 512-555-0111</li>" in shown and "<li>Address: 7 Canary Row" in shown
    assert "<li>Name:" not in shown, "what both say alike is not repeated"
    both = typed_on(shown, address="9 Oak St <rear>", phone="512-555-0111")
    assert client.post(address, both).status_code == 302
    assert (kept(owner, address).phone, kept(owner, address).address) == (
        "512-555-0111",
        "9 Oak St <rear>",
    )


def test_a_form_with_a_fault_stays_as_old_as_it_is(desk: Desk) -> None:
    client, owner, address = desk
    text = page(client, address)
    client.post(address, typed_on(text, phone="512-555-0111"))
    fault = client.post(address, typed_on(text, name=""))
    assert fault.status_code == 400
    again = client.post(address, typed_on(fault.content.decode()))
    assert again.status_code == 409 and kept(owner, address).phone == "512-555-0111"


def test_pressed_twice_it_is_saved_once(desk: Desk) -> None:
    client, _owner, address = desk
    form = typed_on(page(client, address), phone="512-555-0111")
    assert [client.post(address, form).status_code for _press in range(2)] == [302, 302]
    assert Event.objects.filter(act="person changed").count() == 1


def test_a_form_without_a_version_overwrites_nothing(desk: Desk) -> None:
    client, owner, address = desk
    answer = client.post(address, {"name": "Else"})
    assert answer.status_code == 409 and kept(owner, address) == CANARY
