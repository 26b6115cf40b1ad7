"""A need survives the way to a URL and to JSON and back; a bad one says what is wrong."""

from __future__ import annotations

import json
import math
from dataclasses import FrozenInstanceError
from datetime import date
from urllib.parse import parse_qs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waypost.directory.facets import COLUMNS, FACET, Join
from waypost.navigation.hours import FreeTime, HoursAsked, Shown, come_texts
from waypost.navigation.need import (
    MAX_PAGE,
    MAX_PAGE_SIZE,
    MAX_RADIUS,
    MAX_TEXT,
    BadNeed,
    Need,
    Sort,
    clean_text,
    tidy,
)
from waypost.navigation.need_json import from_json, to_json
from waypost.navigation.need_url import MAX_VALUES, need_from_query, query_pairs, query_string
from waypost.navigation.who import band_of
from waypost.values.track import Attendance
from waypost.values.wall_time import WEEK, Day

ALL = sorted(column for columns in COLUMNS.values() for column in columns)
texts = st.text(max_size=MAX_TEXT).map(clean_text).filter(lambda t: len(t) <= MAX_TEXT)


free_times = st.builds(
    FreeTime, st.sampled_from(WEEK), st.integers(0, 1439), st.integers(1, 1440)
).map(lambda f: FreeTime(f.day, f.start, f.start + f.end))
hours_asked = st.builds(
    HoursAsked,
    st.sets(free_times, max_size=9).map(
        lambda s: tuple(sorted(s, key=lambda f: (f.day.number, f.start, f.end)))
    ),
    st.none() | st.integers(1, 30),
    st.none() | st.integers(30, 60),
    st.sampled_from([None, Attendance.IN_PERSON, Attendance.TELEHEALTH]),
    st.none() | st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    st.booleans(),
    st.sampled_from(Shown),
)


@st.composite
def needs(draw: st.DrawFn) -> Need:
    picked = draw(st.lists(st.sampled_from(ALL), unique=True, max_size=8))
    cut = draw(st.integers(0, len(picked)))
    chosen: dict[str, list[str]] = {}
    for column in picked[:cut]:
        facet, key = column.split(":")
        chosen.setdefault(facet, []).append(key)
    joined = [f for f in chosen if FACET.get(f) and FACET[f].join is Join.ALL]
    ages = [years for years in (0, 17, 18, 40, 65, 120) if band_of(years) in chosen.get("age", ())]
    liked = draw(st.integers(cut, len(picked)))
    radius = st.floats(0, MAX_RADIUS, exclude_min=True)
    return Need(
        place=draw(texts),
        radius_miles=draw(st.none() | radius | st.integers(1, 3000).map(float)),
        choices=tidy(chosen),
        without=tuple(sorted(picked[cut:liked])),
        prefer=tuple(sorted(picked[liked:])),
        any_of=tuple(sorted(draw(st.sets(st.sampled_from(joined))))) if joined else (),
        years=draw(st.sampled_from([None, *ages])),
        state=draw(st.sampled_from(["", "", "TX", "PR"])),
        text=draw(texts),
        sort=draw(st.sampled_from(Sort)),
        page=draw(st.integers(1, MAX_PAGE)),
        page_size=draw(st.integers(1, MAX_PAGE_SIZE)),
        hours=draw(st.just(HoursAsked()) | hours_asked),
    )


@settings(max_examples=300, deadline=None)
@given(needs())
def test_a_need_comes_back_from_its_url(need: Need) -> None:
    assert need_from_query(parse_qs(query_string(need), strict_parsing=False)) == need


@settings(max_examples=300, deadline=None)
@given(needs())
def test_a_need_comes_back_from_its_json(need: Need) -> None:
    assert from_json(json.loads(json.dumps(to_json(need)))) == need


def test_a_url_reads_like_the_question() -> None:
    need = Need(
        place="Austin, TX",
        choices=(("level", ("iop",)), ("payment", ("medicaid", "private"))),
    )
    assert query_pairs(need)[:3] == [
        ("near", "Austin, TX"),
        ("payment", "medicaid"),
        ("payment", "private"),
    ]
    assert query_string(Need()) == ""
    assert query_string(Need(place="78701", radius_miles=None)) == "near=78701&within=nearest"
    assert query_string(Need(choices=())) == "level=any"


def test_iop_is_meant_unless_told_otherwise() -> None:
    assert need_from_query({}).chosen == {"level": ("iop",)}
    assert need_from_query({"level": ["any"]}).chosen == {}
    assert need_from_query({"level": ["php", "iop"]}).chosen == {"level": ("iop", "php")}


def test_a_need_cannot_be_changed_and_choosing_goes_back_to_page_one() -> None:
    need = Need(page=3)
    with pytest.raises(FrozenInstanceError):
        need.page = 4  # type: ignore[misc]
    other = need.with_choices("payment", ["private", "medicaid"])
    assert (other.page, other.chosen["payment"]) == (1, ("medicaid", "private"))
    assert other.with_choices("payment", ()) == Need()


