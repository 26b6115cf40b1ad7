"""Near home or away: two places side by side for the same need, and what the choice means."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from waypost.design.place_words import place_problem
from waypost.levels_of_care.cited import CitedSource
from waypost.levels_of_care.near_or_away import TopicWords, the_topics
from waypost.navigation.answer import Answer
from waypost.navigation.find_care import find_care
from waypost.navigation.need import BadNeed, Need
from waypost.navigation.need_url import need_from_query, query_pairs
from waypost.places.address import names_a_street
from waypost.places.place import Ambiguous, Found, Resolution, Unknown
from waypost.publishing.reader import Snapshot
from waypost.serving.process import snapshot_of
from waypost.web.find.words import what_is_sought
from waypost.web.frame import cacheable, render
from waypost.web.near_or_away.need import need_form
from waypost.web.near_or_away.side import Side, side

HOME = "home"
AWAY = "away"
KEPT = ("page", "page_size", "sort", "near", "q")
"""Parameters of a search that a comparison of two places does not use."""


@require_safe
@cacheable
def near_or_away(request: HttpRequest) -> HttpResponse:
    """The comparison; until both places are known, the question of which they are."""
    query = {name: [str(v) for v in request.GET.getlist(name)] for name in request.GET}
    shared = {name: values for name, values in query.items() if name not in KEPT}
    try:
        needs = {name: _need(shared, name) for name in (HOME, AWAY)}
    except BadNeed as error:
        return _refused(request, error.problems)
    snapshot = snapshot_of(request)
    resolutions = {
        name: snapshot.gazetteer.resolve(need.place) if need.place else None
        for name, need in needs.items()
    }
    context = _form(needs) | {"topics": _topics(), "unclear": _unclear(needs, resolutions)}
    if all(isinstance(place, Found) for place in resolutions.values()):
        context |= _compared(snapshot, needs)
    return render(request, "near_or_away/near_or_away.html", context)


def _topics() -> list[tuple[TopicWords, CitedSource]]:
    """Each point of the choice in the language of the page, and who says so."""
    language = translation.get_language() or "en"
    return [(topic.spoken(language), topic.source) for topic in the_topics()]


def _need(query: dict[str, list[str]], name: str) -> Need:
    """The need at one of the two places; its problems are named by the place's field."""
    rest = {key: values for key, values in query.items() if key not in (HOME, AWAY)}
    try:
        return need_from_query(rest | {"near": query.get(name, [])})
    except BadNeed as error:
        problems = {name if key == "near" else key: text for key, text in error.problems.items()}
        raise BadNeed(problems) from None


def _refused(request: HttpRequest, problems: dict[str, str]) -> HttpResponse:
    typed = {name: request.GET.get(name, "").replace("\x00", "")[:200] for name in (HOME, AWAY)}
    context: dict[str, Any] = {"typed": typed, "others": [], "problems": list(problems.values())}
    context |= {"topics": _topics(), "unclear": [], "section": "/near-or-away"}
    return render(request, "near_or_away/near_or_away.html", context, status=400)


def _form(needs: dict[str, Need]) -> dict[str, Any]:
    need = needs[HOME]
    fields, hidden = need_form(need)
    return {
        "typed": {name: need.place for name, need in needs.items()},
        "fields": fields,
        "others": hidden,
        "what": what_is_sought(need),
        "problems": [],
        "section": "/near-or-away",
    }


def _others(need: Need) -> list[tuple[str, str]]:
    return [(name, value) for name, value in query_pairs(need) if name != "near"]


def _unclear(
    needs: dict[str, Need], resolutions: dict[str, Resolution | None]
) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """For each place that is not one: its field, what to say, and links that settle it."""
    if not any(need.place for need in needs.values()):
        return []
    rows = []
    for name, resolution in resolutions.items():
        if isinstance(resolution, Found):
            continue
        places = resolution.choices if isinstance(resolution, Ambiguous) else ()
        if isinstance(resolution, Unknown):
            places = resolution.guesses
        typed = {key: _carried(need, resolutions[key]) for key, need in needs.items() if need.place}
        rest = _others(needs[name])
        links = [(p.label, urlencode([*(typed | {name: p.key}).items(), *rest])) for p in places]
        rows.append((name, place_problem(resolution), links))
    return rows


def _carried(need: Need, resolution: Resolution | None) -> str:
    """A place as links carry it: its key, so that a typed street address goes no further."""
    if isinstance(resolution, Found):
        return resolution.place.key
    return "" if names_a_street(need.place) else need.place


def _compared(snapshot: Snapshot, needs: dict[str, Need]) -> dict[str, Any]:
    home, away = (_answers(snapshot, needs[name]) for name in (HOME, AWAY))
    sides = (side(*home), side(*away))
    same = sides[0].place == sides[1].place
    return {"sides": sides, "same": same, "groups": _table(sides)}


def _answers(snapshot: Snapshot, need: Need) -> tuple[Answer, Answer]:
    """What is within the need's distance, and the nearest at any distance."""
    now = timezone.now()
    near = Need(need.place, need.radius_miles, need.choices, need.without, page_size=3)
    far = Need(need.place, None, need.choices, need.without, page_size=3)
    return find_care(snapshot, near, now), find_care(snapshot, far, now)


def _table(sides: tuple[Side, Side]) -> list[tuple[str, list[tuple[str, int, int]]]]:
    """Levels and groups, with how many programs at home and away offer each."""
    home, away = sides
    tables = []
    for title, mine, theirs in (
        (_("Levels of care"), home.levels, away.levels),
        (_("Groups and people these programs work with"), home.people, away.people),
    ):
        rows = [(words, mine[words], theirs[words]) for words in mine]
        tables.append((title, [row for row in rows if row[1] or row[2]]))
    return tables
