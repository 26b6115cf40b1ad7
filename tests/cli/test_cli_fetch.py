"""`waypost sources fetch`: the locator's listings become an edition, over real HTTP."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from cli.country import carry, program, run
from waypost.publishing.build import FILE_NAME
from waypost.publishing.reader import Snapshot

pytestmark = pytest.mark.django_db
POINTS = {"OH": (39.76, -84.19), "TX": (30.27, -97.74), "ID": (43.62, -116.2)}


def listed(number: int, kind: str = "SA") -> dict[str, object]:
    """A program as the locator's API tells it."""
    told: dict[str, object] = {**program(number)}
    del told["service_code_info"]
    lat, lon = POINTS[str(told["state"])]
    services = [
        {"f1": "Service Setting", "f2": "SET", "f3": "Outpatient; Intensive outpatient treatment"}
    ]
    return told | {
        "type_facility": kind,
        "latitude": str(lat),
        "longitude": str(lon),
        "services": services,
    }


ROWS = [
    *(listed(i) for i in range(2, 32)),
    listed(2, "OTP"),
    listed(50, "OTP"),
    listed(9, "BUPREN"),
]


@pytest.fixture
def locator(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A twin of the locator on this machine."""

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps({"totalPages": 1, "recordCount": len(ROWS), "rows": ROWS}).encode()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Door)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}"
    from waypost.sources import fetch

    real = fetch.fetch_locator
    monkeypatch.setattr(fetch, "fetch_locator", lambda *a, **k: real(*a, site=address, **k))
    yield
    server.shutdown()
    thread.join()
    server.server_close()


def test_what_is_fetched_is_published_as_an_edition(
    locator: None, tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.WAYPOST_DATA_DIR = tmp_path / "data"
    monkeypatch.setattr("waypost.cli.publish_command.with_database", lambda: None)
    carry(monkeypatch, tmp_path, y2024=[program(i) for i in range(1, 31)])
    run("publish")
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
