"""Fetches CMS's public use files into dated files, under a temporary name until complete.

A client module: it uses the network, only when an operator asks, and only CMS's own hosts.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from waypost.plans.imports.marketplace import NAMES, URLS
from waypost.plans.imports.package import URL as PACKAGE_URL

HOSTS = frozenset({"download.cms.gov", "www.cms.gov"})
MOST_BYTES = 1024**3
PATIENCE = httpx.Timeout(30.0, read=120.0)
_REDIRECTS = 3


class NotFetched(RuntimeError):
    """The file could not be fetched; the message says why and what to do."""


def fetch(url: str, folder: Path, today: date, client: httpx.Client | None = None) -> Path:
    """Fetch one file into ``folder`` as ``<today>-<name>``.

    Raises:
        NotFetched: another host, no such file, too large, or no network.
    """
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{today.isoformat()}-{Path(urlsplit(url).path).name}"
    part = target.with_name(target.name + ".part")
    own = client or httpx.Client(timeout=PATIENCE)
    try:
        _download(own, url, part)
        return part.replace(target)
    except httpx.HTTPError as error:
        raise NotFetched(
            f"{url}: {type(error).__name__}. Download it by hand and name it instead."
        ) from error
    finally:
        part.unlink(missing_ok=True)
        if client is None:
            own.close()


def _download(client: httpx.Client, url: str, part: Path) -> None:
    for _hop in range(_REDIRECTS):
        where = urlsplit(url)
        if where.scheme != "https" or where.hostname not in HOSTS:
            raise NotFetched(f"{url} is not at {' or '.join(sorted(HOSTS))}")
        with client.stream("GET", url, follow_redirects=False) as reply:
            if reply.is_redirect:
                url = str(reply.url.join(reply.headers["location"]))
                continue
            if reply.status_code != httpx.codes.OK:
                raise NotFetched(f"{url}: status {reply.status_code}")
            _save(reply, part)
            return
    raise NotFetched(f"{url}: sent on more than {_REDIRECTS} times")


def _save(reply: httpx.Response, part: Path) -> None:
    done = 0
    with part.open("wb") as out:
        for piece in reply.iter_bytes(1 << 20):
            done += len(piece)
            if done > MOST_BYTES:
                raise NotFetched(f"{reply.url}: more than a gigabyte")
            out.write(piece)


def fetch_marketplace(
    year: int, folder: Path, today: date, client: httpx.Client | None = None
) -> list[Path]:
    """Fetch the marketplace files of a plan year: benefits, attributes, service area, network.

    Raises:
        NotFetched: one of them could not be fetched.
    """
    return [fetch(URLS.format(year=year, name=n), folder, today, client) for n in NAMES]


def fetch_package(year: int, folder: Path, today: date, client: httpx.Client | None = None) -> Path:
    """Fetch the Medicare Advantage plan benefit package of a contract year.

    Raises:
        NotFetched: it could not be fetched.
    """
    return fetch(PACKAGE_URL.format(year=year), folder, today, client)
