"""Places: what a text means, and suggestions as you type."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from waypost.api.answers import json_answer, kept
from waypost.api.find.answer_json import place_json
from waypost.api.problems import BadRequest
from waypost.navigation.need import MAX_TEXT, clean_text
from waypost.places.place import Ambiguous, Found
from waypost.serving.process import snapshot_of


def look_up(request: HttpRequest) -> HttpResponseBase:
    """Read a ZIP, “city, state”, a county, a state or coordinates as a place."""
    text = _text(request)
    if not text:
        raise BadRequest({"text": "Give a ZIP, a city, a county or a state in “text”."})
    snapshot = snapshot_of(request)
    resolution = snapshot.gazetteer.resolve(text)
    if isinstance(resolution, Found):
        answer, places = "found", [resolution.place]
    elif isinstance(resolution, Ambiguous):
        answer, places = "ambiguous", list(resolution.choices)
    else:
        answer, places = "unknown", list(resolution.guesses)
    data = {
        "text": text,
        "answer": answer,
        "corrected": isinstance(resolution, Found) and resolution.corrected,
        "why": "" if isinstance(resolution, Found) else resolution.why.value,
        "places": [place_json(place) for place in places],
        "others": [place_json(p) for p in resolution.others]
        if isinstance(resolution, Found)
        else [],
    }
    return kept(request, snapshot, lambda: json_answer(data))


def suggest(request: HttpRequest) -> HttpResponseBase:
    """Places that a partly typed text may mean, likeliest first."""
    snapshot = snapshot_of(request)
    text = _text(request)
    places = snapshot.gazetteer.suggest(text) if text else ()
    data = {"places": [{"label": p.label, "key": p.key} for p in places]}
    return kept(request, snapshot, lambda: json_answer(data))


def _text(request: HttpRequest) -> str:
    text = request.GET.get("text", "")
    if len(text) > MAX_TEXT:
        raise BadRequest({"text": f"“text” is longer than {MAX_TEXT} characters; please shorten."})
    return clean_text(text)
