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
from waypost.web.find_words import headline, place_problem


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


def programs_beside(typed: str, most: int = 5) -> Programs | None:
    """Programs near what was typed where that is a place, else programs with such a name."""
    text = clean_text(typed)[:MAX_TEXT].strip()
    if not text:
        return None
    snapshot = current_snapshot()
    if isinstance(snapshot.gazetteer.resolve(text), Found):
        return Programs(near(text), (), urlencode({"near": text}))
    named = snapshot.sites([row for row, _score in snapshot.names.find(text, most)])
    return Programs(None, tuple(named), urlencode({"q": text}))
