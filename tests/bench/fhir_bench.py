"""FHIR beside our own search JSON in one run, and beside a plain Django and PostgreSQL directory."""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import postgres_server
from bench.memory import peak_megabytes

Say = Callable[[str], None]
SEED = 20261128
MEGABYTE = 1e6


def run(snapshot: Path, quick: bool, say: Say) -> None:
    """Measure pages of 20, the files of everything, a worker's memory, and the rival."""
    client = _client(snapshot)
    places = _places(40 if quick else 200)
    own = _p95(client, [_search(p) for p in places])
    say(
        f"FHIR, pages of 20 on the real directory, {len(places)} places each; p95 of a processor's ms"
    )
    say(f"  {'our own search JSON':<58}{own:8.1f}")
    for name, made in QUESTIONS.items():
        p95 = _p95(client, [made(p) for p in places])
        say(f"  {name:<58}{p95:8.1f}   {p95 / own:4.1f} times our own")
    _files(say)
    _memory(snapshot, say)
    _rival(client, places[: 20 if quick else 60], say)


Place = dict[str, Any]


def _search(place: Place) -> str:
    return f"/api/v1/search?near={place['zip']}&level=iop"


QUESTIONS: dict[str, Callable[[Place], str]] = {
    "HealthcareService?specialty=&location.address-city=": lambda p: (
        f"/fhir/HealthcareService?specialty=261QR0405X&location.address-city={p['city']}&_count=20"
    ),
    "HealthcareService?location.near=&service-type=": lambda p: (
        f"/fhir/HealthcareService?location.near={p['lat']}|{p['lon']}|40&service-type=iop&_count=20"
    ),
    "Location?near=, with its organization and services": lambda p: (
        f"/fhir/Location?near={p['lat']}|{p['lon']}|40&_count=20"
        "&_include=Location:organization&_revinclude=HealthcareService:location"
    ),
    "Organization?name=, a page from the middle": lambda p: (
        f"/fhir/Organization?name={p['name']}&_count=20&_offset=0"
    ),
    "Location?_has:HealthcareService:location:service-type=": lambda p: (
        f"/fhir/Location?_has:HealthcareService:location:service-type=otp&address-state={p['state']}&_count=20"
    ),
    "HealthcareService, any page, with Provenance": lambda p: (
        f"/fhir/HealthcareService?_count=20&_offset={p['offset']}&_revinclude=Provenance:target"
    ),
}


def _client(snapshot: Path) -> Any:
    os.environ["WAYPOST_DATA_DIR"] = str(snapshot.parent)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waypost.config.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client

    settings.ALLOWED_HOSTS = ["*"]
    client = Client()
    client.get("/fhir/Location?_count=1")
    client.get("/api/v1/search?near=78701")
    return client


def _places(count: int) -> list[Place]:
    from waypost.serving.process import current_snapshot

    snapshot, rng = current_snapshot(), random.Random(SEED)
    rows = [int(r) for r in rng.sample(range(snapshot.index.size), count)]
    return [
        {"zip": s.zip, "city": s.city.replace(" ", "+"), "lat": s.point.lat, "lon": s.point.lon,
         "state": s.state, "name": s.name.partition(" ")[0].replace("&", "%26"), "offset": rng.randrange(38_000)}
        for s in snapshot.sites(rows)
    ]  # fmt: skip


def _p95(
    client: Any, addresses: Sequence[str], clock: Callable[[], float] = time.process_time
) -> float:
    took = []
    for address in addresses:
        start = clock()
        response = client.get(address)
        took.append((clock() - start) * 1000)
        assert response.status_code == 200, (address, response.content[:200])
    return statistics.quantiles(took, n=20)[-1]