@pytest.mark.parametrize(
    ("query", "field", "says"),
    [
        ({"within": ["far"]}, "within", "is not a distance"),
        ({"within": ["-3"]}, "within", "is not a distance"),
        ({"within": ["nan"]}, "within", "is not a distance"),
        ({"within": ["1e999"]}, "within", "is not a distance"),
        ({"within": ["٢٥"]}, "within", "is not a distance"),
        ({"page": ["0"]}, "page", "from 1 to"),
        ({"page": ["99999999999999"]}, "page", "not a whole number"),
        ({"page": ["1.5"]}, "page", "not a whole number"),
        ({"page": ["²"]}, "page", "not a whole number"),
        ({"page_size": ["201"]}, "page_size", "from 1 to 200"),
        ({"sort": ["owner"]}, "sort", "is not an order: choose nearest, best, name"),
        ({"payment": ["gold"]}, "payment", "not one of the choices of payment"),
        ({"not": ["gold"]}, "not", "no facet called"),
        ({"not": ["level:iop"]}, "not", "both asked for and left out"),
        ({"near": ["x" * 500]}, "near", "longer than 200 characters"),
        ({"q": ["x" * 201]}, "q", "longer than 200 characters"),
        ({"payment": ["medicaid"] * (MAX_VALUES + 1)}, "payment", "more than 64 times"),
    ],
)
def test_a_bad_value_is_named_in_a_sentence(
    query: dict[str, list[str]], field: str, says: str
) -> None:
    with pytest.raises(BadNeed) as caught:
        need_from_query(query)
    assert says in caught.value.problems[field]
    assert caught.value.problems[field] in str(caught.value)


def test_every_problem_is_told_at_once() -> None:
    with pytest.raises(BadNeed) as caught:
        need_from_query({"within": ["far"], "page": ["x"], "sort": ["owner"], "payment": ["gold"]})
    assert set(caught.value.problems) == {"within", "page", "sort", "payment"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"radius_miles": math.nan},
        {"radius_miles": math.inf},
        {"radius_miles": 0.0},
        {"radius_miles": 3001.0},
        {"page": 0},
        {"page_size": 0},
        {"choices": (("colors", ("red",)),)},
        {"choices": (("payment", ("private", "medicaid")),)},
        {"without": ("payment:medicaid", "payment:cash")},
        {"place": "Aus\x00tin"},
        {"text": "two  spaces"},
    ],
)
def test_a_need_validates_itself(wrong: dict[str, object]) -> None:
    with pytest.raises(BadNeed) as caught:
        Need(**wrong)  # type: ignore[arg-type]
    assert all(sentence.endswith(".") for sentence in caught.value.problems.values())


@pytest.mark.parametrize(
    "body",
    [
        {"choices": []},
        {"choices": {"payment": "medicaid"}},
        {"choices": {"payment": [1]}},
        {"choices": {"colors": ["red"]}},
        {"not": "payment:medicaid"},
        {"within": "far"},
        {"within": True},
        {"page": [1]},
        {"near": 78701},
        {"near": ["78701"]},
        {"q": {"a": 1}},
        {"payment": ["medicaid"]},
        {"levle": ["php"]},
        {"page": 1.5},
        {"sort": {}},
    ],
)
def test_bad_json_is_a_bad_need(body: dict[str, object]) -> None:
    with pytest.raises(BadNeed):
        from_json(body)


@settings(max_examples=300, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["near", "within", "q", "not", "sort", "page", "page_size", *COLUMNS, "x"]),
        st.lists(st.text(max_size=30), max_size=4),
    )
)
def test_hostile_parameters_give_a_need_or_a_bad_need(query: dict[str, list[str]]) -> None:
    try:
        need = need_from_query(query)
    except BadNeed as error:
        assert error.problems
    else:
        assert need_from_query(parse_qs(query_string(need))) == need


@pytest.mark.parametrize("asked", [
    {"come": ["mon 24:00-02:00"]}, {"day": ["mon"], "from": ["24:00"], "to": ["02:00"]},
    {"by": ["2026-W49-1"]}, {"come": ["mon 18:00-25:00"]},
])  # fmt: skip
def test_hours_that_could_be_read_in_two_ways_are_refused(asked: dict[str, list[str]]) -> None:
    """Whether "Monday 24:00" begins Monday or ends it is a day's difference."""
    with pytest.raises(BadNeed) as raised:
        need_from_query({"near": ["78701"], **asked})
    assert set(raised.value.problems) <= set(asked)


@pytest.mark.parametrize("written", ["mon 18:00-24:00", "mon 18:00–00:00", "MON  18:00 - 24:00"])
def test_an_evening_may_end_with_its_day(written: str) -> None:
    hours = need_from_query({"come": [written]}).hours
    assert hours.free == (FreeTime(Day.MON, 1080, 1440),)
    assert need_from_query({"come": come_texts(hours.free)}).hours == hours
