"""`waypost sources fetch`: the locator's listings become an edition, over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cli.country import carry, program, run
from twins.locator import captured_rows, serving
from waypost.publishing.file_name import FILE_NAME
from waypost.publishing.reader import Snapshot

pytestmark = pytest.mark.django_db
POINTS = {"OH": (39.76, -84.19), "TX": (30.27, -97.74), "ID": (43.62, -116.2)}
SHAPE = dict.fromkeys(captured_rows()[0])


def listed(number: int, kind: str = "SA", **changes: Any) -> dict[str, object]:
    """A program as the locator's API tells it."""
    told: dict[str, object] = {**program(number)}
    del told["service_code_info"]
    lat, lon = POINTS[str(told["state"])]
    services = [
        {"f1": "Service Setting", "f2": "SET", "f3": "Outpatient; Intensive outpatient treatment"}
    ]
    point = {"latitude": str(lat), "longitude": str(lon)}
    silent = kind in ("OTP", "BUPREN")
    row = SHAPE | told | point | {"typeFacility": kind, "services": None if silent else services}
    return row | changes


ROWS = [
    *(listed(i) for i in range(2, 32)),
    listed(2, "OTP"),
    listed(50, "OTP"),
    listed(9, "BUPREN"),
]


@pytest.fixture
def rows() -> list[dict[str, object]]:
    """What the locator lists."""
    return list(ROWS)


@pytest.fixture
def locator(rows: list[dict[str, object]], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A twin of the locator on this machine."""
    from waypost.sources import fetch

    with serving(rows) as (address, _):
        for name in ("fetch_locator", "ask_locator"):
            real = getattr(fetch, name)
            monkeypatch.setattr(
                fetch, name, lambda *a, real=real, **k: real(*a, **({"site": address} | k))
            )
        yield


@pytest.fixture
def published(tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A snapshot of 30 programs, numbered from 1."""
    settings.WAYPOST_DATA_DIR = tmp_path / "data"
    monkeypatch.setattr("waypost.cli.publish_command.with_database", lambda: None)
    carry(monkeypatch, tmp_path, y2024=[program(i) for i in range(1, 31)])
    run("publish")


def test_what_is_fetched_is_published_as_an_edition(
    locator: None, published: None, tmp_path: Path
) -> None:
    before = Snapshot(tmp_path / "data" / FILE_NAME)

    result = run("sources", "fetch")
    assert result.exit_code == 0, result.output
    assert "32 listings, 1 rejected" in result.output
    words = run("publish", "--accept").output

    after = Snapshot(tmp_path / "data" / FILE_NAME)
    assert after.manifest.edition > "2024" and len(after.manifest.edition) == len("2026-11-26")
    assert "2 added, 1 gone" in words  # number 31 and the treatment program number 50; number 1
    assert len(set(before.current_ids()) & set(after.current_ids())) == 29
    sites = after.sites(range(after.manifest.current_sites))
    assert all(site.exact for site in sites)  # every listing brings its own point
    (silent,) = [site for site in sites if site.name == "House number 50"]
    assert (
        silent.codes == frozenset() and silent.surveys == frozenset()
    )  # flags of such rows say nothing
    assert sum("OIT" in site.codes for site in sites) == 30
    assert not list((tmp_path / "data" / "fetched").glob("*.json"))
    assert run("sources", "list").output.count("FindTreatment.gov") == 1


def test_without_a_network_it_says_so(
    tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from waypost.sources import fetch

    settings.WAYPOST_DATA_DIR = tmp_path
    real = fetch.fetch_locator
    monkeypatch.setattr(
        fetch, "fetch_locator", lambda *a, **k: real(*a, site="http://127.0.0.1:9", **k)
    )
    result = run("sources", "fetch")
    assert result.exit_code == 4
    assert "could not be reached" in result.output


def test_a_check_says_what_has_changed_in_a_zip(
    locator: None, published: None, rows: list[dict[str, object]], tmp_path: Path
) -> None:
    """45402 has the numbers 3, 6, 9 ... 30: one is gone, one is new, four are changed."""
    outpatient = [{"f1": "Service Setting", "f2": "SET", "f3": "Outpatient"}]
    rows[:] = [
        *(listed(i) for i in range(15, 31, 3)),
        listed(6, phone="937-555-0199"),
        listed(9, services=outpatient),
        listed(12, street1="12 Elm Street"),
        listed(3, name1="Home of number 3"),
        listed(33),
        listed(1),  # of another ZIP
    ]
    result = run("sources", "fetch", "--check", "45402")
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert lines[0].startswith("45402 (Dayton, OH): FindTreatment.gov lists 11 programs today, our "
                               "snapshot 10 programs (facts of 2023-12-31, ")  # fmt: skip
    assert lines[0].endswith("years old).")
    assert "new: House number 33, 33 Main Street, Dayton" in lines
    assert "    telephone: (512) 476-0006 is now 937-555-0199" in lines
    assert "    services no longer listed: Intensive outpatient treatment; Medicaid; " \
        "Substance use treatment" in lines  # fmt: skip
    assert "    address: “12 Main Street” is now “12 Elm Street”" in lines
    assert "    name: “House number 3” is now “Home of number 3”" in lines
    assert not list((tmp_path / "data").glob("sources/*"))  # nothing was kept


def test_a_check_where_nothing_has_changed_says_so(
    locator: None, published: None, rows: list[dict[str, object]]
) -> None:
    services = [{"f1": "", "f2": "SET", "f3": "Intensive outpatient treatment"},
                {"f1": "", "f2": "TC", "f3": "Substance use treatment"},
                {"f1": "", "f2": "PAY", "f3": "Medicaid"}]  # fmt: skip
    rows[:] = [listed(i, services=services) for i in range(3, 31, 3)]
    output = run("sources", "fetch", "--check", "45402").output
    assert "unchanged: 10 programs" in output and "Nothing has changed here." in output
    rows.clear()
    output = run("sources", "fetch", "--check", "45402").output
    assert "lists 0 programs today" in output
    assert output.count("no longer listed: ") == 10


def test_a_check_of_no_zip_is_refused(published: None) -> None:
    result = run("sources", "fetch", "--check", "Dayton")
    assert result.exit_code == 2
    assert "not a known ZIP code" in result.output
