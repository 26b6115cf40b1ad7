"""Download the current listings of FindTreatment.gov through its public API, page by page.

Source: SAMHSA, FindTreatment.gov API Documentation, version 1.9 (January 15, 2025).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import orjson

from waypost.sources.reading import BadSource

SITE = "https://findtreatment.gov"
PATH = "/locator/exportsAsJson/v2"
PAGE_SIZE = 2000  # the most that the guide allows
MOST_PAGES = 200
MIDDLE = "39.83,-98.58"  # the middle of the contiguous states
WHOLE_COUNTRY_METERS = "16000000"  # reaches Guam and the Virgin Islands from there
TIMEOUT = httpx.Timeout(60.0, connect=10.0)


def fetch_locator(
    folder: Path,
    today: date,
    *,
    site: str = SITE,
    progress: Callable[[str], object] = lambda words: None,
) -> Path:
    """Download every listing into one dated JSON file, put in place when it is whole.

    Raises:
        BadSource: the locator could not be reached or its answer could not be used; nothing
            is left behind.
    """
    rows: list[Any] = []
    pages = 1
    page = 1
    with httpx.Client(base_url=site, timeout=TIMEOUT, follow_redirects=True) as client:
        while page <= pages:
            data = _page(client, page)
            rows += data["rows"]
            pages = min(int(data["totalPages"]), MOST_PAGES)
            progress(f"page {page} of {pages}: {len(rows):,} of {data['recordCount']:,} listings")
            page += 1
    return _write(folder / f"findtreatment_{today.isoformat()}.json", {"rows": rows})


def _page(client: httpx.Client, page: int) -> dict[str, Any]:
    query = {
        "sAddr": MIDDLE,
        "limitType": "2",
        "limitValue": WHOLE_COUNTRY_METERS,
        "sType": "both",
        "pageSize": str(PAGE_SIZE),
        "page": str(page),
    }
    try:
        response = client.get(PATH, params=query)
        response.raise_for_status()
        data = orjson.loads(response.content)
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
        raise BadSource(f"The locator's page {page} has not the shape that its guide describes.")
    return dict(data)


def _is_page(data: object) -> bool:
    return (
        isinstance(data, dict)
        and isinstance(data.get("rows"), list)
        and isinstance(data.get("recordCount"), int)
        and isinstance(data.get("totalPages"), int)
    )


def _write(path: Path, data: dict[str, Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.{os.getpid()}")
    partial.write_bytes(orjson.dumps(data))
    partial.replace(path)
    return path
