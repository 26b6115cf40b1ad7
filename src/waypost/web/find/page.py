"""The results page: a need in the address, a list and a map out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils import timezone, translation

from waypost.design.asked import asked_parts
from waypost.design.fact_sources import answered_in
from waypost.design.place_words import choice_words, place_problem, ways_on
from waypost.directory.choice_words import MAX_TEXT
from waypost.navigation.answer import Answer
from waypost.navigation.engine_query import has_border
from waypost.navigation.find_care import find_care
from waypost.navigation.need import DEFAULT_LEVEL, LEVEL, BadNeed, Need
from waypost.navigation.need_url import need_from_query, query_pairs
from waypost.places.address import names_a_street
from waypost.places.place import Ambiguous, Found, Place, PlaceKind, Unknown
from waypost.publishing.reader import Snapshot
from waypost.serving.process import snapshot_of
from waypost.web.find.cards import Cards
from waypost.web.find.facet_form import choices_form
from waypost.web.find.hours import hours_form, hours_panel
from waypost.web.find.keeping import Keeping, kept_ids
from waypost.web.find.map_picture import map_picture
from waypost.web.find.paging import page_links
from waypost.web.find.problem import problem_context
from waypost.web.find.sentence import sentence
from waypost.web.find.words import (
    change_words,
    is_missing_place,
    nearest_line,
    no_such_page,
)
from waypost.web.frame import cacheable, render


@cacheable
def find(request: HttpRequest) -> HttpResponse:
    """Answer the need in the query string."""
    try:
        need = need_from_query({k: request.GET.getlist(k) for k in request.GET})
    except BadNeed as error:
        context = problem_context(error, request.GET)
        return render(request, "find/find_problem.html", context, status=400)
    snapshot = snapshot_of(request)
    answer = find_care(snapshot, need, timezone.now())
    kept = kept_ids(request)
    moved = _without_street(request, need, answer)
    if moved:
        return moved
    pairs = query_pairs(need)
    visit = _visit(request.GET, Keeping(urlencode(pairs), kept), kept)
    context = _form_context(need, visit, pairs)
    if isinstance(answer.resolution, Ambiguous | Unknown) or is_missing_place(need):
        return render(request, "find/find_place.html", context | _place_context(need, answer))
    context |= _answer_context(snapshot, answer, visit)
    return render(request, "find/find.html", context)


def _visit(query: QueryDict, keeping: Keeping, kept: list[str]) -> FindVisit:
    opened = query.get("open", "")
    number = int(opened) if opened.isascii() and opened.isdigit() and len(opened) < 7 else 0
    you, searched = bool(query.get("you")), query.get("choose", "")[:MAX_TEXT]
    return FindVisit(kept, keeping, you, searched, number)


@dataclass(frozen=True, slots=True)
class FindVisit:
    """What the address holds beside the need: the list and the addresses with it, whether the place
    is the visitor's own, the word typed to find a choice, and which pin of the map is drawn apart
    from its neighbors."""

    kept: list[str]
    keeping: Keeping
    located: bool
    searched: str
    opened: int


def _form_context(need: Need, visit: FindVisit, pairs: list[tuple[str, str]]) -> dict[str, Any]:
    return {
        "need": need,
        "kept": visit.kept,
        "kept_query": visit.keeping.as_list(),
        "radii": (5, 10, 25, 50, 100, 250),
        "hours_form": hours_form(need.hours),
        "in_spanish": _in_spanish(need, pairs, visit.kept),
    }


def _in_spanish(need: Need, pairs: list[tuple[str, str]], kept: list[str]) -> str:
    """The query of the same search among programs that speak Spanish, for the Spanish page; '' on
    that very page."""
    here = translation.get_language() == "es"
    if here and need.chosen.get("language") == ("spanish",):
        return ""
    others = [(k, v) for k, v in pairs if k not in ("language", "page")]
    return urlencode([*others, ("language", "spanish"), *(("keep", k) for k in kept)])


def _place_context(need: Need, answer: Answer) -> dict[str, Any]:
    resolution = answer.resolution
    places: tuple[Place, ...] = ()
    if isinstance(resolution, Ambiguous):
        places = resolution.choices
    elif isinstance(resolution, Unknown):
        places = resolution.guesses
    context = {
        "sentence": place_problem(resolution),
        "ways_on": ways_on(resolution),
        "asked": [part.words for part in asked_parts(need, about_point=False)],
    }
    hidden = [(k, v) for k, v in query_pairs(need) if k not in ("near", "page", "within")]
    return context | {"links": _links(need, places), "hidden": hidden}


def _links(need: Need, places: Iterable[Place]) -> list[tuple[str, str]]:
    """The same need at other places, each by a key that means it alone."""
    others = [(k, v) for k, v in query_pairs(need) if k not in ("near", "page")]
    return [(choice_words(p), urlencode([("near", p.key), *others])) for p in places]


def _without_street(request: HttpRequest, need: Need, answer: Answer) -> HttpResponse | None:
    """A street address goes no farther: what follows, and what may be shared, names its place."""
    place = answer.place
    if place is None or place.key == need.place or not names_a_street(need.place):
        return None
    if place.kind is PlaceKind.POINT:  # "30.4530,-97.5635" is no house number, but the place itself
        return None
    pairs = [(k, v) for k in request.GET for v in request.GET.getlist(k) if k != "near"]
    return HttpResponseRedirect(f"?{urlencode([('near', place.key), *pairs])}")


def _others(answer: Answer) -> tuple[Place, ...]:
    return answer.resolution.others if isinstance(answer.resolution, Found) else ()


def _answer_context(snapshot: Snapshot, answer: Answer, visit: FindVisit) -> dict[str, Any]:
    need, kept = answer.need, visit.kept
    cards = Cards(snapshot, visit.keeping, answer.place)
    return {
        "answer": answer,
        "other_places": _links(need, _others(answer)),
        "sentence": sentence(answer, located=visit.located),
        "located": visit.located,
        "area": answer.place is not None and has_border(answer.place),
        "answered": answered_in(snapshot.manifest),
        "cards": [cards.card(ranked) for ranked in answer.options],
        "first": answer.options[0].number if answer.options else 1,
        "choices": choices_form(need, answer.counts, visit.searched),
        "asked": _asked_links(answer, kept),
        "chosen": sum(
            len(o) for facet, o in need.choices if (facet, o) != (LEVEL, (DEFAULT_LEVEL,))
        ),
        "changes": [change_words(change) for change in answer.changes],
        "nearest": nearest_line(answer),
        "hours": hours_panel(answer, kept),
        "map": map_picture(answer, visit.keeping.as_page(), visit.opened),
        "pages": page_links(answer, kept),
        "no_such_page": no_such_page(answer),
        "hidden_keep": kept,
        "manifest": snapshot.manifest,
    }


def _asked_links(answer: Answer, kept: list[str]) -> list[tuple[str, str]]:
    """Each part of the question in words, with the address of the question without it."""
    place = answer.place
    about_point = place is not None and not has_border(place)
    keep = [("keep", k) for k in kept]
    return [
        (part.words, urlencode([*query_pairs(part.without), *keep]))
        for part in asked_parts(answer.need, about_point=about_point)
        if part.without.place or part.without.text
    ]
