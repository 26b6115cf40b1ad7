"""Asks a plan's public FHIR directory (Da Vinci PDex Plan-Net) which networks a program is in.

A client module: it uses the network, and only where an operator has set the directory's address.
Guide: HL7, "Da Vinci PDex Plan Net" 1.1: an OrganizationAffiliation names the participating
organization and its networks, for a period. How references are written and resolved: HL7 FHIR R4,
"References between Resources" and "Resolving references in Bundles". Nothing about any person is in
such a question.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import httpx

from waypost.plans.plan_net_rows import (
    FULL_URL,
    NPI_SYSTEMS,
    Networks,
    has_npi,
    joined,
    networks_in,
)

DEADLINE = 20.0
"""Seconds for the whole question."""

MOST_BYTES = 1024**2
MOST_PAGES = 5
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class NotListed:
    """Answered: the directory has no organization with this NPI."""


@dataclass(frozen=True, slots=True)
class DirectoryUnavailable:
    """Not answered; ``reason`` is for the operator and repeats nothing that was sent."""

    reason: str


class _Refused(Exception):
    """An answer that cannot be used; the message says why."""


class PlanNet:
    """One plan's directory; ``base_url`` is https, or http on this machine only."""

    def __init__(self, base_url: str, client: httpx.Client | None = None) -> None:
        parts = urlsplit(base_url)
        safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
        if not safe or parts.username or not parts.hostname:
            raise ValueError("A plan's directory has an https address without a user's name.")
        self._base = base_url.rstrip("/")
        self._host = (parts.scheme, parts.netloc)
        # Redirects are not followed: they could lead anywhere.
        self._client = client or httpx.Client(timeout=DEADLINE, follow_redirects=False)

    def networks_of(self, npi: str, today: date) -> Networks | NotListed | DirectoryUnavailable:
        """Which networks the organizations with this NPI take part in today."""
        if not (len(npi) == 10 and npi.isascii() and npi.isdigit()):
            return DirectoryUnavailable("an NPI has ten digits")
        try:
            organizations = self._organizations(npi, today)
            if not organizations:
                return NotListed()
            affiliations = [self._affiliations(str(row["id"])) for row in organizations]
        except _Refused as error:
            return DirectoryUnavailable(str(error))
        except httpx.HTTPError as error:
            return DirectoryUnavailable(type(error).__name__)
        return joined(
            networks_in(rows, organization, today)
            for organization, rows in zip(organizations, affiliations, strict=True)
        )

    def _organizations(self, npi: str, today: date) -> list[dict[str, Any]]:
        """Every organization that has this NPI now, once: one program may have several records."""
        rows = [
            row
            for system in NPI_SYSTEMS
            for row in self._search("Organization", {"identifier": f"{system}|{npi}"})
            if has_npi(row, npi, today) and row.get("id")
        ]
        return list({row["id"]: row for row in rows}.values())

    def _affiliations(self, organization: str) -> list[dict[str, Any]]:
        return self._search(
            "OrganizationAffiliation",
            {
                "participating-organization": f"Organization/{organization}",
                "_include": "OrganizationAffiliation:network",
            },
        )

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
    """The resources of a bundle, each with the address under which the bundle names it."""
    entries = bundle.get("entry", [])
    rows = []
    for entry in entries if isinstance(entries, list) else []:
        resource = entry.get("resource") if isinstance(entry, dict) else None
        if isinstance(resource, dict):
            rows.append({**resource, FULL_URL: str(entry.get("fullUrl", ""))})
    return rows


def _next_link(bundle: dict[str, Any]) -> str:
    links = bundle.get("link", [])
    if not isinstance(links, list):
        return ""
    following = (k for k in links if isinstance(k, dict) and k.get("relation") == "next")
    return str(next(following, {}).get("url", ""))
