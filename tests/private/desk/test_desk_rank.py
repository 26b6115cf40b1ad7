"""No act at the desk moves a listing in the search, where the need names no hours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from builders import listing
from waypost.accounts.actions import confirm_owner, end_owner, found_organization, make_token
from waypost.accounts.listings import Proof
from waypost.directory.actions import check_number, decide_fact, say_timetable
from waypost.directory.program_word import BY_FACET, FIELDS
from waypost.directory.queries import all_claims
from waypost.directory.said.actions import decide_closing, say_closed, say_words
from waypost.directory.timetables import Speaker
from waypost.editions.claims_only import publish_claims
from waypost.navigation.find_care import find_care
from waypost.navigation.need import Need, Sort
from waypost.publishing.build import put_in_place, write_snapshot
from waypost.publishing.file_name import FILE_NAME
from waypost.publishing.manifest import Manifest
from waypost.publishing.reader import Snapshot
from waypost.values.geo import Point

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 3, 12, tzinfo=UTC)
LAST = "site_7"
"""The listing that does everything: it stands last, and would have the most to gain."""
TRACK = {"id": "day", "sessions": [{"days": ["mon"], "start": "9:00", "end": "12:00"}], "zone": "America/New_York"}  # fmt: skip
NEEDS = (
    *(Need("39.75,-84.19", radius_miles=None, choices=(), sort=sort) for sort in Sort),
    Need("39.75,-84.19", choices=(("payment", ("medicaid",)),), prefer=("language:spanish",), sort=Sort.BEST),
    Need("39.75,-84.19", choices=(), prefer=("gender:female", "time:evenings"), sort=Sort.BEST),
)  # fmt: skip


def orders(folder: Path, now: datetime) -> list[list[str]]:
    snapshot = Snapshot(folder / FILE_NAME)
    return [[option.site.id for option in find_care(snapshot, n, now).options] for n in NEEDS]


def acts(organization: str, by: str, now: datetime) -> list[Callable[[], object]]:
    """Everything that an organization and the operator can do to a listing, one after another."""
    own = {"site_id": LAST, "organization": organization, "by": by, "now": now}
    word = own | {"speaker": Speaker.REPRESENTATIVE}
    decided = {"site_id": LAST, "reason": "called", "by": by, "now": now}
    choices = {name: list(FIELDS[name].choices) for name in BY_FACET}
    return [
        partial(confirm_owner, proof=Proof.DECISION, reason="met", **own),
        partial(make_token, organization=organization, name="EHR", scopes=("tracks",), days=9, by=by, now=now),
        partial(say_timetable, field="tracks", value=[TRACK], **word),
        partial(say_timetable, field="openings", value=[{"places": 9, "waiting_days": 0}], **word),
        partial(say_words, values=choices | {"says:plans": ["Every plan"], "says:access": ["yes"]}, **word),
        partial(decide_fact, kind="phone", value="512-555-0177", **decided),
        partial(decide_fact, kind="website", value="first.example", **decided),
        partial(decide_fact, kind="npi", value="1234567893", **decided),
        partial(check_number, site_id=LAST, works=True, by=by, now=now),
        partial(say_closed, closed_on=now.date(), **word),
        partial(decide_closing, number=1, confirm=True, by="person:2", now=now),
        partial(end_owner, number=1, by=by, now=now),
    ]  # fmt: skip


def test_no_act_and_no_date_changes_the_order(tmp_path: Path) -> None:
    """One need prefers evenings: the program's word is of the day, so that it gains nothing."""
    sites = [
        replace(listing(), id=f"site_{n}", name=f"Center {n}", point=Point(39.76 + n / 90, -84.19),
                codes=frozenset({"OIT", "SA", "MD"} if n % 2 else {"OIT", "SA"}))
        for n in range(8)
    ]  # fmt: skip
    manifest = Manifest("", NOW, "2024", (), {"current_sites": len(sites)}, {}, {})
    put_in_place(write_snapshot(tmp_path, sites, {}, manifest)[0], tmp_path)
    before = orders(tmp_path, NOW)
    assert all(order[-1] == LAST for order in before[:2])
    organization = found_organization(name="River House", kind="program", by="t", now=NOW)
    for number, act in enumerate(acts(organization, "person:1", NOW)):
        act()
        publish_claims(tmp_path, NOW, all_claims(NOW.date()))
        for later in (NOW, NOW + timedelta(days=9), NOW + timedelta(days=400)):
            assert orders(tmp_path, later) == before, number
    said = Snapshot(tmp_path / FILE_NAME).site(LAST)
    assert said.tracks and said.openings and len(said.said) > 9, "all of it was published"
