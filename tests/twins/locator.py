"""A twin of FindTreatment.gov's locator on this machine, over real HTTP.

It answers `/locator/exportsAsJson/v2` from ``tests/sources/files/locator_answer.json``, whose shape
is that of the real server's answers (its README says whose and when).
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from running import answering

ANSWER = Path(__file__).parents[1] / "sources" / "files" / "locator_answer.json"
METERS_PER_MILE = 1609.344
Answer = tuple[int, bytes]


def captured_rows() -> list[dict[str, Any]]:
    """The rows of the kept answer."""
    rows: list[dict[str, Any]] = json.loads(ANSWER.read_text("utf-8"))["rows"]
    return rows


def page_of(rows: Sequence[Mapping[str, Any]], query: Mapping[str, str]) -> dict[str, Any]:
    """What the server answers to a question: rows by distance, numbered through the pages."""
    near = [float(part) for part in query["sAddr"].strip("'\"").split(",")]
    reach = float(query.get("limitValue", "inf")) / METERS_PER_MILE
    kinds = {"sa": {"SA", "OTP", "BUPREN"}, "mh": {"MH"}}.get(query.get("sType", "").casefold())
    found = []
    for row in rows:
        far = _miles(near, (float(row["latitude"]), float(row["longitude"])))
        if far <= reach and (kinds is None or row["typeFacility"] in kinds):
            found.append((far, row))
    found.sort(key=lambda item: item[0])
    page, size = int(query.get("page", 1)), int(query.get("pageSize", 30))
    shown = found[(page - 1) * size : page * size]
    return {
        "page": page,
        "totalPages": math.ceil(len(found) / size),
        "recordCount": len(found),
        "rows": [
            {**row, "_irow": (page - 1) * size + i, "miles": round(far, 1)}
            for i, (far, row) in enumerate(shown, start=1)
        ],
    }


def _miles(a: Sequence[float], b: Sequence[float]) -> float:
    """Miles on a sphere, by the cosine rule: the server does not mind that a latitude is none."""
    (lat1, lon1), (lat2, lon2) = (tuple(map(math.radians, p)) for p in (a, b))
    cosine = math.sin(lat1) * math.sin(lat2)
    cosine += math.cos(lat1) * math.cos(lat2) * math.cos(lon2 - lon1)
    return 3958.76 * math.acos(max(-1.0, min(1.0, cosine)))


@contextmanager
def serving(
    rows: Sequence[Mapping[str, Any]] = (), pages: Mapping[int, Answer] | None = None
) -> Iterator[tuple[str, list[str]]]:
    """The twin's address, and the paths it is asked for as they come.

    It answers from ``rows``; where ``pages`` are given, with the status and body of each page and
    404 for another, for answers that are wrong.
    """
    asked: list[str] = []

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            parts = urlsplit(self.path)
            query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
            if parts.path != "/locator/exportsAsJson/v2":
                status, body = 404, b""
            elif pages is not None:
                status, body = pages.get(int(query["page"]), (404, b""))
            else:
                status, body = 200, json.dumps(page_of(rows, query)).encode()
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    with answering(HTTPServer(("127.0.0.1", 0), Door)) as site:
        yield site, asked