def _files(say: Say) -> None:
    from waypost.api.fhir.bulk import lines
    from waypost.api.fhir.directory import directory_of
    from waypost.api.fhir.parameters import PARAMETERS
    from waypost.serving.process import current_snapshot

    directory, before = directory_of(current_snapshot(), datetime.now(UTC)), peak_megabytes()
    for kind in ("HealthcareService", "Organization", "Location", "Provenance"):
        assert kind in PARAMETERS
        start, size, count = time.process_time(), 0, 0
        for line in lines(directory, kind):
            size, count = size + len(line), count + 1
        seconds = time.process_time() - start
        say(f"  {kind + '.ndjson':<30}{count:>8,} lines {size / MEGABYTE:7.1f} MB"
            f" {size / MEGABYTE / seconds:6.1f} MB a second")  # fmt: skip
    say(f"  all four files: at most {peak_megabytes() - before} MB more memory than before them")


WORKER = """
import os, django
django.setup()
from waypost.serving.process import current_snapshot
def held():
    return int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGESIZE") / 2**20
snapshot = current_snapshot()
snapshot.gazetteer.resolve("78701")
import waypost.api.urls, time
before, start = held(), time.process_time()
from waypost.api.fhir.directory import directory_of
from datetime import UTC, datetime
directory_of(snapshot, datetime.now(UTC)).tables
print(round(held() - before), round(time.process_time() - start, 1))
"""


def _memory(snapshot: Path, say: Say) -> None:
    said = subprocess.run(
        [sys.executable, "-c", WORKER], capture_output=True, text=True, check=True, timeout=600
    ).stdout.split()
    say(f"  a worker's index: {said[0]} MB more, made once a publish in {said[1]} s of a processor")


def _rival(client: Any, places: Sequence[Place], say: Say) -> None:
    if not postgres_server.installed():
        say("  PostgreSQL is not installed: no rival.")
        return
    three = [QUESTIONS[name] for name in list(QUESTIONS)[:1] + list(QUESTIONS)[2:4]]
    # by the clock on the wall, for the database works in processes of its own
    ours = [_p95(client, [made(p) for p in places], time.perf_counter) for made in three]
    totals = [[client.get(made(p)).json()["total"] for p in places] for made in three]
    with tempfile.TemporaryDirectory() as folder, postgres_server.running() as dsn:
        task = Path(folder) / "task.json"
        resources = Path(folder) / "resources.ndjson"
        with resources.open("wb") as file:
            file.writelines(_lines())
        task.write_text(
            json.dumps(
                {"dsn": dsn, "resources": str(resources), "places": list(places), "about": _about()}
            )
        )
        rival = subprocess.run(
            [sys.executable, "-m", "bench.fhir_rival", str(task)],
            capture_output=True, text=True, timeout=1800, check=False,
            cwd=Path(__file__).resolve().parents[1],
        )  # fmt: skip
    if rival.returncode:
        say(f"  the rival failed: {rival.stderr[-400:]}")
        return
    for name, mine, found, theirs in zip(
        ("a specialty in a town", "near, with both includes", "by name"), ours, totals,
        json.loads(rival.stdout), strict=True,
    ):  # fmt: skip
        same = "the same totals" if found == theirs["totals"] else "OTHER TOTALS"
        say(f"  {name:<30} ours {mine:7.1f} ms, Django and PostgreSQL {theirs['p95']:7.1f} ms"
            f" ({theirs['p95'] / mine:.1f} times); {same}")  # fmt: skip


def _about() -> dict[str, tuple[float, float]]:
    """Where programs that keep their address to themselves are searched: the middle of their ZIP.

    Their Locations have no position, so the rival cannot read it there: it would find fewer places.
    """
    from waypost.api.fhir.directory import directory_of
    from waypost.serving.process import current_snapshot

    listings = directory_of(current_snapshot(), datetime.now(UTC)).listings()
    return {
        listing.id: (listing.site.point.lat, listing.site.point.lon)
        for listing in listings
        if listing.withheld
    }


def _lines() -> Iterator[bytes]:
    from waypost.api.fhir.bulk import lines
    from waypost.api.fhir.directory import directory_of
    from waypost.serving.process import current_snapshot

    for kind in ("Organization", "Location", "HealthcareService"):
        yield from lines(directory_of(current_snapshot(), datetime.now(UTC)), kind)
