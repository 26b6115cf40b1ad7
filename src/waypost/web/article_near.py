"""Programs beside an article: near the place in hand, or named like what was typed."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils import timezone

from waypost.design.published import current_snapshot
from waypost.directory.site import Site
from waypost.navigation.find_care import find_care
from waypost.navigation.need import MAX_TEXT, Need, clean_text
from waypost.places.place import Found
from waypost.web.article_search import words_to_look_for
from waypost.web.find_words import headline, place_problem

ASKING = frozenset({
    "a", "an", "are", "can", "do", "does", "how", "i", "is", "my", "what", "when", "which", "who",
    "why", "will", "cómo", "cuándo", "cuánto", "cuántas", "mi", "puedo", "qué", "quién", "un",
})  # fmt: skip
MOST_PLACE_WORDS = 5
MOST_NAME_WORDS = 5


@dataclass(frozen=True, slots=True)
class Near:
    """What is near a place: a sentence, how many, and the query of the whole search."""

    place: str
    sentence: str
    total: int
    query: str
    understood: bool


@dataclass(frozen=True, slots=True)
class Programs:
    """Programs beside the articles that a search found."""

    near: Near | None
    named: tuple[Site, ...]
    query: str


def near(typed: str) -> Near | None:
    """How many intensive outpatient programs are within 25 miles; None where nothing is typed."""
    place = clean_text(typed)[:MAX_TEXT].strip()
    if not place:
        return None
    answer = find_care(current_snapshot(), Need(place=place, page_size=1), timezone.now())
    understood = answer.place is not None
    sentence = headline(answer) if understood else place_problem(answer.resolution)
    return Near(place, sentence, answer.total, urlencode({"near": place}), understood)


def may_be_a_place(text: str) -> bool:
    """Places have few words, none of them a question's: reading a question as one costs time."""
    words = text.casefold().split()
    return len(words) <= MOST_PLACE_WORDS and not ASKING.intersection(words)


def programs_beside(typed: str, most: int = 5) -> Programs | None:
    """Programs near what was typed where that is a place, else programs with such a name."""
    text = clean_text(typed)[:MAX_TEXT].strip()
    if not text:
        return None
    snapshot = current_snapshot()
    words = words_to_look_for(text)
    if may_be_a_place(text) and isinstance(snapshot.gazetteer.resolve(text), Found):
        return Programs(near(text), (), urlencode({"near": text}))
    name = " ".join(words[:MOST_NAME_WORDS])
    named = snapshot.sites([row for row, _score in snapshot.names.find(name, most)])
    return Programs(None, tuple(named), urlencode({"q": text}))
