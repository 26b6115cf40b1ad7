"""Search: the need in the address, or in the body for a query that stays private."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import orjson
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from waypost.api.answers import json_answer, kept
from waypost.api.body import json_object
from waypost.api.find.answer_json import answer_json, page_links, place_json
from waypost.api.problems import BadRequest
from waypost.api.recent import Ready, Recent
from waypost.design.caching import PRIVATE
from waypost.navigation.answer import Answer
from waypost.navigation.find_care import find_care
from waypost.navigation.need import Need
from waypost.navigation.need_json import from_json
from waypost.navigation.need_url import need_from_query
from waypost.places.place import Ambiguous, Unknown
from waypost.publishing.reader import Snapshot
from waypost.serving.process import snapshot_of
from waypost.values.wall_time import days_now

RECENT = Recent()
YES = frozenset({"1", "true", "yes"})
NO = frozenset({"", "0", "false", "no"})


def search_by_address(request: HttpRequest) -> HttpResponseBase:
    """Programs that fit a need, ranked, with reasons.

    The parameters are those of the page at /find, so an address there works here too.
    """
    snapshot = snapshot_of(request)
    return kept(request, snapshot, lambda: _by_address(request, snapshot))


def _by_address(request: HttpRequest, snapshot: Snapshot) -> HttpResponseBase:
    # How old a word on places is counts by the day: an answer of yesterday is no answer of today's.
    address = f"{days_now(timezone.now())} {request.META.get('QUERY_STRING', '')}"
    ready = RECENT.get(snapshot.version, address)
    if ready is None:
        ready = _answer(request, snapshot)
        RECENT.keep(snapshot.version, address, ready)
    headers = {"Link": ready.links}
    return HttpResponse(ready.body, headers=headers, content_type="application/json")


def _answer(request: HttpRequest, snapshot: Snapshot) -> Ready:
    query = dict(request.GET.lists())
    counts = wants(query, "counts")
    answer = _find(snapshot, need_from_query(query))
    links = page_links(answer, counts=counts)
    body = orjson.dumps(answer_json(answer, links, counts=counts))
    return Ready(body, ", ".join(f'<{url}>; rel="{rel}"' for rel, url in links.items()))


def search_by_body(request: HttpRequest) -> HttpResponseBase:
    """The same search with the need in the body, so that it is in no URL, log or cache.

    There are no links in the answer; ask again with the next number in "page".
    """
    data = json_object(request)
    counts = data.pop("counts", False)
    if not isinstance(counts, bool):
        raise BadRequest({"counts": "“counts” must be true or false."})
    answer = _find(snapshot_of(request), from_json(data))
    response = json_answer(answer_json(answer, None, counts=counts))
    response.headers["Cache-Control"] = PRIVATE
    return response


def wants(query: Mapping[str, Sequence[str]], name: str) -> bool:
    """Read a yes or no; raise `BadRequest` for anything else."""
    text = query.get(name, [""])[-1].strip().lower()
    if text not in YES | NO:
        raise BadRequest({name: f"“{name}” must be 1 or 0, not “{text[:40]}”."})
    return text in YES


def _find(snapshot: Snapshot, need: Need) -> Answer:
    answer = find_care(snapshot, need, timezone.now())
    where = answer.resolution
    if isinstance(where, Ambiguous):
        problems = {"near": f"“{where.text}” may be several places; ask again with one of them."}
        raise BadRequest(problems, 422, choices=[place_json(p) for p in where.choices])
    if isinstance(where, Unknown):
        problems = {"near": f"We know no place called “{where.text}”."}
        raise BadRequest(problems, 422, choices=[place_json(p) for p in where.guesses])
    return answer
