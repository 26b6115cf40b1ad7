"""Programs beside an article: near the place in hand, or named like what was typed."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils import timezone

from waypost.design.place_words import place_problem
from waypost.design.words import miles_text
from waypost.directory.site import Site
from waypost.navigation.answer import RankedSite
from waypost.navigation.find_care import find_care
from waypost.navigation.need import MAX_TEXT, Need, clean_text
from waypost.places.place import Found
from waypost.publishing.reader import Snapshot
from waypost.web.articles.search import words_to_look_for
from waypost.web.find.words import headline

ASKING = frozenset({
    "a", "an", "are", "can", "do", "does", "how", "i", "is", "my", "what", "when", "which", "who",
    "why", "will", "cómo", "cuándo", "cuánto", "cuántas", "mi", "puedo", "qué", "quién", "un",
})  # fmt: skip
MOST_PLACE_WORDS = 5
MOST_NAME_WORDS = 5
SHOWN = 3


@dataclass(frozen=True, slots=True)
class NearProgram:
    """A program in few words: its page's id, its name, its town, and how far it is."""

    id: str
    name: str
    town: str
    distance: str


@dataclass(frozen=True, slots=True)
class Near:
    """What is near a place: a sentence, how many, the first of them, the query of the search."""

    place: str
    sentence: str
    total: int
    query: str
    understood: bool
    programs: tuple[NearProgram, ...] = ()


@dataclass(frozen=True, slots=True)
class Programs:
    """Programs beside the articles that a search found."""

    near: Near | None
    named: tuple[Site, ...]
    query: str


def near(snapshot: Snapshot, typed: str) -> Near | None:
    """The intensive outpatient programs within 25 miles; None where nothing is typed."""
    place = place_in_hand(typed)
    if not place:
        return None
    answer = find_care(snapshot, Need(place=place, page_size=SHOWN), timezone.now())
    query = urlencode({"near": place})
    if answer.place is None:
        return Near(place, place_problem(answer.resolution), 0, query, understood=False)
    query = urlencode({"near": answer.place.key})
    first = tuple(_program(option) for option in answer.options)
    return Near(place, headline(answer), answer.total, query, understood=True, programs=first)


def place_in_hand(typed: str) -> str:
    """The place as it is carried from page to page; empty where there is none."""
    return clean_text(typed)[:MAX_TEXT].strip()


def near_query(typed: str) -> str:
    """What to add to an address to carry the place along: "?near=Austin%2C+TX" or nothing."""
    place = place_in_hand(typed)
    return "?" + urlencode({"near": place}) if place else ""


def _program(option: RankedSite) -> NearProgram:
    site = option.site
    miles = option.miles
    distance = "" if miles is None else miles_text(miles, exact=option.exact)
    return NearProgram(site.id, site.name, f"{site.city}, {site.state}", distance)


def may_be_a_place(text: str) -> bool:
    """Whether text can be a place: few words, none of them a question's. Saves a slow look-up."""
    words = text.casefold().split()
    return len(words) <= MOST_PLACE_WORDS and not ASKING.intersection(words)


def programs_beside(snapshot: Snapshot, typed: str, most: int = 5) -> Programs | None:
    """Programs near what was typed if that is a place, else programs with such a name."""
    text = place_in_hand(typed)
    if not text:
        return None
    words = words_to_look_for(text)
    if may_be_a_place(text) and isinstance(snapshot.gazetteer.resolve(text), Found):
        return Programs(near(snapshot, text), (), urlencode({"near": text}))
    name = " ".join(words[:MOST_NAME_WORDS])
    named = snapshot.sites([row for row, _score in snapshot.names.find(name, most)])
    return Programs(None, tuple(named), urlencode({"q": text}))
