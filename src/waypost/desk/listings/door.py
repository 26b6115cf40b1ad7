"""The door for programs' own software: PUT the tracks or the openings of a listing, with a token.

It stands in the private process because the tokens do: the public one knows nobody. What is taken
goes into the queue as a claim, and out with the next publish.
"""

from __future__ import annotations

import json
import time
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from waypost.accounts.listings import BadToken, TokenScope
from waypost.accounts.queries import TokenSeen, bearer, owner_of
from waypost.design.account_faults import account_words
from waypost.design.timetable_faults import fault_text
from waypost.desk.listings.known import site_named
from waypost.desk.permission import open_to_all
from waypost.directory.actions import say_timetable
from waypost.directory.queries import said_now
from waypost.directory.timetables import Speaker
from waypost.limits.limit import Limit
from waypost.values.placed_fault import Faulty

MOST_BYTES = 256 * 1024
BY_TOKEN = Limit("changes by token", most=29, seconds=60.0)
PROBLEM = "application/problem+json"


class Unanswered(Exception):
    """What is asked is refused with this status and sentence (RFC 9457)."""

    def __init__(self, status: int, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.status, self.detail, self.more = status, detail, more


@open_to_all
def put_timetable(request: HttpRequest, site_id: str, field: str) -> JsonResponse:
    """Take or show what a program says of one field; the same PUT again changes nothing."""
    try:
        if request.method not in ("GET", "PUT"):
            raise Unanswered(405, "Send GET or PUT.")
        token = _bearer(request, site_id, field)
        changed = request.method == "PUT" and _put(request, token, site_id, field)
    except Unanswered as error:
        return _problem(error)
    return JsonResponse({"site": site_id, field: said_now(site_id, field), "changed": changed})


put_timetable.csrf_exempt = True  # type: ignore[attr-defined]  # no cookie opens this door


def _bearer(request: HttpRequest, site_id: str, field: str) -> TokenSeen:
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not text.strip():
        raise Unanswered(401, "Send the header “Authorization: Bearer” with a token.")
    try:
        token = bearer(text.strip(), timezone.now())
    except BadToken as error:
        raise Unanswered(401, " ".join(account_words(error))) from None
    wait = BY_TOKEN.wait(str(token.number), time.monotonic())
    if wait:
        raise Unanswered(429, f"Too many changes: wait {round(wait) + 1} seconds.")
    if TokenScope(field) not in token.scopes:
        raise Unanswered(403, f"This token may not change {field}.")
    if owner_of(site_id) != token.organization:
        # the same answer for a listing that is not there: whose is whose is nobody's business
        raise Unanswered(403, "Your organization does not speak for a listing with this id.")
    return token


def _put(request: HttpRequest, token: TokenSeen, site_id: str, field: str) -> bool:
    site = site_named(request, site_id)
    if site is None:
        raise Unanswered(404, "This listing is not in the published directory now.")
    try:
        return say_timetable(
            site_id=site_id,
            field=field,
            value=_body(request, field),
            speaker=Speaker.SOFTWARE,
            organization=token.organization,
            by=f"token:{token.number}",
            now=timezone.now(),
            zone=site.timezone,
        )
    except Faulty as error:
        faults = [
            {"place": f.place, "code": f.code.value, "detail": fault_text(f)} for f in error.faults
        ]
        raise Unanswered(422, "Nothing was taken.", faults=faults) from None


def _body(request: HttpRequest, field: str) -> object:
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
        raise Unanswered(413, f"Send at most {MOST_BYTES // 1024} kB.")
    if request.content_type != "application/json":
        raise Unanswered(415, "Send JSON, with the header “Content-Type: application/json”.")
    try:
        data = json.loads(request.body.decode("utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise Unanswered(400, "The body is not JSON.") from None
    if not isinstance(data, dict) or set(data) != {field}:
        raise Unanswered(400, f"Send one object with the field “{field}”, which is a list.")
    return data[field]


def _problem(error: Unanswered) -> JsonResponse:
    data = {"type": "about:blank", "status": error.status, "detail": error.detail, **error.more}
    response = JsonResponse(data, status=error.status, content_type=PROBLEM)
    if error.status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="listings"'
    if error.status == 405:
        response.headers["Allow"] = "GET, PUT"
    return response
