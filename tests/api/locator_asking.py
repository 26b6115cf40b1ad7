"""Asking the locator's address in a test, and what to compare its answers with."""

from __future__ import annotations

import json
import math

from django.test import Client

from waypost.directory.site import Site
from waypost.serving.process import current_snapshot
from waypost.values.geo import Point

V2, OLDER = "/locator/exportsAsJson/v2", "/locator/listing"


def every_site() -> list[Site]:
    """Every current site of the directory."""
    snapshot = current_snapshot()
    return snapshot.sites(range(snapshot.index.size))


def whole(response) -> bytes:
    """A long answer is made while it is read, a short one at once."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def ask(**parameters: object) -> dict:
    response = Client().get(V2, parameters)
    assert response.status_code == 200, whole(response)
    return json.loads(whole(response))


def miles(a: Point, b: Point) -> float:
    """Haversine, written out apart from the engine's."""
    lat1, lat2 = math.radians(a.lat), math.radians(b.lat)
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * (
        math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    )
    return 2 * 3958.7613 * math.asin(math.sqrt(half))
