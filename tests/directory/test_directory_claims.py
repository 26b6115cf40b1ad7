"""Which claim is shown: one rule, whatever the order of the claims."""

from __future__ import annotations

from datetime import date
from itertools import permutations

from waypost.directory.choosing import EXACT_METHODS, STREET_LEVEL_METHODS, choose, mark
from waypost.directory.site import Claim

OLD, NEW = date(2021, 12, 31), date(2023, 12, 31)


def claim(
    value: object, source: str, day: date, method: str = "as published", field: str = "name"
) -> Claim:
    """A claim to a fact."""
    return Claim(field, value, source, day, method)


def winner(claims: list[Claim]) -> Claim:
    """The chosen claim, the same for every order."""
    chosen = set()
    for order in permutations(claims):
        found = choose(list(order))
        assert found is not None
        chosen.add(found[0])
    assert len(chosen) == 1
    return chosen.pop()


def test_the_newer_year_wins() -> None:
    assert winner([claim("A", "x", OLD), claim("B", "y", NEW)]).value == "B"


def test_in_one_year_the_more_trusted_method_wins() -> None:
    claims = [claim("A", "x", NEW, "locator export"), claim("B", "y", NEW)]
    assert winner(claims).value == "B"
    assert (
        winner([*claims, claim("C", "visitor-report", NEW, "reported and confirmed")]).value == "C"
    )


def test_an_empty_value_never_wins_over_one_that_says_something() -> None:
    assert winner([claim("", "x", NEW), claim("B", "y", OLD)]).value == "B"


def test_a_street_level_point_beats_any_centroid_however_new() -> None:
    spots = [
        claim((1.0, 2.0), "zip-people", NEW, "where people of the ZIP live", "point"),
        claim((1.1, 2.1), "points-x", OLD, "same street and ZIP", "point"),
    ]
    assert winner(spots).method == "same street and ZIP"
    assert "where people of the ZIP live" not in EXACT_METHODS | STREET_LEVEL_METHODS
    assert EXACT_METHODS < STREET_LEVEL_METHODS


def test_ties_fall_to_the_name_of_the_source_and_say_why() -> None:
    marked, chosen = mark([claim("A", "b", NEW), claim("B", "a", NEW)])
    assert chosen is not None and chosen.source == "a"
    assert sum(c.chosen for c in marked) == 1
    assert all(c.reason for c in marked if c.chosen)
    assert choose([]) is None
