"""Ask FindTreatment.gov for its current listings through its public API, page by page.

Source: SAMHSA, FindTreatment.gov API Documentation, version 1.9 (January 15, 2025).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import orjson

from waypost.files.writing import replacing
from waypost.sources.reading import BadSource
from waypost.values.geo import METERS_PER_MILE, Point

SITE = "https://findtreatment.gov"
PATH = "/locator/exportsAsJson/v2"
PAGE_SIZE = 2000  # the most that the guide allows
MOST_PAGES = 200
MOST_BYTES = 200_000_000
"""A page of 2,000 rows has about 10 MB; anything this much larger is not a page."""

MIDDLE = Point(39.83, -98.58)  # the middle of the contiguous states
WHOLE_COUNTRY_MILES = 10_000.0  # reaches Guam and the Virgin Islands from there
TIMEOUT = httpx.Timeout(60.0, connect=10.0)
MOST_REDIRECTS = 3
WHOLE = 0.98
"""An answer with less than this share of the announced rows is incomplete."""

Progress = Callable[[str], object]


def fetch_locator(
    folder: Path,
    today: date,
    *,
    site: str = SITE,
    progress: Progress = lambda words: None,
) -> Path:
    """Download every listing into one dated JSON file, put in place when complete.

    Raises:
        BadSource: the locator could not be reached or its answer could not be used; nothing
            is left behind.
    """
    rows = ask_locator(MIDDLE, WHOLE_COUNTRY_MILES, site=site, progress=progress)
    return _write(folder / f"findtreatment_{today.isoformat()}.json", {"rows": rows})


def ask_locator(
    near: Point, miles: float, *, site: str = SITE, progress: Progress = lambda words: None
) -> list[Any]:
    """Every row that the locator lists within ``miles`` of a point, as sent.

    Raises:
        BadSource: the locator could not be reached or its answer could not be used.
    """
    rows: list[Any] = []
    pages, page, announced = 1, 1, 0
    with httpx.Client(base_url=site, timeout=TIMEOUT) as client:
        while page <= pages:
            data = _page(client, near, miles, page)
            rows += data["rows"]
            announced = data["recordCount"]
            pages = min(data["totalPages"], MOST_PAGES)
            progress(f"page {page} of {pages}: {len(rows):,} of {announced:,} listings")
            page += 1
    if len(rows) < WHOLE * announced:
        raise BadSource(
            f"The locator announced {announced:,} listings and sent {len(rows):,}: its answer is "
            "not whole. Try again later."
        )
    return rows


def _page(client: httpx.Client, near: Point, miles: float, page: int) -> dict[str, Any]:
    query = {
        "sAddr": f"{near.lat:.6f},{near.lon:.6f}",
        "limitType": "2",
        "limitValue": f"{miles * METERS_PER_MILE:.0f}",
        "sType": "both",
        "pageSize": str(PAGE_SIZE),
        "page": str(page),
    }
    try:
        data = orjson.loads(_get(client, query))
    except httpx.HTTPStatusError as error:
        raise BadSource(
            f"The locator answered {error.response.status_code} on page {page}."
        ) from error
    except httpx.HTTPError as error:
        raise BadSource(
            f"The locator at {client.base_url.host} could not be reached "
            f"({type(error).__name__}); check the network and try again."
        ) from error
    except orjson.JSONDecodeError as error:
        raise BadSource(f"The locator's page {page} is not JSON.") from error
    if not _is_page(data):
        raise BadSource(
            f"The locator's page {page} does not have the shape that its guide describes."
        )
    return dict(data)


def _get(client: httpx.Client, query: Mapping[str, str]) -> bytes:
    """The body of an answer; a redirect is followed on the same host alone."""
    address = client.base_url.join(PATH).copy_merge_params(query)
    for _ in range(MOST_REDIRECTS + 1):
        with client.stream("GET", address) as response:
            onward = response.next_request
            if onward is None:
                response.raise_for_status()
                return _body(response)
        if (onward.url.scheme, onward.url.host, onward.url.port) != (
            address.scheme, address.host, address.port,
        ):  # fmt: skip
            raise BadSource(
                f"The locator at {address.host} sends its callers to {onward.url.host}; no other "
                "host is asked. Look at its web page for what has changed."
            )
        address = onward.url
    raise BadSource(f"The locator at {address.host} redirects without end.")


def _body(response: httpx.Response) -> bytes:
    body = bytearray()
    for piece in response.iter_bytes():
        body += piece
        if len(body) > MOST_BYTES:
            raise BadSource(f"The locator's answer is larger than {MOST_BYTES:,} bytes.")
    return bytes(body)


def _is_page(data: object) -> bool:
    return (
        isinstance(data, dict)
        and isinstance(data.get("rows"), list)
        and isinstance(data.get("recordCount"), int)
        and isinstance(data.get("totalPages"), int)
    )


def _write(path: Path, data: dict[str, Any]) -> Path:
    with replacing(path) as partial:
        partial.write_bytes(orjson.dumps(data))
    return path
