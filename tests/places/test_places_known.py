"""The reviewed list of nicknames, regions and other names that no table of towns holds."""

from __future__ import annotations

from collections import Counter

import pytest

from waypost.places.gazetteer import load_gazetteer
from waypost.places.known import PART_OF_A_PLACE, Known, KnownAnswer, KnownKind, known_lines
from waypost.places.named import has_town, place_of_key
from waypost.places.place import Ambiguous, Found, Unknown, Why
from waypost.places.spelling import plain
from waypost.places.typed import read_typed
from waypost.values.geo import miles_between

LINES = known_lines()
GAZETTEER = load_gazetteer()


def names_of(line: Known) -> str:
    return line.names[0]


def test_the_list_is_long_and_no_name_stands_twice() -> None:
    assert len(LINES) >= 250
    counted = Counter(plain(name) for line in LINES for name in line.names)
    assert [name for name, times in counted.items() if times > 1] == []


def test_every_kind_has_its_lines() -> None:
    assert {line.kind for line in LINES} == set(KnownKind)


@pytest.mark.parametrize("line", LINES, ids=names_of)
def test_a_line_gives_its_reason_and_places_that_are_known(line: Known) -> None:
    assert len(line.reason) > 8
    assert bool(line.places) is (line.answer is not KnownAnswer.OVERSEAS)
    assert len(line.places) == 1 or line.answer is not KnownAnswer.IS
    for key in line.places:
        resolution = GAZETTEER.resolve(place_of_key(key).key)
        assert isinstance(resolution, Found)
        assert resolution.place == place_of_key(key)


@pytest.mark.parametrize(
    "line",
    [line for line in LINES if line.kind in PART_OF_A_PLACE and len(line.states) == 1],
    ids=names_of,
)
def test_the_places_around_a_part_of_a_place_lie_near_each_other(line: Known) -> None:
    points = [place_of_key(key).point for key in line.places]
    most = 200 if line.kind is KnownKind.CAMPUS else 130
    assert max(miles_between(points[0], point) for point in points) < most


@pytest.mark.parametrize("line", LINES, ids=names_of)
def test_each_name_is_read_as_the_list_says(line: Known) -> None:
    for name in line.names:
        resolution = GAZETTEER.resolve(name)
        typed = read_typed(name)
        if typed.state and line.kind in PART_OF_A_PLACE and has_town(typed.name, typed.state):
            continue  # the town of that name is meant
        match line.answer:
            case KnownAnswer.OVERSEAS:
                assert isinstance(resolution, Unknown) and resolution.why is Why.MILITARY, name
            case KnownAnswer.ASK:
                assert isinstance(resolution, Ambiguous), name
                keys = [place.key for place in resolution.choices]
                assert keys[: len(line.places)] == [place_of_key(k).key for k in line.places], name
            case KnownAnswer.IS:
                taken = resolution.choices[0] if isinstance(resolution, Ambiguous) else None
                taken = resolution.place if isinstance(resolution, Found) else taken
                assert taken == place_of_key(line.places[0]), name
