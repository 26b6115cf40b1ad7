"""A request of the desk takes its snapshot once, however many listings its page shows."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import copy
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client

from waypost.accounts.actions import confirm_owner, found_organization
from waypost.accounts.listings import Proof
from waypost.publishing.reader import Snapshot
from waypost.serving import process

pytestmark = pytest.mark.django_db
SignedIn = Callable[..., Client]
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
SOURCE = Path(process.__file__).parents[1]
FOR_STAFF = (
    *("/", "/?tab=proofs", "/?tab=checks", "/?tab=differences", "/?tab=numbers", "/calls"),
    *("/owners", "/sites?q=center", "/sites/{site}", "/publish", "/health"),
)
FOR_A_PROGRAM = (
    "/listings",
    "/listings/claim?site={site}",
    "/listings/{site}",
    "/listings/{site}/word",
)


@pytest.fixture
def looks(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> list[Snapshot]:
    """Every look at the current snapshot finds another one, as after a publish between two."""
    taken: list[Snapshot] = []

    def look() -> Snapshot:
        taken.append(copy(snapshot))
        return taken[-1]

    monkeypatch.setattr(process, "current_snapshot", look)
    return taken


def own_three(snapshot: Snapshot) -> None:
    """Three listings for which the organization Oak speaks."""
    oak = found_organization(name="Oak", kind="program", by="test", now=NOW)
    for site_id in snapshot.current_ids()[:3]:
        confirm_owner(site_id=site_id, organization=oak, proof=Proof.DECISION, reason="known",
                      by="person:0", now=NOW)  # fmt: skip


@pytest.mark.parametrize(
    ("role", "organization", "kind", "pages"),
    [
        ("administrator", "Operator", "operator", FOR_STAFF),
        ("representative", "Oak", "program", FOR_A_PROGRAM),
    ],
    ids=["staff", "a program"],
)
def test_each_page_takes_its_snapshot_once(
    signed_in: SignedIn, snapshot: Snapshot, looks: list[Snapshot], role: str, organization: str,
    kind: str, pages: tuple[str, ...],
) -> None:  # fmt: skip
    own_three(snapshot)
    client = signed_in(role, organization=organization, kind=kind)
    for path in pages:
        looks.clear()
        assert client.get(path.format(site=snapshot.current_ids()[0])).status_code == 200, path
        assert len(looks) <= 1, path


def test_no_private_door_looks_for_the_current_snapshot_by_itself() -> None:
    """In `desk` and `personal` it comes with the request, as in `web` and `api`."""
    doors = [p for room in ("desk", "personal") for p in (SOURCE / room).rglob("*.py")]
    assert len(doors) > 80
    reads = re.compile(r"\bcurrent_snapshot\b|this_process\(\)\.snapshot\b")
    assert [str(p) for p in doors if reads.search(p.read_text("utf-8"))] == []
