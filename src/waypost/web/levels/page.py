"""Levels of care, side by side: one table, one picture, and how many programs are near."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from waypost.design.place_words import place_problem
from waypost.levels_of_care.guide.rules_file import the_guide
from waypost.levels_of_care.level import Level, LevelWords, the_levels
from waypost.navigation.find_care import find_care
from waypost.navigation.need import DEFAULT_RADIUS, LEVEL, BadNeed, Need, clean_text
from waypost.places.place import Ambiguous, Place, Unknown
from waypost.publishing.reader import Snapshot
from waypost.serving.process import snapshot_of
from waypost.web.frame import cacheable, render
from waypost.web.levels.picture import levels_picture
from waypost.web.problem_words import need_problem

MOST_SIDES = 3


@dataclass(frozen=True, slots=True)
class LevelRow:
    """A level in the language being spoken; ``count`` is None where no place is in hand."""

    level: Level
    words: LevelWords
    count: int | None
    find_query: str


@dataclass(frozen=True, slots=True)
class NearLevels:
    """The place in hand: what was typed, the place (or None), a problem in words, and guesses."""

    typed: str
    place: Place | None = None
    problem: str = ""
    guesses: tuple[Place, ...] = ()


@cacheable
def levels(request: HttpRequest) -> HttpResponse:
    """The page; ``near`` adds live counts, two or three ``side`` put levels side by side."""
    near, counts = near_counts(snapshot_of(request), request.GET.get("near", ""))
    rows = [_row(level, near, counts) for level in the_levels().values()]
    sides = [row for row in rows if row.level.id in request.GET.getlist("side")]
    context = {
        "rows": rows,
        "sides": sides[:MOST_SIDES] if len(sides) > 1 else [],
        "chosen": {row.level.id for row in sides},
        "side_problem": _side_problem(sides),
        "parts": side_parts(),
        "sources": list(dict.fromkeys(s for row in rows for s in row.level.sources)),
        "near": near,
        "radius": int(DEFAULT_RADIUS),
        "picture": levels_picture(),
        "lang": translation.get_language() or "en",
        "spanish_reviewed": the_guide().spanish_reviewed,
        "limits": the_guide().limits,
    }
    return render(request, "levels/levels.html", context)


def near_counts(snapshot: Snapshot, typed: str) -> tuple[NearLevels, dict[str, int] | None]:
    """How many programs of each level are within 25 miles; None where no place is in hand."""
    place = clean_text(typed)
    if not place:
        return NearLevels(""), None
    try:
        need = Need(place, choices=(), page_size=1)
    except BadNeed as error:
        return NearLevels(place[:60], problem=need_problem(error, next(iter(error.problems)))), None
    answer = find_care(snapshot, need, timezone.now())
    if isinstance(answer.resolution, Ambiguous):
        choices = tuple(answer.resolution.choices[:8])
        return NearLevels(place, problem=place_problem(answer.resolution), guesses=choices), None
    if isinstance(answer.resolution, Unknown) or answer.place is None:
        guesses = answer.resolution.guesses if isinstance(answer.resolution, Unknown) else ()
        problem = place_problem(answer.resolution)
        return NearLevels(place, problem=problem, guesses=tuple(guesses[:8])), None
    return NearLevels(place, answer.place), dict(answer.counts)


def _row(level: Level, near: NearLevels, counts: dict[str, int] | None) -> LevelRow:
    words = level.spoken(translation.get_language() or "en")
    count = None if counts is None else max(counts.get(f"{LEVEL}:{o}", 0) for o in level.search)
    pairs = [(LEVEL, option) for option in level.search]
    return LevelRow(
        level,
        words,
        count,
        urlencode([("near", near.place.key if near.place else near.typed), *pairs]),
    )


def _side_problem(sides: Sequence[LevelRow]) -> str:
    if len(sides) == 1:
        return _("Choose one or two more to put side by side.")
    if len(sides) > MOST_SIDES:
        return _("Three fit side by side; here are the first three.")
    return ""


def side_parts() -> list[tuple[str, str]]:
    """What is compared: a field of the level's words and its heading."""
    return [
        ("what", _("What it is")),
        ("hours", _("Hours")),
        ("length", _("How long")),
        ("sleep", _("Where you sleep")),
        ("medical", _("Medical care")),
        ("suits", _("Who it suits")),
        ("good", _("Benefits")),
        ("limits", _("Drawbacks")),
        ("cost", _("What it tends to cost")),
        ("before", _("What comes before")),
        ("after", _("What comes after")),
    ]
