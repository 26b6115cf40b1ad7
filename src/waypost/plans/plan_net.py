"""Ask a plan's public FHIR directory (Da Vinci PDex Plan-Net) which networks a program is in.

A client module: it uses the network, and only where an operator has set the directory's address.
Guide: HL7, "Da Vinci PDex Plan Net" 1.1: an OrganizationAffiliation names the participating
organization and its networks. Nothing about any person is in such a question.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx

from waypost.values.outside_text import plain_text

NPI_SYSTEM = "http://hl7.org/fhir/sid/us-npi"
DEADLINE = 20.0
"""Seconds for the whole question."""

MOST_BYTES = 1024**2
MOST_PAGES = 5
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Networks:
    """Answered: the networks' names as the directory writes them, and the newest date in it."""

    names: tuple[str, ...]
    as_of: str


@dataclass(frozen=True, slots=True)
class NotListed:
    """Answered: the directory has no organization with this NPI."""


@dataclass(frozen=True, slots=True)
class Unavailable:
    """Not answered; ``reason`` is for the operator and holds nothing that was sent."""

    reason: str


class _Refused(Exception):
    """An answer that is not used; its message says why."""


class PlanNet:
    """One plan's directory; ``base_url`` is https, or http on this machine alone."""

    def __init__(self, base_url: str, client: httpx.Client | None = None) -> None:
        parts = urlsplit(base_url)
        safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
        if not safe or parts.username or not parts.hostname:
            raise ValueError("A plan's directory has an https address without a user's name.")
        self._base = base_url.rstrip("/")
        self._host = (parts.scheme, parts.netloc)
        # Redirects are not followed: they could lead anywhere.
        self._client = client or httpx.Client(timeout=DEADLINE, follow_redirects=False)

    def networks_of(self, npi: str) -> Networks | NotListed | Unavailable:
        """Which networks the organization with this NPI takes part in."""
        if not (len(npi) == 10 and npi.isascii() and npi.isdigit()):
            return Unavailable("an NPI has ten digits")
        try:
            found = self._search("Organization", {"identifier": f"{NPI_SYSTEM}|{npi}"})
            ids = [str(row.get("id", "")) for row in found if _has_npi(row, npi)]
            if not ids:
                return NotListed()
            return _networks(
                self._search(
                    "OrganizationAffiliation",
                    {
                        "participating-organization": f"Organization/{ids[0]}",
                        "_include": "OrganizationAffiliation:network",
                    },
                )
            )
        except _Refused as error:
            return Unavailable(str(error))
        except httpx.HTTPError as error:
            return Unavailable(type(error).__name__)

    def _search(self, kind: str, query: dict[str, str]) -> list[dict[str, Any]]:
        bundle = self._get(f"{self._base}/{kind}", query)
        rows = _resources(bundle)
        for _page in range(MOST_PAGES - 1):
            following = _next_link(bundle)
            if not following:
                break
            if tuple(urlsplit(following)[:2]) != self._host:
                raise _Refused("the directory's next page is at another host")
            bundle = self._get(following, None)
            rows += _resources(bundle)
        return rows

    def _get(self, url: str, query: dict[str, str] | None) -> dict[str, Any]:
        headers = {"Accept": "application/fhir+json", "Accept-Encoding": "identity"}
        with self._client.stream("GET", url, params=query, headers=headers) as reply:
            if reply.status_code != httpx.codes.OK:
                raise _Refused(f"status {reply.status_code}")
            data = bytearray()
            for piece in reply.iter_raw():
                data += piece
                if len(data) > MOST_BYTES:
                    raise _Refused("an answer of more than a megabyte")
        try:
            bundle = json.loads(bytes(data))
        except (ValueError, RecursionError) as error:
            raise _Refused("an answer that is not JSON") from error
        if not isinstance(bundle, dict) or bundle.get("resourceType") != "Bundle":
            raise _Refused("an answer that is no FHIR bundle")
        return bundle


def _resources(bundle: dict[str, Any]) -> list[dict[str, Any]]:
    entries = bundle.get("entry", [])
    rows = [e.get("resource") for e in entries if isinstance(e, dict)] if _is_list(entries) else []
    return [row for row in rows if isinstance(row, dict)]


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


def _next_link(bundle: dict[str, Any]) -> str:
    links = bundle.get("link", [])
    found = (k for k in links if isinstance(k, dict) and k.get("relation") == "next")
    return str(next(found, {}).get("url", "")) if _is_list(links) else ""


def _has_npi(row: dict[str, Any], npi: str) -> bool:
    """A directory that ignores the question's filter must not be believed."""
    marks = row.get("identifier", [])
    return row.get("resourceType") == "Organization" and any(
        isinstance(m, dict) and m.get("system") == NPI_SYSTEM and m.get("value") == npi
        for m in (marks if _is_list(marks) else [])
    )


def _networks(rows: list[dict[str, Any]]) -> Networks:
    called = {
        f"Organization/{row.get('id')}": str(row.get("name", ""))
        for row in rows
        if row.get("resourceType") == "Organization"
    }
    names: list[str] = []
    dates = [""]
    for row in rows:
        if row.get("resourceType") != "OrganizationAffiliation" or row.get("active") is False:
            continue
        dates.append(str(_part(row, "meta").get("lastUpdated", ""))[:10])
        references = row.get("network", [])
        for reference in references if _is_list(references) else []:
            told = reference if isinstance(reference, dict) else {}
            name = str(told.get("display") or called.get(str(told.get("reference")), ""))
            names.append(plain_text(name, 120))
    return Networks(tuple(dict.fromkeys(n for n in names if n)), max(dates))


def _part(row: dict[str, Any], name: str) -> dict[str, Any]:
    value = row.get(name, {})
    return value if isinstance(value, dict) else {}
