"""The worksheet of one payer: its people alone, as a page and as CSV, and nobody goes missing unsaid."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from waypost.treatment.attendance.queries import attended
from waypost.treatment.plans.actions import set_review
from waypost.treatment.plans.queries import payers_of
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.queries import people_in_care

pytestmark = pytest.mark.django_db
Staff = Callable[[str], Client]
NOW = datetime(2026, 12, 4, 23, tzinfo=UTC)
WEEK = "/program/billing?rule=h0015-day&day=2026-11-30"


@pytest.fixture
def billed(program: Owner) -> dict[str, set[str]]:
    """The names by payer of who attended: two by Medicaid, one by Medicare, the others by none."""
    came = sorted(
        {a.person for a in attended(program, date(2026, 11, 30), NOW.date()) if a.minutes}
    )
    assert len(came) > 3, "or nobody is left without a payer"
    payers = dict(zip(came, ("medicaid", "medicaid", "medicare"), strict=False))
    for person, payer in payers.items():
        set_review(program, person=person, state="", payer=payer, by="person:1", now=NOW)
    set_review(program, person="", state="MD", payer="other", by="person:1", now=NOW)
    assert payers_of(program) == payers, "the organization's own setting is nobody's payer"
    names = {person: seen.words.name for person, seen in people_in_care(program, came).items()}
    of_payer: dict[str, set[str]] = {"": set(names.values())}
    for person, name in names.items():
        of_payer.setdefault(payers.get(person, "not-set"), set()).add(name)
    return of_payer


def names_of_sheet(client: Client, payer: str) -> set[str]:
    content = client.get(f"{WEEK}&payer={payer}&format=csv").content.decode("utf-8-sig")
    return {row[0] for row in list(csv.reader(content.splitlines()))[1:-1]}


@pytest.mark.parametrize("payer", ["", "medicaid", "medicare", "other", "not-set"])
def test_page_and_sheet_are_of_the_people_of_a_payer(
    staff: Staff, billed: dict[str, set[str]], payer: str
) -> None:
    client, theirs = staff("biller"), billed.get(payer, set())
    text = client.get(f"{WEEK}&payer={payer}").content.decode()
    assert {name for name in billed[""] if name in text} == theirs
    assert names_of_sheet(client, payer) == theirs
    assert f'<option value="{payer}" selected>' in text
    if payer:
        assert f"rule=h0015-day&amp;payer={payer}&amp;day=2026-11-23" in text, "the week before"
    unsaid = len(billed["not-set"])
    said = f"{unsaid} people who attended have no payer" if unsaid > 1 else "1 person who attended"
    assert (said in text) == (payer in ("medicaid", "medicare", "other"))
    assert ("Nobody with this payer" in text) == (payer == "other")


def test_a_payer_that_is_none_hides_nobody(staff: Staff, billed: dict[str, set[str]]) -> None:
    assert names_of_sheet(staff("biller"), "acme") == billed[""]


def test_another_programs_payers_filter_nothing_here(program: Owner) -> None:
    elsewhere = Owner("org_elsewhere")
    set_review(elsewhere, person="", state="MD", payer="other", by="person:1", now=NOW)
    assert payers_of(elsewhere) == {} and payers_of(program) == {}
