"""What a process holds open: one object a folder, and one snapshot for each request."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client, RequestFactory

from waypost.plans.insurance import Insurance
from waypost.publishing.file_name import FILE_NAME
from waypost.publishing.reader import NoSnapshot, Snapshot
from waypost.serving import process
from waypost.serving.known_plans import KnownPlans
from waypost.serving.process import Process, snapshot_of, this_process

SOURCE = Path(process.__file__).parents[1]
PAGES = [
    "/", "/find?near=78701", "/find?near=springfield", "/find?near=Texas&payment=medicaid", "/es/find?near=78701",
    "/browse", "/browse/tx", "/browse/tx/48453", "/site/{site}", "/site/{site}/report", "/compare?site={site}",
    "/shortlist?site={site}", "/about-the-data", "/help-now", "/privacy", "/sitemap.xml", "/sitemap.xml?part=0",
    "/levels?near=78701", "/articles/what-is-an-iop?near=78701", "/articles?q=austin", "/week",
    "/near-or-away?home=78701&away=Dallas%2C+TX", "/coverage?site={site}", "/coverage/plan?insurance=medicare&state=TX",
    "/api/v1/search?near=78701", "/api/v1/sites/{site}", "/api/v1/facets", "/api/v1/manifest", "/api/v1/places?text=austin",
    "/locator/exportsAsJson/v2?sAddr=30.27,-97.74&limitType=2&limitValue=40000&pageSize=5&page=1&sort=0",
]  # fmt: skip


@pytest.fixture
def publishes(data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Snapshot]:
    """A publish between every pair of reads: each look at the current snapshot finds a new one."""
    (tmp_path / FILE_NAME).hardlink_to(data_dir / FILE_NAME)
    taken: list[Snapshot] = []

    def look() -> Snapshot:
        edition = Snapshot(tmp_path / FILE_NAME)
        edition.manifest = replace(edition.manifest, version=f"{len(taken):064d}")
        taken.append(edition)
        return edition

    monkeypatch.setattr(process, "current_snapshot", look)
    return taken


@pytest.mark.parametrize("path", PAGES)
def test_a_request_takes_its_snapshot_once(
    path: str, publishes: list[Snapshot], snapshot: Snapshot
) -> None:
    client = Client()
    response = client.get(path.format(site=snapshot.current_ids()[0]))
    if response.status_code == 303:  # the page that it leads to is a request of its own
        publishes.clear()
        response = client.get(response["Location"])
    assert response.status_code == 200, path
    assert len(publishes) == 1


def test_no_door_looks_for_the_current_snapshot_by_itself() -> None:
    """In `web` and `api` the snapshot comes with the request."""
    doors = [p for room in ("web", "api") for p in (SOURCE / room).rglob("*.py")]
    assert len(doors) > 80
    assert [str(p) for p in doors if re.search(r"\bcurrent_snapshot\b", p.read_text("utf-8"))] == []


def test_a_request_keeps_the_snapshot_that_it_took(publishes: list[Snapshot]) -> None:
    first, second = RequestFactory().get("/"), RequestFactory().get("/")
    assert snapshot_of(first) is snapshot_of(first)
    assert snapshot_of(first) is not snapshot_of(second)


def test_another_folder_is_another_process(settings, tmp_path: Path, data_dir: Path) -> None:
    before = this_process()
    assert this_process() is before
    settings.WAYPOST_DATA_DIR = tmp_path
    assert this_process() is not before
    with pytest.raises(NoSnapshot):
        this_process().snapshot()


def test_where_nothing_may_be_asked_there_is_nobody_to_ask(tmp_path: Path) -> None:
    assert Process(tmp_path).eligibility is None


def test_carried_plans_are_known_before_anything_is_imported(tmp_path: Path) -> None:
    plans = KnownPlans(tmp_path)
    assert plans.now() is plans.now()
    assert plans.now().kinds_imported == frozenset()
    assert plans.find("H0104-012", insurance=Insurance.ADVANTAGE)
    assert plans.find("H0104-012", insurance=Insurance.MARKETPLACE) == []


def test_a_damaged_import_is_reported_and_left_out(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "plans.sqlite3").write_bytes(b"not a database")
    plans = KnownPlans(tmp_path)
    assert plans.now().store is None
    assert "import" in caplog.text
    (tmp_path / "plans.sqlite3").unlink()
    assert plans.now().store is None
