"""A referral that is sent twice, or of somebody who is here already, makes no second person."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from private.treatment.signed_in_staff import CANARY, SECRETS, SignedIn, in_care, page, staff
from waypost.audit.models import Event
from waypost.treatment.consents.log import LoggedTime
from waypost.treatment.consents.queries import program_log
from waypost.treatment.intake.queries import referrals
from waypost.treatment.records.alike import alike
from waypost.treatment.records.models import PersonInCare
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.person import PersonWords
from waypost.treatment.records.queries import people_in_care, person_in_care

INTAKE = "/program/intake"
JORDAN = PersonWords("Jordan Núñez-Lee", "Jo", born_on="1990-04-02", phone="(512) 555-0100")


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        (PersonWords("jordan nunez lee", born_on="1990-04-02"), True),
        (PersonWords("Lee, Jordan Núñez", phone="+1 512 555 0100"), True),
        (PersonWords("Jordan Nunez Lee"), True),  # nothing that is known differs
        (PersonWords("Jordan Nunez Lee", phone="512-555-0199"), True),  # people have two numbers
        (PersonWords("Jordan Nunez Lee", born_on="1961-04-02", phone="512-555-0199"), False),
        (PersonWords("Jordan Nunez Lee", born_on="1961-04-02", phone="5125550100"), True),
        (PersonWords("Jo", phone="512.555.0100"), True),
        (PersonWords("Jo"), False),
        (PersonWords("Jordyn Nunes", born_on="1990-04-02", phone="512-555-0100"), True),
        (PersonWords("Ann Lee", phone="512-555-0100"), False),  # a telephone at home
        (PersonWords("Ann Lee", born_on="1990-04-02"), False),
        (PersonWords("", born_on=""), False),
    ],
)
def test_two_of_three_are_the_same_or_a_name_that_nothing_speaks_against(
    typed: PersonWords, same: bool
) -> None:
    assert alike(typed, JORDAN) is same


FEW = st.builds(
    PersonWords,
    st.sampled_from(["Jo", "Jordan Lee", "Lee Jordan", "--"]),
    st.sampled_from(["", "Jo"]),
    born_on=st.sampled_from(["", "1990-04-02", "1991-04-02"]),
    phone=st.sampled_from(["", "512-555-0100", "(512) 555-0100", "104"]),
)


@given(FEW, FEW)
def test_two_people_are_alike_whichever_was_there_first(
    first: PersonWords, second: PersonWords
) -> None:
    assert alike(first, second) == alike(second, first)


def once_in(client: Client) -> str:
    (once,) = re.findall(r'name="once" value="([^"]+)"', page(client, INTAKE))
    return str(once)


TYPED = {"name": "zephyrine canary", "born_on": "1990-04-02", "phone": "512-555-0177",
         "reason": "St. David’s faxed <again>", "language": "en"}  # fmt: skip


@pytest.fixture
def coordinator(signed_in: SignedIn, db: None) -> tuple[Client, Owner]:
    client, owner, _by = staff(signed_in, "intake coordinator")
    return client, owner


def test_whoever_is_here_already_is_shown_and_nothing_typed_is_lost(
    coordinator: tuple[Client, Owner],
) -> None:
    client, owner = coordinator
    person = in_care(owner)
    answer = client.post(f"{INTAKE}?part=intake.referral", TYPED | {"once": once_in(client)})
    text = answer.content.decode()
    assert answer.status_code == 409 and list(people_in_care(owner)) == [person]
    assert f'href="/program/people/{person}">Zephyrine Canary</a>' in text
    assert 'value="512-555-0177"' in text and "St. David’s faxed &lt;again&gt;</textarea>" in text
    (read,) = program_log(owner, LoggedTime(person=person)).reads
    assert read.part == "referral", "what is shown of a record is a read"


def test_the_referral_of_the_same_person_goes_into_their_record(
    coordinator: tuple[Client, Owner],
) -> None:
    client, owner = coordinator
    person = in_care(owner)
    for _twice in range(2):
        answer = client.post(INTAKE, TYPED | {"once": once_in(client), "same": person})
        assert answer["Location"] == f"/program/people/{person}"
    assert "were not changed" in page(client, f"/program/people/{person}")
    assert list(people_in_care(owner)) == [person] and person_in_care(owner, person).words == CANARY
    (kept,) = referrals(owner, person)
    assert kept.words.reason == TYPED["reason"]


def test_another_person_is_added_where_staff_say_so_of_whom_they_were_shown(
    coordinator: tuple[Client, Owner],
) -> None:
    client, owner = coordinator
    shown, form = in_care(owner), TYPED | {"once": once_in(client)}
    text = client.post(INTAKE, form).content.decode()
    assert f'name="another" value="{shown}"' in text
    later = in_care(owner)  # a colleague takes the same referral meanwhile
    asked = client.post(INTAKE, form | {"another": shown})
    assert asked.status_code == 409 and set(people_in_care(owner)) == {shown, later}
    added = client.post(INTAKE, form | {"another": f"{shown} {later}"})
    assert added["Location"].endswith("/pre-screen") and len(people_in_care(owner)) == 3


def test_nobody_learns_who_has_a_record_that_is_closed_to_them(
    signed_in: SignedIn, db: None
) -> None:
    client, owner, by = staff(signed_in, "counselor")
    person = in_care(owner)
    answer = client.post(INTAKE, TYPED | {"once": once_in(client), "same": person})
    text = answer.content.decode()
    assert answer.status_code == 409 and "record that is not open to you" in text
    shown = text.replace(TYPED["born_on"], "")  # typed by the counselor, and still in the form
    assert not [word for word in SECRETS if word in shown], "only what the counselor typed"
    assert referrals(owner, person) == []
    assert Event.objects.filter(record=person, actor=by, act="typed a referral like this").exists()


def test_a_form_that_is_sent_twice_makes_one_person(coordinator: tuple[Client, Owner]) -> None:
    client, owner = coordinator
    form: dict[str, Any] = TYPED | {"once": once_in(client)}
    first, second = client.post(INTAKE, form), client.post(INTAKE, form)
    (person,) = people_in_care(owner)
    assert first["Location"] == second["Location"] == f"/program/people/{person}/pre-screen"
    assert len(referrals(owner)) == 1


def test_a_form_that_was_sent_and_says_somebody_else_now_makes_another(
    coordinator: tuple[Client, Owner],
) -> None:
    client, owner = coordinator
    form = TYPED | {"once": once_in(client)}
    client.post(INTAKE, form)
    other = client.post(INTAKE, form | {"name": "Ann Lee", "born_on": "1971-01-01", "phone": ""})
    assert other.status_code == 302 and len(people_in_care(owner)) == 2
    assert PersonInCare.objects.count() == 2


def test_another_programs_person_is_nobody_here(signed_in: SignedIn, db: None) -> None:
    _client, other, _by = staff(signed_in, "intake coordinator", "Hill House")
    in_care(other)
    client, owner, _by = staff(signed_in, "intake coordinator")
    answer = client.post(INTAKE, TYPED | {"once": once_in(client)})
    assert answer.status_code == 302 and len(people_in_care(owner)) == 1
